package dev.tributary.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.connect.ArrayLiteral.Elements;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    NUMBERS  | {}                          | []
                    NUMBERS  | {1,NULL,-3}                 | [1,null,-3]
                    NUMBERS  | {{1,2},{3,NULL}}            | [[1,2],[3,null]]
                    NUMBERS  | [0:1]={1,2}                 | [1,2]
                    NUMBERS  | [-2:-1][1:1]={{1},{2}}      | [[1],[2]]
                    NUMBERS  | {NaN,-Infinity,1e-05,0.5}   | ["NaN","-Infinity",1e-05,0.5]
                    BOOLEANS | {t,f,NULL}                  | [true,false,null]
                    STRINGS  | {a,NULL,"NULL",null}        | ["a",null,"NULL","null"]
                    STRINGS  | {"a b","x,y","{}",""}       | ["a b","x,y","{}",""]
                    STRINGS  | {"q \\" b \\\\"}            | ["q \\" b \\\\"]
                    STRINGS  | {é恵🚚}                     | ["é恵🚚"]
                    """)
    void isTheSameArrayAsJson(Elements elements, String literal, String json) {
        assertThat(ArrayLiteral.json(literal, elements)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "{", "{a", "{a,", "{,}", "{\"a}", "{a}b", "{{a}"})
    void anythingElseIsRefused(String literal) {
        assertThatThrownBy(() -> ArrayLiteral.json(literal, Elements.STRINGS)).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\u0001', '\t'})
    void whatJsonCannotHoldIsEscaped(char control) {
        assertThat(ArrayLiteral.json("{\"" + control + "\"}", Elements.STRINGS))
                .isEqualTo(String.format("[\"\\u%04x\"]", (int) control));
    }
}
