//! What is checked where somebody asks for a token, or shows one: the vectors of challenges, and signed JSON made here.

mod shared;

use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_protocol::{
	account::Account,
	assertion::{Assertion, AssertionFault, MAX_ASSERTION, MAX_ASSERTION_LIFE},
	challenge::{Challenge, NoPart},
	dpop::{token_hash, Expected, Proof, ProofFault, MAX_AHEAD, MAX_PROOF, MAX_PROOF_AGE},
	json::Part,
	jws::{Curve, Jwk, Jws},
	Hash,
};
use serde_json::{json, Value};
use shared::{bytes, hash, list, text, vectors};

const NOW: u64 = 1_800_000_000;
const URL: &str = "https://records.hospital.example/token";

/// A key, and what it signs.
enum Key {
	P256(p256::ecdsa::SigningKey),
	P384(p384::ecdsa::SigningKey),
}

impl Key {
	fn p256(byte: u8) -> Self {
		Self::P256(p256::ecdsa::SigningKey::from_slice(&[byte; 32]).unwrap())
	}

	fn p384(byte: u8) -> Self {
		Self::P384(p384::ecdsa::SigningKey::from_slice(&[byte; 48]).unwrap())
	}

	fn jwk(&self) -> Value {
		let (crv, point) = match self {
			Self::P256(key) => {
				("P-256", key.verifying_key().to_encoded_point(false).as_bytes().to_vec())
			},
			Self::P384(key) => {
				("P-384", key.verifying_key().to_encoded_point(false).as_bytes().to_vec())
			},
		};
		let (x, y) = point[1..].split_at(point.len() / 2);
		json!({ "kty": "EC", "crv": crv, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) })
	}

	fn part(&self) -> Jwk {
		Jwk::from_part(&Part::read(self.jwk().to_string().as_bytes(), 1_000).unwrap()).unwrap()
	}

	fn sign(&self, header: &Value, claims: &Value) -> String {
		use p256::ecdsa::signature::Signer;
		let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
		let signed = format!("{}.{}", part(header), part(claims));
		let signature = match self {
			Self::P256(key) => {
				let signature: p256::ecdsa::Signature = key.sign(signed.as_bytes());
				signature.to_bytes().to_vec()
			},
			Self::P384(key) => {
				let signature: p384::ecdsa::Signature = key.sign(signed.as_bytes());
				signature.to_bytes().to_vec()
			},
		};
		format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
	}
}

/// With some members changed; `null` takes one out.
fn with(mut value: Value, changes: Value) -> Value {
	for (name, change) in changes.as_object().unwrap() {
		let members = value.as_object_mut().unwrap();
		match change.is_null() {
			true => drop(members.remove(name)),
			false => drop(members.insert(name.clone(), change.clone())),
		}
	}
	value
}

#[test]
fn the_texts_of_challenges_are_those_of_the_vectors_and_their_signatures_hold() {
	let vectors = vectors("exchange/challenges.json");
	for row in list(&vectors, "challenges") {
		let told = &row["challenge"];
		let challenge = Challenge {
			genesis: hash(told, "genesis"),
			custodian: u32::try_from(told["custodian"].as_u64().unwrap()).unwrap(),
			url: text(told, "url"),
			account: Account(hash(row, "account").0),
			scope: text(told, "scope"),
			key: hash(row, "thumbprint"),
			nonce: text(told, "nonce"),
		};
		assert_eq!(challenge.text().as_deref(), Ok(text(row, "text")));
		for form in ["raw", "wrapped", "typed"] {
			let signature = bytes(&row["signatures"], form);
			assert_eq!(challenge.is_signed(&signature), Ok(true), "{form}");
			for other in [
				Challenge { genesis: Hash([0; 32]), ..challenge },
				Challenge { custodian: 5, ..challenge },
				Challenge { url: "https://elsewhere.example", ..challenge },
				Challenge { account: Account([1; 32]), ..challenge },
				Challenge { scope: "patient/*.r", ..challenge },
				Challenge { key: Hash([0; 32]), ..challenge },
				Challenge { nonce: "another", ..challenge },
			] {
				assert_eq!(other.is_signed(&signature), Ok(false), "{form}");
			}
		}
		assert_eq!(challenge.is_signed(&[]), Ok(false));
		for refused in list(&vectors, "refused") {
			let value = text(refused, "value");
			let (name, other) = match text(refused, "part") {
				"url" => ("url", Challenge { url: value, ..challenge }),
				"scope" => ("scope", Challenge { scope: value, ..challenge }),
				"nonce" => ("nonce", Challenge { nonce: value, ..challenge }),
				part => panic!("{part}"),
			};
			assert_eq!(other.text(), Err(NoPart(name)), "{}", text(refused, "name"));
		}
	}
}

