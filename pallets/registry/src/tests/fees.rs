//! Which calls are free, and when.

use crate::{mock::*, *};
use frame_support::{
	assert_ok,
	dispatch::{CheckIfFeeless, GetDispatchInfo},
};
use salus_primitives::Role;
use sp_runtime::traits::Dispatchable;

const ROLE: Role = Role::Clinician;

fn is_free(who: AccountId, call: &Call<Test>) -> bool {
	RuntimeCall::from(call.clone()).is_feeless(&signed(who))
}

/// The call is free for `who`, takes effect, and is free no more.
fn is_free_once(who: AccountId, call: Call<Test>) {
	assert!(!is_free(STRANGER, &call), "{call:?} is free for a stranger");
	let call_of_runtime = RuntimeCall::from(call.clone());
	assert!(!call_of_runtime.is_feeless(&root()), "{call:?} is free for root");
	assert!(is_free(who, &call), "{call:?} is not free");
	assert_ok!(call_of_runtime.dispatch(signed(who)));
	assert!(!is_free(who, &call), "{call:?} is free again");
}

#[test]
fn what_takes_away_is_free_as_long_as_it_takes_effect() {
	licensed().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[LABORATORY]), profile()));
		let org = HOSPITAL_ORG;
		is_free_once(REGISTRAR, Call::decline { org, kind: LABORATORY });

		for account in [DOCTOR, NURSE] {
			assert_ok!(Registry::invite(signed(HOSPITAL), org, account, ROLE, START + 10));
		}
		is_free_once(DOCTOR, Call::decline_affiliation { org, role: ROLE });
		is_free_once(HOSPITAL, Call::cancel_invitation { org, account: NURSE, role: ROLE });

		for who in [DOCTOR, HOSPITAL] {
			affiliate(DOCTOR, ROLE, START + 10);
			set_now(now() + 1);
			is_free_once(who, Call::end_affiliation { org, account: DOCTOR, role: ROLE });
		}

		is_free_once(REGISTRAR, Call::suspend { org, kind: PROVIDER });
		is_free_once(REGISTRAR, Call::revoke { org, kind: PROVIDER });
	});
}

#[test]
fn what_would_fail_is_not_free() {
	licensed().build_and_execute(|| {
		let org = HOSPITAL_ORG;
		assert!(!is_free(REGISTRAR, &Call::decline { org, kind: LABORATORY }));
		assert!(!is_free(REGISTRAR, &Call::suspend { org, kind: LABORATORY }));
		assert!(!is_free(REGISTRAR, &Call::suspend { org: 9, kind: PROVIDER }));
		assert!(!is_free(REGISTRAR, &Call::revoke { org: AUTHORITY_ORG, kind: PROVIDER }));
		assert!(!is_free(HOSPITAL, &Call::cancel_invitation { org, account: DOCTOR, role: ROLE }));
		assert!(!is_free(HOSPITAL, &Call::end_affiliation { org, account: DOCTOR, role: ROLE }));
		affiliate(DOCTOR, ROLE, START + 10);
		for who in [DOCTOR, HOSPITAL] {
			// In the second in which it began.
			assert!(!is_free(who, &Call::end_affiliation { org, account: DOCTOR, role: ROLE }));
		}
		set_now(START + 10);
		assert!(!is_free(DOCTOR, &Call::end_affiliation { org, account: DOCTOR, role: ROLE }));
	});
}

#[test]
fn what_gives_is_never_free() {
	with_registrar().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		let (org, kind, until) = (HOSPITAL_ORG, PROVIDER, START + 10);
		assert!(!is_free(REGISTRAR, &Call::admit { org, kind, until }));
		assert!(!is_free(HOSPITAL, &Call::apply { kinds: kinds(&[PAYER]), profile: profile() }));
		assert!(!is_free(REGISTRAR, &Call::set_flag { org, flagged: true }));
		assert!(!is_free(HOSPITAL, &Call::withdraw { org }));
	});
}

#[test]
fn every_call_has_a_weight() {
	for call in super::origins::every_call() {
		let info = RuntimeCall::from(call.clone()).get_dispatch_info();
		assert!(info.call_weight.ref_time() > 0, "{call:?}");
	}
}
