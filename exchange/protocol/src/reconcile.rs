//! Comparing what two organisations logged of their disclosures to each other: the twin of `clients/exchange/src/access-log/reconcile.ts`. A
//! disclosure is what one released for a requester of the other; it stands in both logs.

use crate::{
	event::{Access, Event, Outcome},
	log::Line,
	Hash,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt,
};

/// A day, in seconds.
pub const DAY: u64 = 86_400;

/// An entry that can be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
	/// Its number in its log.
	pub seq: u64,
	/// Its hash.
	pub hash: Hash,
	/// What it tells of.
	pub access: Access,
}

/// Why what came is no part of a log of that organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotComparable {
	/// A line does not have its hash, or is no entry: which, counted from 0.
	Line(usize),
	/// A line is of another organisation's log.
	OtherLog(usize),
}

impl fmt::Display for NotComparable {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Line(at) => write!(f, "line {at} is no entry, or does not have its hash"),
			Self::OtherLog(at) => write!(f, "line {at} is of another log"),
		}
	}
}

impl std::error::Error for NotComparable {}

/// The entries of `organisation`'s log about single requests, of lines of it. Of what an earlier version wrote otherwise, none.
pub fn entries(organisation: u32, lines: &[Line]) -> Result<Vec<Entry>, NotComparable> {
	let mut found = Vec::new();
	for (at, line) in lines.iter().enumerate() {
		let seq = line.get("seq").and_then(crate::json::Part::whole);
		let seq = seq.filter(|_| line.has_its_hash()).ok_or(NotComparable::Line(at))?;
		let access = match line.event().map_err(|_| NotComparable::Line(at))? {
			Event::Access(access) => access,
			Event::Unauthenticated(summary) if summary.organisation == organisation => continue,
			Event::Unauthenticated(_) => return Err(NotComparable::OtherLog(at)),
		};
		if access.organisation != Some(organisation) {
			return Err(NotComparable::OtherLog(at));
		}
		found.push(Entry { seq, hash: line.hash(), access });
	}
	Ok(found)
}

/// How what is signed to ask for the entries of a log begins. That they were shown is logged, and is no disclosure of a record: whoever asked does
/// not log it.
pub const COUNTERPART: &str = "$counterpart?";

/// To which other organisation an entry of somebody's log says that something was disclosed, or from which. One that does not say from whom
/// something came may be about a third, and is about nobody.
pub fn other_of(access: &Access) -> Option<u32> {
	match access.outcome {
		Outcome::Released if access.record_id.starts_with(COUNTERPART) => None,
		Outcome::Released => access.requester_organisation,
		Outcome::Refused => None,
		Outcome::Received { custodian, .. } => custodian,
	}
}

/// One disclosure that both logged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
	/// The entry of the one that disclosed.
	pub source: Entry,
	/// The entry of the one that received.
	pub recipient: Entry,
	/// What the two say differently, by the names of the members.
	pub differ: Vec<&'static str>,
}

/// What comes of comparing one day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
	/// Logged by both.
	pub matched: Vec<Pair>,
	/// Logged by the organisation alone.
	pub only_ours: Vec<Entry>,
	/// Logged by the other alone.
	pub only_theirs: Vec<Entry>,
	/// What was received from somebody who is not named, and has no counterpart: not counted.
	pub unattributed: Vec<Entry>,
}

/// What one log has about another organisation.
#[derive(Default)]
struct Disclosures<'a> {
	given: Vec<&'a Entry>,
	/// The last two: from whoever is named, and from somebody who is not.
	received: Vec<&'a Entry>,
	from_somebody: Vec<&'a Entry>,
}

fn disclosures(entries: &[Entry], other: u32) -> Disclosures<'_> {
	let mut found = Disclosures::default();
	for entry in entries {
		match entry.access.outcome {
			Outcome::Released if other_of(&entry.access) == Some(other) => found.given.push(entry),
			Outcome::Received { custodian: Some(custodian), .. } if custodian == other => {
				found.received.push(entry)
			},
			Outcome::Received { custodian: None, .. } => found.from_somebody.push(entry),
			_ => {},
		}
	}
	found
}

fn counterpart(entry: &Entry) -> Option<Hash> {
	match entry.access.outcome {
		Outcome::Received { counterpart, .. } => counterpart,
		_ => None,
	}
}

