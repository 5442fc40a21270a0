//! The base decision: stricter at once and free, looser in two steps, and never in an answer about the time before.

use super::*;
use sp_runtime::DispatchResult;

use BaseDecision::{Deny, Permit, Unset};

const BY_BASE: Verdict = Verdict::Permit(Basis::Base);

fn set_by(who: u64, decision: BaseDecision) -> DispatchResult {
	Consent::set_base_decision(RuntimeOrigin::signed(who), decision)
}

/// The patient makes its base decision stricter.
fn set(decision: BaseDecision) {
	assert_ok!(set_by(VIEWER, decision));
}

fn ask_to_relax(decision: BaseDecision) -> DispatchResult {
	Consent::relax_base_decision(RuntimeOrigin::signed(WALLET), decision)
}

fn apply(decision: BaseDecision) -> DispatchResult {
	let target = LiftTarget::BaseDecision(decision);
	Consent::apply_lift(RuntimeOrigin::signed(STRANGER), PATIENT, target)
}

/// A day later the patient's base decision is looser.
fn relax(decision: BaseDecision) {
	assert_ok!(ask_to_relax(decision));
	pass(DAY);
	assert_ok!(apply(decision));
}

fn relations() {
	set_policy(CarePolicy::CareTeam);
	relate(HOSPITAL);
}

const LAWFUL: Verdict = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(0));

#[test]
fn a_deny_stops_the_care_team_in_its_own_block_and_no_permit() {
	build_and_execute(|| {
		relations();
		assert_eq!(ask(HOSPITAL_CLINICIAN), LAWFUL);
		pass(HOUR);
		set(Deny);
		let (patient, decision, by) = (PATIENT, Deny, VIEWER);
		assert_eq!(last_event(), Event::BaseDecisionSet { patient, decision, by });
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, now() - 1), LAWFUL);
		let id = permit(Grantee::Practitioner(CLINICIAN));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
	});
}

#[test]
fn a_deny_counts_for_those_who_write_records_and_a_permit_makes_nobody_one_who_treats() {
	use salus_primitives::traits::TreatmentRelation;
	build_and_execute(|| {
		let treats = |who| Consent::treats(&PATIENT, HOSPITAL, &who, DataClassSet::ALL);
		relations();
		assert!(treats(CLINICIAN));
		set(Deny);
		assert!(!treats(CLINICIAN));
		relax(Permit);
		assert!(treats(CLINICIAN), "by the relationship");
		// Whoever is licensed reads, and writes nothing that names the patient.
		assert_eq!(ask(CLINIC_SPECIALIST), BY_BASE);
		let elsewhere = || Consent::treats(&PATIENT, CLINIC, &SPECIALIST, DataClassSet::ALL);
		assert!(!elsewhere());
		permit(Grantee::Organisation(CLINIC));
		assert!(elsewhere());
	});
}

#[test]
fn a_permit_lets_whoever_is_licensed_read_what_has_no_label_unless_a_deny_or_a_veto_speaks() {
	build_and_execute(|| {
		relax(Permit);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_BASE);
		let labelled = Question {
			labels: LabelSet::of(&[SensitivityLabel::Hiv]),
			..question(CLINIC_SPECIALIST)
		};
		assert_eq!(Consent::decide(&labelled), Ok(BY_DEFAULT));
		let denial = deny(Grantee::Organisation(CLINIC));
		assert_eq!(ask(CLINIC_SPECIALIST), denied(denial));
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_BASE);
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(VIEWER), Purpose::Treat));
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Veto));
	});
}

#[test]
fn it_is_made_stricter_by_any_live_key_in_every_state_but_retired_and_never_looser() {
	build_and_execute(|| {
		for decision in [Unset, Permit] {
			assert_noop!(set_by(WALLET, decision), Error::<Test>::NotStricter);
		}
		for who in [STRANGER, CLINICIAN] {
			assert_noop!(set_by(who, Deny), Error::<Test>::NotAuthorised);
		}
		set_state(PATIENT, PatientState::Retired);
		assert_noop!(set_by(WALLET, Deny), Error::<Test>::WrongState);
		set_state(PATIENT, PatientState::Frozen);
		set(Deny);
		for decision in [Deny, Unset, Permit] {
			assert_noop!(set_by(WALLET, decision), Error::<Test>::NotStricter);
		}
		set_state(PATIENT, PatientState::Active);
		pass(1);
		relax(Permit);
		set(Unset);
		assert_noop!(set_by(WALLET, Permit), Error::<Test>::NotStricter);
		set(Deny);
	});
}

