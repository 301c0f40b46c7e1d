//! Sentences through the encoder: word pieces, batches of like length, one run of the graph a batch.

use demarche_types::{Span, TokenId};
use rten::{RunOptions, Value};
use rten_tensor::{AsView, Layout, NdTensor};

use crate::Scratch;
use crate::model::LanguageModel;
use crate::wordpiece::{WordPiece, case_class};

/// Longest input, in word pieces, the encoder's positions allow.
const MAX_PIECES: usize = 512;
/// Padded word pieces a batch may hold: large enough to keep the matrix kernels busy, small enough for the cache.
const BATCH_PIECES: usize = 256;

/// One sentence to encode: its words' spans and whether each is glued to the word before.
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Span],
}

/// Word pieces of one sentence.
#[derive(Default)]
struct Pieces {
    ids: Vec<i32>,
    case: Vec<i32>,
    first: Vec<u32>,
}

/// Encodes sentences and hands each one's rows to `take`: `[words + 1]` rows, the root's first.
/// Sentences come back in the order of their length, with their index.
pub(crate) fn encode(
    model: &LanguageModel,
    pieces: &WordPiece,
    inputs: &[Input<'_>],
    scratch: &mut Scratch,
    mut take: impl FnMut(usize, &[f32], usize),
) -> Result<(), String> {
    let prepared: Vec<Pieces> = inputs.iter().map(|input| prepare(pieces, input, &mut scratch.buffer)).collect();
    let mut order: Vec<usize> = (0..prepared.len()).filter(|&i| !inputs[i].words.is_empty()).collect();
    order.sort_by_key(|&i| (prepared[i].ids.len(), i));
    let mut begin = 0;
    while begin < order.len() {
        let mut end = begin;
        while end < order.len() && (end == begin || prepared[order[end]].ids.len() * (end - begin + 1) <= BATCH_PIECES) {
            end += 1;
        }
        run(model, &prepared, &order[begin..end], scratch, &mut take)?;
        begin = end;
    }
    Ok(())
}

fn prepare(pieces: &WordPiece, input: &Input<'_>, buffer: &mut String) -> Pieces {
    let mut out = Pieces { ids: vec![pieces.cls], case: vec![0], first: vec![0] };
    let mut before = None;
    for span in input.words {
        let form = span.of(input.text);
        out.first.push(out.ids.len() as u32);
        pieces.push(form, buffer, &mut out.ids);
        let glued = i32::from(before == Some(span.start));
        out.case.resize(out.ids.len(), case_class(form) * 2 + glued);
        before = Some(span.end);
    }
    if out.ids.len() + 1 > MAX_PIECES {
        shorten(&mut out);
    }
    out.ids.push(pieces.sep);
    out.case.push(0);
    out
}

/// Keeps one piece a word, and where even that is too many makes the last words share the last piece.
fn shorten(pieces: &mut Pieces) {
    let (ids, case) = (std::mem::take(&mut pieces.ids), std::mem::take(&mut pieces.case));
    for (rank, first) in pieces.first.iter_mut().enumerate() {
        if rank < MAX_PIECES - 1 {
            pieces.ids.push(ids[*first as usize]);
            pieces.case.push(case[*first as usize]);
        }
        *first = rank.min(MAX_PIECES - 2) as u32;
    }
}

fn run(
    model: &LanguageModel,
    prepared: &[Pieces],
    batch: &[usize],
    scratch: &Scratch,
    take: &mut impl FnMut(usize, &[f32], usize),
) -> Result<(), String> {
    let width = batch.iter().map(|&i| prepared[i].ids.len()).max().unwrap_or(0);
    let cells = batch.len() * width;
    let (mut ids, mut case, mut bias) = (vec![0i32; cells], vec![0i32; cells], vec![-10_000.0f32; cells]);
    let mut words = vec![];
    for (row, &i) in batch.iter().enumerate() {
        let (at, n) = (row * width, prepared[i].ids.len());
        ids[at..at + n].copy_from_slice(&prepared[i].ids);
        case[at..at + n].copy_from_slice(&prepared[i].case);
        bias[at..at + n].fill(0.0);
        words.extend(prepared[i].first.iter().map(|&f| at as i32 + f as i32));
    }
    let rows = words.len();
    let node = &model.inputs;
    let shape = [batch.len(), width];
    let inputs = vec![
        (node.ids, Value::from(NdTensor::from_data(shape, ids)).into()),
        (node.case, Value::from(NdTensor::from_data(shape, case)).into()),
        (node.positions, Value::from(NdTensor::from_data([width], (0..width as i32).collect::<Vec<_>>())).into()),
        (node.bias, Value::from(NdTensor::from_data([batch.len(), 1, 1, width], bias)).into()),
        (node.words, Value::from(NdTensor::from_data([rows], words)).into()),
    ];
    let options = RunOptions::default().with_thread_pool(Some(scratch.pool.clone()));
    let [out] = model.graph.run_n(inputs, [node.out], Some(options)).map_err(|e| e.to_string())?;
    let out: NdTensor<f32, 2> = out.try_into().map_err(|_| "the graph's output is not a matrix of numbers".to_string())?;
    let size = out.shape()[1];
    let data = out.to_contiguous();
    let data = data.data();
    let mut row = 0;
    for &i in batch {
        let count = prepared[i].first.len();
        take(i, &data[row * size..(row + count) * size], size);
        row += count;
    }
    Ok(())
}

/// Word index as a document token.
pub(crate) fn token(base: usize, word: usize) -> TokenId {
    TokenId::from(base + word)
}
