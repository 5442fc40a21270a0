//! Records that come together are kept together: their files are flushed at a time, and one transaction of the database has all of
//! them. Nothing is answered before. What one of them is to be treated like may rest on another one, whether that is kept already or not.

use crate::{
	blobs::new_name,
	chain::now,
	gateway::{Failure, Gateway},
	ingest::{
		beside, is_id, is_type, local_patient, text_of, tokens_of, NotTaken, Outcome, Taken,
		PATIENT_UNKNOWN,
	},
	said::{said_by, said_with, Lists},
	store::{Incoming, Put, State},
	vault::{random, Kind},
};
use salus_exchange_protocol::{
	commitment::{commit, Form},
	fhir::{self, Value},
	Hash,
};
use std::{borrow::Cow, collections::BTreeMap};

/// The most records of a group.
const MOST: usize = 1_024;
/// As many bytes of records make a group full.
const MOST_BYTES: usize = 8 << 20;

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

/// A record that is judged and not kept yet.
struct Pending<'a> {
	/// Its place among the outcomes.
	place: usize,
	record: Cow<'a, [u8]>,
	beside: Vec<Vec<u8>>,
	said: Vec<Value>,
	incoming: Incoming,
	sealed: Vec<u8>,
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
		self.bytes = self.bytes.saturating_add(pending.sealed.len());
		self.newest.insert(reference, self.pending.len());
		self.pending.push(pending);
	}

	fn is_full(&self) -> bool {
		self.pending.len() >= MOST || self.bytes >= MOST_BYTES
	}

	/// The bytes of a record in it.
	fn record(&self, reference: &str) -> Option<&[u8]> {
		let pending = self.pending.get(*self.newest.get(reference)?)?;
		Some(&pending.record)
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
				self.keep_group(std::mem::take(&mut group), &mut outcomes)?;
			}
		}
		self.keep_group(group, &mut outcomes)?;
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
		let by_lists = within.map_or_else(Vec::new, |(_, entry)| around.lists.said_of(entry));
		let mut given = beside(&resource, &around.by_target, within, |name, id| {
			// One that came a moment ago counts as one that is kept.
			match group.record(&format!("{name}/{id}")) {
				Some(bytes) => Ok(Some(bytes.to_vec())),
				None => self.kept(name, id),
			}
		})?;
		given.extend(by_lists.iter().map(|said| said_with(said, &resource)));
		let by_bundle = within.and_then(|(bundle, _)| said_by(bundle));
		let said: Vec<Value> = by_bundle.into_iter().chain(by_lists).collect();
		match self.store.known(name, id, &content)? {
			Some(Put::Same { version }) => {
				self.heard_again((name, id, version), (&record, &resource), &given, &said)?;
				let taken = Taken::Same { version };
				return Ok(Looked::Done(Outcome { reference, taken }));
			},
			Some(_) => return refused(&reference, NotTaken::Erased),
			None => {},
		}
		let (patient, state) = self.judge(&record, &resource, &given)?;
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
			tokens: tokens_of(&resource),
			received: now(),
			state,
			bundle: match said.is_empty() {
				true => None,
				false => Some(self.seal_said(&blob, &said)?),
			},
			blob,
		};
		let sealed = self.vault.seal(Kind::Record, incoming.blob.as_bytes(), &record)?;
		// What is read of it is many times as large, and is seldom needed again.
		let pending = Pending { place: 0, record, beside: given, said, incoming, sealed };
		Ok(Looked::New(reference, Box::new(pending)))
	}

	/// Keeps a group.
	fn keep_group(&self, group: Group, outcomes: &mut [Option<Outcome>]) -> Result<(), Failure> {
		let Group { pending, .. } = group;
		if pending.is_empty() {
			return Ok(());
		}
		let files: Vec<(&str, &[u8])> = pending
			.iter()
			.map(|each| (each.incoming.blob.as_str(), each.sealed.as_slice()))
			.collect();
		// The files first: a row of the database without its file would be a record that is lost.
		self.blobs.put_all(&files)?;
		let puts = self.store.put_all(pending.iter().map(|each| &each.incoming))?;
		for (each, put) in pending.iter().zip(puts) {
			let Incoming { resource_type, id, blob, state, .. } = &each.incoming;
			let mut outcome = outcome(&format!("{resource_type}/{id}"), put, state);
			match put {
				Put::Stored { version } => {
					if self.is_linked_meanwhile(each)? {
						outcome.taken = Taken::Held { version };
					}
				},
				// Somebody has sent the same meanwhile, or it came twice in this group.
				Put::Same { version } => {
					self.blobs.remove(blob)?;
					let of = (resource_type.as_str(), id.as_str(), version);
					let resource = fhir::read(&each.record).map_err(|_| UNREAD)?;
					self.heard_again(of, (&each.record, &resource), &each.beside, &each.said)?;
				},
				Put::Erased => self.blobs.remove(blob)?,
			}
			if let Some(place) = outcomes.get_mut(each.place) {
				*place = Some(outcome);
			}
		}
		Ok(())
	}

	/// Whether a record that went into quarantine because its patient was not linked is held now. Whoever links a patient looks at what is
	/// in quarantine then, which does not have those yet that are just being kept.
	fn is_linked_meanwhile(&self, each: &Pending) -> Result<bool, Failure> {
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
		let Some(found) = self.store.current(resource_type, id)? else { return Ok(false) };
		Ok(self.again(found.number)? == Some(true))
	}
}
