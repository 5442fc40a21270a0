//! Writes the vectors of receipts to a folder: `cargo run -p salus-verify --example vectors --
//! docs/vectors/receipts`. They are the same each time.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
	let folder = std::env::args().nth(1).expect("the folder to write to");
	std::fs::create_dir_all(&folder)?;
	let maker = support::cases::Maker::default();
	let usual = maker.usual();
	let write = |name: &str, value: &serde_json::Value| {
		std::fs::write(format!("{folder}/{name}.json"), serde_json::to_string_pretty(value)? + "\n")
	};
	write("usual", &usual)?;
	maker.cases().iter().try_for_each(|case| write(case.name, &case.json(&usual)))
}
