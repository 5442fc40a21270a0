//! The section `[others]`: where other organisations' gateways are, besides what their profiles say.

use super::{number, sources::is_open, url, Reader, Section, Value, URL};

/// The most gateways that are named.
const MOST: usize = 1_000;

/// How other gateways are reached.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OthersSettings {
	/// Gateways that are where this says, whatever a profile says.
	pub gateways: Vec<OtherGateway>,
	/// The proxy through which gateways of the internet are asked, if there is one.
	pub proxy: Option<String>,
}

/// Another organisation's gateway.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherGateway {
	/// The organisation.
	pub organisation: u32,
	/// Where its gateway is, without a slash at the end.
	pub url: String,
	/// Whether that may be an address of this host or of the house's network.
	pub local: bool,
}

/// When logs are compared unless it is set: half past two.
const AT: u64 = 9_000;

/// `02:30` as seconds of the day.
fn time_of_day(value: &Value) -> Option<u64> {
	let (hour, minute) = value.as_str()?.split_once(':')?;
	let part = |text: &str, bound: u64| {
		let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
		text.parse().ok().filter(|it: &u64| digits && *it < bound)
	};
	let (hour, minute) = (part(hour, 24)?, part(minute, 60)?);
	Some(hour.saturating_mul(3_600).saturating_add(minute.saturating_mul(60)))
}

impl Reader {
	/// The section `[reconcile]`: when the access log is compared with others', unless that is turned off.
	pub(super) fn nightly(&mut self, top: &mut Section) -> Option<u64> {
		let mut section = self.section(top, "reconcile");
		let at =
			self.may(&mut section, "at", "a time of day by UTC, such as \"02:30\"", time_of_day);
		let nightly = self.may(&mut section, "nightly", "true or false", Value::as_bool);
		self.end(section);
		nightly.unwrap_or(true).then(|| at.unwrap_or(AT))
	}

	/// The section; without it profiles alone tell.
	pub(super) fn others(&mut self, top: &mut Section) -> OthersSettings {
		let mut section = self.section(top, "others");
		let proxy = self.may(&mut section, "proxy", URL, url);
		let rows = self.sections(&mut section, "gateway");
		if rows.len() > MOST {
			self.fault("others.gateway", "must be at most 1000 sections [[others.gateway]]");
		}
		let mut gateways: Vec<OtherGateway> = Vec::new();
		for mut row in rows {
			let (at, at_url) = (row.at("organisation"), row.at("url"));
			let organisation = self.need(
				&mut row,
				"organisation",
				"the number of an organisation on the chain",
				|it| number(it).and_then(|number| u32::try_from(number).ok()),
			);
			let url = self.need(&mut row, "url", URL, url);
			let local =
				self.may(&mut row, "local", "true or false", Value::as_bool).unwrap_or(false);
			let plain =
				self.may(&mut row, "plain_http", "true or false", Value::as_bool).unwrap_or(false);
			self.end(row);
			let (Some(organisation), Some(url)) = (organisation, url) else { continue };
			if is_open(&url) && !plain {
				self.fault(at_url, "records would go over the network without TLS; write https://, or say plain_http = true if something else protects this network");
			}
			if gateways.iter().any(|there| there.organisation == organisation) {
				self.fault(at, "is there twice");
			}
			gateways.push(OtherGateway { organisation, url, local });
		}
		self.end(section);
		OthersSettings { gateways, proxy }
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};

	#[test]
	fn logs_are_compared_at_night_unless_that_is_turned_off() {
		let with = |section: &str| Config::read(&format!("{GOOD}[reconcile]\n{section}"));
		assert_eq!(Config::read(GOOD).unwrap().nightly, Some(9_000));
		assert_eq!(with("at = \"23:59\"\n").unwrap().nightly, Some(86_340));
		assert_eq!(with("nightly = false\n").unwrap().nightly, None);
		for at in ["24:00", "02:60", "2:30", "0230", "+2:30", "02:30:00"] {
			assert_eq!(
				faults(&format!("{GOOD}[reconcile]\nat = \"{at}\"\n")),
				["reconcile.at"],
				"{at}"
			);
		}
	}

	#[test]
	fn other_gateways_are_named_once_each_and_reached_with_tls_or_on_purpose_without() {
		let with = |section: &str| Config::read(&format!("{GOOD}{section}")).map(|it| it.others);
		assert_eq!(with("").unwrap(), Default::default());
		let row = |more: &str| {
			format!("[[others.gateway]]\norganisation = 5\nurl = \"https://b.example/\"\n{more}")
		};
		let others = with(&row("local = true\n")).unwrap();
		assert_eq!(others.gateways[0].url, "https://b.example");
		assert_eq!((others.gateways[0].organisation, others.gateways[0].local), (5, true));
		assert!(!with(&row("")).unwrap().gateways[0].local);
		let plain = row("").replace("https", "http");
		assert_eq!(faults(&format!("{GOOD}{plain}")), ["others.gateway[0].url"]);
		assert!(with(&format!("{plain}plain_http = true\n")).is_ok());
		assert_eq!(
			faults(&format!("{GOOD}{}{}", row(""), row(""))),
			["others.gateway[1].organisation"]
		);
		assert_eq!(
			faults(&format!(
				"{GOOD}[others]\nproxy = \"proxy:3128\"\n{}",
				row("redirect = true\n")
			)),
			["others.proxy", "others.gateway[0].redirect"]
		);
	}
}
