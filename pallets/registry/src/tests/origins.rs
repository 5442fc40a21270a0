//! Every call with every origin that must not make it.

use crate::{mock::*, *};
use frame_support::{assert_noop, traits::GetCallName};
use salus_primitives::{CapabilitySet, OrgKindSet, Role};
use sp_runtime::{traits::Dispatchable, DispatchError};

/// One of each call. Only `apply` is open to strangers.
pub fn every_call() -> Vec<Call<Test>> {
	let (org, kind, role, until) = (HOSPITAL_ORG, PROVIDER, Role::Clinician, START + 10);
	let calls = vec![
		Call::apply { kinds: kinds(&[PROVIDER]), profile: profile() },
		Call::admit { org, kind, until },
		Call::decline { org, kind },
		Call::withdraw { org },
		Call::renew { org, kind, until },
		Call::suspend { org, kind },
		Call::reinstate { org, kind, until },
		Call::revoke { org, kind },
		Call::set_flag { org, flagged: true },
		Call::rotate_admin { org, new: STRANGER },
		Call::accept_admin { org },
		Call::invite { org, account: STRANGER, role, until },
		Call::accept_affiliation { org, role },
		Call::decline_affiliation { org, role },
		Call::cancel_invitation { org, account: DOCTOR, role },
		Call::end_affiliation { org, account: DOCTOR, role },
		Call::assume_deposit { org, account: DOCTOR },
		Call::appoint_registrar {
			account: STRANGER,
			org,
			kinds: OrgKindSet::ALL,
			capabilities: CapabilitySet::ALL,
			until,
		},
		Call::dismiss_registrar { account: REGISTRAR },
		Call::set_agreement_key { org, agreement_key: [9; 32] },
		Call::set_client_keys { org, keys: profile() },
	];
	let names: Vec<_> = calls.iter().map(|call| call.get_call_name()).collect();
	assert_eq!(names, Call::<Test>::get_call_names(), "the table lacks a call");
	calls
}

/// The state in which every call of the table could be made by the right caller.
fn everything_possible() {
	for account in [DOCTOR, NURSE] {
		affiliate(account, Role::Clinician, START + 50);
	}
	let invite =
		Registry::invite(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, Role::Clinician, START + 60);
	assert_eq!(invite, Ok(()));
	assert_eq!(Registry::rotate_admin(signed(HOSPITAL), HOSPITAL_ORG, INSURER), Ok(()));
}

#[test]
fn no_call_is_made_by_nobody_and_only_those_of_governance_by_root() {
	licensed().build_and_execute(|| {
		everything_possible();
		for call in every_call() {
			let of_governance =
				matches!(call, Call::appoint_registrar { .. } | Call::dismiss_registrar { .. });
			let call = RuntimeCall::from(call);
			assert_noop!(
				call.clone().dispatch(RuntimeOrigin::none()).map_err(|e| e.error),
				DispatchError::BadOrigin
			);
			let by_root = call.clone().dispatch(root()).map_err(|e| e.error);
			if of_governance {
				assert_eq!(by_root.map(|_| ()), Ok(()), "{call:?}");
			} else {
				assert_eq!(by_root.map(|_| ()), Err(DispatchError::BadOrigin), "{call:?}");
			}
		}
	});
}

#[test]
fn no_call_but_an_application_is_made_by_a_stranger_a_member_or_a_foreign_administrator() {
	licensed().build_and_execute(|| {
		everything_possible();
		for call in every_call() {
			for who in [STRANGER, NURSE, AUTHORITY] {
				if matches!(call, Call::apply { .. }) {
					continue;
				}
				let result = frame_support::storage::with_transaction(|| {
					let result = RuntimeCall::from(call.clone()).dispatch(signed(who));
					sp_runtime::TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
				});
				let error = result.unwrap().expect_err(&format!("{call:?} by {who}")).error;
				let expected: Vec<DispatchError> = match call {
					Call::appoint_registrar { .. } | Call::dismiss_registrar { .. } => {
						vec![DispatchError::BadOrigin]
					},
					Call::accept_admin { .. } => vec![Error::<Test>::NotOffered.into()],
					Call::accept_affiliation { .. } | Call::decline_affiliation { .. } => {
						vec![Error::<Test>::NotInvited.into()]
					},
					Call::end_affiliation { .. } => vec![Error::<Test>::NotAuthorised.into()],
					_ => vec![Error::<Test>::NotRegistrar.into(), Error::<Test>::NotAdmin.into()],
				};
				assert!(expected.contains(&error), "{call:?} by {who}: {error:?}");
			}
		}
	});
}
