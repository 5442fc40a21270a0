//! What can be had for nothing is limited by parties that exist once: attacks that multiply handles,
//! keys, invitations and members, through the real fee adapter.
//!
//! The bounds are those of docs/decisions/0024-limits-by-party.md.

use crate::common::{account, pair, Chain, AGREEMENT};
use crate::runtime::{
	configs::fees::{
		AllowancePerDay, CohortAllowancePerDay, EmergencyAllowancePerDay, KeyAllowancePerDay,
		MemberAllowancePerDay, MemberReserve, OrganisationAllowancePerDay, PatientAllowancePerDay,
		PatientReserve,
	},
	*,
};
use frame_support::{
	assert_ok,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	storage::{with_transaction, TransactionOutcome},
};
use pallet_consent::Grantee;
use pallet_patient_identity::messages;
use pallet_transaction_payment::OnChargeTransaction;
use salus_primitives::{
	time::DAY, traits::TokenlessAccounts, Cohort, DataClassSet, EmergencyReason, Interval,
	KeyPurposeSet, OrgId, OrgKind, OrgKindSet, Party, PatientId, Role,
};
use sp_core::{sr25519, Get, Pair, H256};
use sp_runtime::{
	transaction_validity::InvalidTransaction, ApplyExtrinsicResult, DispatchError, DispatchResult,
};
use std::collections::BTreeMap;

/// What an attacker likes best: it is sponsored, changes nothing, and can be repeated.
fn idle() -> RuntimeCall {
	pallet_record_anchor::Call::acknowledge { author: 0, seq: 0 }.into()
}

/// What tightens and takes up state: it is sponsored.
fn deny(org: OrgId) -> RuntimeCall {
	pallet_consent::Call::block_requester { organisation: org }.into()
}

/// The glass is broken.
fn glass(organisation: OrgId, patient: PatientId) -> RuntimeCall {
	let (reason, classes) = (EmergencyReason::UrgentCare, DataClassSet::ALL);
	let detail = H256::zero();
	pallet_emergency::Call::break_glass { organisation, patient, reason, classes, detail }.into()
}

/// Lets the pot pay whatever it still pays for `call` of `who`, as if `call` cost so much. An attacker
/// cannot do better. What was paid.
pub(crate) fn spend_all(who: &AccountId, call: &RuntimeCall) -> Balance {
	type Adapter = <Runtime as pallet_transaction_payment::Config>::OnChargeTransaction;
	let info = call.get_dispatch_info();
	let mut spent = 0;
	while let Ok(quote) = Sponsorship::quote(who.clone(), call.clone(), 1) {
		assert_eq!(quote.payer, Sponsorship::pot());
		let fee = quote.left;
		let charged =
			<Adapter as OnChargeTransaction<Runtime>>::withdraw_fee(who, call, &info, fee, 0)
				.expect("what was quoted is paid");
		let post = PostDispatchInfo::default();
		<Adapter as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(
			who, &info, &post, fee, 0, charged,
		)
		.expect("it is settled");
		spent += fee;
	}
	spent
}

/// Takes `name` on at the organisation of `admin`.
fn employ(chain: &mut Chain, admin: &str, name: &str, role: Role) {
	let org = chain.run(|| Registry::administers(&account(admin))).expect("administers");
	let until = chain.now() + 400 * DAY;
	chain.employ(org, admin, name, role, until);
}

/// The registration of `wallet` by somebody of `org`.
fn registration(
	chain: &mut Chain,
	org: OrgId,
	wallet: &sr25519::Pair,
) -> (AccountId, pallet_patient_identity::Call<Runtime>) {
	let key = AccountId::from(wallet.public());
	let expiry = chain.now() + 600;
	let message =
		chain.run(|| messages::register_for(&System::block_hash(0), org, &key, &AGREEMENT, expiry));
	let call = pallet_patient_identity::Call::register_for {
		org,
		key: key.clone(),
		agreement_key: AGREEMENT,
		expiry,
		signature: wallet.sign(&message).into(),
	};
	(key, call)
}

