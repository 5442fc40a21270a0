//! What must be sealed never stands in a block: the call that would say it in plain is refused before,
//! whoever carries it.

use crate::common::{account, calls::several_of_every_call, Chain, AGREEMENT};
use crate::runtime::{policy::signers::SignerRules, *};
use frame_support::{traits::Contains, weights::Weight};
use pallet_consent::{Grantee, RequestFor};
use pallet_sponsorship::SignedCalls;
use salus_primitives::{
	commitment::Form, time::DAY, OrgId, OrgKind, OrgKindSet, Role, SensitivityLabel,
};
use sp_core::H256;
use sp_runtime::{traits::Dispatchable, transaction_validity::InvalidTransaction};
use std::collections::BTreeSet;

/// Refused as such, in a batch, and in a batch in a batch; nothing was charged and no nonce used.
#[track_caller]
fn never_in_a_block(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let batch = |call| RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call] });
	for carried in [call.clone(), batch(call.clone()), batch(batch(call.clone()))] {
		let nonce = chain.run(|| System::account_nonce(account(who)));
		let refused = chain.apply(who, carried.clone());
		assert_eq!(refused, Err(InvalidTransaction::Call.into()), "{carried:?}");
		assert_eq!(chain.run(|| System::account_nonce(account(who))), nonce);
	}
}

#[test]
fn labels_are_refused_before_a_block() {
	let (mut chain, org, patient) = Chain::with_patient();
	let labels = [SensitivityLabel::Hiv];
	let access = chain.access(&labels);
	let grantee = Grantee::Organisation(org);
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::permit { grantee: grantee.clone(), access },
	);
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::deny { grantee, scope: access.scope, until: u64::MAX },
	);
	never_in_a_block(&mut chain, "Patient", pallet_consent::Call::approve { request: 0, access });
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for: RequestFor::Organisation,
			access,
			terms: H256::repeat_byte(1),
		},
	);
}

#[test]
fn a_flagged_organisation_is_refused_before_a_block() {
	let (mut chain, org, patient) = Chain::with_patient();
	let ordinary = chain.permit(Grantee::Organisation(org));
	chain.succeed("Patient", ordinary);
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });

	let access = chain.access(&[]);
	for grantee in [
		Grantee::Organisation(org),
		Grantee::RoleAt(org, Role::Nurse),
		Grantee::Practitioner(account("Hospital")),
	] {
		let call = chain.permit(grantee.clone());
		never_in_a_block(&mut chain, "Patient", call);
		never_in_a_block(
			&mut chain,
			"Patient",
			pallet_consent::Call::deny { grantee, scope: access.scope, until: u64::MAX },
		);
	}
	let record = |subject| pallet_record_anchor::NewAnchor {
		commitment: H256::repeat_byte(7),
		form: salus_primitives::commitment::Form::Bytes,
		subject,
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	let records = vec![record(None), record(Some(patient))].try_into().expect("two");
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_record_anchor::Call::anchor_many { org, records },
	);
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for: RequestFor::Organisation,
			access,
			terms: H256::repeat_byte(1),
		},
	);
	let organisation = org;
	never_in_a_block(&mut chain, "Patient", pallet_consent::Call::block_requester { organisation });
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::unblock_requester { organisation },
	);
	let register = pallet_patient_identity::Call::register_for {
		org,
		key: account("Other"),
		agreement_key: AGREEMENT,
		expiry: chain.now() + 60,
		signature: sp_core::sr25519::Signature::from_raw([0; 64]).into(),
	};
	never_in_a_block(&mut chain, "Hospital", register);
	let anchor = |org: OrgId, subject| pallet_record_anchor::Call::anchor {
		org,
		commitment: H256::repeat_byte(7),
		form: Form::Bytes,
		subject,
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	never_in_a_block(&mut chain, "Hospital", anchor(org, Some(patient)));
	// Without a subject it says nothing of anybody.
	chain.succeed("Hospital", anchor(org, None));
	// What was permitted before can be taken back.
	chain.succeed("Patient", pallet_consent::Call::revoke { directive: 0 });
}

