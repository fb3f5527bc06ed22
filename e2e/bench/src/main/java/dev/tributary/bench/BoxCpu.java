package dev.tributary.bench;

import dev.tributary.box.supervisor.PartStatus;
import dev.tributary.scenarios.TestBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CPU seconds by part of a box.
 *
 * @param parts by the part's name; of Flink's clusters the last word of it
 * @param machine of everything on the machine, these included, and what a virtual machine did not get
 */
record BoxCpu(Map<String, Double> parts, double machine) {

    /** This process: it writes to the source, looks at the sink, and has the stand-ins in it. */
    private static final String BENCH = "bench and stand-ins";

    /** Nothing is worth a line that takes less of a core than this. */
    private static final double LEAST = 0.005;

    /** Since each process began. */
    static BoxCpu read(TestBox box) throws IOException {
        Map<String, Double> parts = new TreeMap<>();
        for (PartStatus part : box.parts()) {
            String name = part.name().substring(part.name().lastIndexOf('/') + 1);
            parts.merge(name, KernelCpu.ofTree(part.pid()), Double::sum);
        }
        parts.put(BENCH, KernelCpu.ofProcess(ProcessHandle.current().pid()));
        return new BoxCpu(parts, KernelCpu.ofMachine());
    }

    BoxCpu minus(BoxCpu earlier) {
        Map<String, Double> since = new TreeMap<>();
        parts.forEach((part, seconds) -> since.put(part, seconds - earlier.parts.getOrDefault(part, 0.0)));
        return new BoxCpu(since, machine - earlier.machine);
    }

    /** Of the box, this process included. */
    double ofBox() {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Of all that is no part of the box. */
    double others() {
        return Math.max(0, machine - ofBox());
    }

    /** A line: how many cores each part had, the largest first. */
    String cores(double seconds) {
        return byCores(seconds).stream()
                .map(e -> "%s %.2f".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /**
     * One for each part.
     *
     * @param run whose CPU time it was
     * @param seconds how long that took
     */
    List<Figure> figures(String run, double seconds) {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, Double> part : byCores(seconds)) {
            figures.add(new Figure(
                    run + ", CPU of " + part.getKey(),
                    part.getValue() * seconds,
                    "s",
                    "the run's time",
                    part.getValue()));
        }
        return figures;
    }

    private List<Map.Entry<String, Double>> byCores(double seconds) {
        Map<String, Double> all = new TreeMap<>(parts);
        all.put("all else on the machine", others());
        return all.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue() / seconds))
                .filter(e -> e.getValue() > LEAST)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .toList();
    }
}
