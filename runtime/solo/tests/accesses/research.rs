//! Research: an investigator who works for as many organisations beside the institution as a committee decides about, and worked for all
//! others that are remembered more than a year ago; and a committee of as many as can vote.

use super::*;
use pallet_research::{
	data_use::{Modifier, ModifierSet, Offer, Permission, Request, Stated, Use, UseSet},
	Basis, Call as Study, CommitteeRule, OutputKind, RevocationReason, SizeBucket,
	MAX_OTHER_EMPLOYERS, MAX_QUORUM, MAX_VOTES, MIN_COHORT,
};
use salus_primitives::time::DAY;

const TOTAL: u64 = 1_000_000;

/// Who takes part besides those who sign: `//Steward` of the custodian, `//Researcher` of the institution, which `//Insurer` administers,
/// `//Ethicist` of the ethics body, and the voters of the committee, which `//Chair` administers.
struct Scene {
	chain: Chain,
	custodian: OrgId,
	institute: OrgId,
	ethics: OrgId,
	committee: OrgId,
}

fn root() -> H256 {
	H256::repeat_byte(7)
}

fn terms() -> Offer {
	let modifiers = ModifierSet::of(&[Modifier::Pub, Modifier::Rtn, Modifier::Irb]);
	Offer { modifiers, months: Some(120), ..Offer::new(Permission::Hmb) }
}

/// What the terms allow.
fn statement() -> Request {
	Request {
		months: Some(1),
		publishes: Stated::Yes,
		returns: Stated::Yes,
		..Request::new(UseSet::EMPTY.with(Use::Biomedical))
	}
}

/// One of the committee.
fn voter(n: u32) -> String {
	format!("Voter{n}")
}

/// As [`employed`], of which a block has no room for so many.
fn joined(chain: &mut Chain, org: OrgId, admin: &str, who: &str, role: Role) {
	let until = chain.now() + YEAR;
	make(chain, admin, Register::invite { org, account: account(who), role, until });
	make(chain, who, Register::accept_affiliation { org, role });
}

