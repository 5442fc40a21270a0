//! The vectors that the TypeScript client writes and checks too.

// Each file of tests takes what it needs.
#![allow(dead_code)]

use serde_json::Value;

/// A file of `docs/vectors`.
pub fn vectors(name: &str) -> Value {
	let path = format!("{}/../../docs/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
	let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
	serde_json::from_str(&text).unwrap()
}

/// The items of a list, of which there are some.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
	let items = value[name].as_array().unwrap_or_else(|| panic!("{name} is no list"));
	assert!(!items.is_empty(), "{name} is empty");
	items
}

/// A text.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
	value[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {value}"))
}

/// The bytes of a text of hexadecimal digits.
pub fn bytes(value: &Value, name: &str) -> Vec<u8> {
	hex::decode(text(value, name).strip_prefix("0x").unwrap()).unwrap()
}

/// A hash.
pub fn hash(value: &Value, name: &str) -> salus_exchange_protocol::Hash {
	text(value, name).parse().unwrap()
}
