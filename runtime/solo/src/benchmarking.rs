//! Benchmarks of what the SDK has no weights for: reports of double authorship and of double votes, with
//! all that this runtime does about them.
//!
//! A report is checked twice: before the block takes it, as every transaction without a signature is,
//! and when it is executed. If it is of the present session, each check makes the tree over the keys of
//! all validators anew. So the worst case is a report of the present session, without a signature,
//! with as many validators as there can be.

use crate::{
	configs::consensus::{EpochDuration, MAX_VALIDATORS},
	*,
};
use alloc::{boxed::Box, vec, vec::Vec};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::{KeyOwnerProofSystem, UnfilteredDispatchable};
use frame_system::RawOrigin;
use pallet_session::{CurrentIndex, NextKeys, Validators};
use pallet_validator_set::{Members, Membership};
use sp_consensus_babe::{
	digests::{NextConfigDescriptor, PreDigest, SecondaryPlainPreDigest},
	AllowedSlots, AuthorityId as BabeId, BABE_ENGINE_ID,
};
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{ed25519, sr25519, H256};
use sp_runtime::{generic::DigestItem, traits::Header as _, Digest};

/// The session in which the benchmarks are.
const SESSION: u32 = 5;

/// These benchmarks, under a name of their own.
pub struct Pallet<T: Config>(PhantomData<T>);

/// What the benchmarks need of their runtime.
pub trait Config: frame_system::Config {
	/// What is called.
	type Report;

	/// A report that a validator made two blocks for a slot.
	fn of_two_blocks() -> Self::Report;

	/// A report that a validator voted for two blocks in a round.
	fn of_two_votes() -> Self::Report;

	/// A change of BABE's configuration.
	fn of_a_plan() -> Self::Report;

	/// A note that nothing is finalised any more.
	fn of_a_stall() -> Self::Report;

	/// Checks and executes a report as a block does.
	fn execute(report: Self::Report);

	/// Executes what Root may call.
	fn execute_as_root(call: Self::Report);

	/// How many offences there are on record.
	fn offences() -> u32;
}

/// Lets as many validators as there can be validate in [`SESSION`]. Returns the keys of the first, which
/// can sign.
fn populate() -> (sr25519::Public, ed25519::Public) {
	let babe = sp_io::crypto::sr25519_generate(sp_consensus_babe::KEY_TYPE, None);
	let grandpa = sp_io::crypto::ed25519_generate(sp_consensus_grandpa::KEY_TYPE, None);
	let validators: Vec<AccountId> =
		(0..MAX_VALIDATORS).map(|index| account("validator", index, 0)).collect();
	let _ = Members::<Runtime>::clear(u32::MAX, None);
	for (validator, organisation) in validators.iter().zip(0u32..) {
		let key: [u8; 32] = sp_io::hashing::blake2_256(&organisation.encode());
		let keys = match organisation {
			0 => SessionKeys { babe: BabeId::from(babe), grandpa: GrandpaId::from(grandpa) },
			_ => SessionKeys {
				babe: BabeId::from(sr25519::Public::from(key)),
				grandpa: GrandpaId::from(ed25519::Public::from(key)),
			},
		};
		Members::<Runtime>::insert(validator, Membership { organisation, since: 0 });
		NextKeys::<Runtime>::insert(validator, keys);
	}
	Validators::<Runtime>::put(&validators);
	CurrentIndex::<Runtime>::put(SESSION);
	(babe, grandpa)
}

impl Config for Runtime {
	type Report = RuntimeCall;

