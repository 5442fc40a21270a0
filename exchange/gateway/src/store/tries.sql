-- How often a reserved count could not be made, why the last time, and when it is tried again at the earliest. Whoever asks for it before is told
-- the same at once.
ALTER TABLE research_count ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE research_count ADD COLUMN failed TEXT CHECK (failed IN ('too many', 'too long'));
ALTER TABLE research_count ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
