//! What the chain orders about the house's own records (the pallet record-anchor): a patient disputes one or wants it erased, a court wants it to
//! stay, the house itself has retracted or shredded it. Only what the last final block has counts, so that nothing is taken back by a
//! reorganisation, and the same state gives the same result, so that a gateway that was killed goes on where it was.
//!
//! The bytes that are kept, and what was anchored, never change: what the chain says stands beside a record ([`standing`]). What was retracted leaves
//! no more, and is in quarantine with the fault `retracted`. What was shredded at the wish of the patient whose it is, is erased. All else is for the
//! privacy officer.

use crate::{
	chain::{
		now,
		orders::{Anchored, Says},
		Block, Present, Stale,
	},
	decide::Undecided,
	gateway::{ticks, Failure, Gateway},
};
use serde_json::{json, Value};
use std::{
	collections::BTreeSet,
	sync::{atomic::Ordering, Arc},
	time::Duration,
};

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(6);
/// Of how many slots it is asked with one proof what is anchored there, and how many such proofs there are in one go.
const NEW: (u64, u32) = (200, 4);
/// Of how many slots that are known it is asked with one proof what the chain says of them.
const SLOTS: u32 = 50;
/// Of how many records in batches it is asked with one proof whether they are retracted by themselves.
const LEAVES: u32 = 1_000;
/// The extension by which an entry of a Bundle tells what the chain says of its resource.
pub const STANDING: &str = "urn:salus:record-standing";
/// Why a slot was shredded whose record the gateway then erases by itself.
pub const AT_THE_PATIENTS_WISH: &str = "erasure-requested";

/// What the chain says of a slot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
	/// The patient says that it is wrong or incomplete.
	Disputed,
	/// The patient wants it erased.
	Erasure,
	/// A court or a regulator wants it to stay.
	Held,
	/// It does not stand.
	Retracted,
	/// The house has shredded it: a tombstone is left.
	Shredded,
	/// A newer version was anchored.
	Superseded,
	/// It says that it is about somebody else than the patient of its record: that is for a person.
	Conflict,
}

impl What {
	const ALL: [Self; 7] = [
		Self::Disputed,
		Self::Erasure,
		Self::Held,
		Self::Retracted,
		Self::Shredded,
		Self::Superseded,
		Self::Conflict,
	];

	/// Its name.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Disputed => "disputed",
			Self::Erasure => "erasure",
			Self::Held => "held",
			Self::Retracted => "retracted",
			Self::Shredded => "shredded",
			Self::Superseded => "superseded",
			Self::Conflict => "conflict",
		}
	}

	/// What has this name.
	pub fn named(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|each| each.name() == name)
	}
}

/// What the chain says of a slot, and how that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
	/// What.
	pub what: What,
	/// How it stands: `open` until the house has answered; its answer; why it was retracted or shredded.
	pub standing: String,
	/// Since when, in seconds since 1970.
	pub since: u64,
	/// From when on an answer is late; until when it holds.
	pub until: Option<u64>,
}

impl Order {
	/// The standing of what waits for the house's answer.
	pub const OPEN: &'static str = "open";

	/// An order.
	pub fn new(what: What, standing: &str, since: u64, until: Option<u64>) -> Self {
		Self { what, standing: standing.into(), since, until }
	}

	/// How it stands at the moment `now`: time alone makes an answer late.
	pub fn standing_at(&self, now: u64) -> &str {
		let is_late = self.until.is_some_and(|until| until <= now);
		match (self.what, self.standing.as_str(), is_late) {
			(What::Disputed, Self::OPEN, true) => "unanswered",
			(What::Erasure, Self::OPEN, true) => "overdue",
			(What::Held, _, true) => "over",
			(_, standing, _) => standing,
		}
	}
}

