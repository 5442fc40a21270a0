-- Tokens that were issued and live, by their hashes: for whom (an organisation and the key with which it asked, or a patient's key), to which
-- key bound, for what, since when the standing behind it must have lasted, and from when until when.
CREATE TABLE access_token (
	hash BLOB PRIMARY KEY NOT NULL,
	organisation INTEGER,
	key BLOB NOT NULL,
	bound_to BLOB NOT NULL,
	scope TEXT NOT NULL,
	since INTEGER NOT NULL,
	issued INTEGER NOT NULL,
	expiry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_token_holder ON access_token (organisation, key);
CREATE INDEX access_token_expiry ON access_token (expiry);

-- Profiles of organisations that were handed in. Which of them is the organisation's the chain says.
CREATE TABLE profile (
	organisation INTEGER NOT NULL,
	commitment BLOB NOT NULL,
	shown TEXT NOT NULL,
	received INTEGER NOT NULL,
	PRIMARY KEY (organisation, commitment)
) STRICT;
