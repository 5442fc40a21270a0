//! Where tokens are asked for: an organisation's system with an assertion, a patient with a signed challenge, each with a proof of the key
//! that the token shall be bound to. In this order: what the request says by itself, signatures, how often it was asked, the chain, that nothing of it was there
//! before, and how many tokens there are. So strangers cost a check of signatures, and leave nothing behind.

use super::{faults::NoProof, Holder, NoClient, NoGrant, NotIssued, Scope, Token};
use crate::{
	chain::now,
	config::Auth,
	gateway::{Failure, Gateway},
	vault::{random, Kind},
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_protocol::{
	account::Address,
	assertion::{client, Assertion, ASSERTION_TYPE},
	challenge::Challenge,
	dpop::{Expected, Proof},
	Hash,
};
use std::{collections::BTreeMap, sync::Arc};

/// The grant of a patient's signed challenge.
pub const CHALLENGE_GRANT: &str = "urn:salus:grant-type:signed-challenge";
/// The grant of an organisation's system.
const CLIENT_GRANT: &str = "client_credentials";
/// How long a nonce is good, in seconds.
pub(crate) const NONCE_LIFE: u64 = 300;
/// The longest signature that is looked at, in hexadecimal digits with `0x`.
const MAX_SIGNATURE: usize = 2 + 2 * 66;

/// A form: each name once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Form(BTreeMap<String, String>);

impl Form {
	/// Reads a form. None if a name is there twice: whoever else reads it could take the other.
	pub fn read(body: &[u8]) -> Option<Self> {
		let mut form = BTreeMap::new();
		for (name, value) in form_urlencoded::parse(body) {
			if form.insert(name.into_owned(), value.into_owned()).is_some() {
				return None;
			}
		}
		Some(Self(form))
	}

	/// A part; what is empty counts as missing, as RFC 6749 has it.
	pub fn get(&self, name: &str) -> Option<&str> {
		self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
	}

	fn need(&self, name: &'static str) -> Result<&str, NotIssued> {
		self.get(name).ok_or(NotIssued::Request(name))
	}
}

/// A token for whoever asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
	/// The token.
	pub token: String,
	/// How long it lives, in seconds.
	pub life: u64,
	/// What it is good for.
	pub scope: String,
}

/// Says nothing of the token.
impl std::fmt::Debug for Issued {
	fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
		f.debug_struct("Issued").field("life", &self.life).finish_non_exhaustive()
	}
}

/// Somebody who is who they say, as far as it can be told without the chain, and what must not have been there before.
struct Authenticated {
	holder: Holder,
	scope: Scope,
	/// The id of the assertion or nonce, and until when it is remembered.
	once: (Hash, u64),
}

impl Gateway {
	/// The URL of the token endpoint, as others write it.
	pub fn token_url(&self) -> String {
		format!("{}/token", self.config.url)
	}

	/// A nonce to be signed once: when it expires, encrypted. Nothing is kept for it.
	pub fn nonce(&self) -> Result<String, Failure> {
		let expiry = now().saturating_add(NONCE_LIFE);
		Ok(URL_SAFE_NO_PAD.encode(self.vault.seal(Kind::Challenge, b"", &expiry.to_le_bytes())?))
	}

	/// When a nonce of this gateway expires.
	fn nonce_expiry(&self, nonce: &str) -> Option<u64> {
		let sealed = URL_SAFE_NO_PAD.decode(nonce).ok()?;
		let plain = self.vault.open(Kind::Challenge, b"", &sealed).ok()?;
		plain.try_into().ok().map(u64::from_le_bytes)
	}

	/// Issues a token, if all is as it must be.
	pub async fn issue(
		self: &Arc<Self>,
		auth: &Auth,
		form: &Form,
		proof: Option<&str>,
	) -> Result<Issued, NotIssued> {
		let issued = self.issued(auth, form, proof).await;
		if let Some(why) = issued.as_ref().err().and_then(NotIssued::counted) {
			self.tally.count(why);
		}
		issued
	}

