-- What came of comparing the access log with another organisation's, each night, by day (counted from 1970).
CREATE TABLE compared (
	day INTEGER NOT NULL,
	organisation INTEGER NOT NULL,
	-- When it was last tried, in seconds since 1970, and how often.
	tried INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	-- Why nothing was compared; none if it was.
	fault TEXT,
	-- What differs: only ours, only theirs, from nobody who is named, told differently; and how much is the same.
	matched INTEGER NOT NULL DEFAULT 0,
	only_ours INTEGER NOT NULL DEFAULT 0,
	only_theirs INTEGER NOT NULL DEFAULT 0,
	unattributed INTEGER NOT NULL DEFAULT 0,
	differing INTEGER NOT NULL DEFAULT 0,
	-- The entries that differ, as JSON.
	found TEXT,
	PRIMARY KEY (day, organisation)
) STRICT;
