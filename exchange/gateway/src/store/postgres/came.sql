-- What has come that records of the quarantine wait for, until these were looked at anew: a patient who was linked, by a hash of the house's id under the
-- vault's key, or a record, by its type and id. And how often it came: what comes meanwhile is looked at once more.
CREATE TABLE came (
	what TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	times BIGINT NOT NULL,
	PRIMARY KEY (what, code)
);
-- Binaries that were told to be a patient's.
CREATE INDEX named_by_patient ON named_by (value, id) WHERE what = 'patient';
-- How often the identifiers of a patient have changed: by these it is judged who is named in the patient's records.
ALTER TABLE patient ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
