#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used,
		clippy::unreachable,
		clippy::todo
	)
)]

// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
mod codes;
#[allow(clippy::as_conversions)]
mod types;

#[cfg(test)]
mod tests;

pub use codes::*;
pub use types::*;

/// The version of the table: of the rules and of which codes have one. Any change that can give
/// another answer is another version.
pub const TABLE_VERSION: u16 = 1;

/// Whether what a rule demands is so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
	Holds,
	Fails,
	Unknown,
}

/// Whether `request`, which is about `diseases`, fits `offer`. The order and the rules are those of the
/// crate's documentation. Answers for every input; linear in the diseases and their ancestors.
pub fn match_terms(offer: &Offer, request: &Request, diseases: &[Disease<'_>]) -> Decision {
	Decision { version: TABLE_VERSION, answer: answer(offer, request, diseases) }
}

fn answer(offer: &Offer, request: &Request, diseases: &[Disease<'_>]) -> Answer {
	if let Some(code) = without_rule(offer, request, diseases) {
		return Answer::Abstain(code);
	}
	let mut unknown = None;
	for rule in Rule::ALL {
		match check(rule, offer, request, diseases) {
			Check::Holds => {},
			Check::Fails => return Answer::NoMatch(rule),
			Check::Unknown => unknown = unknown.or(Some(rule)),
		}
	}
	unknown.map_or(Answer::Match, |rule| Answer::Abstain(Code::Condition(rule)))
}

/// The first rule that fails, whatever else is the case: a code without a rule hides no failure. Of what
/// the permission [`Permission::Other`] allows nothing is known, so the rules that ask about the permission do not fail
/// under it. Where no code lacks a rule this is the rule of [`Answer::NoMatch`].
///
/// [`match_terms`] abstains beside a code without a rule, and the people whom it asks may not know that the
/// offer excludes the request for another reason. Whoever lets people decide asks this too.
pub fn first_failure(offer: &Offer, request: &Request, diseases: &[Disease<'_>]) -> Option<Rule> {
	let unknown = offer.permission == Permission::Other;
	Rule::ALL.into_iter().find(|rule| {
		let asked = !(unknown && asks_about_the_permission(*rule));
		asked && check(*rule, offer, request, diseases) == Check::Fails
	})
}

/// Whether `rule` depends on the offer's permission.
const fn asks_about_the_permission(rule: Rule) -> bool {
	matches!(
		rule,
		Rule::General | Rule::Biomedical | Rule::Disease | Rule::Ancestry | Rule::ClinicalCare
	)
}

/// The first code for which the table has no rule.
fn without_rule(offer: &Offer, request: &Request, diseases: &[Disease<'_>]) -> Option<Code> {
	if offer.permission == Permission::Other {
		return Some(Code::Permission);
	}
	if let Some(index) = offer.modifiers.first_not_in(ModifierSet::WITH_RULE) {
		return Some(Code::Modifier(index));
	}
	if let Some(index) = request.uses.first_not_in(UseSet::WITH_RULE) {
		return Some(Code::Use(index));
	}
	(request.uses.is_empty() && diseases.is_empty()).then_some(Code::NoUse)
}

fn check(rule: Rule, offer: &Offer, request: &Request, diseases: &[Disease<'_>]) -> Check {
	use Permission::*;
	let permission = offer.permission;
	let has = |modifier| offer.modifiers.contains(modifier);
	let wants = |purpose| request.uses.contains(purpose);
	match rule {
		Rule::General if wants(Use::General) => holds(matches!(permission, Nres | Gru)),
		Rule::Biomedical if wants(Use::Biomedical) => holds(matches!(permission, Nres | Gru | Hmb)),
		Rule::Disease if wants(Use::Disease) || !diseases.is_empty() => match permission {
			Nres | Gru | Hmb => Check::Holds,
			Ds(offered) => within(offered, diseases),
			Poa | Other => Check::Fails,
		},
		Rule::Ancestry if wants(Use::Ancestry) => holds(matches!(permission, Nres | Gru | Poa)),
		Rule::Methods if wants(Use::Methods) => holds(!has(Modifier::Nmds)),
		Rule::ClinicalCare if wants(Use::ClinicalCare) => match permission {
			Nres => Check::Holds,
			_ if !has(Modifier::Cc) => Check::Fails,
			Ds(offered) => within(offered, diseases),
			_ => Check::Holds,
		},
		Rule::Npu if has(Modifier::Npu) => not(request.for_profit),
		Rule::Ncu if has(Modifier::Ncu) => not(request.commercial),
		Rule::Npuncu if has(Modifier::Npuncu) => {
			both(not(request.for_profit), not(request.commercial))
		},
		Rule::Gso if has(Modifier::Gso) => so(request.genotypes),
		Rule::Pub if has(Modifier::Pub) => so(request.publishes),
		Rule::Col if has(Modifier::Col) => so(request.collaborates),
		Rule::Irb if has(Modifier::Irb) => so(request.ethics_approved),
		Rule::Rtn if has(Modifier::Rtn) => so(request.returns),
		Rule::Us if has(Modifier::Us) => Check::Unknown,
		Rule::Ps if has(Modifier::Ps) => Check::Unknown,
		Rule::Is if has(Modifier::Is) => Check::Unknown,
		Rule::Gs => compare(offer.region, request.region, inside),
		Rule::Ts => compare(offer.months, request.months, |most, asked| holds(asked <= most)),
		Rule::Mor => {
			compare(offer.moratorium, request.publishes_from, |end, from| holds(end <= from))
		},
		_ => Check::Holds,
	}
}

const fn holds(so: bool) -> Check {
	if so {
		Check::Holds
	} else {
		Check::Fails
	}
}

const fn so(stated: Stated) -> Check {
	match stated {
		Stated::Nothing => Check::Unknown,
		Stated::No => Check::Fails,
		Stated::Yes => Check::Holds,
	}
}

const fn not(stated: Stated) -> Check {
	match stated {
		Stated::Nothing => Check::Unknown,
		Stated::No => Check::Holds,
		Stated::Yes => Check::Fails,
	}
}

/// Whether both hold: a failure is certain, whatever the other is.
fn both(one: Check, other: Check) -> Check {
	match (one, other) {
		(Check::Fails, _) | (_, Check::Fails) => Check::Fails,
		(Check::Unknown, _) | (_, Check::Unknown) => Check::Unknown,
		(Check::Holds, Check::Holds) => Check::Holds,
	}
}

/// Compares a parameter of the offer with what the request states of it. An offer without it demands
/// nothing.
fn compare<T>(offered: Option<T>, stated: Option<T>, compare: impl Fn(T, T) -> Check) -> Check {
	match (offered, stated) {
		(None, _) => Check::Holds,
		(Some(_), None) => Check::Unknown,
		(Some(offered), Some(stated)) => compare(offered, stated),
	}
}

fn inside(offered: Region, stated: Region) -> Check {
	match (offered, stated) {
		_ if offered == stated => Check::Holds,
		(Region::Country(_), Region::Country(_)) => Check::Fails,
		_ => Check::Unknown,
	}
}

/// Whether there are diseases, and all are within `offered`.
fn within(offered: DiseaseCode, diseases: &[Disease<'_>]) -> Check {
	let all = diseases.iter().fold(Check::Holds, |all, disease| {
		let this = match disease.lineage {
			_ if disease.code == offered => Check::Holds,
			Lineage::Unknown => Check::Unknown,
			Lineage::Ancestors(ancestors) => holds(ancestors.contains(&offered)),
		};
		both(all, this)
	});
	if diseases.is_empty() {
		Check::Unknown
	} else {
		all
	}
}
