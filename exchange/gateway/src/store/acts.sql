-- What staff who signed in did: when, who (a hash under the vault's key), and the rest encrypted.
CREATE TABLE act (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	time INTEGER NOT NULL,
	person BLOB NOT NULL,
	sealed BLOB NOT NULL
) STRICT;
CREATE INDEX act_time ON act (time);
