//! An identity provider that does what it is told to, also what none should.

use axum::{
	body::Bytes,
	extract::{RawQuery, State},
	http::{header, HeaderMap, StatusCode},
	response::{IntoResponse, Response},
	routing::{get, post},
	Router,
};
use base64::{
	engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
	Engine,
};
use p256::ecdsa::signature::Signer;
use ring::{
	digest, hmac,
	rand::SystemRandom,
	signature::{
		RsaEncoding, RsaKeyPair, RsaPublicKeyComponents, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
	},
};
use salus_gateway::{chain::now, vault::random};
use serde_json::{json, Value};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard},
};

pub const CLIENT: &str = "gateway of the tests";
pub const SECRET: &str = "a secret: of the client/";

/// How an ID token is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
	Rs256,
	Ps256,
	Es256(u8),
	Es384,
	/// Not at all, and `alg` says so.
	None,
	/// With a secret: the client's, or the public key, which everybody has.
	Hs256(bool),
	/// As Es256, and then another byte.
	Broken,
}

/// What a code stands for.
pub struct Code {
	challenge: String,
	nonce: String,
	redirect: String,
	used: bool,
}

pub struct World {
	pub issuer: String,
	/// Who signs in.
	pub subject: String,
	/// Beside what every ID token says; `null` takes one out.
	pub claims: Value,
	pub header: Value,
	pub how: How,
	/// Whether a code is good more than once, and for whatever verifier.
	pub careless: bool,
	/// What it says of itself, changed.
	pub document: Value,
	/// `iss` of its answers.
	pub names: Option<String>,
	/// The error that it answers in the place of a code.
	pub error: Option<&'static str>,
	/// The keys that it publishes, if not its usual ones.
	pub keys: Option<Value>,
	/// The status that it answers everything with.
	pub status: Option<u16>,
	/// Whether it wants the secret of the client.
	pub secret: bool,
	/// All that is secret of what it issued.
	pub issued: Vec<String>,
	/// How often it was asked for its keys.
	pub asked: usize,
	codes: BTreeMap<String, Code>,
}

#[derive(Clone)]
pub struct Provider(Arc<Mutex<World>>);

fn text(bytes: &[u8]) -> String {
	URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa() -> RsaKeyPair {
	let text: String = include_str!("rsa.b64").split_whitespace().collect();
	RsaKeyPair::from_pkcs8(&STANDARD.decode(text).unwrap()).unwrap()
}

fn p256(byte: u8) -> p256::ecdsa::SigningKey {
	p256::ecdsa::SigningKey::from_slice(&[byte; 32]).unwrap()
}

fn p384() -> p384::ecdsa::SigningKey {
	p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap()
}

fn curve(crv: &str, kid: &str, point: &[u8]) -> Value {
	let (x, y) = point[1..].split_at(point.len() / 2);
	json!({ "kty": "EC", "crv": crv, "kid": kid, "use": "sig", "x": text(x), "y": text(y) })
}

pub fn p256_key(byte: u8) -> Value {
	let point = p256(byte).verifying_key().to_encoded_point(false);
	curve("P-256", &format!("p256-{byte}"), point.as_bytes())
}

/// The public keys that it has usually; one of them is of another use, one of a kind that is not known.
pub fn usual_keys() -> Value {
	let RsaPublicKeyComponents { n, e } = RsaPublicKeyComponents::<Vec<u8>>::from(rsa().public());
	let rsa = json!({ "kty": "RSA", "kid": "rsa", "n": text(&n), "e": text(&e) });
	let point = p384().verifying_key().to_encoded_point(false);
	let mut of_encryption = p256_key(9);
	of_encryption["use"] = json!("enc");
	json!([rsa, p256_key(1), curve("P-384", "p384", point.as_bytes()), of_encryption, { "kty": "OKP", "kid": "ed" }])
}

fn signed(how: How, header: &Value, claims: &Value) -> String {
	let body =
		format!("{}.{}", text(header.to_string().as_bytes()), text(claims.to_string().as_bytes()));
	let bytes = body.as_bytes();
	let of_rsa = |how: &'static dyn RsaEncoding| {
		let key = rsa();
		let mut signature = vec![0; key.public().modulus_len()];
		key.sign(how, &SystemRandom::new(), bytes, &mut signature).unwrap();
		signature
	};
	let of_p256 = |byte| {
		let signature: p256::ecdsa::Signature = p256(byte).sign(bytes);
		signature.to_bytes().to_vec()
	};
	let signature = match how {
		How::Rs256 => of_rsa(&RSA_PKCS1_SHA256),
		How::Ps256 => of_rsa(&RSA_PSS_SHA256),
		How::Es256(byte) => of_p256(byte),
		How::Es384 => {
			let signature: p384::ecdsa::Signature = p384().sign(bytes);
			signature.to_bytes().to_vec()
		},
		How::None => vec![],
		How::Hs256(with_public) => {
			let key = match with_public {
				true => p256_key(1).to_string(),
				false => SECRET.into(),
			};
			hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), bytes).as_ref().to_vec()
		},
		How::Broken => {
			let mut signature = of_p256(1);
			signature[40] ^= 1;
			signature
		},
	};
	format!("{body}.{}", text(&signature))
}

