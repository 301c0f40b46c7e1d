//! The encoder: word pieces of sentences to one row of numbers a word, in 8-bit integers.
//!
//! It is the network that `training/model.py` describes, a BERT encoder (Devlin et al. 2019) with six layers and heads on
//! top, quantised as `training/export_language.py` says, and nothing else: no graph is read and no shape is found at run
//! time. Sentences of a batch stand one after the other without padding. Linear layers run over all rows at once,
//! attention sentence by sentence. The result for a sentence hangs neither on its batch nor on the processor: sums of
//! products are whole numbers, and floating-point operations have one order everywhere.

mod kernels;
mod numbers;
mod stages;
mod weights;

pub(crate) use kernels::LANES;
use kernels::{Level, PANEL, ROWS};
use stages::{Attention, Dots, Embed, Encoded, Multiply, Normed, Output, Repeat};
use weights::{Layer, Weights};

/// The encoder's weights and the instructions to run it with.
pub(crate) struct Encoder {
    weights: Weights,
    level: Level,
}

/// Sentences to encode, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    ids: Vec<u32>,
    cases: Vec<u32>,
    positions: Vec<u32>,
    /// For each sentence, where its pieces and its rows end.
    ends: Vec<(usize, usize)>,
    /// For each row, its piece, counted in its sentence.
    firsts: Vec<u32>,
}

impl Batch {
    /// Adds a sentence: its word pieces, the letter case of each, and the piece of every row that is wanted.
    pub(crate) fn push(&mut self, ids: &[u32], cases: &[u32], firsts: &[u32]) {
        self.ids.extend(ids);
        self.cases.extend(cases);
        self.positions.extend(0..ids.len() as u32);
        self.firsts.extend(firsts);
        self.ends.push((self.ids.len(), self.firsts.len()));
    }

    /// Word pieces of all sentences.
    pub(crate) fn pieces(&self) -> usize {
        self.ids.len()
    }

    /// Empties the batch and keeps its room.
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.cases.clear();
        self.positions.clear();
        self.ends.clear();
        self.firsts.clear();
    }
}

/// Room for a batch under way, for one thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    rows: Vec<f32>,
    codes: Vec<u8>,
    qkv: Vec<f32>,
    mixed: Vec<u8>,
    inner: Vec<u8>,
    attention: Vec<f32>,
    kept: Vec<f32>,
    hidden: Vec<Vec<f32>>,
    out: Vec<f32>,
}

impl Encoder {
    /// Reads a file of weights that is part of the program. The error says what is wrong with it.
    pub(crate) fn read(file: &'static [u8]) -> Result<Self, String> {
        Ok(Self { weights: Weights::read(file)?, level: Level::available()[0] })
    }

    /// Numbers in an output row.
    pub(crate) fn columns(&self) -> usize {
        self.weights.columns
    }

    /// Longest sentence, in word pieces.
    pub(crate) fn longest(&self) -> usize {
        self.weights.position.len() / self.weights.width
    }

    /// Multiplications of bytes that a batch takes; those of attention, in floating point, are not counted.
    pub(crate) fn products(&self, batch: &Batch) -> u64 {
        let w = &self.weights;
        let (pieces, wanted) = (batch.pieces() as u64, batch.firsts.len() as u64);
        let mut sum = 0;
        for (rank, layer) in w.layers.iter().enumerate() {
            let rows = if rank + 1 < w.layers.len() { pieces } else { wanted };
            sum += pieces * layer.qkv.products() + rows * (layer.out.products() + layer.up.products() + layer.down.products());
        }
        sum + wanted * w.heads.iter().map(|head| head.linear.products()).sum::<u64>()
    }

    /// At least so many multiplications of bytes, with operands that never leave the nearest cache: the most that this
    /// processor gets through. Returns how many it did.
    pub(crate) fn multiply_only(&self, products: u64) -> u64 {
        let depth = self.weights.width;
        let (input, panel) = (vec![3; ROWS * depth], vec![5; PANEL * depth]);
        let once = (ROWS * PANEL * depth) as u64;
        let times = products.div_ceil(once);
        self.level.run(Repeat { input: &input, depth, panel: &panel, times });
        times * once
    }

