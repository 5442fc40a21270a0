//! The organisations, and who registers for them.

use super::{
	super::{file::File, values},
	Check,
};
use salus_primitives::{CapabilitySet, OrgKindSet};
use std::collections::{BTreeMap, BTreeSet};

impl Check {
	pub(super) fn organisations(&mut self, file: &File) {
		let mut admins = BTreeMap::new();
		for (number, organisation) in (0u32..).zip(&file.organisations) {
			let entry = format!("organisation `{}`", organisation.name);
			if organisation.name.trim().is_empty() {
				self.problem(format!("organisation {number}"), "it has no name");
			} else if self.members.insert(organisation.name.clone(), number).is_some() {
				self.problem(&entry, "two organisations have this name");
			}
			let mut kinds = OrgKindSet::EMPTY;
			for licence in &organisation.licences {
				if let Some(kind) = self.take(&entry, values::kind(licence)) {
					if kinds.contains(kind) {
						self.problem(&entry, format!("the licence `{licence}` is named twice"));
					}
					kinds = kinds.with(kind);
				}
			}
			let until = match &organisation.until {
				Some(date) => self.future(&entry, date),
				None if organisation.licences.is_empty() => Some(u64::MAX),
				None => {
					self.problem(&entry, "it has licences, and `until` does not say when they end");
					None
				},
			};
			let Some(admin) = self.account(&entry, &organisation.admin) else { continue };
			if let Some(other) = admins.insert(admin.clone(), organisation.name.clone()) {
				let what = format!("its `admin` administers `{other}` as well");
				self.problem(&entry, what);
			}
			if let Some(until) = until {
				self.out.organisations.push((admin, kinds.0, until, organisation.flagged));
			}
		}
		if file.organisations.is_empty() {
			self.problem("organisations", "there are none");
		}
	}

	pub(super) fn registrars(&mut self, file: &File) {
		let mut accounts = BTreeSet::new();
		for (number, registrar) in (1..).zip(&file.registrars) {
			let entry = format!("registrar {number} (of `{}`)", registrar.organisation);
			let organisation = self.organisation(&entry, &registrar.organisation);
			let kinds = registrar
				.kinds
				.iter()
				.filter_map(|kind| self.take(&entry, values::kind(kind)))
				.collect::<OrgKindSet>();
			let capabilities = registrar
				.capabilities
				.iter()
				.filter_map(|capability| self.take(&entry, values::capability(capability)))
				.collect::<CapabilitySet>();
			if registrar.kinds.is_empty() && registrar.capabilities.is_empty() {
				self.problem(&entry, "it has neither `kinds` nor `capabilities`");
			}
			let until = self.future(&entry, &registrar.until);
			let Some(account) = self.account(&entry, &registrar.account) else { continue };
			if !accounts.insert(account.clone()) {
				let what = format!("the account {} is a registrar twice", registrar.account);
				self.problem(&entry, what);
			}
			if let (Some(organisation), Some(until)) = (organisation, until) {
				let (kinds, capabilities) = (kinds.0, capabilities.0);
				self.out.registrars.push((account, organisation, kinds, capabilities, until));
			}
		}
		if file.registrars.is_empty() {
			self.problem("registrars", "there are none, so no organisation could be licensed");
		}
	}
}
