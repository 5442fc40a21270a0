//! The only way to Root, through real blocks: both collectives, a short catalogue, a public delay.

use crate::common::{account, Chain};
use crate::runtime::{
	configs::governance::RootCatalogue, genesis_config_presets::SHORT_FLOORS,
	policy::filter::CallFilter, *,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::Contains};
use pallet_enactment::{Catalogue, EnactmentClass, Error};
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash as _},
	DispatchError,
};

/// The members of both collectives in the preset.
const MEMBERS: [&str; 3] = ["Alice", "Bob", "Charlie"];

fn authorise(code: &[u8]) -> RuntimeCall {
	frame_system::Call::authorize_upgrade { code_hash: BlakeTwo256::hash(code) }.into()
}

fn approve(call: &RuntimeCall) -> RuntimeCall {
	pallet_enactment::Call::approve { call: Box::new(call.clone()) }.into()
}

/// A whole motion of a collective for `call`, by signed transactions: `//Alice` proposes, and the two
/// `voters` of its three members carry it.
fn motion<I>(chain: &mut Chain, call: &RuntimeCall, voters: [&str; 2])
where
	I: 'static,
	Runtime: pallet_collective::Config<I, Proposal = RuntimeCall>,
	RuntimeCall: From<pallet_collective::Call<Runtime, I>>,
{
	type Motion<I> = pallet_collective::Call<Runtime, I>;
	let (proposal, length_bound) = (BlakeTwo256::hash_of(call), call.encoded_size() as u32);
	let index = chain.run(pallet_collective::ProposalCount::<Runtime, I>::get);
	let propose =
		Motion::<I>::propose { threshold: 2, proposal: Box::new(call.clone()), length_bound };
	chain.succeed("Alice", propose);
	for who in voters {
		chain.succeed(who, Motion::<I>::vote { proposal, index, approve: true });
	}
	let proposal_weight_bound = call.get_dispatch_info().call_weight;
	let close =
		Motion::<I>::close { proposal_hash: proposal, index, proposal_weight_bound, length_bound };
	chain.succeed(voters[1], close);
}

/// A motion of the Council.
fn council(chain: &mut Chain, call: &RuntimeCall) {
	motion::<pallet_collective::Instance1>(chain, call, ["Alice", "Bob"]);
}

/// A motion of the Technical Committee.
fn technical(chain: &mut Chain, call: &RuntimeCall) {
	motion::<pallet_collective::Instance2>(chain, call, ["Bob", "Charlie"]);
}

fn wait(chain: &mut Chain, seconds: u64) {
	for _ in 0..seconds.div_ceil(3) {
		chain.next_block();
	}
}

#[test]
fn an_upgrade_is_authorised_by_both_bodies_after_the_delay_and_only_its_code_is_taken() {
	let mut chain = Chain::development();
	let code = b"the new code".to_vec();
	let call = authorise(&code);
	let proposal = BlakeTwo256::hash_of(&call);
	let apply = |code: &[u8]| -> RuntimeCall {
		frame_system::Call::apply_authorized_upgrade { code: code.to_vec() }.into()
	};

	council(&mut chain, &approve(&call));
	let enact = pallet_enactment::Call::enact { proposal };
	let early = chain.dispatch("Dave", enact.clone());
	assert_eq!(early, Err(Error::<Runtime>::NotAgreed.into()));
	technical(&mut chain, &approve(&call));
	let early = chain.dispatch("Dave", enact.clone());
	assert_eq!(early, Err(Error::<Runtime>::TooEarly.into()));
	// Until then any code is mere bytes, and does not reach a block.
	chain.refused("Dave", apply(&code));

	wait(&mut chain, SHORT_FLOORS.upgrade);
	let before = chain.run(|| Balances::free_balance(account("Dave")));
	chain.succeed("Dave", enact.clone());
	assert_eq!(chain.run(|| Balances::free_balance(account("Dave"))), before, "it is free");
	chain.run(|| {
		assert!(System::authorized_upgrade().is_some());
		assert!(CallFilter::contains(&apply(&code)));
		assert!(!CallFilter::contains(&apply(b"other code")));
	});
	chain.refused("Dave", apply(b"other code"));
	let again = chain.dispatch("Dave", enact);
	assert_eq!(again, Err(Error::<Runtime>::NoSuchProposal.into()));
}

#[test]
fn one_body_alone_reaches_nothing_however_often_it_agrees_with_itself() {
	let mut chain = Chain::development();
	let call = authorise(b"code");
	council(&mut chain, &approve(&call));
	chain.run(|| {
		let all_of_it: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		let twice = Enactment::approve(all_of_it, Box::new(call.clone()));
		assert_noop!(twice, Error::<Runtime>::AlreadyApproved);
		let too_few: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(1, 3)
				.into();
		let one = Enactment::approve(too_few, Box::new(call.clone()));
		assert_noop!(one, DispatchError::BadOrigin);
		for who in MEMBERS {
			let alone =
				Enactment::approve(RuntimeOrigin::signed(account(who)), Box::new(call.clone()));
			assert_noop!(alone, DispatchError::BadOrigin);
		}
	});
}

