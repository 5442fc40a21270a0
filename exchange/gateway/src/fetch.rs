//! Asking another gateway for a record, for the house's own staff, and checking what came: that it answers the request, that it is
//! what the other organisation anchored, and that the other has logged it. Only then it is logged here, and handed on.

use crate::{
	chain::{now, Stale},
	gateway::{Failure, Gateway},
	ingest::{is_id, is_type},
	keys::{Ed25519, KeyFault},
	openings::{header, Opening},
	orders::codes_in,
	others::{is_only_local, NoPlace, Place},
	quotas::Party,
	room::{Held, NoRoom, Room},
	vault::random,
};
use base64::{
	engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
	Engine,
};
use salus_consent_decision::SealedId;
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::{Access, Event, Outcome, RequesterKind},
	json::Part,
	release::{Anchored, ReleaseFault, ReleaseReceipt},
	request::ReleaseRequest,
	sealed::SealedRecord,
	Hash,
};
use salus_verify::Standing;
use std::{fmt, sync::Arc, time::Duration};

/// How long a request may be answered, in seconds.
pub(crate) const LIFE: u64 = 60;
/// The header in which another gateway says what the chain says of a record.
const STANDING: &str = "salus-standing";
/// The largest answer of another gateway, in bytes.
const MAX_ANSWER: usize = 96 << 20;
/// The same, as room is counted.
const LARGEST: u64 = 96 << 20;
/// How many bytes of a refusal are read: it is a few words with a code.
const MAX_REFUSAL: usize = 64 << 10;
/// How many bytes of an answer may stand outside its texts: a receipt has few values, and each takes more in memory than as it is written.
const MAX_FRAME: usize = 64 << 10;
/// For how many bytes of an answer there is room before its gateway is asked. Only one that is larger may find none when it comes.
const USUAL: u64 = 1 << 20;
/// The room for all answers of other gateways, in bytes: for three of the largest.
const ROOM: u32 = 768 << 20;
/// The room for those of one organisation: for one of the largest, and some of the usual size beside it.
const SHARE: u32 = 256 << 20;
/// How long it is waited for room.
const WAIT: Duration = Duration::from_secs(5);

/// What is to be fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
	/// Where the other gateway is, if whoever asks says so: it is asked only if that is so.
	pub url: Option<String>,
	/// The number of its organisation.
	pub custodian: u32,
	/// The type of the resource.
	pub resource_type: String,
	/// Its id.
	pub id: String,
	/// What for.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
	/// Whether a person of the house asks for it, or a machine: the other gateway is told, and both logs have it.
	pub kind: RequesterKind,
	/// Whose record it is, if the house knows that: then it is looked for what this patient takes back.
	pub patient: Option<Hash>,
	/// Openings of sealed directives that let the house, for the other gateway to decide with.
	pub openings: Vec<(SealedId, Opening)>,
}

/// What came, and held.
#[derive(Clone, Debug)]
pub struct Fetched {
	/// The record, byte for byte as it was anchored.
	pub record: Vec<u8>,
	/// How it stands on the chain, as of the last final block.
	pub standing: Standing,
	/// What the custodian says beside it, as codes: that it is disputed, say.
	pub told: Vec<&'static str>,
	/// The custodian's receipt.
	pub receipt: ReleaseReceipt,
	/// The room that it takes. It goes with the answer.
	pub held: Held,
}

