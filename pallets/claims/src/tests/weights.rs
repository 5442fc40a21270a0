//! What a call declares is what its largest arguments would take; what it gives back is what they did not.

use crate::{mock::*, ClaimState, Decision, Line, PerLine, ServiceLines, WeightInfo, MAX_LINES};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	weights::{constants::RocksDbWeight, Weight},
};
use salus_primitives::time::DAY;

/// What the mock weighs with.
type Weights = ();

/// What a call that went well has used.
fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: crate::Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

/// With what it takes that a bond moves to another administrator.
fn moved(weight: Weight) -> Weight {
	weight.saturating_add(Weights::move_bond())
}

/// `count` visits, from the `first`-th of many on.
fn visits(first: u64, count: u32, charge: u128) -> PerLine<Line> {
	let lines = (first..).take(count as usize).map(|n| visit(n, charge));
	PerLine::truncate_from(lines.collect())
}

/// How many lines are claimed.
fn claimed_lines() -> usize {
	ServiceLines::<Test>::iter().count()
}

#[test]
fn a_decision_about_one_line_is_not_charged_for_64() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &[visit(1, 2_000)]);
		let call = crate::Call::decide { org: PAYER, claim, decision: Decision::AsAdjudicated };
		assert_eq!(declared(call), Weights::decide_by_rules(MAX_LINES, MAX_LINES));
		let before = claimed_lines();
		let by = signed(payer_biller());
		let used = used_by(Claims::decide(by, PAYER, claim, Decision::AsAdjudicated));
		assert_eq!(used, Weights::decide_by_rules(1, 0));
		assert_eq!(claimed_lines(), before, "no line was freed");
		let saved = Weights::decide_by_rules(MAX_LINES, MAX_LINES).saturating_sub(used);
		assert!(saved.all_gte(RocksDbWeight::get().writes(MAX_LINES.into())));
	});
}

/// The number of lines decided about is known before; that of the lines of the claim that is replaced is not.
#[test]
fn a_decision_line_by_line_declares_as_many_lines_as_it_has() {
	let decision = lines_decision(vec![line_decision(1, &[]); 3]);
	let call = crate::Call::decide { org: PAYER, claim: 0, decision };
	assert_eq!(declared(call), Weights::decide(3, MAX_LINES));
}

#[test]
fn a_bond_that_moves_is_charged_where_it_does() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let open = || used_by(Claims::open_encounter(signed(doctor()), HOSPITAL));
		let call = crate::Call::open_encounter { org: HOSPITAL };
		assert_eq!(declared(call), moved(Weights::open_encounter()));
		assert_eq!(open(), Weights::open_encounter(), "there was none");
		assert_eq!(open(), Weights::open_encounter());
		let bond = crate::Bonds::<Test>::get(HOSPITAL).unwrap();
		assert_eq!(bond.payer, admin());

		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = stranger());
		assert_eq!(open(), moved(Weights::open_encounter()));
		assert_eq!(open(), Weights::open_encounter());
		let emergency = used_by(Claims::open_emergency(signed(doctor()), HOSPITAL, coverage));
		assert_eq!(emergency, Weights::open_emergency());

		let encounter = attested(coverage);
		let lines = visits(1, 2, 10);
		close(encounter, &lines).unwrap();
		let call = crate::Call::submit { org: HOSPITAL, encounter, lines: lines.clone() };
		assert_eq!(declared(call), moved(Weights::submit(2)));
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = admin());
		let used = used_by(Claims::submit(signed(biller()), HOSPITAL, encounter, lines));
		assert_eq!(used, moved(Weights::submit(2)));
		assert_eq!(crate::Bonds::<Test>::get(HOSPITAL).unwrap().payer, admin());
	});
}

#[test]
fn a_correction_is_charged_for_the_lines_that_it_replaces() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 5, 10));
		let lines = visits(10, 2, 10);
		amend(0, &lines).unwrap();
		let call = crate::Call::correct { org: HOSPITAL, claim, lines: lines.clone() };
		assert_eq!(declared(call), moved(Weights::correct(2, MAX_LINES)));
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(2, 5));
		assert_eq!(claimed_lines(), 2, "five were freed");

		// Lines that it keeps are charged as if they were freed: the claim before has to be looked through.
		let used =
			used_by(Claims::correct(signed(biller()), HOSPITAL, claim + 1, visits(10, 2, 10)));
		assert_eq!(used, Weights::correct(2, 2));
	});
}

#[test]
fn a_correction_that_awaits_the_payer_replaces_nothing_yet() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 5, 10));
		let lines = visits(10, 2, 2_000);
		amend(0, &lines).unwrap();
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(2, 0));
		assert_eq!(claimed_lines(), 7, "both stand");

		let decision = Decision::AsAdjudicated;
		let used = used_by(Claims::decide(signed(payer_biller()), PAYER, claim + 1, decision));
		assert_eq!(used, Weights::decide_by_rules(2, 5));
		assert_eq!(claimed_lines(), 2);
	});
}

/// What is replaced undecided is freed by the correction, although that awaits the payer.
#[test]
fn a_correction_of_an_undecided_claim_is_charged_for_its_lines() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 4, 2_000));
		let lines = visits(10, 3, 2_000);
		amend(0, &lines).unwrap();
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(3, 4));
		assert_eq!(claimed_lines(), 3);
		let decision = Decision::AsAdjudicated;
		let used = used_by(Claims::decide(signed(payer_biller()), PAYER, claim + 1, decision));
		assert_eq!(used, Weights::decide_by_rules(3, 0), "it was replaced before");
	});
}

#[test]
fn what_is_taken_back_is_charged_for_its_lines() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 3, 10));
		let call = crate::Call::void { org: HOSPITAL, claim };
		assert_eq!(declared(call), Weights::void(MAX_LINES));
		let used = used_by(Claims::void(signed(biller()), HOSPITAL, claim));
		assert_eq!(used, Weights::void(3));
		assert_eq!(claimed_lines(), 0);
	});
}

/// A correction that is called off frees its own lines, and has the standing claim's to compare with.
#[test]
fn a_correction_that_is_called_off_is_charged_for_the_longer_of_two_claims() {
	for (standing, correction) in [(5, 2), (2, 5)] {
		build_and_execute(|| {
			fund(10_000);
			let claim = claimed(covered(), &visits(1, standing, 10));
			let lines = visits(10, correction, 2_000);
			amend(0, &lines).unwrap();
			Claims::correct(signed(biller()), HOSPITAL, claim, lines).unwrap();
			let used = used_by(Claims::void(signed(biller()), HOSPITAL, claim + 1));
			assert_eq!(used, Weights::void(5));
			assert_eq!(claimed_lines(), standing as usize);
		});
	}
}

#[test]
fn time_is_charged_for_what_it_did() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 3, 2_000));
		assert_eq!(declared(crate::Call::poke { claim }), Weights::poke(MAX_LINES, MAX_LINES));
		pass(30 * DAY);
		let used = used_by(Claims::poke(signed(stranger()), claim));
		assert_eq!(used, Weights::poke(3, 0));
		assert!(matches!(state(claim), ClaimState::Settled { .. }));
	});
}
