//! What the plain form refuses, and how much there is room for.

use super::*;
use codec::{Decode, Encode};

fn permit_access(access: Access) -> sp_runtime::DispatchResult {
	plain(Consent::permit(RuntimeOrigin::signed(WALLET), Grantee::Any, access))
}

/// `permit`, `deny`, `request_access` and `approve` refuse the same scopes.
fn refused_everywhere(scope: Scope, error: Error<Test>) {
	let name = format!("{error:?}");
	let wrong = access_to(scope);
	let error: sp_runtime::DispatchError = error.into();
	assert_noop!(permit_access(wrong), error);
	assert_noop!(
		Consent::deny(RuntimeOrigin::signed(WALLET), Grantee::Any, scope, Moment::MAX),
		error
	);
	assert_noop!(
		Consent::request_access(
			RuntimeOrigin::signed(SPECIALIST),
			CLINIC,
			PATIENT,
			RequestFor::Organisation,
			wrong,
			Commitment::zero()
		),
		error
	);
	// Only less than was asked for can be approved, so a wide request is put in storage.
	let id = request(access());
	Requests::<Test>::mutate(PATIENT, id, |open| {
		let asked = &mut open.as_mut().unwrap().access;
		*asked = wrong;
		asked.scope.data = Interval::ALWAYS;
	});
	assert_noop!(Consent::approve(RuntimeOrigin::signed(WALLET), id, wrong), error);
	assert_ok!(Consent::decline(RuntimeOrigin::signed(WALLET), id));
	println!("{name} is refused everywhere");
}

#[test]
fn labels_are_never_named_in_plain() {
	build_and_execute(|| {
		for label in SensitivityLabel::ALL {
			let labels = LabelSet::of(&[*label]);
			refused_everywhere(Scope { labels, ..scope() }, Error::LabelsNotPlain);
		}
		let labels = LabelSet(1 << 15);
		refused_everywhere(Scope { labels, ..scope() }, Error::LabelsNotPlain);
	});
}

#[test]
fn an_organisation_whose_name_discloses_is_never_named_in_plain() {
	build_and_execute(|| {
		let wallet = || RuntimeOrigin::signed(WALLET);
		for grantee in [Grantee::Organisation(HIV_CLINIC), Grantee::RoleAt(HIV_CLINIC, Role::Nurse)]
		{
			assert_noop!(
				Consent::permit(wallet(), grantee, access()),
				Error::<Test>::FlaggedOrganisation
			);
			assert_noop!(
				Consent::deny(wallet(), grantee, scope(), Moment::MAX),
				Error::<Test>::FlaggedOrganisation
			);
		}
		assert_noop!(
			Consent::request_access(
				RuntimeOrigin::signed(HIV_CLINIC_ADMIN),
				HIV_CLINIC,
				PATIENT,
				RequestFor::Organisation,
				access(),
				Commitment::zero()
			),
			Error::<Test>::FlaggedOrganisation
		);
		// The flag may come between request and approval.
		let id = request(access());
		flag(CLINIC);
		assert_noop!(Consent::approve(wallet(), id, access()), Error::<Test>::FlaggedOrganisation);
	});
}

#[test]
fn who_works_where_the_name_discloses_is_never_named_in_plain() {
	build_and_execute(|| {
		let wallet = || RuntimeOrigin::signed(WALLET);
		let named = |who| Consent::permit(wallet(), Grantee::Practitioner(who), access());
		let asks = || {
			Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				RequestFor::Requester,
				access(),
				Commitment::zero(),
			)
		};
		assert_ok!(named(SPECIALIST));
		assert_noop!(named(HIV_CLINIC_ADMIN), Error::<Test>::FlaggedOrganisation);
		assert_ok!(asks());
		hire(HIV_CLINIC, SPECIALIST, Role::Clinician);
		assert_noop!(named(SPECIALIST), Error::<Test>::FlaggedOrganisation);
		assert_noop!(
			Consent::deny(wallet(), Grantee::Practitioner(SPECIALIST), scope(), Moment::MAX),
			Error::<Test>::FlaggedOrganisation
		);
		assert_noop!(asks(), Error::<Test>::FlaggedOrganisation);
		// What was asked for before that is not approved any more either.
		assert_noop!(Consent::approve(wallet(), 0, access()), Error::<Test>::FlaggedOrganisation);
		assert_noop!(
			Consent::block_requester(wallet(), HIV_CLINIC),
			Error::<Test>::FlaggedOrganisation
		);
		pass(1);
		dismiss(HIV_CLINIC, SPECIALIST);
		assert_ok!(named(SPECIALIST));
	});
}