    /// The products of a row with rows that begin `stride` apart in `right`, one for each place of `out`. The row's length is a
    /// multiple of [`LANES`].
    pub(crate) fn dots(&self, left: &[f32], right: &[f32], stride: usize, out: &mut [f32]) {
        self.level.run(Dots { left, right, stride, out });
    }

    /// The output rows of all sentences of a batch.
    pub(crate) fn run<'b>(&self, batch: &Batch, buffers: &'b mut Buffers) -> &'b [f32] {
        let (w, level, b) = (&self.weights, self.level, buffers);
        let pieces = batch.pieces();
        if pieces == 0 {
            return &[];
        }
        b.rows.resize(pieces * w.width, 0.0);
        b.codes.resize(pieces * w.width, 0);
        b.qkv.resize(pieces * 3 * w.width, 0.0);
        let (ids, cases, positions) = (&batch.ids, &batch.cases, &batch.positions);
        level.run(Embed { weights: w, ids, cases, positions, rows: &mut b.rows, codes: &mut b.codes });
        for (rank, layer) in w.layers.iter().enumerate() {
            let next = w.layers.get(rank + 1);
            let qkv = Output::Written { rows: &mut b.qkv, stride: 3 * w.width, gelu: false };
            level.run(Multiply { linear: &layer.qkv, input: &b.codes, output: qkv });
            if next.is_none() {
                self.keep_wanted(batch, b);
            }
            self.attend(batch, layer, next.is_none(), b);
            level.run(Multiply { linear: &layer.out, input: &b.mixed, output: Output::Added { rows: &mut b.rows } });
            let codes = Some((&layer.up.codes, &mut b.codes[..]));
            level.run(Normed { rows: &mut b.rows, norm: &layer.norm1, next: codes });
            b.inner.resize(b.rows.len() / w.width * w.inner, 0);
            let inner = Output::Codes { codes: &layer.down.codes, out: &mut b.inner };
            level.run(Multiply { linear: &layer.up, input: &b.codes, output: inner });
            level.run(Multiply { linear: &layer.down, input: &b.inner, output: Output::Added { rows: &mut b.rows } });
            let codes = next.map(|next| (&next.qkv.codes, &mut b.codes[..]));
            level.run(Normed { rows: &mut b.rows, norm: &layer.norm2, next: codes });
        }
        self.finish(b);
        &b.out
    }

    /// Leaves only the rows that are wanted: after the last attention the others have no say.
    fn keep_wanted(&self, batch: &Batch, b: &mut Buffers) {
        let width = self.weights.width;
        b.kept.clear();
        let (mut begin, mut row) = (0, 0);
        for &(end, row_end) in &batch.ends {
            for &piece in &batch.firsts[row..row_end] {
                let at = begin + piece as usize;
                b.kept.extend_from_slice(&b.rows[at * width..(at + 1) * width]);
            }
            (begin, row) = (end, row_end);
        }
        std::mem::swap(&mut b.rows, &mut b.kept);
        b.codes.resize(b.rows.len(), 0);
    }

    /// Self-attention of every sentence, in the last layer for the wanted rows only.
    fn attend(&self, batch: &Batch, layer: &Layer, last: bool, b: &mut Buffers) {
        let w = &self.weights;
        b.mixed.resize(b.rows.len(), 0);
        let (mut begin, mut row) = (0, 0);
        for &(end, row_end) in &batch.ends {
            let (wanted, row_end) = if last { (&batch.firsts, row_end) } else { (&batch.positions, end) };
            self.level.run(Attention {
                width: w.width,
                heads: w.attention_heads,
                qkv: &b.qkv[begin * 3 * w.width..end * 3 * w.width],
                wanted: &wanted[row..row_end],
                codes: &layer.out.codes,
                out: &mut b.mixed[row * w.width..row_end * w.width],
                buffer: &mut b.attention,
            });
            (begin, row) = (end, row_end);
        }
    }

    /// The heads, each written to its columns of the output row or kept for those that read it.
    fn finish(&self, b: &mut Buffers) {
        let (w, level) = (&self.weights, self.level);
        let rows = b.rows.len() / w.width;
        b.out.resize(rows * w.columns, 0.0);
        b.hidden.resize_with(w.heads.len(), Vec::new);
        for (rank, head) in w.heads.iter().enumerate() {
            let (rows_in, stride) = match head.from {
                None => (&b.rows[..], w.width),
                Some(from) => match w.heads[from].column {
                    Some(column) => (&b.out[column..], w.columns),
                    None => (&b.hidden[from][..], w.heads[from].linear.outputs),
                },
            };
            let (codes, outputs) = (&head.linear.codes, head.linear.outputs);
            b.codes.resize(rows * head.linear.inputs, 0);
            level.run(Encoded { rows: rows_in, stride, codes, out: &mut b.codes });
            let (rows, stride) = match head.column {
                Some(column) => (&mut b.out[column..], w.columns),
                None => {
                    b.hidden[rank].resize(rows * outputs, 0.0);
                    (&mut b.hidden[rank][..], outputs)
                }
            };
            level.run(Multiply {
                linear: &head.linear,
                input: &b.codes,
                output: Output::Written { rows, stride, gelu: head.gelu },
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ENCODER;

    /// Sentences of many lengths, their pieces in disorder; one asks for a row twice.
    fn sentences() -> Vec<(Vec<u32>, Vec<u32>, Vec<u32>)> {
        let mut state = 7u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let lengths = [3, 16, 17, 33, 5, 70];
        lengths
            .map(|length: u32| {
                let ids = (0..length).map(|_| next(30_000)).collect();
                let cases = (0..length).map(|_| next(12)).collect();
                let mut firsts: Vec<u32> = (0..length - 1).filter(|&piece| piece == 0 || next(5) > 0).collect();
                firsts.push(firsts[firsts.len() - 1]);
                (ids, cases, firsts)
            })
            .into()
    }

    fn bits(encoder: &Encoder, sentences: &[(Vec<u32>, Vec<u32>, Vec<u32>)]) -> Vec<u32> {
        let mut batch = Batch::default();
        for (ids, cases, firsts) in sentences {
            batch.push(ids, cases, firsts);
        }
        encoder.run(&batch, &mut Buffers::default()).iter().map(|x| x.to_bits()).collect()
    }

    fn encoder() -> Encoder {
        Encoder::read(&ENCODER.0).expect("the weights that ship are read")
    }

    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        let mut encoder = encoder();
        let first = bits(&encoder, &sentences());
        assert!(first.iter().all(|&x| f32::from_bits(x).is_finite()));
        for level in Level::available() {
            encoder.level = level;
            assert!(bits(&encoder, &sentences()) == first, "{level:?} gives other bits");
        }
    }

    #[test]
    fn dots_are_products_of_rows_and_the_same_bits_everywhere() {
        let (length, stride, rows) = (3 * LANES, 3 * LANES + 2, 7);
        let number = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 7.0;
        let left: Vec<f32> = (0..length).map(number).collect();
        let right: Vec<f32> = (3..3 + rows * stride).map(number).collect();
        let mut encoder = encoder();
        let mut first = None;
        for level in Level::available() {
            encoder.level = level;
            let mut out = vec![0.0; rows];
            encoder.dots(&left, &right, stride, &mut out);
            for (row, &found) in out.iter().enumerate() {
                let truth: f64 = left.iter().zip(&right[row * stride..]).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                assert!((f64::from(found) - truth).abs() < 1e-3, "{level:?}, row {row}: {found} for {truth}");
            }
            assert_eq!(&out, first.get_or_insert(out.clone()), "{level:?} gives other bits");
        }
    }

    #[test]
    fn a_sentence_does_not_hang_on_its_batch() {
        let encoder = encoder();
        let together = bits(&encoder, &sentences());
        let alone: Vec<u32> = sentences().iter().flat_map(|s| bits(&encoder, std::slice::from_ref(s))).collect();
        assert!(alone == together, "sentences by themselves give other bits");
    }

    #[test]
    fn used_buffers_change_nothing() {
        let (encoder, mut buffers) = (encoder(), Buffers::default());
        let mut run = |sentences: &[(Vec<u32>, Vec<u32>, Vec<u32>)]| {
            let mut batch = Batch::default();
            sentences.iter().for_each(|(ids, cases, firsts)| batch.push(ids, cases, firsts));
            encoder.run(&batch, &mut buffers).to_vec()
        };
        let all = sentences();
        let first = run(&all[..2]);
        run(&all[3..]);
        assert_eq!(run(&all[..2]), first);
    }
}
