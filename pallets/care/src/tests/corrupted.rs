//! `try_state` notices each kind of broken storage.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Something of everything.
fn rich() {
	open();
	pass(DAY);
	open();
	assert_ok!(Care::end(signed(WALLET), 1));
	pass(DAY);
	open();
	invite(HOSPITAL);
	invite(CLINIC);
	assert_ok!(Care::opt_out(signed(WALLET)));
	assert_ok!(Care::opt_in(signed(WALLET), Towards::Everybody));
	pass(DAY);
	assert_ok!(Care::apply_opt_in(signed(WALLET), PATIENT, Towards::Everybody));
	invite(HOSPITAL);
	invite(CLINIC);
	assert_ok!(open_by(NURSE, HOSPITAL));
	assert_ok!(Care::opt_out_of(signed(WALLET), CLINIC));
	invite(HOSPITAL);
	assert_ok!(Care::opt_in(signed(WALLET), Towards::Organisation(CLINIC)));
	assert_ok!(Care::set_policy(RuntimeOrigin::root(), CarePolicy::CareTeam));
	pass(10);
}

fn relationship(id: RelationshipId, change: impl FnOnce(&mut RelationshipOf<Test>)) {
	Relationships::<Test>::mutate(id, |found| change(found.as_mut().unwrap()));
}

fn outs(change: impl FnOnce(&mut Vec<OptOut>)) {
	let mut outs = OptOuts::<Test>::get(PATIENT).into_inner();
	change(&mut outs);
	OptOuts::<Test>::insert(PATIENT, OptOutList::truncate_from(outs));
}

fn pending(change: impl FnOnce(&mut Vec<PendingOptIn>)) {
	let mut pending = PendingOptIns::<Test>::get(PATIENT).into_inner();
	change(&mut pending);
	PendingOptIns::<Test>::insert(PATIENT, PendingList::truncate_from(pending));
}

fn voided(all: &[(Towards, u64)]) {
	VoidedIn::<Test>::insert(PATIENT, VoidedList::truncate_from(all.to_vec()));
}

fn terms(change: impl FnOnce(&mut Vec<PolicyTerm>)) {
	let mut terms = Policies::<Test>::get().into_inner();
	change(&mut terms);
	Policies::<Test>::put(PolicyList::truncate_from(terms));
}

fn book(change: impl FnOnce(&mut InvitationBook)) {
	Invitations::<Test>::mutate(PATIENT, change);
}

fn invitation(change: impl FnOnce(&mut Invitation)) {
	book(|book| change(&mut book.open.iter_mut().next_back().unwrap().1));
}

#[test]
fn good_storage_passes() {
	build_and_execute(rich);
}