fn register(chain: &mut Chain, org: OrgId, by: &str, wallet: &str) {
	let (_, call) = registration(chain, org, &pair(wallet));
	chain.succeed(by, call);
}

/// Dispatches `call` as `who`, which pays for it with tokens of its own.
fn dispatch(
	chain: &mut Chain,
	who: &str,
	call: pallet_patient_identity::Call<Runtime>,
) -> DispatchResult {
	use sp_runtime::traits::Dispatchable;
	let origin = RuntimeOrigin::signed(account(who));
	chain.run(|| RuntimeCall::from(call).dispatch(origin).map(|_| ()).map_err(|why| why.error))
}

/// Sends a call that the pot pays for, in the next block that takes transactions.
fn send(chain: &mut Chain, who: &str, call: RuntimeCall) -> ApplyExtrinsicResult {
	loop {
		match chain.apply(who, call.clone()) {
			Err(why) if why == InvalidTransaction::ExhaustsResources.into() => chain.next_block(),
			outcome => return outcome,
		}
	}
}

/// Whether the pot pays for an ordinary call of `who`.
fn is_sponsored(chain: &mut Chain, who: &str) -> bool {
	match send(chain, who, idle()) {
		Ok(outcome) => {
			assert!(outcome.is_err(), "there is no such record");
			true
		},
		Err(why) => {
			assert_eq!(why, InvalidTransaction::Custom(162).into(), "by {who}");
			false
		},
	}
}

/// A second hospital, licensed, and a patient that it registered.
fn another_hospital(chain: &mut Chain) {
	let kinds = OrgKindSet::of(&[OrgKind::Provider]);
	chain.succeed("Clinic", pallet_registry::Call::apply { kinds, profile: H256::repeat_byte(2) });
	let org = chain.run(|| Registry::administers(&account("Clinic"))).expect("applied");
	let (kind, until) = (OrgKind::Provider, chain.now() + 400 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::admit { org, kind, until });
	register(chain, org, "Clinic", "ClinicsPatient");
}

fn renew_hospital(chain: &mut Chain, org: OrgId) {
	let (kind, until) = (OrgKind::Provider, chain.now() + 400 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org, kind, until });
}

fn pass(chain: &mut Chain, hours: u64) {
	chain.advance(hours * 3_600_000);
	chain.next_block();
}

