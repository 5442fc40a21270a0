//! The credit of an organisation and of a person: beyond it nothing is refused, but all of it is told.

use super::*;

fn over_credit(id: EmergencyId) -> bool {
	Emergencies::<Test>::get(id).unwrap().over_credit
}

/// `count` emergencies of as many clinicians of the hospital, reviewed as justified.
fn many(first: u64, count: u64) {
	for who in first..first + count {
		hire(HOSPITAL, who, Role::Clinician);
		let id = NextEmergency::<Test>::get();
		assert_ok!(break_glass(who, HOSPITAL));
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
	}
}

#[test]
fn beyond_the_credit_of_the_organisation_it_succeeds_costs_double_and_is_told() {
	build_and_execute(|| {
		many(1_000, 20);
		let within = Glass::standing(HOSPITAL);
		assert_eq!((within.credit, within.left, within.counts.over_credit), (20, 0, 0));
		assert_eq!(held(HOSPITAL_ADMIN), 20 * deposit(1));
		let id = broken();
		assert!(over_credit(id));
		assert_eq!(open_at(now()), [id]);
		assert_eq!(
			events().pop(),
			Some(Event::OverCredit { emergency: id, organisation: HOSPITAL })
		);
		assert_eq!(held(HOSPITAL_ADMIN), 20 * deposit(1) + deposit(2));
		assert_eq!(counts().over_credit, 1);
		// Another organisation has its own.
		assert_ok!(break_glass(SPECIALIST, CLINIC));
		assert!(!over_credit(id + 1));
	});
}

#[test]
fn credit_that_was_used_comes_back() {
	build_and_execute(|| {
		many(1_000, 20);
		pass(3 * DAY);
		assert_eq!(Glass::standing(HOSPITAL).left, 2);
		pass(27 * DAY);
		assert_eq!(Glass::standing(HOSPITAL).left, 20);
		assert!(!over_credit(broken()));
	});
}

/// What was wrong with whole emergencies: at each use the part of one that had come back was lost.
#[test]
fn a_rhythm_below_the_rate_is_never_beyond_credit() {
	build_and_execute(|| {
		// 20 in 30 days are one in 36 hours; in this rhythm, one in 40.
		for n in 0..180u64 {
			let who = 1_000 + n;
			hire(HOSPITAL, who, Role::Clinician);
			let id = NextEmergency::<Test>::get();
			assert_ok!(break_glass(who, HOSPITAL));
			assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
			assert!(!over_credit(id), "the {n}th");
			assert!(Glass::standing(HOSPITAL).left >= 18, "after the {n}th");
			pass(if n % 2 == 0 { 22 * HOUR } else { 58 * HOUR });
		}
	});
}

#[test]
fn a_persons_rhythm_below_the_rate_is_never_beyond_credit() {
	build_and_execute(|| {
		// Three in four hours are one in 80 minutes; in this rhythm, one in 85.
		for n in 0..60u64 {
			let id = NextEmergency::<Test>::get();
			let classes = DataClassSet::of(&[DataClass::ALL[n as usize % DataClass::ALL.len()]]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, classes));
			assert!(!Emergencies::<Test>::get(id).unwrap().beyond_person, "the {n}th");
			pass(if n % 2 == 0 { 30 * MINUTE } else { 140 * MINUTE });
		}
	});
}

#[test]
fn what_goes_beyond_credit_is_remembered_up_to_as_much_again() {
	build_and_execute(|| {
		many(1_000, 60);
		assert_eq!(Glass::standing(HOSPITAL).left, 0);
		// It comes back at the ordinary rate: nothing is left after the ordinary time, and all after twice as much.
		pass(30 * DAY);
		assert_eq!(Glass::standing(HOSPITAL).left, 0);
		pass(3 * DAY);
		assert_eq!(Glass::standing(HOSPITAL).left, 2);
		pass(27 * DAY);
		assert_eq!(Glass::standing(HOSPITAL).left, 20);
	});
}

