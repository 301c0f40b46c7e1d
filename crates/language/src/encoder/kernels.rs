//! The product of 8-bit matrices, vectors of sixteen numbers, and the choice of the instruction set: the only unsafe code
//! of the program.
//!
//! Every instruction set gives the same bits: bytes are multiplied to whole numbers, and all else ([`super::stages`]) is
//! compiled once for each set from the same source, whose operations are rounded one by one and never fused.

#![expect(unsafe_code, reason = "vector instructions need it; each block says why it is sound")]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Rows that are multiplied together.
pub(super) const ROWS: usize = 6;
/// Output columns that are multiplied together.
pub(super) const PANEL: usize = 64;
/// Output columns in a vector; the last panel of a matrix is a multiple of it wide.
pub(crate) const LANES: usize = 16;
/// Inputs that one instruction multiplies and adds.
pub(super) const GROUP: usize = 4;

/// Sums of a tile, row by row.
pub(super) type Sums = [[i32; PANEL]; ROWS];

/// What differs between instruction sets.
pub(super) trait Kernel: Copy {
    /// Sixteen numbers.
    type Vector: Copy;

    /// Sixteen times the same number.
    fn splat(self, x: f32) -> Self::Vector;

    /// The numbers from memory.
    fn load(self, from: &[f32; LANES]) -> Self::Vector;

    /// Whole numbers from memory.
    fn convert(self, from: &[i32; LANES]) -> Self::Vector;

    /// The numbers to memory.
    fn store(self, x: Self::Vector, to: &mut [f32; LANES]);

    /// The lowest byte of each number, as it stands in memory.
    fn bytes(self, x: Self::Vector, to: &mut [u8; LANES]);

    /// Sums, lane by lane.
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// Differences, lane by lane.
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// Products, lane by lane.
    fn mul(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// The smaller ones, lane by lane; for a number that is none, or equal ones, those of `b`.
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// The larger ones, lane by lane; for a number that is none, or equal ones, those of `b`.
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;

    /// Lane by lane `x` times two to a power, the whole number in the lowest nine bits of `power`.
    fn scale(self, x: Self::Vector, power: Self::Vector) -> Self::Vector;

    /// Sets the sums of each row: `start` plus the products. `input` holds up to [`ROWS`] rows of `depth` bytes, and
    /// `panel` a column for each number of `start`, packed as the module [`super::weights`] describes.
    fn multiply(self, input: &[u8], depth: usize, panel: &[u8], start: &[i32], sums: &mut Sums);
}

/// A piece of the forward pass that is compiled for every instruction set.
pub(super) trait Stage {
    /// Does the work. Implementations are always inlined, so that they take on the caller's instruction set.
    fn run<K: Kernel>(self, kernel: K);
}

/// An instruction set that this processor has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Level {
    /// AVX-512 with vector neural network instructions.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// What the target always has.
    Portable(Portable),
}

/// Proof that the processor has AVX-512 with VNNI.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

/// Proof that the processor has AVX2.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

/// Needs no proof.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

impl Level {
    /// All that this processor has, the fastest first.
    pub(crate) fn available() -> Vec<Self> {
        let mut levels = vec![];
        #[cfg(target_arch = "x86_64")]
        {
            let vectors = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
            let lengths = is_x86_feature_detected!("avx512dq") && is_x86_feature_detected!("avx512vl");
            if vectors && lengths && is_x86_feature_detected!("avx512vnni") {
                levels.push(Self::Avx512(Avx512(())));
            }
            if is_x86_feature_detected!("avx2") {
                levels.push(Self::Avx2(Avx2(())));
            }
        }
        levels.push(Self::Portable(Portable));
        levels
    }

    /// Runs a stage with this instruction set.
    pub(super) fn run<S: Stage>(self, stage: S) {
        match self {
            // SAFETY: the proof is made only where the processor has the features that the function enables.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(proof) => unsafe { run_avx512(proof, stage) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(proof) => unsafe { run_avx2(proof, stage) },
            Self::Portable(portable) => stage.run(portable),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn run_avx512<S: Stage>(proof: Avx512, stage: S) {
    stage.run(proof);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2<S: Stage>(proof: Avx2, stage: S) {
    stage.run(proof);
}

/// The number of rows and of vectors a row, after all lengths are found to fit each other.
fn sizes(input: &[u8], depth: usize, panel: &[u8], start: &[i32]) -> (usize, usize) {
    let (rows, vectors) = (input.len() / depth, start.len() / LANES);
    assert!(rows <= ROWS && rows * depth == input.len(), "rows of other lengths");
    assert!(vectors * LANES == start.len() && start.len() <= PANEL, "columns that fill no vector");
    assert!(depth.is_multiple_of(GROUP) && panel.len() == depth * start.len(), "a panel of another depth");
    (rows, vectors)
}

impl Kernel for Portable {
    type Vector = [f32; LANES];

    #[inline(always)]
    fn splat(self, x: f32) -> Self::Vector {
        [x; LANES]
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::Vector {
        *from
    }

    #[inline(always)]
    fn convert(self, from: &[i32; LANES]) -> Self::Vector {
        from.map(|x| x as f32)
    }

    #[inline(always)]
    fn store(self, x: Self::Vector, to: &mut [f32; LANES]) {
        *to = x;
    }

    #[inline(always)]
    fn bytes(self, x: Self::Vector, to: &mut [u8; LANES]) {
        *to = x.map(|x| x.to_bits() as u8);
    }

    #[inline(always)]
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| a[i] + b[i])
    }

    #[inline(always)]
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| a[i] - b[i])
    }

    #[inline(always)]
    fn mul(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| a[i] * b[i])
    }

