//! A login, from its beginning to the session. What it is finished with goes encrypted into a cookie of the browser that began it: whoever
//! begins logins leaves nothing behind here, and an answer that another browser brings is none.

use super::{allowed, check, Expected, Login, Moment, NotSignedIn, Staff, SUBJECT};
use crate::{
	auth::Form,
	chain::now,
	gateway::{Failure, Gateway},
	vault::{random, Kind},
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use ring::digest::{digest, SHA256};
use salus_exchange_protocol::Hash;
use std::{collections::BTreeSet, sync::Arc};

/// How long a login may take, in seconds.
pub const PENDING_LIFE: u64 = 600;
/// The longest code that is taken, in bytes.
const MAX_CODE: usize = 4_096;

/// A login that was begun.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
	/// Where the browser goes.
	pub location: String,
	/// What it brings back beside the provider's answer.
	pub cookie: String,
}

/// What a login is finished with.
struct Pending {
	expiry: u64,
	state: [u8; 32],
	nonce: [u8; 32],
	verifier: [u8; 32],
}

fn text(bytes: &[u8]) -> String {
	URL_SAFE_NO_PAD.encode(bytes)
}

impl Pending {
	fn bytes(&self) -> Vec<u8> {
		[&self.expiry.to_le_bytes()[..], &self.state, &self.nonce, &self.verifier].concat()
	}

	fn read(bytes: &[u8]) -> Option<Self> {
		let (expiry, rest) = bytes.split_first_chunk::<8>()?;
		let (state, rest) = rest.split_first_chunk::<32>()?;
		let (nonce, rest) = rest.split_first_chunk::<32>()?;
		let verifier = rest.try_into().ok()?;
		Some(Self { expiry: u64::from_le_bytes(*expiry), state: *state, nonce: *nonce, verifier })
	}
}

impl Gateway {
	/// Where the provider sends a browser back to.
	fn redirect(config: &crate::config::Login) -> String {
		format!("{}/login/callback", config.url)
	}

	/// Begins a login.
	pub async fn begin_login(
		&self,
		config: &crate::config::Login,
		login: &Login,
	) -> Result<Begun, NotSignedIn> {
		let Ok(_place) = login.places.try_acquire() else { return Err(NotSignedIn::Busy) };
		let mut location = login.provider.described().await?.authorization;
		let new = || random::<32>().map_err(Failure::Io);
		let expiry = now().saturating_add(PENDING_LIFE);
		let pending = Pending { expiry, state: new()?, nonce: new()?, verifier: new()? };
		let challenge = digest(&SHA256, text(&pending.verifier).as_bytes());
		let scope: Vec<&str> =
			["openid"].into_iter().chain(config.scopes.iter().map(String::as_str)).collect();
		location.query_pairs_mut().extend_pairs([
			("response_type", "code".into()),
			("client_id", config.client_id.clone()),
			("redirect_uri", Self::redirect(config)),
			("scope", scope.join(" ")),
			("state", text(&pending.state)),
			("nonce", text(&pending.nonce)),
			("code_challenge", text(challenge.as_ref())),
			("code_challenge_method", "S256".into()),
		]);
		let sealed = self.vault.seal(Kind::Login, b"", &pending.bytes()).map_err(Failure::Io)?;
		Ok(Begun { location: location.into(), cookie: text(&sealed) })
	}

	fn pending(&self, cookie: Option<&str>) -> Option<Pending> {
		let sealed = URL_SAFE_NO_PAD.decode(cookie?).ok()?;
		let pending = Pending::read(&self.vault.open(Kind::Login, b"", &sealed).ok()?)?;
		(now() < pending.expiry).then_some(pending)
	}

