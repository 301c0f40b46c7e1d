//! Tells training and measurement what the segmenter sees and decides.
//!
//! `segment_features tokens|gaps|segments WEIGHTS < TEXT > OUT`
//!
//! `tokens` and `gaps` write, for every scored place, little-endian 32-bit numbers: the byte offset and the
//! feature indices (a fixed number of them). `segments` writes one line a word: start, end, 1 when a token
//! begins, index of the sentence.

use std::error::Error;
use std::io::{Read, Write};

use demarche_language::segment::{Decision, Segmenter, Segments};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(mode), Some(weights)) = (arguments.next(), arguments.next()) else {
        return Err("usage: segment_features tokens|gaps|segments WEIGHTS < TEXT > OUT".into());
    };
    let segmenter = Segmenter::read(&std::fs::read(weights)?)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut segments = Segments::new();
    let mut out: Vec<u8> = Vec::new();
    let mut put = |offset: u32, features: &[u32]| {
        for number in std::iter::once(&offset).chain(features) {
            out.extend(number.to_le_bytes());
        }
    };
    segmenter.observe(&text, &mut segments, |decision| match decision {
        Decision::Token { offset, features } if mode == "tokens" => put(offset, features),
        Decision::Sentence { offset, features } if mode == "gaps" => put(offset, features),
        _ => {}
    });
    if mode == "segments" {
        for sentence in 0..segments.sentences.len() {
            for word in segments.words_of(sentence) {
                writeln!(out, "{} {} {} {sentence}", word.span.start, word.span.end, u8::from(word.starts_token))?;
            }
        }
    }
    std::io::stdout().write_all(&out)?;
    Ok(())
}