impl Scene {
	fn begun() -> Self {
		let mut chain = Chain::development();
		let others = u32::try_from(MAX_OTHER_EMPLOYERS).expect("they are few");
		left(&mut chain, "Researcher", MOST_EMPLOYERS - 1 - others, false);
		chain.advance((YEAR + DAY) * 1_000);
		// A block that begins a session may take no transactions.
		chain.next_block();
		for n in 0..others {
			let admin = format!("Other{n}");
			endowed(&mut chain, &admin);
			let org = admitted(&mut chain, &admin, OrgKindSet::of(&[OrgKind::Provider]));
			joined(&mut chain, org, &admin, "Researcher", Role::Nurse);
		}
		endowed(&mut chain, "Chair");
		let custodian = admitted(&mut chain, "Hospital", OrgKindSet::of(&[OrgKind::Provider]));
		let institute = admitted(&mut chain, "Insurer", OrgKindSet::of(&[OrgKind::Research]));
		let ethics = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Ethics]));
		let committee = admitted(&mut chain, "Chair", OrgKindSet::of(&[OrgKind::Ethics]));
		joined(&mut chain, custodian, "Hospital", "Steward", Role::DataSteward);
		joined(&mut chain, institute, "Insurer", "Researcher", Role::Researcher);
		joined(&mut chain, ethics, "Clinic", "Ethicist", Role::EthicsMember);
		for n in 0..MAX_VOTES {
			joined(&mut chain, committee, "Chair", &voter(n), Role::DacMember);
		}
		let employers =
			chain.run(|| pallet_registry::Employers::<Runtime>::get(account("Researcher")));
		assert_eq!(employers.len() as u32, MOST_EMPLOYERS);
		chain.next_block();
		Self { chain, custodian, institute, ethics, committee }
	}

	/// What `call` of `who` touches.
	fn touched(&mut self, who: &str, call: Study<Runtime>) -> Touched {
		touched(&mut self.chain, who, call)
	}

	fn make(&mut self, who: &str, call: Study<Runtime>) {
		make(&mut self.chain, who, call);
	}

	/// More budget for the population is decided by others than its data: an investigator is asked about both.
	fn open_population(&self) -> Study<Runtime> {
		let (custodian, committee) = (self.custodian, self.ethics);
		Study::open_population { custodian, committee, quorum: MAX_QUORUM, total: TOTAL }
	}

	fn offer_dataset(&self) -> Study<Runtime> {
		let committee = self.committee;
		Study::offer_dataset {
			custodian: self.custodian,
			basis: Basis::Consent,
			min_cohort: MIN_COHORT,
			rule: CommitteeRule { committee, quorum: MAX_QUORUM, deliberation: 3 * DAY },
			terms: terms(),
			root: root(),
			size: SizeBucket::Million,
		}
	}

	fn register_study(&self) -> Study<Runtime> {
		let (organisation, ethics) = (self.institute, self.ethics);
		Study::register_study { organisation, ethics, uses: UseSet::ALL, protocol: root() }
	}

	fn approve_ethics(&self) -> Study<Runtime> {
		let (ethics, until) = (self.ethics, self.chain.now() + 300 * DAY);
		Study::approve_ethics { ethics, study: 0, protocol: root(), until }
	}

	fn request(&self) -> Study<Runtime> {
		let (organisation, statement) = (self.institute, statement());
		Study::request { organisation, study: 0, dataset: 0, statement, disease: None }
	}

	fn cosign(&self) -> Study<Runtime> {
		Study::cosign { organisation: self.institute, request: 0 }
	}

	fn vote(&self) -> Study<Runtime> {
		Study::vote { committee: self.committee, request: 0, in_favour: true }
	}

	fn conclude(&self) -> Study<Runtime> {
		Study::conclude { committee: self.committee, request: 0 }
	}

	/// The next version, in the next epoch, under the same terms.
	fn publish_version(&self) -> Study<Runtime> {
		Study::publish_version {
			custodian: self.custodian,
			dataset: 0,
			terms: terms(),
			root: root(),
			size: SizeBucket::Million,
			epoch: 1,
		}
	}

	fn accept_terms(&self) -> Study<Runtime> {
		Study::accept_terms { organisation: self.institute, request: 0, version: 1 }
	}

	fn reserve_query(&self) -> Study<Runtime> {
		let (custodian, epsilon) = (self.custodian, 10_000);
		Study::reserve_query { custodian, permit: 0, version: 1, commitment: root(), epsilon }
	}

	fn with_dataset() -> Self {
		let mut scene = Self::begun();
		scene.make("Steward", scene.open_population());
		scene.make("Steward", scene.offer_dataset());
		scene
	}

	/// Its study is approved.
	fn with_study() -> Self {
		let mut scene = Self::with_dataset();
		scene.make("Researcher", scene.register_study());
		scene.make("Ethicist", scene.approve_ethics());
		scene
	}

	/// All of the committee but one have voted.
	fn with_votes() -> Self {
		let mut scene = Self::with_study();
		scene.make("Researcher", scene.request());
		scene.make("Insurer", scene.cosign());
		for n in 1..MAX_VOTES {
			scene.make(&voter(n), scene.vote());
		}
		scene
	}

	/// All have, and their votes may be counted.
	fn with_all_votes() -> Self {
		let mut scene = Self::with_votes();
		scene.make(&voter(0), scene.vote());
		scene.chain.advance(3 * DAY * 1_000);
		scene.chain.next_block();
		scene
	}

	/// The version in force is another than the one on whose terms was voted.
	fn approved() -> Self {
		let mut scene = Self::with_all_votes();
		scene.make("Anybody", scene.conclude());
		scene.make("Steward", scene.publish_version());
		scene
	}

	fn with_permit() -> Self {
		let mut scene = Self::approved();
		scene.make("Researcher", scene.accept_terms());
		scene
	}
}

