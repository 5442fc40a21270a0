//! Linking a handle of the chain with the house's own id of a patient, at a desk. The house offers a link, and shows it as a QR code; the patient's
//! wallet signs the offer with a key of hers; somebody of the house, who sees the person, confirms it, and only then it is linked. Nobody is linked
//! by demographics alone. Each of these steps is written down, encrypted, in a log of its own.

use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	login::{Staff, SUBJECT},
	openings::Sent,
	percent::escaped,
	release::{Caller, Refusal},
	search::patient_alone,
	store::{NewOffer, Offer, OfferSigned},
	vault::{random, Kind},
};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::Outcome,
	Hash,
};
use serde_json::{json, Map, Value};
use std::sync::Arc;

/// How long an offer can be signed, in seconds.
pub const OFFER_LIFE: u64 = 600;
/// How long a signed offer can be confirmed, in seconds.
pub const CONFIRM_LIFE: u64 = 3_600;
/// The most offers that are open at a time.
pub const MOST_OFFERS: u32 = 1_000;
/// The longest text by which somebody who confirms says who they are, in characters.
pub const MAX_BY: usize = 100;

/// What is signed for an offer of a link: the hash of its nonce and the query, as they stand in the URL after `/links/`. So neither stands in the
/// access log, and the nonce of one that is open is read in no file.
pub fn target(offer: &str, query: &str) -> String {
	format!("$link?{}", Hash::of(format!("{offer}?{query}").as_bytes()))
}

/// Who does something about a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
	/// Whoever has the token of the house.
	House,
	/// Somebody who signed in.
	Staff(Staff),
	/// A key of a patient.
	Key(Account),
}

impl By {
	/// As members of an entry of the log.
	fn told(&self) -> Map<String, Value> {
		let told = match self {
			Self::House => json!({ "by": "house" }),
			Self::Staff(staff) => {
				json!({ "by": "staff", "who": staff.person.to_string(), SUBJECT: staff.subject })
			},
			Self::Key(account) => {
				json!({ "by": "key", "who": Address::from(*account).as_str() })
			},
		};
		members(told)
	}
}

fn members(value: Value) -> Map<String, Value> {
	match value {
		Value::Object(members) => members,
		_ => Map::new(),
	}
}

/// An offer that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
	/// Its nonce: 32 random bytes in hexadecimal digits.
	pub nonce: String,
	/// From when on it cannot be signed any more, in seconds since 1970.
	pub expires: u64,
	/// What the desk shows as a QR code.
	pub text: String,
}

/// How an offer stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
	/// It can be signed.
	Open,
	/// It is signed, and can be confirmed.
	Signed,
	/// It is confirmed, and the handle is linked.
	Linked,
	/// It was not signed in time, or not confirmed in time.
	Expired,
}

impl Standing {
	/// Its name.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Open => "open",
			Self::Signed => "signed",
			Self::Linked => "linked",
			Self::Expired => "expired",
		}
	}

	const fn of(offer: &Offer, now: u64) -> Self {
		match (&offer.signed, offer.confirmed) {
			(_, Some(_)) => Self::Linked,
			(Some((_, at)), None) if now < at.saturating_add(CONFIRM_LIFE) => Self::Signed,
			(None, None) if now < offer.expires => Self::Open,
			_ => Self::Expired,
		}
	}
}

/// What came of a confirmation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confirmed {
	/// The handle is linked.
	Linked,
	/// The handle, or the patient, is linked to another one.
	Otherwise,
	/// Nobody has signed the offer yet.
	NotSigned,
	/// The offer was not signed in time, or is confirmed too late.
	Expired,
}

/// What stands in the URL of a gateway, and ends no part of a query.
const OF_URL: &[u8] = b":/[]";

/// The handle that signed an offer, and when.
pub type Signer = (Hash, u64);

impl Gateway {
	/// An offer stands in the database by this: whoever has the database alone cannot sign it.
	fn offer_index(&self, nonce: &str) -> Hash {
		self.vault.index("offer", nonce.as_bytes())
	}

	/// An entry of the log of links, encrypted.
	fn link_entry(&self, time: u64, what: &str, by: &By, of: Value) -> Result<Vec<u8>, Failure> {
		let mut entry = by.told();
		entry.insert("what".into(), what.into());
		entry.extend(members(of));
		let text = Value::Object(entry).to_string();
		Ok(self.vault.seal(Kind::LinkEntry, &time.to_le_bytes(), text.as_bytes())?)
	}

	/// Writes an entry of the log of links.
	fn put_link(&self, what: &str, by: &By, of: Value) -> Result<(), Failure> {
		let time = now();
		Ok(self.store.put_link_entry(time, &self.link_entry(time, what, by, of)?)?)
	}

