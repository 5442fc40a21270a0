//! GRANDPA justifications: that a set of authorities made a block final.

use crate::{
	bytes::{Hash, Reader},
	header::{Authority, Header, MAX_AUTHORITIES},
	Error,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec,
	vec::Vec,
};
use ed25519_zebra::{Signature, VerificationKey};

/// The most headers between votes that are read. Honest votes rarely need one.
const MAX_ANCESTRY: usize = 1_024;
/// Each authority may have voted twice at most, so no more votes than that are read.
const MAX_VOTES: usize = MAX_AUTHORITIES * 2;

/// The signed votes by which a block became final.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Justification {
	/// The round of voting.
	pub round: u64,
	/// The block's hash.
	pub target: Hash,
	/// The block's number.
	pub number: u32,
	/// The votes.
	pub votes: Vec<Vote>,
	/// The headers that lead from later votes to the lowest.
	pub ancestry: Vec<Header>,
}

/// One authority's vote, a "precommit".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vote {
	/// The hash of the block voted for.
	pub block: Hash,
	/// Its number.
	pub number: u32,
	/// The signature.
	pub signature: [u8; 64],
	/// The key.
	pub voter: Hash,
}

/// By how many of its authorities a set made a block final.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Majority {
	/// How many voted for it.
	pub voters: usize,
	/// How many authorities there are.
	pub of: usize,
}

