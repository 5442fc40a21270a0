//! The house's own label rules: a file beside the configuration, which two officers have approved.
//!
//! What they have approved is every byte before the first line that begins with `[[approval]]`; each approval names the hash of that
//! (BLAKE2b of 256 bits, as `b2sum -l 256` prints it). So a rule cannot be changed, and an approval kept. Whether the two are two
//! people, and those who they say they are, the gateway cannot know: who can write the file can write both names.

use crate::{
	config::{self, Fault},
	gateway::{Failure, Gateway},
	store::{InForce, Whose},
};
use salus_exchange_policy::{House, LabelRuleRow, Labels, RuleMatch, SensitivityLabel};
use salus_exchange_protocol::Hash;
use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path};

/// What begins the part of the file that is not approved, but approves.
const APPROVALS: &str = "[[approval]]";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
	version: u32,
	#[serde(default)]
	rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
	name: String,
	systems: Vec<String>,
	#[serde(rename = "match")]
	matched: RuleMatch,
	codes: Vec<String>,
	labels: Vec<String>,
	source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approvals {
	#[serde(default)]
	approval: Vec<Approval>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
	officer: String,
	date: String,
	approves: String,
}

/// Rules that two have approved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approved {
	/// The version that the file says.
	pub version: u32,
	/// The hash of what was approved.
	pub hash: Hash,
	/// Who has approved them.
	pub officers: Vec<String>,
	rules: Vec<LabelRuleRow>,
}

/// Collects what is wrong.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
	fn add(&mut self, at: impl Into<String>, problem: impl Into<String>) {
		self.0.push(Fault { at: at.into(), problem: problem.into() });
	}
}

