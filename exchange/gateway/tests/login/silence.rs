//! A provider that does not answer, and what stands in the gateway's log.

use super::{
	browser::{folder, house, rows, signed_in, told, Browser},
	common::{start_in, world},
	provider::{How, Provider, SECRET},
};
use serde_json::json;
use std::{
	io::Write,
	sync::{Arc, Mutex},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_is_named_and_ends_no_session() {
	let (node, provider) = (world().await, Provider::start().await);
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	let silent = (503, "provider-silent".to_owned());
	let mut browser = Browser::of(&running);
	provider.change(|world| world.status = Some(500));
	assert_eq!(told(&browser.get("/login").await), silent);
	provider.change(|world| world.status = None);
	// It is not asked at once again; then it is.
	assert_eq!(told(&browser.get("/login").await), silent);
	tokio::time::sleep(std::time::Duration::from_secs(6)).await;
	let mut officer = signed_in(&running, &provider, "officer").await;
	let query = browser.visit_provider().await;
	provider.change(|world| world.status = Some(503));
	assert_eq!(told(&browser.clone().back(&query).await), silent);
	assert_eq!(officer.get("/quarantine").await.status, 200);
	assert_eq!(running.faces.house("/quarantine").await.status, 200);
	// What was begun can be finished when it is back.
	provider.change(|world| world.status = None);
	assert_eq!(browser.back(&query).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_section_there_are_no_logins() {
	let node = world().await;
	let running = super::common::start(&node, super::common::CUSTODIAN, "").await;
	let mut browser = Browser::of(&running);
	for path in ["/login", "/login/callback", "/session"] {
		assert_eq!(told(&browser.get(path).await), (404, "not-found".into()));
	}
	assert_eq!(told(&browser.send("POST", "/logout", None, &[]).await), (404, "not-found".into()));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
	fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
		self.0.lock().unwrap().extend_from_slice(bytes);
		Ok(bytes.len())
	}

	fn flush(&mut self) -> std::io::Result<()> {
		Ok(())
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_login_reaches_the_log() {
	let log = Log::default();
	let writer = log.clone();
	let subscriber = tracing_subscriber::fmt()
		.with_max_level(tracing::Level::TRACE)
		.with_writer(move || writer.clone())
		.finish();
	// For the whole program: nobody else here sets one.
	tracing::subscriber::set_global_default(subscriber).unwrap();
	let (_node, provider, running) = house().await;
	let mut secrets = vec![SECRET.to_owned(), "a-subject-of-this-test".into()];
	provider.change(|world| world.claims = json!({ "groups": ["clinicians"] }));
	let mut browser = signed_in(&running, &provider, "a-subject-of-this-test").await;
	secrets.extend(browser.cookies.values().cloned());
	secrets.extend(browser.guard.clone());
	browser.post("/fetch", json!({ "url": "http://127.0.0.1:9", "custodian": 5, "record": "Observation/1", "purpose": "Treat" })).await;
	provider.change(|world| world.how = How::Broken);
	let mut refused = Browser::of(&running);
	let query = refused.visit_provider().await;
	secrets.extend(refused.cookies.values().cloned());
	assert_eq!(told(&refused.back(&query).await), (502, "id-token-signature".into()));
	provider.change(|world| world.status = Some(503));
	refused.get("/login").await;
	refused.back(&query).await;
	secrets.extend(provider.world().issued.clone());
	let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
	assert!(text.contains("id-token-signature"), "what is refused is logged by its code");
	assert!(secrets.len() > 8);
	for secret in secrets {
		// Of an ID token no part either.
		for part in secret.split('.').filter(|part| part.len() > 8) {
			assert!(!text.contains(part), "{part}");
		}
	}
}
