//! What a call says in plain that must not be said so: the calls themselves are for ever in a block.

use super::{filter::MAX_NESTING, inner_calls, names};
use crate::{common::health::MAX_EMPLOYERS, *};
use frame_support::{traits::UnixTime, weights::Weight};
use pallet_consent::WeightInfo as _;
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
/// weighs that; what it takes beyond that, and what is read for a call that may not be dispatched, is weighed with the transaction
/// (see [`cost_of_filter`]). More than `reads` of them are refused unread.
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
		// Where there are more others, the transaction is refused.
		let Self { others, .. } = self;
		let computing = Self { others: others.min(MAX_READS), ..self }.computing();
		self.reads().saturating_add(computing)
	}

	/// What the reads cost.
	fn reads(self) -> Weight {
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

	/// What the reads cost where no call declares any of them: of the others the proof as well.
	fn all_reads(self) -> Weight {
		// Where there are more others, the transaction is refused.
		let others = u64::from(self.others.min(MAX_READS));
		let proof = others.saturating_mul(PROOF_OF_AFFILIATION);
		self.reads().saturating_add(Weight::from_parts(0, proof))
	}

	/// What it costs beyond the reads: all of it where the same was read a moment before, or is read by the call.
	fn computing(self) -> Weight {
		let Self { people, employers, others } = self;
		let of_person = computing_of_person(0);
		let of_employer = computing_of_person(1).saturating_sub(of_person);
		// An employer is two items, of which one is the largest of all.
		let of_other = of_employer.saturating_div(READS_OF_EMPLOYER.into());
		of_person
			.saturating_mul(people.into())
			.saturating_add(of_employer.saturating_mul(employers.into()))
			.saturating_add(of_other.saturating_mul(others.into()))
	}

	/// Adds `one`, so many `times`.
	fn add(&mut self, one: Self, times: u32) {
		self.people = self.people.saturating_add(one.people.saturating_mul(times));
		self.employers = self.employers.saturating_add(one.employers.saturating_mul(times));
		self.others = self.others.saturating_add(one.others.saturating_mul(times));
	}
}

/// What it takes, without the reads, to look up a person with so many employers: measured for `Consent`, which does that to whom a
/// patient names, and asks how many they are. A test compares the reads with those that are taken off.
fn computing_of_person(employers: u32) -> Weight {
	let reads = READS_OF_PERSON.saturating_add(READS_OF_EMPLOYER.saturating_mul(employers));
	let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads.into());
	let all = <Runtime as pallet_consent::Config>::WeightInfo::practitioner(employers);
	Weight::from_parts(all.saturating_sub(reads).ref_time(), 0)
}

/// What it costs that the call filter looks up whom `call` names, and all that it carries, as often as it does: once before the
/// transaction is taken, and by each dispatch again, with all that is carried further inside. `employers` tells how many a person has.
///
/// What is read for it the call reads as well, and declares. But not what is carried by a call that may not dispatch it (see
/// [`may_not_dispatch`]): of that the reads are declared here.
pub(super) fn cost_of_filter(call: &RuntimeCall, employers: &impl Fn(&AccountId) -> u32) -> Weight {
	let mut found = Filtered::default();
	look_up_inside(call, MAX_NESTING, FILTERED, false, employers, &mut found);
	found.asked.computing().saturating_add(found.undeclared.all_reads())
}

/// How often the filter is asked about the outermost call: before the transaction is taken, and when the call is dispatched.
const FILTERED: u32 = 2;

/// What the filter looks up.
#[derive(Default)]
struct Filtered {
	/// As often as it is asked.
	asked: LookUp,
	/// Of that, once, what the call may not read itself.
	undeclared: LookUp,
}

/// One walk over `call` and all it carries, as the filter's: each is visited once. Where the state says already what a call ties
/// together, the filter looks up less.
fn look_up_inside(
	call: &RuntimeCall,
	levels: u8,
	times: u32,
	undeclared: bool,
	employers: &impl Fn(&AccountId) -> u32,
	found: &mut Filtered,
) {
	let names = names(call);
	if names.ties != Ties::Nothing {
		let told = u32::from(names.ties != Ties::Patient);
		let provider = u32::from(matches!(names.ties, Ties::MemberOfEncounter { .. }));
		let others = told
			.saturating_add(provider)
			.saturating_add(names.org.is_some().into())
			.saturating_add(names.other_org.is_some().into());
		let people = u32::from(names.practitioner.is_some());
		let employers = names.practitioner.as_ref().map_or(0, employers);
		let one = LookUp { people, employers, others };
		found.asked.add(one, times);
		if undeclared {
			found.undeclared.add(one, 1);
		}
	}
	// What carries more levels is refused by the filter.
	let Some(levels) = levels.checked_sub(1) else { return };
	let times = times.saturating_add(1);
	for (place, inner) in inner_calls(call).into_iter().enumerate() {
		let undeclared = undeclared || may_not_dispatch(call, place);
		look_up_inside(inner, levels, times, undeclared, employers, found);
	}
}

/// Whether `call` may end well, or be paid back in part, without having dispatched what it carries in this `place`. Then nobody has
/// declared what that reads: a schedule, a motion and an enactment are carried out in another block, a multisignature by the last of
/// those who approve it; a batch gives back what comes after a failure, and `if_else` what it did not need.
///
/// What is not known here may not dispatch what it carries.
fn may_not_dispatch(call: &RuntimeCall, place: usize) -> bool {
	use pallet_multisig::Call as Multi;
	use pallet_utility::Call as Util;
	match call {
		RuntimeCall::Proxy(_)
		| RuntimeCall::Multisig(Multi::as_multi_threshold_1 { .. })
		| RuntimeCall::Utility(Util::as_derivative { .. } | Util::force_batch { .. }) => false,
		// The first is dispatched whatever becomes of it; of `if_else` that is `main`.
		RuntimeCall::Utility(
			Util::batch { .. } | Util::batch_all { .. } | Util::if_else { .. },
		) => place > 0,
		_ => true,
	}
}