    #[inline(always)]
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| if a[i] < b[i] { a[i] } else { b[i] })
    }

    #[inline(always)]
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| if a[i] > b[i] { a[i] } else { b[i] })
    }

    #[inline(always)]
    fn scale(self, x: Self::Vector, power: Self::Vector) -> Self::Vector {
        std::array::from_fn(|i| f32::from_bits(x[i].to_bits().wrapping_add(power[i].to_bits() << 23)))
    }

    #[inline(always)]
    fn multiply(self, input: &[u8], depth: usize, panel: &[u8], start: &[i32], sums: &mut Sums) {
        sizes(input, depth, panel, start);
        let width = start.len();
        for sums in sums.iter_mut() {
            sums[..width].copy_from_slice(start);
        }
        // Bytes become 16-bit numbers first, and a stretch of a column stands together: that is what compilers multiply well.
        const STRETCH: usize = 256;
        let groups = panel.as_chunks::<GROUP>().0;
        let (mut codes, mut weights) = ([[0i16; STRETCH]; ROWS], [0i16; STRETCH]);
        for begin in (0..depth).step_by(STRETCH) {
            let length = STRETCH.min(depth - begin);
            for (codes, row) in codes.iter_mut().zip(input.chunks_exact(depth)) {
                codes.iter_mut().zip(&row[begin..begin + length]).for_each(|(wide, &code)| *wide = i16::from(code));
            }
            for column in 0..width {
                let weights = &mut weights[..length];
                for (k, four) in weights.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
                    *four = groups[(begin / GROUP + k) * width + column].map(|weight| i16::from(weight as i8));
                }
                for (codes, sums) in codes[..input.len() / depth].iter().zip(sums.iter_mut()) {
                    let products = codes[..length].iter().zip(&*weights).map(|(&c, &w)| i32::from(c) * i32::from(w));
                    sums[column] += products.sum::<i32>();
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
impl Kernel for Avx512 {
    type Vector = __m512;

    #[inline(always)]
    fn splat(self, x: f32) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::Vector {
        // SAFETY: `self` proves the features, and sixteen numbers can be read.
        unsafe { _mm512_loadu_ps(from.as_ptr()) }
    }

    #[inline(always)]
    fn convert(self, from: &[i32; LANES]) -> Self::Vector {
        // SAFETY: `self` proves the features, and sixteen numbers can be read.
        unsafe { _mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast())) }
    }

    #[inline(always)]
    fn store(self, x: Self::Vector, to: &mut [f32; LANES]) {
        // SAFETY: `self` proves the features, and sixteen numbers can be written.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), x) }
    }

    #[inline(always)]
    fn bytes(self, x: Self::Vector, to: &mut [u8; LANES]) {
        // SAFETY: `self` proves the features, and sixteen bytes can be written.
        unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(x))) }
    }

    #[inline(always)]
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    fn mul(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_mul_ps(a, b) }
    }

    #[inline(always)]
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    fn scale(self, x: Self::Vector, power: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the features.
        unsafe {
            let exponent = _mm512_slli_epi32::<23>(_mm512_castps_si512(power));
            _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(x), exponent))
        }
    }

    #[inline(always)]
    fn multiply(self, input: &[u8], depth: usize, panel: &[u8], start: &[i32], sums: &mut Sums) {
        let (rows, vectors) = sizes(input, depth, panel, start);
        macro_rules! tile {
            ($($rows:literal)*) => {
                match (rows, vectors) {
                    // SAFETY: `self` proves the features, and `sizes` the lengths.
                    $(($rows, 4) => unsafe { tile_avx512::<$rows, 4>(input, depth, panel, start, sums) },
                    ($rows, 3) => unsafe { tile_avx512::<$rows, 3>(input, depth, panel, start, sums) },
                    ($rows, 2) => unsafe { tile_avx512::<$rows, 2>(input, depth, panel, start, sums) },
                    ($rows, 1) => unsafe { tile_avx512::<$rows, 1>(input, depth, panel, start, sums) },)*
                    _ => {}
                }
            };
        }
        tile!(1 2 3 4 5 6);
    }
}

