//! Powers that nobody has: there is no sudo, by whatever route.

use crate::common::{account, Chain};
use crate::runtime::{policy::filter::*, *};
use frame_support::{assert_ok, traits::Contains};
use sp_runtime::{traits::Dispatchable, DispatchError};

fn calls_that_only_root_could_make() -> Vec<RuntimeCall> {
	let who = || account("Alice").into();
	vec![
		frame_system::Call::set_code { code: vec![1] }.into(),
		frame_system::Call::set_code_without_checks { code: vec![1] }.into(),
		frame_system::Call::set_heap_pages { pages: 1 }.into(),
		frame_system::Call::set_storage { items: vec![(vec![1], vec![1])] }.into(),
		frame_system::Call::kill_storage { keys: vec![vec![1]] }.into(),
		frame_system::Call::kill_prefix { prefix: vec![1], subkeys: 1 }.into(),
		frame_system::Call::authorize_upgrade_without_checks { code_hash: Default::default() }
			.into(),
		pallet_balances::Call::force_transfer { source: who(), dest: who(), value: 1 }.into(),
		pallet_balances::Call::force_set_balance { who: who(), new_free: 1 }.into(),
		pallet_balances::Call::force_unreserve { who: who(), amount: 1 }.into(),
		pallet_assets::Call::force_create {
			id: 1.into(),
			owner: who(),
			is_sufficient: true,
			min_balance: 1,
		}
		.into(),
		pallet_assets::Call::force_transfer { id: 1.into(), source: who(), dest: who(), amount: 1 }
			.into(),
		pallet_utility::Call::dispatch_as {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: Box::new(frame_system::Call::set_heap_pages { pages: 1 }.into()),
		}
		.into(),
		pallet_utility::Call::dispatch_as_fallible {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: Box::new(frame_system::Call::set_heap_pages { pages: 1 }.into()),
		}
		.into(),
		pallet_utility::Call::with_weight {
			call: Box::new(frame_system::Call::set_heap_pages { pages: 1 }.into()),
			weight: Default::default(),
		}
		.into(),
	]
}

#[test]
fn no_signed_account_and_no_collective_reaches_roots_calls() {
	let mut chain = Chain::development();
	chain.run(|| {
		for call in calls_that_only_root_could_make() {
			assert!(!CallFilter::contains(&call), "{call:?}");
			let origins: [RuntimeOrigin; 3] = [
				RuntimeOrigin::signed(account("Alice")),
				pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(
					3, 3,
				)
				.into(),
				pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(
					3, 3,
				)
				.into(),
			];
			for origin in origins {
				let outcome = call.clone().dispatch(origin.clone());
				assert!(outcome.is_err(), "{call:?} by {origin:?}");
				// Past the filter too: the pallet itself refuses.
				let direct = frame_support::traits::UnfilteredDispatchable::dispatch_bypass_filter(
					call.clone(),
					origin,
				);
				let why = direct.map_err(|e| e.error).expect_err("refused");
				// An asset's admin could make this one: the treasury, whose key nobody holds.
				let not_admin =
					matches!(call, RuntimeCall::Assets(pallet_assets::Call::force_transfer { .. }))
						&& why == pallet_assets::Error::<Runtime>::NoPermission.into();
				assert!(why == DispatchError::BadOrigin || not_admin, "{call:?}: {why:?}");
			}
		}
	});
}

#[test]
fn wrapping_does_not_help() {
	for call in calls_that_only_root_could_make() {
		let batch: RuntimeCall = pallet_utility::Call::batch { calls: vec![call.clone()] }.into();
		let proxied: RuntimeCall = pallet_proxy::Call::proxy {
			real: account("Alice").into(),
			force_proxy_type: None,
			call: Box::new(batch.clone()),
		}
		.into();
		let motion: RuntimeCall =
			pallet_collective::Call::<Runtime, pallet_collective::Instance1>::propose {
				threshold: 3,
				proposal: Box::new(proxied.clone()),
				length_bound: 1_000,
			}
			.into();
		for wrapped in [batch, proxied, motion] {
			assert!(!CallFilter::contains(&wrapped), "{wrapped:?}");
		}
	}
}