impl Justification {
	/// Reads a justification that takes up all of `bytes`.
	pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
		Self::decode_as(bytes, "justification")
	}

	/// The same of a justification that errors call `what`.
	pub fn decode_as(bytes: &[u8], what: &'static str) -> Result<Self, Error> {
		let mut reader = Reader::new(bytes, what);
		let (round, target, number) = (reader.u64()?, reader.hash()?, reader.u32()?);
		let votes = (0..reader.count(MAX_VOTES)?)
			.map(|_| {
				let (block, number) = (reader.hash()?, reader.u32()?);
				Ok(Vote { block, number, signature: reader.array()?, voter: reader.hash()? })
			})
			.collect::<Result<_, Error>>()?;
		let count = reader.count(MAX_ANCESTRY)?;
		let ancestry = (0..count).map(|_| Header::read(&mut reader)).collect::<Result<_, _>>()?;
		reader.finish()?;
		Ok(Self { round, target, number, votes, ancestry })
	}

	/// Checks that more than two thirds of `authorities`, in their capacity as set `set`, voted
	/// for the block `hash` with `number` or for descendants of it, and did not get further.
	///
	/// The rules are those of `finality_grandpa::validate_commit` and of the node that calls it,
	/// and stricter where no honest node writes anything else: a vote may not be listed twice, and
	/// nobody else's may be.
	pub fn verify(
		&self,
		hash: Hash,
		number: u32,
		set: u64,
		authorities: &[Authority],
	) -> Result<Majority, Error> {
		if (self.target, self.number) != (hash, number) {
			return Err(Error::OtherTarget { number, target: self.number });
		}
		let weights: BTreeMap<Hash, u64> = authorities.iter().copied().collect();
		let total = weights.values().try_fold(0_u64, |sum, weight| sum.checked_add(*weight));
		let sound = weights.len() == authorities.len() && weights.values().all(|w| *w > 0);
		let total = total.filter(|total| sound && *total > 0).ok_or(Error::UnsoundSet { set })?;

		let mut votes: BTreeMap<Hash, Vec<&Vote>> = BTreeMap::new();
		for vote in &self.votes {
			if !weights.contains_key(&vote.voter) {
				return Err(Error::Stranger { set, voter: vote.voter, formerly: None });
			}
			let of_voter = votes.entry(vote.voter).or_default();
			let same = |other: &&Vote| (other.block, other.number) == (vote.block, vote.number);
			// Two votes for different blocks are an offence, but they are on record, and count once.
			if of_voter.iter().any(same) || of_voter.len() > 1 {
				return Err(Error::DuplicateVote { voter: vote.voter });
			}
			of_voter.push(vote);
			if !self.is_signed(vote, set) {
				return Err(Error::BadSignature { set, voter: vote.voter });
			}
		}

		let routes = self.routes()?;
		let mut support: BTreeMap<Hash, u64> = BTreeMap::new();
		let mut voters = 0_usize;
		let mut everywhere = 0_u64;
		for (voter, of_voter) in &votes {
			let weight = weights.get(voter).copied().unwrap_or_default();
			let blocks: BTreeSet<Hash> = of_voter
				.iter()
				.filter_map(|vote| routes.get(&vote.block))
				.flatten()
				.copied()
				.collect();
			if of_voter.len() > 1 {
				// Whoever votes for two blocks counts for every one.
				everywhere = everywhere.saturating_add(weight);
			} else {
				for block in &blocks {
					let sum = support.entry(*block).or_default();
					*sum = sum.saturating_add(weight);
				}
			}
			if of_voter.len() > 1 || blocks.contains(&hash) {
				voters = voters.saturating_add(1);
			}
		}
		let enough = |weight: u64| {
			let weight = weight.saturating_add(everywhere);
			u128::from(weight).saturating_mul(3) > u128::from(total).saturating_mul(2)
		};
		if !enough(support.get(&hash).copied().unwrap_or_default()) {
			return Err(Error::Minority { set, number, voters, of: authorities.len() });
		}
		let further = |block: &Hash, weight: u64| {
			let beyond = *block != hash && routes.get(block).is_some_and(|r| r.contains(&hash));
			beyond && enough(weight)
		};
		if support.iter().any(|(block, weight)| further(block, *weight)) {
			return Err(Error::NotExact { number });
		}
		Ok(Majority { voters, of: authorities.len() })
	}

	fn is_signed(&self, vote: &Vote, set: u64) -> bool {
		let mut message = vec![1];
		message.extend(vote.block.0);
		message.extend(vote.number.to_le_bytes());
		message.extend(self.round.to_le_bytes());
		message.extend(set.to_le_bytes());
		let signature = Signature::from(vote.signature);
		VerificationKey::try_from(vote.voter.0)
			.is_ok_and(|key| key.verify(&signature, &message).is_ok())
	}

	/// For each block that was voted for and each block between, the blocks from it down to the
	/// lowest that was voted for. All headers must be needed for that, and their numbers right.
	fn routes(&self) -> Result<BTreeMap<Hash, Vec<Hash>>, Error> {
		let Some(base) = self.votes.iter().min_by_key(|vote| vote.number) else {
			return Ok(BTreeMap::new());
		};
		let headers: BTreeMap<Hash, &Header> = self.ancestry.iter().map(|h| (h.hash, h)).collect();
		if headers.len() != self.ancestry.len() {
			return Err(Error::UnusedAncestry);
		}
		let mut routes = BTreeMap::from([(base.block, vec![base.block])]);
		for vote in &self.votes {
			let (mut block, mut number) = (vote.block, vote.number);
			let mut above = Vec::new();
			// Headers name their parents by hash, so this cannot go round in circles.
			while !routes.contains_key(&block) {
				let header = headers.get(&block).ok_or(Error::BrokenAncestry)?;
				if header.number != number {
					return Err(Error::BrokenAncestry);
				}
				above.push(block);
				block = header.parent;
				number = number.checked_sub(1).ok_or(Error::BrokenAncestry)?;
			}
			let known = if block == base.block {
				base.number
			} else {
				headers.get(&block).map_or(0, |h| h.number)
			};
			if known != number {
				return Err(Error::BrokenAncestry);
			}
			for block in above.into_iter().rev() {
				let parent = headers.get(&block).map(|header| header.parent).unwrap_or_default();
				let mut route = vec![block];
				route.extend(routes.get(&parent).into_iter().flatten());
				routes.insert(block, route);
			}
		}
		if routes.len() != headers.len().saturating_add(1) {
			return Err(Error::UnusedAncestry);
		}
		Ok(routes)
	}
}
