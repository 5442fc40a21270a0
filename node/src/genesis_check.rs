//! Whether a chain can begin with the genesis of its specification.
//!
//! Whoever edits a specification by hand easily names something twice. The runtime notices some of it
//! while it builds the first state, with a panic. Here it is noticed before, with its name. So is a balance
//! that no account can have, and a genesis in which nobody makes blocks.

use crate::genesis_fields;
use salus_runtime::EXISTENTIAL_DEPOSIT;
use serde_json::Value;
use sp_core::{
	crypto::{AccountId32, Ss58Codec},
	storage::Storage,
};
use std::collections::BTreeSet;

/// What makes an entry of a list the same as another.
#[derive(Clone, Copy, Debug)]
enum Key {
	/// The whole entry.
	Whole,
	/// These fields of it, together.
	Fields(&'static [usize]),
	/// One of the keys in the object that is the third field.
	InThird(&'static str),
}

/// The lists of a genesis in which nothing may stand twice: pallet, list, key, and what it is.
const LISTS: &[(&str, &str, Key, &str)] = &[
	("assets", "accounts", Key::Fields(&[0, 1]), "the holder"),
	("assets", "assets", Key::Fields(&[0]), "the asset"),
	("assets", "metadata", Key::Fields(&[0]), "the asset"),
	("assets", "reserves", Key::Fields(&[0]), "the asset"),
	("babe", "authorities", Key::Fields(&[0]), "the BABE key"),
	("balances", "balances", Key::Fields(&[0]), "the account"),
	("council", "members", Key::Whole, "the member"),
	("grandpa", "authorities", Key::Fields(&[0]), "the GRANDPA key"),
	("membership", "members", Key::Whole, "the member"),
	("registry", "organisations", Key::Fields(&[0]), "the administrator"),
	("registry", "registrars", Key::Fields(&[0]), "the registrar"),
	("session", "keys", Key::Fields(&[0]), "the account"),
	("session", "keys", Key::Fields(&[1]), "the validator"),
	("session", "keys", Key::InThird("babe"), "the BABE key"),
	("session", "keys", Key::InThird("grandpa"), "the GRANDPA key"),
	("session", "nonAuthorityKeys", Key::Fields(&[0]), "the account"),
	("technicalCommittee", "members", Key::Whole, "the member"),
	("technicalMembership", "members", Key::Whole, "the member"),
	("txPause", "paused", Key::Whole, "the call"),
	("validatorSet", "validators", Key::Fields(&[0]), "the validator"),
];

/// How many problems are told in one line.
const TOLD: usize = 5;

/// Check that the genesis of a chain specification can be built.
///
/// # Errors
/// One sentence with the specification's id and what is wrong.
pub fn usable(spec: &dyn sc_service::ChainSpec) -> Result<(), String> {
	build(spec).map(drop)
}

/// The genesis of a chain specification, if it can be built.
///
/// # Errors
/// One sentence with the specification's id and what is wrong.
pub fn build(spec: &dyn sc_service::ChainSpec) -> Result<Storage, String> {
	let refuse = |reason: &str| {
		format!("the chain specification `{}` has no usable genesis: {reason}", spec.id())
	};
	let specification: Option<Value> =
		spec.as_json(false).ok().and_then(|json| serde_json::from_str(&json).ok());
	let written = specification.as_ref().and_then(written);
	let own_code = specification.as_ref().is_some_and(holds_own_code);
	let problems = written.map(|(genesis, _)| problems(genesis)).unwrap_or_default();
	if !problems.is_empty() {
		let mut told = problems.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
		if let Some(more) = problems.len().checked_sub(TOLD).filter(|more| *more > 0) {
			told = format!("{told}; and {more} more");
		}
		return Err(refuse(&told));
	}
	let storage = spec.as_storage_builder().build_storage().map_err(|error| {
		// Other errors are of the code, and not of the values.
		let of_values =
			["Invalid JSON", "due to trap", "due to panic"].iter().any(|it| error.contains(it));
		let explained = written.filter(|_| of_values && own_code);
		let explained =
			explained.and_then(|(genesis, whole)| genesis_fields::explain(genesis, whole));
		refuse(&explained.unwrap_or_else(|| reason(&error)))
	})?;
	if storage.top.contains_key(sp_core::storage::well_known_keys::CODE) {
		Ok(storage)
	} else {
		Err(refuse("it holds no runtime (`:code`)"))
	}
}

/// The genesis of a specification, if it is written as the runtime's configuration, and whether that is all of
/// it. One that is written as storage was built already.
fn written(specification: &Value) -> Option<(&Value, bool)> {
	let genesis = specification.pointer("/genesis/runtimeGenesis")?;
	let patch = genesis.get("patch").map(|patch| (patch, false));
	patch.or_else(|| genesis.get("config").map(|config| (config, true)))
}

/// Whether the runtime in it is this binary's. Of another one, this binary cannot say why it refuses a genesis.
fn holds_own_code(specification: &Value) -> bool {
	let code = specification.pointer("/genesis/runtimeGenesis/code").and_then(Value::as_str);
	let code = code.and_then(|hex| sp_core::bytes::from_hex(hex).ok());
	code.is_some_and(|code| salus_runtime::WASM_BINARY == Some(&code[..]))
}

/// What is wrong with it, as far as the runtime does not say so.
fn problems(genesis: &Value) -> Vec<String> {
	let mut problems = genesis_fields::problems(genesis);
	for (pallet, list, key, what) in LISTS {
		let Some(entries) = genesis.get(pallet).and_then(|pallet| pallet.get(list)) else {
			continue;
		};
		for twice in twice(entries, *key) {
			problems.push(format!("{what} {twice} stands twice in `{pallet}.{list}`"));
		}
	}
	if total(&genesis["balances"]["balances"]).is_none() {
		problems.push("all of `balances.balances` together are more than can be counted".into());
	}
	for entry in entries(&genesis["balances"]["balances"]) {
		if amount(entry).is_some_and(|amount| amount < EXISTENTIAL_DEPOSIT) {
			let account = entry.get(0).map(ToString::to_string).unwrap_or_default();
			problems.push(format!(
				"the balance of {account} in `balances.balances` is below {EXISTENTIAL_DEPOSIT}, the \
				 least that an account can have"
			));
		}
	}
	let authors = [&genesis["session"]["keys"], &genesis["babe"]["authorities"]];
	if authors.into_iter().all(|list| entries(list).next().is_none()) {
		problems.push("nobody makes blocks: `session.keys` names no validator".into());
	}
	problems
}

/// The entries of a list; none of what is no list.
fn entries(list: &Value) -> impl Iterator<Item = &Value> {
	list.as_array().into_iter().flatten()
}

/// The second field of an entry, if it is an amount.
fn amount(entry: &Value) -> Option<u128> {
	entry.get(1).and_then(|amount| amount.to_string().parse().ok())
}

/// The keys that more than one entry has, as the second one writes them.
fn twice(entries: &Value, key: Key) -> Vec<String> {
	let mut seen = BTreeSet::new();
	let mut told = BTreeSet::new();
	let mut found = Vec::new();
	for entry in self::entries(entries) {
		let fields: Option<Vec<&Value>> = match key {
			Key::Whole => Some(vec![entry]),
			Key::Fields(fields) => fields.iter().map(|field| entry.get(field)).collect(),
			Key::InThird(name) => entry.get(2).and_then(|keys| keys.get(name)).map(|it| vec![it]),
		};
		let Some(fields) = fields else { continue };
		let one = fields.iter().map(|field| canonical(field)).collect::<Vec<_>>();
		if !seen.insert(one.clone()) && told.insert(one) {
			let written = fields.iter().map(|field| match field {
				Value::String(text) => text.escape_debug().to_string(),
				other => other.to_string(),
			});
			found.push(written.collect::<Vec<_>>().join(" of "));
		}
	}
	found
}

/// One spelling for each value: an address is the same with another network's prefix, and in
/// hexadecimal.
fn canonical(value: &Value) -> String {
	let Some(text) = value.as_str() else { return value.to_string() };
	AccountId32::from_ss58check_with_version(text)
		.map(|(key, _)| sp_core::bytes::to_hex(key.as_ref(), false))
		.unwrap_or_else(|_| text.to_ascii_lowercase())
}

/// The sum of all balances, unless it overflows: the runtime would count on from nothing.
fn total(balances: &Value) -> Option<u128> {
	entries(balances).try_fold(0_u128, |total, entry| total.checked_add(amount(entry).unwrap_or(0)))
}

/// The reason in the SDK's error. It repeats the whole genesis after it, or a trace of the wasm, and
/// says before the words of a panic where in somebody's sources it was.
fn reason(error: &str) -> String {
	let error = error.split(" for blob:").next().unwrap_or(error);
	let error = error.split("WASM backtrace:").next().unwrap_or(error);
	let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
	match error.split_once("panicked at ").and_then(|(_, panic)| panic.split_once('\n')) {
		Some((_, words)) => format!("the runtime refuses it: {}", line(words)),
		None if error.contains("due to trap") => {
			format!("the runtime refuses it without a reason ({})", line(error))
		},
		None => line(error),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec::{
		tests::shared::{written as preset, Shared},
		ChainSpec,
	};
	use salus_runtime::RuntimeGenesisConfig;
	use serde_json::json;

	/// The development specification as people edit it.
	fn development() -> Value {
		serde_json::from_str(preset("dev")).expect("it is JSON")
	}

	fn list<'spec>(spec: &'spec mut Value, pallet: &str, list: &str) -> &'spec mut Vec<Value> {
		spec["genesis"]["runtimeGenesis"]["patch"][pallet][list].as_array_mut().expect("a list")
	}

	fn refused(spec: &Value) -> String {
		let spec = ChainSpec::from_json_bytes(spec.to_string().into_bytes()).expect("it is read");
		let error = usable(&Shared(spec)).expect_err("it has no usable genesis");
		assert_eq!(error.lines().count(), 1, "{error}");
		assert!(!error.contains("backtrace") && error.len() < 1_000, "{error}");
		assert!(!error.contains(".rs:"), "no place in the sources: {error}");
		error
	}

	#[test]
	fn what_stands_twice_is_named() {
		for (pallet, name) in [
			("balances", "balances"),
			("membership", "members"),
			("technicalMembership", "members"),
			("validatorSet", "validators"),
			("session", "keys"),
			("registry", "organisations"),
			("registry", "registrars"),
			("assets", "assets"),
			("assets", "metadata"),
			("assets", "accounts"),
		] {
			let mut spec = development();
			let entries = list(&mut spec, pallet, name);
			let again = entries[0].clone();
			entries.push(again);
			let error = refused(&spec);
			assert!(error.contains(&format!("stands twice in `{pallet}.{name}`")), "{error}");
		}
	}

	#[test]
	fn a_balance_that_no_account_can_have_is_named() {
		for amount in [0, 1, EXISTENTIAL_DEPOSIT - 1] {
			let mut spec = development();
			let entries = list(&mut spec, "balances", "balances");
			entries[0][1] = json!(amount as u64);
			let account = entries[0][0].to_string();
			let error = refused(&spec);
			assert!(error.contains(&account) && error.contains("`balances.balances`"), "{error}");
		}
		let mut spec = development();
		list(&mut spec, "balances", "balances")[0][1] = json!(EXISTENTIAL_DEPOSIT as u64);
		assert_eq!(written(&spec).map(|(genesis, _)| problems(genesis)), Some(Vec::new()));
	}

	#[test]
	fn a_genesis_without_authors_is_refused() {
		let mut spec = development();
		list(&mut spec, "session", "keys").clear();
		assert!(refused(&spec).contains("`session.keys` names no validator"));
	}

	#[test]
	fn two_validators_do_not_share_a_session_key() {
		for key in ["babe", "grandpa"] {
			let mut spec: Value = serde_json::from_str(preset("local")).expect("it is JSON");
			let keys = list(&mut spec, "session", "keys");
			keys[1][2][key] = keys[0][2][key].clone();
			assert!(refused(&spec).contains("stands twice in `session.keys`"));
		}
	}

	#[test]
	fn an_account_in_another_spelling_is_the_same() {
		let mut spec = development();
		let entries = list(&mut spec, "balances", "balances");
		let (account, _) =
			AccountId32::from_ss58check_with_version(entries[0][0].as_str().expect("an address"))
				.expect("an address");
		let elsewhere = account.to_ss58check_with_version(0_u16.into());
		let amount = entries[0][1].clone();
		entries.push(json!([elsewhere, amount]));
		let error = refused(&spec);
		assert!(error.contains(&elsewhere) && error.contains("`balances.balances`"), "{error}");
	}

	#[test]
	fn balances_that_cannot_be_counted_are_refused() {
		let mut spec = development();
		let most: Value = serde_json::from_str(&u128::MAX.to_string()).expect("a number");
		list(&mut spec, "balances", "balances")[0][1] = most;
		assert!(refused(&spec).contains("more than can be counted"));
	}

	#[test]
	fn every_problem_is_told_up_to_five() {
		let mut spec = development();
		let entries = list(&mut spec, "balances", "balances");
		let again = entries.clone();
		entries.extend(again);
		let error = refused(&spec);
		assert_eq!(error.matches("stands twice").count(), TOLD, "{error}");
		assert!(error.ends_with("more"), "{error}");
	}

	#[test]
	fn a_field_of_another_type_is_told_without_the_genesis() {
		let mut spec = development();
		list(&mut spec, "balances", "balances")[0][1] = json!("much");
		assert!(refused(&spec).contains("`balances.balances` must be a list of"));
		let mut spec = development();
		spec["genesis"]["runtimeGenesis"]["patch"]["sudo"] = json!({ "key": null });
		assert!(refused(&spec).contains("sudo"));
	}

	#[test]
	fn what_the_runtime_refuses_without_a_word_is_told_with_the_field() {
		let mut spec = development();
		spec["genesis"]["runtimeGenesis"]["patch"]["assets"]["metadata"] =
			json!([[9, [65], [66], 2]]);
		let error = refused(&spec);
		assert!(error.contains("`assets.metadata` must be"), "{error}");
		assert!(error.ends_with("Asset does not exist"), "{error}");
		spec = development();
		spec["genesis"]["runtimeGenesis"]["patch"]["balances"]["devAccounts"] = json!([0, 1, null]);
		assert!(refused(&spec).contains("`balances.devAccounts` must be null, or"));
	}

	#[test]
	fn of_another_runtime_only_its_own_words_are_told() {
		let mut spec = development();
		spec["genesis"]["runtimeGenesis"]["patch"]["assets"]["metadata"] =
			json!([[9, [65], [66], 2]]);
		assert!(refused(&spec).contains("`assets.metadata` must be"));
		// The same runtime, and an empty frame that the decompression skips (RFC 8878, section 3.1.2).
		let mut code = salus_runtime::WASM_BINARY.expect("the tests have the runtime").to_vec();
		code.extend_from_slice(&[0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
		spec["genesis"]["runtimeGenesis"]["code"] = json!(sp_core::bytes::to_hex(&code, false));
		let error = refused(&spec);
		assert!(error.contains("the runtime refuses it"), "{error}");
		assert!(!error.contains("must be"), "{error}");
	}

	#[test]
	fn a_panic_without_words_is_one_line() {
		let error = "wasm call error Execution aborted due to trap: wasm trap: wasm `unreachable` \
		             instruction executed\nWASM backtrace:\nerror while executing at wasm";
		assert_eq!(
			reason(error),
			"the runtime refuses it without a reason (wasm call error Execution aborted due to \
			 trap: wasm trap: wasm `unreachable` instruction executed)"
		);
	}

	/// Every list of the runtime's genesis is in [`LISTS`]: a pallet that comes later is not forgotten.
	#[test]
	fn every_list_of_the_genesis_is_known() {
		let genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is written");
		let mut unknown = Vec::new();
		for (pallet, config) in genesis.as_object().expect("an object") {
			for (list, value) in config.as_object().expect("an object") {
				let known = LISTS.iter().any(|(p, l, ..)| p == pallet && l == list);
				if value.is_array() && !known {
					unknown.push(format!("{pallet}.{list}"));
				}
			}
		}
		assert_eq!(unknown, Vec::<String>::new());
		for (pallet, list, ..) in LISTS {
			assert!(genesis[pallet][list].is_array(), "there is no {pallet}.{list} any more");
		}
	}

	fn small(genesis: &str) -> ChainSpec {
		let json =
			format!(r#"{{ "name": "Test", "id": "test", "bootNodes": [], "genesis": {genesis} }}"#);
		ChainSpec::from_json_bytes(json.into_bytes()).expect("the head is well-formed")
	}

	#[test]
	fn a_specification_without_a_usable_genesis_is_refused() {
		for (genesis, reason) in [
			("{}", "Error parsing"),
			(r#"{ "raw": { "top": {}, "childrenDefault": {} } }"#, ":code"),
			(r#"{ "runtimeGenesis": { "code": "0x00", "patch": {} } }"#, "nobody makes blocks"),
			(
				r#"{ "runtimeGenesis": { "code": "0x00", "patch": { "session": { "keys": [["a"]] } } } }"#,
				"wasm",
			),
		] {
			let error = usable(&small(genesis)).unwrap_err();
			assert!(error.starts_with("the chain specification `test` has no usable"), "{error}");
			assert!(error.contains(reason), "{error}");
		}
	}

	#[test]
	fn a_raw_genesis_with_code_is_usable() {
		let genesis = r#"{ "raw": { "top": { "0x3a636f6465": "0x00" }, "childrenDefault": {} } }"#;
		assert_eq!(usable(&small(genesis)), Ok(()));
	}
}
