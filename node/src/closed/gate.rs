//! Who is answered: peers that this node has reserved, and nobody else.
//!
//! The SDK's non-reserved mode closes the notification protocols (announcements, transactions, GRANDPA
//! votes). Its request protocols answer whoever has a connection, and anybody can open one. A [`Gate`]
//! stands before the handler of such a protocol and lets only reserved peers through.

use futures::future::BoxFuture;
use sc_network::{
	config::{IncomingRequest, OutgoingResponse},
	service::traits::NetworkService,
	PeerId, ReputationChange,
};
use std::{
	collections::HashSet,
	sync::{Arc, OnceLock},
	time::{Duration, Instant},
};

/// The log's target.
pub const LOG_TARGET: &str = "closed-network";

/// For how long an answer of the network is good. Who was reserved or dropped by RPC is let through
/// or refused from then on.
const FRESH: Duration = Duration::from_secs(1);

/// A stranger is banned for a while, so that the network stack itself refuses what it sends next.
const STRANGER: ReputationChange =
	ReputationChange::new_fatal("Request of a peer that is not reserved, on a closed network");

/// The list of reserved peers, in the words of the network stack; it is empty until that runs.
#[derive(Clone, Default)]
pub struct Reserved(Arc<OnceLock<Arc<dyn NetworkService>>>);

impl Reserved {
	/// Ask `network` from now on.
	pub fn follow(&self, network: Arc<dyn NetworkService>) {
		// It is set once, by the only caller there is.
		let _ = self.0.set(network);
	}

	/// The reserved peers now; none if the network does not run (yet, or any more).
	async fn peers(&self) -> Option<Vec<PeerId>> {
		self.0.get()?.reserved_peers().await.ok()
	}
}

/// The guard of one request protocol.
pub struct Gate {
	ask: Box<dyn FnMut() -> BoxFuture<'static, Option<Vec<PeerId>>> + Send>,
	members: HashSet<PeerId>,
	asked: Option<Instant>,
}

impl Gate {
	/// A guard that lets the `reserved` through.
	pub fn new(reserved: Reserved) -> Self {
		Self::asking(move || {
			let reserved = reserved.clone();
			Box::pin(async move { reserved.peers().await })
		})
	}

	fn asking(
		ask: impl FnMut() -> BoxFuture<'static, Option<Vec<PeerId>>> + Send + 'static,
	) -> Self {
		Self { ask: Box::new(ask), members: HashSet::new(), asked: None }
	}

	/// Hand the requests of reserved peers from `all` to `handler`, and refuse the others, until
	/// either end is gone.
	pub async fn run(
		mut self,
		all: async_channel::Receiver<IncomingRequest>,
		handler: async_channel::Sender<IncomingRequest>,
	) {
		while let Ok(request) = all.recv().await {
			if self.lets_through(&request.peer).await {
				// A handler that is behind drops requests, as it would without a gate. Waiting for it
				// would let strangers crowd out the members.
				if let Err(async_channel::TrySendError::Closed(_)) = handler.try_send(request) {
					return;
				}
				continue;
			}
			log::debug!(target: LOG_TARGET, "Refused a request of {}.", request.peer);
			// The peer may have gone; then there is nobody to tell.
			let _ = request.pending_response.send(OutgoingResponse {
				result: Err(()),
				// Who is a stranger is known only where the network has told the members.
				reputation_changes: if self.asked.is_some() { vec![STRANGER] } else { Vec::new() },
				sent_feedback: None,
			});
		}
	}