/// However large the batch, the filter reads no more than it may.
#[test]
fn a_batch_that_names_too_many_is_refused_unread() {
	let (mut chain, org, _) = Chain::with_patient();
	let one = chain.permit(Grantee::Organisation(org));
	let person = chain.permit(Grantee::Practitioner(account("Bob")));
	let batch = |count| pallet_utility::Call::batch { calls: vec![one.clone(); count] };
	// Asked itself: a chain may find before it that a batch is too much for a block.
	let mut passes = |call: RuntimeCall| chain.run(|| policy::filter::CallFilter::contains(&call));
	assert!(passes(batch(512).into()));
	assert!(!passes(batch(513).into()));
	let people = |count| pallet_utility::Call::batch { calls: vec![person.clone(); count] };
	assert!(passes(people(14).into()));
	assert!(!passes(people(15).into()));
	never_in_a_block(&mut chain, "Alice", people(15));
}

/// `//Doctor` works at a hospital and at a flagged clinic, `//Colleague` at the hospital alone.
fn two_positions() -> (Chain, OrgId, salus_primitives::PatientId) {
	let (mut chain, org, patient) = Chain::with_patient();
	let kinds = OrgKindSet::of(&[OrgKind::Provider]);
	chain.succeed("Clinic", pallet_registry::Call::apply { kinds, profile: H256::repeat_byte(2) });
	let clinic = chain.run(|| Registry::administers(&account("Clinic"))).expect("applied");
	let (kind, until) = (OrgKind::Provider, chain.now() + 30 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::admit { org: clinic, kind, until });
	for (admin, at, who) in
		[("Hospital", org, "Doctor"), ("Clinic", clinic, "Doctor"), ("Hospital", org, "Colleague")]
	{
		chain.employ(at, admin, who, Role::Clinician, until);
	}
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org: clinic, flagged: true });
	(chain, org, patient)
}

/// The calls that name a patient or a member, and that somebody else signs.
const SIGNED_BY_OTHERS: [&str; 22] = [
	"PatientIdentity.register_for",
	"PatientIdentity.complete_retirement",
	"Consent.apply_lift",
	"Consent.request_access",
	"Consent.expire_request",
	"RecordAnchor.anchor",
	"RecordAnchor.anchor_many",
	"Claims.enrol",
	"Claims.rekey_coverage",
	"Claims.open_encounter",
	"Claims.open_emergency",
	"Claims.attest_for",
	"Care.open",
	"Care.open_for",
	"Care.refer",
	"Care.end_for",
	"Care.apply_opt_in",
	"Emergency.break_glass_late",
	"Emergency.apply_relaxation",
	"Acknowledgement.acknowledge",
	"Acknowledgement.mark_overdue",
	"Sealed.apply_lift",
];

/// Whether `call` is one of `Sealed`, or carries one.
fn carries_sealed(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Sealed(_))
		|| policy::inner_calls(call).into_iter().any(carries_sealed)
}

