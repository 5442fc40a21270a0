//! The section `[auth]`: whether tokens are issued, and how many for how long.

use super::{number, path, Reader, Section, PATH};
use std::path::PathBuf;

/// The longest life of a token, in seconds.
pub const MAX_LIFE: u64 = 300;
/// How many tokens somebody has at most at one time, unless it is said.
const TOKENS: u64 = 100;

/// How tokens are issued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Auth {
	/// How long a token lives, in seconds.
	pub life: u64,
	/// How many that live an organisation, or a key of a patient, may have.
	pub most: u32,
	/// A folder with profiles of organisations, each in a file `NUMBER.json`; others come to the inside face.
	pub profiles: Option<PathBuf>,
}

impl Reader {
	/// The section, if it is there: without it no tokens are issued.
	pub(super) fn auth(&mut self, top: &mut Section) -> Option<Auth> {
		if !top.members.contains_key("auth") {
			return None;
		}
		let mut section = self.section(top, "auth");
		let life = self.may(
			&mut section,
			"token_life",
			"a whole number of seconds from 30 to 300",
			|it| number(it).filter(|seconds| (30..=MAX_LIFE).contains(seconds)),
		);
		let most = self.may(&mut section, "max_tokens", "a whole number from 1 to 10000", |it| {
			number(it).filter(|most| (1..=10_000).contains(most))
		});
		let profiles = self.may(&mut section, "profiles", PATH, path);
		self.end(section);
		Some(Auth {
			life: life.unwrap_or(MAX_LIFE),
			most: u32::try_from(most.unwrap_or(TOKENS)).unwrap_or(u32::MAX),
			profiles,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::super::{tests::GOOD, Config};
	use super::*;

	#[test]
	fn tokens_are_issued_if_the_section_is_there_and_live_five_minutes_at_most() {
		let with = |more: &str| Config::read(&format!("{GOOD}{more}"));
		assert_eq!(with("").unwrap().auth, None);
		let usual = Auth { life: 300, most: 100, profiles: None };
		assert_eq!(with("[auth]\n").unwrap().auth, Some(usual));
		let set = with("[auth]\ntoken_life = 60\nmax_tokens = 2\nprofiles = \"/etc/p\"\n").unwrap();
		assert_eq!(set.auth, Some(Auth { life: 60, most: 2, profiles: Some("/etc/p".into()) }));
		for (more, at) in [
			("token_life = 301", "auth.token_life"),
			("token_life = 29", "auth.token_life"),
			("max_tokens = 0", "auth.max_tokens"),
			("profiles = \"here\"", "auth.profiles"),
			("tokens = 3", "auth.tokens"),
		] {
			let faults = with(&format!("[auth]\n{more}\n")).unwrap_err();
			assert_eq!(faults.0[0].at, at, "{more}");
		}
	}
}