/// What whoever may read a record is told beside it, as stable codes: that it is disputed and what came of that, and that the chain has a newer
/// version. What patient and house have between them, as a wish for erasure, is told to nobody else.
pub fn standing(orders: &[Order], now: u64) -> Vec<&'static str> {
	let told = orders.iter().filter_map(|order| match (order.what, order.standing_at(now)) {
		(What::Disputed, Order::OPEN) => Some("disputed-open"),
		(What::Disputed, "unanswered") => Some("disputed-unanswered"),
		(What::Disputed, "upheld") => Some("disputed-upheld"),
		(What::Disputed, "corrected") => Some("disputed-corrected"),
		(What::Disputed, "rejected") => Some("disputed-rejected"),
		(What::Superseded, "amends") => Some("amended"),
		(What::Superseded, "corrects") => Some("corrected"),
		(What::Superseded, _) => Some("superseded"),
		_ => None,
	});
	let mut told: Vec<&'static str> = told.collect();
	told.sort_unstable();
	told.dedup();
	told
}

/// All codes that are told beside a record.
const CODES: [&str; 8] = [
	"amended",
	"corrected",
	"disputed-corrected",
	"disputed-open",
	"disputed-rejected",
	"disputed-unanswered",
	"disputed-upheld",
	"superseded",
];

/// The codes in a header of another gateway. What is none of them says nothing.
pub(crate) fn codes_in(header: &str) -> Vec<&'static str> {
	let told = header.split(',').map(str::trim);
	let mut codes: Vec<&'static str> =
		told.filter_map(|told| CODES.into_iter().find(|code| *code == told)).collect();
	codes.sort_unstable();
	codes.dedup();
	codes
}

/// The same as a resource of its own, for where a resource stands alone on a line and has no place beside it; none, if there is nothing to tell. `of` is
/// the type and the id of what it is about.
pub(crate) fn as_outcome(of: (&str, &str), standing: &[&str]) -> Option<Value> {
	if standing.is_empty() {
		return None;
	}
	let (name, id) = of;
	let codings: Vec<Value> =
		standing.iter().map(|code| json!({ "system": STANDING, "code": code })).collect();
	let issue = json!({
		"severity": "information",
		"code": "informational",
		"details": { "coding": codings },
		"diagnostics": format!("what the chain says of {name}/{id}"),
		"expression": [format!("{name}.where(id='{id}')")],
	});
	Some(json!({ "resourceType": "OperationOutcome", "issue": [issue] }))
}

/// The same as a member of an entry of a Bundle, with the comma before it; nothing, if there is nothing to tell.
pub(crate) fn as_extension(standing: &[&str]) -> String {
	if standing.is_empty() {
		return String::new();
	}
	let codes = standing.iter().map(|code| json!({ "url": STANDING, "valueCode": code }));
	format!(",\"extension\":{}", Value::Array(codes.collect()))
}

/// How far the rounds are: behind which slot, and behind which record, it is looked on.
#[derive(Default, Debug)]
pub(crate) struct Place {
	slot: Option<u64>,
	record: u64,
}

impl Gateway {
	/// Looks what the chain's last final block says of the next of the house's records, does what it orders, and goes round. If the node cannot be
	/// relied on, nothing is looked at.
	pub async fn look_for_orders(self: &Arc<Self>) -> Result<(), Failure> {
		let mut place = self.orders_at.lock().await;
		let heard = match self.relied_on().await {
			Some(present) => self.look_at_orders(&present.finalised, &mut place).await,
			None => Ok(()),
		};
		self.do_as_heard(heard).await
	}

	/// The chain, if the node can be relied on.
	async fn relied_on(&self) -> Option<Present> {
		let present = self.node.present().await;
		let told = |stale: &Stale| tracing::warn!(%stale, "what the chain says of records is not looked at");
		present.inspect_err(told).ok()
	}

