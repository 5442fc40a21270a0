//! Acknowledgements of revocations, through real blocks: by people without tokens, and towards a flagged organisation.

use crate::care::scene;
use crate::common::{account, Chain};
use crate::limits::{fee_of, spend_all};
use crate::runtime::{
	configs::fees::{AllowancePerDay, AnswerAllowancePerDay, CohortAllowancePerDay},
	*,
};
use frame_support::traits::fungible::InspectHold;
use pallet_acknowledgement::{Call as Acknowledge, Error, NoticeStanding, Tally};
use pallet_consent::{Call as Con, Grantee};
use salus_primitives::{OrgId, PatientId, Role};
use sp_runtime::transaction_validity::InvalidTransaction;

/// The patient permits the hospital something, by a role there, and revokes it: its directive 0.
fn revoked() -> (Chain, OrgId, PatientId) {
	let (mut chain, organisation, patient) = scene();
	let permit = chain.permit(Grantee::RoleAt(organisation, Role::Clinician));
	chain.succeed("Patient", permit);
	chain.succeed("Patient", Con::revoke { directive: 0 });
	(chain, organisation, patient)
}

fn acknowledge(organisation: OrgId, patient: PatientId) -> Acknowledge<Runtime> {
	Acknowledge::acknowledge { organisation, patient, directive: 0 }
}

fn tally(chain: &mut Chain, organisation: OrgId) -> (u32, u32, u32) {
	let Tally { on_time, late, overdue, .. } = chain.run(|| Acknowledgement::tally(organisation));
	(on_time, late, overdue)
}

fn standing(chain: &mut Chain, patient: PatientId) -> Option<NoticeStanding> {
	chain.run(|| Acknowledgement::revocation(&patient, 0)).map(|found| found.standing)
}

#[test]
fn a_privacy_officer_without_tokens_acknowledges_a_revocation_in_time() {
	let (mut chain, organisation, patient) = revoked();
	assert_eq!(standing(&mut chain, patient), Some(NoticeStanding::Awaited));
	assert!(chain.dispatch("Doctor", acknowledge(organisation, patient)).is_err());
	chain.succeed("Officer", acknowledge(organisation, patient));
	let at = chain.now();
	let expected = NoticeStanding::Acknowledged { at, on_time: true };
	assert_eq!(standing(&mut chain, patient), Some(expected));
	assert_eq!(tally(&mut chain, organisation), (1, 0, 0));
	let held = chain.run(|| {
		let reason = pallet_acknowledgement::HoldReason::Acknowledgement.into();
		assert_eq!(Balances::balance_on_hold(&reason, &account("Officer")), 0);
		Balances::balance_on_hold(&reason, &account("Hospital"))
	});
	assert!(held > 0, "the administrator has put something down");
	let again = chain.dispatch("Officer", acknowledge(organisation, patient));
	assert_eq!(again, Err(Error::<Runtime>::AlreadyAcknowledged.into()));
}

#[test]
fn the_patient_marks_it_overdue_after_three_days_and_then_it_is_late() {
	let (mut chain, organisation, patient) = revoked();
	let mark = || Acknowledge::<Runtime>::mark_overdue { patient, directive: 0 };
	let early = chain.dispatch("Patient", mark());
	assert_eq!(early, Err(Error::<Runtime>::TooEarly.into()));
	for _ in 0..3 {
		chain.pass_a_day();
	}
	assert_eq!(standing(&mut chain, patient), Some(NoticeStanding::Overdue { marked_at: None }));
	assert_eq!(chain.run(|| Balances::free_balance(account("Patient"))), 0);
	chain.succeed("Patient", mark());
	assert_eq!(tally(&mut chain, organisation), (0, 0, 1));
	let again = chain.dispatch("Bob", mark());
	assert_eq!(again, Err(Error::<Runtime>::AlreadyOverdue.into()));
	chain.succeed("Officer", acknowledge(organisation, patient));
	assert_eq!(tally(&mut chain, organisation), (0, 1, 0));
}

/// The two are not named together: neither before a block by the call filter, nor by the pallet. And nobody counts it.
#[test]
fn what_was_revoked_from_a_flagged_organisation_needs_no_acknowledgement() {
	let (mut chain, organisation, patient) = revoked();
	let flag = pallet_registry::Call::set_flag { org: organisation, flagged: true };
	chain.succeed("Registrar", flag);
	let refused = chain.refused("Hospital", acknowledge(organisation, patient));
	assert_eq!(refused, InvalidTransaction::Call.into());
	for _ in 0..3 {
		chain.pass_a_day();
	}
	let marked = chain.dispatch("Bob", Acknowledge::mark_overdue { patient, directive: 0 });
	assert_eq!(marked, Err(Error::<Runtime>::FlaggedOrganisation.into()));
	assert_eq!(standing(&mut chain, patient), None);
	assert_eq!(tally(&mut chain, organisation), (0, 0, 0));
}

