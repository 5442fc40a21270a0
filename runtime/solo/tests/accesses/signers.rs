//! What is looked up before a transaction is taken: where those work who sign it and whom it names, and on whose budget its fee is.

use super::*;
use crate::{
	common::{pair, sign},
	runtime::{
		configs::fees::PatientReserve,
		policy::{filter::CallFilter, signers::SignerRules},
	},
};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	storage::{with_transaction, TransactionOutcome},
	traits::Contains,
};
use frame_system::ExtensionsWeightInfo as _;
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_consent::{Grantee, WeightInfo as _};
use pallet_sponsorship::{Budget, Budgets, Quote, SignedCalls};
use salus_primitives::{time::DAY, traits::Credentials, Allowance};
use sp_runtime::DispatchError;

/// What is looked up of one person with so many employers.
fn of_person(employers: u32) -> Weight {
	<Runtime as pallet_consent::Config>::WeightInfo::practitioner(employers)
}

/// The same without the reads.
fn computing_of_person(employers: u32) -> Weight {
	let reads = u64::from(3 + 2 * employers);
	let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads);
	Weight::from_parts(of_person(employers).saturating_sub(reads).ref_time(), 0)
}

/// What so many reads cost.
fn reads(count: u32) -> Weight {
	<Runtime as frame_system::Config>::DbWeight::get().reads(count.into())
}

/// What `test` finds where each of `people` has so many employers, of which nothing stays.
fn with_employers<R>(
	chain: &mut Chain,
	people: &[AccountId],
	employers: u32,
	test: impl FnOnce() -> R,
) -> R {
	let found = chain.run(|| {
		with_transaction(|| {
			for who in people {
				<Registry as Credentials<AccountId>>::benchmark_some_employers(who, employers);
			}
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(test()))
		})
	});
	found.expect("a result")
}

/// As many as may sign together a call that names a patient: the call, and everybody for whom or with whom `//Colleague` signs.
fn together(organisation: OrgId, patient: PatientId, until: u64) -> (RuntimeCall, Vec<AccountId>) {
	let mut others: Vec<_> = (0..12).map(|n| account(&format!("Signatory{n}"))).collect();
	others.sort();
	let mut all = others.clone();
	all.push(account("Colleague"));
	all.sort();
	all.push(Multisig::multi_account_id(&all, 2));
	let kind = RelationshipKind::Admission;
	let open = RuntimeCall::from(Relate::open { organisation, patient, kind, until });
	let call = pallet_multisig::Call::as_multi {
		threshold: 2,
		other_signatories: others,
		maybe_timepoint: None,
		call: Box::new(open),
		max_weight: Default::default(),
	};
	(call.into(), all)
}

/// What is taken off for the reads is what they were measured with: an account's employers, what it administers and that organisation; and of
/// each employer the organisation and the affiliation.
#[test]
fn looking_up_a_person_reads_what_the_rules_take_off() {
	for employers in [0, 1, MOST_EMPLOYERS] {
		let (all, _) = declared_by(&[("consent", "practitioner", &[("e", employers)])]);
		assert_eq!(all, Accesses { reads: 3 + 2 * employers, writes: 0 });
	}
}

#[test]
fn a_multisignature_weighs_all_who_sign_and_where_they_work() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	let (call, people) = together(organisation, patient, chain.now() + DAY);
	let most = SignerRules::weight(&call);
	for employers in [0, 5, MOST_EMPLOYERS] {
		let took = with_employers(&mut chain, &people, employers, || {
			SignerRules::look_up(&account("Colleague"), &call).expect("it may be signed")
		});
		let expected = of_person(employers).ref_time() * people.len() as u64;
		assert_eq!(took.ref_time(), expected, "{employers}");
		assert!(took.all_lte(most), "{took:?} of {most:?}");
		assert_eq!(took == most, employers == MOST_EMPLOYERS);
	}
}

/// Of a whole transaction, through all extensions.
#[test]
fn what_a_multisignature_did_not_look_up_is_given_back_and_no_more() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	endowed(&mut chain, "Colleague");
	let (call, people) = together(organisation, patient, chain.now() + DAY);
	let mut weighed = |employers: u32| {
		with_employers(&mut chain, &people, employers, || {
			let extrinsic = sign(&pair("Colleague"), call.clone(), 0);
			let weights = <Runtime as frame_system::Config>::BlockWeights::get();
			let base = weights.get(DispatchClass::Normal).base_extrinsic;
			let declared = extrinsic.get_dispatch_info().total_weight().saturating_add(base);
			assert_eq!(Executive::apply_extrinsic(extrinsic), Ok(Ok(())));
			let done = System::events().into_iter().rev().find_map(|record| match record.event {
				RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { dispatch_info }) => {
					Some(dispatch_info.weight)
				},
				_ => None,
			});
			(declared, done.expect("an event"))
		})
	};
	let (declared, none) = weighed(0);
	let (same, some) = weighed(5);
	let (_, all) = weighed(MOST_EMPLOYERS);
	assert_eq!(declared, same);
	assert!(all.all_lte(declared), "{all:?} of {declared:?}");
	let of_all = |employers| of_person(employers).ref_time() * people.len() as u64;
	assert_eq!(some.ref_time() - none.ref_time(), of_all(5) - of_all(0));
	assert_eq!(all.ref_time() - none.ref_time(), of_all(MOST_EMPLOYERS) - of_all(0));
}

