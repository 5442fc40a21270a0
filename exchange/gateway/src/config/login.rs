//! The section `[login]`: the identity provider of the house, and which of the people it knows may do what.

use super::{number, path, sources::is_open, text, Reader, Section, PATH};
use crate::login::{Role, SUBJECT};
use salus_exchange_protocol::account::{Account, Address};
use std::{collections::BTreeSet, path::PathBuf, time::Duration};
use toml::Value;

/// How long a session may be idle, in seconds, unless it is said.
const IDLE: u64 = 900;
/// How long a session lasts at most, in seconds, unless it is said: a shift.
const LONGEST: u64 = 8 * 3_600;
/// The most rows.
const MOST_ROWS: usize = 10_000;

/// How staff signs in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Login {
	/// The provider's issuer, exactly as it calls itself.
	pub issuer: String,
	/// What the provider calls this gateway.
	pub client_id: String,
	/// The file with the secret by which the provider knows this gateway, if it gave one.
	pub client_secret: Option<PathBuf>,
	/// How a browser writes the face for the house: scheme, host and port.
	pub url: String,
	/// What is asked for besides `openid`.
	pub scopes: Vec<String>,
	/// After how long without a request a session ends.
	pub idle: Duration,
	/// After how long each session ends.
	pub longest: Duration,
	/// Who may do what. Whoever is in no row may do nothing.
	pub staff: Vec<Row>,
}

/// Whoever the provider says this of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
	/// The name of a claim of the ID token.
	pub claim: String,
	/// Its value, or one of its values.
	pub value: String,
	/// What they may do.
	pub roles: BTreeSet<Role>,
	/// The account under which the chain knows this person.
	pub credential: Option<Account>,
}

/// A URL that is reached with TLS, or is on this host. It is not changed: an issuer is compared byte by byte.
fn secure(value: &Value) -> Option<String> {
	let text = text(value)?;
	let url = reqwest::Url::parse(&text).ok()?;
	let is_plain = url.query().is_none()
		&& url.fragment().is_none()
		&& url.username().is_empty()
		&& url.password().is_none();
	let is_web = matches!(url.scheme(), "http" | "https") && !is_open(&text);
	(is_web && is_plain).then_some(text)
}

/// A scheme, a host and a port, as browsers write an origin.
fn origin(value: &Value) -> Option<String> {
	let url = reqwest::Url::parse(&secure(value)?).ok()?;
	(url.path() == "/").then(|| url.origin().ascii_serialization())
}

/// A scope token of OAuth (RFC 6749, 3.3).
fn scope(text: &str) -> bool {
	let is_allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
	!text.is_empty() && text.bytes().all(is_allowed)
}

impl Reader {
	/// The section, if it is there: without it nobody signs in.
	pub(super) fn login(&mut self, top: &mut Section, has_desk: bool) -> Option<Login> {
		const URL: &str = "a URL that begins with https://, or is of this host";
		if !top.members.contains_key("login") {
			return None;
		}
		let mut section = self.section(top, "login");
		let issuer = self.need(&mut section, "issuer", URL, secure);
		let client_id = self.need(&mut section, "client_id", "a text", text);
		let client_secret = self.may(&mut section, "client_secret", PATH, path);
		let url = self.need(
			&mut section,
			"url",
			"how browsers write the inside face: https:// and a host, without a path; or a URL of this host",
			origin,
		);
		let scopes = self.may(&mut section, "scopes", "a list of scopes", |value| {
			let names = value.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
			names.collect::<Option<Vec<_>>>().filter(|all| all.iter().all(|name| scope(name)))
		});
		let mut within = |member: &str, least: u64, most: u64, unless: u64| {
			let must = format!("a whole number of seconds from {least} to {most}");
			let set = self.may(&mut section, member, &must, |value| {
				number(value).filter(|value| (least..=most).contains(value))
			});
			set.unwrap_or(unless)
		};
		let (idle, longest) =
			(within("idle", 60, 3_600, IDLE), within("longest", 300, 43_200, LONGEST));
		let mut staff: Vec<Row> = Vec::new();
		for row in self.sections(&mut section, "staff") {
			let at = row.name.clone();
			let Some(row) = self.row(row, has_desk) else { continue };
			if staff.iter().any(|other| (&other.claim, &other.value) == (&row.claim, &row.value)) {
				self.fault(format!("{at}.value"), "stands in another row too");
			}
			staff.push(row);
		}
		if staff.is_empty() {
			self.fault(
				"login.staff",
				"must be there: without [[login.staff]] nobody may do anything",
			);
		}
		if staff.len() > MOST_ROWS {
			self.fault("login.staff", format!("must have {MOST_ROWS} rows at most"));
		}
		self.end(section);
		Some(Login {
			issuer: issuer?,
			client_id: client_id?,
			client_secret,
			url: url?,
			scopes: scopes.unwrap_or_default(),
			idle: Duration::from_secs(idle),
			longest: Duration::from_secs(longest),
			staff,
		})
	}

