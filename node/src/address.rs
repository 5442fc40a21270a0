//! Addresses of nodes: whether one can be dialled at all, and whether two are the same place.
//!
//! The SDK parses any multiaddress and finds out later. Then the node ends (`/memory/7`), or it runs
//! and never has a peer (port 0, no host, a protocol that it does not speak).

use sc_network::{multiaddr::Protocol, Multiaddr};
use std::{
	borrow::Cow,
	fmt,
	net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// The longest host name, and the longest part between two dots.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// How an address is written.
const FORM: &str = "/ip4/ADDRESS, /ip6/ADDRESS or /dns/NAME, then /tcp/PORT, and /ws if the node \
                    listens there for WebSockets";

/// The machine that an address names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
	/// By its number.
	Ip(IpAddr),
	/// By its name, in lower case and without a dot at the end.
	Name(String),
}

/// Which versions of the internet protocol a name is looked up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lookup {
	Any,
	Ip4,
	Ip6,
}

/// What is spoken at the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
	Tcp,
	WebSocket,
	SecureWebSocket,
	/// For browsers alone: nodes do not dial it.
	WebRtc,
}

/// A place on one machine where at most one node can listen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
	host: Host,
	port: u16,
	udp: bool,
}

/// The address of a node, without its peer id.
#[derive(Clone, Debug)]
pub struct Address {
	host: Host,
	lookup: Lookup,
	port: u16,
	transport: Transport,
}

impl Address {
	/// Read an address that somebody dials.
	///
	/// # Errors
	/// All that is wrong with it, in parts of sentences that name the address.
	pub fn read(address: &Multiaddr) -> Result<Self, Vec<String>> {
		let mut parts = address.iter();
		let mut problems = Vec::new();
		let host = match parts.next() {
			Some(Protocol::Ip4(ip)) => Some((Host::Ip(ip.into()), Lookup::Ip4)),
			Some(Protocol::Ip6(ip)) => {
				let same = inner_ip4(ip).into_iter().flatten().find(|it| it.form == Form::Same);
				if let Some(Inner { ip: inner, .. }) = same {
					problems.push(format!(
						"`{address}` writes an IPv4 address as IPv6; write /ip4/{inner}"
					));
					Some((Host::Ip(inner.into()), Lookup::Ip4))
				} else {
					Some((Host::Ip(ip.into()), Lookup::Ip6))
				}
			},
			Some(Protocol::Dns(name)) => Some((named(&name), Lookup::Any)),
			Some(Protocol::Dns4(name)) => Some((named(&name), Lookup::Ip4)),
			Some(Protocol::Dns6(name)) => Some((named(&name), Lookup::Ip6)),
			_ => None,
		};
		let port = match parts.next() {
			Some(Protocol::Tcp(port)) => Some((port, false)),
			Some(Protocol::Udp(port)) => Some((port, true)),
			_ => None,
		};
		let rest = parts.collect::<Vec<_>>();
		let transport = match (port, &rest[..]) {
			(Some((_, false)), []) => Some(Transport::Tcp),
			(Some((_, false)), [Protocol::Ws(path)]) if path == "/" => Some(Transport::WebSocket),
			(Some((_, false)), [Protocol::Wss(path)]) if path == "/" => {
				Some(Transport::SecureWebSocket)
			},
			(Some((_, true)), [Protocol::WebRTCDirect])
			| (Some((_, true)), [Protocol::WebRTCDirect, Protocol::Certhash(_)]) => Some(Transport::WebRtc),
			_ => None,
		};
		if let Some((host, _)) = &host {
			problems.extend(impossible(host).map(|what| format!("`{address}` {what}")));
		}
		if let Some((0, _)) = port {
			problems.push(format!("`{address}` has the port 0, where nobody can listen"));
		}
		match (host, port, transport) {
			(Some((host, lookup)), Some((port, _)), Some(transport)) if problems.is_empty() => {
				Ok(Self { host, lookup, port, transport })
			},
			(Some(_), Some(_), Some(_)) => Err(problems),
			_ => {
				problems.push(format!("`{address}` is no address of a node: {FORM}"));
				Err(problems)
			},
		}
	}

