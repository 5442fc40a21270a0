//! Justifications: what is accepted and what is not, also compared with `finality-grandpa`.

use crate::support::{header, named, weighed, Authority, Ballot, Draft};
use finality_grandpa::{voter_set::VoterSet, Chain, Commit, Precommit, SignedPrecommit};
use proptest::prelude::*;
use salus_verify::{header::Header, justification::Justification, Error, Hash};
use std::collections::HashMap;

const SET: u64 = 7;

/// Blocks 100, 101, 102 and 103 in a line, and 101', 102' beside the latter.
struct Blocks {
	headers: Vec<Vec<u8>>,
	numbers: Vec<u32>,
}

impl Blocks {
	fn new() -> Self {
		let mut headers: Vec<Vec<u8>> = Vec::new();
		let mut numbers = Vec::new();
		for (parent, number, mark) in [
			(None, 100, 0),
			(Some(0), 101, 0),
			(Some(1), 102, 0),
			(Some(2), 103, 0),
			(Some(0), 101, 1),
			(Some(4), 102, 1),
		] {
			let parent = parent.map_or(Hash([8; 32]), |i: usize| Hash::of(&headers[i]));
			headers.push(header(parent, number, Hash([mark; 32]), &[]));
			numbers.push(number);
		}
		Self { headers, numbers }
	}

	fn hash(&self, i: usize) -> Hash {
		Hash::of(&self.headers[i])
	}

	fn ballot(&self, voter: &Authority, i: usize) -> Ballot {
		Ballot { voter: voter.clone(), block: self.hash(i), number: self.numbers[i], set: SET }
	}

	/// A draft for block `target`, with `votes` for blocks and the `ancestry` of blocks.
	fn draft(&self, target: usize, votes: &[(&Authority, usize)], ancestry: &[usize]) -> Draft {
		Draft {
			round: 9,
			target: self.hash(target),
			number: self.numbers[target],
			ballots: votes.iter().map(|(voter, i)| self.ballot(voter, *i)).collect(),
			ancestry: ancestry.iter().map(|i| self.headers[*i].clone()).collect(),
		}
	}
}

fn verify(draft: &Draft, authorities: &[Authority]) -> Result<usize, Error> {
	let justification = Justification::decode(&draft.encode())?;
	let majority = justification.verify(draft.target, draft.number, SET, &weighed(authorities))?;
	Ok(majority.voters)
}

#[test]
fn more_than_two_thirds_it_must_be() {
	let blocks = Blocks::new();
	for (of, enough) in [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 5), (10, 7)] {
		let names: Vec<String> = (0..of).map(|i| format!("voter {i}")).collect();
		let all = named(&names.iter().map(String::as_str).collect::<Vec<_>>());
		for voters in 0..=of {
			let votes: Vec<_> = all[..voters].iter().map(|voter| (voter, 0)).collect();
			let found = verify(&blocks.draft(0, &votes, &[]), &all);
			let expected = match voters >= enough {
				true => Ok(voters),
				false => Err(Error::Minority { set: SET, number: 100, voters, of }),
			};
			assert_eq!(found, expected, "{voters} of {of}");
		}
	}
}

#[test]
fn weights_count_and_not_heads() {
	let blocks = Blocks::new();
	let all = named(&["a", "b", "c"]);
	let votes = [(&all[0], 0)];
	let draft = blocks.draft(0, &votes, &[]);
	let justification = Justification::decode(&draft.encode()).unwrap();
	let with = |weights: [u64; 3]| {
		let set: Vec<_> = all.iter().map(Authority::key).zip(weights).collect();
		justification.verify(draft.target, draft.number, SET, &set).is_ok()
	};
	assert!(with([5, 1, 1]));
	assert!(!with([4, 1, 1]));
	assert!(with([u64::MAX - 2, 1, 1]));
	// Sets that cannot be: more weight than there is, none, and a key twice.
	assert!(!with([u64::MAX, 1, 1]));
	assert!(!with([5, 0, 1]));
	let twice = [(all[0].key(), 1), (all[0].key(), 1)];
	let found = justification.verify(draft.target, draft.number, SET, &twice);
	assert_eq!(found, Err(Error::UnsoundSet { set: SET }));
	let found = justification.verify(draft.target, draft.number, SET, &[]);
	assert_eq!(found, Err(Error::UnsoundSet { set: SET }));
}

