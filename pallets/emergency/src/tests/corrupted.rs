//! `try_state` notices each kind of broken storage.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Something of everything: 0 lapsed, 1 found unjustified, 2 late and found justified, 3 disputed and ruled on, 4 pending.
fn rich() {
	broken();
	pass(73 * HOUR);
	assert_ok!(break_glass(CLINICIAN, HOSPITAL));
	assert_ok!(review(OFFICER, HOSPITAL, 1, Finding::Unjustified));
	assert_ok!(late(CLINICIAN, HOSPITAL, now() - 1));
	assert_ok!(review(AUDITOR, AUDITORS, 2, Finding::Justified));
	pass(5 * HOUR);
	assert_ok!(break_glass(CLINICIAN, HOSPITAL));
	assert_ok!(review(OFFICER, HOSPITAL, 3, Finding::Justified));
	assert_ok!(Glass::dispute(signed(WALLET), 3));
	assert_ok!(rule(SECOND_AUDITOR, 3, Finding::Unjustified));
	assert_ok!(break_glass(SPECIALIST, CLINIC));
	set_advance(AdvanceDirective::NoLabelled);
	set_advance(AdvanceDirective::NoEmergency);
	assert_ok!(Glass::relax_advance_directive(signed(WALLET), AdvanceDirective::NoLabelled));
}

fn emergency(id: EmergencyId, change: impl FnOnce(&mut EmergencyOf<Test>)) {
	Emergencies::<Test>::mutate(id, |found| change(found.as_mut().unwrap()));
}

fn ledger(change: impl FnOnce(&mut Ledger)) {
	Ledgers::<Test>::mutate(HOSPITAL, change);
}

fn own(who: u64, change: impl FnOnce(&mut PersonUse)) {
	PersonalUse::<Test>::mutate(HOSPITAL, who, change);
}

fn terms(change: impl FnOnce(&mut Vec<AdvanceTerm>)) {
	let mut terms = AdvanceDirectives::<Test>::get(PATIENT).into_inner();
	change(&mut terms);
	AdvanceDirectives::<Test>::insert(PATIENT, AdvanceList::truncate_from(terms));
}

fn pending(change: impl FnOnce(&mut PendingRelaxation)) {
	PendingRelaxations::<Test>::mutate(PATIENT, |waiting| change(waiting.as_mut().unwrap()));
}

#[test]
fn good_storage_passes() {
	build_and_execute(rich);
}

