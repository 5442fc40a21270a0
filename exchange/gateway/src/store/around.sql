-- What was said of the Bundle that a record came in, encrypted: it counts for each resource in it, also when that is judged again.
CREATE TABLE around (number INTEGER PRIMARY KEY REFERENCES record (number), bundle BLOB NOT NULL) STRICT;
