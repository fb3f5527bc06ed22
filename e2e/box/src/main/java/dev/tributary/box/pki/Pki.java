package dev.tributary.box.pki;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.layout.ServiceNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;

/**
 * All certificates of a box, and the kubeconfigs that carry them.
 *
 * @param layout where
 */
public record Pki(BoxLayout layout) {

    public Path ca() {
        return layout.pki().resolve("ca.crt");
    }

    public Path certificate(String name) {
        return layout.pki().resolve(name + ".crt");
    }

    public Path key(String name) {
        return layout.pki().resolve(name + ".key");
    }

    /** Makes what is not there yet. A box that moved to another address gets new certificates. */
    public void ensure() throws IOException {
        Path done = layout.pki().resolve("address");
        if (Files.exists(done) && Files.readString(done).strip().equals(layout.address())) {
            return;
        }
        PrivateFile.folder(layout.folder());
        PrivateFile.folder(layout.pki());
        CertificateAuthority authority = CertificateAuthority.create(layout.pki());
        List<String> address = List.of(layout.address());
        authority.issueServer("etcd", address, List.of());
        // The second address is the service "kubernetes" in the default service range.
        authority.issueServer(
                "kube-apiserver",
                List.of(layout.address(), "10.0.0.1"),
                List.of("kubernetes", "kubernetes.default", "kubernetes.default.svc"));
        authority.issueServer("postgres", address, ServiceNames.POSTGRES);
        PrivateFile.folder(layout.folder().resolve("kubeconfig"));
        for (Identity identity : Identity.values()) {
            String file = "client-" + identity.lowerCaseName();
            authority.issueClient(file, identity.user(), identity.groups());
            PrivateFile.write(layout.kubeconfig(identity), kubeconfig(identity, file));
        }
        KeyPair accounts = CertificateAuthority.newKeys();
        PemFile.write(
                key("service-accounts"), "PRIVATE KEY", accounts.getPrivate().getEncoded());
        PrivateFile.write(done, layout.address().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] kubeconfig(Identity identity, String file) throws IOException {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: box
                    cluster:
                      server: %s
                      certificate-authority-data: %s
                users:
                  - name: %s
                    user:
                      client-certificate-data: %s
                      client-key-data: %s
                contexts:
                  - name: box
                    context: {cluster: box, user: %s}
                current-context: box
                """.formatted(
                        layout.apiServerUrl(),
                        base64(ca()),
                        identity.lowerCaseName(),
                        base64(certificate(file)),
                        base64(key(file)),
                        identity.lowerCaseName())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
