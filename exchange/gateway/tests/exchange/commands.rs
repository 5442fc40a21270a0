//! The program's commands.

use crate::common::{configured, world, CUSTODIAN};
use std::{path::Path, process::Command};

fn check(folder: &Path, more: &[&str]) -> (bool, String) {
	let done = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
		.arg("check-config")
		.arg(folder.join("gateway.toml"))
		.args(more)
		.output()
		.unwrap();
	let text = [done.stdout, done.stderr].concat();
	(done.status.success(), String::from_utf8(text).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn check_config_names_every_fault_and_nothing_else() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "max_best_age = 5\n");
	assert_eq!(check(folder.path(), &["--with-node"]), (true, "no faults\n".into()));
	node.behind(30);
	let (is_good, text) = check(folder.path(), &["--with-node"]);
	assert!(!is_good && text.contains("chain.node: the best block is 3"), "{text}");
	assert!(check(folder.path(), &[]).0);

	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(
		&file,
		text.replace("[outside]", "[outsides]").replace("max_best_age = 5", "max_best_age = 500"),
	)
	.unwrap();
	let (is_good, text) = check(folder.path(), &[]);
	let faults: Vec<&str> = text.lines().map(|line| line.split_once(": ").unwrap().0).collect();
	assert_eq!(
		(is_good, faults),
		(false, vec!["outside.listen", "outside.url", "chain.max_best_age", "outsides"])
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_is_a_fault() {
	let (node, other) = (world().await, world().await);
	let folder = configured(&node, CUSTODIAN, "");
	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	let other_genesis = format!("0x{}", "ab".repeat(32));
	std::fs::write(&file, text.replace(&node.genesis().to_string(), &other_genesis)).unwrap();
	let (is_good, text) = check(folder.path(), &["--with-node"]);
	assert!(!is_good && text.contains("another chain"), "{text}");
	drop(other);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_with_a_fault_does_not_start() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	std::fs::remove_file(folder.path().join("vault.key")).unwrap();
	let done = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
		.arg("run")
		.arg(folder.path().join("gateway.toml"))
		.output()
		.unwrap();
	assert!(!done.status.success());
	assert!(String::from_utf8(done.stderr).unwrap().contains("vault_key: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chains_clock_stands_in_for_the_hosts_of_a_development_chain_alone() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "clock = \"chain\"\n");
	node.behind(7_200);
	assert_eq!(check(folder.path(), &["--with-node"]), (true, "no faults\n".into()));
	// Finality is behind by the same clock.
	node.finality_behind(300);
	let (is_good, text) = check(folder.path(), &["--with-node"]);
	assert!(!is_good && text.contains("chain.node: the last final block is 30"), "{text}");
	node.behind(0);
	node.is_live();
	let (is_good, text) = check(folder.path(), &["--with-node"]);
	assert!(!is_good && text.contains("a development chain alone"), "{text}");
}

#[test]
fn the_key_for_the_profile_is_printed_and_drawn_once() {
	use std::os::unix::fs::PermissionsExt;
	let folder = tempfile::tempdir().unwrap();
	let (file, key) = (folder.path().join("gateway.toml"), folder.path().join("counts.key"));
	let research = format!(
		"[research]\nkey = \"{}\"\nkid = \"counts-1\"\n\
		 [[research.mailbox]]\nurl = \"https://counts.example\"\ntoken = \"/m.token\"\n\
		 [[research.dataset]]\nid = 7\nvalues = [\"/v.json\"]\nepsilon = 100000\n",
		key.display()
	);
	// Of all the files that it names, none is there yet, and no node either.
	let whole = |more: &str| {
		format!(
			"organisation = 4\ndata = \"/data\"\nvault_key = \"/vault.key\"\nsigning_key = \"/signing.key\"\n\
			 [outside]\nlisten = \"127.0.0.1:0\"\nurl = \"https://gateway.example\"\n\
			 [inside]\nlisten = \"127.0.0.1:0\"\ntoken = \"/inside.token\"\n\
			 [chain]\nnode = \"http://127.0.0.1:1\"\ngenesis = \"0x{}\"\nkind = \"solo\"\nkey = \"/chain.key\"\n{more}",
			"ab".repeat(32)
		)
	};
	let ask = |more: &[&str]| {
		let mut program = Command::new(env!("CARGO_BIN_EXE_salus-gateway"));
		let done = program.arg("research-key").arg(&file).args(more).output().unwrap();
		let [out, err] = [done.stdout, done.stderr].map(|text| String::from_utf8(text).unwrap());
		(done.status.success(), out, err)
	};
	std::fs::write(&file, whole("")).unwrap();
	let (is_good, out, err) = ask(&[]);
	assert!(!is_good && out.is_empty() && err.contains("no section [research]"), "{err}");
	std::fs::write(&file, whole(&research)).unwrap();
	let (is_good, out, err) = ask(&[]);
	assert!(!is_good && out.is_empty() && err.contains("research.key: "), "{err}");
	let (is_good, drawn, err) = ask(&["--new"]);
	assert!(is_good, "{err}");
	assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
	let secret = std::fs::read_to_string(&key).unwrap();
	// It is the public part of that key, and nothing of the private one.
	let signing = salus_gateway::config::read_p384(&key).unwrap();
	let shown: serde_json::Value = serde_json::from_str(&drawn).unwrap();
	let members: Vec<&String> = shown.as_object().unwrap().keys().collect();
	assert_eq!(members, ["crv", "kid", "kty", "x", "y"]);
	assert!(!drawn.contains(secret.trim().trim_start_matches("0x")));
	let point = signing.verifying_key().to_encoded_point(false);
	for (name, there) in [("x", point.x()), ("y", point.y())] {
		use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
		let bytes = URL_SAFE_NO_PAD.decode(shown[name].as_str().unwrap()).unwrap();
		assert_eq!(bytes, &there.unwrap()[..], "{name}");
	}
	assert_eq!(ask(&[]), (true, drawn, String::new()));
	// What is there is not drawn anew.
	let (is_good, out, err) = ask(&["--new"]);
	assert!(!is_good && out.is_empty() && err.contains("is there already"), "{err}");
	assert_eq!(std::fs::read_to_string(&key).unwrap(), secret);
}