/// One employee registers handles for two weeks, as many as it can and with tokens of its own, and lets
/// the pot pay for whatever it pays for.
#[test]
fn one_employee_drains_little_and_locks_out_only_whom_it_registered_itself_this_month() {
	const DAYS: u64 = 14;
	const STEP: u64 = 8;
	let (mut chain, org, _) = Chain::with_patient();
	renew_hospital(&mut chain, org);
	another_hospital(&mut chain);
	employ(&mut chain, "Hospital", "Clerk", Role::Clinician);
	employ(&mut chain, "Hospital", "Nurse", Role::Nurse);
	// Of the same clerk, before it went astray: more than a month ago.
	register(&mut chain, org, "Clerk", "Early");
	for _ in 0..31 {
		pass(&mut chain, 24);
	}
	register(&mut chain, org, "Clerk", "Victim");
	register(&mut chain, org, "Nurse", "Nurses");

	let (mut handles, mut spent) = (BTreeMap::<Cohort, Vec<AccountId>>::new(), 0);
	let count = |handles: &BTreeMap<_, Vec<_>>| handles.values().map(Vec::len).sum::<usize>();
	let access = chain.access(&[]);
	for step in 0..=DAYS * 24 / STEP {
		// As many as the organisation lets one of its staff register.
		let mut new = Vec::new();
		loop {
			let mut seed = [7; 32];
			let number = count(&handles) + new.len();
			seed[..8].copy_from_slice(&(number as u64).to_le_bytes());
			let (key, call) = registration(&mut chain, org, &sr25519::Pair::from_seed(&seed));
			match dispatch(&mut chain, "Clerk", call) {
				Ok(()) => new.push(key),
				Err(why) => {
					let limit = pallet_patient_identity::Error::<Runtime>::TooManyRegistrations;
					assert_eq!(why, limit.into());
					break;
				},
			}
		}
		let request = RuntimeCall::from(pallet_consent::Call::request_access {
			organisation: org,
			patient: H256::zero(),
			request_for: pallet_consent::RequestFor::Organisation,
			access,
			terms: H256::zero(),
		});
		spent += chain.run(|| {
			// New handles have what is set aside as well; of the others, until nothing more is to be had.
			let mut spent: Balance = new.iter().map(|who| spend_all(who, &deny(org))).sum();
			for others in handles.values() {
				let mut refusals = 0;
				for who in others {
					let more = spend_all(who, &idle());
					refusals = if more == 0 { refusals + 1 } else { 0 };
					spent += more;
					if refusals > 50 {
						break;
					}
				}
			}
			let clerk = account("Clerk");
			spent + spend_all(&clerk, &request) + spend_all(&clerk, &glass(org, H256::zero()))
		});
		let desk = chain
			.run(|| pallet_patient_identity::Desks::<Runtime>::get(org, account("Clerk")))
			.number;
		let cohort = Cohort::of_patient(desk, chain.now());
		handles.entry(cohort).or_default().extend(new);

		// Whoever it did not register this month is served all the time.
		for who in ["Patient", "ClinicsPatient", "Nurses", "Early"] {
			assert!(is_sponsored(&mut chain, who), "{who} is locked out on step {step}");
		}
		if step < DAYS * 24 / STEP {
			pass(&mut chain, STEP);
		}
	}

	// 0024: two terms of 30 days at most, the reserve of each handle, and what is the clerk's own.
	let times = Balance::from(1 + DAYS);
	let own = AllowancePerDay::get() + EmergencyAllowancePerDay::get();
	let bound = times * (2 * CohortAllowancePerDay::get() + own)
		+ count(&handles) as Balance * PatientReserve::get();
	println!(
		"{} handles in {DAYS} days drained {}.{:03} SLS; the bound is {} SLS",
		count(&handles),
		spent / UNIT,
		spent % UNIT / MILLI_UNIT,
		bound / UNIT,
	);
	assert!(count(&handles) as u64 <= 100 * (1 + DAYS), "{} handles", count(&handles));
	assert!(handles.len() <= 2, "{} terms", handles.len());
	assert!(spent <= bound, "{spent} of {bound}");
	assert!(spent > Balance::from(DAYS) * CohortAllowancePerDay::get(), "nobody attacked");

	// A patient of the clerk's own, of this month, shares with the attacker. It denies all the same, from
	// what is set aside for it; what is free is free.
	assert!(!is_sponsored(&mut chain, "Victim"));
	let scope = chain.access(&[]).scope;
	let deny = pallet_consent::Call::deny {
		grantee: Grantee::Organisation(0),
		scope,
		until: chain.now() + DAY,
	};
	assert_ok!(send(&mut chain, "Victim", deny.into()).expect("sponsored"));
	assert_ok!(send(&mut chain, "Victim", self::deny(0)).expect("sponsored"));
	let freeze = pallet_patient_identity::Call::freeze {};
	assert_ok!(send(&mut chain, "Victim", freeze.into()).expect("free"));
}

