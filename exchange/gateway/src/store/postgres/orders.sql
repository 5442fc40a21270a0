-- The house's own slots on the chain that have records of the gateway: one by itself, or a batch. Neither, if it was shredded at the patient's wish
-- before it was seen what is anchored there.
CREATE TABLE own_slot (
	slot BIGINT PRIMARY KEY NOT NULL,
	record BIGINT REFERENCES record (number),
	batch BIGINT REFERENCES batch (number),
	-- Whom the chain says that the record is about, and when it was anchored.
	subject BYTEA,
	anchored BIGINT,
	CHECK (record IS NULL OR batch IS NULL)
);
CREATE INDEX own_slot_record ON own_slot (record);
CREATE INDEX own_slot_batch ON own_slot (batch);
CREATE INDEX own_slot_unknown ON own_slot (slot) WHERE record IS NULL AND batch IS NULL;

-- Up to which slot it was looked what is anchored there.
CREATE TABLE slots_seen ("only" BIGINT PRIMARY KEY NOT NULL CHECK ("only" = 0), seen BIGINT NOT NULL);
INSERT INTO slots_seen ("only", seen) VALUES (0, 0);

-- What the chain says of these slots by its last final state, beside what is anchored there. Nothing here is about what is in a record.
CREATE TABLE chain_order (
	slot BIGINT NOT NULL REFERENCES own_slot (slot),
	-- Of one record in a batch its leaf; -1 of all of the slot.
	leaf BIGINT NOT NULL,
	what TEXT COLLATE "C" NOT NULL,
	standing TEXT COLLATE "C" NOT NULL,
	since BIGINT NOT NULL,
	-- From when on an answer is late, or until when it holds.
	until BIGINT,
	PRIMARY KEY (slot, leaf, what)
);
CREATE INDEX chain_order_what ON chain_order (what);
