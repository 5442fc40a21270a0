-- Counts for research. Of one query, by its hash under the vault's key, there is one for each dataset, version and withdrawal epoch: whoever
-- asks the same is told the same. `void` is one that the chain never reserved.
CREATE TABLE research_count (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	dataset INTEGER NOT NULL,
	version INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	query BLOB NOT NULL,
	-- The permit of whoever asked first, and with which commitment and at what cost budget is reserved.
	permit INTEGER NOT NULL,
	commitment BLOB NOT NULL UNIQUE,
	epsilon INTEGER NOT NULL,
	-- The query with its salt, encrypted; nothing once it is void.
	asked BLOB NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('reserving', 'reserved', 'counted', 'settled', 'void')),
	-- The number of the reservation on the chain.
	reservation INTEGER CHECK ((reservation IS NULL) = (state IN ('reserving', 'void'))),
	-- The noise, encrypted: drawn once, in the same transaction in which the reservation becomes known, and gone when it is used.
	noise BLOB CHECK ((noise IS NOT NULL) = (state = 'reserved')),
	-- What is told, with its salt, encrypted; and the commitment to it.
	told BLOB CHECK ((told IS NOT NULL) = (state IN ('counted', 'settled'))),
	result BLOB CHECK ((result IS NOT NULL) = (state IN ('counted', 'settled')))
) STRICT;
CREATE UNIQUE INDEX research_count_same ON research_count (dataset, version, epoch, query) WHERE state <> 'void';
CREATE INDEX research_count_open ON research_count (number) WHERE state IN ('reserving', 'reserved', 'counted');

-- Jobs that were pulled, until they have expired. One with a count waits for it; one with a reply is told it until the mailbox has it.
CREATE TABLE research_job (
	mailbox BLOB NOT NULL,
	id BLOB NOT NULL,
	dataset INTEGER NOT NULL,
	permit INTEGER,
	expires INTEGER NOT NULL,
	count INTEGER REFERENCES research_count (number),
	-- Encrypted, in base64url. Versions of before wrote it as it is told; what is so is encrypted at the next start.
	reply TEXT,
	sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
	attempts INTEGER NOT NULL,
	again INTEGER NOT NULL,
	PRIMARY KEY (mailbox, id),
	CHECK (count IS NOT NULL OR reply IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX research_job_count ON research_job (count) WHERE reply IS NULL;
CREATE INDEX research_job_unsent ON research_job (again) WHERE reply IS NOT NULL AND sent = 0;
CREATE INDEX research_job_expires ON research_job (expires);

-- How far each mailbox was read for each dataset, and which mailbox it was.
CREATE TABLE research_cursor (
	mailbox BLOB NOT NULL,
	dataset INTEGER NOT NULL,
	id BLOB NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (mailbox, dataset)
) STRICT, WITHOUT ROWID;

-- What counts need of records of patients, encrypted, so that they need not be opened each time. With the record it goes.
CREATE TABLE research_subject (record INTEGER PRIMARY KEY REFERENCES record (number), content BLOB NOT NULL) STRICT;
CREATE TRIGGER research_subject_gone AFTER UPDATE OF current, state, patient ON record
WHEN NEW.current = 0 OR NEW.state <> 'held' OR NEW.patient IS NOT OLD.patient
BEGIN
	DELETE FROM research_subject WHERE record = NEW.number;
END;

-- Whoever has data of a code is found by it.
CREATE INDEX token_code ON token (name, system, code);