/// In the night after a busy day: the clinician has used up its own allowance, and staff what is shared.
#[test]
fn a_clinician_without_tokens_breaks_the_glass_when_all_ordinary_budgets_are_used_up() {
	let (mut chain, org, patient) = Chain::with_patient();
	renew_hospital(&mut chain, org);
	for name in ["Doctor", "Colleague"] {
		employ(&mut chain, "Hospital", name, Role::Clinician);
	}
	employ(&mut chain, "Hospital", "Nurse", Role::Nurse);
	let ordinary: RuntimeCall = pallet_record_anchor::Call::retract {
		org,
		seq: 0,
		leaf: None,
		reason: pallet_record_anchor::RetractReason::Duplicate,
	}
	.into();
	let spent = chain.run(|| spend_all(&account("Doctor"), &ordinary));
	assert!(spent > 9 * AllowancePerDay::get() / 10, "{spent}");
	let since = chain.now();
	chain.run(|| {
		let used = OrganisationAllowancePerDay::get();
		let staff = pallet_sponsorship::Budget::Organisation(org);
		let used_up = salus_primitives::Allowance { used, since };
		pallet_sponsorship::Budgets::<Runtime>::insert(staff, used_up);
	});
	let exhausted = InvalidTransaction::Custom(162).into();
	for who in ["Doctor", "Colleague", "Nurse"] {
		assert_eq!(chain.refused(who, ordinary.clone()), exhausted, "{who}");
	}
	// Who is no clinician could not break it, and does not use up what is for that.
	assert_eq!(chain.refused("Nurse", glass(org, patient)), exhausted);
	let fee = fee_of(&mut chain, "Doctor", glass(org, patient));
	assert!(20 * fee <= EmergencyAllowancePerDay::get(), "an emergency costs {fee}");
	chain.succeed("Doctor", glass(org, patient));
	let late = pallet_emergency::Call::break_glass_late {
		organisation: org,
		patient,
		reason: EmergencyReason::MajorIncident,
		classes: DataClassSet::ALL,
		happened_at: chain.now(),
		detail: H256::zero(),
	};
	chain.succeed("Doctor", late);
	assert_eq!(chain.run(|| Balances::free_balance(account("Doctor"))), 0);
	// One clinician does not use up what the others need.
	let spent = chain.run(|| spend_all(&account("Doctor"), &glass(org, patient)));
	assert!(spent > 0 && spent < EmergencyAllowancePerDay::get(), "{spent}");
	assert_eq!(chain.refused("Doctor", glass(org, patient)), exhausted);
	chain.succeed("Colleague", glass(org, patient));
}

/// What is set aside for a handle is worth less than what the organisation has put down for it, and
/// enough for two denials.
#[test]
fn the_reserve_of_a_handle_is_below_its_deposit_and_is_enough_to_deny() {
	let (mut chain, org, _) = Chain::with_patient();
	let held = chain.run(|| {
		use frame_support::traits::fungible::InspectHold;
		let reason: RuntimeHoldReason = pallet_patient_identity::HoldReason::Registration.into();
		Balances::balance_on_hold(&reason, &account("Hospital"))
	});
	assert!(PatientReserve::get() < held, "a handle is worth {held} to whoever registers it");
	let scope = chain.access(&[]).scope;
	let (grantee, until) = (Grantee::PractitionerAt(account("Doctor"), org), chain.now() + DAY);
	let tightening: [RuntimeCall; 6] = [
		// The dearest: it is looked up where the practitioner works.
		pallet_consent::Call::deny { grantee, scope, until }.into(),
		pallet_consent::Call::deny {
			grantee: Grantee::Organisation(org),
			scope,
			until: chain.now() + DAY,
		}
		.into(),
		deny(org),
		pallet_record_anchor::Call::dispute { author: 0, seq: 0, statement: H256::zero() }.into(),
		pallet_record_anchor::Call::request_erasure { author: 0, seq: 0 }.into(),
		pallet_record_anchor::Call::withdraw_erasure { author: 0, seq: 0 }.into(),
	];
	for call in tightening {
		let fee = fee_of(&mut chain, "Patient", call.clone());
		assert!(2 * fee <= PatientReserve::get(), "{call:?} costs {fee}");
	}
}

