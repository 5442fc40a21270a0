-- Which version of label rules counts here: 'house' are the house's own, 'gateway' those that come with the program. A lower one is not taken.
CREATE TABLE rules_in_force (
	whose TEXT COLLATE "C" PRIMARY KEY NOT NULL CHECK (whose IN ('house', 'gateway')),
	version BIGINT NOT NULL,
	rules BYTEA NOT NULL CHECK (length(rules) = 32)
);