/// Why nothing is handed on.
#[derive(Debug)]
pub enum NotFetched {
	/// No key to ask with is configured.
	NoKey,
	/// The key to ask with does not sign.
	Key(KeyFault),
	/// What is to be fetched is nothing that could be: which part.
	Order(&'static str),
	/// It is not known where the other gateway is, or it may not be asked there.
	Place(NoPlace),
	/// The other gateway cannot be reached.
	Unreachable(String),
	/// It refused: its status and the code of its answer.
	Refused(u16, String),
	/// Its answer is none.
	Malformed(&'static str),
	/// What it sent does not hold.
	Release(ReleaseFault),
	/// The chain has nothing in the slot that the receipt names.
	NotOnChain,
	/// The node cannot be relied on.
	Stale(Stale),
	/// There is no room for the answer.
	Busy,
	/// Something here.
	Failure(Failure),
}

impl fmt::Display for NotFetched {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::NoKey => f.write_str("no signing_key is configured"),
			Self::Key(fault) => write!(f, "the signing_key does not sign: {fault}"),
			Self::Order(part) => write!(f, "{part} is none"),
			Self::Place(no) => no.fmt(f),
			Self::Unreachable(why) => write!(f, "the other gateway cannot be reached: {why}"),
			Self::Refused(status, code) => write!(f, "the other gateway refuses: {status} {code}"),
			Self::Malformed(part) => write!(f, "the other gateway's answer is malformed: {part}"),
			Self::Release(fault) => fault.fmt(f),
			Self::NotOnChain => {
				f.write_str("the chain has nothing in the slot that the receipt names")
			},
			Self::Stale(stale) => stale.fmt(f),
			Self::Busy => f.write_str("too much that other gateways answer is on its way"),
			Self::Failure(failure) => failure.fmt(f),
		}
	}
}

impl NotFetched {
	/// Its name in answers.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::NoKey => "no-signing-key",
			Self::Key(_) => "signing-key-fails",
			Self::Order(_) => "order",
			Self::Place(no) => match no {
				NoPlace::Unknown(_) => "gateway-unknown",
				NoPlace::Other(_) => "gateway-elsewhere",
				NoPlace::Local => "gateway-local",
				NoPlace::NoUrl => "order",
				NoPlace::Stale(_) => "chain-stale",
				NoPlace::Failure(_) => "failure",
			},
			Self::Unreachable(_) => "unreachable",
			Self::Refused(..) => "refused",
			Self::Malformed(_) => "malformed",
			Self::Release(fault) => fault.code(),
			Self::NotOnChain => "not-on-chain",
			Self::Stale(_) => "chain-stale",
			Self::Busy => "busy",
			Self::Failure(_) => "failure",
		}
	}
}

impl From<KeyFault> for NotFetched {
	fn from(fault: KeyFault) -> Self {
		Self::Key(fault)
	}
}

impl From<Failure> for NotFetched {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl From<Stale> for NotFetched {
	fn from(stale: Stale) -> Self {
		Self::Stale(stale)
	}
}

impl From<NoRoom> for NotFetched {
	fn from(_: NoRoom) -> Self {
		Self::Busy
	}
}

impl From<NoPlace> for NotFetched {
	fn from(no: NoPlace) -> Self {
		match no {
			NoPlace::NoUrl => Self::Order("url"),
			NoPlace::Stale(stale) => Self::Stale(stale),
			NoPlace::Failure(failure) => Self::Failure(failure),
			no => Self::Place(no),
		}
	}
}

impl From<ReleaseFault> for NotFetched {
	fn from(fault: ReleaseFault) -> Self {
		Self::Release(fault)
	}
}

/// A request as it stands in the header of an HTTP request: `{"request":…,"signature":"0x…"}` in base64url without padding.
pub fn signed_header(
	request: &ReleaseRequest,
	genesis: &Hash,
	key: &ed25519_zebra::SigningKey,
) -> String {
	with_signature(request, key.sign(&request.message(genesis)).into())
}

/// The same, by a key that may be in a token.
pub(crate) async fn signed_by(
	key: &Ed25519,
	request: &ReleaseRequest,
	genesis: &Hash,
) -> Result<String, KeyFault> {
	Ok(with_signature(request, key.sign(&request.message(genesis)).await?))
}

fn with_signature(request: &ReleaseRequest, signature: [u8; 64]) -> String {
	let mut members = vec![
		("id", Part::of(request.id)),
		("custodian", Part::Whole(request.custodian.into())),
		("recordId", Part::of(&request.record_id)),
		("requester", Part::of(request.requester.as_str())),
	];
	members.extend(request.organisation.map(|number| ("organisation", Part::Whole(number.into()))));
	let kind = request.requester_kind.map(RequesterKind::name);
	members.extend(kind.map(|kind| ("requesterKind", Part::of(kind))));
	members.push(("purpose", Part::of(request.purpose)));
	members.push(("action", Part::of(request.action)));
	members.push(("expiry", Part::Whole(i64::try_from(request.expiry).unwrap_or(i64::MAX))));
	let request = members.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
	let whole = Part::Object(vec![
		("request".into(), Part::Object(request)),
		("signature".into(), Part::of(format!("0x{}", hex::encode(signature)))),
	]);
	let mut text = String::new();
	whole.put(&mut text);
	URL_SAFE_NO_PAD.encode(text)
}

/// The room for what other gateways answer.
pub(crate) fn room() -> Room {
	Room::new(ROOM, SHARE, WAIT)
}

/// The room for one answer.
struct Arriving {
	/// Whose it is.
	party: Party,
	/// For how many bytes of it there is room.
	bytes: u64,
	held: Held,
}

impl Arriving {
	/// Room for an answer of the usual size.
	async fn usual(room: &Room, organisation: u32) -> Result<Self, NoRoom> {
		let party = Party::Organisation(organisation);
		Ok(Self { party, bytes: USUAL, held: room.take(party, USUAL).await? })
	}

