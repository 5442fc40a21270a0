//! Whatever comes, each reader of the gateway gives a value or a fault: it does not panic, and what it takes it takes in one form. With
//! `SALUS_LONG=1` there are many more cases.

use crate::common::{configured, doctor, linked, result, start_in, world, CUSTODIAN, PATIENT};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use proptest::{
	collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner,
};
use salus_exchange_protocol::request::SignedRequest;
use salus_gateway::{
	config::Config,
	export,
	hl7::{
		message::Message,
		mllp::{acknowledgement, Answer},
		resources::mapped,
	},
	openings,
	search::Search,
	vault::{Kind, Vault},
};
use std::time::Duration;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
};

fn many(few: u32) -> ProptestConfig {
	let cases = if std::env::var_os("SALUS_LONG").is_some() { few * 100 } else { few };
	ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

const TOML: &str = "organisation = 3\ndata = \"/d\"\nvault_key = \"/k\"\n[outside]\nlisten = \"127.0.0.1:1\"\nurl = \"https://x\"\n[inside]\nlisten = \"127.0.0.1:2\"\ntoken = \"/t\"\n\
	[chain]\nnode = \"http://127.0.0.1:9944\"\ngenesis = \"0x1111111111111111111111111111111111111111111111111111111111111111\"\nkind = \"solo\"\n[limits]\nrate = 7\n[[label]]\nsystem = \"s\"\ncode = \"c\"\nlabels = []\n";

/// A text with some of its characters left out, doubled, or others in their place.
fn changed(text: &'static str) -> impl Strategy<Value = String> {
	let chars: Vec<char> = text.chars().collect();
	vec((0..chars.len(), 0..3_u8, any::<char>()), 1..6).prop_map(move |changes| {
		let mut chars: Vec<Option<Vec<char>>> = chars.iter().map(|c| Some(vec![*c])).collect();
		for (at, how, other) in changes {
			let old = chars[at].take().unwrap_or_default();
			chars[at] = match how {
				0 => None,
				1 => Some([old.clone(), old].concat()),
				_ => Some(vec![other]),
			};
		}
		chars.into_iter().flatten().flatten().collect()
	})
}

/// Lines of the words of HL7 v2, with its separators where they belong and where they do not.
fn hl7() -> impl Strategy<Value = String> {
	let word = select(vec![
		"",
		"1",
		"R01",
		"ORU",
		"ORU^R01",
		"MDM^T02",
		"ADT^A01",
		"ADT^A08",
		"ADT^A40",
		"p^^^H^MR",
		"a~b~c",
		"718-7^Hb^LN",
		"NM",
		"ED",
		"TX",
		"7.10",
		"20260301",
		"20261399",
		"mmol/L^^UCUM",
		"F",
		"P",
		"\\",
		"\\X",
		"\\XFF\\",
		"\\F\\",
		"\"\"",
		"^",
		"~",
		"&",
		"|||",
		"^^^^",
		"é",
		"\u{1f600}",
		"AP^^^Base64^AAAA",
		"8859/1",
		"UNICODE UTF-8",
		"R",
		"HIV",
		"\u{0}",
	]);
	let name =
		select(vec!["MSH", "PID", "PV1", "OBR", "OBX", "ORC", "TXA", "MRG", "NTE", "ZZZ", ""]);
	let line =
		(name, vec(word, 0..26)).prop_map(|(name, words)| format!("{name}|{}", words.join("|")));
	let kind = select(vec![
		"ORU^R01",
		"ORU^R01^ORU_R01",
		"MDM^T02",
		"ADT^A01",
		"ADT^A08",
		"ADT^A40",
		"XXX",
		"",
	]);
	(kind, vec(line, 0..12)).prop_map(|(kind, lines)| {
		format!(
			"MSH|^~\\&|LAB|H|GW|H|20260301||{kind}|42|P|2.5\rPID|1||p^^^H^MR\r{}\r",
			lines.join("\r")
		)
	})
}

fn read_message(bytes: &[u8]) {
	let Ok(message) = Message::read(bytes) else { return };
	let answer = Answer { code: "AR", why: "a|b".into() };
	// What is answered is a message, whatever was asked.
	let bytes = acknowledgement(Some(&message), &answer, u64::MAX);
	let framed = bytes.strip_prefix(&[0x0B]).unwrap().strip_suffix(&[0x1C, 0x0D]).unwrap();
	let again = Message::read(framed).unwrap();
	assert_eq!(again.segments.len(), 2, "{}", String::from_utf8_lossy(framed));
	if let Ok(mapped) = mapped(&message) {
		for resource in mapped.resources {
			let bytes = resource.canonical();
			assert_eq!(salus_exchange_protocol::fhir::read(&bytes).unwrap().canonical(), bytes);
		}
	}
}

proptest! {
	#![proptest_config(many(256))]

	#[test]
	fn any_configuration_is_read_or_has_faults(text in changed(TOML)) {
		if let Err(faults) = Config::read(&text) {
			prop_assert!(!faults.0.is_empty() && !faults.to_string().is_empty());
		}
	}

	#[test]
	fn any_text_is_a_configuration_or_has_faults(text in ".{0,200}") {
		prop_assert!(Config::read(&text).is_err());
	}

	#[test]
	fn any_query_is_read_in_one_form_or_refused(names in vec((select(vec!["patient", "_id", "code", "category", "date", "_lastUpdated", "_count", "_cursor", "_type", "x", "_include", ""]),
		select(vec!["0x1111111111111111111111111111111111111111111111111111111111111111", "a", "ge2026-02-30", "2026", "ge9999-12-31", "lt0000", "%", "%ff", "a|b,|,", "7", "-1", "%26", "é", ""])), 0..8)) {
		let query: Vec<String> = names.iter().map(|(name, value)| format!("{name}={value}")).collect();
		let query = query.join("&");
		if let Ok(search) = Search::read("Observation", &query) {
			let again = Search::read("Observation", &search.rest).unwrap();
			prop_assert_eq!((again.wanted, again.rest), (search.wanted, search.rest));
		}
		let _ = export::Wanted::read(&query);
	}

	#[test]
	fn any_text_is_a_query_or_refused(text in ".{0,120}") {
		let _ = Search::read("Observation", &text);
		let _ = export::Wanted::read(&text);
		let _ = openings::read_header(&text);
	}

	#[test]
	fn any_bytes_are_openings_in_one_form_or_none(bytes in vec(any::<u8>(), 0..120), hex in "[0-9a-f]{0,160}", number in any::<i64>()) {
		let _ = openings::read_header(&URL_SAFE_NO_PAD.encode(&bytes));
		let json = format!("[{{\"sealed\":{number},\"opening\":\"0x{hex}\"}}]");
		if let Some(openings) = openings::read_header(&URL_SAFE_NO_PAD.encode(json)) {
			prop_assert_eq!(openings::read_header(&openings::header(&openings)), Some(openings));
		}
	}

	#[test]
	fn any_bytes_are_a_message_of_hl7_or_none(bytes in vec(any::<u8>(), 0..200)) {
		read_message(&bytes);
		read_message(&[b"MSH|^~\\&|".as_slice(), &bytes].concat());
		read_message(&[b"MSH|^~\\&||||||||||||||||8859/1\r".as_slice(), &bytes].concat());
	}

	#[test]
	fn any_message_of_the_words_of_hl7_becomes_resources_or_none(text in hl7()) {
		read_message(text.as_bytes());
	}

	#[test]
	fn any_bytes_are_no_cursor(bytes in vec(any::<u8>(), 0..80), name in vec(any::<u8>(), 0..40)) {
		prop_assert!(Vault::new(&[7; 32]).open(Kind::Cursor, &name, &bytes).is_err());
	}
}

/// How often something is tried against a gateway that listens.
fn tries(few: usize) -> usize {
	if std::env::var_os("SALUS_LONG").is_some() {
		few * 20
	} else {
		few
	}
}

fn sampled<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
	strategy.new_tree(runner).unwrap().current()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_was_changed_is_refused_and_so_is_somebody_elses() {
	let node = world().await;
	let running = linked(&node, "[limits]\nrate = 100000\n").await;
	for at in 0..3 {
		running.faces.ingest(&result(&format!("r{at}"))).await;
	}
	let query = format!("patient={PATIENT}&_count=1");
	let page = running.search(&doctor(), "Observation", &query).await.json();
	let next =
		page["link"][1]["url"].as_str().unwrap().split_once("_cursor=").unwrap().1.to_owned();
	let ask = |who: crate::common::Person, cursor: String| {
		let (running, query) = (&running, format!("{query}&_cursor={cursor}"));
		async move { running.search(&who, "Observation", &query).await }
	};
	assert_eq!(ask(doctor(), next.clone()).await.status, 200);
	let mut runner = TestRunner::default();
	let changes = (0..next.len(), select(b"ABab01-_%".to_vec()));
	for _ in 0..tries(50) {
		let (at, with) = sampled(&changes, &mut runner);
		let mut bytes = next.clone().into_bytes();
		if bytes[at] == with {
			continue;
		}
		bytes[at] = with;
		let cursor = String::from_utf8(bytes).unwrap();
		let got = ask(doctor(), cursor.clone()).await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"), "{cursor}");
	}
	let colleague = crate::common::Person::new(77, Some(crate::common::CLINIC));
	node.change(|world| {
		world.members.insert((crate::common::CLINIC, colleague.account()));
	});
	let got = ask(colleague, next.clone()).await;
	assert_eq!((got.status, got.code().as_str()), (400, "search"));
	let other = format!("patient={PATIENT}&_count=2&_cursor={next}");
	assert_eq!(running.search(&doctor(), "Observation", &other).await.code(), "search");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_request_that_was_changed_is_refused() {
	let node = world().await;
	let running = linked(&node, "[limits]\nrate = 100000\n").await;
	running.faces.ingest(&result("r0")).await;
	let header = doctor().signed(CUSTODIAN, "Observation/r0", running.genesis());
	let signed = URL_SAFE_NO_PAD.decode(&header).unwrap();
	let original = SignedRequest::read(&signed).unwrap();
	let mut runner = TestRunner::default();
	let (json, text) =
		((0..signed.len(), any::<u8>()), (0..header.len(), select(b"ABYZabyz0189-_=~".to_vec())));
	for at in 0..tries(100) {
		let sent = match at % 2 {
			0 => {
				let (at, with) = sampled(&json, &mut runner);
				let mut bytes = signed.clone();
				bytes[at] = with;
				URL_SAFE_NO_PAD.encode(bytes)
			},
			_ => {
				let (at, with) = sampled(&text, &mut runner);
				let mut bytes = header.clone().into_bytes();
				bytes[at] = with;
				String::from_utf8(bytes).unwrap()
			},
		};
		// Digits of a signature, or of an account, in upper case are the same ones.
		let said =
			|it: &SignedRequest| (it.request.message(&running.genesis()), it.signature.clone());
		let read =
			URL_SAFE_NO_PAD.decode(&sent).ok().and_then(|bytes| SignedRequest::read(&bytes).ok());
		if read.is_some_and(|read| said(&read) == said(&original)) {
			continue;
		}
		let got = running.faces.get("/fhir/Observation/r0", &sent).await.unwrap();
		assert_eq!(got.status, 401, "{sent}: {got:?}");
	}
	assert_eq!(running.faces.get("/fhir/Observation/r0", &header).await.unwrap().status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_bytes_over_mllp_are_answered_or_the_connection_ends() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "[hl7]\nlisten = \"127.0.0.1:0\"\n");
	let running = start_in(folder).await;
	let mut runner = TestRunner::default();
	let strategy = (hl7(), vec(any::<u8>(), 0..60), select(vec![0_u8, 1, 2, 3, 4]), 1..40_usize);
	for _ in 0..tries(40) {
		let (text, noise, how, step) = sampled(&strategy, &mut runner);
		let frame = match how {
			0 => [&[0x0B], text.as_bytes(), &[0x1C, 0x0D]].concat(),
			1 => [&[0x0B], noise.as_slice(), &[0x1C, 0x0D]].concat(),
			2 => [text.as_bytes(), &[0x1C, 0x0D]].concat(),
			3 => [&[0x0B, 0x0B], text.as_bytes(), &[0x1C], &noise, &[0x1C, 0x0D]].concat(),
			_ => noise,
		};
		let mut stream = TcpStream::connect(running.hl7.unwrap()).await.unwrap();
		for part in frame.chunks(step) {
			let _ = stream.write_all(part).await;
		}
		let _ = stream.shutdown().await;
		let mut answer = Vec::new();
		// A connection that is reset has ended too.
		let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer));
		let _ = read.await.expect("it hangs");
		if how == 0 {
			assert!(
				answer.windows(4).any(|it| it == b"MSA|"),
				"{text}: {}",
				String::from_utf8_lossy(&answer)
			);
		}
	}
	// Others are answered all the while.
	assert_eq!(running.faces.anybody("/healthz").await.status, 200);
}
