//! The care policy: announced ahead, changed by Root alone, and the past stays as it was.

use super::*;
use frame_support::traits::BuildGenesisConfig;

fn set(policy: CarePolicy) -> DispatchResult {
	Care::set_policy(RuntimeOrigin::root(), policy)
}

fn policy_at(at: Moment) -> CarePolicy {
	<Care as CareRelations>::policy(at)
}

use CarePolicy::{CareTeam, ConsentOnly};

#[test]
fn a_network_begins_with_the_policy_of_its_genesis_and_consent_only_without_one() {
	build_and_execute(|| {
		assert_eq!(policy_at(now()), ConsentOnly);
		GenesisConfig::<Test> { policy: CareTeam, ..Default::default() }.build();
		assert_eq!((policy_at(0), policy_at(now())), (CareTeam, CareTeam));
		assert_noop!(set(CareTeam), PalletError::AlreadyInForce);
	});
}

#[test]
fn another_policy_is_in_force_after_its_notice_and_not_before() {
	build_and_execute(|| {
		assert_noop!(set(ConsentOnly), PalletError::AlreadyInForce);
		assert_ok!(set(CareTeam));
		let from = now() + 30 * DAY;
		assert_eq!(last_event(), Event::PolicyAnnounced { policy: CareTeam, from });
		assert_noop!(set(CareTeam), PalletError::AlreadyAnnounced);
		pass(30 * DAY - 1);
		assert_eq!(policy_at(now()), ConsentOnly);
		pass(1);
		assert_eq!(policy_at(now()), CareTeam);
		assert_eq!(policy_at(now() - 1), ConsentOnly);
		assert_ok!(set(ConsentOnly));
		pass(30 * DAY);
		assert_eq!(policy_at(now()), ConsentOnly);
		assert_eq!(policy_at(from), CareTeam);
		assert_eq!(policy_at(from - 1), ConsentOnly);
	});
}

#[test]
fn what_is_announced_can_be_withdrawn_until_it_is_in_force() {
	build_and_execute(|| {
		assert_ok!(set(CareTeam));
		pass(DAY);
		assert_ok!(set(ConsentOnly));
		assert_eq!(last_event(), Event::PolicyWithdrawn { policy: ConsentOnly });
		assert!(Care::policies().is_empty());
		pass(30 * DAY);
		assert_eq!(policy_at(now()), ConsentOnly);
		assert_noop!(set(ConsentOnly), PalletError::AlreadyInForce);
	});
}

#[test]
fn the_history_of_policies_has_an_end() {
	build_and_execute(|| {
		for n in 0..MAX_POLICIES {
			assert_ok!(set(if n % 2 == 0 { CareTeam } else { ConsentOnly }));
			pass(30 * DAY);
		}
		assert_noop!(set(CareTeam), PalletError::PolicyHistoryFull);
		assert_eq!(policy_at(START + 30 * DAY), CareTeam);
	});
}
