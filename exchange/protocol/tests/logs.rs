//! Access logs: the vectors, and what else is no entry.

mod shared;

use salus_exchange_protocol::{
	event::{Access, Event, Outcome, Summary, AUTHENTICATION_FAILURES},
	json::{JsonFault, Part},
	log::{verify_log, Broken, Chain, Line, LineFault, GENESIS_OF_LOG, MAX_LINE},
};
use shared::{list, text, vectors};

fn lines(log: &serde_json::Value) -> Vec<Line> {
	let lines = log["lines"].as_array().unwrap();
	lines.iter().map(|line| Line::read(line.as_str().unwrap().as_bytes()).unwrap()).collect()
}

#[test]
fn a_log_holds_or_breaks_where_the_client_says() {
	let vectors = vectors("exchange/log.json");
	let (mut whole, mut broken) = (0, 0);
	for log in list(&vectors, "logs") {
		let found = verify_log(&lines(log)).map(|chain| chain.length()).map_err(|Broken { at }| at);
		let expected = log["brokenAt"].as_u64();
		assert_eq!(found.err(), expected, "{}", text(log, "name"));
		*if expected.is_some() { &mut broken } else { &mut whole } += 1;
	}
	assert!(whole >= 4 && broken >= 10);
}

#[test]
fn what_is_written_here_is_what_the_client_writes() {
	let vectors = vectors("exchange/log.json");
	let log = list(&vectors, "logs")
		.iter()
		.find(|log| text(log, "name") == "every kind of entry")
		.unwrap();
	let mut chain = Chain::default();
	assert_eq!(chain.last(), GENESIS_OF_LOG);
	for (line, theirs) in lines(log).iter().zip(list(log, "lines")) {
		assert_eq!(line.to_text(), theirs.as_str().unwrap(), "an entry is written as it was read");
		let event = line.event().unwrap();
		let ours = chain.next(&event).unwrap();
		// The client keeps a hash in the spelling in which it came; here they are all in lower case.
		if theirs.as_str().unwrap().contains("0xABAB") {
			assert!(ours.has_its_hash());
		} else {
			assert_eq!(ours.hash(), line.hash(), "{theirs}");
			assert_eq!(ours.get("hash"), line.get("hash"));
		}
		assert_eq!(ours.event().unwrap(), event);
		chain.follow(line).unwrap();
		assert_eq!(chain.last(), line.hash());
	}
	assert_eq!(chain.length(), 11);
}

#[test]
fn an_event_that_the_client_does_not_write_is_refused_by_the_same_name() {
	let vectors = vectors("exchange/log.json");
	for case in list(&vectors, "refused") {
		let (name, document) = (text(case, "name"), text(case, "event"));
		match Part::read(document.as_bytes(), MAX_LINE) {
			Ok(part) => assert_eq!(
				Event::from_part(&part).unwrap_err().argument,
				text(case, "argument"),
				"{name}"
			),
			// There are no such numbers in a log at all.
			Err(JsonFault::Malformed { why }) => {
				assert!(why.contains("floating point") && document.contains("1.5"), "{name}: {why}")
			},
			Err(fault) => panic!("{name}: {fault}"),
		}
	}
}

#[test]
fn entries_of_an_older_version_are_read_as_they_are_but_not_as_events() {
	let vectors = vectors("exchange/log.json");
	let log = list(&vectors, "logs")
		.iter()
		.find(|log| text(log, "name").starts_with("begun by a version"))
		.unwrap();
	let lines = lines(log);
	assert!(verify_log(&lines).is_ok());
	assert_eq!(lines[0].event().unwrap_err().argument, "requesterOrganisation");
}

#[test]
fn an_event_that_says_too_much_is_not_written() {
	let summary = |failures: &[(&str, u64)], since| {
		let failures = failures.iter().map(|(why, count)| (String::from(*why), *count)).collect();
		Event::Unauthenticated(Summary { time: 10, organisation: 1, since, failures })
	};
	let chain = Chain::default();
	assert!(chain.next(&summary(&[("signature", 1)], 10)).is_ok());
	for (event, argument) in [
		(summary(&[], 10), "failures"),
		(summary(&[("whim", 1)], 10), "failures"),
		(summary(&[("signature", 0)], 10), "failures.signature"),
		(summary(&[("signature", 1)], 11), "since"),
		(
			Event::Unauthenticated(Summary {
				time: 10,
				organisation: u32::MAX,
				since: 1,
				failures: vec![("silent".into(), 1)],
			}),
			"organisation",
		),
	] {
		assert_eq!(chain.next(&event).unwrap_err().argument, argument);
	}
	let vectors = vectors("exchange/log.json");
	let log = &list(&vectors, "logs")[1];
	let Event::Access(access) = lines(log)[0].event().unwrap() else { panic!("no access") };
	assert_eq!(access.outcome, Outcome::Released);
	type Change = fn(&mut Access);
	let changes: [(Change, &str); 5] = [
		(|event| event.record_id = "r".repeat(129), "recordId"),
		(|event| event.decision = "\u{1f600}".repeat(513), "decision"),
		(|event| event.time = 253_402_300_800, "time"),
		(|event| event.organisation = None, "organisation"),
		(|event| event.requester_organisation = Some(u32::MAX), "requesterOrganisation"),
	];
	for (change, argument) in changes {
		let mut wrong = access.clone();
		change(&mut wrong);
		assert_eq!(chain.next(&Event::Access(wrong)).unwrap_err().argument, argument);
	}
}

#[test]
fn each_reason_for_which_strangers_are_counted_is_among_the_vectors() {
	let vectors = vectors("exchange/log.json");
	let log = &list(&vectors, "logs")[1];
	let all = lines(log)
		.iter()
		.filter_map(|line| match line.event() {
			Ok(Event::Unauthenticated(summary)) => Some(summary.failures),
			_ => None,
		})
		.max_by_key(Vec::len)
		.unwrap();
	assert_eq!(
		all.iter().map(|(why, _)| why.as_str()).collect::<Vec<_>>(),
		AUTHENTICATION_FAILURES
	);
}

#[test]
fn what_is_no_line_is_refused() {
	for line in [
		"",
		"{",
		"7",
		"[]",
		"null",
		"{\"a\":1,\"a\":1}",
		"{\"a\":1.5}",
		"{\"a\":-0}",
		"{\"a\":1e3}",
		"{\"a\":9007199254740992}",
		"{\"a\":-9007199254740992}",
		"{\"a\":{\"b\":1,\"b\":2}}",
		"{\"a\":{\"7\":1}}",
		"{\"a\":\"\\ud800\"}",
		"{} {}",
	] {
		assert!(Line::read(line.as_bytes()).is_err(), "{line}");
	}
	assert!(Line::read(b"{\"a\":9007199254740991}").is_ok());
	assert_eq!(Line::read(b"[]"), Err(LineFault::NoObject));
	assert_eq!(
		Line::read(&vec![b' '; MAX_LINE + 1]),
		Err(LineFault::Json(JsonFault::TooLarge { most: MAX_LINE }))
	);
	let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
	assert!(matches!(
		Line::read(deep.as_bytes()),
		Err(LineFault::Json(JsonFault::Malformed { .. }))
	));
}