	/// Makes room for an answer of which so many bytes have come, if there is none yet: for all of it as it was announced, or for the largest.
	async fn grow(
		&mut self,
		room: &Room,
		come: usize,
		announced: Option<u64>,
	) -> Result<(), NoRoom> {
		if u64::try_from(come).is_ok_and(|come| come <= self.bytes) {
			return Ok(());
		}
		let whole = announced.unwrap_or(LARGEST);
		// First it is given back: both together may be more than a share has.
		self.held = None;
		let taken = room.take(self.party, whole).await;
		if taken.is_err() {
			// The two logs will differ by it: here is why.
			tracing::warn!(
				party = ?self.party,
				bytes = whole,
				"there was no room for what another gateway released"
			);
		}
		self.held = taken?;
		self.bytes = whole;
		Ok(())
	}
}

/// Whether no more than `most` bytes of JSON stand outside its texts. There are no more values than that, however much they say.
fn is_frame_within(json: &[u8], most: usize) -> bool {
	let (mut outside, mut is_text, mut is_escaped) = (0_usize, false, false);
	for byte in json {
		match (is_text, *byte) {
			(true, _) if is_escaped => is_escaped = false,
			(true, b'\\') => is_escaped = true,
			(true, b'"') => is_text = false,
			(true, _) => {},
			(false, byte) => {
				is_text = byte == b'"';
				outside = outside.saturating_add(1);
			},
		}
	}
	outside <= most
}

/// What an answer has: the receipt, and the record. Nothing of how it came is kept.
fn opened(answer: Vec<u8>) -> Result<(ReleaseReceipt, SealedRecord), NotFetched> {
	if !is_frame_within(&answer, MAX_FRAME) {
		return Err(NotFetched::Malformed("document"));
	}
	let whole = Part::read(&answer, MAX_ANSWER).map_err(|_| NotFetched::Malformed("document"))?;
	drop(answer);
	let receipt = whole.get("receipt").ok_or(NotFetched::Malformed("receipt"))?;
	let receipt = ReleaseReceipt::from_part(receipt)?;
	let sealed =
		whole.get("sealed").and_then(Part::text).and_then(|text| STANDARD.decode(text).ok());
	let sealed = sealed.ok_or(NotFetched::Malformed("sealed"))?;
	drop(whole);
	let sealed = SealedRecord::read(&sealed).map_err(|_| NotFetched::Malformed("sealed"))?;
	Ok((receipt, sealed))
}

impl Gateway {
	/// Fetches a record from another gateway.
	pub async fn fetch(self: &Arc<Self>, order: &Order) -> Result<Fetched, NotFetched> {
		let key = self.signer.as_ref().ok_or(NotFetched::NoKey)?;
		if !is_type(&order.resource_type) {
			return Err(NotFetched::Order("type"));
		}
		if !is_id(&order.id) {
			return Err(NotFetched::Order("id"));
		}
		let place = self.place_of(order.custodian, order.url.as_deref()).await?;
		// What the other one releases is a disclosure in its log, also if it is of no use here: before it is asked there is room for the answer, and a
		// node to check it with.
		let mut room = Arriving::usual(&self.arriving, order.custodian).await?;
		self.present().await?;
		let request = ReleaseRequest {
			id: Hash(random::<32>().map_err(Failure::Io)?),
			custodian: order.custodian,
			record_id: format!("{}/{}", order.resource_type, order.id),
			requester: Address::from(Account(key.account())),
			organisation: Some(self.config.organisation),
			requester_kind: Some(order.kind),
			purpose: order.purpose,
			action: order.action,
			expiry: now().saturating_add(LIFE),
		};
		let signed = signed_by(key, &request, &self.node.genesis()).await?;
		let path = format!("/records/{}", request.record_id);
		let (answer, told) =
			self.ask_beside(&place, &path, &signed, &order.openings, Some(&mut room)).await?;
		let (receipt, sealed) = opened(answer)?;
		receipt.answers(&request)?;
		let leaf = receipt.anchor.proof.as_ref().map(|path| path.index);
		let present = self.present().await?;
		let found = self
			.node
			.anchor(&present.finalised, order.custodian, receipt.anchor.seq, leaf)
			.await
			.map_err(Stale::from)?;
		let (anchor, standing) = found.ok_or(NotFetched::NotOnChain)?;
		let anchored = match anchor.leaves {
			Some(leaves) => Anchored::Batch { root: anchor.commitment, leaves },
			None => Anchored::Record(anchor.commitment),
		};
		receipt.proves(&sealed, &anchored)?;
		// What the custodian's entry says: so the two tell the same.
		let decision = receipt.entry.get("decision").and_then(Part::text);
		let decision = decision.unwrap_or("received, and it is what was anchored").to_owned();
		let event = Event::Access(Access {
			time: now(),
			organisation: Some(self.config.organisation),
			outcome: Outcome::Received {
				counterpart: Some(receipt.entry.hash()),
				custodian: Some(order.custodian),
			},
			request_id: request.id,
			record_id: request.record_id,
			requester: request.requester,
			requester_organisation: request.organisation,
			requester_kind: Some(order.kind),
			purpose: request.purpose,
			action: request.action,
			decision,
		});
		let patient = order.patient;
		self.blocking(move |gateway| {
			if let Some(patient) = patient {
				gateway.store.watch(&patient)?;
			}
			Ok(gateway.store.append(&[event])?)
		})
		.await?;
		Ok(Fetched { record: sealed.record, standing, told, receipt, held: room.held })
	}

