//! What patients say beside directives: vetoes, blocks, base decisions, and the way back from each; and requests that come to nothing.

use super::{consent::say, *};
use pallet_consent::{BaseDecision, Call as Say, LiftTarget, RequestFor, MAX_LIVE, MAX_PERMITS};
use salus_primitives::{time::DAY, Purpose};

/// A patient with a full set of directives, a veto and a block.
fn guarded() -> (Chain, OrgId, PatientId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	say(&mut chain, hospital, MAX_PERMITS, MAX_LIVE - MAX_PERMITS);
	make(&mut chain, "Patient", Say::veto_purpose { purpose: Purpose::Treat });
	make(&mut chain, "Patient", Say::block_requester { organisation: hospital });
	(chain, hospital, patient)
}

#[test]
fn a_purpose_is_vetoed_and_a_requester_blocked() {
	let (mut chain, organisation, _) = Chain::with_patient();
	let veto = Say::veto_purpose { purpose: Purpose::Treat };
	let found = touched(&mut chain, "Patient", veto);
	assert_reached(&found, &[("consent", "veto_purpose", &[])], &[]);
	let block = Say::block_requester { organisation };
	let found = touched(&mut chain, "Patient", block);
	assert_reached(&found, &[("consent", "block_requester", &[])], &[]);
}

/// While a looser one waits, which is called off.
#[test]
fn a_stricter_base_decision_calls_off_a_looser_one() {
	let (mut chain, ..) = Chain::with_patient();
	let relax = RuntimeCall::from(Say::relax_base_decision { decision: BaseDecision::Permit });
	let found = touched(&mut chain, "Patient", relax.clone());
	assert_reached(&found, &[("consent", "relax_base_decision", &[])], &[]);
	make(&mut chain, "Patient", relax);
	let set = Say::set_base_decision { decision: BaseDecision::Deny };
	let found = touched(&mut chain, "Patient", set);
	assert_reached(&found, &[("consent", "set_base_decision", &[])], &[]);
}

/// The largest of what a lift changes is a full set of directives, of which it ends the last.
#[test]
fn lifts_are_asked_for_cancelled_and_carried_out() {
	let (mut chain, organisation, patient) = guarded();
	let directive = MAX_LIVE - 1;
	let lift = RuntimeCall::from(Say::lift { directive });
	for (call, weight) in [
		(lift.clone(), "lift"),
		(Say::lift_veto { purpose: Purpose::Treat }.into(), "lift_veto"),
		(Say::unblock_requester { organisation }.into(), "unblock_requester"),
	] {
		let found = touched(&mut chain, "Patient", call);
		assert_reached(&found, &[("consent", weight, &[])], &[]);
	}
	make(&mut chain, "Patient", lift);
	let target = LiftTarget::Directive(directive);
	let found = touched(&mut chain, "Patient", Say::cancel_lift { target });
	assert_reached(&found, &[("consent", "cancel_lift", &[])], &[]);
	chain.advance(DAY * 1_000);
	let found = touched(&mut chain, "Anybody", Say::apply_lift { patient, target });
	assert_reached(&found, &[("consent", "apply_lift", &[])], &[]);
}

/// Its deposit goes back to whoever administered the organisation.
#[test]
fn a_request_is_declined_or_expires() {
	let (mut chain, organisation, patient, _) = hospital_and_clinic();
	let ask = Say::request_access {
		organisation,
		patient,
		request_for: RequestFor::Requester,
		access: chain.access(&[]),
		terms: H256::repeat_byte(1),
	};
	make(&mut chain, "Doctor", ask);
	let found = touched(&mut chain, "Patient", Say::decline { request: 0 });
	assert_reached(&found, &[("consent", "decline", &[])], &[]);
	chain.advance(7 * DAY * 1_000);
	let expire = Say::expire_request { patient, request: 0 };
	let found = touched(&mut chain, "Anybody", expire);
	assert_reached(&found, &[("consent", "expire_request", &[])], &[]);
}
