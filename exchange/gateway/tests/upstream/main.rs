//! What is new on the house's FHIR server is taken in, each version once, whatever the server does; and what is not there any more does
//! not leave. The server is one of these tests; a real one is in `real_server.rs`.

#[path = "../common/mod.rs"]
mod common;
mod real_server;

use common::{
	configured, doctor,
	fhir::{Fhir, Links, Trouble, BEGIN},
	linked,
	node::Node,
	result, secret, start, start_in, world, CUSTODIAN, PATIENT,
};
use salus_exchange_policy::SensitivityLabel;
use salus_gateway::{
	config::{Config, Upstream},
	gateway::Gateway,
	ingest::GONE_UPSTREAM,
	meters::Standing,
	store::State,
	upstream::{
		client::{ATTEMPTS, MAX_ANSWER},
		page::moment,
		poll::{Polled, Unpolled},
		Counts, Server, Unread,
	},
};
use serde_json::json;
use std::{path::Path, sync::Arc, time::Duration};
use tempfile::TempDir;

/// A folder of a gateway that reads this server, with these settings of `[upstream]`.
fn folder(node: &Node, fhir: &Fhir, settings: &str) -> TempDir {
	let more = format!("[upstream]\nurl = \"{}\"\n{settings}", fhir.url);
	configured(node, CUSTODIAN, &more)
}

/// A gateway that does not listen.
struct House {
	gateway: Arc<Gateway>,
	upstream: Upstream,
}

impl House {
	fn open(folder: &Path) -> Self {
		let config = Config::read_file(&folder.join("gateway.toml")).unwrap();
		assert_eq!(config.on_this_host(), []);
		let mut upstream = config.upstream.clone().unwrap();
		upstream.first_wait = Duration::from_millis(1);
		let gateway = Gateway::open(config).unwrap();
		assert!(gateway.link(&PATIENT, "p").unwrap());
		Self { gateway, upstream }
	}

	async fn poll(&self) -> Polled {
		let server = Server::new(&self.upstream).unwrap();
		self.gateway.poll(&server, &self.upstream).await
	}

	/// Polls without a fault: what was held, quarantined, known, and is gone.
	async fn polled(&self) -> [u64; 4] {
		let Polled { counts, failed } = self.poll().await;
		assert!(failed.is_empty(), "{failed:?}");
		let Counts { held, quarantined, known, refused, gone, unread } = counts;
		assert_eq!((refused, unread), (0, 0));
		[held, quarantined, known, gone]
	}

	/// Polls with one fault of the server.
	async fn fault(&self) -> Unread {
		match self.poll().await.failed.pop() {
			Some((_, Unpolled::Server(unread))) => unread,
			other => panic!("{other:?}"),
		}
	}

	fn state(&self, id: &str) -> Option<State> {
		self.gateway.store.current("Observation", id).unwrap().map(|found| found.state)
	}

	fn is_held(&self, id: &str) -> bool {
		matches!(self.state(id), Some(State::Held(_)))
	}

	fn is_gone(&self, id: &str) -> bool {
		matches!(self.state(id), Some(State::Quarantined { fault, .. }) if fault == GONE_UPSTREAM)
	}

	/// Those that are there, of `r0` to `r{count}`.
	fn held(&self, count: usize) -> usize {
		(0..count).filter(|at| self.is_held(&format!("r{at}"))).count()
	}
}

