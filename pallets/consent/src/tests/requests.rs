//! Requests for access: asked, narrowed, declined, expired; and their deposits.

use super::*;

fn asking(by: u64, organisation: OrgId, whom: RequestFor) -> sp_runtime::DispatchResult {
	plain(Consent::request_access(
		RuntimeOrigin::signed(by),
		organisation,
		PATIENT,
		whom,
		access(),
		Commitment::repeat_byte(7),
	))
}

fn approve(request: RequestId, access: Access) -> sp_runtime::DispatchResult {
	plain(Consent::approve(RuntimeOrigin::signed(WALLET), request, access))
}

/// Whoever it asks for, the request and its event name who asks.
#[test]
fn nobody_who_works_at_a_flagged_organisation_asks_for_anybody() {
	build_and_execute(|| {
		let all = [
			RequestFor::Requester,
			RequestFor::Organisation,
			RequestFor::Role(Role::Clinician),
			RequestFor::Role(Role::Nurse),
		];
		hire(HOSPITAL, SPECIALIST, Role::Clinician);
		flag(HOSPITAL);
		for whom in all {
			let refused = asking(SPECIALIST, CLINIC, whom);
			assert_noop!(refused, Error::<Test>::FlaggedOrganisation);
		}
		// Somebody else of the clinic may.
		assert_ok!(asking(CLINIC_ADMIN, CLINIC, RequestFor::Organisation));
	});
}

#[test]
fn a_request_gives_nothing_and_an_approval_gives_what_it_says() {
	build_and_execute(|| {
		let id = request(access());
		assert_eq!(
			last_event(),
			Event::AccessRequested {
				patient: PATIENT,
				request: id,
				organisation: CLINIC,
				by: SPECIALIST
			}
		);
		assert_eq!(
			Consent::requests(&PATIENT),
			vec![(
				id,
				Request {
					organisation: CLINIC,
					requested_by: SPECIALIST,
					grantee: Grantee::Organisation(CLINIC),
					access: access(),
					terms: Commitment::repeat_byte(7),
					expires_at: START + 7 * DAY,
					payer: CLINIC_ADMIN,
					ticket: (),
				}
			)]
		);
		assert_eq!(held(CLINIC_ADMIN), deposit());
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);

		pass(HOUR);
		let narrower = Access {
			until: now() + DAY,
			..access_to(Scope {
				actions: ActionSet::of(&[Action::Read]),
				classes: DataClassSet::of(&[DataClass::Laboratory]),
				..scope()
			})
		};
		assert_ok!(approve(id, narrower));
		let basis = DirectiveBasis::Request(id);
		assert_eq!(
			last_event(),
			Event::PermitGranted { patient: PATIENT, directive: 0, basis, by: WALLET }
		);
		assert_eq!(ask(CLINIC_SPECIALIST), permitted(0));
		let asked = question(CLINIC_SPECIALIST);
		for more in [
			Question { action: Action::Export, ..asked.clone() },
			Question { class: DataClass::Medications, ..asked.clone() },
			Question { at: Some(START), ..asked },
		] {
			assert_eq!(Consent::decide(&more), Ok(BY_DEFAULT), "{more:?}");
		}
		assert!(Consent::requests(&PATIENT).is_empty());
		// The deposit and the terms stay with the directive.
		let agreement = Agreements::<Test>::get(PATIENT, 0).unwrap();
		assert_eq!(agreement.terms, Commitment::repeat_byte(7));
		assert_eq!((agreement.organisation, agreement.payer), (CLINIC, CLINIC_ADMIN));
		assert_eq!(held(CLINIC_ADMIN), deposit());
		revoke(0);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		assert_eq!(held(CLINIC_ADMIN), deposit(), "the history is paid for too");
		assert_noop!(approve(id, narrower), Error::<Test>::NotFound);
	});
}

#[test]
fn the_grantee_is_whom_the_request_named() {
	build_and_execute(|| {
		for (whom, grantee) in [
			(RequestFor::Organisation, Grantee::Organisation(CLINIC)),
			(RequestFor::Role(Role::Nurse), Grantee::RoleAt(CLINIC, Role::Nurse)),
			(RequestFor::Requester, Grantee::PractitionerAt(SPECIALIST, CLINIC)),
		] {
			let id = request_for(whom, access());
			assert_ok!(approve(id, access()));
			assert_eq!(Consent::directives(&PATIENT).last().unwrap().1.grantee, grantee);
		}
	});
}

