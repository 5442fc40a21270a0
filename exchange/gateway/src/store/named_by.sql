-- What all that ever had a Binary attached has told of it, by the Binary's id and the host that was named, if one was: labels, classes and times, whose
-- it is by a hash under the vault's key, and which records' labels are not known. It is there whether the Binary has come or not, and only grows.
CREATE TABLE named_by (
	id TEXT NOT NULL,
	host TEXT NOT NULL,
	what TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (id, host, what, value)
) STRICT, WITHOUT ROWID;

-- Versions of a record that were the newest when an earlier one was retracted on the chain, and that may leave all the same: they were found to say
-- something else, or a person has let them.
CREATE TABLE settled (
	record INTEGER NOT NULL REFERENCES record (number),
	retracted INTEGER NOT NULL REFERENCES record (number),
	-- Whether a person has let it: then what comes after it goes on, too.
	person INTEGER NOT NULL CHECK (person IN (0, 1)),
	PRIMARY KEY (record, retracted)
) STRICT, WITHOUT ROWID;
CREATE INDEX settled_retracted ON settled (retracted);

-- Patients of whom a record has come with other identifiers than before, which record that is, and behind which one it is looked on who is named in
-- hers: that was told by the identifiers there were. What waits is found by whose it is.
CREATE TABLE numbered (
	patient BLOB PRIMARY KEY NOT NULL,
	record INTEGER NOT NULL,
	after INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_quarantined_of ON record (patient, number) WHERE state = 'quarantined';

-- Counts that were given up, until they are forgotten.
CREATE INDEX research_count_void ON research_count (number) WHERE state = 'void';