	async fn issued(
		self: &Arc<Self>,
		auth: &Auth,
		form: &Form,
		proof: Option<&str>,
	) -> Result<Issued, NotIssued> {
		let is_client = match form.need("grant_type")? {
			CLIENT_GRANT => true,
			CHALLENGE_GRANT => false,
			_ => return Err(NotIssued::GrantType),
		};
		let proof = Proof::read(proof.ok_or(NoProof::Missing)?).map_err(NoProof::from)?;
		let url = self.token_url();
		let expected = Expected { method: "POST", url: &url, now: now(), token: None };
		proof.check(&expected).map_err(NoProof::from)?;
		let bound_to = proof.key.thumbprint();
		let who = match is_client {
			true => {
				let (holder, assertion) = self.client(form).await?;
				let scope = Scope::read(form.need("scope")?, &holder)?;
				Authenticated { holder, scope, once: (assertion.id(), assertion.exp) }
			},
			false => self.patient(form, bound_to)?,
		};
		let Authenticated { holder, scope, once } = who;
		let taken = self.take_quota(&holder)?;
		let present = self.present().await?;
		let since = present.best.time.min(present.finalised.time);
		if !self.stands(&present, &holder, since).await.map_err(|no| no.issued())? {
			self.quotas.forget(&holder.who());
			return Err(match holder {
				Holder::Organisation { .. } => NoClient::Standing.into(),
				Holder::Patient(_) => NoGrant::Standing.into(),
			});
		}
		self.believe(&holder, taken)?;
		let replayed: NotIssued = match holder {
			Holder::Organisation { .. } => NoClient::Replayed.into(),
			Holder::Patient(_) => NoGrant::Replayed.into(),
		};
		let (proof_id, proof_until) = (proof.id(), proof.until());
		let token = URL_SAFE_NO_PAD.encode(random::<32>().map_err(Failure::Io)?);
		let issued = now();
		let kept = Token {
			hash: Hash::of(token.as_bytes()),
			holder,
			bound_to,
			scope,
			since,
			issued,
			expiry: issued.saturating_add(auth.life),
		};
		let (life, most, text) = (auth.life, auth.most, kept.scope.as_str().to_owned());
		let done = self.blocking(move |gateway| {
			if !gateway.store.claim(&proof_id, proof_until, issued)? {
				return Ok(Err(NoProof::Replayed.into()));
			}
			if !gateway.store.claim(&once.0, once.1, issued)? {
				return Ok(Err(replayed));
			}
			Ok(match gateway.store.keep_token(&kept, most)? {
				None => Ok(()),
				Some(first) => Err(NotIssued::TooMany(first.saturating_sub(issued).max(1))),
			})
		});
		done.await??;
		Ok(Issued { token, life, scope: text })
	}

	/// The organisation that an assertion is of, by a key in one of the profiles that were shown. Whether that one is the organisation's, the
	/// chain says.
	pub(crate) async fn client(
		self: &Arc<Self>,
		form: &Form,
	) -> Result<(Holder, Assertion), NotIssued> {
		if form.need("client_assertion_type")? != ASSERTION_TYPE {
			return Err(NotIssued::Request("client_assertion_type"));
		}
		let text = form.need("client_assertion")?;
		let assertion = Assertion::read(text, &self.token_url(), now()).map_err(NoClient::from)?;
		let number = assertion.organisation;
		// It may stand beside the assertion, and must be the same.
		if form.get("client_id").is_some_and(|id| client(id) != Some(number)) {
			return Err(NotIssued::Request("client_id"));
		}
		let kid = assertion.kid().ok_or(NoClient::Key)?.to_owned();
		let profiles = self.blocking(move |gateway| gateway.profiles_of(number)).await?;
		let mut keys = profiles.iter().flat_map(|profile| &profile.keys);
		let key = keys.find(|each| each.kid == kid && assertion.is_of(&each.key));
		let key = key.ok_or(NoClient::Key)?.key.thumbprint();
		Ok((Holder::Organisation { number, key }, assertion))
	}

	/// The patient whose key has signed a challenge of this gateway for a token that is bound to this key.
	fn patient(&self, form: &Form, bound_to: Hash) -> Result<Authenticated, NotIssued> {
		let account = Address::read(form.need("account")?);
		let account = account.map_err(|_| NotIssued::Request("account"))?.account();
		let holder = Holder::Patient(account);
		let text = form.need("scope")?;
		let scope = Scope::read(text, &holder)?;
		let nonce = form.need("nonce")?;
		let signature = form.need("signature")?;
		let signature = Some(signature).filter(|text| text.len() <= MAX_SIGNATURE);
		let signature = signature.and_then(|text| hex::decode(text.strip_prefix("0x")?).ok());
		let signature = signature.ok_or(NotIssued::Request("signature"))?;
		let expiry = self.nonce_expiry(nonce).ok_or(NoGrant::Nonce)?;
		if expiry <= now() {
			return Err(NoGrant::Expired.into());
		}
		let challenge = Challenge {
			genesis: self.node.genesis(),
			custodian: self.config.organisation,
			url: &self.config.url,
			account,
			scope: text,
			key: bound_to,
			nonce,
		};
		match challenge.is_signed(&signature) {
			Ok(true) => {
				let id = Hash::of(&[b"salus:nonce:v1", nonce.as_bytes()].concat());
				Ok(Authenticated { holder, scope, once: (id, expiry) })
			},
			Ok(false) => Err(NoGrant::Signature.into()),
			Err(part) => Err(NotIssued::Request(part.0)),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_form_has_each_name_once_and_what_is_empty_is_missing() {
		let form = Form::read(b"a=1&b=%2B+&c=").unwrap();
		assert_eq!((form.get("a"), form.get("b"), form.get("c")), (Some("1"), Some("+ "), None));
		assert_eq!(Form::read(b"a=1&a=1"), None);
	}
}
