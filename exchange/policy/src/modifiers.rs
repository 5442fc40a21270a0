//! What of a resource says that the rest means something else: the twin of `clients/fhir/src/modifiers.ts`.

use crate::{
	node::{brief, list_of, Paths, Place},
	refused::{Fault, Refused},
};
use salus_exchange_protocol::fhir::Value;

/// Refuses `implicitRules` and modifier extensions at any depth: a rule that is not known could say that a category, a code or
/// a label means something else. What stands under the same name with an underscore, as FHIR's JSON has it for extensions of
/// values, counts as they do.
pub(crate) fn refuse_modifiers<'a>(
	value: &'a Value,
	paths: &mut Paths<'a>,
	place: Place,
) -> Result<(), Refused> {
	match value {
		Value::List(items) => {
			for (at, item) in items.iter().enumerate().filter(|(_, item)| has_parts(item)) {
				let place = paths.item(place, at);
				refuse_modifiers(item, paths, place)?;
			}
		},
		Value::Object(members) => {
			for (written, value) in members {
				let name = written.strip_prefix('_').unwrap_or(written);
				let which = match name {
					"implicitRules" => "rules that are not known".into(),
					"modifierExtension" => format!("the modifier extension {}", urls(value)),
					_ if has_parts(value) => {
						let place = paths.member(place, written);
						refuse_modifiers(value, paths, place)?;
						continue;
					},
					_ => continue,
				};
				let place = paths.member(place, written);
				return Err(Refused {
					fault: Fault::ModifierUnknown,
					path: paths.show(place),
					detail: format!("{which} may change what the rest means"),
					labels: None,
				});
			}
		},
		_ => {},
	}
	Ok(())
}

fn has_parts(value: &Value) -> bool {
	matches!(value, Value::List(_) | Value::Object(_))
}

fn urls(extensions: &Value) -> String {
	let urls = list_of(Some(extensions))
		.iter()
		.take(3)
		.map(|each| brief(each.get("url").and_then(Value::text).unwrap_or("without a URL")));
	urls.collect::<Vec<_>>().join(", ")
}
