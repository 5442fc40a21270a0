//! One test a refusal, on the example that operators begin with.

mod addresses;

use super::*;
use crate::chain_spec::{tests::shared::Shared, ChainSpec};
use sc_chain_spec::ChainType;
use sc_service::{config::MultiaddrWithPeerId, ChainSpec as _};
use serde_json::Value;
use sp_core::{crypto::Ss58Codec, Pair};
use std::sync::LazyLock;

const EXAMPLE: &str = include_str!("../../../docs/operators/consortium.example.toml");
/// 26 November 2026: before anything in the example ends.
const NOW: u64 = 1_795_651_200;

/// The specification of the example in both forms. Building its genesis compiles the runtime, which takes many seconds.
static PLAIN: LazyLock<String> = LazyLock::new(|| build(EXAMPLE, NOW, false).expect("it builds"));
static RAW: LazyLock<String> = LazyLock::new(|| build(EXAMPLE, NOW, true).expect("it builds"));

/// The example with `from` replaced by `to`, wherever it stands.
fn with(from: &str, to: &str) -> String {
	assert!(EXAMPLE.contains(from), "`{from}` is not in the example");
	EXAMPLE.replace(from, to)
}

/// The problems of the file, without building its genesis.
fn problems(text: &str) -> Vec<String> {
	match file::parse(text) {
		Ok(file) => check::check(&file, NOW).err().unwrap_or_default(),
		Err(problem) => vec![problem],
	}
}

/// The file has exactly one problem, with all `words` in it.
fn refused(text: &str, words: &[&str]) {
	let found = problems(text);
	assert_eq!(found.len(), 1, "{found:#?}");
	for word in words {
		assert!(found[0].contains(word), "`{word}` is missing in: {}", found[0]);
	}
	assert_eq!(found[0].lines().count(), 1, "{}", found[0]);
}

/// The value of the `number`th `key = "..."` in the example.
fn value(key: &str, number: usize) -> &'static str {
	let start = format!("{key} = \"");
	let mut values =
		EXAMPLE.lines().filter_map(|line| line.strip_prefix(&start)?.strip_suffix('"'));
	values.nth(number).unwrap_or_else(|| panic!("there is no {key} {number}"))
}

/// The example with another administrator of the `number`th organisation. What the old one held is
/// still there.
fn with_admin(number: usize, account: &str) -> String {
	with(&format!("admin = \"{}\"", value("admin", number)), &format!("admin = \"{account}\""))
}

/// The part of the example from the `number`th `[[section]]` to the next empty line.
fn section(name: &str, number: usize) -> &'static str {
	let head = format!("[[{name}]]");
	let (start, _) = EXAMPLE.match_indices(&head).nth(number).expect("there is such a section");
	let rest = &EXAMPLE[start..];
	&rest[..rest.find("\n\n").map_or(rest.len(), |end| end + 2)]
}

fn spec(json: String) -> ChainSpec {
	ChainSpec::from_json_bytes(json.into_bytes()).expect("what was printed can be read")
}

/// The network of a file that has no problem, as it is before its genesis was tried.
fn network(text: &str) -> ChainSpec {
	let file = file::parse(text).expect("it is well-formed");
	let checked = check::check(&file, NOW).expect("it is a network");
	let (name, id, peers) = (&checked.name, &checked.id, checked.peers.clone());
	chain_spec::network_of_members(name, id, peers, checked.patch()).expect("there is the runtime")
}

#[test]
fn the_example_is_a_network() {
	assert_eq!(problems(EXAMPLE), Vec::<String>::new());
	let plain: Value = serde_json::from_str(&PLAIN).expect("it is JSON");
	assert_eq!(plain["closed"], true);
	assert_eq!(plain["bootNodes"], serde_json::json!([]));
	assert_eq!(plain["chainType"], "Live");

	let spec = spec(PLAIN.clone());
	assert_eq!((spec.name(), spec.id()), ("Example Health Network", "example_health"));
	assert_eq!(spec.chain_type(), ChainType::Live);
	let members = crate::closed::members(&spec).expect("it is closed");
	let peers = (0..5).map(|number| value("peer", number).parse().expect("an address"));
	assert_eq!(members, &peers.collect::<Vec<MultiaddrWithPeerId>>()[..]);
}

