//! Benchmarks: every call in its worst case. A correction replaces a claim that is paid and waits nevertheless, between two
//! others, of which it keeps no line; what is on hold is paid while the rest waits behind another claim. Every bond was put down by a former
//! administrator, to whom it returns, or that has a benchmark of its own, which is added (`move_bond`). The
//! provider has been without a licence since the visit: whether it had one then is looked up in the history.

use crate::{messages, types::*, *};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungibles::{hold::Mutate as _, Inspect, Mutate},
	tokens::{Fortitude, Preservation},
	Consideration, Footprint, Get,
};
use frame_system::RawOrigin;
use salus_claims_adjudication::{
	Adjustment, Adjustments, AmountLimit, Benefit, BenefitCategory, Carc, Group, Money,
	Plan as Rules,
};
use salus_primitives::{
	benchmarking::BenchmarkHelper,
	commitment::merkle_root,
	time::{DAY, HOUR},
	traits::Credentials,
	Commitment, Interval, Moment, OrgId, OrgKind, Role,
};
use sp_io::hashing::blake2_256;

const NOW: Moment = 1_800_000_000;
const PLENTY: Money = 1_000_000_000_000;

/// A payer, a provider and their staff, and a member covered by the payer.
struct Scene<T: Config> {
	asset: AssetIdOf<T>,
	payer: OrgId,
	payer_admin: T::AccountId,
	payer_biller: T::AccountId,
	provider: OrgId,
	biller: T::AccountId,
	plan: PlanId,
	coverage: CoverageId,
	member: T::AccountId,
}

/// Terms under which every rule has something to do, and which pay up to `auto_limit` at once.
fn terms<T: Config>(auto_limit: Money) -> TermsOf<T> {
	let mut rules =
		Rules { deductible: 70, out_of_pocket_maximum: Some(PLENTY), ..Rules::default() };
	for category in BenefitCategory::ALL {
		*rules.benefits.get_mut(*category) = Benefit {
			covered: true,
			deductible_applies: true,
			copay: 10,
			coinsurance: 200_000,
			allowed_cap: Some(900),
			visit_limit: Some(1_000_000),
			amount_limit: Some(AmountLimit::Considered(PLENTY)),
			..Benefit::default()
		};
	}
	Terms {
		asset: T::BenchmarkAsset::get(),
		rules,
		auto_limit,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 0,
		interest: 100_000,
	}
}

/// Gives `who` plenty of the settlement asset.
fn mint<T: Config>(asset: AssetIdOf<T>, who: &T::AccountId) {
	T::Assets::mint_into(asset, who, PLENTY).expect("the account exists");
}

fn set_time<T: Config>(now: Moment) {
	T::BenchmarkHelper::set_time(now);
	assert_eq!(Pallet::<T>::now(), now, "the clock follows the helper");
}

/// Lets the administrator of `org` put down what its entries will take.
fn endow<T: Config>(admin: &T::AccountId) {
	T::Consideration::ensure_successful(admin, Footprint::from_parts(1, 1_000_000));
}

/// Makes the bond of `org` one that a former administrator has put down.
fn former_bond<T: Config>(org: OrgId) {
	let former: T::AccountId = account("former", 0, 0);
	endow::<T>(&former);
	let size = match Bonds::<T>::take(org) {
		Some(Bond { payer, size, ticket }) => {
			ticket.drop(&payer).expect("it was put down");
			size
		},
		None => ITEM_BYTES,
	};
	let footprint = Footprint { count: 1, size };
	let ticket = T::Consideration::new(&former, footprint).expect("endowed");
	Bonds::<T>::insert(org, Bond { payer: former, size, ticket });
}

