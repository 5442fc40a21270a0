//! Aims random calls: a history of blind ones hardly ever gets from a request to a permit.

use super::super::*;

/// Numbers of requests below this one are aimed, others stand for what is not there or not in order.
const AIMED: AccessRequestId = 4;

/// The first request that stands so, in place of a number that is aimed.
fn standing_so(request: AccessRequestId, wanted: &[Stage]) -> AccessRequestId {
	let fits = |id: &AccessRequestId| {
		Research::stage_at(*id, now()).is_some_and(|stage| wanted.contains(&stage))
	};
	let found = || (0..NextRequest::<Test>::get()).find(fits);
	(request < AIMED).then(found).flatten().unwrap_or(request)
}

/// The last permit but the first that is so, in place of a number that is aimed.
fn that_is(permit: AccessRequestId, so: impl Fn(&PermitRecord) -> bool) -> AccessRequestId {
	let fits = |id: &AccessRequestId| {
		Permits::<Test>::get(id).is_some_and(|record| record.permit.ended.is_none() && so(&record))
	};
	let found = || (1..NextRequest::<Test>::get()).rev().find(fits);
	(permit < AIMED).then(found).flatten().unwrap_or(permit)
}

/// Whether the time to renew it has come.
fn is_renewable(record: &PermitRecord) -> bool {
	let until = record.permit.period.until;
	record.permit.renewal.is_none() && until <= now() + 60 * DAY && now() < until + 60 * DAY
}

/// The same call about something that it can be about, mostly.
pub fn aim(mut call: Call<Test>) -> Call<Test> {
	match &mut call {
		Call::cosign { request, .. } => {
			*request = standing_so(*request, &[Stage::AwaitingSignature]);
		},
		Call::vote { request, .. } | Call::conclude { request, .. } => {
			*request = standing_so(*request, &[Stage::Voting]);
		},
		Call::renew { permit, .. } => *permit = that_is(*permit, is_renewable),
		Call::close_out { permit, .. } | Call::revoke { permit, .. } => {
			*permit = that_is(*permit, |_| true);
		},
		// How many proposals were made after the one that is meant.
		Call::vote_budget { motion: number, .. } | Call::conclude_budget { motion: number, .. } => {
			*number = motion().wrapping_sub(*number);
		},
		_ => {},
	}
	call
}

/// A request that waits for the acceptance of the terms, if the number is an odd one.
pub fn to_accept(request: AccessRequestId) -> AccessRequestId {
	if request % 2 == 1 {
		standing_so(request, &[Stage::Approved])
	} else {
		request
	}
}