#[test]
fn the_same_file_gives_the_same_bytes() {
	for (raw, first) in [(false, &PLAIN), (true, &RAW)] {
		// A year later, too: nothing of the machine or the time goes in.
		let again = build(EXAMPLE, NOW + 31_536_000, raw).expect("it builds");
		assert!(first.as_str() == again, "raw: {raw}");
	}
}

#[test]
fn the_raw_genesis_holds_the_validators_in_their_organisations() {
	use salus_runtime::Runtime;
	let file = file::parse(EXAMPLE).expect("it is well-formed");
	let (plain, raw) = (Shared(spec(PLAIN.clone())), spec(RAW.clone()));
	let storage = raw.as_storage_builder().build_storage().expect("it is there");
	assert_eq!(
		plain.as_storage_builder().build_storage().expect("it builds").top,
		storage.top,
		"both forms are one network"
	);
	sp_io::TestExternalities::new(storage).execute_with(|| {
		for (number, validator) in (0u32..).zip(&file.validators) {
			let account = keys::account(&validator.account).expect("an account");
			let membership = pallet_validator_set::Members::<Runtime>::get(&account);
			assert_eq!(membership.expect("it is a member").organisation, number);
			let keys = pallet_session::NextKeys::<Runtime>::get(&account).expect("it has keys");
			assert_eq!(keys.babe, keys::babe(&validator.babe).expect("a key").into());
			assert_eq!(keys.grandpa, keys::grandpa(&validator.grandpa).expect("a key").into());
		}
	});
}

#[test]
fn the_genesis_has_the_care_policy_of_the_file() {
	use pallet_care::{Policies, PolicyTerm};
	use salus_primitives::CarePolicy;
	for (word, expected) in [
		("consent-only", vec![]),
		("care-team", vec![PolicyTerm { from: 0, policy: CarePolicy::CareTeam }]),
	] {
		let text = with("care_policy = \"consent-only\"", &format!("care_policy = \"{word}\""));
		let spec = Shared(network(&text));
		let storage = spec.as_storage_builder().build_storage().expect("it builds");
		sp_io::TestExternalities::new(storage).execute_with(|| {
			assert_eq!(Policies::<salus_runtime::Runtime>::get().into_inner(), expected, "{word}");
		});
	}
}

// ---- The file itself. -------------------------------------------------------------------------

#[test]
fn a_malformed_file_is_refused_with_its_line() {
	refused("[network]\nname = \n", &["line 2"]);
	refused(&with("decimals = 2", "decimals = \"two\""), &["line ", "invalid type"]);
	let missing = with("session_slots = 1200\n", "");
	refused(&missing, &["line ", "missing field `session_slots`"]);
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
	let text = with("minimum_validators = 4", "minimum_validators = 4\nsudo = \"me\"");
	let line = text.lines().position(|line| line.starts_with("sudo")).expect("it is there") + 1;
	refused(&text, &[&format!("line {line}:"), "unknown field `sudo`"]);
	for section in [
		"organisations",
		"validators",
		"nodes",
		"council",
		"technical_committee",
		"registrars",
		"assets",
		"balances",
		"network.enactment_floors",
	] {
		let head =
			if section.contains('.') { format!("[{section}]") } else { format!("[[{section}]]") };
		let text = EXAMPLE.replacen(&head, &format!("{head}\nsudo = 1"), 1);
		refused(&text, &["line ", "unknown field `sudo`"]);
	}
}

#[test]
fn a_missing_file_is_one_problem() {
	let found = specification(Path::new("/no/such/members.toml"), false).unwrap_err();
	assert_eq!(found.len(), 1);
	assert!(found[0].contains("No such file"), "{found:?}");
}

#[test]
fn every_problem_is_found_at_once() {
	let text = with("session_slots = 1200", "session_slots = 3")
		.replace("minimum_validators = 4", "minimum_validators = 9")
		.replace(value("babe", 1), "0x12")
		.replace("symbol = \"SUSD\"", "symbol = \"\"")
		.replace("until = 2031-01-01", "until = 2001-01-01");
	let found = problems(&text);
	assert_eq!(found.len(), 5, "{found:#?}");
}

