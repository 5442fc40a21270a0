-- What the house's FHIR server has, by a number for the server: of each resource the version that was taken last.
CREATE TABLE upstream (
	server INTEGER NOT NULL,
	type TEXT NOT NULL,
	id TEXT NOT NULL,
	-- As the server writes them, the version with a hash of its labels; empty where it says nothing.
	version TEXT NOT NULL,
	updated TEXT NOT NULL,
	-- The last reading of all in which it was there.
	round INTEGER NOT NULL,
	gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
	PRIMARY KEY (server, type, id)
) STRICT, WITHOUT ROWID;

-- How far each type was read there, in seconds since 1970.
CREATE TABLE upstream_cursor (
	server INTEGER NOT NULL,
	type TEXT NOT NULL,
	since INTEGER NOT NULL,
	-- The number of the reading of all that was last begun, how far it is if it goes on, and when the last one that ended did.
	round INTEGER NOT NULL,
	at INTEGER,
	ended INTEGER NOT NULL,
	PRIMARY KEY (server, type)
) STRICT, WITHOUT ROWID;