#[test]
fn looser_needs_a_key_for_consent_an_active_handle_and_a_day() {
	build_and_execute(|| {
		set(Deny);
		let viewer = Consent::relax_base_decision(RuntimeOrigin::signed(VIEWER), Unset);
		assert_eq!(viewer, Err(Error::<Test>::NotAuthorised.into()));
		assert_noop!(ask_to_relax(Deny), Error::<Test>::NotLooser);
		set_state(PATIENT, PatientState::Frozen);
		assert_noop!(ask_to_relax(Unset), Error::<Test>::WrongState);
		set_state(PATIENT, PatientState::Active);
		pass(1);
		relations();
		assert_ok!(ask_to_relax(Unset));
		assert_noop!(ask_to_relax(Unset), Error::<Test>::AlreadyPending);
		pass(DAY - 1);
		assert_noop!(apply(Unset), Error::<Test>::TooEarly);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		pass(1);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT, "nothing happens by itself");
		assert_ok!(apply(Unset));
		let target = LiftTarget::BaseDecision(Unset);
		assert_eq!(last_event(), Event::LiftApplied { patient: PATIENT, target, by: STRANGER });
		assert_eq!(ask(HOSPITAL_CLINICIAN), LAWFUL);
		assert_noop!(ask_to_relax(Unset), Error::<Test>::NotLooser);
		relax(Permit);
		assert_noop!(ask_to_relax(Permit), Error::<Test>::NotLooser);
	});
}

#[test]
fn any_other_key_calls_a_looser_one_off_and_a_freeze_stops_it() {
	build_and_execute(|| {
		let target = LiftTarget::BaseDecision(Permit);
		assert_ok!(ask_to_relax(Permit));
		assert_ok!(Consent::cancel_lift(RuntimeOrigin::signed(VIEWER), target));
		pass(DAY);
		assert_noop!(apply(Permit), Error::<Test>::NotFound);
		assert_ok!(ask_to_relax(Permit));
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		set_state(PATIENT, PatientState::Active);
		assert_noop!(apply(Permit), Error::<Test>::LiftStopped);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
	});
}

#[test]
fn a_stricter_one_calls_off_every_looser_one_that_waits_and_no_other_lift() {
	build_and_execute(|| {
		let denial = deny(Grantee::Any);
		assert_ok!(Consent::lift(RuntimeOrigin::signed(WALLET), denial));
		assert_ok!(ask_to_relax(Permit));
		set(Deny);
		let waiting: Vec<_> =
			Consent::pending_lifts(&PATIENT).iter().map(|lift| lift.target).collect();
		assert_eq!(waiting, [LiftTarget::Directive(denial)]);
		pass(DAY);
		assert_noop!(apply(Permit), Error::<Test>::NotFound);
		assert_eq!(Consent::base_decisions(&PATIENT).last().map(|term| term.decision), Some(Deny));
		// Without another lift, nothing is left.
		assert_ok!(Consent::cancel_lift(
			RuntimeOrigin::signed(VIEWER),
			LiftTarget::Directive(denial)
		));
		relax(Unset);
		assert_ok!(ask_to_relax(Permit));
		set(Deny);
		assert!(!PendingLifts::<Test>::contains_key(PATIENT));
	});
}

fn waiting() -> Vec<BaseDecision> {
	let waiting = Consent::pending_lifts(&PATIENT).into_iter();
	waiting
		.filter_map(|lift| match lift.target {
			LiftTarget::BaseDecision(decision) => Some(decision),
			_ => None,
		})
		.collect()
}

