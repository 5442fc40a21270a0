//! Benchmarks: every call in its worst case, but for parts that have benchmarks of their own, which are added where they are taken: a bond grows
//! or moves (`grow_bond`, `move_bond`), a payment begins or ends a settlement account (`end_account`), the provider has been without a licence
//! since the visit, so that it is looked up in the history whether it had one then (`past_licences`). In benchmarks of calls to which a part is
//! added nothing of it happens. Where none is added the worst is in the benchmark: a bond of a payer was put down by a former administrator, to
//! whom it returns, and a claim that is taken back ends the provider's account.
//!
//! A correction replaces a claim that was paid and waits nevertheless, between two others, of which it keeps no line: it comes to more than was
//! paid, is paid what is on hold for the claim before, and waits for the rest behind all others. One for which the provider gives something back
//! waits for nothing, and takes less.

mod scene;

use crate::{
	impls::{BondChange, Taken},
	messages,
	types::*,
	*,
};
use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::traits::{fungibles::Inspect, Get};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkHelper,
	time::{DAY, HOUR},
	Commitment, Interval,
};
use scene::*;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_plan() {
		let scene = scene::<T>(PLENTY);
		former_bond::<T>(scene.payer);
		let terms = Box::new(terms::<T>(PLENTY));

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_admin), scene.payer, terms);

		assert!(Plans::<T>::contains_key(scene.plan + 1));
	}

	#[benchmark]
	fn revise_plan() {
		let scene = scene::<T>(PLENTY);
		former_bond::<T>(scene.payer);
		let terms = Box::new(terms::<T>(PLENTY));

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_admin), scene.payer, scene.plan, terms);

		assert!(PlanVersions::<T>::contains_key(scene.plan, 1));
	}

	#[benchmark]
	fn enrol() {
		let scene = scene::<T>(PLENTY);
		former_bond::<T>(scene.payer);
		let member: T::AccountId = account("new member", 0, 0);
		let period = Interval::new(NOW, NOW + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.payer, scene.plan, member, period);

		assert!(Coverages::<T>::contains_key(scene.coverage + 1));
	}

	#[benchmark]
	fn accept_coverage() {
		let scene = scene::<T>(PLENTY);
		Coverages::<T>::mutate(scene.coverage, |coverage| {
			coverage.as_mut().expect("enrolled").accepted = None;
		});
		MemberKeys::<T>::remove(&scene.member);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), scene.coverage);

		assert!(Coverages::<T>::get(scene.coverage).expect("enrolled").accepted.is_some());
	}

	/// By the payer, whose staff is looked up.
	#[benchmark]
	fn terminate_coverage() {
		let scene = scene::<T>(PLENTY);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.coverage, NOW);

		assert_eq!(Coverages::<T>::get(scene.coverage).expect("enrolled").period.until, NOW);
	}

	#[benchmark]
	fn rekey_coverage() {
		let scene = scene::<T>(PLENTY);
		former_bond::<T>(scene.payer);
		let key: T::AccountId = account("new key", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.payer, scene.coverage, key);

		assert!(Coverages::<T>::get(scene.coverage).expect("enrolled").next_key.is_some());
	}

	#[benchmark]
	fn accept_rekey() {
		let scene = scene::<T>(PLENTY);
		let key: T::AccountId = account("new key", 0, 0);
		let (who, org) = (&scene.payer_biller, scene.payer);
		Pallet::<T>::do_rekey_coverage(who, org, scene.coverage, key.clone()).expect("new");
		set_time::<T>(NOW + T::RekeyDelay::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(key.clone()), scene.coverage);

		assert_eq!(Coverages::<T>::get(scene.coverage).expect("enrolled").member, key);
	}

	/// By the payer, whose staff is looked up.
	#[benchmark]
	fn cancel_rekey() {
		let scene = scene::<T>(PLENTY);
		let key: T::AccountId = account("new key", 0, 0);
		let (who, org) = (&scene.payer_biller, scene.payer);
		Pallet::<T>::do_rekey_coverage(who, org, scene.coverage, key).expect("new");

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.coverage);

		assert!(Coverages::<T>::get(scene.coverage).expect("enrolled").next_key.is_none());
	}

	#[benchmark]
	fn open_encounter() {
		let scene = scene::<T>(PLENTY);
		let before = put_down::<T>(scene.provider);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider);

		assert!(Encounters::<T>::contains_key(0));
		assert_eq!(bond::<T>(scene.provider).ticket, before);
	}

	#[benchmark]
	fn open_emergency() {
		let scene = scene::<T>(PLENTY);
		let before = put_down::<T>(scene.provider);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, scene.coverage);

		assert!(Encounters::<T>::get(0).expect("opened").emergency);
		assert_eq!(bond::<T>(scene.provider).ticket, before);
	}

	#[benchmark]
	fn attest() {
		let scene = scene::<T>(PLENTY);
		let encounter = scene.open();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), encounter, scene.coverage);

		assert!(Encounters::<T>::get(encounter).expect("opened").attested.is_some());
	}

	/// With a signature that a wallet has wrapped, which is checked twice.
	#[benchmark]
	fn attest_for() {
		let expiry = NOW + T::MaxSignatureLife::get().min(HOUR);
		// The numbers that the scene will give.
		let (encounter, coverage) = (NextEncounter::<T>::get(), NextCoverage::<T>::get());
		let placeholder = scene::<T>(PLENTY);
		let org = placeholder.provider;
		let genesis = Pallet::<T>::genesis();
		let (member, signature) = T::BenchmarkHelper::sign(&|_| {
			let message = messages::attest(&genesis, org, encounter, coverage, expiry);
			salus_primitives::signing::wrapped(&message)
		});
		Coverages::<T>::mutate(coverage, |stored| {
			stored.as_mut().expect("enrolled").member = member.clone();
		});
		MemberKeys::<T>::insert(&member, coverage);
		assert_eq!(placeholder.open(), encounter);

		#[extrinsic_call]
		_(RawOrigin::Signed(placeholder.biller), org, encounter, coverage, expiry, signature);

		assert!(Encounters::<T>::get(encounter).expect("opened").attested.is_some());
	}

	#[benchmark]
	fn close_encounter() {
		let scene = scene::<T>(PLENTY);
		let encounter = scene.open();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.biller),
			scene.provider,
			encounter,
			Commitment::repeat_byte(1),
			64,
		);

		assert!(Encounters::<T>::get(encounter).expect("opened").closing.is_some());
	}

	#[benchmark]
	fn amend_encounter() {
		let scene = scene::<T>(PLENTY);
		let encounter = scene.closed(&lines(0, 1));

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.biller),
			scene.provider,
			encounter,
			Commitment::repeat_byte(1),
			64,
		);

		let closing = Encounters::<T>::get(encounter).expect("opened").closing;
		assert_eq!(closing.expect("closed").amendments, 1);
	}

	/// No call, but what one takes that adds to a bond of a former administrator, to whom that returns.
	#[benchmark]
	fn move_bond() {
		let scene = scene::<T>(PLENTY);
		former_bond::<T>(scene.provider);
		let change;

		#[block]
		{
			change = Pallet::<T>::charge_bond(scene.provider, &());
		}

		assert_eq!(change, Ok(BondChange::Moved));
	}

	/// No call, but what one takes that adds to a bond of which the step is full.
	#[benchmark]
	fn grow_bond() {
		let scene = scene::<T>(PLENTY);
		let _ = put_down::<T>(scene.provider);
		Bonds::<T>::mutate(scene.provider, |bond| {
			bond.as_mut().expect("it was put down").size = BOND_STEP;
		});
		let change;

		#[block]
		{
			change = Pallet::<T>::charge_bond(scene.provider, &());
		}

		assert_eq!(change, Ok(BondChange::Grown));
	}

	/// No call, but a payment of the last that the payer has, and the first that the provider gets.
	#[benchmark]
	fn end_account() {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		Pallet::<T>::ensure_account(scene.provider);
		let (asset, payer, provider) = (scene.asset.clone(), scene.payer, scene.provider);
		let mut taken = Taken::default();
		let moved;

		#[block]
		{
			moved = Pallet::<T>::move_money(&asset, payer, provider, PLENTY, &mut taken);
		}

		assert_eq!(moved, Ok(true));
		assert!(taken.account && is_empty::<T>(payer) && !is_empty::<T>(provider));
	}

	/// No call, but whether a provider was licensed before it was without a licence, by that which is looked up last.
	#[benchmark]
	fn past_licences() {
		let scene = scene::<T>(PLENTY);
		scene.reinstated();
		let found;

		#[block]
		{
			found = Pallet::<T>::was_provider(scene.provider, NOW);
		}

		assert!(found.then);
	}

	/// A claim that is paid at once, between accounts that stay.
	#[benchmark]
	fn submit(n: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		scene.fund_provider();
		let lines = lines(0, n);
		let encounter = scene.closed(&lines);
		let before = bond::<T>(scene.provider).ticket;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, encounter, lines);

		let claim = Claims::<T>::get(0).expect("submitted");
		assert!(matches!(claim.state, ClaimState::Settled { .. }) && claim.transferred > 0);
		assert!(!is_empty::<T>(scene.payer));
		assert_eq!(bond::<T>(scene.provider).ticket, before);
	}

	/// A correction with `n` lines that is decided at once, of a paid claim of `p` other lines, which waits between two others. It waits in turn.
	#[benchmark]
	fn correct(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		let lines = dear_lines(n);
		let before = scene.amended(p, &lines);
		scene.left_on_hold(before);
		scene.broke();
		scene.waiting(before);
		scene.behind();
		let claim = NextClaim::<T>::get();
		let put_down = bond::<T>(scene.provider).ticket;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, before, lines);

		let superseded = Claims::<T>::get(before).expect("submitted").state;
		assert_eq!(superseded, ClaimState::Superseded { by: claim });
		assert!(waits_for_the_rest::<T>(claim));
		assert_eq!(bond::<T>(scene.provider).ticket, put_down);
	}

	/// A paid claim of `n` lines, which waits between two others, and for which something was left on hold.
	#[benchmark]
	fn void(n: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		let claim = scene.claimed(lines(0, n));
		scene.left_on_hold(claim);
		scene.broke();
		scene.waiting(claim);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, claim);

		assert_eq!(Queues::<T>::get(scene.payer, &scene.asset).length, 2);
		let state = Claims::<T>::get(claim).expect("submitted").state;
		assert_eq!(state, ClaimState::Voided { at: NOW });
	}

	#[benchmark]
	fn request_information() {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.claimed(lines(0, 1));

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.payer, claim);

		assert_eq!(Claims::<T>::get(claim).expect("submitted").requests, 1);
	}

	#[benchmark]
	fn answer() {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.claimed(lines(0, 1));
		let (who, org) = (&scene.payer_biller, scene.payer);
		Pallet::<T>::do_request_information(who, org, claim).expect("pended");

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, claim);

		let state = Claims::<T>::get(claim).expect("submitted").state;
		assert!(matches!(state, ClaimState::Pended { .. }));
	}

	/// A correction with `n` lines of a claim of `p` others, decided line by line: it is paid what was on hold, and waits for the rest.
	#[benchmark]
	fn decide(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.payer, claim, decision(n));

		assert!(waits_for_the_rest::<T>(claim));
	}

	/// The same, decided by the rules.
	#[benchmark]
	fn decide_by_rules(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);
		set_time::<T>(NOW + DAY);
		let decision = Decision::AsAdjudicated;

		#[extrinsic_call]
		decide(RawOrigin::Signed(scene.payer_biller), scene.payer, claim, decision);

		assert!(waits_for_the_rest::<T>(claim));
	}

	/// A correction with `n` lines of a claim of `p` others, about which the payer was silent.
	#[benchmark]
	fn poke(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);
		set_time::<T>(NOW + 30 * DAY);

		#[extrinsic_call]
		_(RawOrigin::Signed(account::<T::AccountId>("anybody", 0, 0)), claim);

		assert!(waits_for_the_rest::<T>(claim));
	}

	/// Of several that wait, all but the last are paid, each into an account that begins by it.
	#[benchmark]
	fn settle_waiting(n: Linear<1, { T::Page::get() }>) {
		let scene = scene::<T>(PLENTY);
		// Each under another plan and by another provider.
		for batch in 0..=n {
			scene.another(batch).claimed(lines(batch, 1));
		}
		scene.fund();
		for claim in 0..ClaimId::from(n) {
			scene.left_on_hold(claim);
		}
		// So that there is interest to be reckoned.
		set_time::<T>(NOW + DAY);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(account::<T::AccountId>("anybody", 0, 0)),
			scene.payer,
			scene.asset.clone(),
			n,
		);

		// Those before the last are paid.
		assert_eq!(Queues::<T>::get(scene.payer, scene.asset).length, 1);
		assert!(!is_empty::<T>(scene.payer));
	}

	#[benchmark]
	fn fund() {
		let scene = scene::<T>(PLENTY);
		let who = scene.payer_admin.clone();
		mint::<T>(scene.asset.clone(), &who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), scene.payer, scene.asset.clone(), PLENTY);

		let account = Pallet::<T>::settlement_account(scene.payer);
		assert_eq!(T::Assets::balance(scene.asset, &account), PLENTY);
	}

	#[benchmark]
	fn withdraw() {
		let scene = scene::<T>(PLENTY);
		scene.fund();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_admin.clone()), scene.payer, scene.asset.clone(), PLENTY);

		assert_eq!(T::Assets::balance(scene.asset, &scene.payer_admin), PLENTY);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