fn scene_with<T: Config>(member: T::AccountId, auto_limit: Money) -> Scene<T> {
	set_time::<T>(NOW);
	let (payer_admin, payer_biller): (T::AccountId, T::AccountId) =
		(account("payer", 0, 0), account("payer biller", 0, 0));
	let (provider_admin, biller): (T::AccountId, T::AccountId) =
		(account("provider", 0, 0), account("biller", 0, 0));
	let set_up = T::Credentials::benchmark_organisation;
	let payer = set_up(OrgKind::Payer, &payer_admin, &payer_biller, Role::Biller);
	// Of the kinds that may treat, the one whose licence is looked up last.
	let provider = set_up(OrgKind::Pharmacy, &provider_admin, &biller, Role::Biller);
	endow::<T>(&payer_admin);
	endow::<T>(&provider_admin);
	let plan = NextPlan::<T>::get();
	Pallet::<T>::do_create_plan(&payer_admin, payer, terms::<T>(auto_limit)).expect("sound");
	let coverage = NextCoverage::<T>::get();
	let period = Interval::new(NOW, NOW + T::MaxCoverageTerm::get());
	Pallet::<T>::do_enrol(&payer_biller, payer, plan, member.clone(), period).expect("a plan");
	Pallet::<T>::do_accept_coverage(&member, coverage).expect("offered");
	let asset = T::BenchmarkAsset::get();
	Scene { asset, payer, payer_admin, payer_biller, provider, biller, plan, coverage, member }
}

fn scene<T: Config>(auto_limit: Money) -> Scene<T> {
	scene_with(account("member", 0, 0), auto_limit)
}

/// `count` lines of 1,000 each, whose details are the `batch`-th of many.
fn lines(batch: u32, count: u32) -> PerLine<Line> {
	let line = |n: u32| Line {
		category: BenefitCategory::HospitalStay,
		quantity: 1,
		charge: 1_000,
		detail: Commitment::from(blake2_256(&(batch, n).encode())),
	};
	(0..count).map(line).collect::<Vec<_>>().try_into().expect("at most 64")
}

/// `count` lines which together, however few they are, are worth more than 64 others.
fn dear_lines(count: u32) -> PerLine<Line> {
	let mut lines = lines(1, count);
	for line in lines.iter_mut() {
		line.quantity = 2 * MAX_LINES;
		line.charge *= Money::from(2 * MAX_LINES);
	}
	lines
}

/// Whether a claim was paid something and waits for the rest, behind another one.
fn is_paid_in_part<T: Config>(claim: ClaimId) -> bool {
	let claim = Claims::<T>::get(claim).expect("submitted");
	let paid = claim.totals.expect("decided").paid;
	matches!(claim.state, ClaimState::Waiting { .. })
		&& (1..paid).contains(&claim.transferred)
		&& claim.held == 0
}

fn root(lines: &[Line]) -> Commitment {
	let details: Vec<_> = lines.iter().map(|line| line.detail).collect();
	merkle_root(&details).expect("some lines")
}

impl<T: Config> Scene<T> {
	/// Puts money into the payer's settlement account.
	fn fund(&self) {
		let account = Pallet::<T>::settlement_account(self.payer);
		mint::<T>(self.asset.clone(), &account);
	}

	/// The same payer with another plan, another member and another provider, the `n`-th of many.
	fn another(&self, n: u32) -> Self {
		let (admin, biller, member): (T::AccountId, T::AccountId, T::AccountId) = (
			account("another provider", n, 0),
			account("another biller", n, 0),
			account("another member", n, 0),
		);
		let provider = T::Credentials::benchmark_organisation(
			OrgKind::Pharmacy,
			&admin,
			&biller,
			Role::Biller,
		);
		endow::<T>(&admin);
		let plan = NextPlan::<T>::get();
		let terms = terms::<T>(PLENTY);
		Pallet::<T>::do_create_plan(&self.payer_admin, self.payer, terms).expect("sound");
		let coverage = NextCoverage::<T>::get();
		let period = Interval::new(NOW, NOW + 1);
		Pallet::<T>::do_enrol(&self.payer_biller, self.payer, plan, member.clone(), period)
			.expect("a plan");
		Pallet::<T>::do_accept_coverage(&member, coverage).expect("offered");
		Self {
			asset: self.asset.clone(),
			payer: self.payer,
			payer_admin: self.payer_admin.clone(),
			payer_biller: self.payer_biller.clone(),
			provider,
			biller,
			plan,
			coverage,
			member,
		}
	}

