//! `try_state` notices each kind of broken storage.

use super::*;

/// Something of everything: two pages of history, Permits and denials in force, a lift.
fn rich() {
	for id in 0..PAGE + 4 {
		permit();
		pass(1);
		revoke(id);
	}
	deny();
	deny();
	permit();
	assert_ok!(Sealed::lift(signed(WALLET), PAGE + 4));
}

fn live(change: impl FnOnce(&mut LiveSet)) {
	Live::<Test>::mutate(PATIENT, change);
}

fn last(change: impl FnOnce(&mut SealedDirective)) {
	live(|live| change(&mut live.entries.last_mut().unwrap().1));
}

fn page(number: u32, change: impl FnOnce(&mut HistoryPage)) {
	History::<Test>::mutate(PATIENT, number, |page| change(page.as_mut().unwrap()));
}

fn pending(change: impl FnOnce(&mut Vec<PendingLift>)) {
	let mut pending = PendingLifts::<Test>::get(PATIENT).into_inner();
	change(&mut pending);
	PendingLifts::<Test>::insert(PATIENT, PendingList::truncate_from(pending));
}

#[test]
fn good_storage_passes() {
	build_and_execute(rich);
}

#[test]
fn broken_storage_is_noticed() {
	let missing = "a page is missing, or nothing counts it";
	let reason = "a sealed directive ended for a reason of the other kind";
	let outside = "a sealed directive ended outside its time";
	let revoked = |at| Some(Ended { at, why: EndReason::Revoked });
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		(
			"history of a patient without sealed directives",
			Box::new(|| {
				Live::<Test>::remove(PATIENT);
				PendingLifts::<Test>::remove(PATIENT);
			}),
		),
		(missing, Box::new(|| History::<Test>::remove(PATIENT, 0))),
		(
			missing,
			Box::new(|| {
				let page = History::<Test>::get(PATIENT, 0).unwrap();
				History::<Test>::insert(PATIENT, 9, page);
			}),
		),
		(
			"pages with gaps",
			Box::new(|| {
				let page = History::<Test>::take(PATIENT, 0).unwrap();
				History::<Test>::insert(PATIENT, 9, page);
			}),
		),
		("a page of a wrong size", Box::new(|| page(0, |page| page.entries.truncate(3)))),
		("a page of a wrong size", Box::new(|| live(|live| live.swept += 1))),
		("pages out of order", Box::new(|| page(0, |page| page.swept = u64::MAX))),
		("pages out of order", Box::new(|| page(1, |page| page.swept = 0))),
		(
			"the history has a sealed directive in force",
			Box::new(|| page(0, |page| page.entries[0].1.ended = None)),
		),
		("sealed directives out of order", Box::new(|| live(|live| live.entries[0].0 = 999))),
		("a sealed directive has two places", Box::new(|| page(0, |page| page.entries[0].0 = 1))),
		("a sealed directive is lost", Box::new(|| live(|live| live.next += 1))),
		(
			"a sealed directive from the future",
			Box::new(|| live(|live| live.entries.last_mut().unwrap().0 += 1)),
		),
		(
			"too many sealed Permits",
			Box::new(|| {
				live(|live| {
					let (_, found) = *live.entries.last().unwrap();
					while live.entries.try_push((live.next, found)).is_ok() {
						live.next += 1;
					}
				});
			}),
		),
		(
			"a sealed directive without a time",
			Box::new(|| last(|found| found.period.until = found.period.from)),
		),
		("an end that tells who chose it", Box::new(|| last(|found| found.period.until += 1))),
		(
			"a sealed Permit for too long",
			Box::new(|| last(|found| found.period.until = Moment::MAX)),
		),
		(
			"a sealed Deny with an end so far away that it tells who chose it",
			Box::new(|| {
				live(|live| {
					let denials = live.entries.iter_mut().map(|(_, found)| found);
					for found in denials.filter(|found| found.effect == Effect::Deny) {
						found.period.until = 9_999 * GRID;
					}
				});
			}),
		),
		(
			"sealed directives of nobody",
			Box::new(|| {
				let live = Live::<Test>::get(PATIENT);
				Live::<Test>::insert(PatientId::repeat_byte(9), live);
			}),
		),
		(
			"a sealed directive begins in the future",
			Box::new(|| last(|found| found.period.from = now() + 1)),
		),
		(
			reason,
			Box::new(|| {
				last(|found| found.ended = Some(Ended { at: now(), why: EndReason::Lifted }));
			}),
		),
		(reason, Box::new(move || live(|live| live.entries[0].1.ended = revoked(now())))),
		(outside, Box::new(move || last(|found| found.ended = revoked(now() + 1)))),
		(outside, Box::new(move || last(|found| found.ended = revoked(found.period.from - 1)))),
		(outside, Box::new(move || last(|found| found.ended = revoked(found.period.until)))),
		("an empty list of pending lifts", Box::new(|| pending(Vec::clear))),
		(
			"a lift waits twice",
			Box::new(|| {
				pending(|all| {
					let twin = all[0];
					all.push(twin);
				});
			}),
		),
		(
			"a lift was asked for in the future",
			Box::new(|| pending(|all| all[0].requested_at = now() + 1)),
		),
		(
			"a lift without its delay",
			Box::new(|| pending(|all| all[0].ready_at = all[0].requested_at + DAY - 1)),
		),
		("a lift of what never was", Box::new(|| pending(|all| all[0].sealed = 777))),
		("a lift of a sealed Permit", Box::new(|| pending(|all| all[0].sealed = PAGE + 6))),
	];
	for (noticed, damage) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Sealed::do_try_state());
			damage();
			assert_eq!(Sealed::do_try_state(), Err(noticed.into()), "{noticed}");
		});
	}
}
