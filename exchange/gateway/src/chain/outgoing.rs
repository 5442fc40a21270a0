//! What a gateway needs of the chain to hand something in: where its log stands, how revocations stand, and the node's pool.

use super::{
	extrinsic::{Signed, TRANSACTION_VERSION},
	rpc::bytes,
	Block, Node, Silent,
};
use salus_exchange_protocol::{Hash, RecordError as Error};
use salus_verify::bytes::{twox_128, twox_64, Reader};
use serde_json::{json, Value};

/// Where a custodian's log stands: `AccessLog.Custodians`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogStands {
	/// How many commits there are.
	pub commits: u32,
	/// How often the log was begun anew.
	pub epoch: u32,
	/// How many entries are committed to.
	pub entries: u64,
	/// The head of the chain of commits.
	pub head: Hash,
	/// When the last commit was made, in seconds since 1970.
	pub last_at: u64,
}

/// What became of a revocation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answered {
	/// It is to be acknowledged.
	Open,
	/// It was acknowledged.
	Acknowledged,
	/// It cannot be any more.
	TooLongAgo,
}

/// A revocation that an organisation has to acknowledge, or has acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Revocation {
	/// The organisation that the Permit named.
	pub organisation: u32,
	/// When it was revoked.
	pub revoked_at: u64,
	/// From when an acknowledgement is late.
	pub due: u64,
	/// What became of it.
	pub notice: Answered,
}

/// The key under which the chain keeps where the log of an organisation stands.
pub fn custodian_key(organisation: u32) -> Vec<u8> {
	let organisation = organisation.to_le_bytes();
	[
		twox_128(b"AccessLog").as_slice(),
		&twox_128(b"Custodians"),
		&twox_64(&organisation),
		&organisation,
	]
	.concat()
}

/// The answer of `AcknowledgementApi_revocation`: how a revocation stands; none if nothing is to be acknowledged.
pub fn revocation(answer: &[u8]) -> Result<Option<Revocation>, Error> {
	let mut reader = Reader::new(answer, "answer about a revocation");
	let found = reader.option(|reader| {
		let (organisation, revoked_at, due) = (reader.u32()?, reader.u64()?, reader.u64()?);
		let notice = match reader.u8()? {
			0 => Answered::Open,
			1 => {
				let _marked_at = reader.option(|reader| reader.u64())?;
				Answered::Open
			},
			2 => {
				let _at_and_on_time = (reader.u64()?, reader.u8()?);
				Answered::Acknowledged
			},
			3 => Answered::TooLongAgo,
			_ => return Err(reader.bad("it stands in no known way")),
		};
		Ok(Revocation { organisation, revoked_at, due, notice })
	})?;
	reader.finish()?;
	Ok(found)
}

/// What stands in `AccessLog.Custodians`.
pub fn log_stands(bytes: &[u8]) -> Result<LogStands, Error> {
	let mut reader = Reader::new(bytes, "place of an access log");
	let stands = LogStands {
		commits: reader.u32()?,
		epoch: reader.u32()?,
		entries: reader.u64()?,
		head: reader.hash()?,
		last_at: reader.u64()?,
	};
	let _unpaid = reader.u32()?;
	reader.finish()?;
	Ok(stands)
}

impl Node {
	/// Where the log of an organisation stands, by a proof; none if it was never committed to.
	pub async fn log_stands(
		&self,
		at: &Block,
		organisation: u32,
	) -> Result<Option<LogStands>, Silent> {
		let proven = self.proven(at, vec![custodian_key(organisation)]).await?;
		let value = proven.into_iter().find_map(|(_, value)| value);
		Ok(value.map(|bytes| log_stands(&bytes)).transpose()?)
	}

	/// How the revocation of a patient's directive stands; none if nothing is to be acknowledged.
	pub async fn revocation(
		&self,
		at: &Block,
		patient: &Hash,
		directive: u32,
	) -> Result<Option<Revocation>, Silent> {
		let argument = [patient.0.as_slice(), &directive.to_le_bytes()].concat();
		let answer = self.ask(at, "AcknowledgementApi_revocation", &argument).await?;
		Ok(revocation(&answer)?)
	}

	/// What the next transaction of an account is signed for: it can be included from the block `born` on, and is the next one of
	/// the account after the block `best`.
	pub async fn next_signed(
		&self,
		account: &[u8; 32],
		born: Block,
		best: &Block,
	) -> Result<Signed, Silent> {
		let version = self.rpc.call("state_getRuntimeVersion", json!([born.hash.to_string()]));
		let nonce = self.ask(best, "AccountNonceApi_account_nonce", account);
		let (version, nonce) = tokio::try_join!(version, nonce)?;
		let number = |value: Option<&Value>, what: &str| {
			let number = value.and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok());
			number.ok_or_else(|| Silent::Wrong(format!("{what} is no number")))
		};
		let transactions = number(version.get("transactionVersion"), "transactionVersion")?;
		if transactions != TRANSACTION_VERSION {
			return Err(Silent::Wrong(format!(
				"the chain's transactions are of version {transactions}, and this gateway writes version {TRANSACTION_VERSION}"
			)));
		}
		let spec_version = number(version.get("specVersion"), "specVersion")?;
		let mut reader = Reader::new(&nonce, "number of an account's transactions");
		let nonce = reader.u32()?;
		reader.finish()?;
		Ok(Signed { genesis: self.genesis, spec_version, born, nonce })
	}

	/// Hands a transaction to the node. That it was taken into the pool does not say that it will be included, nor that it will
	/// have had an effect.
	pub async fn submit(&self, transaction: &[u8]) -> Result<(), Silent> {
		let transaction = format!("0x{}", hex::encode(transaction));
		let hash = self.rpc.call("author_submitExtrinsic", json!([transaction])).await?;
		bytes(&hash, "the hash of a transaction").map(drop)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn how_a_revocation_stands_is_read() {
		let whole = |standing: &[u8]| {
			[
				&[1, 3, 0, 0, 0],
				[7, 0, 0, 0, 0, 0, 0, 0].as_slice(),
				&[9, 0, 0, 0, 0, 0, 0, 0],
				standing,
			]
			.concat()
		};
		assert_eq!(revocation(&[0]), Ok(None));
		for (standing, notice) in [
			(&[0][..], Answered::Open),
			(&[1, 0], Answered::Open),
			(&[1, 1, 8, 0, 0, 0, 0, 0, 0, 0], Answered::Open),
			(&[2, 8, 0, 0, 0, 0, 0, 0, 0, 1], Answered::Acknowledged),
			(&[3], Answered::TooLongAgo),
		] {
			let found = Revocation { organisation: 3, revoked_at: 7, due: 9, notice };
			assert_eq!(revocation(&whole(standing)), Ok(Some(found)));
		}
		assert!(revocation(&whole(&[4])).is_err() && revocation(&whole(&[0, 0])).is_err());
	}
}
