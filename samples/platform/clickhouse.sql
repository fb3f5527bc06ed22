-- The user that the operator makes databases and tables as, and the jobs insert and read rows as. It owns nothing that it did not make: grants
-- on *.* are for databases whose names only a new tenant tells.
CREATE USER tributary IDENTIFIED WITH sha256_password BY 'change-me';
GRANT CREATE DATABASE, CREATE TABLE, DROP DATABASE, DROP TABLE, INSERT, SELECT, ALTER DELETE ON *.* TO tributary;
