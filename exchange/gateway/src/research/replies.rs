//! Replies as they are kept: encrypted with the vault's key, until the jobs have expired. In a reply stand salts and a result.

use super::NotNow;
use crate::{
	gateway::{Failure, Gateway},
	store::JobRow,
	vault::Kind,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_counts::Hash;
use std::sync::Arc;

/// How many replies that were kept in the clear are encrypted in one go.
const SEALED_AT_ONCE: u32 = 64;

fn name(mailbox: &Hash, id: &Hash) -> Vec<u8> {
	[mailbox.0.as_slice(), &id.0, b"reply"].concat()
}

impl Gateway {
	/// A reply to a job as it is kept. It opens as that of this job in this mailbox alone.
	pub(super) fn sealed_reply(
		&self,
		(mailbox, id): (&Hash, &Hash),
		reply: &str,
	) -> Result<String, Failure> {
		let sealed = self.vault.seal(Kind::Count, &name(mailbox, id), reply.as_bytes());
		Ok(URL_SAFE_NO_PAD.encode(sealed.map_err(Failure::Io)?))
	}

	/// The reply to a job, if what is kept of it opens.
	pub(super) fn opened_reply(&self, row: &JobRow) -> Option<String> {
		let sealed = URL_SAFE_NO_PAD.decode(row.reply.as_ref()?).ok()?;
		let reply = self.vault.open(Kind::Count, &name(&row.mailbox, &row.id), &sealed).ok()?;
		String::from_utf8(reply).ok()
	}

	/// Keeps the reply to a job.
	pub(super) async fn keep_reply(
		self: &Arc<Self>,
		job: &JobRow,
		reply: &str,
	) -> Result<(), NotNow> {
		let (mailbox, id) = (job.mailbox, job.id);
		let sealed = self.sealed_reply((&mailbox, &id), reply)?;
		Ok(self.blocking(move |it| Ok(it.store.reply(&mailbox, &id, &sealed)?)).await?)
	}

	/// Encrypts the replies that an earlier version has kept in the clear.
	pub(super) async fn seal_replies(self: &Arc<Self>) -> Result<(), NotNow> {
		loop {
			let done = self.blocking(|it| {
				let rows = it.store.unsealed_replies(SEALED_AT_ONCE)?;
				for JobRow { mailbox, id, reply, .. } in &rows {
					let reply = reply.as_deref().unwrap_or_default();
					let sealed = it.sealed_reply((mailbox, id), reply)?;
					it.store.seal_reply(mailbox, id, &sealed)?;
				}
				Ok(rows.len())
			});
			match done.await? {
				0 => return Ok(()),
				replies => {
					tracing::info!(replies, "replies that were kept in the clear are encrypted")
				},
			}
		}
	}
}
