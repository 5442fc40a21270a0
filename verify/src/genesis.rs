//! What a chain begins with: the hash of block 0, and GRANDPA's first authorities.

use crate::{
	bytes::{twox_128, Bytes, Hash, Reader},
	files::{limited, malformed, GenesisFile, MAX_FILE},
	header::{authorities, Authority, Header},
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
		const WHAT: &str = "raw chain specification";
		limited(WHAT, json, MAX_FILE)?;
		let spec: ChainSpec = serde_json::from_slice(json).map_err(malformed(WHAT))?;
		let raw = spec.genesis.raw;
		let mut top = entries(WHAT, raw.top)?;
		for (key, child) in raw.children {
			let root = Builder::new(&entries(WHAT, child)?).root();
			top.insert([CHILD, key.0.as_slice()].concat(), root.0.to_vec());
		}
		let trie = Builder::new(&top);
		let header = Header::genesis(trie.root());
		let proof = Proof::new(trie.root(), trie.nodes()).nodes_for(&authorities_key())?;
		let file = GenesisFile::new(header, proof)?;
		let hash = file.header.hash;
		Ok((Self::from_file(&file, hash)?, file))
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
		let nodes = file.proof.iter().map(Vec::as_slice);
		let proof = Proof::new(file.header.state_root, nodes);
		let value = proof.get(&authorities_key())?.ok_or(Error::NoAuthorities)?;
		let mut reader = Reader::new(value, "list of authorities");
		let authorities = authorities(&mut reader)?;
		reader.finish()?;
		if authorities.is_empty() {
			return Err(Error::NoAuthorities);
		}
		Ok(Self { hash: expected, authorities })
	}
}

fn entries(
	what: &'static str,
	map: BTreeMap<Bytes, Bytes>,
) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, Error> {
	if map.keys().any(|key| key.0.len() > MAX_KEY) {
		return Err(Error::Malformed { what, why: "a key is too long".into() });
	}
	Ok(map.into_iter().map(|(key, value)| (key.0, value.0)).collect())
}

/// Where the pallet Grandpa keeps the authorities.
fn authorities_key() -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(b"Authorities")].concat()
}
