//! Searches: one type, of one patient. Every page is a request of its own, signed and decided anew. What is not permitted is as if it
//! were not there: no page is shorter for it, and there is no total.

use crate::{
	audit_events::AUDIT_EVENT,
	consents::CONSENT,
	gateway::Gateway,
	ingest::is_id,
	openings::Sent,
	percent::escaped,
	release::{Caller, Leaving, Refusal},
	room::Held,
	scan::{Extent, Scan},
	store::{Store, TokenFilter, Wanted},
	vault::Kind,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_policy::DataTime;
use salus_exchange_protocol::Hash;
use serde_json::Value;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
};

/// The most resources of a page.
pub const MAX_COUNT: usize = 100;
/// How many a page has unless it is said.
pub const COUNT: usize = 20;
/// The longest query, in bytes.
pub const MAX_QUERY: usize = 2_048;
/// How many records are looked at in one go.
const AT_ONCE: usize = 1_000;
/// The most values of one parameter, divided by commas.
const MAX_VALUES: usize = 20;
/// The most parameters.
const MAX_PARAMETERS: usize = 16;

/// What is signed for a search: the type, and the hash of the query as it stands in the URL.
pub fn target(resource_type: &str, query: &str) -> String {
	format!("{resource_type}?{}", Hash::of(query.as_bytes()))
}

/// A search that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
	/// What is wanted; where to go on is not in it yet.
	pub wanted: Wanted,
	/// How many resources a page has.
	pub count: usize,
	/// Where to go on, as the page before said.
	pub cursor: Option<String>,
	/// All of the query but the cursor: what a cursor is for.
	pub rest: String,
}

fn bad(why: impl Into<String>) -> Refusal {
	Refusal::Search(why.into())
}

/// The patient's handle in a query that has nothing else.
pub(crate) fn patient_alone(query: &str) -> Result<Hash, Refusal> {
	let handle = query.strip_prefix("patient=").and_then(|handle| handle.parse().ok());
	handle.ok_or_else(|| bad("offered is patient=, a handle, and nothing else"))
}

/// Conditions over a column or two, as FHIR compares spans with spans.
fn moments(
	text: &str,
	name: &str,
	from: &'static [&'static str; 4],
) -> Result<Vec<(&'static str, u64)>, Refusal> {
	let (prefix, date) = match text.split_at_checked(2) {
		Some((prefix, date)) if prefix.bytes().all(|b| b.is_ascii_lowercase()) => (prefix, date),
		_ => ("eq", text),
	};
	let span = DataTime::of_text(date).ok_or_else(|| {
		bad(format!("{name} must be a date, with eq, ge, gt, le or lt before it"))
	})?;
	let [not_before, ends_from, begins_by, not_after] = *from;
	Ok(match prefix {
		"eq" => vec![(not_before, span.from), (not_after, span.to)],
		"ge" => vec![(ends_from, span.from)],
		"gt" => vec![(ends_from, span.to.saturating_add(1))],
		"le" => vec![(begins_by, span.to)],
		"lt" => vec![(begins_by, span.from.saturating_sub(1))],
		_ => return Err(bad(format!("{name} may have eq, ge, gt, le or lt before its date"))),
	})
}

const OF_DATA: [&str; 4] = ["time_from >= ", "time_to >= ", "time_from <= ", "time_to <= "];
const OF_RECEIPT: [&str; 4] = ["received >= ", "received >= ", "received <= ", "received <= "];

/// As texts are kept: without U+0000.
fn kept(text: &str) -> String {
	text.replace('\0', "\u{fffd}")
}

