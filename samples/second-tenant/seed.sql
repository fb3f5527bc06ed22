-- Run in the database warehouse, as its owner: who owns a table may publish it.
SET ROLE warehouse;

CREATE SCHEMA stock AUTHORIZATION warehouse;

CREATE TABLE stock.items (
    sku       text PRIMARY KEY,
    title     text NOT NULL,
    on_hand   integer NOT NULL,
    unit_cost numeric(18, 4) NOT NULL,
    counted   timestamptz NOT NULL
);

INSERT INTO stock.items
SELECT 'W-' || n, 'Item ' || n, n * 17 % 400, n * 1.0625, timestamptz '2026-02-01 00:00:00+00' + n * interval '11 minutes'
FROM generate_series(1, 2000) AS n;
