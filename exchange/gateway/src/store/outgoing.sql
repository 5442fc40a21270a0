-- Patients of whom something was fetched, and who are not linked.
CREATE TABLE watched (handle BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

-- Permits that name the house, and what became of them.
CREATE TABLE notice (
	patient BLOB NOT NULL,
	directive INTEGER NOT NULL,
	revoked INTEGER,
	due INTEGER,
	state TEXT NOT NULL CHECK (state IN ('in-force', 'due', 'acknowledged', 'over')),
	PRIMARY KEY (patient, directive)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_revoked ON notice (revoked) WHERE revoked IS NOT NULL;

-- What was handed in to the chain and is not known to be done.
CREATE TABLE submission (
	what TEXT PRIMARY KEY NOT NULL,
	attempts INTEGER NOT NULL,
	dies INTEGER NOT NULL,
	again INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
