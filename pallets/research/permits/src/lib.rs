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
mod budget;
#[allow(clippy::as_conversions)]
mod types;

#[cfg(test)]
mod tests;

pub use budget::*;
pub use types::*;

use salus_primitives::Moment;

/// What is true of `context.permit` at `context.at`. The table of the crate's documentation says when a
/// permit is suspended. Linear in the histories.
pub fn permit_at(context: &Context<'_>) -> Standing {
	let Context { at, permit, .. } = *context;
	if at < permit.period.from {
		return Standing::NotYet;
	}
	if let Some(end) = permit.ended.filter(|end| end.at <= at) {
		return Standing::Ended(end.how);
	}
	let lapses = Lapse::ALL
		.into_iter()
		.filter(|lapse| has_lapsed(*lapse, context))
		.fold(LapseSet::EMPTY, LapseSet::with);
	if lapses.is_empty() {
		Standing::Active
	} else {
		Standing::Suspended(lapses)
	}
}

fn has_lapsed(lapse: Lapse, context: &Context<'_>) -> bool {
	let Context { at, permit, .. } = *context;
	match lapse {
		Lapse::Ethics => !context.approvals.iter().any(|approval| approval.contains(at)),
		Lapse::Licence => !context.licensed,
		Lapse::Affiliation => !context.affiliated,
		Lapse::Terms => latest(context.terms, at) != latest(context.accepted, at),
		Lapse::Epoch => context
			.epochs
			.iter()
			.any(|epoch| epoch.due <= at && epoch.published.is_none_or(|published| at < published)),
		Lapse::Report => is_report_overdue(context),
		Lapse::Expired => {
			let renewed = |renewal: &Renewal| renewal.at <= at && at < renewal.until;
			permit.period.until <= at && !permit.renewal.as_ref().is_some_and(renewed)
		},
		Lapse::Retired => context.retired_at.is_some_and(|retired_at| retired_at <= at),
	}
}

/// The last version whose moment was reached at `at`.
fn latest(versions: &[VersionFrom], at: Moment) -> Option<u32> {
	versions.iter().filter(|one| one.from <= at).map(|one| one.version).max()
}

/// Whether the report of a year that was due at `context.at` had not been filed.
fn is_report_overdue(context: &Context<'_>) -> bool {
	let ReportRule { every, grace } = context.report_rule;
	let due = context
		.permit
		.period
		.from
		.checked_add(grace)
		.and_then(|first| context.at.checked_sub(first))
		.and_then(|past| past.checked_div(every))
		.unwrap_or(0);
	let filed =
		|year: u64| context.reports.iter().any(|one| one.year == year && one.at <= context.at);
	// Years are few: a permit lasts ten of them at most, and twice that with its renewal.
	(1..=due.min(MAX_YEARS)).any(|year| !filed(year))
}