#[test]
fn broken_storage_is_noticed() {
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		("an emergency from the future", Box::new(|| NextEmergency::<Test>::put(4))),
		("an emergency is lost", Box::new(|| NextEmergency::<Test>::put(6))),
		(
			"an emergency that its patient does not see",
			Box::new(|| OfPatient::<Test>::remove(PATIENT, 4)),
		),
		(
			"a patient's emergency that is none",
			Box::new(|| OfPatient::<Test>::insert(PATIENT, 5, 9)),
		),
		(
			"an emergency that another patient sees",
			Box::new(|| OfPatient::<Test>::insert(OTHER_PATIENT, 0, 3)),
		),
		(
			"a patient's place from the future",
			Box::new(|| CountOfPatient::<Test>::insert(PATIENT, 4)),
		),
		(
			"a patient's emergencies out of order",
			Box::new(|| {
				OfPatient::<Test>::insert(PATIENT, 0, 1);
				OfPatient::<Test>::insert(PATIENT, 1, 0);
			}),
		),
		(
			"the count of a patient is not that of its emergencies",
			Box::new(|| CountOfPatient::<Test>::insert(OTHER_PATIENT, 1)),
		),
		(
			"beyond the credit of the person, and a deposit was taken or it is not told",
			Box::new(|| emergency(4, |e| e.beyond_person = true)),
		),
		(
			"an emergency recorded in the future",
			Box::new(|| emergency(4, |e| e.recorded_at = now() + 1)),
		),
		(
			"an emergency for no class, or one that nobody knows",
			Box::new(|| emergency(4, |e| e.access.classes = DataClassSet::EMPTY)),
		),
		(
			"what was recorded late lets something",
			Box::new(|| emergency(2, |e| e.access.period.until -= 1)),
		),
		(
			"recorded too late",
			Box::new(|| {
				emergency(2, |e| {
					let at = e.recorded_at - DAY - 1;
					e.access.period = Interval::new(at, at);
				});
			}),
		),
		(
			"an emergency in the chain of others",
			Box::new(|| emergency(2, |e| e.previous = Some(1))),
		),
		(
			"an emergency in no chain",
			Box::new(|| LatestLate::<Test>::remove(PATIENT, (HOSPITAL, CLINICIAN))),
		),
		(
			"recorded late, and reviewed by whose it was",
			Box::new(|| emergency(2, |e| e.review.as_mut().unwrap().acting_for = HOSPITAL)),
		),
		(
			"access that does not begin when it is recorded",
			Box::new(|| emergency(4, |e| e.access.period.from -= 1)),
		),
		("access that lasts too long", Box::new(|| emergency(4, |e| e.access.period.until += 1))),
		(
			"reviewed by whose it was",
			Box::new(|| emergency(1, |e| e.review.as_mut().unwrap().by = CLINICIAN)),
		),
		(
			"reviewed out of time",
			Box::new(|| emergency(1, |e| e.review.as_mut().unwrap().at = e.recorded_at - 1)),
		),
		(
			"disputed without a finding that it was justified",
			Box::new(|| emergency(1, |e| e.disputed_at = Some(now()))),
		),
		("disputed out of time", Box::new(|| emergency(3, |e| e.disputed_at = Some(now() + 1)))),
		("ruled on without a dispute", Box::new(|| emergency(3, |e| e.disputed_at = None))),
		(
			"ruled on by somebody who had a part in it",
			Box::new(|| emergency(3, |e| e.ruling.as_mut().unwrap().by = OFFICER)),
		),
		(
			"ruled on by somebody who had a part in it",
			Box::new(|| emergency(3, |e| e.ruling.as_mut().unwrap().acting_for = HOSPITAL)),
		),
		(
			"ruled on by somebody who had a part in it",
			Box::new(|| emergency(3, |e| e.review.as_mut().unwrap().acting_for = OTHER_AUDITORS)),
		),
		("a link is lost", Box::new(|| Latest::<Test>::insert(PATIENT, (HOSPITAL, CLINICIAN), 9))),
		(
			"an emergency in the chain of others",
			Box::new(|| Latest::<Test>::insert(PATIENT, (HOSPITAL, CLINICIAN), 4)),
		),
		(
			"stopped without a finding, or found unjustified and not stopped",
			Box::new(|| emergency(4, |e| e.stopped_at = Some(e.recorded_at))),
		),
		(
			"stopped without a finding, or found unjustified and not stopped",
			Box::new(|| {
				pass(4 * HOUR);
				let id = broken();
				pass(1);
				assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
				emergency(id, |e| e.stopped_at = None);
			}),
		),
		("a chain out of order", Box::new(|| emergency(3, |e| e.previous = Some(3)))),
		("an emergency in no chain", Box::new(|| emergency(3, |e| e.previous = None))),
		(
			"what stood already was declared or recorded again",
			Box::new(|| {
				emergency(3, |e| {
					e.recorded_at -= 4 * HOUR;
					e.access.period = Interval::new(e.recorded_at, e.recorded_at + 4 * HOUR);
				});
			}),
		),
		(
			"what the organisation stopped was declared again at once",
			Box::new(|| {
				emergency(3, |e| {
					e.recorded_at -= 2 * HOUR;
					e.access.period = Interval::new(e.recorded_at, e.recorded_at + 4 * HOUR);
					e.access.classes = DataClassSet::ALL;
				});
			}),
		),
		("a place for what is none", Box::new(|| OfOrganisation::<Test>::insert(HOSPITAL, 3, 9))),
		(
			"a place of another organisation",
			Box::new(|| OfOrganisation::<Test>::insert(HOSPITAL, 3, 4)),
		),
		("a place from the future", Box::new(|| OfOrganisation::<Test>::insert(HOSPITAL, 4, 0))),
		("an emergency without a place", Box::new(|| OfOrganisation::<Test>::remove(HOSPITAL, 0))),
		("a place is lost", Box::new(|| ledger(|ledger| ledger.next += 1))),
		("settled beyond the last", Box::new(|| ledger(|ledger| ledger.settled = 5))),
		(
			"places out of order",
			Box::new(|| {
				OfOrganisation::<Test>::insert(HOSPITAL, 0, 3);
				OfOrganisation::<Test>::insert(HOSPITAL, 3, 0);
			}),
		),
		(
			"settled before its time",
			Box::new(|| Ledgers::<Test>::mutate(CLINIC, |ledger| ledger.settled = 1)),
		),
		(
			"the counts are not those of the emergencies",
			Box::new(|| ledger(|ledger| ledger.counts.by_silence += 1)),
		),
		(
			"credit that was used in the future",
			Box::new(|| ledger(|ledger| ledger.used.since = now() + 1)),
		),
		(
			"more credit was used than is kept",
			Box::new(|| ledger(|ledger| ledger.penalty.used = 15 * ONE_THING + 1)),
		),
		("what was used by somebody who has declared nothing", Box::new(|| own(STRANGER, |_| {}))),
		("what a person used in the future", Box::new(|| own(CLINICIAN, |o| o.late.since += DAY))),
		(
			"a person has used more than is kept",
			Box::new(|| own(CLINICIAN, |o| o.credit.used = 6 * ONE_THING + 1)),
		),
		("advance directives out of order", Box::new(|| terms(|terms| terms[0].from = now() + 1))),
		(
			"an advance directive follows itself",
			Box::new(|| terms(|terms| terms[0].value = AdvanceDirective::NoEmergency)),
		),
		(
			"no room for a stricter advance directive",
			Box::new(|| {
				terms(|terms| {
					let twice = [terms[0], terms[1]];
					for _ in 0..MAX_ADVANCE / 2 {
						terms.extend(twice);
					}
					terms.truncate(MAX_ADVANCE as usize);
					terms.pop();
					let from = now();
					terms.push(AdvanceTerm { from, value: AdvanceDirective::Unrestricted });
				});
			}),
		),
		(
			"a relaxation was asked for in the future",
			Box::new(|| pending(|waiting| waiting.requested_at = now() + 1)),
		),
		(
			"a relaxation without a delay",
			Box::new(|| pending(|waiting| waiting.ready_at = waiting.requested_at)),
		),
		(
			"a relaxation that relaxes nothing",
			Box::new(|| pending(|waiting| waiting.value = AdvanceDirective::NoEmergency)),
		),
		(
			"what is on hold is not what emergencies are for",
			Box::new(|| {
				Balances::release(&Hold::get(), &HOSPITAL_ADMIN, 1, Precision::Exact).unwrap();
			}),
		),
	];
	for (noticed, damage) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Glass::do_try_state());
			damage();
			assert_eq!(Glass::do_try_state(), Err(noticed.into()), "{noticed}");
		});
	}
}
