//! Whether somebody has had a credential without a break: what sessions and tokens rest on, which decisions alone do not tell. A licence that
//! was suspended and reinstated is another time under it.

use super::{
	facts::{read, span, Source},
	items::{Account, Item},
	stored::{ClientKeySet, Key, Licence, Organisation},
};
use crate::{Error, Hash};
use salus_primitives::{KeyPurpose, Moment, OrgId, PatientId};

/// The commitment to the document that lists the keys of an organisation's systems, if it has been licensed, for one kind at least, without
/// a break from `since` until and with `at`, and has named no other keys since `since`. It is what the organisation has named as its keys,
/// or else its profile. A commitment of zero is none: an organisation of the genesis has it until it applies, and one that has taken all
/// keys out of service.
///
/// # Errors
/// [`Error::FactUnproven`], [`Error::UnreadableFact`]: an item is not proven, or is none of its layout.
pub fn licensed(
	source: &impl Source,
	id: OrgId,
	since: Moment,
	at: Moment,
) -> Result<Option<Hash>, Error> {
	let Some(organisation) = read::<Organisation>(source, Item::Organisation(id))? else {
		return Ok(None);
	};
	let named: Option<ClientKeySet> = read(source, Item::ClientKeys(id))?;
	let listed = match named {
		Some(named) if since < named.since => return Ok(None),
		Some(named) => named.keys,
		None => organisation.profile,
	};
	if listed == [0; 32] {
		return Ok(None);
	}
	for kind in organisation.held.iter() {
		let licence: Option<Licence> = read(source, Item::Licence(id, kind))?;
		let lasts = licence.is_some_and(|licence| {
			licence.intervals.iter().any(|interval| {
				let ended = interval.ended.as_ref().map(|(ended, _)| *ended);
				let span = span(interval.from, interval.until, ended);
				span.contains(since) && span.contains(at)
			})
		});
		if lasts {
			return Ok(Some(Hash(listed)));
		}
	}
	Ok(None)
}

/// Whose key this is, if it has been one with which a patient views without a break from `since` until and with `at`.
///
/// # Errors
/// Those of [`licensed`].
pub fn patient_of_key(
	source: &impl Source,
	account: Account,
	since: Moment,
	at: Moment,
) -> Result<Option<PatientId>, Error> {
	let key: Option<Key> = read(source, Item::Key(account))?;
	Ok(key
		.filter(|key| {
			key.from <= since
				&& key.until.is_none_or(|until| since < until && at < until)
				&& key.purposes.contains(KeyPurpose::View)
		})
		.map(|key| key.patient))
}