fn tokens(name: &str, value: &str) -> Result<TokenFilter, Refusal> {
	let any: Vec<(Option<String>, String)> = value
		.split(',')
		.map(|each| match each.split_once('|') {
			Some((system, code)) => (Some(kept(system)), kept(code)),
			None => (None, kept(each)),
		})
		.collect();
	match any.len() <= MAX_VALUES && any.iter().all(|(_, code)| !code.is_empty()) {
		true => Ok(TokenFilter { name: name.into(), any }),
		false => Err(bad(format!("{name} must be 1 to {MAX_VALUES} codes, each with its system before it and | between, or without"))),
	}
}

impl Search {
	/// Reads a query. What is not offered is refused: passed over, it would give more than was asked for.
	pub fn read(resource_type: &str, query: &str) -> Result<Self, Refusal> {
		if query.len() > MAX_QUERY {
			return Err(bad(format!("the query is longer than {MAX_QUERY} bytes")));
		}
		let url = reqwest::Url::parse(&format!("http://search/?{query}"))
			.map_err(|_| bad("the query is none of a URL"))?;
		let mut patient = None;
		let (mut count, mut cursor, mut id) = (COUNT, None, None);
		let (mut filters, mut conditions, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
		let mut rest = String::new();
		for (at, (name, value)) in url.query_pairs().enumerate() {
			if at >= MAX_PARAMETERS {
				return Err(bad(format!("there are more than {MAX_PARAMETERS} parameters")));
			}
			let may_repeat = matches!(name.as_ref(), "date" | "_lastUpdated");
			if !seen.insert(name.clone()) && !may_repeat {
				return Err(bad(format!("{name} is there twice")));
			}
			match name.as_ref() {
				"patient" => patient = Some(value.parse::<Hash>().map_err(|_| bad("patient must be a handle: 0x and 64 hexadecimal digits in lower case"))?),
				"_id" if is_id(&value) => id = Some(value.clone().into_owned()),
				"category" | "code" | "type" | "status" => filters.push(tokens(&name, &value)?),
				"date" => conditions.extend(moments(&value, &name, &OF_DATA)?),
				"_lastUpdated" => conditions.extend(moments(&value, &name, &OF_RECEIPT)?),
				"_count" => {
					let number = value.parse::<usize>().ok().filter(|number| (1..=MAX_COUNT).contains(number));
					count = number.ok_or_else(|| bad(format!("_count must be from 1 to {MAX_COUNT}")))?;
				},
				"_cursor" => {
					cursor = Some(value.into_owned());
					continue;
				},
				"_id" => return Err(bad("_id must be one id")),
				_ => return Err(bad("offered are patient, _id, category, code, type, status, date, _lastUpdated, _count and _cursor, without modifiers; no chaining, no _include, no _has")),
			}
			if !rest.is_empty() {
				rest.push('&');
			}
			rest.push_str(&escaped(&name, &[]));
			rest.push('=');
			rest.push_str(&escaped(&value, &[]));
		}
		let patient =
			patient.ok_or_else(|| bad("patient is missing: a search is of one patient"))?;
		let wanted = Wanted {
			patient,
			resource_type: resource_type.into(),
			id,
			tokens: filters,
			moments: conditions,
			after: 0,
		};
		Ok(Self { wanted, count, cursor, rest })
	}
}

impl Search {
	/// Of what is no record: that nothing is asked for but a patient.
	pub(crate) fn of_patient_alone(&self) -> Result<(), Refusal> {
		let Wanted { resource_type, id, tokens, moments, .. } = &self.wanted;
		match id.is_none() && tokens.is_empty() && moments.is_empty() {
			true => Ok(()),
			false => {
				Err(bad(format!("of {resource_type} offered are patient, _count and _cursor")))
			},
		}
	}
}

/// A page.
#[derive(Clone, Default, Debug)]
pub struct Page {
	/// What leaves: `Type/id`, and the resource.
	pub resources: Vec<(String, Vec<u8>)>,
	/// The query of the next page, if something permitted is on it.
	pub next: Option<String>,
	/// What the chain says of some of them, as codes, by `Type/id`: it stands beside the resource.
	pub standing: BTreeMap<String, Vec<&'static str>>,
	/// The room that it takes.
	pub held: Held,
}

impl Page {
	/// Of what leaves.
	pub(crate) fn of(leaving: Vec<Leaving>) -> Self {
		let mut page = Self::default();
		for Leaving { found, released, standing, .. } in leaving {
			let reference = format!("{}/{}", found.resource_type, found.id);
			if !standing.is_empty() {
				page.standing.insert(reference.clone(), standing);
			}
			page.resources.push((reference, released.resource));
		}
		page
	}

