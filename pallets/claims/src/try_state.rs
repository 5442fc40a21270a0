//! What must hold between blocks.

use crate::{pallet::*, types::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Encode;
use frame_support::{ensure, traits::fungibles::hold::Inspect};
use salus_claims_adjudication::{post, verify, Accumulators, Money};
use salus_primitives::{deposits::are_backed, traits::Patients};
use sp_runtime::TryRuntimeError;

/// How many there are: not as `usize`, which has 32 bits in wasm.
fn count<I: Iterator>(all: I) -> u64 {
	all.fold(0u64, |sum, _| sum.saturating_add(1))
}

impl<T: Config> Pallet<T> {
	/// Checks the invariants D1 to D3, D6 to D9 and D13 over the whole state of the pallet.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_plans()?;
		Self::check_coverages()?;
		Self::check_encounters()?;
		Self::check_service_lines()?;
		Self::check_claims()?;
		Self::check_holds()?;
		Self::check_queues()?;
		Self::check_bonds()
	}

	/// A plan has all its versions, and each is sound.
	fn check_plans() -> Result<(), TryRuntimeError> {
		for (id, plan) in Plans::<T>::iter() {
			ensure!(id < NextPlan::<T>::get(), "a plan was numbered before its turn");
			let versions = count(PlanVersions::<T>::iter_key_prefix(id));
			ensure!(versions == u64::from(plan.versions), "a version of a plan is missing");
		}
		for (plan, version, terms) in PlanVersions::<T>::iter() {
			let plan = Plans::<T>::get(plan).ok_or("a version of no plan")?;
			ensure!(version < plan.versions, "a version was numbered before its turn");
			ensure!(terms.is_sound() && terms.has_sound_clocks(), "a plan is unsound");
		}
		Ok(())
	}

	/// D6: what is used is the fold of the decided claims. D13: no member key is a patient's.
	fn check_coverages() -> Result<(), TryRuntimeError> {
		for (id, coverage) in Coverages::<T>::iter() {
			ensure!(id < NextCoverage::<T>::get(), "a coverage was numbered before its turn");
			ensure!(
				coverage.accepted.is_none() || MemberKeys::<T>::get(&coverage.member) == Some(id),
				"a member key does not lead to its coverage"
			);
			let plan = Plans::<T>::get(coverage.plan).ok_or("a coverage under no plan")?;
			ensure!(plan.payer == coverage.payer, "a coverage under another payer's plan");
			let terms = Self::terms(&coverage).map_err(|_| "a coverage under no version")?;

			let mut used = Accumulators::default();
			for claim in CoverageClaims::<T>::iter_key_prefix(id) {
				let state = Claims::<T>::get(claim).ok_or("a coverage lists no claim")?.state;
				if state.is_decided() {
					let results = ClaimResults::<T>::get(claim).unwrap_or_default();
					used = post(&terms.rules, &used, &results)
						.map_err(|_| "the claims of a coverage go beyond its limits")?;
				}
			}
			ensure!(used == Used::<T>::get(id), "what is used is not what was claimed");
		}
		for (key, coverage) in MemberKeys::<T>::iter() {
			ensure!(Coverages::<T>::contains_key(coverage), "a member key of no coverage");
			ensure!(T::Patients::key(&key).is_none(), "a member key is a patient's");
		}
		for id in Used::<T>::iter_keys() {
			ensure!(Coverages::<T>::contains_key(id), "something is used of no coverage");
		}
		Ok(())
	}

	/// D8: an encounter has one current claim, and at most one correction of it.
	fn check_encounters() -> Result<(), TryRuntimeError> {
		for (id, encounter) in Encounters::<T>::iter() {
			ensure!(id < NextEncounter::<T>::get(), "an encounter was numbered before its turn");
			ensure!(encounter.opened <= Self::now(), "an encounter was opened in the future");
			ensure!(
				encounter.emergency || encounter.attested.is_some() == encounter.coverage.is_some(),
				"a coverage that its member did not name"
			);
			if let Some(current) = encounter.claim {
				let claim = Claims::<T>::get(current).ok_or("an encounter has no such claim")?;
				ensure!(claim.encounter == id, "an encounter has another's claim");
				ensure!(
					claim.state.is_decided() || claim.state.is_pending(),
					"a claim that ended stands"
				);
			}
			if let Some(correction) = encounter.correction {
				let claim = Claims::<T>::get(correction).ok_or("there is no such correction")?;
				ensure!(claim.encounter == id, "an encounter has another's correction");
				ensure!(claim.state.is_pending(), "a decided correction does not stand");
				ensure!(claim.previous == encounter.claim, "a correction of another claim");
			}
		}
		Ok(())
	}

	/// D3: a line is live where a claim of its encounter has it, and nowhere else.
	fn check_service_lines() -> Result<(), TryRuntimeError> {
		let mut live = 0u64;
		for (id, encounter) in Encounters::<T>::iter() {
			let mut details = BTreeSet::new();
			for claim in [encounter.claim, encounter.correction].into_iter().flatten() {
				let lines = ClaimLines::<T>::get(claim);
				let own: BTreeSet<_> = lines.iter().map(|line| line.detail).collect();
				ensure!(own.len() == lines.len(), "a claim has a line twice");
				details.extend(own);
			}
			for detail in &details {
				ensure!(ServiceLines::<T>::get(detail) == Some(id), "a line is not its claim's");
			}
			live = live.saturating_add(count(details.iter()));
		}
		ensure!(count(ServiceLines::<T>::iter_keys()) == live, "a line is live in no claim");
		Ok(())
	}

	/// D1, D2: lines balance and make up the totals. D7: what is decided is what was transferred.
	fn check_claims() -> Result<(), TryRuntimeError> {
		for (id, claim) in Claims::<T>::iter() {
			ensure!(id < NextClaim::<T>::get(), "a claim was numbered before its turn");
			let encounter = Encounters::<T>::get(claim.encounter).ok_or("a claim for nothing")?;
			ensure!(encounter.provider == claim.provider, "a claim by another provider");
			// An encounter whose claim was taken back may be put on another coverage.
			let stands = [encounter.claim, encounter.correction].contains(&Some(id));
			ensure!(
				!stands || encounter.coverage == Some(claim.coverage),
				"a claim on another coverage"
			);
			let coverage = Coverages::<T>::get(claim.coverage).ok_or("a claim on no coverage")?;
			ensure!(coverage.payer == claim.payer, "a claim against another payer");
			ensure!(claim.payer != claim.provider, "a provider claims from itself");
			ensure!(
				CoverageClaims::<T>::contains_key(claim.coverage, id),
				"a coverage does not list its claim"
			);
			if let Some(previous) = claim.previous {
				let before = Claims::<T>::get(previous).ok_or("a correction of no claim")?;
				ensure!(previous < id, "a correction before what it corrects");
				ensure!(before.encounter == claim.encounter, "a correction elsewhere");
				ensure!(
					before.version.checked_add(1) == Some(claim.version),
					"a version is missing from a lineage"
				);
			} else {
				ensure!(claim.version == 1, "a first claim is not the first version");
			}

			let results = ClaimResults::<T>::get(id);
			let lines: Vec<_> =
				ClaimLines::<T>::get(id).iter().map(|line| line.priced(None)).collect();
			match (&results, claim.totals) {
				(Some(results), Some(totals)) => {
					ensure!(verify(&lines, results) == Ok(totals), "a claim does not balance");
				},
				(None, None) => ensure!(!claim.state.is_decided(), "a decision without result"),
				_ => return Err("results without totals, or totals without results".into()),
			}
			let paid = claim.totals.map_or(0, |totals| totals.paid);
			let waits = Neighbouring::<T>::contains_key(id);
			match claim.state {
				ClaimState::Pended { .. } | ClaimState::InformationRequested { .. } => {
					ensure!(claim.totals.is_none(), "an undecided claim has results");
					ensure!(claim.transferred == 0, "an undecided claim was paid");
				},
				ClaimState::Waiting { .. } => {
					ensure!(claim.transferred < paid, "a claim waits for nothing");
					ensure!(encounter.claim == Some(id), "a claim waits that does not stand");
				},
				ClaimState::Settled { .. } => {
					ensure!(claim.transferred == paid, "a settled claim is not paid");
					ensure!(encounter.claim == Some(id), "a settled claim does not stand");
				},
				ClaimState::Superseded { by } => {
					let next = Claims::<T>::get(by).ok_or("superseded by no claim")?;
					ensure!(next.previous == Some(id), "superseded by a stranger");
					ensure!(claim.transferred == 0, "money is counted twice");
				},
				ClaimState::Voided { .. } | ClaimState::Lapsed { .. } => {
					ensure!(claim.transferred == 0, "a claim that was taken back has money");
				},
			}
			let queued = matches!(claim.state, ClaimState::Waiting { .. });
			ensure!(waits == queued, "a claim waits in no queue, or is in one for nothing");
			// What ended while its asset was frozen may hold something. What was replaced does not: the
			// new claim has it.
			let replaced = matches!(claim.state, ClaimState::Superseded { .. });
			ensure!(claim.held == 0 || !replaced, "a claim holds without need");
		}
		for (coverage, claim) in CoverageClaims::<T>::iter_keys() {
			let of = Claims::<T>::get(claim).map(|claim| claim.coverage);
			ensure!(of == Some(coverage), "a coverage lists another's claim");
		}
		Ok(())
	}

	/// D7: what is on hold in a settlement account is what its claims hold. That is also a claim that
	/// was decided, or ended, while the asset was frozen, until somebody releases its hold.
	fn check_holds() -> Result<(), TryRuntimeError> {
		let mut held = BTreeMap::<_, (AssetIdOf<T>, Money)>::new();
		for plan in PlanVersions::<T>::iter() {
			let (plan, _, terms) = plan;
			if let Some(plan) = Plans::<T>::get(plan) {
				held.entry((plan.payer, terms.asset.encode())).or_insert((terms.asset, 0));
			}
		}
		for claim in Claims::<T>::iter_values().filter(|claim| claim.held > 0) {
			let coverage = Self::coverage(claim.coverage).map_err(|_| "no coverage")?;
			let asset = Self::terms(&coverage).map_err(|_| "no terms")?.asset;
			let (_, sum) = held
				.get_mut(&(claim.payer, asset.encode()))
				.ok_or("a hold in an asset that its payer does not use")?;
			*sum = sum.checked_add(claim.held).ok_or("holds overflow")?;
		}
		for ((payer, _), (asset, sum)) in held {
			let account = Self::settlement_account(payer);
			let reason = HoldReason::PendedClaim.into();
			ensure!(
				T::AssetsHold::balance_on_hold(asset, &reason, &account) == sum,
				"what is on hold is not what claims hold"
			);
		}
		Ok(())
	}

	/// A queue is a list with two ends, of claims against its payer.
	fn check_queues() -> Result<(), TryRuntimeError> {
		let mut waiting = 0u64;
		for (payer, _, queue) in Queues::<T>::iter() {
			let (mut before, mut next, mut length) = (None, queue.first, 0u64);
			while let Some(id) = next {
				let neighbours = Neighbouring::<T>::get(id).ok_or("a queue is broken")?;
				ensure!(neighbours.before == before, "a queue is broken");
				let claim = Claims::<T>::get(id).ok_or("no claim waits here")?;
				ensure!(claim.payer == payer, "a claim waits for another payer");
				length = length.saturating_add(1);
				(before, next) = (Some(id), neighbours.after);
			}
			ensure!(length > 0 && queue.last == before, "a queue has no end");
			ensure!(length == queue.length, "a queue is miscounted");
			waiting = waiting.saturating_add(length);
		}
		ensure!(count(Neighbouring::<T>::iter_keys()) == waiting, "a claim waits in no queue");
		Ok(())
	}

	/// Every organisation that keeps something here has a bond that counts, and bonds are on hold.
	fn check_bonds() -> Result<(), TryRuntimeError> {
		let payers = Plans::<T>::iter_values().map(|plan| plan.payer);
		let providers = Encounters::<T>::iter_values().map(|encounter| encounter.provider);
		for org in payers.chain(providers) {
			let size = Bonds::<T>::get(org).ok_or("an organisation without a bond")?.size;
			ensure!(size >= ITEM_BYTES, "a bond for nothing");
		}
		let tickets = Bonds::<T>::iter_values().map(|bond| (bond.payer, bond.ticket));
		ensure!(are_backed::<T, _>(tickets), "what is on hold is not what bonds are for");
		Ok(())
	}
}
