//! An answer to a researcher, as it is kept beside its receipt: the count, and the salts that open the commitments to it and to the query.

use super::{Reservation, Reserved};
use crate::{
	bytes::Hash,
	commitment::{commit, Form},
	fhir::put,
	files::{body, read, unmeant},
	json::{Name, Value},
	Error,
};
use alloc::{borrow::Cow, string::String};
use serde::Deserialize;

/// What errors call the file.
const WHAT: &str = "answer";
/// The largest file that is read.
const MAX: usize = 8 << 10;

/// An answer that was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
	/// The chain.
	genesis: Hash,
	count: Count,
	/// The salt of the commitment to the query.
	query_salt: Hash,
	/// With which commitment it must have been settled.
	commitment: Hash,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Raw {
	count: Count,
	query_salt: Hash,
	result_salt: Hash,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Count {
	#[serde(rename = "block")]
	_block: Hash,
	#[serde(rename = "blockNumber")]
	_block_number: u32,
	custodian: u32,
	dataset: u32,
	epoch: u32,
	epsilon: u64,
	genesis: Hash,
	#[serde(rename = "moment")]
	_moment: u64,
	permit: u32,
	query: Hash,
	reservation: u64,
	#[serde(rename = "result")]
	_result: Size,
	version: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Size {
	#[serde(rename = "count", default)]
	_count: Option<u64>,
	#[serde(rename = "fewerThan", default)]
	_fewer_than: Option<u32>,
}

impl Told {
	/// Reads an answer.
	///
	/// # Errors
	/// [`Error::MalformedFile`].
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		let file = read(WHAT, json, MAX)?;
		let Raw { count, query_salt, result_salt } = body(WHAT, &file)?;
		let Value::Object(members) = &file else {
			return Err(unmeant(WHAT, "it is no object"));
		};
		let whole = members.get(&Name(Cow::Borrowed("count")));
		let mut text = String::new();
		put(&mut text, whole.ok_or_else(|| unmeant(WHAT, "it has no count"))?);
		let commitment = commit(&result_salt, Form::Bytes, &Hash::of(text.as_bytes()));
		Ok(Self { genesis: count.genesis, count, query_salt, commitment })
	}

	/// The salt under which the query is to be that of the reservation. Nothing here says that it is: [`Reserved::is_for`] does.
	pub(super) fn query_salt(&self) -> &Hash {
		&self.query_salt
	}

	/// The first part of a reservation that is not that of this count.
	fn other(&self, genesis: Hash, it: &Reservation) -> Option<&'static str> {
		let count = &self.count;
		let parts = [
			("chain", self.genesis == genesis),
			("custodian", count.custodian == it.custodian),
			("number of the query", count.reservation == it.query),
			("permit", count.permit == it.permit),
			("dataset", count.dataset == it.dataset),
			("version", count.version == it.version),
			("withdrawal epoch", count.epoch == it.epoch),
			("epsilon", count.epsilon == it.epsilon),
			("commitment to the query", count.query == it.commitment),
		];
		parts.into_iter().find_map(|(part, is_same)| (!is_same).then_some(part))
	}
}

impl Reserved {
	/// Checks that `told`, of the chain `genesis`, is the answer with which the query was settled, to the last digit.
	///
	/// # Errors
	/// [`Error::OtherReservation`], [`Error::NotSettled`], [`Error::OtherAnswer`].
	pub fn settled_with(&self, told: &Told, genesis: Hash) -> Result<(), Error> {
		let it = &self.reservation;
		if let Some(part) = told.other(genesis, it) {
			return Err(Error::OtherReservation { part });
		}
		let (custodian, query) = (it.custodian, it.query);
		let settled = it.settled.ok_or(Error::NotSettled { custodian, query })?;
		match settled.commitment == told.commitment {
			true => Ok(()),
			false => Err(Error::OtherAnswer { custodian, query }),
		}
	}
}
