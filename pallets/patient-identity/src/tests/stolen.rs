//! Who ends in control when a key is stolen. Every play of a small world is played, on the pallet
//! itself: the thief may do anything, as often as it likes, before and after the owner in every moment,
//! for ever.
//!
//! A position is what the storage says of the handle, with every moment counted from now. There are
//! finitely many, so "for ever" is a cycle among them.

use super::*;
use crate::{Key, LeavingAtFreeze, Patient, Since, Timeline};
use codec::{Decode, Encode};
use frame_support::{storage::with_storage_layer, BoundedVec};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};

/// The moment of every position.
const NOW: Moment = START;
/// How far the clock moves between two moments in which something is done.
const TICK: Moment = KEY_DELAY / 2;

type Position = Vec<u8>;
type Stored = (Patient<Test>, Vec<(AccountId, Key)>, Vec<AccountId>);

/// Who holds which wallets. The first of the owner is the one that registers; spares are no keys yet.
struct World {
	id: PatientId,
	owner: Vec<Wallet>,
	thief: Vec<Wallet>,
	spares: Vec<Wallet>,
	/// What the thief can make of a position by one act, where that was looked at.
	known: RefCell<BTreeMap<Position, Vec<Position>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
	Freeze,
	Unfreeze,
	CancelUnfreeze,
	Remove(usize),
	CancelRemoval(usize),
	Add(usize),
	CancelPending(usize),
	Rotate,
	CancelRotation,
	Retire,
	CancelRetirement,
	Complete,
}

impl World {
	/// A handle with keys for these purposes in the hands of its owner and of a thief, and that many
	/// wallets that could be added.
	fn new(owner: &[KeyPurposeSet], thief: &[KeyPurposeSet], more: u8) -> (Self, Position) {
		let (first, id) = registered(1);
		let all = owner.iter().map(|set| (true, *set)).chain(thief.iter().map(|set| (false, *set)));
		let (thief, spares, known) = (vec![], vec![], RefCell::default());
		let mut world = Self { id, owner: vec![first], thief, spares, known };
		for (seed, (owned, purposes)) in (2..).zip(all) {
			let wallet = added(&world.owner[0], seed, purposes);
			if owned {
				world.owner.push(wallet);
			} else {
				world.thief.push(wallet);
			}
		}
		world.spares = (100..100 + more).map(Wallet::new).collect();
		let start = world.position();
		(world, start)
	}

	fn wallets(&self) -> Vec<&Wallet> {
		self.owner.iter().chain(&self.thief).chain(&self.spares).collect()
	}

	fn acts(&self) -> Vec<Act> {
		let mut acts = vec![
			Act::Freeze,
			Act::Unfreeze,
			Act::CancelUnfreeze,
			Act::Rotate,
			Act::CancelRotation,
			Act::Retire,
			Act::CancelRetirement,
			Act::Complete,
		];
		for wallet in 0..self.wallets().len() {
			acts.extend([
				Act::Remove(wallet),
				Act::CancelRemoval(wallet),
				Act::CancelPending(wallet),
			]);
		}
		let spares = self.wallets().len() - self.spares.len()..self.wallets().len();
		acts.extend(spares.map(Act::Add));
		acts
	}

	fn play(&self, by: &Wallet, act: Act) -> DispatchResult {
		let wallet = |n: usize| self.wallets()[n].clone();
		let key = |n: usize| wallet(n).account();
		let origin = || signed(&by.account());
		with_storage_layer(|| match act {
			Act::Freeze => freeze(by),
			Act::Unfreeze => unfreeze(by),
			Act::CancelUnfreeze => PatientIdentity::cancel_unfreeze(origin()),
			Act::Remove(n) => remove(by, &wallet(n)),
			Act::CancelRemoval(n) => PatientIdentity::cancel_key_removal(origin(), key(n)),
			Act::Add(n) => add(by, &wallet(n), AUTHENTICATION),
			Act::CancelPending(n) => PatientIdentity::cancel_pending_key(origin(), key(n)),
			Act::Rotate => PatientIdentity::rotate_agreement_key(origin(), AGREEMENT),
			Act::CancelRotation => PatientIdentity::cancel_rotation(origin()),
			Act::Retire => PatientIdentity::retire(origin()),
			Act::CancelRetirement => PatientIdentity::cancel_retirement(origin()),
			Act::Complete => PatientIdentity::complete_retirement(origin(), self.id),
		})
	}

