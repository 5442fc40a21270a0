-- Epochs of datasets that this gateway has made: who is in them, with the secret of their salts, encrypted.
CREATE TABLE research_epoch (
	dataset INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	-- The number of the version that was in force, and the time of the last final block, when it was made.
	after INTEGER NOT NULL,
	made INTEGER NOT NULL,
	root BLOB NOT NULL,
	people INTEGER NOT NULL,
	content BLOB NOT NULL,
	-- The version with this root on the chain, and when it was published.
	version INTEGER,
	published INTEGER CHECK ((published IS NULL) = (version IS NULL)),
	PRIMARY KEY (dataset, epoch)
) STRICT;
