//! Transactions as a node takes them, and as the chain carries out the calls of a gateway, and the one that tells of an emergency late.

use super::node::{Late, World};
use codec::{Compact, Decode, Encode};
use ed25519_zebra::{Signature, VerificationKey};
use salus_exchange_protocol::Hash;
use salus_verify::bytes::Reader;

struct Transaction {
	who: [u8; 32],
	signature: [u8; 64],
	era: [u8; 2],
	nonce: u32,
	tip: u128,
	call: Vec<u8>,
}

fn read(bytes: &[u8]) -> Transaction {
	let whole = Vec::<u8>::decode(&mut &*bytes).unwrap();
	let mut rest = whole.as_slice();
	assert_eq!(<[u8; 2]>::decode(&mut rest).unwrap(), [0x84, 0]);
	let who = Decode::decode(&mut rest).unwrap();
	assert_eq!(u8::decode(&mut rest).unwrap(), 0, "of the kind Ed25519");
	let signature = Decode::decode(&mut rest).unwrap();
	let era = Decode::decode(&mut rest).unwrap();
	let nonce = Compact::<u32>::decode(&mut rest).unwrap().0;
	let tip = Compact::<u128>::decode(&mut rest).unwrap().0;
	assert_eq!(u8::decode(&mut rest).unwrap(), 0, "no hash of the metadata");
	Transaction { who, signature, era, nonce, tip, call: rest.to_vec() }
}

/// Checks signature, era and nonce, as a node does before it takes a transaction.
pub fn check(
	bytes: &[u8],
	genesis: Hash,
	height: u32,
	numbered: impl Fn(u32) -> Option<Hash>,
	nonce: impl Fn(&[u8; 32]) -> u32,
) -> Result<(), String> {
	let Transaction { who, signature, era, nonce: theirs, tip, call } = read(bytes);
	let era_bits = u16::from_le_bytes(era);
	assert_eq!(era_bits & 15, 5, "64 blocks");
	let phase = u32::from(era_bits >> 4);
	let born = height.checked_sub(phase).map_or(phase, |past| past / 64 * 64 + phase);
	let born = numbered(born).ok_or("of no block")?;
	let extra = (era, Compact(theirs), Compact(tip), 0_u8).encode();
	let implied = (2_000_u32, 1_u32, genesis.0, born.0, 0_u8).encode();
	let payload = [call.as_slice(), &extra, &implied].concat();
	let payload = if payload.len() > 256 { Hash::of(&payload).0.to_vec() } else { payload };
	let key = VerificationKey::try_from(who).unwrap();
	key.verify(&Signature::from(signature), &payload).map_err(|_| "Invalid signature")?;
	match theirs == nonce(&who) {
		true => Ok(()),
		false => Err("Invalid nonce".into()),
	}
}

/// Carries out a call, if the chain would.
pub fn apply(world: &mut World, bytes: &[u8], time: u64) {
	let Transaction { who, call, .. } = read(bytes);
	*world.nonces.entry(who).or_default() += 1;
	let mut reader = Reader::new(&call, "call");
	let index = (reader.u8().unwrap(), reader.u8().unwrap());
	let organisation = reader.u32().unwrap();
	let is_done = match index {
		(43, 1) => {
			let (root, leaves) = (reader.hash().unwrap(), reader.u64().unwrap());
			assert_eq!((reader.u8().unwrap(), reader.u8().unwrap()), (0, 0));
			let is_new =
				!world.anchors.iter().any(|(of, it, _)| (*of, *it) == (organisation, root));
			if is_new {
				world.anchors.push((organisation, root, leaves));
			}
			is_new
		},
		(47, 0) => {
			let (from, until) = (reader.u64().unwrap(), reader.u64().unwrap());
			let (root, previous) = (reader.hash().unwrap(), reader.hash().unwrap());
			let stands = world.logs.get(&organisation).copied();
			let (commits, entries, head, last) = stands.unwrap_or((0, 0, [0; 32], 0));
			let fits = previous.0 == head
				&& from == entries
				&& until >= from
				&& (root == Hash([0; 32])) == (from == until)
				&& time >= last + 600;
			if fits {
				let head = Hash::of(&[head, root.0].concat()).0;
				world.logs.insert(organisation, (commits + 1, until, head, time));
			}
			fits
		},
		(46, 1) => {
			let (patient, reason) = (reader.hash().unwrap(), reader.u8().unwrap());
			let (classes, happened) = (reader.u32().unwrap(), reader.u64().unwrap());
			let detail = reader.hash().unwrap();
			let fits = world.members.contains(&(organisation, who))
				&& happened <= time
				&& time - happened <= 86_400;
			if fits {
				let recorded = time;
				let late = Late {
					organisation,
					patient,
					who,
					reason,
					classes,
					happened,
					detail,
					recorded,
				};
				world.late.push(late);
			}
			fits
		},
		(48, 0) => {
			let (patient, directive) = (reader.hash().unwrap(), reader.u32().unwrap());
			let grants = world.grants.iter().filter(|grant| grant.patient == patient);
			let revoked = (1..).zip(grants).any(|(number, grant)| {
				number == directive && grant.organisation == organisation && grant.ended.is_some()
			});
			revoked && world.acknowledged.insert((patient, directive))
		},
		(60, 23) => {
			let (permit, version) = (reader.u32().unwrap(), reader.u32().unwrap());
			let (commitment, epsilon) = (reader.hash().unwrap(), reader.u64().unwrap());
			world.research.reserve(organisation, (permit, version), commitment, epsilon, time)
		},
		(60, 5) => {
			let arguments = Decode::decode(&mut &call[6..]).unwrap();
			reader = Reader::new(&[], "call");
			world.research.publish(organisation, arguments, time)
		},
		(60, 24) => {
			let (query, result) = (reader.u64().unwrap(), reader.hash().unwrap());
			world.research.settle(organisation, query, result, time)
		},
		_ => panic!("a call of another kind"),
	};
	reader.finish().unwrap();
	if is_done {
		world.done.push(call);
	}
}
