//! Those who ask for tokens: a system of an organisation, with the profile that its organisation is licensed with, and a patient's program.

use super::{node::Node, Faces, Got, Person, Running, CLINIC};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use p256::ecdsa::signature::Signer;
use salus_exchange_protocol::{
	account::Account,
	assertion::ASSERTION_TYPE,
	challenge::Challenge,
	dpop::token_hash,
	json::Part,
	jws::Jwk,
	profile::{Profile, ProfileKey},
	Hash,
};
use salus_gateway::{auth::CHALLENGE_GRANT, chain::now, vault::random};
use serde_json::{json, Value};

/// What gateways of tests are told of how others write them.
pub const URL: &str = "https://gateway.example";
pub const SCOPE: &str = "system/*.rs urn:salus:purpose:Treat";

fn part(value: &Value) -> String {
	URL_SAFE_NO_PAD.encode(value.to_string())
}

fn jwk(crv: &str, point: &[u8]) -> Value {
	let (x, y) = point[1..].split_at(point.len() / 2);
	json!({ "kty": "EC", "crv": crv, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) })
}

/// With some members changed; `null` takes one out.
pub fn with(mut value: Value, changes: &Value) -> Value {
	for (name, change) in changes.as_object().unwrap() {
		let members = value.as_object_mut().unwrap();
		match change.is_null() {
			true => drop(members.remove(name)),
			false => drop(members.insert(name.clone(), change.clone())),
		}
	}
	value
}

/// A random id.
pub fn jti() -> String {
	hex::encode(random::<16>().unwrap())
}

/// A key that tokens are bound to.
pub struct Bound(p256::ecdsa::SigningKey);

impl Bound {
	pub fn new(byte: u8) -> Self {
		Self(p256::ecdsa::SigningKey::from_slice(&[byte; 32]).unwrap())
	}

	fn jwk(&self) -> Value {
		jwk("P-256", self.0.verifying_key().to_encoded_point(false).as_bytes())
	}

	pub fn thumbprint(&self) -> Hash {
		let part = Part::read(self.jwk().to_string().as_bytes(), 1_000).unwrap();
		Jwk::from_part(&part).unwrap().thumbprint()
	}

	/// A proof with these claims, beside those that all have.
	pub fn proof(&self, method: &str, path: &str, token: Option<&str>, more: &Value) -> String {
		let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk() });
		let mut claims =
			json!({ "jti": jti(), "htm": method, "htu": format!("{URL}{path}"), "iat": now() });
		if let Some(token) = token {
			claims["ath"] = json!(token_hash(token));
		}
		let signed = format!("{}.{}", part(&header), part(&with(claims, more)));
		let signature: p256::ecdsa::Signature = self.0.sign(signed.as_bytes());
		format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
	}
}

/// A system of an organisation.
pub struct System {
	pub key: p384::ecdsa::SigningKey,
	pub kid: String,
	pub organisation: u32,
	pub bound: Bound,
}

impl System {
	pub fn new(byte: u8) -> Self {
		let key = p384::ecdsa::SigningKey::from_slice(&[byte; 48]).unwrap();
		Self { key, kid: format!("key-{byte}"), organisation: CLINIC, bound: Bound::new(byte) }
	}

	pub fn jwk(&self) -> Jwk {
		let value = jwk("P-384", self.key.verifying_key().to_encoded_point(false).as_bytes());
		Jwk::from_part(&Part::read(value.to_string().as_bytes(), 1_000).unwrap()).unwrap()
	}

	pub fn assertion(&self, header: &Value, claims: &Value) -> String {
		let head = json!({ "alg": "ES384", "typ": "JWT", "kid": self.kid });
		let id = self.organisation.to_string();
		let usual = json!({ "iss": id, "sub": id, "aud": format!("{URL}/token"), "exp": now() + 60, "jti": jti() });
		let signed = format!("{}.{}", part(&with(head, header)), part(&with(usual, claims)));
		let signature: p384::ecdsa::Signature = self.key.sign(signed.as_bytes());
		format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
	}

	/// The form of a usual request.
	pub fn form(&self, assertion: &str, scope: &str) -> Vec<(&'static str, String)> {
		vec![
			("grant_type", "client_credentials".into()),
			("client_assertion_type", ASSERTION_TYPE.into()),
			("client_assertion", assertion.into()),
			("scope", scope.into()),
		]
	}