	/// What the storage says, counted from now. What was is forgotten: no call depends on it.
	fn position(&self) -> Position {
		let now = now();
		let moment = |at: Moment| if at <= now { 1 } else { NOW + (at - now) };
		fn line<V: Copy>(
			line: &Timeline<V>,
			now: Moment,
			at: impl Fn(Moment) -> Moment,
		) -> Timeline<V> {
			let since = |since: Since<V>| Since { from: at(since.from), ..since };
			Timeline { current: since(line.now(now)), next: line.planned(now).map(since), past: 0 }
		}
		let mut patient = Patients::<Test>::get(self.id).unwrap();
		patient.created_at = 1;
		patient.state = line(&patient.state, now, moment);
		patient.agreement_key = line(&patient.agreement_key, now, moment);
		patient.last_left_active = patient.last_left_active.map(|_| 1);
		patient.retires_from = patient.retires_from.map(moment);
		let mut listed = patient.keys.into_inner();
		listed.retain(|account| Keys::<Test>::get(account).is_some_and(|key| !key.has_ended(now)));
		listed.sort();
		patient.keys = BoundedVec::truncate_from(listed);
		let key = |key: Key| Key { from: moment(key.from), until: key.until.map(moment), ..key };
		let keys: BTreeMap<_, _> =
			Keys::<Test>::iter().map(|(who, found)| (who, key(found))).collect();
		let mut leaving = LeavingAtFreeze::<Test>::get(self.id).into_inner();
		if patient.state.current.value != PatientState::Frozen {
			leaving.clear();
		}
		leaving.sort();
		let keys: Vec<_> = keys.into_iter().collect();
		(patient, keys, leaving).encode()
	}

	fn restore(&self, position: &Position) {
		set_now(NOW);
		let (patient, keys, leaving) = Stored::decode(&mut &position[..]).unwrap();
		let _ = Keys::<Test>::clear(u32::MAX, None);
		for (account, key) in keys {
			Keys::<Test>::insert(account, key);
		}
		Patients::<Test>::insert(self.id, patient);
		LeavingAtFreeze::<Test>::insert(self.id, BoundedVec::truncate_from(leaving));
		System::reset_events();
	}

	fn state(&self) -> PatientState {
		state(&self.id)
	}

	fn key(&self, wallet: &Wallet) -> Option<Key> {
		Keys::<Test>::get(wallet.account()).filter(|key| key.is_live(now()))
	}

	fn number(&self, wallet: &Wallet) -> usize {
		let account = wallet.account();
		self.wallets().iter().position(|other| other.account() == account).unwrap()
	}

	/// The owner alone has live keys, and the handle is active.
	fn in_control(&self) -> bool {
		self.state() == PatientState::Active && self.thief.iter().all(|key| self.key(key).is_none())
	}

	/// Every position that these wallets can make of this one by one act.
	fn one_act(&self, from: &Position, wallets: &[&Wallet]) -> Vec<Position> {
		let mut found = vec![];
		for wallet in wallets {
			for act in self.acts() {
				self.restore(from);
				if self.play(wallet, act).is_ok() {
					found.push(self.position());
				}
			}
		}
		found
	}

	/// Every position that the thief can make of this one without time passing.
	fn within_a_moment(&self, from: Position) -> BTreeSet<Position> {
		let mut found = BTreeSet::from([from.clone()]);
		let mut todo = vec![from];
		while let Some(position) = todo.pop() {
			let known = self.known.borrow().get(&position).cloned();
			let next = known.unwrap_or_else(|| {
				let thief: Vec<_> = self.thief.iter().collect();
				let next = self.one_act(&position, &thief);
				self.known.borrow_mut().insert(position, next.clone());
				next
			});
			todo.extend(next.into_iter().filter(|next| found.insert(next.clone())));
		}
		found
	}

	/// Every position after one moment, in which the thief acts, then the owner, then the thief once
	/// more, and a tick of the clock.
	fn round(&self, from: &Position, owner: fn(&Self)) -> BTreeSet<Position> {
		let mut answered = BTreeSet::new();
		for position in self.within_a_moment(from.clone()) {
			self.restore(&position);
			owner(self);
			answered.insert(self.position());
		}
		let mut left = BTreeSet::new();
		for position in answered {
			left.extend(self.within_a_moment(position));
		}
		let later = |position: Position| {
			self.restore(&position);
			advance(TICK);
			self.position()
		};
		left.into_iter().map(later).collect()
	}

	/// After how many ticks at most the owner is in control, whatever the thief does; `None` if the
	/// thief can put it off for ever.
	fn longest(
		&self,
		from: &Position,
		owner: fn(&Self),
		known: &mut BTreeMap<Position, Option<u32>>,
	) -> Option<u32> {
		if let Some(ticks) = known.get(from) {
			// One that is being looked at is met again: a cycle.
			return *ticks;
		}
		self.restore(from);
		if self.in_control() {
			known.insert(from.clone(), Some(0));
			return Some(0);
		}
		known.insert(from.clone(), None);
		let mut most = 0;
		for next in self.round(from, owner) {
			most = most.max(self.longest(&next, owner, known)? + 1);
		}
		known.insert(from.clone(), Some(most));
		Some(most)
	}

