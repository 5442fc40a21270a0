//! The identity provider: what it says of itself, its keys, and where a code becomes an ID token. It alone is asked, with limits on time and
//! size, and never where it sends to. What it answered goes into no log.

use super::{BadToken, Keys, NotSignedIn, MAX_ID_TOKEN};
use reqwest::{header, redirect::Policy, Client, RequestBuilder, StatusCode, Url};
use salus_exchange_protocol::{json::Part, jws::Jws};
use serde_json::Value;
use std::{
	fmt,
	future::Future,
	io,
	time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// How long the provider may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 256 << 10;
/// How long it is remembered what the provider says of itself, and which keys it has. A key that it takes back counts no longer than that.
const REMEMBERED: Duration = Duration::from_secs(600);
/// How long it is not asked for newer keys after it was asked because of a name that is not known.
const ASKED_AGAIN: Duration = Duration::from_secs(30);
/// How long a provider that was found silent is taken to be.
const STAYS_SILENT: Duration = Duration::from_secs(5);

/// What the provider says of itself (OpenID Connect Discovery, 3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Described {
	pub(super) authorization: Url,
	token: Url,
	keys: Url,
	end_session: Option<String>,
	/// Whether each of its answers names it (RFC 9207).
	pub(super) names_itself: bool,
	/// Whether it wants the client's secret in the form, and not as a header.
	secret_in_form: bool,
}

#[derive(Debug, Default)]
struct Known {
	described: Option<(Instant, Described)>,
	keys: Option<(Instant, Keys)>,
	asked_again: Option<Instant>,
	silent: Option<(Instant, String)>,
}

/// The provider.
pub(super) struct Provider {
	client: Client,
	issuer: String,
	client_id: String,
	secret: Option<String>,
	known: Mutex<Known>,
}

/// Says nothing of the secret.
impl fmt::Debug for Provider {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Provider").finish_non_exhaustive()
	}
}

fn is_young(at: Instant, limit: Duration) -> bool {
	at.elapsed() < limit
}

/// Why there is no answer, without the URL: that of a login has what is secret.
fn silent(error: reqwest::Error) -> NotSignedIn {
	NotSignedIn::Silent(match error.is_timeout() {
		true => "it took too long".into(),
		false => error.without_url().to_string(),
	})
}

/// Sends, and reads the answer up to a limit.
async fn asked(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), NotSignedIn> {
	let mut response =
		request.header(header::ACCEPT, "application/json").send().await.map_err(silent)?;
	let status = response.status();
	if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
		return Err(NotSignedIn::Silent(format!("HTTP status {}", status.as_u16())));
	}
	let mut bytes = Vec::new();
	while let Some(chunk) = response.chunk().await.map_err(silent)? {
		if bytes.len().saturating_add(chunk.len()) > MAX_ANSWER {
			return Err(NotSignedIn::Answer("size"));
		}
		bytes.extend_from_slice(&chunk);
	}
	Ok((status, bytes))
}

impl Provider {
	pub(super) fn new(config: &crate::config::Login, secret: Option<String>) -> io::Result<Self> {
		let client = Client::builder()
			.timeout(TIMEOUT)
			.redirect(Policy::none())
			.no_proxy()
			.build()
			.map_err(io::Error::other)?;
		let (issuer, client_id) = (config.issuer.clone(), config.client_id.clone());
		Ok(Self { client, issuer, client_id, secret, known: Mutex::default() })
	}

	async fn get(&self, url: Url, part: &'static str) -> Result<Vec<u8>, NotSignedIn> {
		match asked(self.client.get(url)).await? {
			(StatusCode::OK, bytes) => Ok(bytes),
			_ => Err(NotSignedIn::Answer(part)),
		}
	}

	/// Asks for something, unless the provider was silent a moment ago; and remembers if it is now.
	async fn once<T>(
		known: &mut Known,
		asked: impl Future<Output = Result<T, NotSignedIn>>,
	) -> Result<T, NotSignedIn> {
		if let Some((at, why)) = &known.silent {
			if is_young(*at, STAYS_SILENT) {
				return Err(NotSignedIn::Silent(why.clone()));
			}
		}
		let got = asked.await;
		known.silent = match &got {
			Err(NotSignedIn::Silent(why)) => Some((Instant::now(), why.clone())),
			_ => None,
		};
		got
	}

	/// What the provider says of itself.
	pub(super) async fn described(&self) -> Result<Described, NotSignedIn> {
		let mut known = self.known.lock().await;
		if let Some((at, described)) = &known.described {
			if is_young(*at, REMEMBERED) {
				return Ok(described.clone());
			}
		}
		let described = Self::once(&mut known, self.describe()).await?;
		known.described = Some((Instant::now(), described.clone()));
		Ok(described)
	}

