//! For what nobody is signed in.

use super::{
	browser::{changes, folder, house, rows, told, Browser, URL},
	common::{start_in, world},
	provider::{p256_key, usual_keys, How, Provider, World, SECRET},
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_gateway::{chain::now, vault::Kind};
use serde_json::{json, Value};

type Change = Box<dyn Fn(&mut World)>;

fn claims(claims: Value) -> Change {
	Box::new(move |world| world.claims = claims.clone())
}

fn header(header: Value) -> Change {
	Box::new(move |world| world.header = header.clone())
}

fn how(how: How) -> Change {
	Box::new(move |world| world.how = how)
}

/// Each is refused, and without it the same provider lets the same person in.
#[tokio::test(flavor = "multi_thread")]
async fn an_id_token_that_does_not_hold_lets_nobody_in() {
	let (_node, provider, running) = house().await;
	let refused: Vec<(Change, &str)> = vec![
		(claims(changes("nonce", "another")), "id-token-nonce"),
		(claims(changes("nonce", Value::Null)), "id-token-nonce"),
		(claims(changes("iss", "https://other.example")), "id-token-issuer"),
		(claims(changes("iss", Value::Null)), "id-token-malformed"),
		(claims(changes("aud", "another")), "id-token-audience"),
		(claims(changes("aud", json!([super::provider::CLIENT, "another"]))), "id-token-audience"),
		(claims(changes("aud", json!([]))), "id-token-audience"),
		(claims(changes("aud", Value::Null)), "id-token-malformed"),
		(claims(changes("azp", "another")), "id-token-audience"),
		(claims(changes("azp", 7)), "id-token-audience"),
		(claims(changes("exp", now() - 1)), "id-token-expired"),
		(claims(changes("exp", "soon")), "id-token-malformed"),
		(claims(changes("exp", Value::Null)), "id-token-malformed"),
		(claims(changes("iat", now() - 700)), "id-token-expired"),
		(claims(changes("iat", now() + 120)), "id-token-future"),
		(claims(changes("iat", Value::Null)), "id-token-malformed"),
		(claims(changes("nbf", now() + 120)), "id-token-future"),
		(claims(changes("sub", "")), "id-token-malformed"),
		(claims(changes("sub", 7)), "id-token-malformed"),
		(claims(changes("sub", "s".repeat(256))), "id-token-malformed"),
		(how(How::None), "id-token-algorithm"),
		(how(How::Hs256(true)), "id-token-algorithm"),
		(how(How::Hs256(false)), "id-token-algorithm"),
		(how(How::Broken), "id-token-signature"),
		(how(How::Es256(2)), "id-token-key"),
		// A key of another use, and one of another kind.
		(how(How::Es256(9)), "id-token-key"),
		(header(changes("kid", "rsa")), "id-token-key"),
		(header(changes("alg", "ES384")), "id-token-key"),
		(header(changes("crit", json!(["b64"]))), "id-token-malformed"),
	];
	for (at, (change, code)) in refused.iter().enumerate() {
		let restore = |world: &mut World| {
			(world.claims, world.header, world.how) = (json!({}), json!({}), How::Es256(1));
		};
		provider.change(restore);
		provider.change(change);
		let mut browser = Browser::of(&running);
		assert_eq!(told(&browser.login().await), (502, (*code).into()), "{at}");
		assert!(browser.cookies.is_empty(), "{at}: {:?}", browser.cookies);
		assert_eq!(told(&browser.get("/session").await), (401, "session".into()));
		provider.change(restore);
		assert_eq!(browser.login().await.status, 200, "{at}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn each_algorithm_that_is_taken_lets_in() {
	let (_node, provider, running) = house().await;
	for how in [How::Rs256, How::Ps256, How::Es256(1), How::Es384] {
		provider.change(|world| world.how = how);
		assert_eq!(Browser::of(&running).login().await.status, 200, "{how:?}");
	}
	// Without a name it is taken if it can be one key only.
	provider.change(|world| (world.how, world.header) = (How::Rs256, changes("kid", Value::Null)));
	assert_eq!(Browser::of(&running).login().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_says_what_it_is_for_signs_by_nothing_else() {
	let (node, provider) = (world().await, Provider::start().await);
	let mut keys = usual_keys();
	keys[0]["alg"] = json!("PS256");
	// Two keys for one algorithm, and a token that names none of them.
	keys.as_array_mut().unwrap().push(p256_key(3));
	provider.change(|world| (world.keys, world.how) = (Some(keys), How::Rs256));
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	assert_eq!(told(&Browser::of(&running).login().await), (502, "id-token-key".into()));
	provider.change(|world| world.how = How::Ps256);
	assert_eq!(Browser::of(&running).login().await.status, 200);
	provider
		.change(|world| (world.how, world.header) = (How::Es256(3), changes("kid", Value::Null)));
	assert_eq!(told(&Browser::of(&running).login().await), (502, "id-token-key".into()));
	provider.change(|world| world.header = json!({}));
	assert_eq!(Browser::of(&running).login().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_asked_for_again_when_they_change_and_not_at_will() {
	let (_node, provider, running) = house().await;
	assert_eq!(Browser::of(&running).login().await.status, 200);
	assert_eq!(Browser::of(&running).login().await.status, 200);
	assert_eq!(provider.world().asked, 1, "they are remembered");
	// The provider signs with a new key, and does not have the old one any more.
	provider.change(|world| (world.keys, world.how) = (Some(json!([p256_key(2)])), How::Es256(2)));
	assert_eq!(Browser::of(&running).login().await.status, 200);
	assert_eq!(provider.world().asked, 2);
	provider.change(|world| world.how = How::Es256(1));
	for _ in 0..3 {
		assert_eq!(told(&Browser::of(&running).login().await), (502, "id-token-key".into()));
	}
	assert_eq!(provider.world().asked, 2, "names that are not known do not make it ask each time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_finished_once_also_if_the_provider_takes_a_code_twice() {
	let (_node, provider, running) = house().await;
	let mut browser = Browser::of(&running);
	let query = browser.visit_provider().await;
	let before = browser.clone();
	assert_eq!(browser.back(&query).await.status, 200);
	assert_eq!(
		told(&browser.back(&query).await),
		(400, "login-state".into()),
		"its cookie is gone"
	);
	assert_eq!(told(&before.clone().back(&query).await), (401, "code-refused".into()));
	provider.change(|world| world.careless = true);
	assert_eq!(told(&before.clone().back(&query).await), (400, "login-replayed".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_belongs_to_the_browser_and_the_login_that_asked() {
	let (_node, provider, running) = house().await;
	let [mut browser, mut other] = [Browser::of(&running), Browser::of(&running)];
	let (query, theirs) = (browser.visit_provider().await, other.visit_provider().await);
	let state = (400, "login-state".to_owned());
	// Another's answer, in the browser of somebody who began a login too; and in one that began none.
	assert_eq!(told(&browser.clone().back(&theirs).await), state);
	assert_eq!(told(&Browser::of(&running).back(&query).await), state);
	let without: String =
		query.split('&').filter(|part| !part.starts_with("state=")).collect::<Vec<_>>().join("&");
	assert_eq!(told(&browser.clone().back(&without).await), state);
	assert_eq!(told(&browser.clone().back(&format!("{query}&state=a")).await), state);
	assert_eq!(told(&browser.clone().back("").await), state);
	let code =
		|query: &str| query.split('&').find(|part| part.starts_with("code=")).unwrap().to_owned();
	assert_eq!(told(&browser.clone().back(&query.replace(&code(&query), "code=")).await), state);
	// A cookie that is changed, or of a login that began too long ago.
	for cookie in ["", "AAAA", &URL_SAFE_NO_PAD.encode([0; 300])] {
		let mut changed = browser.clone();
		changed.cookies.insert("__Host-salus-login".into(), cookie.into());
		assert_eq!(told(&changed.back(&query).await), state);
	}
	let sealed = URL_SAFE_NO_PAD.decode(&browser.cookies["__Host-salus-login"]).unwrap();
	let vault = &running.gateway.vault;
	let mut pending = vault.open(Kind::Login, b"", &sealed).unwrap();
	pending[..8].copy_from_slice(&now().to_le_bytes());
	let mut late = browser.clone();
	let sealed = URL_SAFE_NO_PAD.encode(vault.seal(Kind::Login, b"", &pending).unwrap());
	late.cookies.insert("__Host-salus-login".into(), sealed);
	assert_eq!(told(&late.back(&query).await), state);
	// The code of another's login, put into one's own: the provider knows by PKCE.
	let injected = query.replace(&code(&query), &code(&theirs));
	assert_eq!(told(&browser.clone().back(&injected).await), (401, "code-refused".into()));
	// And if the provider does not look, by the nonce.
	provider.change(|world| world.careless = true);
	assert_eq!(told(&browser.clone().back(&injected).await), (502, "id-token-nonce".into()));
	assert_eq!(browser.back(&query).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_issuer_is_none() {
	let (node, provider) = (world().await, Provider::start().await);
	let issuer = provider.world().issuer.clone();
	let other_issuer = (502, "other-issuer".to_owned());
	// What stands where the provider describes itself is of another one.
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	let mut browser = Browser::of(&running);
	for other in ["https://other.example", &issuer.to_uppercase(), &format!("{issuer}/")] {
		provider.change(|world| world.document = changes("issuer", other));
		assert_eq!(told(&browser.get("/login").await), other_issuer, "{other}");
	}
	provider.change(|world| world.document = json!({}));
	// It does not say whether it names itself; another one does.
	let query = browser.visit_provider().await;
	let mixed = format!("{query}&iss=https%3A%2F%2Fother.example");
	assert_eq!(told(&browser.clone().back(&mixed).await), other_issuer);
	let refused = mixed.replace("code=", "error=access_denied&no=");
	assert_eq!(told(&browser.clone().back(&refused).await), other_issuer);
	assert_eq!(browser.back(&query).await.status, 200);
	// It says that it names itself.
	provider.change(|world| world.names = Some(issuer.clone()));
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	let mut browser = Browser::of(&running);
	let query = browser.visit_provider().await;
	let without = query.split("&iss=").next().unwrap();
	assert_eq!(told(&browser.clone().back(without).await), other_issuer);
	assert_eq!(browser.back(&query).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_that_cannot_be_used_is_named() {
	let (node, provider) = (world().await, Provider::start().await);
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	let mut browser = Browser::of(&running);
	for (change, part) in [
		(changes("authorization_endpoint", "http://idp.example/a"), "authorization_endpoint"),
		(changes("token_endpoint", "file:///etc/passwd"), "token_endpoint"),
		(changes("jwks_uri", Value::Null), "jwks_uri"),
		(changes("response_types_supported", json!(["id_token"])), "response_types_supported"),
		(
			changes("code_challenge_methods_supported", json!(["plain"])),
			"code_challenge_methods_supported",
		),
	] {
		provider.change(|world| world.document = change);
		let got = browser.get("/login").await;
		assert_eq!(told(&got), (502, "provider-answer".into()), "{part}");
		assert!(got.json()["issue"][0]["details"]["text"].as_str().unwrap().ends_with(part));
	}
	provider
		.change(|world| world.document = changes("code_challenge_methods_supported", Value::Null));
	assert_eq!(browser.login().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_and_the_configuration_have_the_last_word() {
	let (node, provider, running) = house().await;
	let mut browser = Browser::of(&running);
	provider.change(|world| world.error = Some("access_denied"));
	assert_eq!(told(&browser.login().await), (401, "login-denied".into()));
	provider.change(|world| world.error = None);
	for (subject, claims) in [
		("stranger", json!({})),
		("Officer", json!({})),
		("stranger", json!({ "groups": ["clinician", "officers"] })),
		// Of a person it is `sub` that counts, and what says a group says nothing of a person.
		("stranger", json!({ "preferred_username": "officer", "groups": ["officer"] })),
	] {
		provider.change(|world| (world.subject, world.claims) = (subject.into(), claims.clone()));
		assert_eq!(told(&browser.login().await), (403, "not-staff".into()), "{claims}");
	}
	provider.change(|world| world.claims = json!({ "groups": ["nurses", "clinicians"] }));
	assert_eq!(browser.login().await.status, 200);
	assert_eq!(browser.session().await["roles"], json!(["clinician"]));
	// A provider that does not know the gateway any more.
	let folder = folder(&node, &provider, "", &rows());
	super::common::secret(&folder.path().join("login.secret"), "another secret");
	let running = start_in(folder).await;
	assert_eq!(told(&Browser::of(&running).login().await), (502, "client-refused".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_without_a_secret_says_who_it_is_and_relies_on_pkce() {
	let (node, provider) = (world().await, Provider::start().await);
	provider.change(|world| world.secret = false);
	let folder = folder(&node, &provider, "scopes = [\"groups\"]\n", &rows());
	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	let without: Vec<_> = text.lines().filter(|line| !line.starts_with("client_secret")).collect();
	std::fs::write(&file, without.join("\n")).unwrap();
	let running = start_in(folder).await;
	let mut browser = Browser::of(&running);
	let got = browser.get("/login").await;
	let location = super::browser::header(&got, "location");
	assert!(location.contains("scope=openid+groups"), "{location}");
	assert!(!location.contains(SECRET));
	assert!(
		location.contains(&format!("redirect_uri={}", URL.replace(':', "%3A").replace('/', "%2F")))
	);
	assert_eq!(browser.login().await.status, 200);
}
