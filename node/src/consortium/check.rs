//! Whether the file describes a network that can start and that is safe to start. Every problem is
//! found, not the first alone.

use super::{
	file::{Asset, File, Holding, Seat},
	genesis::Checked,
	keys::{self, WellKnown},
	values,
};
use crate::chain_spec::TOKEN_DECIMALS;
use salus_primitives::{CapabilitySet, OrgId, OrgKindSet};
use salus_runtime::{
	configs::{
		consensus::{KeyDeposit, MAX_VALIDATORS},
		fees::SponsorPotId,
		governance::{TreasuryAccount, MAX_MEMBERS},
	},
	Balance, EXISTENTIAL_DEPOSIT, UNIT,
};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::AccountIdConversion;
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::Display,
	ops::RangeInclusive,
};

/// The shortest and the longest session, in slots of three seconds: a minute and a day. A change of
/// validators works from the second session after it.
const SESSION_SLOTS: RangeInclusive<u64> = 20..=28_800;
/// Fewer validators than four bear no fault at all.
const FEWEST_VALIDATORS: u32 = 4;
/// With two members, each can block the other for ever.
const FEWEST_SEATS: usize = 3;
/// The shortest floors of a live network: a day to look at a new runtime, an hour, a minute.
const FLOORS: [(&str, u64); 3] = [("upgrade", 86_400), ("parameter", 3_600), ("emergency", 60)];
/// The longest floor: a month.
const LONGEST_FLOOR: u64 = 30 * 86_400;
/// The longest symbol that wallets show.
const LONGEST_SYMBOL: usize = 12;
/// The longest name of an asset: the runtime's bound for texts.
const LONGEST_ASSET_NAME: usize = 32;
/// More decimals than any currency has.
const MOST_DECIMALS: u8 = 18;
/// What a member of a collective must hold, at least, to pay for a motion.
const FOR_A_MOTION: Balance = UNIT;

/// Check the file at the moment `now`, in Unix seconds.
///
/// # Errors
/// Every problem, each in a sentence that names the entry.
pub fn check(file: &File, now: u64) -> Result<Checked, Vec<String>> {
	let mut check = Check::new(now);
	check.network(file);
	check.organisations(file);
	check.balances(file);
	check.validators(file);
	check.nodes(file);
	check.out.council = check.seats("council", &file.council, true);
	check.out.technical_committee =
		check.seats("technical_committee", &file.technical_committee, false);
	check.bodies();
	check.registrars(file);
	check.assets(file);
	if check.problems.is_empty() {
		Ok(check.out)
	} else {
		Err(check.problems)
	}
}

struct Check {
	now: u64,
	well_known: &'static WellKnown,
	problems: Vec<String>,
	/// The organisations by name.
	members: BTreeMap<String, OrgId>,
	/// Keys that belong to one entry only: of validators' accounts, sessions, nodes.
	owned: BTreeMap<[u8; 32], String>,
	/// What each account holds in native tokens.
	holdings: BTreeMap<AccountId32, Balance>,
	out: Checked,
}

impl Check {
	fn new(now: u64) -> Self {
		Self {
			now,
			well_known: WellKnown::all(),
			problems: Vec::new(),
			members: BTreeMap::new(),
			owned: BTreeMap::new(),
			holdings: BTreeMap::new(),
			out: Checked::default(),
		}
	}

	fn problem(&mut self, entry: impl Display, what: impl Display) {
		self.problems.push(format!("{entry}: {what}"));
	}

	/// The value, or a problem of the entry.
	fn take<T>(&mut self, entry: impl Display, value: Result<T, String>) -> Option<T> {
		value.map_err(|what| self.problem(entry, what)).ok()
	}

	fn refuse_well_known(&mut self, entry: impl Display, what: &str, key: &[u8; 32]) {
		if let Some(name) = self.well_known.name(key) {
			let what = format!("the {what} is a development key, which anybody can use ({name})");
			self.problem(entry, what);
		}
	}

	fn account(&mut self, entry: impl Display, text: &str) -> Option<AccountId32> {
		let account = self.take(&entry, keys::account(text))?;
		self.refuse_well_known(entry, "account", account.as_ref());
		Some(account)
	}

