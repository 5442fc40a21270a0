//! Which of a patient's records may leave, in the order of their numbers: looked at some at a time, until there are enough.

use crate::{
	decide::{Decided, Decider},
	gateway::Gateway,
	release::{asks_of, may_leave, Caller, Refusal},
	store::{Candidate, Found, Store, StoreFault},
};
use salus_exchange_policy::{Classified, BINARY};
use std::{collections::BTreeSet, sync::Arc};

/// From where on records are looked at, and how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Extent {
	/// Those after this number.
	pub(crate) after: u64,
	/// Until so many may leave.
	pub(crate) enough: usize,
	/// So many in one go.
	pub(crate) at_once: usize,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Scan {
	/// The numbers of those that may leave, rising.
	pub(crate) numbers: Vec<u64>,
	/// What was decided about all that was looked at.
	pub(crate) decided: Decided,
	/// The number of the last one that was looked at.
	pub(crate) last: u64,
	/// Whether there are none after it.
	pub(crate) is_over: bool,
}

impl Gateway {
	/// Looks at the records that `look` gives: the next ones after a number, at most so many. To whom the patient lets nothing, no record is
	/// looked at: it takes as long whether there are none or thousands.
	pub(crate) async fn scan(
		self: &Arc<Self>,
		caller: &mut Caller,
		decider: &mut Decider<'_>,
		extent: Extent,
		look: impl Fn(&Store, u64, usize) -> Result<Vec<Candidate>, StoreFault> + Clone + Send + 'static,
	) -> Result<Scan, Refusal> {
		let Extent { after, enough, at_once } = extent;
		let mut scan = Scan { last: after, ..Scan::default() };
		let could_be = decider.could_let_some().await?;
		while !scan.is_over && scan.numbers.len() < enough {
			let (look, after) = (look.clone(), scan.last);
			let some = match could_be {
				true => {
					self.blocking(move |gateway| Ok(look(&gateway.store, after, at_once)?)).await?
				},
				false => Vec::new(),
			};
			let asks: BTreeSet<_> = some.iter().flat_map(|each| asks_of(&each.judged)).collect();
			let decided = self.decided(caller, decider, asks).await?;
			let may = |each: &&Candidate| may_leave(&each.judged, &decided.permitted);
			let numbers: Vec<u64> = some.iter().filter(may).map(|each| each.number).collect();
			let is_binary = |each: &&Candidate| each.judged.resource_type == BINARY;
			let binaries = some.iter().filter(is_binary).filter(may).map(|each| each.number);
			let withheld = self.withheld(caller, decider, binaries.collect(), &mut scan).await?;
			scan.numbers.extend(numbers.into_iter().filter(|number| !withheld.contains(number)));
			scan.decided.permitted.extend(decided.permitted);
			scan.decided.reasons.extend(decided.reasons);
			scan.is_over = some.len() < at_once;
			scan.last = some.last().map_or(scan.last, |last| last.number);
		}
		Ok(scan)
	}

	/// Which of these Binaries may not leave by what names them at this moment, though they may by what did when they were judged. A page would be
	/// shorter by them otherwise. What is decided about them is kept with the rest.
	async fn withheld(
		self: &Arc<Self>,
		caller: &mut Caller,
		decider: &mut Decider<'_>,
		binaries: Vec<u64>,
		scan: &mut Scan,
	) -> Result<BTreeSet<u64>, Refusal> {
		if binaries.is_empty() {
			return Ok(BTreeSet::new());
		}
		let judged = self.blocking(move |gateway| gateway.judged_by_now(binaries)).await?;
		let asks: BTreeSet<_> =
			judged.iter().filter_map(|(_, judged)| judged.as_ref()).flat_map(asks_of).collect();
		let decided = self.decided(caller, decider, asks).await?;
		let may = |judged: &Option<Classified>| {
			judged.as_ref().is_some_and(|judged| may_leave(judged, &decided.permitted))
		};
		let withheld = judged.iter().filter(|(_, judged)| !may(judged)).map(|(number, _)| *number);
		let withheld = withheld.collect();
		scan.decided.permitted.extend(decided.permitted);
		scan.decided.reasons.extend(decided.reasons);
		Ok(withheld)
	}

	/// The records that a scan has found, by their numbers.
	pub(crate) async fn numbered(
		self: &Arc<Self>,
		numbers: Vec<u64>,
	) -> Result<Vec<Found>, Refusal> {
		let records = self.blocking(move |gateway| {
			let records = numbers.into_iter().map(|number| gateway.store.numbered(number));
			Ok(records.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?)
		});
		Ok(records.await?)
	}
}
