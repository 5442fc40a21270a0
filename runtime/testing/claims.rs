//! Claims through the whole pipeline: who pays the fees, what is refused before a block, what goes on
//! in safe mode, and what a claim weighs.

use crate::common::{account, Chain};
use crate::runtime::{
	genesis_config_presets::SETTLEMENT_ASSET as ASSET, policy::filter::CallFilter, *,
};
use frame_support::{dispatch::GetDispatchInfo, traits::Contains};
use pallet_claims::{Call, ClaimState, Line, PerLine, Terms};
use salus_claims_adjudication::{Benefit, BenefitCategory, Plan};
use salus_primitives::{
	commitment::merkle_root,
	time::{DAY, YEAR},
	Interval, OrgId, OrgKind, OrgKindSet, Role,
};
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;

/// A chain with a hospital and an insurer, each with a biller without tokens, `//Clerk` and
/// `//Adjuster`; and a plan with a copay of 20.00.
pub struct World {
	pub chain: Chain,
	pub hospital: OrgId,
	pub insurer: OrgId,
}

fn admitted(chain: &mut Chain, who: &str, kind: OrgKind) -> OrgId {
	let until = chain.now() + YEAR;
	chain.organisation(who, OrgKindSet::of(&[kind]), until)
}

fn employed(chain: &mut Chain, org: OrgId, admin: &str, who: &str) {
	let until = chain.now() + YEAR;
	chain.employ(org, admin, who, Role::Biller, until);
}

