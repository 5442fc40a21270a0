//! Questions from outside: Polkadot.js offers them as `api.call.accessLogApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{CommitInfo, Custodian, Day, Reconciliation};
use alloc::vec::Vec;
use salus_primitives::{Moment, OrgId};

sp_api::decl_runtime_apis! {
	/// What custodians have committed to, against which their logs are verified.
	pub trait AccessLogApi {
		/// Where the organisation's log stands; `None` if it has never committed to one.
		fn custodian(organisation: OrgId) -> Option<Custodian>;

		/// Up to 256 commits of the organisation, from number `first` on, counted from 0.
		fn log_commits(organisation: OrgId, first: u32) -> Vec<CommitInfo>;

		/// The organisation's last commit that was made by `at`, in Unix seconds.
		fn commit_by(organisation: OrgId, at: Moment) -> Option<CommitInfo>;

		/// Whether the organisation's log was stale at `at`; `None` if it had none, or `at` is after now.
		fn was_stale(organisation: OrgId, at: Moment) -> Option<bool>;

		/// What the two together said of a day.
		fn reconciliation(one: OrgId, other: OrgId, day: Day) -> Reconciliation;
	}
}
