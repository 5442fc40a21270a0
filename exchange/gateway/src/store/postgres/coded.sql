-- Records of a code are found in the order in which they are stored, and it is gone on after one of them without reading those before it.
DROP INDEX token_code;
CREATE INDEX token_code ON token (name, system, code, record);