/// By a data steward, who is no administrator: the affiliation is read as well.
#[test]
fn a_population_is_opened_and_a_dataset_offered_kept_up_and_taken_back() {
	let mut scene = Scene::begun();
	let call = scene.open_population();
	let found = scene.touched("Steward", call.clone());
	assert_reached(&found, &[("research", "open_population", &[])], &[]);
	scene.make("Steward", call);
	let call = scene.offer_dataset();
	let found = scene.touched("Steward", call.clone());
	assert_reached(&found, &[("research", "offer_dataset", &[])], &[]);
	scene.make("Steward", call);
	let call = scene.publish_version();
	let found = scene.touched("Steward", call);
	assert_reached(&found, &[("research", "publish_version", &[])], &[]);
	let shortcut = Study::set_shortcut { committee: scene.committee, dataset: 0, allowed: true };
	let found = scene.touched("Chair", shortcut);
	assert_reached(&found, &[("research", "set_shortcut", &[])], &[]);
	let retire = Study::retire_dataset { custodian: scene.custodian, dataset: 0 };
	let found = scene.touched("Steward", retire);
	assert_reached(&found, &[("research", "retire_dataset", &[])], &[]);
}

/// Whoever judges it, and whoever administers the ethics body, is compared with each organisation for which the investigator works.
#[test]
fn a_study_is_registered_and_judged() {
	let mut scene = Scene::with_dataset();
	let call = scene.register_study();
	let found = scene.touched("Researcher", call.clone());
	assert_reached(&found, &[("research", "register_study", &[])], &[]);
	scene.make("Researcher", call);
	let call = scene.approve_ethics();
	let found = scene.touched("Ethicist", call.clone());
	// In the benchmark the investigator's organisations are all others than the institution, which is one of them here.
	let less = [("Registry::Affiliations", 1, 0)];
	assert_reached(&found, &[("research", "approve_ethics", &[])], &less);
	scene.make("Ethicist", call);
	scene.chain.next_block();
	let (organisation, ethics, study) = (scene.institute, scene.ethics, 0);
	let amend = Study::amend_study { organisation, study, protocol: H256::repeat_byte(8) };
	let found = scene.touched("Researcher", amend);
	assert_reached(&found, &[("research", "amend_study", &[])], &[]);
	let found = scene.touched("Ethicist", Study::suspend_ethics { ethics, study });
	assert_reached(&found, &[("research", "suspend_ethics", &[])], &[]);
	let found = scene.touched("Ethicist", Study::withdraw_ethics { ethics, study });
	assert_reached(&found, &[("research", "withdraw_ethics", &[])], &[]);
}

/// Each organisation that is remembered of the investigator is looked at, and both committees.
#[test]
fn access_is_requested_by_somebody_with_as_many_employers_as_can_be() {
	let mut scene = Scene::with_study();
	let call = scene.request();
	let found = scene.touched("Researcher", call);
	assert_reached(&found, &[("research", "request", &[])], &[]);
}

/// It is the first of its study, and the committee has agreed beforehand: so it is decided at once, and whether its administrator may agree
/// is looked up.
#[test]
fn a_request_is_cosigned_and_decided_at_once() {
	let mut scene = Scene::with_study();
	let shortcut = Study::set_shortcut { committee: scene.committee, dataset: 0, allowed: true };
	scene.make("Chair", shortcut);
	scene.make("Researcher", scene.request());
	let call = scene.cosign();
	let found = scene.touched("Insurer", call.clone());
	assert_reached(&found, &[("research", "cosign", &[])], &[]);
	scene.make("Insurer", call);
	let request = scene.chain.run(|| pallet_research::Requests::<Runtime>::get(0));
	assert!(request.expect("it was made").outcome.is_some(), "it is decided");
}

/// The last of as many as can vote.
#[test]
fn somebody_votes_after_all_others() {
	let mut scene = Scene::with_votes();
	let call = scene.vote();
	let found = scene.touched(&voter(0), call);
	assert_reached(&found, &[("research", "vote", &[])], &[]);
}

