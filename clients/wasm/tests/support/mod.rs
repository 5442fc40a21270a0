//! The files of vectors that these tests write and check, and that the tests of `clients/receipts` check too.
//!
//! With `SALUS_WRITE_VECTORS` set, a file is written anew from what the tests of its program note; without, everything
//! noted must be in the file. Write with all tests of the program, not with some.

// Each program uses a part of it.
#![allow(dead_code)]

pub mod json;
pub mod wide;

use proptest::{
	strategy::{Strategy, ValueTree},
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{json, Value};
use std::{
	collections::BTreeMap,
	fmt::Debug,
	fs,
	path::PathBuf,
	sync::{Mutex, OnceLock},
};

/// Whether the files are written instead of checked.
pub fn writing() -> bool {
	std::env::var_os("SALUS_WRITE_VECTORS").is_some()
}

/// Whence a vector came, and its input.
type Key = (String, String);

/// A file of vectors.
pub struct File {
	name: &'static str,
	about: &'static str,
	noted: Mutex<BTreeMap<Key, Value>>,
	known: OnceLock<BTreeMap<Key, Value>>,
}

impl File {
	pub const fn new(name: &'static str, about: &'static str) -> Self {
		Self { name, about, noted: Mutex::new(BTreeMap::new()), known: OnceLock::new() }
	}

	fn path(&self) -> PathBuf {
		PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/rules").join(self.name)
	}

	/// The vectors of the file.
	pub fn known(&self) -> &BTreeMap<Key, Value> {
		self.known.get_or_init(|| {
			let text = fs::read_to_string(self.path()).expect("the file of vectors");
			let mut file: Value = serde_json::from_str(&text).expect("JSON");
			assert_eq!(file["abi"], json!(salus_wasm_rules::ABI_VERSION));
			let Value::Array(vectors) = file["vectors"].take() else { panic!("no vectors") };
			let text = |value: &Value| value.as_str().expect("text").to_string();
			let key = |vector: &Value| (text(&vector["from"]), text(&vector["input"]));
			let count = vectors.len();
			let known: BTreeMap<_, _> =
				vectors.into_iter().map(|vector| (key(&vector), vector)).collect();
			assert_eq!(known.len(), count, "a vector is there twice");
			known
		})
	}

	/// Writes a vector that came from `from`, or makes sure that the file has it.
	pub fn note(&self, from: &str, input: &[u8], mut vector: Value) {
		let key = (from.to_string(), hex(input));
		vector["from"] = json!(key.0);
		vector["input"] = json!(key.1);
		if !writing() {
			assert_eq!(
				self.known().get(&key),
				Some(&vector),
				"not in {}; are the rules, or what generates cases, changed on purpose? SALUS_WRITE_VECTORS=1 writes it",
				self.name
			);
			return;
		}
		let mut noted = self.noted.lock().unwrap();
		noted.insert(key, vector);
		let vectors: Vec<_> = noted.values().map(Value::to_string).collect();
		let text = format!(
			"{{\"about\": {},\n\"abi\": {},\n\"vectors\": [\n{}\n]}}\n",
			json!(self.about),
			salus_wasm_rules::ABI_VERSION,
			vectors.join(",\n")
		);
		fs::create_dir_all(self.path().parent().unwrap()).unwrap();
		fs::write(self.path(), text).unwrap();
	}
}

/// The same values each time.
pub fn fixed() -> TestRunner {
	TestRunner::new_with_rng(
		Config::default(),
		TestRng::from_seed(RngAlgorithm::ChaCha, b"salus rules vectors, version 1.."),
	)
}

/// The next value.
pub fn next<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
	strategy.new_tree(runner).expect("a value").current()
}

pub fn hex(bytes: &[u8]) -> String {
	format!("0x{}", ::hex::encode(bytes))
}

pub fn unhex(value: &Value) -> Vec<u8> {
	let text = value.as_str().expect("text");
	::hex::decode(text.strip_prefix("0x").expect("0x")).expect("hexadecimal digits")
}

/// The name of a variant without values, or of the variant that has them.
pub fn name(value: impl Debug) -> String {
	let text = format!("{value:?}");
	text.split(['(', ' ']).next().expect("a name").into()
}

/// A number of more than 32 bits, as JavaScript writes its own: JSON's numbers are not exact there.
pub fn big(value: impl Into<u128>) -> Value {
	json!(format!("{}n", value.into()))
}

/// A JSON object of members, of which those without a value are left out.
pub fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
	members
		.into_iter()
		.filter_map(|(name, value)| Some((name.to_string(), value?)))
		.collect::<serde_json::Map<_, _>>()
		.into()
}

/// Bytes that are nearly an input: cut off, prolonged, or changed in some places.
pub fn nearly(input: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
	use proptest::{collection::vec, prelude::*};
	let length = input.len();
	let change = (0..length.max(1), any::<u8>());
	(vec(change, 0..4), 0..=length, vec(any::<u8>(), 0..3), 0u8..4).prop_map(
		move |(changes, cut, more, how)| {
			let mut bytes = input.clone();
			for (at, value) in changes {
				if let Some(byte) = bytes.get_mut(at) {
					*byte = value;
				}
			}
			match how {
				0 => bytes.truncate(cut),
				1 => bytes.extend(more),
				_ => {},
			}
			bytes
		},
	)
}
