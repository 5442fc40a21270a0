//! The form of FHIR JSON, as `clients/types/src/fhir-json.ts` makes it.

use proptest::prelude::*;
use salus_verify::{
	fhir::{canonical, MAX_NESTING},
	Error,
};

fn form(text: &str) -> Result<String, String> {
	match canonical(text.as_bytes()) {
		Ok(bytes) => Ok(String::from_utf8(bytes).expect("the form is UTF-8")),
		Err(Error::NotFhir { why, .. }) => Err(why),
		Err(other) => panic!("another error: {other:?}"),
	}
}

#[test]
fn members_are_sorted_and_white_space_goes() {
	for (input, output) in [
		("{}", "{}"),
		(" [ ] ", "[]"),
		(
			"{ \"b\" : 1 ,\r\n\t\"a\" : [ true , null , false ] }",
			r#"{"a":[true,null,false],"b":1}"#,
		),
		(
			r#"{"b":{"d":1,"c":2},"a":[{"z":1,"y":2}]}"#,
			r#"{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}"#,
		),
		("\u{feff}{}", "{}"),
		("\"text\"", "\"text\""),
		(r#"{"":1,"B":2,"a":3,"_a":4}"#, r#"{"":1,"B":2,"_a":4,"a":3}"#),
	] {
		assert_eq!(form(input).as_deref(), Ok(output), "{input}");
		assert_eq!(form(output).as_deref(), Ok(output), "the form of the form of {input}");
	}
}

/// By UTF-16 code units a smiley comes before U+FB33, by code points after it.
#[test]
fn members_are_sorted_by_code_units() {
	let input = "{\"\u{fb33}\":1,\"\u{1f600}\":2,\"\u{20ac}\":3,\"\\r\":4,\"1\":5,\"\u{f6}\":6}";
	let output = "{\"\\r\":4,\"1\":5,\"\u{f6}\":6,\"\u{20ac}\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}";
	assert_eq!(form(input).as_deref(), Ok(output));
}

#[test]
fn numbers_stay_as_they_are_written() {
	for number in [
		"0",
		"-0",
		"1.0",
		"1.00",
		"0.10",
		"1e2",
		"1E2",
		"1e+2",
		"1e-02",
		"-0.0e0",
		"10",
		"123456789012345678901234567890.1234567890",
	] {
		assert_eq!(form(number).as_deref(), Ok(number));
		assert_eq!(form(&format!("[ {number} ]")), Ok(format!("[{number}]")));
	}
	for wrong in [
		"01", "-", "+1", "1.", ".5", "1e", "1e+", "--1", "0x1", "1_0", "NaN", "Infinity", "1.e1",
		"-01", "00",
	] {
		form(wrong).expect_err(wrong);
		form(&format!("[{wrong}]")).expect_err(wrong);
	}
}

#[test]
fn strings_are_in_their_shortest_escape() {
	for (input, output) in [
		(r#""\u0041\u00e9""#, "\"A\u{e9}\""),
		(r#""\/""#, "\"/\""),
		(r#""\"\\\b\f\n\r\t""#, r#""\"\\\b\f\n\r\t""#),
		(r#""\u0022\u005C\u0008\u000C\u000A\u000D\u0009""#, r#""\"\\\b\f\n\r\t""#),
		(r#""\u0000\u001F""#, r#""\u0000\u001f""#),
		(r#""\uD83D\ude00""#, "\"\u{1f600}\""),
		("\"\u{7f}\u{2028}\u{2029}\"", "\"\u{7f}\u{2028}\u{2029}\""),
		(r#"{"\u0061":1}"#, r#"{"a":1}"#),
	] {
		assert_eq!(form(input).as_deref(), Ok(output), "{input}");
	}
	for wrong in [
		"\"",
		"\"\\\"",
		r#""\x""#,
		r#""\u12""#,
		r#""\u12g4""#,
		r#""\u+123""#,
		"\"\n\"",
		"\"\u{0}\"",
		"\"\\\n\"",
		"\"\u{1f}\"",
		"'a'",
		"\"\\\u{e9}\"",
	] {
		form(wrong).expect_err(wrong);
	}
	canonical(b"\"\xff\"").unwrap_err();
	canonical(b"\"\xed\xa0\x80\"").unwrap_err();
}

#[test]
fn a_member_that_occurs_twice_is_refused() {
	for twice in [r#"{"a":1,"a":1}"#, r#"{"a":1,"b":2,"\u0061":3}"#, r#"[{"b":{"a":1,"a":2}}]"#] {
		assert_eq!(form(twice), Err("the member \"a\" occurs twice".into()), "{twice}");
	}
	form(r#"[{"a":1},{"a":1}]"#).unwrap();
}

#[test]
fn what_is_not_json_is_refused() {
	for wrong in [
		"",
		" ",
		"{",
		"}",
		"[",
		"]",
		"{]",
		"[}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{,}",
		"{\"a\":1 \"b\":2}",
		"{a:1}",
		"{1:1}",
		"[1,]",
		"[,1]",
		"[1 2]",
		"[1,,2]",
		"{} {}",
		"{}x",
		"tru",
		"nulll",
		"True",
		"// no\n{}",
		"{\"a\":1}\u{0}",
		"\u{a0}{}",
		"\u{feff}\u{feff}{}",
		"{\"a\"::1}",
		"[1:2]",
		",",
		":",
	] {
		form(wrong).expect_err(wrong);
	}
}

#[test]
fn depth_is_bounded() {
	let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
	form(&nested(MAX_NESTING)).unwrap();
	form(&nested(MAX_NESTING + 1)).unwrap();
	form(&nested(MAX_NESTING + 2)).unwrap_err();
	form(&"[".repeat(1_000_000)).unwrap_err();
	form(&"{\"a\":".repeat(1_000_000)).unwrap_err();
}

/// A million members, in falling order of their names.
#[test]
fn an_object_with_very_many_members_is_sorted() {
	let each: Vec<_> = (0..1_000_000).rev().map(|index| format!("\"{index:07}\":0")).collect();
	let sorted = form(&format!("{{{}}}", each.join(","))).unwrap();
	assert!(sorted.starts_with(r#"{"0000000":0,"0000001":0,"#));
	assert_eq!(sorted.len(), 12_000_001);
}

proptest! {
	/// Accepted is what another parser of JSON accepts, and the form is of the same content.
	#[test]
	fn it_agrees_with_another_parser(text in r#"[\[\]{},:"a1.e \\u0\-]{0,40}"#) {
		let other: Result<serde_json::Value, _> = serde_json::from_str(&text);
		match form(&text) {
			Ok(form) => {
				let again: serde_json::Value = serde_json::from_str(&form).unwrap_or_default();
				// The other one refuses numbers that are too large for it.
				if let Ok(value) = other {
					prop_assert_eq!(value, again);
				}
			},
			Err(why) => prop_assert!(other.is_err() || why.contains("twice") || why.contains("surrogate"), "{text}: {why}"),
		}
	}

	#[test]
	fn the_form_is_its_own_form(text in r#"(\{("[ab\\n]{0,3}":("[a-z\\u00e9]{0,6}"|-?[1-9][0-9]{0,3}\.[0-9]{1,3}),? ?){0,4}\}|\[[0-9, ]{0,9}\])"#) {
		if let Ok(once) = form(&text) {
			prop_assert_eq!(form(&once), Ok(once.clone()));
		}
	}
}
