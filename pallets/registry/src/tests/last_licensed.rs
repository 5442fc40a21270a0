//! What is kept of the last time under each licence: enough to say whether an organisation is licensed now.

use crate::{migrations::KeepLastLicensed, mock::*, *};
use frame_support::{
	assert_ok,
	migrations::{SteppedMigration, SteppedMigrationError},
	weights::{Weight, WeightMeter},
};
use salus_primitives::{traits::Credentials, Moment, OrgKindSet};

fn last() -> LastTerm {
	LastLicensed::<Test>::get(HOSPITAL_ORG)[0]
}

fn suspend() {
	assert_ok!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
}

fn reinstate(until: Moment) {
	assert_ok!(Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until));
}

fn renew(until: Moment) {
	assert_ok!(Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until));
}

/// Renewed, suspended, reinstated and renewed.
fn eventful() {
	set_now(START + 10);
	renew(START + 900);
	set_now(START + 20);
	suspend();
	set_now(START + 30);
	reinstate(START + 500);
	set_now(START + 40);
	renew(START + 900);
	set_now(START + 50);
}

/// The licence, second by second up to now, and now.
fn answers() -> Vec<(bool, Option<u32>, OrgKindSet)> {
	let answer = |at| {
		let as_any = Registry::was_licensed_as_any(HOSPITAL_ORG, &[PROVIDER], at);
		assert_eq!(as_any.then, Registry::was_licensed(HOSPITAL_ORG, PROVIDER, at));
		(
			Registry::was_licensed(HOSPITAL_ORG, PROVIDER, at),
			Registry::licence_interval(HOSPITAL_ORG, PROVIDER, at),
			Registry::licensed_kinds(HOSPITAL_ORG, at),
		)
	};
	(START..=now()).map(answer).collect()
}

#[test]
fn it_goes_back_over_renewals_to_the_last_gap() {
	licensed().build_and_execute(|| {
		let from = last().from;
		assert_eq!((last().since, last().index), (from, 0));
		set_now(START + 10);
		renew(START + 900);
		let renewed = LastTerm {
			kind: PROVIDER,
			since: from,
			index: 1,
			from: START + 10,
			until: START + 900,
		};
		assert_eq!(last(), renewed);
		set_now(START + 20);
		suspend();
		assert_eq!(last(), LastTerm { until: START + 20, ..renewed });
		set_now(START + 30);
		reinstate(START + 500);
		let (from, until) = (START + 30, START + 500);
		assert_eq!(last(), LastTerm { kind: PROVIDER, since: from, index: 2, from, until });
		set_now(START + 40);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		let until = START + 40;
		assert_eq!(last(), LastTerm { kind: PROVIDER, since: from, index: 2, from, until });
	});
}

/// What is asked about the present reads no history: it is answered the same without any.
#[test]
fn the_present_needs_no_history() {
	licensed().build().execute_with(|| {
		eventful();
		let before = answers();
		for at in START..=now() {
			let as_any = Registry::was_licensed_as_any(HOSPITAL_ORG, &[PROVIDER], at);
			assert_eq!(as_any.from_history, at < last().since, "at {at}");
		}
		Licences::<Test>::remove(HOSPITAL_ORG, PROVIDER);
		let after = answers();
		// Since the last gap it is known that it was licensed, and since the last renewal by which interval.
		assert_eq!(after[40..], before[40..]);
		let kinds = |answers: &[(bool, Option<u32>, OrgKindSet)]| {
			answers.iter().map(|(was, _, kinds)| (*was, *kinds)).collect::<Vec<_>>()
		};
		assert_eq!(kinds(&after[30..]), kinds(&before[30..]));
		assert_ne!(after[5], before[5], "before that the history is read");
		for (at, expected) in [(START + 899, true), (START + 900, false)] {
			set_now(at);
			let kinds = Registry::licensed_kinds(HOSPITAL_ORG, at);
			assert_eq!(kinds.contains(PROVIDER), expected, "to the second");
		}
	});
}

/// Runs the migration with room for one organisation in each block. How many blocks it took.
fn migrate() -> usize {
	let (mut cursor, mut blocks) = (None, 0);
	loop {
		let mut meter = WeightMeter::with_limit(KeepLastLicensed::<Test>::of_one());
		cursor = KeepLastLicensed::<Test>::step(cursor, &mut meter).expect("there is room for one");
		blocks += 1;
		if cursor.is_none() {
			return blocks;
		}
	}
}

#[test]
fn an_upgrade_draws_it_from_the_licences_and_changes_no_answer() {
	licensed().build_and_execute(|| {
		eventful();
		let (before, kept) = (answers(), LastLicensed::<Test>::iter().collect::<Vec<_>>());
		let licences: Vec<_> = Licences::<Test>::iter().collect();
		let _ = LastLicensed::<Test>::clear(u32::MAX, None);
		assert_eq!(answers(), before, "until the migration comes to it, the licences are asked");
		check_state();

		for _ in 0..2 {
			assert_eq!(migrate(), Organisations::<Test>::iter().count() + 1);
			check_state();
			assert_eq!(answers(), before);
			assert_eq!(LastLicensed::<Test>::iter().collect::<Vec<_>>(), kept);
			assert_eq!(Licences::<Test>::iter().collect::<Vec<_>>(), licences);
		}
	});
}

#[test]
fn a_licence_that_is_written_before_the_migration_comes_takes_the_others_along() {
	licensed().build().execute_with(|| {
		let provider = || Licences::<Test>::get(HOSPITAL_ORG, PROVIDER).unwrap();
		for kind in [LABORATORY, PAYER] {
			assert_ok!(Registry::put_licence(HOSPITAL_ORG, kind, provider()));
		}
		let kinds = || {
			let terms = LastLicensed::<Test>::get(HOSPITAL_ORG);
			terms.iter().map(|term| term.kind).collect::<Vec<_>>()
		};
		assert_eq!(kinds(), [PROVIDER, PAYER, LABORATORY], "by kind, whichever came first");
		let _ = LastLicensed::<Test>::clear(u32::MAX, None);
		set_now(START + 10);
		suspend();
		assert_eq!(kinds(), [PROVIDER, PAYER, LABORATORY]);
		assert_eq!(last().until, START + 10);
	});
}

#[test]
fn without_room_for_one_organisation_the_migration_says_so() {
	licensed().build_and_execute(|| {
		let mut meter = WeightMeter::with_limit(Weight::zero());
		let refused = KeepLastLicensed::<Test>::step(None, &mut meter);
		let Err(SteppedMigrationError::InsufficientWeight { required }) = refused else {
			panic!("{refused:?}")
		};
		assert_eq!(required, KeepLastLicensed::<Test>::of_one());
		assert!(required.proof_size() > 0);
	});
}