	/// What keeps other machines' nodes from dialling it.
	pub fn unreachable(&self) -> Vec<String> {
		let mut problems = Vec::new();
		let why = match &self.host {
			Host::Ip(ip) => not_reached(*ip),
			Host::Name(name) if name == "localhost" || name.ends_with(".localhost") => {
				not_reached(Ipv4Addr::LOCALHOST.into())
			},
			Host::Name(_) => None,
		};
		problems.extend(why.map(|why| format!("`{self}` {why}")));
		if self.transport == Transport::WebRtc {
			problems.push(format!("`{self}` is for browsers; nodes do not dial it"));
		}
		problems
	}

	/// Where it is, however it was written.
	pub fn place(&self) -> Place {
		let udp = self.transport == Transport::WebRtc;
		let host = match &self.host {
			Host::Ip(IpAddr::V6(ip)) => Host::Ip(stands_for(*ip).map_or((*ip).into(), IpAddr::V4)),
			host => host.clone(),
		};
		Place { host, port: self.port, udp }
	}

	/// The address in its only spelling.
	pub fn canonical(&self) -> Multiaddr {
		let host = match (&self.host, self.lookup) {
			(Host::Ip(ip), _) => Protocol::from(*ip),
			(Host::Name(name), Lookup::Any) => Protocol::Dns(Cow::Borrowed(name)),
			(Host::Name(name), Lookup::Ip4) => Protocol::Dns4(Cow::Borrowed(name)),
			(Host::Name(name), Lookup::Ip6) => Protocol::Dns6(Cow::Borrowed(name)),
		};
		let address = Multiaddr::empty().with(host);
		let root = || Cow::Borrowed("/");
		match self.transport {
			Transport::Tcp => address.with(Protocol::Tcp(self.port)),
			Transport::WebSocket => {
				address.with(Protocol::Tcp(self.port)).with(Protocol::Ws(root()))
			},
			Transport::SecureWebSocket => {
				address.with(Protocol::Tcp(self.port)).with(Protocol::Wss(root()))
			},
			Transport::WebRtc => {
				address.with(Protocol::Udp(self.port)).with(Protocol::WebRTCDirect)
			},
		}
	}
}

impl fmt::Display for Address {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.canonical().fmt(f)
	}
}

/// Check that a telemetry server's address can be dialled: the SDK speaks WebSocket there, with any
/// path.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn telemetry(text: &str) -> Result<(), String> {
	let address: Multiaddr =
		text.parse().map_err(|error| format!("`{text}` is no address: {error}"))?;
	let parts = address.iter().collect::<Vec<_>>();
	match &parts[..] {
		[host, port @ Protocol::Tcp(_), Protocol::Ws(_) | Protocol::Wss(_)]
		| [host, port @ Protocol::Tcp(_), Protocol::Tls, Protocol::Ws(_)] => {
			let reached = [host.clone(), port.clone()].into_iter().collect();
			Address::read(&reached).map(drop).map_err(|problems| problems.join("; "))
		},
		_ => Err(format!(
			"`{text}` is no address of a telemetry server, such as wss://telemetry.example.org/submit/"
		)),
	}
}

/// Check that a node can listen at the address: it is this machine's, by number.
///
/// # Errors
/// One part of a sentence that names the address.
pub fn listenable(address: &Multiaddr) -> Result<(), String> {
	let parts = address.iter().collect::<Vec<_>>();
	match &parts[..] {
		[Protocol::Ip4(_) | Protocol::Ip6(_), Protocol::Tcp(_)] => Ok(()),
		[Protocol::Ip4(_) | Protocol::Ip6(_), Protocol::Tcp(_), Protocol::Ws(path)]
			if path == "/" =>
		{
			Ok(())
		},
		[Protocol::Ip4(_) | Protocol::Ip6(_), Protocol::Udp(_), Protocol::WebRTCDirect] => Ok(()),
		_ => Err(format!(
			"`{address}` is no address to listen at: /ip4/ADDRESS or /ip6/ADDRESS, then /tcp/PORT, \
			 /tcp/PORT/ws or /udp/PORT/webrtc-direct"
		)),
	}
}

/// The one spelling of a name: case does not matter in DNS, and a dot at the end says only that the
/// name is whole.
fn named(name: &str) -> Host {
	Host::Name(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

/// An IPv4 address inside an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Inner {
	ip: Ipv4Addr,
	form: Form,
}

/// How an IPv6 address holds an IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
	/// Sockets or old software take it for the IPv4 address: `::ffff:a.b.c.d`, `::a.b.c.d`.
	Same,
	/// A translator passes it on to the IPv4 address (RFC 6052, RFC 7915).
	Translated,
	/// The same, with the prefix that each network has for itself (RFC 8215).
	TranslatedLocally,
	/// A tunnel ends at the IPv4 address: 6to4 (RFC 3056), Teredo (RFC 4380).
	Tunnel,
	/// The same, inside one organisation: ISATAP (RFC 5214).
	LocalTunnel,
}

