-- Files of the vault that are to go: of which records they were, if of any. They stand here until they are gone.
CREATE TABLE leaving (blob TEXT COLLATE "C" PRIMARY KEY NOT NULL, record BIGINT REFERENCES record (number));
CREATE INDEX leaving_record ON leaving (record);