#[test]
fn votes_for_descendants_count_if_they_are_shown_to_be() {
	let blocks = Blocks::new();
	let all = named(&["a", "b", "c", "d"]);
	let [a, b, c, d] = [&all[0], &all[1], &all[2], &all[3]];
	let votes = [(a, 0), (b, 1), (c, 2)];
	assert_eq!(verify(&blocks.draft(0, &votes, &[1, 2]), &all), Ok(3));
	assert_eq!(verify(&blocks.draft(0, &votes, &[2, 1]), &all), Ok(3));
	assert_eq!(verify(&blocks.draft(0, &votes, &[1]), &all), Err(Error::BrokenAncestry));
	assert_eq!(verify(&blocks.draft(0, &votes, &[1, 2, 3]), &all), Err(Error::UnusedAncestry));
	assert_eq!(verify(&blocks.draft(0, &votes, &[1, 2, 2]), &all), Err(Error::UnusedAncestry));
	assert_eq!(verify(&blocks.draft(0, &votes, &[0, 1, 2]), &all), Err(Error::UnusedAncestry));
	// On two branches: they agree on the block before both.
	let votes = [(a, 2), (b, 1), (c, 5), (d, 0)];
	assert_eq!(verify(&blocks.draft(0, &votes, &[1, 2, 4, 5]), &all), Ok(4));
	// All went further: then a later block is final, and the justification is for that one.
	let votes = [(a, 2), (b, 2), (c, 2), (d, 0)];
	let found = verify(&blocks.draft(0, &votes, &[1, 2]), &all);
	assert_eq!(found, Err(Error::NotExact { number: 100 }));
	assert_eq!(verify(&blocks.draft(2, &votes, &[1, 2]), &all), Ok(3));
	// The header of the lowest block is not there to lead to the block meant.
	let found = verify(&blocks.draft(3, &[(a, 2), (b, 2), (c, 2)], &[]), &all);
	assert_eq!(found, Err(Error::Minority { set: SET, number: 103, voters: 0, of: 4 }));
}

#[test]
fn a_vote_with_a_wrong_number_is_no_descendants() {
	let blocks = Blocks::new();
	let all = named(&["a", "b", "c", "d"]);
	let votes = [(&all[0], 0), (&all[1], 1), (&all[2], 1)];
	let mut draft = blocks.draft(0, &votes, &[1]);
	draft.ballots[1].number = 105;
	assert_eq!(verify(&draft, &all), Err(Error::BrokenAncestry));
	let mut draft = blocks.draft(0, &[(&all[0], 0), (&all[1], 0), (&all[2], 0)], &[]);
	draft.ballots[1].number = 101;
	assert_eq!(verify(&draft, &all), Err(Error::BrokenAncestry));
}

/// Whoever votes twice commits an offence, and the votes stay on record: they count once.
#[test]
fn two_votes_of_one_authority_count_once() {
	let blocks = Blocks::new();
	let all = named(&["a", "b", "c", "d"]);
	let [a, b, c] = [&all[0], &all[1], &all[2]];
	let minority = [(a, 0), (b, 1), (b, 4)];
	let found = verify(&blocks.draft(0, &minority, &[1, 4]), &all);
	assert_eq!(found, Err(Error::Minority { set: SET, number: 100, voters: 2, of: 4 }));
	let majority = [(a, 0), (b, 1), (b, 4), (c, 0)];
	assert_eq!(verify(&blocks.draft(0, &majority, &[1, 4]), &all), Ok(3));
	let thrice = [(a, 0), (b, 1), (b, 4), (b, 2)];
	let found = verify(&blocks.draft(0, &thrice, &[1, 4, 2]), &all);
	assert_eq!(found, Err(Error::DuplicateVote { voter: b.key() }));
	let same = [(a, 0), (b, 0), (b, 0)];
	let found = verify(&blocks.draft(0, &same, &[]), &all);
	assert_eq!(found, Err(Error::DuplicateVote { voter: b.key() }));
}

