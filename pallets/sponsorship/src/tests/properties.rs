//! Random histories: nobody gets more than the allowance, and the pot's book balances.

use crate::mock::*;
use proptest::prelude::*;
use salus_primitives::time::DAY;

#[derive(Clone, Debug)]
enum Step {
	Send { who: AccountId, call: u8, tip: bool },
	Wait { seconds: u64 },
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => (PATIENT..=STRANGER, 0u8..6, prop::bool::weighted(0.1))
			.prop_map(|(who, call, tip)| Step::Send { who, call, tip }),
		1 => (0..DAY).prop_map(|seconds| Step::Wait { seconds }),
	]
}

fn call(n: u8) -> ward::Call<Test> {
	match n {
		0 => ward::Call::visit {},
		1 => ward::Call::stumble {},
		2 => ward::Call::report {},
		3 => ward::Call::open {},
		4 => ward::Call::close { reason: 0 },
		_ => ward::Call::wrap { call: Box::new(RuntimeCall::from(ward::Call::visit {})) },
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn the_pot_pays_what_was_announced_and_no_more(steps in prop::collection::vec(step(), 1..80)) {
		build_and_execute(|| {
			let per_day = 3 * fee_of(PATIENT, ward::Call::stumble {});
			Allowed::set(per_day);
			let start = Now::get();
			for step in steps {
				match step {
					Step::Send { who, call: n, tip } => {
						let _ = send(who, call(n), tip.into());
					},
					Step::Wait { seconds } => set_now(Now::get() + seconds),
				}
				let fees = sponsored();
				let paid: Balance = fees.iter().map(|(_, fee)| fee).sum();
				assert_eq!(Balances::free_balance(Sponsorship::pot()), POT - paid);
				for who in PATIENT..=STRANGER {
					let cost: Balance =
						fees.iter().filter(|(of, _)| *of == who).map(|(_, fee)| fee).sum();
					let elapsed = u128::from(Now::get() - start);
					let bound = u128::from(per_day) * (u128::from(DAY) + elapsed) / u128::from(DAY);
					assert!(u128::from(cost) <= bound);
					assert!(Balances::free_balance(who) <= FORTUNE);
				}
			}
		});
	}
}
