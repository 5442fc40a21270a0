//! `try_state` notices each kind of broken storage.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use sp_runtime::DispatchError;

/// Something of everything: two pages of history, agreements, vetoes, requests, lifts.
fn rich() {
	let wallet = || RuntimeOrigin::signed(WALLET);
	for _ in 0..PAGE + 4 {
		let id = request(access());
		let approved = next_id(PATIENT);
		assert_ok!(Consent::approve(wallet(), id, access()));
		pass(1);
		revoke(approved);
	}
	pass(1);
	permit(Grantee::Any);
	deny(Grantee::Any);
	assert_ok!(Consent::lift(wallet(), next_id(PATIENT) - 1));
	for _ in 0..2 {
		request(access());
	}
	assert_ok!(Consent::veto_purpose(wallet(), Purpose::Treat));
	assert_ok!(Consent::lift_veto(wallet(), Purpose::Treat));
	pass(DAY);
	assert_ok!(Consent::apply_lift(wallet(), PATIENT, LiftTarget::Veto(Purpose::Treat)));
	assert_ok!(Consent::veto_purpose(wallet(), Purpose::Hresch));
	assert_ok!(Consent::block_requester(wallet(), HOSPITAL));
	assert_ok!(Consent::set_base_decision(wallet(), BaseDecision::Deny));
	assert_ok!(Consent::relax_base_decision(wallet(), BaseDecision::Permit));
	pass(DAY);
	let target = LiftTarget::BaseDecision(BaseDecision::Permit);
	assert_ok!(Consent::apply_lift(wallet(), PATIENT, target));
}

fn base(change: impl FnOnce(&mut Vec<BaseTerm>)) {
	let mut terms = BaseDecisions::<Test>::get(PATIENT).into_inner();
	change(&mut terms);
	BaseDecisions::<Test>::insert(PATIENT, frame_support::BoundedVec::truncate_from(terms));
}

fn live(change: impl FnOnce(&mut LiveSet<u64>)) {
	Live::<Test>::mutate(PATIENT, change);
}

fn last(change: impl FnOnce(&mut Directive<u64>)) {
	live(|live| change(&mut live.entries.last_mut().unwrap().1));
}

fn page(number: u32, change: impl FnOnce(&mut HistoryPage<u64>)) {
	History::<Test>::mutate(PATIENT, number, |page| change(page.as_mut().unwrap()));
}

fn vetoes(change: impl FnOnce(&mut Vec<PurposeVeto>)) {
	let mut vetoes = Vetoes::<Test>::get(PATIENT).into_inner();
	change(&mut vetoes);
	Vetoes::<Test>::insert(PATIENT, frame_support::BoundedVec::truncate_from(vetoes));
}

fn pending(change: impl FnOnce(&mut Vec<PendingLift>)) {
	let mut pending = PendingLifts::<Test>::get(PATIENT).into_inner();
	change(&mut pending);
	PendingLifts::<Test>::insert(PATIENT, frame_support::BoundedVec::truncate_from(pending));
}

#[test]
fn good_storage_passes() {
	build_and_execute(rich);
}