#[test]
fn a_key_is_a_point_of_its_curve_and_no_private_one() {
	for key in [Key::p256(1), Key::p384(1)] {
		let jwk = key.jwk();
		let read = |value: &Value| {
			Jwk::from_part(&Part::read(value.to_string().as_bytes(), 10_000).unwrap())
		};
		assert_eq!(read(&jwk), Some(key.part()));
		for changes in [
			json!({ "kty": "RSA" }),
			json!({ "crv": "P-521" }),
			json!({ "crv": null }),
			json!({ "x": null }),
			json!({ "x": "AA" }),
			json!({ "x": jwk["y"] }),
			json!({ "y": format!("{}=", jwk["y"].as_str().unwrap()) }),
			json!({ "d": "AA" }),
		] {
			assert_eq!(read(&with(jwk.clone(), changes.clone())), None, "{changes}");
		}
	}
	// Appendix A.1 of RFC 9449 with section 6.1: a key and its thumbprint.
	let key = json!({
		"kty": "EC", "crv": "P-256", "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
	});
	let key = Jwk::from_part(&Part::read(key.to_string().as_bytes(), 1_000).unwrap()).unwrap();
	assert_eq!(
		salus_exchange_protocol::jws::thumbprint_text(&key.thumbprint()),
		"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
	);
}

#[test]
fn the_proof_of_the_standard_holds() {
	// Section 4.2 of RFC 9449.
	let proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
	let read = Proof::read(proof).unwrap();
	assert_eq!((read.jti.as_str(), read.iat), ("-BwC3ESc6acc2lTc", 1_562_262_616));
	let expected = Expected {
		method: "POST",
		url: "https://server.example.com/token",
		now: 1_562_262_630,
		token: None,
	};
	assert_eq!(read.check(&expected), Ok(()));
}

#[test]
fn signed_json_is_taken_by_the_algorithm_of_the_keys_curve_alone() {
	let [small, large] = [Key::p256(1), Key::p384(1)];
	let claims = json!({ "a": 1 });
	for (key, algorithm) in [(&small, "ES256"), (&large, "ES384")] {
		let signed = key.sign(&json!({ "alg": algorithm }), &claims);
		let jws = Jws::read(&signed, 1_000).unwrap();
		assert!(jws.is_of(&key.part()));
		for other in [Key::p256(2), Key::p384(2)] {
			assert!(!jws.is_of(&other.part()));
		}
		for other in ["none", "HS256", "ES512", "es256", "RS256"] {
			let jws = key.sign(&json!({ "alg": other }), &claims);
			assert!(!Jws::read(&jws, 1_000).unwrap().is_of(&key.part()), "{other}");
		}
		let (rest, signature) = signed.rsplit_once('.').unwrap();
		for at in 0..rest.len() {
			let mut changed = rest.as_bytes().to_vec();
			changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
			let changed = format!("{}.{signature}", String::from_utf8(changed).unwrap());
			let held = Jws::read(&changed, 1_000).is_ok_and(|jws| jws.is_of(&key.part()));
			assert!(!held, "{at}");
		}
	}
	assert_eq!(small.part().curve(), Curve::P256);
	let head = json!({ "alg": "ES256" });
	let signed = small.sign(&head, &claims);
	let zeros = URL_SAFE_NO_PAD.encode([0; 64]);
	let (rest, _) = signed.rsplit_once('.').unwrap();
	assert!(!Jws::read(&format!("{rest}.{zeros}"), 1_000).unwrap().is_of(&small.part()));
	for text in [
		"",
		"a.b",
		rest,
		&format!("{signed}."),
		&format!("{signed}="),
		&format!(" {signed}"),
		&small.sign(&json!({ "alg": "ES256", "crit": ["exp"] }), &claims),
		&small.sign(&json!({ "alg": "ES256", "b64": false }), &claims),
		&small.sign(&json!([1]), &claims),
		&small.sign(&head, &json!("text")),
		&small.sign(&head, &json!({ "a": 1.5 })),
		&small.sign(&head, &json!({ "a": "x".repeat(1_000) })),
	] {
		assert!(Jws::read(text, 1_000).is_err(), "{text}");
	}
	let twice = URL_SAFE_NO_PAD.encode("{\"alg\":\"none\",\"alg\":\"ES256\"}");
	assert!(Jws::read(&format!("{twice}.{twice}.{zeros}"), 1_000).is_err());
}

