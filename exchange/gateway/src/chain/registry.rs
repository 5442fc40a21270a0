//! Who somebody is to the chain: whether the organisation was ever admitted, who administers it, and which roles a person has there. By
//! proofs, as decisions are, so that nobody has a credential by the node's word, and nobody is without one by it.

use super::{
	facts::{of_runtime, Proven},
	Block, Node, Silent,
};
use salus_exchange_protocol::account::Account;
use salus_primitives::{DataClassSet, OrgKind, PatientId, Role, RoleSet};
use salus_verify::{
	decision::{admission, recorded_late, roles, Item, RecordedLate, Runtime},
	Error,
};

/// The roles of whoever may see what both sides logged.
pub const OFFICERS: RoleSet =
	RoleSet::EMPTY.with(Role::PrivacyOfficer).with(Role::DataSteward).with(Role::Auditor);
/// How often items that turn out to be needed are asked for.
const MAX_ROUNDS: usize = 64;
/// The most emergencies of one person for one patient that are looked at: more than twelve in a day the chain does not take.
const MAX_LATE: usize = 32;

/// What the chain says of somebody who asks for an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Credential {
	/// Whether the organisation has a licence that was not revoked. One that is suspended or has expired counts: its people are known.
	pub is_licensed: bool,
	/// Whether it is the account that administers the organisation.
	pub is_admin: bool,
	/// The roles at the organisation at the block's moment.
	pub roles: RoleSet,
}

impl Credential {
	/// Whether there is any tie to the organisation.
	pub fn is_tied(&self) -> bool {
		self.is_admin || !self.roles.is_empty()
	}

	/// Whether it is somebody who may see what both sides logged.
	pub fn is_officer(&self) -> bool {
		self.is_admin || self.roles.intersects(OFFICERS)
	}
}

/// Of an organisation, whether it is there and what it is licensed for.
pub(crate) fn of_organisation(id: u32) -> impl Iterator<Item = Item> {
	let licences = OrgKind::ALL.iter().map(move |kind| Item::Licence(id, *kind));
	[Item::Organisation(id)].into_iter().chain(licences)
}

impl Node {
	/// What the chain says of somebody who asks for an organisation; none if there is no such organisation.
	pub async fn credential(
		&self,
		at: &Block,
		organisation: u32,
		who: Account,
	) -> Result<Option<Credential>, Silent> {
		let mut proven = Proven::default();
		let mut items: Vec<Item> = of_runtime().chain(of_organisation(organisation)).collect();
		items.push(Item::Affiliation(organisation, who.0));
		proven.prove(self, at, &items).await?;
		Runtime::of(&proven)?;
		let roles = roles(&proven, organisation, who.0, at.time)?;
		let admission = admission(&proven, organisation)?;
		Ok(admission.map(|found| Credential {
			is_licensed: found.is_licensed,
			is_admin: found.admin == who.0,
			roles,
		}))
	}

	/// The number under which the chain has an emergency that happened at `happened_at`, of these classes, recorded late by its person. One that was
	/// recorded as of up to a day before, and has all these classes, counts: beside it the chain takes no other.
	pub async fn late_record(
		&self,
		at: &Block,
		patient: PatientId,
		(organisation, who): (u32, Account),
		classes: DataClassSet,
		happened_at: u64,
	) -> Result<Option<u32>, Silent> {
		const DAY: u64 = 86_400;
		let mut proven = Proven::default();
		let mut items: Vec<Item> = of_runtime().collect();
		items.push(Item::LatestLate(patient, organisation, who.0));
		for _ in 0..MAX_ROUNDS {
			proven.prove(self, at, &items).await?;
			Runtime::of(&proven)?;
			let found = match recorded_late(&proven, patient, organisation, who.0, MAX_LATE) {
				Ok(found) => found,
				Err(Error::FactUnproven { item }) => {
					items = vec![item];
					continue;
				},
				Err(error) => return Err(error.into()),
			};
			let covers = |late: &&RecordedLate| {
				let before = happened_at.checked_sub(late.happened_at);
				classes.is_subset_of(late.classes) && before.is_some_and(|before| before <= DAY)
			};
			return Ok(found.iter().find(covers).map(|late| late.id));
		}
		Err(Silent::Wrong("an emergency depends on more than can be asked for".into()))
	}
}