	/// What is found where nothing is permitted: the same as where there is nothing.
	pub(crate) fn or_empty(done: Result<Self, Refusal>) -> Result<Self, Refusal> {
		match done {
			Err(Refusal::NotFound(_)) => Ok(Self::default()),
			done => done,
		}
	}
}

/// A resource that is made here, with its id.
pub(crate) fn with_id(mut resource: Value, id: &str) -> Value {
	if let Value::Object(members) = &mut resource {
		members.insert("id".into(), id.into());
	}
	resource
}

impl Gateway {
	/// What a cursor is for: this search, by this requester for this organisation. Nobody else goes on with it.
	pub(crate) fn cursor_name(caller: &Caller, search: &Search) -> Vec<u8> {
		let request = &caller.request;
		let organisation =
			request.organisation.map_or_else(Vec::new, |number| number.to_le_bytes().to_vec());
		let query = format!("{}?{}", search.wanted.resource_type, search.rest);
		[request.requester.account().0.as_slice(), &Hash::of(query.as_bytes()).0, &organisation]
			.concat()
	}

	/// Where a search goes on: where its cursor says, or at `first` if it has none.
	pub(crate) fn goes_on(&self, name: &[u8], search: &Search, first: u64) -> Result<u64, Refusal> {
		let Some(cursor) = &search.cursor else { return Ok(first) };
		self.opened(name, cursor).ok_or_else(|| bad("_cursor is none of this search"))
	}

	/// Where a cursor says to go on, if it is one of that name.
	fn opened(&self, name: &[u8], cursor: &str) -> Option<u64> {
		let sealed = URL_SAFE_NO_PAD.decode(cursor).ok()?;
		let plain = self.vault.open(Kind::Cursor, name, &sealed).ok()?;
		plain.try_into().ok().map(u64::from_le_bytes)
	}

	/// The query of the next page, after `last`.
	pub(crate) fn next_query(&self, name: &[u8], rest: &str, last: u64) -> Result<String, Refusal> {
		let sealed = self.vault.seal(Kind::Cursor, name, &last.to_le_bytes());
		let sealed = sealed.map_err(|error| Refusal::Failure(error.into()))?;
		Ok(format!("{rest}&_cursor={}", URL_SAFE_NO_PAD.encode(sealed)))
	}

	/// One page of a search.
	pub async fn search(
		self: &Arc<Self>,
		sent: Sent,
		resource_type: &str,
		query: &str,
	) -> Result<Page, Refusal> {
		let search = Search::read(resource_type, query)?;
		if resource_type == AUDIT_EVENT {
			return self.own_audit_events(sent, search, query).await;
		}
		if resource_type == CONSENT {
			return self.own_consents(sent, search, query).await;
		}
		let mut caller = self.caller(sent, &target(resource_type, query)).await?;
		let done = self.search_by(&mut caller, search).await;
		Page::or_empty(self.ended(&caller, done).await)
	}

