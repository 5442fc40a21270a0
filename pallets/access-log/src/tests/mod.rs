//! One file per topic; what several of them need is here.

mod anew;
mod commits;
mod corrupted;
mod origins;
mod random;
mod reconciliation;
mod vectors;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{time::*, *};
use sp_runtime::DispatchResult;

type PalletError = Error<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn head(organisation: OrgId) -> LogHash {
	Custodians::<Test>::get(organisation).map_or(heads::origin(), |found| found.head)
}

fn entries(organisation: OrgId) -> u64 {
	Custodians::<Test>::get(organisation).map_or(0, |found| found.entries)
}

fn commit_by(who: u64, organisation: OrgId, count: u64) -> DispatchResult {
	let from = entries(organisation);
	let root = if count == 0 { empty_root() } else { LogHash::repeat_byte(7) };
	Log::commit(signed(who), organisation, from, from + count, root, head(organisation))
}

/// How long one commit waits for the one before it.
const INTERVAL: Moment = 10 * MINUTE;

/// The hospital commits to `count` more entries, as soon as it may.
fn commit(count: u64) {
	wait();
	assert_ok!(commit_by(STEWARD, HOSPITAL, count));
}

/// Waits until the hospital may commit.
fn wait() {
	let last = Custodians::<Test>::get(HOSPITAL).map_or(0, |found| found.last_at);
	set_now(now().max(last + INTERVAL));
}

/// The hospital begins its log anew, as soon as it may.
fn begin_anew() {
	wait();
	assert_ok!(Log::begin_anew(signed(STEWARD), HOSPITAL, head(HOSPITAL)));
}

/// Today.
fn today() -> Day {
	(now() / DAY) as Day
}

fn attest(who: u64, one: OrgId, other: OrgId, day: Day, counts: Counts) -> DispatchResult {
	Log::attest_reconciled(signed(who), one, other, day, counts)
}

const COUNTS: Counts = Counts { matched: 5, only_ours: 2, only_theirs: 1 };
