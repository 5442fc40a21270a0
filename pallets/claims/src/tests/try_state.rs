//! Corrupted storage is noticed, whatever is corrupted.

use crate::{
	mock::{Claims, *},
	Claims as Stored, *,
};
use codec::Encode;
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, tokens::Precision, Hooks},
};
use salus_claims_adjudication::{Accumulators, BenefitCategory, Money};
use salus_primitives::time::DAY;
use sp_runtime::TryRuntimeError;
use std::collections::BTreeSet;

// What `build` leaves behind.
const SETTLED: ClaimId = 0;
const VOIDED: ClaimId = 1;
const SUPERSEDED: ClaimId = 2;
const CORRECTED: ClaimId = 3;
/// Decided, and nothing is used or paid.
const DENIED: ClaimId = 4;
const PENDED: ClaimId = 5;
const CORRECTION: ClaimId = 7;
const WAITING: [ClaimId; 2] = [8, 9];
/// The encounter of [`CORRECTION`].
const DISPUTED: EncounterId = 5;
/// An encounter that is attested, and not claimed.
const UNCLAIMED: EncounterId = 6;
const NONE: u64 = 99;

/// Two coverages, of which the second is to get another key, and a claim in every state.
fn build() {
	fund(10_000);
	let coverage = covered_as(0, member());
	covered_as(0, account_of(&pair(61)));
	let key = account_of(&pair(62));
	assert_ok!(Claims::rekey_coverage(signed(payer_biller()), PAYER, 1, key));
	claimed(coverage, &[visit(0, 100)]);
	assert_ok!(void(claimed(coverage, &[visit(1, 100)])));
	assert_ok!(correct(claimed(coverage, &[visit(2, 100)]), &[visit(2, 200)]));
	claimed(coverage, &[line(3, BenefitCategory::DentalAndVision, 50)]);
	claimed(coverage, &[visit(4, 5_000)]);
	assert_ok!(correct(claimed(coverage, &[visit(5, 100)]), &[visit(5, 2_000)]));
	attested(coverage);
	let free = balance(PAYER) - 1;
	assert_ok!(Claims::withdraw(signed(payer_admin()), PAYER, USD, free));
	claimed(coverage, &[visit(8, 100)]);
	claimed(coverage, &[visit(9, 100)]);

	assert!([PENDED, CORRECTION].iter().all(|id| state(*id).is_pending() && claim(*id).held > 0));
	for id in WAITING {
		assert_eq!(state(id), ClaimState::Waiting { since: now() });
	}
	check_state();
}

fn change_claim(id: ClaimId, change: impl FnOnce(&mut Claim)) {
	Stored::<Test>::mutate(id, |claim| change(claim.as_mut().unwrap()));
}

fn change_encounter(id: EncounterId, change: impl FnOnce(&mut Encounter)) {
	Encounters::<Test>::mutate(id, |encounter| change(encounter.as_mut().unwrap()));
}

fn change_coverage(id: CoverageId, change: impl FnOnce(&mut CoverageOf<Test>)) {
	Coverages::<Test>::mutate(id, |coverage| change(coverage.as_mut().unwrap()));
}

fn change_terms(change: impl FnOnce(&mut Terms<u32>)) {
	PlanVersions::<Test>::mutate(0, 0, |terms| change(terms.as_mut().unwrap()));
}

fn change_queue(change: impl FnOnce(&mut Queue)) {
	Queues::<Test>::mutate(PAYER, USD, change);
}

/// Lets a claim stand for nothing any more.
fn abandon(id: ClaimId) {
	change_encounter(claim(id).encounter, |encounter| encounter.claim = None);
	for line in ClaimLines::<Test>::get(id) {
		ServiceLines::<Test>::remove(line.detail);
	}
}

/// Makes the provider the payer of everything.
fn pay_itself() {
	Plans::<Test>::insert(0, Plan { payer: HOSPITAL, versions: 1 });
	for id in [0, 1] {
		change_coverage(id, |coverage| coverage.payer = HOSPITAL);
	}
	for id in Stored::<Test>::iter_keys().collect::<Vec<_>>() {
		change_claim(id, |claim| claim.payer = HOSPITAL);
	}
}

