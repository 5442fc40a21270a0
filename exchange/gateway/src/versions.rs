//! What a new version of a record may not change by itself: whose it is, and that a version before was retracted.

use crate::{
	gateway::{Failure, Gateway},
	ingest::{AFTER_RETRACTION, PATIENT_CHANGED},
	said::MAX_SAID,
	store::{Found, State},
};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::{
	collections::BTreeSet,
	time::{Duration, Instant},
};

/// Whose a record is, and how it is to be treated.
pub(crate) type Judged = (Option<Hash>, State);

/// A record that is to be of the patient whose it was `before`, if that is known. It stays with that one: one that names nobody, and then one that
/// names somebody else, would seem never to have been another's.
pub(crate) fn of_the_same(before: Option<Hash>, (patient, state): Judged) -> Judged {
	match (before, patient) {
		(Some(_), Some(_)) if before != patient => (before, another_patient()),
		_ => (patient.or(before), state),
	}
}

fn another_patient() -> State {
	State::Quarantined {
		fault: PATIENT_CHANGED.into(),
		path: String::new(),
		detail:
			"the version before is about another patient; erase it, or send this under another id"
				.into(),
	}
}

/// That a version before was retracted: the same content comes back in other bytes, as with another `meta.lastUpdated`, and no program tells for
/// sure whether this one is right.
pub(crate) fn after_retraction() -> State {
	State::Quarantined {
		fault: AFTER_RETRACTION.into(),
		path: String::new(),
		detail: "a version before was retracted on the chain; look whether this one stands, and then POST /quarantine/N/again as a person"
			.into(),
	}
}

/// What a resource says, so that two that say the same are alike: without what a server or a sender makes of it (versions, narratives, extensions,
/// ids of elements), and in whatever order, with whatever blanks and zeros it is written.
fn meaning(value: &Value, is_resource: bool) -> Option<Value> {
	const OF_THE_RESOURCE: [&str; 4] = ["id", "implicitRules", "language", "meta"];
	match value {
		Value::Null => None,
		Value::Text(text) => {
			Some(Value::Text(text.split_whitespace().collect::<Vec<_>>().join(" ")))
		},
		Value::Number(text) => {
			let is_plain = text.contains('.') && !text.contains(['e', 'E']);
			let short = text.trim_end_matches('0').trim_end_matches('.');
			Some(Value::Number(if is_plain { short.into() } else { text.clone() }))
		},
		Value::Bool(value) => Some(Value::Bool(*value)),
		Value::List(items) => {
			let mut items: Vec<Value> =
				items.iter().filter_map(|item| meaning(item, false)).collect();
			items.sort_by_cached_key(Value::canonical);
			match items.len() {
				0 => None,
				// One thing in the place of a list says the same.
				1 => items.pop(),
				_ => Some(Value::List(items)),
			}
		},
		Value::Object(members) => {
			let is_resource = is_resource || value.get("resourceType").is_some();
			let is_left = |name: &str, value: &Value| {
				let is_narrative = name == "text" && value.get("div").is_some();
				let is_of_it = is_resource && OF_THE_RESOURCE.contains(&name);
				let is_added = name == "extension" || name == "id" || name.starts_with('_');
				is_narrative || is_of_it || is_added
			};
			let kept = members.iter().filter(|(name, value)| !is_left(name, value));
			let kept =
				kept.filter_map(|(name, value)| Some((name.clone(), meaning(value, false)?)));
			let kept: Vec<(String, Value)> = kept.collect();
			(!kept.is_empty()).then_some(Value::Object(kept))
		},
	}
}

/// Whether two resources say the same.
fn say_the_same(one: &Value, other: &Value) -> bool {
	meaning(one, true) == meaning(other, true)
}

/// How many versions are compared in one turn.
const SOME: u32 = 1_000;
/// How long a turn goes on after one of them could not be compared: a store that does not answer is not asked for all of them.
const PATIENCE: Duration = Duration::from_secs(30);

