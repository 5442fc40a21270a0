//! The transactions that a gateway makes, byte for byte: six calls, and what their signature is over. The layouts are those of
//! transaction version 1 (`runtime/*/src/lib.rs`: `TxExtension`; both chains have the same bytes), and nothing is signed for another one.

use super::Block;
use crate::keys::{Ed25519, KeyFault};
use codec::{Compact, Encode};
use salus_exchange_protocol::Hash;
use salus_research_data_use::Offer;

/// The version of transactions that is written here. A runtime that changes a call or an extension has another.
pub const TRANSACTION_VERSION: u32 = 1;
/// For how many blocks a transaction can be included. A power of two.
pub const LIFE: u32 = 64;
/// What is longer is signed as its hash.
const LONGEST_PLAIN: usize = 256;

/// What the chain is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
	/// `RecordAnchor.anchor_batch`, of records in the form `Bytes` that are kept as ordinary ones.
	AnchorBatch {
		/// The organisation.
		organisation: u32,
		/// The root of the tree.
		root: Hash,
		/// How many records it has.
		leaves: u64,
	},
	/// `AccessLog.commit`.
	CommitLog {
		/// The organisation.
		organisation: u32,
		/// The number of the first entry.
		from: u64,
		/// The number of the first entry that is not in it.
		until: u64,
		/// The root of the tree of the entries' hashes; zero if there are none.
		root: Hash,
		/// The head before.
		previous: Hash,
	},
	/// `Research.reserve_query`.
	ReserveQuery {
		/// The custodian.
		custodian: u32,
		/// Under which permit.
		permit: u32,
		/// Of which version.
		version: u32,
		/// The commitment to the query.
		commitment: Hash,
		/// What it costs, in millionths of epsilon.
		epsilon: u64,
	},
	/// `Research.publish_version`, under the terms that are in force.
	PublishVersion {
		/// The custodian.
		custodian: u32,
		/// The dataset.
		dataset: u32,
		/// The terms.
		terms: Offer,
		/// The root of the tree of those in it.
		root: Hash,
		/// How many they are, from 0, fewer than 100, to 5, a million or more.
		size: u8,
		/// The withdrawal epoch.
		epoch: u32,
	},
	/// `Research.settle_query`.
	SettleQuery {
		/// The custodian.
		custodian: u32,
		/// The number of its query.
		query: u64,
		/// The commitment to what came of it.
		result: Hash,
	},
	/// `Acknowledgement.acknowledge`.
	Acknowledge {
		/// The organisation.
		organisation: u32,
		/// The patient who has revoked.
		patient: Hash,
		/// The directive that was revoked.
		directive: u32,
	},
}

impl Call {
	/// The call as bytes: the index of the pallet, that of the call, and the arguments.
	pub fn encode(&self) -> Vec<u8> {
		match self {
			Self::AnchorBatch { organisation, root, leaves } => {
				([43_u8, 1], organisation, root.0, leaves, [0_u8, 0]).encode()
			},
			Self::CommitLog { organisation, from, until, root, previous } => {
				([47_u8, 0], organisation, from, until, root.0, previous.0).encode()
			},
			Self::ReserveQuery { custodian, permit, version, commitment, epsilon } => {
				([60_u8, 23], custodian, permit, version, commitment.0, epsilon).encode()
			},
			Self::PublishVersion { custodian, dataset, terms, root, size, epoch } => {
				([60_u8, 5], custodian, dataset, terms, root.0, size, epoch).encode()
			},
			Self::SettleQuery { custodian, query, result } => {
				([60_u8, 24], custodian, query, result.0).encode()
			},
			Self::Acknowledge { organisation, patient, directive } => {
				([48_u8, 0], organisation, patient.0, directive).encode()
			},
		}
	}
}

/// For when, and on which runtime, a transaction is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The `spec_version` of the runtime.
	pub spec_version: u32,
	/// The block from which on it can be included, for [`LIFE`] blocks.
	pub born: Block,
	/// How many transactions of the account there were.
	pub nonce: u32,
}

/// The era of a transaction that is born with the block of that number.
fn era(born: u32) -> [u8; 2] {
	let phase = born.checked_rem(LIFE).unwrap_or(0);
	let period = LIFE.trailing_zeros().saturating_sub(1);
	u16::try_from(phase << 4 | period).unwrap_or(0).to_le_bytes()
}

