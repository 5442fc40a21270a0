//! Who sends what is no request, sends it slowly, or sends too much, is refused in words, and costs the program a bounded part of its memory. The
//! program runs by itself, so that its memory is its own.

mod common;
#[path = "common/program.rs"]
mod program;

use common::{
	configured, doctor,
	node::{Grant, Node, ALWAYS},
	others, result, world, Person, CLINIC, CUSTODIAN, PATIENT, TOKEN,
};
use program::Program;
use serde_json::json;
use std::{
	collections::BTreeSet,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpSocket, TcpStream},
	time::{sleep, timeout},
};

const MIB: u64 = 1 << 20;
/// How many connections are opened at once, where so many may be.
const MANY: usize = 1_000;
/// The limit of the program.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Only what hangs takes so long, on however busy a machine.
const LONG: Duration = Duration::from_secs(600);

fn started(node: &Node) -> Program {
	Program::of(configured(node, CUSTODIAN, ""))
}

/// Memory in bytes: `VmRSS` now, `VmHWM` at most.
fn memory(program: &Program, which: &str) -> u64 {
	let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
	let line = status.lines().find_map(|line| line.strip_prefix(which)).unwrap();
	line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1_024
}

async fn is_well(program: &Program) {
	let got = timeout(LONG, program.faces.anybody("/healthz")).await.unwrap();
	assert_eq!(got.status, 200);
}