#[test]
fn whoever_works_at_a_flagged_organisation_signs_no_call_that_names_a_patient() {
	let (mut chain, ..) = two_positions();
	let (doctor, colleague) = (account("Doctor"), account("Colleague"));
	type Rule = SignerRules;
	chain.run(|| {
		let mut refused = BTreeSet::new();
		for (name, call) in several_of_every_call() {
			// Nobody signs what nodes make: see the tests of powers.
			if policy::policy(&call).signer == salus_primitives::policy::Signer::Node {
				continue;
			}
			if policy::inner_calls(&call).is_empty() {
				assert!(Rule::may_sign(&colleague, &call), "{name}");
			}
			let names_patient = !Rule::may_sign(&doctor, &call);
			if names_patient && policy::inner_calls(&call).is_empty() {
				refused.insert(name.clone());
			}
			// Of an emergency it is looked up whether its organisation is flagged, and who works there.
			let looked_up = names_patient || name == "Emergency.break_glass";
			assert_eq!(Rule::weight(&call).ref_time() > 0, looked_up, "{name}");
			// Of who has one employer less is read than of who has as many as one can have.
			if let Some(took) = Rule::look_up(&colleague, &call) {
				let most = Rule::weight(&call);
				assert!(took.all_lte(most), "{name}: {took:?} of {most:?}");
				assert!(!names_patient || took.all_lt(most), "{name}: {took:?} of {most:?}");
			}
			// However it is carried, and whoever signs for the doctor or with it.
			let batch = pallet_utility::Call::batch { calls: vec![call.clone()] }.into();
			let derived = pallet_utility::Call::as_derivative { index: 1, call: Box::new(batch) };
			let derived = RuntimeCall::from(derived);
			// Beside a sealed directive nobody stands but the patient, not even whoever may make the call for the patient.
			let names_patient = names_patient || carries_sealed(&call);
			assert_eq!(Rule::may_sign(&doctor, &derived), !names_patient, "{name}");
			let (real, boxed) = (doctor.clone().into(), Box::new(derived.clone()));
			let for_doctor =
				pallet_proxy::Call::proxy { real, force_proxy_type: None, call: boxed.clone() };
			let together = pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories: vec![doctor.clone()],
				maybe_timepoint: None,
				call: boxed.clone(),
				max_weight: Default::default(),
			};
			let alone = pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![doctor.clone()],
				call: boxed.clone(),
			};
			// Anybody may send what a delegate has announced; of these two one is the doctor.
			let announced =
				|delegate: &AccountId, real: &AccountId| pallet_proxy::Call::proxy_announced {
					delegate: delegate.clone().into(),
					real: real.clone().into(),
					force_proxy_type: None,
					call: boxed.clone(),
				};
			let carriers: [RuntimeCall; 5] = [
				for_doctor.into(),
				together.into(),
				alone.into(),
				announced(&doctor, &colleague).into(),
				announced(&colleague, &doctor).into(),
			];
			for carrier in carriers {
				assert_eq!(Rule::may_sign(&colleague, &carrier), !names_patient, "{name}");
				let weights = (Rule::weight(&carrier), Rule::weight(&derived));
				assert_eq!(weights.0.any_gt(weights.1), names_patient, "{name}");
			}
		}
		assert_eq!(refused, SIGNED_BY_OTHERS.map(String::from).into());
	});
}

#[test]
fn whoever_works_at_a_flagged_organisation_is_named_beside_no_patient() {
	let (mut chain, org, patient) = two_positions();
	let access = chain.access(&[]);
	let asks = [
		RequestFor::Requester,
		RequestFor::Organisation,
		RequestFor::Role(Role::Nurse),
		RequestFor::Role(Role::Clinician),
	];
	for (n, request_for) in asks.into_iter().enumerate() {
		let terms = H256::repeat_byte(n as u8 + 1);
		let ask = pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for,
			access,
			terms,
		};
		never_in_a_block(&mut chain, "Doctor", ask.clone());
		// The pallet does not rely on that.
		let refused = chain.run(|| {
			RuntimeCall::from(ask.clone())
				.dispatch(RuntimeOrigin::signed(account("Doctor")))
				.map_err(|failed| failed.error)
				.map(|_| ())
		});
		assert_eq!(refused, Err(pallet_consent::Error::<Runtime>::FlaggedOrganisation.into()));
		// One patient has so many open requests of one organisation.
		if n < 3 {
			chain.succeed("Colleague", ask);
		}
	}
	let anchor = |subject| pallet_record_anchor::Call::anchor {
		org,
		commitment: H256::repeat_byte(7),
		form: Form::Bytes,
		subject,
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	never_in_a_block(&mut chain, "Doctor", anchor(Some(patient)));
	chain.succeed("Doctor", anchor(None));
	// Whoever has left the clinic is named like any other.
	let clinic = chain.run(|| Registry::administers(&account("Clinic"))).expect("applied");
	let (who, role) = (account("Doctor"), Role::Clinician);
	chain.next_block();
	chain.succeed(
		"Doctor",
		pallet_registry::Call::end_affiliation { org: clinic, account: who, role },
	);
	let commitment = H256::repeat_byte(8);
	chain.succeed(
		"Doctor",
		pallet_record_anchor::Call::anchor {
			org,
			commitment,
			form: Form::Bytes,
			subject: Some(patient),
			previous: None,
			retention: pallet_record_anchor::RetentionClass::Standard,
		},
	);
}

