//! Many questions together: what they are about is read once, and each is answered as if it were asked alone.

use super::*;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use salus_primitives::traits::Credentials;
use std::{
	cell::RefCell,
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};

#[test]
fn what_several_questions_are_about_is_read_once() {
	build_and_execute(|| {
		permit(Grantee::Organisation(HOSPITAL));
		seal(Effect::Deny, Commitment::repeat_byte(1), Moment::MAX);
		pass(1);
		let asked = || (asked_for_sealed(), asked_for_flags());
		let (sealed, flags) = asked();
		let one = question(HOSPITAL_CLINICIAN);
		let earlier = Question { at: Some(START), ..one.clone() };
		let export = Question { action: Action::Export, ..one.clone() };
		let of_another = question(CLINIC_SPECIALIST);
		let questions = vec![one.clone(), earlier.clone(), export, of_another, one, earlier];
		Consent::decide_many(questions).unwrap();
		// Of two moments, and about two actors now and one before.
		assert_eq!(asked(), (sealed + 2, flags + 3));
	});
}

#[test]
fn one_question_without_an_answer_does_not_spoil_the_others() {
	new_test_ext().execute_with(|| {
		for _ in 0..PAGE + 1 {
			let id = permit(Grantee::Organisation(HOSPITAL));
			pass(1);
			revoke(id);
		}
		History::<Test>::remove(PATIENT, 0);
		let now = question(HOSPITAL_CLINICIAN);
		let lost = Question { at: Some(START), ..now.clone() };
		let own = Question { actor: Actor::Own(WALLET), ..lost.clone() };
		let nobody = Question { subject: PatientId::repeat_byte(99), ..now.clone() };
		let other = Question { subject: OTHER_PATIENT, ..now.clone() };
		let late = Question { at: Some(self::now() + 1), ..now.clone() };
		let questions = vec![lost.clone(), now, own, nobody, lost, other, late];
		let alone: Vec<_> = questions.iter().map(Consent::decide).collect();
		let (unavailable, future) =
			(Err(QuestionError::HistoryUnavailable), Err(QuestionError::FutureMoment));
		let own = Ok(Verdict::Permit(Basis::Own));
		let unknown = Err(QuestionError::UnknownPatient);
		let expected =
			[unavailable, Ok(BY_DEFAULT), own, unknown, unavailable, Ok(BY_DEFAULT), future];
		assert_eq!(alone, expected);
		assert_eq!(Consent::decide_many(questions), Ok(alone));
	});
}

const PATIENTS: [(PatientId, u64); 2] = [(PATIENT, WALLET), (OTHER_PATIENT, OTHER_WALLET)];
const ORGANISATIONS: [OrgId; 3] = [HOSPITAL, CLINIC, HIV_CLINIC];
const STAFF: [(u64, OrgId); 4] =
	[(CLINICIAN, HOSPITAL), (SPECIALIST, CLINIC), (SPECIALIST, HOSPITAL), (NURSE, HOSPITAL)];

/// The world moves on. What is refused does nothing.
fn happen(what: u8, which: usize) {
	let (patient, wallet) = PATIENTS[which % 2];
	let signed = || RuntimeOrigin::signed(wallet);
	let org = ORGANISATIONS[which % 3];
	let (who, employer) = STAFF[which % 4];
	let grantee = match which % 5 {
		0 => Grantee::Any,
		1 => Grantee::Practitioner(who),
		2 => Grantee::PractitionerAt(who, employer),
		3 => Grantee::RoleAt(HOSPITAL, Role::Clinician),
		_ => Grantee::Organisation(org),
	};
	// What lasts is rare, or nothing else would ever be answered.
	let rare = which.is_multiple_of(16);
	match what % 20 {
		0..=2 => drop(Consent::permit(signed(), grantee, access())),
		3 => drop(Consent::deny(signed(), grantee, scope(), now() + DAY)),
		4 | 5 => {
			let last = next_id(patient).saturating_sub(1 + which as u32 % 3);
			let _ = Consent::revoke(signed(), last);
		},
		6 if rare => drop(Consent::veto_purpose(signed(), Purpose::Hpaymt)),
		7 if rare => drop(Consent::set_base_decision(signed(), BaseDecision::Deny)),
		8 => seal(
			if which.is_multiple_of(2) { Effect::Deny } else { Effect::Permit },
			Commitment::repeat_byte(which as u8),
			now() + DAY,
		),
		9 => match Register::is_flagged(CLINIC) {
			true => unflag(CLINIC),
			false => flag(CLINIC),
		},
		10 => relate(org),
		11 if rare => opt_out(Towards::Organisation(org)),
		12 => break_glass(who, employer),
		13 => set_policy(match which % 2 {
			0 => CarePolicy::CareTeam,
			_ => CarePolicy::ConsentOnly,
		}),
		14 => hire(employer, who, Role::Clinician),
		15 => dismiss(employer, who),
		16 => suspend(org),
		17 => reinstate(org),
		_ => pass(which as Moment % 40_000),
	}
}

