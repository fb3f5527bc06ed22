package dev.tributary.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a benchmark found. */
record Report(String name, List<Figure> figures) {

    void print() {
        System.out.printf("%-52s %10s %-6s %8s  %s%n", "FIGURE", "VALUE", "UNIT", "RATIO", "AGAINST");
        for (Figure f : figures) {
            System.out.printf("%-52s %10.2f %-6s %8.2f  %s%n", f.name(), f.value(), f.unit(), f.ratio(), f.against());
        }
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
        System.out.println("written to " + file);
    }
}
