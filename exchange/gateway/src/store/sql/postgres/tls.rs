//! How the server is reached: where it is, and by what it proves that it is the one.

use super::{secured::Tls, PostgresFault};
use rustls::{
	pki_types::{pem::PemObject, CertificateDer},
	ClientConfig, RootCertStore,
};
use std::{
	net::IpAddr,
	path::{Path, PathBuf},
	sync::Arc,
};
use tokio_postgres::config::{Config, Host, SslMode};

/// Which database, and how it is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostgresSettings {
	/// The file with the URL, which has a password.
	pub url: PathBuf,
	/// The file with certificates, in PEM, that make the server's good; those of the system if there is none.
	pub ca: Option<PathBuf>,
	/// Whether a server on another host is reached without TLS.
	pub plain_tcp: bool,
}

/// Reads a URL. What is wrong with it is told without what stands in it: it has a password.
pub fn read_url(url: &str, plain_tcp: bool) -> Result<Config, String> {
	let url = url.trim();
	if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
		return Err("must hold a URL such as postgres://user:password@host/database".into());
	}
	let mut config: Config = url.parse().map_err(|_| {
		"holds a URL that is none of PostgreSQL: what is special in a user or password is written with %, such as %40 for @; of sslmode there are disable, prefer and require, and certificates are always checked; a CA of one's own is named in database.ca".to_owned()
	})?;
	if config.get_dbname().is_none() || config.get_user().is_none() {
		return Err("must name a user and a database".into());
	}
	if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
		return Err("must name a host, or the folder of a socket".into());
	}
	let is_here = |host: &Host| match host {
		Host::Tcp(name) => {
			name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
		},
		Host::Unix(_) => true,
	};
	let here = config.get_hosts().iter().all(is_here)
		&& config.get_hostaddrs().iter().all(IpAddr::is_loopback);
	match (here, config.get_ssl_mode()) {
		// What does not leave the host needs none, unless it is asked for: the certificate that Debian makes would be refused.
		(true, SslMode::Prefer) => {
			config.ssl_mode(SslMode::Disable);
		},
		(true, _) => {},
		(false, _) if plain_tcp => {},
		(false, SslMode::Disable) => {
			return Err("would send the password and all data without TLS; leave sslmode away, or say database.plain_tcp = true if something else protects this network".into())
		},
		(false, _) => {
			config.ssl_mode(SslMode::Require);
		},
	}
	Ok(config)
}

/// The certificates that make a server's good.
pub fn read_ca(file: &Path) -> Result<RootCertStore, String> {
	let mut roots = RootCertStore::empty();
	let certificates = CertificateDer::pem_file_iter(file)
		.and_then(|found| found.collect::<Result<Vec<_>, _>>())
		.map_err(|error| format!("cannot be read: {error}"))?;
	for each in certificates {
		roots.add(each).map_err(|error| format!("has a certificate that is none: {error}"))?;
	}
	match roots.is_empty() {
		true => Err("has no certificate in PEM".into()),
		false => Ok(roots),
	}
}

/// What a connection is secured with, where it is.
pub(super) fn tls(ca: Option<&Path>) -> Result<Tls, PostgresFault> {
	let unfit = |why: String| PostgresFault::Unreachable(why);
	let roots = match ca {
		Some(file) => {
			read_ca(file).map_err(|why| unfit(format!("database.ca {} {why}", file.display())))?
		},
		None => {
			let mut roots = RootCertStore::empty();
			roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
			roots
		},
	};
	let provider = Arc::new(rustls::crypto::ring::default_provider());
	let config = ClientConfig::builder_with_provider(provider)
		.with_safe_default_protocol_versions()
		.map_err(|error| unfit(error.to_string()))?
		.with_root_certificates(roots)
		.with_no_client_auth();
	Ok(Tls::new(config))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn another_host_is_reached_with_tls_or_on_purpose_without() {
		let mode = |url: &str, plain| read_url(url, plain).map(|config| config.get_ssl_mode());
		assert_eq!(mode("postgres://u:p@db.example/x", false), Ok(SslMode::Require));
		assert_eq!(mode("postgres://u:p@db.example/x?sslmode=require", true), Ok(SslMode::Require));
		assert_eq!(mode("postgres://u:p@127.0.0.1/x?sslmode=disable", false), Ok(SslMode::Disable));
		assert_eq!(
			mode("postgresql:///x?host=/run/postgresql&user=u", false),
			Ok(SslMode::Disable)
		);
		assert_eq!(mode("postgres://u:p@db.example/x?sslmode=disable", true), Ok(SslMode::Disable));
		// One of several hosts is enough.
		assert_eq!(mode("postgres://u:p@127.0.0.1,db.example/x", false), Ok(SslMode::Require));
		assert!(mode("postgres://u:p@db.example/x?sslmode=disable", false).is_err());
	}

	#[test]
	fn what_is_wrong_with_a_url_is_told_without_it() {
		for url in [
			"",
			"mysql://u:secret@h/x",
			"host=h user=u password=secret",
			"postgres://u:secret@h:port/x",
			"postgres://u:secret@h/x?sslrootcert=/ca",
			"postgres://u:secret@h",
			"postgres://h/secret",
			"postgres://u:secret@/x",
		] {
			let why = read_url(url, false).unwrap_err();
			assert!(!why.contains("secret"), "{url}: {why}");
		}
	}
}
