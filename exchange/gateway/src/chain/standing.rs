//! Whether the standing on which a token rests holds in a block, and has held since the token was issued: by proofs, and only of
//! runtimes that are known.

use super::{facts::Proven, Block, Node, Silent};
use salus_exchange_protocol::{account::Account, Hash};
use salus_primitives::OrgKind;
use salus_verify::decision::{licensed, patient_of_key, Item, Runtime, LAYOUTS};

impl Node {
	/// These items, and those by which the runtime is known.
	async fn of_known_runtime(
		&self,
		at: &Block,
		more: impl IntoIterator<Item = Item>,
	) -> Result<Proven, Silent> {
		let layouts = LAYOUTS.map(|(pallet, _)| Item::Layout(pallet));
		let items = [Item::Runtime].into_iter().chain(layouts).chain(more);
		let keys = items.map(|item| item.key()).collect();
		let proven = Proven(self.proven(at, keys).await?.into_iter().collect());
		Runtime::of(&proven)?;
		Ok(proven)
	}

	/// The commitment to the profile of an organisation, if it was licensed, for one kind at least, without a break from `since` on.
	pub async fn licensed(
		&self,
		at: &Block,
		organisation: u32,
		since: u64,
	) -> Result<Option<Hash>, Silent> {
		let licences = OrgKind::ALL.iter().map(|kind| Item::Licence(organisation, *kind));
		let items = [Item::Organisation(organisation)].into_iter().chain(licences);
		let proven = self.of_known_runtime(at, items).await?;
		Ok(licensed(&proven, organisation, since, at.time)?)
	}

	/// Whether an account was a key with which a patient views, without a break from `since` on.
	pub async fn is_patients_key(
		&self,
		at: &Block,
		account: Account,
		since: u64,
	) -> Result<bool, Silent> {
		let proven = self.of_known_runtime(at, [Item::Key(account.0)]).await?;
		Ok(patient_of_key(&proven, account.0, since, at.time)?.is_some())
	}
}