#[test]
fn an_approval_is_never_more_than_the_request() {
	build_and_execute(|| {
		let asked = Access {
			erase_after: Some(now() + 60 * DAY),
			redisclose_depth: 1,
			..access_to(Scope {
				actions: ActionSet::of(&[Action::Read, Action::Redisclose]),
				data: Interval::new(100, 200),
				..scope()
			})
		};
		let id = request(asked);
		let wider: [fn(&mut Access); 11] = [
			|a| a.scope.actions = a.scope.actions.with(Action::Amend),
			|a| a.scope.purposes = a.scope.purposes.with(Purpose::Hresch),
			|a| a.scope.classes = a.scope.classes.with(DataClass::Genomics),
			|a| a.scope.labels = a.scope.labels.with(SensitivityLabel::Hiv),
			|a| a.scope.data.from -= 1,
			|a| a.scope.data.until += 1,
			|a| a.scope.data = Interval::ALWAYS,
			|a| a.until += 1,
			|a| a.redisclose_depth = 2,
			|a| a.erase_after = None,
			|a| a.erase_after = Some(START + 60 * DAY + 1),
		];
		for (i, widen) in wider.iter().enumerate() {
			let mut more = asked;
			widen(&mut more);
			assert_eq!(approve(id, more), Err(Error::<Test>::NotASubset.into()), "{i}");
		}
		let mut less = asked;
		less.erase_after = Some(now() + DAY);
		less.scope.actions = ActionSet::of(&[Action::Read]);
		less.redisclose_depth = 0;
		less.scope.data = Interval::new(150, 160);
		assert_ok!(approve(id, less));
	});
}

#[test]
fn a_limit_on_uses_that_was_asked_for_cannot_be_left_out() {
	let asked = Access {
		scope: scope(),
		until: 10,
		max_uses: Some(3),
		redisclose_depth: 0,
		erase_after: None,
	};
	for (max_uses, within) in [(None, false), (Some(4), false), (Some(3), true), (Some(1), true)] {
		assert_eq!(Access { max_uses, ..asked }.is_within(&asked), within, "{max_uses:?}");
	}
}

