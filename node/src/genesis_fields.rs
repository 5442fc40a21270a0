//! The fields of a genesis: what each must be, and which of them the runtime refuses.
//!
//! The runtime says of a bad value what was wrong with it at best, and in wasm mostly nothing. After it has refused a
//! genesis, the same configuration is read and built here once more, field by field.

use salus_runtime::{RuntimeGenesisConfig, EXISTENTIAL_DEPOSIT};
use sc_chain_spec::json_patch;
use serde_json::{json, Map, Value};
use sp_core::{sr25519, Pair};
use sp_runtime::BuildStorage;
use std::{
	panic::{catch_unwind, set_hook, take_hook, AssertUnwindSafe},
	sync::{Arc, Mutex, PoisonError},
	thread,
};

/// What each field of the runtime's genesis must be: pallet, field, and the rest of a sentence.
pub const FIELDS: &[(&str, &str, &str)] = &[
	(
		"assets",
		"accounts",
		"a list of [ASSET, ACCOUNT, AMOUNT], with assets of `assets.assets`, no account twice for one \
		 asset, accounts that hold native tokens too, and amounts of at least the least of the asset",
	),
	("assets", "assets", "a list of [NUMBER, OWNER, false, LEAST AMOUNT], with amounts above 0"),
	(
		"assets",
		"metadata",
		"a list of [ASSET, NAME, SYMBOL, DECIMALS], with assets of `assets.assets`, and NAME and \
		 SYMBOL as lists of at most 32 bytes",
	),
	("assets", "nextAssetId", "null or the number of an asset"),
	("assets", "reserves", "a list of [ASSET, []]: there are no reserves on this chain"),
	("babe", "authorities", "left out: the keys are those of `session.keys`"),
	(
		"babe",
		"epochConfig",
		"{\"c\": [A, B], \"allowed_slots\": \"PrimaryAndSecondaryVRFSlots\"}, where A/B is above 0 and at \
		 most 1",
	),
	("balances", "balances", "a list of [ACCOUNT, AMOUNT], with amounts of at least the least that an account can have"),
	(
		"balances",
		"devAccounts",
		"null, or [NUMBER, AMOUNT, TEMPLATE] with 1 to 10,000 accounts, an amount of at least the least \
		 that an account can have, and null or a derivation with {} for the number, such as //Sender//{}",
	),
	("care", "policy", "\"ConsentOnly\" or \"CareTeam\""),
	("council", "members", "left out: they are those of `membership.members`"),
	(
		"enactment",
		"floors",
		"{\"upgrade\": SECONDS, \"parameter\": SECONDS, \"emergency\": SECONDS}, none above 60 days, with \
		 an emergency above 0 and not above the upgrade",
	),
	("grandpa", "authorities", "left out: the keys are those of `session.keys`"),
	("membership", "members", "a list of accounts, no more than the Council has seats"),
	(
		"registry",
		"organisations",
		"a list of [ADMINISTRATOR, KINDS, END, FLAGGED], with known bits in KINDS and an END in seconds \
		 since 1970 that is above 0",
	),
	(
		"registry",
		"registrars",
		"a list of [ACCOUNT, ORGANISATION, KINDS, CAPABILITIES, END], with a number of \
		 `registry.organisations`, known bits and at least one, and an END in seconds since 1970 that is \
		 above 0",
	),
	("safeMode", "enteredUntil", "null or the number of a block"),
	(
		"session",
		"keys",
		"a list of [ACCOUNT, VALIDATOR, {\"babe\": KEY, \"grandpa\": KEY}], with keys that nobody else has",
	),
	(
		"session",
		"nonAuthorityKeys",
		"a list of [ACCOUNT, VALIDATOR, {\"babe\": KEY, \"grandpa\": KEY}], with keys that nobody else has, \
		 be it in `session.keys`",
	),
	("technicalCommittee", "members", "left out: they are those of `technicalMembership.members`"),
	(
		"technicalMembership",
		"members",
		"a list of accounts, no more than the Technical Committee has seats",
	),
	("transactionPayment", "multiplier", "a whole number in quotes, where 10^18 means 1"),
	("txPause", "paused", "a list of [PALLET, CALL], each as a list of bytes, of calls that can be paused"),
	("validatorSet", "minValidators", "from 1 to the size of the largest set, and no more than there are validators"),
	("validatorSet", "sessionLength", "a number of slots, at least 4"),
	("validatorSet", "validators", "a list of [ACCOUNT, ORGANISATION], no fewer than `validatorSet.minValidators`"),
];

