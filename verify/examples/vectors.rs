//! Writes the vectors of receipts to a folder: `cargo run -p salus-verify --example vectors --
//! docs/vectors/receipts`. They are the same each time.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
	let folder = std::env::args().nth(1).expect("the folder to write to");
	std::fs::create_dir_all(&folder)?;
	for case in support::cases::Maker::default().cases() {
		let path = format!("{folder}/{}.json", case.name);
		std::fs::write(path, serde_json::to_string_pretty(&case.json())? + "\n")?;
	}
	Ok(())
}
