//! What codes and elements mean: the tables of `clients/fhir/src`, as data.

use crate::rules::{CodeWithoutPlace, LabelRuleRow, LabelRules};
use salus_exchange_protocol::{
	codes::{DataClass, Labels, SensitivityLabel},
	fhir::Value,
};
use serde::Deserialize;
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt,
};

/// What a security code asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum LabelRule {
	/// No more care than any record gets.
	Ordinary,
	/// More care, for a reason that it does not tell.
	Restricted,
	/// A directive for each of these.
	Labels(Labels),
	/// Known, and not to be expressed on the chain.
	NoLabel,
}

/// What a code tells of the class.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ToldClass {
	pub(crate) data_class: DataClass,
	/// The classes of which it is a heading: beside a code of one of these, that one decides.
	pub(crate) above: BTreeSet<DataClass>,
}

/// An element that names results, and the types that R4 lets it name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NamedElement {
	pub(crate) name: String,
	pub(crate) types: BTreeSet<String>,
	/// It says where a value comes from. A document there counts as a document, and what is named by text alone is nothing to
	/// look up.
	pub(crate) is_source: bool,
}

/// A code and the system that says what it means, by that system's first name.
pub(crate) type Codes<T> = BTreeMap<String, BTreeMap<String, T>>;

/// The tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tables {
	/// Their version.
	pub version: u32,
	/// The version of the label rules.
	pub rules_version: u32,
	pub(crate) label_rules: LabelRules,
	pub(crate) class_by_type: BTreeMap<String, DataClass>,
	pub(crate) telling_elements: BTreeMap<String, Vec<String>>,
	pub(crate) class_by_code: Codes<ToldClass>,
	pub(crate) label_by_code: Codes<LabelRule>,
	pub(crate) system_aliases: BTreeMap<String, String>,
	pub(crate) results: BTreeSet<String>,
	pub(crate) holders: BTreeSet<String>,
	pub(crate) beside_results: Vec<String>,
	pub(crate) named_elements: BTreeMap<String, Vec<NamedElement>>,
	pub(crate) documents: BTreeSet<String>,
	pub(crate) document_places: BTreeSet<String>,
	pub(crate) maybe_documents: BTreeSet<String>,
	pub(crate) reasons: BTreeSet<String>,
}

/// Why a file holds no tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BadTables {
	/// It is not JSON with these members.
	Malformed(String),
	/// It has the chain's codes in another order, or others.
	OtherCodes,
	/// It names a class that there is not.
	UnknownClass(String),
	/// It names a label that there is not, or another rule than `ordinary`, `restricted` and `no-label`.
	UnknownLabel(String),
	/// A code, a type, or the name of a rule is there twice.
	Twice(String),
	/// The rule of that name asks for no label, or has no system or no code.
	EmptyRule(String),
	/// A rule has that code, below which no code can be.
	CodeWithoutPlace(String),
}

impl fmt::Display for BadTables {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Malformed(why) => write!(f, "no tables of classes and labels: {why}"),
			Self::OtherCodes => f.write_str("the tables are for a chain with other codes"),
			Self::UnknownClass(name) => {
				write!(f, "the tables name a class that there is not: {name}")
			},
			Self::UnknownLabel(name) => {
				write!(f, "the tables name a label that there is not: {name}")
			},
			Self::Twice(what) => write!(f, "the tables have something twice: {what}"),
			Self::EmptyRule(name) => {
				write!(f, "the label rule {name} asks for no label, or has no system or no code")
			},
			Self::CodeWithoutPlace(code) => {
				write!(f, "a label rule has the code \"{code}\", below which no code can be")
			},
		}
	}
}

