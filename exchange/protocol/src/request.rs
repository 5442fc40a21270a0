//! A request for a record: its parts, what of it is signed, and the one form in which it is taken. The twin of
//! `clients/exchange/src/request.ts`, and of `signatureFailure` in `authentication.ts`.

use crate::{
	account::Address,
	codes::{Action, Purpose},
	event::RequesterKind,
	json::Part,
	signature, Hash,
};
use std::fmt;

/// The longest time, in seconds, from now to the expiry of a request: what was answered is remembered that long.
pub const MAX_REQUEST_LIFE: u64 = 600;

/// The most UTF-16 code units of a record's id: ids go into logs.
pub const MAX_RECORD_ID: usize = 128;

/// The largest request, in bytes.
pub const MAX_REQUEST: usize = 16 << 10;

/// What stands for no organisation in what is signed; no organisation has this number.
pub const NO_ORGANISATION: u32 = u32::MAX;

/// What is signed where the request does not say who asks, a person or a machine; and where it does.
const DOMAINS: [&[u8]; 2] = [b"salus:release:v1", b"salus:release:v2"];

/// What somebody asks of a custodian's gate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReleaseRequest {
	/// 32 random bytes: a request is answered once.
	pub id: Hash,
	/// The organisation whose gate is asked.
	pub custodian: u32,
	/// The record.
	pub record_id: String,
	/// The account that asks.
	pub requester: Address,
	/// The organisation for which it asks; none for a patient.
	pub organisation: Option<u32>,
	/// Whether a person asks or a machine, if the request says it: see [`kind`](Self::kind).
	pub requester_kind: Option<RequesterKind>,
	/// For what.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
	/// Until when the gate may answer, in seconds since 1970.
	pub expiry: u64,
}

/// A request with the requester's signature over its [message](ReleaseRequest::message).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedRequest {
	/// The request.
	pub request: ReleaseRequest,
	/// The signature, see [`signature::holds`].
	pub signature: Vec<u8>,
}

/// What a gate checks a request with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gate {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The organisation whose gate it is.
	pub custodian: u32,
	/// The time, in seconds since 1970.
	pub now: u64,
}

/// Why a request is not taken. What it is about does not matter here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RequestFault {
	/// It is no request in the form that is taken.
	Malformed {
		/// The part that is not as it must be, or `document`.
		part: &'static str,
	},
	/// It is for another custodian.
	OtherCustodian,
	/// It has expired.
	Expired,
	/// It runs for longer than [`MAX_REQUEST_LIFE`].
	TooLong,
	/// The signature is not the requester's.
	Signature,
}

impl RequestFault {
	/// Its name in the vectors and in the client.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Malformed { .. } => "malformed",
			Self::OtherCustodian => "otherCustodian",
			Self::Expired => "expired",
			Self::TooLong => "tooLong",
			Self::Signature => "signature",
		}
	}
}

impl fmt::Display for RequestFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed { part } => write!(f, "the request is malformed: {part}"),
			Self::OtherCustodian => f.write_str("the request is for another custodian"),
			Self::Expired => f.write_str("the request has expired"),
			Self::TooLong => f.write_str("the request runs for too long"),
			Self::Signature => f.write_str("the signature is not the requester's"),
		}
	}
}

impl std::error::Error for RequestFault {}

impl ReleaseRequest {
	/// Whether a person asks or a machine, for the log. A key of a patient is a person's, unless the request says otherwise. Behind a key of an
	/// organisation may be either: that a person asks is what the house claims there, and signs. Where it does not, a machine asks.
	pub fn kind(&self) -> RequesterKind {
		self.requester_kind.unwrap_or(match self.organisation {
			None => RequesterKind::Person,
			Some(_) => RequesterKind::Machine,
		})
	}