/// How many accounts for development are made at most: each takes some time.
const MOST_DEV_ACCOUNTS: u64 = 10_000;

/// Prevents that two threads exchange what is done on a panic.
static HOOK: Mutex<()> = Mutex::new(());

/// What is wrong with fields whose values the runtime takes, or takes for ever to refuse.
pub fn problems(genesis: &Value) -> Vec<String> {
	let mut problems = Vec::new();
	let accounts = &genesis["balances"]["devAccounts"];
	if !accounts.is_null() && !are_dev_accounts(accounts) {
		problems.push(must_be("balances", "devAccounts"));
	}
	if genesis["babe"]["epochConfig"].get("c").is_some_and(|c| !is_share(c)) {
		problems.push(must_be("babe", "epochConfig"));
	}
	problems
}

fn are_dev_accounts(accounts: &Value) -> bool {
	let Some([number, amount, template]) = accounts.as_array().map(Vec::as_slice) else {
		return false;
	};
	let derives = |template: &str| {
		template.contains("{}")
			&& sr25519::Pair::from_string(&template.replace("{}", "0"), None).is_ok()
	};
	number.as_u64().is_some_and(|number| (1..=MOST_DEV_ACCOUNTS).contains(&number))
		&& amount.to_string().parse().is_ok_and(|amount: u128| amount >= EXISTENTIAL_DEPOSIT)
		&& (template.is_null() || template.as_str().is_some_and(derives))
}

/// Whether it is a fraction above 0 and at most 1.
fn is_share(c: &Value) -> bool {
	match c.as_array().map(Vec::as_slice) {
		Some([above, below]) => match (above.as_u64(), below.as_u64()) {
			(Some(above), Some(below)) => above > 0 && above <= below,
			_ => false,
		},
		_ => false,
	}
}

/// Why the runtime refuses a genesis, with the name of the field. Nothing, if this binary's runtime does not.
///
/// `genesis` is a patch on the runtime's default, or, if `whole`, all of it.
pub fn explain(genesis: &Value, whole: bool) -> Option<String> {
	let default = serde_json::to_value(RuntimeGenesisConfig::default()).ok()?;
	let named = match named_fields(genesis, &default, whole) {
		Ok(named) => named,
		Err(problem) => return Some(problem),
	};
	let mut config = default.clone();
	for field in &named {
		let value = field.of(genesis);
		if let Some(why) = field.not_read(&default, value) {
			let entry = field.entry_not_read(&default, value);
			let why =
				entry.map_or(format!(": {why}"), |(at, why)| format!("; in entry {at}: {why}"));
			return Some(format!("{}{why}", field.must_be()));
		}
		field.put(&mut config, value);
	}
	let why = refusal(&config)?;
	// Without them the runtime says something else, or nothing.
	let guilty = named.iter().filter(|field| {
		let mut without = config.clone();
		without[field.pallet][field.name] = default[field.pallet][field.name].clone();
		without != config && refusal(&without).as_ref() != Some(&why)
	});
	let guilty = guilty.map(Field::must_be).collect::<Vec<_>>().join(", or ");
	// An assertion without words repeats the source.
	let words = if why.starts_with("assertion ") { String::new() } else { format!(": {why}") };
	match (guilty.is_empty(), words.is_empty()) {
		(true, true) => None,
		(true, false) => Some(format!("the runtime refuses it{words}")),
		(false, _) => Some(format!("{guilty}{words}")),
	}
}

/// A field that a genesis names.
#[derive(Clone, Copy, Debug)]
struct Field<'genesis> {
	pallet: &'genesis str,
	name: &'genesis str,
	/// Whether the genesis is all of the configuration, and no patch on the default.
	whole: bool,
}

impl Field<'_> {
	/// What a genesis says of it.
	fn of<'genesis>(&self, genesis: &'genesis Value) -> &'genesis Value {
		&genesis[self.pallet][self.name]
	}

	/// Set it in a configuration. A patch merges an object into what is there.
	fn put(&self, config: &mut Value, value: &Value) {
		let there = &mut config[self.pallet][self.name];
		if self.whole {
			*there = value.clone();
		} else {
			json_patch::merge(there, value.clone());
		}
	}

	/// `pallet.field must be ...`
	fn must_be(&self) -> String {
		must_be(self.pallet, self.name)
	}

	/// Why a value of it cannot be read, if it cannot. Nothing else is looked at.
	fn not_read(&self, default: &Value, value: &Value) -> Option<String> {
		let mut config = default.clone();
		self.put(&mut config, value);
		let error =
			serde_json::from_str::<RuntimeGenesisConfig>(&config.to_string()).err()?.to_string();
		Some(error.rsplit_once(" at line ").map_or(error.clone(), |(why, _)| why.into()))
	}

	/// The first entry that cannot be read, and why, if it is a list.
	fn entry_not_read(&self, default: &Value, list: &Value) -> Option<(usize, String)> {
		if self.not_read(default, &json!([])).is_some() {
			return None;
		}
		let mut entries = list.as_array()?.iter().enumerate();
		entries.find_map(|(at, entry)| Some((at, self.not_read(default, &json!([entry]))?)))
	}
}