#[test]
fn what_is_beyond_the_credit_of_a_person_is_that_persons_alone() {
	build_and_execute(|| {
		for class in DataClass::ALL {
			let class = DataClassSet::of(&[*class]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, class));
		}
		// Colleagues have what they had, and the administrator's tokens are there.
		assert_eq!(Glass::standing(HOSPITAL).left, 17);
		assert_eq!(held(HOSPITAL_ADMIN), 3 * deposit(1));
		let Counts { timely, over_credit: over, unpaid, .. } = counts();
		assert_eq!((timely, over, unpaid), (13, 10, 0));
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(break_glass(104, HOSPITAL));
		assert!(!over_credit(13));
		// The person itself has to wait: twice its credit is kept as used, so that after four hours nothing is left.
		pass(4 * HOUR);
		assert!(over_credit(broken()));
		pass(8 * HOUR);
		assert!(!over_credit(broken()));
	});
}

/// Twelve declarations of one person, found unjustified, reviewed or not, would else have taken the credit of all.
#[test]
fn findings_on_what_is_the_persons_alone_are_counted_and_shrink_no_credit() {
	build_and_execute(|| {
		for class in DataClass::ALL {
			let class = DataClassSet::of(&[*class]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, class));
		}
		let alone = |id: u32| Emergencies::<Test>::get(id).unwrap().beyond_person;
		assert!(!alone(2) && (3..13).all(alone));
		for id in 3..8 {
			assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
		}
		assert_eq!((counts().unjustified, Glass::standing(HOSPITAL).credit), (5, 20));
		// Nor does a ruling.
		assert_ok!(review(OFFICER, HOSPITAL, 8, Finding::Justified));
		assert_ok!(Glass::dispute(signed(WALLET), 8));
		assert_ok!(rule(SECOND_AUDITOR, 8, Finding::Unjustified));
		assert_eq!((counts().overruled, Glass::standing(HOSPITAL).credit), (1, 20));
		// What is not the person's alone does.
		assert_ok!(review(OFFICER, HOSPITAL, 0, Finding::Unjustified));
		assert_eq!((counts().unjustified, Glass::standing(HOSPITAL).credit), (6, 15));
	});
}

#[test]
fn silence_on_what_is_the_persons_alone_is_counted_and_shrinks_no_credit() {
	build_and_execute(|| {
		for (id, class) in DataClass::ALL.iter().take(5).enumerate() {
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, DataClassSet::of(&[*class])));
			if id < 3 {
				assert_ok!(review(OFFICER, HOSPITAL, id as u32, Finding::Justified));
			}
		}
		pass(72 * HOUR);
		let told = Glass::standing(HOSPITAL);
		assert_eq!((told.counts.by_silence, told.credit), (2, 20));
	});
}

#[test]
fn a_late_record_uses_up_two_of_the_three_that_a_person_has() {
	build_and_execute(|| {
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		assert!(!over_credit(0));
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		assert_ok!(late_for(CLINICIAN, HOSPITAL, imaging, now()));
		assert!(Emergencies::<Test>::get(1).unwrap().beyond_person);
		assert_eq!(Glass::standing(HOSPITAL).left, 18);
	});
}

#[test]
fn one_person_has_three_at_a_time() {
	build_and_execute(|| {
		for (n, class) in DataClass::ALL.iter().take(4).enumerate() {
			let class = DataClassSet::of(&[*class]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, class));
			assert_eq!(over_credit(n as u32), n == 3, "{n}");
		}
		// A colleague is not meant.
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(break_glass(104, HOSPITAL));
		assert!(!over_credit(4));
		pass(4 * HOUR);
		assert!(!over_credit(broken()));
	});
}

#[test]
fn what_is_unjustified_makes_the_credit_shrink_to_its_least_and_it_recovers() {
	build_and_execute(|| {
		let credit = || Glass::standing(HOSPITAL).credit;
		for left in [15, 10, 5] {
			let id = broken();
			assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
			assert_eq!(credit(), left);
			pass(4 * HOUR);
		}
		let shrunk = credit();
		pass(60 * DAY);
		assert!(credit() > shrunk && credit() < 20, "{}", credit());
		pass(120 * DAY);
		assert_eq!(credit(), 20);
	});
}

