//! One file per topic; what several of them need is here.

mod acknowledged;
mod corrupted;
mod flagged;
mod migration;
mod origins;
mod overdue;
mod random;
mod weights;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use salus_primitives::{time::*, *};
use sp_runtime::DispatchResult;

type PalletError = Error<Test>;

const DEADLINE: Moment = 72 * HOUR;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn acknowledge_by(
	who: u64,
	organisation: OrgId,
	directive: DirectiveId,
) -> DispatchResultWithPostInfo {
	Acknowledgement::acknowledge(signed(who), organisation, PATIENT, directive)
}

/// The hospital acknowledges.
fn acknowledge(directive: DirectiveId) -> DispatchResultWithPostInfo {
	acknowledge_by(STEWARD, HOSPITAL, directive)
}

fn mark_overdue(directive: DirectiveId) -> DispatchResult {
	Acknowledgement::mark_overdue(signed(STRANGER), PATIENT, directive)
}

/// The hospital's counters.
fn tally() -> (u32, u32, u32) {
	let Tally { on_time, late, overdue, .. } = Acknowledgement::tally(HOSPITAL);
	(on_time, late, overdue)
}

fn standing(directive: DirectiveId) -> Option<NoticeStanding> {
	Acknowledgement::revocation(&PATIENT, directive).map(|found| found.standing)
}

fn last_event() -> Event<Test> {
	match System::events().pop().expect("an event").event {
		RuntimeEvent::Acknowledgement(event) => event,
		other => panic!("an event of another pallet: {other:?}"),
	}
}
