//! Amounts, days, names and code lists, as the file writes them.

use salus_primitives::{Capability, OrgKind};
use salus_runtime::Balance;
use toml::value::Datetime;

/// Seconds in a day.
const DAY: u64 = 24 * 60 * 60;

/// Read a decimal number with up to `decimals` decimals, in the smallest units.
///
/// # Errors
/// What is wrong with it.
pub fn amount(text: &str, decimals: u8) -> Result<Balance, String> {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
	let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
	if !digits(whole) || !digits(fraction) {
		return Err(format!("`{text}` is no amount, such as 1500 or 0.25"));
	}
	let fraction = fraction.trim_end_matches('0');
	let places = usize::from(decimals);
	if fraction.len() > places {
		return Err(format!("`{text}` has more than {decimals} decimals"));
	}
	format!("{whole}{fraction:0<places$}")
		.parse()
		.map_err(|_| format!("`{text}` is more than an account can hold"))
}

/// The first second of the day, in Unix time.
///
/// # Errors
/// It is no day, or before 1970.
pub fn day(date: &Datetime) -> Result<u64, String> {
	let not = || format!("`{date}` is no day; write it as 2030-12-31");
	let (Some(date), None, None) = (date.date, date.time, date.offset) else { return Err(not()) };
	// Days since the beginning of March of the year 0: leap days come last.
	let (year, month) = (u64::from(date.year), u64::from(date.month));
	let (year, month) = if month > 2 {
		(year, month - 3)
	} else {
		(year.checked_sub(1).ok_or_else(not)?, month + 9)
	};
	let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5;
	let days = days + u64::from(date.day) - 1;
	days.checked_sub(719_468).map(|days| days * DAY).ok_or_else(not)
}

/// A code of a list, written as one lower-case word or several with hyphens.
///
/// # Errors
/// It is none of them; they are listed.
pub fn code<C: Copy + core::fmt::Debug>(text: &str, all: &[C]) -> Result<C, String> {
	all.iter().copied().find(|code| written(*code) == text).ok_or_else(|| {
		let known = all.iter().map(|code| written(*code)).collect::<Vec<_>>().join(", ");
		format!("`{text}` is none of {known}")
	})
}

/// How the file writes a code: `CourtOrders` is `court-orders`.
fn written(code: impl core::fmt::Debug) -> String {
	let mut word = String::new();
	for letter in format!("{code:?}").chars() {
		if letter.is_ascii_uppercase() && !word.is_empty() {
			word.push('-');
		}
		word.push(letter.to_ascii_lowercase());
	}
	word
}

/// A kind of organisation.
///
/// # Errors
/// There is no such kind.
pub fn kind(text: &str) -> Result<OrgKind, String> {
	code(text, OrgKind::ALL)
}

/// What a registrar may do.
///
/// # Errors
/// There is no such capability.
pub fn capability(text: &str) -> Result<Capability, String> {
	code(text, Capability::ALL)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_amount_is_counted_in_its_smallest_units() {
		for (text, decimals, units) in [
			("0", 12, 0),
			("1", 12, 1_000_000_000_000),
			("1500.25", 2, 150_025),
			("0.000000000001", 12, 1),
			("7", 0, 7),
			("7.000", 0, 7),
			("007.5", 1, 75),
			("340282366920938463463374607431768211455", 0, u128::MAX),
			("340282366920938463463374607.431768211455", 12, u128::MAX),
		] {
			assert_eq!(amount(text, decimals), Ok(units), "{text}");
		}
	}

	#[test]
	fn what_is_no_amount_is_refused() {
		for (text, decimals, reason) in [
			("", 2, "is no amount"),
			("-1", 2, "is no amount"),
			("+1", 2, "is no amount"),
			("1.", 2, "is no amount"),
			(".5", 2, "is no amount"),
			("1,5", 2, "is no amount"),
			("1e6", 2, "is no amount"),
			("1.005", 2, "more than 2 decimals"),
			("340282366920938463463374607431768211456", 0, "more than an account can hold"),
			("340282366920938463463374607.431768211456", 12, "more than an account can hold"),
		] {
			let error = amount(text, decimals).unwrap_err();
			assert!(error.contains(reason), "{text}: {error}");
		}
	}

	#[test]
	fn a_day_begins_at_midnight_utc() {
		for (text, seconds) in [
			("1970-01-01", 0),
			("1972-02-29", 68_169_600),
			("2000-03-01", 951_868_800),
			("2026-11-26", 1_795_651_200),
			("2099-12-31", 4_102_358_400),
		] {
			assert_eq!(day(&text.parse().expect("a date")), Ok(seconds), "{text}");
		}
		for text in ["2030-12-31T10:00:00Z", "10:00:00", "1969-12-31", "0000-01-01"] {
			assert!(day(&text.parse().expect("a date or time")).is_err(), "{text}");
		}
	}

	#[test]
	fn codes_are_written_with_hyphens() {
		assert_eq!(kind("provider"), Ok(OrgKind::Provider));
		assert_eq!(capability("court-orders"), Ok(Capability::CourtOrders));
		let error = kind("hospital").unwrap_err();
		assert!(error.starts_with("`hospital` is none of provider, payer, "), "{error}");
	}
}