#[test]
fn silence_makes_it_shrink_as_well_also_before_anybody_settles_it() {
	build_and_execute(|| {
		for _ in 0..2 {
			broken();
			pass(4 * HOUR);
		}
		pass(72 * HOUR);
		let told = Glass::standing(HOSPITAL);
		assert_eq!((told.credit, told.counts.by_silence), (10, 2));
		assert_eq!(Ledgers::<Test>::get(HOSPITAL).settled, 0);
		// The next emergency settles them, and nothing of what was told changes but for what time brings back.
		broken();
		let ledger = Ledgers::<Test>::get(HOSPITAL);
		assert_eq!((ledger.settled, ledger.counts.by_silence), (2, 2));
		assert_eq!(Glass::standing(HOSPITAL).credit, told.credit);
	});
}

#[test]
fn one_call_settles_so_many_and_the_next_ones_the_rest() {
	build_and_execute(|| {
		for class in DataClass::ALL {
			let class = DataClassSet::of(&[*class]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, class));
		}
		let all = DataClass::ALL.len() as u32;
		pass(100 * HOUR);
		assert_eq!(counts().by_silence, all);
		broken();
		assert_eq!(Ledgers::<Test>::get(HOSPITAL).settled, SETTLED_AT_ONCE);
		assert_eq!(counts().by_silence, all);
		pass(4 * HOUR);
		broken();
		assert_eq!(Ledgers::<Test>::get(HOSPITAL).settled, all);
		assert_eq!(counts().by_silence, all);
		// What was reviewed and what is pending is passed over, or waited for.
		pass(4 * HOUR);
		let id = broken();
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		pass(80 * HOUR);
		broken();
		assert_eq!(Ledgers::<Test>::get(HOSPITAL).settled, all + 3);
		assert_eq!(counts().by_silence, all + 2);
	});
}

#[test]
fn emergencies_are_listed_by_patient_and_by_organisation() {
	build_and_execute(|| {
		broken();
		assert_ok!(break_glass(SPECIALIST, CLINIC));
		pass(DAY);
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		let ids = |all: Vec<EmergencyInfo<u64>>| -> Vec<_> {
			all.into_iter().map(|info| info.id).collect()
		};
		assert_eq!(ids(Glass::emergencies_of_patient(&PATIENT, 0)), [0, 1, 2]);
		assert_eq!(ids(Glass::emergencies_of_patient(&PATIENT, 1)), [1, 2]);
		assert!(Glass::emergencies_of_patient(&PATIENT, 3).is_empty());
		assert!(Glass::emergencies_of_patient(&OTHER_PATIENT, 0).is_empty());
		assert_eq!(ids(Glass::emergencies_of_organisation(HOSPITAL, 0)), [0, 2]);
		assert_eq!(ids(Glass::emergencies_of_organisation(HOSPITAL, 1)), [2]);
		let told = Glass::emergency(2).unwrap();
		assert_eq!((told.review_by, told.outcome), (now() + 72 * HOUR, Outcome::Pending));
		assert_eq!(told.emergency.access.period.from, now());
		assert_eq!(Glass::emergency(3), None);
	});
}

#[test]
fn an_answer_has_a_page_of_emergencies_and_the_next_ones_come_after() {
	build_and_execute(|| {
		for who in 0..300 {
			hire(HOSPITAL, 1_000 + who, Role::Clinician);
			assert_ok!(break_glass(1_000 + who, HOSPITAL));
		}
		let of = |first| Glass::emergencies_of_patient(&PATIENT, first);
		assert_eq!((of(0).len(), of(256).len(), of(300).len()), (256, 44, 0));
		assert_eq!((of(0)[0].id, of(0)[255].id, of(256)[0].id), (0, 255, 256));
		assert_eq!(of(0).len(), Glass::emergencies_of_organisation(HOSPITAL, 0).len());
	});
}
