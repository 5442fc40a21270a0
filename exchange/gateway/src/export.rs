//! A download of all that is permitted of one patient: lines with a resource each. It is decided and logged in parts, each on blocks of its own
//! present, and breaks off, without its proper end, as soon as something that it has let is permitted no more. So a grant that ends, ends the downloads
//! that rest on it; and whoever reads does not take a part for the whole. What the chain says of a record is a line of its own behind it.

use crate::{
	downloads::Place,
	gateway::Gateway,
	ingest::is_type,
	openings::Sent,
	orders::as_outcome,
	quotas::Party,
	release::{Caller, Refusal},
	scan::Extent,
	store::Store,
};
use futures_core::Stream;
use salus_exchange_policy::Ask;
use salus_exchange_protocol::{codes::Action, Hash};
use std::{
	collections::BTreeSet,
	io,
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
	time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// How many records are decided in one go.
const AT_ONCE: usize = 20;
/// The longest time between the decision about a part and the moment at which it leaves: of a reader that is slower the download ends.
const MAX_WAIT: Duration = Duration::from_secs(12);
/// The most types.
const MAX_TYPES: usize = 50;

/// What is signed for a download: the hash of the query as it stands in the URL.
pub fn target(query: &str) -> String {
	format!("$export?{}", Hash::of(query.as_bytes()))
}

/// What is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
	/// The patient.
	pub patient: Hash,
	/// Only these types; all, if there are none.
	pub types: BTreeSet<String>,
}

impl Wanted {
	/// Reads a query. What is not offered is refused.
	pub fn read(query: &str) -> Result<Self, Refusal> {
		let bad = |why: &str| Refusal::Search(why.into());
		let (mut patient, mut types) = (None, None);
		for part in query.split('&') {
			match part.split_once('=') {
				Some(("patient", handle)) if patient.is_none() => {
					let handle = handle.parse::<Hash>();
					patient = Some(handle.map_err(|_| {
						bad("patient must be a handle: 0x and 64 hexadecimal digits in lower case")
					})?);
				},
				Some(("_type", names)) if types.is_none() => {
					let names: BTreeSet<String> = names.split(',').map(str::to_owned).collect();
					if names.len() > MAX_TYPES || !names.iter().all(|name| is_type(name)) {
						return Err(bad(
							"_type must be 1 to 50 names of types, with commas between",
						));
					}
					types = Some(names);
				},
				_ => return Err(bad("offered are patient and _type, each once")),
			}
		}
		let patient =
			patient.ok_or_else(|| bad("patient is missing: a download is of one patient"))?;
		Ok(Self { patient, types: types.unwrap_or_default() })
	}
}

/// A part of a download: lines, and when it was decided that they leave.
type Part = Result<(Vec<u8>, Instant), io::Error>;

/// What leaves, part by part. One that ends with an error is not whole.
#[derive(Debug)]
pub struct Lines {
	parts: mpsc::Receiver<Part>,
	is_over: bool,
	/// Held until this is dropped: what has not been read yet is in memory, whether or not all of it was decided.
	_place: Arc<Place>,
}

impl Stream for Lines {
	type Item = Result<Vec<u8>, io::Error>;

	fn poll_next(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Self::Item>> {
		if self.is_over {
			return Poll::Ready(None);
		}
		let part = match self.parts.poll_recv(context) {
			Poll::Pending => return Poll::Pending,
			Poll::Ready(None) => return Poll::Ready(None),
			Poll::Ready(Some(part)) => part,
		};
		let checked = part.and_then(|(lines, decided)| match decided.elapsed() > MAX_WAIT {
			true => Err(io::Error::other("whoever reads is too slow")),
			false => Ok(lines),
		});
		self.is_over = checked.is_err();
		Poll::Ready(Some(checked))
	}
}

/// How far a download is.
struct Running {
	caller: Caller,
	wanted: Wanted,
	after: u64,
	/// What was let so far: it is decided anew with each part.
	let_so_far: BTreeSet<Ask>,
	/// Whether all was looked at.
	is_over: bool,
}

impl Gateway {
	/// Begins a download. The first part is decided before this returns, so that whoever may not ask at all is told.
	pub async fn export(self: &Arc<Self>, sent: Sent, query: &str) -> Result<Lines, Refusal> {
		let wanted = Wanted::read(query)?;
		let mut caller = self.vouched(sent, &target(query)).await?;
		// Not before it is known who asks: whoever is nobody takes no place. And before the request is used up.
		let place = match self.downloads.place(self.party(&caller)) {
			Ok(place) => Arc::new(place),
			Err(full) => return self.ended(&caller, Err(full.into())).await,
		};
		self.claim_of_organisation(&mut caller).await?;
		if caller.request.action != Action::Export {
			let why = "the action of the request must be Export";
			return self.ended(&caller, Err(Refusal::Search(why.into()))).await;
		}
		let mut running =
			Running { caller, wanted, after: 0, let_so_far: BTreeSet::new(), is_over: false };
		let first = self.part(&mut running).await;
		let first = match self.ended(&running.caller, first).await {
			// Where nothing is permitted, is found what is found where there is nothing.
			Err(Refusal::NotFound(_)) => None,
			done => done?,
		};
		// By then it is known to be a key of this patient, or there is nothing.
		if running.caller.request.organisation.is_none() && running.caller.is_claimed() {
			let of_patient = place.is_of(Party::Patient(running.wanted.patient));
			self.ended(&running.caller, of_patient.map_err(Refusal::from)).await?;
		}
		let (sender, parts) = mpsc::channel(1);
		let (gateway, held) = (Arc::clone(self), Arc::clone(&place));
		tokio::spawn(async move {
			// Also until what is being decided is over.
			let _place = held;
			let mut next = first;
			let mut has_left = false;
			while let Some(lines) = next {
				if !lines.is_empty() {
					has_left = true;
					// Nobody reads any more.
					if sender.send(Ok((lines, Instant::now()))).await.is_err() {
						return;
					}
				}
				let part = gateway.next_part(&mut running).await;
				next = match gateway.ended(&running.caller, part).await {
					Ok(next) => next,
					Err(_) => {
						let _ = sender.send(Err(io::Error::other("the download has ended"))).await;
						return;
					},
				};
			}
			if !has_left {
				let nothing: Result<(), _> =
					Err(Refusal::NotFound("nothing that is permitted was found".into()));
				let _ = gateway.ended(&running.caller, nothing).await;
			}
		});
		Ok(Lines { parts, is_over: false, _place: place })
	}