	fn row(&mut self, mut row: Section, has_desk: bool) -> Option<Row> {
		const ROLES: &str =
			"a list of \"privacy-officer\", \"clinician\", \"registration\" and \"emergency\"";
		let claim = self.may(&mut row, "claim", "the name of a claim", text);
		let claim = claim.unwrap_or_else(|| SUBJECT.into());
		let value = self.need(&mut row, "value", "a text", text);
		let roles = self.need(&mut row, "roles", ROLES, |value| {
			let names = value.as_array()?.iter();
			let roles =
				names.map(|name| Role::named(name.as_str()?)).collect::<Option<BTreeSet<_>>>();
			roles.filter(|roles| !roles.is_empty())
		});
		let credential =
			self.may(&mut row, "credential", "the address of an account of the chain", |value| {
				Some(Address::read(value.as_str()?).ok()?.account())
			});
		if credential.is_some() && claim != SUBJECT {
			self.fault(
				row.at("credential"),
				"must be in a row with the claim sub: only that one names one person, for ever",
			);
		}
		if roles.as_ref().is_some_and(|roles| roles.contains(&Role::Emergency)) {
			if credential.is_none() {
				self.fault(row.at("credential"), "must be there: an emergency is declared by one person, under an account of the chain");
			}
			if !has_desk {
				self.fault(row.at("roles"), "may name emergency only if emergency.token is set: the provider may be down when it is needed, and the desk's own token goes on working");
			}
		}
		self.end(row);
		Some(Row { claim, value: value?, roles: roles?, credential })
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};
	use super::*;

	const LOGIN: &str = "[login]\nissuer = \"https://idp.example/realms/staff/\"\nclient_id = \"gateway\"\nurl = \"https://inside.example/\"\n";
	const OFFICER: &str = "[[login.staff]]\nvalue = \"a1\"\nroles = [\"privacy-officer\"]\n";

	fn with(more: &str) -> String {
		format!("{GOOD}[emergency]\ntoken = \"/etc/salus-gateway/desk.token\"\n{LOGIN}{more}")
	}

	#[test]
	fn an_issuer_stays_as_it_is_written_and_sessions_have_limits() {
		assert_eq!(Config::read(GOOD).unwrap().login, None);
		let login = Config::read(&with(OFFICER)).unwrap().login.unwrap();
		assert_eq!(login.issuer, "https://idp.example/realms/staff/");
		assert_eq!(login.url, "https://inside.example");
		assert_eq!((login.idle.as_secs(), login.longest.as_secs()), (900, 28_800));
		let row = Row {
			claim: "sub".into(),
			value: "a1".into(),
			roles: [Role::PrivacyOfficer].into(),
			credential: None,
		};
		assert_eq!(login.staff, [row]);
		for (more, at) in [
			("idle = 59\n", "login.idle"),
			("longest = 43201\n", "login.longest"),
			("scopes = [\"a b\"]\n", "login.scopes"),
			("nonce = 3\n", "login.nonce"),
		] {
			assert_eq!(faults(&with(&format!("{more}{OFFICER}"))), [at], "{more}");
		}
	}

	#[test]
	fn the_provider_and_the_face_are_reached_with_tls_or_are_of_this_host() {
		let at = |from: &str, to: &str| faults(&with(OFFICER).replace(from, to));
		const ISSUER: &str = "https://idp.example/realms/staff/";
		assert_eq!(at(ISSUER, "http://idp.example/"), ["login.issuer"]);
		assert_eq!(at(ISSUER, "https://idp.example/?a"), ["login.issuer"]);
		assert_eq!(at("https://inside.example/", "http://inside.example"), ["login.url"]);
		assert_eq!(at("https://inside.example/", "https://inside.example/a"), ["login.url"]);
		let here = with(OFFICER).replace(ISSUER, "http://127.0.0.1:9000");
		assert!(Config::read(&here).is_ok());
	}

	#[test]
	fn rows_are_a_closed_list_and_an_emergency_is_of_one_person() {
		let account = format!("0x{}", "11".repeat(32));
		let row = |more: &str| format!("[[login.staff]]\nvalue = \"b\"\n{more}\n");
		assert_eq!(faults(&with("")), ["login.staff"]);
		assert_eq!(faults(&with(&row("roles = []"))), ["login.staff[0].roles", "login.staff"]);
		assert_eq!(faults(&with(&row("roles = [\"admin\"]")))[0], "login.staff[0].roles");
		assert_eq!(faults(&with(&row("roles = [\"emergency\"]"))), ["login.staff[0].credential"]);
		let emergency = row(&format!("roles = [\"emergency\"]\ncredential = \"{account}\""));
		let login = Config::read(&with(&emergency)).unwrap().login.unwrap();
		assert_eq!(login.staff[0].credential, Some(Account([0x11; 32])));
		let without = with(&emergency)
			.replace("[emergency]\ntoken = \"/etc/salus-gateway/desk.token\"\n", "");
		assert_eq!(faults(&without), ["login.staff[0].roles"]);
		let group = format!(
			"{}claim = \"groups\"\n",
			row(&format!("roles = [\"clinician\"]\ncredential = \"{account}\""))
		);
		assert_eq!(faults(&with(&group)), ["login.staff[0].credential"]);
		assert_eq!(faults(&with(&format!("{OFFICER}{OFFICER}"))), ["login.staff[1].value"]);
	}
}