type Corruption = (&'static str, fn());

const OF_PLANS: &[Corruption] = &[
	("a plan was numbered before its turn", || NextPlan::<Test>::put(0)),
	("a version of a plan is missing", || PlanVersions::<Test>::remove(0, 0)),
	("a version of no plan", || PlanVersions::<Test>::insert(9, 0, terms())),
	("a version was numbered before its turn", || PlanVersions::<Test>::swap(0, 0, 0, 1)),
	("a plan is unsound", || change_terms(|terms| terms.interest = 1_000_001)),
	("a plan is unsound", || change_terms(|terms| terms.decision_time = 0)),
];

const OF_COVERAGES: &[Corruption] = &[
	("a coverage was numbered before its turn", || NextCoverage::<Test>::put(1)),
	("a member key does not lead to its coverage", || MemberKeys::<Test>::remove(member())),
	("a member key does not lead to its coverage", || MemberKeys::<Test>::insert(member(), 1)),
	("a coverage under no plan", || change_coverage(0, |coverage| coverage.plan = 9)),
	("a coverage under another payer's plan", || {
		change_coverage(0, |coverage| coverage.payer = OTHER_PAYER);
	}),
	("a coverage under no version", || change_coverage(1, |coverage| coverage.version = 1)),
	("a coverage lists no claim", || CoverageClaims::<Test>::insert(1, NONE, ())),
	("the claims of a coverage go beyond its limits", || {
		change_terms(|terms| terms.rules.out_of_pocket_maximum = Some(1));
	}),
	("what is used is not what was claimed", || Used::<Test>::remove(0)),
	("what is used is not what was claimed", || {
		Used::<Test>::insert(1, Accumulators { out_of_pocket: 1, ..Default::default() });
	}),
	("a member key of no coverage", || MemberKeys::<Test>::insert(stranger(), NONE)),
	("a member key is a patient's", || MemberKeys::<Test>::insert(patient_key(), 0)),
	("something is used of no coverage", || {
		Used::<Test>::insert(NONE, Accumulators::default());
	}),
];

const OF_ENCOUNTERS: &[Corruption] = &[
	("an encounter was numbered before its turn", || NextEncounter::<Test>::put(1)),
	("an encounter was opened in the future", || {
		change_encounter(UNCLAIMED, |encounter| encounter.opened = now() + 1);
	}),
	("a coverage that its member did not name", || {
		change_encounter(UNCLAIMED, |encounter| encounter.attested = None);
	}),
	("a coverage that its member did not name", || {
		change_encounter(UNCLAIMED, |encounter| encounter.coverage = None);
	}),
	("an encounter has no such claim", || {
		change_encounter(UNCLAIMED, |encounter| encounter.claim = Some(NONE));
	}),
	("an encounter has another's claim", || {
		change_encounter(UNCLAIMED, |encounter| encounter.claim = Some(SETTLED));
	}),
	("a claim that ended stands", || {
		change_claim(PENDED, |claim| claim.state = ClaimState::Voided { at: 0 });
	}),
	("there is no such correction", || {
		change_encounter(DISPUTED, |encounter| encounter.correction = Some(NONE));
	}),
	("an encounter has another's correction", || {
		change_encounter(DISPUTED, |encounter| encounter.correction = Some(PENDED));
	}),
	("a decided correction does not stand", || {
		change_encounter(DISPUTED, |encounter| encounter.correction = encounter.claim);
	}),
	("a correction of another claim", || change_claim(CORRECTION, |claim| claim.previous = None)),
];

const OF_LINES: &[Corruption] = &[
	("a claim has a line twice", || {
		ClaimLines::<Test>::mutate(SETTLED, |lines| lines.try_push(lines[0]).unwrap());
	}),
	("a line is not its claim's", || ServiceLines::<Test>::remove(detail(0))),
	("a line is not its claim's", || ServiceLines::<Test>::insert(detail(0), UNCLAIMED)),
	("a line is live in no claim", || ServiceLines::<Test>::insert(detail(77), 0)),
];

const OF_CLAIMS: &[Corruption] = &[
	("a claim was numbered before its turn", || NextClaim::<Test>::put(1)),
	("a claim for nothing", || change_claim(VOIDED, |claim| claim.encounter = NONE)),
	("a claim by another provider", || change_claim(SETTLED, |claim| claim.provider = CLINIC)),
	("a claim on another coverage", || {
		change_encounter(0, |encounter| encounter.coverage = Some(1));
	}),
	("a claim on no coverage", || change_claim(VOIDED, |claim| claim.coverage = NONE)),
	("a claim against another payer", || {
		change_claim(SETTLED, |claim| claim.payer = OTHER_PAYER);
	}),
	("a provider claims from itself", pay_itself),
	("a coverage does not list its claim", || CoverageClaims::<Test>::remove(0, PENDED)),
	("a coverage lists another's claim", || CoverageClaims::<Test>::insert(1, PENDED, ())),
	("a claim waits in no queue, or is in one for nothing", || {
		Neighbouring::<Test>::insert(SETTLED, Neighbours::default());
	}),
	("a claim waits in no queue, or is in one for nothing", || {
		Neighbouring::<Test>::remove(WAITING[0]);
	}),
	("what is on hold is not what claims hold", || change_claim(SETTLED, |claim| claim.held = 1)),
	("a claim holds without need", || change_claim(SUPERSEDED, |claim| claim.held = 1)),
];

const OF_LINEAGES: &[Corruption] = &[
	("a correction of no claim", || change_claim(SETTLED, |claim| claim.previous = Some(NONE))),
	("a correction before what it corrects", || {
		change_claim(SETTLED, |claim| claim.previous = Some(VOIDED));
	}),
	("a correction elsewhere", || change_claim(VOIDED, |claim| claim.previous = Some(SETTLED))),
	("a version is missing from a lineage", || change_claim(CORRECTED, |claim| claim.version = 3)),
	("a first claim is not the first version", || change_claim(SETTLED, |claim| claim.version = 2)),
	("superseded by no claim", || {
		change_claim(SUPERSEDED, |claim| claim.state = ClaimState::Superseded { by: NONE });
	}),
	("superseded by a stranger", || {
		change_claim(SUPERSEDED, |claim| claim.state = ClaimState::Superseded { by: SETTLED });
	}),
];

const OF_MONEY: &[Corruption] = &[
	("a claim does not balance", || {
		change_claim(SETTLED, |claim| claim.totals.as_mut().unwrap().charge += 1);
	}),
	("a claim does not balance", || {
		ClaimResults::<Test>::insert(DENIED, ClaimResults::<Test>::get(SETTLED).unwrap());
		// Its lines are others.
		let used = salus_claims_adjudication::post(
			&terms().rules,
			&Used::<Test>::get(0),
			&ClaimResults::<Test>::get(SETTLED).unwrap(),
		);
		Used::<Test>::insert(0, used.unwrap());
	}),
	("a decision without result", || {
		ClaimResults::<Test>::remove(DENIED);
		change_claim(DENIED, |claim| claim.totals = None);
	}),
	("results without totals, or totals without results", || {
		ClaimResults::<Test>::remove(DENIED);
	}),
	("results without totals, or totals without results", || {
		change_claim(DENIED, |claim| claim.totals = None);
	}),
	("an undecided claim has results", || {
		// Those that it gets when it is decided.
		let pended = claim(PENDED);
		let used = Used::<Test>::get(0);
		assert_ok!(decide(PENDED, Decision::AsAdjudicated));
		let totals = claim(PENDED).totals;
		Stored::<Test>::insert(PENDED, Claim { totals, ..pended });
		Used::<Test>::insert(0, used);
	}),
	("an undecided claim was paid", || change_claim(PENDED, |claim| claim.transferred = 1)),
	("a claim waits for nothing", || change_claim(WAITING[0], |claim| claim.transferred = 64)),
	("a claim waits that does not stand", || abandon(WAITING[0])),
	("a settled claim is not paid", || change_claim(SETTLED, |claim| claim.transferred -= 1)),
	("a settled claim is not paid", || change_claim(SETTLED, |claim| claim.transferred += 1)),
	("a settled claim does not stand", || abandon(SETTLED)),
	("money is counted twice", || change_claim(SUPERSEDED, |claim| claim.transferred = 1)),
	("a claim that was taken back has money", || {
		change_claim(VOIDED, |claim| claim.transferred = 1);
	}),
	("holds overflow", || {
		for id in [PENDED, CORRECTION] {
			change_claim(id, |claim| claim.held = Money::MAX);
		}
	}),
	("what is on hold is not what claims hold", || change_claim(PENDED, |claim| claim.held -= 1)),
	("what is on hold is not what claims hold", || change_claim(PENDED, |claim| claim.held += 1)),
];

const OF_QUEUES: &[Corruption] = &[
	("a queue is broken", || change_queue(|queue| queue.first = Some(NONE))),
	("a queue is broken", || {
		Neighbouring::<Test>::insert(WAITING[1], Neighbours::default());
	}),
	("no claim waits here", || {
		change_queue(|queue| queue.first = Some(NONE));
		Neighbouring::<Test>::insert(NONE, Neighbours::default());
	}),
	("a claim waits for another payer", || {
		Queues::<Test>::swap(PAYER, USD, OTHER_PAYER, USD);
	}),
	("a queue has no end", || change_queue(|queue| queue.last = Some(WAITING[0]))),
	("a queue has no end", || Queues::<Test>::insert(CLINIC, USD, Queue::default())),
	("a queue is miscounted", || change_queue(|queue| queue.length = 1)),
	("a claim waits in no queue", || Queues::<Test>::remove(PAYER, USD)),
];

const OF_BONDS: &[Corruption] = &[
	("an organisation without a bond", || Bonds::<Test>::remove(HOSPITAL)),
	("an organisation without a bond", || Bonds::<Test>::remove(PAYER)),
	("a bond for nothing", || {
		Bonds::<Test>::mutate(HOSPITAL, |bond| bond.as_mut().unwrap().size = 0);
	}),
	("what is on hold is not what bonds are for", || {
		assert_ok!(Balances::hold(&BondHold::get(), &stranger(), 1));
	}),
	("what is on hold is not what bonds are for", || {
		assert_ok!(Balances::release(&BondHold::get(), &admin(), 1, Precision::Exact));
	}),
];

fn all() -> impl Iterator<Item = Corruption> {
	[
		OF_PLANS,
		OF_COVERAGES,
		OF_ENCOUNTERS,
		OF_LINES,
		OF_CLAIMS,
		OF_LINEAGES,
		OF_MONEY,
		OF_QUEUES,
		OF_BONDS,
	]
	.into_iter()
	.flatten()
	.copied()
}

#[test]
fn every_corruption_is_noticed() {
	for (complaint, corrupt) in all() {
		new_test_ext().execute_with(|| {
			build();
			corrupt();
			let noticed = Claims::do_try_state();
			assert_eq!(noticed, Err(TryRuntimeError::Other(complaint)), "{complaint}");
		});
	}
}

/// What cannot be reached, because something else is noticed before.
const UNREACHABLE: [&str; 3] =
	["a hold in an asset that its payer does not use", "no coverage", "no terms"];

#[test]
fn no_complaint_is_without_a_corruption() {
	let source = include_str!("../try_state.rs");
	let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
	let quoted: BTreeSet<&str> = code.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
	let known: BTreeSet<&str> = all().map(|(complaint, _)| complaint).chain(UNREACHABLE).collect();
	assert_eq!(quoted, known);
}

/// Time alone breaks nothing.
#[test]
fn a_sound_state_stays_sound() {
	build_and_execute(|| {
		build();
		<Claims as Hooks<u64>>::integrity_test();
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1).encode();
		assert_ok!(Claims::do_try_state());
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1).encode(), before);
		pass(1_000 * DAY);
	});
}
