//! Every call with every origin that must not make it.

use crate::{mock::*, *};
use frame_support::{assert_noop, traits::GetCallName};
use sp_runtime::{traits::Dispatchable, DispatchError};

/// One of each call, and who may make it.
fn every_call() -> Vec<(Call<Test>, &'static [u64])> {
	let proposal = hash_of(&upgrade(1));
	let calls: Vec<(Call<Test>, &'static [u64])> = vec![
		(Call::approve { call: Box::new(upgrade(2)) }, &[COUNCIL, TECHNICAL]),
		(Call::cancel { proposal }, &[COUNCIL, TECHNICAL]),
		(Call::enact { proposal }, &[COUNCIL, TECHNICAL, ANYBODY]),
		(Call::clear { proposal }, &[COUNCIL, TECHNICAL, ANYBODY]),
		(Call::set_delay { class: EnactmentClass::Upgrade, seconds: 400 }, &[]),
	];
	let names: Vec<_> = calls.iter().map(|(call, _)| call.get_call_name()).collect();
	assert_eq!(names, Call::<Test>::get_call_names(), "the table lacks a call");
	calls
}

#[test]
fn every_call_refuses_the_wrong_origin_and_changes_nothing() {
	build_and_execute(|| {
		agree(&upgrade(1));
		wait(FLOORS.upgrade);
		for (call, allowed) in every_call() {
			let is_roots = allowed.is_empty();
			let call = RuntimeCall::from(call);
			let dispatch = |origin| call.clone().dispatch(origin).map_err(|failure| failure.error);
			assert_noop!(dispatch(RuntimeOrigin::none()), DispatchError::BadOrigin);
			for who in [COUNCIL, TECHNICAL, ANYBODY] {
				if !allowed.contains(&who) {
					assert_noop!(dispatch(RuntimeOrigin::signed(who)), DispatchError::BadOrigin);
				}
			}
			if !is_roots {
				assert_noop!(dispatch(RuntimeOrigin::root()), DispatchError::BadOrigin);
			}
		}
	});
}