#[test]
fn a_vote_is_signed_for_one_block_round_and_set() {
	let blocks = Blocks::new();
	let all = named(&["a"]);
	let draft = blocks.draft(0, &[(&all[0], 0)], &[]);
	let genuine = Justification::decode(&draft.encode()).unwrap();
	let check = |justification: &Justification, set| {
		justification
			.verify(justification.target, justification.number, set, &weighed(&all))
			.is_ok()
	};
	assert!(check(&genuine, SET));
	assert!(!check(&genuine, SET + 1));
	assert!(!check(&Justification { round: 10, ..genuine.clone() }, SET));
	let mut other = genuine.clone();
	(other.target, other.votes[0].block) = (blocks.hash(1), blocks.hash(1));
	assert!(!check(&other, SET));
	let mut other = genuine;
	(other.number, other.votes[0].number) = (101, 101);
	assert!(!check(&other, SET));
}

struct Ancestry(HashMap<[u8; 32], [u8; 32]>);

impl Chain<[u8; 32], u32> for Ancestry {
	fn ancestry(
		&self,
		base: [u8; 32],
		mut block: [u8; 32],
	) -> Result<Vec<[u8; 32]>, finality_grandpa::Error> {
		let mut route = Vec::new();
		while block != base {
			block = *self.0.get(&block).ok_or(finality_grandpa::Error::NotDescendent)?;
			route.push(block);
		}
		route.pop();
		Ok(route)
	}
}

/// What a node would say, without signatures: `finality_grandpa` first, then its own check that
/// every header is needed, as in `sc-consensus-grandpa`.
fn a_node_accepts(draft: &Draft, authorities: &[Authority]) -> bool {
	let justification = Justification::decode(&draft.encode()).unwrap();
	let voters =
		VoterSet::new(weighed(authorities).into_iter().map(|(key, w)| (key.0, w))).unwrap();
	let precommits = justification
		.votes
		.iter()
		.map(|vote| SignedPrecommit {
			precommit: Precommit { target_hash: vote.block.0, target_number: vote.number },
			signature: vote.signature.to_vec(),
			id: vote.voter.0,
		})
		.collect();
	let commit = Commit { target_hash: draft.target.0, target_number: draft.number, precommits };
	let headers = draft.ancestry.iter().map(|bytes| Header::decode(bytes).unwrap());
	let chain = Ancestry(headers.map(|header| (header.hash.0, header.parent.0)).collect());
	let valid = finality_grandpa::validate_commit(&commit, &voters, &chain)
		.is_ok_and(|result| result.is_valid());
	if !valid {
		return false;
	}
	let base = justification.votes.iter().min_by_key(|vote| vote.number).unwrap().block.0;
	let mut visited = std::collections::BTreeSet::new();
	for vote in &justification.votes {
		if vote.block.0 != base {
			visited.insert(vote.block.0);
			visited.extend(chain.ancestry(base, vote.block.0).ok().unwrap());
		}
	}
	visited.iter().eq(chain.0.keys().collect::<std::collections::BTreeSet<_>>())
		&& chain.0.len() == draft.ancestry.len()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	/// Whatever the votes and headers, the verifier says what a node says: but for a vote that is
	/// listed twice, which it refuses and no honest node writes.
	#[test]
	fn a_node_would_say_the_same(
		target in 0..6_usize,
		votes in prop::collection::vec((0..5_usize, prop_oneof![2 => Just(0), 1 => 0..6_usize]), 0..7),
		minimal in any::<bool>(),
		some in prop::collection::btree_set(0..6_usize, 0..5),
	) {
		let blocks = Blocks::new();
		let all = named(&["a", "b", "c", "d", "e"]);
		let votes: Vec<_> = votes.iter().map(|(voter, block)| (&all[*voter], *block)).collect();
		let mut ancestry: Vec<usize> = some.into_iter().collect();
		if minimal {
			// Just what the votes need, so that enough of the drafts are sound.
			let parents = [None, Some(0), Some(1), Some(2), Some(0), Some(4)];
			let base = votes.iter().map(|(_, i)| *i).min_by_key(|i| blocks.numbers[*i]);
			let mut needed = std::collections::BTreeSet::new();
			for (_, vote) in &votes {
				let mut at = Some(*vote);
				while let Some(i) = at.filter(|i| Some(*i) != base) {
					needed.insert(i);
					at = parents[i];
				}
			}
			ancestry = needed.into_iter().collect();
		}
		let draft = blocks.draft(target, &votes, &ancestry);
		let ours = verify(&draft, &all);
		if matches!(ours, Err(Error::DuplicateVote { .. })) {
			return Ok(());
		}
		prop_assert_eq!(ours.is_ok(), a_node_accepts(&draft, &all), "{:?}", ours);
	}
}