/// # Safety
///
/// `input` holds `R` rows of `depth` bytes, `depth` is a multiple of four, `start` holds `C` vectors, and `panel` `depth`
/// times as many bytes.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn tile_avx512<const R: usize, const C: usize>(input: &[u8], depth: usize, panel: &[u8], start: &[i32], sums: &mut Sums) {
    let (input, panel, start) = (input.as_ptr(), panel.as_ptr(), start.as_ptr());
    let mut tile = [[_mm512_setzero_si512(); C]; R];
    for c in 0..C {
        // SAFETY: the caller's `start` holds `C` vectors.
        let first = unsafe { _mm512_loadu_si512(start.add(c * LANES).cast()) };
        for row in &mut tile {
            row[c] = first;
        }
    }
    for k in (0..depth).step_by(GROUP) {
        let mut weights = [_mm512_setzero_si512(); C];
        for (c, weights) in weights.iter_mut().enumerate() {
            // SAFETY: up to this group the panel holds `k` bytes of each of `C * LANES` columns, and in it a vector for each `c`.
            *weights = unsafe { _mm512_loadu_si512(panel.add(k * C * LANES + c * LANES * GROUP).cast()) };
        }
        for (r, row) in tile.iter_mut().enumerate() {
            // SAFETY: four bytes from `k` on end inside the row, because `depth` is a multiple of four.
            let codes = _mm512_set1_epi32(unsafe { input.add(r * depth + k).cast::<i32>().read_unaligned() });
            for c in 0..C {
                row[c] = _mm512_dpbusd_epi32(row[c], codes, weights[c]);
            }
        }
    }
    for (row, sums) in tile.iter().zip(sums) {
        for (c, &sum) in row.iter().enumerate() {
            // SAFETY: a row of sums has room for four vectors, and `C` is at most that.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().add(c * LANES).cast(), sum) };
        }
    }
}

#[cfg(target_arch = "x86_64")]
impl Kernel for Avx2 {
    type Vector = [__m256; 2];

    #[inline(always)]
    fn splat(self, x: f32) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        [unsafe { _mm256_set1_ps(x) }; 2]
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::Vector {
        let (low, high) = from.split_at(LANES / 2);
        // SAFETY: `self` proves the feature, and eight numbers can be read from each half.
        unsafe { [_mm256_loadu_ps(low.as_ptr()), _mm256_loadu_ps(high.as_ptr())] }
    }

    #[inline(always)]
    fn convert(self, from: &[i32; LANES]) -> Self::Vector {
        let (low, high) = from.split_at(LANES / 2);
        // SAFETY: `self` proves the feature, and eight numbers can be read from each half.
        unsafe {
            let (low, high) = (_mm256_loadu_si256(low.as_ptr().cast()), _mm256_loadu_si256(high.as_ptr().cast()));
            [_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high)]
        }
    }

    #[inline(always)]
    fn store(self, x: Self::Vector, to: &mut [f32; LANES]) {
        let (low, high) = to.split_at_mut(LANES / 2);
        // SAFETY: `self` proves the feature, and eight numbers can be written to each half.
        unsafe {
            _mm256_storeu_ps(low.as_mut_ptr(), x[0]);
            _mm256_storeu_ps(high.as_mut_ptr(), x[1]);
        }
    }

    #[inline(always)]
    fn bytes(self, x: Self::Vector, to: &mut [u8; LANES]) {
        // SAFETY: `self` proves the feature, and sixteen bytes can be written.
        unsafe {
            let mask = _mm256_set1_epi32(0xff);
            let low = _mm256_and_si256(_mm256_castps_si256(x[0]), mask);
            let high = _mm256_and_si256(_mm256_castps_si256(x[1]), mask);
            // Packing works on halves, so the quarters must be put in order.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high));
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn mul(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn min(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn scale(self, x: Self::Vector, power: Self::Vector) -> Self::Vector {
        // SAFETY: `self` proves the feature.
        unsafe {
            let exponents =
                [_mm256_slli_epi32::<23>(_mm256_castps_si256(power[0])), _mm256_slli_epi32::<23>(_mm256_castps_si256(power[1]))];
            [
                _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x[0]), exponents[0])),
                _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x[1]), exponents[1])),
            ]
        }
    }

    #[inline(always)]
    fn multiply(self, input: &[u8], depth: usize, panel: &[u8], start: &[i32], sums: &mut Sums) {
        let (_, vectors) = sizes(input, depth, panel, start);
        for (input, sums) in input.chunks(3 * depth).zip(sums.chunks_mut(3)) {
            for vector in 0..vectors {
                match input.len() / depth {
                    // SAFETY: `self` proves the feature, and `sizes` the lengths.
                    1 => unsafe { tile_avx2::<1>(input, depth, panel, start, vector, sums) },
                    2 => unsafe { tile_avx2::<2>(input, depth, panel, start, vector, sums) },
                    _ => unsafe { tile_avx2::<3>(input, depth, panel, start, vector, sums) },
                }
            }
        }
    }
}

