//! What was found out about a record that is there, and is written only if the record still stands as it did then: what somebody else has written
//! meanwhile is not lost.

use super::{
	attached::{is_told, put_naming, Naming},
	came::put_waiting,
	records::{
		add_tokens, columns, found, moment, put_tokens, raw, tokens_of, Columns, Raw, COLUMNS,
	},
	sql::{params, Connection, Value},
	stored, Found, State, Store, StoreFault, Token,
};
use crate::ingest::STAYS;
use salus_exchange_protocol::Hash;
use std::collections::BTreeSet;

/// How a record stood, with what was said of it by what it came in: a hash of all that may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark(Hash);

/// A record as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stands {
	/// The record.
	pub found: Found,
	/// What was said of it by what it came in, encrypted, if something was.
	pub around: Option<Vec<u8>>,
	/// Both of them.
	pub mark: Mark,
}

/// By which names it was judged who is in a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Names {
	/// The record's patient, and how often the identifiers of that one had changed.
	pub patient: Option<(Hash, u64)>,
	/// How many links had been made, if it hangs on that who is linked.
	pub links: Option<u64>,
}

/// Codes by which a record is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tokens {
	/// These, besides those that there are.
	More(BTreeSet<Token>),
	/// These, and no others.
	Instead(BTreeSet<Token>),
}

/// Whose a record is, and how it is to be treated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anew {
	/// Whose it is; none if that is not known.
	pub patient: Option<Hash>,
	/// How it is to be treated.
	pub state: State,
	/// By what it is found.
	pub tokens: Tokens,
}

/// What is to be written about a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
	/// Its number.
	pub number: u64,
	/// How it stood.
	pub mark: Mark,
	/// By which names it was judged.
	pub names: Names,
	/// What it tells of Binaries.
	pub namings: Vec<Naming>,
	/// What was said of it, encrypted, in the place of what there is.
	pub around: Option<Vec<u8>>,
	/// How it is judged.
	pub judged: Option<Anew>,
}

/// What becomes of a [`Change`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
	/// The record stands otherwise, or others' names do.
	Moved,
	/// All of it is there.
	There,
	/// It is to be written.
	Due,
}

