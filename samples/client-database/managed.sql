-- Tributary makes the publication itself and keeps it to the tables that its TenantPipeline lists. Only the owner of a
-- table may publish it, so the user becomes a member of that owner, and may then do all that the owner may: if that is too
-- much, run provided.sql instead.
-- Run it in the client's database, with the role that owns the tables:
--
--     psql -v ON_ERROR_STOP=1 -v user=tributary -v password=... -v owner=app -f managed.sql "postgresql://dba@host/shop"
--
-- On Amazon RDS leave REPLICATION out and GRANT rds_replication TO :"user" instead.
CREATE ROLE :"user" LOGIN REPLICATION PASSWORD :'password';

GRANT CONNECT, CREATE ON DATABASE :"DBNAME" TO :"user";
GRANT :"owner" TO :"user";