/// What the pallet itself says to `call` by `origin`.
fn past_the_filter(call: RuntimeCall, origin: RuntimeOrigin) -> Result<(), DispatchError> {
	frame_support::traits::UnfilteredDispatchable::dispatch_bypass_filter(call, origin)
		.map(|_| ())
		.map_err(|failure| failure.error)
}

#[test]
fn neither_body_appoints_the_other() {
	let mut chain = Chain::development();
	chain.run(|| {
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		let technical: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(3, 3)
				.into();
		let who = || account("Dave").into();
		type OfCouncil = pallet_membership::Call<Runtime, pallet_membership::Instance1>;
		type OfTechnical = pallet_membership::Call<Runtime, pallet_membership::Instance2>;
		let calls_of_council: [RuntimeCall; 4] = [
			OfCouncil::add_member { who: who() }.into(),
			OfCouncil::remove_member { who: account("Bob").into() }.into(),
			OfCouncil::swap_member { remove: account("Bob").into(), add: who() }.into(),
			OfCouncil::reset_members { members: vec![account("Dave")] }.into(),
		];
		let calls_of_technical: [RuntimeCall; 4] = [
			OfTechnical::add_member { who: who() }.into(),
			OfTechnical::remove_member { who: account("Bob").into() }.into(),
			OfTechnical::swap_member { remove: account("Bob").into(), add: who() }.into(),
			OfTechnical::reset_members { members: vec![account("Dave")] }.into(),
		];
		for call in calls_of_council {
			assert_noop!(past_the_filter(call, technical.clone()), DispatchError::BadOrigin);
		}
		for call in calls_of_technical {
			assert_noop!(past_the_filter(call, council.clone()), DispatchError::BadOrigin);
		}
		let own: RuntimeCall = OfTechnical::add_member { who: who() }.into();
		assert_ok!(own.dispatch(technical));
	});
}

#[test]
fn the_catalogue_is_three_calls_and_those_of_the_consensus() {
	let mut chain = Chain::development();
	// One of every call that the runtime has, with arguments that are all zeros.
	let listed = chain.run(|| {
		crate::common::every_call()
			.into_iter()
			.filter(|(_, call)| RootCatalogue::class(call).is_some())
			.map(|(name, _)| name)
			.collect::<Vec<_>>()
	});
	let mut expected = vec!["System.authorize_upgrade", "Enactment.set_delay", "Care.set_policy"];
	expected.extend_from_slice(crate::of_consensus::CATALOGUE);
	expected.sort();
	let mut listed = listed;
	listed.sort();
	assert_eq!(listed, expected);
}

#[test]
fn what_is_not_in_the_catalogue_is_not_approved() {
	let mut chain = Chain::development();
	let others: Vec<RuntimeCall> = vec![
		frame_system::Call::set_storage { items: vec![(vec![1], vec![1])] }.into(),
		frame_system::Call::authorize_upgrade_without_checks { code_hash: H256::zero() }.into(),
		pallet_balances::Call::force_set_balance { who: account("Bob").into(), new_free: 1 }.into(),
		pallet_utility::Call::batch { calls: vec![authorise(b"code")] }.into(),
		pallet_membership::Call::<Runtime, pallet_membership::Instance2>::add_member {
			who: account("Dave").into(),
		}
		.into(),
		pallet_safe_mode::Call::force_exit {}.into(),
	];
	chain.run(|| {
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		for call in others {
			let refused = Enactment::approve(council.clone(), Box::new(call));
			assert_noop!(refused, Error::<Runtime>::NotInCatalogue);
		}
	});
}

#[test]
fn a_delay_is_set_after_the_delay_of_parameters() {
	let mut chain = Chain::development();
	let seconds = SHORT_FLOORS.upgrade + 60;
	let delay: RuntimeCall =
		pallet_enactment::Call::set_delay { class: EnactmentClass::Upgrade, seconds }.into();
	council(&mut chain, &approve(&delay));
	technical(&mut chain, &approve(&delay));
	wait(&mut chain, SHORT_FLOORS.parameter);
	let proposal = BlakeTwo256::hash_of(&delay);
	chain.succeed("Eve", pallet_enactment::Call::enact { proposal });
	assert_eq!(chain.run(pallet_enactment::Delays::<Runtime>::get).upgrade, seconds);
}

#[test]
fn the_heaviest_call_of_the_catalogue_fits() {
	let mut chain = Chain::development();
	chain.run(|| {
		let limit = <Runtime as pallet_enactment::Config>::MaxCallWeight::get();
		for (name, call) in crate::common::every_call() {
			if RootCatalogue::class(&call).is_some() {
				let weight = call.get_dispatch_info().call_weight;
				assert!(weight.all_lte(limit), "{name}: {weight:?} of {limit:?}");
			}
		}
	});
}
