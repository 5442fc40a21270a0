//! What is kept of the chain for when it is silent: of the last final state, while it is of the present, what an emergency answers to. Of
//! the house its licences; of each person on the list of its staff the roles there; of each patient who is linked the state of the handle and
//! what was said in advance of emergencies. All of it as it was proven, with the block. Nothing else may be decided by it.

use crate::{
	chain::{
		facts::{of_runtime, Proven},
		finality::Followed,
		now,
		registry::of_organisation,
		Present,
	},
	gateway::{Failure, Gateway},
	store::Of,
};
use codec::{DecodeAll, Encode};
use salus_exchange_protocol::Hash;
use salus_verify::{
	decision::{Item, Runtime, Source},
	Error,
};
use std::{
	sync::{Arc, PoisonError},
	time::{Duration, Instant},
};

/// How often it is looked whether something is to be kept anew.
const EVERY: Duration = Duration::from_secs(6);
/// How old what is kept becomes before it is kept anew, in seconds.
const FRESH: u64 = 900;
/// Of how many is proven at once.
const AT_ONCE: u32 = 100;
/// After how many blocks it is written down anew how far the chain's authorities were followed.
const FOLLOWED: u32 = 100;
/// How often that is done in one go.
const PROOFS: u32 = 2;

/// What is kept, of one block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
	/// What the state has under keys.
	pub content: Vec<u8>,
	/// The block's number.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
	/// Its time, in seconds since 1970.
	pub time: u64,
}

/// What of a state is kept, each with its key.
type Content = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// A state of some hours ago, as far as it was kept: of one person, for one patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standby {
	proven: Proven,
	/// The oldest of the blocks that it is of: its number.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
	/// Its time, in seconds since 1970.
	pub time: u64,
}

/// Consent is not asked: of what an emergency does not answer to, there is nothing.
impl Source for Standby {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		match item {
			Item::Vetoes(_)
			| Item::Directives(_)
			| Item::BaseDecisions(_)
			| Item::Sealed(_)
			| Item::LatestEmergency(..) => Ok(None),
			item => self.proven.get(item),
		}
	}
}

/// What an emergency answers to.
fn items(of: &Of, organisation: u32) -> Vec<Item> {
	match of {
		Of::House => of_runtime().chain(of_organisation(organisation)).collect(),
		Of::Staff(who) => vec![Item::Affiliation(organisation, *who)],
		Of::Patient(handle) => {
			let patient = handle.0.into();
			vec![Item::Handle(patient), Item::AdvanceDirectives(patient)]
		},
	}
}

impl Gateway {
	/// Keeps anew what is not fresh, out of the last final block of the present.
	pub async fn keep(self: &Arc<Self>, present: &Present) -> Result<(), Failure> {
		*self.kept_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
		for _ in 0..PROOFS {
			let before = now().saturating_sub(FRESH);
			let some =
				self.blocking(move |gateway| Ok(gateway.store.kept_before(before, AT_ONCE)?));
			let some = some.await?;
			if some.is_empty() {
				return Ok(());
			}
			let block = present.finalised;
			let wanted: Vec<(Of, Vec<Item>)> =
				some.iter().map(|of| (*of, items(of, self.config.organisation))).collect();
			let mut proven = Proven::default();
			let all: Vec<Item> =
				of_runtime().chain(wanted.iter().flat_map(|(_, items)| items).copied()).collect();
			let known = match proven.prove(&self.node, &block, &all).await {
				Ok(()) => Runtime::of(&proven).map_err(|error| error.to_string()),
				Err(silent) => Err(silent.to_string()),
			};
			if let Err(why) = known {
				tracing::warn!(why, "nothing is kept for when the chain is silent");
				return Ok(());
			}
			let content = |items: &[Item]| -> Content {
				let keys = items.iter().map(Item::key);
				keys.filter_map(|key| proven.0.get_key_value(&key))
					.map(|(key, value)| (key.clone(), value.clone()))
					.collect()
			};
			let kept: Vec<(Of, Vec<u8>)> =
				wanted.iter().map(|(of, items)| (*of, content(items).encode())).collect();
			self.blocking(move |gateway| Ok(gateway.store.keep(&block, &kept)?)).await?;
		}
		Ok(())
	}

	/// What is kept that says whether somebody may look at a patient in an emergency; none if it was never known.
	pub(crate) fn standby(
		&self,
		who: &[u8; 32],
		patient: &Hash,
	) -> Result<Option<Standby>, Failure> {
		let mut parts = Vec::new();
		for of in [Of::House, Of::Staff(*who), Of::Patient(*patient)] {
			let Some(kept) = self.store.kept(&of)? else { return Ok(None) };
			parts.push(kept);
		}
		let mut proven = Proven::default();
		for Kept { content, .. } in &parts {
			let content = Content::decode_all(&mut content.as_slice())
				.map_err(|_| Failure::Vault("what is kept of the chain is damaged"))?;
			proven.0.extend(content);
		}
		let oldest = parts.into_iter().min_by_key(|kept| kept.time);
		Ok(oldest.map(|Kept { number, hash, time, .. }| Standby { proven, number, hash, time }))
	}

	/// Writes down how far the chain's authorities were followed, if that is much farther than it was, or another set.
	async fn keep_followed(
		self: &Arc<Self>,
		written: &mut Option<Followed>,
	) -> Result<(), Failure> {
		let Some(now) = self.node.followed().await else { return Ok(()) };
		let is_near = |before: &Followed| {
			before.set == now.set && now.number.saturating_sub(before.number) < FOLLOWED
		};
		if !written.as_ref().is_some_and(is_near) {
			*written = Some(now.clone());
			self.blocking(move |gateway| {
				Ok(gateway.store.keep_followed(&gateway.node.genesis(), &now)?)
			})
			.await?;
		}
		Ok(())
	}

	/// Keeps what is not fresh, and looks whether the chain has the emergencies that it was not told of; again and again.
	pub async fn keep_standby(self: Arc<Self>) {
		let mut ticks = tokio::time::interval(EVERY);
		ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
		let mut written = None;
		loop {
			ticks.tick().await;
			let present = self.node.present().await;
			let done = async {
				self.keep_followed(&mut written).await?;
				let Ok(present) = present else { return Ok(()) };
				self.keep(&present).await?;
				self.look_for_late_records(&present).await
			};
			if let Err(failure) = done.await {
				tracing::error!(%failure, "keeping what the chain says");
			}
		}
	}
}
