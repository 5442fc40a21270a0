//! Counts for research, from the job in the mailbox to the reply there. What somebody gets who attacks them is in `attacks/`.

use super::replies;
use crate::common::{
	counting::{
		ask, chain, count, custodian_at, go_on, group, handle, investigator, job, noisy, pulled,
		query, refused, replied, reserve, reserved, rows, signed, site, Noisy, Running, EPSILON,
	},
	database,
	node::World,
	research::{self, Mailbox, CONSENT, KEY, OPT_OUT},
	CUSTODIAN,
};
use codec::Encode;
use salus_consent_decision::BaseDecision;
use salus_counts::{
	job::{Job, SignedJob},
	query::{Group, Query},
	reply::{Code, Count, Says},
	told::{tell, Told},
	Hash,
};
use salus_exchange_protocol::{json::Part, jws::Jwk};
use salus_gateway::{
	chain::now,
	store::{CountState, NotCounted},
	vault::random,
};
use salus_primitives::PatientId;
use salus_research_permits::{Lapse, Standing};
use salus_verify::decision::Item;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What the noise of one answer is beyond less often than once in 10^9: exp(-epsilon * 42) is below that, at an epsilon of 0.5.
const FAR: u64 = 42;

fn p384_key() -> Jwk {
	use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
	let key = p384::ecdsa::SigningKey::from_slice(&KEY).unwrap();
	let point = key.verifying_key().to_encoded_point(false);
	let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
	let (x, y) = (text(point.x().unwrap()), text(point.y().unwrap()));
	let key = json!({ "kty": "EC", "crv": "P-384", "x": x, "y": y }).to_string();
	Jwk::from_part(&Part::read(key.as_bytes(), 1 << 10).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_reserved_counted_settled_and_told_and_each_part_can_be_checked() {
	let (node, mailbox, running) = site(80, CONSENT).await;
	let job = job(&node, 12, &query("2026-01"));
	let reply = ask(&node, &running, &mailbox, &job).await;
	let key = p384_key();
	assert!(reply.is_of(&key));
	assert_eq!(reply.reply.check(&job.job, CUSTODIAN), Ok(()));
	let told = count(&reply);
	assert_eq!((told.version, told.epoch, told.permit, told.epsilon), (3, 2, 12, EPSILON));
	let Says::Answer(answer) = &reply.reply.says else { panic!() };
	// What the chain has is what was told.
	let on_chain = node.world().research.queries[0].1;
	assert_eq!(on_chain.commitment, job.job.commitment().0);
	assert_eq!(on_chain.result.unwrap().0, answer.result_commitment().0);
	let Told::About(about) = told.result else { panic!("{told:?}") };
	assert!(about % 5 == 0 && about.abs_diff(80) <= FAR + 2, "{about}");
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
	// Neither the query nor the salts are in the database, in any form; not in the reply that is kept there, either.
	for secret in [job.job.salt.0.as_slice(), &answer.result_salt.0, b"\"groups\""] {
		assert!(!replies::holds(running.folder.path(), secret));
	}
	let told = replies::text_of(&reply);
	for salt in [job.job.salt.0, answer.result_salt.0] {
		let is_in = |form: &Vec<u8>| told.as_bytes().windows(form.len()).any(|part| part == form);
		assert!(replies::forms(&salt).iter().any(is_in), "in a reply as it is told they are found");
	}
	assert!(replies::holds(running.folder.path(), b"settled"), "what is there is found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_has_the_noise_that_was_drawn_and_that_is_of_the_epsilon_of_the_dataset() {
	// Of 30 draws the sum of all distances from 0 is outside of these bounds less often than 5 times in 10^10: calculated from the
	// distribution, for an epsilon of 0.05 and of 1. They have nothing in common.
	let spread = [(50_000, 145..=1_549), (1_000_000, 1..=74)];
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	node.change(|world| world.research.budgets.extend([(CUSTODIAN, 100_000_000)]));
	let running = custodian_at(&node, &mailbox, 20, [50_000, 1_000_000]).await;
	// Queries about the same 20 people, of two datasets.
	let months = (2023..=2025).flat_map(|year| (1..=10).map(move |month| (year, month)));
	let queries = months.map(|(year, month)| query(&format!("{year}-{month:02}")));
	let jobs: Vec<SignedJob> =
		queries.flat_map(|each| [12, 14].map(|permit| job(&node, permit, &each))).collect();
	let told = noisy(&node, &running, &mailbox, &jobs, None).await;
	assert_eq!(told.len(), 60);
	let mut spreads = BTreeMap::<u64, u64>::new();
	for Noisy { told, noise } in told {
		assert_eq!(told.result, tell(20, noise, 10), "{noise}");
		*spreads.entry(told.epsilon).or_default() += noise.unsigned_abs();
	}
	for (epsilon, bounds) in spread {
		assert!(bounds.contains(&spreads[&epsilon]), "{spreads:?}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn who_withdrew_is_in_no_later_count() {
	for basis in [CONSENT, OPT_OUT] {
		let (node, mailbox, running) = site(120, basis).await;
		let before = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
		let Told::About(about) = count(&before).result else { panic!("{before:?}") };
		assert!(about.abs_diff(120) <= FAR + 2, "{about}");
		// All but none withdraw: another query is computed anew, and the same one in the next epoch.
		node.change(|world| {
			for (_, ended) in world.research.yes.values_mut() {
				*ended = Some(now() - 1);
			}
			if basis == OPT_OUT {
				world.research.vetoes.extend((1..=120).map(|number| (handle(number), now() - 1)));
			}
		});
		let after = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-02"))).await;
		let size = |count: Count| match count.result {
			Told::About(about) => about,
			Told::FewerThan(least) => u64::from(least),
		};
		assert!(size(count(&after)) <= FAR + 2, "{after:?}");
		let same = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
		assert_eq!(count(&same), count(&before), "what was told stays, with its date");
		node.change(|world| {
			let dataset = world.research.datasets.get_mut(&7).unwrap();
			(dataset.version, dataset.epoch) = (4, 3);
		});
		let next = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
		assert!(size(count(&next)) <= FAR + 2, "{next:?}");
	}
}

/// A base decision of Permit, for these people: it lets research among all else where nothing speaks against it.
pub fn put_base_permits(world: &mut World, people: impl IntoIterator<Item = Hash>) {
	for patient in people {
		let terms = vec![(now() - 60, BaseDecision::Permit)];
		let item = Item::BaseDecisions(PatientId::from(patient.0));
		world.items.insert(item.key(), terms.encode());
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn under_consent_who_is_let_by_a_base_decision_alone_is_not_counted() {
	for (basis, counted) in [(CONSENT, 20), (OPT_OUT, 60)] {
		let (node, mailbox, running) = site(60, basis).await;
		node.change(|world| {
			// Twenty have said yes. Twenty have a base decision alone, and twenty one besides a yes that was revoked.
			put_base_permits(world, (21..=60).map(handle));
			for number in 21..=40 {
				world.research.yes.remove(&handle(number));
			}
			for number in 41..=60 {
				world.research.yes.insert(handle(number), (CUSTODIAN, Some(now() - 30)));
			}
		});
		// What is told without noise.
		let jobs = [job(&node, 12, &query("2026-01"))];
		let told = noisy(&node, &running, &mailbox, &jobs, Some(0)).await;
		assert_eq!(told[0].told.result, Told::About(counted), "{basis}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_between_reservation_and_answer_goes_on_with_the_same_noise() {
	let (node, mailbox, mut running) = site(20, CONSENT).await;
	// Until it is reserved, with noise.
	let asked = pulled(&node, &running, &mailbox).await;
	for _ in 0..20 {
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!(reserved(&node), 1);
	let row = rows(&running, CountState::Reserving).remove(0);
	// Noise is kept once: a second draw changes nothing.
	let sealed = |byte| vec![byte; 40];
	assert!(running.gateway.store.count_reserved(row.number, 0, &sealed(1)).unwrap());
	assert!(!running.gateway.store.count_reserved(row.number, 0, &sealed(2)).unwrap());
	assert_eq!(rows(&running, CountState::Reserved)[0].noise, Some(sealed(1)));
	// The noise of this test is none that the vault opens: nothing is counted with it, and nothing drawn in its place.
	go_on(&running).await;
	running = running.again();
	go_on(&running).await;
	assert_eq!(rows(&running, CountState::Reserved)[0].noise, Some(sealed(1)));
	assert_eq!(node.world().research.used(CUSTODIAN), (EPSILON, 0), "nothing is given back");
	assert_eq!(mailbox.reply(&asked.job.id), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_takes_too_long_is_told_and_costs_nothing_more_when_it_is_asked_for_again() {
	for basis in [CONSENT, OPT_OUT] {
		let (node, mailbox, running) = site(150, basis).await;
		let file = running.folder.path().join("gateway.toml");
		let unlimited = std::fs::read_to_string(&file).unwrap();
		let limited = unlimited.replace("every = 86400\n", "every = 86400\nlongest = 1\n");
		assert_ne!(limited, unlimited);
		std::fs::write(&file, limited).unwrap();
		let running = running.again();
		// Any other delay of this machine makes it longer still.
		node.slow(std::time::Duration::from_millis(1_500));
		let first = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
		assert_eq!(refused(&first), Code::TookTooLong);
		let left = running.gateway.store.counts_in(CountState::Reserved, 0, 9).unwrap();
		assert!(matches!(left.as_slice(), [row] if row.noise.is_some()), "{left:?}");
		let waits = running.gateway.store.waiting_for(left[0].number).unwrap();
		assert_eq!(waits, [], "nobody waits for it");
		assert_eq!(node.world().research.used(CUSTODIAN), (EPSILON, 0), "nothing is given back");
		// Nothing is asked for what nobody waits for.
		let calls = node.calls();
		running.gateway.make_counts().await.unwrap();
		assert_eq!(node.calls(), calls);
		// Whoever asks the same within an hour is told the same at once, though nothing is slow any more: it is not counted.
		std::fs::write(&file, unlimited).unwrap();
		let running = running.again();
		node.slow(std::time::Duration::ZERO);
		let soon = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
		assert_eq!(refused(&soon), Code::TookTooLong);
		let left = rows(&running, CountState::Reserved);
		let (why, again) = left[0].failed.unwrap();
		assert_eq!((left[0].tries, why), (1, NotCounted::TooLong));
		assert!(again.abs_diff(now() + 3_600) < 120, "{again}");
		// Whoever asks the same later has it counted, with the noise that was drawn.
		let folder = running.stopped();
		database::texts(folder.path(), "UPDATE research_count SET again = 1 RETURNING state");
		let running = Running::open(folder);
		let again = ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await;
		let Told::About(about) = count(&again).result else { panic!("{again:?}") };
		assert!(about.abs_diff(150) <= FAR + 2, "{about}");
		assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON), "one cost for both");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_made_is_told_after_a_restart_and_nothing_is_drawn_anew() {
	let (node, mailbox, mut running) = site(20, CONSENT).await;
	pulled(&node, &running, &mailbox).await;
	mailbox.down(true);
	let mut made = BTreeSet::new();
	for _ in 0..40 {
		running.gateway.hand_in().await.unwrap();
		node.block();
		go_on(&running).await;
		for state in [CountState::Counted, CountState::Settled] {
			let rows = running.gateway.store.counts_in(state, 0, 9).unwrap();
			made.extend(rows.into_iter().filter_map(|row| row.result.map(|result| result.0)));
		}
		// At each point of the way.
		running = running.again();
	}
	mailbox.down(false);
	assert_eq!(made.len(), 1, "one result, whenever it is looked at");
	let row = running.gateway.store.counts_in(CountState::Settled, 0, 9).unwrap().remove(0);
	let unsent = running.gateway.store.waiting_for(row.number).unwrap();
	assert_eq!(unsent.len(), 0, "it has its reply");
	// The mailbox that was down is told again after a while.
	let mailbox_id = Hash::of(mailbox.url.as_bytes());
	assert_eq!(running.gateway.store.unsent(&mailbox_id, now() + 7_200, 9).unwrap().len(), 1);
	let on_chain = node.world().research.queries[0].1;
	assert!(made.contains(&on_chain.result.unwrap().0));
	assert_eq!((reserved(&node), node.world().research.used(CUSTODIAN)), (1, (0, EPSILON)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_not_be_answered_is_refused_with_its_reason_and_costs_nothing() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let good = job(&node, 12, &query("2026-01")).job;
	let with = |change: &dyn Fn(&mut Job)| {
		let mut changed = good.clone();
		changed.id = Hash(random::<32>().unwrap());
		change(&mut changed);
		signed(changed)
	};
	let mut forged = with(&|_| ());
	forged.job.permit = 13;
	let other_values = |it: &mut Job| {
		let mut reference = research::values().reference();
		reference.hash = Hash([1; 32]);
		it.query = Query::new(reference, vec![group("2026-01")]).unwrap();
	};
	let other_code = |it: &mut Job| {
		let group = Group { code: "gluc".into(), ..group("2026-01") };
		it.query = Query::new(research::values().reference(), vec![group]).unwrap();
	};
	for (job, code) in [
		(with(&|it| it.genesis = Hash([1; 32])), Code::OtherChain),
		(with(&|it| it.expires = now()), Code::Expired),
		(with(&|it| it.issued = now() + 900), Code::NotYet),
		(with(&|it| it.expires = now() + 8 * 86_400), Code::TooLong),
		(forged, Code::Signature),
		(with(&|it| it.permit = 99), Code::UnknownPermit),
		(with(&|it| it.permit = 14), Code::OtherDataset),
		(with(&|it| it.version = 2), Code::OldVersion),
		(with(&other_values), Code::UnknownValueSet),
		(with(&other_code), Code::UnknownCode),
	] {
		assert_eq!(refused(&ask(&node, &running, &mailbox, &job).await), code);
	}
	for (change, code) in [
		(Standing::NotYet, Code::PermitNotYet),
		(Standing::Ended(salus_research_permits::Ending::Closed), Code::PermitClosed),
	] {
		node.change(|world| world.research.permits.get_mut(&12).unwrap().standing = change);
		assert_eq!(refused(&ask(&node, &running, &mailbox, &with(&|_| ())).await), code);
	}
	node.change(|world| world.research.suspend(12, Lapse::Epoch));
	let reply = ask(&node, &running, &mailbox, &with(&|_| ())).await;
	assert_eq!(refused(&reply), Code::EpochOverdue);
	node.change(|world| world.research.revoke(12));
	assert_eq!(refused(&ask(&node, &running, &mailbox, &with(&|_| ())).await), Code::PermitRevoked);
	node.change(|world| {
		world.research.permits.get_mut(&12).unwrap().standing = Standing::Active;
		world.research.permits.get_mut(&12).unwrap().investigator = [0; 32];
	});
	let reply = ask(&node, &running, &mailbox, &with(&|_| ())).await;
	assert_eq!(refused(&reply), Code::NotInvestigator);
	node.change(|world| {
		world.research.permits.get_mut(&12).unwrap().investigator = investigator().account();
		world.research.datasets.get_mut(&7).unwrap().retired = Some(1);
	});
	let reply = ask(&node, &running, &mailbox, &with(&|_| ())).await;
	assert_eq!(refused(&reply), Code::DatasetRetired);
	assert_eq!(reserved(&node), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permit_that_ends_on_the_way_gets_nothing_and_the_budget_stays_spent() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let asked = pulled(&node, &running, &mailbox).await;
	while reserved(&node) == 0 {
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	// In the best block alone: it is refused all the same.
	node.change_best(|world| world.research.revoke(12));
	go_on(&running).await;
	let reply = mailbox.reply(&asked.job.id).unwrap();
	assert_eq!(refused(&reply), Code::PermitRevoked);
	assert_eq!(node.world().research.used(CUSTODIAN), (EPSILON, 0));
	// Another permit that asks the same gets what was reserved, and pays nothing more.
	node.finality_goes_on();
	let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
	assert_eq!(count(&reply).permit, 12);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_are_bounded_a_salt_is_used_once_and_another_mailbox_is_read_from_its_beginning() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let first = job(&node, 12, &query("2026-01"));
	let reply = ask(&node, &running, &mailbox, &first).await;
	let told = count(&reply);
	// The same salt for the same query in the next version: the commitment is on the chain already.
	node.change(|world| world.research.datasets.get_mut(&7).unwrap().version = 4);
	let mut again = first.job.clone();
	(again.version, again.id) = (4, Hash([5; 32]));
	let reply = ask(&node, &running, &mailbox, &signed(again)).await;
	assert_eq!(refused(&reply), Code::CommitmentUsed);
	assert_eq!(reserved(&node), 1);
	// More jobs than a permit may have open.
	let jobs: Vec<SignedJob> = (0..40).map(|_| job(&node, 12, &query("2026-03"))).collect();
	jobs.iter().for_each(|each| mailbox.leave(each.clone()));
	running.gateway.pull_jobs().await.unwrap();
	go_on(&running).await;
	let refused_now = jobs.iter().filter(|each| mailbox.reply(&each.job.id).is_some()).count();
	assert_eq!(refused_now, 8);
	for each in &jobs {
		replied(&node, &running, &mailbox, &each.job.id).await;
	}
	assert_eq!(reserved(&node), 2);
	// The jobs of a mailbox that was made anew are known: nothing is answered twice, and nothing reserved.
	mailbox.begins_anew();
	let puts = mailbox.puts();
	running.gateway.pull_jobs().await.unwrap();
	go_on(&running).await;
	assert_eq!((mailbox.puts(), reserved(&node)), (puts, 2));
	assert_eq!(told.reservation, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_copy_of_the_database_draws_no_second_noise_for_what_was_told() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let asked = pulled(&node, &running, &mailbox).await;
	// A copy from before the reservation.
	let folder = running.stopped();
	let copy = database::Copy::of(folder.path());
	let running = Running::open(folder);
	let told = count(&replied(&node, &running, &mailbox, &asked.job.id).await);
	let folder = running.stopped();
	copy.put_back(folder.path());
	let running = Running::open(folder);
	let puts = mailbox.puts();
	running.gateway.go_on_counting().await.unwrap();
	// The mailbox has the first reply, and takes no other.
	assert_eq!(mailbox.puts(), puts + 1);
	let found = [CountState::Void, CountState::Reserved].map(|state| rows(&running, state).len());
	assert_eq!(found, [1, 0]);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
	assert_eq!(told.reservation, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_copy_with_the_noise_of_what_was_told_is_given_up_and_tells_nothing_else() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let asked = pulled(&node, &running, &mailbox).await;
	reserve(&node, &running).await;
	let folder = running.stopped();
	let copy = database::Copy::of(folder.path());
	let running = Running::open(folder);
	let told = count(&replied(&node, &running, &mailbox, &asked.job.id).await);
	let folder = running.stopped();
	copy.put_back(folder.path());
	let running = Running::open(folder);
	assert_eq!(rows(&running, CountState::Reserved).len(), 1);
	for _ in 0..5 {
		go_on(&running).await;
		running.gateway.hand_in().await.unwrap();
		// Before the next block makes it forget what was on its way.
		let sent = running.gateway.store.submissions().unwrap();
		assert!(!sent.iter().any(|it| it.what.starts_with("settlement")), "{sent:?}");
		node.block();
	}
	let states = [CountState::Reserved, CountState::Counted, CountState::Settled];
	assert_eq!(states.map(|state| rows(&running, state).len()), [0, 0, 0]);
	let void = rows(&running, CountState::Void);
	assert!(matches!(void.as_slice(), [row] if row.told.is_none() && row.result.is_none()));
	// The mailbox has the first answer, and no other.
	assert_eq!(count(&mailbox.reply(&asked.job.id).unwrap()), told);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
	// Whoever asks the same pays for it, and gets an answer.
	let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
	assert_eq!(count(&reply).reservation, 1);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, 2 * EPSILON));
}
