package dev.tributary.connect;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGobject;

/**
 * Carries what has no type of its own as PostgreSQL's own text, the same whether a snapshot read it or the log told it; and
 * dates as the same days.
 *
 * <p>Debezium leaves out what it does not know, and bends much of what it does: bits lose their length, times their zone,
 * polygons become bytes, arrays in arrays become nulls. Its properties: {@code native.oids}, the pg_type.oid of what Debezium
 * carries itself, comma-separated; {@code array.oids}, those of the arrays that are to be JSON;
 * {@code unavailable.value.placeholder}, as the connector's. Needs {@code include.unknown.datatypes=true}: without it the
 * log's values of unknown types are nulls.
 */
public final class PostgresText implements CustomConverter<SchemaBuilder, RelationalColumn> {

    /** As hstore orders its keys: the shorter first, then by their bytes. */
    private static final Comparator<String> KEYS = Comparator.<String, byte[]>comparing(
            key -> key.getBytes(StandardCharsets.UTF_8),
            Comparator.<byte[]>comparingInt(bytes -> bytes.length).thenComparing(Arrays::compareUnsigned));

    private static final Set<Integer> ARRAYS_OF_NUMBERS =
            Set.of(Oid.INT2_ARRAY, Oid.INT4_ARRAY, Oid.INT8_ARRAY, Oid.FLOAT4_ARRAY, Oid.FLOAT8_ARRAY);

    private Set<Integer> nativeOids = Set.of();
    private Set<Integer> arrayOids = Set.of();
    private String placeholder = "";

    /**
     * Takes the properties.
     *
     * @throws ConnectException when one is missing or wrong
     */
    @Override
    public void configure(Properties properties) {
        placeholder = required(properties, "unavailable.value.placeholder");
        nativeOids = oids(properties, "native.oids");
        arrayOids = oids(properties, "array.oids");
    }

    private static Set<Integer> oids(Properties properties, String name) {
        try {
            return Arrays.stream(required(properties, name).split(","))
                    .map(Integer::valueOf)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (NumberFormatException e) {
            throw new ConnectException(name + " must be numbers, separated by commas", e);
        }
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isEmpty()) {
            throw new ConnectException("The converter " + PostgresText.class.getName() + " needs " + name);
        }
        return value;
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        if (column.nativeType() == Oid.DATE) {
            registration.register(SchemaBuilder.int32().optional(), value -> day(value, column));
            return;
        }
        if (!nativeOids.contains(column.nativeType())) {
            int type = column.nativeType();
            registration.register(
                    SchemaBuilder.string().optional(),
                    arrayOids.contains(type)
                            ? value -> array(value, elements(type), column)
                            : value -> text(value, column));
        }
    }

    private static ArrayLiteral.Elements elements(int arrayOid) {
        if (arrayOid == Oid.BOOL_ARRAY) {
            return ArrayLiteral.Elements.BOOLEANS;
        }
        return ARRAYS_OF_NUMBERS.contains(arrayOid) ? ArrayLiteral.Elements.NUMBERS : ArrayLiteral.Elements.STRINGS;
    }

    private @Nullable String array(@Nullable Object value, ArrayLiteral.Elements elements, RelationalColumn column) {
        return value instanceof PgArray array ? ArrayLiteral.json(array.toString(), elements) : text(value, column);
    }

    private @Nullable String text(@Nullable Object value, RelationalColumn column) {
        if (value == null) {
            return null;
        }
        if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)) {
            return placeholder;
        }
        if (value instanceof String || value instanceof Number || value instanceof PgArray) {
            return value.toString();
        }
        if (value instanceof PGobject object) {
            return object.getValue();
        }
        if (value instanceof Map<?, ?> pairs) {
            return hstore(pairs);
        }
        if (value instanceof SQLXML xml) {
            return xml(xml);
        }
        if (value == column.defaultValue()) {
            // Debezium asks for the column's default as well, of which only the schema has a use, and nobody of that.
            return null;
        }
        throw new ConnectException("column " + column.dataCollection() + "." + column.name() + " came as "
                + value.getClass().getName() + ", of which there is no text");
    }

    /**
     * Days since 1970, as Debezium writes those of the log. Of a snapshot's it loses whether they were before Christ. The driver
     * makes each a day of the same name in Java's calendar, which jumps from 1582-10-04 to 1582-10-15: only for the ten between there
     * is none.
     */
    private static @Nullable Integer day(@Nullable Object value, RelationalColumn column) {
        if (value instanceof LocalDate day) {
            return (int) day.toEpochDay();
        }
        if (value instanceof Date day) {
            long millis = day.getTime();
            if (millis == PGStatement.DATE_POSITIVE_INFINITY) {
                return (int) PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE.toEpochDay();
            }
            if (millis == PGStatement.DATE_NEGATIVE_INFINITY) {
                return (int) PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE.toEpochDay();
            }
            GregorianCalendar named = new GregorianCalendar();
            named.setTimeInMillis(millis);
            int year = named.get(Calendar.YEAR);
            boolean beforeChrist = named.get(Calendar.ERA) == GregorianCalendar.BC;
            return (int) LocalDate.of(
                            beforeChrist ? 1 - year : year,
                            named.get(Calendar.MONTH) + 1,
                            named.get(Calendar.DAY_OF_MONTH))
                    .toEpochDay();
        }
        if (value == null || value == column.defaultValue()) {
            return null;
        }
        throw new ConnectException("column " + column.dataCollection() + "." + column.name() + " came as "
                + value.getClass().getName() + ", which is no date");
    }

    private static String hstore(Map<?, ?> pairs) {
        Map<String, @Nullable String> sorted = new TreeMap<>(KEYS);
        pairs.forEach((key, value) -> sorted.put((String) key, (String) value));
        return HStoreConverter.toString(sorted);
    }

    private static String xml(SQLXML xml) {
        try {
            return xml.getString();
        } catch (SQLException e) {
            throw new ConnectException("cannot read an XML value", e);
        }
    }
}
