//! Tests, by topic.

mod allowance;
mod budgets;
mod free_calls;
mod properties;
mod sponsored_fees;
mod upkeep;

use crate::{mock::*, Accounts, Allowance};

/// What `who` has used of its own allowance, as stored.
fn used(who: AccountId) -> Balance {
	Accounts::<Test>::get(who).unwrap().used
}

/// Lets `who` have used `used` of its own allowance at `since`.
fn set_used(who: AccountId, used: Balance, since: u64) {
	Accounts::<Test>::insert(who, Allowance { used, since });
}

/// What it weighs to sponsor a call, which nothing of this is taken out of.
fn sponsorship() -> frame_support::weights::Weight {
	use crate::WeightInfo;
	<() as WeightInfo>::sponsored_staff_fee()
		.max(<() as WeightInfo>::sponsored_patient_fee())
		.max(<() as WeightInfo>::sponsored_reserve_fee())
}
