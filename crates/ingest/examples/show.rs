//! Shows how files are taken apart: `cargo run -p demarche-ingest --example show FILE...`

#[path = "../tests/it/render.rs"]
mod render;

use demarche_ingest::{Source, read};

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "showing is what the example is for")]
fn main() {
    for path in std::env::args().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => print!("{}", render::render(read(&Source::new(&path, &bytes)))),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
}
