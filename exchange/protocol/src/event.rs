//! What an entry of an access log tells of, and what it must say: the twin of `checkEvent` in `clients/types/src/log-entry.ts`.

use crate::{
	account::Address,
	codes::{Action, Purpose},
	json::Part,
	request::{organisation, MAX_RECORD_ID},
	Hash,
};
use std::fmt;

/// The most UTF-16 code units of a decision in words.
pub const MAX_DECISION: usize = 1_024;

/// The end of the year 9999, in seconds since 1970. What is later was meant in milliseconds.
pub const LAST_MOMENT: u64 = 253_402_300_799;

/// Why a sender could not be authenticated: the names under which such requests are counted.
pub const AUTHENTICATION_FAILURES: [&str; 11] = [
	"malformed",
	"otherCustodian",
	"expired",
	"tooLong",
	"signature",
	"organisation",
	"affiliation",
	"notOwn",
	"replayed",
	"stale",
	"silent",
];

const ACCESS: [&str; 14] = [
	"time",
	"side",
	"organisation",
	"outcome",
	"requestId",
	"recordId",
	"requester",
	"requesterOrganisation",
	"requesterKind",
	"purpose",
	"action",
	"decision",
	"counterpart",
	"custodian",
];
const SUMMARY: [&str; 6] = ["time", "side", "organisation", "outcome", "since", "failures"];

/// What an event says that no entry may say, or does not say that each must.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventFault {
	/// The member.
	pub argument: String,
	/// What is wrong with it.
	pub problem: &'static str,
}

impl fmt::Display for EventFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{} {}", self.argument, self.problem)
	}
}

impl std::error::Error for EventFault {}

/// What came of a request, and in whose log that stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
	/// In the custodian's log: it disclosed.
	Released,
	/// In the custodian's log: it did not.
	Refused,
	/// In the log of whoever was shown the record.
	Received {
		/// The hash of the custodian's entry for the same disclosure.
		counterpart: Option<Hash>,
		/// The organisation that disclosed. Entries that were written before there was this member have none.
		custodian: Option<u32>,
	},
}

/// Whether a person asked, or a machine by itself: a system that fetches records without anybody who reads them then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequesterKind {
	/// A person.
	Person,
	/// A machine.
	Machine,
}

impl RequesterKind {
	/// Its name in entries.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Person => "person",
			Self::Machine => "machine",
		}
	}

	/// What stands for it where a request is signed.
	pub const fn index(self) -> u8 {
		match self {
			Self::Person => 0,
			Self::Machine => 1,
		}
	}

	/// The kind of that name.
	pub fn named(name: &str) -> Option<Self> {
		[Self::Person, Self::Machine].into_iter().find(|kind| kind.name() == name)
	}
}

/// One request of a credentialed actor, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
	/// Seconds since 1970, by the clock of whoever writes. The blocks that decided are in the decision.
	pub time: u64,
	/// The organisation whose log this is; none in the log of a patient.
	pub organisation: Option<u32>,
	/// What came of it.
	pub outcome: Outcome,
	/// The request.
	pub request_id: Hash,
	/// The record: at most [`MAX_RECORD_ID`] code units.
	pub record_id: String,
	/// Who asked.
	pub requester: Address,
	/// The organisation for which; none of a patient, who asks for no organisation.
	pub requester_organisation: Option<u32>,
	/// Whether a person asked or a machine, as far as whoever writes the entry knows: to the chain, who asks is an account. Entries that were
	/// written before there was this member have none.
	pub requester_kind: Option<RequesterKind>,
	/// For what.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
	/// The decision in words, with the blocks on which it rests: at most [`MAX_DECISION`] code units.
	pub decision: String,
}

/// How many requests were refused whose sender could not be authenticated: one event for all of them, because strangers could
/// fill the log with a line each, and nothing they say of themselves is known to be true.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
	/// Until when they were counted, in seconds since 1970, by the clock of the gate.
	pub time: u64,
	/// The organisation whose gate it is.
	pub organisation: u32,
	/// When the first of them came, by the same clock.
	pub since: u64,
	/// How many, by why: names of [`AUTHENTICATION_FAILURES`].
	pub failures: Vec<(String, u64)>,
}