fn terms() -> Terms<AssetId> {
	let mut rules = Plan::default();
	rules.benefits.primary_care = Benefit { covered: true, copay: 2_000, ..Benefit::default() };
	Terms {
		asset: ASSET,
		rules,
		auto_limit: 100_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

pub fn world() -> World {
	let mut chain = Chain::development();
	let hospital = admitted(&mut chain, "Hospital", OrgKind::Provider);
	let insurer = admitted(&mut chain, "Insurer", OrgKind::Payer);
	chain.next_block();
	employed(&mut chain, hospital, "Hospital", "Clerk");
	employed(&mut chain, insurer, "Insurer", "Adjuster");
	chain.succeed("Insurer", Call::create_plan { org: insurer, terms: Box::new(terms()) });
	chain.succeed("Insurer", Call::fund { org: insurer, asset: ASSET, amount: 1_000_000 });
	World { chain, hospital, insurer }
}

pub fn lines(charge: Balance) -> PerLine<Line> {
	let line = Line {
		category: BenefitCategory::PrimaryCare,
		quantity: 1,
		charge,
		detail: H256::repeat_byte(5),
	};
	PerLine::truncate_from(vec![line])
}

impl World {
	/// Enrols `//Member`, a key without tokens, as coverage 0.
	fn enrol(&mut self) {
		let now = self.chain.now();
		let period = Interval::new(now, now + YEAR);
		let (org, member) = (self.insurer, account("Member"));
		self.chain.succeed("Adjuster", Call::enrol { org, plan: 0, member, period });
	}

	fn balance(&mut self, org: OrgId) -> Balance {
		self.chain.run(|| Assets::balance(ASSET, Claims::settlement_account(org)))
	}
}

/// What the sponsor sets aside for a member is worth less than what the payer has put down for the
/// coverage for ever, and is enough for a call; an ordinary day is enough for two.
#[test]
fn the_reserve_of_a_member_is_below_the_bond_and_is_enough_for_a_call() {
	use codec::Encode;
	use configs::fees::{MemberAllowancePerDay, MemberReserve};
	let mut world = world();
	// What is put down grows in steps; what it is for, byte by byte.
	let bond = |world: &mut World| {
		let insurer = world.insurer;
		world.chain.run(|| pallet_claims::Bonds::<Runtime>::get(insurer)).expect("a bond").size
	};
	let before = bond(&mut world);
	world.enrol();
	let put_down =
		configs::health::DepositPerByte::get() * Balance::from(bond(&mut world) - before);
	assert!(MemberReserve::get() <= put_down, "a coverage is worth {put_down}");
	let calls: [RuntimeCall; 4] = [
		Call::accept_coverage { coverage: 0 }.into(),
		Call::attest { encounter: 0, coverage: 0 }.into(),
		Call::accept_rekey { coverage: 0 }.into(),
		Call::terminate_coverage { coverage: 0, until: 0 }.into(),
	];
	for call in calls {
		let fee = world.chain.run(|| {
			let extrinsic = crate::common::sign(&crate::common::pair("Member"), call.clone(), 0);
			let length = extrinsic.encoded_size() as u32;
			TransactionPayment::query_info(extrinsic, length).partial_fee
		});
		assert!(fee <= MemberReserve::get(), "{call:?} costs {fee}");
		assert!(2 * fee <= MemberAllowancePerDay::get(), "{call:?} costs {fee}");
	}
}

#[test]
fn nobody_but_administrators_needs_tokens_and_a_visit_is_paid_in_its_block() {
	let mut world = world();
	world.enrol();
	let hospital = world.hospital;
	let chain = &mut world.chain;
	chain.succeed("Member", Call::accept_coverage { coverage: 0 });
	chain.succeed("Clerk", Call::open_encounter { org: hospital });
	chain.succeed("Member", Call::attest { encounter: 0, coverage: 0 });
	let lines = lines(15_000);
	let root = merkle_root(&[lines[0].detail]).expect("one leaf");
	chain.succeed("Clerk", Call::close_encounter { org: hospital, encounter: 0, root, lines: 1 });
	chain.succeed("Clerk", Call::submit { org: hospital, encounter: 0, lines });
	let settled = ClaimState::Settled { at: chain.now() };
	assert_eq!(
		chain.run(|| pallet_claims::Claims::<Runtime>::get(0)).map(|claim| claim.state),
		Some(settled)
	);
	for who in ["Member", "Clerk", "Adjuster"] {
		assert_eq!(chain.run(|| Balances::free_balance(account(who))), 0, "{who}");
	}
	assert_eq!(world.balance(hospital), 13_000);
	assert_eq!(world.balance(world.insurer), 1_000_000 - 13_000);
}

#[test]
fn the_sponsor_pays_for_members_and_staff_alone() {
	let mut world = world();
	world.enrol();
	let chain = &mut world.chain;
	let not_entitled = Err(InvalidTransaction::Custom(164).into());
	// A clerk of the hospital has no say for the insurer, nor for somebody's coverage.
	let decide =
		|org| Call::decide { org, claim: 0, decision: pallet_claims::Decision::AsAdjudicated };
	assert_eq!(chain.apply("Clerk", decide(world.insurer)), not_entitled);
	assert_eq!(chain.apply("Clerk", Call::accept_coverage { coverage: 0 }), not_entitled);
	assert_eq!(chain.apply("Member", Call::accept_coverage { coverage: 9 }), not_entitled);
	// What anybody may do, and what is done with an administrator's own money, is not sponsored.
	let not_sponsored = Err(InvalidTransaction::Custom(160).into());
	assert_eq!(chain.apply("Member", Call::poke { claim: 0 }), not_sponsored);
	let fund = Call::fund { org: world.insurer, asset: ASSET, amount: 1 };
	assert_eq!(chain.apply("Member", fund), not_sponsored);
}

#[test]
fn a_member_refuses_another_key_for_nothing_and_only_once() {
	let mut world = world();
	world.enrol();
	let (chain, org) = (&mut world.chain, world.insurer);
	chain.succeed("Adjuster", Call::rekey_coverage { org, coverage: 0, key: account("Thief") });
	chain.next_block();
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	// In safe mode, too.
	chain.run(|| pallet_safe_mode::EnteredUntil::<Runtime>::put(1_000_000));
	chain.succeed("Member", Call::cancel_rekey { coverage: 0 });
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot, "nobody paid");
	chain.refused("Member", Call::cancel_rekey { coverage: 0 });
	// New promises wait.
	chain.refused("Adjuster", Call::rekey_coverage { org, coverage: 0, key: account("Other") });
}

/// D13 in both directions: no handle's key becomes a member key, and no member key a handle's.
#[test]
fn a_member_key_is_never_a_patients() {
	let mut world = world();
	world.enrol();
	let chain = &mut world.chain;
	let value = 10 * UNIT;
	chain.succeed(
		"Alice",
		pallet_balances::Call::transfer_keep_alive { dest: account("Member").into(), value },
	);
	chain.succeed("Member", Call::accept_coverage { coverage: 0 });
	let agreement_key = crate::common::AGREEMENT;
	assert_eq!(
		chain.dispatch("Member", pallet_patient_identity::Call::register { agreement_key }),
		Err(pallet_patient_identity::Error::<Runtime>::KeyInUse.into())
	);
	let (org, now) = (world.insurer, chain.now());
	let period = Interval::new(now, now + YEAR);
	// What is offered to somebody who has not agreed takes nothing from them.
	let coverage = chain.run(pallet_claims::NextCoverage::<Runtime>::get);
	chain.succeed("Adjuster", Call::enrol { org, plan: 0, member: account("Bob"), period });
	chain.succeed("Bob", pallet_patient_identity::Call::register { agreement_key });
	assert_eq!(
		chain.dispatch("Bob", Call::accept_coverage { coverage }),
		Err(pallet_claims::Error::<Runtime>::KeyOfPatient.into())
	);
	assert_eq!(
		chain.dispatch("Adjuster", Call::enrol { org, plan: 0, member: account("Bob"), period }),
		Err(pallet_claims::Error::<Runtime>::KeyOfPatient.into())
	);
}

#[test]
fn nobody_speaks_for_a_member_by_a_detour() {
	let attest: RuntimeCall = Call::attest { encounter: 0, coverage: 0 }.into();
	let proxied: RuntimeCall = pallet_proxy::Call::proxy {
		real: account("Member").into(),
		force_proxy_type: None,
		call: Box::new(attest.clone()),
	}
	.into();
	let derived: RuntimeCall =
		pallet_utility::Call::as_derivative { index: 0, call: Box::new(attest.clone()) }.into();
	let batch: RuntimeCall = pallet_utility::Call::batch { calls: vec![attest.clone()] }.into();
	Chain::development().run(|| {
		assert!(CallFilter::contains(&attest) && CallFilter::contains(&batch));
		assert!(!CallFilter::contains(&proxied) && !CallFilter::contains(&derived));
	});
}

#[test]
fn a_flagged_organisation_names_no_coverage_in_a_block() {
	let mut world = world();
	world.enrol();
	let (chain, org) = (&mut world.chain, world.hospital);
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });
	let refused = Err(InvalidTransaction::Call.into());
	assert_eq!(chain.apply("Hospital", Call::open_emergency { org, coverage: 0 }), refused);
	assert_eq!(chain.apply("Hospital", Call::open_encounter { org }), refused);
}

