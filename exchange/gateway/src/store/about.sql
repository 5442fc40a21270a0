-- Whose data an entry of the access log is about. Where there was nothing, it is a handle that nobody has: as much is written as otherwise.
CREATE TABLE about (seq INTEGER PRIMARY KEY REFERENCES audit (seq), patient BLOB NOT NULL) STRICT;
CREATE INDEX about_patient ON about (patient, seq);
