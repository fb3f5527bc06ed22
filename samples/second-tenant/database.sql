-- The second client's own database and user. A sample password: choose your own.
CREATE ROLE warehouse LOGIN REPLICATION PASSWORD 'sample-only';
CREATE DATABASE warehouse OWNER warehouse;