	/// Does what is ordered, as far as it is known: if the node could not be relied on, that is what was heard before.
	async fn do_as_heard(self: &Arc<Self>, heard: Result<(), Undecided>) -> Result<(), Failure> {
		match heard {
			Ok(()) => {},
			Err(Undecided::Silent(silent)) => {
				tracing::warn!(%silent, "what the chain says of records is not known");
			},
			Err(Undecided::Failure(failure)) => return Err(failure),
		}
		self.blocking(|gateway| {
			// Before anything is erased that it is compared with. What cannot be compared keeps nobody's wish back: what was erased is taken to say
			// the same.
			let compared = match gateway.is_heard.swap(false, Ordering::AcqRel) {
				true => gateway.keep_back_retracted(),
				false => Ok(false),
			};
			if !matches!(compared, Ok(false)) {
				gateway.is_heard.store(true, Ordering::Release);
			}
			let erased = gateway.erase_as_ordered(now());
			compared.and(erased)
		})
		.await
	}

	async fn look_at_orders(
		self: &Arc<Self>,
		at: &Block,
		place: &mut Place,
	) -> Result<(), Undecided> {
		self.learn_slots(at).await?;
		place.slot = self.look_at_slots(at, place.slot).await?;
		place.record = self.look_at_leaves(at, place.record).await?;
		Ok(())
	}

	/// Which slots have records of the gateway, of those that have come since: by what is anchored there.
	async fn learn_slots(self: &Arc<Self>, at: &Block) -> Result<(), Undecided> {
		let own = self.config.organisation;
		let used = self.node.slots_used(at, own).await?;
		for _ in 0..NEW.1 {
			let seen = self.blocking(|gateway| Ok(gateway.store.slots_seen()?)).await?;
			let until = used.min(seen.saturating_add(NEW.0));
			let slots: Vec<u64> = (seen..until).collect();
			if slots.is_empty() {
				break;
			}
			let anchored = self.node.slots(at, own, &slots).await?;
			let found = slots.into_iter().zip(anchored);
			let found: Vec<(u64, Anchored)> =
				found.filter_map(|(slot, anchored)| Some((slot, anchored?))).collect();
			self.blocking(move |gateway| Ok(gateway.store.learn_slots(&found, until)?)).await?;
		}
		Ok(())
	}

	/// Looks at the next slots that have records of the gateway. After which one it goes on.
	async fn look_at_slots(
		self: &Arc<Self>,
		at: &Block,
		after: Option<u64>,
	) -> Result<Option<u64>, Undecided> {
		let slots =
			self.blocking(move |gateway| Ok(gateway.store.own_slots(after, SLOTS)?)).await?;
		let last = slots.last().copied();
		let is_end = slots.len() < usize::try_from(SLOTS).unwrap_or(usize::MAX);
		self.hear_of_slots(at, slots).await?;
		Ok(last.filter(|_| !is_end))
	}

	/// Keeps what the chain says of these slots, and does what follows from it at once.
	async fn hear_of_slots(self: &Arc<Self>, at: &Block, slots: Vec<u64>) -> Result<(), Undecided> {
		let says = self.node.slots_say(at, self.config.organisation, &slots).await?;
		let changed = self.blocking(move |gateway| {
			let mut changed = 0_usize;
			for (slot, says) in slots.iter().zip(&says) {
				let is_changed = match says {
					Says::Orders(orders) => gateway.store.put_orders(*slot, orders)?,
					// Nothing is known of it any more.
					Says::Nothing => gateway.store.put_evicted(*slot)?,
				};
				changed = changed.saturating_add(usize::from(is_changed));
			}
			Ok(changed)
		});
		let changed = changed.await?;
		if changed > 0 {
			self.is_heard.store(true, Ordering::Release);
			tracing::warn!(slots = changed, "the chain says something new of records of the house");
		}
		Ok(())
	}

	/// Looks at the next records in batches, whether they are retracted by themselves. After which one it goes on.
	async fn look_at_leaves(self: &Arc<Self>, at: &Block, after: u64) -> Result<u64, Undecided> {
		let records =
			self.blocking(move |gateway| Ok(gateway.store.own_leaves(after, LEAVES)?)).await?;
		let leaves: Vec<(u64, u64)> =
			records.iter().map(|(_, slot, leaf)| (*slot, *leaf)).collect();
		let is_end = records.len() < usize::try_from(LEAVES).unwrap_or(usize::MAX);
		let last = records.last().map_or(0, |(record, ..)| *record);
		self.hear_of_leaves(at, leaves).await?;
		Ok(if is_end { 0 } else { last })
	}

