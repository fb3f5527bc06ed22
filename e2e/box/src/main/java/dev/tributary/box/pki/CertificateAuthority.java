package dev.tributary.box.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The box's own certificate authority: a new one for each fresh box, kept with its state. */
public final class CertificateAuthority {

    private static final Duration VALID = Duration.ofDays(3650);
    private static final X500Name NAME = new X500Name("CN=tributary-box");

    private final Path folder;
    private final KeyPair keys;

    private CertificateAuthority(Path folder, KeyPair keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /**
     * Makes an authority and writes its certificate to {@code ca.crt}. Its key is never written: whoever needs one more
     * certificate makes a new authority.
     *
     * @param folder exists; readable by its owner only
     */
    public static CertificateAuthority create(Path folder) throws IOException {
        CertificateAuthority authority = new CertificateAuthority(folder, newKeys());
        try {
            var builder = authority
                    .certificate(NAME, authority.keys)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            authority.sign((JcaX509v3CertificateBuilder) builder, "ca");
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the certificate authority", e);
        }
        return authority;
    }

    /**
     * Writes {@code <file>.crt} and {@code <file>.key} for a server that may also be a client.
     *
     * @param addresses IP addresses it is reached at
     * @param names names it is reached by
     */
    public void issueServer(String file, List<String> addresses, List<String> names) throws IOException {
        GeneralName[] alternatives = new GeneralName[addresses.size() + names.size()];
        int n = 0;
        for (String address : addresses) {
            alternatives[n++] = new GeneralName(GeneralName.iPAddress, address);
        }
        for (String name : names) {
            alternatives[n++] = new GeneralName(GeneralName.dNSName, name);
        }
        issue(file, new X500NameBuilder().addRDN(BCStyle.CN, file).build(), new GeneralNames(alternatives));
    }

    /**
     * Writes {@code <file>.crt} and {@code <file>.key} for a client of the API server.
     *
     * @param user the common name
     * @param groups organisations; may be empty
     */
    public void issueClient(String file, String user, List<String> groups) throws IOException {
        X500NameBuilder subject = new X500NameBuilder();
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        issue(file, subject.addRDN(BCStyle.CN, user).build(), new GeneralNames(new GeneralName[0]));
    }

    private void issue(String file, X500Name subject, GeneralNames alternatives) throws IOException {
        try {
            KeyPair own = newKeys();
            var builder = certificate(subject, own)
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }));
            if (alternatives.getNames().length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives);
            }
            PemFile.write(
                    folder.resolve(file + ".key"),
                    "PRIVATE KEY",
                    own.getPrivate().getEncoded());
            sign((JcaX509v3CertificateBuilder) builder, file);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the certificate " + file, e);
        }
    }

    private JcaX509v3CertificateBuilder certificate(X500Name subject, KeyPair of) {
        // A minute back: clocks of containers on one machine may differ a little.
        Instant from = Instant.now().minus(Duration.ofMinutes(1));
        BigInteger serial = new BigInteger(120, new SecureRandom());
        return new JcaX509v3CertificateBuilder(
                NAME, serial, Date.from(from), Date.from(from.plus(VALID)), subject, of.getPublic());
    }

    private void sign(JcaX509v3CertificateBuilder builder, String file)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
        byte[] der = new JcaX509CertificateConverter()
                .getCertificate(builder.build(signer))
                .getEncoded();
        PemFile.write(folder.resolve(file + ".crt"), "CERTIFICATE", der);
    }

    static KeyPair newKeys() throws IOException {
        try {
            // RSA, since every client here reads an RSA key in PKCS#8 and not all read an elliptic one.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK has no RSA", e);
        }
    }
}
