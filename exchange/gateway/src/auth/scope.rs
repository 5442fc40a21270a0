//! What a token is good for: scopes as SMART writes them, and with them the purpose and the action, which the chain's decision asks for.

use super::Holder;
use crate::ingest::is_type;
use salus_exchange_protocol::codes::{Action, Purpose};
use std::{collections::BTreeSet, fmt};

/// The longest scope, in bytes.
pub const MAX_SCOPE: usize = 512;
/// What stands before a purpose: `urn:salus:purpose:Treat`.
pub const PURPOSE: &str = "urn:salus:purpose:";
/// What stands before an action: `urn:salus:action:Export`.
pub const ACTION: &str = "urn:salus:action:";

/// One thing that is offered of resources.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Interaction {
	Read,
	Search,
}

/// What a token is good for. That does not permit anything: the chain decides about each request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
	text: String,
	/// Types with what is offered of them; none stands for all types.
	resources: BTreeSet<(Option<String>, Interaction)>,
	/// What the data is asked for.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
}

/// A scope is none that is offered, and what would be right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotOffered(pub(crate) &'static str);

impl fmt::Display for NotOffered {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.0)
	}
}

impl std::error::Error for NotOffered {}

impl Scope {
	/// Reads a scope that a holder of that kind asks for. What is not offered is refused: left out, a client would have less than it believes.
	pub fn read(text: &str, holder: &Holder) -> Result<Self, NotOffered> {
		if text.len() > MAX_SCOPE {
			return Err(NotOffered("the scope is longer than 512 bytes"));
		}
		let (context, usual) = match holder {
			Holder::Organisation { .. } => ("system/", None),
			// A patient asks for the own records; what for is nobody's business.
			Holder::Patient(_) => ("patient/", Some(Purpose::Patrqt)),
		};
		let (mut purpose, mut action) = (None, None);
		let mut resources = BTreeSet::new();
		for item in text.split(' ') {
			if let Some(name) = item.strip_prefix(PURPOSE) {
				let code = Purpose::named(name).filter(|_| purpose.is_none());
				purpose = Some(code.ok_or(NotOffered(
					"urn:salus:purpose: must be there once, and name a purpose of the chain",
				))?);
			} else if let Some(name) = item.strip_prefix(ACTION) {
				let code = Action::named(name)
					.filter(|action| matches!(action, Action::Read | Action::Export))
					.filter(|_| action.is_none());
				action = Some(code.ok_or(NotOffered(
					"urn:salus:action: must be Read or Export, and be there once at most",
				))?);
			} else {
				let wrong = NotOffered("offered are TYPE.r, TYPE.s and TYPE.rs, with * for all types; after system/ for organisations, after patient/ for patients");
				let (name, letters) = item
					.strip_prefix(context)
					.and_then(|rest| rest.split_once('.'))
					.ok_or(wrong)?;
				let name = match name {
					"*" => None,
					name if is_type(name) => Some(name.to_owned()),
					_ => return Err(wrong),
				};
				let interactions: &[Interaction] = match letters {
					"r" => &[Interaction::Read],
					"s" => &[Interaction::Search],
					"rs" => &[Interaction::Read, Interaction::Search],
					_ => return Err(wrong),
				};
				resources.extend(interactions.iter().map(|each| (name.clone(), *each)));
			}
		}
		if resources.is_empty() {
			return Err(NotOffered("the scope names no resources, such as system/*.rs"));
		}
		Ok(Self {
			text: text.into(),
			resources,
			purpose: purpose.or(usual).ok_or(NotOffered(
				"the scope must say what for, such as urn:salus:purpose:Treat",
			))?,
			action: action.unwrap_or(Action::Read),
		})
	}

	/// As it was asked for.
	pub fn as_str(&self) -> &str {
		&self.text
	}

	fn has(&self, name: Option<&str>, interaction: Interaction) -> bool {
		let mut there = self.resources.iter().filter(|(_, each)| *each == interaction);
		there.any(|(of, _)| of.is_none() || of.as_deref() == name)
	}

	/// Whether it covers what is asked for, as a signed request would name it: `Type/id`, `Type?…`, `$export?…`.
	pub fn covers(&self, target: &str) -> bool {
		if target.starts_with("$export?") {
			return self.action == Action::Export
				&& self.has(None, Interaction::Read)
				&& self.has(None, Interaction::Search);
		}
		if let Some((name, _)) = target.split_once('?') {
			return is_type(name) && self.has(Some(name), Interaction::Search);
		}
		target
			.split_once('/')
			.is_some_and(|(name, _)| is_type(name) && self.has(Some(name), Interaction::Read))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::{account::Account, Hash};

	const CLINIC: Holder = Holder::Organisation { number: 4, key: Hash([1; 32]) };
	const PATIENT: Holder = Holder::Patient(Account([1; 32]));

	#[test]
	fn a_scope_covers_what_it_names_and_nothing_else() {
		let scope =
			|text: &str| Scope::read(&format!("{text} urn:salus:purpose:Treat"), &CLINIC).unwrap();
		let targets = [
			"Observation/1",
			"Observation?0x00",
			"Patient/1",
			"Patient?0x00",
			"$export?0x00",
			"$counterpart?0x00",
		];
		for (text, covered) in [
			("system/*.rs", [true, true, true, true, false, false]),
			("system/*.rs urn:salus:action:Export", [true, true, true, true, true, false]),
			("system/*.r urn:salus:action:Export", [true, false, true, false, false, false]),
			("system/Observation.rs", [true, true, false, false, false, false]),
			("system/Observation.s system/Patient.r", [false, true, true, false, false, false]),
		] {
			let scope = scope(text);
			assert_eq!(targets.map(|target| scope.covers(target)), covered, "{text}");
		}
	}

	#[test]
	fn what_is_not_offered_is_refused_and_not_left_out() {
		for text in [
			"",
			"system/*.rs",
			"urn:salus:purpose:Treat",
			"system/*.rs urn:salus:purpose:Whim",
			"system/*.rs  urn:salus:purpose:Treat",
			"system/*.rs urn:salus:purpose:Treat urn:salus:purpose:Treat",
			"system/*.rs urn:salus:purpose:Treat urn:salus:action:Amend",
			"system/*.cruds urn:salus:purpose:Treat",
			"system/*.sr urn:salus:purpose:Treat",
			"system/observation.rs urn:salus:purpose:Treat",
			"patient/*.rs urn:salus:purpose:Treat",
			"system/*.rs urn:salus:purpose:Treat openid",
			"system/Observation.rs?category=laboratory urn:salus:purpose:Treat",
		] {
			assert!(Scope::read(text, &CLINIC).is_err(), "{text}");
		}
		assert!(Scope::read("system/*.rs urn:salus:purpose:Treat", &PATIENT).is_err());
		let own = Scope::read("patient/*.rs", &PATIENT).unwrap();
		assert_eq!((own.purpose, own.action), (Purpose::Patrqt, Action::Read));
		assert!(
			Scope::read(&format!("patient/*.rs{}", " patient/*.rs".repeat(50)), &PATIENT).is_err()
		);
	}
}