#[test]
fn free_text_is_refused_at_any_depth() {
	let remark: RuntimeCall = frame_system::Call::remark { remark: b"anything".to_vec() }.into();
	let texts: Vec<RuntimeCall> = vec![
		remark.clone(),
		frame_system::Call::remark_with_event { remark: b"anything".to_vec() }.into(),
		pallet_preimage::Call::note_preimage { bytes: b"anything".to_vec() }.into(),
		pallet_assets::Call::set_metadata {
			id: 1.into(),
			name: b"anything".to_vec(),
			symbol: b"ANY".to_vec(),
			decimals: 2,
		}
		.into(),
		pallet_utility::Call::batch { calls: vec![remark.clone()] }.into(),
		pallet_multisig::Call::as_multi_threshold_1 {
			other_signatories: vec![account("Bob")],
			call: Box::new(remark),
		}
		.into(),
	];
	for call in texts {
		assert!(!CallFilter::contains(&call), "{call:?}");
	}
	let mut chain = Chain::development();
	chain.refused("Alice", frame_system::Call::remark { remark: b"anything".to_vec() });
}

#[test]
fn there_is_no_sudo_pallet() {
	use frame_support::traits::PalletsInfoAccess;
	let names = AllPalletsWithSystem::infos().into_iter().map(|info| info.module_name);
	let names = names.collect::<Vec<_>>();
	assert!(names.contains(&"pallet_collective"), "{names:?}");
	assert!(!names.iter().any(|name| name.contains("sudo")), "{names:?}");
}

#[test]
fn the_council_can_do_what_is_its_own() {
	let mut chain = Chain::development();
	chain.run(|| {
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(2, 3)
				.into();
		let add: RuntimeCall =
			pallet_membership::Call::<Runtime, pallet_membership::Instance1>::add_member {
				who: account("Dave").into(),
			}
			.into();
		assert_ok!(add.dispatch(council));
	});
}

#[test]
fn calls_carry_calls_eight_levels_deep_and_no_deeper() {
	let mut call: RuntimeCall =
		pallet_balances::Call::transfer_keep_alive { dest: account("Bob").into(), value: 1 }.into();
	for level in 1..=MAX_NESTING + 1 {
		call = pallet_utility::Call::batch { calls: vec![call] }.into();
		assert_eq!(CallFilter::contains(&call), level <= MAX_NESTING, "{level} levels");
	}
}

#[test]
fn bytes_are_refused_where_a_proof_of_keys_is_expected() {
	let set = |proof: Vec<u8>| -> RuntimeCall {
		let keys = crate::of_consensus::session_keys();
		pallet_session::Call::set_keys { keys, proof }.into()
	};
	assert!(CallFilter::contains(&set(vec![0; 160])));
	assert!(!CallFilter::contains(&set(vec![0; 161])));
}

type Motion = pallet_collective::Call<Runtime, pallet_collective::Instance1>;
type Seats = pallet_membership::Call<Runtime, pallet_membership::Instance1>;

#[test]
fn who_does_not_vote_has_not_agreed_whatever_the_prime_says() {
	use codec::Encode;
	use sp_runtime::traits::{BlakeTwo256, Hash};
	let mut chain = Chain::development();
	let add: RuntimeCall = Seats::add_member { who: account("Dave").into() }.into();
	let (hash, length_bound) = (BlakeTwo256::hash_of(&add), add.encoded_size() as u32);
	chain.run(|| {
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		let prime: RuntimeCall = Seats::set_prime { who: account("Alice").into() }.into();
		assert_ok!(prime.dispatch(council));
	});
	chain.succeed("Alice", Motion::propose { threshold: 2, proposal: Box::new(add), length_bound });
	chain.succeed("Alice", Motion::vote { proposal: hash, index: 0, approve: true });
	let close = Motion::close {
		proposal_hash: hash,
		index: 0,
		proposal_weight_bound: frame_support::weights::Weight::from_parts(1_000_000_000, 1_000_000),
		length_bound,
	};
	// Before its end it can only be closed by votes, and after it by votes as well.
	assert!(chain.dispatch("Bob", close.clone()).is_err());
	chain.run(|| {
		let end = System::block_number() + configs::governance::MotionDuration::get();
		System::set_block_number(end + 1);
		let closed = Council::close(
			RuntimeOrigin::signed(account("Bob")),
			hash,
			0,
			frame_support::weights::Weight::from_parts(1_000_000_000, 1_000_000),
			length_bound,
		);
		assert_ok!(closed);
		assert!(!Membership::members().contains(&account("Dave")), "one of three agreed");
		System::set_block_number(end - configs::governance::MotionDuration::get());
	});
}