fn differences(source: &Entry, recipient: &Entry) -> Vec<&'static str> {
	let (one, other) = (&source.access, &recipient.access);
	let kinds = one.requester_kind.zip(other.requester_kind);
	let parts = [
		("counterpart", counterpart(recipient) != Some(source.hash)),
		("recordId", one.record_id != other.record_id),
		("requester", one.requester.account() != other.requester.account()),
		("requesterOrganisation", one.requester_organisation != other.requester_organisation),
		("requesterKind", kinds.is_some_and(|(a, b)| a != b)),
		("purpose", one.purpose != other.purpose),
		("action", one.action != other.action),
		("decision", one.decision != other.decision),
	];
	parts.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

/// What one gave and the other got, put together: by the hash that the recipient's entry has, else by the request.
struct Paired<'a> {
	pairs: Vec<(&'a Entry, &'a Entry)>,
	only_source: Vec<&'a Entry>,
	only_recipient: Vec<&'a Entry>,
	unattributed: Vec<&'a Entry>,
}

fn paired<'a>(given: &[&'a Entry], got: &Disclosures<'a>) -> Paired<'a> {
	let by_hash: BTreeMap<[u8; 32], &Entry> =
		given.iter().map(|entry| (entry.hash.0, *entry)).collect();
	let mut by_request: BTreeMap<[u8; 32], Vec<&Entry>> = BTreeMap::new();
	for entry in given {
		by_request.entry(entry.access.request_id.0).or_default().push(entry);
	}
	let (mut pairs, mut taken) = (Vec::new(), BTreeSet::new());
	let mut without_hash = Vec::new();
	// Hashes first: they leave no doubt, whatever the order.
	for recipient in got.received.iter().chain(&got.from_somebody) {
		match counterpart(recipient).and_then(|hash| by_hash.get(&hash.0)) {
			// What was opened again counts once.
			Some(source) if taken.insert(source.hash.0) => pairs.push((*source, *recipient)),
			Some(_) => {},
			None => without_hash.push(*recipient),
		}
	}
	let mut alone = Vec::new();
	for recipient in without_hash {
		let of_request = by_request.get(&recipient.access.request_id.0);
		let source = of_request.and_then(|all| all.iter().find(|it| !taken.contains(&it.hash.0)));
		match source {
			Some(source) => {
				taken.insert(source.hash.0);
				pairs.push((*source, recipient));
			},
			None => alone.push(recipient),
		}
	}
	let is_named = |entry: &&Entry| {
		matches!(entry.access.outcome, Outcome::Received { custodian: Some(_), .. })
	};
	let (only_recipient, unattributed) = alone.into_iter().partition(is_named);
	let only_source = given.iter().copied().filter(|it| !taken.contains(&it.hash.0)).collect();
	Paired { pairs, only_source, only_recipient, unattributed }
}

/// Compares what `ours` and `theirs` say of a day, counted from 1970. Both are to be given from a day before until a day after: **the day of a
/// disclosure is that of the source's entry**, whenever the recipient logged it; if there is none, that of the recipient's.
pub fn reconcile(
	(organisation, ours): (u32, &[Entry]),
	(counterparty, theirs): (u32, &[Entry]),
	day: u64,
) -> Comparison {
	let of_ours = disclosures(ours, counterparty);
	let of_theirs = disclosures(theirs, organisation);
	let to_them = paired(&of_ours.given, &of_theirs);
	let to_us = paired(&of_theirs.given, &of_ours);
	let is_of_day = |entry: &Entry| entry.access.time / DAY == day;
	let of_day = |one: &[&Entry], other: &[&Entry]| {
		let mut found: Vec<Entry> = one
			.iter()
			.chain(other)
			.filter(|entry| is_of_day(entry))
			.map(|entry| (*entry).clone())
			.collect();
		found.sort_by_key(|entry| entry.seq);
		found
	};
	let pairs = to_them.pairs.iter().chain(&to_us.pairs);
	let mut matched: Vec<Pair> = pairs
		.filter(|(source, _)| is_of_day(source))
		.map(|(source, recipient)| Pair {
			source: (*source).clone(),
			recipient: (*recipient).clone(),
			differ: differences(source, recipient),
		})
		.collect();
	matched.sort_by_key(|pair| pair.source.access.time);
	let mut unattributed = of_day(&to_us.unattributed, &[]);
	unattributed.extend(of_day(&to_them.unattributed, &[]));
	Comparison {
		matched,
		only_ours: of_day(&to_them.only_source, &to_us.only_recipient),
		only_theirs: of_day(&to_us.only_source, &to_them.only_recipient),
		unattributed,
	}
}