/// Whoever asks for another one does not want the first any more.
#[test]
fn another_looser_one_takes_the_place_of_the_one_that_waits() {
	build_and_execute(|| {
		let denial = deny(Grantee::Any);
		assert_ok!(Consent::lift(RuntimeOrigin::signed(WALLET), denial));
		set(Deny);
		assert_ok!(ask_to_relax(Permit));
		pass(HOUR);
		assert_ok!(ask_to_relax(Unset));
		let (patient, by) = (PATIENT, WALLET);
		let target = LiftTarget::BaseDecision(Permit);
		System::assert_has_event(Event::<Test>::LiftCancelled { patient, target, by }.into());
		assert_eq!(waiting(), [Unset]);
		assert_eq!(Consent::pending_lifts(&PATIENT).len(), 2, "other lifts wait on");
		pass(DAY - HOUR);
		assert_noop!(apply(Permit), Error::<Test>::NotFound);
		assert_noop!(apply(Unset), Error::<Test>::TooEarly);
		pass(HOUR);
		assert_ok!(apply(Unset));
		assert_eq!(Consent::base_decisions(&PATIENT).last().map(|term| term.decision), Some(Unset));
	});
}

#[test]
fn another_looser_one_finds_room_where_every_place_for_lifts_is_taken() {
	build_and_execute(|| {
		set(Deny);
		assert_ok!(ask_to_relax(Permit));
		PendingLifts::<Test>::mutate(PATIENT, |pending| {
			let other = pending[0];
			let mut organisation = 1_000;
			while pending
				.try_push(PendingLift { target: LiftTarget::Requester(organisation), ..other })
				.is_ok()
			{
				organisation += 1;
			}
		});
		assert_ok!(ask_to_relax(Unset));
		assert_eq!(waiting(), [Unset]);
		assert_eq!(PendingLifts::<Test>::get(PATIENT).len() as u32, MAX_PENDING);
	});
}

/// "It is strict already" would read "you are safe", and the next day anybody applies what waits.
#[test]
fn saying_deny_again_calls_off_what_waits_is_free_once_and_writes_no_term() {
	use frame_support::dispatch::CheckIfFeeless;
	build_and_execute(|| {
		let call = || RuntimeCall::Consent(Call::set_base_decision { decision: Deny });
		let free = || call().is_feeless(&RuntimeOrigin::signed(VIEWER));
		set(Deny);
		pass(HOUR);
		assert!(!free());
		for asked in [Unset, Permit] {
			assert_ok!(ask_to_relax(asked));
			pass(HOUR);
			assert!(free());
			let before = Consent::base_decisions(&PATIENT);
			set(Deny);
			let (patient, target, by) = (PATIENT, LiftTarget::BaseDecision(asked), VIEWER);
			assert_eq!(last_event(), Event::LiftCancelled { patient, target, by });
			assert_eq!(Consent::base_decisions(&PATIENT), before);
			assert!(!free());
			assert_noop!(set_by(VIEWER, Deny), Error::<Test>::NotStricter);
			assert!(!PendingLifts::<Test>::contains_key(PATIENT));
			pass(DAY);
			assert_noop!(apply(asked), Error::<Test>::NotFound);
		}
	});
}

#[test]
fn what_is_stricter_than_what_waits_alone_calls_that_off_and_changes_nothing_else() {
	build_and_execute(|| {
		set(Deny);
		assert_ok!(ask_to_relax(Permit));
		// Not even Unset is to be undone.
		set(Unset);
		assert!(waiting().is_empty());
		assert_eq!(Consent::base_decisions(&PATIENT).last().map(|term| term.decision), Some(Deny));
		// What is as loose as what waits is not stricter.
		assert_ok!(ask_to_relax(Unset));
		for decision in [Unset, Permit] {
			assert_noop!(set_by(VIEWER, decision), Error::<Test>::NotStricter);
		}
		assert_eq!(waiting(), [Unset]);
	});
}

/// The calls let one wait at most; a state from elsewhere does not matter.
#[test]
fn of_two_that_wait_only_the_one_that_is_applied_ever_holds() {
	build_and_execute(|| {
		set(Deny);
		assert_ok!(ask_to_relax(Unset));
		PendingLifts::<Test>::mutate(PATIENT, |pending| {
			let target = LiftTarget::BaseDecision(Permit);
			pending.try_push(PendingLift { target, ..pending[0] }).unwrap();
		});
		pass(DAY);
		assert_ok!(apply(Unset));
		assert!(!PendingLifts::<Test>::contains_key(PATIENT));
		assert_noop!(apply(Permit), Error::<Test>::NotFound);
	});
}