	/// An account, or one that has no key.
	fn account_or_pot(&mut self, entry: impl Display, text: &str) -> Option<AccountId32> {
		match text {
			"treasury" => Some(TreasuryAccount::get()),
			"sponsorship-pot" => Some(SponsorPotId::get().into_account_truncating()),
			account => self.account(entry, account),
		}
	}

	/// Note that the key belongs to this entry and to no other.
	fn own(&mut self, entry: impl Display, what: &str, key: [u8; 32]) {
		if let Some(other) = self.owned.get(&key) {
			let what = format!("the {what} is also the {other}; every one needs its own");
			self.problem(entry, what);
		} else {
			self.owned.insert(key, format!("{what} of {entry}"));
		}
	}

	fn organisation(&mut self, entry: impl Display, name: &str) -> Option<OrgId> {
		let found = self.members.get(name).copied();
		if found.is_none() {
			self.problem(entry, format!("there is no organisation `{name}` in this file"));
		}
		found
	}

	fn holds(&mut self, entry: impl Display, who: &AccountId32, least: Balance, what_for: &str) {
		if self.holdings.get(who).copied().unwrap_or(0) < least {
			let tokens = least.div_ceil(UNIT);
			self.problem(
				entry,
				format!("the account needs {tokens} SLS or more in `balances`, {what_for}"),
			);
		}
	}

	fn future(&mut self, entry: impl Display, date: &toml::value::Datetime) -> Option<u64> {
		let until = self.take(&entry, values::day(date))?;
		if until <= self.now {
			self.problem(entry, format!("`until` is {date}, which is not in the future"));
			return None;
		}
		Some(until)
	}

	fn network(&mut self, file: &File) {
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

	fn organisations(&mut self, file: &File) {
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

	fn balances(&mut self, file: &File) {
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

	fn validators(&mut self, file: &File) {
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

	fn nodes(&mut self, file: &File) {
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

	/// Whose votes decide. In the Council every member organisation has one seat; in the Technical
	/// Committee, which sits for knowledge, no organisation may block what the others agree on.
	fn seats(&mut self, body: &str, seats: &[Seat], one_each: bool) -> Vec<AccountId32> {
		if seats.len() < FEWEST_SEATS {
			self.problem(body, format!("there are {} seats; the fewest is three", seats.len()));
		}
		if u32::try_from(seats.len()).map_or(true, |count| count > MAX_MEMBERS) {
			self.problem(
				body,
				format!("there are {} seats; the most is {MAX_MEMBERS}", seats.len()),
			);
		}
		let mut accounts = BTreeSet::new();
		let mut of = BTreeMap::<&str, usize>::new();
		for seat in seats {
			let entry = format!("{body}, seat of `{}`", seat.organisation);
			self.organisation(&entry, &seat.organisation);
			let count = of.entry(&seat.organisation).or_default();
			*count = count.saturating_add(1);
			if one_each && *count == 2 {
				self.problem(
					&entry,
					"the organisation has two seats; there is one for each member",
				);
			}
			let Some(account) = self.account(&entry, &seat.account) else { continue };
			self.holds(&entry, &account, FOR_A_MOTION, "to pay for its motions");
			if !accounts.insert(account) {
				self.problem(&entry, format!("the account {} has two seats", seat.account));
			}
		}
		for (organisation, count) in of {
			if !one_each && count.saturating_mul(3) > seats.len().max(FEWEST_SEATS) {
				let what = format!(
					"`{organisation}` has {count} of {} seats; with more than a third it could \
					 block every decision",
					seats.len()
				);
				self.problem(body, what);
			}
		}
		// The chain sorts them as well.
		accounts.into_iter().collect()
	}

	/// Both bodies must agree to what needs Root, so they must be two.
	fn bodies(&mut self) {
		let both = self
			.out
			.council
			.iter()
			.filter(|account| self.out.technical_committee.contains(account))
			.map(ToString::to_string)
			.collect::<Vec<_>>();
		for account in both {
			let what = format!("{account} has a seat in the council as well; use another key");
			self.problem("technical_committee", what);
		}
	}

	fn registrars(&mut self, file: &File) {
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

	fn assets(&mut self, file: &File) {
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
