//! MLLP: a message begins with the byte 0x0B and ends with 0x1C 0x0D. Each is answered, one after the other, when all that came of it is on the
//! disk: `AA` if it is taken, be it into quarantine; `AR` if it never will be; `AE` if it may be sent again later. Whoever gets no answer sends
//! it again, and nothing is there twice. Of large messages a few at a time are taken in.

use super::{
	message::{Message, MAX_MESSAGE},
	resources::type_of,
	NotTaken,
};
use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	ingest::Taken,
};
use std::{sync::Arc, time::Duration};
use time::OffsetDateTime;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	sync::{OwnedSemaphorePermit, Semaphore},
	task::JoinSet,
	time::timeout,
};

const BEGIN: u8 = 0x0B;
const END: [u8; 2] = [0x1C, 0x0D];
/// The most connections at a time. A hospital's interface engine has one or a few.
const MAX_CONNECTIONS: usize = 32;
/// The most large messages at a time, over all connections: while it is taken in, a message is in memory several times.
pub(crate) const MOST_LARGE: usize = 4;
/// How many bytes of a message may have come before it is a large one. As many small ones as there are connections are little.
const SMALL: usize = 64 << 10;
/// How long a large message waits for its turn. Whoever sends it waits some seconds for an answer, and then sends it again.
const TURN_TIME: Duration = Duration::from_secs(5);
/// How long a message may take to come, once it has begun.
const MAX_TIME: Duration = Duration::from_secs(60);
const CHUNK: usize = 64 << 10;
/// What is said to a large message that had no turn.
const NO_TURN: &str = "the gateway is taking in other large messages; send this one again later";

/// What has come of a message.
enum Came {
	/// All of it: where it ends, and its turn, if it is a large one.
	Whole(usize, Option<OwnedSemaphorePermit>),
	/// All of it, and none but its header was kept: it is a large one, and had no turn.
	Header(Vec<u8>),
	/// It is too long, broke off, or is no message.
	Nothing,
}

/// What is said to a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
	/// `AA`, `AE` or `AR`.
	pub code: &'static str,
	/// Why, unless it is taken.
	pub why: String,
}

/// A moment as HL7 v2 writes it, in UTC.
fn stamp(seconds: u64) -> String {
	let moment =
		i64::try_from(seconds).ok().and_then(|it| OffsetDateTime::from_unix_timestamp(it).ok());
	moment.map_or_else(String::new, |at| {
		format!(
			"{:04}{:02}{:02}{:02}{:02}{:02}+0000",
			at.year(),
			u8::from(at.month()),
			at.day(),
			at.hour(),
			at.minute(),
			at.second()
		)
	})
}

/// The answer as a message, to whoever sent `message`.
pub fn acknowledgement(message: Option<&Message>, answer: &Answer, at: u64) -> Vec<u8> {
	let header = message.and_then(|message| Some((message, message.header()?)));
	let raw = |number| header.map_or("", |(message, header)| message.raw(header, number));
	let (field, others) =
		message.map_or(('|', "^~\\&".into()), |message| message.written_separators());
	let component: String = others.chars().take(1).collect();
	let event = header.and_then(|(message, header)| message.component(header, 9, 0, 2));
	let kind = match event {
		Some(event) => format!("ACK{component}{event}{component}ACK"),
		None => "ACK".into(),
	};
	let version = if raw(12).is_empty() { "2.5" } else { raw(12) };
	// As it came, but for what would end the frame or begin another segment.
	let control: String = raw(10).chars().filter(|c| !c.is_control()).collect();
	// Words of this program, which have none of the separators that are usual.
	let why: String = answer
		.why
		.chars()
		.map(|c| if c == field || others.contains(c) || c.is_control() { ' ' } else { c })
		.collect();
	let head = [
		format!("MSH{field}{others}"),
		raw(5).into(),
		raw(6).into(),
		raw(3).into(),
		raw(4).into(),
		stamp(at),
		String::new(),
		kind,
		format!("A{control}"),
		if raw(11).is_empty() { "P".into() } else { raw(11).to_owned() },
		version.into(),
	];
	let tail = ["MSA".into(), answer.code.into(), control.clone(), why];
	let separator = field.to_string();
	let text = format!("{}\r{}\r", head.join(&separator), tail.join(&separator));
	[&[BEGIN], text.as_bytes(), &END].concat()
}

