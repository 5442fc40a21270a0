-- What is kept of the chain for when it is silent: of the house (0), of its staff (1), of its patients (2). `content` is what the state after
-- a final block had under keys, as it was proven; of a row of the time 0 there is nothing yet.
CREATE TABLE standby (
	kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
	id BLOB NOT NULL,
	content BLOB,
	number INTEGER NOT NULL DEFAULT 0,
	hash BLOB,
	time INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX standby_time ON standby (time);
INSERT INTO standby (kind, id) VALUES (0, x'');
INSERT INTO standby (kind, id) SELECT 2, handle FROM patient;

-- Emergencies that were declared while the chain was silent. `recorded` is the number under which the chain has it.
CREATE TABLE emergency (
	id BLOB PRIMARY KEY NOT NULL,
	who BLOB NOT NULL,
	patient BLOB NOT NULL,
	reason INTEGER NOT NULL,
	classes INTEGER NOT NULL,
	happened INTEGER NOT NULL,
	until INTEGER NOT NULL,
	detail BLOB NOT NULL,
	note BLOB NOT NULL,
	recorded INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX emergency_happened ON emergency (happened);

-- The authorities that make the chain's blocks final, as far as they were followed: one row.
CREATE TABLE followed (
	one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
	genesis BLOB NOT NULL,
	"set" INTEGER NOT NULL,
	authorities BLOB NOT NULL,
	number INTEGER NOT NULL,
	hash BLOB NOT NULL
) STRICT;