fn put_results(fhir: &Fhir, count: usize) {
	(0..count).for_each(|at| fhir.put(result(&format!("r{at}"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_taken_once_and_the_bytes_are_those_of_the_page() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 7);
	let folder = folder(&node, &fhir, "count = 3\n");
	let house = House::open(folder.path());
	let [held, ..] = house.polled().await;
	assert_eq!((held, house.held(7)), (7, 7));
	let [held, quarantined, known, gone] = house.polled().await;
	assert_eq!((held, quarantined, gone), (0, 0, 0));
	assert!(known >= 7, "{known}");
	// A changed one is a new version, a new one is new, and the others are known.
	fhir.put(json!({ "status": "amended", "resourceType": "Observation", "id": "r3", "subject": { "reference": "Patient/p" }, "code": result("r3")["code"], "category": result("r3")["category"] }));
	fhir.put(result("r7"));
	let [held, quarantined, ..] = house.polled().await;
	assert_eq!((held, quarantined), (2, 0));
	drop(house);
	let running = start_in(folder).await;
	let got = running.read(&doctor(), "Observation/r1").await;
	assert_eq!(got.status, 200);
	let text = String::from_utf8(got.body).unwrap();
	// The server writes its pages with blanks, and a resource two levels deep.
	assert!(text.starts_with("{\n        \"") && text.ends_with("\n      }"), "{text}");
	let amended = running.read(&doctor(), "Observation/r3").await;
	assert_eq!(amended.json()["status"], "amended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_another_server_is_not_followed() {
	let (node, fhir, other) = (world().await, Fhir::start().await, Fhir::start().await);
	// All of one second, so that links are followed.
	fhir.change(|inner| inner.step = 0);
	put_results(&fhir, 7);
	let folder = folder(&node, &fhir, "count = 3\n");
	let house = House::open(folder.path());
	for to in [
		format!("{}/Observation?_offset=3", other.url),
		"http://127.0.0.1:1/fhir/Observation".into(),
		fhir.url.replace("http://", "http://user:password@") + "/Observation?_offset=3",
		fhir.url.replace("http://", "https://") + "/Observation?_offset=3",
	] {
		fhir.change(|inner| inner.links = Links::To(to));
		assert_eq!(house.fault().await, Unread::Elsewhere);
	}
	assert_eq!(other.requests(), [""; 0]);
	assert_eq!(house.held(7), 3, "what was on the first page is taken");
	fhir.change(|inner| inner.links = Links::Back);
	assert_eq!(house.fault().await, Unread::Circle);
	for moved in [format!("{}/Observation", other.url), "https://example.org/".into()] {
		fhir.troubles([Trouble::Moved(moved)]);
		assert_eq!(house.fault().await, Unread::Elsewhere);
	}
	assert_eq!(other.requests(), [""; 0]);
	fhir.change(|inner| inner.links = Links::Right);
	let within = "/fhir/Observation?_sort=_lastUpdated&_count=3";
	fhir.troubles([Trouble::Moved(within.into())]);
	let [held, ..] = house.polled().await;
	assert_eq!((held, house.held(7)), (4, 7));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_asked_again_and_nothing_else() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 2);
	let folder = folder(&node, &fhir, "");
	let mut house = House::open(folder.path());
	let attempts = usize::try_from(ATTEMPTS).unwrap();
	// It is well again after two faults, or after a page that breaks off.
	fhir.troubles([Trouble::Status(500), Trouble::Status(503), Trouble::Cut(400)]);
	let [held, ..] = house.polled().await;
	assert_eq!((held, fhir.searches("Observation").len()), (2, 4));
	for (trouble, times, fault) in [
		(Trouble::Status(500), attempts, Unread::Refused(500)),
		(Trouble::Status(400), 1, Unread::Refused(400)),
		(Trouble::Status(403), 1, Unread::Refused(403)),
		(Trouble::Body("<html>".into()), attempts, Unread::Malformed("it is no JSON object")),
		(
			Trouble::Body("{\"resourceType\":\"OperationOutcome\"}".into()),
			attempts,
			Unread::Malformed("it is no Bundle"),
		),
		(Trouble::Huge(MAX_ANSWER + 1), 1, Unread::TooLarge),
	] {
		fhir.troubles(std::iter::repeat_n(trouble, times));
		assert_eq!(house.fault().await, fault);
		assert_eq!(fhir.searches("Observation").len(), times, "{fault:?}");
	}
	house.upstream.timeout = Duration::from_millis(50);
	fhir.troubles(std::iter::repeat_n(Trouble::Silence, attempts));
	assert_eq!(house.fault().await, Unread::Unreachable("it took too long".into()));
	// On a machine that has much to do, some may not have reached it in that time.
	assert!(fhir.searches("Observation").len() <= attempts);
	fhir.change(|inner| inner.troubles.clear());
	// One type that cannot be read does not keep back the others.
	house.upstream.timeout = Duration::from_secs(30);
	fhir.put(json!({ "resourceType": "Patient", "id": "p" }));
	fhir.put(result("r2"));
	fhir.troubles([Trouble::Status(400)]);
	let polled = house.poll().await;
	assert_eq!((polled.counts.held, polled.failed.len()), (1, 1));
	assert_eq!(polled.failed[0].0, "Patient");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_what_it_is_asked_with_is_asked_once() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 1);
	let token = |folder: &TempDir| folder.path().join("fhir.token");
	let plain = folder(&node, &fhir, "");
	let path = plain.path().display().to_string();
	let file = plain.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(&file, text + &format!("token = \"{path}/fhir.token\"\n")).unwrap();
	let config = Config::read_file(&file).unwrap();
	let faults: Vec<String> = config.on_this_host().into_iter().map(|fault| fault.at).collect();
	assert_eq!(faults, ["upstream.token"], "the file is not there yet");
	secret(&token(&plain), "old\n");
	fhir.change(|inner| inner.authorization = Some("Bearer new".into()));
	let house = House::open(plain.path());
	assert_eq!(house.fault().await, Unread::Refused(401));
	assert_eq!(fhir.requests().len(), 1);
	// The token is read anew each time.
	secret(&token(&plain), "new\n");
	assert_eq!(house.polled().await[0], 1);

	let mut basic = house.upstream.clone();
	secret(&token(&plain), "user:pass:word");
	basic.credentials = salus_gateway::upstream::Credentials::Basic(token(&plain));
	fhir.change(|inner| inner.authorization = Some("Basic dXNlcjpwYXNzOndvcmQ=".into()));
	fhir.put(result("r1"));
	let server = Server::new(&basic).unwrap();
	assert_eq!(house.gateway.poll(&server, &basic).await.counts.held, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_between_two_pages_hides_nothing() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 9);
	// After the first page two of its resources change and one is deleted: with offsets, three others would be skipped.
	fhir.change(|inner| {
		inner.hooks.push_back(Some(Box::new(|inner| {
			inner.put(result("r0"));
			inner.put(result("r1"));
			inner.delete("Observation", "r2");
		})))
	});
	let folder = folder(&node, &fhir, "count = 3\n");
	let house = House::open(folder.path());
	let polled = house.polled().await;
	// Eight are there, two of them in two versions; the one that was deleted was taken, and is noticed.
	assert_eq!((polled[0], polled[3]), (11, 0));
	assert_eq!(house.held(9), 9);
	assert_eq!(house.polled().await[3], 1);
	assert!(house.is_gone("r2") && house.held(9) == 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_it_goes_on_where_it_was() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 10);
	let folder = folder(&node, &fhir, "count = 2\n");
	{
		let house = House::open(folder.path());
		// It breaks off at the fourth page.
		fhir.troubles([Trouble::None, Trouble::None, Trouble::None, Trouble::Status(400)]);
		assert_eq!(house.fault().await, Unread::Refused(400));
		assert!((1..10).contains(&house.held(10)));
	}
	fhir.requests();
	let house = House::open(folder.path());
	let before = house.held(10);
	let [held, _, _, gone] = house.polled().await;
	assert_eq!((usize::try_from(held).unwrap() + before, gone), (10, 0));
	let first = fhir.searches("Observation").remove(0);
	assert!(first.contains("_lastUpdated=ge"), "{first}");
	for at in 0..10 {
		let bytes = house.gateway.store.current("Observation", &format!("r{at}")).unwrap();
		assert!(matches!(bytes.unwrap().state, State::Held(_)));
	}
	assert_eq!(house.gateway.store.waiting().unwrap(), 10, "each is there once");
	// It asks for what is new since then, and not for all.
	house.polled().await;
	let searches = fhir.searches("Observation");
	let since = format!("ge{}", moment(BEGIN + 10 - 60));
	assert!(searches[0].contains(&since.replace(':', "%3A")), "{searches:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_sort_is_read_to_the_end() {
	let (node, fhir) = (world().await, Fhir::start().await);
	fhir.change(|inner| inner.sorts = false);
	// By id, which is not by time.
	for id in ["r5", "r3", "r1", "r0", "r2", "r4"] {
		fhir.put(result(id));
	}
	let folder = folder(&node, &fhir, "count = 2\n");
	let house = House::open(folder.path());
	assert_eq!((house.polled().await[0], house.held(6)), (6, 6));
	fhir.put(result("r6"));
	assert_eq!((house.polled().await[0], house.held(7)), (1, 7));
}

/// As the store in memory of Medplum: it gives as many as were asked for and a total, and no link to what is left.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_gives_no_links_is_read_to_the_end() {
	let (node, fhir) = (world().await, Fhir::start().await);
	fhir.change(|inner| inner.links = Links::None);
	put_results(&fhir, 7);
	let folder = folder(&node, &fhir, "count = 3\n");
	let mut house = House::open(folder.path());
	assert_eq!((house.polled().await[0], house.held(7)), (7, 7));
	// As many in one second as a page has, and one more: it is said that not all could be read, and none counts as gone.
	fhir.change(|inner| inner.step = 0);
	(7..11).for_each(|at| fhir.put(result(&format!("r{at}"))));
	assert_eq!(house.fault().await, Unread::NoLink);
	assert_eq!((house.held(7), house.held(11)), (7, 9));
	house.upstream.whole_every = Duration::ZERO;
	assert_eq!(house.fault().await, Unread::NoLink);
	assert_eq!(house.held(11), 9);
	house.upstream.count = 5;
	let [held, quarantined, _, gone] = house.polled().await;
	assert_eq!((held, quarantined, gone, house.held(11)), (2, 0, 0, 11));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_there_does_not_leave_and_may_come_back() {
	for has_history in [true, false] {
		let (node, fhir) = (world().await, Fhir::start().await);
		fhir.change(|inner| inner.history = has_history);
		put_results(&fhir, 4);
		let folder = folder(&node, &fhir, "count = 3\n");
		let mut house = House::open(folder.path());
		assert_eq!(house.polled().await[0], 4);
		fhir.change(|inner| inner.delete("Observation", "r1"));
		let [.., gone] = house.polled().await;
		assert_eq!(gone, u64::from(has_history), "a history tells it at once");
		house.upstream.whole_every = Duration::ZERO;
		let [.., gone] = house.polled().await;
		assert_eq!(gone, u64::from(!has_history), "and all that there is tells it at last");
		assert!(house.is_gone("r1") && house.held(4) == 3);
		let items = house.gateway.store.quarantined(0, 9).unwrap();
		assert_eq!(items.len(), 1);
		// Looking at it anew does not bring it back: it is not there.
		assert_eq!(house.gateway.again(items[0].number).unwrap(), Some(false));
		assert!(house.is_gone("r1"));
		assert_eq!(house.polled().await[3], 0, "it is noticed once");
		fhir.put(result("r1"));
		house.polled().await;
		assert!(house.is_held("r1"), "it is there again");
		// What was erased here does not come back, whatever the server has.
		assert!(house.gateway.erase("Observation", "r1").unwrap());
		fhir.put(result("r1"));
		let Polled { counts, failed } = house.poll().await;
		assert_eq!((counts.refused, failed.len()), (1, 0));
		assert_eq!(house.state("r1"), Some(State::Erased));
		assert_eq!(house.poll().await.counts.refused, 0, "and it is tried once");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_makes_no_new_version_is_noticed_when_all_is_read() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 2);
	let folder = folder(&node, &fhir, "");
	let mut house = House::open(folder.path());
	assert_eq!(house.polled().await[0], 2);
	let security =
		json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }]);
	fhir.change(|inner| inner.label("Observation", "r0", security));
	house.upstream.whole_every = Duration::ZERO;
	assert_eq!(house.polled().await[0], 1);
	let Some(State::Held(judged)) = house.state("r0") else { panic!() };
	assert_eq!(judged.labels.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_before_its_result_is_looked_at_again() {
	let (node, fhir) = (world().await, Fhir::start().await);
	let report = json!({
		"resourceType": "DiagnosticReport", "id": "d", "status": "final", "subject": { "reference": "Patient/p" }, "effectiveDateTime": "2026-03-01",
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB" }] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": "58410-2" }] },
		"result": [{ "reference": "Observation/r0" }],
	});
	fhir.put(report);
	let folder = folder(&node, &fhir, "");
	let house = House::open(folder.path());
	assert_eq!(house.polled().await, [0, 1, 0, 0]);
	fhir.put(result("r0"));
	assert_eq!(house.polled().await[0], 1);
	let found = house.gateway.store.current("DiagnosticReport", "d").unwrap().unwrap();
	assert!(matches!(found.state, State::Held(_)), "{:?}", found.state);
	// What is said of a page is said of each resource on it.
	fhir.change(|inner| inner.bundle_meta = Some(json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] })));
	fhir.put(result("r1"));
	house.polled().await;
	let Some(State::Held(judged)) = house.state("r1") else { panic!() };
	assert_eq!(judged.labels.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_runs_reads_by_itself_if_it_is_told_to() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 2);
	let folder = folder(&node, &fhir, "ingest = true\nevery = 10\n");
	drop(House::open(folder.path()));
	let running = start_in(folder).await;
	let metrics = loop {
		let got = running.faces.house("/metrics").await;
		let text = String::from_utf8(got.body).unwrap();
		if text.contains("salus_gateway_upstream_total{outcome=") {
			break text;
		}
		tokio::task::yield_now().await;
	};
	assert!(metrics.contains("salus_gateway_upstream_total{outcome=\"failed\"} 0"), "{metrics}");
	assert!(!metrics.contains("r0"));
	assert_eq!(running.read(&doctor(), "Observation/r1").await.status, 200);
	assert!(fhir.requests().iter().all(|request| request.starts_with("GET ")));
}