impl Gateway {
	/// Takes what came in one frame, and tells what is to be answered.
	pub async fn answer_message(self: &Arc<Self>, bytes: Vec<u8>) -> Vec<u8> {
		let message = match Message::read(&bytes) {
			Ok(message) => Arc::new(message),
			Err(why) => {
				let answer = Answer { code: "AR", why: NotTaken::Unreadable(why).to_string() };
				return acknowledgement(None, &answer, now());
			},
		};
		drop(bytes);
		let given = Arc::clone(&message);
		let taken = self.blocking(move |gateway| gateway.take_message(&given)).await;
		let answer = match taken {
			Ok(Ok(outcomes)) => {
				let is_quarantined = |taken: &Taken| matches!(taken, Taken::Quarantined { .. });
				let quarantined = outcomes.iter().filter(|it| is_quarantined(&it.taken)).count();
				let kind = type_of(&message);
				tracing::info!(kind, resources = outcomes.len(), quarantined, "a message is taken");
				Answer { code: "AA", why: String::new() }
			},
			Ok(Err(why)) => Answer { code: "AR", why: why.to_string() },
			Err(failure) => {
				tracing::error!(%failure, "a message is not taken");
				Answer { code: "AE", why: "the gateway failed; send it again later".into() }
			},
		};
		acknowledgement(Some(message.as_ref()), &answer, now())
	}

	/// Answers whoever connects, until the task is ended; then the connections end too, and what was not answered is sent again.
	pub async fn serve_mllp(self: Arc<Self>, listener: TcpListener) {
		let free = Arc::new(Semaphore::new(MAX_CONNECTIONS));
		let mut open = JoinSet::new();
		loop {
			while open.try_join_next().is_some() {}
			let Ok(permit) = Arc::clone(&free).acquire_owned().await else { return };
			match listener.accept().await {
				Ok((stream, _)) => {
					let gateway = Arc::clone(&self);
					open.spawn(async move {
						if let Err(failure) = gateway.connection(stream).await {
							tracing::warn!(%failure, "a connection over MLLP");
						}
						drop(permit);
					});
				},
				Err(error) => {
					tracing::error!(%error, "a connection over MLLP");
					tokio::time::sleep(Duration::from_secs(1)).await;
				},
			}
		}
	}

	async fn connection(self: &Arc<Self>, mut stream: TcpStream) -> Result<(), Failure> {
		let mut kept = Vec::new();
		loop {
			// Between messages whoever is connected may be silent.
			while kept.is_empty() {
				if !more(&mut stream, &mut kept).await? {
					return Ok(());
				}
			}
			let came = timeout(MAX_TIME, self.message(&mut stream, &mut kept)).await;
			let answer = match came {
				Ok(Ok(Came::Whole(end, turn))) => {
					let behind = kept.split_off(end.saturating_add(END.len()));
					kept.truncate(end);
					let mut message = std::mem::replace(&mut kept, behind);
					if message.first() != Some(&BEGIN) {
						return Ok(());
					}
					message.drain(..1);
					let answer = self.answer_message(message).await;
					drop(turn);
					answer
				},
				Ok(Ok(Came::Header(header))) => {
					tracing::warn!("a large message had no turn: too many come at once over MLLP");
					let header = Message::read(&header).ok();
					let answer = Answer { code: "AE", why: NO_TURN.into() };
					acknowledgement(header.as_ref(), &answer, now())
				},
				// What is too long, too slow, or breaks off is answered by nothing: its sender sends it again.
				_ => return Ok(()),
			};
			// Who does not read is sent nothing more.
			let written = timeout(MAX_TIME, stream.write_all(&answer)).await;
			written.map_err(std::io::Error::from)??;
		}
	}

	/// Reads until a message is whole. Of a large one no more is read before it has its turn; if it has none, the rest of it is read and not kept.
	async fn message(&self, stream: &mut TcpStream, kept: &mut Vec<u8>) -> Result<Came, Failure> {
		let (mut searched, mut turn) = (0_usize, None);
		loop {
			if let Some(at) = end_in(kept.get(searched..).unwrap_or_default()) {
				return Ok(Came::Whole(searched.saturating_add(at), turn));
			}
			// The end may have come in two parts.
			searched = kept.len().saturating_sub(1);
			if kept.len() > MAX_MESSAGE {
				return Ok(Came::Nothing);
			}
			if kept.len() > SMALL && turn.is_none() {
				if kept.first() != Some(&BEGIN) {
					return Ok(Came::Nothing);
				}
				let large = Arc::clone(&self.large_messages).acquire_owned();
				turn = timeout(TURN_TIME, large).await.ok().and_then(Result::ok);
				if turn.is_none() {
					let header = header_of(kept);
					return Ok(match passed_over(stream, kept).await? {
						true => Came::Header(header),
						false => Came::Nothing,
					});
				}
			}
			if !more(stream, kept).await? {
				return Ok(Came::Nothing);
			}
		}
	}
}

