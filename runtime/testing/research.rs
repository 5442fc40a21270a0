//! Research through real blocks: a dataset is offered, a study approved, a request matched and voted, a query reserved, by people
//! without tokens; and a licence that is suspended suspends the permit with it.

use crate::common::{account, Chain};
use crate::runtime::*;
use pallet_research::{
	data_use::{Offer, Permission, Request, Use, UseSet},
	permits::{Lapse, LapseSet, Standing},
	Basis, Call as Study, CommitteeRule, SizeBucket, Stage,
};
use salus_primitives::{time::DAY, OrgId, OrgKind, OrgKindSet, Role};
use sp_core::H256;

/// An organisation that is administered by this development account and licensed for 500 days.
fn organisation(chain: &mut Chain, admin: &str, kind: OrgKind) -> OrgId {
	let until = chain.now() + 500 * DAY;
	chain.organisation(admin, OrgKindSet::of(&[kind]), until)
}

/// Lets somebody who holds no tokens join.
fn join(chain: &mut Chain, admin: &str, org: OrgId, name: &str, role: Role) {
	let until = chain.now() + 400 * DAY;
	chain.employ(org, admin, name, role, until);
	assert_eq!(chain.run(|| Balances::free_balance(account(name))), 0);
}

fn standing(chain: &mut Chain, at: u64) -> Option<Standing> {
	chain.run(|| Research::permit_at(0, at))
}

#[test]
fn a_suspended_licence_suspends_the_permit_of_a_study_in_that_block() {
	let mut chain = Chain::development();
	let custodian = organisation(&mut chain, "Hospital", OrgKind::Provider);
	let institute = organisation(&mut chain, "Insurer", OrgKind::Research);
	let ethics = organisation(&mut chain, "Clinic", OrgKind::Ethics);
	join(&mut chain, "Hospital", custodian, "Steward", Role::DataSteward);
	join(&mut chain, "Insurer", institute, "Researcher", Role::Researcher);
	join(&mut chain, "Clinic", ethics, "Ethicist", Role::EthicsMember);
	let members = ["First", "Second", "Third"];
	for member in members {
		join(&mut chain, "Clinic", ethics, member, Role::DacMember);
	}

	let (committee, quorum, total) = (ethics, 3, 1_000_000);
	chain.succeed("Steward", Study::open_population { custodian, committee, quorum, total });
	let terms = Offer::new(Permission::Hmb);
	chain.succeed(
		"Steward",
		Study::offer_dataset {
			custodian,
			basis: Basis::OptOut,
			min_cohort: 10,
			rule: CommitteeRule { committee, quorum, deliberation: 3 * DAY },
			terms,
			root: H256::repeat_byte(2),
			size: SizeBucket::Below10000,
		},
	);
	let uses = UseSet::EMPTY.with(Use::Biomedical);
	let (organisation, protocol) = (institute, H256::repeat_byte(3));
	chain.succeed("Researcher", Study::register_study { organisation, ethics, uses, protocol });
	let until = chain.now() + 300 * DAY;
	chain.succeed("Ethicist", Study::approve_ethics { ethics, study: 0, protocol, until });
	let statement = Request { months: Some(6), ..Request::new(uses) };
	let (study, dataset, disease) = (0, 0, None);
	chain
		.succeed("Researcher", Study::request { organisation, study, dataset, statement, disease });
	chain.succeed("Insurer", Study::cosign { organisation, request: 0 });
	for member in members {
		chain.succeed(member, Study::vote { committee, request: 0, in_favour: true });
	}
	chain.advance(3 * DAY * 1_000);
	chain.next_block();
	// The committee pays for its member.
	chain.succeed("First", Study::conclude { committee, request: 0 });
	let now = chain.now();
	assert_eq!(chain.run(|| Research::stage_at(0, now)), Some(Stage::Approved));
	chain.succeed("Researcher", Study::accept_terms { organisation, request: 0, version: 0 });
	let reserve = |byte| Study::reserve_query {
		custodian,
		permit: 0,
		version: 0,
		commitment: H256::repeat_byte(byte),
		epsilon: 100_000,
	};
	chain.succeed("Steward", reserve(1));
	let result = H256::repeat_byte(9);
	chain.succeed("Steward", Study::settle_query { custodian, query: 0, result });
	let population = chain.run(|| Research::population(custodian)).expect("it was opened");
	assert_eq!((population.budget.settled, population.left), (100_000, 900_000));

	chain.next_block();
	let before = chain.now();
	assert_eq!(standing(&mut chain, before), Some(Standing::Active));
	chain.next_block();
	let kind = OrgKind::Research;
	chain.succeed("Registrar", pallet_registry::Call::suspend { org: institute, kind });
	let at = chain.now();
	let suspended = Some(Standing::Suspended(LapseSet::EMPTY.with(Lapse::Licence)));
	assert_eq!(standing(&mut chain, at), suspended);
	let refused = chain.dispatch("Steward", reserve(2));
	assert_eq!(refused, Err(pallet_research::Error::<Runtime>::NotActive.into()));
	// As it was before; and in force again with the licence.
	assert_eq!(standing(&mut chain, before), Some(Standing::Active));
	chain.next_block();
	let until = chain.now() + 100 * DAY;
	chain.succeed("Registrar", pallet_registry::Call::reinstate { org: institute, kind, until });
	let now = chain.now();
	assert_eq!(standing(&mut chain, now), Some(Standing::Active));
	chain.succeed("Steward", reserve(2));
}

/// Where a request or a permit stood at a past moment rests on these: an upgrade that changes one changes answers that were given.
#[test]
fn the_times_on_which_answers_about_the_past_rest_are_as_they_were() {
	use frame_support::traits::Get;
	use pallet_research::Config;
	use salus_primitives::time::YEAR;
	let times: [(u64, u64); 8] = [
		(<Runtime as Config>::EpochTime::get(), 30 * DAY),
		(<Runtime as Config>::SignatureTime::get(), 30 * DAY),
		(<Runtime as Config>::VoteTime::get(), 21 * DAY),
		(<Runtime as Config>::AcceptanceTime::get(), 30 * DAY),
		(<Runtime as Config>::RecusalTime::get(), YEAR),
		(<Runtime as Config>::ReportGrace::get(), 30 * DAY),
		(<Runtime as Config>::RenewalWindow::get(), 60 * DAY),
		(<Runtime as Config>::MaxEthicsTerm::get(), 5 * YEAR),
	];
	for (n, (is, was)) in times.into_iter().enumerate() {
		assert_eq!(is, was, "time {n}");
	}
}

/// Votes and approvals are made in person: through a derived account, a proxy or a multisignature one signer could act as several.
#[test]
fn votes_and_approvals_are_made_in_person() {
	use crate::runtime::policy::policy;
	let calls: [RuntimeCall; 3] = [
		Study::vote { committee: 0, request: 0, in_favour: true }.into(),
		Study::vote_budget { committee: 0, custodian: 0, motion: 0, in_favour: true }.into(),
		Study::approve_ethics { ethics: 0, study: 0, protocol: H256::zero(), until: 0 }.into(),
	];
	for call in calls {
		assert!(policy(&call).in_person, "{call:?}");
	}
}