/// One that is not handed out by itself keeps from no other that it is noticed, and is asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn a_resource_that_cannot_be_read_by_itself_does_not_end_the_search_for_others() {
	for (status, has_history) in [(403, true), (403, false), (500, true), (500, false)] {
		let (node, fhir) = (world().await, Fhir::start().await);
		fhir.change(|inner| inner.history = has_history);
		put_results(&fhir, 5);
		let folder = folder(&node, &fhir, "count = 3\n");
		let mut house = House::open(folder.path());
		assert_eq!(house.polled().await[0], 5);
		fhir.change(|inner| {
			for id in ["r1", "r2", "r3"] {
				inner.delete("Observation", id);
			}
			inner.denied.insert("r1".into(), status);
		});
		if !has_history {
			house.upstream.whole_every = Duration::ZERO;
		}
		let Polled { counts, failed } = house.poll().await;
		assert!(failed.is_empty(), "{failed:?}");
		assert_eq!((counts.gone, counts.unread), (2, 1), "{status} {has_history}");
		assert!(house.is_gone("r2") && house.is_gone("r3") && house.is_held("r1"));
		house.upstream.whole_every = Duration::from_secs(100_000);
		// It is asked for each time, and once each time.
		fhir.requests();
		let Polled { counts, .. } = house.poll().await;
		assert_eq!((counts.gone, counts.unread), (0, 1));
		let asked = fhir.requests();
		assert!(asked.iter().any(|each| each.ends_with("/r1")), "{asked:?}");
		fhir.change(|inner| inner.denied.clear());
		let Polled { counts, .. } = house.poll().await;
		assert_eq!((counts.gone, counts.unread), (1, 0));
		assert!(house.is_gone("r1"));
		let metrics = house.gateway.meters.text(&Standing::default());
		assert!(metrics.contains("salus_gateway_upstream_total{outcome=\"unread\"} 2\n"));
	}
}