/// The same person, however the name is written.
fn same_name(name: &str) -> String {
	name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_date(text: &str) -> bool {
	let form = time::format_description::well_known::Iso8601::DATE;
	text.len() == 10 && time::Date::parse(text, &form).is_ok()
}

impl Approved {
	/// Reads rules. The faults name `label_rules` and the place in the file.
	pub fn read(file: &str) -> Result<Self, Vec<Fault>> {
		let starts = |at: &usize| file.get(*at..).is_some_and(|rest| rest.starts_with(APPROVALS));
		let mut lines =
			std::iter::once(0).chain(file.match_indices('\n').map(|(at, _)| at.saturating_add(1)));
		let end = lines.find(starts).unwrap_or(file.len());
		let (rules, approvals) = file.split_at(end);
		let approves = Hash::of(rules.as_bytes());
		let hash = hex::encode(approves.0);
		let mut faults = Faults::default();
		let rules: Option<Rules> = toml::from_str(rules)
			.map_err(|error| faults.add("label_rules", format!("are no rules: {error}")))
			.ok();
		let approvals: Option<Approvals> = toml::from_str(approvals)
			.map_err(|error| {
				faults.add(
					"label_rules",
					format!("has something else than approvals after the first of them: {error}"),
				)
			})
			.ok();
		let approvals = approvals.map(|all| all.approval).unwrap_or_default();
		let officers = approved(&approvals, &hash, &mut faults);
		let rows = rules.as_ref().map(|rules| rows(rules, &mut faults)).unwrap_or_default();
		match (rules, faults.0.is_empty()) {
			(Some(rules), true) => {
				Ok(Self { version: rules.version, hash: approves, officers, rules: rows })
			},
			_ => Err(faults.0),
		}
	}

	/// Reads rules from a file.
	pub fn read_file(file: &Path) -> Result<Self, Vec<Fault>> {
		let text = fs::read_to_string(file).map_err(|error| {
			let problem = format!("{} cannot be read: {error}", file.display());
			vec![Fault { at: "label_rules".into(), problem }]
		})?;
		Self::read(&text)
	}

	/// Whether rules may count where others do: `None` if there are none. The version must be higher than the one in force, or these must be the
	/// rules in force, byte for byte. What is approved once and taken back by a later version stands in old copies of the file: such a copy,
	/// and a configuration that names no file any more, would undo what two have approved, without two.
	pub fn may_follow(rules: Option<&Self>, in_force: Option<&InForce>) -> Result<(), Fault> {
		let Some(InForce { version, rules: there }) = in_force else { return Ok(()) };
		let problem = match rules {
			None => format!("is missing, and version {version} of the house's own rules is in force here. To have none any more, name a file with a higher version and without rules, which two have approved"),
			Some(rules) if rules.version > *version => return Ok(()),
			Some(rules) if rules.version == *version && rules.hash == *there => return Ok(()),
			Some(rules) if rules.version == *version => format!("is {version}, and other rules with this version are in force here, with the hash {}: raise the version and have the rules approved", hex::encode(there.0)),
			Some(rules) => format!("is {}, and version {version} is in force here. To go back to what the rules said before, give the old rules a version above {version}, and have them approved", rules.version),
		};
		let at = if rules.is_some() { "label_rules.version" } else { "label_rules" };
		Err(Fault { at: at.into(), problem })
	}

	/// A house with these rules too. They add labels and take none away.
	pub fn with(&self, house: House) -> House {
		self.rules.iter().fold(house, |house, rule| {
			// That each has a code that can be met was looked at.
			house.clone().with_rule(rule).unwrap_or(house)
		})
	}
}

impl Gateway {
	/// Has these rules of the house count, and those of this program; refuses both if a higher version counted here before. What is refused
	/// changes nothing.
	pub(crate) fn put_rules_in_force(&self, house: Option<&Approved>) -> Result<(), Failure> {
		let refused = |fault| Failure::LabelRules(config::Faults(vec![fault]));
		let before = self.store.rules_in_force(Whose::House)?;
		Approved::may_follow(house, before.as_ref()).map_err(refused)?;
		let version = self.tables.rules_version;
		let of_program = self.store.rules_in_force(Whose::Gateway)?;
		if let Some(there) = of_program.filter(|there| there.version > version) {
			let problem = format!("of this program have version {version}, and version {} of a later program was in force here: start that program again, or put back the copy of the data that was made before it", there.version);
			return Err(refused(Fault { at: "the label rules".into(), problem }));
		}
		if let Some(house) = house {
			let now = InForce { version: house.version, rules: house.hash };
			if before != Some(now) {
				self.store.put_in_force(Whose::House, &now)?;
			}
		}
		if of_program.is_none_or(|there| there.version != version) {
			let rules = Hash::of(format!("{:?}", self.tables).as_bytes());
			self.store.put_in_force(Whose::Gateway, &InForce { version, rules })?;
		}
		Ok(())
	}
}

/// Who has approved what has that hash.
fn approved(approvals: &[Approval], hash: &str, faults: &mut Faults) -> Vec<String> {
	let mut names = BTreeSet::new();
	for (number, Approval { officer, date, approves }) in approvals.iter().enumerate() {
		let at = |member: &str| format!("label_rules.approval[{number}].{member}");
		if same_name(officer).is_empty() {
			faults.add(at("officer"), "must be the name and the office of somebody");
		} else if !names.insert(same_name(officer)) {
			faults.add(at("officer"), "has approved already: two people must");
		}
		if !is_date(date) {
			faults.add(at("date"), "must be a day, such as \"2026-11-29\"");
		}
		if approves != hash {
			faults.add(at("approves"), format!("is not the hash of what stands before the first {APPROVALS}, which is {hash}: somebody has changed the rules since, or read others"));
		}
	}
	if approvals.len() < 2 {
		faults.add(
			"label_rules",
			format!("must be approved by two; what they approve has the hash {hash}"),
		);
	}
	approvals.iter().map(|approval| approval.officer.clone()).collect()
}

fn rows(rules: &Rules, faults: &mut Faults) -> Vec<LabelRuleRow> {
	if rules.version == 0 {
		faults.add("label_rules.version", "must be 1 or more, and be raised with each change");
	}
	let mut names = BTreeSet::new();
	let mut rows = Vec::new();
	for (number, rule) in rules.rule.iter().enumerate() {
		let at = |member: &str| format!("label_rules.rule[{number}].{member}");
		if rule.name.is_empty() || !names.insert(&rule.name) {
			faults.add(at("name"), "must be a name that no other rule has");
		}
		if rule.source.is_empty() {
			faults.add(at("source"), "must say where the codes are from");
		}
		for (member, values) in
			[("systems", &rule.systems), ("codes", &rule.codes), ("labels", &rule.labels)]
		{
			if values.is_empty() || values.iter().any(String::is_empty) {
				faults.add(at(member), "must be a list with something in it, and no empty text");
			}
		}
		let labels = rule.labels.iter().map(|name| SensitivityLabel::named(name));
		let Some(labels) = labels.collect::<Option<Labels>>() else {
			let all = SensitivityLabel::ALL.iter().map(|label| label.name()).collect::<Vec<_>>();
			faults.add(at("labels"), format!("must be of {}", all.join(", ")));
			continue;
		};
		let row = LabelRuleRow {
			systems: rule.systems.clone(),
			matched: rule.matched,
			codes: rule.codes.clone(),
			labels,
		};
		match House::default().with_rule(&row) {
			Ok(_) => rows.push(row),
			Err(code) => faults.add(at("codes"), format!("has \"{}\", below which no code can be: a code has letters or digits, and no dot before its third", code.0)),
		}
	}
	rows
}

#[cfg(test)]
mod tests {
	use super::*;

	const RULES: &str = "version = 2\n# ours\n[[rule]]\nname = \"clinic\"\nsystems = [\"https://ehr.example/codes\"]\nmatch = \"under\"\ncodes = [\"PSY\"]\nlabels = [\"Psy\"]\nsource = \"list of the clinic\"\n";

	fn approval(officer: &str, hash: &str) -> String {
		format!(
			"[[approval]]\nofficer = \"{officer}\"\ndate = \"2026-11-29\"\napproves = \"{hash}\"\n"
		)
	}

	fn hash(rules: &str) -> String {
		hex::encode(Hash::of(rules.as_bytes()).0)
	}

	fn approved_by(rules: &str, officers: &[&str]) -> String {
		let approvals = officers.iter().map(|officer| approval(officer, &hash(rules)));
		std::iter::once(rules.to_owned()).chain(approvals).collect()
	}

	fn faults(file: &str) -> Vec<String> {
		Approved::read(file).unwrap_err().into_iter().map(|fault| fault.at).collect()
	}

	#[test]
	fn rules_that_two_have_approved_are_taken() {
		let file = approved_by(RULES, &["A, privacy officer", "B, data steward"]);
		let approved = Approved::read(&file).unwrap();
		assert_eq!((approved.version, approved.officers.len(), approved.rules.len()), (2, 2, 1));
		assert_ne!(approved.with(House::default()), House::default());
		let three = approved_by(RULES, &["A", "B", "C"]);
		assert_eq!(Approved::read(&three).unwrap().officers, ["A", "B", "C"]);
	}

	#[test]
	fn rules_that_one_has_approved_or_one_twice_are_not() {
		assert_eq!(faults(RULES), ["label_rules"]);
		assert_eq!(faults(&approved_by(RULES, &["A"])), ["label_rules"]);
		assert_eq!(
			faults(&approved_by(RULES, &["A  Example", " a example"])),
			["label_rules.approval[1].officer"]
		);
		assert_eq!(faults(&approved_by(RULES, &["A", " "])), ["label_rules.approval[1].officer"]);
	}

	#[test]
	fn what_was_changed_after_it_was_approved_is_not_taken() {
		let file = approved_by(RULES, &["A", "B"]);
		for (from, to) in [("PSY", "PSX"), ("# ours", "# theirs"), ("version = 2", "version = 3")] {
			assert_eq!(
				faults(&file.replacen(from, to, 1)),
				["label_rules.approval[0].approves", "label_rules.approval[1].approves"],
				"{from}"
			);
		}
		let behind = format!("{file}[[rule]]\nname = \"x\"\n");
		assert_eq!(faults(&behind)[0], "label_rules");
		// One of the two has approved another version.
		let mixed = format!("{RULES}{}{}", approval("A", &hash(RULES)), approval("B", &hash("")));
		assert_eq!(faults(&mixed), ["label_rules.approval[1].approves"]);
	}

	#[test]
	fn every_fault_of_the_rules_is_named_at_once() {
		let bad = "version = 0\n[[rule]]\nname = \"\"\nsystems = []\nmatch = \"under\"\ncodes = [\"1.2\"]\nlabels = [\"Psy\"]\nsource = \"\"\n[[rule]]\nname = \"b\"\nsystems = [\"s\"]\nmatch = \"exact\"\ncodes = [\"1.2\"]\nlabels = [\"Odd\"]\nsource = \"s\"\n";
		assert_eq!(
			faults(&approved_by(bad, &["A", "B"])),
			[
				"label_rules.version",
				"label_rules.rule[0].name",
				"label_rules.rule[0].source",
				"label_rules.rule[0].systems",
				"label_rules.rule[0].codes",
				"label_rules.rule[1].labels",
			]
		);
		for bad in ["", "version = 1\nmore = 1\n", "version = 1\n[[rule]]\nname = 1\n", "= "] {
			assert!(!faults(&approved_by(bad, &["A", "B"])).is_empty(), "{bad}");
		}
		let date = approved_by(RULES, &["A", "B"]).replacen("2026-11-29", "29.11.2026", 1);
		assert_eq!(faults(&date), ["label_rules.approval[0].date"]);
	}
}