/// As if this version had been upgraded to while its migrations are not released: a chain that began with it knows the pallet.
#[test]
fn an_upgrade_of_a_chain_that_began_with_the_pallet_changes_no_answer() {
	use frame_support::traits::OnRuntimeUpgrade;
	let (mut chain, organisation, patient) = revoked();
	for _ in 0..3 {
		chain.pass_a_day();
	}
	chain.succeed("Bob", Acknowledge::mark_overdue { patient, directive: 0 });
	let permit = chain.permit(Grantee::Organisation(organisation));
	chain.succeed("Patient", permit);
	chain.succeed("Patient", Con::revoke { directive: 1 });
	chain.next_block();
	let told = |chain: &mut Chain| {
		let of = |id| Acknowledgement::revocation(&patient, id);
		(chain.run(|| [of(0), of(1)]), tally(chain, organisation))
	};
	let before = told(&mut chain);
	assert!(before.0.iter().all(Option::is_some));
	chain.run(migrations::SingleBlockMigrations::on_runtime_upgrade);
	chain.next_block();
	assert_eq!(told(&mut chain), before);
	let late = Acknowledge::acknowledge { organisation, patient, directive: 1 };
	chain.succeed("Officer", late);
	assert_eq!(tally(&mut chain, organisation), (1, 0, 1));
}

/// An acknowledgement answers a clock: no empty account stops it.
#[test]
fn an_administrator_without_money_acknowledges_and_it_is_counted() {
	let (mut chain, organisation, patient) = revoked();
	chain.run(|| {
		use frame_support::traits::{fungible::Inspect, fungible::Mutate, tokens::Preservation};
		let from = account("Hospital");
		let all = Balances::reducible_balance(
			&from,
			Preservation::Preserve,
			frame_support::traits::tokens::Fortitude::Polite,
		);
		Balances::transfer(&from, &account("Alice"), all, Preservation::Preserve).expect("sent");
	});
	chain.succeed("Officer", acknowledge(organisation, patient));
	let counts = chain.run(|| Acknowledgement::tally(organisation));
	assert_eq!(counts, Tally { on_time: 1, late: 0, overdue: 0, unpaid: 1 });
}

/// The flag was set and taken while the hospital's time ran: it could not answer meanwhile, and has the rest of its time.
#[test]
fn the_time_for_which_the_organisation_was_flagged_does_not_count() {
	let (mut chain, org, patient) = revoked();
	chain.next_block();
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });
	for _ in 0..4 {
		chain.pass_a_day();
	}
	assert_eq!(standing(&mut chain, patient), None);
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: false });
	chain.next_block();
	let mark = || Acknowledge::<Runtime>::mark_overdue { patient, directive: 0 };
	assert_eq!(standing(&mut chain, patient), Some(NoticeStanding::Awaited));
	assert_eq!(chain.dispatch("Bob", mark()), Err(Error::<Runtime>::TooEarly.into()));
	for _ in 0..3 {
		chain.pass_a_day();
	}
	assert_eq!(standing(&mut chain, patient), Some(NoticeStanding::Overdue { marked_at: None }));
	chain.succeed("Bob", mark());
	assert_eq!(tally(&mut chain, org), (0, 0, 1));
}

/// What was wrong: a few patients made an officer acknowledge until nothing was left for its other work, and its other work could keep
/// it from acknowledging.
#[test]
fn acknowledging_neither_uses_up_what_other_work_needs_nor_is_used_up_by_it() {
	let (mut chain, organisation, patient) = revoked();
	let (officer, doctor) = (account("Officer"), account("Doctor"));
	let acknowledging = RuntimeCall::from(acknowledge(organisation, patient));
	let finding = pallet_emergency::Finding::Justified;
	let review = pallet_emergency::Call::review { acting_for: organisation, emergency: 0, finding };
	let other = RuntimeCall::from(review);
	let exhausted = InvalidTransaction::Custom(162).into();
	let spent = chain.run(|| spend_all(&officer, &other));
	assert!(spent > 9 * AllowancePerDay::get() / 10, "{spent}");
	assert_eq!(chain.refused("Officer", other.clone()), exhausted);
	chain.succeed("Officer", acknowledging.clone());
	// The other way round, on another day.
	chain.pass_a_day();
	let spent = chain.run(|| spend_all(&officer, &acknowledging));
	assert_eq!(spent, AnswerAllowancePerDay::get());
	assert_eq!(chain.refused("Officer", acknowledging.clone()), exhausted);
	assert!(chain.dispatch("Officer", other).is_err(), "there is no such emergency");
	// Whoever does not answer for the organisation has nothing of what is for that.
	let spent = chain.run(|| spend_all(&doctor, &acknowledging));
	assert_eq!(spent, AllowancePerDay::get());
}

/// However many handles a desk registers, what their Permits cost bounds what an officer has to acknowledge.
#[test]
fn one_officer_without_tokens_acknowledges_all_that_the_patients_of_one_cohort_can_revoke() {
	let (mut chain, organisation, patient) = scene();
	let permit = chain.permit(Grantee::Organisation(organisation));
	let permitting = fee_of(&mut chain, "Patient", permit);
	let answer = acknowledge(organisation, patient).into();
	let acknowledging = fee_of(&mut chain, "Officer", answer);
	let most = CohortAllowancePerDay::get().div_ceil(permitting);
	println!("{most} Permits a day of one cohort; an acknowledgement costs {acknowledging}");
	assert!(most * acknowledging <= AnswerAllowancePerDay::get());
}