#[test]
fn an_organisation_that_does_not_exist_is_not_named_for_whoever_comes_to_bear_its_number() {
	build_and_execute(|| {
		let wallet = || RuntimeOrigin::signed(WALLET);
		for grantee in [Grantee::Organisation(77), Grantee::RoleAt(77, Role::Clinician)] {
			assert_noop!(
				Consent::permit(wallet(), grantee, access()),
				Error::<Test>::UnknownOrganisation
			);
			assert_noop!(
				Consent::deny(wallet(), grantee, scope(), Moment::MAX),
				Error::<Test>::UnknownOrganisation
			);
		}
		assert_noop!(Consent::block_requester(wallet(), 77), Error::<Test>::UnknownOrganisation);
		let id = request(access());
		dissolve(CLINIC);
		assert_noop!(Consent::approve(wallet(), id, access()), Error::<Test>::UnknownOrganisation);
	});
}

#[test]
fn an_unlicensed_organisation_can_be_named_but_has_no_access() {
	build_and_execute(|| {
		suspend(HOSPITAL);
		permit(Grantee::Organisation(HOSPITAL));
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Credential));
	});
}

#[test]
fn break_the_glass_is_no_matter_of_directives() {
	build_and_execute(|| {
		let btg = scope_for(&[Purpose::Treat, Purpose::Btg]);
		refused_everywhere(btg, Error::PurposeExcluded);
	});
}

#[test]
fn empty_sets_are_refused() {
	build_and_execute(|| {
		let empty = [
			Scope { actions: ActionSet::EMPTY, ..scope() },
			Scope { purposes: PurposeSet::EMPTY, ..scope() },
			Scope { classes: DataClassSet::EMPTY, ..scope() },
		];
		for scope in empty {
			refused_everywhere(scope, Error::EmptySet);
		}
	});
}

#[test]
fn bits_that_stand_for_nothing_decode_and_are_refused() {
	build_and_execute(|| {
		let unknown = [
			Scope { actions: ActionSet((1 << 7) | 1), ..scope() },
			Scope { purposes: PurposeSet((1 << 31) | 1), ..scope() },
			Scope { classes: DataClassSet((1 << 31) | 1), ..scope() },
		];
		for scope in unknown {
			assert_eq!(Scope::decode(&mut &scope.encode()[..]), Ok(scope));
			refused_everywhere(scope, Error::UnknownBits);
		}
	});
}

#[test]
fn the_interval_of_the_data_must_hold_a_moment() {
	build_and_execute(|| {
		for data in [Interval::new(5, 5), Interval::new(6, 5)] {
			refused_everywhere(Scope { data, ..scope() }, Error::InvalidInterval);
		}
		assert_ok!(permit_access(access_to(Scope { data: Interval::new(5, 6), ..scope() })));
	});
}

#[test]
fn every_end_is_after_now() {
	build_and_execute(|| {
		let refused = Error::<Test>::InvalidInterval;
		assert_noop!(permit_access(Access { until: now(), ..access() }), refused);
		assert_noop!(
			permit_access(Access { erase_after: Some(now()), ..access() }),
			Error::<Test>::InvalidInterval
		);
		let wallet = RuntimeOrigin::signed(WALLET);
		assert_noop!(
			Consent::deny(wallet, Grantee::Any, scope(), now()),
			Error::<Test>::InvalidInterval
		);
		assert_ok!(permit_access(Access {
			until: now() + 1,
			erase_after: Some(now() + 1),
			..access()
		}));
	});
}

