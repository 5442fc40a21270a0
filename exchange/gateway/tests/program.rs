//! The program's commands.

mod common;

use common::{configured, world, CUSTODIAN};
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
