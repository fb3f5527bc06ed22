package dev.tributary.operator.source.postgres;

/**
 * A column's type as PostgreSQL's catalog describes it.
 *
 * @param shown the type as the database writes it, such as {@code numeric(12,2)[]}
 * @param name the type's own name in pg_type, such as {@code int4}; of an array, its element's
 * @param array whether it is an array
 * @param kind what sort of type it is; of an array, what sort its element is
 * @param modifier pg_attribute.atttypmod: length or precision in PostgreSQL's packing, -1 for none
 */
record TypeDescription(String shown, String name, boolean array, Kind kind, int modifier) {

    /** What sort of type a type is. */
    enum Kind {
        /** One of the server's own, in schema pg_catalog. */
        BUILT_IN("one of the server's own"),
        DOMAIN("a domain"),
        ENUM("an enum"),
        COMPOSITE("a composite type"),
        /** A range, a pseudo type, or a type of an extension or a user. */
        OTHER("a range or a type of an extension");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind as a sentence names it. */
        String inWords() {
            return words;
        }

        /** The kind by pg_type.typtype, and by whether the type is in schema pg_catalog. */
        static Kind of(String typtype, boolean inCatalog) {
            return switch (typtype) {
                case "b" -> inCatalog ? BUILT_IN : OTHER;
                case "d" -> DOMAIN;
                case "e" -> ENUM;
                case "c" -> COMPOSITE;
                default -> OTHER;
            };
        }
    }
}