#[test]
fn no_body_is_emptied_or_seated_anew_at_one_stroke() {
	let mut chain = Chain::development();
	type Technical = pallet_membership::Call<Runtime, pallet_membership::Instance2>;
	chain.run(|| {
		let bob = || account("Bob").into();
		let closed: [RuntimeCall; 4] = [
			Seats::reset_members { members: vec![account("Dave")] }.into(),
			Technical::reset_members { members: vec![] }.into(),
			Seats::remove_member { who: bob() }.into(),
			Technical::remove_member { who: bob() }.into(),
		];
		for call in closed {
			assert!(!CallFilter::contains(&call), "{call:?}");
		}
		let council: RuntimeOrigin =
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3)
				.into();
		let add: RuntimeCall = Seats::add_member { who: account("Dave").into() }.into();
		assert_ok!(add.dispatch(council.clone()));
		let remove: RuntimeCall = Seats::remove_member { who: bob() }.into();
		assert!(CallFilter::contains(&remove), "there are four");
		assert_ok!(remove.clone().dispatch(council));
		assert!(!CallFilter::contains(&remove), "there are three again");
		let swap = Seats::swap_member { remove: account("Alice").into(), add: bob() };
		assert!(CallFilter::contains(&swap.into()));
	});
}

#[test]
fn an_assets_administrator_does_not_reach_into_a_payers_settlement_account() {
	use pallet_assets::Call as Asset;
	let mut chain = Chain::development();
	chain.run(|| {
		let id = || genesis_config_presets::SETTLEMENT_ASSET.into();
		for org in [0, 1, 77] {
			let who: Address = Claims::settlement_account(org).into();
			let reaching: [RuntimeCall; 3] = [
				Asset::burn { id: id(), who: who.clone(), amount: 1 }.into(),
				Asset::freeze { id: id(), who: who.clone() }.into(),
				Asset::block { id: id(), who }.into(),
			];
			for call in reaching {
				assert!(!CallFilter::contains(&call), "{call:?}");
				let batch = pallet_utility::Call::batch { calls: vec![call] };
				assert!(!CallFilter::contains(&batch.into()));
			}
		}
		let who = account("Alice").into();
		assert!(CallFilter::contains(&Asset::burn { id: id(), who, amount: 1 }.into()));
	});
}

/// What nodes put into a block carries bytes that only its pallet checks.
#[test]
fn what_only_nodes_make_is_refused_inside_any_call_and_with_a_signature() {
	use crate::runtime::policy::policy;
	use salus_primitives::policy::Signer;
	use sp_runtime::transaction_validity::InvalidTransaction;
	let mut chain = Chain::development();
	let of_nodes: Vec<_> = crate::common::every_call()
		.into_iter()
		.filter(|(_, call)| policy(call).signer == Signer::Node)
		.collect();
	assert!(of_nodes.len() >= 2, "{}", of_nodes.len());
	for (name, call) in of_nodes {
		let (calls, boxed) = (vec![call.clone()], Box::new(call.clone()));
		let real = account("Bob").into();
		let carried: Vec<RuntimeCall> = vec![
			pallet_utility::Call::batch { calls: calls.clone() }.into(),
			pallet_utility::Call::batch_all { calls: calls.clone() }.into(),
			pallet_utility::Call::force_batch { calls }.into(),
			pallet_utility::Call::if_else { main: boxed.clone(), fallback: boxed.clone() }.into(),
			pallet_utility::Call::as_derivative { index: 0, call: boxed.clone() }.into(),
			pallet_proxy::Call::proxy { real, force_proxy_type: None, call: boxed.clone() }.into(),
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![account("Bob")],
				call: boxed.clone(),
			}
			.into(),
			pallet_scheduler::Call::schedule {
				when: 100,
				maybe_periodic: None,
				priority: 0,
				call: boxed.clone(),
			}
			.into(),
			Motion::propose { threshold: 2, proposal: boxed, length_bound: 1_000 }.into(),
		];
		let refused = InvalidTransaction::Call.into();
		assert_eq!(chain.refused("Alice", call.clone()), refused, "{name}: signed");
		chain.run(|| {
			assert!(CallFilter::contains(&call), "{name}: by a node");
			for carrier in carried {
				assert!(!CallFilter::contains(&carrier), "{name} in {carrier:?}");
			}
		});
	}
}
