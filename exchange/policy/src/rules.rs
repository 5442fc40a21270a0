//! Label rules: which codes of diagnoses, tests and medicines ask for which labels, whether or not a record says that it is
//! sensitive. What they say is data (`tables/label-rules.json`); an organisation adds rules of its own. A rule adds labels and takes
//! none away. The twin of `clients/fhir/src/label-rules.ts`.

use crate::tables::{label, BadTables};
use salus_exchange_protocol::codes::{Labels, SensitivityLabel};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most letters and digits that a code has above which others stand.
const MOST_UNDER: usize = 7;

/// How the codes of a rule are compared with those of a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleMatch {
	/// They are the same.
	Exact,
	/// It is the rule's code or below it: its letters and digits begin with those of the rule, as the categories of ICD and ATC do.
	Under,
}

/// Codes that ask for labels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelRuleRow {
	/// The systems of which the codes are, by their URLs.
	pub systems: Vec<String>,
	/// How they are compared.
	pub matched: RuleMatch,
	/// The codes.
	pub codes: Vec<String>,
	/// What they ask for.
	pub labels: Labels,
}

/// A rule whose code could never be met, because it has no letter or digit, or a dot before its third.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeWithoutPlace(pub String);

/// A code and the labels for which it asks, by system.
type Codes = BTreeMap<String, BTreeMap<String, Labels>>;

/// Rules, by their codes.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct LabelRules {
	exact: Codes,
	under: Codes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	#[serde(rename = "about")]
	_about: String,
	version: u32,
	rules: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
	name: String,
	#[serde(rename = "title")]
	_title: String,
	labels: Vec<String>,
	systems: Vec<String>,
	#[serde(rename = "match")]
	matched: RuleMatch,
	#[serde(rename = "source")]
	_source: String,
	codes: Vec<String>,
}

/// The letters and digits of a code of a classification, in capitals, at most [`MOST_UNDER`]: `f10.2` is `F102`. None if a dot stands
/// before the third, for then it is no category of ICD: `30.4` is an operation and not `304`.
pub(crate) fn place_of(code: &str) -> Option<String> {
	let mut place = String::new();
	let mut is_before = true;
	for each in code.bytes() {
		if place.len() >= MOST_UNDER {
			break;
		}
		if each == b'.' && is_before {
			if place.len() < 3 {
				return None;
			}
			is_before = false;
		} else if each.is_ascii_alphanumeric() {
			place.push(char::from(each.to_ascii_uppercase()));
		}
	}
	(!place.is_empty()).then_some(place)
}

impl LabelRules {
	/// Adds a rule.
	pub(crate) fn add(&mut self, row: &LabelRuleRow) -> Result<(), CodeWithoutPlace> {
		for code in &row.codes {
			let (codes, key) = match row.matched {
				RuleMatch::Exact => (&mut self.exact, code.clone()),
				RuleMatch::Under => {
					let place = place_of(code).ok_or_else(|| CodeWithoutPlace(code.clone()))?;
					(&mut self.under, place)
				},
			};
			for system in &row.systems {
				let there = codes.entry(system.clone()).or_default().entry(key.clone());
				there.or_default().extend(row.labels.iter().copied());
			}
		}
		Ok(())
	}

	/// Reads a file of rules: its version, and what it says.
	pub(crate) fn read(file: &[u8]) -> Result<(u32, Self), BadTables> {
		let File { version, rules, .. } = serde_json::from_slice(file)
			.map_err(|error| BadTables::Malformed(error.to_string()))?;
		let mut names = BTreeSet::new();
		let mut read = Self::default();
		for row in rules {
			let labels =
				row.labels.iter().map(|name| label(name)).collect::<Result<Labels, _>>()?;
			// A rule that asks for nothing, or is about nothing, is one that was meant otherwise.
			if labels.is_empty() || row.systems.is_empty() || row.codes.is_empty() {
				return Err(BadTables::EmptyRule(row.name));
			}
			let Row { name, systems, matched, codes, .. } = row;
			read.add(&LabelRuleRow { systems, matched, codes, labels })
				.map_err(|CodeWithoutPlace(code)| BadTables::CodeWithoutPlace(code))?;
			if !names.insert(name.clone()) {
				return Err(BadTables::Twice(name));
			}
		}
		Ok((version, read))
	}

	/// Adds the labels for which a code asks.
	pub(crate) fn add_labels(&self, (system, code): (&str, &str), labels: &mut Labels) {
		let mut put = |found: Option<&Labels>| {
			labels.extend(found.into_iter().flatten().copied());
		};
		put(self.exact.get(system).and_then(|codes| codes.get(code)));
		let Some(places) = self.under.get(system) else { return };
		let Some(place) = place_of(code) else { return };
		for length in 1..=place.len() {
			put(place.get(..length).and_then(|above| places.get(above)));
		}
	}
}

/// All labels by their names on the chain, for whoever writes rules.
pub fn label_names() -> impl Iterator<Item = &'static str> {
	SensitivityLabel::ALL.iter().map(|label| label.name())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_code_is_below_what_its_letters_and_digits_begin_with() {
		for (code, place) in [
			("F10.2", Some("F102")),
			("f102", Some("F102")),
			("F10.2†", Some("F102")),
			("F10", Some("F10")),
			("T36.0X2A", Some("T360X2A")),
			("T36.0X2AS", Some("T360X2A")),
			("E950.0", Some("E9500")),
			("30.4", None),
			(".304", None),
			("304", Some("304")),
			("J05AR", Some("J05AR")),
			("", None),
			("..", None),
			("†", None),
		] {
			assert_eq!(place_of(code).as_deref(), place, "{code}");
		}
	}
}
