//! Records that come together are kept together: their files are flushed at a time, and one transaction of the database has all of
//! them. Nothing is answered before. What one of them is to be treated like may rest on another one, whether that is kept already or not.

use crate::{
	binary_labels::{keep_labels, labels_in},
	blobs::new_name,
	chain::now,
	gateway::{Failure, Gateway},
	ingest::{
		besides, is_id, is_type, local_patient, text_of, tokens_of, Besides, Judging, NotTaken,
		Outcome, Taken, NOT_KEPT, PATIENT, PATIENT_UNKNOWN, TRIES,
	},
	said::{said_by, said_with, too_much_said, Lists, MAX_SAID},
	store::{After, Incoming, Put, State, StoreFault},
	vault::{random, Kind},
	versions::{after_retraction, of_the_same},
	within::identifiers_of,
};
use salus_exchange_policy::{Labels, BINARY};
use salus_exchange_protocol::{
	commitment::{commit, Form},
	fhir::{self, Value},
	Hash,
};
use std::{
	borrow::Cow,
	collections::{BTreeMap, BTreeSet},
	sync::atomic::Ordering,
};

/// The most records of a group.
const MOST: usize = 1_024;
/// As many bytes of records make a group full.
const MOST_BYTES: usize = 8 << 20;

/// How many turns are taken at records of patients who have other identifiers now, before whoever sent these gets an answer.
const TURNS: usize = 8;

/// It was read a moment ago.
const UNREAD: Failure = Failure::Vault("a record is no FHIR any more");

/// A record that is to be taken in.
pub(crate) struct Coming<'a> {
	/// Its bytes.
	pub(crate) record: Cow<'a, [u8]>,
	/// The Bundle that it comes in, and its entry there.
	pub(crate) around: Option<(&'a Value, &'a Value)>,
}

/// What is known where records come from.
#[derive(Default)]
pub(crate) struct Around<'a> {
	/// The entries of the Bundle by what refers to them.
	pub(crate) by_target: BTreeMap<String, &'a Value>,
	/// What Lists and Provenances in there say.
	pub(crate) lists: Lists,
}

/// A record that is judged and not kept yet. By what it was judged is not held: that may be many times as large as all records of the group,
/// and is seldom needed again.
struct Pending<'a> {
	/// Its place among the outcomes.
	place: usize,
	record: Cow<'a, [u8]>,
	within: Option<(&'a Value, &'a Value)>,
	incoming: Incoming,
	sealed: Vec<u8>,
}

impl Pending<'_> {
	/// Takes from it what a database may not take: then it waits in quarantine, without its codes.
	fn strip(&mut self) {
		let detail = "the database does not take it as it is; the log of the program says why";
		let (fault, path, detail) = (NOT_KEPT.into(), String::new(), detail.into());
		self.incoming.state = State::Quarantined { fault, path, detail };
		self.incoming.tokens = BTreeSet::new();
	}
}

/// What is known beside a record, and what was said of it by what it came in.
struct Known {
	beside: Besides,
	said: Vec<Value>,
}

/// What is known of the version before: whose it is, what was said of it, and the labels that it has had if it is a Binary.
#[derive(Default)]
struct Before {
	patient: Option<Hash>,
	labels: Labels,
	said: Vec<Value>,
	/// Which it is, as it stood then.
	after: After,
}

/// Records that are kept together.
#[derive(Default)]
struct Group<'a> {
	pending: Vec<Pending<'a>>,
	bytes: usize,
	/// The newest of each type and id.
	newest: BTreeMap<String, usize>,
}

impl<'a> Group<'a> {
	fn push(&mut self, reference: String, pending: Pending<'a>) {
		let said = pending.incoming.bundle.as_ref().map_or(0, Vec::len);
		self.bytes = self.bytes.saturating_add(pending.sealed.len()).saturating_add(said);
		self.newest.insert(reference, self.pending.len());
		self.pending.push(pending);
	}

	fn is_full(&self) -> bool {
		self.pending.len() >= MOST || self.bytes >= MOST_BYTES
	}

	/// The newest of a type and id in it.
	fn pending_of(&self, reference: &str) -> Option<&Pending<'a>> {
		self.pending.get(*self.newest.get(reference)?)
	}

	/// The bytes of a record in it.
	fn record(&self, reference: &str) -> Option<&[u8]> {
		Some(&self.pending_of(reference)?.record)
	}
}

/// What becomes of a record before it is kept.
enum Looked<'a> {
	/// It is done with.
	Done(Outcome),
	/// It is to be kept.
	New(String, Box<Pending<'a>>),
}