#[test]
fn broken_storage_is_noticed() {
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		(
			"words were voided in a block that is not yet",
			Box::new(|| {
				voided(&[(Towards::Everybody, u64::MAX)]);
			}),
		),
		("an empty list of voided words", Box::new(|| voided(&[]))),
		(
			"words were voided twice",
			Box::new(|| {
				voided(&[(Towards::Organisation(CLINIC), 0), (Towards::Organisation(CLINIC), 1)]);
			}),
		),
		(
			"an end that voided no words",
			Box::new(|| {
				assert_ok!(Care::end(signed(WALLET), 3));
				voided(&[(Towards::Organisation(CLINIC), System::block_number())]);
			}),
		),
		(
			"an opt-out that voided no words",
			Box::new(|| {
				assert_ok!(Care::opt_out(signed(WALLET)));
				VoidedIn::<Test>::remove(PATIENT);
			}),
		),
		("a relationship from the future", Box::new(|| NextRelationship::<Test>::put(3))),
		("a relationship is lost", Box::new(|| NextRelationship::<Test>::put(5))),
		(
			"a relationship began in the future",
			Box::new(|| {
				relationship(3, |r| {
					r.treatment.period = Interval::new(now() + 1, now() + 2);
				});
			}),
		),
		(
			"a relationship without a time",
			Box::new(|| relationship(3, |r| r.treatment.period.until = r.treatment.period.from)),
		),
		(
			"a relationship lasts too long",
			Box::new(|| {
				relationship(3, |r| r.treatment.period.until = r.treatment.period.from + YEAR + 1);
			}),
		),
		(
			"a relationship was ended by nobody, or not ended by somebody",
			Box::new(|| relationship(3, |r| r.treatment.ended = Some(now()))),
		),
		(
			"a relationship ended outside its time",
			Box::new(|| relationship(1, |r| r.treatment.ended = Some(now() + 1))),
		),
		(
			"a referral by nobody, or what is none",
			Box::new(|| relationship(3, |r| r.kind = RelationshipKind::Referral)),
		),
		(
			"a pair's relationship is lost",
			Box::new(|| {
				Pairs::<Test>::mutate(PATIENT, HOSPITAL, |pair| pair.latest = Some(77));
			}),
		),
		(
			"a relationship of another pair",
			Box::new(|| {
				Pairs::<Test>::insert(PATIENT, CLINIC, Pair { latest: Some(0), words: 1 });
			}),
		),
		("relationships out of order", Box::new(|| relationship(0, |r| r.previous = Some(2)))),
		(
			"two relationships of a pair overlap",
			Box::new(|| {
				relationship(0, |r| {
					r.treatment.ended = None;
					r.ended_by = None;
				});
			}),
		),
		(
			"a relationship, or its end, that used up no word",
			Box::new(|| Pairs::<Test>::mutate(PATIENT, HOSPITAL, |pair| pair.words -= 1)),
		),
		(
			"two who have nothing to do with each other",
			Box::new(|| Pairs::<Test>::insert(PATIENT, CLINIC, Pair::default())),
		),
		(
			"an organisation sent the patient to itself",
			Box::new(|| {
				relationship(3, |r| {
					r.kind = RelationshipKind::Referral;
					r.referred_by = Some(HOSPITAL);
				});
			}),
		),
		(
			"a relationship by an invitation that never was",
			Box::new(|| relationship(3, |r| r.word = Word::Invitation(99))),
		),
		("a relationship of no pair", Box::new(|| relationship(3, |r| r.previous = None))),
		("invitations out of order", Box::new(|| book(|book| book.next = book.open[0].0))),
		(
			"an invitation outside its time",
			Box::new(|| invitation(|found| found.made_at = found.expires_at)),
		),
		(
			"an invitation outside its time",
			Box::new(|| invitation(|found| found.made_at = now() + 1)),
		),
		("an invitation to nothing", Box::new(|| invitation(|found| found.until = found.made_at))),
		(
			"an invitation of an organisation towards which the patient has opted out",
			Box::new(|| {
				outs(|outs| {
					let towards = Towards::Organisation(HOSPITAL);
					outs.push(OptOut { towards, from: now(), until: None });
				});
			}),
		),
		(
			"an organisation sent the patient to itself",
			Box::new(|| invitation(|found| found.referred_by = Some(HOSPITAL))),
		),
		(
			"an organisation is invited twice",
			Box::new(|| {
				book(|book| {
					let (id, twin) = book.open[0];
					book.next = 100;
					book.open.try_push((id + 50, twin)).unwrap();
				});
			}),
		),
		("opt-outs out of order", Box::new(|| outs(|outs| outs.reverse()))),
		(
			"opted out twice",
			Box::new(|| {
				outs(|outs| {
					let twin = *outs.last().unwrap();
					outs.push(twin);
				});
			}),
		),
		("an opt-out with a wrong end", Box::new(|| outs(|outs| outs[0].until = Some(now() + 1)))),
		(
			"opted out towards too many",
			Box::new(|| {
				outs(|outs| {
					let last = *outs.last().unwrap();
					outs.extend(
						(0..MAX_OPT_OUTS)
							.map(|n| OptOut { towards: Towards::Organisation(5_000 + n), ..last }),
					);
				});
			}),
		),
		(
			"the last place is not for opting out towards everybody",
			Box::new(|| {
				outs(|outs| {
					let first = outs[0];
					let more = MAX_OPT_OUT_HISTORY as usize - outs.len();
					outs.splice(0..0, vec![first; more]);
				});
			}),
		),
		("an empty list of pending returns", Box::new(|| pending(Vec::clear))),
		(
			"a return waits twice",
			Box::new(|| {
				pending(|all| {
					let twin = all[0];
					all.push(twin);
				});
			}),
		),
		(
			"a return was asked for in the future",
			Box::new(|| pending(|all| all[0].requested_at = now() + 1)),
		),
		(
			"a return without a delay",
			Box::new(|| pending(|all| all[0].ready_at = all[0].requested_at)),
		),
		(
			"a return from what is not",
			Box::new(|| pending(|all| all[0].towards = Towards::Organisation(77))),
		),
		(
			"a return from what is not",
			Box::new(|| outs(|outs| outs.last_mut().unwrap().until = Some(now()))),
		),
		(
			"policies out of order",
			Box::new(|| {
				terms(|terms| {
					let from = terms[0].from;
					terms.push(PolicyTerm { from, policy: CarePolicy::ConsentOnly });
				});
			}),
		),
		(
			"a policy follows itself",
			Box::new(|| terms(|terms| terms[0].policy = CarePolicy::ConsentOnly)),
		),
		(
			"two policies are announced",
			Box::new(|| {
				terms(|terms| {
					let from = terms[0].from + 1;
					terms.push(PolicyTerm { from, policy: CarePolicy::ConsentOnly });
				});
			}),
		),
		(
			"what is on hold is not what relationships are for",
			Box::new(|| {
				Balances::release(&Hold::get(), &HOSPITAL_ADMIN, 1, Precision::Exact).unwrap();
			}),
		),
	];
	for (noticed, damage) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Care::do_try_state());
			damage();
			assert_eq!(Care::do_try_state(), Err(noticed.into()), "{noticed}");
		});
	}
}