#[test]
fn broken_storage_is_noticed() {
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		("history of a patient without directives", Box::new(|| Live::<Test>::remove(PATIENT))),
		("a page is missing", Box::new(|| History::<Test>::remove(PATIENT, 0))),
		(
			"a page that nothing counts",
			Box::new(|| {
				let page = History::<Test>::get(PATIENT, 0).unwrap();
				History::<Test>::insert(PATIENT, 9, page);
			}),
		),
		(
			"a page of a wrong size",
			Box::new(|| {
				page(0, |page| page.entries.truncate(page.entries.len().saturating_sub(1)))
			}),
		),
		("a page of a wrong size", Box::new(|| live(|live| live.swept += 1))),
		("pages out of order", Box::new(|| page(0, |page| page.swept = u64::MAX))),
		("pages out of order", Box::new(|| page(1, |page| page.swept = 0))),
		(
			"the history has a directive in force",
			Box::new(|| page(0, |page| page.entries[0].1.ended = None)),
		),
		("directives out of order", Box::new(|| live(|live| live.entries[0].0 = 999))),
		("a directive has two places", Box::new(|| page(0, |page| page.entries[0].0 = 1))),
		("a directive is lost", Box::new(|| live(|live| live.next += 1))),
		(
			"a directive from the future",
			Box::new(|| live(|live| live.entries.last_mut().unwrap().0 += 1)),
		),
		(
			"too many Permits",
			Box::new(|| {
				live(|live| {
					let (_, found) = live.entries[live.entries.len() - 2].clone();
					while live.entries.try_push((live.next, found.clone())).is_ok() {
						live.next += 1;
					}
				})
			}),
		),
		(
			"a label in plain",
			Box::new(|| last(|d| d.scope.labels = LabelSet::of(&[SensitivityLabel::Hiv]))),
		),
		("a set has an unknown bit", Box::new(|| last(|d| d.scope.classes.0 |= 1 << 31))),
		("a set is empty", Box::new(|| last(|d| d.scope.actions = ActionSet::EMPTY))),
		(
			"a directive for break-the-glass",
			Box::new(|| last(|d| d.scope.purposes = d.scope.purposes.with(Purpose::Btg))),
		),
		("an interval is empty", Box::new(|| last(|d| d.period.until = d.period.from))),
		("an interval is empty", Box::new(|| last(|d| d.scope.data.until = 0))),
		("a directive from the future", Box::new(move || last(|d| d.period.from = now() + 1))),
		("a limit on uses that nobody counts", Box::new(|| last(|d| d.max_uses = Some(1)))),
		("too many hands", Box::new(|| last(|d| d.redisclose_depth = 3))),
		(
			"a directive ended for a reason of the other kind",
			Box::new(move || {
				last(|d| d.ended = Some(Ended { at: now(), why: EndReason::Revoked }))
			}),
		),
		(
			"a directive ended outside its period",
			Box::new(move || {
				last(|d| d.ended = Some(Ended { at: now() + 1, why: EndReason::Lifted }))
			}),
		),
		(
			"a directive ended outside its period",
			Box::new(|| last(|d| d.ended = Some(Ended { at: START, why: EndReason::Lifted }))),
		),
		(
			// The migration dates nothing later than the next second.
			"a directive ended outside its period",
			Box::new(|| {
				live(|live| {
					let permit = live.entries.len() - 2;
					let ended = Ended { at: now() + 2, why: EndReason::Replaced };
					live.entries[permit].1.ended = Some(ended);
				})
			}),
		),
		("an agreement is lost", Box::new(|| Agreements::<Test>::remove(PATIENT, 3))),
		(
			"a Permit that was asked for reaches beyond who asked",
			Box::new(|| {
				let id = request(access());
				assert_ok!(Consent::approve(RuntimeOrigin::signed(WALLET), id, access()));
				last(|found| found.grantee = Grantee::Practitioner(SPECIALIST));
			}),
		),
		(
			"an agreement without its directive",
			Box::new(|| {
				let agreement = Agreements::<Test>::get(PATIENT, 0).unwrap();
				Agreements::<Test>::insert(PATIENT, 999, agreement);
			}),
		),
		("a veto from the future", Box::new(move || vetoes(|v| v[1].from = now() + 1))),
		("a veto with a wrong end", Box::new(|| vetoes(|v| v[0].until = Some(v[0].from)))),
		("a purpose is vetoed twice", Box::new(|| vetoes(|v| v.push(v[1])))),
		(
			"the history of vetoes eats into the room for vetoes",
			Box::new(|| vetoes(|v| *v = vec![v[0]; MAX_VETOES as usize - VETO_ROOM as usize + 1])),
		),
		("an empty list of base decisions", Box::new(|| base(|terms| terms.clear()))),
		(
			"base decisions out of order",
			Box::new(|| base(|terms| terms[1].from = terms[0].from - 1)),
		),
		("base decisions out of order", Box::new(move || base(|terms| terms[1].from = now() + 1))),
		(
			"a base decision that changes nothing",
			Box::new(|| base(|terms| terms[1].decision = BaseDecision::Deny)),
		),
		(
			"a base decision that changes nothing",
			Box::new(|| base(|terms| terms[0].decision = BaseDecision::Unset)),
		),
		(
			"no room for a stricter base decision",
			Box::new(|| {
				base(|terms| {
					terms[1].from = terms[0].from;
					*terms = terms.repeat(MAX_BASE as usize / 2);
				})
			}),
		),
		(
			"an open request is not there",
			Box::new(|| {
				let id = OpenRequests::<Test>::get(PATIENT).open[0].0;
				Requests::<Test>::remove(PATIENT, id);
			}),
		),
		(
			"a request of another organisation",
			Box::new(|| OpenRequests::<Test>::mutate(PATIENT, |i| i.open[0].1 = HOSPITAL)),
		),
		(
			"a request for somebody beyond who asks",
			Box::new(|| {
				let id = OpenRequests::<Test>::get(PATIENT).open[0].0;
				Requests::<Test>::mutate(PATIENT, id, |request| {
					request.as_mut().unwrap().grantee = Grantee::Practitioner(SPECIALIST);
				});
			}),
		),
		(
			"requests out of order",
			Box::new(|| OpenRequests::<Test>::mutate(PATIENT, |i| i.next = 0)),
		),
		(
			"too many requests of one organisation",
			Box::new(|| {
				for _ in 0..2 {
					OpenRequests::<Test>::mutate(PATIENT, |index| {
						let copy = Requests::<Test>::get(PATIENT, index.open[0].0).unwrap();
						Requests::<Test>::insert(PATIENT, index.next, copy);
						index.open.try_push((index.next, CLINIC)).unwrap();
						index.next += 1;
					});
				}
			}),
		),
		(
			"a request that nothing counts",
			Box::new(|| {
				OpenRequests::<Test>::mutate(PATIENT, |i| {
					i.open.pop();
				})
			}),
		),
		("an empty list of pending lifts", Box::new(|| pending(|p| p.clear()))),
		("a lift waits twice", Box::new(|| pending(|p| p.push(p[0])))),
		(
			"a lift was asked for in the future",
			Box::new(move || pending(|p| p[0].requested_at = now() + 1)),
		),
		("a lift without a delay", Box::new(|| pending(|p| p[0].ready_at = 0))),
		(
			"a lift of a directive that never was",
			Box::new(|| pending(|p| p[0].target = LiftTarget::Directive(999))),
		),
		(
			"a lift to a base decision that is not looser",
			Box::new(|| pending(|p| p[0].target = LiftTarget::BaseDecision(BaseDecision::Deny))),
		),
		(
			"a lift to a base decision that is not looser",
			Box::new(|| pending(|p| p[0].target = LiftTarget::BaseDecision(BaseDecision::Permit))),
		),
		(
			"two looser base decisions wait",
			Box::new(|| {
				base(|terms| terms.truncate(1));
				pending(|p| {
					for decision in [BaseDecision::Unset, BaseDecision::Permit] {
						let target = LiftTarget::BaseDecision(decision);
						p.push(PendingLift { target, ..p[0] });
					}
				});
			}),
		),
		(
			"a looser base decision was asked for before the present one",
			Box::new(|| {
				base(|terms| terms.truncate(1));
				pending(|p| p[0].target = LiftTarget::BaseDecision(BaseDecision::Unset));
			}),
		),
		(
			"a block from the future",
			Box::new(move || Blocked::<Test>::insert(PATIENT, HOSPITAL, now() + 1)),
		),
		(
			"what is on hold is not what requests have put down",
			Box::new(|| {
				let payer = Requests::<Test>::iter_values().next().unwrap().payer;
				assert_ok!(Balances::hold(&RequestHold::get(), &payer, 1));
			}),
		),
		(
			"what is on hold is not what requests have put down",
			Box::new(|| {
				let payer = Agreements::<Test>::iter_values().next().unwrap().payer;
				assert_ok!(Balances::release(&RequestHold::get(), &payer, 1, Precision::Exact));
			}),
		),
	];
	for (expected, corrupt) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Consent::do_try_state());
			corrupt();
			assert_eq!(Consent::do_try_state(), Err(DispatchError::Other(expected)));
		});
	}
}
