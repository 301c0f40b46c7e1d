//! Reads sources and says how fast: `cargo run --release -p demarche-sources --example read -- PATH...`.

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::ops::ControlFlow;
use std::time::Instant;

use demarche_sources::{Reader, Settings, Source, list};

fn main() {
    let sources: Vec<Source> = std::env::args().skip(1).map(|argument| Source::parse(&argument)).collect();
    let reader = Reader::new(Settings::default());
    let start = Instant::now();
    let (mut pages, mut bytes, mut failures) = (0_u64, 0_u64, 0_u64);
    let mut listing = list(&sources, reader.settings());
    for input in listing.by_ref() {
        let mut sink = |page: Result<demarche_sources::Page, demarche_sources::Failure>| {
            match page {
                Ok(page) => {
                    pages += 1;
                    bytes += page.bytes.len() as u64;
                }
                Err(failure) => {
                    failures += 1;
                    println!("{failure}\n  {}", failure.next_step());
                }
            }
            ControlFlow::Continue(())
        };
        match input {
            Ok(input) => {
                let outcome = reader.visit(&input, &mut sink);
                for (what, count) in &outcome.passed_over {
                    println!("{}: {count} {what}", input.origin);
                }
            }
            Err(failure) => {
                let _ = sink(Err(failure));
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{pages} pages, {failures} failures, {} passed over, {:.1} MB in {seconds:.1} s: {:.0} pages/s, {:.1} MB/s",
        listing.passed_over().values().sum::<u64>(),
        bytes as f64 / 1e6,
        pages as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    );
}
