//! Where the members' nodes reach one another.

use super::*;

/// The example with another address of the second validator; the peer id stays.
fn with_address(address: &str) -> String {
	let (old, id) = value("peer", 1).split_once("/p2p/").expect("a peer id");
	with(&format!("{old}/p2p/{id}"), &format!("{address}/p2p/{id}"))
}

#[test]
fn an_address_that_no_other_member_can_dial_is_refused() {
	for (address, reason) in [
		("/memory/7", "no address of a node"),
		("/ip4/10.0.0.1", "no address of a node"),
		("/ip4/10.0.0.1/udp/30333", "no address of a node"),
		("/ip4/10.0.0.1/udp/30333/quic-v1", "no address of a node"),
		("/ip4/10.0.0.1/tcp/30333/tcp/30334", "no address of a node"),
		("/ip4/10.0.0.1/tcp/30333/ws/ws", "no address of a node"),
		("/dnsaddr/salus.example", "no address of a node"),
		("/unix/node", "no address of a node"),
		("/ip4/10.0.0.1/udp/30333/webrtc-direct", "for browsers"),
		("/ip4/10.0.0.1/tcp/0", "port 0"),
		("/dns/salus.example/tcp/0", "port 0"),
		("/ip4/0.0.0.0/tcp/30333", "all interfaces"),
		("/ip6/::/tcp/30333", "all interfaces"),
		("/ip4/127.0.0.1/tcp/30333", "every machine itself"),
		("/ip6/::1/tcp/30333", "every machine itself"),
		("/dns/localhost/tcp/30333", "every machine itself"),
		("/ip4/224.0.0.1/tcp/30333", "multicast"),
		("/ip6/ff02::1/tcp/30333", "multicast"),
		("/ip4/255.255.255.255/tcp/30333", "broadcast"),
		("/ip4/169.254.0.1/tcp/30333", "one link"),
		("/ip6/fe80::1/tcp/30333", "one link"),
		("/ip6/::ffff:10.0.0.1/tcp/30333", "write /ip4/10.0.0.1"),
		("/dns//tcp/30333", "names no host"),
		("/dns/salus example/tcp/30333", "names no host"),
		("/dns4/10.0.0.1/tcp/30333", "write /ip4/10.0.0.1"),
	] {
		refused(&with_address(address), &["validator 2 (of `Northside Hospital`)", reason]);
	}
	// What is no multiaddress at all.
	for address in
		["/ip4/10.0.0/tcp/1", "/ip4/10.0.0.1/tcp/http", "/ip4/10.0.0.1/tcp/65536", "10.0.0.1:30333"]
	{
		refused(&with_address(address), &["validator 2", "no address with a peer id"]);
	}
}

#[test]
fn all_that_is_wrong_with_an_address_is_said() {
	let found = problems(&with_address("/dns//tcp/0/http"));
	assert_eq!(found.len(), 3, "{found:#?}");
	assert!(found.iter().all(|problem| problem.starts_with("validator 2")), "{found:#?}");
	let id = value("peer", 1).rsplit('/').next().expect("a peer id");
	let rsa = "QmSk5HQbn6LhUwDiNMseVUjuRYhEtYj4aUZ6WfWoGURpdV";
	let found = problems(&with_address("/ip4/0.0.0.0/tcp/0").replace(id, rsa));
	assert_eq!(found.len(), 3, "{found:#?}");
	assert!(found[0].contains("of no ed25519 key"), "{found:#?}");
}

#[test]
fn a_problem_is_one_line_whatever_the_file_holds() {
	refused(&with_address("/dns/a\\nb\\u001b[31m/tcp/30333"), &["validator 2", "names no host"]);
	let text = with("name = \"Northside Hospital\"", "name = \"North\\nside\"");
	for problem in problems(&text) {
		assert_eq!(problem.lines().count(), 1, "{problem}");
	}
}

#[test]
fn a_peer_id_is_of_one_key_that_somebody_can_have() {
	let id = value("peer", 1).rsplit('/').next().expect("a peer id");
	// Two ids in one address.
	let twice = format!("{id}/p2p/{}", value("peer", 2).rsplit('/').next().expect("a peer id"));
	let found = problems(&with(id, &twice));
	assert!(found.iter().any(|problem| problem.contains("no address of a node")), "{found:#?}");
	// A key off the curve, and one for which anybody can sign.
	let mut no_point = [0; 32];
	no_point[0] = 2;
	let mut weak = [0; 32];
	weak[0] = 1;
	for (key, what) in [(no_point, "not a point of the curve"), (weak, "a weak ed25519")] {
		let bytes = [&[0x00, 0x24, 0x08, 0x01, 0x12, 0x20][..], &key].concat();
		let wrong = sc_network::PeerId::from_bytes(&bytes).expect("the form of a peer id");
		let found = problems(&with(id, &wrong.to_string()));
		assert!(
			found.iter().any(|it| it.contains("validator 2") && it.contains(what)),
			"{found:#?}"
		);
	}
}

#[test]
fn an_address_goes_into_the_specification_in_one_spelling() {
	let (_, id) = value("peer", 1).split_once("/p2p/").expect("a peer id");
	for (written, one) in [
		("/dns/Salus.Northside.EXAMPLE./tcp/30333", "/dns/salus.northside.example/tcp/30333"),
		("/ip6/2001:DB8:0:0::1/tcp/30333/ws", "/ip6/2001:db8::1/tcp/30333/ws"),
	] {
		// No address is in the genesis.
		let json = network(&with_address(written)).as_json(false).expect("it is written");
		let spec = spec(json);
		let members = crate::closed::members(&spec).expect("it is closed");
		assert_eq!(members[1].to_string(), format!("{one}/p2p/{id}"));
	}
}

#[test]
fn two_nodes_do_not_share_an_address() {
	for spelling in [
		"/dns/salus.northside.example/tcp/30333",
		"/dns4/salus.northside.example/tcp/30333",
		"/dns6/salus.northside.example/tcp/30333/ws",
		"/dns/SALUS.Northside.example/tcp/30333",
		"/dns/salus.northside.example./tcp/30333/wss",
	] {
		refused(
			&with("/dns/salus.lakeview.example/tcp/30333", spelling),
			&[
				"validator 3",
				"another node has the address",
				"(validator 2 (of `Northside Hospital`))",
			],
		);
	}
	let other_port =
		with("/dns/salus.lakeview.example/tcp/30333", "/dns/salus.northside.example/tcp/30334");
	assert_eq!(problems(&other_port), Vec::<String>::new());
}
