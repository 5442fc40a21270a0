//! Every call, sent by whoever must not send it.

use crate::{mock::*, Call, Decision, Error, PerLine};
use frame_support::{
	assert_noop,
	traits::{GetCallIndex, GetCallName, UnfilteredDispatchable},
};
use salus_primitives::{time::HOUR, Interval};
use sp_runtime::{DispatchError, DispatchError::BadOrigin};

/// A pended claim 0 for encounter 0, an open encounter 1, and every call, with what a signed stranger
/// gets; `None` where anybody may.
fn calls() -> Vec<(Call<Test>, Option<DispatchError>)> {
	let unauthorised = Some(Error::<Test>::NotAuthorised.into());
	let no_member = Some(Error::<Test>::NotMember.into());
	let lines = PerLine::truncate_from(vec![visit(1, 5_000)]);
	let expiry = now() + HOUR;
	let signature = attestation(&pair(60), HOSPITAL, 1, 0, expiry);
	let (org, payer, asset) = (HOSPITAL, PAYER, USD);
	let commitment = detail(1);
	vec![
		(Call::create_plan { org: payer, terms: Box::new(terms()) }, unauthorised),
		(Call::revise_plan { org: payer, plan: 0, terms: Box::new(terms()) }, unauthorised),
		(
			Call::enrol {
				org: payer,
				plan: 0,
				member: account(70),
				period: Interval::new(now(), now() + 1),
			},
			unauthorised,
		),
		(Call::accept_coverage { coverage: 0 }, no_member),
		(Call::terminate_coverage { coverage: 0, until: now() }, unauthorised),
		(Call::rekey_coverage { org: payer, coverage: 0, key: account(71) }, unauthorised),
		(Call::accept_rekey { coverage: 0 }, Some(Error::<Test>::NoRekey.into())),
		(Call::cancel_rekey { coverage: 0 }, unauthorised),
		(Call::open_encounter { org }, unauthorised),
		(Call::open_emergency { org, coverage: 0 }, unauthorised),
		(Call::attest { encounter: 1, coverage: 0 }, no_member),
		(Call::attest_for { org, encounter: 1, coverage: 0, expiry, signature }, unauthorised),
		(Call::close_encounter { org, encounter: 1, root: commitment, lines: 1 }, unauthorised),
		(Call::amend_encounter { org, encounter: 0, root: commitment, lines: 1 }, unauthorised),
		(Call::submit { org, encounter: 1, lines: lines.clone() }, unauthorised),
		(Call::correct { org, claim: 0, lines }, unauthorised),
		(Call::void { org, claim: 0 }, unauthorised),
		(Call::request_information { org: payer, claim: 0 }, unauthorised),
		(Call::answer { org, claim: 0 }, unauthorised),
		(Call::decide { org: payer, claim: 0, decision: Decision::AsAdjudicated }, unauthorised),
		(Call::poke { claim: 0 }, None),
		(Call::settle_waiting { payer, asset, limit: 1 }, None),
		(Call::fund { org, asset, amount: 1 }, None),
		(Call::withdraw { org, asset, amount: 1 }, unauthorised),
	]
}

fn prepare() {
	fund_later();
	claimed(0, &[visit(1, 5_000)]);
	opened();
}

fn fund_later() {
	covered();
	fund(10_000);
}

#[test]
fn root_and_nobody_have_no_call() {
	build_and_execute(|| {
		prepare();
		for (call, _) in calls() {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				assert_noop!(call.clone().dispatch_bypass_filter(origin), BadOrigin);
			}
		}
	});
}

#[test]
fn a_stranger_and_the_wrong_side_move_nothing() {
	build_and_execute(|| {
		prepare();
		let outsiders =
			[stranger(), other_payer_admin(), clinic_admin(), patient_key(), account(98)];
		for (call, refusal) in calls() {
			let Some(error) = refusal else { continue };
			for who in &outsiders {
				let refused = call.clone().dispatch_bypass_filter(signed(who.clone()));
				assert_eq!(refused.unwrap_err().error, error, "{}", call.get_call_name());
			}
		}
		// The staff of one side have no say on the other, and a clinician neither bills nor decides.
		for (call, refusal) in calls() {
			if refusal != Some(Error::<Test>::NotAuthorised.into()) {
				continue;
			}
			let name = call.get_call_name();
			let care = [
				"open_encounter",
				"open_emergency",
				"attest_for",
				"close_encounter",
				"amend_encounter",
			];
			if !care.contains(&name) {
				let refused = call.clone().dispatch_bypass_filter(signed(doctor()));
				assert_eq!(refused.unwrap_err().error, refusal.unwrap(), "{name} by a clinician");
			}
			if name == "withdraw" || name.ends_with("_plan") {
				for who in [biller(), payer_biller()] {
					let refused = call.clone().dispatch_bypass_filter(signed(who));
					assert_eq!(refused.unwrap_err().error, refusal.unwrap(), "{name} by a biller");
				}
			}
		}
	});
}

#[test]
fn the_table_has_every_call_and_the_indices_are_kept() {
	build_and_execute(|| {
		prepare();
		let calls = calls();
		assert_eq!(
			calls.iter().map(|(call, _)| call.get_call_name()).collect::<Vec<_>>(),
			Call::<Test>::get_call_names()
		);
		assert_eq!(
			calls.iter().map(|(call, _)| call.get_call_index()).collect::<Vec<_>>(),
			(0..24).collect::<Vec<u8>>()
		);
	});
}