/// The fields that a genesis names; or why it cannot be read at all.
fn named_fields<'genesis>(
	genesis: &'genesis Value,
	default: &Value,
	whole: bool,
) -> Result<Vec<Field<'genesis>>, String> {
	let names = |of: &Map<String, Value>| of.keys().cloned().collect::<Vec<_>>().join(", ");
	let none = Map::new();
	let all = default.as_object().unwrap_or(&none);
	let pallets =
		genesis.as_object().ok_or_else(|| format!("it must be an object with {}", names(all)))?;
	let mut named = Vec::new();
	for (pallet, fields) in pallets {
		let Some(known) = all.get(pallet).and_then(Value::as_object) else {
			return Err(format!(
				"there is no `{pallet}` in the runtime's genesis: it has {}",
				names(all)
			));
		};
		let Some(fields) = fields.as_object() else {
			return Err(format!("`{pallet}` must be an object with the fields {}", names(known)));
		};
		if let Some(unknown) = fields.keys().find(|name| !known.contains_key(*name)) {
			return Err(format!(
				"there is no `{pallet}.{unknown}`: `{pallet}` has {}",
				names(known)
			));
		}
		named.extend(fields.keys().map(|name| Field { pallet, name, whole }));
	}
	for (pallet, fields) in all.iter().filter(|_| whole) {
		let has = |name: &String| genesis.get(pallet).is_some_and(|it| it.get(name).is_some());
		// What is null by default can be left out.
		let mut needed = fields.as_object().unwrap_or(&none).iter().filter(|(_, it)| !it.is_null());
		if let Some((name, _)) = needed.find(|(name, _)| !has(name)) {
			return Err(format!(
				"`{pallet}.{name}` is missing, and a whole configuration names each field but those that can be null"
			));
		}
	}
	Ok(named)
}

/// `pallet.field must be ...`
fn must_be(pallet: &str, field: &str) -> String {
	let known = FIELDS.iter().find(|(p, f, _)| *p == pallet && *f == field);
	let what =
		known.map_or("of the type that the runtime's documentation names", |(.., what)| what);
	format!("`{pallet}.{field}` must be {what}")
}