// ---- Development keys. ------------------------------------------------------------------------

/// The addresses that the keys of `uri` have.
fn development_accounts(uri: &str) -> Vec<String> {
	let sr25519 = sp_core::sr25519::Pair::from_string(uri, None).expect("a key").public();
	let ed25519 = sp_core::ed25519::Pair::from_string(uri, None).expect("a key").public();
	let ecdsa = sp_core::ecdsa::Pair::from_string(uri, None).expect("a key").public();
	let accounts: [sp_runtime::MultiSigner; 3] = [sr25519.into(), ed25519.into(), ecdsa.into()];
	accounts
		.map(|signer| sp_runtime::traits::IdentifyAccount::into_account(signer).to_ss58check())
		.into()
}

#[test]
fn a_development_key_is_no_account() {
	for uri in [
		"//Alice",
		"//Ferdie",
		"//Alice//stash",
		"//Bob//stash",
		"//One",
		"//Registrar",
		"//Hospital",
		"//Clinic",
		"//Insurer",
		"//Patient",
	] {
		for account in development_accounts(uri) {
			refused(&with_admin(2, &account), &["Lakeview", "development key", uri]);
		}
	}
	let alice = &development_accounts("//Alice")[0];
	// Wherever an account can stand. Balances and holders name it as well, and say so, too.
	for old in [value("account", 0), value("account", 4), value("account", 8), value("account", 11)]
	{
		let found = problems(&with(old, alice));
		assert!(found.iter().all(|problem| problem.contains("development key")), "{found:#?}");
		assert!(!found.is_empty());
	}
	refused(
		&with("owner = \"treasury\"", &format!("owner = \"{alice}\"")),
		&["asset 1", "//Alice"],
	);
	let phrase = &development_accounts(sp_core::crypto::DEV_PHRASE)[0];
	refused(&with_admin(0, phrase), &["the development phrase"]);
}

#[test]
fn a_development_key_is_no_session_key() {
	let babe = sp_keyring::Sr25519Keyring::Dave.to_raw_public();
	let babe = sp_core::bytes::to_hex(&babe, false);
	refused(&with(value("babe", 3), &babe), &["validator 4", "BABE key", "//Dave"]);
	let grandpa = sp_keyring::Ed25519Keyring::Eve.to_raw_public();
	let grandpa = sp_core::bytes::to_hex(&grandpa, false);
	refused(&with(value("grandpa", 0), &grandpa), &["validator 1", "GRANDPA key", "//Eve"]);
}

#[test]
fn a_well_known_node_key_is_no_peer() {
	// The secret 1, which tutorials give to --node-key, in its usual form.
	for (id, what) in [
		("12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp", "the secret that is 1"),
		("12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD", "the secret that is 2"),
		// What zombienet gives to a node with the name alice.
		("12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkBm", "`alice`"),
	] {
		let (_, old) = value("peer", 1).rsplit_once('/').expect("a peer id");
		refused(&with(old, id), &["validator 2", "node key", "development key", what]);
	}
}

// ---- Keys and accounts. -----------------------------------------------------------------------

#[test]
fn a_key_of_wrong_length_is_refused() {
	for key in ["babe", "grandpa"] {
		let key = value(key, 2);
		for wrong in [&key[..64], &format!("{key}00"), &key[2..], "0x", "key"] {
			refused(
				&with(&format!("\"{key}\""), &format!("\"{wrong}\"")),
				&["validator 3", "64 hex"],
			);
		}
	}
}

#[test]
fn a_key_must_be_a_point_of_its_curve() {
	let no_point = format!("0x{}", "ff".repeat(31) + "7e");
	refused(&with(value("babe", 2), &no_point), &["validator 3", "sr25519", "point"]);
	let no_point = format!("0x02{}", "00".repeat(31));
	refused(&with(value("grandpa", 2), &no_point), &["validator 3", "ed25519", "point"]);
	// The neutral element: anybody can sign for it.
	let weak = format!("0x01{}", "00".repeat(31));
	let found = problems(&with(value("grandpa", 2), &weak));
	assert!(found.iter().any(|problem| problem.contains("weak")), "{found:#?}");
}

