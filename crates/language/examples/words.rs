//! Sentence and word boundaries of lines, for training on texts that are no treebank.
//!
//! ```sh
//! cargo run --release --example words < LINES     one JSON line for each: sentences, each a list of words [start, end] in characters
//! ```
#![expect(clippy::print_stdout, reason = "the example writes to the standard output")]

use std::error::Error;
use std::io::BufRead;

use demarche_language::segment::{Segmenter, Segments};

fn main() -> Result<(), Box<dyn Error>> {
    let segmenter = Segmenter::embedded()?;
    let mut segments = Segments::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        segmenter.segment(&line, &mut segments);
        let place = |byte: u32| line[..byte as usize].chars().count();
        let sentences: Vec<Vec<(usize, usize)>> = (0..segments.sentences.len())
            .map(|rank| segments.words_of(rank).iter().map(|w| (place(w.span.start), place(w.span.end))).collect())
            .collect();
        println!("{sentences:?}");
    }
    Ok(())
}
