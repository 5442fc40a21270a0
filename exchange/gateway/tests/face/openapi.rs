//! The OpenAPI documents say what is there: no route is missing, none too many, and no status that a handler names. That the answers are those
//! of the documents, every test checks with each answer that it gets (`common/openapi.rs`).

use crate::common::{
	configured,
	openapi::{resolved, FACES},
	secret, start_in, world, CUSTODIAN, TOKEN,
};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

/// The routes of a file of the program: method and path. Handlers of the outside face take any method, and let only GET.
fn routes(source: &str) -> BTreeSet<(String, String)> {
	let mut found = BTreeSet::new();
	for part in source.split(".route(").skip(1) {
		let mut quoted = part.splitn(3, '"').skip(1);
		let (path, rest) = (quoted.next().unwrap(), quoted.next().unwrap());
		// As far as the parenthesis that closes the route.
		let mut depth = 1_i32;
		let end = rest.find(|c| {
			depth += match c {
				'(' => 1,
				')' => -1,
				_ => 0,
			};
			depth == 0
		});
		let handlers = &rest[..end.unwrap()];
		let is_there = |name: &str| {
			let called = format!("{name}(");
			handlers
				.match_indices(&called)
				.any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
		};
		for (name, method) in [
			("get", "get"),
			("post", "post"),
			("put", "put"),
			("patch", "patch"),
			("delete", "delete"),
			("any", "get"),
		] {
			if is_there(name) {
				found.insert((method.to_owned(), path.to_owned()));
			}
		}
	}
	found
}

fn documented(face: &Value) -> BTreeSet<(String, String)> {
	let paths = face["paths"].as_object().unwrap();
	let operations = paths.iter().flat_map(|(path, methods)| {
		methods.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))
	});
	operations.collect()
}

fn sources() -> Vec<(String, String)> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/http");
	let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
	files
		.map(|file| {
			let source = fs::read_to_string(&file).unwrap();
			// Without its own tests, which route what they like.
			let shipped = source.split("#[cfg(test)]").next().unwrap();
			(file.file_name().unwrap().to_str().unwrap().into(), shipped.into())
		})
		.collect()
}

#[test]
fn each_route_is_in_a_document_and_each_operation_is_routed() {
	let mut routed = BTreeSet::new();
	for (_, source) in sources() {
		routed.extend(routes(&source));
	}
	assert!(routed.len() > 20, "{routed:?}");
	let both: BTreeSet<_> = FACES.iter().flat_map(documented).collect();
	assert_eq!(
		routed.difference(&both).collect::<Vec<_>>(),
		Vec::<&(String, String)>::new(),
		"not in a document"
	);
	assert_eq!(
		both.difference(&routed).collect::<Vec<_>>(),
		Vec::<&(String, String)>::new(),
		"nowhere routed"
	);
	for (name, face) in [("outside.rs", &FACES[0]), ("inside.rs", &FACES[1])] {
		let (_, source) = sources().into_iter().find(|(file, _)| file == name).unwrap();
		let here = routes(&source);
		assert!(!here.is_empty() && here.is_subset(&documented(face)), "{name}");
	}
}

#[test]
fn routes_are_found_in_a_source() {
	let source = "Router::new().route(\"/a\", get(x).post(y)).route(\n\t\"/b/{id}\",\n\tany(|| async { z(1) }),\n)";
	let expected = [("get", "/a"), ("get", "/b/{id}"), ("post", "/a")];
	assert_eq!(routes(source), expected.map(|(method, path)| (method.into(), path.into())).into());
}

#[test]
fn each_status_of_the_program_is_in_a_document() {
	let names = [
		("BAD_REQUEST", 400),
		("UNAUTHORIZED", 401),
		("FORBIDDEN", 403),
		("NOT_FOUND", 404),
		("METHOD_NOT_ALLOWED", 405),
		("REQUEST_TIMEOUT", 408),
		("CONFLICT", 409),
		("GONE", 410),
		("PAYLOAD_TOO_LARGE", 413),
		("UNPROCESSABLE_ENTITY", 422),
		("TOO_MANY_REQUESTS", 429),
		("INTERNAL_SERVER_ERROR", 500),
		("NOT_IMPLEMENTED", 501),
		("BAD_GATEWAY", 502),
		("SERVICE_UNAVAILABLE", 503),
		("OK", 200),
		("CREATED", 201),
		("ACCEPTED", 202),
		("SEE_OTHER", 303),
		("REQUEST_HEADER_FIELDS_TOO_LARGE", 431),
	];
	// Of no operation, but of what is none or too long a head for any.
	let mut documented = BTreeSet::from([405, 431]);
	for face in FACES.iter() {
		for operation in face["paths"]
			.as_object()
			.unwrap()
			.values()
			.flat_map(|it| it.as_object().unwrap().values())
		{
			documented.extend(
				operation["responses"]
					.as_object()
					.unwrap()
					.keys()
					.map(|it| it.parse::<u16>().unwrap()),
			);
		}
	}
	let mut used = BTreeSet::new();
	for (file, source) in sources() {
		for part in source.split("StatusCode::").skip(1) {
			let name: String =
				part.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
			if name.is_empty() {
				continue;
			}
			let number = names.iter().find(|(known, _)| *known == name);
			used.insert(
				number.unwrap_or_else(|| panic!("{file}: this test does not know {name}")).1,
			);
		}
	}
	assert_eq!(used, documented);
}

