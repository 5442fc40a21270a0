-- Merges of patients that other systems told of: the two ids of the house, encrypted, and their hash under the vault's key.
CREATE TABLE merge (
	number INTEGER PRIMARY KEY,
	ids BLOB NOT NULL UNIQUE,
	ids_sealed BLOB NOT NULL,
	received INTEGER NOT NULL,
	done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;
