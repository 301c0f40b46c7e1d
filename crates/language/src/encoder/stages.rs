//! The pieces of the forward pass. Each is compiled for every instruction set; sums are taken in sixteen lanes that are
//! added up in a fixed order, so that all sets give the same bits.

use std::hint::black_box;

use super::kernels::{Kernel, LANES, PANEL, ROWS, Stage};
use super::numbers::{encode, exp, gelu};
use super::weights::{Codes, Linear, Norm, Weights};

/// Embeddings of word pieces, normed; and as codes for the first layer.
pub(super) struct Embed<'a> {
    pub(super) weights: &'a Weights,
    pub(super) ids: &'a [u32],
    pub(super) cases: &'a [u32],
    pub(super) positions: &'a [u32],
    pub(super) rows: &'a mut [f32],
    pub(super) codes: &'a mut [u8],
}

impl Stage for Embed<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let (w, width) = (self.weights, self.weights.width);
        let rows = self.rows.chunks_exact_mut(width).zip(self.codes.chunks_exact_mut(width));
        for (((row, codes), &id), (&case, &position)) in rows.zip(self.ids).zip(self.cases.iter().zip(self.positions)) {
            let at = |n: u32| n as usize * width..(n as usize + 1) * width;
            let scale = w.word_scale[id as usize];
            let parts = w.word[at(id)].iter().zip(&w.position[at(position)]).zip(&w.case[at(case)]);
            for (x, ((&word, &position), &case)) in row.iter_mut().zip(parts) {
                *x = f32::from(word as i8) * scale + position + case;
            }
            norm(kernel, row, &w.norm);
            encode_row(kernel, row, &w.layers[0].qkv.codes, codes);
        }
    }
}

/// The same products over and over, to measure the processor.
pub(super) struct Repeat<'a> {
    pub(super) input: &'a [u8],
    pub(super) depth: usize,
    pub(super) panel: &'a [u8],
    pub(super) times: u64,
}

impl Stage for Repeat<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let mut sums = [[0; PANEL]; ROWS];
        for _ in 0..self.times {
            kernel.multiply(black_box(self.input), self.depth, self.panel, &[0; PANEL], &mut sums);
        }
        black_box(sums);
    }
}

/// A layer norm in place, and what comes of it as codes for the next layer.
pub(super) struct Normed<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) norm: &'a Norm,
    /// The next layer's way to write codes, and where they go.
    pub(super) next: Option<(&'a Codes, &'a mut [u8])>,
}

impl Stage for Normed<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let width = self.norm.weight.len();
        for row in self.rows.chunks_exact_mut(width) {
            norm(kernel, row, self.norm);
        }
        if let Some((codes, out)) = self.next {
            for (row, out) in self.rows.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
                encode_row(kernel, row, codes, out);
            }
        }
    }
}

/// Rows as codes for a layer.
pub(super) struct Encoded<'a> {
    pub(super) rows: &'a [f32],
    /// From the beginning of one row to that of the next.
    pub(super) stride: usize,
    pub(super) codes: &'a Codes,
    pub(super) out: &'a mut [u8],
}

impl Stage for Encoded<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let width = self.codes.steps.len();
        for (row, out) in self.rows.chunks(self.stride).zip(self.out.chunks_exact_mut(width)) {
            encode_row(kernel, &row[..width], self.codes, out);
        }
    }
}

/// A linear layer over rows of codes.
pub(super) struct Multiply<'a> {
    pub(super) linear: &'a Linear,
    pub(super) input: &'a [u8],
    pub(super) output: Output<'a>,
}

