package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Kubernetes would put into the container: environment from Secrets, files from ConfigMaps. */
final class ContainerContent {

    private final KubernetesClient client;
    private final String namespace;
    private final FlinkDeploymentSpec spec;

    ContainerContent(KubernetesClient client, String namespace, FlinkDeploymentSpec spec) {
        this.client = client;
        this.namespace = namespace;
        this.spec = spec;
    }

    /**
     * @throws NotDeployable when the pods' service account is missing
     */
    void requireServiceAccount() throws NotDeployable {
        String account = spec.json().path("serviceAccount").asText("default");
        if (client.serviceAccounts().inNamespace(namespace).withName(account).get() == null) {
            throw new NotDeployable(
                    "FailedCreate",
                    "error looking up service account " + namespace + "/" + account + ": serviceaccount \"" + account
                            + "\" not found");
        }
    }

    /**
     * The variables, as they are now; a change of a Secret reaches a process at its next start only, as in a pod.
     *
     * @throws NotDeployable when a Secret or its key is missing
     */
    Map<String, String> environment() throws NotDeployable {
        Map<String, String> variables = new HashMap<>();
        for (JsonNode variable : spec.container().path("env")) {
            JsonNode reference = variable.path("valueFrom").path("secretKeyRef");
            String value = reference.isObject()
                    ? secret(
                            reference.path("name").asText(),
                            reference.path("key").asText())
                    : variable.path("value").asText();
            variables.put(variable.path("name").asText(), value);
        }
        return variables;
    }

    /**
     * Writes the mounted ConfigMaps below a folder.
     *
     * @return the folder that stands for each mount path
     * @throws NotDeployable when a ConfigMap is missing
     */
    Map<String, Path> mount(Path folder) throws NotDeployable, IOException {
        Map<String, Path> mounts = new HashMap<>();
        for (JsonNode mount : spec.container().path("volumeMounts")) {
            String volume = mount.path("name").asText();
            Path target = Files.createDirectories(folder.resolve(volume));
            for (Map.Entry<String, String> file : configMap(volume).entrySet()) {
                Files.writeString(target.resolve(file.getKey()), file.getValue());
            }
            mounts.put(mount.path("mountPath").asText(), target);
        }
        return mounts;
    }

    /** An argument, with the folder in place of the mount path that it begins with. */
    static String local(String argument, Map<String, Path> mounts) {
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            String path = mount.getKey();
            if (argument.equals(path) || argument.startsWith(path.endsWith("/") ? path : path + "/")) {
                return mount.getValue() + argument.substring(path.length());
            }
        }
        return argument;
    }

    static List<String> local(List<String> arguments, Map<String, Path> mounts) {
        return arguments.stream().map(argument -> local(argument, mounts)).toList();
    }

    private String secret(String name, String key) throws NotDeployable {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            throw new NotDeployable("CreateContainerConfigError", "secret \"" + name + "\" not found");
        }
        String value = secret.getData() == null ? null : secret.getData().get(key);
        if (value == null) {
            throw new NotDeployable(
                    "CreateContainerConfigError", "couldn't find key " + key + " in Secret " + namespace + "/" + name);
        }
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private Map<String, String> configMap(String volume) throws NotDeployable {
        for (JsonNode candidate : spec.volumes()) {
            if (candidate.path("name").asText().equals(volume)) {
                String name = candidate.path("configMap").path("name").asText();
                ConfigMap configMap = client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get();
                if (configMap == null) {
                    throw new NotDeployable(
                            "FailedMount",
                            "MountVolume.SetUp failed for volume \"" + volume + "\" : configmap \"" + name
                                    + "\" not found");
                }
                return configMap.getData() == null ? Map.of() : configMap.getData();
            }
        }
        throw new NotDeployable("FailedMount", "volumeMounts: there is no volume \"" + volume + "\"");
    }
}
