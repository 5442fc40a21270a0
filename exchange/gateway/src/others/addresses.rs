//! Which addresses are of the internet, and a resolver that hands on no others. What is connected to is what the resolver has handed on, so
//! that a name which means another address a moment later leads nowhere else.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
	fmt,
	future::Future,
	net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
	pin::Pin,
};

/// Networks of IPv4 that are not of the internet as a whole, by IANA's registry of special purposes: address and length.
const SPECIAL_V4: [([u8; 4], u32); 15] = [
	([0, 0, 0, 0], 8),       // this network
	([10, 0, 0, 0], 8),      // private
	([100, 64, 0, 0], 10),   // behind a provider's translation of addresses
	([127, 0, 0, 0], 8),     // this host
	([169, 254, 0, 0], 16),  // this link, with the metadata of clouds
	([172, 16, 0, 0], 12),   // private
	([192, 0, 0, 0], 24),    // protocols
	([192, 0, 2, 0], 24),    // documentation
	([192, 88, 99, 0], 24),  // 6to4
	([192, 168, 0, 0], 16),  // private
	([198, 18, 0, 0], 15),   // benchmarks
	([198, 51, 100, 0], 24), // documentation
	([203, 0, 113, 0], 24),  // documentation
	([224, 0, 0, 0], 4),     // to many
	([240, 0, 0, 0], 4),     // reserved, and to all
];
/// Networks of IPv6 within 2000::/3 that are not of the internet as a whole. What is outside of that is not either.
const SPECIAL_V6: [([u16; 3], u32); 4] = [
	([0x2001, 0, 0], 23),     // protocols, Teredo
	([0x2001, 0xdb8, 0], 32), // documentation
	([0x2002, 0, 0], 16),     // 6to4: an address of IPv4 within
	([0x3fff, 0, 0], 20),     // documentation
];

fn is_in(bits: u128, network: u128, length: u32, width: u32) -> bool {
	let Some(rest) = width.checked_sub(length) else { return false };
	bits.checked_shr(rest) == network.checked_shr(rest)
}

fn is_public_v4(address: Ipv4Addr) -> bool {
	let bits = u128::from(u32::from(address));
	!SPECIAL_V4
		.iter()
		.any(|(network, length)| is_in(bits, u128::from(u32::from_be_bytes(*network)), *length, 32))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
	let bits = u128::from(address);
	let [a, b, ..] = address.segments();
	// NAT64: the address of IPv4 behind it.
	if (a, b) == (0x64, 0xff9b) && matches!(address.segments(), [_, _, 0, 0, 0, 0, ..]) {
		let [.., w, x, y, z] = address.octets();
		return is_public_v4(Ipv4Addr::new(w, x, y, z));
	}
	let special = SPECIAL_V6.iter().any(|([a, b, c], length)| {
		is_in(bits, u128::from(Ipv6Addr::new(*a, *b, *c, 0, 0, 0, 0, 0)), *length, 128)
	});
	is_in(bits, u128::from(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0)), 3, 128) && !special
}

/// Whether an address is one of the internet, and not one of this host, of its network, or of no host at all.
pub fn is_public(address: IpAddr) -> bool {
	match address.to_canonical() {
		IpAddr::V4(address) => is_public_v4(address),
		IpAddr::V6(address) => is_public_v6(address),
	}
}

/// The host of a URL, if that is an address and no name.
pub fn literal(url: &reqwest::Url) -> Option<IpAddr> {
	let host = url.host_str()?;
	host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// A name has addresses of this network alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnlyLocal;

impl fmt::Display for OnlyLocal {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("its name leads to no address outside of this network")
	}
}

impl std::error::Error for OnlyLocal {}

type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up by `lookup`, and hands on those addresses that `is_allowed` lets.
pub struct Checked<L> {
	/// What looks a name up.
	pub lookup: L,
	/// Which addresses may be connected to.
	pub is_allowed: fn(IpAddr) -> bool,
}

impl<L: Fn(String) -> Found + Send + Sync + 'static> Resolve for Checked<L> {
	fn resolve(&self, name: Name) -> Resolving {
		let (found, is_allowed) = ((self.lookup)(name.as_str().to_owned()), self.is_allowed);
		Box::pin(async move {
			let addresses = found.await?.into_iter().filter(|address| is_allowed(*address));
			let allowed: Vec<SocketAddr> =
				addresses.map(|address| SocketAddr::new(address, 0)).collect();
			match allowed.is_empty() {
				true => Err(Box::from(OnlyLocal)),
				false => {
					let addresses: Addrs = Box::new(allowed.into_iter());
					Ok(addresses)
				},
			}
		})
	}
}