	/// Asks another gateway for a path below its URL.
	pub(crate) async fn ask_other(
		&self,
		place: &Place,
		path: &str,
		signed: &str,
		openings: &[(SealedId, Opening)],
	) -> Result<Vec<u8>, NotFetched> {
		Ok(self.ask_beside(place, path, signed, openings, None).await?.0)
	}

	/// The same, with what the other gateway says beside its answer; in the room that there is, if it is counted.
	async fn ask_beside(
		&self,
		place: &Place,
		path: &str,
		signed: &str,
		openings: &[(SealedId, Opening)],
		mut room: Option<&mut Arriving>,
	) -> Result<(Vec<u8>, Vec<&'static str>), NotFetched> {
		let unreachable = |error: reqwest::Error| match is_only_local(&error) {
			true => NotFetched::Place(NoPlace::Local),
			false => NotFetched::Unreachable(error.without_url().to_string()),
		};
		let mut request = place
			.client
			.get(format!("{}{path}", place.url))
			.header("authorization", format!("Salus-Signed {signed}"));
		if !openings.is_empty() {
			request = request.header("salus-openings", header(openings));
		}
		let mut response = request.send().await.map_err(unreachable)?;
		let status = response.status();
		let told = response.headers().get(STANDING).and_then(|value| value.to_str().ok());
		let told = told.map(codes_in).unwrap_or_default();
		let announced = response.content_length();
		let mut bytes = Vec::new();
		while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
			let come = bytes.len().saturating_add(chunk.len());
			if status.is_success() {
				if come > MAX_ANSWER || announced.is_some_and(|all| all > LARGEST) {
					return Err(NotFetched::Malformed("it is too large"));
				}
				if let Some(room) = room.as_deref_mut() {
					room.grow(&self.arriving, come, announced).await?;
				}
			} else if come > MAX_REFUSAL {
				break;
			}
			bytes.extend_from_slice(&chunk);
		}
		if !status.is_success() {
			// The code of its OperationOutcome, if it has one that can be shown.
			let outcome: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
			let code = outcome
				.as_ref()
				.and_then(|it| it.pointer("/issue/0/details/coding/0/code")?.as_str());
			let code = code.filter(|code| {
				code.len() <= 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
			});
			return Err(NotFetched::Refused(status.as_u16(), code.unwrap_or("").into()));
		}
		Ok((bytes, told))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn values_are_counted_by_what_stands_outside_of_texts() {
		for (json, outside) in [
			("", 0),
			("[0,0,0]", 7),
			("\"aaaa\"", 1),
			(r#"{"a":"b\"c\\","d":[]}"#, 10),
			(r#"{"a":"[0,0,0,0]"}"#, 5),
			(r#"["a"#, 2),
		] {
			assert!(is_frame_within(json.as_bytes(), outside), "{json}");
			assert!(outside == 0 || !is_frame_within(json.as_bytes(), outside - 1), "{json}");
		}
	}

	#[test]
	fn an_answer_of_more_values_than_a_receipt_has_is_not_read() {
		let many = format!("[{}0]", "0,".repeat(MAX_FRAME / 2));
		assert!(matches!(opened(many.into_bytes()), Err(NotFetched::Malformed("document"))));
		let few = format!("{{\"sealed\":\"{}\"}}", "A".repeat(MAX_FRAME * 2));
		assert!(matches!(opened(few.into_bytes()), Err(NotFetched::Malformed("receipt"))));
	}

	#[tokio::test]
	async fn an_answer_has_room_for_all_of_it_before_more_is_read_than_is_usual() {
		const MIB: u64 = 1 << 20;
		let room = Room::new(64 << 20, 16 << 20, Duration::from_millis(20));
		let mut small = Arriving::usual(&room, 4).await.unwrap();
		small.grow(&room, 1 << 20, Some(MIB)).await.unwrap();
		assert_eq!(small.bytes, USUAL, "it has its room");
		// A share has 16 MiB; each byte counts twice.
		let mut large = Arriving::usual(&room, 4).await.unwrap();
		large.grow(&room, (1 << 20) + 1, Some(6 * MIB)).await.unwrap();
		assert_eq!(large.bytes, 6 * MIB);
		let mut other = Arriving::usual(&room, 4).await.unwrap();
		assert_eq!(other.grow(&room, (1 << 20) + 1, None).await, Err(NoRoom));
		assert!(other.held.is_none(), "what finds no room holds none");
		drop((small, large));
		other.grow(&room, (1 << 20) + 1, None).await.unwrap();
		assert_eq!(other.bytes, LARGEST);
		assert_eq!(Arriving::usual(&room, 4).await.err(), Some(NoRoom), "it has the whole share");
		assert!(Arriving::usual(&room, 5).await.is_ok(), "others have theirs");
	}
}
