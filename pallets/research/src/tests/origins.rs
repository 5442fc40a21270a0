//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// Every call, good if its signer is the right one; and what it says to a stranger.
fn table() -> Vec<(Call<Test>, DispatchError)> {
	let no = || PalletError::NotAuthorised.into();
	let (custodian, committee, organisation, ethics) = (HOSPITAL, COMMITTEE, INSTITUTE, ETHICS);
	let (dataset, study, permit) = (0, 0, 0);
	let (root, size) = (commitment(1), SizeBucket::Below1000);
	let (total, more, in_favour) = (TOTAL, TOTAL, true);
	vec![
		(Call::open_population { custodian: CLINIC, committee, quorum: 3, total }, no()),
		(Call::propose_budget { custodian, more }, no()),
		(Call::vote_budget { committee, custodian, motion: 0, in_favour }, no()),
		(Call::conclude_budget { committee, custodian, motion: 0 }, PalletError::TooEarly.into()),
		(
			Call::offer_dataset {
				custodian,
				basis: Basis::LegalPermit(3),
				min_cohort: 10,
				rule: rule(),
				terms: terms(),
				root,
				size,
			},
			no(),
		),
		(Call::publish_version { custodian, dataset, terms: terms(), root, size, epoch: 1 }, no()),
		(Call::set_shortcut { committee, dataset, allowed: true }, no()),
		(Call::retire_dataset { custodian, dataset }, no()),
		(
			Call::register_study {
				organisation,
				ethics,
				uses: UseSet::of(&[Use::Biomedical]),
				protocol: root,
			},
			no(),
		),
		(Call::amend_study { organisation, study, protocol: root }, no()),
		(Call::approve_ethics { ethics, study, protocol: root, until: now() + YEAR }, no()),
		(Call::suspend_ethics { ethics, study }, no()),
		(Call::withdraw_ethics { ethics, study }, no()),
		(
			Call::request { organisation, study, dataset, statement: statement(), disease: None },
			no(),
		),
		(Call::cosign { organisation, request: 1 }, no()),
		(Call::vote { committee, request: 2, in_favour }, no()),
		(Call::conclude { committee, request: 2 }, PalletError::TooEarly.into()),
		(Call::accept_terms { organisation, request: 0, version: 0 }, no()),
		(Call::renew { organisation, permit }, no()),
		(Call::report { organisation, permit, year: 1, commitment: root }, no()),
		(
			Call::record_output {
				organisation,
				permit,
				kind: OutputKind::Publication,
				commitment: root,
			},
			no(),
		),
		(Call::close_out { organisation, permit, destruction: root, report: None }, no()),
		(
			Call::revoke { acting_for: custodian, permit, reason: RevocationReason::OfferEnded },
			no(),
		),
		(
			Call::reserve_query {
				custodian,
				permit,
				version: 0,
				commitment: commitment(9),
				epsilon: 10_000,
			},
			no(),
		),
		(Call::settle_query { custodian, query: 0, result: root }, no()),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		let permit = permitted();
		assert_eq!(permit, 0);
		assert_ok!(reserve(permit, 1, 10_000));
		assert_ok!(ask(0, 0, statement()));
		assert_ok!(ask(0, 0, statement()));
		assert_ok!(cosign(2));
		assert_ok!(Research::propose_budget(signed(STEWARD), HOSPITAL, 10_000));

		let mut tested = BTreeSet::new();
		for (call, to_a_stranger) in table() {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Research(call);
			for (origin, error) in [
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
				(signed(STRANGER), to_a_stranger),
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
