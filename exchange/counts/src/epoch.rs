//! What an epoch of a dataset commits to: who is in it, and by which directive. `docs/research-protocol.md`, "Epochs".
//!
//! A leaf is a salted commitment to the dataset, the epoch, a patient's handle, and what lets the patient be counted. Leaves are sorted by the
//! commitments, so that their order tells nothing, and are the commitments of a Merkle tree ([`salus_exchange_protocol::tree`]). The chain has the
//! root.

use crate::json::{number, object, written};
use salus_exchange_protocol::{json::Part, tree::MerkleTree, Hash};

const LEAF: &[u8] = b"salus:epoch-leaf:v1";
const SALT: &[u8] = b"salus:epoch-salt:v1";

/// Which epoch of which dataset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EpochOf {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The dataset.
	pub dataset: u32,
	/// The withdrawal epoch.
	pub epoch: u32,
}

/// What lets a patient be counted. In this order: of several that do, the first is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ground {
	/// The directive with this number.
	Directive(u32),
	/// The sealed directive with this number, whose opening the house has.
	Sealed(u32),
	/// No directive: the patient has not said no, and none is needed. Under consent nobody is in an epoch so.
	Unspoken,
	/// Nobody is in the dataset. The one leaf of such an epoch has this, and a handle of zeros.
	Nobody,
}

impl Ground {
	/// Its tag and its number, as they are in a leaf.
	pub const fn parts(self) -> (u8, u32) {
		match self {
			Self::Nobody => (0, 0),
			Self::Directive(number) => (1, number),
			Self::Sealed(number) => (2, number),
			Self::Unspoken => (3, 0),
		}
	}

	/// That of a tag and a number; none if there is no such one.
	pub const fn of(tag: u8, number: u32) -> Option<Self> {
		match (tag, number) {
			(0, 0) => Some(Self::Nobody),
			(1, _) => Some(Self::Directive(number)),
			(2, _) => Some(Self::Sealed(number)),
			(3, 0) => Some(Self::Unspoken),
			_ => None,
		}
	}

	const fn name(self) -> &'static str {
		match self {
			Self::Nobody => "nobody",
			Self::Directive(_) => "directive",
			Self::Sealed(_) => "sealed",
			Self::Unspoken => "unspoken",
		}
	}
}

/// Somebody who is in a dataset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Participant {
	/// The handle.
	pub patient: [u8; 32],
	/// What lets the patient be counted.
	pub by: Ground,
}

impl Participant {
	/// Who stands in the one leaf of an epoch in which nobody is.
	pub const NOBODY: Self = Self { patient: [0; 32], by: Ground::Nobody };
}

/// The commitment to somebody who is in an epoch.
pub fn commitment(of: &EpochOf, salt: &Hash, who: &Participant) -> Hash {
	let (tag, number) = who.by.parts();
	let parts: [&[u8]; 8] = [
		LEAF,
		&salt.0,
		&of.genesis.0,
		&of.dataset.to_le_bytes(),
		&of.epoch.to_le_bytes(),
		&who.patient,
		&[tag],
		&number.to_le_bytes(),
	];
	Hash::of(&parts.concat())
}

/// The salt for one patient, out of the secret of an epoch: 32 random bytes, drawn for it alone. To whoever has one salt it tells nothing of
/// the others.
pub fn salt(secret: &Hash, patient: &[u8; 32]) -> Hash {
	Hash::of(&[SALT, &secret.0, patient].concat())
}

/// Somebody in an epoch, with the salt and the commitment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaf {
	/// The commitment.
	pub commitment: Hash,
	/// The salt.
	pub salt: Hash,
	/// Who it is.
	pub who: Participant,
}

/// All who are in an epoch, by their commitments: the first one is the first leaf. Where nobody is, there is one leaf all the same.
pub fn leaves(of: &EpochOf, secret: &Hash, who: &[Participant]) -> Vec<Leaf> {
	let who = if who.is_empty() { &[Participant::NOBODY][..] } else { who };
	let mut leaves: Vec<Leaf> = who
		.iter()
		.map(|who| {
			let salt = salt(secret, &who.patient);
			Leaf { commitment: commitment(of, &salt, who), salt, who: *who }
		})
		.collect();
	leaves.sort_unstable_by_key(|leaf| leaf.commitment.0);
	leaves
}

/// The tree over leaves that are in their order; none over nothing.
pub fn tree(leaves: &[Leaf]) -> Option<MerkleTree> {
	MerkleTree::new(&leaves.iter().map(|leaf| leaf.commitment).collect::<Vec<_>>())
}

/// How many people there are, as the chain is told: from 0, fewer than 100, to 5, a million or more.
pub const fn size(people: usize) -> u8 {
	match people {
		0..=99 => 0,
		100..=999 => 1,
		1_000..=9_999 => 2,
		10_000..=99_999 => 3,
		100_000..=999_999 => 4,
		_ => 5,
	}
}

/// What the first line of an opening tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Published {
	/// The custodian.
	pub custodian: u32,
	/// The version with this root.
	pub version: u32,
	/// When it was published.
	pub at: u64,
	/// The root.
	pub root: Hash,
}

fn line(members: impl IntoIterator<Item = (&'static str, Part)>, out: &mut String) {
	out.push_str(&written(&object(members)));
	out.push('\n');
}

/// The opening of an epoch, for an auditor: a line that says of what, and a line for each leaf, in their order.
pub fn opening(of: &EpochOf, published: &Published, leaves: &[Leaf]) -> String {
	let mut out = String::new();
	let count = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
	let head = [
		("at", number(published.at)),
		("custodian", number(published.custodian)),
		("dataset", number(of.dataset)),
		("epoch", number(of.epoch)),
		("genesis", Part::of(of.genesis)),
		("leaves", number(count)),
		("root", Part::of(published.root)),
		("version", number(published.version)),
	];
	line(head, &mut out);
	for Leaf { salt, who, .. } in leaves {
		let (_, directive) = who.by.parts();
		let numbered = matches!(who.by, Ground::Directive(_) | Ground::Sealed(_));
		let members = [
			("by", Part::of(who.by.name())),
			("patient", Part::of(Hash(who.patient))),
			("salt", Part::of(*salt)),
		];
		let directive = numbered.then(|| ("number", number(directive)));
		line(members.into_iter().chain(directive), &mut out);
	}
	out
}
