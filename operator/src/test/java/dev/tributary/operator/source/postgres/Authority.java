package dev.tributary.operator.source.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of a test's own, made by the JDK's keytool. */
final class Authority {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    Authority(Path directory, String name) throws IOException, InterruptedException {
        this.directory = directory;
        this.store = directory.resolve(name + ".p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:critical=ca:true");
    }

    /** The authority's certificate. */
    String pem() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", keys().getCertificate("ca").getEncoded());
    }

    /** Writes server.crt and server.key for a server that is reached under this name. */
    void issue(String hostName) throws IOException, InterruptedException, GeneralSecurityException {
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + hostName,
                "-ext",
                "san=dns:" + hostName,
                "-signer",
                "ca");
        byte[] certificate = keys().getCertificate("server").getEncoded();
        Files.writeString(directory.resolve("server.crt"), pem("CERTIFICATE", certificate));
        byte[] secret = keys().getKey("server", PASSWORD.toCharArray()).getEncoded();
        Path key = directory.resolve("server.key");
        Files.writeString(key, pem("PRIVATE KEY", secret));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String what, byte[] content) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
