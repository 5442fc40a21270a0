//! The section `[emergency]`: the desk for emergencies.

use super::{path, Reader, Section, PATH};
use std::path::{Path, PathBuf};

impl Reader {
	/// The file with the token of the desk, if there is one. It is another one than that of the house.
	pub(super) fn emergency(
		&mut self,
		top: &mut Section,
		inside_token: Option<&Path>,
	) -> Option<PathBuf> {
		let mut section = self.section(top, "emergency");
		let token = self.may(&mut section, "token", PATH, path);
		if token.is_some() && token.as_deref() == inside_token {
			self.fault("emergency.token", "must be another file than inside.token: whoever has that one administers the gateway");
		}
		self.end(section);
		token
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};

	#[test]
	fn the_desk_for_emergencies_has_a_token_of_its_own() {
		assert_eq!(Config::read(GOOD).unwrap().desk_token, None);
		let with = |file: &str| format!("{GOOD}[emergency]\ntoken = \"{file}\"\n");
		let config = Config::read(&with("/etc/salus-gateway/desk.token")).unwrap();
		assert_eq!(config.desk_token, Some("/etc/salus-gateway/desk.token".into()));
		assert_eq!(faults(&with("/etc/salus-gateway/inside.token")), ["emergency.token"]);
		assert_eq!(faults(&with("relative")), ["emergency.token"]);
	}
}