/// Before the transaction is taken, and by each dispatch.
#[test]
fn whom_a_call_names_the_filter_looks_up_as_often_as_it_is_asked() {
	let (mut chain, ..) = Chain::with_patient();
	let doctor = account("Doctor");
	let permit = chain.permit(Grantee::Practitioner(doctor.clone()));
	let batch = |call: &RuntimeCall| {
		RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call.clone()] })
	};
	let (once, twice) = (batch(&permit), batch(&batch(&permit)));
	for (call, times) in [(&permit, 2), (&once, 3), (&twice, 4)] {
		let most = SignerRules::filter_weight(call);
		assert_eq!(most, computing_of_person(MOST_EMPLOYERS).saturating_mul(times));
		for employers in [0, 5, MOST_EMPLOYERS] {
			let people = [doctor.clone()];
			let took = with_employers(&mut chain, &people, employers, || {
				assert!(CallFilter::contains(call));
				SignerRules::filtered(call)
			});
			assert_eq!(took, computing_of_person(employers).saturating_mul(times));
		}
	}
	// What names nobody beside a patient is not looked up.
	let none = RuntimeCall::from(pallet_consent::Call::revoke { directive: 0 });
	assert_eq!(SignerRules::filter_weight(&none), Weight::zero());

	// What is dispatched whenever the transaction ends well declares what it reads, or fails and is paid for all the same.
	let other = || none.clone();
	let boxed = || Box::new(permit.clone());
	let others = vec![account("Nurse")];
	let dispatched: [RuntimeCall; 7] = [
		pallet_utility::Call::batch { calls: vec![permit.clone(), other()] }.into(),
		pallet_utility::Call::batch_all { calls: vec![permit.clone(), other()] }.into(),
		pallet_utility::Call::force_batch { calls: vec![other(), permit.clone()] }.into(),
		pallet_utility::Call::if_else { main: boxed(), fallback: Box::new(other()) }.into(),
		pallet_utility::Call::as_derivative { index: 0, call: boxed() }.into(),
		pallet_proxy::Call::proxy {
			real: account("Nurse").into(),
			force_proxy_type: None,
			call: boxed(),
		}
		.into(),
		pallet_multisig::Call::as_multi_threshold_1 {
			other_signatories: others.clone(),
			call: boxed(),
		}
		.into(),
	];
	for call in &dispatched {
		let most = SignerRules::filter_weight(call);
		assert_eq!(most, computing_of_person(MOST_EMPLOYERS).saturating_mul(3), "{call:?}");
	}

	// What another transaction dispatches, or none, is declared with the one that carries it.
	let carried: [(RuntimeCall, u64); 9] = [
		(
			pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories: others,
				maybe_timepoint: None,
				call: boxed(),
				max_weight: Default::default(),
			}
			.into(),
			3,
		),
		(
			pallet_scheduler::Call::schedule {
				when: 1_000,
				maybe_periodic: None,
				priority: 0,
				call: Box::new(batch(&permit)),
			}
			.into(),
			4,
		),
		(pallet_enactment::Call::approve { call: boxed() }.into(), 3),
		(
			pallet_collective::Call::<Runtime, pallet_collective::Instance1>::propose {
				threshold: 2,
				proposal: boxed(),
				length_bound: 1_000,
			}
			.into(),
			3,
		),
		(
			pallet_collective::Call::<Runtime, pallet_collective::Instance2>::propose {
				threshold: 2,
				proposal: boxed(),
				length_bound: 1_000,
			}
			.into(),
			3,
		),
		(pallet_utility::Call::batch { calls: vec![other(), permit.clone()] }.into(), 3),
		(pallet_utility::Call::batch_all { calls: vec![other(), permit.clone()] }.into(), 3),
		(pallet_utility::Call::batch { calls: vec![other(), batch(&permit)] }.into(), 4),
		(pallet_utility::Call::if_else { main: Box::new(other()), fallback: boxed() }.into(), 3),
	];
	for (call, times) in &carried {
		for employers in [0, 5, MOST_EMPLOYERS] {
			let people = [doctor.clone()];
			let took =
				with_employers(&mut chain, &people, employers, || SignerRules::filtered(call));
			let computing = computing_of_person(employers).saturating_mul(*times);
			let reads = reads(3 + 2 * employers);
			assert_eq!(took.ref_time(), computing.saturating_add(reads).ref_time(), "{call:?}");
			// Of the person itself some items more are read than what is taken for it.
			let proof = of_person(employers).proof_size();
			assert!(took.proof_size() >= proof, "{} of {proof}: {call:?}", took.proof_size());
			let most = SignerRules::filter_weight(call);
			assert_eq!(took == most, employers == MOST_EMPLOYERS, "{call:?}");
		}
	}
}

