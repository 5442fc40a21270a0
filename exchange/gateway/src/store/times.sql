-- When what an entry of the access log tells of was, in seconds since 1970: entries are found by it. A clock may be set back, so it does not
-- follow the order of the entries.
ALTER TABLE audit ADD COLUMN time INTEGER NOT NULL DEFAULT 0;
UPDATE audit SET time = json_extract(line, '$.time');
CREATE INDEX audit_by_time ON audit (time);
