//! Queries and budgets, and how somebody would try to get more answers than there is budget for.

use super::*;

fn settle(query: QueryId) -> DispatchResult {
	Research::settle_query(signed(STEWARD), HOSPITAL, query, commitment(8))
}

#[test]
fn budget_is_reserved_before_and_settled_after_and_nothing_is_given_back() {
	build_and_execute(|| {
		let permit = permitted();
		assert_ok!(reserve(permit, 1, 300_000));
		assert_eq!(budget(), Budget { total: TOTAL, reserved: 300_000, settled: 0 });
		assert_ok!(settle(0));
		assert_eq!(budget(), Budget { total: TOTAL, reserved: 0, settled: 300_000 });
		assert_noop!(settle(0), PalletError::AlreadySettled);
		assert_noop!(settle(1), PalletError::UnknownQuery);
		let told = Research::reserved(HOSPITAL, commitment(1)).unwrap();
		assert_eq!((told.id, told.query.epsilon), (0, 300_000));
		assert_eq!(told.query.result.unwrap().commitment, commitment(8));
		assert_eq!(Research::reserved(HOSPITAL, commitment(2)), None);
		assert_eq!(Research::queries(HOSPITAL, 0), [told]);
		assert_eq!(Research::population(HOSPITAL).unwrap().left, 700_000);
	});
}

#[test]
fn what_a_query_costs_is_within_bounds_to_the_unit() {
	build_and_execute(|| {
		let permit = permitted();
		assert_noop!(reserve(permit, 1, 9_999), PalletError::WrongEpsilon);
		assert_noop!(reserve(permit, 1, 1_000_001), PalletError::WrongEpsilon);
		assert_ok!(reserve(permit, 1, 10_000));
		assert_noop!(reserve(permit, 2, 990_001), PalletError::BudgetExhausted);
		assert_ok!(reserve(permit, 2, 990_000));
		assert_noop!(reserve(permit, 3, 10_000), PalletError::BudgetExhausted);
		assert_eq!(budget().left(), 0);
	});
}

#[test]
fn a_commitment_is_reserved_once() {
	build_and_execute(|| {
		let permit = permitted();
		assert_ok!(reserve(permit, 1, 10_000));
		assert_noop!(reserve(permit, 1, 10_000), PalletError::AlreadyReserved);
		assert_ok!(settle(0));
		assert_noop!(reserve(permit, 1, 10_000), PalletError::AlreadyReserved);
	});
}

#[test]
fn only_the_custodian_reserves_and_settles_and_for_the_last_version() {
	build_and_execute(|| {
		let permit = permitted();
		let reserve_as = |who, custodian, version| {
			let (by, epsilon) = (signed(who), 10_000);
			Research::reserve_query(by, custodian, permit, version, commitment(1), epsilon)
		};
		assert_noop!(reserve_as(INVESTIGATOR, HOSPITAL, 0), PalletError::NotAuthorised);
		assert_noop!(reserve_as(CLINIC_STEWARD, CLINIC, 0), PalletError::NotAuthorised);
		assert_noop!(reserve_as(STEWARD, HOSPITAL, 1), PalletError::WrongVersion);
		assert_ok!(publish(0, terms(), 1));
		assert_noop!(reserve_as(STEWARD, HOSPITAL, 0), PalletError::WrongVersion);
		suspend(HOSPITAL);
		assert_noop!(reserve_as(STEWARD, HOSPITAL, 1), PalletError::NotLicensed);
		license(HOSPITAL, OrgKind::Provider);
		assert_ok!(reserve_as(HOSPITAL_ADMIN, HOSPITAL, 1));
		assert_noop!(
			Research::settle_query(signed(INVESTIGATOR), HOSPITAL, 0, commitment(8)),
			PalletError::NotAuthorised
		);
		// Whoever lost its licence still tells what it answered.
		suspend(HOSPITAL);
		assert_ok!(settle(0));
	});
}

/// Averaging: the same question again and again costs each time, and stops.
#[test]
fn repeated_queries_use_the_budget_up() {
	build_and_execute(|| {
		let permit = permitted();
		for n in 0..10 {
			assert_ok!(reserve(permit, n, 100_000));
			assert_ok!(settle(n.into()));
		}
		assert_noop!(reserve(permit, 99, 10_000), PalletError::BudgetExhausted);
	});
}

/// E3: neither a new version, nor a second dataset, nor another permit is a fresh budget.
#[test]
fn versions_datasets_and_permits_share_the_budget_of_the_population() {
	build_and_execute(|| {
		let first = permitted();
		assert_ok!(reserve(first, 1, 400_000));
		assert_ok!(publish(0, terms(), 1));
		assert_ok!(reserve(first, 2, 400_000));
		// Another dataset of the same custodian, and another study.
		let second = permitted();
		assert_ne!(Permits::<Test>::get(second).unwrap().dataset, 0);
		assert_noop!(reserve(second, 3, 200_001), PalletError::BudgetExhausted);
		assert_ok!(reserve(second, 3, 200_000));
		assert_noop!(reserve(first, 4, 10_000), PalletError::BudgetExhausted);
		assert_eq!(budget(), Budget { total: TOTAL, reserved: TOTAL, settled: 0 });
	});
}

#[test]
fn a_result_is_settled_whatever_has_become_of_the_permit() {
	build_and_execute(|| {
		let permit = permitted();
		assert_ok!(reserve(permit, 1, 10_000));
		let reason = RevocationReason::Order;
		assert_ok!(Research::revoke(signed(STEWARD), HOSPITAL, permit, reason));
		assert_noop!(reserve(permit, 2, 10_000), PalletError::NotActive);
		assert_ok!(settle(0));
	});
}

#[test]
fn a_spent_budget_is_renewed_by_a_vote() {
	build_and_execute(|| {
		let permit = permitted();
		assert_ok!(reserve(permit, 1, TOTAL));
		assert_noop!(reserve(permit, 2, 10_000), PalletError::BudgetExhausted);
		assert_ok!(propose(10_000));
		for member in &MEMBERS[..3] {
			assert_ok!(vote_budget(*member, true));
		}
		pass(7 * DAY);
		assert_ok!(conclude_budget());
		assert_ok!(reserve(permit, 2, 10_000));
		assert_eq!(budget().left(), 0);
	});
}
