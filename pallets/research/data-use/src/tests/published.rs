//! The published cases in `docs/vectors/data-use.json`, each with its source.

use super::disease;
use crate::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = include_str!("../../../../../docs/vectors/data-use.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	#[serde(rename = "about")]
	_about: String,
	version: u16,
	sources: BTreeMap<String, Source>,
	differences: BTreeMap<String, String>,
	cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
	what: String,
	r#where: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
	source: String,
	case: String,
	/// What the source says. Absent in the table's own cases.
	says: Option<String>,
	offer: OfferFile,
	request: RequestFile,
	answer: String,
	differs: Option<String>,
	#[serde(rename = "added")]
	_added: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferFile {
	permission: String,
	disease: Option<String>,
	#[serde(default)]
	modifiers: Vec<String>,
	country: Option<u16>,
	area: Option<u16>,
	months: Option<u16>,
	moratorium: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RequestFile {
	uses: Vec<String>,
	#[serde(default)]
	diseases: Vec<DiseaseFile>,
	genotypes: Option<String>,
	for_profit: Option<String>,
	commercial: Option<String>,
	publishes: Option<String>,
	collaborates: Option<String>,
	returns: Option<String>,
	ethics_approved: Option<String>,
	country: Option<u16>,
	area: Option<u16>,
	months: Option<u16>,
	publishes_from: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DiseaseFile {
	code: String,
	ancestors: Option<Vec<String>>,
}

fn region(country: Option<u16>, area: Option<u16>) -> Option<Region> {
	assert!(country.is_none() || area.is_none(), "one region");
	country.map(Region::Country).or(area.map(Region::Area))
}

fn stated(text: &Option<String>) -> Stated {
	match text.as_deref() {
		None => Stated::Nothing,
		Some("no") => Stated::No,
		Some("yes") => Stated::Yes,
		Some(other) => panic!("{other}"),
	}
}

impl OfferFile {
	fn read(&self) -> Offer {
		let named = |name: &String| {
			*Modifier::ALL.iter().find(|modifier| modifier.shorthand() == name).expect(name)
		};
		let permission = match (self.permission.as_str(), &self.disease) {
			("NRES", None) => Permission::Nres,
			("GRU", None) => Permission::Gru,
			("HMB", None) => Permission::Hmb,
			("DS", Some(name)) => Permission::Ds(disease(name)),
			("POA", None) => Permission::Poa,
			("OTHER", None) => Permission::Other,
			other => panic!("{other:?}"),
		};
		Offer {
			permission,
			modifiers: ModifierSet::of(&self.modifiers.iter().map(named).collect::<Vec<_>>()),
			region: region(self.country, self.area),
			months: self.months,
			moratorium: self.moratorium,
		}
	}
}

impl RequestFile {
	fn read(&self) -> Request {
		let named =
			|name: &String| *Use::ALL.iter().find(|one| one.shorthand() == name).expect(name);
		Request {
			uses: UseSet::of(&self.uses.iter().map(named).collect::<Vec<_>>()),
			genotypes: stated(&self.genotypes),
			for_profit: stated(&self.for_profit),
			commercial: stated(&self.commercial),
			publishes: stated(&self.publishes),
			collaborates: stated(&self.collaborates),
			returns: stated(&self.returns),
			ethics_approved: stated(&self.ethics_approved),
			region: region(self.country, self.area),
			months: self.months,
			publishes_from: self.publishes_from,
		}
	}
}

impl Case {
	fn answer(&self) -> Answer {
		let lineages: Vec<_> = self
			.request
			.diseases
			.iter()
			.map(|one| {
				let codes = one.ancestors.as_ref();
				codes.map(|names| names.iter().map(|name| disease(name)).collect::<Vec<_>>())
			})
			.collect();
		let diseases: Vec<_> = self
			.request
			.diseases
			.iter()
			.zip(&lineages)
			.map(|(one, lineage)| Disease {
				code: disease(&one.code),
				lineage: lineage.as_deref().map_or(Lineage::Unknown, Lineage::Ancestors),
			})
			.collect();
		match_terms(&self.offer.read(), &self.request.read(), &diseases).answer
	}

	fn name(&self) -> String {
		format!("{}: {}", self.source, self.case)
	}
}

fn file() -> File {
	serde_json::from_str(FILE).expect("the vectors")
}

/// What an answer is called in the words of the sources.
fn word(answer: Answer) -> &'static str {
	match answer {
		Answer::Match => "yes",
		Answer::NoMatch(_) => "no",
		Answer::Abstain(_) => "abstain",
	}
}

#[test]
fn every_published_case_is_answered_as_the_vectors_say() {
	let file = file();
	assert_eq!(file.version, TABLE_VERSION);
	for case in &file.cases {
		assert_eq!(format!("{:?}", case.answer()), case.answer, "{}", case.name());
	}
}

#[test]
fn where_an_answer_is_not_the_sources_the_reason_is_named_and_it_is_never_more_generous() {
	let file = file();
	let (mut agree, mut differ) = (0, 0);
	let mut reasons = BTreeSet::new();
	for case in &file.cases {
		let Some(says) = case.says.as_deref() else {
			assert_eq!(case.source, "table", "{}", case.name());
			continue;
		};
		assert!(["yes", "no", "abstain"].contains(&says), "{}", case.name());
		let ours = word(case.answer());
		if ours == says {
			assert!(case.differs.is_none(), "{}", case.name());
			agree += 1;
		} else {
			assert_ne!(ours, "yes", "{}", case.name());
			let reason = case.differs.as_ref().unwrap_or_else(|| panic!("{}", case.name()));
			assert!(file.differences.contains_key(reason), "{}", case.name());
			reasons.insert(reason);
			differ += 1;
		}
	}
	println!("{agree} of {} public cases are answered as their source does", agree + differ);
	assert_eq!(reasons.len(), file.differences.len(), "a reason that no case has");
	assert_eq!((agree, differ), (287, 133));
}

#[test]
fn every_source_is_named_and_no_case_is_there_twice() {
	let file = file();
	let used: BTreeSet<_> = file.cases.iter().map(|case| &case.source).collect();
	assert_eq!(used, file.sources.keys().collect());
	for source in file.sources.values() {
		assert!(!source.what.is_empty() && !source.r#where.is_empty());
	}
	let names: BTreeSet<_> = file.cases.iter().map(Case::name).collect();
	assert_eq!(names.len(), file.cases.len());
}

#[test]
fn the_vectors_show_every_rule_failing_and_unknown_and_every_sort_of_code() {
	let seen: BTreeSet<_> = file().cases.iter().map(Case::answer).collect();
	for rule in Rule::ALL {
		let never_fails = matches!(rule, Rule::Us | Rule::Ps | Rule::Is);
		let always_known =
			matches!(rule, Rule::General | Rule::Biomedical | Rule::Ancestry | Rule::Methods);
		assert!(never_fails != seen.contains(&Answer::NoMatch(rule)), "{rule:?}");
		let unknown = Answer::Abstain(Code::Condition(rule));
		assert!(always_known != seen.contains(&unknown), "{rule:?}");
	}
	for code in [Code::Permission, Code::NoUse] {
		assert!(seen.contains(&Answer::Abstain(code)), "{code:?}");
	}
	for one in Use::ALL.iter().filter(|one| !UseSet::WITH_RULE.contains(**one)) {
		assert!(seen.contains(&Answer::Abstain(Code::Use(one.index()))), "{one:?}");
	}
	for one in Modifier::ALL.iter().filter(|one| !ModifierSet::WITH_RULE.contains(**one)) {
		assert!(seen.contains(&Answer::Abstain(Code::Modifier(one.index()))), "{one:?}");
	}
}