	/// What the requester signs: every part of the request, bound to the chain of that genesis and to the custodian. What it says of who asks stands
	/// at the end, in a form of its own: a request that says nothing of it is signed as before there was this member.
	pub fn message(&self, genesis: &Hash) -> Vec<u8> {
		let codes = [self.purpose.index(), self.action.index()];
		let [silent, telling] = DOMAINS;
		let kind = self.requester_kind.map(RequesterKind::index);
		[
			if kind.is_some() { telling } else { silent },
			&genesis.0,
			&self.id.0,
			&self.custodian.to_le_bytes(),
			&Hash::of(self.record_id.as_bytes()).0,
			&self.requester.account().0,
			&self.organisation.unwrap_or(NO_ORGANISATION).to_le_bytes(),
			&codes,
			&self.expiry.to_le_bytes(),
			kind.as_slice(),
		]
		.concat()
	}

	/// Reads a request. Members that it does not have are passed over: they are not signed, and mean nothing.
	pub fn from_part(request: &Part) -> Result<Self, RequestFault> {
		let malformed = |part: &'static str| RequestFault::Malformed { part };
		let member = |name: &'static str| request.get(name).ok_or(malformed(name));
		let text = |name: &'static str| member(name)?.text().ok_or(malformed(name));
		Ok(Self {
			id: id(text("id")?).ok_or(malformed("id"))?,
			custodian: organisation(member("custodian")?).ok_or(malformed("custodian"))?,
			organisation: match request.get("organisation") {
				None => None,
				Some(part) => Some(organisation(part).ok_or(malformed("organisation"))?),
			},
			record_id: Some(text("recordId")?)
				.filter(|id| id.encode_utf16().count() <= MAX_RECORD_ID)
				.ok_or(malformed("recordId"))?
				.into(),
			requester: Address::read(text("requester")?).map_err(|_| malformed("requester"))?,
			requester_kind: match request.get("requesterKind") {
				None => None,
				Some(part) => Some(
					part.text().and_then(RequesterKind::named).ok_or(malformed("requesterKind"))?,
				),
			},
			purpose: Purpose::named(text("purpose")?).ok_or(malformed("purpose"))?,
			action: Action::named(text("action")?).ok_or(malformed("action"))?,
			expiry: member("expiry")?.whole().ok_or(malformed("expiry"))?,
		})
	}
}

impl SignedRequest {
	/// Reads `{"request": …, "signature": "0x…"}`, in the one form that has its signature: the id in lower case, numbers in
	/// their range. A twin in another spelling would pass for a request never seen before.
	pub fn read(bytes: &[u8]) -> Result<Self, RequestFault> {
		let malformed = |part: &'static str| RequestFault::Malformed { part };
		let whole = Part::read(bytes, MAX_REQUEST).map_err(|_| malformed("document"))?;
		let signature =
			whole.get("signature").and_then(Part::text).ok_or(malformed("signature"))?;
		let digits = signature.strip_prefix("0x").ok_or(malformed("signature"))?;
		Ok(Self {
			request: ReleaseRequest::from_part(whole.get("request").ok_or(malformed("request"))?)?,
			signature: hex::decode(digits).map_err(|_| malformed("signature"))?,
		})
	}

	/// Checks addressee, time and signature, in this order. Whether the requester has any standing only the chain can tell, and
	/// whether the request was answered before only the gate.
	pub fn check(&self, gate: &Gate) -> Result<(), RequestFault> {
		let Self { request, signature } = self;
		if request.custodian != gate.custodian {
			return Err(RequestFault::OtherCustodian);
		}
		if request.expiry <= gate.now {
			return Err(RequestFault::Expired);
		}
		if request.expiry > gate.now.saturating_add(MAX_REQUEST_LIFE) {
			return Err(RequestFault::TooLong);
		}
		let message = request.message(&gate.genesis);
		match signature::holds(request.requester.account(), &message, signature) {
			true => Ok(()),
			false => Err(RequestFault::Signature),
		}
	}
}

/// The id of a request: `0x` and 64 hexadecimal digits in lower case.
fn id(text: &str) -> Option<Hash> {
	let id: Hash = text.parse().ok()?;
	(id.to_string() == text).then_some(id)
}

/// The number of an organisation.
pub(crate) fn organisation(part: &Part) -> Option<u32> {
	part.whole()
		.and_then(|number| u32::try_from(number).ok())
		.filter(|number| *number != NO_ORGANISATION)
}
