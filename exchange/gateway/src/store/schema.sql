-- Who is who: a handle of the chain, and the id that the house has for the same person.
CREATE TABLE patient (
	handle BLOB PRIMARY KEY NOT NULL,
	-- A hash of the house's id under the vault's key, by which it is found; and the id itself, encrypted.
	local BLOB NOT NULL UNIQUE,
	local_sealed BLOB NOT NULL,
	linked INTEGER NOT NULL
) STRICT;

-- What is kept. A version is never changed; a newer one takes its place as the current one.
CREATE TABLE record (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	type TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	current INTEGER NOT NULL CHECK (current IN (0, 1)),
	state TEXT NOT NULL CHECK (state IN ('held', 'quarantined', 'erased')),
	patient BLOB,
	-- How it is to be treated, of what is held.
	judged TEXT CHECK ((judged IS NULL) = (state <> 'held')),
	-- Why that is not known, of what is in quarantine.
	fault TEXT CHECK ((fault IS NULL) = (state <> 'quarantined')),
	path TEXT,
	detail TEXT,
	-- Of what time the data is.
	time_from INTEGER,
	time_to INTEGER,
	received INTEGER NOT NULL,
	-- A hash of the bytes under the vault's key: what comes twice is known.
	content BLOB NOT NULL,
	commitment BLOB NOT NULL UNIQUE,
	salt BLOB CHECK ((salt IS NULL) = (state = 'erased')),
	blob TEXT UNIQUE CHECK ((blob IS NULL) = (state = 'erased')),
	batch INTEGER REFERENCES batch (number),
	leaf INTEGER CHECK ((leaf IS NULL) = (batch IS NULL)),
	UNIQUE (type, id, version),
	UNIQUE (batch, leaf)
) STRICT;
CREATE UNIQUE INDEX record_current ON record (type, id) WHERE current = 1;
CREATE INDEX record_content ON record (type, id, content);
CREATE INDEX record_patient ON record (patient, type, number) WHERE current = 1 AND state = 'held';
CREATE INDEX record_quarantined ON record (number) WHERE state = 'quarantined';
CREATE INDEX record_waiting ON record (number) WHERE batch IS NULL;

-- By what a search finds a record: codes with their systems.
CREATE TABLE token (
	record INTEGER NOT NULL REFERENCES record (number),
	name TEXT NOT NULL,
	system TEXT NOT NULL,
	code TEXT NOT NULL,
	PRIMARY KEY (record, name, system, code)
) STRICT, WITHOUT ROWID;

-- What is on its way to the chain: trees over commitments, each in a slot once the chain has it.
CREATE TABLE batch (
	number INTEGER PRIMARY KEY,
	root BLOB NOT NULL UNIQUE,
	leaves INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	slot INTEGER
) STRICT;

-- Requests that were answered, until they have expired; and the latest moment there has been, by which they were forgotten.
CREATE TABLE request (id BLOB PRIMARY KEY NOT NULL, expiry INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX request_expiry ON request (expiry);
CREATE TABLE horizon (only INTEGER PRIMARY KEY CHECK (only = 0), moment INTEGER NOT NULL) STRICT;
INSERT INTO horizon VALUES (0, 0);

-- The access log.
CREATE TABLE audit (seq INTEGER PRIMARY KEY, line TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
