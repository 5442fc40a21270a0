//! Made-up people: what the house knows of each, what the chain has of each, and who of them is to be counted. That is written down here kind by kind,
//! and not worked out by the rules that are tried.

use crate::{
	chain::{now, research::Basis},
	research::subjects::Subject,
};
use codec::{Compact, Encode};
use salus_consent_decision::{
	BaseDecision, Directive, DirectiveBasis, Effect, EndReason, Ended, GrantedBy, Grantee,
	PurposeVeto, Scope,
};
use salus_counts::query::{Month, Region, Sex};
use salus_exchange_protocol::Hash;
use salus_primitives::{
	ActionSet, DataClass, DataClassSet, Interval, LabelSet, OrgKind, OrgKindSet, PatientId,
	PatientState, Purpose, PurposeSet,
};
use salus_verify::decision::{Item, LAYOUTS};
use std::collections::BTreeMap;

/// How many there are, unless `SALUS_PEOPLE` says.
pub(super) fn people() -> u64 {
	std::env::var("SALUS_PEOPLE").map_or(2_000, |text| text.parse().unwrap())
}

/// The organisation that counts, and another one.
pub(super) const ORGANISATION: u32 = 3;
const ANOTHER: u32 = 4;

/// The handle of one of them.
pub(super) fn patient(number: u64) -> Hash {
	Hash::of(&number.to_le_bytes())
}

/// One in two is a woman, ages are of all years, and one in four lives in Berlin.
pub(super) fn subject(number: u64) -> Subject {
	Subject {
		birth: Month::of(1930 + u32::try_from(number % 90).unwrap(), 1),
		sex: Some(if number.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
		region: Region::read(if number.is_multiple_of(4) { "DE-BE" } else { "DE-BY" }),
	}
}

/// What somebody has said to research.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
	/// The chain does not know the handle.
	Unknown,
	/// Nothing.
	Nothing,
	/// Nothing but a base decision of Permit.
	BasePermit,
	/// A base decision of Permit, and a yes that was revoked.
	BasePermitAndRevoked,
	/// Yes, to the organisation, of all data.
	Yes,
	/// Yes, of laboratory results alone.
	YesToResults,
	/// Yes, of images alone.
	YesToImages,
	/// Yes, to another organisation.
	YesToAnother,
	/// Yes, and it was revoked.
	Revoked,
	/// Yes, and a denial besides.
	Denied,
	/// Yes, and a veto.
	Vetoed,
	/// Nothing but a veto.
	VetoAlone,
	/// Yes, and a veto that was lifted.
	Lifted,
	/// Yes, and a veto in the best block alone.
	VetoedAtBest,
	/// Yes, and a veto that is lifted in the best block alone.
	LiftedAtBest,
	/// Yes, and the handle is erased: it is a tombstone.
	Retired,
	/// Yes, and the handle is frozen.
	Frozen,
}

/// How many of each kind there are in a row of people.
const KINDS: [(Said, u64); 17] = [
	(Said::Unknown, 4),
	(Said::Nothing, 8),
	(Said::BasePermit, 2),
	(Said::BasePermitAndRevoked, 2),
	(Said::Revoked, 2),
	(Said::Vetoed, 4),
	(Said::VetoAlone, 3),
	(Said::Lifted, 2),
	(Said::Retired, 2),
	(Said::Frozen, 1),
	(Said::YesToResults, 3),
	(Said::Denied, 3),
	(Said::YesToImages, 2),
	(Said::YesToAnother, 2),
	(Said::VetoedAtBest, 1),
	(Said::LiftedAtBest, 1),
	(Said::Yes, 59),
];

/// How long a row is. It has no divisor in common with the lengths by which sex, age and region come again: each kind has people of all of them.
const ROW: u64 = 101;

/// What that one has said.
pub(super) fn said(number: u64) -> Said {
	let mut place = number % ROW;
	for (said, count) in KINDS {
		match place.checked_sub(count) {
			None => return said,
			Some(rest) => place = rest,
		}
	}
	panic!("the kinds are fewer than a row has places")
}

/// Whether somebody is to be counted who fits a query: one that tells what somebody is like, or none.
pub(super) fn is_counted(said: Said, basis: Basis, tells_of_person: bool) -> bool {
	let needs_yes = basis == Basis::Consent;
	match said {
		Said::Yes | Said::Lifted => true,
		// Age, sex and region are data of the person too.
		Said::YesToResults => !needs_yes || !tells_of_person,
		// A base decision is no yes to research. A veto alone is a no where nobody needs to say yes.
		Said::Nothing
		| Said::BasePermit
		| Said::BasePermitAndRevoked
		| Said::YesToImages
		| Said::YesToAnother
		| Said::Revoked
		| Said::Denied => !needs_yes,
		Said::Unknown
		| Said::Vetoed
		| Said::VetoAlone
		| Said::VetoedAtBest
		| Said::LiftedAtBest
		| Said::Retired
		| Said::Frozen => false,
	}
}

/// What stands in a state, by its keys.
pub(super) type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

fn set(entries: &mut Entries, item: Item, value: impl Encode) {
	entries.insert(item.key(), value.encode());
}

/// A value over time that has always been that.
fn line<V>(value: V) -> ((V, u64), Option<(V, u64)>, u32) {
	((value, 0), None, 0)
}