	/// What was done about links, from a number on, as it is told to the house.
	pub fn link_log(&self, from: u64, most: u32) -> Result<Vec<Value>, Failure> {
		let told = self.store.link_entries(from, most)?.into_iter().map(|entry| {
			let name = entry.time.to_le_bytes();
			let plain = self.vault.open(Kind::LinkEntry, &name, &entry.sealed).ok();
			let told = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
			let told: Value = told
				.ok_or(Failure::Vault("an entry of the log of links does not open, or is none"))?;
			let mut told = members(told);
			told.insert("number".into(), entry.number.into());
			told.insert("time".into(), entry.time.into());
			Ok(Value::Object(told))
		});
		told.collect()
	}

	/// Ties a handle to an id of the house, because somebody of the house says so. False if one of the two is tied to something else already. It is
	/// written down before it is done.
	pub fn link_by(&self, by: &By, handle: &Hash, local: &str) -> Result<bool, Failure> {
		let of = json!({ "handle": handle.to_string(), "patient": local });
		self.put_link("link", by, of.clone())?;
		let is_linked = self.link(handle, local)?;
		if !is_linked {
			self.put_link("conflict", by, of)?;
		}
		Ok(is_linked)
	}

	/// Offers a link of a patient of the house. None if too many offers are open.
	pub fn offer_link(&self, by: &By, local: &str) -> Result<Option<Offered>, Failure> {
		let nonce = hex::encode(random::<32>()?);
		let made = now();
		let expires = made.saturating_add(OFFER_LIFE);
		let index = self.offer_index(&nonce);
		let offer = NewOffer {
			nonce: index,
			local: self.vault.index("patient", local.as_bytes()),
			local_sealed: self.vault.seal(Kind::Offer, &index.0, local.as_bytes())?,
			made,
			expires,
		};
		let of = json!({ "offer": nonce, "patient": local });
		let entry = self.link_entry(made, "offer", by, of)?;
		if !self.store.put_offer(&offer, MOST_OFFERS, &entry)? {
			return Ok(None);
		}
		let text = format!(
			"salus-link:1?gateway={}&organisation={}&genesis={}&offer={nonce}&expires={expires}",
			escaped(&self.config.url, OF_URL),
			self.config.organisation,
			self.node.genesis(),
		);
		Ok(Some(Offered { nonce, expires, text }))
	}

	/// Takes the signature of a patient under an offer. To whoever is not that patient there is no offer, as there is none that is unknown, has
	/// expired or is signed. Nothing is linked by this.
	pub async fn sign_link(
		self: &Arc<Self>,
		sent: Sent,
		offer: &str,
		query: &str,
	) -> Result<(), Refusal> {
		let patient = patient_alone(query)?;
		let mut caller = self.caller(sent, &target(offer, query)).await?;
		let done = self.sign_link_by(&mut caller, patient, offer).await;
		self.ended(&caller, done).await
	}

