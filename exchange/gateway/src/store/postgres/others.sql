-- To which other organisation an entry of the access log says that something was disclosed, or from which: it is handed out to that one alone.
ALTER TABLE audit ADD COLUMN other BIGINT;
UPDATE audit SET other = (CASE line::json ->> 'outcome'
	WHEN 'released' THEN line::json ->> 'requesterOrganisation'
	WHEN 'received' THEN line::json ->> 'custodian' END)::BIGINT;
CREATE INDEX audit_by_other ON audit (other, time, seq) WHERE other IS NOT NULL;
-- Nobody asks for entries of all others any more.
DROP INDEX audit_by_time;