/// A list of accounts that no account has is words, of any length.
#[test]
fn a_list_longer_than_its_call_takes_does_not_reach_a_block() {
	let mut chain = Chain::development();
	let many = |n: u32| (0..n).map(|n| AccountId::from([n as u8; 32])).collect::<Vec<_>>();
	type Multi = pallet_multisig::Call<Runtime>;
	let lists = |signatories: u32, n: u32| -> Vec<RuntimeCall> {
		let (maybe_timepoint, max_weight) = (None, Default::default());
		let (call_hash, threshold) = ([7; 32], 2);
		let call: Box<RuntimeCall> = Box::new(pallet_claims::Call::poke { claim: 0 }.into());
		let timepoint = pallet_multisig::Timepoint { height: 1, index: 1 };
		// Besides the signer.
		let others = || many(signatories - 1);
		vec![
			Multi::as_multi_threshold_1 { other_signatories: others(), call: call.clone() }.into(),
			Multi::as_multi {
				threshold,
				other_signatories: others(),
				maybe_timepoint,
				call,
				max_weight,
			}
			.into(),
			Multi::approve_as_multi {
				threshold,
				other_signatories: others(),
				maybe_timepoint,
				call_hash,
				max_weight,
			}
			.into(),
			Multi::cancel_as_multi { threshold, other_signatories: others(), timepoint, call_hash }
				.into(),
			Multi::poke_deposit { threshold, other_signatories: others(), call_hash }.into(),
			pallet_preimage::Call::ensure_updated {
				hashes: vec![H256::repeat_byte(1); n as usize],
			}
			.into(),
			pallet_balances::Call::upgrade_accounts { who: many(n) }.into(),
			pallet_collective::Call::<Runtime, pallet_collective::Instance1>::set_members {
				new_members: many(n),
				prime: None,
				old_count: 0,
			}
			.into(),
			pallet_collective::Call::<Runtime, pallet_collective::Instance2>::set_members {
				new_members: many(n),
				prime: None,
				old_count: 0,
			}
			.into(),
		]
	};
	let most: u32 =
		<<Runtime as pallet_multisig::Config>::MaxSignatories as sp_core::Get<u32>>::get();
	for call in lists(most + 1, 101) {
		never_in_a_block(&mut chain, "Alice", call);
	}
	chain.run(|| {
		use crate::runtime::policy::filter::CallFilter;
		assert!(lists(most, 100).iter().all(CallFilter::contains));
	});
}

/// The largest size of an entry of a map, with its key.
fn stored_size<Map: frame_support::traits::StorageInfoTrait>() -> u64 {
	Map::storage_info()[0].max_size.expect("it is bounded").into()
}