	/// Asks for a token as it should.
	pub async fn ask(&self, faces: &Faces, scope: &str) -> Got {
		let form = self.form(&self.assertion(&json!({}), &json!({})), scope);
		let proof = self.bound.proof("POST", "/token", None, &json!({}));
		post(faces, "/token", &form, &[&proof]).await
	}

	pub async fn token(&self, faces: &Faces) -> String {
		issued(&self.ask(faces, SCOPE).await)
	}
}

/// The token that was issued.
pub fn issued(got: &Got) -> String {
	assert_eq!(got.status, 200, "{got:?}");
	let answer = got.json();
	assert_eq!(answer["token_type"], "DPoP");
	answer["access_token"].as_str().unwrap().into()
}

/// The profile of an organisation with the keys of these systems.
pub fn profile(systems: &[&System], salt: u8) -> Profile {
	let keys = systems.iter().map(|each| ProfileKey { kid: each.kid.clone(), key: each.jwk() });
	Profile { name: "Clinic".into(), gateway: None, keys: keys.collect(), salt: Hash([salt; 32]) }
}

/// The organisation has this profile on the chain.
pub fn has_profile(node: &Node, profile: &Profile) {
	node.change(|world| {
		world.profiles.insert(CLINIC, profile.commitment());
	});
}

/// Hands a profile to the house.
pub async fn hand_in(faces: &Faces, profile: &Profile) -> Value {
	let got = faces.post("/profiles", "application/json", profile.to_show(CLINIC)).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	got.json()
}

/// Posts a form outside, with these proofs.
pub async fn post(
	faces: &Faces,
	path: &str,
	form: &[(&'static str, String)],
	proofs: &[&str],
) -> Got {
	let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
	let mut request = faces
		.client()
		.post(format!("{}{path}", faces.outside))
		.header("content-type", "application/x-www-form-urlencoded")
		.body(body);
	for proof in proofs {
		request = request.header("dpop", *proof);
	}
	faces.send(request).await.unwrap()
}

/// The OAuth error, and the code beside it.
pub fn error(got: &Got) -> (u16, String, String) {
	let answer = got.json();
	let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
	(got.status, text("error"), text("code"))
}

/// Gets something outside with a token, and this proof.
pub async fn get(faces: &Faces, path: &str, token: &str, proofs: &[&str]) -> Got {
	let mut request = faces
		.client()
		.get(format!("{}{path}", faces.outside))
		.header("authorization", format!("DPoP {token}"));
	for proof in proofs {
		request = request.header("dpop", *proof);
	}
	faces.send(request).await.unwrap()
}

/// Gets something with a token, as it should be.
pub async fn read(faces: &Faces, path: &str, token: &str, bound: &Bound) -> Got {
	let at = path.split('?').next().unwrap();
	get(faces, path, token, &[&bound.proof("GET", at, Some(token), &json!({}))]).await
}

/// What a patient's program sends for a token.
pub async fn challenge_form(
	running: &Running,
	who: &Person,
	bound: &Bound,
	scope: &str,
) -> Vec<(&'static str, String)> {
	let got = post(&running.faces, "/challenge", &[], &[]).await;
	assert_eq!(got.status, 200, "{got:?}");
	let told = got.json();
	let nonce = told["nonce"].as_str().unwrap().to_owned();
	let text = Challenge {
		genesis: running.genesis(),
		custodian: u32::try_from(told["custodian"].as_u64().unwrap()).unwrap(),
		url: told["url"].as_str().unwrap(),
		account: Account(who.account()),
		scope,
		key: bound.thumbprint(),
		nonce: &nonce,
	};
	// As a wallet does.
	let wrapped = format!("<Bytes>{}</Bytes>", text.text().unwrap());
	let signature: [u8; 64] = who.key.sign(wrapped.as_bytes()).into();
	vec![
		("grant_type", CHALLENGE_GRANT.into()),
		("account", format!("0x{}", hex::encode(who.account()))),
		("nonce", nonce.clone()),
		("scope", scope.into()),
		("signature", format!("0x{}", hex::encode(signature))),
	]
}
