//! Hashes, bytes as they stand in JSON, and a reader of SCALE that cannot run out of bounds.

use crate::Error;
use serde::{
	de::{self, Deserializer, Visitor},
	Deserialize, Serialize, Serializer,
};
use std::fmt;

pub use sp_crypto_hashing::{blake2_128, blake2_256, twox_128, twox_64};

/// Thirty-two bytes: a hash, a salt or a public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl Hash {
	/// The BLAKE2b hash of `bytes`, 256 bits long.
	pub fn of(bytes: &[u8]) -> Self {
		Self(blake2_256(bytes))
	}
}

impl fmt::Display for Hash {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "0x{}", hex::encode(self.0))
	}
}

impl fmt::Debug for Hash {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		fmt::Display::fmt(self, f)
	}
}

impl std::str::FromStr for Hash {
	type Err = &'static str;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let bytes = from_hex(text)?;
		bytes.try_into().map(Self).map_err(|_| "not 32 bytes")
	}
}

/// The bytes of `0x` and hexadecimal digits in lower case, two for each byte.
pub fn from_hex(text: &str) -> Result<Vec<u8>, &'static str> {
	const WHY: &str = "not hexadecimal digits in lower case, two for each byte";
	let digits = text.strip_prefix("0x").ok_or("bytes begin with 0x")?;
	match digits.bytes().any(|b| b.is_ascii_uppercase()) {
		true => Err(WHY),
		false => hex::decode(digits).map_err(|_| WHY),
	}
}

/// The number of `text` in decimal digits and nothing else: no sign, no zero before it, no blanks. `None` also for
/// one of more than 64 bits.
pub fn from_decimal(text: &str) -> Option<u64> {
	let digits = text.bytes().all(|b| b.is_ascii_digit());
	let plain = digits && (text == "0" || !text.starts_with('0'));
	if plain {
		text.parse().ok()
	} else {
		None
	}
}

/// Bytes that stand in JSON as `0x` and hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

struct Hex;

impl Visitor<'_> for Hex {
	type Value = Vec<u8>;

	fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("a string of 0x and hexadecimal digits in lower case")
	}

	fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<u8>, E> {
		from_hex(text).map_err(E::custom)
	}
}

impl<'de> Deserialize<'de> for Bytes {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_str(Hex).map(Self)
	}
}

impl Serialize for Bytes {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&format_args!("0x{}", hex::encode(&self.0)))
	}
}

impl<'de> Deserialize<'de> for Hash {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let bytes = deserializer.deserialize_str(Hex)?;
		bytes.try_into().map(Self).map_err(|_| de::Error::custom("not 32 bytes"))
	}
}

impl Serialize for Hash {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

/// A number that stands in JSON as a string of decimal digits, since it may exceed 2^53.
pub mod decimal {
	use super::*;

	/// Reads one.
	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
		let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
		let why = "not a number of 64 bits in decimal digits";
		from_decimal(&text).ok_or_else(|| de::Error::custom(why))
	}

	/// Writes one.
	pub fn serialize<S: Serializer>(number: &u64, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(number)
	}
}

/// Reads SCALE from a slice: never past its end, never more items than allowed, never a panic.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
	rest: &'a [u8],
	what: &'static str,
}

impl<'a> Reader<'a> {
	/// A reader of `bytes`, which errors call `what`.
	pub fn new(bytes: &'a [u8], what: &'static str) -> Self {
		Self { rest: bytes, what }
	}

	/// The error that these bytes are not what they should be.
	pub fn bad(&self, why: &'static str) -> Error {
		Error::Malformed { what: self.what, why: why.into() }
	}

	/// The next `count` bytes.
	pub fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
		let (taken, rest) =
			self.rest.split_at_checked(count).ok_or(self.bad("it ends too early"))?;
		self.rest = rest;
		Ok(taken)
	}

	/// What is left.
	pub fn rest(&self) -> &'a [u8] {
		self.rest
	}

	/// The next bytes, as many as the array has.
	pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
		let bytes = self.take(N)?;
		bytes.try_into().map_err(|_| self.bad("it ends too early"))
	}

	/// A hash.
	pub fn hash(&mut self) -> Result<Hash, Error> {
		self.array().map(Hash)
	}

	/// A byte.
	pub fn u8(&mut self) -> Result<u8, Error> {
		self.array::<1>().map(|[byte]| byte)
	}

	/// A number of 16 bits.
	pub fn u16(&mut self) -> Result<u16, Error> {
		self.array().map(u16::from_le_bytes)
	}

	/// A number of 32 bits.
	pub fn u32(&mut self) -> Result<u32, Error> {
		self.array().map(u32::from_le_bytes)
	}

	/// A number of 64 bits.
	pub fn u64(&mut self) -> Result<u64, Error> {
		self.array().map(u64::from_le_bytes)
	}

	/// A number of at most 32 bits in SCALE's compact form, which must be the shortest.
	pub fn compact(&mut self) -> Result<u32, Error> {
		let first = self.u8()?;
		let (value, least) = match first & 0b11 {
			0b00 => (u32::from(first >> 2), 0),
			0b01 => (u32::from(u16::from_le_bytes([first, self.u8()?]) >> 2), 1 << 6),
			0b10 => {
				let [b, c, d] = self.array()?;
				(u32::from_le_bytes([first, b, c, d]) >> 2, 1 << 14)
			},
			_ if first == 0b11 => (self.u32()?, 1 << 30),
			_ => return Err(self.bad("a number is too large")),
		};
		if value < least {
			return Err(self.bad("a number is not in its shortest form"));
		}
		Ok(value)
	}

	/// How many items follow: at most `most`, and no more than there are bytes left for them.
	pub fn count(&mut self, most: usize) -> Result<usize, Error> {
		let count = usize::try_from(self.compact()?).unwrap_or(usize::MAX);
		if count > most || count > self.rest.len() {
			return Err(self.bad("it announces too many parts"));
		}
		Ok(count)
	}

	/// Bytes that say how many they are.
	pub fn bytes(&mut self) -> Result<&'a [u8], Error> {
		let count = self.count(self.rest.len())?;
		self.take(count)
	}

	/// Something, or nothing.
	pub fn option<T>(
		&mut self,
		read: impl FnOnce(&mut Self) -> Result<T, Error>,
	) -> Result<Option<T>, Error> {
		match self.u8()? {
			0 => Ok(None),
			1 => read(self).map(Some),
			_ => Err(self.bad("an option is neither there nor absent")),
		}
	}

	/// Nothing may be left.
	pub fn finish(self) -> Result<(), Error> {
		match self.rest {
			[] => Ok(()),
			_ => Err(self.bad("it has bytes behind its end")),
		}
	}
}

/// `number` in SCALE's compact form.
pub fn compact(number: u32) -> Vec<u8> {
	match number {
		0..=0x3f => vec![number.to_le_bytes()[0] << 2],
		0x40..=0x3fff => {
			let [a, b, ..] = (number << 2 | 0b01).to_le_bytes();
			vec![a, b]
		},
		0x4000..=0x3fff_ffff => (number << 2 | 0b10).to_le_bytes().to_vec(),
		_ => {
			let mut bytes = vec![0b11];
			bytes.extend(number.to_le_bytes());
			bytes
		},
	}
}