/// However large the transaction, what is looked at grows with its length alone, and what is read does not grow.
#[test]
fn a_transaction_with_too_many_people_is_refused_and_weighs_no_more_than_the_filter_reads() {
	let (mut chain, org, _) = two_positions();
	let person = |n: u32| {
		let mut bytes = [7; 32];
		bytes[..4].copy_from_slice(&n.to_le_bytes());
		AccountId::from(bytes)
	};
	let visit = || RuntimeCall::from(pallet_claims::Call::open_encounter { org });
	let together = |others: std::ops::Range<u32>, calls: Vec<RuntimeCall>| {
		RuntimeCall::from(pallet_multisig::Call::as_multi {
			threshold: 2,
			other_signatories: others.map(person).collect(),
			maybe_timepoint: None,
			call: Box::new(pallet_utility::Call::batch { calls }.into()),
			max_weight: Default::default(),
		})
	};
	let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch { calls });
	type Rule = SignerRules;
	let colleague = account("Colleague");
	chain.run(|| {
		// 14 people and the signer, each with as many employers as one can have. In bytes of proof, as benchmarks count them.
		let affiliation = stored_size::<pallet_registry::Affiliations<Runtime>>() + 2_475;
		let employers = u64::from(common::health::MAX_EMPLOYERS);
		let of_one = employers * affiliation;
		// 512 other items take no more than 16 people of 16 employers.
		type OfConsent = <Runtime as pallet_consent::Config>::WeightInfo;
		let person =
			<OfConsent as pallet_consent::WeightInfo>::practitioner(common::health::MAX_EMPLOYERS);
		let most =
			Weight::from_parts(person.saturating_mul(31).ref_time(), 15 * (of_one + affiliation));
		let one = Rule::weight(&visit());
		assert!(one.proof_size() >= of_one, "{one:?}: less than one person's affiliations");
		let begun = std::time::Instant::now();
		for (call, may) in [
			// A megabyte: half of it signatories, the other half visits; or as many multisignatures as fit.
			(together(0..16_000, vec![visit(); 80_000]), false),
			(batch((0..8_000).map(|n| together(n * 2..n * 2 + 2, vec![visit()])).collect()), false),
			(batch(vec![visit(); 150_000]), true),
			(together(0..12, vec![visit(); 3]), true),
			(together(0..13, vec![visit(); 3]), false),
			(together(0..40, vec![visit()]), false),
		] {
			assert_eq!(Rule::may_sign(&colleague, &call), may);
			let weight = Rule::weight(&call);
			assert!(weight.all_lte(most) && weight.ref_time() > 0, "{weight:?}");
			let took = Rule::look_up(&colleague, &call);
			assert!(took.is_none_or(|took| took.all_lt(weight)), "{took:?} of {weight:?}");
		}
		// Quadratic, it was minutes.
		assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
		// Without a call that names somebody, nothing is read, whoever signs.
		let nobody = together(0..16_000, vec![]);
		assert!(
			Rule::may_sign(&account("Doctor"), &nobody)
				&& Rule::weight(&nobody) == Default::default()
		);
	});
}

/// An attestation answers a clock: where the encounter names the coverage, nothing is told anew, whoever signs.
#[test]
fn what_the_state_has_together_is_signed_by_anybody() {
	let (mut chain, org, _) = two_positions();
	chain.run(|| {
		use frame_support::storage::{with_transaction, TransactionOutcome};
		let _ = with_transaction(|| {
			let signature = sp_core::sr25519::Signature::from_raw([0; 64]).into();
			let attest = RuntimeCall::from(pallet_claims::Call::attest_for {
				org,
				encounter: 0,
				coverage: 5,
				expiry: 0,
				signature,
			});
			let may = || SignerRules::may_sign(&account("Doctor"), &attest);
			for (coverage, expected) in [(None, false), (Some(4), false), (Some(5), true)] {
				let encounter = pallet_claims::Encounter {
					provider: org,
					opened: 0,
					emergency: true,
					coverage,
					attested: None,
					closing: None,
					reviewed: false,
					claim: None,
					correction: None,
				};
				pallet_claims::Encounters::<Runtime>::insert(0, encounter);
				assert_eq!(may(), expected, "{coverage:?}");
			}
			TransactionOutcome::Rollback(Ok::<_, sp_runtime::DispatchError>(()))
		});
	});
}
