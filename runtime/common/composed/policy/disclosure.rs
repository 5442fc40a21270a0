//! What a call says in plain that must not be said so: the calls themselves are for ever in a block.

use super::names;
use crate::{common::health::MAX_EMPLOYERS, *};
use frame_support::{traits::UnixTime, weights::Weight};
use salus_primitives::{
	policy::{Names, Ties},
	traits::Credentials,
	OrgId,
};

/// How many items one look at a transaction reads at most: the filter's, or that of the rules about signers. It is enough
/// for any batch that people make. Without a limit the pool could be kept busy for nothing.
pub(super) const MAX_READS: u32 = 512;

/// The bytes of a parachain's proof that one affiliation takes, the largest item that is read, as benchmarks count them.
const PROOF_OF_AFFILIATION: u64 = 4_250;

/// What [`Credentials::works_at_flagged`] reads of whomever it asks about: the account's employers, what it administers and that
/// organisation.
const READS_OF_PERSON: u32 = 3;

/// And of each employer: the organisation and the affiliation.
const READS_OF_EMPLOYER: u32 = 2;

/// What it reads at most.
pub(super) const READS_OF_EMPLOYERS: u32 = READS_OF_PERSON + READS_OF_EMPLOYER * MAX_EMPLOYERS;

/// Whether `call` would say in plain what must not be said so: a label, or that a patient or a member has to do
/// with an organisation whose very name says something about its patients.
///
/// The pallets refuse it as well, but only when it is dispatched: by then both would stand in a block,
/// together and for ever. What is read here is read again by the call, which
/// weighs it. More than `reads` of them are refused unread.
pub(super) fn discloses_sensitive(call: &RuntimeCall, reads: &mut u32) -> bool {
	let names = names(call);
	if !names.labels.is_empty() {
		return true;
	}
	let provider = match told(&names, reads) {
		Told::Unread => return true,
		Told::Already => return false,
		Told::Anew(provider) => provider,
	};
	names
		.org
		.into_iter()
		.chain(names.other_org)
		.chain(provider)
		.any(|org| !may_read(1, reads) || <Registry as Credentials<AccountId>>::is_flagged(org))
		|| names.practitioner.is_some_and(|who| works_at_flagged(&who, reads))
}

/// Whether a call tells what it ties together.
pub(super) enum Told {
	/// Not by itself; or it ties nothing.
	Already,
	/// Of this provider besides, if the state has one.
	Anew(Option<OrgId>),
	/// No reads are left to find out.
	Unread,
}

/// Whether `names` tells something anew.
pub(super) fn told(names: &Names<AccountId>, reads: &mut u32) -> Told {
	match names.ties {
		Ties::Nothing => Told::Already,
		Ties::Patient => Told::Anew(None),
		_ if !may_read(1, reads) => Told::Unread,
		// Where the record names the patient, nothing new is told.
		Ties::PatientOfRecord { author, seq } => {
			match pallet_record_anchor::Subjects::<Runtime>::contains_key(author, seq) {
				true => Told::Already,
				false => Told::Anew(None),
			}
		},
		// Where the relationship is that organisation's, the state has the patient beside it.
		Ties::PatientOfRelationship { organisation, relationship } => {
			let found = pallet_care::Relationships::<Runtime>::get(relationship);
			match found.is_some_and(|found| found.treatment.organisation == organisation) {
				true => Told::Already,
				false => Told::Anew(None),
			}
		},
		// Where the encounter names the coverage, the state says so already.
		Ties::MemberOfEncounter { encounter, coverage } => {
			let found = pallet_claims::Encounters::<Runtime>::get(encounter);
			let provider = found.as_ref().map(|found| found.provider);
			let named = found.is_some_and(|found| found.coverage == Some(coverage));
			match named && (names.org.is_none() || names.org == provider) {
				true => Told::Already,
				false => Told::Anew(provider),
			}
		},
	}
}

/// Whether `who` works at an organisation whose very name says something about its patients; also if no reads
/// are left to find out.
pub(super) fn works_at_flagged(who: &AccountId, reads: &mut u32) -> bool {
	!may_read(READS_OF_EMPLOYERS, reads)
		|| Registry::works_at_flagged(who, Timestamp::now().as_secs())
}

/// Whether `count` more reads are left, which are then used up.
pub(super) fn may_read(count: u32, reads: &mut u32) -> bool {
	reads.checked_sub(count).map(|left| *reads = left).is_some()
}

/// What is read to find out whether somebody works at an organisation whose very name says something about its patients.
#[derive(Clone, Copy, Default)]
pub(super) struct LookUp {
	/// Of how many people it is asked.
	pub people: u32,
	/// How many employers all of them have together.
	pub employers: u32,
	/// How many other items are read, one by one.
	pub others: u32,
}

impl LookUp {
	/// The most that so many `people` can take, and `others`.
	pub(super) fn most(people: u32, others: u32) -> Self {
		Self { people, employers: people.saturating_mul(MAX_EMPLOYERS), others }
	}

	/// What it costs.
	pub(super) fn cost(self) -> Weight {
		let Self { people, employers, others } = self;
		let reads = people
			.saturating_mul(READS_OF_PERSON)
			.saturating_add(employers.saturating_mul(READS_OF_EMPLOYER))
			.saturating_add(others)
			.min(MAX_READS);
		// Of each person an affiliation with each employer, and less than one more for what leads there. The others the call
		// itself reads again, and declares.
		let proof =
			u64::from(people.saturating_add(employers)).saturating_mul(PROOF_OF_AFFILIATION);
		let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads.into());
		reads.saturating_add(Weight::from_parts(0, proof))
	}
}