#[test]
fn an_account_of_unknown_form_is_refused() {
	let account = keys::account(value("admin", 1)).expect("an account");
	let elsewhere = account.to_ss58check_with_version(0u16.into());
	refused(&with_admin(1, &elsewhere), &["Northside", "another network", "prefix 0"]);
	let mut typing_error = value("admin", 1).to_string();
	let last = if typing_error.ends_with('A') { 'B' } else { 'A' };
	typing_error.pop();
	typing_error.push(last);
	for wrong in [&*typing_error, "", "Alice", "0x1234", "//Alice"] {
		let text =
			with(&format!("admin = \"{}\"", value("admin", 1)), &format!("admin = \"{wrong}\""));
		refused(&text, &["Northside", if wrong == "0x1234" { "64 hex" } else { "no account" }]);
	}
}

#[test]
fn an_account_may_be_written_in_hexadecimal() {
	let account = keys::account(value("admin", 1)).expect("an account");
	let account = sp_core::bytes::to_hex(account.as_ref(), false);
	assert_eq!(problems(&with(value("admin", 1), &account)), Vec::<String>::new());
}

#[test]
fn a_peer_without_an_id_is_refused() {
	let peer = value("peer", 0);
	let (address, _) = peer.split_once("/p2p/").expect("a peer id");
	for wrong in [address, "salus.example:30333", ""] {
		refused(
			&with(&format!("\"{peer}\""), &format!("\"{wrong}\"")),
			&["validator 1", "peer id"],
		);
	}
}

// ---- Duplicates. ------------------------------------------------------------------------------

#[test]
fn two_validators_do_not_share_keys() {
	for (key, what) in [("babe", "BABE key"), ("grandpa", "GRANDPA key")] {
		refused(
			&with(value(key, 3), value(key, 0)),
			&["validator 4", what, "of validator 1 (of `Health Authority`)"],
		);
	}
	let old = format!("account = \"{}\"\nbabe", value("account", 3));
	let new = format!("account = \"{}\"\nbabe", value("account", 0));
	refused(&with(&old, &new), &["validator 4", "account", "validator 1"]);
	let (_, first) = value("peer", 0).rsplit_once('/').expect("a peer id");
	let (_, node) = value("peer", 4).rsplit_once('/').expect("a peer id");
	refused(&with(node, first), &["node 1", "node key", "validator 1"]);
}

#[test]
fn a_session_key_is_no_account_of_a_validator() {
	let account = keys::account(value("account", 0)).expect("an account");
	let key = sp_core::bytes::to_hex(account.as_ref(), false);
	refused(&with(value("babe", 1), &key), &["validator 2", "BABE key", "account of validator 1"]);
}

#[test]
fn names_and_administrators_of_organisations_are_unique() {
	let text = format!(
		"{EXAMPLE}\n[[organisations]]\nname = \"Lakeview Clinics\"\nadmin = \"{}\"\n",
		sp_core::sr25519::Pair::generate().0.public().to_ss58check()
	);
	refused(&text, &["`Lakeview Clinics`", "two organisations"]);
	let old = format!("admin = \"{}\"", value("admin", 2));
	let new = format!("admin = \"{}\"", value("admin", 1));
	refused(&with(&old, &new), &["Lakeview", "administers `Northside Hospital` as well"]);
}

#[test]
fn balances_assets_and_holders_are_named_once() {
	let again = format!("{EXAMPLE}\n[[balances]]\naccount = \"treasury\"\namount = \"1\"\n");
	refused(&again, &["`treasury`", "named twice"]);
	let asset = section("assets", 0);
	let text = format!("{EXAMPLE}\n{}", asset.replace("SUSD", "SEUR"));
	refused(&text, &["asset 1", "this id"]);
	let text = format!("{EXAMPLE}\n{}", asset.replace("id = 1", "id = 2"));
	refused(&text, &["asset 2", "the symbol `SUSD`"]);
	let holder = asset.lines().find(|line| line.contains("{ account")).expect("a holder");
	refused(&with(holder, &format!("{holder}\n{holder}")), &["asset 1", "holder", "named twice"]);
}