	/// Withholds which of these records in batches, each by slot and leaf, are retracted by themselves.
	async fn hear_of_leaves(
		self: &Arc<Self>,
		at: &Block,
		leaves: Vec<(u64, u64)>,
	) -> Result<(), Undecided> {
		let own = self.config.organisation;
		let retracted = self.node.leaves_retracted(at, own, &leaves).await?;
		let found = leaves.into_iter().zip(retracted);
		let found: Vec<((u64, u64), Order)> =
			found.filter_map(|(leaf, order)| Some((leaf, order?))).collect();
		if found.is_empty() {
			return Ok(());
		}
		let changed = self.blocking(move |gateway| {
			let mut changed = 0_usize;
			for ((slot, leaf), order) in &found {
				let is_new = gateway.store.put_leaf_order(*slot, *leaf, order)?;
				changed = changed.saturating_add(usize::from(is_new));
			}
			Ok(changed)
		});
		let changed = changed.await?;
		if changed > 0 {
			self.is_heard.store(true, Ordering::Release);
			tracing::warn!(records = changed, "records of batches were retracted on the chain");
		}
		Ok(())
	}

	/// Looks what the chain says of one record, beside the rounds: somebody waits for it. If the node cannot be relied on, nothing is looked at.
	pub async fn look_at_record(self: &Arc<Self>, name: String, id: String) -> Result<(), Failure> {
		let _one = self.orders_at.lock().await;
		let heard = match self.relied_on().await {
			Some(present) => self.hear_of_record(&present.finalised, name, id).await,
			None => Ok(()),
		};
		self.do_as_heard(heard).await
	}

	async fn hear_of_record(
		self: &Arc<Self>,
		at: &Block,
		name: String,
		id: String,
	) -> Result<(), Undecided> {
		self.learn_slots(at).await?;
		let placed = self.blocking(move |gateway| Ok(gateway.store.placed(&name, &id)?)).await?;
		let leaves: Vec<(u64, u64)> = placed.iter().filter_map(|each| each.batch).collect();
		let of_batches = leaves.iter().map(|(slot, _)| *slot);
		let slots = placed.iter().flat_map(|each| &each.slots).copied().chain(of_batches);
		let slots: BTreeSet<u64> = slots.collect();
		self.hear_of_slots(at, slots.into_iter().collect()).await?;
		self.hear_of_leaves(at, leaves).await
	}

	/// Erases what the house has shredded on the chain at the wish of the patient whose it is, unless it is on legal hold in another slot. Of a record that has a newer
	/// version only the version that was shredded goes.
	fn erase_as_ordered(&self, now: u64) -> Result<(), Failure> {
		for (number, name, id, is_current) in self.store.to_erase()? {
			if self.store.is_on_hold(&name, &id, now)? {
				continue;
			}
			match is_current {
				true => _ = self.erase(&name, &id)?,
				false => {
					self.store.erase_version(number)?;
					self.remove_leaving()?;
				},
			}
			tracing::warn!(
				"a record was erased, as it was shredded on the chain at the patient's wish"
			);
		}
		Ok(())
	}

	/// Whether a record is on legal hold, so that it must not be erased.
	pub fn is_on_hold(&self, resource_type: &str, id: &str) -> Result<bool, Failure> {
		Ok(self.store.is_on_hold(resource_type, id, now())?)
	}

