-- Files of the vault that are to go: of which records they were, if of any. They stand here until they are gone.
CREATE TABLE leaving (blob TEXT PRIMARY KEY NOT NULL, record INTEGER REFERENCES record (number)) STRICT, WITHOUT ROWID;
CREATE INDEX leaving_record ON leaving (record);