/// What an entry tells of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
	/// One request.
	Access(Access),
	/// Requests of strangers.
	Unauthenticated(Summary),
}

fn bad(argument: impl Into<String>, problem: &'static str) -> EventFault {
	EventFault { argument: argument.into(), problem }
}

/// The members of an event while it is read.
struct Members<'a>(&'a [(String, Part)]);

impl<'a> Members<'a> {
	fn get(&self, name: &str) -> Option<&'a Part> {
		self.0.iter().find_map(|(there, part)| (there == name).then_some(part))
	}

	fn only(&self, known: &[&str]) -> Result<(), EventFault> {
		match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
			Some((name, _)) => Err(bad(name.as_str(), "is no part of an entry of an access log")),
			None => Ok(()),
		}
	}

	fn moment(&self, name: &'static str) -> Result<u64, EventFault> {
		let moment = self.get(name).and_then(Part::whole).filter(|moment| *moment <= LAST_MOMENT);
		moment.ok_or(bad(name, "must be a moment in seconds since 1970"))
	}

	/// What there need not be, but must be right if it is there.
	fn optional<T>(
		&self,
		name: &'static str,
		read: impl Fn(&Self, &'static str) -> Result<T, EventFault>,
	) -> Result<Option<T>, EventFault> {
		self.get(name).map(|_| read(self, name)).transpose()
	}

	fn organisation(&self, name: &'static str) -> Result<u32, EventFault> {
		self.get(name)
			.and_then(organisation)
			.ok_or(bad(name, "must be the number of an organisation"))
	}

	fn hash(&self, name: &'static str) -> Result<Hash, EventFault> {
		// Entries were written with either case, and a log cannot be written anew.
		let digits = self.get(name).and_then(Part::text).and_then(|text| text.strip_prefix("0x"));
		let hash = digits.and_then(|it| format!("0x{}", it.to_ascii_lowercase()).parse().ok());
		hash.ok_or(bad(name, "must be 0x and 64 hexadecimal digits"))
	}

	fn text(&self, name: &'static str, most: usize) -> Result<String, EventFault> {
		let text = self.get(name).and_then(Part::text).filter(|text| fits(text, most));
		text.map(Into::into).ok_or(bad(name, "must be a text, and no longer than allowed"))
	}

	fn code<T>(
		&self,
		name: &'static str,
		named: impl Fn(&str) -> Option<T>,
	) -> Result<T, EventFault> {
		self.get(name).and_then(Part::text).and_then(named).ok_or(bad(name, "is none of the codes"))
	}
}

fn fits(text: &str, most: usize) -> bool {
	text.encode_utf16().count() <= most
}

impl Event {
	/// Reads an event, an object without place and hash. Refused is what an entry must not say, or does not say.
	pub fn from_part(event: &Part) -> Result<Self, EventFault> {
		let Part::Object(members) = event else { return Err(bad("event", "is no object")) };
		let members = Members(members);
		let time = members.moment("time")?;
		match members.get("outcome").and_then(Part::text) {
			Some("unauthenticated") => summary(&members, time).map(Self::Unauthenticated),
			_ => access(&members, time).map(Self::Access),
		}
	}

	/// The event as JSON, without place and hash. Refused is what an entry must not say: what once stands in the chain of
	/// entries can never be put right.
	pub fn to_part(&self) -> Result<Part, EventFault> {
		let part = self.written();
		Self::from_part(&part)?;
		Ok(part)
	}

