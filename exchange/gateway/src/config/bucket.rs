//! The section `[bucket]`: where the vault's files are, if not in a folder.

use super::{path, text, url, Reader, Section, PATH, URL};
use crate::blobs::BucketSettings;
use toml::Value;

impl Reader {
	/// The bucket, if there is that section. With faults none: they are told instead.
	pub(super) fn bucket(&mut self, top: &mut Section) -> Option<BucketSettings> {
		if !top.members.contains_key("bucket") {
			return None;
		}
		let mut section = self.section(top, "bucket");
		let bucket = self.need(&mut section, "name", "the name of the bucket", text);
		let prefix = self.may(
			&mut section,
			"prefix",
			"what the names of all objects begin with: letters, digits, - and _, and single slashes within",
			|value| {
				let part = |part: &str| {
					!part.is_empty()
						&& part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
				};
				text(value).filter(|prefix| prefix.split('/').all(part))
			},
		);
		let region = self.may(&mut section, "region", "the name of a region", text);
		let endpoint = self.may(&mut section, "endpoint", URL, url);
		let plain =
			self.may(&mut section, "plain_http", "true or false", Value::as_bool).unwrap_or(false);
		let without_tls = endpoint.as_deref().is_some_and(|url| url.starts_with("http://"));
		if without_tls && !plain {
			self.fault("bucket.endpoint", "the key's use could be seen, and answers changed, on the way; use https, or say bucket.plain_http = true if the store is on this host or something else protects this network");
		}
		let access_key_id =
			self.need(&mut section, "access_key_id", "the id of an access key", text);
		let secret_access_key = self.need(&mut section, "secret_access_key", PATH, path);
		self.end(section);
		Some(BucketSettings {
			bucket: bucket?,
			prefix: prefix.unwrap_or_default(),
			region: region.unwrap_or_else(|| "us-east-1".into()),
			endpoint,
			access_key_id: access_key_id?,
			secret_access_key: secret_access_key?,
		})
	}
}
