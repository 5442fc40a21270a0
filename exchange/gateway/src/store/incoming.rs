//! Records that come in.

use super::{
	attached::{put_naming, Naming},
	came::{put_given, put_waiting},
	changes::{stands_now, Mark, Names},
	numbered::put_numbered,
	records::{add_tokens, columns, moment, Columns, State, Token},
	sql::{params, Connection},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;
use std::collections::BTreeSet;

/// After what a record was judged: whose that is, what was said of it and its labels hold for the next version too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum After {
	/// There was none of that type and id.
	#[default]
	Nothing,
	/// One that comes with it.
	Group,
	/// The current version, as it stood.
	Version(Mark),
}

/// A record that comes in; its encrypted bytes are in the vault already.
#[derive(Clone, Debug)]
pub struct Incoming {
	/// The type of the resource.
	pub resource_type: String,
	/// Its id.
	pub id: String,
	/// A hash of its bytes under the vault's key.
	pub content: Hash,
	/// The commitment to its bytes.
	pub commitment: Hash,
	/// The commitment's salt, encrypted.
	pub salt: Vec<u8>,
	/// The file of the vault.
	pub blob: String,
	/// What was said of the Bundle that it came in, encrypted, if something was.
	pub bundle: Option<Vec<u8>>,
	/// Whose it is; none if that is not known.
	pub patient: Option<Hash>,
	/// How it is to be treated.
	pub state: State,
	/// By what it is found.
	pub tokens: BTreeSet<Token>,
	/// What it tells of Binaries, if it has some attached.
	pub naming: Option<Naming>,
	/// Whether it is of a patient, and has other identifiers than the version before: who is named in the patient's records is told by these.
	pub is_numbered_anew: bool,
	/// The time, in seconds since 1970.
	pub received: u64,
	/// After what it was judged.
	pub after: After,
	/// By which names it was judged.
	pub names: Names,
}

/// What became of a record that came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
	/// It is kept.
	Stored {
		/// Its version, from 1.
		version: u64,
	},
	/// These bytes are kept already, as that version.
	Same {
		/// The version.
		version: u64,
	},
	/// It was erased, and does not come back.
	Erased,
}

/// Whether the version after which a record was judged is another one now, or stands otherwise.
fn moved(connection: &Connection, incoming: &Incoming) -> Result<bool, StoreFault> {
	let Incoming { resource_type, id, after, .. } = incoming;
	let now = || -> Result<Option<Mark>, StoreFault> {
		Ok(stands_now(connection, resource_type, id)?.map(|stands| stands.mark))
	};
	Ok(match after {
		After::Group => false,
		After::Nothing => now()?.is_some(),
		After::Version(mark) => now()? != Some(*mark),
	})
}

/// Keeps a record, unless it is kept already or was erased.
fn put_one(transaction: &Connection, incoming: &Incoming) -> Result<Put, StoreFault> {
	let Columns { state, judged, fault, time } = columns(&incoming.state)?;
	let [fault, path, detail] = fault.map_or([None, None, None], |fault| fault.map(Some));
	let named = params![incoming.resource_type, incoming.id];
	let versions = transaction.query_map(
		"SELECT version, state = 'erased' AND current = 1, content FROM record WHERE type = ?1 AND id = ?2",
		named,
		|row| Ok((row.get::<i64>(0)?, row.get::<bool>(1)?, row.get::<Vec<u8>>(2)?)),
	)?;
	// Of one that was not erased as a whole a version may have been: its bytes do not come back, others do.
	if versions.iter().any(|(_, is_erased, _)| *is_erased) {
		return Ok(Put::Erased);
	}
	if let Some((version, ..)) =
		versions.iter().find(|(_, _, content)| *content == incoming.content.0)
	{
		return Ok(Put::Same { version: unstored(*version)? });
	}
	let version =
		versions.iter().map(|(version, ..)| *version).max().unwrap_or(0).saturating_add(1);
	if !versions.is_empty() {
		transaction.execute(
			"UPDATE record SET current = 0 WHERE type = ?1 AND id = ?2 AND current = 1",
			named,
		)?;
	}
	let number: i64 = transaction.query_row(
		"INSERT INTO record (type, id, version, current, state, patient, judged, fault, path, detail, time_from, time_to, received,
		 content, commitment, salt, blob) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING number",
		params![
		incoming.resource_type,
		incoming.id,
		version,
		state,
		incoming.patient.map(|Hash(handle)| handle),
		judged,
		fault,
		path,
		detail,
		moment(time.map(|time| time.from)),
		moment(time.map(|time| time.to)),
		stored(incoming.received)?,
		incoming.content.0,
		incoming.commitment.0,
		incoming.salt,
		incoming.blob,
	],
		|row| row.get(0),
	)?;
	if let Some(bundle) = &incoming.bundle {
		transaction.execute(
			"INSERT INTO around (number, bundle) VALUES (?1, ?2)",
			params![number, bundle],
		)?;
	}
	put_given(transaction, &incoming.resource_type, &incoming.id)?;
	// It has none yet: its number is new.
	add_tokens(transaction, number, &incoming.tokens)?;
	put_waiting(transaction, number, &incoming.tokens)?;
	if let Some(naming) = &incoming.naming {
		put_naming(transaction, number, naming)?;
	}
	if let Some(patient) = incoming.patient.as_ref().filter(|_| incoming.is_numbered_anew) {
		put_numbered(transaction, patient, number)?;
	}
	Ok(Put::Stored { version: unstored(version)? })
}

impl Store {
	/// The version under which these bytes are kept already, or that the record was erased.
	pub fn known(
		&self,
		resource_type: &str,
		id: &str,
		content: &Hash,
	) -> Result<Option<Put>, StoreFault> {
		self.read(|connection| {
			let erased = connection.exists(
				"SELECT 1 FROM record WHERE type = ?1 AND id = ?2 AND current = 1 AND state = 'erased' LIMIT 1",
				params![resource_type, id],
			)?;
			if erased {
				return Ok(Some(Put::Erased));
			}
			let version: Option<i64> = connection.query_opt(
				"SELECT version FROM record WHERE type = ?1 AND id = ?2 AND content = ?3",
				params![resource_type, id, content.0],
				|row| row.get(0),
			)?;
			version.map(|version| Ok(Put::Same { version: unstored(version)? })).transpose()
		})
	}

	/// Keeps records in their order, each as the current version: all of them or none. What became of each, in the same order; none if something
	/// by which one of them was judged is otherwise now: then nothing was written, and they are to be judged again. Whoever sends them again, because
	/// no answer came, changes nothing.
	pub fn put_all<'a>(
		&self,
		incoming: impl IntoIterator<Item = &'a Incoming>,
	) -> Result<Option<Vec<Put>>, StoreFault> {
		#[cfg(test)]
		self.meanwhile();
		let incoming: Vec<&Incoming> = incoming.into_iter().collect();
		// Nobody writes between looking and writing: there is one session with the database, and it is held.
		self.read(|connection| {
			let links = self.links();
			// Many that come together are of one patient.
			let mut looked_at = None;
			for each in &incoming {
				let is_new = looked_at.replace(each.names) != Some(each.names);
				if moved(connection, each)? || (is_new && each.names.moved(connection, links)?) {
					return Ok(None);
				}
			}
			let put: Result<Vec<Put>, StoreFault> = self.transaction(connection, |transaction| {
				incoming.iter().map(|each| put_one(transaction, each)).collect()
			});
			put.map(Some)
		})
	}
}