	fn written(&self) -> Part {
		let number = |value: u64| Part::Whole(i64::try_from(value).unwrap_or(i64::MAX));
		let mut members: Vec<(&str, Part)> = Vec::new();
		match self {
			Self::Access(event) => {
				let (side, outcome) = match event.outcome {
					Outcome::Released => ("source", "released"),
					Outcome::Refused => ("source", "refused"),
					Outcome::Received { .. } => ("recipient", "received"),
				};
				members.push(("time", number(event.time)));
				members.push(("side", Part::of(side)));
				members.extend(event.organisation.map(|org| ("organisation", number(org.into()))));
				members.push(("outcome", Part::of(outcome)));
				members.push(("requestId", Part::of(event.request_id)));
				members.push(("recordId", Part::of(&event.record_id)));
				members.push(("requester", Part::of(event.requester.as_str())));
				members.extend(
					event
						.requester_organisation
						.map(|org| ("requesterOrganisation", number(org.into()))),
				);
				let kind = event.requester_kind.map(RequesterKind::name);
				members.extend(kind.map(|kind| ("requesterKind", Part::of(kind))));
				members.push(("purpose", Part::of(event.purpose)));
				members.push(("action", Part::of(event.action)));
				members.push(("decision", Part::of(&event.decision)));
				if let Outcome::Received { counterpart, custodian } = event.outcome {
					members.extend(counterpart.map(|hash| ("counterpart", Part::of(hash))));
					members.extend(custodian.map(|org| ("custodian", number(org.into()))));
				}
			},
			Self::Unauthenticated(event) => {
				let failures =
					event.failures.iter().map(|(why, count)| (why.clone(), number(*count)));
				members.push(("time", number(event.time)));
				members.push(("side", Part::of("source")));
				members.push(("organisation", number(event.organisation.into())));
				members.push(("outcome", Part::of("unauthenticated")));
				members.push(("since", number(event.since)));
				members.push(("failures", Part::Object(failures.collect())));
			},
		}
		Part::Object(members.into_iter().map(|(name, part)| (name.into(), part)).collect())
	}
}

fn access(members: &Members, time: u64) -> Result<Access, EventFault> {
	members.only(&ACCESS)?;
	let is_source = members.code("side", |side| match side {
		"source" => Some(true),
		"recipient" => Some(false),
		_ => None,
	})?;
	let outcome = members.code("outcome", |outcome| match (is_source, outcome) {
		(true, "released") => Some(Outcome::Released),
		(true, "refused") => Some(Outcome::Refused),
		(false, "received") => Some(Outcome::Received { counterpart: None, custodian: None }),
		_ => None,
	})?;
	// A custodian that discloses is always an organisation; who receives may be a patient.
	let organisation = match is_source {
		true => Some(members.organisation("organisation")?),
		false => members.optional("organisation", Members::organisation)?,
	};
	let request_id = members.hash("requestId")?;
	let record_id = members.text("recordId", MAX_RECORD_ID)?;
	let requester = members.code("requester", |text| Address::read(text).ok())?;
	let requester_organisation =
		members.optional("requesterOrganisation", Members::organisation)?;
	let requester_kind = members
		.optional("requesterKind", |members, name| members.code(name, RequesterKind::named))?;
	let purpose = members.code("purpose", Purpose::named)?;
	let action = members.code("action", Action::named)?;
	let decision = members.text("decision", MAX_DECISION)?;
	let counterpart = members.optional("counterpart", Members::hash)?;
	let custodian = members.optional("custodian", Members::organisation)?;
	let outcome = match outcome {
		Outcome::Received { .. } => Outcome::Received { counterpart, custodian },
		_ if custodian.is_some() => {
			return Err(bad(
				"custodian",
				"is for the entry of a recipient: that of a source has its organisation",
			))
		},
		// A custodian's entry that names another's has always been taken, and says nothing here.
		_ => outcome,
	};
	Ok(Access {
		time,
		organisation,
		outcome,
		request_id,
		record_id,
		requester,
		requester_organisation,
		requester_kind,
		purpose,
		action,
		decision,
	})
}

fn summary(members: &Members, time: u64) -> Result<Summary, EventFault> {
	members.only(&SUMMARY)?;
	members.code("side", |side| (side == "source").then_some(()))?;
	let organisation = members.organisation("organisation")?;
	let since = members.moment("since")?;
	if since > time {
		return Err(bad("since", "is after the time of the entry"));
	}
	let Some(Part::Object(counts)) =
		members.get("failures").filter(|part| **part != Part::Object(Vec::new()))
	else {
		return Err(bad("failures", "counts nothing"));
	};
	let failures = counts.iter().map(|(why, count)| {
		if !AUTHENTICATION_FAILURES.contains(&why.as_str()) {
			return Err(bad("failures", "has a reason that there is not"));
		}
		match count.whole() {
			Some(count) if count > 0 => Ok((why.clone(), count)),
			_ => Err(bad(format!("failures.{why}"), "must be a number of requests")),
		}
	});
	Ok(Summary { time, organisation, since, failures: failures.collect::<Result<_, _>>()? })
}
