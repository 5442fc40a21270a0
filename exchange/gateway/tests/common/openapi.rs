//! The OpenAPI documents, and whether an answer is one that they name. Each answer that a test gets is checked.

use serde_json::Value;
use std::sync::LazyLock;

pub static FACES: LazyLock<[Value; 2]> = LazyLock::new(|| {
	[include_str!("../../openapi/outside.json"), include_str!("../../openapi/inside.json")]
		.map(|text| serde_json::from_str(text).unwrap())
});

/// A path of the document, if the path of a request is one of its.
pub fn template<'a>(face: &'a Value, path: &str) -> Option<(&'a String, &'a Value)> {
	let fits = |template: &str| {
		let (parts, named): (Vec<&str>, Vec<&str>) =
			(path.split('/').collect(), template.split('/').collect());
		parts.len() == named.len()
			&& named
				.iter()
				.zip(&parts)
				.all(|(named, part)| named.starts_with('{') && !part.is_empty() || named == part)
	};
	// What is written out comes before what is a parameter, as in the router.
	let paths = || face["paths"].as_object().unwrap().iter();
	paths()
		.find(|(template, _)| *template == path)
		.or_else(|| paths().find(|(template, _)| fits(template)))
}

/// What a reference refers to.
pub fn resolved<'a>(face: &'a Value, value: &'a Value) -> &'a Value {
	match value.get("$ref").and_then(Value::as_str) {
		Some(reference) => {
			let pointer = reference.strip_prefix('#').unwrap();
			face.pointer(pointer).unwrap_or_else(|| panic!("{reference} is nowhere"))
		},
		None => value,
	}
}

/// Fails if an answer is none that the document names.
pub fn check(is_inside: bool, method: &str, path: &str, status: u16, content_type: Option<&str>) {
	// A test may ask what is no face at all, or before any path is known.
	let face = &FACES[usize::from(is_inside)];
	let told = |expected: &Value| {
		let content = expected.get("content").and_then(Value::as_object);
		let is_told = content.is_some_and(|content| {
			content_type
				.is_some_and(|it| content.keys().any(|name| it.split(';').next() == Some(name)))
		});
		assert!(
			is_told,
			"{method} {path} is {status} with {content_type:?}, which the document does not name"
		);
	};
	let response = |name: &str| face.pointer(&format!("/components/responses/{name}")).unwrap();
	let Some((_, methods)) = template(face, path) else {
		match status {
			401 if is_inside => told(response("Unauthenticated")),
			_ => {
				assert_eq!(status, 404, "{method} {path} is not in the document");
				told(response("NotFound"));
			},
		}
		return;
	};
	let Some(operation) = methods.get(method.to_ascii_lowercase()) else {
		match status {
			401 if is_inside => told(response("Unauthenticated")),
			_ => {
				assert_eq!(status, 405, "{method} {path} is not in the document");
				told(response("Method"));
			},
		}
		return;
	};
	let expected = &operation["responses"][status.to_string()];
	assert!(expected.is_object(), "{method} {path} is {status}, which the document does not name");
	told(resolved(face, expected));
}
