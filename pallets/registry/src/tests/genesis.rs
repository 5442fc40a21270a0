//! Who is there from the first block, and what a genesis must not say.

use crate::{mock::*, *};
use frame_support::assert_ok;
use salus_primitives::{
	traits::{Credentials, Registrars as _},
	Capability, CapabilitySet,
};

#[test]
fn the_genesis_has_organisations_and_registrars_from_the_moment_0() {
	let mut builder = licensed();
	builder.organisations[1].3 = true;
	builder.build_and_execute(|| {
		assert_eq!(NextOrgId::<Test>::get(), 2);
		assert_eq!(Registry::admin(HOSPITAL_ORG), Some(HOSPITAL));
		assert_eq!(Registry::administers(&AUTHORITY), Some(AUTHORITY_ORG));
		assert!(Registry::was_licensed(HOSPITAL_ORG, PROVIDER, 0));
		assert!(Registry::is_flagged(HOSPITAL_ORG) && !Registry::is_flagged(AUTHORITY_ORG));
		assert_eq!(
			Registry::registrar(&REGISTRAR, 0),
			Some((AUTHORITY_ORG, CapabilitySet::of(&[Capability::Deaths])))
		);
		assert!(is_welcome(REGISTRAR));
		assert_eq!(held_of(HOSPITAL), 0);
	});
}

#[test]
fn the_state_of_the_first_block_is_sound_while_the_clock_shows_0() {
	licensed().build().execute_with(|| {
		set_now(0);
		check_state();
		assert!(Registry::was_licensed(HOSPITAL_ORG, PROVIDER, 0));
	});
}

#[test]
fn a_genesis_organisation_without_kinds_is_known_and_has_no_licence() {
	let mut builder = licensed();
	builder.organisations[1].1 = 0;
	builder.build_and_execute(|| {
		assert_eq!(Registry::admin(HOSPITAL_ORG), Some(HOSPITAL));
		assert!(Registry::licensed_kinds(HOSPITAL_ORG, START).is_empty());
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		assert_ok!(Registry::admit(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 10));
		assert!(Registry::was_licensed(HOSPITAL_ORG, PROVIDER, START));
	});
}

#[test]
#[should_panic(expected = "kinds of an organisation")]
fn a_genesis_organisation_with_unknown_kinds_is_refused() {
	let mut builder = licensed();
	builder.organisations[0].1 = 1 << 15;
	builder.build();
}

#[test]
#[should_panic(expected = "a licence has ended")]
fn a_genesis_licence_without_a_term_is_refused() {
	let mut builder = licensed();
	builder.organisations[0].2 = 0;
	builder.build();
}

#[test]
#[should_panic(expected = "administers two organisations")]
fn a_genesis_administrator_of_two_organisations_is_refused() {
	let mut builder = licensed();
	builder.organisations[1].0 = AUTHORITY;
	builder.build();
}

#[test]
#[should_panic(expected = "no known organisation")]
fn a_genesis_registrar_of_no_organisation_is_refused() {
	let mut builder = licensed();
	builder.registrars[0].1 = 2;
	builder.build();
}

#[test]
#[should_panic(expected = "kinds or capabilities of a registrar")]
fn a_genesis_registrar_with_unknown_kinds_is_refused() {
	let mut builder = licensed();
	builder.registrars[0].2 = 1 << 15;
	builder.build();
}

#[test]
#[should_panic(expected = "kinds or capabilities of a registrar")]
fn a_genesis_registrar_with_unknown_capabilities_is_refused() {
	let mut builder = licensed();
	builder.registrars[0].3 = 1 << 7;
	builder.build();
}

#[test]
#[should_panic(expected = "a registrar covers nothing")]
fn a_genesis_registrar_that_covers_nothing_is_refused() {
	let mut builder = licensed();
	(builder.registrars[0].2, builder.registrars[0].3) = (0, 0);
	builder.build();
}

#[test]
#[should_panic(expected = "a registrar's term has ended")]
fn a_genesis_registrar_without_a_term_is_refused() {
	let mut builder = licensed();
	builder.registrars[0].4 = 0;
	builder.build();
}

#[test]
#[should_panic(expected = "a registrar is named twice")]
fn a_genesis_registrar_named_twice_is_refused() {
	let mut builder = licensed();
	builder.registrars.push(builder.registrars[0]);
	builder.build();
}

#[test]
#[should_panic(expected = "a registrar is not welcome")]
fn a_genesis_registrar_that_nobody_welcomes_is_refused() {
	let mut builder = licensed();
	builder.registrars[0].0 = UNWELCOME;
	builder.build();
}
