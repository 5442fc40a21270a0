//! The delays and their floors.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::BuildStorage;

#[test]
fn each_class_waits_its_own_time() {
	build_and_execute(|| {
		let emergency = frame_system::Call::kill_storage { keys: vec![] }.into();
		for (call, seconds) in [
			(upgrade(1), FLOORS.upgrade),
			(delay(EnactmentClass::Upgrade, 400), FLOORS.parameter),
			(emergency, FLOORS.emergency),
		] {
			let proposal = agree(&call);
			assert_eq!(Proposals::<Test>::get(proposal).unwrap().due, Some(START + seconds));
		}
	});
}

#[test]
fn a_delay_is_changed_by_enactment_and_what_is_agreed_keeps_its_own() {
	build_and_execute(|| {
		let before = agree(&upgrade(1));
		let due = Proposals::<Test>::get(before).unwrap().due;
		let change = agree(&delay(EnactmentClass::Upgrade, 900));
		wait(FLOORS.parameter);
		assert_ok!(Enactment::enact(anybody(), change));
		let set = Event::DelaySet { class: EnactmentClass::Upgrade, seconds: 900 };
		assert!(events().contains(&set));
		assert_eq!(Delays::<Test>::get(), DelayTable { upgrade: 900, ..FLOORS });
		assert_eq!(Floors::<Test>::get(), FLOORS);
		assert_eq!(Proposals::<Test>::get(before).unwrap().due, due);
		let after = agree(&upgrade(2));
		assert_eq!(Proposals::<Test>::get(after).unwrap().due, Some(Now::get() + 900));
	});
}

#[test]
fn no_delay_goes_below_its_floor_or_above_the_ceiling() {
	build_and_execute(|| {
		let set = |class, seconds| Enactment::set_delay(RuntimeOrigin::root(), class, seconds);
		for class in EnactmentClass::ALL {
			let floor = FLOORS.of(class);
			assert_noop!(set(class, floor - 1), Error::<Test>::BelowFloor);
			assert_noop!(set(class, MAX_DELAY + 1), Error::<Test>::AboveCeiling);
			assert_ok!(set(class, MAX_DELAY));
			assert_ok!(set(class, floor));
		}
		assert_eq!(Delays::<Test>::get(), FLOORS);
	});
}

#[test]
fn the_genesis_writes_the_floors() {
	let floors = DelayTable { upgrade: 5, parameter: 4, emergency: 3 };
	let genesis = RuntimeGenesisConfig {
		enactment: GenesisConfig { floors, ..Default::default() },
		..Default::default()
	};
	sp_io::TestExternalities::from(genesis.build_storage().unwrap()).execute_with(|| {
		assert_eq!((Floors::<Test>::get(), Delays::<Test>::get()), (floors, floors));
	});
}

#[test]
fn a_chain_that_gets_the_pallet_by_an_upgrade_has_the_default_floors() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!((Floors::<Test>::get(), Delays::<Test>::get()), (FLOORS, FLOORS));
	});
}

#[test]
#[should_panic(expected = "enactment without delay")]
fn a_genesis_without_delays_does_not_start() {
	let floors = DelayTable { upgrade: 0, parameter: 0, emergency: 0 };
	let genesis = RuntimeGenesisConfig {
		enactment: GenesisConfig { floors, ..Default::default() },
		..Default::default()
	};
	let _ = genesis.build_storage();
}

#[test]
#[should_panic(expected = "a floor of enactment above the longest delay")]
fn a_genesis_with_a_floor_above_the_ceiling_does_not_start() {
	let floors = DelayTable { upgrade: MAX_DELAY + 1, ..FLOORS };
	let genesis = RuntimeGenesisConfig {
		enactment: GenesisConfig { floors, ..Default::default() },
		..Default::default()
	};
	let _ = genesis.build_storage();
}
