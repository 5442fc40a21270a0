//! Who makes a chain's blocks final: its own authorities, or a relay chain's.

use crate::{
	files::{Evidence, Relay, Votes},
	header::Header,
	state::State,
	trail::{Finality, Sets},
	Error, Hash,
};
use alloc::boxed::Box;

/// What a verifier was told to believe, and holds a receipt against.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
	/// A chain with authorities of its own.
	Own(&'a Sets),
	/// A parachain.
	Relay(Parachain<'a>),
}

/// A parachain of a relay chain.
#[derive(Clone, Copy, Debug)]
pub struct Parachain<'a> {
	/// The relay chain's sets of authorities.
	pub relay: &'a Sets,
	/// The parachain's number there.
	pub id: u32,
	/// The hash of the parachain's own block 0. The number alone does not say which chain it is: the relay chain's
	/// governance may give it to another.
	pub genesis: Hash,
}

/// The block of a relay chain that names a receipt's block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelayBlock {
	/// The relay chain.
	pub genesis: Hash,
	/// The parachain's number.
	pub para: u32,
	/// The block's hash.
	pub hash: Hash,
	/// Its number.
	pub number: u32,
	/// The block from which the relay chain's authorities were followed, unless it is its block 0.
	pub start: Option<(u32, Hash)>,
}

impl<'a> From<&'a Sets> for Trust<'a> {
	fn from(sets: &'a Sets) -> Self {
		Self::Own(sets)
	}
}

impl<'a> From<Parachain<'a>> for Trust<'a> {
	fn from(parachain: Parachain<'a>) -> Self {
		Self::Relay(parachain)
	}
}

impl Trust<'_> {
	/// The hash of block 0 of the chain that receipts are of.
	pub fn genesis(&self) -> Hash {
		match self {
			Self::Own(sets) => sets.genesis,
			Self::Relay(parachain) => parachain.genesis,
		}
	}

	/// Checks that `evidence` shows the block of `header` to be final.
	pub fn finality(
		&self,
		header: &Header,
		evidence: &Evidence,
	) -> Result<(Finality, Option<RelayBlock>), Error> {
		match (self, evidence) {
			(Self::Own(sets), Evidence::Own(Votes { set, justification })) => {
				Ok((sets.finality(header, *set, justification)?, None))
			},
			(Self::Relay(parachain), Evidence::Relay(relay)) => {
				let (finality, block) = parachain.names(header, relay)?;
				Ok((finality, Some(block)))
			},
			(Self::Own(_), Evidence::Relay(relay)) => {
				Err(Error::RelayNotPinned { para: relay.para, relay: relay.genesis })
			},
			(Self::Relay(_), Evidence::Own(_)) => Err(Error::NotUnderRelay),
		}
	}

	/// Checks that `state`, of a block that is final, is of the chain that is meant. Of a chain with authorities of its
	/// own they vouch for it, who follow from its genesis. A relay chain vouches for no more than that the code that is
	/// registered under the number takes the block, and so it is the block's state that must tell.
	pub fn is_of_chain(&self, state: &State) -> Result<(), Error> {
		let Self::Relay(Parachain { id, genesis, .. }) = self else { return Ok(()) };
		let found = state.genesis()?;
		match found == Some(*genesis) {
			true => Ok(()),
			false => Err(Error::OtherParachain { para: *id, found, expected: *genesis }),
		}
	}
}

impl Parachain<'_> {
	/// Checks that a block of the relay chain is final and names the block of `header` as the parachain's head.
	fn names(&self, header: &Header, relay: &Relay) -> Result<(Finality, RelayBlock), Error> {
		let Self { relay: sets, id, .. } = *self;
		if relay.genesis != sets.genesis {
			return Err(Error::OtherRelay { found: relay.genesis, expected: sets.genesis });
		}
		if relay.para != id {
			return Err(Error::OtherPara { found: relay.para, expected: id });
		}
		let Header { hash, number, state_root, .. } = relay.header;
		let Votes { set, justification } = &relay.votes;
		let finality = sets
			.finality(&relay.header, *set, justification)
			.map_err(|error| Error::RelayBlock { number, error: Box::new(error) })?;
		let state =
			State::new(state_root, &relay.proof).map_err(|_| Error::OtherRelayState { number })?;
		let head = state.head(id).map_err(|error| match error {
			Error::ProofIncomplete => Error::HeadUnproven { para: id, relay: number },
			other => other,
		})?;
		let head = head.ok_or(Error::NoHead { para: id, relay: number })?;
		if Hash::of(head) != header.hash {
			return Err(Error::OtherHead { para: id, relay: number, number: header.number });
		}
		let block =
			RelayBlock { genesis: relay.genesis, para: id, hash, number, start: sets.start };
		Ok((finality, block))
	}
}