/// About whom, by whom, why, what, and when.
fn asked(of: [u8; 6]) -> Question<u64> {
	let [patient, actor, purpose, class, labels, at] = of.map(usize::from);
	let (who, organisation) = STAFF[actor % 4];
	let lived = now() - START;
	Question {
		subject: [PATIENT, PATIENT, OTHER_PATIENT, PatientId::repeat_byte(99)][patient % 4],
		actor: match actor % 3 {
			0 => Actor::Organisation(ORGANISATIONS[actor / 3 % 3]),
			1 => Actor::Own(WALLET),
			_ => Actor::Practitioner { who, organisation },
		},
		purpose: [Purpose::Treat, Purpose::Treat, Purpose::Btg, Purpose::Hpaymt][purpose % 4],
		action: [Action::Read, Action::Read, Action::Export][class % 3],
		class: [DataClass::Laboratory, DataClass::Medications][class % 2],
		labels: match labels % 5 {
			0 => LabelSet::of(&[SensitivityLabel::ALL[0]]),
			_ => LabelSet::EMPTY,
		},
		data_time: None,
		at: match at % 8 {
			0..=2 => None,
			3 => Some(now()),
			4 => Some(now() + 1),
			5 => Some(START - 1),
			_ => Some(START + lived * at as Moment / 255),
		},
	}
}

#[test]
fn whatever_happened_many_questions_are_answered_as_each_of_them_is() {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	let mut runner = TestRunner::new_with_rng(
		Config { cases: 256, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	);
	let seen = RefCell::new(BTreeMap::<String, u32>::new());
	let history = (vec((any::<u8>(), any::<usize>()), 120), vec(any::<[u8; 6]>(), 256));
	runner
		.run(&history, |(steps, questions)| {
			new_test_ext().execute_with(|| {
				for (what, which) in steps {
					happen(what, which);
				}
				// In half of the histories there is an emergency just now: else hardly any question is about one.
				if questions.first().is_some_and(|of| of[0].is_multiple_of(2)) {
					STAFF.into_iter().for_each(|(who, employer)| break_glass(who, employer));
				}
				let questions: Vec<_> = questions.into_iter().map(asked).collect();
				let alone: Vec<_> = questions.iter().map(Consent::decide).collect();
				for answer in &alone {
					let kind = format!("{answer:?}").replace(|c: char| c.is_ascii_digit(), "");
					*seen.borrow_mut().entry(kind).or_default() += 1;
				}
				assert_eq!(Consent::decide_many(questions), Ok(alone));
			});
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let seen = seen.into_inner();
	println!("{seen:#?}");
	for kind in [
		"Err(FutureMoment)",
		"Err(UnknownPatient)",
		"Ok(Permit(Own))",
		"Ok(Permit(Directive()))",
		"Ok(LawfulBasis(TreatmentRelationship()))",
		"Ok(Emergency())",
		"Ok(Deny(Default))",
		"Ok(Deny(Directive()))",
		"Ok(Deny(Credential))",
		"Ok(Deny(Veto))",
	] {
		assert!(seen.get(kind).is_some_and(|times| *times >= 20), "{kind}: {seen:#?}");
	}
}