/// Looks a name up as this host does.
pub fn by_host(name: String) -> Found {
	Box::pin(async move {
		let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
		Ok(found.map(|address| address.ip()).collect())
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	};
	use tokio::{
		io::{AsyncReadExt, AsyncWriteExt},
		net::TcpListener,
	};

	#[test]
	fn only_addresses_of_the_internet_are_public() {
		let public = [
			"1.1.1.1",
			"9.255.255.255",
			"11.0.0.0",
			"100.63.255.255",
			"100.128.0.0",
			"172.15.0.1",
			"172.32.0.1",
			"192.0.1.1",
			"192.167.1.1",
			"198.17.0.1",
			"198.20.0.1",
			"223.255.255.255",
			"2606:4700::1111",
			"2001:200::1",
			"2003::1",
			"64:ff9b::101:101",
			"::ffff:1.1.1.1",
		];
		let local = [
			"0.0.0.0",
			"10.1.2.3",
			"100.64.0.1",
			"127.0.0.1",
			"127.255.255.255",
			"169.254.169.254",
			"172.16.0.1",
			"172.31.255.255",
			"192.0.0.8",
			"192.0.2.1",
			"192.88.99.1",
			"192.168.0.1",
			"198.18.0.1",
			"198.19.255.255",
			"198.51.100.1",
			"203.0.113.1",
			"224.0.0.1",
			"240.0.0.1",
			"255.255.255.255",
			"::",
			"::1",
			"::ffff:127.0.0.1",
			"::ffff:10.0.0.1",
			"::127.0.0.1",
			"64:ff9b::a00:1",
			"64:ff9b:1::1",
			"100::1",
			"2001::1",
			"2001:1ff::1",
			"2001:db8::1",
			"2002:a00:1::",
			"3fff::1",
			"5f00::1",
			"fc00::1",
			"fd12:3456::1",
			"fe80::1",
			"fec0::1",
			"ff02::1",
		];
		for (addresses, expected) in [(&public[..], true), (&local[..], false)] {
			for address in addresses {
				assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
			}
		}
	}

	#[test]
	fn an_address_is_one_however_it_is_written() {
		for url in [
			"http://127.0.0.1/",
			"http://127.1/",
			"http://2130706433/",
			"http://0x7f.0.0.1/",
			"http://0177.0.0.1/",
			"http://[::ffff:127.0.0.1]/",
			"http://[::1]:8/",
			"http://127.0.0.1./",
		] {
			let address = literal(&reqwest::Url::parse(url).unwrap());
			assert!(
				address.is_some_and(|it| it.to_canonical().is_loopback()),
				"{url}: {address:?}"
			);
		}
		assert_eq!(literal(&reqwest::Url::parse("http://localhost/").unwrap()), None);
	}

	/// Answers every connection, and counts them.
	async fn host(address: &str) -> (SocketAddr, Arc<AtomicUsize>) {
		let listener = TcpListener::bind(address).await.unwrap();
		let (at, count) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
		let counted = count.clone();
		tokio::spawn(async move {
			while let Ok((mut stream, _)) = listener.accept().await {
				counted.fetch_add(1, Ordering::SeqCst);
				let mut head = [0; 1024];
				let _ = stream.read(&mut head).await;
				let _ = stream
					.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
					.await;
			}
		});
		(at, count)
	}

	/// A name that means another address each time: what is connected to is what was checked, and it is looked up once for each connection.
	#[tokio::test]
	async fn a_name_that_changes_its_address_leads_nowhere_else() {
		let (allowed, reached) = host("127.0.0.1:0").await;
		let inner = TcpListener::bind(("127.0.0.2", allowed.port())).await.unwrap();
		let inner_reached = Arc::new(AtomicUsize::new(0));
		let counted = inner_reached.clone();
		tokio::spawn(async move {
			while inner.accept().await.is_ok() {
				counted.fetch_add(1, Ordering::SeqCst);
			}
		});
		let asked = Arc::new(AtomicUsize::new(0));
		let times = asked.clone();
		let lookup = move |_: String| -> Found {
			let answer: &[[u8; 4]] = match times.fetch_add(1, Ordering::SeqCst) {
				0 => &[[127, 0, 0, 1]],
				1 => &[[127, 0, 0, 2]],
				_ => &[[127, 0, 0, 2], [127, 0, 0, 1]],
			};
			let answer = answer.iter().map(|octets| IpAddr::from(*octets)).collect();
			Box::pin(async move { Ok(answer) })
		};
		fn is_allowed(address: IpAddr) -> bool {
			address == IpAddr::from([127, 0, 0, 1])
		}
		let client = reqwest::Client::builder()
			.no_proxy()
			.dns_resolver(Arc::new(Checked { lookup, is_allowed }))
			.build()
			.unwrap();
		let get = || client.get(format!("http://gateway.example:{}/", allowed.port())).send();
		assert!(get().await.unwrap().status().is_success());
		let error = get().await.unwrap_err();
		assert!(super::super::is_only_local(&error), "{error:?}");
		assert!(get().await.unwrap().status().is_success(), "the address that may be is taken");
		let count = |of: &AtomicUsize| of.load(Ordering::SeqCst);
		assert_eq!((count(&asked), count(&reached), count(&inner_reached)), (3, 2, 0));
	}
}