// ---- Validators and sessions. -----------------------------------------------------------------

#[test]
fn fewer_than_four_validators_are_no_network() {
	let found = problems(&with(section("validators", 3), ""));
	// The minimum of the example is four.
	assert_eq!(found.len(), 2, "{found:#?}");
	assert!(found[0].contains("validators: there are 3"), "{found:#?}");
	assert!(found[1].contains("only 3 validators"), "{found:#?}");
}

#[test]
fn the_minimum_is_at_least_four_and_at_most_all() {
	refused(
		&with("minimum_validators = 4", "minimum_validators = 3"),
		&["`minimum_validators` is 3"],
	);
	refused(
		&with("minimum_validators = 4", "minimum_validators = 5"),
		&["`minimum_validators` is 5", "only 4 validators"],
	);
}

#[test]
fn a_session_is_between_a_minute_and_a_day() {
	for slots in ["0", "19", "28801"] {
		let text = with("session_slots = 1200", &format!("session_slots = {slots}"));
		refused(&text, &["network", &format!("`session_slots` is {slots};")]);
	}
	for slots in ["20", "28800"] {
		let text = with("session_slots = 1200", &format!("session_slots = {slots}"));
		assert_eq!(problems(&text), Vec::<String>::new());
	}
}

#[test]
fn a_care_policy_is_one_of_two_words() {
	for word in ["", "CareTeam", "care team"] {
		let text = with("care_policy = \"consent-only\"", &format!("care_policy = \"{word}\""));
		refused(
			&text,
			&["network", &format!("`care_policy` is `{word}`;"), "`consent-only`", "`care-team`"],
		);
	}
	refused(
		&with("care_policy = \"consent-only\"\n", ""),
		&["line ", "missing field `care_policy`"],
	);
}

#[test]
fn a_validator_belongs_to_an_organisation_of_the_file() {
	let text =
		with(section("validators", 1), &section("validators", 1).replace("Northside", "Southside"));
	refused(&text, &["validator 2", "no organisation `Southside Hospital`"]);
	let text = with(section("nodes", 0), &section("nodes", 0).replace("Northside", "Southside"));
	refused(&text, &["node 1", "no organisation `Southside Hospital`"]);
}

#[test]
fn a_validator_can_pay_the_deposit_on_its_keys() {
	let poor = format!("account = \"{}\"\namount = \"1000\"", value("account", 1));
	refused(&with(&poor, &poor.replace("1000", "100")), &["validator 2", "101 SLS", "deposit"]);
	refused(
		&with(&poor, "account = \"treasury2\"\namount = \"1\"")
			.replace("[[balances]]\naccount = \"treasury2\"\namount = \"1\"\n", ""),
		&["validator 2", "101 SLS"],
	);
}

// ---- Collectives and registrars. --------------------------------------------------------------

#[test]
fn a_council_has_at_least_three_seats() {
	let text = with(section("council", 3), "");
	assert_eq!(problems(&text), Vec::<String>::new());
	refused(&text.replace(section("council", 2), ""), &["council", "there are 2 seats"]);
	refused(
		&with(section("technical_committee", 2), ""),
		&["technical_committee", "there are 2 seats"],
	);
}

#[test]
fn an_organisation_has_one_seat_in_the_council() {
	let text = with(
		section("council", 3),
		&section("council", 3).replace("Meridian Health Plan", "Lakeview Clinics"),
	);
	refused(&text, &["council", "`Lakeview Clinics`", "two seats"]);
}

#[test]
fn an_organisation_has_no_more_than_a_third_of_the_technical_committee() {
	let seat = section("technical_committee", 1);
	let text = with(seat, &seat.replace("Northside Hospital", "Health Authority"));
	refused(&text, &["technical_committee", "`Health Authority` has 2 of 3 seats"]);
}

#[test]
fn nobody_sits_in_both_bodies() {
	let (council, technical) = (section("council", 0), section("technical_committee", 0));
	let account = |section: &str| section.split('"').nth(3).expect("an account").to_string();
	let text = with(technical, &technical.replace(&account(technical), &account(council)));
	refused(&text, &["technical_committee", &account(council), "council as well"]);
}