#[test]
fn a_claim_weighs_what_its_lines_do_and_the_heaviest_is_a_small_part_of_a_block() {
	let weight = |count: u32| {
		let line = lines(1)[0];
		let lines = PerLine::truncate_from(vec![line; count as usize]);
		RuntimeCall::from(Call::submit { org: 0, encounter: 0, lines })
			.get_dispatch_info()
			.call_weight
	};
	let one_more = weight(2) - weight(1);
	assert!(one_more.ref_time() > 0);
	assert_eq!(weight(64), weight(1) + one_more * 63);
	let block = configs::system::RuntimeBlockWeights::get().max_block;
	let heaviest = [
		RuntimeCall::from(Call::submit { org: 0, encounter: 0, lines: PerLine::default() }),
		Call::correct { org: 0, claim: 0, lines: PerLine::truncate_from(vec![lines(1)[0]; 64]) }
			.into(),
		Call::decide { org: 0, claim: 0, decision: pallet_claims::Decision::AsAdjudicated }.into(),
		Call::poke { claim: 0 }.into(),
		Call::settle_waiting { payer: 0, asset: ASSET, limit: 64 }.into(),
		Call::fund { org: 0, asset: ASSET, amount: 1 }.into(),
	]
	.map(|call| call.get_dispatch_info().call_weight);
	for weight in heaviest.into_iter().chain([weight(64)]) {
		println!(
			"{weight:?}: {:.2} % of a block",
			100.0 * weight.ref_time() as f64 / block.ref_time() as f64
		);
		assert!(weight.all_lte(block / 20), "{weight:?} of {block:?}");
	}
}

