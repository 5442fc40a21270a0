//! A message of HL7 v2 as text: segments, fields, repetitions, components. What it means is not known here.

use std::fmt;

/// The largest message, in bytes.
pub const MAX_MESSAGE: usize = 16 << 20;
/// The most segments of a message.
pub const MAX_SEGMENTS: usize = 100_000;

/// Why bytes are no message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
	/// It does not begin with a header that has its separators.
	NoHeader,
	/// It is neither UTF-8 nor of the character set that it names.
	Charset,
	/// It has more than [`MAX_SEGMENTS`] segments.
	TooLong,
}

impl fmt::Display for Unreadable {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::NoHeader => "it does not begin with MSH and its separators",
			Self::Charset => "it is neither UTF-8 nor of the character set in MSH-18 (8859/1)",
			Self::TooLong => "it has too many segments",
		})
	}
}

/// What divides the parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Separators {
	field: char,
	component: char,
	repetition: char,
	escape: char,
	subcomponent: char,
}

/// A line of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
	/// Its name.
	pub name: String,
	fields: Vec<String>,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
	separators: Separators,
	/// Its segments, the header first.
	pub segments: Vec<Segment>,
}

fn distinct(chars: &[char]) -> bool {
	chars.iter().enumerate().all(|(at, each)| {
		!each.is_alphanumeric()
			&& !each.is_control()
			&& !chars.iter().skip(at.saturating_add(1)).any(|other| other == each)
	})
}

impl Message {
	/// Reads a message. Segments end with a carriage return, behind which a line feed may stand. In a message without any, as files of text have
	/// them, a line feed ends them. Beside carriage returns a line feed is of the text in which it stands, and begins no segment there.
	pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
		let text = match std::str::from_utf8(bytes) {
			Ok(text) => text.to_owned(),
			// The header is ASCII; of what else there is, it names the character set.
			Err(_) => {
				let latin: String = bytes.iter().copied().map(char::from).collect();
				let head = latin.split(['\r', '\n']).next().unwrap_or_default();
				let separator = head.chars().nth(3).ok_or(Unreadable::NoHeader)?;
				match head.split(separator).nth(17) {
					Some("8859/1") => latin,
					_ => return Err(Unreadable::Charset),
				}
			},
		};
		let end = if text.contains('\r') { '\r' } else { '\n' };
		let lines = text.split(end).map(|line| line.trim_start_matches('\n'));
		let mut lines = lines.filter(|line| !line.is_empty());
		let head = lines.next().and_then(|head| head.strip_prefix("MSH"));
		let head = head.ok_or(Unreadable::NoHeader)?;
		let mut chars = head.chars();
		let mut next = || chars.next().ok_or(Unreadable::NoHeader);
		let separators = Separators {
			field: next()?,
			component: next()?,
			repetition: next()?,
			escape: next()?,
			subcomponent: next()?,
		};
		let Separators { field, component, repetition, escape, subcomponent } = separators;
		// A blank in the place of the escape says that there is none.
		let all = [field, component, repetition, escape, subcomponent];
		let blanks = all.iter().filter(|each| each.is_whitespace()).count();
		if !distinct(&all) || blanks > usize::from(escape == ' ') {
			return Err(Unreadable::NoHeader);
		}
		let mut segments = Vec::new();
		// The first field of a header is the separator itself.
		let fields = head.split(field).skip(1).map(str::to_owned);
		let fields = std::iter::once(field.to_string()).chain(fields).collect();
		segments.push(Segment { name: "MSH".into(), fields });
		for line in lines {
			if segments.len() >= MAX_SEGMENTS {
				return Err(Unreadable::TooLong);
			}
			let mut parts = line.split(field);
			let name = parts.next().unwrap_or_default().to_owned();
			segments.push(Segment { name, fields: parts.map(str::to_owned).collect() });
		}
		Ok(Self { separators, segments })
	}

	/// The header.
	pub fn header(&self) -> Option<&Segment> {
		self.segments.first()
	}

	/// The first segment of that name.
	pub fn segment(&self, name: &str) -> Option<&Segment> {
		self.segments.iter().find(|segment| segment.name == name)
	}

	/// Component `component` (from 1) of repetition `at` (from 0) of a field, without escapes; none if it is empty, or the two
	/// quotation marks that say that there is nothing.
	pub fn component(
		&self,
		segment: &Segment,
		number: usize,
		at: usize,
		component: usize,
	) -> Option<String> {
		self.part(self.repeated(segment, number).nth(at)?, component)
	}

	/// The repetitions of a field, as they stand. Whoever wants several goes over them: each look at one begins at the first.
	pub(super) fn repeated<'a>(
		&self,
		segment: &'a Segment,
		number: usize,
	) -> impl Iterator<Item = &'a str> {
		segment.raw(number).split(self.separators.repetition)
	}

	/// Component `component` (from 1) of a repetition, without escapes; none if it is empty, or the two quotation marks.
	pub(super) fn part(&self, one: &str, component: usize) -> Option<String> {
		let Separators { component: between, subcomponent, .. } = self.separators;
		let part = one.split(between).nth(component.checked_sub(1)?)?;
		let first = part.split(subcomponent).next().unwrap_or_default();
		let text = self.unescaped(first);
		(!text.is_empty() && text != "\"\"").then_some(text)
	}

	/// A repetition without escapes, with what divides its components: of types that have none, such as text.
	pub(super) fn words(&self, one: &str) -> Option<String> {
		let text = self.unescaped(one);
		(!text.is_empty() && text != "\"\"").then_some(text)
	}

	/// The first component of a field.
	pub fn text(&self, segment: &Segment, number: usize) -> Option<String> {
		self.component(segment, number, 0, 1)
	}

	/// A whole field without escapes, with what divides its parts: of types that have none, such as text.
	pub fn whole(&self, segment: &Segment, number: usize) -> Option<String> {
		let text = self.unescaped(segment.raw(number));
		(!text.is_empty() && text != "\"\"").then_some(text)
	}

	/// A field as it stands, for an answer that repeats it.
	pub fn raw<'a>(&self, segment: &'a Segment, number: usize) -> &'a str {
		segment.raw(number)
	}

	/// The separator of fields, and the other four.
	pub fn written_separators(&self) -> (char, String) {
		let Separators { field, component, repetition, escape, subcomponent } = self.separators;
		(field, [component, repetition, escape, subcomponent].iter().collect())
	}

	fn unescaped(&self, text: &str) -> String {
		let Separators { field, component, repetition, escape, subcomponent } = self.separators;
		if escape == ' ' {
			return text.into();
		}
		let mut out = String::new();
		let mut rest = text;
		while let Some((before, after)) = rest.split_once(escape) {
			out.push_str(before);
			let Some((inside, behind)) = after.split_once(escape) else {
				out.push(escape);
				rest = after;
				continue;
			};
			match inside {
				"F" => out.push(field),
				"S" => out.push(component),
				"T" => out.push(subcomponent),
				"R" => out.push(repetition),
				"E" => out.push(escape),
				".br" => out.push('\n'),
				// Emphasis begins and ends.
				"H" | "N" => {},
				_ => match inside.strip_prefix('X').and_then(|digits| hex::decode(digits).ok()) {
					Some(bytes) => out.push_str(&String::from_utf8_lossy(&bytes)),
					None => {
						out.push(escape);
						out.push_str(inside);
						out.push(escape);
					},
				},
			}
			rest = behind;
		}
		out.push_str(rest);
		out
	}
}