impl std::error::Error for BadTables {}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
	#[serde(rename = "about")]
	_about: String,
	version: u32,
	data_classes: Vec<String>,
	sensitivity_labels: Vec<String>,
	class_by_type: BTreeMap<String, String>,
	telling_elements: BTreeMap<String, Vec<String>>,
	class_rows: Vec<ClassRow>,
	label_rows: Vec<LabelRow>,
	system_aliases: BTreeMap<String, String>,
	results: BTreeSet<String>,
	holders: BTreeSet<String>,
	beside_results: Vec<String>,
	named_elements: Vec<NamedRow>,
	documents: BTreeSet<String>,
	document_places: BTreeSet<String>,
	maybe_documents: BTreeSet<String>,
	reasons: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClassRow {
	system: String,
	data_class: String,
	above: Vec<String>,
	codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LabelRow {
	system: String,
	code: String,
	rule: Rule,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Rule {
	Word(String),
	Labels(Vec<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NamedRow {
	resource_type: String,
	name: String,
	types: BTreeSet<String>,
	is_source: bool,
}

fn class(name: &str) -> Result<DataClass, BadTables> {
	DataClass::named(name).ok_or_else(|| BadTables::UnknownClass(name.into()))
}

pub(crate) fn label(name: &str) -> Result<SensitivityLabel, BadTables> {
	SensitivityLabel::named(name).ok_or_else(|| BadTables::UnknownLabel(name.into()))
}

fn put<T>(codes: &mut Codes<T>, system: &str, code: &str, value: T) -> Result<(), BadTables> {
	match codes.entry(system.into()).or_default().insert(code.into(), value) {
		None => Ok(()),
		Some(_) => Err(BadTables::Twice(format!("{system} {code}"))),
	}
}

impl Tables {
	/// The tables that belong to this version.
	pub fn standard() -> Result<Self, BadTables> {
		Self::read(
			include_bytes!("../tables/fhir-r4.json"),
			include_bytes!("../tables/label-rules.json"),
		)
	}

	/// Reads tables, and the file of label rules.
	pub fn read(file: &[u8], rules: &[u8]) -> Result<Self, BadTables> {
		let (rules_version, label_rules) = LabelRules::read(rules)?;
		let file: File = serde_json::from_slice(file)
			.map_err(|error| BadTables::Malformed(error.to_string()))?;
		let ours = DataClass::ALL.iter().map(|each| each.name()).eq(file.data_classes.iter());
		if !ours
			|| !SensitivityLabel::ALL
				.iter()
				.map(|each| each.name())
				.eq(file.sensitivity_labels.iter())
		{
			return Err(BadTables::OtherCodes);
		}
		if let Some(both) =
			file.class_by_type.keys().find(|name| file.telling_elements.contains_key(*name))
		{
			return Err(BadTables::Twice(both.clone()));
		}
		let mut class_by_code = Codes::new();
		for row in &file.class_rows {
			let above = row.above.iter().map(|name| class(name)).collect::<Result<_, _>>()?;
			let told = ToldClass { data_class: class(&row.data_class)?, above };
			row.codes
				.iter()
				.try_for_each(|code| put(&mut class_by_code, &row.system, code, told.clone()))?;
		}
		let mut label_by_code = Codes::new();
		for row in &file.label_rows {
			let rule = match &row.rule {
				Rule::Word(word) if word == "ordinary" => LabelRule::Ordinary,
				Rule::Word(word) if word == "restricted" => LabelRule::Restricted,
				Rule::Word(word) if word == "no-label" => LabelRule::NoLabel,
				Rule::Word(word) => return Err(BadTables::UnknownLabel(word.clone())),
				// No labels would make an unknown code an ordinary one.
				Rule::Labels(names) if names.is_empty() => {
					return Err(BadTables::UnknownLabel(row.code.clone()))
				},
				Rule::Labels(names) => LabelRule::Labels(
					names.iter().map(|name| label(name)).collect::<Result<_, _>>()?,
				),
			};
			put(&mut label_by_code, &row.system, &row.code, rule)?;
		}
		let mut named_elements: BTreeMap<String, Vec<NamedElement>> = BTreeMap::new();
		for NamedRow { resource_type, name, types, is_source } in file.named_elements {
			named_elements.entry(resource_type).or_default().push(NamedElement {
				name,
				types,
				is_source,
			});
		}
		Ok(Self {
			version: file.version,
			rules_version,
			label_rules,
			class_by_type: file
				.class_by_type
				.into_iter()
				.map(|(name, of)| Ok((name, class(&of)?)))
				.collect::<Result<_, _>>()?,
			telling_elements: file.telling_elements,
			class_by_code,
			label_by_code,
			system_aliases: file.system_aliases,
			results: file.results,
			holders: file.holders,
			beside_results: file.beside_results,
			named_elements,
			documents: file.documents,
			document_places: file.document_places,
			maybe_documents: file.maybe_documents,
			reasons: file.reasons,
		})
	}

	/// The types of resources that have a class, by their names' order.
	pub fn types(&self) -> impl Iterator<Item = &str> {
		let all = self.class_by_type.keys().chain(self.telling_elements.keys());
		all.map(String::as_str).collect::<BTreeSet<_>>().into_iter()
	}

	/// The elements that tell the class of resources of that type; none if the type alone does, or nothing.
	pub(crate) fn elements_of(&self, resource_type: &str) -> &[String] {
		self.telling_elements.get(resource_type).map_or(&[], Vec::as_slice)
	}

	/// The code of a `Coding`; none if it has none, or nothing says whose it is.
	pub(crate) fn code_of<'a>(&'a self, coding: &'a Value) -> Option<(&'a str, &'a str)> {
		self.code_in(coding.get("system")?.text()?, coding.get("code")?)
	}

	/// A code with its system, by that system's first name.
	pub(crate) fn code_in<'a>(
		&'a self,
		system: &'a str,
		code: &'a Value,
	) -> Option<(&'a str, &'a str)> {
		let code = code.text().filter(|code| !code.is_empty() && !system.is_empty())?;
		Some((self.system_aliases.get(system).map_or(system, String::as_str), code))
	}
}

/// What an organisation's own codes mean. A code of the tables means what it means there.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct House {
	classes: Codes<ToldClass>,
	labels: Codes<LabelRule>,
	rules: LabelRules,
}

impl House {
	/// A code of reports, tests or documents is of that class.
	pub fn with_class(mut self, system: &str, code: &str, data_class: DataClass) -> Self {
		let told = ToldClass { data_class, above: BTreeSet::new() };
		self.classes.entry(system.into()).or_default().insert(code.into(), told);
		self
	}

	/// A security code asks for these labels, or for none if any record gets that care.
	pub fn with_labels(mut self, system: &str, code: &str, labels: Labels) -> Self {
		let rule = if labels.is_empty() { LabelRule::Ordinary } else { LabelRule::Labels(labels) };
		self.labels.entry(system.into()).or_default().insert(code.into(), rule);
		self
	}

	/// Codes of diagnoses, tests or medicines ask for labels, beside those for which the tables' own rules ask.
	pub fn with_rule(mut self, rule: &LabelRuleRow) -> Result<Self, CodeWithoutPlace> {
		self.rules.add(rule)?;
		Ok(self)
	}
}

/// The tables with an organisation's own codes.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
	pub(crate) tables: &'a Tables,
	pub(crate) house: &'a House,
}

impl<'a> Rules<'a> {
	pub(crate) fn class_of(&self, (system, code): (&str, &str)) -> Option<&'a ToldClass> {
		let find = |codes: &'a Codes<ToldClass>| codes.get(system)?.get(code);
		find(&self.tables.class_by_code).or_else(|| find(&self.house.classes))
	}

	pub(crate) fn label_rule(&self, (system, code): (&str, &str)) -> Option<&'a LabelRule> {
		let find = |codes: &'a Codes<LabelRule>| codes.get(system)?.get(code);
		find(&self.tables.label_by_code).or_else(|| find(&self.house.labels))
	}

	/// Adds the labels for which a code asks by the label rules.
	pub(crate) fn add_coded(&self, code: (&str, &str), labels: &mut Labels) {
		self.tables.label_rules.add_labels(code, labels);
		self.house.rules.add_labels(code, labels);
	}
}