/// The transaction, as it is handed to a node.
pub async fn transaction(call: &Call, key: &Ed25519, signed: &Signed) -> Result<Vec<u8>, KeyFault> {
	let Signed { genesis, spec_version, born, nonce } = signed;
	let call = call.encode();
	// Era, nonce, tip, and that no hash of the metadata is checked. The other extensions have no bytes.
	let extra = (era(born.number), Compact(*nonce), Compact(0_u128), 0_u8).encode();
	let implied = (spec_version, TRANSACTION_VERSION, genesis.0, born.hash.0, 0_u8).encode();
	let payload = [call.as_slice(), &extra, &implied].concat();
	let signature = match payload.len() > LONGEST_PLAIN {
		true => key.sign(&Hash::of(&payload).0).await?,
		false => key.sign(&payload).await?,
	};
	// Version 4, signed; an account by its id; a signature of the kind Ed25519.
	let head = (0x84_u8, 0_u8, key.account(), 0_u8, signature).encode();
	Ok([head.as_slice(), &extra, &call].concat().encode())
}

#[cfg(test)]
mod tests {
	use super::*;
	use ed25519_zebra::{SigningKey, VerificationKey};
	use salus_research_data_use::Permission;

	#[test]
	fn an_era_is_written_as_the_chain_reads_it() {
		// 64 blocks from block 42 on, and from the first of such a period.
		assert_eq!(era(42), [165, 2]);
		assert_eq!(era(106), [165, 2]);
		assert_eq!(era(64), [5, 0]);
		assert_eq!(era(63), [0xf5, 3]);
	}

	#[test]
	fn the_calls_of_research_are_written_as_the_pallet_reads_them() {
		let commitment = Hash([8; 32]);
		let reserve = Call::ReserveQuery {
			custodian: 3,
			permit: 12,
			version: 2,
			commitment,
			epsilon: 100_000,
		};
		let numbers = [60, 23, 3, 0, 0, 0, 12, 0, 0, 0, 2, 0, 0, 0];
		let cost = [0xa0, 0x86, 1, 0, 0, 0, 0, 0];
		assert_eq!(reserve.encode(), [&numbers[..], &[8; 32], &cost].concat());
		let settle = Call::SettleQuery { custodian: 3, query: 5, result: commitment };
		let numbers = [60, 24, 3, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0];
		assert_eq!(settle.encode(), [&numbers[..], &[8; 32]].concat());
		let terms = Offer { months: Some(12), ..Offer::new(Permission::Gru) };
		let (custodian, dataset, root, size, epoch) = (3, 7, commitment, 2, 4);
		let publish = Call::PublishVersion { custodian, dataset, terms, root, size, epoch };
		let numbers = [60, 5, 3, 0, 0, 0, 7, 0, 0, 0];
		let terms = terms.encode();
		assert_eq!(publish.encode(), [&numbers[..], &terms, &[8; 32], &[2, 4, 0, 0, 0]].concat());
	}

	#[tokio::test]
	async fn a_transaction_is_signed_over_call_extensions_and_what_they_imply() {
		let key = SigningKey::from([1; 32]);
		let call = Call::Acknowledge { organisation: 3, patient: Hash([2; 32]), directive: 9 };
		let born = Block { hash: Hash([4; 32]), number: 42, state_root: Hash([0; 32]), time: 0 };
		let signed = Signed { genesis: Hash([5; 32]), spec_version: 2_000, born, nonce: 300 };
		let bytes = transaction(&call, &key.into(), &signed).await.unwrap();
		let call = [&[48, 0, 3, 0, 0, 0], [2; 32].as_slice(), &[9, 0, 0, 0]].concat();
		let extra = [165, 2, 0xb1, 4, 0, 0];
		let implied =
			[&[0xd0, 7, 0, 0, 1, 0, 0, 0], [5; 32].as_slice(), [4; 32].as_slice(), &[0]].concat();
		let signature: [u8; 64] = key.sign(&[call.as_slice(), &extra, &implied].concat()).into();
		let account: [u8; 32] = VerificationKey::from(&key).into();
		let whole =
			[&[0x84, 0], account.as_slice(), &[0], &signature, &extra, call.as_slice()].concat();
		assert_eq!(bytes, whole.encode());
		// What is long is signed as its hash.
		let long = Call::CommitLog {
			organisation: 3,
			from: 0,
			until: 1,
			root: Hash([6; 32]),
			previous: Hash([7; 32]),
		};
		let bytes = transaction(&long, &key.into(), &signed).await.unwrap();
		assert_eq!(long.encode().len(), 86);
		assert!(bytes.ends_with(&long.encode()));
	}
}