impl Form {
	/// Whether it works with IPv4 addresses that are not unique in the internet.
	fn takes_private(self) -> bool {
		matches!(self, Self::Same | Self::TranslatedLocally | Self::LocalTunnel)
	}
}

/// The IPv4 addresses that an IPv6 address holds, in all forms that are published: none, one, or with Teredo two.
/// Each is given with all that it can be read as, which is more than one with a local prefix alone.
fn inner_ip4(ip: Ipv6Addr) -> Vec<Vec<Inner>> {
	let octets = ip.octets();
	let at = |first: usize| {
		Ipv4Addr::new(octets[first], octets[first + 1], octets[first + 2], octets[first + 3])
	};
	let one = |ip, form| vec![vec![Inner { ip, form }]];
	match ip.segments() {
		_ if ip.is_unspecified() || ip.is_loopback() => Vec::new(),
		[0, 0, 0, 0, 0, 0xffff | 0, ..] => one(at(12), Form::Same),
		[0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
			one(at(12), Form::Translated)
		},
		[0x64, 0xff9b, 1, ..] => {
			let form = Form::TranslatedLocally;
			let readings = translated_locally(octets).into_iter();
			vec![readings.map(|ip| Inner { ip, form }).collect()]
		},
		[0x2002, ..] => one(at(2), Form::Tunnel),
		// The server, and the client with its bits turned over.
		[0x2001, 0, ..] => [at(4), Ipv4Addr::from_bits(!at(12).to_bits())]
			.map(|ip| vec![Inner { ip, form: Form::Tunnel }])
			.to_vec(),
		[_, _, _, _, 0 | 0x200, 0x5efe, ..] => one(at(12), Form::LocalTunnel),
		_ => Vec::new(),
	}
}

/// What an address of the prefix `64:ff9b:1::/48` can mean. How long the prefix inside it is, each network decides
/// for itself. With all but the longest the ninth octet is zero, and so is everything behind the IPv4 address
/// (RFC 6052, section 2.2).
fn translated_locally(octets: [u8; 16]) -> Vec<Ipv4Addr> {
	let shorter = [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12]]
		.into_iter()
		.filter(|places| octets[8] == 0 && octets[places[3] + 1..].iter().all(|octet| *octet == 0));
	let inside = |places: [usize; 4]| places.map(|place| octets[place]).into();
	shorter.chain([[12, 13, 14, 15]]).map(inside).collect()
}

/// The IPv4 address that is meant, if packets to the IPv6 address reach its machine and no other. None if it can be
/// read as several that a machine can have.
fn stands_for(ip: Ipv6Addr) -> Option<Ipv4Addr> {
	let same_machine =
		|form| matches!(form, Form::Same | Form::Translated | Form::TranslatedLocally);
	let all = inner_ip4(ip).into_iter().flatten();
	let mut meant = all.filter(|inner| same_machine(inner.form) && nowhere(*inner).is_none());
	meant.next().filter(|_| meant.next().is_none()).map(|inner| inner.ip)
}

/// Why no machine has the address, if none has.
fn impossible(host: &Host) -> Option<String> {
	match host {
		Host::Ip(ip) => no_address(*ip)
			.map(|what| format!("is {what}, and no machine's own"))
			.or_else(|| match ip {
				IpAddr::V4(_) => None,
				// It is bad if nothing that it can be read as is good.
				IpAddr::V6(ip) => inner_ip4(*ip).into_iter().find_map(|readings| {
					let why = readings.into_iter().map(nowhere).collect::<Option<Vec<_>>>()?;
					why.into_iter().next()
				}),
			}),
		Host::Name(name) => no_name(name),
	}
}

/// What the address is, if no machine has it.
fn no_address(ip: IpAddr) -> Option<&'static str> {
	match ip {
		_ if ip.is_unspecified() => Some("the address of all interfaces"),
		_ if ip.is_multicast() => Some("a multicast address"),
		IpAddr::V4(ip) if ip.is_broadcast() => Some("a broadcast address"),
		IpAddr::V4(ip) if ip.octets()[0] == 0 || ip.octets()[0] >= 240 => {
			Some("a reserved address")
		},
		_ => None,
	}
}

