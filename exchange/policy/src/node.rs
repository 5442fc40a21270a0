//! Values of a resource, and where they stand in it.

use salus_exchange_protocol::fhir::Value;

/// What tells one value from another that says the same.
pub type Id = *const Value;

/// Of which value a reference is.
pub fn id_of(value: &Value) -> Id {
	std::ptr::from_ref(value)
}

/// Whether values have parts.
pub fn is_compound(value: &Value) -> bool {
	matches!(value, Value::Object(_) | Value::List(_))
}

/// The items there are: FHIR repeats by lists, and one thing in the place of a list is taken too. `null` is none.
pub fn list_of(value: Option<&Value>) -> &[Value] {
	match value {
		None | Some(Value::Null) => &[],
		Some(Value::List(items)) => items,
		Some(one) => std::slice::from_ref(one),
	}
}

/// Whether two values say the same: numbers may be written in two ways, as whoever prints a resource anew writes them.
pub fn says_the_same(a: &Value, b: &Value) -> bool {
	match (a, b) {
		(Value::Number(a), Value::Number(b)) => {
			a == b || matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
		},
		(Value::List(a), Value::List(b)) => {
			a.len() == b.len() && a.iter().zip(b).all(|(a, b)| says_the_same(a, b))
		},
		(Value::Object(a), Value::Object(b)) => {
			a.len() == b.len()
				&& a.iter()
					.zip(b)
					.all(|((name, a), (other, b))| name == other && says_the_same(a, b))
		},
		_ => a == b,
	}
}

/// A place in a resource. Its path is put together only if it is shown: names are the sender's, and may be long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place(usize);

#[derive(Clone, Copy)]
enum Step<'a> {
	Root(&'a str),
	Member(&'a str),
	Item(usize),
}

/// All places that were looked at.
#[derive(Default)]
pub struct Paths<'a> {
	steps: Vec<(Place, Step<'a>)>,
}

impl<'a> Paths<'a> {
	fn add(&mut self, around: Place, step: Step<'a>) -> Place {
		self.steps.push((around, step));
		Place(self.steps.len().saturating_sub(1))
	}

	/// The place of a whole resource, by its type.
	pub fn root(&mut self, name: &'a str) -> Place {
		self.add(Place(0), Step::Root(name))
	}

	/// The place of a member.
	pub fn member(&mut self, around: Place, name: &'a str) -> Place {
		self.add(around, Step::Member(name))
	}

	/// The place of an item of a list.
	pub fn item(&mut self, around: Place, at: usize) -> Place {
		self.add(around, Step::Item(at))
	}

	/// The items there are in a member, with their places.
	pub fn items_of(
		&mut self,
		value: &'a Value,
		place: Place,
		name: &'a str,
	) -> Vec<(&'a Value, Place)> {
		let there = value.get(name);
		let items = list_of(there);
		if items.is_empty() {
			return Vec::new();
		}
		let place = self.member(place, name);
		let is_list = matches!(there, Some(Value::List(_)));
		items
			.iter()
			.enumerate()
			.map(|(at, item)| (item, if is_list { self.item(place, at) } else { place }))
			.collect()
	}

	/// The path of a place, shortened in its middle if it is long.
	pub fn show(&self, place: Place) -> String {
		self.show_below(place, std::iter::empty())
	}

	/// The path of what is below a place: members by their names, items by their numbers.
	pub fn show_below<'b>(
		&self,
		place: Place,
		below: impl DoubleEndedIterator<Item = (Option<&'b str>, usize)>,
	) -> String {
		let below = below.rev().map(|(name, at)| {
			name.map_or_else(|| format!("[{at}]"), |name| format!(".{}", cut(name)))
		});
		let mut pieces: Vec<String> = below.collect();
		let mut next = Some(place);
		while let Some((around, step)) = next.and_then(|Place(at)| self.steps.get(at)) {
			let (piece, is_root) = match step {
				Step::Root(name) => (cut(name).into_owned(), true),
				Step::Member(name) => (format!(".{}", cut(name)), false),
				Step::Item(at) => (format!("[{at}]"), false),
			};
			pieces.push(piece);
			next = (!is_root).then_some(*around);
		}
		pieces.reverse();
		shorten(&pieces.concat())
	}
}

/// The longest piece of a path that is kept: more is cut out of its middle when the path is shown.
const LONGEST_PIECE: usize = 300;

/// A name as far as it can matter: its beginning and its end.
fn cut(name: &str) -> std::borrow::Cow<'_, str> {
	match name.len() > LONGEST_PIECE.saturating_mul(2) {
		true => format!("{}{}", start(name, LONGEST_PIECE), end(name, LONGEST_PIECE)).into(),
		false => name.into(),
	}
}

fn start(text: &str, most: usize) -> &str {
	let at = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
	at.and_then(|at| text.get(..at)).unwrap_or_default()
}

fn end(text: &str, most: usize) -> &str {
	let at = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at));
	at.and_then(|at| text.get(at..)).unwrap_or_default()
}

/// A path for a message.
fn shorten(path: &str) -> String {
	match path.len() > LONGEST_PIECE {
		true => format!("{} ... {}", start(path, 200), end(path, 90)),
		false => path.into(),
	}
}

/// Words of a resource for a message, and short.
pub fn brief(text: &str) -> &str {
	start(text, 80)
}
