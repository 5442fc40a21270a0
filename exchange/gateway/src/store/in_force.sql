-- Which version of label rules counts here: 'house' are the house's own, 'gateway' those that come with the program. A lower one is not taken.
CREATE TABLE rules_in_force (
	whose TEXT PRIMARY KEY CHECK (whose IN ('house', 'gateway')),
	version INTEGER NOT NULL,
	rules BLOB NOT NULL CHECK (length(rules) = 32)
) STRICT;
