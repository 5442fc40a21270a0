//! A provider that nobody here wrote: `oidc-provider` of npm, beside which `scripts/identity-provider.sh` runs this.

use super::{
	browser::{header, told, Browser},
	common::{configured, secret, start_in, world, CUSTODIAN},
};
use serde_json::json;
use std::{collections::BTreeMap, fs};

/// A browser's dealings with the provider's own pages, which ask for a name and for consent.
struct Pages {
	client: reqwest::Client,
	cookies: BTreeMap<String, String>,
}

impl Pages {
	async fn send(&mut self, request: reqwest::RequestBuilder) -> (u16, Option<String>, String) {
		let cookies: Vec<_> =
			self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
		let response = request.header("cookie", cookies.join("; ")).send().await.unwrap();
		for value in response.headers().get_all("set-cookie") {
			let pair = value.to_str().unwrap().split(';').next().unwrap();
			let (name, value) = pair.split_once('=').unwrap();
			self.cookies.insert(name.into(), value.into());
		}
		let location = response.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
		(response.status().as_u16(), location, response.text().await.unwrap())
	}

	/// Signs in as somebody, and gives where the provider sends the browser.
	async fn through(&mut self, issuer: &str, start: &str, name: &str, back: &str) -> String {
		let mut at = start.to_owned();
		for _ in 0..12 {
			let (status, location, page) = self.send(self.client.get(&at)).await;
			if let Some(location) = location {
				if location.starts_with(back) {
					return location;
				}
				at = match location.strip_prefix('/') {
					Some(path) => format!("{issuer}/{path}"),
					None => location,
				};
				continue;
			}
			assert_eq!(status, 200, "{page}");
			let action = page.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
			let prompt =
				page.split("name=\"prompt\" value=\"").nth(1).unwrap().split('"').next().unwrap();
			let form = format!("prompt={prompt}&login={name}&password=any");
			let request = self
				.client
				.post(action)
				.header("content-type", "application/x-www-form-urlencoded")
				.body(form);
			let (status, location, page) = self.send(request).await;
			assert_eq!(status, 303, "{page}");
			at = location.unwrap();
		}
		panic!("the provider sends in a circle");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_signs_in_at_a_real_provider() {
	let Ok(issuer) = std::env::var("SALUS_OIDC") else {
		println!("not run: SALUS_OIDC is not set (scripts/identity-provider.sh)");
		return;
	};
	const BACK: &str = "https://inside.example/login/callback?";
	let node = world().await;
	// The provider signs by RS256 for the first client, by ES256 for the second.
	for client in ["rsa", "curve"] {
		let folder = configured(&node, CUSTODIAN, "");
		let file = folder.path().join("gateway.toml");
		let key = folder.path().join("login.secret");
		secret(&key, "a secret of these tests alone, which is long");
		let login = format!(
			"[login]\nissuer = \"{issuer}\"\nclient_id = \"{client}\"\nclient_secret = \"{}\"\nurl = \"https://inside.example\"\n\
			 [[login.staff]]\nvalue = \"officer\"\nroles = [\"privacy-officer\"]\n",
			key.display(),
		);
		fs::write(&file, fs::read_to_string(&file).unwrap() + &login).unwrap();
		let running = start_in(folder).await;
		let none = reqwest::redirect::Policy::none();
		let http = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
		for (name, status) in [("officer", 200), ("stranger", 403)] {
			let mut browser = Browser::of(&running);
			let mut pages = Pages { client: http.clone(), cookies: BTreeMap::new() };
			let begun = browser.get("/login").await;
			let answer = pages.through(&issuer, &header(&begun, "location"), name, BACK).await;
			let query = answer.strip_prefix(BACK).unwrap();
			assert!(query.contains("&iss="), "this provider names itself");
			let before = browser.clone();
			let got = browser.back(query).await;
			assert_eq!(got.status, status, "{client} {name} {got:?}");
			// The provider takes no code twice.
			assert_eq!(told(&before.clone().back(query).await), (401, "code-refused".into()));
			if status == 200 {
				let session = browser.session().await;
				assert_eq!(
					(&session["subject"], &session["roles"]),
					(&json!("officer"), &json!(["privacy-officer"]))
				);
				assert_eq!(browser.get("/quarantine").await.status, 200);
				let got = browser.post("/logout", json!({})).await;
				assert!(got.json()["provider"].as_str().unwrap().starts_with(&issuer));
			}
		}
	}
}