	pub(crate) async fn search_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		mut search: Search,
	) -> Result<Page, Refusal> {
		let name = Self::cursor_name(caller, &search);
		search.wanted.after = self.goes_on(&name, &search, search.wanted.after)?;
		let patient = Some(search.wanted.patient);
		let openings = caller.openings.clone();
		let mut decider = self.decider(caller.present, patient, caller.asker(), openings).await?;
		// One more than the page has: whether there is a next one.
		let enough = search.count.saturating_add(1);
		let (leaving, next, held) = loop {
			let extent = Extent { after: search.wanted.after, enough, at_once: AT_ONCE };
			let wanted = search.wanted.clone();
			let look = move |store: &Store, after, most| {
				store.candidates(&Wanted { after, ..wanted.clone() }, most)
			};
			let Scan { numbers, decided, .. } =
				self.scan(caller, &mut decider, extent, look).await?;
			let (page, more) = numbers.split_at_checked(search.count).unwrap_or((&numbers, &[]));
			let (page, more) = (page.to_vec(), !more.is_empty());
			let end = page.last().copied();
			let records = self.numbered(page).await?;
			let party = Some(caller.party());
			let (leaving, is_cut, held) = self.leaving(records, decided, party).await?;
			let last = leaving.last().map(|each| each.found.number);
			match (last, end, more || is_cut) {
				(Some(last), _, true) => {
					let next = self.next_query(&name, &search.rest, last)?;
					break (leaving, Some(next), held);
				},
				// None of the page can be read, or may leave any more: what is behind it is looked at.
				(None, Some(end), true) => search.wanted.after = end,
				_ => break (leaving, None, held),
			}
		};
		if leaving.is_empty() {
			return Err(Refusal::NotFound("nothing that is permitted was found".into()));
		}
		self.logged(caller, &leaving).await?;
		Ok(Page { next, held, ..Page::of(leaving) })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const PATIENT: &str =
		"patient=0x1111111111111111111111111111111111111111111111111111111111111111";

	fn read(more: &str) -> Result<Search, Refusal> {
		Search::read("Observation", &format!("{PATIENT}{more}"))
	}

	#[test]
	fn a_search_is_of_one_patient_with_what_is_offered() {
		let search = read("&category=laboratory,http%3A%2F%2Fx%7Ca&status=final&date=ge2026-01-01&date=lt2026-02&_lastUpdated=2026&_count=7&_id=a-1").unwrap();
		assert_eq!(search.count, 7);
		assert_eq!(search.wanted.id.as_deref(), Some("a-1"));
		assert_eq!(
			search.wanted.tokens[0].any,
			[(None, "laboratory".into()), (Some("http://x".into()), "a".into())]
		);
		assert_eq!(search.wanted.moments.len(), 4);
		assert_eq!(search.wanted.moments[0].0, "time_to >= ");
		assert_eq!(search.wanted.moments[1].0, "time_from <= ");
	}

	#[test]
	fn what_is_not_offered_is_refused_and_not_passed_over() {
		for more in [
			"&_include=Observation:subject",
			"&_revinclude=Provenance:target",
			"&_has:Group:member:_id=1",
			"&subject:Patient.name=x",
			"&_total=accurate",
			"&_summary=count",
			"&category:not=laboratory",
			"&_count=0",
			"&_count=101",
			"&_count=x",
			"&date=sa2026",
			"&date=yesterday",
			"&code=",
			"&code=%7C",
			"&status=a&status=b",
			"&patient=0x00",
			"&_sort=date",
			"&_id=a,b",
			"&x",
		] {
			assert!(matches!(read(more), Err(Refusal::Search(_))), "{more}");
		}
		assert!(matches!(
			Search::read("Observation", "category=laboratory"),
			Err(Refusal::Search(_))
		));
		assert!(matches!(Search::read("Observation", &"x".repeat(3_000)), Err(Refusal::Search(_))));
	}

	#[test]
	fn the_rest_of_a_query_is_written_so_that_it_is_read_again() {
		let search = read("&code=http%3A%2F%2Fx%7Ca%26b&_cursor=abc").unwrap();
		assert_eq!(search.cursor.as_deref(), Some("abc"));
		let again = Search::read("Observation", &search.rest).unwrap();
		assert_eq!((again.wanted, &again.rest), (search.wanted, &search.rest));
	}
}