	async fn describe(&self) -> Result<Described, NotSignedIn> {
		let base = self.issuer.trim_end_matches('/');
		let url = Url::parse(&format!("{base}/.well-known/openid-configuration"));
		let url = url.map_err(|_| NotSignedIn::Answer("issuer"))?;
		let is_plain = url.scheme() == "http";
		let told: Value = serde_json::from_slice(&self.get(url, "openid-configuration").await?)
			.map_err(|_| NotSignedIn::Answer("openid-configuration"))?;
		let text = |name: &str| told.get(name).and_then(Value::as_str);
		// What others say in the name of this issuer is not believed (OpenID Connect Discovery, 4.3).
		if text("issuer") != Some(self.issuer.as_str()) {
			return Err(NotSignedIn::OtherIssuer);
		}
		let names = |name: &str, wanted: &str| {
			let all = told.get(name).and_then(Value::as_array);
			all.map(|all| all.iter().any(|it| it.as_str() == Some(wanted)))
		};
		if names("response_types_supported", "code") == Some(false) {
			return Err(NotSignedIn::Answer("response_types_supported"));
		}
		// Some providers know PKCE and do not say so; one that says what it knows must know this.
		if names("code_challenge_methods_supported", "S256") == Some(false) {
			return Err(NotSignedIn::Answer("code_challenge_methods_supported"));
		}
		let place = |name: &'static str| {
			let url = text(name).and_then(|text| Url::parse(text).ok());
			// A provider of this host may do without TLS, and then all of it is of this host.
			let is_safe = |url: &Url| match url.scheme() {
				"https" => true,
				"http" => is_plain && !crate::config::is_open(url.as_str()),
				_ => false,
			};
			url.filter(is_safe).ok_or(NotSignedIn::Answer(name))
		};
		let methods = "token_endpoint_auth_methods_supported";
		Ok(Described {
			authorization: place("authorization_endpoint")?,
			token: place("token_endpoint")?,
			keys: place("jwks_uri")?,
			end_session: place("end_session_endpoint").ok().map(Into::into),
			names_itself: told.get("authorization_response_iss_parameter_supported")
				== Some(&Value::Bool(true)),
			secret_in_form: names(methods, "client_secret_basic") == Some(false)
				&& names(methods, "client_secret_post") == Some(true),
		})
	}

	/// Where a session at the provider is ended, if it was asked and said so.
	pub(super) async fn end_session(&self) -> Option<String> {
		let known = self.known.lock().await;
		known.described.as_ref().and_then(|(_, described)| described.end_session.clone())
	}

	/// Exchanges a code for an ID token, whose signature holds.
	pub(super) async fn token(
		&self,
		code: &str,
		redirect: &str,
		verifier: &str,
	) -> Result<Jws, NotSignedIn> {
		let described = self.described().await?;
		let mut form = vec![
			("grant_type", "authorization_code"),
			("code", code),
			("redirect_uri", redirect),
			("code_verifier", verifier),
		];
		let mut request = self.client.post(described.token.clone());
		match &self.secret {
			Some(secret) if !described.secret_in_form => {
				// As forms write them (RFC 6749, 2.3.1).
				let [id, secret] = [&self.client_id, secret].map(|text| {
					form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
				});
				request = request.basic_auth(id, Some(secret));
			},
			secret => {
				form.push(("client_id", &self.client_id));
				form.extend(secret.as_deref().map(|secret| ("client_secret", secret)));
			},
		}
		let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
		let request =
			request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
		let (status, bytes) = asked(request).await?;
		let told: Value = serde_json::from_slice(&bytes).unwrap_or_default();
		let text = |name: &str| told.get(name).and_then(Value::as_str);
		match (status, text("error")) {
			(StatusCode::OK, _) => {},
			(_, Some("invalid_grant")) => return Err(NotSignedIn::Code),
			(StatusCode::UNAUTHORIZED, _) | (_, Some("invalid_client" | "unauthorized_client")) => {
				return Err(NotSignedIn::Client)
			},
			_ => return Err(NotSignedIn::Answer("token_endpoint")),
		}
		let token = text("id_token").ok_or(NotSignedIn::Answer("id_token"))?;
		let token = Jws::read(token, MAX_ID_TOKEN).map_err(|_| BadToken::Malformed("document"))?;
		self.check(&described, &token).await?;
		Ok(token)
	}

	/// Whether one of the provider's keys has signed it. For a name that is not known the provider is asked for newer keys.
	async fn check(&self, described: &Described, token: &Jws) -> Result<(), NotSignedIn> {
		let mut known = self.known.lock().await;
		let there = known.keys.as_ref().filter(|(at, _)| is_young(*at, REMEMBERED));
		let checked = there.map(|(_, keys)| keys.check(token));
		match checked {
			Some(Err(BadToken::Key))
				if !known.asked_again.is_some_and(|at| is_young(at, ASKED_AGAIN)) =>
			{
				known.asked_again = Some(Instant::now());
			},
			Some(checked) => return Ok(checked?),
			None => {},
		}
		let keys = Self::once(&mut known, self.keys(described)).await?;
		let checked = keys.check(token);
		known.keys = Some((Instant::now(), keys));
		Ok(checked?)
	}

	async fn keys(&self, described: &Described) -> Result<Keys, NotSignedIn> {
		let bytes = self.get(described.keys.clone(), "jwks_uri").await?;
		let read = Part::read(&bytes, MAX_ANSWER).ok().and_then(|document| Keys::read(&document));
		read.ok_or(NotSignedIn::Answer("jwks_uri"))
	}
}
