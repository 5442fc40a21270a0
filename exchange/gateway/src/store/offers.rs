//! Offers to link a patient of the house with a handle, and the log of who did what about links.

use super::{
	acts::KEPT,
	audit::append,
	sql::{params, Connection},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::{event::Event, Hash};

/// How long an offer stays after there is nothing more to be done with it, in seconds: so the desk still sees what became of it.
const SEEN: u64 = 3_600;

/// An offer that is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewOffer {
	/// The hash of its nonce under the vault's key.
	pub nonce: Hash,
	/// The hash of the id of the house under the vault's key.
	pub local: Hash,
	/// The id of the house, encrypted.
	pub local_sealed: Vec<u8>,
	/// When it is made, in seconds since 1970.
	pub made: u64,
	/// From when on it cannot be signed any more.
	pub expires: u64,
}

/// An offer, as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
	/// The id of the house, encrypted.
	pub local_sealed: Vec<u8>,
	/// From when on it cannot be signed any more, in seconds since 1970.
	pub expires: u64,
	/// The handle and the account that signed it, encrypted, and when that was.
	pub signed: Option<(Vec<u8>, u64)>,
	/// When it was confirmed, and the handle linked.
	pub confirmed: Option<u64>,
}

/// That an offer is signed.
#[derive(Clone, Debug)]
pub struct OfferSigned<'a> {
	/// The hash of its nonce under the vault's key.
	pub nonce: Hash,
	/// The handle and the account that signed it, encrypted.
	pub signer: &'a [u8],
	/// When, in seconds since 1970.
	pub at: u64,
	/// From when on it cannot be confirmed any more.
	pub ends: u64,
	/// What the access log says of it.
	pub event: Event,
	/// About whom the access log says that.
	pub patient: Option<Hash>,
}

/// What somebody did about a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkEntry {
	/// Its number; they only grow.
	pub number: u64,
	/// When, in seconds since 1970.
	pub time: u64,
	/// Who, what, and about whom, encrypted.
	pub sealed: Vec<u8>,
}

/// Writes down what somebody does, and forgets what was done more than 13 months ago.
fn put_entry(transaction: &Connection, time: u64, sealed: &[u8]) -> Result<(), StoreFault> {
	let (old, time) = (stored(time.saturating_sub(KEPT))?, stored(time)?);
	transaction.execute("DELETE FROM link_log WHERE time < ?1", params![old])?;
	transaction
		.execute("INSERT INTO link_log (time, sealed) VALUES (?1, ?2)", params![time, sealed])?;
	Ok(())
}

/// Removes offers that ended some time ago.
fn forget(transaction: &Connection, now: u64) -> Result<(), StoreFault> {
	let ended = stored(now.saturating_sub(SEEN))?;
	transaction.execute("DELETE FROM link_offer WHERE ends <= ?1", params![ended])?;
	Ok(())
}

impl Store {
	/// Makes an offer, with the entry that tells of it. False if there are `most` that are open.
	pub fn put_offer(&self, offer: &NewOffer, most: u32, entry: &[u8]) -> Result<bool, StoreFault> {
		let NewOffer { nonce, local, local_sealed, made, expires } = offer;
		self.write(|transaction| {
			forget(transaction, *made)?;
			let (made_at, expires) = (stored(*made)?, stored(*expires)?);
			let open: i64 = transaction.query_row(
				"SELECT count(*) FROM link_offer WHERE signed_at IS NULL AND ends > ?1",
				params![made_at],
				|row| row.get(0),
			)?;
			if open >= i64::from(most) {
				return Ok(false);
			}
			put_entry(transaction, *made, entry)?;
			transaction.execute(
				"INSERT INTO link_offer (nonce, local, local_sealed, made, expires, ends) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
				params![nonce.0, local.0, local_sealed, made_at, expires],
			)?;
			Ok(true)
		})
	}

