//! Replies to jobs as they stand in the database.

use crate::common::{
	counting::{ask, count, go_on, job, query, site, Running},
	database,
	research::CONSENT,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_counts::{
	reply::{with_signature, Says, SignedReply},
	Hash,
};
use salus_gateway::{chain::now, store::JobRow};
use std::path::Path;

/// Bytes as they stand in base64url behind so many others, as far as that does not depend on what is around them.
fn coded(bytes: &[u8], behind: usize) -> Vec<u8> {
	let text = URL_SAFE_NO_PAD.encode([vec![0; behind].as_slice(), bytes].concat());
	let (first, last) = ((behind * 8).div_ceil(6), (behind + bytes.len()) * 8 / 6);
	text.as_bytes()[first..last].to_vec()
}

/// How bytes may stand somewhere: as they are, in hexadecimal digits, and each of the two in base64url, wherever it begins.
pub fn forms(bytes: &[u8]) -> Vec<Vec<u8>> {
	let plain = [bytes.to_vec(), hex::encode(bytes).into_bytes()];
	let coded = plain.iter().flat_map(|each| (0..3).map(move |behind| coded(each, behind)));
	coded.chain(plain.iter().cloned()).collect()
}

/// Whether bytes stand in the database of a folder, in any of these forms.
pub fn holds(folder: &Path, bytes: &[u8]) -> bool {
	forms(bytes).iter().any(|form| database::holds(folder, form))
}

/// A reply as it goes over the network, but for who has signed it.
pub fn text_of(reply: &SignedReply) -> String {
	with_signature(&reply.reply.to_sign("counts-1"), &[7; 96])
}

#[test]
fn what_is_in_a_text_is_found_in_each_form() {
	let secret = [0x5a, 0xf0, 0x0f, 0x99, 0x11, 0xee, 0x77, 0x3c, 0xd2];
	let digits = hex::encode(secret);
	for behind in ["", "a", "ab", "abc", "{\"salt\":\"0x"] {
		let plain = [behind.as_bytes(), &secret, b"end"].concat();
		let told = format!("{behind}{digits}\"}}");
		for text in [
			plain.clone(),
			told.clone().into_bytes(),
			URL_SAFE_NO_PAD.encode(&plain).into_bytes(),
			URL_SAFE_NO_PAD.encode(&told).into_bytes(),
		] {
			let is_in = |form: &Vec<u8>| text.windows(form.len()).any(|part| part == form);
			assert!(forms(&secret).iter().any(is_in), "{behind} {text:?}");
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_was_kept_in_the_clear_is_encrypted_at_the_next_start_and_told() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let reply = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
	let Says::Answer(answer) = &reply.reply.says else { panic!("{reply:?}") };
	let secrets = [answer.query_salt.0, answer.result_salt.0];
	let folder = running.stopped();
	let sealed = database::texts(folder.path(), "SELECT reply FROM research_job").remove(0);
	assert!(!secrets.iter().any(|secret| holds(folder.path(), secret)));
	let running = Running::open(folder);
	let of = Hash::of(mailbox.url.as_bytes());
	let row = |byte, reply: &str| JobRow {
		mailbox: of,
		id: Hash([byte; 32]),
		dataset: 7,
		permit: Some(12),
		expires: now() + 86_400,
		reply: Some(reply.into()),
		attempts: 0,
	};
	// As a version of before kept it, and one that is encrypted for another job.
	let rows = [row(1, &text_of(&reply)), row(2, &sealed)];
	rows.iter().for_each(|row| running.gateway.store.put_replied(row).unwrap());
	let folder = running.stopped();
	assert!(secrets.iter().all(|secret| holds(folder.path(), secret)), "it is there");
	let running = Running::open(folder);
	let puts = mailbox.puts();
	go_on(&running).await;
	assert_eq!(count(&mailbox.reply(&Hash([1; 32])).unwrap()), count(&reply));
	// What does not open is told nobody, now or later, and keeps no other from being told.
	assert_eq!((mailbox.puts(), mailbox.reply(&Hash([2; 32]))), (puts + 1, None));
	assert_eq!(running.gateway.store.unsent(&of, now() + 80_000, 9).unwrap(), []);
	let folder = running.stopped();
	assert!(!secrets.iter().any(|secret| holds(folder.path(), secret)));
}