	/// Lets the provider have been without a licence since now.
	fn reinstated(&self) {
		T::Credentials::benchmark_reinstated(self.provider, OrgKind::Pharmacy);
	}

	fn open(&self) -> EncounterId {
		let id = NextEncounter::<T>::get();
		Pallet::<T>::do_open_encounter(&self.biller, self.provider, None).expect("licensed");
		id
	}

	/// An encounter that was attested and closed.
	fn closed(&self, lines: &[Line]) -> EncounterId {
		let id = self.open();
		Pallet::<T>::do_attest(&self.member, id, self.coverage).expect("the member");
		let count = lines.len() as u8;
		Pallet::<T>::do_close_encounter(&self.biller, self.provider, id, root(lines), count)
			.expect("open");
		id
	}

	fn claimed(&self, lines: PerLine<Line>) -> ClaimId {
		let encounter = self.closed(&lines);
		let id = NextClaim::<T>::get();
		Pallet::<T>::do_submit(&self.biller, self.provider, encounter, lines).expect("closed");
		id
	}

	/// A paid claim of `before` lines, and an amended encounter with `lines` in their place.
	fn amended(&self, before: u32, lines: &[Line]) -> ClaimId {
		let claim = self.claimed(self::lines(0, before));
		if Claims::<T>::get(claim).expect("submitted").state.is_pending() {
			Pallet::<T>::do_decide(&self.payer_biller, self.payer, claim, Decision::AsAdjudicated)
				.expect("pended");
		}
		let encounter = Claims::<T>::get(claim).expect("submitted").encounter;
		let count = lines.len() as u8;
		let (who, org) = (&self.biller, self.provider);
		Pallet::<T>::do_amend_encounter(who, org, encounter, root(lines), count).expect("closed");
		claim
	}

	/// Leaves something on hold for a claim, as if it had been decided while the asset was frozen.
	fn left_on_hold(&self, claim: ClaimId) {
		let account = Pallet::<T>::settlement_account(self.payer);
		let reason = HoldReason::PendedClaim.into();
		T::AssetsHold::hold(self.asset.clone(), &reason, &account, 1).expect("funded");
		Claims::<T>::mutate(claim, |claim| claim.as_mut().expect("submitted").held = 1);
	}

	/// Takes what is free out of the payer's account, and lets another claim wait for it.
	fn broke(&self) {
		let account = Pallet::<T>::settlement_account(self.payer);
		let (all, asset) = (Preservation::Expendable, self.asset.clone());
		let free = T::Assets::reducible_balance(asset.clone(), &account, all, Fortitude::Polite);
		Pallet::<T>::do_withdraw(&self.payer_admin, self.payer, asset, free).expect("free");
		self.another(99).claimed(lines(99, 1));
		assert_eq!(Queues::<T>::get(self.payer, &self.asset).length, 1);
	}

	/// Lets a paid claim wait between that other claim and a third one, as if it were a correction that had taken over what was
	/// paid for another: taken out of the queue, it writes to both.
	fn waiting(&self, id: ClaimId) {
		let queue = Queues::<T>::get(self.payer, &self.asset);
		Claims::<T>::mutate(id, |claim| {
			let claim = claim.as_mut().expect("submitted");
			Pallet::<T>::enqueue(id, claim, &self.asset, queue).expect("there is room");
		});
		self.another(98).claimed(lines(98, 1));
		let between = Neighbouring::<T>::get(id).expect("it waits");
		assert!(between.before.is_some() && between.after.is_some());
	}

	/// A correction with `count` lines, which awaits the payer, of a paid claim of `before` lines, which waits between two others.
	/// The payer has nothing but what is on hold.
	fn pended_correction(&self, count: u32, before: u32) -> ClaimId {
		let lines = dear_lines(count);
		let before = self.amended(before, &lines);
		let id = NextClaim::<T>::get();
		Pallet::<T>::do_correct(&self.biller, self.provider, before, lines).expect("it stands");
		let claim = Claims::<T>::get(id).expect("submitted");
		assert!(claim.state.is_pending() && claim.held > 0);
		self.broke();
		self.waiting(before);
		id
	}
}

