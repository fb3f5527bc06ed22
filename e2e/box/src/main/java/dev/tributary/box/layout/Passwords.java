package dev.tributary.box.layout;

import dev.tributary.box.pki.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The passwords of a box, made at its first start.
 *
 * @param postgres of PostgreSQL's superuser
 * @param shop of the sample client's database user
 * @param clickHouse of ClickHouse's administrator
 */
public record Passwords(String postgres, String shop, String clickHouse) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Those of this box; made if there are none yet. */
    public static Passwords of(BoxLayout layout) throws IOException {
        Path file = PrivateFile.folder(layout.folder()).resolve("passwords.properties");
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                kept.load(in);
            }
        } else {
            kept.setProperty("postgres", generate());
            kept.setProperty("shop", generate());
            kept.setProperty("clickhouse", generate());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            kept.store(out, null);
            PrivateFile.write(file, out.toByteArray());
        }
        return new Passwords(
                kept.getProperty("postgres", ""), kept.getProperty("shop", ""), kept.getProperty("clickhouse", ""));
    }

    private static String generate() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never shows them. */
    @Override
    public String toString() {
        return "Passwords[...]";
    }
}