/// Where a message ends.
fn end_in(bytes: &[u8]) -> Option<usize> {
	bytes.windows(END.len()).position(|window| window == END)
}

/// The first segment of what has come of a message.
fn header_of(kept: &[u8]) -> Vec<u8> {
	let message = kept.strip_prefix(&[BEGIN]).unwrap_or(kept);
	// As [`Message::read`] has it.
	let end = if message.contains(&b'\r') { b'\r' } else { b'\n' };
	message.split(|byte| *byte == end).next().unwrap_or_default().to_vec()
}

/// Reads to the end of a message, and keeps what is behind it. False if it does not end, or is too long.
async fn passed_over(stream: &mut TcpStream, kept: &mut Vec<u8>) -> Result<bool, Failure> {
	let mut passed = kept.len();
	loop {
		// The end may come in two parts.
		kept.drain(..kept.len().saturating_sub(1));
		let before = kept.len();
		if !more(stream, kept).await? {
			return Ok(false);
		}
		if let Some(at) = end_in(kept) {
			kept.drain(..at.saturating_add(END.len()));
			return Ok(true);
		}
		passed = passed.saturating_add(kept.len().saturating_sub(before));
		if passed > MAX_MESSAGE {
			return Ok(false);
		}
	}
}

/// Reads what has come. False if nothing will any more.
async fn more(stream: &mut TcpStream, kept: &mut Vec<u8>) -> Result<bool, Failure> {
	let mut chunk = vec![0; CHUNK];
	let count = stream.read(&mut chunk).await?;
	kept.extend(chunk.into_iter().take(count));
	Ok(count > 0)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn of_what_has_come_the_first_segment_is_the_header() {
		for (kept, header) in [
			("\u{b}MSH|^~\\&|LAB\rPID|1\rOBX", "MSH|^~\\&|LAB"),
			("\u{b}MSH|^~\\&|LAB\nPID|1", "MSH|^~\\&|LAB"),
			("\u{b}MSH|^~\\&|A\nB\rPID|1", "MSH|^~\\&|A\nB"),
			("\u{b}MSH|^~", "MSH|^~"),
			("\u{b}", ""),
			("", ""),
		] {
			assert_eq!(header_of(kept.as_bytes()), header.as_bytes(), "{kept:?}");
		}
	}

	#[tokio::test]
	async fn what_is_passed_over_ends_where_the_message_does_in_however_many_pieces_it_comes() {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
		let (mut client, mut stream) = (client.unwrap(), accepted.unwrap().0);
		let sent = tokio::spawn(async move {
			for piece in ["aaa", "\u{1c}", "a\u{1c}", "\rnext"] {
				client.write_all(piece.as_bytes()).await.unwrap();
				tokio::time::sleep(Duration::from_millis(20)).await;
			}
			client
		});
		let mut kept = b"\x0bMSH|a".to_vec();
		assert!(passed_over(&mut stream, &mut kept).await.unwrap());
		// What comes in two pieces has come when the other end is closed.
		drop(sent.await.unwrap());
		while more(&mut stream, &mut kept).await.unwrap() {}
		assert_eq!(kept, b"next");
		// It breaks off.
		assert!(!passed_over(&mut stream, &mut b"\x0bMSH|a".to_vec()).await.unwrap());
	}

	#[test]
	fn an_answer_goes_back_to_its_sender_with_the_number_of_the_message() {
		let message =
			Message::read(b"MSH|^~\\&|LAB|H1|GW|H2|20260301||ORU^R01|42|T|2.4\r").unwrap();
		let taken = Answer { code: "AA", why: String::new() };
		let bytes = acknowledgement(Some(&message), &taken, 1_772_366_400);
		assert_eq!(
			String::from_utf8(bytes).unwrap(),
			"\u{b}MSH|^~\\&|GW|H2|LAB|H1|20260301120000+0000||ACK^R01^ACK|A42|T|2.4\rMSA|AA|42|\r\u{1c}\r"
		);
		let refused = Answer { code: "AR", why: "a|b^c\rd".into() };
		let bytes = acknowledgement(None, &refused, 0);
		assert!(String::from_utf8(bytes).unwrap().contains("MSA|AR||a b c d\r"));
	}
}
