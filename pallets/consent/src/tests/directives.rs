//! Permits and denials: made, weighed, ended.

use super::*;

#[test]
fn without_a_directive_nobody_may() {
	build_and_execute(|| {
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		assert_eq!(ask(Actor::Organisation(HOSPITAL)), BY_DEFAULT);
	});
}

#[test]
fn a_permit_works_at_once_for_whom_it_names_and_for_what_it_says() {
	build_and_execute(|| {
		let id = permit(Grantee::RoleAt(HOSPITAL, Role::Clinician));
		assert_eq!(
			last_event(),
			Event::PermitGranted {
				patient: PATIENT,
				directive: id,
				basis: DirectiveBasis::SelfMade,
				by: WALLET
			}
		);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		let nurse = Actor::Practitioner { who: NURSE, organisation: HOSPITAL };
		for other in [nurse, CLINIC_SPECIALIST, Actor::Organisation(HOSPITAL)] {
			assert_eq!(ask(other), BY_DEFAULT, "{other:?}");
		}
		let asked = question(HOSPITAL_CLINICIAN);
		for other in [
			Question { purpose: Purpose::Hpaymt, ..asked.clone() },
			Question { purpose: Purpose::Etreat, ..asked.clone() },
			Question { action: Action::Amend, ..asked.clone() },
			Question { class: DataClass::Imaging, ..asked.clone() },
			Question { labels: LabelSet::of(&[SensitivityLabel::Psy]), ..asked.clone() },
			Question { subject: OTHER_PATIENT, ..asked.clone() },
		] {
			assert_eq!(Consent::decide(&other), Ok(BY_DEFAULT), "{other:?}");
		}
	});
}

#[test]
fn what_was_permitted_is_stored_as_it_was_said() {
	build_and_execute(|| {
		let mut access = access_to(Scope {
			actions: ActionSet::of(&[Action::Read, Action::Redisclose]),
			data: Interval::new(5, now()),
			..scope()
		});
		access.redisclose_depth = 2;
		access.erase_after = Some(now() + 60 * DAY);
		let grantee = Grantee::Practitioner(SPECIALIST);
		assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, access));
		assert_eq!(
			Consent::directives(&PATIENT),
			vec![(
				0,
				Directive {
					effect: Effect::Permit,
					grantee,
					scope: access.scope,
					period: Interval::new(START, START + 30 * DAY),
					max_uses: None,
					redisclose_depth: 2,
					erase_after: Some(START + 60 * DAY),
					granted_by: GrantedBy::Key,
					basis: DirectiveBasis::SelfMade,
					ended: None,
				}
			)]
		);
		// Data of unknown age is not within an interval.
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		let dated = Question { data_time: Some(5), ..question(CLINIC_SPECIALIST) };
		assert_eq!(Consent::decide(&dated), Ok(permitted(0)));
	});
}

#[test]
fn a_deny_needs_no_key_for_consent_and_works_at_once() {
	build_and_execute(|| {
		let permit = permit(Grantee::Organisation(HOSPITAL));
		let deny = deny(Grantee::RoleAt(HOSPITAL, Role::Nurse));
		assert_eq!(
			last_event(),
			Event::DenialMade { patient: PATIENT, directive: deny, by: VIEWER }
		);
		let nurse = Actor::Practitioner { who: NURSE, organisation: HOSPITAL };
		assert_eq!(ask(nurse), denied(deny));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(permit));
	});
}

#[test]
fn expiry_needs_no_transaction() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		set_now(START + 30 * DAY - 1);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		set_now(START + 30 * DAY);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, START + 30 * DAY - 1), permitted(id));
	});
}

#[test]
fn a_revocation_works_in_its_own_block_with_any_live_key() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		pass(HOUR);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		assert_ok!(Consent::revoke(RuntimeOrigin::signed(VIEWER), id));
		assert_eq!(
			last_event(),
			Event::DirectiveRevoked { patient: PATIENT, directive: id, by: VIEWER }
		);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, now()), BY_DEFAULT);
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, now() - 1), permitted(id));
	});
}

#[test]
fn what_is_made_and_revoked_in_one_block_was_never_in_force() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		revoke(id);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		pass(1);
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, START), BY_DEFAULT);
	});
}

#[test]
fn a_second_revocation_is_an_error_whether_swept_or_not() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		revoke(id);
		assert_noop!(
			Consent::revoke(RuntimeOrigin::signed(WALLET), id),
			Error::<Test>::AlreadyEnded
		);
		// The next write moves it to the history.
		permit(Grantee::Organisation(CLINIC));
		assert_eq!(Consent::history(&PATIENT, 0).unwrap().len(), 1);
		assert_noop!(
			Consent::revoke(RuntimeOrigin::signed(WALLET), id),
			Error::<Test>::AlreadyEnded
		);
	});
}

#[test]
fn an_expired_permit_cannot_be_revoked() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		pass(30 * DAY);
		assert_noop!(
			Consent::revoke(RuntimeOrigin::signed(WALLET), id),
			Error::<Test>::AlreadyEnded
		);
	});
}

