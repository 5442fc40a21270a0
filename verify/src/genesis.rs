//! What a chain begins with: the hash of block 0, and GRANDPA's first authorities.

use crate::{
	bytes::{Bytes, Hash},
	files::{self, unmeant, GenesisFile, StartFile, MAX_FILE},
	header::{Authority, Header},
	state::{key, State},
	trie::{Builder, Proof},
	Error,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A chain's beginning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Genesis {
	/// The hash of block 0, by which the chain is known.
	pub hash: Hash,
	/// The first authorities.
	pub authorities: Vec<Authority>,
}

/// Where a chain's sets of authorities are followed from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Start {
	/// The hash of block 0, by which the chain is known.
	pub genesis: Hash,
	/// The block, unless it is block 0.
	pub block: Option<(u32, Hash)>,
	/// The number of the set that is in force behind it.
	pub set: u64,
	/// That set.
	pub authorities: Vec<Authority>,
}

impl From<&Genesis> for Start {
	fn from(genesis: &Genesis) -> Self {
		let Genesis { hash, authorities } = genesis.clone();
		Self { genesis: hash, block: None, set: 0, authorities }
	}
}

impl Start {
	/// The start at the block with the hash `expected`, which must be that of `file`.
	pub fn from_file(file: &StartFile, expected: Hash) -> Result<Self, Error> {
		let StartFile { header, proof } = file;
		if header.hash != expected {
			return Err(Error::OtherStart { found: header.hash, expected });
		}
		let state = State::new(header.state_root, proof)?;
		let authorities = state.authorities()?.ok_or(Error::NoAuthorities)?;
		let genesis = state.genesis()?.ok_or(Error::NoGenesis)?;
		let block = Some((header.number, header.hash));
		Ok(Self { genesis, block, set: state.set()?, authorities })
	}
}

/// The parts of a raw chain specification that make up block 0. The rest (boot nodes and so on)
/// is no part of it.
#[derive(Deserialize)]
struct ChainSpec {
	genesis: RawGenesis,
}

#[derive(Deserialize)]
struct RawGenesis {
	raw: Raw,
}

#[derive(Deserialize)]
struct Raw {
	top: BTreeMap<Bytes, Bytes>,
	#[serde(default, rename = "childrenDefault")]
	children: BTreeMap<Bytes, BTreeMap<Bytes, Bytes>>,
}

/// The longest key of a state that is read.
const MAX_KEY: usize = 512;
/// What the key of a child trie's root begins with.
const CHILD: &[u8] = b":child_storage:default:";

impl Genesis {
	/// The beginning that a raw chain specification describes, and the compact form of it.
	pub fn from_chain_spec(json: &[u8]) -> Result<(Self, GenesisFile), Error> {
		let (header, trie) = block_zero(json)?;
		let proof =
			Proof::new(trie.root(), trie.nodes()).nodes_for(&key(b"Grandpa", b"Authorities"))?;
		let file = GenesisFile::new(header, proof)?;
		let hash = file.header.hash;
		Ok((Self::from_file(&file, hash)?, file))
	}

	/// The hash of block 0 that a raw chain specification describes, which may be a parachain's and so name no
	/// authorities.
	pub fn hash_of_chain_spec(json: &[u8]) -> Result<Hash, Error> {
		Ok(Hash::of(&block_zero(json)?.0))
	}

	/// The beginning that the compact form proves, if it is of the chain with the hash `expected`.
	pub fn from_file(file: &GenesisFile, expected: Hash) -> Result<Self, Error> {
		if file.header.hash != expected {
			return Err(Error::OtherGenesis {
				what: "genesis file",
				found: file.header.hash,
				expected,
			});
		}
		let state = State::within(file.header.state_root, &file.proof);
		let authorities = state.authorities()?.ok_or(Error::NoAuthorities)?;
		Ok(Self { hash: expected, authorities })
	}
}

/// The header of the block 0 that a raw chain specification describes, and its state.
fn block_zero(json: &[u8]) -> Result<(Vec<u8>, Builder), Error> {
	const WHAT: &str = "raw chain specification";
	let file = files::read(WHAT, json, MAX_FILE)?;
	let raw = files::body::<ChainSpec>(WHAT, &file)?.genesis.raw;
	let mut top = entries(WHAT, raw.top)?;
	for (key, child) in raw.children {
		let root = Builder::new(&entries(WHAT, child)?).root();
		top.insert([CHILD, key.0.as_slice()].concat(), root.0.to_vec());
	}
	let trie = Builder::new(&top);
	let header = Header::genesis(trie.root());
	Ok((header, trie))
}

fn entries(
	what: &'static str,
	map: BTreeMap<Bytes, Bytes>,
) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, Error> {
	if map.keys().any(|key| key.0.len() > MAX_KEY) {
		return Err(unmeant(what, "a key is too long"));
	}
	Ok(map.into_iter().map(|(key, value)| (key.0, value.0)).collect())
}