fn references<'a>(value: &'a Value, out: &mut Vec<&'a Value>) {
	match value {
		Value::Object(members) => {
			if members.contains_key("$ref") {
				out.push(value);
			}
			members.values().for_each(|value| references(value, out));
		},
		Value::Array(items) => items.iter().for_each(|value| references(value, out)),
		_ => {},
	}
}

#[test]
fn the_documents_hold_together() {
	for face in FACES.iter() {
		assert_eq!(face["openapi"], "3.1.0");
		assert_eq!(face["info"]["version"], env!("CARGO_PKG_VERSION"));
		let mut found = Vec::new();
		references(face, &mut found);
		for reference in &found {
			assert!(resolved(face, reference).is_object());
		}
		// What nothing refers to is a mistake, but for what no operation has: 405.
		let used: BTreeSet<&str> = found.iter().map(|it| it["$ref"].as_str().unwrap()).collect();
		for kind in ["responses", "parameters", "schemas"] {
			for name in face["components"][kind]
				.as_object()
				.unwrap()
				.keys()
				.filter(|name| *name != "Method")
			{
				assert!(
					used.contains(format!("#/components/{kind}/{name}").as_str()),
					"{kind}/{name}"
				);
			}
		}
		let mut ids = BTreeSet::new();
		for (path, operation) in face["paths"]
			.as_object()
			.unwrap()
			.iter()
			.flat_map(|(path, it)| it.as_object().unwrap().values().map(move |it| (path, it)))
		{
			assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{path}");
			let named: BTreeSet<String> = path
				.split('{')
				.skip(1)
				.map(|part| part.split('}').next().unwrap().to_owned())
				.collect();
			let empty = Vec::new();
			let parameters = operation["parameters"]
				.as_array()
				.unwrap_or(&empty)
				.iter()
				.map(|it| resolved(face, it));
			let in_path: BTreeSet<String> = parameters
				.filter(|it| it["in"] == "path")
				.map(|it| it["name"].as_str().unwrap().to_owned())
				.collect();
			assert_eq!(named, in_path, "{path}");
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn each_face_hands_out_its_document_and_offers_no_other_method() {
	const DESK: &str = "a-token-of-the-desk-that-is-long-enough";
	const SERVER: &str = "a-token-of-the-server-that-is-long-enough";
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "[auth]\n");
	let (file, desk) = (folder.path().join("gateway.toml"), folder.path().join("desk.token"));
	secret(&desk, DESK);
	let server = folder.path().join("server.token");
	secret(&server, SERVER);
	let text = fs::read_to_string(&file).unwrap();
	let (desk, server) = (desk.display(), server.display());
	// Nobody answers on that port: that server is not what this is about.
	let more = format!("[emergency]\ntoken = \"{desk}\"\n[upstream]\nurl = \"http://127.0.0.1:9/fhir\"\nnotify = \"{server}\"\nevery = 86400\n");
	fs::write(&file, format!("{text}{more}")).unwrap();
	let running = start_in(folder).await;
	assert_eq!(running.faces.anybody("/openapi.json").await.json(), FACES[0]);
	assert_eq!(running.faces.house("/openapi.json").await.json(), FACES[1]);
	let client = reqwest::Client::builder().no_proxy().build().unwrap();
	for (face, base) in FACES.iter().zip([&running.faces.outside, &running.faces.inside]) {
		for (template, methods) in face["paths"].as_object().unwrap() {
			let path = template
				.replace("{type}", "Observation")
				.replace("{id}", "a")
				.replace("{version}", "1");
			let path =
				path.replace("{number}", "1").replace("{handle}", "0x00").replace("{sealed}", "1");
			let path = path.replace("{organisation}", "4").replace("{resource}", "a");
			let path = path.replace("{dataset}", "7").replace("{epoch}", "3");
			let path = path.replace("{person}", "0x00").replace("{offer}", "00");
			let is_for = |whom: &str| {
				methods.as_object().unwrap().values().all(|operation| {
					operation["security"]
						.as_array()
						.and_then(|all| all.first())
						.is_some_and(|it| it.get(whom).is_some())
				})
			};
			let token = match (is_for("desk"), is_for("server")) {
				(true, _) => DESK,
				(_, true) => SERVER,
				_ => TOKEN,
			};
			for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
				if methods.get(method.to_ascii_lowercase()).is_some() {
					continue;
				}
				let request = client
					.request(method.parse().unwrap(), format!("{base}{path}"))
					.bearer_auth(token);
				let response = request.send().await.unwrap();
				let status = response.status().as_u16();
				let allow = response
					.headers()
					.get("allow")
					.map(|it| it.to_str().unwrap().to_ascii_lowercase());
				let text = response.text().await.unwrap();
				assert_eq!(status, 405, "{method} {template}: {text}");
				let allow = allow.unwrap();
				for offered in methods.as_object().unwrap().keys() {
					assert!(allow.split(',').any(|it| it.trim() == offered), "{template}: {allow}");
				}
				assert!(text.contains("\"code\":\"method\""), "{method} {template}: {text}");
			}
		}
	}
}
