//! The report as a page for people: Markdown that can be read as it stands. Words that came from the server are written as text.

use super::{
	report::{Counts, Example, Fates, FaultReport, QuestionReport, Report},
	requests::RequestsReport,
};
use std::{collections::BTreeMap, fmt::Write};

/// The longest word of the server's that is written, in characters.
const MAX_WORD: usize = 160;

/// A word of the server's, in a table: on one line, and nothing in it is markup.
fn word(text: &str) -> String {
	let mut out = String::new();
	for c in text.chars().take(MAX_WORD) {
		match c {
			'|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => out.extend(['\\', c]),
			c if c.is_control() => out.push(' '),
			c => out.push(c),
		}
	}
	if text.chars().nth(MAX_WORD).is_some() {
		out.push('…');
	}
	out
}

/// A page that is written piece by piece. Writing to a text does not fail.
#[derive(Default)]
struct Page(String);

impl Page {
	fn line(&mut self, text: &str) {
		let _ = writeln!(self.0, "{text}");
	}

	fn paragraph(&mut self, text: &str) {
		self.line("");
		self.line(text);
	}

	fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
		self.line("");
		self.line(&format!("| {} |", head.join(" | ")));
		let rules: Vec<&str> =
			(0..head.len()).map(|at| if at == 0 { "---" } else { "---:" }).collect();
		self.line(&format!("| {} |", rules.join(" | ")));
		for row in rows {
			self.line(&format!("| {} |", row.join(" | ")));
		}
	}

	fn examples(&mut self, examples: &[Example]) {
		if examples.is_empty() {
			return;
		}
		self.paragraph("Examples:");
		self.line("");
		for Example { reference, path, detail } in examples {
			let what: Vec<String> = [path, detail]
				.into_iter()
				.filter(|text| !text.is_empty())
				.map(|text| word(text))
				.collect();
			self.line(&format!("- {}: {}", word(reference), what.join(": ")));
		}
	}
}

/// The page.
pub fn page(report: &Report) -> String {
	let mut page = Page::default();
	page.line("# What the gateway would do");
	page.paragraph(&format!(
		"Made {} from {}. Nothing was taken in, released, anchored or signed. **This page names records: it stays in the house.**",
		report.made,
		word(&report.server)
	));
	let Counts { read, held, quarantined, refused, held_once_linked } = report.totals;
	page.paragraph(&format!(
		"Read: {read} resources, at most {} of each type. Held, so that the chain decides about them: {held}. In quarantine: {quarantined}. Not taken in: \
		 {refused}. Held once all patients are linked: {held_once_linked}.",
		report.most
	));
	let patients = report.patients;
	page.paragraph(&format!(
		"They are about {} patients who are linked ({} resources) and {} who are not ({} resources); {} resources name no patient, or several.",
		patients.linked, patients.records_linked, patients.unlinked, patients.records_unlinked, patients.records_of_nobody
	));
	types(&mut page, report);
	page.paragraph("## Classes and labels");
	page.table(
		&["Class", "Resources", "with labels", "of unknown time"],
		report.classes.iter().map(|(name, row)| {
			vec![
				name.clone(),
				row.records.to_string(),
				row.labelled.to_string(),
				row.time_unknown.to_string(),
			]
		}),
	);
	page.table(
		&["Label", "Resources"],
		report.labels.iter().map(|(name, count)| vec![name.clone(), count.to_string()]),
	);
	page.paragraph("Labels are what the resources say themselves, and what the label rules find in their codes. What neither of them tells counts as ordinary.");
	page.paragraph("## What would be in quarantine, and why");
	if report.faults.is_empty() {
		page.paragraph("Nothing.");
	}
	let mut faults: Vec<(&String, &FaultReport)> = report.faults.iter().collect();
	faults.sort_by_key(|(_, fault)| std::cmp::Reverse(fault.records));
	for (code, row) in faults {
		fault(&mut page, code, row);
	}
	page.paragraph("## What would leave");
	if report.questions.is_empty() {
		page.paragraph("No question is configured (`[[shadow.question]]`).");
	} else if report.patients.linked == 0 {
		page.paragraph("No patient is linked (`shadow.links`), so nothing would leave to anybody.");
	}
	for each in &report.questions {
		question(&mut page, each);
	}
	if let Some(report) = &report.requests {
		requests(&mut page, report);
	}
	page.0
}