/// All were in favour: each of those is compared with all for whom the investigator works.
#[test]
fn as_many_votes_as_can_be_are_counted() {
	let mut scene = Scene::with_all_votes();
	let call = scene.conclude();
	let found = scene.touched("Anybody", call);
	assert_reached(&found, &[("research", "conclude", &[])], &[]);
}

/// Once another version is in force than the one on whose terms was voted: both are read.
#[test]
fn terms_are_accepted_and_a_permit_begins() {
	let mut scene = Scene::approved();
	let call = scene.accept_terms();
	let found = scene.touched("Researcher", call);
	assert_reached(&found, &[("research", "accept_terms", &[])], &[]);
}

/// The permit must be active, for which all is looked up that it depends on.
#[test]
fn a_query_is_reserved_and_settled() {
	let mut scene = Scene::with_permit();
	let call = scene.reserve_query();
	let found = scene.touched("Steward", call.clone());
	assert_reached(&found, &[("research", "reserve_query", &[])], &[]);
	scene.make("Steward", call);
	let settle = Study::settle_query { custodian: scene.custodian, query: 0, result: root() };
	let found = scene.touched("Steward", settle);
	assert_reached(&found, &[("research", "settle_query", &[])], &[]);
}

/// By the investigator, who does not administer the institution; and by a member of the committee.
#[test]
fn a_permit_is_reported_on_and_closed_or_revoked() {
	let mut scene = Scene::with_permit();
	let (organisation, permit, commitment) = (scene.institute, 0, root());
	let report = Study::report { organisation, permit, year: 1, commitment };
	let found = scene.touched("Researcher", report);
	assert_reached(&found, &[("research", "report", &[])], &[]);
	for kind in [OutputKind::Publication, OutputKind::Return] {
		let output = Study::record_output { organisation, permit, kind, commitment };
		let found = scene.touched("Researcher", output.clone());
		assert_reached(&found, &[("research", "record_output", &[])], &[]);
		scene.make("Researcher", output);
	}
	let (destruction, report) = (root(), Some(root()));
	let close = Study::close_out { organisation, permit, destruction, report };
	let found = scene.touched("Researcher", close);
	assert_reached(&found, &[("research", "close_out", &[])], &[]);
	let (acting_for, reason) = (scene.committee, RevocationReason::Order);
	let revoke = Study::revoke { acting_for, permit, reason };
	let found = scene.touched(&voter(0), revoke);
	assert_reached(&found, &[("research", "revoke", &[])], &[]);
}

/// All of the committee are in favour: of each of those it is asked whether it wants the budget. The population has the dataset's committee here,
/// which has as many members as can vote.
#[test]
fn more_budget_is_proposed_and_voted_on_by_as_many_as_can_vote() {
	let mut scene = Scene::begun();
	let (custodian, committee) = (scene.custodian, scene.committee);
	let open = Study::open_population { custodian, committee, quorum: MAX_QUORUM, total: TOTAL };
	scene.make("Steward", open);
	let propose = Study::propose_budget { custodian, more: TOTAL };
	let found = scene.touched("Steward", propose.clone());
	assert_reached(&found, &[("research", "propose_budget", &[])], &[]);
	scene.make("Steward", propose);
	let vote = Study::vote_budget { committee, custodian, motion: 0, in_favour: true };
	for n in 1..MAX_VOTES {
		scene.make(&voter(n), vote.clone());
	}
	let found = scene.touched(&voter(0), vote.clone());
	assert_reached(&found, &[("research", "vote_budget", &[])], &[]);
	scene.make(&voter(0), vote);
	scene.chain.advance(7 * DAY * 1_000);
	let conclude = Study::conclude_budget { committee, custodian, motion: 0 };
	let found = scene.touched("Anybody", conclude);
	assert_reached(&found, &[("research", "conclude_budget", &[])], &[]);
}