/// Gives each of those that `first` tells, of which it tells at most so many, to `each`, which settles it: `first` does not tell it any more then. If that
/// fails for all of them, those behind them are tried too, so that what always fails keeps nothing else back. Whether there may be more, or the first
/// failure.
fn with_some<T: Copy + Ord>(
	most: u32,
	patience: Duration,
	mut first: impl FnMut(u32) -> Result<Vec<T>, Failure>,
	mut each: impl FnMut(T) -> Result<(), Failure>,
) -> Result<bool, Failure> {
	let (mut tried, mut failed, mut is_any_done) = (BTreeSet::new(), None, false);
	let (mut until, begun) = (most, Instant::now());
	loop {
		let some = first(until)?;
		let may_be_more = some.len() >= usize::try_from(until).unwrap_or(usize::MAX);
		for one in some {
			// Whoever fails slowly is not waited for again and again.
			if failed.is_some() && begun.elapsed() >= patience {
				break;
			}
			if !tried.insert(one) {
				continue;
			}
			match each(one) {
				Ok(()) => is_any_done = true,
				Err(failure) => failed = failed.or(Some(failure)),
			}
		}
		if is_any_done || !may_be_more || begun.elapsed() >= patience {
			return failed.map_or(Ok(may_be_more), Err);
		}
		until = until.saturating_add(most);
	}
}

