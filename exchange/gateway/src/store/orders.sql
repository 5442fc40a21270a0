-- The house's own slots on the chain that have records of the gateway: one by itself, or a batch. Neither, if it was shredded at the patient's wish
-- before it was seen what is anchored there.
CREATE TABLE own_slot (
	slot INTEGER PRIMARY KEY NOT NULL,
	record INTEGER REFERENCES record (number),
	batch INTEGER REFERENCES batch (number),
	-- Whom the chain says that the record is about, and when it was anchored.
	subject BLOB,
	anchored INTEGER,
	CHECK (record IS NULL OR batch IS NULL)
) STRICT;
CREATE INDEX own_slot_record ON own_slot (record);
CREATE INDEX own_slot_batch ON own_slot (batch);
CREATE INDEX own_slot_unknown ON own_slot (slot) WHERE record IS NULL AND batch IS NULL;

-- Up to which slot it was looked what is anchored there.
CREATE TABLE slots_seen ("only" INTEGER PRIMARY KEY NOT NULL CHECK ("only" = 0), seen INTEGER NOT NULL) STRICT;
INSERT INTO slots_seen ("only", seen) VALUES (0, 0);

-- What the chain says of these slots by its last final state, beside what is anchored there. Nothing here is about what is in a record.
CREATE TABLE chain_order (
	slot INTEGER NOT NULL REFERENCES own_slot (slot),
	-- Of one record in a batch its leaf; -1 of all of the slot.
	leaf INTEGER NOT NULL,
	what TEXT NOT NULL,
	standing TEXT NOT NULL,
	since INTEGER NOT NULL,
	-- From when on an answer is late, or until when it holds.
	until INTEGER,
	PRIMARY KEY (slot, leaf, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_order_what ON chain_order (what);
