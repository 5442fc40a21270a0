-- Offers to link a patient of the house with a handle, by the hash of their nonce under the vault's key. One that is open lives for minutes.
CREATE TABLE link_offer (
	nonce BLOB PRIMARY KEY NOT NULL,
	-- The id of the house: its hash under the vault's key, and itself, encrypted.
	local BLOB NOT NULL,
	local_sealed BLOB NOT NULL,
	made INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	-- The handle, and the account that signed, encrypted.
	signer BLOB,
	signed_at INTEGER CHECK ((signed_at IS NULL) = (signer IS NULL)),
	confirmed_at INTEGER CHECK (confirmed_at IS NULL OR signed_at IS NOT NULL),
	-- When there is nothing more to be done with it.
	ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_offer_local ON link_offer (local);
CREATE INDEX link_offer_ends ON link_offer (ends);
-- Who did what about links, and when: all but the time encrypted.
CREATE TABLE link_log (number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
CREATE INDEX link_log_time ON link_log (time);
