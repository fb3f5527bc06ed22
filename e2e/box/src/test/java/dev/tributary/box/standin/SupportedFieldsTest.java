package dev.tributary.box.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedFieldsTest {

    private static final SupportedFields FIELDS =
            SupportedFields.of("name", "config.**", "items[].name", "items[].value.key", "operator");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"other\": 1} | spec.other",
                "{\"name\": \"a\", \"nested\": {\"deep\": true}} | spec.nested.deep",
                "{\"items\": [{\"name\": \"a\"}, {\"name\": \"b\", \"tls\": false}]} | spec.items[1].tls",
                "{\"items\": [{\"value\": {\"other\": 1}}]} | spec.items[0].value.other",
                "{\"empty\": {}} | spec.empty",
            })
    void namesWhatIsNotSupported(String spec, String field) {
        assertThat(FIELDS.firstUnsupported(Json.parse(spec))).contains(field);
    }

    @Test
    void takesWhatIsSupported() {
        String spec = """
                {"name": "a", "config": {"any.thing": {"deep": [1, 2]}}, "items": [{"name": "b", "value": {"key": 1}}],
                 "operator": {}}
                """;

        assertThat(FIELDS.firstUnsupported(Json.parse(spec))).isEmpty();
    }
}
