-- By which tables and rules what is held was judged: a hash of them. Whoever starts with others looks at all of it anew.
CREATE TABLE judged_by (only INTEGER PRIMARY KEY CHECK (only = 0), rules BLOB NOT NULL) STRICT;