#[test]
fn a_deny_is_not_revoked_and_what_is_not_there_is_not_found() {
	build_and_execute(|| {
		let id = deny(Grantee::Any);
		assert_noop!(Consent::revoke(RuntimeOrigin::signed(WALLET), id), Error::<Test>::NotAPermit);
		assert_noop!(
			Consent::revoke(RuntimeOrigin::signed(WALLET), id + 1),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn a_key_reaches_its_own_patients_directives_alone() {
	build_and_execute(|| {
		permit(Grantee::Any);
		assert_noop!(
			Consent::revoke(RuntimeOrigin::signed(OTHER_WALLET), 0),
			Error::<Test>::NotFound
		);
	});
}

/// Two grants of one scope are two directives, and each is revoked by itself. Nothing is hidden:
/// the answer names the one that still permits, and `directives` lists it.
#[test]
fn two_grants_of_one_scope_take_two_revocations() {
	build_and_execute(|| {
		let first = permit(Grantee::Organisation(HOSPITAL));
		let second = permit(Grantee::Organisation(HOSPITAL));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(first));
		revoke(first);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(second));
		let open: Vec<_> = Consent::directives(&PATIENT)
			.into_iter()
			.filter(|(_, directive)| directive.in_force(now()))
			.map(|(id, _)| id)
			.collect();
		assert_eq!(open, vec![second]);
		revoke(second);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
	});
}

/// A grant carries no number: the same call again is a new grant, with a new number and a new
/// beginning. Transactions are not replayed, as the chain counts each account's.
#[test]
fn a_grant_repeated_after_a_revocation_reopens_nothing() {
	build_and_execute(|| {
		let grantee = Grantee::Organisation(HOSPITAL);
		let same = access();
		assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, same));
		pass(HOUR);
		revoke(0);
		let revoked = now();
		let ended = Consent::directives(&PATIENT)[0].clone();
		pass(HOUR);
		assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, same));
		assert_eq!(Consent::history(&PATIENT, 0).unwrap(), vec![ended]);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(1));
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, revoked), BY_DEFAULT);
	});
}

#[test]
fn a_suspended_licence_turns_permit_into_deny_at_that_second_and_back() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		pass(HOUR);
		let suspended = now();
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		suspend(HOSPITAL);
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Credential));
		assert_eq!(ask(Actor::Organisation(HOSPITAL)), Verdict::Deny(Reason::Credential));
		pass(HOUR);
		reinstate(HOSPITAL);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		for (at, verdict) in [
			(suspended - 1, permitted(id)),
			(suspended, Verdict::Deny(Reason::Credential)),
			(suspended + HOUR - 1, Verdict::Deny(Reason::Credential)),
			(suspended + HOUR, permitted(id)),
		] {
			assert_eq!(ask_at(HOSPITAL_CLINICIAN, at), verdict, "{at}");
		}
	});
}

#[test]
fn who_leaves_loses_access_and_who_was_never_there_has_none() {
	build_and_execute(|| {
		let id = permit(Grantee::Practitioner(CLINICIAN));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		let elsewhere = Actor::Practitioner { who: CLINICIAN, organisation: CLINIC };
		assert_eq!(ask(elsewhere), Verdict::Deny(Reason::Credential));
		pass(1);
		dismiss(HOSPITAL, CLINICIAN);
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Credential));
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, START), permitted(id));
		// A Permit for a person follows the person.
		hire(CLINIC, CLINICIAN, Role::Nurse);
		assert_eq!(ask(elsewhere), permitted(id));
	});
}

#[test]
fn the_patients_own_keys_always_have_access_and_dead_ones_never() {
	build_and_execute(|| {
		deny(Grantee::Any);
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Treat));
		for key in [WALLET, VIEWER] {
			assert_eq!(ask(Actor::Own(key)), Verdict::Permit(Basis::Own));
		}
		for key in [OTHER_WALLET, STRANGER, CLINICIAN] {
			assert_eq!(ask(Actor::Own(key)), Verdict::Deny(Reason::Credential));
		}
		pass(1);
		end_key(VIEWER);
		assert_eq!(ask(Actor::Own(VIEWER)), Verdict::Deny(Reason::Credential));
		assert_eq!(ask_at(Actor::Own(VIEWER), START), Verdict::Permit(Basis::Own));
		set_state(PATIENT, PatientState::Frozen);
		assert_eq!(ask(Actor::Own(WALLET)), Verdict::Permit(Basis::Own));
	});
}