/// The payer's clock runs also in an emergency, and it can deny; what is paid stays in settlement accounts.
#[test]
fn a_payer_answers_in_safe_mode_and_after_a_failed_migration() {
	use frame_support::migrations::FailedMigrationHandler;
	use pallet_claims::{Decision, LineDecision};
	use salus_claims_adjudication::{Adjustment, Adjustments, Carc, Group};
	let mut world = world();
	world.enrol();
	let (hospital, insurer) = (world.hospital, world.insurer);
	let chain = &mut world.chain;
	chain.succeed("Member", Call::accept_coverage { coverage: 0 });
	chain.succeed("Clerk", Call::open_encounter { org: hospital });
	chain.succeed("Member", Call::attest { encounter: 0, coverage: 0 });
	chain.run(|| configs::system::SafeModeOnFailedMigration::failed(Some(0)));
	chain.next_block();
	let charge = 200_000;
	let lines = lines(charge);
	let root = merkle_root(&[lines[0].detail]).expect("one leaf");
	chain.succeed("Clerk", Call::close_encounter { org: hospital, encounter: 0, root, lines: 1 });
	chain.succeed("Clerk", Call::submit { org: hospital, encounter: 0, lines });
	chain.succeed("Adjuster", Call::request_information { org: insurer, claim: 0 });
	chain.succeed("Clerk", Call::answer { org: hospital, claim: 0 });
	let mut adjustments = Adjustments::new();
	let denial = Adjustment::new(Group::ContractualObligation, Carc::NotNecessary, charge);
	adjustments.try_push(denial).expect("one");
	let decision = LineDecision { paid: 0, adjustments };
	let decision = Decision::Lines(PerLine::truncate_from(vec![decision]));
	chain.succeed("Adjuster", Call::decide { org: insurer, claim: 0, decision });
	chain.succeed("Insurer", Call::fund { org: insurer, asset: ASSET, amount: 1 });
	// New promises wait, and money does not leave.
	chain.refused("Clerk", Call::open_encounter { org: hospital });
	chain.refused("Insurer", Call::withdraw { org: insurer, asset: ASSET, amount: 1 });
}

/// What an asset's administrator could do to keep payers from answering.
#[test]
fn nobody_freezes_or_destroys_an_asset_that_settles_claims() {
	use pallet_assets::Call as Asset;
	let mut world = world();
	let account = world.chain.run(|| Claims::settlement_account(world.insurer));
	let (id, who) = (|| ASSET.into(), || account.clone().into());
	let tried: [RuntimeCall; 8] = [
		Asset::freeze_asset { id: id() }.into(),
		Asset::start_destroy { id: id() }.into(),
		Asset::destroy_accounts { id: id() }.into(),
		Asset::destroy_approvals { id: id() }.into(),
		Asset::finish_destroy { id: id() }.into(),
		Asset::freeze { id: id(), who: who() }.into(),
		Asset::block { id: id(), who: who() }.into(),
		Asset::burn { id: id(), who: who(), amount: 1 }.into(),
	];
	let refused = Err(InvalidTransaction::Call.into());
	for call in tried {
		assert_eq!(world.chain.apply("Alice", call.clone()), refused, "{call:?}");
		let batch = pallet_utility::Call::batch { calls: vec![call] };
		assert_eq!(world.chain.apply("Alice", batch), refused);
	}
}
