//! Features of the gate for the sentences of lines, for training it.
//!
//! ```sh
//! cargo run --release --example gate_features -- WEIGHTS < LINES     one JSON line for each: its sentences' feature indices
//! ```
#![expect(clippy::print_stdout, reason = "the example writes to the standard output")]

use std::error::Error;
use std::io::BufRead;

use demarche_language::gate::Gate;
use demarche_language::segment::{Segmenter, Segments};
use demarche_types::Span;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a weights file")?;
    let gate = Gate::read(&std::fs::read(path)?)?;
    let segmenter = Segmenter::embedded()?;
    let mut segments = Segments::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        segmenter.segment(&line, &mut segments);
        let mut sentences: Vec<Vec<u32>> = vec![];
        for rank in 0..segments.sentences.len() {
            let words: Vec<Span> = segments.words_of(rank).iter().map(|w| w.span).collect();
            let mut found = vec![];
            gate.features(&line, &words, |index| found.push(index));
            sentences.push(found);
        }
        println!("{sentences:?}");
    }
    Ok(())
}
