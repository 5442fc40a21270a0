//! MLLP: a message begins with the byte 0x0B and ends with 0x1C 0x0D. Each is answered, one after the other, when all that came of it is on the
//! disk: `AA` if it is taken, be it into quarantine; `AR` if it never will be; `AE` if it may be sent again later. Whoever gets no answer sends
//! it again, and nothing is there twice.

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
	sync::Semaphore,
	task::JoinSet,
};

const BEGIN: u8 = 0x0B;
const END: [u8; 2] = [0x1C, 0x0D];
/// The most connections at a time. A hospital's interface engine has one or a few.
const MAX_CONNECTIONS: usize = 32;
/// How long a message may take to come, once it has begun.
const MAX_TIME: Duration = Duration::from_secs(60);
const CHUNK: usize = 64 << 10;

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
			Ok(message) => message,
			Err(why) => {
				let answer = Answer { code: "AR", why: NotTaken::Unreadable(why).to_string() };
				return acknowledgement(None, &answer, now());
			},
		};
		let given = message.clone();
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
		acknowledgement(Some(&message), &answer, now())
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
			let whole = async {
				let mut searched = 0_usize;
				loop {
					let new = kept.get(searched..).unwrap_or_default();
					if let Some(at) = new.windows(END.len()).position(|window| window == END) {
						return Ok::<_, Failure>(Some(searched.saturating_add(at)));
					}
					// The end may have come in two parts.
					searched = kept.len().saturating_sub(1);
					if kept.len() > MAX_MESSAGE || !more(&mut stream, &mut kept).await? {
						return Ok(None);
					}
				}
			};
			// What is too long, too slow, or breaks off is answered by nothing: its sender sends it again.
			let Ok(Some(end)) = tokio::time::timeout(MAX_TIME, whole).await.unwrap_or(Ok(None))
			else {
				return Ok(());
			};
			let behind = kept.split_off(end.saturating_add(END.len()));
			kept.truncate(end);
			let frame = std::mem::replace(&mut kept, behind);
			let Some(message) = frame.strip_prefix(&[BEGIN]) else { return Ok(()) };
			let answer = self.answer_message(message.to_vec()).await;
			// Who does not read is sent nothing more.
			let written = tokio::time::timeout(MAX_TIME, stream.write_all(&answer)).await;
			written.map_err(std::io::Error::from)??;
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
