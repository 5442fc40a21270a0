//! The same table once more, as a table of text that is read cell by cell. Nothing of it calls the
//! matcher or shares code with it. Slow on purpose.

#![allow(clippy::all, reason = "plain on purpose")]

use super::generator::Case;
use crate::*;

/// Permission by use: y yes, n no, d if the diseases are within the offer's, c with CC, b both.
const PERMISSIONS: &str = "
	        General Biomedical Disease Ancestry Methods ClinicalCare
	Nres    y       y          y       y        y       y
	Gru     y       y          y       y        y       c
	Hmb     n       y          y       n        y       c
	Ds      n       n          d       n        y       b
	Poa     n       n          n       y        y       c
";

/// Modifier, and what must be said. Each column is a statement, and the answer for Nothing, No and Yes:
/// y holds, n fails, ? unknown. Two rows of one modifier must both hold.
const MODIFIERS: &str = "
	Npu     for_profit      ?yn
	Ncu     commercial      ?yn
	Npuncu  for_profit      ?yn
	Npuncu  commercial      ?yn
	Gso     genotypes       ?ny
	Pub     publishes       ?ny
	Col     collaborates    ?ny
	Irb     ethics_approved ?ny
	Rtn     returns         ?ny
	Us      nothing         ???
	Ps      nothing         ???
	Is      nothing         ???
";

/// The name and place of each code that has a rule, by bit.
const RULED_MODIFIERS: &str = "Npu Ncu Npuncu Gso Nmds Pub Col Irb Rtn Us Ps Is Cc";
const RULED_USES: &str = "General Biomedical Disease Ancestry Methods ClinicalCare";

/// Every rule in the order in which failures are told.
const ORDER: &str =
	"General Biomedical Disease Ancestry Methods ClinicalCare Npu Ncu Npuncu Gso Pub \
	Col Irb Rtn Us Ps Is Gs Ts Mor";

fn words(line: &str) -> Vec<&str> {
	line.split_whitespace().collect()
}

fn rule(name: &str) -> Rule {
	Rule::ALL.into_iter().find(|rule| format!("{rule:?}") == name).expect(name)
}

/// The bits that are set.
fn places(mask: u32) -> Vec<usize> {
	format!("{mask:032b}")
		.chars()
		.rev()
		.enumerate()
		.filter(|(_, c)| *c == '1')
		.map(|(i, _)| i)
		.collect()
}

/// The reference answer.
pub fn naive(case: &Case) -> Answer {
	let Case { offer, request, diseases } = case;
	let permission = match offer.permission {
		Permission::Nres => "Nres",
		Permission::Gru => "Gru",
		Permission::Hmb => "Hmb",
		Permission::Ds(_) => "Ds",
		Permission::Poa => "Poa",
		Permission::Other => return Answer::Abstain(Code::Permission),
	};
	let mut modifiers = vec![];
	for place in places(offer.modifiers.0) {
		match words(RULED_MODIFIERS).get(place) {
			Some(name) => modifiers.push(*name),
			None => return Answer::Abstain(Code::Modifier(place as u8)),
		}
	}
	let mut uses = vec![];
	for place in places(request.uses.0) {
		match words(RULED_USES).get(place) {
			Some(name) => uses.push(*name),
			None => return Answer::Abstain(Code::Use(place as u8)),
		}
	}
	if diseases.len() > 0 && !uses.contains(&"Disease") {
		uses.push("Disease");
	}
	if uses.len() == 0 {
		return Answer::Abstain(Code::NoUse);
	}

	// What is found for each rule, one letter or more.
	let mut found: Vec<(&str, char)> = vec![];

	// Are the diseases within the offer's?
	let mut letters = vec![];
	if let Permission::Ds(offered) = offer.permission {
		for (code, ancestors) in diseases {
			let mut line = vec![*code];
			line.extend(ancestors.clone().unwrap_or_default());
			letters.push(if line.iter().any(|one| *one == offered) {
				'y'
			} else if ancestors.is_some() {
				'n'
			} else {
				'?'
			});
		}
		if letters.is_empty() {
			letters.push('?');
		}
	}

	let lines: Vec<Vec<&str>> =
		PERMISSIONS.lines().map(words).filter(|line| !line.is_empty()).collect();
	let row = lines.iter().find(|line| line[0] == permission).expect("a row");
	for name in &uses {
		let column = lines[0].iter().position(|heading| heading == name).expect("a column") + 1;
		let cell = row[column].chars().next().expect("a letter");
		if cell == 'd' || cell == 'b' {
			for letter in &letters {
				found.push((*name, *letter));
			}
		}
		if (cell == 'c' || cell == 'b') && !modifiers.contains(&"Cc") {
			found.push((*name, 'n'));
		}
		if cell == 'n' {
			found.push((*name, 'n'));
		}
		if *name == "Methods" && modifiers.contains(&"Nmds") {
			found.push((*name, 'n'));
		}
	}

	for line in MODIFIERS.lines().map(words).filter(|line| !line.is_empty()) {
		if !modifiers.contains(&line[0]) {
			continue;
		}
		let statement = match line[1] {
			"for_profit" => request.for_profit,
			"commercial" => request.commercial,
			"genotypes" => request.genotypes,
			"publishes" => request.publishes,
			"collaborates" => request.collaborates,
			"ethics_approved" => request.ethics_approved,
			"returns" => request.returns,
			_ => Stated::Nothing,
		};
		let place = ["Nothing", "No", "Yes"].iter().position(|s| *s == format!("{statement:?}"));
		found.push((line[0], line[2].chars().nth(place.expect("a statement")).expect("a letter")));
	}

	if let Some(offered) = offer.region {
		let text = |region: Region| format!("{region:?}");
		found.push((
			"Gs",
			match request.region {
				None => '?',
				Some(stated) if text(stated) == text(offered) => 'y',
				Some(stated) if (text(stated) + &text(offered)).contains("Area") => '?',
				Some(_) => 'n',
			},
		));
	}
	if let Some(most) = offer.months {
		let letter = match request.months {
			None => '?',
			// So many months are not one more than at most so many.
			Some(asked) if (0..=most).any(|months| months == asked) => 'y',
			Some(_) => 'n',
		};
		found.push(("Ts", letter));
	}
	if let Some(end) = offer.moratorium {
		let letter = match request.publishes_from {
			None => '?',
			Some(from) if (0..end).any(|before| before == from) => 'n',
			Some(_) => 'y',
		};
		found.push(("Mor", letter));
	}

	for name in words(ORDER) {
		if found.contains(&(name, 'n')) {
			return Answer::NoMatch(rule(name));
		}
	}
	for name in words(ORDER) {
		if found.contains(&(name, '?')) {
			return Answer::Abstain(Code::Condition(rule(name)));
		}
	}
	Answer::Match
}