/// What a person decides about `count` lines of `pended_correction`: everything is paid but for as many
/// adjustments as may be, of one unit each.
fn decision(count: u32) -> Decision {
	let reasons = [
		(Group::PatientResponsibility, Carc::Deductible),
		(Group::PatientResponsibility, Carc::Copay),
		(Group::PatientResponsibility, Carc::Coinsurance),
		(Group::PatientResponsibility, Carc::BenefitMaximum),
		(Group::ContractualObligation, Carc::FeeSchedule),
		(Group::ContractualObligation, Carc::AuthorisationExceeded),
	];
	let mut adjustments = Adjustments::new();
	let mut adjusted = 0;
	for (group, carc) in reasons {
		if adjustments.try_push(Adjustment::new(group, carc, 1)).is_ok() {
			adjusted += 1;
		}
	}
	let paid = 1_000 * Money::from(2 * MAX_LINES) - adjusted;
	let line = LineDecision { paid, adjustments };
	let decisions: Vec<_> = (0..count).map(|_| line.clone()).collect();
	Decision::Lines(decisions.try_into().expect("at most 64"))
}

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

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider);

		assert!(Encounters::<T>::contains_key(0));
	}

	#[benchmark]
	fn open_emergency() {
		let scene = scene::<T>(PLENTY);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, scene.coverage);

		assert!(Encounters::<T>::get(0).expect("opened").emergency);
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
		let moved;

		#[block]
		{
			moved = Pallet::<T>::charge_bond(scene.provider, &());
		}

		assert_eq!(moved, Ok(true));
	}

	/// A claim that is paid at once.
	#[benchmark]
	fn submit(n: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		let lines = lines(0, n);
		let encounter = scene.closed(&lines);
		scene.reinstated();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, encounter, lines);

		let claim = Claims::<T>::get(0).expect("submitted");
		assert!(matches!(claim.state, ClaimState::Settled { .. }) && claim.transferred > 0);
	}

	/// A correction with `n` lines that is decided at once, of a paid claim of `p` other lines, which waits between two others.
	#[benchmark]
	fn correct(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(PLENTY);
		scene.fund();
		let lines = dear_lines(n);
		let before = scene.amended(p, &lines);
		scene.left_on_hold(before);
		scene.broke();
		scene.waiting(before);
		let claim = NextClaim::<T>::get();
		scene.reinstated();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.biller), scene.provider, before, lines);

		let superseded = Claims::<T>::get(before).expect("submitted").state;
		assert_eq!(superseded, ClaimState::Superseded { by: claim });
		assert!(is_paid_in_part::<T>(claim));
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

	/// A correction with `n` lines of a claim of `p` others, decided line by line: what was held is paid, and
	/// the rest waits.
	#[benchmark]
	fn decide(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.payer_biller), scene.payer, claim, decision(n));

		assert!(is_paid_in_part::<T>(claim));
	}

	/// The same, decided by the rules.
	#[benchmark]
	fn decide_by_rules(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);
		scene.reinstated();
		// Its hold does not pay the interest.
		set_time::<T>(NOW + DAY);
		let decision = Decision::AsAdjudicated;

		#[extrinsic_call]
		decide(RawOrigin::Signed(scene.payer_biller), scene.payer, claim, decision);

		assert!(is_paid_in_part::<T>(claim));
	}

	/// A correction with `n` lines of a claim of `p` others, about which the payer was silent. Its hold does
	/// not pay the interest.
	#[benchmark]
	fn poke(n: Linear<1, MAX_LINES>, p: Linear<1, MAX_LINES>) {
		let scene = scene::<T>(0);
		scene.fund();
		let claim = scene.pended_correction(n, p);
		scene.reinstated();
		let later = NOW + 30 * DAY;
		set_time::<T>(later);

		#[extrinsic_call]
		_(RawOrigin::Signed(account::<T::AccountId>("anybody", 0, 0)), claim);

		assert!(is_paid_in_part::<T>(claim));
	}

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