	async fn sign_link_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		patient: Hash,
		offer: &str,
	) -> Result<(), Refusal> {
		if (caller.request.purpose, caller.request.action) != (Purpose::Patrqt, Action::Read) {
			let why = "the request must have the purpose Patrqt and the action Read";
			return Err(Refusal::Search(why.into()));
		}
		self.decider_of_own(caller, Some(patient)).await?;
		caller.present.check(now())?;
		let event = caller.event(
			self.config.organisation,
			caller.request.record_id.clone(),
			Outcome::Released,
			"the patient has signed an offer to link her handle",
		);
		let (about, account) = (caller.about(), caller.request.requester.account());
		let nonce = offer.to_owned();
		let signed = self.blocking(move |gateway| {
			let (index, at) = (gateway.offer_index(&nonce), now());
			let signer = [patient.0, account.0].concat();
			let signed = OfferSigned {
				nonce: index,
				signer: &gateway.vault.seal(Kind::Signer, &index.0, &signer)?,
				at,
				ends: at.saturating_add(CONFIRM_LIFE),
				event,
				patient: about,
			};
			let of = json!({ "offer": nonce, "handle": patient.to_string() });
			let entry = gateway.link_entry(at, "sign", &By::Key(account), of)?;
			Ok(gateway.store.sign_offer(&signed, &entry)?)
		});
		match signed.await? {
			true => Ok(()),
			false => Err(Refusal::NotFound("there is no such offer that is open".into())),
		}
	}

	/// The handle that signed an offer, and when.
	fn signer(&self, index: &Hash, offer: &Offer) -> Result<Option<Signer>, Failure> {
		let Some((signer, at)) = &offer.signed else { return Ok(None) };
		let opened = self.vault.open(Kind::Signer, &index.0, signer).ok();
		let handle = opened.as_deref().and_then(|it| it.split_first_chunk::<32>());
		let (handle, _) = handle
			.ok_or(Failure::Vault("who signed an offer does not open with the vault's key"))?;
		Ok(Some((Hash(*handle), *at)))
	}

	/// How an offer stands, and who signed it when, if it is signed and not expired. None if there is no such offer. It is written down who looks.
	pub fn offer_stands(
		&self,
		by: &By,
		nonce: &str,
	) -> Result<Option<(Standing, Option<Signer>)>, Failure> {
		let index = self.offer_index(nonce);
		let Some(offer) = self.store.offer(&index)? else { return Ok(None) };
		let standing = Standing::of(&offer, now());
		let signer = match standing {
			Standing::Signed | Standing::Linked => self.signer(&index, &offer)?,
			Standing::Open | Standing::Expired => None,
		};
		let mut of = Map::from_iter([
			("offer".to_owned(), nonce.into()),
			("status".into(), standing.name().into()),
		]);
		of.extend(signer.map(|(handle, _)| ("handle".to_owned(), handle.to_string().into())));
		self.put_link("look", by, Value::Object(of))?;
		Ok(Some((standing, signer)))
	}

	/// Links what an offer offers to the handle that signed it, because somebody of the house, who sees the person, confirms it: `words` say who that
	/// is. None if there is no such offer. Whoever confirms again is told the same.
	pub fn confirm_link(
		&self,
		by: &By,
		nonce: &str,
		words: &str,
	) -> Result<Option<Confirmed>, Failure> {
		let index = self.offer_index(nonce);
		let Some(offer) = self.store.offer(&index)? else { return Ok(None) };
		match Standing::of(&offer, now()) {
			Standing::Open => return Ok(Some(Confirmed::NotSigned)),
			Standing::Expired => return Ok(Some(Confirmed::Expired)),
			Standing::Signed | Standing::Linked => {},
		}
		let Some((handle, _)) = self.signer(&index, &offer)? else {
			return Ok(Some(Confirmed::NotSigned));
		};
		let local = self.vault.open(Kind::Offer, &index.0, &offer.local_sealed).ok();
		let local = local.and_then(|local| String::from_utf8(local).ok());
		let local =
			local.ok_or(Failure::Vault("an offer of a link does not open with the vault's key"))?;
		let of = json!({
			"offer": nonce, "handle": handle.to_string(), "patient": local, "words": words,
		});
		self.put_link("confirm", by, of.clone())?;
		if !self.link(&handle, &local)? {
			self.put_link("conflict", by, of)?;
			return Ok(Some(Confirmed::Otherwise));
		}
		self.store.confirm_offer(&index, now())?;
		Ok(Some(Confirmed::Linked))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::request::MAX_RECORD_ID;

	#[test]
	fn an_offer_stands_by_what_was_done_with_it_and_when() {
		let of = |signed: Option<u64>, confirmed, now| {
			let signed = signed.map(|at| (Vec::new(), at));
			let offer = Offer { local_sealed: Vec::new(), expires: 600, signed, confirmed };
			Standing::of(&offer, now).name()
		};
		assert_eq!((of(None, None, 599), of(None, None, 600)), ("open", "expired"));
		let signed =
			[599 + CONFIRM_LIFE - 1, 599 + CONFIRM_LIFE].map(|now| of(Some(599), None, now));
		assert_eq!(signed, ["signed", "expired"]);
		assert_eq!(of(Some(599), Some(700), 1_000_000), "linked");
	}

	#[test]
	fn a_part_of_a_query_has_nothing_that_ends_it() {
		assert_eq!(escaped("https://a.example:8/b", OF_URL), "https://a.example:8/b");
		assert_eq!(
			escaped("https://[::1]/a&b=c%20#é", OF_URL),
			"https://[::1]/a%26b%3Dc%2520%23%C3%A9"
		);
	}

	#[test]
	fn what_is_signed_names_the_offer_and_the_patient() {
		let query = "patient=0x1111111111111111111111111111111111111111111111111111111111111111";
		assert_eq!(patient_alone(query).unwrap(), Hash([0x11; 32]));
		let (offer, other) = ("0f".repeat(32), "0e".repeat(32));
		let signed = target(&offer, query);
		assert_eq!(signed, format!("$link?{}", Hash::of(format!("{offer}?{query}").as_bytes())));
		assert_ne!(signed, target(&other, query));
		assert!(signed.len() <= MAX_RECORD_ID, "else no request can name it");
		for bad in ["", "patient=", "patient=0x00", &query.to_uppercase(), &format!("{query}&a=b")]
		{
			assert!(matches!(patient_alone(bad), Err(Refusal::Search(_))), "{bad}");
		}
	}
}
