//! The votes of a small chain's authorities, as nodes hand them out: true ones, and such as nobody may believe.

use ed25519_zebra::{SigningKey, VerificationKey};
use salus_exchange_protocol::Hash;
use salus_verify::bytes::compact;

/// What a node says of which block is final.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Votes {
	/// The truth.
	#[default]
	True,
	/// It has no votes.
	None,
	/// It knows no such question.
	Unknown,
	/// It says that the authorities have never changed.
	NeverChanged,
	/// Those of strangers.
	Strangers,
	/// Those of two thirds, and no more.
	TwoThirds,
	/// With a vote that nobody has signed.
	Forged,
	/// Of another block than the one that they are said to be of.
	OtherBlock,
	/// In the name of the set of before.
	SetBefore,
	/// Those of the set of before, which has handed over.
	OldKeys,
	/// No votes at all, but bytes.
	Bytes,
}

pub type Keys = Vec<SigningKey>;

/// So many authorities.
pub fn keys(first: u16, count: u16) -> Keys {
	let seed =
		|number: u16| -> [u8; 32] { [number.to_le_bytes(); 16].concat().try_into().unwrap() };
	(first..first + count).map(|number| SigningKey::from(seed(number))).collect()
}

fn key(key: &SigningKey) -> [u8; 32] {
	VerificationKey::from(key).into()
}

/// The list of authorities, as the chain keeps it.
pub fn list(keys: &[SigningKey]) -> Vec<u8> {
	let all = keys.iter().map(|each| [key(each).as_slice(), &1_u64.to_le_bytes()].concat());
	[compact(keys.len() as u32), all.collect::<Vec<_>>().concat()].concat()
}

/// What a head says of the set to come.
pub fn change(next: &[SigningKey]) -> Vec<u8> {
	let log = [[1].as_slice(), &list(next), &0_u32.to_le_bytes()].concat();
	[[4].as_slice(), b"FRNK", &compact(log.len() as u32), &log].concat()
}

/// A proof that a block is final, with the votes of `keys` in the name of the set.
pub fn proof(votes: Votes, keys: &[SigningKey], set: u64, (hash, number): (Hash, u32)) -> Vec<u8> {
	let strangers = self::keys(1_000, keys.len() as u16);
	let (keys, set) = match votes {
		Votes::Strangers => (strangers.as_slice(), set),
		Votes::TwoThirds => (&keys[..keys.len() * 2 / 3], set),
		Votes::SetBefore => (keys, set - 1),
		_ => (keys, set),
	};
	let round = 7_u64;
	let target = if votes == Votes::OtherBlock { Hash([9; 32]) } else { hash };
	let message = [
		[1].as_slice(),
		&target.0,
		&number.to_le_bytes(),
		&round.to_le_bytes(),
		&set.to_le_bytes(),
	]
	.concat();
	let precommits = keys.iter().map(|each| {
		let mut signature: [u8; 64] = each.sign(&message).into();
		if votes == Votes::Forged {
			signature[3] ^= 1;
		}
		[target.0.as_slice(), &number.to_le_bytes(), &signature, &key(each)].concat()
	});
	let justification = [
		round.to_le_bytes().as_slice(),
		&target.0,
		&number.to_le_bytes(),
		&compact(keys.len() as u32),
		&precommits.collect::<Vec<_>>().concat(),
		&compact(0),
	]
	.concat();
	let justification = if votes == Votes::Bytes { vec![7; 40] } else { justification };
	[hash.0.as_slice(), &compact(justification.len() as u32), &justification, &compact(0)].concat()
}
