//! What is stopped and who pays, where it is not the usual.

use super::*;
use salus_primitives::policy::{CallPolicy, Fee, Names, Payer, Policy};

fn policy(call: &Call<Test>) -> Policy {
	CallPolicy::<RuntimeCall>::policy(call)
}

fn names(call: &Call<Test>) -> Names<u64> {
	CallPolicy::<RuntimeCall>::names(call)
}

/// A request can be co-signed whatever is stopped. That it needs no vote must be taken back whatever is stopped, too.
#[test]
fn a_committee_can_always_demand_a_vote() {
	let (organisation, committee) = (INSTITUTE, COMMITTEE);
	for call in [
		Call::cosign { organisation, request: 0 },
		Call::set_shortcut { committee, dataset: 0, allowed: false },
	] {
		let policy = policy(&call);
		assert!(!policy.may_be_paused && policy.open_in_safe_mode, "{call:?}");
	}
}

/// Its members hold no tokens.
#[test]
fn the_committee_pays_for_its_members_who_count() {
	let (committee, custodian) = (COMMITTEE, HOSPITAL);
	for call in [
		Call::conclude { committee, request: 0 },
		Call::conclude_budget { committee, custodian, motion: 0 },
		Call::vote { committee, request: 0, in_favour: true },
		Call::vote_budget { committee, custodian, motion: 0, in_favour: true },
	] {
		assert_eq!(policy(&call).fee, Fee::Sponsored(Payer::Organisation), "{call:?}");
		assert_eq!(names(&call).org, Some(COMMITTEE), "{call:?}");
	}
}