/// Sixteen columns of `R` rows. The bytes are widened to 16 bits: products of bytes added in pairs would not fit those.
///
/// # Safety
///
/// As for [`tile_avx512`]; `sums` has a row for each of `R`, and `start` a vector of that number.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const R: usize>(
    input: &[u8],
    depth: usize,
    panel: &[u8],
    start: &[i32],
    vector: usize,
    sums: &mut [[i32; PANEL]],
) {
    let (input, panel, columns) = (input.as_ptr(), panel.as_ptr(), start.len());
    // Each vector holds, for four columns, the sum of the first two inputs of a group and of the last two.
    let mut tile = [[_mm256_setzero_si256(); R]; 4];
    for k in (0..depth).step_by(GROUP) {
        let mut codes = [_mm256_setzero_si256(); R];
        for (r, codes) in codes.iter_mut().enumerate() {
            // SAFETY: four bytes from `k` on end inside the row, because `depth` is a multiple of four.
            let four = unsafe { input.add(r * depth + k).cast::<i32>().read_unaligned() };
            *codes = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
        }
        for (quarter, sums) in tile.iter_mut().enumerate() {
            let at = k * columns + vector * LANES * GROUP + quarter * 16;
            // SAFETY: up to this group the panel holds `k` bytes of each column, and in it 64 bytes for each vector.
            let weights = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(panel.add(at).cast()) });
            for (sum, &codes) in sums.iter_mut().zip(&codes) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(codes, weights));
            }
        }
    }
    for (r, sums) in sums.iter_mut().enumerate().take(R) {
        for half in 0..2 {
            let pairs = _mm256_hadd_epi32(tile[2 * half][r], tile[2 * half + 1][r]);
            let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
            let at = vector * LANES + half * 8;
            // SAFETY: eight numbers from `at` on end inside this vector of `start` and of `sums`.
            unsafe {
                let first = _mm256_loadu_si256(start.as_ptr().add(at).cast());
                _mm256_storeu_si256(sums.as_mut_ptr().add(at).cast(), _mm256_add_epi32(first, ordered));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Multiplies with each kernel and compares with the plain sum of products.
    struct Check<'a> {
        input: &'a [u8],
        depth: usize,
        panel: &'a [u8],
        start: &'a [i32],
    }

    impl Stage for Check<'_> {
        #[inline(always)]
        fn run<K: Kernel>(self, kernel: K) {
            let Self { input, depth, panel, start } = self;
            let mut sums = [[0; PANEL]; ROWS];
            kernel.multiply(input, depth, panel, start, &mut sums);
            for (row, sums) in input.chunks_exact(depth).zip(&sums) {
                for (column, &sum) in sums[..start.len()].iter().enumerate() {
                    let weight = |k: usize| panel[(k / GROUP * start.len() + column) * GROUP + k % GROUP] as i8;
                    let products = row.iter().enumerate().map(|(k, &code)| i32::from(code) * i32::from(weight(k)));
                    assert_eq!(sum, start[column] + products.sum::<i32>(), "{} rows, column {column}", input.len() / depth);
                }
            }
        }
    }

    #[test]
    fn every_kernel_multiplies_rightly() {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        for level in Level::available() {
            for rows in 1..=ROWS {
                for width in (LANES..=PANEL).step_by(LANES) {
                    let depth = 4 * (rows + width);
                    let input: Vec<u8> = (0..rows * depth).map(|_| next()).collect();
                    let panel: Vec<u8> = (0..width * depth).map(|_| next()).collect();
                    let start: Vec<i32> = (0..width).map(|_| i32::from(next()) * 1000).collect();
                    level.run(Check { input: &input, depth, panel: &panel, start: &start });
                }
            }
            // The largest sums there can be: nothing may overflow on the way.
            for weight in [127i8, -127] {
                let (input, panel) = ([255; ROWS * 1536], [weight as u8; PANEL * 1536]);
                level.run(Check { input: &input, depth: 1536, panel: &panel, start: &[0; PANEL] });
            }
        }
    }
}
