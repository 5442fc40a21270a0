-- Openings of sealed directives that patients gave the house, encrypted.
CREATE TABLE opening (
	patient BLOB NOT NULL,
	sealed INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (patient, sealed)
) STRICT, WITHOUT ROWID;