/// Sends bytes as they are, and reads until the other end closes.
async fn raw(address: &str, bytes: &[u8]) -> String {
	let mut stream = TcpStream::connect(address).await.unwrap();
	// It may be closed before all is sent.
	let _ = stream.write_all(bytes).await;
	rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> String {
	let mut out = Vec::new();
	let mut buffer = [0; 4_096];
	// A connection that is reset has ended too.
	while let Ok(count @ 1..) = timeout(LONG, stream.read(&mut buffer)).await.expect("it hangs") {
		out.extend(&buffer[..count]);
	}
	String::from_utf8_lossy(&out).into_owned()
}

fn status(answer: &str) -> u16 {
	answer.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_request_is_refused_and_never_a_failure() {
	let node = world().await;
	let program = started(&node);
	let header = doctor().signed(CUSTODIAN, "Observation/r0", node.genesis());
	let asked = |line: &str, more: &str| {
		format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Salus-Signed {header}\r\n{more}\r\n").into_bytes()
	};
	let cases: Vec<(&str, Vec<u8>, &[u16])> = vec![
		("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n".to_vec(), &[400]),
		("an unknown version", b"GET / HTTP/9.9\r\n\r\n".to_vec(), &[400, 505]),
		("a method that is none", b"G@T / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), &[400]),
		("a space in a header's name", b"GET / HTTP/1.1\r\nho st: x\r\n\r\n".to_vec(), &[400]),
		("two lengths", asked("GET /healthz", "content-length: 1\r\ncontent-length: 2\r\n"), &[400]),
		("a length that is none", asked("GET /healthz", "content-length: -1\r\n"), &[400]),
		("a length and chunks", asked("POST /healthz", "content-length: 3\r\ntransfer-encoding: chunked\r\n"), &[400, 405, 413]),
		("UTF-8 that is none, in a path", asked("GET /fhir/Observation/%ff", ""), &[400]),
		("UTF-8 that is none, in a type", asked("GET /fhir/%c3%28/x", ""), &[400]),
		("percent signs alone", asked("GET /fhir/%zz/%", ""), &[400, 404]),
		("a zero", asked("GET /fhir/Observation/%00", ""), &[404]),
		("a slash", asked("GET /fhir/Observation/..%2f..%2fetc%2fpasswd", ""), &[404]),
		("up", asked("GET /fhir/../log", ""), &[400, 401, 404]),
		("bytes beyond ASCII in a path", [b"GET /fhir/\xff\xfe/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".as_slice()].concat(), &[400, 401, 404]),
		("bytes beyond ASCII in a header", [b"GET /fhir/Observation/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Salus-Signed \xff\xfe\r\n\r\n".as_slice()].concat(), &[401]),
		("UTF-8 that is none, in a query", asked("GET /fhir/Observation?patient=%ff%fe", ""), &[400]),
		("percent signs in a query", asked("GET /fhir/Observation?%=%&%zz", ""), &[400]),
		("a body where there is none", asked("GET /healthz", "content-length: 3\r\n"), &[413]),
		("a number that is none", asked("GET /counterpart?day=99999999999999999999", ""), &[400, 404]),
		("a header that is not too large", asked("GET /healthz", &format!("x: {}\r\n", "a".repeat(56_000))), &[200]),
		("a header of 66,000 bytes", asked("GET /healthz", &format!("x: {}\r\n", "a".repeat(66_000))), &[431]),
		("a header of 100,000 bytes", asked("GET /healthz", &format!("x: {}\r\n", "a".repeat(100_000))), &[431]),
		("a header of 200 KiB", asked("GET /healthz", &format!("x: {}\r\n", "a".repeat(200 << 10))), &[431]),
		("a path of 200 KiB", asked(&format!("GET /{}", "a".repeat(200 << 10)), ""), &[414, 431]),
		("a thousand headers", asked("GET /healthz", &"x: y\r\n".repeat(1_000)), &[431]),
	];
	for (what, bytes, expected) in cases {
		let answer = raw(&program.outside, &bytes).await;
		// The connection may be closed while much is still being sent, and the answer lost with it.
		let is_lost = answer.is_empty() && bytes.len() > 60_000;
		assert!(expected.contains(&status(&answer)) || is_lost, "{what}: {answer}");
	}
	let house = |line: &str, more: &str| {
		format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {TOKEN}\r\n{more}").into_bytes()
	};
	for (what, bytes, expected, code) in [
		(
			"chunks that are none",
			house("POST /links", "transfer-encoding: chunked\r\n\r\nzz\r\n"),
			400,
			"body",
		),
		("no number", house("POST /quarantine/x/again", "content-length: 0\r\n\r\n"), 400, "path"),
		("a number beyond all", house("DELETE /openings/0x00/99999999999", "\r\n"), 400, "path"),
		(
			"a number beyond the database's",
			house("GET /log?from=18446744073709551615", "\r\n"),
			200,
			"",
		),
		(
			"a number beyond 64 bits",
			house("GET /log?from=18446744073709551616", "\r\n"),
			400,
			"from",
		),
		("JSON that is none", house("POST /links", "content-length: 2\r\n\r\n{]"), 400, "link"),
		(
			"UTF-8 that is none",
			[house("POST /links", "content-length: 4\r\n\r\n"), b"\"\xff\xfe\"".to_vec()].concat(),
			400,
			"link",
		),
		("too much", house("POST /links", "content-length: 70000\r\n\r\n"), 413, "too-large"),
		(
			"too much for a record",
			house("POST /ingest", "content-length: 70000000\r\n\r\n"),
			413,
			"too-large",
		),
	] {
		let answer = raw(&program.inside, &bytes).await;
		assert!(status(&answer) == expected && answer.contains(code), "{what}: {answer}");
	}
	// What was not announced is counted while it comes.
	let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
	let bytes =
		[house("POST /links", "transfer-encoding: chunked\r\n\r\n"), chunk.repeat(2).into_bytes()]
			.concat();
	let answer = raw(&program.inside, &bytes).await;
	assert!(answer.is_empty() || status(&answer) == 413, "{answer}");
	is_well(&program).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_have_sixteen_kibibytes_and_all_else_outside_has_no_body() {
	let node = world().await;
	let program = started(&node);
	const MOST: usize = 16 << 10;
	let head =
		"host: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n";
	// Tokens are not issued here: whoever sends what may be sent is told that there is nothing.
	for path in ["/token", "/challenge", "/revoke"] {
		for (size, expected) in [(MOST, 404), (MOST + 1, 413)] {
			let body = "a".repeat(size);
			let whole =
				format!("POST {path} HTTP/1.1\r\n{head}content-length: {size}\r\n\r\n{body}");
			let chunked = format!("POST {path} HTTP/1.1\r\n{head}transfer-encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n");
			for request in [whole, chunked] {
				let answer = raw(&program.outside, request.as_bytes()).await;
				assert_eq!(status(&answer), expected, "{path} {size}: {answer}");
				assert_eq!(answer.contains("\"code\":\"too-large\""), expected == 413, "{answer}");
			}
		}
	}
	for path in ["/tokens", "/fhir/metadata", "/.well-known/smart-configuration"] {
		let request = format!("POST {path} HTTP/1.1\r\n{head}content-length: 1\r\n\r\na");
		assert_eq!(status(&raw(&program.outside, request.as_bytes()).await), 413, "{path}");
	}
}

/// More forms on their way than requests may be answered at a time: others are answered all the same.
#[tokio::test(flavor = "multi_thread")]
async fn forms_that_come_slowly_keep_nobody_out() {
	const SLOW: usize = 140;
	let node = world().await;
	let program = started(&node);
	let mut slow = Vec::new();
	for _ in 0..SLOW {
		let mut stream = TcpStream::connect(&program.outside).await.unwrap();
		let head = "POST /token HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n";
		stream.write_all(head.as_bytes()).await.unwrap();
		// It waits for the body from now on.
		let mut buffer = [0; 4_096];
		let count = timeout(LONG, stream.read(&mut buffer)).await.unwrap().unwrap();
		assert_eq!(status(&String::from_utf8_lossy(&buffer[..count])), 100);
		stream.write_all(b"a").await.unwrap();
		slow.push(stream);
	}
	is_well(&program).await;
	drop(slow);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_come_at_once_are_answered_in_their_order() {
	let node = world().await;
	let program = started(&node);
	let paths = ["/healthz", "/nothing", "/fhir/Observation/x", "/healthz?x"];
	let mut bytes = Vec::new();
	for at in 0..200 {
		let close = if at == 199 { "connection: close\r\n" } else { "" };
		bytes.extend(
			format!("GET {} HTTP/1.1\r\nhost: x\r\n{close}\r\n", paths[at % 4]).into_bytes(),
		);
	}
	let answers = raw(&program.outside, &bytes).await;
	let statuses: Vec<u16> = answers
		.split("HTTP/1.1")
		.skip(1)
		.map(|answer| status(&format!("HTTP/1.1{answer}")))
		.collect();
	let expected: Vec<u16> = (0..200).map(|at| [200, 404, 401, 200][at % 4]).collect();
	assert_eq!(statuses, expected);
}

/// How many files a process may have open here.
fn open_files() -> usize {
	let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
	let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
	line.split_whitespace().nth(3).unwrap().parse().unwrap_or(usize::MAX)
}

/// How many connections the program has open outside: of its own open files those that are connections at that port, and established. One that
/// the system has, and the program has not accepted or has closed already, is none.
fn held(program: &Program) -> usize {
	let port: u16 = program.outside.rsplit_once(':').unwrap().1.parse().unwrap();
	let place = format!(":{port:04X}");
	let table = std::fs::read_to_string(format!("/proc/{}/net/tcp", program.id())).unwrap();
	let rows = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
	// Of a row: the own address, the state, and the number of the socket.
	let established = rows.filter(|row| row[1].ends_with(&place) && row[3] == "01");
	let established: BTreeSet<String> =
		established.map(|row| format!("socket:[{}]", row[9])).collect();
	let files = std::fs::read_dir(format!("/proc/{}/fd", program.id())).unwrap();
	// Some may be closed meanwhile.
	let files = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
	files.filter(|file| file.to_str().is_some_and(|name| established.contains(name))).count()
}

/// As many connections as there may be, each with a part of a head.
struct Full {
	begin: Instant,
	connections: Vec<TcpStream>,
	/// What the next ones are told.
	refusals: Vec<String>,
	/// What the program took while all were open.
	memory: u64,
}

/// Opens so many connections that all are open at the same time, and then some more. On a machine that is slow the first are cut off before the last
/// is there: then it begins anew.
async fn full(program: &Program, most: usize) -> Full {
	for _ in 0..20 {
		let begin = Instant::now();
		let mut connections = Vec::new();
		for _ in 0..most {
			let mut stream = TcpStream::connect(&program.outside).await.unwrap();
			let _ = stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx: ").await;
			connections.push(stream);
		}
		while held(program) < most && begin.elapsed() < HEAD_TIME {
			sleep(Duration::from_millis(20)).await;
		}
		let before = held(program);
		let mut refusals = Vec::new();
		for _ in 0..3 {
			let request = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
			refusals.push(raw(&program.outside, request).await);
		}
		let memory = memory(program, "VmRSS:");
		if (before, held(program)) == (most, most) {
			return Full { begin, connections, refusals, memory };
		}
		drop(connections);
		while held(program) > 0 {
			assert!(begin.elapsed() < LONG, "connections that were closed are still held");
			sleep(Duration::from_millis(20)).await;
		}
	}
	panic!("the machine is too slow for this test: {most} connections were never open at once");
}

/// A thousand connections are open at the same time, in bounded memory; the next ones are told that there are too many; whoever is slow is cut off
/// after a time, and leaves the place to others.
#[tokio::test(flavor = "multi_thread")]
async fn slow_and_many_connections_are_cut_off_and_told_so() {
	let needed = MANY + 500;
	assert!(open_files() >= needed, "this test opens many files: `ulimit -n {needed}` first");
	let node = world().await;
	let program =
		Program::of(configured(&node, CUSTODIAN, &format!("[limits]\nconnections = {MANY}\n")));
	let healthz = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
	assert_eq!(status(&raw(&program.outside, healthz).await), 200);
	let before = memory(&program, "VmRSS:");
	let Full { begin, mut connections, refusals, memory: during } = full(&program, MANY).await;
	for answer in &refusals {
		assert!(
			status(answer) == 503
				&& answer.contains("\"code\":\"busy\"")
				&& answer.contains("retry-after: 1"),
			"{answer}"
		);
	}
	// One that sends a byte each second is as slow as those that send nothing.
	let mut dripping = connections.pop().unwrap();
	while timeout(Duration::from_secs(1), dripping.read(&mut [0; 1_024])).await.is_err() {
		let _ = dripping.write_all(b"a").await;
		assert!(begin.elapsed() < HEAD_TIME * 4, "it may drip for ever");
	}
	for mut stream in connections {
		rest(&mut stream).await;
	}
	println!(
		"{MANY} connections at the same time, {} more refused; resident {} KiB before, {} KiB with all of them, at most {} KiB; all closed after {:?}",
		refusals.len(),
		before >> 10,
		during >> 10,
		memory(&program, "VmHWM:") >> 10,
		begin.elapsed()
	);
	assert!(during < before + 64 * MIB, "{before} {during}");
	assert_eq!(status(&raw(&program.outside, healthz).await), 200, "there is room again");
	is_well(&program).await;
}

/// Bodies: the largest that are taken, what is nested or counted beyond the limits, and many at once.
#[tokio::test(flavor = "multi_thread")]
async fn large_bodies_are_taken_or_refused_in_bounded_memory() {
	let node = world().await;
	let program = started(&node);
	let faces = &program.faces;
	faces
		.post(
			"/links",
			"application/json",
			json!({ "handle": PATIENT.to_string(), "patient": "p" }).to_string(),
		)
		.await
		.unwrap();
	let before = memory(&program, "VmRSS:");
	let ingest = |body: Vec<u8>| async move {
		let begin = Instant::now();
		let got = timeout(LONG, faces.post("/ingest", "application/fhir+json", body))
			.await
			.unwrap()
			.unwrap();
		assert_eq!(got.status, 200, "{got:?}");
		(got.json()["results"].clone(), begin.elapsed())
	};
	let entry = |at: usize| {
		let mut large = result(&format!("r{at}"));
		large["note"] = json!([{ "text": "x".repeat(5 << 20) }]);
		json!({ "resource": large })
	};
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": (0..10).map(entry).collect::<Vec<_>>() });
	let bundle = bundle.to_string().into_bytes();
	let size = bundle.len();
	let (results, took) = ingest(bundle).await;
	assert!(
		size > 50_000_000 && results.as_array().unwrap().iter().all(|it| it["state"] == "held"),
		"{results}"
	);
	println!(
		"a Bundle of {size} bytes: {took:?}, at most {} MiB, before {} MiB",
		memory(&program, "VmHWM:") / MIB,
		before / MIB
	);

	let filled = |open: &str, item: &str, close: &str, size: usize| {
		let mut text = String::from(open);
		while text.len() < size {
			text.push_str(item);
		}
		(text + close).into_bytes()
	};
	for (what, body) in [
		(
			"nested 10,000 deep",
			format!("{{\"resourceType\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000))
				.into_bytes(),
		),
		(
			"nested 10,000 deep in objects",
			format!("{}{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into_bytes(),
		),
		(
			"a number of a million digits",
			format!(
				"{{\"resourceType\":\"Observation\",\"id\":\"n\",\"x\":{}}}",
				"9".repeat(1_000_000)
			)
			.into_bytes(),
		),
		(
			"25 million values",
			filled("{\"resourceType\":\"Bundle\",\"entry\":[0", ",0", "]}", 50_000_000),
		),
		(
			"12 million objects",
			filled("{\"resourceType\":\"Bundle\",\"entry\":[{}", ",{}", "]}", 36_000_000),
		),
		("60 MiB of spaces", vec![b' '; 60 << 20]),
	] {
		let (results, took) = ingest(body).await;
		assert_eq!(results[0]["fault"], "not-json", "{what}: {results}");
		println!("{what}: {took:?}, at most {} MiB", memory(&program, "VmHWM:") / MIB);
	}
	let many: Vec<_> = (0..16)
		.map(|_| {
			let faces = faces.clone();
			tokio::spawn(async move {
				faces
					.post("/ingest", "application/fhir+json", vec![b' '; 60 << 20])
					.await
					.unwrap()
					.status
			})
		})
		.collect();
	for one in many {
		assert_eq!(timeout(LONG, one).await.unwrap().unwrap(), 200);
	}
	let most = memory(&program, "VmHWM:");
	println!("16 bodies of 60 MiB at once: at most {} MiB", most / MIB);
	assert!(most < 1_024 * MIB, "{most}");
	is_well(&program).await;
}

/// What is large and is referred to by many is not held once for each of them.
#[tokio::test(flavor = "multi_thread")]
async fn what_many_records_refer_to_is_not_held_for_each_of_them() {
	let node = world().await;
	let program = started(&node);
	let before = memory(&program, "VmRSS:");
	let photo = json!([{ "contentType": "image/png", "data": "QUFB".repeat(3 << 18) }]);
	let patient = json!({ "resource": { "resourceType": "Patient", "id": "p", "photo": photo } });
	let results = (0..250).map(|at| json!({ "resource": result(&format!("r{at}")) }));
	let entries: Vec<_> = [patient].into_iter().chain(results).collect();
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
	let sent = program.faces.post("/ingest", "application/fhir+json", bundle.to_string());
	let got = timeout(LONG, sent).await.unwrap().unwrap();
	assert_eq!((got.status, got.json()["results"].as_array().unwrap().len()), (200, 251));
	let most = memory(&program, "VmHWM:");
	println!("250 results of one patient with a photo: at most {} MiB", most / MIB);
	assert!(most < before + 300 * MIB, "{before} {most}");
	is_well(&program).await;
}

/// Whoever sends a body slowly, or does not read an answer, is cut off too.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_comes_slowly_is_given_up() {
	if std::env::var_os("SALUS_LONG").is_none() {
		println!("skipped: it takes a minute; SALUS_LONG=1 runs it");
		return;
	}
	let node = world().await;
	let program = started(&node);
	let begin = Instant::now();
	let mut stream = TcpStream::connect(&program.inside).await.unwrap();
	let head = format!("POST /links HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\ncontent-length: 100\r\n\r\n{{");
	stream.write_all(head.as_bytes()).await.unwrap();
	let mut buffer = [0; 4_096];
	let count = loop {
		match timeout(Duration::from_secs(1), stream.read(&mut buffer)).await {
			Ok(read) => break read.unwrap(),
			Err(_) => {
				let _ = stream.write_all(b" ").await;
			},
		}
		assert!(begin.elapsed() < Duration::from_secs(90), "it waits for ever");
	};
	let answer = String::from_utf8_lossy(&buffer[..count]).into_owned();
	assert!(status(&answer) == 408 && answer.contains("\"code\":\"slow\""), "{answer}");
	println!("given up after {:?}", begin.elapsed());
}

/// A form that comes slowly is given up within seconds: it holds a connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_comes_slowly_is_given_up_soon() {
	let node = world().await;
	let program = started(&node);
	let begin = Instant::now();
	let mut stream = TcpStream::connect(&program.outside).await.unwrap();
	let head = "POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n";
	stream.write_all(head.as_bytes()).await.unwrap();
	let mut buffer = [0; 4_096];
	let count = loop {
		match timeout(Duration::from_secs(1), stream.read(&mut buffer)).await {
			Ok(read) => break read.unwrap(),
			Err(_) => {
				let _ = stream.write_all(b"a").await;
			},
		}
		assert!(begin.elapsed() < Duration::from_secs(50), "it may drip for a minute");
	};
	let answer = String::from_utf8_lossy(&buffer[..count]).into_owned();
	assert!(status(&answer) == 408 && answer.contains("\"code\":\"slow\""), "{answer}");
}

/// How large the record is that nobody reads: more than the system's buffers hold.
const LARGE: usize = 12 << 20;

/// Asks for the large record, and reads the first line of the answer and no more.
async fn unread(address: String, header: String) -> (u16, TcpStream) {
	let socket = TcpSocket::new_v4().unwrap();
	socket.set_recv_buffer_size(64 << 10).unwrap();
	let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
	let request = format!("GET /fhir/Observation/large HTTP/1.1\r\nhost: x\r\nauthorization: Salus-Signed {header}\r\n\r\n");
	stream.write_all(request.as_bytes()).await.unwrap();
	let mut buffer = [0; 64];
	let count = timeout(LONG, stream.read(&mut buffer)).await.expect("it hangs").unwrap();
	(status(&String::from_utf8_lossy(&buffer[..count])), stream)
}

/// Whoever asks for much and does not read it fills a share of the memory for answers, and is told so. To others, and of what is small or not
/// there, the answer is as ever; and what is given up makes room again.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_nobody_reads_take_a_bounded_part_of_the_memory() {
	const READERS: usize = 40;
	const OTHER: u32 = 5;
	let node = world().await;
	let other = Person::new(OTHER as u8, Some(OTHER));
	node.change(|world| {
		world.organisations.insert(OTHER);
		world.members.insert((OTHER, other.account()));
		world.grants.push(Grant {
			patient: PATIENT,
			organisation: OTHER,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	let program = started(&node);
	let faces = &program.faces;
	let link = json!({ "handle": PATIENT.to_string(), "patient": "p" }).to_string();
	assert_eq!(faces.post("/links", "application/json", link).await.unwrap().status, 200);
	let mut large = result("large");
	large["note"] = json!([{ "text": "x".repeat(LARGE) }]);
	// Nobody may see it: it is not known whose it is.
	let mut hidden = large.clone();
	hidden["id"] = "hidden".into();
	hidden["subject"]["reference"] = "Patient/q".into();
	assert_eq!(faces.ingest(&large).await["state"], "held");
	assert_eq!(faces.ingest(&hidden).await["state"], "quarantined");
	assert_eq!(faces.ingest(&result("small")).await["state"], "held");
	let read = |who: &Person, id: &str| {
		let header = who.signed(CUSTODIAN, &format!("Observation/{id}"), node.genesis());
		let path = format!("/fhir/Observation/{id}");
		async move { timeout(LONG, faces.get(&path, &header)).await.unwrap().unwrap() }
	};
	assert_eq!(read(&doctor(), "large").await.status, 200);
	// What it took to take them in, and to answer once, is not counted.
	let before = memory(&program, "VmRSS:");
	let all: Vec<_> = (0..READERS)
		.map(|_| doctor().signed(CUSTODIAN, "Observation/large", node.genesis()))
		.map(|header| tokio::spawn(unread(program.outside.clone(), header)))
		.collect();
	let (mut given, mut refused, mut streams) = (0, 0, Vec::new());
	for one in all {
		let (status, stream) = one.await.unwrap();
		match status {
			200 => given += 1,
			503 => refused += 1,
			status => panic!("{status}"),
		}
		streams.push(stream);
	}
	let during = memory(&program, "VmRSS:");
	println!(
		"{READERS} answers of {LARGE} bytes that nobody reads: {given} given, {refused} refused; resident {} MiB before, {} MiB with them",
		before / MIB,
		during / MIB
	);
	assert!(given > 0 && refused >= READERS / 2, "{given} {refused}");
	assert!(during < before + 256 * MIB, "{before} {during}");
	let of_other = read(&other, "large").await;
	assert!(of_other.status == 200 && of_other.body.len() > LARGE, "{}", of_other.status);
	assert_eq!(read(&doctor(), "small").await.status, 200);
	let [of_hidden, of_none] = [read(&doctor(), "hidden").await, read(&doctor(), "none").await];
	assert_eq!((of_hidden.status, &of_hidden.body), (404, &of_none.body));
	drop(streams);
	let begin = Instant::now();
	loop {
		let again = read(&doctor(), "large").await;
		if again.status == 200 {
			break;
		}
		assert_eq!((again.status, again.code().as_str()), (503, "busy"));
		assert!(begin.elapsed() < LONG, "what was given up makes no room");
	}
}

/// Whoever opens many connections from one address is told that there are too many, and leaves all others theirs.
#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_some_of_the_connections_and_others_have_theirs() {
	const MOST: usize = 8;
	let node = world().await;
	let folder =
		configured(&node, CUSTODIAN, &format!("[limits]\nconnections_per_address = {MOST}\n"));
	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(&file, text.replacen("[outside]", "[outside]\nproxies = []", 1)).unwrap();
	let program = Program::of(folder);
	let from = |address: &str| {
		let socket = TcpSocket::new_v4().unwrap();
		socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
		socket.connect(program.outside.parse().unwrap())
	};
	let (mut open, mut is_refused) = (Vec::new(), false);
	// On a machine that is slow some are closed before all were opened.
	for at in 0..10 * MOST {
		let mut stream = from("127.0.0.1").await.unwrap();
		stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx: ").await.unwrap();
		if at >= MOST && rest(&mut stream).await.contains("\"code\":\"busy\"") {
			is_refused = true;
			break;
		}
		open.push(stream);
	}
	assert!(is_refused);
	let mut other = from("127.0.0.2").await.unwrap();
	other
		.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
		.await
		.unwrap();
	assert_eq!(status(&rest(&mut other).await), 200);
	drop(open);
}

/// Sends a document as a message of HL7 v2, and tells the code of the answer.
async fn acknowledged(address: String, number: usize, text: Arc<String>) -> String {
	let head = format!(
		"\u{b}MSH|^~\\&|LAB|HOSPITAL|GATEWAY|HOSPITAL|20260301103000||MDM^T02|{number}|P|2.5\r\
		 PID|1||p^^^HOSPITAL^MR\r\
		 TXA|1|11502-2^Report^LN|TX|20260301||||||||D{number}||||||U\r\
		 OBX|1|TX|||"
	);
	let mut stream = TcpStream::connect(address).await.unwrap();
	for part in [head.as_str(), text.as_str(), "\r\u{1c}\r"] {
		stream.write_all(part.as_bytes()).await.unwrap();
	}
	let mut answer: Vec<u8> = Vec::new();
	while !answer.ends_with(&[0x1C, 0x0D]) {
		let mut some = [0; 1_024];
		let count = timeout(LONG, stream.read(&mut some)).await.expect("it hangs").unwrap();
		assert!(count > 0, "it is not answered");
		answer.extend(&some[..count]);
	}
	let answer = String::from_utf8(answer).unwrap();
	answer.split("\rMSA|").nth(1).and_then(|told| told.get(..2)).unwrap().into()
}

/// Messages over MLLP: almost the largest there may be, over many connections at once.
#[tokio::test(flavor = "multi_thread")]
async fn large_messages_at_once_are_taken_or_refused_in_bounded_memory() {
	const SENDERS: usize = 24;
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "[hl7]\nlisten = \"127.0.0.1:0\"\n");
	let program = Program::of(folder);
	let address = program.hl7.clone().unwrap();
	let text = Arc::new("x".repeat(15 << 20));
	let before = memory(&program, "VmRSS:");
	let all: Vec<_> = (0..SENDERS)
		.map(|number| {
			let (address, text) = (address.clone(), Arc::clone(&text));
			tokio::spawn(acknowledged(address, number, text))
		})
		.collect();
	let (mut taken, mut refused) = (0, 0);
	for one in all {
		match one.await.unwrap().as_str() {
			"AA" => taken += 1,
			"AE" => refused += 1,
			code => panic!("{code}"),
		}
	}
	let most = memory(&program, "VmHWM:");
	println!(
		"{SENDERS} messages of 15 MiB at once: {taken} taken, {refused} to be sent again; at most {} MiB, before {} MiB",
		most / MIB,
		before / MIB
	);
	assert!(taken > 0 && most < before + 1_536 * MIB, "{taken} {before} {most}");
	is_well(&program).await;
}

/// Another gateway that answers each request with so many bytes of JSON: much text, and nothing in it.
async fn answers_much(bytes: usize) -> String {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	let text = "A".repeat(bytes);
	let length = text.len() + 13;
	let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{{\"sealed\":\"{text}\"}}");
	let answer = Arc::new(answer);
	tokio::spawn(async move {
		while let Ok((mut stream, _)) = listener.accept().await {
			let answer = Arc::clone(&answer);
			tokio::spawn(async move {
				let _ = stream.read(&mut [0; 4_096]).await;
				// Who has no room reads no more.
				let _ = stream.write_all(answer.as_bytes()).await;
			});
		}
	});
	url
}

/// Answers of another gateway: the largest there may be, to many who ask at once.
#[tokio::test(flavor = "multi_thread")]
async fn large_answers_of_another_gateway_are_read_in_bounded_memory() {
	const ASKERS: usize = 12;
	let node = world().await;
	let url = answers_much(95 << 20).await;
	let program = Program::of(configured(&node, CUSTODIAN, &others(&[(CLINIC, &url)])));
	let before = memory(&program, "VmRSS:");
	let all: Vec<_> = (0..ASKERS)
		.map(|number| {
			let faces = program.faces.clone();
			let record = format!("Observation/r{number}");
			let order = json!({ "custodian": CLINIC, "record": record, "purpose": "Treat" });
			tokio::spawn(async move {
				let asked = faces.post("/fetch", "application/json", order.to_string());
				let got = timeout(LONG, asked).await.expect("it hangs").unwrap();
				(got.status, got.code())
			})
		})
		.collect();
	let (mut read, mut refused) = (0, 0);
	for one in all {
		let (status, code) = one.await.unwrap();
		match (status, code.as_str()) {
			(502, "malformed") => read += 1,
			// Or it waited for longer than an answer may take.
			(503, "busy") | (502, "unreachable") => refused += 1,
			_ => panic!("{status} {code}"),
		}
	}
	let most = memory(&program, "VmHWM:");
	println!(
		"{ASKERS} answers of 95 MiB at once: {read} read, {refused} refused; at most {} MiB, before {} MiB",
		most / MIB,
		before / MIB
	);
	assert!(read > 0 && most < before + 640 * MIB, "{read} {before} {most}");
	is_well(&program).await;
}
