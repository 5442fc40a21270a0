//! Validators and their machines.

use super::{
	super::{file::File, keys},
	Check,
};
use crate::address::Address;
use salus_runtime::{configs::consensus::KeyDeposit, EXISTENTIAL_DEPOSIT};
use sc_service::config::MultiaddrWithPeerId;
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

	/// Where the others reach a node. All that is wrong with it is said, and what is right goes into the
	/// specification in one spelling.
	fn peer(&mut self, entry: &str, text: &str) {
		let Some(MultiaddrWithPeerId { multiaddr, peer_id }) = self.take(entry, keys::peer(text))
		else {
			return;
		};
		match keys::key_of(&peer_id) {
			Some(key) => {
				self.take(entry, keys::ed25519_point(&key, &peer_id.to_string()));
				self.refuse_well_known(entry, "node key", &key);
				self.own(entry, "node key", key);
			},
			None => self.problem(entry, format!("the peer id {peer_id} is of no ed25519 key")),
		}
		match Address::read(&multiaddr) {
			Ok(address) => {
				for what in address.unreachable() {
					self.problem(entry, what);
				}
				if let Some(other) = self.places.get(&address.place()) {
					let what = format!("another node has the address {address} ({other})");
					self.problem(entry, what);
				} else {
					self.places.insert(address.place(), entry.into());
				}
				let multiaddr = address.canonical();
				self.out.peers.push(MultiaddrWithPeerId { multiaddr, peer_id });
			},
			Err(problems) => {
				for what in problems {
					self.problem(entry, what);
				}
			},
		}
	}
}