	/// The positions to which any wallets can get in `depth` steps, of which one is a tick.
	fn histories(&self, start: Position, depth: u32) -> BTreeSet<Position> {
		let mut found = BTreeSet::from([start.clone()]);
		let mut edge = vec![start];
		for _ in 0..depth {
			let mut next = vec![];
			for position in edge {
				self.restore(&position);
				advance(TICK);
				next.push(self.position());
				next.extend(self.one_act(&position, &self.wallets()));
			}
			edge = next.into_iter().filter(|position| found.insert(position.clone())).collect();
		}
		found
	}
}

/// What an owner does who wants a thief out: removes its keys, and unfreezes.
fn take_back(world: &World) {
	let upholds = |wallet: &&Wallet| world.key(wallet).is_some_and(|key| key.upholds(now()));
	let Some(by) = world.owner.iter().chain(&world.spares).find(upholds) else { return };
	for stolen in &world.thief {
		if world.key(stolen).is_some_and(|key| key.until.is_none()) {
			let _ = world.play(by, Act::Remove(world.number(stolen)));
		}
	}
	let _ = world.play(by, Act::Unfreeze);
}

/// What an owner does who is not to be locked out: stops whatever was not its own wish.
fn watch(world: &World) {
	for by in &world.owner {
		for other in world.wallets() {
			let _ = world.play(by, Act::CancelPending(world.number(other)));
		}
		for own in &world.owner {
			let _ = world.play(by, Act::CancelRemoval(world.number(own)));
		}
		for act in [Act::CancelRotation, Act::CancelRetirement, Act::CancelUnfreeze] {
			let _ = world.play(by, act);
		}
	}
	for by in &world.owner {
		if world.key(by).is_some_and(|key| key.until.is_some()) {
			let _ = world.play(by, Act::Freeze);
		}
	}
}

const CONSENT: KeyPurposeSet = KeyPurposeSet::EMPTY.with(KeyPurpose::Consent);

/// (i): whatever has happened before, and whatever a thief without authentication does for ever.
#[test]
fn an_owner_with_an_authentication_key_ends_in_control_of_a_thief_without() {
	let worlds: [(&[KeyPurposeSet], &[KeyPurposeSet], u8, u32); 4] = [
		(&[], &[VIEW], 1, 4),
		(&[], &[VIEW, CONSENT.with(KeyPurpose::View)], 0, 4),
		(&[VIEW], &[CONSENT], 0, 4),
		(&[AUTHENTICATION], &[VIEW, VIEW], 0, 2),
	];
	for (owner, thief, spares, depth) in worlds {
		new_test_ext().execute_with(|| {
			let (world, start) = World::new(owner, thief, spares);
			let mut known = BTreeMap::new();
			let starts = world.histories(start, depth);
			let mut worst = 0;
			for start in &starts {
				world.restore(start);
				if world.state() == PatientState::Retired {
					continue;
				}
				let ticks = world.longest(start, take_back, &mut known);
				let ticks =
					ticks.unwrap_or_else(|| panic!("shut out for ever: {:?}", shown(start)));
				worst = worst.max(ticks);
			}
			println!("{} starts, {} positions, {worst} ticks", starts.len(), known.len());
			assert!(starts.len() > 50);
			assert!(Moment::from(worst) * TICK <= 2 * KEY_DELAY, "{worst} ticks");
		});
	}
}

/// (ii): freezing, leaving, and stopping what would loosen take any live key, wherever one gets.
#[test]
fn every_live_key_freezes_leaves_and_stops_loosening_in_every_position() {
	new_test_ext().execute_with(|| {
		let (world, start) = World::new(&[VIEW], &[AUTHENTICATION], 1);
		let mut tried = BTreeMap::<&str, u32>::new();
		for position in world.histories(start, 3) {
			world.restore(&position);
			let active = world.state() == PatientState::Active;
			let patient = Patients::<Test>::get(world.id).unwrap();
			let pending: Vec<_> = world
				.spares
				.iter()
				.filter(|key| {
					Keys::<Test>::get(key.account()).is_some_and(|key| key.is_pending(now()))
				})
				.map(|key| Act::CancelPending(world.number(key)))
				.collect();
			let live = |key: &&&Wallet| world.key(key).is_some();
			for by in world.wallets().iter().filter(live) {
				let others =
					world.wallets().into_iter().filter(|key| key.account() != by.account());
				let stays = others.filter_map(|key| world.key(key)).any(|key| key.upholds(now()));
				let mut must = pending.clone();
				must.extend(active.then_some(Act::Freeze));
				must.extend(stays.then_some(Act::Remove(world.number(by))));
				must.extend(patient.agreement_key.planned(now()).map(|_| Act::CancelRotation));
				must.extend(patient.retires_from.map(|_| Act::CancelRetirement));
				for act in must {
					world.restore(&position);
					assert_ok!(world.play(by, act));
					*tried.entry(name(act)).or_default() += 1;
				}
			}
		}
		assert_eq!(tried.len(), 5, "{tried:?}");
		assert!(tried.values().all(|times| *times > 10), "{tried:?}");
	});
}