/// What the address is, if no other machine reaches it.
fn not_reached(ip: IpAddr) -> Option<&'static str> {
	let link_local = match ip {
		IpAddr::V4(ip) => ip.is_link_local(),
		IpAddr::V6(ip) => ip.is_unicast_link_local(),
	};
	if ip.is_loopback() {
		Some("is for every machine itself; no other reaches it")
	} else if link_local {
		Some("is valid on one link only; no router passes it on")
	} else {
		None
	}
}

/// Why no translator and no tunnel leads to the IPv4 address inside an IPv6 address, if none does. It is judged as
/// if it stood alone.
fn nowhere(Inner { ip, form }: Inner) -> Option<String> {
	let is = |what: &str| format!("holds the IPv4 address {ip}, which is {what}");
	no_address(ip.into()).map(|what| format!("{}, and no machine's own", is(what))).or_else(|| {
		not_reached(ip.into())
			.map(|what| format!("holds the IPv4 address {ip}, which {what}"))
			.or_else(|| {
				(!form.takes_private() && is_private(ip))
					.then(|| is("private, and has no way there in this form"))
			})
	})
}

/// Whether the address is of the networks that everybody may use inside, or of a provider's between its customers.
fn is_private(ip: Ipv4Addr) -> bool {
	ip.is_private() || matches!(ip.octets(), [100, 64..=127, ..])
}

