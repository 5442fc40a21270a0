//! Large messages of HL7 v2: a few at a time are taken in. Who sends another one is told to send it again later, and small ones go on.

use crate::common::{configured, start_in, world, Running, CUSTODIAN, PATIENT};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
	time::{sleep, timeout},
};

/// Only what hangs takes so long.
const LONG: Duration = Duration::from_secs(60);

/// A document of so many bytes, as a message in its frame.
fn document(number: &str, bytes: usize) -> Vec<u8> {
	let text = "x".repeat(bytes);
	let message = format!(
		"MSH|^~\\&|LAB|HOSPITAL|GATEWAY|HOSPITAL|20260301103000||MDM^T02|{number}|P|2.5\r\
		 PID|1||p^^^HOSPITAL^MR\r\
		 TXA|1|11502-2^Report^LN|TX|20260301||||||||{number}||||||U\r\
		 OBX|1|TX|||{text}\r"
	);
	[&[0x0B], message.as_bytes(), &[0x1C, 0x0D]].concat()
}

/// The next answer: its code, the number of the message that it answers, and its words.
async fn answer(stream: &mut TcpStream) -> [String; 3] {
	let mut bytes = Vec::new();
	while !bytes.ends_with(&[0x1C, 0x0D]) {
		let mut byte = [0];
		timeout(LONG, stream.read_exact(&mut byte)).await.expect("no answer").unwrap();
		bytes.extend(byte);
	}
	let text = String::from_utf8(bytes).unwrap();
	let told = text.split('\r').find(|line| line.starts_with("MSA|")).unwrap();
	let parts: Vec<&str> = told.split('|').collect();
	[parts[1], parts[2], parts[3]].map(str::to_owned)
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) -> [String; 3] {
	stream.write_all(bytes).await.unwrap();
	answer(stream).await
}

async fn to(running: &Running) -> TcpStream {
	TcpStream::connect(running.hl7.unwrap()).await.unwrap()
}

async fn until(is_so: impl Fn() -> bool) {
	let begun = Instant::now();
	while !is_so() {
		assert!(begun.elapsed() < LONG, "it is never so");
		sleep(Duration::from_millis(10)).await;
	}
}

fn taken(number: &str) -> [String; 3] {
	["AA", number, ""].map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_message_waits_for_its_turn_and_is_told_to_come_again_and_small_ones_go_on() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "[hl7]\nlisten = \"127.0.0.1:0\"\n");
	let running = start_in(folder).await;
	running.link(PATIENT, "p").await;
	let (mut first, mut second) = (to(&running).await, to(&running).await);
	let turns = &running.gateway.large_messages;
	let most = turns.available_permits();
	let count = u32::try_from(most).unwrap();
	let all = Arc::clone(turns).acquire_many_owned(count).await.unwrap();
	// The large one, and a small one behind it, on the same connection; of its 3 MiB the sockets hold a part.
	let both = [document("L1", 3 << 20), document("S1", 100)].concat();
	let (mut reads, mut writes) = first.split();
	let begun = Instant::now();
	let sent = async { writes.write_all(&both).await.unwrap() };
	let other = async {
		let small = send(&mut second, &document("S2", 100)).await;
		assert_eq!(small, taken("S2"), "what is small waits for nobody");
		begun.elapsed()
	};
	let answers = async {
		let mut bytes: Vec<u8> = Vec::new();
		while bytes.windows(2).filter(|two| *two == [0x1C, 0x0D]).count() < 2 {
			let mut some = [0; 1_024];
			let read = timeout(LONG, reads.read(&mut some)).await.expect("no answer").unwrap();
			assert!(read > 0, "the connection has ended");
			bytes.extend(&some[..read]);
		}
		(String::from_utf8(bytes).unwrap(), begun.elapsed())
	};
	let ((), of_small, (text, of_large)) = tokio::join!(sent, other, answers);
	let told: Vec<&str> = text.split('\r').filter(|line| line.starts_with("MSA|")).collect();
	let [large, small] = told[..] else { panic!("{text}") };
	assert!(large.starts_with("MSA|AE|L1|") && large.contains("send this one again"), "{large}");
	assert_eq!(small, "MSA|AA|S1|", "the connection goes on behind it");
	assert!(of_small < of_large, "{of_small:?} {of_large:?}");
	// Sent again, it is taken.
	drop(all);
	assert_eq!(send(&mut first, &document("L1", 3 << 20)).await, taken("L1"));
	// One that waits has its turn as soon as there is one.
	let all = Arc::clone(turns).acquire_many_owned(count).await.unwrap();
	let waits = tokio::spawn(async move { send(&mut first, &document("L2", 3 << 20)).await });
	sleep(Duration::from_millis(500)).await;
	assert!(!waits.is_finished(), "it has no turn");
	drop(all);
	assert_eq!(waits.await.unwrap(), taken("L2"));
	// One that breaks off gives its turn back.
	let mut broken = to(&running).await;
	broken.write_all(&document("L3", 1 << 20)[..1 << 19]).await.unwrap();
	until(|| turns.available_permits() + 1 == most).await;
	drop(broken);
	until(|| turns.available_permits() == most).await;
}