	fn of_two_blocks() -> RuntimeCall {
		let (offender, _) = populate();
		let session_length = EpochDuration::get();
		let begin = *pallet_babe::GenesisSlot::<Runtime>::get();
		let slot = (begin + u64::from(SESSION) * session_length).into();
		let header = |twin: u8| {
			let digest =
				PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
			let logs = vec![DigestItem::PreRuntime(BABE_ENGINE_ID, digest.encode())];
			let root = H256::repeat_byte(twin);
			let mut header =
				Header::new(1, root, Default::default(), Default::default(), Digest { logs });
			let hash = header.hash();
			let seal =
				sp_io::crypto::sr25519_sign(sp_consensus_babe::KEY_TYPE, &offender, hash.as_ref())
					.expect("the keystore holds the key that it made");
			header.digest_mut().push(DigestItem::Seal(BABE_ENGINE_ID, seal.encode()));
			header
		};
		let offender = BabeId::from(offender);
		let key_owner_proof = Historical::prove((sp_consensus_babe::KEY_TYPE, &offender))
			.expect("the offender is among the validators");
		let equivocation_proof = Box::new(sp_consensus_babe::EquivocationProof {
			offender,
			slot,
			first_header: header(1),
			second_header: header(2),
		});
		pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }
			.into()
	}

	fn of_two_votes() -> RuntimeCall {
		let (_, offender) = populate();
		let (set_id, round, number) = (1u64, 1u64, 1 as BlockNumber);
		pallet_grandpa::SetIdSession::<Runtime>::insert(set_id - 1, SESSION - 1);
		pallet_grandpa::SetIdSession::<Runtime>::insert(set_id, SESSION);
		// A prevote is the first kind of message, and of equivocation. Their types are in a crate that
		// nothing else here needs.
		let vote = |twin: u8| {
			let target = (H256::repeat_byte(twin), number);
			let message = sp_consensus_grandpa::localized_payload(round, set_id, &(0u8, target));
			let key_type = sp_consensus_grandpa::KEY_TYPE;
			let signature = sp_io::crypto::ed25519_sign(key_type, &offender, &message)
				.expect("the keystore holds the key that it made");
			(target, signature)
		};
		let encoded = (set_id, 0u8, round, offender, vote(1), vote(2)).encode();
		let equivocation_proof =
			Box::new(Decode::decode(&mut &encoded[..]).expect("it is encoded like this"));
		let offender = GrandpaId::from(offender);
		let key_owner_proof = Historical::prove((sp_consensus_grandpa::KEY_TYPE, &offender))
			.expect("the offender is among the validators");
		pallet_grandpa::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }
			.into()
	}

	fn of_a_plan() -> RuntimeCall {
		let allowed_slots = AllowedSlots::PrimaryAndSecondaryPlainSlots;
		let config = NextConfigDescriptor::V1 { c: (1, 4), allowed_slots };
		pallet_babe::Call::plan_config_change { config }.into()
	}

	fn of_a_stall() -> RuntimeCall {
		pallet_grandpa::Call::note_stalled { delay: 1_000, best_finalized_block_number: 1 }.into()
	}

	fn execute(report: RuntimeCall) {
		match &report {
			RuntimeCall::Babe(call) => Babe::pre_dispatch(call),
			RuntimeCall::Grandpa(call) => Grandpa::pre_dispatch(call),
			_ => panic!("no report"),
		}
		.expect("the report is right");
		report.dispatch_bypass_filter(RuntimeOrigin::none()).expect("the report is right");
	}

	fn execute_as_root(call: RuntimeCall) {
		call.dispatch_bypass_filter(RawOrigin::Root.into()).expect("Root may");
	}

	fn offences() -> u32 {
		pallet_offences::Reports::<Runtime>::iter().count() as u32
	}
}

#[benchmarks]
mod reports {
	use super::*;

	#[benchmark]
	fn report_two_blocks() {
		let report = T::of_two_blocks();

		#[block]
		{
			T::execute(report);
		}

		assert_eq!(T::offences(), 1);
	}

	#[benchmark]
	fn report_two_votes() {
		let report = T::of_two_votes();

		#[block]
		{
			T::execute(report);
		}

		assert_eq!(T::offences(), 1);
	}

	#[benchmark]
	fn plan_config_change() {
		let call = T::of_a_plan();

		#[block]
		{
			T::execute_as_root(call);
		}
	}

	#[benchmark]
	fn note_stalled() {
		let call = T::of_a_stall();

		#[block]
		{
			T::execute_as_root(call);
		}
	}
}