fn types(page: &mut Page, report: &Report) {
	page.paragraph("## By type");
	page.table(
		&["Type", "Read", "Held", "In quarantine", "Not taken in", "Held once linked"],
		report.types.iter().filter(|(_, row)| row.counts.read > 0).map(|(name, row)| {
			let Counts { read, held, quarantined, refused, held_once_linked } = row.counts;
			let more = if row.is_all { "" } else { " (not all)" };
			let counts =
				[held, quarantined, refused, held_once_linked].map(|count| count.to_string());
			[vec![name.clone(), format!("{read}{more}")], counts.to_vec()].concat()
		}),
	);
	for (name, row) in &report.types {
		if let Some(fault) = &row.fault {
			page.paragraph(&format!("{name} could not be read to the end: {}.", word(fault)));
		}
	}
	for (what, names) in [
		("The server does not offer", &report.not_offered),
		("The server offers, and these were not read:", &report.not_read),
	] {
		if !names.is_empty() {
			let names: Vec<String> = names.iter().map(|name| word(name)).collect();
			page.paragraph(&format!("{what} {}.", names.join(", ")));
		}
	}
}

fn fault(page: &mut Page, code: &str, row: &FaultReport) {
	let types: Vec<String> =
		row.types.iter().map(|(name, count)| format!("{} {count}", word(name))).collect();
	page.paragraph(&format!("### {code}: {}", row.records));
	page.paragraph(&format!("{}. {}", types.join(", "), row.help));
	if !row.codes.is_empty() {
		page.table(
			&["Code", "System", "Element", "Resources"],
			row.codes.iter().map(|code| {
				let words = [&code.code, &code.system, &code.element].map(|text| word(text));
				[words.to_vec(), vec![code.records.to_string()]].concat()
			}),
		);
	}
	page.examples(&row.examples);
}

fn fates(page: &mut Page, head: &str, rows: &BTreeMap<String, Fates>) {
	page.table(
		&[head, "Whole", "In part", "Refused", "Not decided"],
		rows.iter().map(|(name, row)| {
			let counts = [row.whole, row.part, row.refused, row.undecided];
			[vec![word(name)], counts.map(|count| count.to_string()).to_vec()].concat()
		}),
	);
}

fn question(page: &mut Page, report: &QuestionReport) {
	page.paragraph(&format!(
		"### {}: organisation {}, {}, {}",
		word(&report.name),
		report.organisation,
		report.purpose,
		report.action
	));
	let Fates { whole, part, refused, undecided } = report.totals;
	page.paragraph(&format!(
		"Of what would be held {whole} would leave whole, {part} without something that they contain, {refused} would be refused; not decided: {undecided}."
	));
	if let Some(why) = &report.undecided {
		page.paragraph(&format!("Not all was decided: {}.", word(why)));
	}
	if whole.saturating_add(part).saturating_add(refused) == 0 {
		return;
	}
	page.table(
		&["Why it would be refused", "Resources"],
		report.reasons.iter().map(|(why, count)| vec![word(why), count.to_string()]),
	);
	fates(page, "Type", &report.types);
	fates(page, "Class", &report.classes);
	fates(page, "Label", &report.labels);
	page.examples(&report.examples);
}

fn requests(page: &mut Page, report: &RequestsReport) {
	page.paragraph("## What was asked of the server");
	page.paragraph(&format!(
		"{} requests, judged by what the chain says now. Of somebody who is no question here: {}. For something that is not played back: {}.",
		report.requests, report.unknown_asker, report.not_understood
	));
	for (name, answers) in &report.by_asker {
		page.paragraph(&format!("### {}: {} requests", word(name), answers.requests));
		page.paragraph(&format!(
			"For one record: {} would have been released. Searches of a patient's records: {} would have found all, {} some, {} none.",
			answers.released, answers.search_all, answers.search_some, answers.search_none
		));
		page.table(
			&["Why one record would have been refused", "Requests"],
			answers.refused.iter().map(|(why, count)| vec![word(why), count.to_string()]),
		);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_of_the_server_are_text() {
		assert_eq!(word("a|b\n<c>"), "a\\|b \\<c\\>");
		assert_eq!(word("[x](y)"), "\\[x\\](y)");
		let long = word(&"é".repeat(1_000));
		assert_eq!((long.chars().count(), long.ends_with('…')), (161, true));
	}
}