/// A new handle begins low. That is enough for a first day on which much is arranged.
#[test]
fn a_new_handle_has_enough_for_its_first_day() {
	let (mut chain, org, patient) = Chain::with_patient();
	let access = chain.access(&[]);
	for n in 1..=3 {
		let request_for = pallet_consent::RequestFor::Organisation;
		let terms = H256::repeat_byte(n);
		let ask = pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for,
			access,
			terms,
		};
		chain.succeed("Hospital", ask);
	}
	let pot = |chain: &mut Chain| chain.run(|| Balances::free_balance(Sponsorship::pot()));
	let before = pot(&mut chain);
	chain.add_key(patient, "Tablet");
	for request in 0..3 {
		chain.succeed("Patient", pallet_consent::Call::approve { request, access });
		let permit = chain.permit(Grantee::Organisation(org));
		chain.succeed("Patient", permit);
		let deny = pallet_consent::Call::deny {
			grantee: Grantee::Organisation(0),
			scope: access.scope,
			until: chain.now() + DAY,
		};
		chain.succeed("Patient", deny);
	}
	assert!(before > pot(&mut chain), "the pot paid");
	let reserve = pallet_sponsorship::Budget::PatientReserve(patient);
	let untouched = chain.run(|| pallet_sponsorship::Budgets::<Runtime>::get(reserve).used == 0);
	assert!(untouched, "an ordinary day touched the reserve");
}

/// What `call` costs `who` before dispatch.
pub(crate) fn fee_of(chain: &mut Chain, who: &str, call: RuntimeCall) -> Balance {
	chain.run(|| {
		let extrinsic = crate::common::sign(&pair(who), call, 0);
		let length = codec::Encode::encoded_size(&extrinsic) as u32;
		TransactionPayment::query_info(extrinsic, length).partial_fee
	})
}

/// How many accounts and how many welcomes there are.
fn accounts(chain: &mut Chain) -> (usize, usize) {
	chain.run(|| {
		(
			frame_system::Account::<Runtime>::iter_keys().count(),
			pallet_sponsorship::Accounts::<Runtime>::iter_keys().count(),
		)
	})
}

#[test]
fn keys_that_are_added_and_cancelled_leave_no_account() {
	let (mut chain, _, patient) = Chain::with_patient();
	let before = accounts(&mut chain);
	for n in 0..6 {
		let name = format!("Key{n}");
		chain.add_key(patient, &name);
		assert_eq!(accounts(&mut chain), (before.0 + 1, before.1 + 1));
		let key = account(&name);
		chain.succeed("Patient", pallet_patient_identity::Call::cancel_pending_key { key });
	}
	chain.add_key(patient, "Frozen");
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	assert_eq!(accounts(&mut chain), before);
}

#[test]
fn invitations_that_are_made_and_cancelled_leave_no_account() {
	let (mut chain, org, _) = Chain::with_patient();
	let before = accounts(&mut chain);
	let (role, until) = (Role::Nurse, chain.now() + DAY);
	for n in 0..6 {
		let who = account(&format!("Guest{n}"));
		chain.succeed(
			"Hospital",
			pallet_registry::Call::invite { org, account: who.clone(), role, until },
		);
		assert_eq!(accounts(&mut chain), (before.0 + 1, before.1 + 1));
		chain.succeed(
			"Hospital",
			pallet_registry::Call::cancel_invitation { org, account: who, role },
		);
	}
	assert_eq!(accounts(&mut chain), before);
	// An organisation makes so many invitations a day.
	let since = chain.now();
	chain.run(|| {
		let used = <Runtime as pallet_registry::Config>::MaxInvitations::get();
		let made = salus_primitives::Allowance { used, since };
		pallet_registry::InvitationsMade::<Runtime>::insert(org, made);
	});
	let refused = chain.dispatch(
		"Hospital",
		pallet_registry::Call::invite { org, account: account("Another"), role, until },
	);
	assert_eq!(refused, Err(pallet_registry::Error::<Runtime>::TooManyInvitations.into()));
}

