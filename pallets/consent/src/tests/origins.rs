//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// Every call, good if its signer is the right one; and what it says to a stranger.
fn table() -> Vec<(Call<Test>, DispatchError)> {
	let not_authorised = || Error::<Test>::NotAuthorised.into();
	let target = LiftTarget::Directive(99);
	vec![
		(Call::permit { grantee: Grantee::Any, access: access() }, not_authorised()),
		(
			Call::deny { grantee: Grantee::Any, scope: scope(), until: Moment::MAX },
			not_authorised(),
		),
		(Call::revoke { directive: 0 }, not_authorised()),
		(Call::lift { directive: 1 }, not_authorised()),
		(Call::veto_purpose { purpose: Purpose::Treat }, not_authorised()),
		(Call::lift_veto { purpose: Purpose::Hresch }, not_authorised()),
		(Call::cancel_lift { target: LiftTarget::Veto(Purpose::Hresch) }, not_authorised()),
		(
			Call::request_access {
				organisation: CLINIC,
				patient: PATIENT,
				request_for: RequestFor::Organisation,
				access: access(),
				terms: Commitment::zero(),
			},
			not_authorised(),
		),
		(Call::approve { request: 0, access: access() }, not_authorised()),
		(Call::decline { request: 0 }, not_authorised()),
		(Call::block_requester { organisation: CLINIC }, not_authorised()),
		(Call::unblock_requester { organisation: HOSPITAL }, not_authorised()),
		(Call::set_base_decision { decision: BaseDecision::Deny }, not_authorised()),
		(Call::relax_base_decision { decision: BaseDecision::Permit }, not_authorised()),
		// Anyone may, once there is something to do.
		(Call::apply_lift { patient: PATIENT, target }, Error::<Test>::NotFound.into()),
		(Call::expire_request { patient: PATIENT, request: 0 }, Error::<Test>::NotExpired.into()),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		permit(Grantee::Any);
		let denial = deny(Grantee::Any);
		assert_eq!(denial, 1);
		request(access());
		let wallet = || RuntimeOrigin::signed(WALLET);
		assert_ok!(Consent::veto_purpose(wallet(), Purpose::Hresch));
		assert_ok!(Consent::lift_veto(wallet(), Purpose::Hresch));
		assert_ok!(Consent::block_requester(wallet(), HOSPITAL));

		let mut tested = BTreeSet::new();
		for (call, to_a_stranger) in table() {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Consent(call);
			for (origin, error) in [
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
				(RuntimeOrigin::signed(STRANGER), to_a_stranger),
			] {
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let refused = call.clone().dispatch(origin).expect_err("a wrong origin");
				let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
				assert_eq!(before, after, "{call:?} left something behind");
				assert_eq!(refused.error, error, "{call:?}");
			}
		}
		let all: BTreeSet<_> = Call::<Test>::get_call_names().iter().copied().collect();
		assert_eq!(tested, all, "the table has every call");
	});
}