#[test]
fn the_state_of_the_handle_stops_purposes_and_lets_them_go_on_again() {
	build_and_execute(|| {
		let both = scope_for(&[Purpose::Treat, Purpose::Hpaymt, Purpose::Hresch]);
		let grantee = Grantee::Organisation(HOSPITAL);
		assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, access_to(both)));
		let answers = || {
			[Purpose::Treat, Purpose::Hpaymt, Purpose::Hresch].map(|purpose| {
				Consent::decide(&Question { purpose, ..question(HOSPITAL_CLINICIAN) })
					.unwrap()
					.is_permit()
			})
		};
		for (state, expected) in [
			(PatientState::Frozen, [true, false, false]),
			(PatientState::Recovering, [true, false, false]),
			(PatientState::Contested, [true, false, false]),
			(PatientState::DeceasedProvisional, [true, true, false]),
			(PatientState::Active, [true, true, true]),
			(PatientState::DeceasedFinal, [false, true, false]),
			(PatientState::Retired, [false, false, false]),
		] {
			pass(1);
			set_state(PATIENT, state);
			assert_eq!(answers(), expected, "{state:?}");
		}
		// And each of those answers stays what it was.
		let frozen = Question { purpose: Purpose::Hpaymt, ..question(HOSPITAL_CLINICIAN) };
		for (after, verdict) in
			[(0, permitted(0)), (1, Verdict::Deny(Reason::State)), (4, permitted(0))]
		{
			let asked = Question { at: Some(START + after), ..frozen.clone() };
			assert_eq!(Consent::decide(&asked), Ok(verdict), "{after}");
		}
	});
}

#[test]
fn tightening_works_in_every_state_but_retired_and_loosening_in_active_alone() {
	use PatientState::*;
	for state in
		[Active, Frozen, Recovering, Contested, DeceasedProvisional, DeceasedFinal, Retired]
	{
		build_and_execute(|| {
			let permit = permit(Grantee::Any);
			let deny = deny(Grantee::Any);
			let request = request(access());
			assert_ok!(Consent::lift(RuntimeOrigin::signed(WALLET), deny));
			pass(1);
			if state != Active {
				set_state(PATIENT, state);
			}
			let wallet = || RuntimeOrigin::signed(WALLET);
			let viewer = || RuntimeOrigin::signed(VIEWER);
			let tightening: [Box<dyn Fn() -> sp_runtime::DispatchResult>; 6] = [
				Box::new(|| plain(Consent::revoke(viewer(), permit))),
				Box::new(|| plain(Consent::deny(viewer(), Grantee::Any, scope(), Moment::MAX))),
				Box::new(|| Consent::veto_purpose(viewer(), Purpose::Hresch)),
				Box::new(|| Consent::decline(viewer(), request)),
				Box::new(|| Consent::cancel_lift(viewer(), LiftTarget::Directive(deny))),
				Box::new(|| Consent::block_requester(viewer(), HOSPITAL)),
			];
			for (i, call) in tightening.iter().enumerate() {
				if state == Retired {
					assert_noop!(call(), Error::<Test>::WrongState);
				} else {
					assert!(call().is_ok(), "{state:?}: call {i}");
				}
			}
			// After those calls there is something to loosen in every state but Retired.
			let another = OpenRequests::<Test>::get(PATIENT).next;
			let may_ask = matches!(state, Active | Frozen | Recovering | Contested);
			let asked = Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				RequestFor::Organisation,
				access(),
				Commitment::zero(),
			);
			assert_eq!(asked.is_ok(), may_ask, "{state:?}");
			let loosening: [Box<dyn Fn() -> sp_runtime::DispatchResult>; 5] = [
				Box::new(|| plain(Consent::permit(wallet(), Grantee::Any, access()))),
				Box::new(|| plain(Consent::approve(wallet(), another, access()))),
				Box::new(|| Consent::lift(wallet(), deny)),
				Box::new(|| Consent::lift_veto(wallet(), Purpose::Hresch)),
				Box::new(|| Consent::unblock_requester(wallet(), HOSPITAL)),
			];
			for (i, call) in loosening.iter().enumerate() {
				if state == Active {
					assert!(call().is_ok(), "{state:?}: call {i}");
				} else {
					assert_noop!(call(), Error::<Test>::WrongState);
				}
			}
		});
	}
}

#[test]
fn a_key_without_consent_loosens_nothing_and_a_dead_key_does_nothing() {
	build_and_execute(|| {
		let deny = deny(Grantee::Any);
		let request = request(access());
		let viewer = || RuntimeOrigin::signed(VIEWER);
		let refused = Error::<Test>::NotAuthorised;
		assert_noop!(Consent::permit(viewer(), Grantee::Any, access()), refused);
		assert_noop!(Consent::approve(viewer(), request, access()), Error::<Test>::NotAuthorised);
		assert_noop!(Consent::lift(viewer(), deny), Error::<Test>::NotAuthorised);
		end_key(WALLET);
		assert_noop!(
			Consent::permit(RuntimeOrigin::signed(WALLET), Grantee::Any, access()),
			Error::<Test>::NotAuthorised
		);
		assert_noop!(
			Consent::decline(RuntimeOrigin::signed(WALLET), request),
			Error::<Test>::NotAuthorised
		);
	});
}

#[test]
fn a_key_of_no_handle_is_told_so() {
	build_and_execute(|| {
		add_key(50, PatientId::repeat_byte(50), KeyPurposeSet::ALL);
		let permit = Consent::permit(RuntimeOrigin::signed(50), Grantee::Any, access());
		assert_noop!(permit, Error::<Test>::UnknownPatient);
		assert_noop!(Consent::revoke(RuntimeOrigin::signed(50), 0), Error::<Test>::UnknownPatient);
	});
}