	/// Finishes a login by what the provider answers, and gives what stands in the cookie of the session.
	pub async fn finish_login(
		self: &Arc<Self>,
		config: &crate::config::Login,
		login: &Login,
		query: &str,
		cookie: Option<&str>,
	) -> Result<String, NotSignedIn> {
		let Ok(_place) = login.places.try_acquire() else { return Err(NotSignedIn::Busy) };
		let pending = self.pending(cookie).ok_or(NotSignedIn::State)?;
		let told = Form::read(query.as_bytes()).ok_or(NotSignedIn::State)?;
		// Hashes are compared: how long that takes tells nothing of the state.
		let state = text(&pending.state);
		let is_of = |it: &str| Hash::of(it.as_bytes()) == Hash::of(state.as_bytes());
		if !told.get("state").is_some_and(is_of) {
			return Err(NotSignedIn::State);
		}
		let described = login.provider.described().await?;
		match told.get("iss") {
			Some(issuer) if issuer != config.issuer => return Err(NotSignedIn::OtherIssuer),
			None if described.names_itself => return Err(NotSignedIn::OtherIssuer),
			_ => {},
		}
		if told.get("error").is_some() {
			return Err(NotSignedIn::Denied);
		}
		let code = told.get("code").filter(|code| code.len() <= MAX_CODE);
		let code = code.ok_or(NotSignedIn::State)?;
		let token =
			login.provider.token(code, &Self::redirect(config), &text(&pending.verifier)).await?;
		let nonce = text(&pending.nonce);
		let expected = Expected {
			issuer: &config.issuer,
			client: &config.client_id,
			nonce: &nonce,
			now: now(),
		};
		let subject = check(&token, &expected)?.to_owned();
		// Only who is authenticated leaves something here, and each login is finished once.
		let once = Hash::of(&[b"salus:login:v1".as_slice(), &pending.state].concat());
		let expiry = pending.expiry;
		let claim = self.blocking(move |gateway| Ok(gateway.store.claim(&once, expiry, now())?));
		if !claim.await? {
			return Err(NotSignedIn::Replayed);
		}
		let (roles, credential) = allowed(&config.staff, &token).ok_or(NotSignedIn::NotStaff)?;
		let named = serde_json::json!([config.issuer, subject]).to_string();
		let person = self.vault.index("staff", named.as_bytes());
		let staff = Staff { person, subject, roles, credential };
		self.act(&staff, "signed in", "").await?;
		let opened = login.sessions.open(staff, Moment::now()).map_err(Failure::Io)?;
		opened.ok_or(NotSignedIn::Busy)
	}

	/// Writes down what somebody of the staff does, before it is done.
	pub async fn act(self: &Arc<Self>, staff: &Staff, what: &str, of: &str) -> Result<(), Failure> {
		let person = staff.person;
		let act = serde_json::json!({ SUBJECT: staff.subject, "what": what, "of": of }).to_string();
		self.blocking(move |gateway| {
			let sealed = gateway.vault.seal(Kind::Act, &person.0, act.as_bytes())?;
			Ok(gateway.store.put_act(now(), &person, &sealed)?)
		})
		.await
	}

	/// Writes down what somebody does whom a program of the house names: who that is, nobody but the program has found out.
	pub async fn act_of_named(self: &Arc<Self>, by: &str, what: &str) -> Result<(), Failure> {
		let staff = Staff {
			person: self.vault.index("named", by.as_bytes()),
			subject: by.into(),
			roles: BTreeSet::new(),
			credential: None,
		};
		self.act(&staff, what, "named with the token of the house").await
	}

	/// What staff did, from a number on, as it is told to the house.
	pub fn acts(&self, from: u64, most: u32) -> Result<Vec<serde_json::Value>, Failure> {
		let told = self.store.acts(from, most)?.into_iter().map(|act| {
			let plain = self.vault.open(Kind::Act, &act.person.0, &act.sealed);
			let plain = plain.map_err(|_| Failure::Vault("what somebody did does not open"))?;
			let mut told: serde_json::Value = serde_json::from_slice(&plain)
				.map_err(|_| Failure::Vault("what somebody did is not JSON"))?;
			if let Some(members) = told.as_object_mut() {
				members.insert("number".into(), act.number.into());
				members.insert("time".into(), act.time.into());
				members.insert("person".into(), act.person.to_string().into());
			}
			Ok(told)
		});
		told.collect()
	}
}