/// Why it is no name of a host, if it is none.
fn no_name(name: &str) -> Option<String> {
	if name.is_empty() {
		return Some("names no host".into());
	}
	if let Ok(ip) = name.parse::<IpAddr>() {
		let kind = if ip.is_ipv4() { "ip4" } else { "ip6" };
		return Some(format!("gives a number as a name; write /{kind}/{ip}"));
	}
	let label = |label: &str| {
		(1..=LONGEST_LABEL).contains(&label.len())
			&& label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
			&& !label.starts_with('-')
			&& !label.ends_with('-')
	};
	// A name whose last part is a number would be read as an address.
	let number = |label: &str| {
		let hexadecimal = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
		label.bytes().all(|byte| byte.is_ascii_digit())
			|| hexadecimal.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
	};
	if name.len() > LONGEST_NAME
		|| !name.split('.').all(label)
		|| name.rsplit('.').next().is_some_and(number)
	{
		return Some(
			"names no host: letters, digits, hyphens and underscores in parts of up to 63, joined by \
			 dots"
				.into(),
		);
	}
	None
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(text: &str) -> Result<Address, Vec<String>> {
		Address::read(&text.parse().unwrap_or_else(|error| panic!("{text}: {error}")))
	}

	fn place(text: &str) -> Place {
		read(text).unwrap_or_else(|problems| panic!("{problems:?}")).place()
	}

	#[test]
	fn what_a_node_can_dial_is_read() {
		for (text, canonical) in [
			("/ip4/10.0.0.1/tcp/30333", "/ip4/10.0.0.1/tcp/30333"),
			("/ip4/127.0.0.1/tcp/1", "/ip4/127.0.0.1/tcp/1"),
			("/ip6/2001:DB8:0::1/tcp/65535", "/ip6/2001:db8::1/tcp/65535"),
			("/dns/Salus.Example./tcp/30333", "/dns/salus.example/tcp/30333"),
			("/dns4/a-b.c_d.example/tcp/30333/ws", "/dns4/a-b.c_d.example/tcp/30333/ws"),
			("/dns6/validator1/tcp/443/wss", "/dns6/validator1/tcp/443/wss"),
			("/ip4/10.0.0.1/udp/30333/webrtc-direct", "/ip4/10.0.0.1/udp/30333/webrtc-direct"),
		] {
			let address = read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
			assert_eq!(address.to_string(), canonical);
			assert_eq!(read(canonical).map(|address| address.place()), Ok(address.place()));
		}
	}

	#[test]
	fn what_nobody_can_dial_is_refused_with_its_reason() {
		let long = format!("/dns/{}example/tcp/1", "a.".repeat(124));
		let label = format!("/dns/{}.example/tcp/1", "a".repeat(64));
		for (text, reason) in [
			("/memory/7", "no address of a node"),
			("/ip4/10.0.0.1", "no address of a node"),
			("/tcp/30333", "no address of a node"),
			("/ip4/10.0.0.1/udp/30333", "no address of a node"),
			("/ip4/10.0.0.1/udp/30333/quic-v1", "no address of a node"),
			("/ip4/10.0.0.1/tcp/30333/tcp/30334", "no address of a node"),
			("/ip4/10.0.0.1/tcp/30333/ws/ws", "no address of a node"),
			("/ip4/10.0.0.1/tcp/30333/x-parity-ws/%2Fpath", "no address of a node"),
			("/ip4/10.0.0.1/tcp/30333/http", "no address of a node"),
			("/ip4/10.0.0.1/tcp/30333/p2p-circuit", "no address of a node"),
			("/unix/socket", "no address of a node"),
			("/dnsaddr/salus.example/tcp/30333", "no address of a node"),
			("/ip4/10.0.0.1/ip4/10.0.0.1/tcp/30333", "no address of a node"),
			("/ip4/10.0.0.1/tcp/0", "port 0"),
			("/dns/salus.example/tcp/0/ws", "port 0"),
			("/ip4/0.0.0.0/tcp/30333", "all interfaces"),
			("/ip6/::/tcp/30333", "all interfaces"),
			("/ip4/224.0.0.1/tcp/30333", "multicast"),
			("/ip6/ff02::1/tcp/30333", "multicast"),
			("/ip4/255.255.255.255/tcp/30333", "broadcast"),
			("/ip4/0.1.2.3/tcp/30333", "reserved"),
			("/ip4/250.0.0.1/tcp/30333", "reserved"),
			("/ip6/::ffff:10.0.0.1/tcp/30333", "write /ip4/10.0.0.1"),
			("/ip6/::10.0.0.1/tcp/30333", "write /ip4/10.0.0.1"),
			("/ip6/::2/tcp/30333", "reserved"),
			("/ip6/::ffff/tcp/30333", "reserved"),
			("/ip6/::1:0/tcp/30333", "reserved"),
			("/dns//tcp/30333", "names no host"),
			("/dns/./tcp/30333", "names no host"),
			("/dns/a..example/tcp/30333", "names no host"),
			("/dns/.example/tcp/30333", "names no host"),
			("/dns/a example/tcp/30333", "names no host"),
			("/dns/a\nb/tcp/30333", "names no host"),
			("/dns/-a.example/tcp/30333", "names no host"),
			("/dns/a-.example/tcp/30333", "names no host"),
			("/dns/sp\u{ed}tal.example/tcp/30333", "names no host"),
			("/dns/salus.example:30333/tcp/30333", "names no host"),
			("/dns/10.0.0.256/tcp/30333", "names no host"),
			("/dns/0x7f000001/tcp/30333", "names no host"),
			("/dns/127.0.0.0X1/tcp/30333", "names no host"),
			("/dns4/10.0.0.1/tcp/30333", "write /ip4/10.0.0.1"),
			("/dns6/2001:db8::1/tcp/30333", "write /ip6/2001:db8::1"),
			(&*label, "names no host"),
			(&*long, "names no host"),
		] {
			let problems = read(text).expect_err(text);
			assert!(problems.iter().any(|problem| problem.contains(reason)), "{problems:?}");
		}
	}

	/// An IPv6 address with an IPv4 address in it, in each form, and whether private ones may be in it.
	fn forms(ip: Ipv4Addr) -> Vec<(String, bool)> {
		let [a, b, c, d] = ip.octets();
		let [high, low] = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
		let [not_high, not_low] = [!high, !low];
		vec![
			(format!("::ffff:0:{ip}"), false),
			(format!("64:ff9b::{ip}"), false),
			(format!("64:ff9b:1::{ip}"), true),
			(format!("64:ff9b:1:fffe::{ip}"), true),
			(format!("2002:{high:x}:{low:x}::1"), false),
			(format!("2001::{high:x}:{low:x}:8000:63bf:3fff:fdd2"), false),
			(format!("2001:0:4136:e378:8000:63bf:{not_high:x}:{not_low:x}"), false),
			(format!("2001:db8:1:2:0:5efe:{ip}"), true),
			(format!("2001:db8:1:2:200:5efe:{ip}"), true),
		]
	}

	#[test]
	fn an_ip4_address_inside_an_ip6_address_is_judged_as_if_it_stood_alone() {
		for (ip, reason) in [
			("127.0.0.1", "for every machine itself"),
			("127.8.9.10", "for every machine itself"),
			("169.254.1.1", "one link"),
			("224.0.0.1", "multicast"),
			("255.255.255.255", "broadcast"),
			("250.0.0.1", "reserved"),
			("0.1.2.3", "reserved"),
		] {
			for (text, _) in forms(ip.parse().expect("an address")) {
				let problems = read(&format!("/ip6/{text}/tcp/1")).expect_err(&text);
				assert_eq!(problems.len(), 1, "{problems:?}");
				assert!(problems[0].contains(reason) && problems[0].contains(ip), "{problems:?}");
			}
		}
		for text in [
			"64:ff9b::",
			"64:ff9b:1::",
			"2002::",
			"::ffff:0:0:0",
			"2001::1",
			"2001:0:4136:e378:8000:63bf:ffff:ffff",
		] {
			let problems = read(&format!("/ip6/{text}/tcp/1")).expect_err(text);
			assert!(
				problems[0].contains("0.0.0.0, which is the address of all interfaces"),
				"{problems:?}"
			);
		}
		for ip in ["10.0.0.1", "172.31.0.1", "192.168.1.9", "100.64.0.1"] {
			for (text, may_be_private) in forms(ip.parse().expect("an address")) {
				let answer = read(&format!("/ip6/{text}/tcp/1"));
				assert_eq!(answer.is_ok(), may_be_private, "{text}: {answer:?}");
				assert!(
					may_be_private || answer.expect_err(&text)[0].contains("private"),
					"{text}"
				);
			}
		}
		for (text, _) in forms(Ipv4Addr::new(203, 0, 113, 5)) {
			let address = read(&format!("/ip6/{text}/tcp/1"))
				.unwrap_or_else(|problems| panic!("{problems:?}"));
			assert_eq!(address.unreachable(), Vec::<String>::new());
		}
	}

	/// The local prefix with the IPv4 address where prefixes of 48, 56 and 64 bits have it.
	fn behind_shorter_prefixes(ip: Ipv4Addr) -> [String; 3] {
		let [a, b, c, d] = ip.octets();
		[
			format!("64:ff9b:1:{a:x}{b:02x}:{c:x}:{d:x}00::"),
			format!("64:ff9b:1:7{a:02x}:{b:x}:{c:x}{d:02x}::"),
			format!("64:ff9b:1:7:{a:x}:{b:02x}{c:02x}:{d:x}00::"),
		]
	}

	#[test]
	fn what_can_be_read_as_several_ip4_addresses_is_refused_if_all_are_bad() {
		for (ip, reason) in [("127.0.0.1", "for every machine itself"), ("224.0.0.1", "multicast")]
		{
			// The last of the three can also be 1.0.0.0 behind a prefix of 96 bits.
			let texts = behind_shorter_prefixes(ip.parse().expect("an address"));
			for text in &texts[..2] {
				let problems = read(&format!("/ip6/{text}/tcp/1")).expect_err(text);
				assert!(problems[0].contains(reason) && problems[0].contains(ip), "{problems:?}");
			}
			assert!(read(&format!("/ip6/{}/tcp/1", texts[2])).is_ok(), "{}", texts[2]);
		}
		// 127.8.9.10 behind 56 bits, or 8.9.10.0 behind 64.
		let [_, either, _] = behind_shorter_prefixes(Ipv4Addr::new(127, 8, 9, 10));
		assert!(read(&format!("/ip6/{either}/tcp/1")).is_ok());
		let alone = place("/ip4/203.0.113.5/tcp/1");
		let [behind_48, behind_56, behind_64] =
			behind_shorter_prefixes(Ipv4Addr::new(203, 0, 113, 5))
				.map(|text| place(&format!("/ip6/{text}/tcp/1")));
		assert_ne!(behind_48, alone, "it can also be 113.5.0.0 behind 64 bits");
		assert_eq!(behind_56, alone, "0.113.5.0 and 0.0.0.0 are nobody's");
		assert_ne!(behind_64, alone, "it can also be 5.0.0.0 behind 96 bits");
	}

	#[test]
	fn a_translators_address_is_the_place_of_the_ip4_address() {
		let translated = |text: &str| text.starts_with("64:ff9b:") || text.starts_with("::ffff:0:");
		let alone = place("/ip4/203.0.113.5/tcp/1");
		for (text, _) in forms(Ipv4Addr::new(203, 0, 113, 5)) {
			assert_eq!(place(&format!("/ip6/{text}/tcp/1")) == alone, translated(&text), "{text}");
		}
	}

	#[test]
	fn everything_that_is_wrong_is_said() {
		let problems = read("/dns//tcp/0/http").unwrap_err();
		assert_eq!(problems.len(), 3, "{problems:?}");
		let problems = read("/ip6/::ffff:0.0.0.0/tcp/0").unwrap_err();
		assert_eq!(problems.len(), 3, "{problems:?}");
	}

	#[test]
	fn one_place_has_many_spellings() {
		let first = place("/dns/salus.example/tcp/30333");
		for other in [
			"/dns4/salus.example/tcp/30333",
			"/dns6/salus.example/tcp/30333/ws",
			"/dns/SALUS.example/tcp/30333/wss",
			"/dns/salus.example./tcp/30333",
		] {
			assert_eq!(place(other), first, "{other}");
		}
		assert_ne!(place("/dns/salus.example/tcp/30334"), first);
		assert_ne!(place("/dns/salus.example.org/tcp/30333"), first);
		assert_eq!(place("/ip6/2001:db8:0:0::1/tcp/1"), place("/ip6/2001:db8::1/tcp/1/ws"));
		assert_ne!(
			place("/ip4/10.0.0.1/tcp/1"),
			place("/ip4/10.0.0.1/udp/1/webrtc-direct"),
			"TCP and UDP do not share ports"
		);
	}

	#[test]
	fn other_machines_do_not_reach_loopback_or_a_link() {
		for (text, reason) in [
			("/ip4/127.0.0.1/tcp/1", "for every machine itself"),
			("/ip4/127.8.0.1/tcp/1", "for every machine itself"),
			("/ip6/::1/tcp/1", "for every machine itself"),
			("/dns/localhost/tcp/1", "for every machine itself"),
			("/dns/LocalHost./tcp/1", "for every machine itself"),
			("/dns/node.localhost/tcp/1", "for every machine itself"),
			("/ip4/169.254.1.1/tcp/1", "one link"),
			("/ip6/fe80::1/tcp/1", "one link"),
			("/ip4/10.0.0.1/udp/1/webrtc-direct", "browsers"),
		] {
			let problems = read(text).expect("it can be dialled from somewhere").unreachable();
			assert_eq!(problems.len(), 1, "{problems:?}");
			assert!(problems[0].contains(reason), "{problems:?}");
		}
		for text in ["/ip4/10.0.0.1/tcp/1", "/ip6/fd00::1/tcp/1", "/dns/localhost.example/tcp/1"] {
			let address = read(text).expect("it can be dialled");
			assert_eq!(address.unreachable(), Vec::<String>::new());
		}
	}

	#[test]
	fn telemetry_speaks_websocket() {
		for text in [
			"/dns/telemetry.example/tcp/443/x-parity-wss/%2Fsubmit%2F",
			"/ip4/10.0.0.1/tcp/8000/ws",
			"/dns/telemetry.example/tcp/443/tls/ws",
		] {
			assert_eq!(telemetry(text), Ok(()));
		}
		for text in [
			"/memory/7",
			"/ip4/10.0.0.1/tcp/8000",
			"/ip4/0.0.0.0/tcp/8000/ws",
			"/ip4/10.0.0.1/tcp/0/ws",
			"/dns//tcp/443/wss",
			"telemetry.example",
			"",
		] {
			assert_eq!(telemetry(text).expect_err(text).lines().count(), 1);
		}
	}

	#[test]
	fn a_node_listens_at_numbers() {
		for text in
			["/ip4/0.0.0.0/tcp/0", "/ip6/::/tcp/30333/ws", "/ip4/127.0.0.1/udp/30333/webrtc-direct"]
		{
			assert_eq!(listenable(&text.parse().expect("a multiaddress")), Ok(()));
		}
		for text in [
			"/memory/7",
			"/dns/localhost/tcp/30333",
			"/ip4/0.0.0.0/udp/30333",
			"/ip4/0.0.0.0/tcp/443/wss",
			"/ip4/0.0.0.0/tcp/1/tcp/2",
		] {
			let error = listenable(&text.parse().expect("a multiaddress")).expect_err(text);
			assert!(error.contains(text), "{error}");
		}
	}
}