impl World {
	fn id_token(&self, nonce: &str) -> String {
		let (alg, kid) = match self.how {
			How::Rs256 => ("RS256", "rsa".into()),
			How::Ps256 => ("PS256", "rsa".into()),
			How::Es256(byte) => ("ES256", format!("p256-{byte}")),
			How::Es384 => ("ES384", "p384".into()),
			How::None => ("none", "p256-1".into()),
			How::Hs256(_) => ("HS256", "p256-1".into()),
			How::Broken => ("ES256", "p256-1".into()),
		};
		let with = crate::common::oauth::with;
		let header = with(json!({ "alg": alg, "kid": kid, "typ": "JWT" }), &self.header);
		let claims = json!({ "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "nonce": nonce, "iat": now(), "exp": now() + 60 });
		signed(self.how, &header, &with(claims, &self.claims))
	}
}

type Shared = State<Provider>;

impl Provider {
	pub async fn start() -> Self {
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let issuer = format!("http://{}/realm", listener.local_addr().unwrap());
		let provider = Self(Arc::new(Mutex::new(World {
			issuer,
			subject: "officer".into(),
			claims: json!({}),
			header: json!({}),
			how: How::Es256(1),
			careless: false,
			document: json!({}),
			names: None,
			error: None,
			keys: None,
			status: None,
			secret: true,
			issued: vec![],
			asked: 0,
			codes: BTreeMap::new(),
		})));
		let router = Router::new()
			.route("/realm/.well-known/openid-configuration", get(described))
			.route("/authorize", get(authorize))
			.route("/token", post(token))
			.route("/keys", get(keys))
			.with_state(provider.clone());
		tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
		provider
	}

	pub fn world(&self) -> MutexGuard<'_, World> {
		self.0.lock().unwrap()
	}

	pub fn change(&self, change: impl FnOnce(&mut World)) {
		change(&mut self.world());
	}

	fn refuses(&self) -> Option<Response> {
		self.world().status.map(|status| StatusCode::from_u16(status).unwrap().into_response())
	}
}

async fn described(State(provider): Shared) -> Response {
	if let Some(refused) = provider.refuses() {
		return refused;
	}
	let world = provider.world();
	let base = world.issuer.strip_suffix("/realm").unwrap();
	let document = json!({
		"issuer": world.issuer, "authorization_endpoint": format!("{base}/authorize"), "token_endpoint": format!("{base}/token"),
		"jwks_uri": format!("{base}/keys"), "end_session_endpoint": format!("{base}/end"), "response_types_supported": ["code"],
		"code_challenge_methods_supported": ["S256"], "subject_types_supported": ["public"],
		"id_token_signing_alg_values_supported": ["RS256", "ES256"], "authorization_response_iss_parameter_supported": world.names.is_some(),
	});
	crate::common::oauth::with(document, &world.document).to_string().into_response()
}

fn form(bytes: &[u8]) -> BTreeMap<String, String> {
	form_urlencoded::parse(bytes).into_owned().collect()
}

/// Signs in whoever it is told to, without a question.
async fn authorize(State(provider): Shared, RawQuery(query): RawQuery) -> Response {
	let asked = form(query.unwrap_or_default().as_bytes());
	assert_eq!(
		(
			asked["response_type"].as_str(),
			asked["client_id"].as_str(),
			asked["code_challenge_method"].as_str()
		),
		("code", CLIENT, "S256")
	);
	assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
	let mut world = provider.world();
	let code = text(&random::<24>().unwrap());
	let redirect = asked["redirect_uri"].clone();
	let stands_for = Code {
		challenge: asked["code_challenge"].clone(),
		nonce: asked["nonce"].clone(),
		redirect: redirect.clone(),
		used: false,
	};
	let mut told = form_urlencoded::Serializer::new(String::new());
	match world.error {
		Some(error) => told.append_pair("error", error).append_pair("error_description", "because"),
		None => told.append_pair("code", &code),
	};
	told.append_pair("state", &asked["state"]);
	if let Some(names) = &world.names {
		told.append_pair("iss", names);
	}
	let location = format!("{redirect}?{}", told.finish());
	world.issued.extend([code.clone(), asked["state"].clone()]);
	world.codes.insert(code, stands_for);
	(StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn refused(status: StatusCode, error: &str) -> Response {
	(status, json!({ "error": error }).to_string()).into_response()
}

async fn token(State(provider): Shared, headers: HeaderMap, body: Bytes) -> Response {
	if let Some(refused) = provider.refuses() {
		return refused;
	}
	let asked = form(&body);
	let mut world = provider.world();
	let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
	let basic =
		format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET))));
	let is_client = match world.secret {
		true => {
			headers.get(header::AUTHORIZATION).is_some_and(|it| it.as_bytes() == basic.as_bytes())
		},
		false => asked.get("client_id").is_some_and(|id| id == CLIENT),
	};
	if !is_client {
		return refused(StatusCode::UNAUTHORIZED, "invalid_client");
	}
	let careless = world.careless;
	let verifier = digest::digest(&digest::SHA256, asked["code_verifier"].as_bytes());
	let Some(code) = world.codes.get_mut(&asked["code"]) else {
		return refused(StatusCode::BAD_REQUEST, "invalid_grant");
	};
	let is_right = !code.used && code.challenge == text(verifier.as_ref());
	if asked["grant_type"] != "authorization_code"
		|| asked["redirect_uri"] != code.redirect
		|| !(careless || is_right)
	{
		return refused(StatusCode::BAD_REQUEST, "invalid_grant");
	}
	code.used = true;
	let nonce = code.nonce.clone();
	let token = world.id_token(&nonce);
	world.issued.extend([token.clone(), nonce, asked["code_verifier"].clone()]);
	json!({ "access_token": "an access token", "token_type": "Bearer", "id_token": token })
		.to_string()
		.into_response()
}

async fn keys(State(provider): Shared) -> Response {
	if let Some(refused) = provider.refuses() {
		return refused;
	}
	let mut world = provider.world();
	world.asked += 1;
	json!({ "keys": world.keys.clone().unwrap_or_else(usual_keys) }).to_string().into_response()
}