impl Segment {
	fn raw(&self, number: usize) -> &str {
		number.checked_sub(1).and_then(|at| self.fields.get(at)).map_or("", String::as_str)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn fields_repetitions_and_components_are_found_by_their_numbers() {
		let message = Message::read(b"MSH|^~\\&|LAB|H||X|20260301||ORU^R01|42|P|2.5\rPID|1||7^^^H^MR~8^^^N^NI||Doe&van^Jane\r\n\nOBX|1|ST|a^b||x\\F\\y\\S\\z\\.br\\\\E\\\\X41\\\\Q\\|\"\"\r").unwrap();
		let header = message.header().unwrap();
		assert_eq!(message.raw(header, 1), "|");
		assert_eq!(message.raw(header, 2), "^~\\&");
		assert_eq!(message.component(header, 9, 0, 2).as_deref(), Some("R01"));
		assert_eq!(message.text(header, 10).as_deref(), Some("42"));
		let patient = message.segment("PID").unwrap();
		assert_eq!(message.repeated(patient, 3).count(), 2);
		assert_eq!(message.component(patient, 3, 1, 1).as_deref(), Some("8"));
		assert_eq!(message.component(patient, 5, 0, 1).as_deref(), Some("Doe"));
		assert_eq!(message.component(patient, 9, 0, 1), None);
		let result = message.segment("OBX").unwrap();
		assert_eq!(message.whole(result, 5).as_deref(), Some("x|y^z\n\\A\\Q\\"));
		assert_eq!(message.text(result, 6), None, "that there is nothing");
	}

	#[test]
	fn a_line_feed_in_a_text_begins_no_segment() {
		let names = |message: &Message| -> Vec<String> {
			message.segments.iter().map(|segment| segment.name.clone()).collect()
		};
		let message =
			Message::read(b"MSH|^~\\&|LAB\r\nOBX|1|TX|a||one\nOBX|2|TX|b||two\r\n\r\nNTE|1\r")
				.unwrap();
		assert_eq!(names(&message), ["MSH", "OBX", "NTE"]);
		let result = message.segment("OBX").unwrap();
		assert_eq!(message.whole(result, 5).as_deref(), Some("one\nOBX"));
		let of_lines = Message::read(b"MSH|^~\\&|LAB\n\nOBX|1\nNTE|1").unwrap();
		assert_eq!(names(&of_lines), ["MSH", "OBX", "NTE"]);
	}

	#[test]
	fn a_blank_in_the_place_of_the_escape_escapes_nothing() {
		let message = Message::read(b"MSH|^~ &|LAB\rNTE|1||Hep H B F given X41 today").unwrap();
		let note = message.segment("NTE").unwrap();
		assert_eq!(message.whole(note, 3).as_deref(), Some("Hep H B F given X41 today"));
	}

	#[test]
	fn what_is_no_message_is_refused_by_name() {
		for bytes in [
			&b""[..],
			b"PID|1",
			b"MSH",
			b"MSH|^~",
			b"MSH|^^\\&|",
			b"MSH|^ \\&|",
			b"MSHaaaaaaa",
			b"\r\r",
		] {
			assert_eq!(Message::read(bytes), Err(Unreadable::NoHeader), "{bytes:?}");
		}
		assert_eq!(Message::read(b"MSH|^~\\&|\xff"), Err(Unreadable::Charset));
		let latin = b"MSH|^~\\&||||||||||||||||8859/1\rPID|1||\xe9";
		let message = Message::read(latin).unwrap();
		assert_eq!(message.text(message.segment("PID").unwrap(), 3).as_deref(), Some("\u{e9}"));
		let long = [b"MSH|^~\\&|\r".to_vec(), b"Z\r".repeat(MAX_SEGMENTS)].concat();
		assert_eq!(Message::read(&long), Err(Unreadable::TooLong));
	}
}
