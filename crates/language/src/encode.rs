//! Sentences through the encoder: word pieces, batches, one run a batch.

use demarche_types::{Span, TokenId};

use crate::Scratch;
use crate::model::LanguageModel;
use crate::wordpiece::{WordPiece, case_class};

/// Word pieces after which a batch is full: enough to read the weights seldom, few enough for the cache.
const BATCH_PIECES: usize = 256;

/// One sentence to encode: its words' spans and whether each is glued to the word before.
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Span],
}

/// Word pieces of one sentence.
#[derive(Default)]
struct Pieces {
    ids: Vec<u32>,
    case: Vec<u32>,
    first: Vec<u32>,
}

/// Encodes sentences and hands each one's rows to `take`: `[words + 1]` rows, the root's first. Sentences come back in
/// their order, with their index; those without words don't. Returns the multiplications of bytes that it took.
pub(crate) fn encode(
    model: &LanguageModel,
    pieces: &WordPiece,
    inputs: &[Input<'_>],
    scratch: &mut Scratch,
    mut take: impl FnMut(usize, &[f32], usize),
) -> u64 {
    let mut products = 0;
    let Scratch { batch, buffers, buffer, .. } = scratch;
    let (longest, columns) = (model.encoder.longest(), model.encoder.columns());
    let mut waiting: Vec<(usize, usize)> = vec![];
    batch.clear();
    let last = inputs.iter().rposition(|input| !input.words.is_empty());
    for (index, input) in inputs.iter().enumerate().filter(|(_, input)| !input.words.is_empty()) {
        let prepared = prepare(pieces, input, longest, buffer);
        batch.push(&prepared.ids, &prepared.case, &prepared.first);
        waiting.push((index, prepared.first.len() * columns));
        if batch.pieces() >= BATCH_PIECES || Some(index) == last {
            products += model.encoder.products(batch);
            let mut rest = model.encoder.run(batch, buffers);
            for (index, length) in waiting.drain(..) {
                let (rows, after) = rest.split_at(length);
                take(index, rows, columns);
                rest = after;
            }
            batch.clear();
        }
    }
    products
}

fn prepare(pieces: &WordPiece, input: &Input<'_>, longest: usize, buffer: &mut String) -> Pieces {
    let mut out = Pieces { ids: vec![pieces.cls], case: vec![0], first: vec![0] };
    let mut before = None;
    for span in input.words {
        let form = span.of(input.text);
        out.first.push(out.ids.len() as u32);
        pieces.push(form, buffer, &mut out.ids);
        let glued = u32::from(before == Some(span.start));
        out.case.resize(out.ids.len(), case_class(form) * 2 + glued);
        before = Some(span.end);
    }
    if out.ids.len() + 1 > longest {
        shorten(&mut out, longest);
    }
    out.ids.push(pieces.sep);
    out.case.push(0);
    out
}

/// Keeps one piece a word, and where even that is too many makes the last words share the last piece.
fn shorten(pieces: &mut Pieces, longest: usize) {
    let (ids, case) = (std::mem::take(&mut pieces.ids), std::mem::take(&mut pieces.case));
    for (rank, first) in pieces.first.iter_mut().enumerate() {
        if rank < longest - 1 {
            pieces.ids.push(ids[*first as usize]);
            pieces.case.push(case[*first as usize]);
        }
        *first = rank.min(longest - 2) as u32;
    }
}

/// Word index as a document token.
pub(crate) fn token(base: usize, word: usize) -> TokenId {
    TokenId::from(base + word)
}