/// The server labels what it hands out in the page around it alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_label_of_the_page_that_makes_no_new_version_is_noticed_when_all_is_read() {
	let (node, fhir) = (world().await, Fhir::start().await);
	put_results(&fhir, 2);
	let folder = folder(&node, &fhir, "");
	let mut house = House::open(folder.path());
	assert_eq!(house.polled().await[0], 2);
	let system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
	fhir.change(|inner| {
		inner.bundle_meta = Some(json!({ "security": [{ "system": system, "code": "HIV" }] }));
	});
	house.upstream.whole_every = Duration::ZERO;
	house.polled().await;
	for id in ["r0", "r1"] {
		let Some(State::Held(judged)) = house.state(id) else { panic!("{id}") };
		assert_eq!(judged.labels, [SensitivityLabel::Hiv].into(), "{id}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_tells_is_looked_at_at_once_and_nothing_that_it_sends_is_believed() {
	const NOTIFY: &str = "a-token-of-the-server-that-is-long-enough";
	let (node, fhir) = (world().await, Fhir::start().await);
	let tokens = tempfile::tempdir().unwrap();
	let file = tokens.path().join("notify.token");
	secret(&file, NOTIFY);
	let more = format!(
		"[upstream]\nurl = \"{}\"\ningest = true\nevery = 86400\nnotify = \"{}\"\n",
		fhir.url,
		file.display()
	);
	put_results(&fhir, 1);
	let hospital = linked(&node, &more).await;
	let is_there = |id: &str| hospital.gateway.store.current("Observation", id).unwrap().is_some();
	let until = |id: &'static str| async move {
		let begun = std::time::Instant::now();
		while !is_there(id) {
			assert!(begun.elapsed().as_secs() < 60, "{id}");
			tokio::time::sleep(Duration::from_millis(20)).await;
		}
	};
	// The first look is at the start, and the next would be tomorrow.
	until("r0").await;
	let tell = |path: &str, token: &str, body: String| {
		let url = format!("{}/upstream/changed{path}", hospital.faces.inside);
		let request = match path.is_empty() {
			true => hospital.faces.client().post(url),
			false => hospital.faces.client().put(url),
		};
		hospital.faces.send(request.bearer_auth(token).body(body))
	};
	// What is sent is of a resource that the server does not have.
	let invented = result("invented").to_string();
	for token in [common::TOKEN, "another-token-that-is-long-enough-too", ""] {
		let got = tell("", token, invented.clone()).await.unwrap();
		assert_eq!((got.status, got.code().as_str()), (401, "token"));
	}
	fhir.put(result("r1"));
	assert_eq!(tell("", NOTIFY, String::new()).await.unwrap().status, 200);
	until("r1").await;
	fhir.put(result("r2"));
	assert_eq!(tell("/Observation/invented", NOTIFY, invented).await.unwrap().status, 200);
	until("r2").await;
	assert!(!is_there("invented"));
	// That token is for nothing else.
	let house = format!("{}/quarantine", hospital.faces.inside);
	let got =
		hospital.faces.send(hospital.faces.client().get(house).bearer_auth(NOTIFY)).await.unwrap();
	assert_eq!(got.status, 401);
	let text = String::from_utf8(hospital.faces.house("/metrics").await.body).unwrap();
	assert!(text.contains("salus_gateway_upstream_notified_total 2\n"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_for_it_a_server_tells_nothing() {
	let (node, fhir) = (world().await, Fhir::start().await);
	let more = format!("[upstream]\nurl = \"{}\"\n", fhir.url);
	let hospital = start(&node, CUSTODIAN, &more).await;
	let url = format!("{}/upstream/changed", hospital.faces.inside);
	let request = hospital.faces.client().post(url).bearer_auth(common::TOKEN);
	assert_eq!(hospital.faces.send(request).await.unwrap().status, 401);
}

/// A discharge summary of the patient `p`, with something attached.
fn letter(id: &str, url: &str) -> serde_json::Value {
	json!({
		"resourceType": "DocumentReference", "id": id, "status": "current", "subject": { "reference": "Patient/p" },
		"type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
		"content": [{ "attachment": { "contentType": "text/plain", "url": url } }],
	})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_documents_have_attached_is_taken_with_them_and_asked_for_by_itself() {
	let (node, fhir) = (world().await, Fhir::start().await);
	let folder = folder(&node, &fhir, "");
	for id in ["b", "c", "unnamed"] {
		fhir.put(
			json!({ "resourceType": "Binary", "id": id, "contentType": "text/plain", "data": "aGk=" }),
		);
	}
	fhir.put(letter("d", "Binary/b"));
	fhir.put(letter("e", &format!("{}/Binary/c", fhir.url)));
	fhir.put(letter("f", "Binary/none"));
	fhir.put(letter("g", "https://elsewhere.example/fhir/Binary/other"));
	let house = House::open(folder.path());
	assert_eq!(house.polled().await, [6, 0, 0, 0]);
	let asked = |requests: Vec<String>| {
		let asked = requests.into_iter().filter(|request| request.contains("/Binary/"));
		asked.collect::<Vec<_>>()
	};
	let all = ["b", "c", "none"].map(|id| format!("GET /fhir/Binary/{id}"));
	let mut first = asked(fhir.requests());
	first.sort();
	assert_eq!(first, all);
	for id in ["b", "c"] {
		let found = house.gateway.store.current("Binary", id).unwrap().unwrap();
		assert!(matches!(found.state, State::Held(_)) && found.patient == Some(PATIENT), "{id}");
	}
	assert!(house.gateway.store.current("Binary", "unnamed").unwrap().is_none());
	// What is here is not asked for again.
	assert_eq!(house.polled().await, [0, 0, 4, 0]);
	assert!(asked(fhir.requests()).iter().all(|request| request.ends_with("/none")));
	// One that was changed is noticed when all is read, and so is one that is gone, or is there again.
	let binary = |id: &str, data: &str| json!({ "resourceType": "Binary", "id": id, "contentType": "text/plain", "data": data });
	let of = |id: &str| house.gateway.store.current("Binary", id).unwrap().unwrap();
	let (changed, gone) = (of("b"), of("c"));
	fhir.put(binary("b", "Ynll"));
	fhir.change(|inner| inner.delete("Binary", "c"));
	let mut all = House { gateway: house.gateway.clone(), upstream: house.upstream.clone() };
	all.upstream.whole_every = Duration::ZERO;
	let polled = all.poll().await;
	assert_eq!((polled.counts.held, polled.counts.gone, polled.failed.len()), (1, 1, 0));
	assert_eq!((of("b").version, of("c").number), (changed.version + 1, gone.number));
	assert!(matches!(of("b").state, State::Held(_)));
	assert!(matches!(of("c").state, State::Quarantined { fault, .. } if fault == GONE_UPSTREAM));
	fhir.put(binary("c", "aGk="));
	let polled = all.poll().await;
	assert_eq!((polled.counts.gone, polled.failed.len()), (0, 0));
	assert!(matches!(of("c").state, State::Held(_)), "{:?}", of("c").state);
	// With a new version of its document it is asked for at once.
	fhir.requests();
	let mut document = letter("d", "Binary/b");
	document["description"] = json!("once more");
	fhir.put(document);
	fhir.put(binary("b", "QWdhaW4="));
	let polled = house.poll().await;
	assert_eq!((polled.counts.held, polled.failed.len()), (2, 0));
	assert!(asked(fhir.requests()).contains(&"GET /fhir/Binary/b".to_owned()));
	// What is in it, in the place of a Binary, is none.
	fhir.put(json!({ "resourceType": "Binary", "id": "h", "data": "aGk=" }));
	fhir.put(letter("i", "Binary/h"));
	fhir.change(|inner| inner.denied.insert("h".into(), 403));
	let polled = house.poll().await;
	assert_eq!((polled.counts.held, polled.counts.unread, polled.failed.len()), (1, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_that_never_comes_keeps_nothing_else_back() {
	let (node, fhir) = (world().await, Fhir::start().await);
	let folder = folder(&node, &fhir, "types = [\"DocumentReference\"]\n");
	let mut house = House::open(folder.path());
	house.upstream.timeout = Duration::from_secs(2);
	for id in ["a", "b", "c", "d", "e"] {
		fhir.put(json!({ "resourceType": "Binary", "id": id, "data": "aGk=" }));
		fhir.put(letter(&format!("of-{id}"), &format!("Binary/{id}")));
	}
	// The page of documents comes, and then nothing more than three times.
	fhir.troubles([Trouble::None, Trouble::Silence, Trouble::Silence, Trouble::Silence]);
	let polled = house.poll().await;
	assert_eq!((polled.counts.held, polled.counts.unread, polled.failed.len()), (5, 3, 0));
	let requests = fhir.requests().into_iter().filter(|request| request.contains("/Binary/"));
	assert_eq!(requests.count(), 3, "each once, and then no more in this look");
	// The next time all is well.
	house.upstream.timeout = Duration::from_secs(30);
	let polled = house.poll().await;
	assert_eq!((polled.counts.held, polled.counts.unread, polled.failed.len()), (5, 0, 0));
}

/// A server that lets itself be searched for Binaries has rounds of these, which are others than those of documents.
#[tokio::test(flavor = "multi_thread")]
async fn a_binary_that_is_gone_is_noticed_by_a_search_for_binaries_too() {
	let (node, fhir) = (world().await, Fhir::start().await);
	let folder = folder(&node, &fhir, "types = [\"DocumentReference\"]\n");
	fhir.put(json!({ "resourceType": "Binary", "id": "b", "data": "aGk=" }));
	fhir.put(letter("d", "Binary/b"));
	let mut house = House::open(folder.path());
	house.upstream.whole_every = Duration::ZERO;
	for _ in 0..3 {
		assert_eq!(house.poll().await.failed.len(), 0);
	}
	fhir.change(|inner| inner.delete("Binary", "b"));
	house.upstream.types = vec!["Binary".into()];
	let polled = house.poll().await;
	assert_eq!((polled.counts.gone, polled.failed.len()), (1, 0));
}