/// Ten patients whom one desk registered in one month, each with three keys and as greedy as can be.
#[test]
fn ten_patients_do_not_lock_out_the_others_of_their_cohort() {
	let mut chain = Chain::development();
	chain.run(|| {
		let outcome = with_transaction(|| {
			let enter = |patient: u8, key: u8| {
				let mut bytes = [9; 32];
				(bytes[0], bytes[1]) = (patient, key);
				let (who, patient) = (AccountId::from(bytes), H256::repeat_byte(patient));
				Sponsorship::welcome(&who).expect("it only adds");
				let key = pallet_patient_identity::Key {
					patient,
					purposes: KeyPurposeSet::ALL,
					from: 0,
					until: None,
				};
				pallet_patient_identity::Keys::<Runtime>::insert(&who, key);
				let party = Party { organisation: 4, cohort: Cohort(7), since: 0 };
				pallet_patient_identity::Parties::<Runtime>::insert(patient, party);
				who
			};
			let mut spent = 0;
			for patient in 0..10 {
				for key in 0..3 {
					spent += spend_all(&enter(patient, key), &idle());
				}
			}
			// 0024: nine tenths of an SLS a day each.
			assert_eq!(spent, 10 * PatientAllowancePerDay::get());
			let left = Sponsorship::quote(enter(10, 0), idle(), 1).map(|quote| quote.left);
			assert_eq!(left, Ok(KeyAllowancePerDay::get()), "the next has all that is its own");
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		assert_ok!(outcome);
	});
}

/// 200 members of one payer, each as greedy as can be.
#[test]
fn two_hundred_members_of_a_payer_do_not_lock_out_the_others() {
	let mut chain = Chain::development();
	chain.run(|| {
		let outcome = with_transaction(|| {
			let attest = |coverage| {
				RuntimeCall::from(pallet_claims::Call::attest { encounter: 0, coverage })
			};
			let member = |coverage: u64| {
				let mut bytes = [9; 32];
				bytes[..8].copy_from_slice(&coverage.to_le_bytes());
				AccountId::from(bytes)
			};
			let enrol = |coverage| {
				Sponsorship::welcome(&member(coverage)).expect("it only adds");
				pallet_claims::Coverages::<Runtime>::insert(
					coverage,
					pallet_claims::Coverage {
						payer: 4,
						plan: 0,
						version: 0,
						member: member(coverage),
						period: Interval::ALWAYS,
						accepted: None,
						next_key: None,
					},
				);
			};
			let mut spent = 0;
			for coverage in 0..200 {
				enrol(coverage);
				spent += spend_all(&member(coverage), &attest(coverage));
			}
			// 0024: a twentieth of an SLS a day each, and what is set aside for each.
			assert_eq!(spent, 200 * (MemberAllowancePerDay::get() + MemberReserve::get()));
			// Whoever was enrolled with them, and whoever was not, has its share as before.
			for coverage in [200, 999, 1_000, 191_999] {
				enrol(coverage);
				let quote =
					Sponsorship::quote(member(coverage), attest(coverage), MemberReserve::get());
				assert_eq!(
					quote.map(|quote| (quote.payer, quote.left >= MemberReserve::get())),
					Ok((Sponsorship::pot(), true))
				);
				let left =
					Sponsorship::quote(member(coverage), attest(coverage), 1).map(|q| q.left);
				assert_eq!(left, Ok(MemberAllowancePerDay::get()), "{coverage}");
			}
			// Those who were enrolled with them have one call even if all of these are greedy.
			for coverage in 201..400 {
				enrol(coverage);
				spend_all(&member(coverage), &attest(coverage));
			}
			let used_up = Sponsorship::quote(member(999), attest(999), 1).map(|quote| quote.left);
			assert_eq!(used_up, Ok(MemberReserve::get()));
			let other = Sponsorship::quote(member(1_000), attest(1_000), 1).map(|quote| quote.left);
			assert_eq!(other, Ok(MemberAllowancePerDay::get()));
			// A member has what it does on no coverage but its own.
			assert!(Sponsorship::quote(member(1_000), attest(5_000), 1).is_err());
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		assert_ok!(outcome);
	});
}
