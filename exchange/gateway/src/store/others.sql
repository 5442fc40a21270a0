-- To which other organisation an entry of the access log says that something was disclosed, or from which: it is handed out to that one alone.
ALTER TABLE audit ADD COLUMN other INTEGER;
UPDATE audit SET other = CASE json_extract(line, '$.outcome')
	WHEN 'released' THEN json_extract(line, '$.requesterOrganisation')
	WHEN 'received' THEN json_extract(line, '$.custodian') END;
CREATE INDEX audit_by_other ON audit (other, time, seq) WHERE other IS NOT NULL;
-- Nobody asks for entries of all others any more.
DROP INDEX audit_by_time;
