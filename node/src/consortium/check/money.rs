//! Native tokens and the assets that claims are paid in.

use super::{
	super::{
		file::{Asset, File, Holding},
		values,
	},
	Check,
};
use crate::chain_spec::TOKEN_DECIMALS;
use salus_runtime::{Balance, EXISTENTIAL_DEPOSIT};
use std::collections::BTreeSet;

/// The longest symbol that wallets show.
const LONGEST_SYMBOL: usize = 12;
/// The longest name of an asset: the runtime's bound for texts.
const LONGEST_ASSET_NAME: usize = 32;
/// More decimals than any currency has.
const MOST_DECIMALS: u8 = 18;

impl Check {
	pub(super) fn balances(&mut self, file: &File) {
		let mut total: Balance = 0;
		for Holding { account, amount } in &file.balances {
			let entry = format!("balance of `{account}`");
			let who = self.account_or_pot(&entry, account);
			let decimals = u8::try_from(TOKEN_DECIMALS).unwrap_or(u8::MAX);
			let amount = self.take(&entry, values::amount(amount, decimals));
			let (Some(who), Some(amount)) = (who, amount) else { continue };
			if amount < EXISTENTIAL_DEPOSIT {
				self.problem(&entry, "it is less than an account must hold to exist, 0.001 SLS");
			}
			match total.checked_add(amount) {
				Some(sum) => total = sum,
				None => self.problem(&entry, "all balances together are more than can be counted"),
			}
			if self.holdings.insert(who.clone(), amount).is_some() {
				self.problem(&entry, "the account is named twice in `balances`");
			}
			self.out.balances.push((who, amount));
		}
	}

	pub(super) fn assets(&mut self, file: &File) {
		let (mut ids, mut symbols) = (BTreeSet::new(), BTreeSet::new());
		for asset in &file.assets {
			let entry = format!("asset {}", asset.id);
			if !ids.insert(asset.id) {
				self.problem(&entry, "two assets have this id");
			}
			if !symbols.insert(&asset.symbol) {
				self.problem(&entry, format!("two assets have the symbol `{}`", asset.symbol));
			}
			self.asset(&entry, asset);
		}
	}

	fn asset(&mut self, entry: &str, asset: &Asset) {
		let graphic = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
		if asset.symbol.is_empty() || asset.symbol.len() > LONGEST_SYMBOL || !graphic(&asset.symbol)
		{
			let what = format!(
				"the symbol `{}` must be 1 to {LONGEST_SYMBOL} ASCII characters without spaces",
				asset.symbol
			);
			self.problem(entry, what);
		}
		if asset.name.trim().is_empty()
			|| asset.name.len() > LONGEST_ASSET_NAME
			|| !graphic(&asset.name.replace(' ', ""))
		{
			let what = format!(
				"the name `{}` must be 1 to {LONGEST_ASSET_NAME} ASCII characters",
				asset.name
			);
			self.problem(entry, what);
		}
		if asset.decimals > MOST_DECIMALS {
			let what = format!("it has {} decimals; the most is {MOST_DECIMALS}", asset.decimals);
			self.problem(entry, what);
			return;
		}
		let owner = self.account_or_pot(entry, &asset.owner);
		let Some(minimum) =
			self.take(entry, values::amount(&asset.minimum_balance, asset.decimals))
		else {
			return;
		};
		if minimum == 0 {
			self.problem(entry, "`minimum_balance` is nothing; the smallest unit is the least");
		}
		if let Some(owner) = owner {
			self.out.assets.push((asset.id, owner, minimum));
			self.out.asset_names.push((
				asset.id,
				asset.name.clone(),
				asset.symbol.clone(),
				asset.decimals,
			));
		}
		self.holders(entry, asset, minimum);
	}

	fn holders(&mut self, entry: &str, asset: &Asset, minimum: Balance) {
		let (mut total, mut holders): (Balance, _) = (0, BTreeSet::new());
		for Holding { account, amount } in &asset.holders {
			let entry = format!("{entry}, holder `{account}`");
			let who = self.account_or_pot(&entry, account);
			let amount = self.take(&entry, values::amount(amount, asset.decimals));
			let (Some(who), Some(amount)) = (who, amount) else { continue };
			if amount < minimum {
				self.problem(&entry, "it holds less than `minimum_balance`");
			}
			match total.checked_add(amount) {
				Some(sum) => total = sum,
				None => self.problem(&entry, "all holders together hold more than can be counted"),
			}
			self.holds(&entry, &who, EXISTENTIAL_DEPOSIT, "to exist at all");
			if !holders.insert(who.clone()) {
				self.problem(&entry, "the holder is named twice");
			}
			self.out.asset_holders.push((asset.id, who, amount));
		}
	}
}