fn proof_of(key: &Key, claims: Value) -> String {
	let alg = if matches!(key, Key::P256(_)) { "ES256" } else { "ES384" };
	let header = json!({ "typ": "dpop+jwt", "alg": alg, "jwk": key.jwk() });
	let usual = json!({ "jti": "one", "htm": "GET", "htu": URL, "iat": NOW });
	key.sign(&header, &with(usual, claims))
}

#[test]
fn a_proof_is_for_one_request_of_now_by_the_key_in_it() {
	let key = Key::p256(7);
	let expected = Expected { method: "GET", url: URL, now: NOW, token: None };
	let check = |claims: Value, expected: &Expected| {
		Proof::read(&proof_of(&key, claims)).unwrap().check(expected)
	};
	assert_eq!(check(json!({}), &expected), Ok(()));
	assert_eq!(Proof::read(&proof_of(&Key::p384(7), json!({}))).unwrap().check(&expected), Ok(()));
	let with_token = Expected { token: Some("token"), ..expected };
	let ath = token_hash("token");
	assert_eq!(check(json!({ "ath": ath }), &with_token), Ok(()));
	for (claims, expected, fault) in [
		(json!({ "htm": "POST" }), expected, ProofFault::Method),
		(json!({ "htm": "get" }), expected, ProofFault::Method),
		(json!({ "htu": format!("{URL}/") }), expected, ProofFault::Url),
		(json!({ "htu": "https://records.hospital.example/TOKEN" }), expected, ProofFault::Url),
		(json!({ "htu": "http://records.hospital.example/token" }), expected, ProofFault::Url),
		(json!({ "htu": "/token" }), expected, ProofFault::Url),
		(json!({ "iat": NOW - MAX_PROOF_AGE - 1 }), expected, ProofFault::Old),
		(json!({ "iat": NOW + MAX_AHEAD + 1 }), expected, ProofFault::Future),
		(json!({}), with_token, ProofFault::Token),
		(json!({ "ath": token_hash("other") }), with_token, ProofFault::Token),
		(json!({ "ath": ath }), expected, ProofFault::Token),
	] {
		assert_eq!(check(claims.clone(), &expected), Err(fault), "{claims}");
	}
	for claims in [
		json!({ "htu": format!("{URL}?a=b#c") }),
		json!({ "htu": "HTTPS://Records.Hospital.Example/token" }),
		json!({ "iat": NOW - MAX_PROOF_AGE }),
		json!({ "iat": NOW + MAX_AHEAD }),
	] {
		assert_eq!(check(claims.clone(), &expected), Ok(()), "{claims}");
	}
	for (claims, part) in [
		(json!({ "jti": null }), "jti"),
		(json!({ "jti": "" }), "jti"),
		(json!({ "jti": "x".repeat(129) }), "jti"),
		(json!({ "htm": 7 }), "htm"),
		(json!({ "htu": null }), "htu"),
		(json!({ "iat": "now" }), "iat"),
		(json!({ "iat": -1 }), "iat"),
		(json!({ "ath": 7 }), "ath"),
	] {
		assert_eq!(Proof::read(&proof_of(&key, claims)), Err(ProofFault::Malformed(part)));
	}
	let claims = json!({ "jti": "one", "htm": "GET", "htu": URL, "iat": NOW });
	let head = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk() });
	for (changes, fault) in [
		(json!({ "typ": "JWT" }), ProofFault::Malformed("typ")),
		(json!({ "alg": "none" }), ProofFault::Malformed("alg")),
		(json!({ "alg": "ES384" }), ProofFault::Malformed("alg")),
		(json!({ "jwk": null }), ProofFault::Malformed("jwk")),
		(json!({ "jwk": with(key.jwk(), json!({ "d": "AA" })) }), ProofFault::Malformed("jwk")),
		(json!({ "jwk": Key::p256(8).jwk() }), ProofFault::Signature),
	] {
		let proof = key.sign(&with(head.clone(), changes), &claims);
		assert_eq!(Proof::read(&proof), Err(fault));
	}
	let long = proof_of(&key, json!({ "more": "x".repeat(MAX_PROOF) }));
	assert_eq!(Proof::read(&long), Err(ProofFault::Malformed("document")));
	let id =
		|key: &Key, jti: &str| Proof::read(&proof_of(key, json!({ "jti": jti }))).unwrap().id();
	assert_eq!(id(&key, "one"), id(&key, "one"));
	assert!(id(&key, "one") != id(&key, "two") && id(&key, "one") != id(&Key::p256(8), "one"));
}

