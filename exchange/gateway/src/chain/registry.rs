//! Who somebody is to the chain: whether the organisation was ever admitted, who administers it, and which roles a person has there. By
//! proofs, as decisions are, so that nobody has a credential by the node's word, and nobody is without one by it.

use super::{
	facts::{of_runtime, Proven},
	Block, Node, Silent,
};
use salus_exchange_protocol::account::Account;
use salus_primitives::{OrgKind, Role, RoleSet};
use salus_verify::decision::{admission, roles, Item, Runtime};

/// The roles of whoever may see what both sides logged.
pub const OFFICERS: RoleSet =
	RoleSet::EMPTY.with(Role::PrivacyOfficer).with(Role::DataSteward).with(Role::Auditor);

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
}
