//! Who takes back what was scheduled: whoever has the power that scheduled it, not whoever has the same ayes.

use crate::common::{account, Chain};
use crate::runtime::{configs::privilege::ByMajority, *};
use core::cmp::Ordering;
use frame_support::{
	assert_noop, assert_ok,
	traits::{Bounded, OriginTrait, PrivilegeCmp},
};
use sp_runtime::{traits::Dispatchable, DispatchError};

type Seats = pallet_collective::RawOrigin<AccountId, pallet_collective::Instance1>;
type Experts = pallet_collective::RawOrigin<AccountId, pallet_collective::Instance2>;
type Sched = pallet_scheduler::Call<Runtime>;

fn council(ayes: u32, seats: u32) -> RuntimeOrigin {
	Seats::Members(ayes, seats).into()
}

fn technical(ayes: u32, seats: u32) -> RuntimeOrigin {
	Experts::Members(ayes, seats).into()
}

/// Schedules a call with two thirds of the Council; where it stands.
fn scheduled(by: RuntimeOrigin, name: Option<[u8; 32]>) -> (BlockNumber, u32) {
	let when = System::block_number() + 100;
	let call: RuntimeCall =
		pallet_membership::Call::<Runtime, pallet_membership::Instance1>::add_member {
			who: account("Dave").into(),
		}
		.into();
	let call = Box::new(call);
	let schedule = match name {
		None => Sched::schedule { when, maybe_periodic: None, priority: 0, call },
		Some(id) => Sched::schedule_named { id, when, maybe_periodic: None, priority: 0, call },
	};
	assert_ok!(RuntimeCall::from(schedule).dispatch(by));
	let agenda = pallet_scheduler::Agenda::<Runtime>::get(when);
	let index = agenda.iter().position(Option::is_some).expect("scheduled");
	assert!(matches!(agenda[index].as_ref().expect("there").call, Bounded::Inline(_)));
	(when, index as u32)
}

fn dispatch(call: Sched, by: RuntimeOrigin) -> Result<(), DispatchError> {
	RuntimeCall::from(call).dispatch(by).map(|_| ()).map_err(|failure| failure.error)
}

fn is_there((when, index): (BlockNumber, u32)) -> bool {
	let agenda = pallet_scheduler::Agenda::<Runtime>::get(when);
	agenda.get(index as usize).is_some_and(Option::is_some)
}

#[test]
fn four_of_four_take_back_what_three_of_three_had_scheduled() {
	Chain::development().run(|| {
		for (before, after) in
			[((3, 3), (4, 4)), ((2, 3), (3, 3)), ((4, 4), (3, 4)), ((3, 3), (2, 3))]
		{
			let task = scheduled(council(before.0, before.1), None);
			let (when, index) = task;
			assert_ok!(dispatch(Sched::cancel { when, index }, council(after.0, after.1)));
			assert!(!is_there(task), "{before:?} {after:?}");
			let id = [before.0 as u8 + after.1 as u8; 32];
			let task = scheduled(council(before.0, before.1), Some(id));
			assert_ok!(dispatch(Sched::cancel_named { id }, council(after.0, after.1)));
			assert!(!is_there(task), "{before:?} {after:?}");
		}
	});
}

#[test]
fn retries_are_set_and_taken_back_likewise() {
	Chain::development().run(|| {
		let (task, id) = (scheduled(council(3, 3), Some([1; 32])), [1; 32]);
		let by = || council(4, 4);
		assert_ok!(dispatch(Sched::set_retry { task, retries: 3, period: 10 }, by()));
		assert!(pallet_scheduler::Retries::<Runtime>::contains_key(task));
		assert_ok!(dispatch(Sched::cancel_retry { task }, by()));
		assert!(!pallet_scheduler::Retries::<Runtime>::contains_key(task));
		assert_ok!(dispatch(Sched::set_retry_named { id, retries: 3, period: 10 }, by()));
		assert_ok!(dispatch(Sched::cancel_retry_named { id }, by()));
		assert!(!pallet_scheduler::Retries::<Runtime>::contains_key(task));
	});
}

#[test]
fn fewer_than_two_thirds_and_others_take_nothing_back() {
	Chain::development().run(|| {
		let task = scheduled(council(3, 3), Some([1; 32]));
		let (when, index) = task;
		let others: [RuntimeOrigin; 6] = [
			council(1, 3),
			council(2, 4),
			Seats::Member(account("Alice")).into(),
			technical(3, 3),
			RuntimeOrigin::signed(account("Alice")),
			RuntimeOrigin::none(),
		];
		for origin in others {
			for call in [
				Sched::cancel { when, index },
				Sched::cancel_named { id: [1; 32] },
				Sched::set_retry { task, retries: 1, period: 1 },
				Sched::cancel_retry { task },
			] {
				assert_noop!(dispatch(call, origin.clone()), DispatchError::BadOrigin);
			}
		}
		assert!(is_there(task));
	});
}

/// The whole table: who may undo what whom has scheduled.
#[test]
fn privilege_is_what_an_origin_may_do() {
	use Ordering::{Equal, Greater, Less};
	let alice = || Seats::Member(account("Alice")).into();
	let origins: [RuntimeOrigin; 10] = [
		RuntimeOrigin::root(),
		council(3, 3),
		council(4, 6),
		council(1, 3),
		council(3, 5),
		alice(),
		technical(2, 3),
		technical(4, 4),
		technical(1, 4),
		RuntimeOrigin::signed(account("Alice")),
	];
	let (g, l, e, n) = (Some(Greater), Some(Less), Some(Equal), None);
	let table: [[Option<Ordering>; 10]; 10] = [
		// Root, 3 of 3, 4 of 6, 1 of 3, 3 of 5, a seat, 2 of 3, 4 of 4 and 1 of 4 of the other body, an account
		[e, g, g, g, g, g, g, g, g, g],
		[l, e, e, g, g, g, n, n, n, n],
		[l, e, e, g, g, g, n, n, n, n],
		[l, l, l, e, n, n, n, n, n, n],
		[l, l, l, n, e, n, n, n, n, n],
		[l, l, l, n, n, e, n, n, n, n],
		[l, n, n, n, n, n, e, e, g, n],
		[l, n, n, n, n, n, e, e, g, n],
		[l, n, n, n, n, n, l, l, e, n],
		[l, n, n, n, n, n, n, n, n, e],
	];
	for (left, row) in origins.iter().zip(table) {
		for (right, expected) in origins.iter().zip(row) {
			let compared = ByMajority::cmp_privilege(left.caller(), right.caller());
			assert_eq!(compared, expected, "{left:?} and {right:?}");
		}
	}
}
