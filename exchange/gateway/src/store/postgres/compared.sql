-- What came of comparing the access log with another organisation's, each night, by day (counted from 1970).
CREATE TABLE compared (
	day BIGINT NOT NULL,
	organisation BIGINT NOT NULL,
	-- When it was last tried, in seconds since 1970, and how often.
	tried BIGINT NOT NULL,
	attempts BIGINT NOT NULL,
	-- Why nothing was compared; none if it was.
	fault TEXT COLLATE "C",
	-- What differs: only ours, only theirs, from nobody who is named, told differently; and how much is the same.
	matched BIGINT NOT NULL DEFAULT 0,
	only_ours BIGINT NOT NULL DEFAULT 0,
	only_theirs BIGINT NOT NULL DEFAULT 0,
	unattributed BIGINT NOT NULL DEFAULT 0,
	differing BIGINT NOT NULL DEFAULT 0,
	-- The entries that differ, as JSON.
	found TEXT COLLATE "C",
	PRIMARY KEY (day, organisation)
);