#[test]
fn no_organisation_runs_a_third_of_the_validators() {
	let validator = section("validators", 1);
	let organisation = validator.split('"').nth(1).expect("an organisation");
	let other = section("validators", 0).split('"').nth(1).expect("an organisation");
	let text = with(validator, &validator.replace(organisation, other));
	refused(&text, &["validators", other, "runs 2 of"]);
}

#[test]
fn a_seat_belongs_to_an_organisation_and_an_account_has_one() {
	let text = with(section("council", 3), &section("council", 3).replace("Meridian", "Southern"));
	refused(&text, &["council", "no organisation `Southern Health Plan`"]);
	let (first, last) = (section("council", 0), section("council", 3));
	let account = |seat: &'static str| seat.split('"').nth(3).expect("an account");
	let text = with(last, &last.replace(account(last), account(first)));
	refused(&text, &["council", "has two seats", account(first)]);
}

#[test]
fn a_member_of_a_collective_can_pay_for_a_motion() {
	let account = section("council", 0).split('"').nth(3).expect("an account");
	let poor = format!("account = \"{account}\"\namount = \"1000\"");
	refused(&with(&poor, &poor.replace("1000", "0.5")), &["council", "Health Authority", "1 SLS"]);
}

#[test]
fn a_registrar_acts_for_an_organisation_of_the_file() {
	let registrar = section("registrars", 0);
	let text = with(registrar, &registrar.replace("Health Authority", "Nobody"));
	refused(&text, &["registrar 1", "no organisation `Nobody`"]);
	refused(
		&with("\"mandates\"", "\"miracles\""),
		&["registrar 1", "`miracles` is none of mandates"],
	);
	refused(&with("\"research\"", "\"circus\""), &["registrar 1", "`circus` is none of provider"]);
	let text = format!("{EXAMPLE}\n{registrar}");
	refused(&text, &["registrar 2", "a registrar twice"]);
	let idle =
		registrar.lines().filter(|line| !line.starts_with("kinds") && !line.starts_with("cap"));
	let text = with(registrar, &idle.collect::<Vec<_>>().join("\n"));
	refused(&text, &["registrar 1", "neither"]);
	refused(&with(registrar, "registrars = []").replace("registrars = []", ""), &["registrars"]);
}

#[test]
fn what_ends_ends_in_the_future() {
	refused(
		&with("until = 2031-01-01", "until = 2026-11-26"),
		&["registrar 1", "2026-11-26", "future"],
	);
	refused(
		&with("until = 2031-01-01", "until = 2031-01-01T00:00:00Z"),
		&["registrar 1", "no day"],
	);
	let organisation = section("organisations", 1);
	let past = organisation.replace("2035-01-01", "2020-01-01");
	refused(&with(organisation, &past), &["Northside", "2020-01-01", "future"]);
	let endless = organisation.replace("until = 2035-01-01\n", "");
	refused(&with(organisation, &endless), &["Northside", "`until`"]);
	refused(
		&with("\"payer\"]\nuntil = 2035", "\"paier\"]\nuntil = 2035"),
		&["Meridian", "`paier` is none of"],
	);
	refused(&with("[\"payer\"]", "[\"payer\", \"payer\"]"), &["Meridian", "named twice"]);
}

#[test]
fn an_organisation_without_licences_needs_no_end() {
	let organisation = section("organisations", 3);
	let bare = organisation.replace("licences = [\"payer\"]\nuntil = 2035-01-01\n", "");
	let text = with(organisation, &bare);
	assert_eq!(problems(&text), Vec::<String>::new());
	assert_eq!(genesis_check::usable(&Shared(network(&text))), Ok(()));
}

// ---- Names, assets, amounts, floors. ----------------------------------------------------------

#[test]
fn a_network_has_a_name_and_an_id_of_its_own() {
	refused(&with("name = \"Example Health Network\"", "name = \" \""), &["network", "`name`"]);
	for id in ["", "ab", "Example", "a/b", "salus local", &"a".repeat(33)] {
		refused(&with("id = \"example_health\"", &format!("id = \"{id}\"")), &["network", "`id`"]);
	}
	for id in ["local", "salus_dev"] {
		let text = with("id = \"example_health\"", &format!("id = \"{id}\""));
		refused(&text, &["network", "development network"]);
	}
}

