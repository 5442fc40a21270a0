//! What benchmarks play in: a payer, providers and a member, and claims that are paid, corrected and wait.

use crate::{types::*, *};
use alloc::vec::Vec;
use codec::Encode;
use frame_benchmarking::account;
use frame_support::traits::{
	fungibles::{hold::Mutate as _, Inspect, Mutate},
	tokens::{Fortitude, Preservation},
	Consideration, Footprint, Get,
};
use salus_claims_adjudication::{
	Adjustment, Adjustments, AmountLimit, Benefit, BenefitCategory, Carc, Group, Money,
	Plan as Rules,
};
use salus_primitives::{
	benchmarking::BenchmarkHelper, commitment::merkle_root, time::DAY, traits::Credentials,
	Commitment, Interval, Moment, OrgId, OrgKind, Role,
};
use sp_io::hashing::blake2_256;

pub(super) const NOW: Moment = 1_800_000_000;
pub(super) const PLENTY: Money = 1_000_000_000_000;
/// The charge of a line that is worth more than 64 others.
const DEAR: Money = 128_000;

/// A payer, a provider and their staff, and a member covered by the payer.
pub(super) struct Scene<T: Config> {
	pub asset: AssetIdOf<T>,
	pub payer: OrgId,
	pub payer_admin: T::AccountId,
	pub payer_biller: T::AccountId,
	pub provider: OrgId,
	pub biller: T::AccountId,
	pub plan: PlanId,
	pub coverage: CoverageId,
	pub member: T::AccountId,
}