/// What becomes of a linear layer's numbers.
pub(super) enum Output<'a> {
    /// They are written to rows that lie `stride` apart, through GELU if asked.
    Written { rows: &'a mut [f32], stride: usize, gelu: bool },
    /// They are added to rows.
    Added { rows: &'a mut [f32] },
    /// They pass through GELU and become codes for the next layer.
    Codes { codes: &'a Codes, out: &'a mut [u8] },
}

impl Stage for Multiply<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let Self { linear, input, mut output } = self;
        let depth = linear.inputs;
        let mut sums = [[0i32; PANEL]; ROWS];
        for (column, panel, start) in linear.panels() {
            let width = PANEL.min(linear.outputs - column);
            let (scale, bias) = (chunk::<PANEL>(&linear.scale, column), chunk::<PANEL>(&linear.bias, column));
            for (rank, input) in input.chunks(ROWS * depth).enumerate() {
                kernel.multiply(input, depth, panel, start, &mut sums);
                for (r, sums) in sums[..input.len() / depth].iter().enumerate() {
                    let row = rank * ROWS + r;
                    let mut numbers = [kernel.splat(0.0); VECTORS];
                    for (v, x) in numbers.iter_mut().enumerate() {
                        let sums = kernel.convert(&sums.as_chunks().0[v]);
                        let (scale, bias) = (kernel.load(chunk(scale, v * LANES)), kernel.load(chunk(bias, v * LANES)));
                        *x = kernel.add(kernel.mul(sums, scale), bias);
                    }
                    match &mut output {
                        Output::Written { rows, stride, gelu: through } => {
                            let numbers = if *through { gelu(kernel, numbers) } else { numbers };
                            let at = row * *stride + column;
                            write(kernel, numbers, &mut rows[at..at + width]);
                        }
                        Output::Added { rows } => {
                            let at = row * linear.outputs + column;
                            let rows = &mut rows[at..at + width];
                            if let Some(rows) = rows.first_chunk_mut::<PANEL>() {
                                for (before, &x) in rows.as_chunks_mut().0.iter_mut().zip(&numbers) {
                                    kernel.store(kernel.add(kernel.load(before), x), before);
                                }
                            } else {
                                let mut before = [0.0f32; PANEL];
                                before[..width].copy_from_slice(rows);
                                for (before, x) in before.as_chunks().0.iter().zip(&mut numbers) {
                                    *x = kernel.add(kernel.load(before), *x);
                                }
                                write(kernel, numbers, rows);
                            }
                        }
                        Output::Codes { codes, out } => {
                            let at = row * linear.outputs + column;
                            let out = &mut out[at..at + width];
                            let steps = &codes.steps[column..column + width];
                            let numbers = gelu(kernel, numbers);
                            if let (Ok(out), Ok(steps)) = (out.try_into(), steps.try_into()) {
                                encode_panel(kernel, numbers, steps, codes.zero, out);
                            } else {
                                let (mut all, mut padded) = ([0; PANEL], [0.0; PANEL]);
                                padded[..width].copy_from_slice(steps);
                                encode_panel(kernel, numbers, &padded, codes.zero, &mut all);
                                out.copy_from_slice(&all[..width]);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Vectors in a row of a panel.
const VECTORS: usize = PANEL / LANES;

/// Writes numbers of a row of a panel as codes.
#[inline(always)]
fn encode_panel<K: Kernel>(kernel: K, numbers: [K::Vector; VECTORS], steps: &[f32; PANEL], zero: f32, out: &mut [u8; PANEL]) {
    let (places, steps) = (out.as_chunks_mut().0, steps.as_chunks().0);
    for (v, &x) in numbers.iter().enumerate() {
        encode(kernel, kernel.mul(x, kernel.load(&steps[v])), zero, &mut places[v]);
    }
}

/// Writes as many numbers as there is room for.
#[inline(always)]
fn write<K: Kernel>(kernel: K, numbers: [K::Vector; VECTORS], out: &mut [f32]) {
    if out.len() == PANEL {
        for (v, &x) in numbers.iter().enumerate() {
            kernel.store(x, chunk_mut(out, v * LANES));
        }
    } else {
        let mut all = [0.0f32; PANEL];
        for (v, &x) in numbers.iter().enumerate() {
            kernel.store(x, chunk_mut(&mut all, v * LANES));
        }
        out.copy_from_slice(&all[..out.len()]);
    }
}

/// Self-attention of one sentence, all heads, and its result as codes for the next layer.
pub(super) struct Attention<'a> {
    pub(super) width: usize,
    pub(super) heads: usize,
    /// Queries, keys and values of every word piece of the sentence.
    pub(super) qkv: &'a [f32],
    /// The word pieces whose result is wanted.
    pub(super) wanted: &'a [u32],
    pub(super) codes: &'a Codes,
    /// A row for each of those.
    pub(super) out: &'a mut [u8],
    pub(super) buffer: &'a mut Vec<f32>,
}

impl Stage for Attention<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let (width, size, stride) = (self.width, self.width / self.heads, 3 * self.width);
        let pieces = self.qkv.len() / stride;
        let padded = pieces.next_multiple_of(LANES);
        self.buffer.clear();
        self.buffer.resize((size + QUERIES) * padded + QUERIES * size, 0.0);
        let (keys, rest) = self.buffer.split_at_mut(size * padded);
        let (shares, mixed) = rest.split_at_mut(QUERIES * padded);
        // What keeps the last vector's places that belong to no word piece out of the softmax.
        let filling: [f32; LANES] = std::array::from_fn(|i| if padded - LANES + i < pieces { 0.0 } else { f32::MIN });
        for head in 0..self.heads {
            let (query_at, value_at) = (head * size, 2 * width + head * size);
            turn(self.qkv, stride, width + query_at, keys, padded);
            let steps = &self.codes.steps[query_at..query_at + size];
            for (rank, wanted) in self.wanted.chunks(QUERIES).enumerate() {
                // A last block that is not full asks for its first piece again.
                let row = |q: usize| wanted.get(q).map_or(wanted[0], |&piece| piece) as usize * stride + query_at;
                let queries: [&[f32]; QUERIES] = std::array::from_fn(|q| &self.qkv[row(q)..row(q) + size]);
                mix(kernel, queries, keys, padded, shares, padded);
                let totals = softmax(kernel, shares, padded, &filling);
                let shares: [&[f32]; QUERIES] = std::array::from_fn(|q| &shares[q * padded..q * padded + pieces]);
                mix(kernel, shares, &self.qkv[value_at..], stride, mixed, size);
                for (q, (mixed, total)) in mixed.chunks_exact(size).zip(totals).take(wanted.len()).enumerate() {
                    let at = (rank * QUERIES + q) * width + query_at;
                    let places = self.out[at..at + size].as_chunks_mut().0.iter_mut();
                    for ((place, x), steps) in places.zip(mixed.as_chunks().0).zip(steps.as_chunks().0) {
                        let x = kernel.mul(kernel.load(x), kernel.splat(total));
                        encode(kernel, kernel.mul(x, kernel.load(steps)), self.codes.zero, place);
                    }
                }
            }
        }
    }
}

/// Queries that are answered together.
const QUERIES: usize = 4;

/// A product of matrices. Row `q` of `out`, `width` long, becomes the sum over `k` of number `k` in row `q` of `left` times row `k` of
/// `right`, in this order. Rows of `right` lie `stride` apart; `width` is a multiple of sixteen.
#[inline(always)]
fn mix<K: Kernel>(kernel: K, left: [&[f32]; QUERIES], right: &[f32], stride: usize, out: &mut [f32], width: usize) {
    let mut at = 0;
    // Two vectors at a time keep the processor busy; one may be left over.
    while at + 2 * LANES <= width {
        tile::<K, 2>(kernel, left, &right[at..], stride, &mut out[at..], width);
        at += 2 * LANES;
    }
    if at < width {
        tile::<K, 1>(kernel, left, &right[at..], stride, &mut out[at..], width);
    }
}

#[inline(always)]
fn tile<K: Kernel, const V: usize>(
    kernel: K,
    left: [&[f32]; QUERIES],
    right: &[f32],
    stride: usize,
    out: &mut [f32],
    width: usize,
) {
    let mut sums = [[kernel.splat(0.0); V]; QUERIES];
    let depth = left[0].len();
    let left = left.map(|left| &left[..depth]);
    for k in 0..depth {
        let row = &right[k * stride..k * stride + V * LANES];
        let mut vectors = [kernel.splat(0.0); V];
        for (v, vector) in vectors.iter_mut().enumerate() {
            *vector = kernel.load(chunk(row, v * LANES));
        }
        for (sums, left) in sums.iter_mut().zip(&left) {
            let factor = kernel.splat(left[k]);
            for v in 0..V {
                sums[v] = kernel.add(sums[v], kernel.mul(factor, vectors[v]));
            }
        }
    }
    for (q, sums) in sums.iter().enumerate() {
        for (v, &sum) in sums.iter().enumerate() {
            kernel.store(sum, chunk_mut(out, q * width + v * LANES));
        }
    }
}

/// Turns a matrix, the columns of `rows` from `at` on, so that the numbers of one column stand side by side. Lines of the
/// result are `padded` long; what stands beyond the last row means nothing.
#[inline(always)]
fn turn(rows: &[f32], stride: usize, at: usize, lines: &mut [f32], padded: usize) {
    let size = lines.len() / padded;
    for (rank, four) in rows.chunks(4 * stride).enumerate() {
        // Rows past the last one are it again.
        let row = |i: usize| {
            let begin = i.min(four.len() / stride - 1) * stride + at;
            four[begin..begin + size].as_chunks::<4>().0
        };
        let four = row(0).iter().zip(row(1)).zip(row(2).iter().zip(row(3)));
        for (((p, q), (r, s)), lines) in four.zip(lines.chunks_exact_mut(4 * padded)) {
            for j in 0..4 {
                *chunk_mut(lines, j * padded + 4 * rank) = [p[j], q[j], r[j], s[j]];
            }
        }
    }
}

/// For each of a few rows of scores, the exponentials of scores less the largest; `filling` is added to the last sixteen.
/// Returns what their sums must be multiplied with to become 1.
#[inline(always)]
fn softmax<K: Kernel>(kernel: K, scores: &mut [f32], padded: usize, filling: &[f32; LANES]) -> [f32; QUERIES] {
    for q in 1..=QUERIES {
        let last = chunk_mut(scores, q * padded - LANES);
        let filled = kernel.add(kernel.load(last), kernel.load(filling));
        kernel.store(filled, last);
    }
    let mut tops = [kernel.splat(f32::MIN); QUERIES];
    for at in (0..padded).step_by(LANES) {
        for (q, top) in tops.iter_mut().enumerate() {
            *top = kernel.max(*top, kernel.load(chunk(scores, q * padded + at)));
        }
    }
    for top in &mut tops {
        *top = kernel.splat(fold(kernel, *top, |a, b| if a > b { a } else { b }));
    }
    let mut sums = [kernel.splat(0.0); QUERIES];
    for at in (0..padded).step_by(LANES) {
        for (q, (sum, &top)) in sums.iter_mut().zip(&tops).enumerate() {
            let place = chunk_mut(scores, q * padded + at);
            let share = exp(kernel, kernel.sub(kernel.load(place), top));
            kernel.store(share, place);
            *sum = kernel.add(*sum, share);
        }
    }
    let mut totals = [0.0; QUERIES];
    for (total, sum) in totals.iter_mut().zip(sums) {
        *total = 1.0 / fold(kernel, sum, |a, b| a + b);
    }
    totals
}

/// Brings a row to mean 0 and variance 1, then scales and shifts it (Ba et al. 2016).
#[inline(always)]
fn norm<K: Kernel>(kernel: K, row: &mut [f32], norm: &Norm) {
    let share = 1.0 / row.len() as f32;
    let mean = kernel.splat(sum(kernel, row) * share);
    let mut squares = kernel.splat(0.0);
    for x in row.as_chunks::<LANES>().0 {
        let x = kernel.sub(kernel.load(x), mean);
        squares = kernel.add(squares, kernel.mul(x, x));
    }
    let variance = fold(kernel, squares, |a, b| a + b) * share;
    let scale = kernel.splat(1.0 / (variance + 1e-12).sqrt());
    let parts = norm.weight.as_chunks::<LANES>().0.iter().zip(norm.bias.as_chunks::<LANES>().0);
    for (place, (weight, bias)) in row.as_chunks_mut::<LANES>().0.iter_mut().zip(parts) {
        let x = kernel.mul(kernel.sub(kernel.load(place), mean), scale);
        let x = kernel.add(kernel.mul(x, kernel.load(weight)), kernel.load(bias));
        kernel.store(x, place);
    }
}

/// Writes a row as codes; its length is a multiple of sixteen.
#[inline(always)]
fn encode_row<K: Kernel>(kernel: K, row: &[f32], codes: &Codes, out: &mut [u8]) {
    let parts = row.as_chunks::<LANES>().0.iter().zip(codes.steps.as_chunks::<LANES>().0);
    for (place, (x, steps)) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(parts) {
        encode(kernel, kernel.mul(kernel.load(x), kernel.load(steps)), codes.zero, place);
    }
}

/// The sum of all numbers; their count is a multiple of sixteen.
#[inline(always)]
fn sum<K: Kernel>(kernel: K, numbers: &[f32]) -> f32 {
    let mut sums = kernel.splat(0.0);
    for numbers in numbers.as_chunks::<LANES>().0 {
        sums = kernel.add(sums, kernel.load(numbers));
    }
    fold(kernel, sums, |a, b| a + b)
}

/// Joins sixteen lanes: the upper half with the lower one until one is left.
#[inline(always)]
fn fold<K: Kernel>(kernel: K, vector: K::Vector, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    kernel.store(vector, &mut lanes);
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = join(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}

/// Products of one row with each of many.
pub(super) struct Dots<'a> {
    pub(super) left: &'a [f32],
    /// Rows that begin `stride` apart; one is as long as `left`.
    pub(super) right: &'a [f32],
    pub(super) stride: usize,
    /// One number for each row.
    pub(super) out: &'a mut [f32],
}

/// Rows that [`Dots`] takes together, so that the processor needn't wait for one sum.
const TOGETHER: usize = 4;

impl Stage for Dots<'_> {
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let Self { left, right, stride, out } = self;
        let (left, rest) = left.as_chunks::<LANES>();
        assert!(rest.is_empty(), "rows are filled up to whole vectors");
        let length = left.len() * LANES;
        for (rank, out) in out.chunks_mut(TOGETHER).enumerate() {
            // Rows past the last one are it again.
            let rows: [&[[f32; LANES]]; TOGETHER] = std::array::from_fn(|i| {
                let at = (rank * TOGETHER + i.min(out.len() - 1)) * stride;
                right[at..at + length].as_chunks().0
            });
            let mut sums = [kernel.splat(0.0); TOGETHER];
            for (k, left) in left.iter().enumerate() {
                let left = kernel.load(left);
                for (sum, row) in sums.iter_mut().zip(&rows) {
                    *sum = kernel.add(*sum, kernel.mul(left, kernel.load(&row[k])));
                }
            }
            for (out, sum) in out.iter_mut().zip(sums) {
                *out = fold(kernel, sum, |a, b| a + b);
            }
        }
    }
}

/// The numbers from `at` on.
#[inline(always)]
fn chunk<const N: usize>(numbers: &[f32], at: usize) -> &[f32; N] {
    numbers[at..].first_chunk().expect("rows are filled up to whole vectors")
}

/// As [`chunk`], to be written.
#[inline(always)]
fn chunk_mut<const N: usize>(numbers: &mut [f32], at: usize) -> &mut [f32; N] {
    numbers[at..].first_chunk_mut().expect("rows are filled up to whole vectors")
}