#[test]
fn an_asset_has_a_symbol_that_every_wallet_shows() {
	for symbol in ["", "\u{20ac}", "US D", "ABCDEFGHIJKLM"] {
		let text = with("symbol = \"SUSD\"", &format!("symbol = \"{symbol}\""));
		refused(&text, &["asset 1", "symbol"]);
	}
	for name in ["", "D\u{f3}lar", "A name that is longer than the bound"] {
		let text = with("name = \"Settlement dollar\"", &format!("name = \"{name}\""));
		refused(&text, &["asset 1", "name"]);
	}
	refused(&with("decimals = 2", "decimals = 19"), &["asset 1", "19 decimals"]);
}

#[test]
fn an_asset_has_a_smallest_balance_and_holders_that_exist() {
	refused(
		&with("minimum_balance = \"0.01\"", "minimum_balance = \"0\""),
		&["asset 1", "minimum_balance"],
	);
	refused(&with("\"2500000.00\"", "\"0.00\""), &["asset 1", "holder", "minimum_balance"]);
	let stranger = sp_core::sr25519::Pair::generate().0.public().to_ss58check();
	let holder = format!("{{ account = \"{stranger}\", amount = \"1\" }},\n]");
	let text = with("\"2500000.00\" },\n]", &format!("\"2500000.00\" }},\n\t{holder}"));
	refused(&text, &["asset 1", &stranger, "to exist"]);
}

#[test]
fn amounts_do_not_overflow() {
	let most = "340282366920938463463374607431768211455";
	refused(
		&EXAMPLE.replacen("amount = \"10000\"", &format!("amount = \"{most}\""), 1),
		&["balance of", "more than an account can hold"],
	);
	// Each fits, all together do not.
	let half = "200000000000000000000000000";
	let text =
		with("\"treasury\"\namount = \"1000000\"", &format!("\"treasury\"\namount = \"{half}\""))
			.replace(
				"\"sponsorship-pot\"\namount = \"1000000\"",
				&format!("\"sponsorship-pot\"\namount = \"{half}\""),
			);
	refused(&text, &["balance of `sponsorship-pot`", "together"]);
	let text =
		with("\"treasury\"\namount = \"1000000\"", &format!("\"treasury\"\namount = \"{half}\""));
	let built = genesis_check::usable(&Shared(network(&text)));
	assert_eq!(built, Ok(()), "as much as fits can be built");
	refused(
		&with("\"treasury\"\namount = \"1000000\"", "\"treasury\"\namount = \"0.0001\""),
		&["exist"],
	);
	refused(&with("\"2500000.00\"", "\"1.005\""), &["asset 1", "more than 2 decimals"]);
}

#[test]
fn the_public_delays_are_long_enough_to_look() {
	for (class, short) in [("upgrade", 86_399), ("parameter", 3_599), ("emergency", 59)] {
		let old =
			EXAMPLE.lines().find(|line| line.starts_with(&format!("{class} = "))).expect("a floor");
		for seconds in [short, 2_592_001] {
			refused(&with(old, &format!("{class} = {seconds}")), &["enactment_floors", class]);
		}
	}
	let start = EXAMPLE.find("[network.enactment_floors]").expect("it is there");
	let end = EXAMPLE.find("# ---- Members.").expect("it is there");
	let text = format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
	let file = file::parse(&text).expect("floors have a default");
	let checked = check::check(&file, NOW).expect("the default is long enough");
	assert_eq!(checked.floors, [259_200, 86_400, 600]);
}

#[test]
fn a_genesis_that_the_runtime_refuses_is_not_printed() {
	let file = file::parse(EXAMPLE).expect("it is well-formed");
	let mut checked = check::check(&file, NOW).expect("it is a network");
	// As if a check were missing: a registrar of an organisation that is not there.
	checked.registrars[0].1 = 99;
	let found = print(&checked, false).unwrap_err();
	assert_eq!(found.len(), 1);
	assert!(found[0].contains("no usable genesis"), "{found:?}");
	assert!(found[0].len() < 1_000, "the genesis is not repeated: {found:?}");
}