/// As many as a filter looks up, in what may be dispatched in another block: all of it is declared, the organisations beside the people too.
#[test]
fn what_the_filter_reads_for_a_call_that_is_put_off_is_declared_with_the_transaction() {
	let (mut chain, hospital, _) = hospital_and_busy_doctor();
	let (scope, until) = (chain.access(&[]).scope, chain.now() + DAY);
	let put_off = |grantee: Grantee<AccountId>| {
		let deny = RuntimeCall::from(pallet_consent::Call::deny { grantee, scope, until });
		let batch = RuntimeCall::from(pallet_utility::Call::batch { calls: vec![deny] });
		RuntimeCall::from(pallet_scheduler::Call::schedule {
			when: 1_000,
			maybe_periodic: None,
			priority: 0,
			call: Box::new(batch),
		})
	};
	let of_organisation = 2_607;
	for (grantee, proof) in [
		(
			Grantee::PractitionerAt(account("Doctor"), hospital),
			of_person(MOST_EMPLOYERS).proof_size() + of_organisation,
		),
		(Grantee::Organisation(hospital), of_organisation),
	] {
		let call = put_off(grantee);
		let found = touched_by(&mut chain, || assert!(CallFilter::contains(&call)));
		let most = SignerRules::filter_weight(&call);
		let needed = reads(sum(&found).reads);
		assert!(needed.ref_time() > 0 && needed.all_lte(most), "{found:?}: {most:?}");
		assert!(most.proof_size() >= proof, "{proof}: {most:?}");
	}
}

/// Whoever reads the hash of the first block declares it, so that no call has to.
#[test]
fn the_hash_of_the_genesis_block_is_declared_where_it_is_read_first() {
	let genesis = frame_system::BlockHash::<Runtime>::hashed_key_for(BlockNumber::default());
	let counted =
		|of: &[u8]| !apis::uncounted_keys(of).iter().any(|uncounted| uncounted.key == genesis);
	assert!(counted(b"frame_system_extensions"));
	assert!(!counted(b"pallet_care"));
	// The SDK's benchmark leaves it out by itself.
	let declared = <Runtime as frame_system::Config>::ExtensionsWeightInfo::check_genesis();
	assert!(reads(1).all_lte(declared), "{declared:?}");
}

/// So only what it takes beyond the reads is weighed with the transaction.
#[test]
fn what_the_filter_reads_the_call_declares() {
	let (mut chain, hospital, _) = hospital_and_busy_doctor();
	let permit = chain.permit(Grantee::PractitionerAt(account("Doctor"), hospital));
	let found = touched_by(&mut chain, || assert!(CallFilter::contains(&permit)));
	assert!(sum(&found).reads > MOST_EMPLOYERS, "{found:?}");
	let parts: [Part; 2] =
		[("consent", "permit", &[("l", 0)]), ("consent", "practitioner", &[("e", MOST_EMPLOYERS)])];
	assert_declared(&found, &parts);
}

/// Where what a patient shares with others is used up, all of that is read before its reserve.
#[test]
fn a_fee_on_the_reserve_of_a_patient() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	let (who, fee, since) = (account("Patient"), PatientReserve::get(), chain.now());
	let call = RuntimeCall::from(pallet_consent::Call::block_requester { organisation });
	let used_up = || {
		let used = Allowance { used: Balance::MAX / 2, since };
		Budgets::<Runtime>::insert(Budget::Patient(patient), used);
	};
	let found = touched_after(&mut chain, used_up, |()| {
		let Quote { payer, left, .. } =
			Sponsorship::quote(who, call, fee).expect("it is sponsored");
		assert_eq!((payer, left), (Sponsorship::pot(), fee));
	});
	assert_eq!(found["Sponsorship::Budgets"], Accesses { reads: 4, writes: 0 });
	assert_declared(&found, &[("sponsorship", "sponsored_reserve_fee", &[])]);
}