/// A directive on research of that one. None has the bytes of another: a proof has each of them.
fn directive(
	number: u64,
	(effect, organisation, classes): (Effect, u32, DataClassSet),
	ended: Option<u64>,
) -> Directive<[u8; 32]> {
	Directive {
		effect,
		grantee: Grantee::Organisation(organisation),
		scope: Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet::of(&[Purpose::Hresch]),
			classes,
			labels: LabelSet::EMPTY,
			data: Interval::ALWAYS,
		},
		period: Interval::new(number, u64::MAX),
		max_uses: None,
		redisclose_depth: 1,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: ended.map(|at| Ended { at, why: EndReason::Revoked }),
	}
}

fn directives(number: u64, said: Said) -> Vec<(u32, Directive<[u8; 32]>)> {
	let yes = |organisation, classes, ended| {
		(90, directive(number, (Effect::Permit, organisation, classes), ended))
	};
	let all = DataClassSet::ALL;
	match said {
		Said::Unknown | Said::Nothing | Said::BasePermit | Said::VetoAlone => Vec::new(),
		Said::YesToResults => {
			vec![yes(ORGANISATION, DataClassSet::of(&[DataClass::Laboratory]), None)]
		},
		Said::YesToImages => vec![yes(ORGANISATION, DataClassSet::of(&[DataClass::Imaging]), None)],
		Said::YesToAnother => vec![yes(ANOTHER, all, None)],
		// Later than it began, and long ago.
		Said::Revoked | Said::BasePermitAndRevoked => {
			vec![yes(ORGANISATION, all, Some(number + 1))]
		},
		Said::Denied => {
			let no = directive(number, (Effect::Deny, ORGANISATION, all), None);
			vec![yes(ORGANISATION, all, None), (91, no)]
		},
		Said::Yes
		| Said::Vetoed
		| Said::Lifted
		| Said::VetoedAtBest
		| Said::LiftedAtBest
		| Said::Retired
		| Said::Frozen => vec![yes(ORGANISATION, all, None)],
	}
}

/// The veto of research in the best, or in the last final block: since when it is none any more, if it was lifted.
fn veto(said: Said, at_best: bool) -> Option<Option<u64>> {
	match said {
		Said::Vetoed | Said::VetoAlone => Some(None),
		Said::Lifted => Some(Some(9)),
		Said::VetoedAtBest => at_best.then_some(None),
		Said::LiftedAtBest => Some(at_best.then_some(9)),
		_ => None,
	}
}

fn put_veto(entries: &mut Entries, number: u64, at_best: bool) {
	if let Some(until) = veto(said(number), at_best) {
		let veto = PurposeVeto { purpose: Purpose::Hresch, from: 7, until };
		set(entries, Item::Vetoes(PatientId::from(patient(number).0)), vec![veto]);
	}
}

/// Puts what the chain has of one of them after the last final block: the handle with a key, what was said, and that the organisation treats them.
fn put_person(entries: &mut Entries, number: u64) {
	let said = said(number);
	if said == Said::Unknown {
		return;
	}
	let (id, handle) = (PatientId::from(patient(number).0), patient(number).0);
	let state = match said {
		Said::Retired => PatientState::Retired,
		Said::Frozen => PatientState::Frozen,
		_ => PatientState::Active,
	};
	// The deposit is another's; the keys are some that nobody else has.
	let first = (0_u64, None::<u32>, Some(([0xAD_u8; 32], 1_u128)), vec![handle], line(state));
	set(entries, Item::Handle(id), (first, (None::<u64>, None::<u64>, line(handle))));
	set(entries, Item::Pair(id, ORGANISATION), (Some(number), 3_u32));
	let directives = directives(number, said);
	if !directives.is_empty() {
		set(entries, Item::Directives(id), (100_u32, 0_u32, directives));
	}
	if matches!(said, Said::BasePermit | Said::BasePermitAndRevoked) {
		// Each since another moment, and for less than the two years in which it holds.
		let since = now() - 1 - number;
		set(entries, Item::BaseDecisions(id), vec![(since, BaseDecision::Permit)]);
	}
	put_veto(entries, number, false);
}

/// What stands in the state after the last final block.
pub(super) fn after_final(people: u64) -> Entries {
	let mut entries = Entries::new();
	set(&mut entries, Item::Runtime, (Compact(2_000_u32), "salus"));
	for (pallet, version) in LAYOUTS {
		set(&mut entries, Item::Layout(pallet), version);
	}
	let held = OrgKindSet::of(&[OrgKind::Provider]);
	let kept = ([0xAD_u8; 32], None::<[u8; 32]>, [3_u8; 32], OrgKindSet::EMPTY, held);
	set(&mut entries, Item::Organisation(ORGANISATION), (kept, (false, true, Some(1_u128))));
	// From when, until when, and no early end.
	let always = vec![(0_u64, u64::MAX, None::<(u64, u8)>)];
	set(&mut entries, Item::Licence(ORGANISATION, OrgKind::Provider), (None::<u64>, always));
	(0..people).for_each(|number| put_person(&mut entries, number));
	entries
}

/// The same after the best block.
pub(super) fn go_on_to_best(entries: &mut Entries, people: u64) {
	let differs = |said| matches!(said, Said::VetoedAtBest | Said::LiftedAtBest);
	let those = (0..people).filter(|number| differs(said(*number)));
	those.for_each(|number| put_veto(entries, number, true));
}

#[test]
fn each_kind_has_its_people_of_each_row() {
	for (kind, count) in KINDS {
		let found = (0..3 * ROW).filter(|number| said(*number) == kind).count();
		assert_eq!(found, usize::try_from(3 * count).unwrap(), "{kind:?}");
	}
}