impl Gateway {
	/// Whether a version that comes says what one said that was retracted, and no person has let another one since.
	pub(crate) fn says_what_was_retracted(
		&self,
		name: &str,
		id: &str,
		resource: &Value,
	) -> Result<bool, Failure> {
		for retracted in self.store.retracted_versions(name, id)? {
			if self.is_as(retracted, resource)? {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// Whether the version of that number says the same as a resource. One that cannot be read any more is taken to.
	fn is_as(&self, number: u64, resource: &Value) -> Result<bool, Failure> {
		let blob = self.store.numbered(number)?.and_then(|found| found.blob);
		let Some(blob) = blob else { return Ok(true) };
		match self.unseal(&blob) {
			Ok(record) => Ok(match fhir::read(&record) {
				Ok(retracted) => say_the_same(&retracted, resource),
				Err(_) => true,
			}),
			Err(failure) if self.is_of_one_file(&blob, &failure)? => Ok(true),
			Err(failure) => Err(failure),
		}
	}

	/// Withholds current versions that came before it was heard that an earlier one was retracted, and that say the same: a person looks at them, as at
	/// those that come later. What says something else is a correction, and goes on leaving. So many at a time; whether there may be more. If some of
	/// them cannot be compared, however many, the others are all the same.
	pub(crate) fn keep_back_retracted(&self) -> Result<bool, Failure> {
		with_some(
			SOME,
			PATIENCE,
			|most| Ok(self.store.unsettled(most)?),
			|(number, retracted)| self.keep_back_one(number, retracted),
		)
	}

	/// The same of one of them.
	fn keep_back_one(&self, number: u64, retracted: u64) -> Result<(), Failure> {
		let blob = self.store.numbered(number)?.and_then(|found| found.blob);
		let Some(blob) = blob else { return Ok(()) };
		let is_same = match self.unseal(&blob) {
			Ok(record) => match fhir::read(&record) {
				Ok(resource) => self.is_as(retracted, &resource)?,
				Err(_) => true,
			},
			Err(failure) if self.is_of_one_file(&blob, &failure)? => true,
			Err(failure) => return Err(failure),
		};
		if !is_same {
			return Ok(self.store.says_another(number, retracted)?);
		}
		self.store.judge_held(number, &after_retraction())?;
		tracing::warn!(number, "a record says what was retracted, and waits for a person");
		Ok(())
	}

	/// Looks anew at one record of the quarantine because a person says so. That lets a version after one that was retracted go where it is to go by
	/// what is in it; no program does.
	pub fn again_by_a_person(&self, number: u64) -> Result<Option<bool>, Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(None) };
		match (&found.state, &found.blob) {
			(State::Quarantined { fault, .. }, Some(blob)) if fault == AFTER_RETRACTION => {
				self.let_after_retraction(&found, blob)
			},
			_ => self.again(number),
		}
	}

	/// Judges a version after one that was retracted. One of which too much was said stays where it is.
	fn let_after_retraction(&self, found: &Found, blob: &str) -> Result<Option<bool>, Failure> {
		match self.kept_said(found.number, blob)?.len() > MAX_SAID {
			true => Ok(Some(false)),
			false => {
				let is_held = self.judge_again(found, blob, true)?;
				if is_held == Some(true) {
					self.store.let_by_person(found.number)?;
				}
				Ok(is_held)
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_says_the_same_is_found_however_it_is_written() {
		let read = |text: &str| fhir::read(text.as_bytes()).unwrap();
		let first = read(
			r#"{"resourceType":"Observation","id":"a","status":"final","note":[{"text":"x y"},{"text":"z"}],"valueQuantity":{"value":7.0}}"#,
		);
		for same in [
			r#"{"resourceType":"Observation","id":"a","meta":{"versionId":"2"},"status":"final","note":[{"text":"x y"},{"text":"z"}],"valueQuantity":{"value":7.0}}"#,
			r#"{"valueQuantity":{"value":7.00,"id":"q"},"note":[{"text":"z"},{"text":" x  y"}],"status":"final","_status":{"id":"s"},"resourceType":"Observation","id":"a"}"#,
			r#"{"resourceType":"Observation","id":"a","text":{"status":"generated","div":"<div/>"},"extension":[{"url":"u","valueCode":"c"}],"status":"final","note":[{"text":"x y"},{"text":"z"}],"valueQuantity":{"value":7}}"#,
		] {
			assert!(say_the_same(&first, &read(same)), "{same}");
		}
		for other in [
			r#"{"resourceType":"Observation","id":"a","status":"amended","note":[{"text":"x y"},{"text":"z"}],"valueQuantity":{"value":7.0}}"#,
			r#"{"resourceType":"Observation","id":"a","status":"final","note":[{"text":"x y"},{"text":"z"}],"valueQuantity":{"value":70}}"#,
			r#"{"resourceType":"Observation","id":"a","status":"final","note":[{"text":"x y"}],"valueQuantity":{"value":7.0}}"#,
		] {
			assert!(!say_the_same(&first, &read(other)), "{other}");
		}
	}

	#[test]
	fn what_always_fails_keeps_nothing_behind_it_back() {
		const LONG: Duration = Duration::from_secs(3_600);
		let (mut left, mut tries): (Vec<u32>, usize) = ((0..40).collect(), 0);
		let mut turn = |failing: u32, patience: Duration| {
			let now = std::cell::RefCell::new(std::mem::take(&mut left));
			let done = with_some(
				10,
				patience,
				// One that is there twice is given twice.
				|most| {
					Ok(now.borrow().iter().flat_map(|it| [*it; 2]).take(most as usize).collect())
				},
				|one| {
					tries += 1;
					if one < failing {
						return Err(Failure::Vault("it fails"));
					}
					now.borrow_mut().retain(|it| *it != one);
					Ok(())
				},
			);
			left = now.into_inner();
			(done.is_err(), left.len(), std::mem::take(&mut tries))
		};
		// Of the first of those that are behind, each is done, and no more.
		assert_eq!(turn(25, LONG), (true, 35, 30));
		assert_eq!(turn(25, LONG), (true, 30, 30));
		assert_eq!(turn(25, LONG), (true, 25, 30));
		assert_eq!(
			turn(25, LONG),
			(true, 25, 25),
			"all that is left fails, and each is tried once"
		);
		assert_eq!(turn(25, Duration::ZERO), (true, 25, 1), "a store that does not answer");
		assert_eq!(turn(0, LONG), (false, 20, 5), "and goes on when it does");
	}

	#[test]
	fn a_record_stays_with_its_patient_through_one_that_names_nobody() {
		let (one, other) = (Some(Hash([1; 32])), Some(Hash([2; 32])));
		let of = |before, now| of_the_same(before, (now, State::Erased));
		assert_eq!(of(None, one), (one, State::Erased));
		assert_eq!(of(one, one), (one, State::Erased));
		assert_eq!(of(one, None), (one, State::Erased));
		assert_eq!(of(one, other), (one, another_patient()));
	}
}
