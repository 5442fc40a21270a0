//! Appointing and dismissing registrars.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{
	traits::Registrars as _, Capability, CapabilitySet, Moment, OrgId, OrgKindSet,
};
use sp_runtime::{DispatchError, DispatchResult};

const NEW: AccountId = 11;

fn deaths() -> CapabilitySet {
	CapabilitySet::of(&[Capability::Deaths])
}

fn appoint(until: Moment) -> DispatchResult {
	Registry::appoint_registrar(root(), NEW, AUTHORITY_ORG, OrgKindSet::EMPTY, deaths(), until)
}

fn was(at: Moment) -> Option<(OrgId, CapabilitySet)> {
	Registry::registrar(&NEW, at)
}

#[test]
fn a_registrar_serves_from_the_appointment_to_the_end_of_its_term() {
	licensed().build_and_execute(|| {
		assert_eq!(was(START), None);
		assert_ok!(appoint(START + 100));
		assert!(is_welcome(NEW));
		assert_eq!(
			events(),
			vec![Event::RegistrarAppointed {
				who: NEW,
				org: AUTHORITY_ORG,
				kinds: OrgKindSet::EMPTY,
				capabilities: deaths(),
				until: START + 100
			}]
		);
		set_now(START + 100);
		assert_eq!(was(START - 1), None);
		assert_eq!(was(START), Some((AUTHORITY_ORG, deaths())));
		assert_eq!(was(START + 99), Some((AUTHORITY_ORG, deaths())));
		assert_eq!(was(START + 100), None);
		assert_eq!(Registry::registrar_info(&NEW), None);
	});
}

#[test]
fn a_dismissal_counts_from_that_very_second() {
	licensed().build_and_execute(|| {
		assert_noop!(Registry::dismiss_registrar(root(), NEW), Error::<Test>::NotRegistrar);
		assert_ok!(appoint(START + 100));
		events();
		set_now(START + 10);
		assert_ok!(Registry::dismiss_registrar(root(), NEW));
		assert_eq!(events(), vec![Event::RegistrarDismissed { who: NEW, org: AUTHORITY_ORG }]);
		assert!(was(START + 9).is_some() && was(START + 10).is_none());
		assert_noop!(Registry::dismiss_registrar(root(), NEW), Error::<Test>::NotRegistrar);
	});
}

#[test]
fn an_appointment_replaces_the_term_in_force_and_keeps_the_past() {
	licensed().build_and_execute(|| {
		assert_ok!(appoint(START + 100));
		set_now(START + 10);
		let courts = CapabilitySet::of(&[Capability::CourtOrders]);
		assert_ok!(Registry::appoint_registrar(
			root(),
			NEW,
			HOSPITAL_ORG,
			OrgKindSet::ALL,
			courts,
			START + 50
		));
		set_now(START + 60);
		assert_eq!(was(START + 9), Some((AUTHORITY_ORG, deaths())));
		assert_eq!(was(START + 10), Some((HOSPITAL_ORG, courts)));
		assert_eq!(was(START + 50), None);
	});
}

#[test]
fn an_appointment_names_known_codes_and_an_organisation() {
	licensed().build_and_execute(|| {
		let appoint = |org, kinds, capabilities| {
			Registry::appoint_registrar(root(), NEW, org, kinds, capabilities, START + 10)
		};
		let (kinds, capabilities) = (OrgKindSet::EMPTY, CapabilitySet::EMPTY);
		assert_noop!(appoint(0, kinds, capabilities), Error::<Test>::NothingCovered);
		let unknown = OrgKindSet(1 << 15);
		assert_noop!(appoint(0, unknown, capabilities), Error::<Test>::UnknownCode);
		assert_noop!(appoint(0, kinds, CapabilitySet(1 << 7)), Error::<Test>::UnknownCode);
		assert_noop!(appoint(9, kinds, deaths()), Error::<Test>::UnknownOrganisation);
		assert_ok!(appoint(0, OrgKindSet::ALL, capabilities));
		assert_ok!(appoint(0, kinds, CapabilitySet::ALL));
	});
}

#[test]
fn a_term_ends_after_now_and_within_the_longest() {
	licensed().build_and_execute(|| {
		assert_noop!(appoint(START), Error::<Test>::TermTooShort);
		assert_noop!(appoint(START + REGISTRAR_TERM + 1), Error::<Test>::TermTooLong);
		assert_ok!(appoint(START + REGISTRAR_TERM));
	});
}

#[test]
fn a_full_history_refuses_another_term_and_still_dismisses() {
	licensed().build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(appoint(START + 100));
		}
		assert_noop!(appoint(START + 100), Error::<Test>::HistoryFull);
		assert_ok!(Registry::dismiss_registrar(root(), NEW));
	});
}

#[test]
fn an_account_that_nobody_welcomes_is_not_appointed() {
	licensed().build_and_execute(|| {
		assert_noop!(
			Registry::appoint_registrar(
				root(),
				UNWELCOME,
				AUTHORITY_ORG,
				OrgKindSet::ALL,
				deaths(),
				START + 10
			),
			DispatchError::Other("unwelcome")
		);
	});
}

/// The number of an organisation that has withdrawn is not given again, so it can do no harm.
#[test]
fn a_registrar_outlives_the_withdrawal_of_its_organisation() {
	licensed().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(INSURER), kinds(&[PAYER]), profile()));
		assert_ok!(Registry::appoint_registrar(
			root(),
			NEW,
			2,
			OrgKindSet::ALL,
			deaths(),
			START + 10
		));
		assert_ok!(Registry::withdraw(signed(INSURER), 2));
		assert_eq!(was(START), Some((2, deaths())));
	});
}