/// (iii): while both hold authentication keys nobody can tell them apart. The thief can put the owner
/// off for ever, and gets nothing itself from an owner who looks twice a day.
#[test]
fn two_who_hold_authentication_keys_put_each_other_off_and_neither_is_shut_out() {
	let worlds: [(&[KeyPurposeSet], &[KeyPurposeSet], u8); 3] = [
		(&[], &[AUTHENTICATION], 1),
		(&[], &[AUTHENTICATION, VIEW], 0),
		(&[VIEW], &[AUTHENTICATION], 0),
	];
	for (owner, thief, spares) in worlds {
		new_test_ext().execute_with(|| {
			let (world, start) = World::new(owner, thief, spares);
			assert_eq!(world.longest(&start, take_back, &mut BTreeMap::new()), None);

			let agreement_key = PatientIdentity::resolve(&world.id).unwrap().agreement_key.value;
			let mut found = BTreeSet::from([start.clone()]);
			let mut todo = vec![start];
			while let Some(position) = todo.pop() {
				for next in world.round(&position, watch) {
					world.restore(&next);
					let document = PatientIdentity::resolve(&world.id).unwrap();
					let mut owners = world.owner.iter();
					assert!(owners.all(|key| world.key(key).is_some()), "{:?}", shown(&next));
					assert!(world.spares.iter().all(|key| world.key(key).is_none()));
					assert_ne!(document.state, PatientState::Retired);
					assert_eq!(document.agreement_key.value, agreement_key);
					if found.insert(next.clone()) {
						todo.push(next);
					}
				}
			}
			println!("{} positions", found.len());
		});
	}
}

/// Whoever is last to freeze gains nothing: a key that was leaving then cannot keep the handle frozen.
#[test]
fn a_key_that_was_leaving_when_it_froze_cannot_keep_the_handle_frozen() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let thief = added(&first, 2, KeyPurposeSet::ALL);
		assert_ok!(remove(&first, &thief));
		assert_ok!(freeze(&thief));
		assert_eq!(LeavingAtFreeze::<Test>::get(id).into_inner(), [thief.account()]);
		assert!(Keys::<Test>::get(thief.account()).unwrap().until.is_none(), "dropped");
		assert_ok!(unfreeze(&first));
		let cancel = |by: &Wallet| PatientIdentity::cancel_unfreeze(signed(&by.account()));
		assert_noop!(cancel(&thief), Error::<Test>::WasLeaving);
		// The one who asked for the removal still can.
		assert_ok!(cancel(&first));
		assert_ok!(unfreeze(&first));
		advance(UNFREEZE_DELAY);
		assert_eq!(state(&id), PatientState::Active);
		// The next freeze begins anew.
		assert_ok!(freeze(&first));
		assert!(LeavingAtFreeze::<Test>::get(id).is_empty());
		assert_ok!(unfreeze(&first));
		assert_ok!(cancel(&thief));
	});
}

#[test]
fn a_freeze_without_authentication_leaves_removals_and_one_with_it_drops_them_also_later() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let (second, view) = (added(&first, 2, AUTHENTICATION), added(&first, 3, VIEW));
		assert_ok!(remove(&second, &first));
		assert_ok!(remove(&second, &view));
		events();
		assert_ok!(freeze(&view));
		assert_eq!(events(), [Event::Frozen { patient: id, by: view.account() }]);
		assert_noop!(freeze(&view), Error::<Test>::AlreadyFrozen);
		assert_ok!(unfreeze(&second));
		events();
		assert_ok!(freeze(&first));
		let dropped = |key: &Wallet| Event::KeyRemovalCancelled {
			patient: id,
			key: key.account(),
			by: first.account(),
		};
		assert_eq!(events(), [dropped(&first), dropped(&view)]);
		assert!(PatientIdentity::resolve(&id).unwrap().active_from.is_some(), "not its business");
		assert_noop!(freeze(&first), Error::<Test>::AlreadyFrozen);
		advance(KEY_DELAY);
		assert!(is_live(&first) && is_live(&view));
	});
}

fn name(act: Act) -> &'static str {
	match act {
		Act::Freeze => "freeze",
		Act::Remove(_) => "leave",
		Act::CancelPending(_) => "stop a new key",
		Act::CancelRotation => "stop a rotation",
		Act::CancelRetirement => "stop a retirement",
		_ => "something else",
	}
}

/// A position in words.
fn shown(position: &Position) -> Stored {
	Stored::decode(&mut &position[..]).unwrap()
}
