package dev.tributary.operator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/** The health checks that ship with the chart, run as Argo CD runs them: without the libraries that it keeps from scripts. */
final class ArgoCdHealthChecks {

    private static final Path SHIPPED = Path.of("../helm-chart/argocd-cm.yaml");
    private static final ObjectMapper YAML = Serialization.yamlMapper();

    private final JsonNode scripts;

    private ArgoCdHealthChecks(JsonNode scripts) {
        this.scripts = scripts;
    }

    /**
     * What a script makes of an object.
     *
     * @param status as Argo CD shows it: Healthy, Progressing, Degraded or Suspended
     */
    record Health(String status, String message) {}

    static ArgoCdHealthChecks shipped() {
        try {
            return new ArgoCdHealthChecks(
                    YAML.readTree(Files.readString(SHIPPED)).path("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges a custom resource as the API server has it. */
    Health judge(JsonNode object) {
        String group = object.path("apiVersion").asText().split("/")[0];
        String key = "resource.customizations.health." + group + "_"
                + object.path("kind").asText();
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", lua(object));
        LuaValue health = globals.load(scripts.required(key).asText(), key).call();
        return new Health(
                health.get("status").checkjstring(), health.get("message").checkjstring());
    }

    private static LuaValue lua(JsonNode value) {
        LuaTable table = new LuaTable();
        return switch (value.getNodeType()) {
            case OBJECT -> {
                value.properties().forEach(p -> table.set(p.getKey(), lua(p.getValue())));
                yield table;
            }
            case ARRAY -> {
                value.forEach(e -> table.set(table.length() + 1, lua(e)));
                yield table;
            }
            case NUMBER -> LuaValue.valueOf(value.asDouble());
            case BOOLEAN -> LuaValue.valueOf(value.asBoolean());
            case STRING -> LuaValue.valueOf(value.asText());
            default -> LuaValue.NIL;
        };
    }
}
