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

	/// The commitment to the document with the keys of an organisation's systems, if it was licensed, for one kind at least, without a break
	/// from `since` on, and has named no other keys since.
	pub async fn licensed(
		&self,
		at: &Block,
		organisation: u32,
		since: u64,
	) -> Result<Option<Hash>, Silent> {
		let licences = OrgKind::ALL.iter().map(|kind| Item::Licence(organisation, *kind));
		let keys = [Item::Organisation(organisation), Item::ClientKeys(organisation)];
		let items = keys.into_iter().chain(licences);
		let proven = self.of_known_runtime(at, items).await?;
		Ok(licensed(&proven, organisation, since, at.time)?)
	}

	/// Whose key an account is, if it is one with which a patient views.
	pub async fn patient_of_key(
		&self,
		at: &Block,
		account: Account,
	) -> Result<Option<Hash>, Silent> {
		let proven = self.of_known_runtime(at, [Item::Key(account.0)]).await?;
		let patient = patient_of_key(&proven, account.0, at.time, at.time)?;
		Ok(patient.map(|patient| Hash(patient.0)))
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

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use salus_primitives::{KeyPurpose, KeyPurposeSet, OrgKindSet, PatientId};

	const WHO: [u8; 32] = [7; 32];

	/// From when, until when, and an early end.
	type Time = (u64, u64, Option<(u64, u8)>);

	fn state(items: impl IntoIterator<Item = (Item, Vec<u8>)>) -> Proven {
		// No organisation has named keys, unless one of the items says so.
		let none = [(Item::ClientKeys(4).key(), None)].into_iter();
		Proven(
			none.chain(items.into_iter().map(|(item, value)| (item.key(), Some(value)))).collect(),
		)
	}

	fn organisation(profile: u8, held: &[OrgKind]) -> (Item, Vec<u8>) {
		let kinds = (OrgKindSet::EMPTY, OrgKindSet::of(held));
		let value = ((WHO, None::<[u8; 32]>, [profile; 32], kinds), (false, true, None::<u128>));
		(Item::Organisation(4), value.encode())
	}

	fn licence(kind: OrgKind, times: &[Time]) -> (Item, Vec<u8>) {
		(Item::Licence(4, kind), (None::<u64>, times.to_vec()).encode())
	}

	#[test]
	fn a_licence_lasts_if_one_time_under_it_has_both_moments() {
		let (provider, payer) = (OrgKind::ALL[0], OrgKind::ALL[1]);
		let suspended = [(10, 100, Some((50, 0))), (60, 100, None)];
		for (times, since, at, lasts) in [
			(&[(10, 100, None)][..], 10, 99, true),
			(&[(10, 100, None)], 9, 50, false),
			(&[(10, 100, None)], 20, 100, false),
			(&suspended, 20, 49, true),
			(&suspended, 20, 50, false),
			(&suspended, 20, 70, false),
			(&suspended, 60, 70, true),
			(&[], 20, 30, false),
		] {
			let state = state([organisation(3, &[provider]), licence(provider, times)]);
			let found = licensed(&state, 4, since, at).unwrap();
			assert_eq!(found, lasts.then_some(Hash([3; 32])), "{times:?} {since} {at}");
		}
		let of = |profile, held: &[OrgKind], more: Vec<(Item, Vec<u8>)>| {
			licensed(&state([organisation(profile, held)].into_iter().chain(more)), 4, 20, 30)
		};
		let always = |kind| licence(kind, &[(0, u64::MAX, None)]);
		let either = of(3, &[provider, payer], vec![licence(provider, &[]), always(payer)]);
		assert_eq!(either.unwrap(), Some(Hash([3; 32])), "one kind is enough");
		assert_eq!(of(3, &[], vec![]).unwrap(), None, "it has only applied");
		assert_eq!(of(0, &[provider], vec![always(provider)]).unwrap(), None, "it has no profile");
		assert!(of(3, &[provider], vec![]).is_err(), "what is not proven is not guessed");
		let nobody = Proven([(Item::Organisation(4).key(), None)].into_iter().collect());
		assert_eq!(licensed(&nobody, 4, 20, 30).unwrap(), None);
	}

	#[test]
	fn keys_that_an_organisation_names_take_the_place_of_those_in_its_profile() {
		let provider = OrgKind::ALL[0];
		let listed = |keys: Option<(u8, u64)>, since| {
			let licence = licence(provider, &[(0, u64::MAX, None)]);
			let keys =
				keys.map(|(byte, since)| (Item::ClientKeys(4), ([byte; 32], since).encode()));
			let items = [organisation(3, &[provider]), licence].into_iter().chain(keys);
			licensed(&state(items), 4, since, 30).unwrap()
		};
		assert_eq!(listed(None, 20), Some(Hash([3; 32])), "those in its profile");
		assert_eq!(listed(Some((9, 20)), 20), Some(Hash([9; 32])));
		assert_eq!(listed(Some((9, 21)), 20), None, "what is older than the keys ends with them");
		assert_eq!(listed(Some((0, 20)), 20), None, "all keys are out of service");
		let unproven = [organisation(3, &[provider]), licence(provider, &[])];
		let unproven = unproven.into_iter().map(|(item, value)| (item.key(), Some(value)));
		assert!(licensed(&Proven(unproven.collect()), 4, 20, 30).is_err());
	}

	#[test]
	fn a_patients_key_views_and_lives_at_both_moments() {
		let views = KeyPurposeSet::of(&[KeyPurpose::View]);
		for (purposes, from, until, since, at, is_one) in [
			(views, 10, None, 10, 99, true),
			(views, 11, None, 10, 99, false),
			(views, 10, Some(50), 20, 49, true),
			(views, 10, Some(50), 20, 50, false),
			(KeyPurposeSet::EMPTY, 10, None, 20, 30, false),
		] {
			let (from, until): (u64, Option<u64>) = (from, until);
			let value = (PatientId::from([1; 32]), purposes, from, until);
			let state = state([(Item::Key(WHO), value.encode())]);
			let found = patient_of_key(&state, WHO, since, at).unwrap();
			assert_eq!(found.is_some(), is_one, "{from} {until:?} {since} {at}");
		}
		let nobody = Proven([(Item::Key(WHO).key(), None)].into_iter().collect());
		assert!(patient_of_key(&nobody, WHO, 20, 30).unwrap().is_none());
	}
}
