package dev.tributary.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.spi.converter.CustomConverter.Converter;
import io.debezium.spi.converter.RelationalColumn;
import java.lang.reflect.Proxy;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;
import org.postgresql.core.Oid;

/** The log has days of java.time, a snapshot those of the driver, which are days of java.util's calendar. */
class DatesTest {

    private static final String DEFAULT = "the column's default";

    private static Converter converter() {
        PostgresText text = new PostgresText();
        Properties properties = new Properties();
        properties.setProperty("unavailable.value.placeholder", "unavailable");
        properties.setProperty("native.oids", Integer.toString(Oid.DATE));
        properties.setProperty("array.oids", Integer.toString(Oid.INT4_ARRAY));
        text.configure(properties);
        RelationalColumn column = (RelationalColumn) Proxy.newProxyInstance(
                DatesTest.class.getClassLoader(),
                new Class<?>[] {RelationalColumn.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "nativeType" -> Oid.DATE;
                    case "defaultValue" -> DEFAULT;
                    default -> "days";
                });
        AtomicReference<Converter> registered = new AtomicReference<>();
        text.converterFor(column, (schema, converter) -> registered.set(converter));
        return registered.get();
    }

    /** As the driver makes it. */
    private static Date ofSnapshot(LocalDate day) {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.clear();
        calendar.set(Calendar.ERA, day.getYear() > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
        calendar.set(Calendar.YEAR, day.getYear() > 0 ? day.getYear() : 1 - day.getYear());
        calendar.set(Calendar.MONTH, day.getMonthValue() - 1);
        calendar.set(Calendar.DAY_OF_MONTH, day.getDayOfMonth());
        return new Date(calendar.getTimeInMillis());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4712-01-01",
                "-0043-03-15",
                "0000-12-31",
                "0001-01-01",
                "1500-02-28",
                "1582-10-04",
                "1582-10-15",
                "1893-04-01",
                "2024-02-29",
                "+9999-12-31",
                "+5874897-12-31"
            })
    void aDayIsTheSameBySnapshotAndByTheLog(String text) {
        LocalDate day = LocalDate.parse(text.replace("+9999", "9999"));

        assertThat(converter().convert(day)).isEqualTo((int) day.toEpochDay());
        assertThat(converter().convert(ofSnapshot(day))).isEqualTo((int) day.toEpochDay());
    }

    @Test
    void theInfinitiesAreTheSameNumbers() {
        assertThat(converter().convert(new Date(PGStatement.DATE_POSITIVE_INFINITY)))
                .isEqualTo(converter().convert(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE))
                .isEqualTo(-2_147_472_692);
        assertThat(converter().convert(new Date(PGStatement.DATE_NEGATIVE_INFINITY)))
                .isEqualTo(converter().convert(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE))
                .isEqualTo(-2_147_472_691);
    }

    @Test
    void whatIsNoDateIsRefusedUnlessItIsTheDefault() {
        assertThat(converter().convert(null)).isNull();
        assertThat(converter().convert(DEFAULT)).isNull();
        assertThatThrownBy(() -> converter().convert("2024-02-29"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("is no date");
    }
}