	/// An offer.
	pub fn offer(&self, nonce: &Hash) -> Result<Option<Offer>, StoreFault> {
		let found = self.read(|connection| {
			connection.query_opt(
				"SELECT local_sealed, expires, signer, signed_at, confirmed_at FROM link_offer WHERE nonce = ?1",
				params![nonce.0],
				|row| {
					let signed = (row.get::<Option<Vec<u8>>>(2)?, row.get::<Option<i64>>(3)?);
					Ok((row.get(0)?, row.get::<i64>(1)?, signed, row.get::<Option<i64>>(4)?))
				},
			)
		})?;
		let Some((local_sealed, expires, (signer, at), confirmed)) = found else {
			return Ok(None);
		};
		let signed = match (signer, at) {
			(Some(signer), Some(at)) => Some((signer, unstored(at)?)),
			_ => None,
		};
		let confirmed = confirmed.map(unstored).transpose()?;
		Ok(Some(Offer { local_sealed, expires: unstored(expires)?, signed, confirmed }))
	}

	/// Signs an offer that is open, with its entries in both logs. False if there is none that is: then nothing is written.
	pub fn sign_offer(&self, signed: &OfferSigned, entry: &[u8]) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let changed = transaction.execute(
				"UPDATE link_offer SET signer = ?2, signed_at = ?3, ends = ?4 WHERE nonce = ?1 AND signed_at IS NULL AND expires > ?3",
				params![signed.nonce.0, signed.signer, stored(signed.at)?, stored(signed.ends)?],
			)?;
			if changed == 0 {
				return Ok(false);
			}
			put_entry(transaction, signed.at, entry)?;
			append(transaction, std::slice::from_ref(&signed.event), signed.patient)?;
			Ok(true)
		})
	}

	/// Notes that what an offer offers is linked.
	pub fn confirm_offer(&self, nonce: &Hash, now: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE link_offer SET confirmed_at = ?2, ends = ?2 WHERE nonce = ?1 AND signed_at IS NOT NULL AND confirmed_at IS NULL",
				params![nonce.0, stored(now)?],
			)?;
			Ok(())
		})
	}

	/// Removes all offers about an id of the house, by its hash.
	pub fn erase_offers(&self, local: &Hash) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute("DELETE FROM link_offer WHERE local = ?1", params![local.0])?;
			Ok(())
		})
	}

	/// Removes offers that ended an hour ago or longer. Where there is none, nothing is written.
	pub fn forget_offers(&self, now: u64) -> Result<(), StoreFault> {
		let ended = stored(now.saturating_sub(SEEN))?;
		let is_some = self.read(|connection| {
			connection.exists("SELECT 1 FROM link_offer WHERE ends <= ?1", params![ended])
		})?;
		match is_some {
			true => self.write(|transaction| forget(transaction, now)),
			false => Ok(()),
		}
	}

	/// Writes down what somebody does about a link, and forgets what was done more than 13 months ago.
	pub fn put_link_entry(&self, time: u64, sealed: &[u8]) -> Result<(), StoreFault> {
		self.write(|transaction| put_entry(transaction, time, sealed))
	}

	/// What was done about links, from a number on, at most `most` of it.
	pub fn link_entries(&self, from: u64, most: u32) -> Result<Vec<LinkEntry>, StoreFault> {
		let from = stored(from)?;
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT number, time, sealed FROM link_log WHERE number >= ?1 ORDER BY number LIMIT ?2",
				params![from, most],
				|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
			)?;
			let mut entries = Vec::new();
			for (number, time, sealed) in rows {
				let (number, time) = (unstored(number)?, unstored(time)?);
				entries.push(LinkEntry { number, time, sealed });
			}
			Ok(entries)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;
	use salus_exchange_protocol::event::Summary;

	const NOW: u64 = 1_000_000;

	fn offer(byte: u8, made: u64) -> NewOffer {
		let (nonce, local) = (Hash([byte; 32]), Hash([7; 32]));
		NewOffer { nonce, local, local_sealed: b"local".to_vec(), made, expires: made + 600 }
	}

	fn sign(store: &Store, byte: u8, at: u64) -> bool {
		let failures = vec![("expired".into(), 1)];
		let event =
			Event::Unauthenticated(Summary { time: at, organisation: 3, since: at, failures });
		let signed = OfferSigned {
			nonce: Hash([byte; 32]),
			signer: b"signer",
			at,
			ends: at + 3_600,
			event,
			patient: None,
		};
		store.sign_offer(&signed, b"signed").unwrap()
	}

	#[test]
	fn an_offer_is_signed_once_and_before_it_expires_and_what_is_not_signed_is_not_logged() {
		let fresh = Fresh::new();
		let store = fresh.open();
		assert!(!sign(&store, 1, NOW), "there is none");
		assert!(store.put_offer(&offer(1, NOW), 9, b"made").unwrap());
		assert!(!sign(&store, 1, NOW + 600), "expired");
		assert_eq!(store.offer(&Hash([1; 32])).unwrap().unwrap().signed, None);
		assert!(sign(&store, 1, NOW + 599));
		assert!(!sign(&store, 1, NOW + 599), "twice");
		drop(store);
		let store = fresh.open();
		assert!(!sign(&store, 1, NOW + 1), "also after a restart");
		let found = store.offer(&Hash([1; 32])).unwrap().unwrap();
		assert_eq!(found.signed, Some((b"signer".to_vec(), NOW + 599)));
		let entries = store.link_entries(0, 9).unwrap();
		let sealed: Vec<_> = entries.iter().map(|entry| entry.sealed.as_slice()).collect();
		assert_eq!(sealed, [b"made".as_slice(), b"signed"]);
		assert_eq!(store.log(0, 9).unwrap().len(), 1);
	}

	#[test]
	fn offers_are_bounded_and_those_that_ended_go() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let is_there = |byte| store.offer(&Hash([byte; 32])).unwrap().is_some();
		assert!(store.put_offer(&offer(1, NOW), 2, b"").unwrap());
		assert!(store.put_offer(&offer(2, NOW), 2, b"").unwrap());
		assert!(!store.put_offer(&offer(3, NOW), 2, b"").unwrap());
		assert!(sign(&store, 1, NOW + 1));
		assert!(store.put_offer(&offer(3, NOW + 2), 2, b"").unwrap(), "one is signed");
		assert!(!store.put_offer(&offer(4, NOW + 3), 2, b"").unwrap());
		assert!(store.put_offer(&offer(4, NOW + 602), 2, b"").unwrap(), "two have expired");
		store.forget_offers(NOW + 600 + SEEN - 1).unwrap();
		assert!(is_there(1) && is_there(2));
		store.forget_offers(NOW + 600 + SEEN).unwrap();
		assert!(is_there(1) && !is_there(2) && is_there(3));
		store.confirm_offer(&Hash([1; 32]), NOW + 1_000).unwrap();
		assert_eq!(store.offer(&Hash([1; 32])).unwrap().unwrap().confirmed, Some(NOW + 1_000));
		store.forget_offers(NOW + 1_000 + SEEN).unwrap();
		assert!(!is_there(1));
		store.erase_offers(&Hash([8; 32])).unwrap();
		assert!(is_there(4));
		store.erase_offers(&Hash([7; 32])).unwrap();
		assert!(!is_there(4));
	}

	#[test]
	fn what_was_done_about_links_is_kept_for_thirteen_months_and_its_number_is_not_given_again() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let numbers = |from| -> Vec<u64> {
			store.link_entries(from, 2).unwrap().iter().map(|entry| entry.number).collect()
		};
		for time in [1_000, 2_000, 3_000] {
			store.put_link_entry(time, b"sealed").unwrap();
		}
		assert_eq!((numbers(0), numbers(3)), (vec![1, 2], vec![3]));
		store.put_link_entry(KEPT + 3_001, b"sealed").unwrap();
		assert_eq!(numbers(0), [4]);
	}
}
