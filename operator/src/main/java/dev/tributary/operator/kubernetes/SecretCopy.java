package dev.tributary.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An immutable copy of credentials in an engine's namespace, named by a keyed hash of its content. Engines refer to the
 * copy: so a wrong new password never reaches a running connector, and teardown still works when GitOps pruned the
 * user's Secret first.
 *
 * @param namespace the engine's namespace
 * @param name the name, which tells nothing about the content without the salt
 * @param data the content, not encoded
 */
public record SecretCopy(String namespace, String name, Map<String, String> data) {

    /** Ends the first part of the name of a copy of the source's credentials. */
    public static final String SOURCE_SUFFIX = "-source";

    /** Ends the first part of the name of a copy of ClickHouse's credentials. */
    public static final String CLICKHOUSE_SUFFIX = "-clickhouse";

    public SecretCopy {
        data = Map.copyOf(data);
    }

    /**
     * A copy for a pipeline.
     *
     * @param prefix what the name begins with
     * @param salt the pipeline's own, so that equal passwords have unequal names
     */
    public static SecretCopy of(String namespace, String prefix, String salt, Map<String, String> data) {
        return new SecretCopy(namespace, prefix + "-" + keyedHash(salt, data), data);
    }

    /** The Secret as it is written. */
    public Secret secret(Map<String, String> labels) {
        Map<String, String> encoded = new TreeMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(encoded)
                .build();
    }

    private static String keyedHash(String salt, Map<String, String> data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            new TreeMap<>(data).forEach((key, value) -> {
                mac.update((key + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(mac.doFinal(), 0, 5);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "SecretCopy[" + namespace + "/" + name + "]";
    }
}
