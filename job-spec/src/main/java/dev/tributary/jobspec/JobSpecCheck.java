package dev.tributary.jobspec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists everything that is wrong with a document, where {@link JobSpecJson#read} names the first. It follows the records
 * of {@link JobSpec}, so a field added there is checked here. What rests on a field that is wrong is not looked at.
 */
public final class JobSpecCheck {

    private final List<Problem> problems = new ArrayList<>();

    /**
     * Something to be mended.
     *
     * @param path the field, such as {@code tables[0].columns[2].type}; empty for the document
     * @param text what it must be, or what to do; never the value of a text
     */
    public record Problem(String path, String text) {
        @Override
        public String toString() {
            return path.isEmpty() ? text : path + ": " + text;
        }
    }

    /**
     * What was found.
     *
     * @param spec the spec, if there are no problems
     * @param problems in the order of the document's layout
     */
    public record Result(Optional<JobSpec> spec, List<Problem> problems) {}

    private JobSpecCheck() {}

    /** Looks at the whole document. */
    public static Result of(String json) {
        JsonNode tree;
        try {
            tree = JobSpecJson.tree(json);
        } catch (IllegalArgumentException e) {
            return new Result(Optional.empty(), List.of(new Problem("", String.valueOf(e.getMessage()))));
        }
        JobSpecCheck check = new JobSpecCheck();
        Optional<Object> spec = check.value(JobSpec.class, tree, "");
        return new Result(
                spec.filter(built -> check.problems.isEmpty()).map(JobSpec.class::cast), List.copyOf(check.problems));
    }

    private Optional<Object> value(Type type, JsonNode node, String path) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], node, path);
        }
        if (type == ColumnType.class) {
            return columnType(node, path);
        }
        if (type instanceof Class<?> class_ && class_.isRecord()) {
            return record(class_, node, path, Set.of());
        }
        return scalar(type, node, path);
    }

    private Optional<Object> scalar(Type type, JsonNode node, String path) {
        if (type == String.class) {
            return node.isTextual() ? Optional.of(node.textValue()) : wrong(path, "must be a text");
        }
        if (type == boolean.class) {
            return node.isBoolean() ? Optional.of(node.booleanValue()) : wrong(path, "must be true or false");
        }
        if (type == int.class) {
            return node.isInt() ? Optional.of(node.intValue()) : wrong(path, "must be a whole number of 32 bits");
        }
        if (type == Long.class) {
            return node.isIntegralNumber() && node.canConvertToLong()
                    ? Optional.of(node.longValue())
                    : wrong(path, "must be a whole number of 64 bits");
        }
        if (type instanceof Class<?> words && words.isEnum()) {
            return word(words.getEnumConstants(), node, path);
        }
        throw new IllegalStateException("no check for " + type);
    }

    private Optional<Object> word(Object[] constants, JsonNode node, String path) {
        for (Object constant : constants) {
            if (node.isTextual() && constant.toString().equals(node.textValue())) {
                return Optional.of(constant);
            }
        }
        return wrong(
                path,
                "must be one of "
                        + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")));
    }

    private Optional<Object> list(Type element, JsonNode node, String path) {
        if (!node.isArray()) {
            return wrong(path, "must be a list");
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            value(element, node.get(i), path + "[" + i + "]").ifPresent(elements::add);
        }
        return elements.size() == node.size() ? Optional.of(elements) : Optional.empty();
    }

    private Optional<Object> columnType(JsonNode node, String path) {
        String tag = ColumnType.class.getAnnotation(JsonTypeInfo.class).property();
        JsonSubTypes.Type[] kinds =
                ColumnType.class.getAnnotation(JsonSubTypes.class).value();
        String kind = node.path(tag).asText();
        for (JsonSubTypes.Type candidate : kinds) {
            if (candidate.name().equals(kind)) {
                return record(candidate.value(), node, path, Set.of(tag));
            }
        }
        return wrong(
                path.isEmpty() ? tag : path + "." + tag,
                "must be one of "
                        + Arrays.stream(kinds).map(JsonSubTypes.Type::name).collect(Collectors.joining(", ")));
    }

    /** @param others members that belong to no component */
    private Optional<Object> record(Class<?> type, JsonNode node, String path, Set<String> others) {
        if (!node.isObject()) {
            return wrong(path, "must be an object");
        }
        int before = problems.size();
        Set<String> known = new LinkedHashSet<>(others);
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.add(component.getName());
            String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
            component(component, node.path(component.getName()), at).ifPresent(arguments::add);
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                wrong(
                        path.isEmpty() ? name : path + "." + name,
                        "is unknown to this job: remove it, or run the job image that belongs to the operator");
            }
        });
        return problems.size() > before ? Optional.empty() : build(type, arguments, path);
    }

    private Optional<Object> component(RecordComponent component, JsonNode node, String path) {
        if (node.isMissingNode() || node.isNull()) {
            return wrong(path, "is missing");
        }
        Optional<Object> value = value(component.getGenericType(), node, path);
        return value.flatMap(built -> FieldRules.problem(component.getName(), built)
                .map(problem -> wrong(path, problem))
                .orElse(value));
    }

    private Optional<Object> build(Class<?> type, List<Object> arguments, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Object built = type.getDeclaredConstructor(types).newInstance(arguments.toArray());
            List<Problem> found = CrossRules.problems(built, path);
            problems.addAll(found);
            return found.isEmpty() ? Optional.of(built) : Optional.empty();
        } catch (InvocationTargetException e) {
            return wrong(path, String.valueOf(e.getTargetException().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record without its constructor: " + type, e);
        }
    }

    private Optional<Object> wrong(String path, String text) {
        problems.add(new Problem(path, text));
        return Optional.empty();
    }
}
