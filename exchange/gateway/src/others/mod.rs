//! Other organisations' gateways: where each is, and how it is reached. Who asks names the organisation; the address is what that organisation has
//! committed to on the chain with its licence, or what this house's configuration says. Else whoever may fetch could have this host, which
//! stands in the inner network, ask for whatever it reaches.

mod addresses;

use crate::{
	chain::Stale,
	config::{web_url, OtherGateway, OthersSettings},
	gateway::{Failure, Gateway},
};
pub use addresses::is_public;
use addresses::{by_host, literal, Checked, OnlyLocal};
use reqwest::{redirect::Policy, Client, ClientBuilder, Proxy, Url};
use std::{error::Error, fmt, io, sync::Arc, time::Duration};

/// How long a connection is kept for the next question. A gateway ends one that is idle for ten seconds, and one that is just being ended
/// must not be used once more.
const IDLE: Duration = Duration::from_secs(5);

/// Connections to other gateways.
#[derive(Clone, Debug)]
pub struct Others {
	rows: Vec<OtherGateway>,
	/// Reaches addresses of the internet alone.
	public: Client,
	/// Reaches those too that the configuration puts into the house's own network.
	local: Client,
}

/// Where another gateway is, and what asks there.
#[derive(Clone, Debug)]
pub(crate) struct Place {
	/// Its URL, without a slash at the end.
	pub url: String,
	/// The client that may ask there.
	pub client: Client,
}

/// Why a gateway is not asked.
#[derive(Debug)]
pub enum NoPlace {
	/// It is not known where the gateway of the organisation is.
	Unknown(u32),
	/// What was named is not where it is.
	Other(u32),
	/// What was named is no URL.
	NoUrl,
	/// It is an address of this host or of its network.
	Local,
	/// The node cannot be relied on.
	Stale(Stale),
	/// Something here.
	Failure(Failure),
}

impl fmt::Display for NoPlace {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unknown(number) => write!(f, "it is not known where the gateway of organisation {number} is: take its profile, which must be the one of its licence and name a gateway (POST /profiles), or name it in the configuration ([[others.gateway]])"),
			Self::Other(number) => write!(f, "the gateway of organisation {number} is elsewhere, by its profile or by the configuration; leave url out"),
			Self::NoUrl => f.write_str("url is none"),
			Self::Local => f.write_str("the other gateway's address is one of this network; if that is meant, name it in the configuration with local = true ([[others.gateway]])"),
			Self::Stale(stale) => stale.fmt(f),
			Self::Failure(failure) => failure.fmt(f),
		}
	}
}

impl From<Failure> for NoPlace {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl From<Stale> for NoPlace {
	fn from(stale: Stale) -> Self {
		Self::Stale(stale)
	}
}

/// Whether nothing was connected to because a name leads into this network.
pub(crate) fn is_only_local(error: &reqwest::Error) -> bool {
	let mut cause: Option<&(dyn Error + 'static)> = Some(error);
	while let Some(here) = cause {
		if here.is::<OnlyLocal>() {
			return true;
		}
		cause = here.source();
	}
	false
}

impl Others {
	/// Makes the clients. No client follows a redirection, and none asks the environment for a proxy.
	pub fn new(settings: &OthersSettings, timeout: Duration) -> io::Result<Self> {
		let builder = || {
			Client::builder()
				.timeout(timeout)
				.pool_idle_timeout(IDLE)
				.redirect(Policy::none())
				.no_proxy()
		};
		let build = |builder: ClientBuilder| builder.build().map_err(io::Error::other);
		let public = match &settings.proxy {
			// It looks names up by itself.
			Some(url) => builder().proxy(Proxy::all(url).map_err(io::Error::other)?),
			None => {
				builder().dns_resolver(Arc::new(Checked { lookup: by_host, is_allowed: is_public }))
			},
		};
		Ok(Self {
			rows: settings.gateways.clone(),
			public: build(public)?,
			local: build(builder())?,
		})
	}

	fn row(&self, organisation: u32) -> Option<&OtherGateway> {
		self.rows.iter().find(|row| row.organisation == organisation)
	}
}

/// Whether two texts are the same URL.
fn is_same(one: &str, other: &str) -> bool {
	let read = |text: &str| Url::parse(text.trim_end_matches('/')).ok();
	read(one).is_some_and(|one| read(other) == Some(one))
}

impl Gateway {
	/// Where the gateway of an organisation is. What whoever asks says of that must agree.
	pub(crate) async fn place_of(
		self: &Arc<Self>,
		organisation: u32,
		named: Option<&str>,
	) -> Result<Place, NoPlace> {
		let named = named.map(|url| web_url(url).ok_or(NoPlace::NoUrl)).transpose()?;
		let (url, is_local) = match self.others.row(organisation) {
			Some(row) => (row.url.clone(), row.local),
			None => (self.gateway_in_profile(organisation).await?, false),
		};
		if named.is_some_and(|named| !is_same(&named, &url)) {
			return Err(NoPlace::Other(organisation));
		}
		let is_literal =
			Url::parse(&url).ok().and_then(|url| literal(&url)).is_some_and(|it| !is_public(it));
		let client = match (is_local, is_literal) {
			(true, _) => self.others.local.clone(),
			(false, true) => return Err(NoPlace::Local),
			(false, false) => self.others.public.clone(),
		};
		Ok(Place { url, client })
	}

	/// What the profile says with which the organisation is licensed, in the best and in the last final block.
	async fn gateway_in_profile(self: &Arc<Self>, organisation: u32) -> Result<String, NoPlace> {
		let shown = self.blocking(move |gateway| gateway.profiles_of(organisation)).await?;
		if shown.is_empty() {
			return Err(NoPlace::Unknown(organisation));
		}
		let present = self.present().await?;
		for profile in shown {
			let Some(url) = profile.gateway.as_deref().and_then(web_url) else { continue };
			if self.opens(&present, organisation, &profile).await? {
				return Ok(url);
			}
		}
		Err(NoPlace::Unknown(organisation))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn urls_are_the_same_by_what_they_mean() {
		for (one, other, same) in [
			("https://a.example", "https://A.example:443/", true),
			("https://a.example/x/", "https://a.example/x", true),
			("https://a.example/x", "https://a.example/X", false),
			("https://a.example", "http://a.example", false),
			("https://a.example", "https://a.example:444", false),
			("https://a.example", "https://a.example.b.example", false),
			("https://a.example", "no url", false),
			("no url", "no url", false),
		] {
			assert_eq!(is_same(one, other), same, "{one} {other}");
		}
	}
}