	/// The next part, on blocks of the present.
	async fn next_part(
		self: &Arc<Self>,
		running: &mut Running,
	) -> Result<Option<Vec<u8>>, Refusal> {
		running.caller.present = self.present().await?;
		if let Some(token) = &running.caller.token {
			self.still_good(&running.caller.present, token).await?;
		}
		self.part(running).await
	}

	/// The next lines, logged; none when there are no more. Records that stay are passed over in one go: a part of its own for each few of them
	/// would tell how many there are.
	async fn part(self: &Arc<Self>, running: &mut Running) -> Result<Option<Vec<u8>>, Refusal> {
		let Running { caller, wanted, after, let_so_far, is_over } = running;
		if *is_over {
			return Ok(None);
		}
		let (openings, patient) = (caller.openings.clone(), wanted.patient);
		let mut decider =
			self.decider(caller.present, Some(patient), caller.asker(), openings).await?;
		let again = self.decided(caller, &mut decider, let_so_far.clone()).await?;
		if let_so_far.iter().any(|ask| again.permitted.get(ask) != Some(&true)) {
			return Err(Refusal::NotFound("what was permitted is permitted no more".into()));
		}
		let types = wanted.types.clone();
		let look = move |store: &Store, after, most| store.all_of(&patient, &types, after, most);
		let extent = Extent { after: *after, enough: AT_ONCE, at_once: AT_ONCE };
		let scan = self.scan(caller, &mut decider, extent, look).await?;
		let permitted = scan.decided.permitted.iter().filter(|(_, is_permitted)| **is_permitted);
		let_so_far.extend(permitted.map(|(ask, _)| ask.clone()));
		(*after, *is_over) = (scan.last, scan.is_over);
		if scan.numbers.is_empty() {
			return Ok(None);
		}
		let records = self.numbered(scan.numbers).await?;
		// A download has a place, and some parts of it are in memory.
		let (leaving, is_cut, _) = self.leaving(records, scan.decided, None).await?;
		if let (Some(last), true) = (leaving.last(), is_cut) {
			(*after, *is_over) = (last.found.number, false);
		}
		self.logged(caller, &leaving).await?;
		let mut lines = Vec::new();
		for each in leaving {
			lines.extend(line(&each.released.resource));
			lines.push(b'\n');
			// A line is the resource as it was anchored, and has no place for anything beside it.
			let of = (each.found.resource_type.as_str(), each.found.id.as_str());
			if let Some(outcome) = as_outcome(of, &each.standing) {
				lines.extend(outcome.to_string().into_bytes());
				lines.push(b'\n');
			}
		}
		Ok(Some(lines))
	}
}

/// A resource on one line: between its values white space means nothing, and inside texts there are no line breaks.
fn line(resource: &[u8]) -> Vec<u8> {
	let resource = resource.strip_prefix(b"\xef\xbb\xbf").unwrap_or(resource);
	resource.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	const PATIENT: &str =
		"patient=0x1111111111111111111111111111111111111111111111111111111111111111";

	#[test]
	fn a_download_is_of_one_patient_and_of_types_if_they_are_named() {
		let patient = Hash([0x11; 32]);
		let all = Wanted { patient, types: BTreeSet::new() };
		assert_eq!(Wanted::read(PATIENT).unwrap(), all);
		let some = Wanted::read(&format!("_type=Observation,Patient&{PATIENT}")).unwrap();
		assert_eq!(some.types.len(), 2);
		let two = format!("{PATIENT}&{PATIENT}");
		let unknown = format!("{PATIENT}&_since=2026");
		let none = format!("{PATIENT}&_type=");
		for query in ["", "patient=0x00", "_type=Observation", &two, &unknown, &none] {
			assert!(matches!(Wanted::read(query), Err(Refusal::Search(_))), "{query}");
		}
	}

	#[test]
	fn a_resource_stands_on_one_line() {
		assert_eq!(line(b"\xef\xbb\xbf{\r\n\"a\":\n1}"), b"{  \"a\": 1}");
	}
}
