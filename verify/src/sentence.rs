//! Answers in words.

use crate::{
	status::{Age, Head, Today},
	Block, End, Finality, Standing, Verified,
};

/// The kinds of organisation, by their index on the chain.
const KINDS: [&str; 7] =
	["provider", "payer", "pharmacy", "laboratory", "research body", "ethics committee", "auditor"];
/// The reasons for a retraction, by their index on the chain.
const REASONS: [&str; 6] = [
	"wrong content",
	"wrong subject",
	"a duplicate",
	"not performed",
	"a technical fault",
	"replaced by a newer version",
];

/// `kind` of organisation in a word.
pub fn kind(kind: u8) -> String {
	named(&KINDS, kind, "organisation of kind")
}

/// The `reason` of a retraction in words.
pub fn reason(reason: u8) -> String {
	named(&REASONS, reason, "reason")
}

fn named(names: &[&str], index: u8, otherwise: &str) -> String {
	names.get(usize::from(index)).map_or(format!("{otherwise} {index}"), |name| name.to_string())
}

/// A moment, given in seconds since 1970, as date and time in UTC.
pub fn moment(seconds: u64) -> String {
	const YEAR_10000: u64 = 253_402_300_800;
	if seconds >= YEAR_10000 {
		return format!("second {seconds} after 1970");
	}
	let (time, mut day) = (seconds % 86_400, seconds / 86_400);
	let leap = |year: u64| {
		year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
	};
	let mut year = 1970_u64;
	while let Some(rest) = day.checked_sub(if leap(year) { 366 } else { 365 }) {
		day = rest;
		year = year.saturating_add(1);
	}
	let february = if leap(year) { 29 } else { 28 };
	let mut month = 1_u64;
	for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
		let Some(rest) = day.checked_sub(length) else { break };
		day = rest;
		month = month.saturating_add(1);
	}
	let day = day.saturating_add(1);
	let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
	format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

/// The sentence about a record that was anchored as its receipt says.
pub fn verified(record: &Verified, block: &Block) -> String {
	let Verified { author, seq, leaf, anchor, standing, .. } = record;
	let place = match leaf {
		Some(index) => format!("as number {index} of the batch in its slot {seq}"),
		None => format!("in its slot {seq}"),
	};
	let (at, number) = (moment(block.time), block.number);
	let stood = match standing {
		Standing::Current => format!("as of {at} (block {number}) it stood"),
		Standing::Superseded { by, since } => format!(
			"as of {at} (block {number}) it was superseded: a newer version has been in slot {by} since {}",
			moment(*since)
		),
		Standing::Retracted { reason: why, since, whole } => {
			let what = if *whole && leaf.is_some() { "its whole batch" } else { "it" };
			format!(
				"as of {at} (block {number}) {what} was retracted: {}, since {}",
				reason(*why),
				moment(*since)
			)
		},
	};
	let word = match standing {
		Standing::Current => "Verified",
		_ => "Verified, but it does not stand",
	};
	format!(
		"{word}: organisation {author}, as {}, anchored this record {place} on {}, and {stood}; {}.",
		kind(anchor.kind),
		moment(anchor.anchored_at),
		finality(block),
	)
}

/// Who made a block final, without a full stop.
pub fn finality(block: &Block) -> String {
	let Finality { set, majority, checkpoint, end } = &block.finality;
	let end = match end {
		End::Proven => "",
		End::Unproven => ", whose end nothing proves,",
		End::Open => ", the last that the trail knows,",
		End::Untold => ", whose end no trail tells,",
	};
	let vouched = match checkpoint {
		None => String::new(),
		Some(name) => format!(", and the checkpoint \"{name}\" vouches for that set"),
	};
	let (of, what, start) = match &block.relay {
		None => ("", "made that final".into(), String::new()),
		Some(relay) => (
			"the relay chain's ",
			format!(
				"made its block {} final, which names block {} as the head of parachain {}",
				relay.number, block.number, relay.para
			),
			relay.start.map_or(String::new(), |(number, _)| {
				format!("; the relay chain was followed from its block {number} on")
			}),
		),
	};
	format!(
		"{} of {} authorities of {of}set {set}{end} {what}{vouched}{start}",
		majority.voters, majority.of,
	)
}

/// The sentence that a node adds, which has answered from its last final block.
pub fn told(today: &Today, head: &Head) -> String {
	let said = format!(
		"The node says that, as of {} (block {}, its last final one),",
		moment(head.time),
		head.number
	);
	match today {
		Today::Current => format!("{said} it stands."),
		Today::Superseded { by, since } => format!(
			"{said} it is superseded: a newer version has been in slot {by} since {}.",
			moment(*since)
		),
		Today::Retracted { reason: why, since } => {
			format!("{said} it is retracted: {}, since {}.", reason(*why), moment(*since))
		},
		Today::Shredded { since } => {
			format!("{said} it is no longer on the chain: it was shredded on {}.", moment(*since))
		},
		Today::Evicted => {
			format!("{said} it is no longer on the chain: it was evicted after its retention.")
		},
		Today::Gone => format!("{said} it is no longer on the chain (evicted or shredded)."),
		Today::Contradicted => {
			format!("{said} the slot is about something else: it has another history.")
		},
		Today::Unknown(status) => {
			format!("{said} it has a status that this version does not know (number {status}).")
		},
	}
}

/// The sentence about a block that is not of the present, if it is not.
pub fn age(age: Age) -> Option<String> {
	match age {
		Age::Fresh => None,
		Age::Old(seconds) => Some(format!(
			"That block is {} old: the node is cut off or catching up, and knows nothing of what came after.",
			span(seconds)
		)),
		Age::Ahead(seconds) => Some(format!(
			"That block is {} ahead of the clock of this machine: one of the two is wrong.",
			span(seconds)
		)),
	}
}

/// A span of time in its largest whole unit.
fn span(seconds: u64) -> String {
	let (count, unit) = match seconds {
		0..120 => (seconds, "seconds"),
		120..7_200 => (seconds / 60, "minutes"),
		7_200..172_800 => (seconds / 3_600, "hours"),
		_ => (seconds / 86_400, "days"),
	};
	format!("{count} {unit}")
}
