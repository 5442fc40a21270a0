//! Validators and their machines.

use super::{
	super::{file::File, keys},
	Check,
};
use salus_runtime::{configs::consensus::KeyDeposit, EXISTENTIAL_DEPOSIT};
use std::collections::BTreeMap;

impl Check {
	pub(super) fn validators(&mut self, file: &File) {
		let mut of = BTreeMap::<&str, usize>::new();
		for (number, validator) in (1..).zip(&file.validators) {
			let entry = format!("validator {number} (of `{}`)", validator.organisation);
			let organisation = self.organisation(&entry, &validator.organisation);
			let account = self.account(&entry, &validator.account);
			if let Some(account) = &account {
				self.own(&entry, "account", account.clone().into());
				let least = KeyDeposit::get().saturating_add(EXISTENTIAL_DEPOSIT);
				self.holds(&entry, account, least, "for the deposit on its session keys");
			}
			let babe = self.take(&entry, keys::babe(&validator.babe));
			if let Some(babe) = &babe {
				self.refuse_well_known(&entry, "BABE key", &babe.0);
				self.own(&entry, "BABE key", babe.0);
			}
			let grandpa = self.take(&entry, keys::grandpa(&validator.grandpa));
			if let Some(grandpa) = &grandpa {
				self.refuse_well_known(&entry, "GRANDPA key", &grandpa.0);
				self.own(&entry, "GRANDPA key", grandpa.0);
			}
			self.peer(&entry, &validator.peer);
			if let (Some(account), Some(organisation), Some(babe), Some(grandpa)) =
				(account, organisation, babe, grandpa)
			{
				self.out.validators.push((account, organisation, babe, grandpa));
			}
			let count = of.entry(&validator.organisation).or_default();
			*count = count.saturating_add(1);
		}
		for (organisation, count) in of {
			if count > 1 && count.saturating_mul(3) >= file.validators.len() {
				let what = format!(
					"`{organisation}` runs {count} of {}; with a third it could stop finality alone",
					file.validators.len()
				);
				self.problem("validators", what);
			}
		}
	}

	pub(super) fn nodes(&mut self, file: &File) {
		for (number, node) in (1..).zip(&file.nodes) {
			let entry = format!("node {number} (of `{}`)", node.organisation);
			self.organisation(&entry, &node.organisation);
			self.peer(&entry, &node.peer);
		}
	}

	fn peer(&mut self, entry: &str, text: &str) {
		let Some(peer) = self.take(entry, keys::peer(text)) else { return };
		let Some(key) = keys::key_of(&peer.peer_id) else {
			self.problem(entry, format!("the peer id {} is of no ed25519 key", peer.peer_id));
			return;
		};
		self.refuse_well_known(entry, "node key", &key);
		self.own(entry, "node key", key);
		if self.out.peers.iter().any(|other| other.multiaddr == peer.multiaddr) {
			self.problem(entry, format!("another node has the address {}", peer.multiaddr));
		}
		self.out.peers.push(peer);
	}
}
