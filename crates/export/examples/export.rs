//! Exports records of a JSON Lines file in one format and checks what was written:
//!
//!     cargo run --release -p demarche-export --example export -- EVENTS.jsonl FORMAT FOLDER
#![expect(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use demarche_export::{FileKind, Format, Options, events, export, validate};
use demarche_types::Status;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, format, folder] = &arguments[..] else { return Err("EVENTS.jsonl FORMAT FOLDER are needed".into()) };
    let format = Format::parse(format).ok_or("no such format")?;
    let options = Options { statuses: Status::ALL.to_vec(), ..Options::new(format) };
    let manifest = export(events(BufReader::new(File::open(file)?)), options, Path::new(folder))?;
    println!("{}", manifest.citation);
    println!("{:?}", manifest.events);
    for file in &manifest.files {
        let kind = FileKind::of_name(&file.name);
        let faults = match kind {
            Some(kind) => validate(kind, File::open(Path::new(folder).join(&file.name))?),
            None => Vec::new(),
        };
        println!("{}: {} rows, {} bytes, {} faults", file.name, file.rows, file.bytes, faults.len());
        for fault in faults.iter().take(20) {
            println!("  {fault}");
        }
    }
    Ok(())
}