fn outcome(reference: &str, put: Put, state: &State) -> Outcome {
	let taken = match (put, state) {
		(Put::Erased, _) => Taken::Refused(NotTaken::Erased),
		(Put::Same { version }, _) => Taken::Same { version },
		(Put::Stored { version }, State::Quarantined { fault, path, .. }) => {
			Taken::Quarantined { version, fault: fault.clone(), path: path.clone() }
		},
		(Put::Stored { version }, _) => Taken::Held { version },
	};
	Outcome { reference: reference.into(), taken }
}

impl Gateway {
	/// Takes records in their order. When this returns, all are on the disk; if it fails, some may be.
	pub(crate) fn ingest_all<'a>(
		&self,
		coming: impl IntoIterator<Item = Coming<'a>>,
		around: &Around,
	) -> Result<Vec<Outcome>, Failure> {
		let mut outcomes: Vec<Option<Outcome>> = Vec::new();
		let mut group = Group::default();
		for each in coming {
			match self.prepared(each, around, &group)? {
				Looked::Done(outcome) => outcomes.push(Some(outcome)),
				Looked::New(reference, mut pending) => {
					pending.place = outcomes.len();
					outcomes.push(None);
					group.push(reference, *pending);
				},
			}
			if group.is_full() {
				self.keep_group(std::mem::take(&mut group), around, &mut outcomes)?;
			}
		}
		self.keep_group(group, around, &mut outcomes)?;
		Ok(outcomes.into_iter().flatten().collect())
	}

	/// Judges a record, and encrypts it, unless it is known or cannot be taken.
	fn prepared<'a>(
		&self,
		Coming { record, around: within }: Coming<'a>,
		around: &Around,
		group: &Group,
	) -> Result<Looked<'a>, Failure> {
		let refused = |reference: &str, why| {
			let (reference, taken) = (reference.into(), Taken::Refused(why));
			Ok(Looked::Done(Outcome { reference, taken }))
		};
		let Ok(resource) = fhir::read(&record) else { return refused("", NotTaken::NotJson) };
		let Some(name) = text_of(&resource, "resourceType").filter(|name| is_type(name)) else {
			return refused("", NotTaken::NoType);
		};
		let Some(id) = text_of(&resource, "id").filter(|id| is_id(id)) else {
			return refused(name, NotTaken::NoId);
		};
		let reference = format!("{name}/{id}");
		let content = self.vault.index("content", &record);
		let Known { beside, said } = self.known_of(&resource, within, around, group)?;
		match self.store.known(name, id, &content)? {
			Some(Put::Same { version }) => {
				self.heard_again((name, id, version), (&record, &resource), &beside, &said)?;
				let taken = Taken::Same { version };
				return Ok(Looked::Done(Outcome { reference, taken }));
			},
			Some(_) => return refused(&reference, NotTaken::Erased),
			None => {},
		}
		let (mut beside, mut said) = (beside, said);
		let before = self.version_before(name, id, group.pending_of(&reference))?;
		for each in before.said {
			// What was said of the version before holds for this one too: a correction takes no label away.
			if !said.contains(&each) {
				beside.given.push(said_with(&each, &resource));
				said.push(each);
			}
		}
		let Judging { patient, mut state, names } =
			self.judge(&record, &resource, &beside.given)?;
		let mut tokens = tokens_of(&resource);
		// Before anything else is the matter with it: what it has attached is what it is all the same.
		let naming = self.naming_of((&record, &resource), &beside.given, state.held(), &tokens);
		if said.len() > MAX_SAID {
			state = too_much_said();
			// As many as tell it of the next version too, and no more with each.
			said.truncate(MAX_SAID.saturating_add(1));
		}
		let (patient, mut state) = of_the_same(before.patient, (patient, state));
		let waits = self.store.is_after_retraction(name, id)?
			|| self.says_what_was_retracted(name, id, &resource)?;
		if waits {
			state = after_retraction();
		}
		keep_labels(&resource, &before.labels, &mut state, &mut tokens);
		tokens.extend(self.waits_in(&resource, &state, &beside.targets));
		let is_numbered_anew = name == PATIENT
			&& self.is_numbered_anew(id, &resource, group.pending_of(&reference))?;
		let salt = Hash(random::<32>()?);
		let commitment = commit(&salt, Form::Bytes, &Hash::of(&record));
		let blob = new_name()?;
		let incoming = Incoming {
			resource_type: name.into(),
			id: id.into(),
			content,
			commitment,
			salt: self.vault.seal(Kind::Salt, &commitment.0, &salt.0)?,
			patient,
			tokens,
			naming,
			is_numbered_anew,
			received: now(),
			state,
			bundle: match said.is_empty() {
				true => None,
				false => Some(self.seal_said(&blob, &said)?),
			},
			blob,
			after: before.after,
			names,
		};
		let sealed = self.vault.seal(Kind::Record, incoming.blob.as_bytes(), &record)?;
		let pending = Pending { place: 0, record, within, incoming, sealed };
		Ok(Looked::New(reference, Box::new(pending)))
	}

	/// What is known of the newest version of a record that is there: of those that came a moment ago, or of those that are kept.
	fn version_before(
		&self,
		name: &str,
		id: &str,
		newest: Option<&Pending>,
	) -> Result<Before, Failure> {
		if let Some(Incoming { patient, blob, bundle, tokens, .. }) =
			newest.map(|each| &each.incoming)
		{
			let said = match bundle {
				Some(sealed) => self.opened_said(blob, sealed)?,
				None => Vec::new(),
			};
			let (labels, after) = (labels_in(tokens), After::Group);
			return Ok(Before { patient: *patient, labels, said, after });
		}
		let Some(stands) = self.store.stands_now(name, id)? else { return Ok(Before::default()) };
		let (found, after) = (stands.found, After::Version(stands.mark));
		let said = match (&found.blob, &stands.around) {
			(Some(blob), Some(sealed)) => self.opened_said(blob, sealed)?,
			_ => Vec::new(),
		};
		Ok(Before { patient: found.patient, labels: self.labels_had(&found)?, said, after })
	}

	/// Whether a Patient that comes has other identifiers than the newest version that is there.
	fn is_numbered_anew(
		&self,
		id: &str,
		resource: &Value,
		newest: Option<&Pending>,
	) -> Result<bool, Failure> {
		let before = match newest {
			Some(pending) => Some(pending.record.to_vec()),
			// If that cannot be read, it is not known which it has, and those that come count.
			None => self.kept(PATIENT, id)?,
		};
		let before = before.and_then(|record| fhir::read(&record).ok());
		let before = before.map(|before| identifiers_of(&before)).unwrap_or_default();
		Ok(identifiers_of(resource) != before)
	}

	/// What is known beside a resource that comes. One that came a moment ago counts as one that is kept.
	fn known_of(
		&self,
		resource: &Value,
		within: Option<(&Value, &Value)>,
		around: &Around,
		group: &Group,
	) -> Result<Known, Failure> {
		let mut beside = besides(resource, &around.by_target, within, |name, id| {
			match group.record(&format!("{name}/{id}")) {
				Some(bytes) => Ok(Some(bytes.to_vec())),
				None => self.kept(name, id),
			}
		})?;
		let by_lists = within.map_or_else(Vec::new, |(_, entry)| around.lists.said_of(entry));
		beside.given.extend(by_lists.iter().map(|said| said_with(said, resource)));
		let by_bundle = within.and_then(|(bundle, _)| said_by(bundle));
		Ok(Known { beside, said: by_bundle.into_iter().chain(by_lists).collect() })
	}

	/// Keeps a group. If somebody else changes meanwhile by what one of its records was judged, all are judged once more. If the database does not take
	/// it for what one of its records is, each is kept by itself: so that one costs itself alone, and waits in quarantine.
	fn keep_group(
		&self,
		mut group: Group,
		around: &Around,
		outcomes: &mut [Option<Outcome>],
	) -> Result<(), Failure> {
		for _ in 0..TRIES {
			if group.pending.is_empty() {
				return Ok(());
			}
			let put = match self.put_together(&group.pending) {
				Err(Failure::Store(fault)) if fault.is_of_the_data() => {
					let records = group.pending.len();
					tracing::error!(%fault, records, "records are kept one by one");
					if records > 1 {
						return self.keep_each(group, around, outcomes);
					}
					group.pending.iter_mut().for_each(Pending::strip);
					self.put_together(&group.pending)?
				},
				put => put?,
			};
			match put {
				Some(puts) => return self.are_kept(&group.pending, &puts, around, outcomes),
				None => group = self.prepared_again(group, around, outcomes)?,
			}
		}
		Err(StoreFault::Moved.into())
	}

	/// Keeps each record of a group by itself.
	fn keep_each(
		&self,
		group: Group,
		around: &Around,
		outcomes: &mut [Option<Outcome>],
	) -> Result<(), Failure> {
		for each in group.pending {
			let mut alone = Group::default();
			alone.push(String::new(), each);
			self.keep_group(alone, around, outcomes)?;
		}
		Ok(())
	}

	/// Judges the records of a group once more, of which nothing was kept.
	fn prepared_again<'a>(
		&self,
		group: Group<'a>,
		around: &Around,
		outcomes: &mut [Option<Outcome>],
	) -> Result<Group<'a>, Failure> {
		let mut again = Group::default();
		for Pending { place, record, within, .. } in group.pending {
			match self.prepared(Coming { record, around: within }, around, &again)? {
				Looked::Done(outcome) => {
					if let Some(place) = outcomes.get_mut(place) {
						*place = Some(outcome);
					}
				},
				Looked::New(reference, mut pending) => {
					pending.place = place;
					again.push(reference, *pending);
				},
			}
		}
		Ok(again)
	}

	/// What became of the records of a group that were put.
	fn are_kept(
		&self,
		pending: &[Pending],
		puts: &[Put],
		around: &Around,
		outcomes: &mut [Option<Outcome>],
	) -> Result<(), Failure> {
		for (each, put) in pending.iter().zip(puts) {
			let outcome = self.kept_as(each, *put, around)?;
			if let Some(place) = outcomes.get_mut(each.place) {
				*place = Some(outcome);
			}
		}
		if pending.iter().any(|each| each.incoming.is_numbered_anew) {
			// The rest of many is looked at later, also if this breaks off.
			for _ in 0..TURNS {
				if !self.look_at_numbered()? {
					break;
				}
			}
		}
		Ok(())
	}

	/// What became of a record that was put.
	fn kept_as(&self, each: &Pending, put: Put, around: &Around) -> Result<Outcome, Failure> {
		let Incoming { resource_type, id, blob, state, .. } = &each.incoming;
		let mut outcome = outcome(&format!("{resource_type}/{id}"), put, state);
		match put {
			Put::Stored { version } => {
				if version > 1 && state.held().is_some() {
					// It was compared before it was kept, and a retraction may have been heard of in between.
					self.is_heard.store(true, Ordering::Release);
				}
				if self.is_linked_meanwhile(each, version)?
					|| self.is_named_meanwhile(each, version)?
				{
					outcome.taken = Taken::Held { version };
				}
				self.judge_attached(&each.incoming.tokens)?;
			},
			// Somebody has sent the same meanwhile, or it came twice in this group.
			Put::Same { version } => {
				let _ = self.discard(&[blob.as_str()]);
				let of = (resource_type.as_str(), id.as_str(), version);
				let resource = fhir::read(&each.record).map_err(|_| UNREAD)?;
				// The group is kept by now: what was in it is found there.
				let Known { beside, said } =
					self.known_of(&resource, each.within, around, &Group::default())?;
				self.heard_again(of, (&each.record, &resource), &beside, &said)?;
			},
			Put::Erased => _ = self.discard(&[blob.as_str()]),
		}
		Ok(outcome)
	}

	/// Writes the files of records, and then their rows: a row without its file would be a record that is lost. None if they are to be judged once more.
	/// Files without their rows are removed: who got no answer sends the records again, and again.
	fn put_together(&self, pending: &[Pending]) -> Result<Option<Vec<Put>>, Failure> {
		let files: Vec<(&str, &[u8])> = pending
			.iter()
			.map(|each| (each.incoming.blob.as_str(), each.sealed.as_slice()))
			.collect();
		let put =
			self.blobs.put_all(&files).map_err(Failure::from).and_then(|()| {
				Ok(self.store.put_all(pending.iter().map(|each| &each.incoming))?)
			});
		let is_nobodys = match &put {
			Ok(put) => put.is_none(),
			// Nobody knows whether the rows are there.
			Err(Failure::Store(fault)) => fault.wrote_nothing(),
			Err(_) => true,
		};
		let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
		match is_nobodys && !self.discard(&names) {
			true => Err(Failure::Vault("files of records that were not kept are still there")),
			false => put,
		}
	}

	/// Whether a Binary that went into quarantine is held now: what has it attached may have come with it, or just before.
	fn is_named_meanwhile(&self, each: &Pending, version: u64) -> Result<bool, Failure> {
		let Incoming { resource_type, id, state, .. } = &each.incoming;
		if resource_type != BINARY || !matches!(state, State::Quarantined { .. }) {
			return Ok(false);
		}
		let of = || self.store.versioned(resource_type, id, version);
		let Some(found) = of()? else { return Ok(false) };
		self.again(found.number)?;
		Ok(of()?.is_some_and(|found| matches!(found.state, State::Held(_))))
	}

	/// Whether a record that went into quarantine because its patient was not linked is held now. Whoever links a patient looks at what is
	/// in quarantine then, which does not have those yet that are just being kept.
	fn is_linked_meanwhile(&self, each: &Pending, version: u64) -> Result<bool, Failure> {
		let Incoming { resource_type, id, state, .. } = &each.incoming;
		match state {
			State::Quarantined { fault, .. } if fault == PATIENT_UNKNOWN => {},
			_ => return Ok(false),
		}
		let resource = fhir::read(&each.record).map_err(|_| UNREAD)?;
		let Some(local) = local_patient(&resource) else { return Ok(false) };
		if self.store.handle_of(&self.vault.index("patient", local.as_bytes()))?.is_none() {
			return Ok(false);
		}
		// Each of several versions by itself; whoever linked the patient may have judged it by now.
		let of = || self.store.versioned(resource_type, id, version);
		let Some(found) = of()? else { return Ok(false) };
		self.again(found.number)?;
		Ok(of()?.is_some_and(|found| matches!(found.state, State::Held(_))))
	}
}