	/// What is told beside each of these records.
	pub(crate) fn standing_of(&self, numbers: &[u64]) -> Result<Vec<Vec<&'static str>>, Failure> {
		// Mostly there is nothing, and one question tells.
		if !self.store.tells_of_records()? {
			return Ok(vec![Vec::new(); numbers.len()]);
		}
		let at = now();
		let told =
			numbers.iter().map(|number| Ok(standing(&self.store.orders_to_tell(*number)?, at)));
		told.collect()
	}

	/// Looks again and again.
	pub async fn keep_orders(self: Arc<Self>) {
		let mut ticks = ticks(EVERY);
		loop {
			ticks.tick().await;
			if let Err(failure) = self.look_for_orders().await {
				tracing::error!(%failure, "what the chain says of records");
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn time_alone_makes_an_answer_late_and_a_hold_end() {
		let open = |what| Order::new(what, Order::OPEN, 1, Some(10));
		let held = Order::new(What::Held, "on-hold", 1, Some(10));
		for (order, before, after) in [
			(open(What::Disputed), "open", "unanswered"),
			(open(What::Erasure), "open", "overdue"),
			(held, "on-hold", "over"),
			(Order::new(What::Disputed, "upheld", 1, None), "upheld", "upheld"),
		] {
			assert_eq!((order.standing_at(9), order.standing_at(10)), (before, after));
		}
	}

	#[test]
	fn who_reads_is_told_of_disputes_and_newer_versions_and_of_nothing_between_patient_and_house() {
		let told = |orders: &[Order]| standing(orders, 5);
		let disputed = Order::new(What::Disputed, Order::OPEN, 1, Some(10));
		let late = Order::new(What::Disputed, Order::OPEN, 1, Some(5));
		let wish = Order::new(What::Erasure, Order::OPEN, 1, Some(10));
		let held = Order::new(What::Held, "on-hold", 1, Some(10));
		let newer = Order::new(What::Superseded, "corrects", 1, None);
		assert_eq!(told(&[wish, held]), [""; 0]);
		assert_eq!(told(&[newer, disputed.clone(), disputed]), ["corrected", "disputed-open"]);
		assert_eq!(told(&[late]), ["disputed-unanswered"]);
	}

	#[test]
	fn an_entry_has_one_extension_for_each_code() {
		assert_eq!(as_extension(&[]), "");
		assert_eq!(
			as_extension(&["corrected", "disputed-open"]),
			r#","extension":[{"url":"urn:salus:record-standing","valueCode":"corrected"},{"url":"urn:salus:record-standing","valueCode":"disputed-open"}]"#
		);
	}

	#[test]
	fn each_code_is_read_as_it_is_told_and_nothing_else_is() {
		let orders = |what, standings: &[&'static str]| -> Vec<Order> {
			standings.iter().map(|standing| Order::new(what, standing, 1, None)).collect()
		};
		let disputes =
			orders(What::Disputed, &[Order::OPEN, "unanswered", "upheld", "corrected", "rejected"]);
		let newer = orders(What::Superseded, &["amends", "corrects", "replaces"]);
		let told = standing(&[disputes, newer].concat(), 5);
		assert_eq!(told, CODES);
		assert_eq!(codes_in(&told.join(", ")), CODES);
		assert_eq!(codes_in("disputed-open, disputed-open,<b>,"), ["disputed-open"]);
		assert_eq!(codes_in(""), [""; 0]);
	}

	#[test]
	fn a_line_of_its_own_says_of_which_record_it_is() {
		assert_eq!(as_outcome(("Observation", "a"), &[]), None);
		let outcome = as_outcome(("Observation", "a"), &["corrected", "disputed-open"]).unwrap();
		assert_eq!(outcome["issue"][0]["expression"], json!(["Observation.where(id='a')"]));
		let codings = json!([{ "system": STANDING, "code": "corrected" }, { "system": STANDING, "code": "disputed-open" }]);
		assert_eq!(outcome["issue"][0]["details"]["coding"], codings);
	}

	#[test]
	fn each_kind_is_found_by_its_name() {
		for what in What::ALL {
			assert_eq!(What::named(what.name()), Some(what));
		}
		assert_eq!(What::named("something"), None);
	}
}
