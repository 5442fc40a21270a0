-- Epochs of datasets that this gateway has made: who is in them, with the secret of their salts, encrypted.
CREATE TABLE research_epoch (
	dataset BIGINT NOT NULL,
	epoch BIGINT NOT NULL,
	-- The number of the version that was in force, and the time of the last final block, when it was made.
	after BIGINT NOT NULL,
	made BIGINT NOT NULL,
	root BYTEA NOT NULL,
	people BIGINT NOT NULL,
	content BYTEA NOT NULL,
	-- The version with this root on the chain, and when it was published.
	version BIGINT,
	published BIGINT CHECK ((published IS NULL) = (version IS NULL)),
	PRIMARY KEY (dataset, epoch)
);
