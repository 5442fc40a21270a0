//! Logins of the house's own staff with the identity provider of the house (OpenID Connect): the authorization code flow with PKCE, and a
//! session in a cookie. Who somebody is, the provider says; what they may do, the configuration, in a closed list. Nothing that the
//! provider issues is kept: its ID token is read once, and then there is a session of the gateway's own.

mod faults;
mod flow;
mod id_token;
mod keys;
mod provider;
mod sessions;

pub use faults::{BadToken, NotSignedIn};
pub use flow::{Begun, PENDING_LIFE};
pub use id_token::{check, Expected, MAX_ID_TOKEN};
pub use keys::{Algorithm, Keys};
pub use sessions::{Moment, Session, Sessions, MOST_EACH, MOST_SESSIONS};

use crate::config::Row;
use provider::Provider;
use salus_exchange_protocol::{account::Account, json::Part, jws::Jws, Hash};
use std::{collections::BTreeSet, fmt, io};
use tokio::sync::Semaphore;

/// The claim that names a person at one issuer, and no other ever (OpenID Connect Core, 5.7).
pub const SUBJECT: &str = "sub";

/// The most logins that are under way at a time: so a provider that hangs takes no connection from others of the house.
const MOST_LOGINS: usize = 8;

/// What somebody of the staff may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
	/// Looks through the quarantine and the logs, and finds out.
	PrivacyOfficer,
	/// Asks other gateways in the name of the house.
	Clinician,
	/// Links patients with their handles at a desk.
	Registration,
	/// Declares emergencies while the chain is silent, as the person that the session is of.
	Emergency,
}

impl Role {
	/// All of them.
	pub const ALL: [Self; 4] =
		[Self::PrivacyOfficer, Self::Clinician, Self::Registration, Self::Emergency];

	/// Its name in the configuration.
	pub const fn name(self) -> &'static str {
		match self {
			Self::PrivacyOfficer => "privacy-officer",
			Self::Clinician => "clinician",
			Self::Registration => "registration",
			Self::Emergency => "emergency",
		}
	}

	/// The role of that name.
	pub fn named(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|role| role.name() == name)
	}
}

/// Somebody of the staff.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
	/// The hash of issuer and subject under the vault's key: what the person is called where it is written down.
	pub person: Hash,
	/// What the provider calls the person.
	pub subject: String,
	/// What they may do.
	pub roles: BTreeSet<Role>,
	/// The account under which the chain knows them, if the configuration says so.
	pub credential: Option<Account>,
}

/// Says nothing of who it is.
impl fmt::Debug for Staff {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Staff").field("roles", &self.roles).finish_non_exhaustive()
	}
}

/// What logins need while the gateway runs.
#[derive(Debug)]
pub struct Login {
	/// The sessions there are.
	pub sessions: Sessions,
	provider: Provider,
	places: Semaphore,
}

impl Login {
	/// For a configuration, with the client's secret if there is one. The provider is not asked yet.
	pub fn new(config: &crate::config::Login, secret: Option<String>) -> io::Result<Self> {
		Ok(Self {
			sessions: Sessions::new(config.idle, config.longest),
			provider: Provider::new(config, secret)?,
			places: Semaphore::new(MOST_LOGINS),
		})
	}

	/// Where somebody ends the session at the provider too, if it was asked before and told.
	pub async fn ends_at(&self) -> Option<String> {
		self.provider.end_session().await
	}
}

/// What the rows let somebody do of whom an ID token says this. None if nothing.
fn allowed(rows: &[Row], token: &Jws) -> Option<(BTreeSet<Role>, Option<Account>)> {
	let says = |row: &Row| match token.claim(&row.claim) {
		Some(Part::Text(text)) => *text == row.value,
		// What names one person is no list.
		Some(Part::List(list)) if row.claim != SUBJECT => {
			list.iter().any(|item| item.text() == Some(row.value.as_str()))
		},
		_ => false,
	};
	let mut roles = BTreeSet::new();
	let mut credential = None;
	for row in rows.iter().filter(|row| says(row)) {
		roles.extend(&row.roles);
		credential = credential.or(row.credential);
	}
	(!roles.is_empty()).then_some((roles, credential))
}