/// Terms under which every rule has something to do, and which pay up to `auto_limit` at once.
pub(super) fn terms<T: Config>(auto_limit: Money) -> TermsOf<T> {
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
pub(super) fn mint<T: Config>(asset: AssetIdOf<T>, who: &T::AccountId) {
	T::Assets::mint_into(asset, who, PLENTY).expect("the account exists");
}

pub(super) fn set_time<T: Config>(now: Moment) {
	T::BenchmarkHelper::set_time(now);
	assert_eq!(Pallet::<T>::now(), now, "the clock follows the helper");
}

/// Lets the administrator of `org` put down what its entries will take.
pub(super) fn endow<T: Config>(admin: &T::AccountId) {
	T::Consideration::ensure_successful(admin, Footprint::from_parts(1, 1_000_000));
}

/// The bond of `org`.
pub(super) fn bond<T: Config>(org: OrgId) -> BondOf<T> {
	Bonds::<T>::get(org).expect("it was put down")
}

/// Lets `org` have a bond with room for what its next calls keep. Returns the ticket for it.
pub(super) fn put_down<T: Config>(org: OrgId) -> T::Consideration {
	Pallet::<T>::charge_bond(org, &()).expect("endowed");
	bond::<T>(org).ticket
}

/// Makes the bond of `org` one that a former administrator has put down.
pub(super) fn former_bond<T: Config>(org: OrgId) {
	let former: T::AccountId = account("former", 0, 0);
	endow::<T>(&former);
	let size = match Bonds::<T>::take(org) {
		Some(Bond { payer, size, ticket }) => {
			ticket.drop(&payer).expect("it was put down");
			size
		},
		None => ITEM_BYTES,
	};
	let footprint = Pallet::<T>::put_down_for(size).expect("it is not that much");
	let ticket = T::Consideration::new(&former, footprint).expect("endowed");
	Bonds::<T>::insert(org, Bond { payer: former, size, ticket });
}

pub(super) fn scene_with<T: Config>(member: T::AccountId, auto_limit: Money) -> Scene<T> {
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

pub(super) fn scene<T: Config>(auto_limit: Money) -> Scene<T> {
	scene_with(account("member", 0, 0), auto_limit)
}

/// `count` lines of 1,000 each, whose details are the `batch`-th of many.
pub(super) fn lines(batch: u32, count: u32) -> PerLine<Line> {
	let line = |n: u32| Line {
		category: BenefitCategory::HospitalStay,
		quantity: 1,
		charge: 1_000,
		detail: Commitment::from(blake2_256(&(batch, n).encode())),
	};
	(0..count).map(line).collect::<Vec<_>>().try_into().expect("at most 64")
}

/// `count` lines which together, however few they are, are worth more than 64 others.
pub(super) fn dear_lines(count: u32) -> PerLine<Line> {
	let mut lines = lines(1, count);
	for line in lines.iter_mut() {
		line.quantity = 2 * MAX_LINES;
		line.charge = DEAR;
	}
	lines
}

/// Whether a correction was paid what was on hold for the claim before, and waits for the rest, while both accounts stay.
pub(super) fn waits_for_the_rest<T: Config>(correction: ClaimId) -> bool {
	let claim = Claims::<T>::get(correction).expect("submitted");
	let before = claim.previous.and_then(Claims::<T>::get).expect("it corrects one");
	let paid = before.totals.expect("decided").paid;
	matches!(claim.state, ClaimState::Waiting { .. })
		&& paid > 0
		&& claim.transferred == paid + 1
		&& claim.held == 0
		&& !is_empty::<T>(claim.payer)
		&& !is_empty::<T>(claim.provider)
}

/// Whether there is nothing in the account of `org`.
pub(super) fn is_empty<T: Config>(org: OrgId) -> bool {
	let account = Pallet::<T>::settlement_account(org);
	T::Assets::balance(T::BenchmarkAsset::get(), &account) == 0
}

pub(super) fn root(lines: &[Line]) -> Commitment {
	let details: Vec<_> = lines.iter().map(|line| line.detail).collect();
	merkle_root(&details).expect("some lines")
}

impl<T: Config> Scene<T> {
	/// Puts money into the payer's settlement account.
	pub(super) fn fund(&self) {
		let account = Pallet::<T>::settlement_account(self.payer);
		mint::<T>(self.asset.clone(), &account);
	}

	/// Puts money into the provider's settlement account.
	pub(super) fn fund_provider(&self) {
		Pallet::<T>::ensure_account(self.provider);
		let account = Pallet::<T>::settlement_account(self.provider);
		mint::<T>(self.asset.clone(), &account);
	}

	/// The same payer with another plan, another member and another provider, the `n`-th of many.
	pub(super) fn another(&self, n: u32) -> Self {
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
	pub(super) fn reinstated(&self) {
		T::Credentials::benchmark_reinstated(self.provider, OrgKind::Pharmacy);
	}

	pub(super) fn open(&self) -> EncounterId {
		let id = NextEncounter::<T>::get();
		Pallet::<T>::do_open_encounter(&self.biller, self.provider, None).expect("licensed");
		id
	}

	/// An encounter that was attested and closed.
	pub(super) fn closed(&self, lines: &[Line]) -> EncounterId {
		let id = self.open();
		Pallet::<T>::do_attest(&self.member, id, self.coverage).expect("the member");
		let count = lines.len() as u8;
		Pallet::<T>::do_close_encounter(&self.biller, self.provider, id, root(lines), count)
			.expect("open");
		id
	}

	pub(super) fn claimed(&self, lines: PerLine<Line>) -> ClaimId {
		let encounter = self.closed(&lines);
		let id = NextClaim::<T>::get();
		Pallet::<T>::do_submit(&self.biller, self.provider, encounter, lines).expect("closed");
		id
	}

	/// A paid claim of `before` lines, and an amended encounter with `dear` ones in their place.
	pub(super) fn amended(&self, before: u32, dear: &[Line]) -> ClaimId {
		let claim = self.claimed(lines(0, before));
		if Claims::<T>::get(claim).expect("submitted").state.is_pending() {
			Pallet::<T>::do_decide(&self.payer_biller, self.payer, claim, Decision::AsAdjudicated)
				.expect("pended");
		}
		let encounter = Claims::<T>::get(claim).expect("submitted").encounter;
		let count = dear.len() as u8;
		let (who, org) = (&self.biller, self.provider);
		Pallet::<T>::do_amend_encounter(who, org, encounter, root(dear), count).expect("closed");
		claim
	}

	/// Leaves something on hold for a claim, as if it had been decided while the asset was frozen.
	pub(super) fn left_on_hold(&self, claim: ClaimId) {
		let account = Pallet::<T>::settlement_account(self.payer);
		let reason = HoldReason::PendedClaim.into();
		T::AssetsHold::hold(self.asset.clone(), &reason, &account, 1).expect("funded");
		Claims::<T>::mutate(claim, |claim| claim.as_mut().expect("submitted").held = 1);
	}

	/// Takes what is free out of the payer's account, and lets another claim wait for it.
	pub(super) fn broke(&self) {
		let account = Pallet::<T>::settlement_account(self.payer);
		let (all, asset) = (Preservation::Expendable, self.asset.clone());
		let free = T::Assets::reducible_balance(asset.clone(), &account, all, Fortitude::Polite);
		Pallet::<T>::do_withdraw(&self.payer_admin, self.payer, asset, free).expect("free");
		self.another(99).claimed(lines(99, 1));
		assert_eq!(Queues::<T>::get(self.payer, &self.asset).length, 1);
	}

	/// Lets a paid claim wait between that other claim and a third one, as if it were a correction that had taken over what was
	/// paid for another: taken out of the queue, it writes to both.
	pub(super) fn waiting(&self, id: ClaimId) {
		let queue = Queues::<T>::get(self.payer, &self.asset);
		Claims::<T>::mutate(id, |claim| {
			let claim = claim.as_mut().expect("submitted");
			Pallet::<T>::enqueue(id, claim, &self.asset, queue).expect("there is room");
		});
		self.another(98).claimed(lines(98, 1));
		let between = Neighbouring::<T>::get(id).expect("it waits");
		assert!(between.before.is_some() && between.after.is_some());
	}

	/// Lets one more claim wait, behind all others.
	pub(super) fn behind(&self) {
		let length = Queues::<T>::get(self.payer, &self.asset).length;
		self.another(97).claimed(lines(97, 1));
		assert_eq!(Queues::<T>::get(self.payer, &self.asset).length, length + 1);
	}

	/// A correction with `count` lines, which awaits the payer, of a paid claim of `before` others, which waits between two others and
	/// for which something is on hold. The correction comes to more than that claim, and nothing is on hold for it, since others waited when it
	/// was submitted. The payer has nothing but what is on hold.
	pub(super) fn pended_correction(&self, count: u32, before: u32) -> ClaimId {
		let lines = dear_lines(count);
		let before = self.amended(before, &lines);
		self.left_on_hold(before);
		self.broke();
		self.waiting(before);
		let id = NextClaim::<T>::get();
		Pallet::<T>::do_correct(&self.biller, self.provider, before, lines).expect("it stands");
		let claim = Claims::<T>::get(id).expect("submitted");
		assert!(claim.state.is_pending() && claim.held == 0);
		self.behind();
		id
	}
}

/// What a person decides about `count` [`dear_lines`]: everything is paid but for as many
/// adjustments as may be, of one unit each.
pub(super) fn decision(count: u32) -> Decision {
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
	let paid = DEAR - adjusted;
	let line = LineDecision { paid, adjustments };
	let decisions: Vec<_> = (0..count).map(|_| line.clone()).collect();
	Decision::Lines(decisions.try_into().expect("at most 64"))
}
