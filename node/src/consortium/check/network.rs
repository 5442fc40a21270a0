//! Name, session, care policy, floors.

use super::{super::file::File, Check};
use salus_primitives::CarePolicy;
use salus_runtime::configs::consensus::MAX_VALIDATORS;
use std::ops::RangeInclusive;

/// The shortest and the longest session, in slots of three seconds: a minute and a day. A change of
/// validators works from the second session after it.
const SESSION_SLOTS: RangeInclusive<u64> = 20..=28_800;
/// Fewer validators than four bear no fault at all.
const FEWEST_VALIDATORS: u32 = 4;
/// The shortest floors of a live network: a day to look at a new runtime, an hour, a minute.
const FLOORS: [(&str, u64); 3] = [("upgrade", 86_400), ("parameter", 3_600), ("emergency", 60)];
/// The longest floor: a month.
const LONGEST_FLOOR: u64 = 30 * 86_400;

impl Check {
	pub(super) fn network(&mut self, file: &File) {
		let network = &file.network;
		if network.name.trim().is_empty() || network.name.chars().any(char::is_control) {
			self.problem("network", "`name` must be a text of one line");
		}
		let word = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
		if !(3..=32).contains(&network.id.len()) || !network.id.bytes().all(word) {
			let what = "`id` must be 3 to 32 lower-case letters, digits, hyphens and underscores";
			self.problem("network", what);
		}
		if matches!(&*network.id, "dev" | "local" | "salus_dev" | "salus_local") {
			let what = format!("`id` is `{}`, which is that of a development network", network.id);
			self.problem("network", what);
		}
		if !SESSION_SLOTS.contains(&network.session_slots) {
			let what = format!(
				"`session_slots` is {}; it must be between {} (a minute) and {} (a day)",
				network.session_slots,
				SESSION_SLOTS.start(),
				SESSION_SLOTS.end()
			);
			self.problem("network", what);
		}
		let count = u32::try_from(file.validators.len()).unwrap_or(u32::MAX);
		if count < FEWEST_VALIDATORS {
			let what = format!("there are {count}; fewer than four bear no fault");
			self.problem("validators", what);
		}
		if count > MAX_VALIDATORS {
			let what = format!("there are {count}; the most is {MAX_VALIDATORS}");
			self.problem("validators", what);
		}
		let minimum = network.minimum_validators;
		if minimum < FEWEST_VALIDATORS {
			let what = format!("`minimum_validators` is {minimum}; fewer than four bear no fault");
			self.problem("network", what);
		}
		if minimum > count {
			let what =
				format!("`minimum_validators` is {minimum}, and there are only {count} validators");
			self.problem("network", what);
		}
		match &*network.care_policy {
			"consent-only" => self.out.care_policy = CarePolicy::ConsentOnly,
			"care-team" => self.out.care_policy = CarePolicy::CareTeam,
			other => {
				let what =
					format!("`care_policy` is `{other}`; it must be `consent-only` or `care-team`");
				self.problem("network", what);
			},
		}
		let floors = &network.enactment_floors;
		let floors = [floors.upgrade, floors.parameter, floors.emergency];
		for ((class, shortest), floor) in FLOORS.into_iter().zip(floors) {
			if !(shortest..=LONGEST_FLOOR).contains(&floor) {
				let what = format!(
					"`{class}` is {floor} seconds; it must be between {shortest} and {LONGEST_FLOOR}"
				);
				self.problem("network.enactment_floors", what);
			}
		}
		self.out.name = network.name.trim().into();
		self.out.id.clone_from(&network.id);
		self.out.session_length = network.session_slots;
		self.out.min_validators = minimum;
		self.out.floors = floors;
	}
}