	async fn lets_through(&mut self, peer: &PeerId) -> bool {
		if self.asked.is_none_or(|asked| asked.elapsed() >= FRESH) {
			let members = (self.ask)().await;
			// Without an answer nobody is let through, and the next request asks again.
			self.asked = members.is_some().then(Instant::now);
			self.members = members.unwrap_or_default().into_iter().collect();
		}
		self.members.contains(peer)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{channel::oneshot, executor::block_on};
	use std::sync::atomic::{AtomicUsize, Ordering};

	fn request(peer: PeerId) -> (IncomingRequest, oneshot::Receiver<OutgoingResponse>) {
		let (pending_response, answer) = oneshot::channel();
		(IncomingRequest { peer, payload: vec![1, 2, 3], pending_response }, answer)
	}

	/// Put `requests` through a gate that lets `members` through; what the handler gets.
	fn through(
		members: Option<Vec<PeerId>>,
		requests: Vec<IncomingRequest>,
	) -> Vec<IncomingRequest> {
		let gate = Gate::asking(move || {
			let members = members.clone();
			Box::pin(async move { members })
		});
		let (to_gate, all) = async_channel::bounded(requests.len());
		let (handler, handled) = async_channel::bounded(requests.len());
		for request in requests {
			to_gate.try_send(request).expect("there is room");
		}
		drop(to_gate);
		block_on(gate.run(all, handler));
		std::iter::from_fn(|| handled.try_recv().ok()).collect()
	}

	#[test]
	fn a_reserved_peer_is_answered_by_the_handler() {
		let member = PeerId::random();
		let (request, mut answer) = request(member);
		let handled = through(Some(vec![PeerId::random(), member]), vec![request]);
		assert_eq!(handled.len(), 1);
		assert_eq!((handled[0].peer, &handled[0].payload[..]), (member, &[1u8, 2, 3][..]));
		assert!(answer.try_recv().expect("the handler has the sender").is_none());
	}

	#[test]
	fn a_stranger_is_refused_and_banned() {
		let (request, mut answer) = request(PeerId::random());
		assert!(through(Some(vec![PeerId::random()]), vec![request]).is_empty());
		let answer = answer.try_recv().expect("it was answered").expect("it was answered");
		assert_eq!(answer.result, Err(()));
		assert_eq!(answer.reputation_changes, vec![STRANGER]);
		assert_eq!(STRANGER.value, i32::MIN);
	}

	#[test]
	fn nobody_is_let_through_before_the_network_runs() {
		let (request, _answer) = request(PeerId::random());
		assert!(through(None, vec![request]).is_empty());
		assert!(block_on(Reserved::default().peers()).is_none());
	}

	#[test]
	fn a_full_handler_does_not_keep_the_gate_from_refusing() {
		let (member, stranger) = (PeerId::random(), PeerId::random());
		let gate = Gate::asking(move || Box::pin(async move { Some(vec![member]) }));
		let (to_gate, all) = async_channel::bounded(3);
		let (handler, handled) = async_channel::bounded(1);
		let mut answers = Vec::new();
		for peer in [member, member, stranger] {
			let (request, answer) = request(peer);
			to_gate.try_send(request).expect("there is room");
			answers.push(answer);
		}
		drop(to_gate);
		block_on(gate.run(all, handler));
		assert_eq!(handled.len(), 1);
		assert!(answers[1].try_recv().is_err(), "dropped, as by a full queue");
		assert!(answers[2].try_recv().expect("answered").expect("answered").result.is_err());
	}

	#[test]
	fn the_network_is_not_asked_for_every_request() {
		let asked = Arc::new(AtomicUsize::new(0));
		let count = asked.clone();
		let mut gate = Gate::asking(move || {
			count.fetch_add(1, Ordering::Relaxed);
			Box::pin(async { Some(Vec::new()) })
		});
		for _ in 0..1_000 {
			assert!(!block_on(gate.lets_through(&PeerId::random())));
		}
		assert!(asked.load(Ordering::Relaxed) < 100, "{asked:?}");
	}

	#[test]
	fn a_change_of_the_list_is_noticed() {
		let peer = PeerId::random();
		let mut known = vec![None, Some(vec![peer]), Some(Vec::new())].into_iter();
		let mut gate = Gate::asking(move || {
			let now = known.next().expect("asked three times");
			Box::pin(async move { now })
		});
		for expected in [false, true, false] {
			// As if the time had passed.
			gate.asked = None;
			assert_eq!(block_on(gate.lets_through(&peer)), expected);
		}
	}
}
