package dev.tributary.operator.source.postgres;

/**
 * A column's type as PostgreSQL's catalog describes it; of a domain, the type that it is made of.
 *
 * @param shown the type as the database writes it, such as {@code numeric(12,2)[]}, or a domain's name
 * @param name the type's own name in pg_type, such as {@code int4}; of an array, its element's
 * @param array whether it is an array
 * @param builtIn whether it, or its element, is one of the server's own, in schema pg_catalog: a type of a user may have
 *     any name, also that of a type of the server
 * @param modifier pg_attribute.atttypmod, or pg_type.typtypmod of a domain: length or precision in PostgreSQL's packing,
 *     -1 for none
 */
record TypeDescription(String shown, String name, boolean array, boolean builtIn, int modifier) {}