#[test]
fn a_request_is_approved_within_seven_days_or_never() {
	build_and_execute(|| {
		let (late, timely) = (request(access()), request(access()));
		pass(7 * DAY - 1);
		assert_noop!(
			Consent::expire_request(RuntimeOrigin::signed(STRANGER), PATIENT, late),
			Error::<Test>::NotExpired
		);
		let access = Access { until: START + 30 * DAY, ..access() };
		assert_ok!(approve(timely, access));
		pass(1);
		assert_noop!(approve(late, access), Error::<Test>::RequestExpired);
		assert_ok!(Consent::expire_request(RuntimeOrigin::signed(STRANGER), PATIENT, late));
		assert_eq!(last_event(), Event::RequestExpired { patient: PATIENT, request: late });
		assert_eq!(held(CLINIC_ADMIN), deposit(), "one was returned, one is kept");
		assert_noop!(
			Consent::expire_request(RuntimeOrigin::signed(STRANGER), PATIENT, late),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn declining_returns_the_deposit_and_takes_any_live_key() {
	build_and_execute(|| {
		let id = request(access());
		assert_ok!(Consent::decline(RuntimeOrigin::signed(VIEWER), id));
		assert_eq!(
			last_event(),
			Event::RequestDeclined { patient: PATIENT, request: id, by: VIEWER }
		);
		assert_eq!(held(CLINIC_ADMIN), 0);
		assert_noop!(Consent::decline(RuntimeOrigin::signed(VIEWER), id), Error::<Test>::NotFound);
		assert_noop!(approve(id, access()), Error::<Test>::NotFound);
		// An expired one can be declined as well.
		let id = request(access());
		pass(7 * DAY);
		assert_ok!(Consent::decline(RuntimeOrigin::signed(VIEWER), id));
	});
}

#[test]
fn a_patient_answers_its_own_requests_alone() {
	build_and_execute(|| {
		let id = request(access());
		let other = || RuntimeOrigin::signed(OTHER_WALLET);
		assert_noop!(Consent::decline(other(), id), Error::<Test>::NotFound);
		assert_noop!(Consent::approve(other(), id, access()), Error::<Test>::NotFound);
	});
}

#[test]
fn only_who_acts_for_a_licensed_organisation_asks_for_it() {
	build_and_execute(|| {
		for by in [STRANGER, CLINICIAN, HOSPITAL_ADMIN, WALLET] {
			assert_noop!(
				asking(by, CLINIC, RequestFor::Organisation),
				Error::<Test>::NotAuthorised
			);
		}
		assert_noop!(asking(STRANGER, 77, RequestFor::Requester), Error::<Test>::NotAuthorised);
		assert_ok!(asking(CLINIC_ADMIN, CLINIC, RequestFor::Organisation));
		// The administrator as such is no practitioner.
		assert_noop!(
			asking(CLINIC_ADMIN, CLINIC, RequestFor::Requester),
			Error::<Test>::NotAuthorised
		);
		suspend(CLINIC);
		assert_noop!(
			asking(SPECIALIST, CLINIC, RequestFor::Organisation),
			Error::<Test>::NotLicensed
		);
		pass(1);
		reinstate(CLINIC);
		dismiss(CLINIC, SPECIALIST);
		assert_noop!(
			asking(SPECIALIST, CLINIC, RequestFor::Organisation),
			Error::<Test>::NotAuthorised
		);
	});
}

#[test]
fn a_patient_that_does_not_exist_or_is_no_more_is_not_asked() {
	build_and_execute(|| {
		let asking = |patient| {
			Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				patient,
				RequestFor::Organisation,
				access(),
				Commitment::zero(),
			)
		};
		assert_noop!(asking(PatientId::repeat_byte(99)), Error::<Test>::UnknownPatient);
		set_state(PATIENT, PatientState::DeceasedProvisional);
		assert_noop!(asking(PATIENT), Error::<Test>::WrongState);
	});
}

#[test]
fn one_organisation_asks_three_times_and_all_together_sixteen_times() {
	build_and_execute(|| {
		for _ in 0..MAX_REQUESTS_OF_ONE {
			assert_ok!(asking(SPECIALIST, CLINIC, RequestFor::Requester));
		}
		assert_noop!(
			asking(SPECIALIST, CLINIC, RequestFor::Requester),
			Error::<Test>::TooManyOfOne
		);
		for n in MAX_REQUESTS_OF_ONE..MAX_REQUESTS {
			let organisation = 1_000 + n / MAX_REQUESTS_OF_ONE;
			if n % MAX_REQUESTS_OF_ONE == 0 {
				add_organisation(organisation, HOSPITAL_ADMIN);
			}
			assert_ok!(asking(HOSPITAL_ADMIN, organisation, RequestFor::Organisation));
		}
		assert_noop!(
			asking(CLINICIAN, HOSPITAL, RequestFor::Requester),
			Error::<Test>::TooManyRequests
		);
		// Expired ones still count, but anyone may remove them.
		pass(7 * DAY);
		assert_noop!(
			asking(CLINICIAN, HOSPITAL, RequestFor::Requester),
			Error::<Test>::TooManyRequests
		);
		assert_ok!(Consent::expire_request(RuntimeOrigin::signed(CLINICIAN), PATIENT, 0));
		assert_ok!(asking(CLINICIAN, HOSPITAL, RequestFor::Requester));
	});
}

#[test]
fn without_a_deposit_there_is_no_request() {
	build_and_execute(|| {
		use frame_support::traits::fungible::Mutate;
		add_organisation(40, STRANGER);
		assert_ok!(Balances::mint_into(&STRANGER, deposit() / 2));
		assert_noop!(
			asking(STRANGER, 40, RequestFor::Organisation),
			sp_runtime::TokenError::FundsUnavailable
		);
	});
}

#[test]
fn an_approval_is_worth_nothing_while_the_organisation_has_no_licence() {
	build_and_execute(|| {
		let id = request(access());
		suspend(CLINIC);
		assert_ok!(approve(id, access()));
		assert_eq!(ask(CLINIC_SPECIALIST), Verdict::Deny(Reason::Credential));
	});
}

#[test]
fn an_organisation_asks_for_what_its_licences_are_for() {
	build_and_execute(|| {
		let ask_for = |purposes: &[Purpose]| {
			let scope = Scope { purposes: PurposeSet::of(purposes), ..scope() };
			Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				RequestFor::Organisation,
				access_to(scope),
				Commitment::repeat_byte(7),
			)
		};
		license(CLINIC, OrgKind::Payer);
		assert_ok!(ask_for(&[Purpose::Treat, Purpose::Hpaymt]));
		suspend(CLINIC);
		assert_noop!(ask_for(&[Purpose::Treat]), Error::<Test>::NotLicensed);
		assert_noop!(ask_for(&[Purpose::Treat, Purpose::Hpaymt]), Error::<Test>::NotLicensed);
		assert_ok!(ask_for(&[Purpose::Hpaymt]));
	});
}

#[test]
fn a_suspended_licence_ends_what_it_was_for_and_no_other_stands_in() {
	build_and_execute(|| {
		license(CLINIC, OrgKind::Payer);
		let purposes = PurposeSet::of(&[Purpose::Treat, Purpose::Hpaymt]);
		let both = access_to(Scope { purposes, ..scope() });
		assert_ok!(Consent::permit(
			RuntimeOrigin::signed(WALLET),
			Grantee::Organisation(CLINIC),
			both
		));
		let decide = |purpose, at| {
			let question = Question { purpose, at, ..question(CLINIC_SPECIALIST) };
			Consent::decide(&question).unwrap()
		};
		assert_eq!(decide(Purpose::Treat, None), permitted(0));
		pass(10);
		suspend(CLINIC);
		assert_eq!(decide(Purpose::Treat, None), Verdict::Deny(Reason::Credential));
		assert_eq!(decide(Purpose::Hpaymt, None), permitted(0));
		assert_eq!(decide(Purpose::Treat, Some(now() - 1)), permitted(0));
	});
}