#[test]
fn answers_for_moments_before_a_change_stay_as_they_were() {
	build_and_execute(|| {
		relations();
		let changes: [fn(); 6] = [
			|| set(Deny),
			|| relax(Unset),
			|| relax(Permit),
			|| set(Unset),
			|| set(Deny),
			|| relax(Permit),
		];
		let actors = [HOSPITAL_CLINICIAN, CLINIC_SPECIALIST];
		let mut told = vec![];
		for change in changes {
			pass(10);
			for actor in actors {
				told.push((now() - 1, actor, ask_at(actor, now() - 1)));
			}
			change();
			for (at, actor, answer) in &told {
				assert_eq!(ask_at(*actor, *at), *answer, "{actor:?} at {}", at - START);
			}
		}
		let of = |actor: usize| -> Vec<Verdict> {
			told.iter().skip(actor).step_by(2).map(|(_, _, answer)| *answer).collect()
		};
		assert_eq!(of(0), [LAWFUL, BY_DEFAULT, LAWFUL, LAWFUL, LAWFUL, BY_DEFAULT]);
		assert_eq!(of(1), [BY_DEFAULT, BY_DEFAULT, BY_DEFAULT, BY_BASE, BY_DEFAULT, BY_DEFAULT]);
		let decisions: Vec<_> =
			Consent::base_decisions(&PATIENT).iter().map(|term| term.decision).collect();
		assert_eq!(decisions, [Deny, Unset, Permit, Unset, Deny, Permit]);
	});
}

/// How many places are left for base decisions.
fn left() -> u32 {
	MAX_BASE - BaseDecisions::<Test>::get(PATIENT).len() as u32
}

/// To Permit and back to Deny, two places a turn, until no more than `places` are left.
fn turn_until_left(places: u32) {
	while left() > places {
		relax(Permit);
		set(Deny);
	}
	assert_eq!(left(), places);
}

/// However often it was relaxed, it can be made as strict as possible; what ends is the relaxing.
#[test]
fn there_is_always_room_for_a_stricter_one() {
	build_and_execute(|| {
		turn_until_left(2);
		assert_noop!(ask_to_relax(Permit), Error::<Test>::BaseHistoryFull);
		relax(Unset);
		assert_noop!(ask_to_relax(Permit), Error::<Test>::BaseHistoryFull);
		set(Deny);
		assert_eq!(left(), 0);
		assert_noop!(ask_to_relax(Unset), Error::<Test>::BaseHistoryFull);
	});
	build_and_execute(|| {
		set(Deny);
		turn_until_left(3);
		relax(Permit);
		set(Unset);
		set(Deny);
		assert_eq!(left(), 0);
	});
	build_and_execute(|| {
		set(Deny);
		turn_until_left(1);
		for decision in [Unset, Permit] {
			assert_noop!(ask_to_relax(decision), Error::<Test>::BaseHistoryFull);
		}
	});
}

#[test]
fn a_looser_one_that_finds_no_room_any_more_is_refused_when_it_is_applied() {
	build_and_execute(|| {
		set(Deny);
		turn_until_left(5);
		relax(Unset);
		assert_ok!(ask_to_relax(Permit));
		// As if others had been made meanwhile: the calls themselves call off what waits.
		BaseDecisions::<Test>::mutate(PATIENT, |terms| {
			for decision in [Deny, Unset] {
				terms.try_push(BaseTerm { from: now(), decision }).unwrap();
			}
		});
		pass(DAY);
		assert_noop!(apply(Permit), Error::<Test>::BaseHistoryFull);
	});
}

#[test]
fn another_patients_base_decision_is_its_own_and_own_access_asks_none() {
	build_and_execute(|| {
		set(Deny);
		assert!(Consent::base_decisions(&OTHER_PATIENT).is_empty());
		assert_eq!(ask(Actor::Own(WALLET)), Verdict::Permit(Basis::Own));
		assert_noop!(
			Consent::apply_lift(
				RuntimeOrigin::signed(STRANGER),
				OTHER_PATIENT,
				LiftTarget::BaseDecision(Permit)
			),
			Error::<Test>::NotFound
		);
	});
}
