//! Writes the vectors of receipts: `cargo run -p salus-verify --example vectors -- docs/vectors`. They are the
//! same each time.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
	let vectors = std::env::args().nth(1).expect("the folder of vectors");
	let maker = support::cases::Maker::default();
	let usual = maker.usual();
	for (folder, cases) in maker.folders() {
		let folder = format!("{vectors}/{folder}");
		std::fs::create_dir_all(&folder)?;
		let write = |name: &str, value: &serde_json::Value| {
			let text = serde_json::to_string_pretty(value)? + "\n";
			std::fs::write(format!("{folder}/{name}.json"), text)
		};
		write("usual", &usual)?;
		cases.iter().try_for_each(|case| write(case.name, &case.json(&usual)))?;
	}
	let folder = format!("{vectors}/decisions");
	std::fs::create_dir_all(&folder)?;
	let write = |name: &str, value: &serde_json::Value| {
		let text = serde_json::to_string_pretty(value)? + "\n";
		std::fs::write(format!("{folder}/{name}.json"), text)
	};
	write("usual", &usual)?;
	maker.of_decisions().iter().try_for_each(|case| write(case.name, &case.json()))
}