/// What the runtime, as this binary has it, says against a configuration, in one line.
fn refusal(config: &Value) -> Option<String> {
	let built = without_a_word(|| {
		serde_json::from_str::<RuntimeGenesisConfig>(&config.to_string())
			.map_err(|error| error.to_string())
			.and_then(|config| config.build_storage())
	});
	let why = match built {
		Ok(Ok(_)) => return None,
		Ok(Err(why)) => why,
		Err(panic) => panic,
	};
	Some(why.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What the work gives, or the words with which it panics: neither printed nor the end of this process.
fn without_a_word<T>(work: impl FnOnce() -> T) -> Result<T, String> {
	let _one_at_a_time = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
	let me = thread::current().id();
	let before = Arc::new(take_hook());
	let others = before.clone();
	set_hook(Box::new(move |panic| {
		if thread::current().id() != me {
			others(panic);
		}
	}));
	let done = catch_unwind(AssertUnwindSafe(work));
	drop(take_hook());
	match Arc::try_unwrap(before) {
		Ok(before) => set_hook(before),
		// Another thread panics at this moment.
		Err(before) => set_hook(Box::new(move |panic| before(panic))),
	}
	done.map_err(|panic| {
		let text = panic.downcast_ref::<String>().cloned();
		text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::crypto::{AccountId32, Ss58Codec};

	/// The patch of the development specification.
	fn development() -> Value {
		salus_runtime::genesis_config_presets::development()
	}

	fn with(genesis: &Value, pallet: &str, field: &str, value: Value) -> Value {
		let mut genesis = genesis.clone();
		genesis[pallet][field] = value;
		genesis
	}

	/// What the node says of it, before or after the runtime.
	fn told(genesis: &Value) -> Option<String> {
		problems(genesis).into_iter().next().or_else(|| explain(genesis, false))
	}

	fn account(byte: u8) -> String {
		AccountId32::new([byte; 32]).to_ss58check()
	}

	/// Fields of which the runtime takes each value that has their type.
	const ANY: &[(&str, &str)] = &[
		("assets", "nextAssetId"),
		("care", "policy"),
		("safeMode", "enteredUntil"),
		("transactionPayment", "multiplier"),
	];

	/// Values of the right type that no chain can begin with.
	fn bad(dev: &Value) -> Vec<(&'static str, &'static str, Value)> {
		let alice = dev["balances"]["balances"][0][0].clone();
		let keys = &dev["session"]["keys"][0];
		let many = (0..=200).map(account).collect::<Vec<_>>();
		let share = |above: u64, below: u64| json!({ "c": [above, below], "allowed_slots": "PrimarySlots" });
		let floors = |upgrade: u64, parameter: u64, emergency: u64| json!({ "upgrade": upgrade, "parameter": parameter, "emergency": emergency });
		let end = 4_102_444_799_u64;
		vec![
			("assets", "accounts", json!([[9, alice, 5]])),
			("assets", "accounts", json!([[1, account(7), 5]])),
			("assets", "assets", json!([[1, alice, false, 0]])),
			("assets", "metadata", json!([[9, [65], [66], 2]])),
			("assets", "metadata", json!([[1, vec![65; 33], [66], 2]])),
			("assets", "reserves", json!([[1, vec![Value::Null; 200]]])),
			("babe", "authorities", json!([[keys[2]["babe"], 1]])),
			("babe", "epochConfig", share(0, 4)),
			("babe", "epochConfig", share(1, 0)),
			("babe", "epochConfig", share(5, 4)),
			("balances", "balances", json!([[alice, 1]])),
			("balances", "devAccounts", json!([0, EXISTENTIAL_DEPOSIT as u64, null])),
			(
				"balances",
				"devAccounts",
				json!([4_000_000_000_u64, EXISTENTIAL_DEPOSIT as u64, null]),
			),
			("balances", "devAccounts", json!([1, 0, null])),
			("balances", "devAccounts", json!([1, EXISTENTIAL_DEPOSIT as u64, "//Sender"])),
			("balances", "devAccounts", json!([1, EXISTENTIAL_DEPOSIT as u64, "no words {}"])),
			("balances", "devAccounts", json!([1, EXISTENTIAL_DEPOSIT as u64])),
			("council", "members", json!([alice])),
			("enactment", "floors", floors(0, 0, 0)),
			("enactment", "floors", floors(5, 5, 6)),
			("enactment", "floors", floors(u64::MAX, 5, 5)),
			("grandpa", "authorities", json!([[keys[2]["grandpa"], 1]])),
			("membership", "members", json!(many)),
			("registry", "organisations", json!([[account(7), 65_535, end, false]])),
			("registry", "organisations", json!([[account(7), 64, 0, false]])),
			("registry", "registrars", json!([[alice, 99, 127, 7, end]])),
			("registry", "registrars", json!([[alice, 0, 0, 0, end]])),
			("registry", "registrars", json!([[alice, 0, 65_535, 255, end]])),
			("registry", "registrars", json!([[alice, 0, 127, 7, 0]])),
			("session", "keys", json!([keys, [account(7), account(7), keys[2]]])),
			("session", "nonAuthorityKeys", json!([[account(7), account(7), keys[2]]])),
			("technicalCommittee", "members", json!([alice])),
			("technicalMembership", "members", json!(many)),
			("txPause", "paused", json!([[b"Consent", b"revoke"]])),
			("validatorSet", "minValidators", json!(0)),
			("validatorSet", "minValidators", json!(u32::MAX)),
			("validatorSet", "sessionLength", json!(3)),
			(
				"validatorSet",
				"validators",
				json!(many.iter().map(|who| json!([who, 0])).collect::<Vec<_>>()),
			),
		]
	}

	#[test]
	fn every_field_of_the_genesis_is_known() {
		let default = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is written");
		let mut fields = Vec::new();
		for (pallet, config) in default.as_object().expect("an object") {
			fields.extend(
				config
					.as_object()
					.expect("an object")
					.keys()
					.map(|field| (pallet.clone(), field.clone())),
			);
		}
		fields.sort();
		let mut known =
			FIELDS.iter().map(|(p, f, _)| (p.to_string(), f.to_string())).collect::<Vec<_>>();
		known.sort();
		assert_eq!(known, fields);
	}

	#[test]
	fn a_bad_value_of_each_field_is_told_with_the_field_and_what_it_must_be() {
		let dev = development();
		assert_eq!(told(&dev), None);
		let bad = bad(&dev);
		for (pallet, field, must) in FIELDS {
			let said = format!("`{pallet}.{field}` must be {must}");
			let mut values =
				bad.iter().filter(|(p, f, _)| p == pallet && f == field).collect::<Vec<_>>();
			assert_eq!(
				values.is_empty(),
				ANY.contains(&(*pallet, *field)),
				"a bad value of {pallet}.{field}"
			);
			let other_type = (*pallet, *field, json!("another type"));
			values.push(&other_type);
			for (.., value) in values {
				let error = told(&with(&dev, pallet, field, value.clone()))
					.unwrap_or_else(|| panic!("{said}: {value}"));
				assert!(error.contains(&said), "{value}: {error}");
				assert_eq!(error.lines().count(), 1, "{error}");
			}
		}
	}

	#[test]
	fn two_fields_that_do_not_fit_are_told_both() {
		let dev = development();
		let error = told(&with(&dev, "council", "members", dev["membership"]["members"].clone()))
			.expect("it is refused");
		assert!(
			error.contains("`council.members` must")
				&& error.contains(", or `membership.members` must"),
			"{error}"
		);
		let error =
			told(&with(&dev, "validatorSet", "minValidators", json!(2))).expect("it is refused");
		assert!(error.contains("no fewer than `validatorSet.minValidators`"), "{error}");
	}

	#[test]
	fn an_object_is_merged_as_the_runtime_does_it() {
		let dev = development();
		let part = |upgrade: u64| with(&dev, "enactment", "floors", json!({ "upgrade": upgrade }));
		assert_eq!(told(&part(86_400)), None);
		assert!(told(&part(1)).expect("it is refused").contains("`enactment.floors` must be"));
	}

	#[test]
	fn an_object_of_a_whole_configuration_stands_alone() {
		let mut whole =
			serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is written");
		whole["enactment"]["floors"] = json!({ "upgrade": 86_400 });
		let error = explain(&whole, true).expect("it is refused");
		assert!(
			error.contains("`enactment.floors` must be") && error.contains("missing field"),
			"{error}"
		);
	}

	#[test]
	fn the_entry_of_a_list_that_cannot_be_read_is_told() {
		let dev = development();
		for value in [json!("much"), json!(-5), json!(1.5), json!(null)] {
			let mut bad = dev.clone();
			bad["balances"]["balances"][2][1] = value;
			let error = told(&bad).expect("it is refused");
			assert!(error.contains("; in entry 2: "), "{error}");
		}
		let mut bad = dev.clone();
		bad["membership"]["members"][1] = json!("5bad");
		let error = told(&bad).expect("it is refused");
		assert!(error.contains("`membership.members`") && error.contains("entry 1: "), "{error}");
	}

	#[test]
	fn what_is_no_field_is_told_with_what_there_is() {
		let dev = development();
		let error = told(&with(&dev, "balances", "nonsense", json!(1))).expect("it is refused");
		assert!(
			error.contains("no `balances.nonsense`") && error.contains("devAccounts"),
			"{error}"
		);
		let error = told(&with(&dev, "sudo", "key", json!(null))).expect("it is refused");
		assert!(error.contains("no `sudo`") && error.contains("validatorSet"), "{error}");
		let mut bad = dev.clone();
		bad["balances"] = json!(7);
		assert!(told(&bad).expect("it is refused").contains("`balances` must be an object"));
	}

	#[test]
	fn a_whole_configuration_names_each_field_but_those_that_can_be_null() {
		let default = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is written");
		let mut optional = Vec::new();
		for (pallet, field, _) in FIELDS {
			let mut whole = default.clone();
			whole[pallet].as_object_mut().expect("an object").remove(*field);
			let error = explain(&whole, true).unwrap_or_default();
			let missing = format!("`{pallet}.{field}` is missing");
			assert_eq!(error.contains(&missing), !default[pallet][field].is_null(), "{error}");
			if default[pallet][field].is_null() {
				optional.push(format!("{pallet}.{field}"));
			}
		}
		let known = ["assets.nextAssetId", "balances.devAccounts", "safeMode.enteredUntil"];
		assert_eq!(optional, known);
	}
}