fn mark_of(row: &Raw, around: Option<&[u8]>) -> Mark {
	let (number, version) = (row.number.to_be_bytes(), row.version.to_be_bytes());
	let [fault, path, detail] = row.fault.each_ref().map(|text| text.as_deref().map(str::as_bytes));
	let parts: [Option<&[u8]>; 10] = [
		Some(number.as_slice()),
		Some(version.as_slice()),
		Some(row.state.as_bytes()),
		row.patient.as_deref(),
		row.judged.as_deref().map(str::as_bytes),
		fault,
		path,
		detail,
		row.blob.as_deref().map(str::as_bytes),
		around,
	];
	let mut all = Vec::new();
	for part in parts {
		match part {
			None => all.push(0),
			Some(bytes) => {
				all.push(1);
				// Else one could end where another one begins.
				all.extend(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
				all.extend(bytes);
			},
		}
	}
	Mark(Hash::of(&all))
}

/// A record as it stands, by a condition that one has at most.
fn stands(
	connection: &Connection,
	condition: &str,
	values: &[Value],
) -> Result<Option<Stands>, StoreFault> {
	let sql = format!("SELECT {COLUMNS} FROM record WHERE {condition}");
	let Some(row) = connection.query_opt(&sql, values, raw)? else { return Ok(None) };
	let around: Option<Vec<u8>> = connection.query_opt(
		"SELECT bundle FROM around WHERE number = ?1",
		params![row.number],
		|row| row.get(0),
	)?;
	let mark = mark_of(&row, around.as_deref());
	Ok(Some(Stands { found: found(row)?, around, mark }))
}

/// The current version of a record as it stands.
pub(super) fn stands_now(
	connection: &Connection,
	resource_type: &str,
	id: &str,
) -> Result<Option<Stands>, StoreFault> {
	stands(connection, "type = ?1 AND id = ?2 AND current = 1", params![resource_type, id])
}

impl Names {
	/// Whether they are others now.
	pub(super) fn moved(&self, connection: &Connection, links: u64) -> Result<bool, StoreFault> {
		if self.links.is_some_and(|seen| seen != links) {
			return Ok(true);
		}
		let Some((patient, seen)) = &self.patient else { return Ok(false) };
		let changes: Option<i64> = connection.query_opt(
			"SELECT changes FROM patient WHERE handle = ?1",
			params![patient.0],
			|row| row.get(0),
		)?;
		Ok(changes != Some(stored(*seen)?))
	}
}

fn fate(connection: &Connection, change: &Change, links: u64) -> Result<Fate, StoreFault> {
	let number = stored(change.number)?;
	let now = stands(connection, "number = ?1", params![number])?;
	let Some(now) = now.filter(|now| now.mark == change.mark) else { return Ok(Fate::Moved) };
	if change.names.moved(connection, links)? {
		return Ok(Fate::Moved);
	}
	let is_said = change.around.is_none() || change.around == now.around;
	let is_judged = match &change.judged {
		None => true,
		Some(Anew { patient, state, tokens }) => {
			let is_same = *patient == now.found.patient && *state == now.found.state;
			is_same && {
				let there = tokens_of(connection, number)?;
				match tokens {
					Tokens::More(more) => more.is_subset(&there),
					Tokens::Instead(all) => *all == there,
				}
			}
		},
	};
	let mut is_there = is_said && is_judged;
	for naming in &change.namings {
		is_there = is_there && is_told(connection, number, naming)?;
	}
	Ok(if is_there { Fate::There } else { Fate::Due })
}

fn write(transaction: &Connection, change: &Change) -> Result<(), StoreFault> {
	let number = stored(change.number)?;
	for naming in &change.namings {
		put_naming(transaction, number, naming)?;
	}
	if let Some(bundle) = &change.around {
		transaction.execute(
			"INSERT INTO around (number, bundle) VALUES (?1, ?2) ON CONFLICT (number) DO UPDATE SET bundle = excluded.bundle",
			params![number, bundle],
		)?;
	}
	let Some(Anew { patient, state, tokens }) = &change.judged else { return Ok(()) };
	let Columns { state, judged, fault, time } = columns(state)?;
	let [fault, path, detail] = fault.map_or([None, None, None], |fault| fault.map(Some));
	transaction.execute(
		"UPDATE record SET state = ?2, patient = ?3, judged = ?4, fault = ?5, path = ?6, detail = ?7, time_from = ?8, time_to = ?9
		 WHERE number = ?1 AND state <> 'erased'",
		params![
			number, state, patient.map(|Hash(handle)| handle), judged, fault, path, detail, moment(time.map(|time| time.from)),
			moment(time.map(|time| time.to)),
		],
	)?;
	let tokens = match tokens {
		Tokens::More(more) => {
			add_tokens(transaction, number, more)?;
			more
		},
		Tokens::Instead(all) => {
			put_tokens(transaction, number, all)?;
			all
		},
	};
	put_waiting(transaction, number, tokens)
}

impl Store {
	/// The record of that number as it stands, whatever its state.
	pub fn stands(&self, number: u64) -> Result<Option<Stands>, StoreFault> {
		let number = stored(number)?;
		self.read(|connection| stands(connection, "number = ?1", params![number]))
	}

	/// The current version of a record as it stands, whatever its state.
	pub fn stands_now(&self, resource_type: &str, id: &str) -> Result<Option<Stands>, StoreFault> {
		self.read(|connection| stands_now(connection, resource_type, id))
	}

	/// One version of a record as it stands, whatever its state.
	pub fn stands_as(
		&self,
		resource_type: &str,
		id: &str,
		version: u64,
	) -> Result<Option<Stands>, StoreFault> {
		let version = stored(version)?;
		self.read(|connection| {
			let values = params![resource_type, id, version];
			stands(connection, "type = ?1 AND id = ?2 AND version = ?3", values)
		})
	}

	/// Writes what was found out about a record, if it still stands as it did. False if it does not, and nothing was written.
	pub fn change(&self, change: &Change) -> Result<bool, StoreFault> {
		Ok(self.change_all([change])? == [true])
	}

	/// The same of several, each by itself, in one transaction: all that is written, or nothing. Where all is there already, nothing is written at all.
	pub fn change_all<'a>(
		&self,
		changes: impl IntoIterator<Item = &'a Change>,
	) -> Result<Vec<bool>, StoreFault> {
		#[cfg(test)]
		self.meanwhile();
		let changes: Vec<&Change> = changes.into_iter().collect();
		// Nobody writes between looking and writing: there is one session with the database, and it is held.
		self.read(|connection| {
			let links = self.links();
			let fates = changes.iter().map(|change| fate(connection, change, links));
			let fates: Vec<Fate> = fates.collect::<Result<_, _>>()?;
			if fates.contains(&Fate::Due) {
				self.transaction(connection, |transaction| {
					let all = changes.iter().zip(&fates);
					let mut due = all.filter(|(_, fate)| **fate == Fate::Due);
					due.try_for_each(|(change, _)| write(transaction, change))
				})?;
			}
			Ok(fates.iter().map(|fate| *fate != Fate::Moved).collect())
		})
	}

	/// Puts a record into quarantine whose file cannot be read, with these codes besides, unless it is there with that fault or with one that stays.
	/// Whether it was put there now.
	pub fn put_aside(
		&self,
		number: u64,
		fault: &str,
		detail: &str,
		tokens: &BTreeSet<Token>,
	) -> Result<bool, StoreFault> {
		let number = stored(number)?;
		let Some(row) = self.read(|connection| {
			let sql = "SELECT state, fault FROM record WHERE number = ?1";
			connection.query_opt(sql, params![number], |row| {
				Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?))
			})
		})?
		else {
			return Ok(false);
		};
		let is_to_go = match (row.0.as_str(), row.1) {
			("held", _) => true,
			("quarantined", Some(there)) => there != fault && !STAYS.contains(&there.as_str()),
			_ => false,
		};
		if !is_to_go {
			return Ok(false);
		}
		let [one, other, third, fourth, fifth, sixth] = STAYS;
		self.write(|transaction| {
			let changed = transaction.execute(
				"UPDATE record SET state = 'quarantined', judged = NULL, fault = ?2, path = '', detail = ?3, time_from = NULL, time_to = NULL
				 WHERE number = ?1 AND state <> 'erased' AND (fault IS NULL OR fault NOT IN (?4, ?5, ?6, ?7, ?8, ?9))",
				params![number, fault, detail, one, other, third, fourth, fifth, sixth],
			)?;
			if changed == 1 {
				add_tokens(transaction, number, tokens)?;
			}
			Ok(changed == 1)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::{tests::Fresh, After, Incoming, Put};

	const FAULT: &str = "patient-unknown";

	fn waits(detail: &str) -> State {
		let (fault, path, detail) = (FAULT.into(), String::new(), detail.into());
		State::Quarantined { fault, path, detail }
	}

	fn token(code: &str) -> Token {
		Token::of("code", "", code).unwrap()
	}

	/// A record of that id with this content.
	fn coming(id: &str, content: u8, after: After) -> Incoming {
		Incoming {
			resource_type: "Observation".into(),
			id: id.into(),
			content: Hash([content; 32]),
			commitment: Hash::of(&[id.as_bytes(), &[content]].concat()),
			salt: vec![1],
			blob: format!("{id}-{content}"),
			bundle: None,
			patient: None,
			state: waits("first"),
			tokens: [token("a")].into(),
			naming: None,
			is_numbered_anew: false,
			received: 1,
			after,
			names: Names::default(),
		}
	}

	fn put(store: &Store, incoming: &Incoming) -> Option<Put> {
		let puts = store.put_all([incoming]).unwrap()?;
		puts.first().copied()
	}

	fn change(stands: &Stands, around: &str, detail: &str) -> Change {
		Change {
			number: stands.found.number,
			mark: stands.mark,
			names: Names::default(),
			namings: Vec::new(),
			around: Some(around.into()),
			judged: Some(Anew {
				patient: None,
				state: waits(detail),
				tokens: Tokens::Instead([token("a"), token(detail)].into()),
			}),
		}
	}

	#[test]
	fn what_two_find_out_at_once_is_both_there() {
		let fresh = Fresh::new();
		let store = fresh.open();
		assert_eq!(put(&store, &coming("r", 1, After::Nothing)), Some(Put::Stored { version: 1 }));
		let now = || store.stands_now("Observation", "r").unwrap().unwrap();
		let (one, other) = (now(), now());
		assert!(store.change(&change(&one, "hiv", "x")).unwrap());
		let after_one = now();
		assert!(!store.change(&change(&other, "psy", "y")).unwrap(), "it looked before");
		assert_eq!(now(), after_one, "and has written nothing");
		assert!(store.change(&change(&now(), "hiv psy", "y")).unwrap());
		assert_eq!(now().around.as_deref(), Some(b"hiv psy".as_slice()));
		assert_eq!(now().found.state, waits("y"));
		assert_eq!(store.tokens_named(now().found.number, "code").unwrap(), ["a", "y"]);
		assert_eq!(store.stands_as("Observation", "r", 1).unwrap(), Some(now()));
		assert_eq!(store.stands(now().found.number).unwrap(), Some(now()));
		assert_eq!(store.stands_as("Observation", "r", 2).unwrap(), None);
	}

	#[test]
	fn where_all_is_there_nothing_is_written() {
		let fresh = Fresh::new();
		let store = fresh.open();
		put(&store, &coming("r", 1, After::Nothing)).unwrap();
		let now = || store.stands_now("Observation", "r").unwrap().unwrap();
		assert!(store.change(&change(&now(), "hiv", "x")).unwrap());
		let before = store.transactions();
		let same = change(&now(), "hiv", "x");
		assert!(store.change(&same).unwrap());
		let tokens = Tokens::More([token("x")].into());
		let judged = Anew { patient: None, state: waits("x"), tokens };
		assert!(store.change(&Change { judged: Some(judged), ..same.clone() }).unwrap());
		assert_eq!(store.transactions(), before);
		let tokens = Tokens::Instead([token("x")].into());
		let judged = Anew { patient: None, state: waits("x"), tokens };
		assert!(store.change(&Change { judged: Some(judged), ..same }).unwrap());
		assert_eq!(store.transactions(), before + 1);
		assert_eq!(store.tokens_named(now().found.number, "code").unwrap(), ["x"]);
	}

	#[test]
	fn a_version_is_not_kept_after_another_one_than_it_was_judged_after() {
		let fresh = Fresh::new();
		let store = fresh.open();
		put(&store, &coming("r", 1, After::Nothing)).unwrap();
		assert_eq!(put(&store, &coming("r", 2, After::Nothing)), None, "there is one");
		let now = || store.stands_now("Observation", "r").unwrap().unwrap();
		let first = now();
		let second = put(&store, &coming("r", 2, After::Version(first.mark)));
		assert_eq!(second, Some(Put::Stored { version: 2 }));
		assert_eq!(put(&store, &coming("r", 3, After::Version(first.mark))), None);
		// Nor when something was said of that version meanwhile.
		let before = now();
		assert!(store.change(&change(&before, "hiv", "first")).unwrap());
		assert_eq!(put(&store, &coming("r", 3, After::Version(before.mark))), None);
		assert_eq!(now().found.version, 2, "nothing of it is there");
		// One that moved keeps the whole group back.
		let group = [coming("s", 1, After::Nothing), coming("r", 3, After::Version(before.mark))];
		assert_eq!(store.put_all(&group).unwrap(), None);
		assert!(store.current("Observation", "s").unwrap().is_none());
		let third = put(&store, &coming("r", 3, After::Version(now().mark)));
		assert_eq!(third, Some(Put::Stored { version: 3 }));
		let group = [coming("s", 1, After::Nothing), coming("s", 2, After::Group)];
		let stored = [1, 2].map(|version| Put::Stored { version });
		assert_eq!(store.put_all(&group).unwrap(), Some(stored.to_vec()));
	}

	#[test]
	fn what_was_judged_by_other_names_is_not_kept() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let (patient, local) = (Hash([1; 32]), Hash([2; 32]));
		assert!(store.link(&patient, &local, b"x", 1).unwrap());
		let (whose, changes) = store.whose(&local).unwrap().unwrap();
		assert_eq!((whose, changes), (patient, 0));
		let of = |id: &str, names: Names| Incoming { names, ..coming(id, 1, After::Nothing) };
		let by = Names { patient: Some((patient, changes)), links: Some(store.links()) };
		put(&store, &of("r", by)).unwrap();
		let now = || store.stands_now("Observation", "r").unwrap().unwrap();
		let judged = |names: Names| Change { names, ..change(&now(), "hiv", "x") };
		// A record of the patient comes with other identifiers.
		let numbered = Incoming {
			patient: Some(patient),
			is_numbered_anew: true,
			..of("p", Names::default())
		};
		put(&store, &numbered).unwrap();
		assert_eq!(put(&store, &of("s", by)), None);
		assert!(!store.change(&judged(by)).unwrap());
		let changes = store.whose(&local).unwrap().unwrap().1;
		let by = Names { patient: Some((patient, changes)), links: Some(store.links()) };
		// Somebody else is linked.
		assert!(store.link(&Hash([3; 32]), &Hash([4; 32]), b"x", 1).unwrap());
		assert_eq!(put(&store, &of("s", by)), None);
		assert!(!store.change(&judged(by)).unwrap());
		let by = Names { links: Some(store.links()), ..by };
		assert!(store.change(&judged(by)).unwrap());
		put(&store, &of("s", by)).unwrap();
		let by_patient = Names { links: None, ..by };
		assert!(store.link(&Hash([5; 32]), &Hash([6; 32]), b"x", 1).unwrap());
		put(&store, &of("t", by_patient)).unwrap();
	}

	#[test]
	fn a_record_whose_file_is_damaged_is_put_aside_once_and_not_if_another_fault_stays() {
		let fresh = Fresh::new();
		let store = fresh.open();
		put(&store, &coming("r", 1, After::Nothing)).unwrap();
		let now = || store.stands_now("Observation", "r").unwrap().unwrap();
		let number = now().found.number;
		let aside =
			|fault: &str| store.put_aside(number, fault, "d", &[token("b")].into()).unwrap();
		assert!(aside("file-damaged"));
		assert!(!aside("file-damaged"));
		let State::Quarantined { fault, detail, .. } = now().found.state else { panic!() };
		assert_eq!((fault.as_str(), detail.as_str()), ("file-damaged", "d"));
		assert_eq!(store.tokens_named(number, "code").unwrap(), ["a", "b"]);
		assert!(aside(STAYS[0]));
		assert!(!aside("file-damaged"));
		assert!(!store.put_aside(number + 1, "file-damaged", "d", &BTreeSet::new()).unwrap());
	}
}