#[test]
fn an_assertion_is_of_an_organisation_for_this_place_and_for_a_short_time() {
	let key = Key::p384(9);
	let head = json!({ "alg": "ES384", "typ": "JWT", "kid": "a" });
	let usual = json!({ "iss": "4", "sub": "4", "aud": URL, "exp": NOW + 60, "jti": "one" });
	let made = |header: Value, claims: Value| {
		let signed = key.sign(&with(head.clone(), header), &with(usual.clone(), claims));
		Assertion::read(&signed, URL, NOW)
	};
	let read = |claims: Value| made(json!({}), claims);
	let good = read(json!({})).unwrap();
	assert_eq!((good.organisation, good.kid(), good.exp), (4, Some("a"), NOW + 60));
	assert!(good.is_of(&key.part()) && !good.is_of(&Key::p384(8).part()));
	for claims in [
		json!({ "aud": [URL] }),
		json!({ "exp": NOW + 1 }),
		json!({ "exp": NOW + MAX_ASSERTION_LIFE }),
		json!({ "iat": NOW + MAX_AHEAD, "nbf": NOW }),
	] {
		assert!(read(claims.clone()).is_ok(), "{claims}");
	}
	for (claims, fault) in [
		(json!({ "aud": "https://other.example/token" }), AssertionFault::Audience),
		(json!({ "aud": [URL, "https://other.example/token"] }), AssertionFault::Audience),
		(json!({ "aud": [] }), AssertionFault::Audience),
		(json!({ "aud": null }), AssertionFault::Malformed("aud")),
		(json!({ "exp": NOW }), AssertionFault::Expired),
		(json!({ "exp": NOW + MAX_ASSERTION_LIFE + 1 }), AssertionFault::TooLong),
		(json!({ "exp": null }), AssertionFault::Malformed("exp")),
		(json!({ "iat": NOW + MAX_AHEAD + 1 }), AssertionFault::Future),
		(json!({ "nbf": NOW + MAX_AHEAD + 1 }), AssertionFault::Future),
		(json!({ "iat": "now" }), AssertionFault::Malformed("iat")),
		(json!({ "iss": "04" }), AssertionFault::Malformed("iss")),
		(json!({ "iss": "4294967295" }), AssertionFault::Malformed("iss")),
		(json!({ "iss": 4 }), AssertionFault::Malformed("iss")),
		(json!({ "sub": "5" }), AssertionFault::Malformed("sub")),
		(json!({ "jti": null }), AssertionFault::Malformed("jti")),
		(json!({ "jti": "x".repeat(MAX_ASSERTION) }), AssertionFault::Malformed("document")),
	] {
		assert_eq!(read(claims.clone()).unwrap_err(), fault, "{claims}");
	}
	for (header, part) in [
		(json!({ "alg": "ES256" }), "alg"),
		(json!({ "alg": "none" }), "alg"),
		(json!({ "typ": "dpop+jwt" }), "typ"),
	] {
		assert_eq!(made(header, json!({})).unwrap_err(), AssertionFault::Malformed(part));
	}
	let of = |iss: &str| read(json!({ "iss": iss, "sub": iss })).unwrap().id();
	assert!(of("4") == good.id() && of("5") != good.id());
}