#[test]
fn a_permit_ends_within_the_shortest_term_of_its_purposes() {
	build_and_execute(|| {
		for (purposes, term) in [
			(vec![Purpose::Treat], 2 * YEAR),
			(vec![Purpose::Pubhlth], 2 * YEAR),
			(vec![Purpose::Hpaymt], 3 * YEAR),
			(vec![Purpose::Coverage, Purpose::Eligdtrm], 3 * YEAR),
			(vec![Purpose::Hresch, Purpose::Clintrch], 10 * YEAR),
			(vec![Purpose::Hresch, Purpose::Hpaymt], 3 * YEAR),
			(vec![Purpose::Hresch, Purpose::Hpaymt, Purpose::Treat], 2 * YEAR),
		] {
			let access = access_to(scope_for(&purposes));
			let until = now() + term;
			assert_noop!(
				permit_access(Access { until: until + 1, ..access }),
				Error::<Test>::TermTooLong
			);
			assert_ok!(permit_access(Access { until, ..access }));
		}
		// A Deny may stand for ever.
		deny(Grantee::Any);
	});
}

#[test]
fn a_limit_on_uses_is_refused_until_uses_are_counted() {
	build_and_execute(|| {
		for max_uses in [Some(0), Some(1), Some(u32::MAX)] {
			assert_noop!(
				permit_access(Access { max_uses, ..access() }),
				Error::<Test>::UsesNotCounted
			);
		}
	});
}

#[test]
fn redisclosure_and_its_depth_go_together() {
	build_and_execute(|| {
		let passing_on = Scope { actions: ActionSet::of(&[Action::Redisclose]), ..scope() };
		for (scope, redisclose_depth, good) in [
			(scope(), 0, true),
			(scope(), 1, false),
			(passing_on, 0, false),
			(passing_on, 1, true),
			(passing_on, MAX_REDISCLOSE_DEPTH, true),
			(passing_on, MAX_REDISCLOSE_DEPTH + 1, false),
		] {
			let access = Access { redisclose_depth, ..access_to(scope) };
			if good {
				assert_ok!(permit_access(access));
			} else {
				assert_noop!(permit_access(access), Error::<Test>::InvalidRedisclosure);
			}
		}
	});
}

#[test]
fn places_are_kept_free_for_denials() {
	build_and_execute(|| {
		for _ in 0..MAX_PERMITS {
			permit(Grantee::Organisation(HOSPITAL));
		}
		assert_noop!(permit_access(access()), Error::<Test>::TooManyDirectives);
		for _ in MAX_PERMITS..MAX_LIVE {
			deny(Grantee::Organisation(CLINIC));
		}
		assert_noop!(
			Consent::deny(RuntimeOrigin::signed(VIEWER), Grantee::Any, scope(), Moment::MAX),
			Error::<Test>::TooManyDirectives
		);
		// A revocation makes room for either.
		revoke(0);
		deny(Grantee::Any);
		assert_noop!(permit_access(access()), Error::<Test>::TooManyDirectives);
		revoke(1);
		permit(Grantee::Any);
	});
}

#[test]
fn denials_may_take_every_place() {
	build_and_execute(|| {
		for _ in 0..MAX_LIVE {
			deny(Grantee::Any);
		}
		assert_noop!(permit_access(access()), Error::<Test>::TooManyDirectives);
	});
}

#[test]
fn an_approval_counts_as_a_permit() {
	build_and_execute(|| {
		let id = request(access());
		for _ in 0..MAX_PERMITS {
			permit(Grantee::Organisation(HOSPITAL));
		}
		let approve = || Consent::approve(RuntimeOrigin::signed(WALLET), id, access());
		assert_noop!(approve(), Error::<Test>::TooManyDirectives);
		revoke(0);
		assert_ok!(approve());
	});
}

#[test]
fn numbers_are_used_once_and_run_out_one_day() {
	build_and_execute(|| {
		Live::<Test>::mutate(PATIENT, |live| live.next = u32::MAX);
		assert_noop!(permit_access(access()), Error::<Test>::IdsExhausted);
		Live::<Test>::remove(PATIENT);

		OpenRequests::<Test>::mutate(PATIENT, |index| index.next = u32::MAX);
		assert_noop!(
			Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				RequestFor::Organisation,
				access(),
				Commitment::zero()
			),
			Error::<Test>::IdsExhausted
		);
	});
}
