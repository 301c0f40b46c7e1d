//! Functions of single numbers in operations whose result every machine fixes: no library's `exp`, no fused steps.

use super::kernels::{Kernel, LANES};

/// Adding it to a number of up to 22 bits leaves the nearest whole number, ties to even, in the lowest bits.
const ROUNDING: f32 = 12_582_912.0;

/// Writes the codes of values that are given in steps of the quantisation; `zero` is the code of 0.
#[inline(always)]
pub(super) fn encode<K: Kernel>(kernel: K, steps: K::Vector, zero: f32, out: &mut [u8; LANES]) {
    let inside = kernel.min(kernel.max(steps, kernel.splat(-zero)), kernel.splat(255.0 - zero));
    kernel.bytes(kernel.add(inside, kernel.splat(ROUNDING + zero)), out);
}

/// Exponentials of numbers that are not over 0; numbers under -87 count as -87.
///
/// As usual: a power of two times a polynomial on half a binary digit to both sides. The polynomial is a minimax fit,
/// off by at most 1.2e-7 of the value.
#[inline(always)]
pub(super) fn exp<K: Kernel>(kernel: K, x: K::Vector) -> K::Vector {
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = -2.121_944_4e-4;
    let x = kernel.max(x, kernel.splat(-87.0));
    // As in `encode`: the nearest power stands in the lowest bits.
    let shifted = kernel.add(kernel.mul(x, kernel.splat(std::f32::consts::LOG2_E)), kernel.splat(ROUNDING));
    let power = kernel.sub(shifted, kernel.splat(ROUNDING));
    let rest = kernel.sub(x, kernel.mul(power, kernel.splat(HIGH)));
    let rest = kernel.sub(rest, kernel.mul(power, kernel.splat(LOW)));
    let mut p = kernel.splat(0.008_312_051);
    for c in [0.041_894_503, 0.166_671_34, 0.499_992, 1.0, 1.0] {
        p = kernel.add(kernel.mul(p, rest), kernel.splat(c));
    }
    kernel.scale(p, shifted)
}

/// The Gaussian error linear unit, `x` times the normal distribution function of `x`.
///
/// The function less a half is odd, so it is `x` times a polynomial in the square of `x`, here a minimax fit up to
/// 4 in a variable that runs from -1 to 1. The result is off by 4e-5 at most up to 4, and beyond by as much of `x`: a hundredth of a step of the
/// codes that it becomes.
///
/// Several vectors go through it side by side: in one alone every operation would wait for the one before.
#[inline(always)]
pub(super) fn gelu<K: Kernel, const N: usize>(kernel: K, x: [K::Vector; N]) -> [K::Vector; N] {
    const END: f32 = 4.0;
    const POLYNOMIAL: [f32; 8] =
        [-0.002_729_007, 0.008_211_284, -0.013_259_989, 0.021_621_706, -0.036_495_376, 0.056_050_81, -0.084_357_47, 0.175_947_76];
    let (low, high) = (kernel.splat(-END), kernel.splat(END));
    let (step, one, half) = (kernel.splat(2.0 / (END * END)), kernel.splat(1.0), kernel.splat(0.5));
    let mut inside = x;
    let mut v = x;
    let mut p = [kernel.splat(POLYNOMIAL[0]); N];
    for n in 0..N {
        inside[n] = kernel.min(kernel.max(x[n], low), high);
    }
    for n in 0..N {
        v[n] = kernel.sub(kernel.mul(kernel.mul(inside[n], inside[n]), step), one);
    }
    for c in &POLYNOMIAL[1..] {
        let c = kernel.splat(*c);
        for n in 0..N {
            p[n] = kernel.add(kernel.mul(p[n], v[n]), c);
        }
    }
    for n in 0..N {
        p[n] = kernel.mul(x[n], kernel.add(kernel.mul(inside[n], p[n]), half));
    }
    p
}

#[cfg(test)]
mod tests {
    use super::super::kernels::Portable;
    use super::*;

    #[test]
    fn exp_is_near_the_true_one() {
        for i in 0..=87_000 {
            let x = -(i as f32) / 1000.0;
            let (ours, truth) = (f64::from(exp(Portable, [x; LANES])[0]), f64::from(x).exp());
            assert!((ours - truth).abs() <= 4e-7 * truth, "{x}: {ours} for {truth}");
        }
        assert_eq!(exp(Portable, [0.0; LANES]), [1.0; LANES]);
    }

    #[test]
    fn gelu_is_near_the_true_one() {
        // The error function by its series, which converges for all numbers here.
        let erf = |x: f64| {
            let (mut term, mut sum) = (x, x);
            for n in 1..200 {
                term *= -x * x / n as f64;
                sum += term / (2 * n + 1) as f64;
            }
            sum * std::f64::consts::FRAC_2_SQRT_PI
        };
        let gelu = |x: f32| gelu(Portable, [[x; LANES]])[0][0];
        for i in -5500..=5500 {
            let x = i as f32 / 1000.0;
            let truth = f64::from(x) * 0.5 * (1.0 + erf(f64::from(x) * std::f64::consts::FRAC_1_SQRT_2));
            let most = if x.abs() <= 4.0 { 4.5e-5 } else { 1e-4 * f64::from(x.abs()) };
            assert!((f64::from(gelu(x)) - truth).abs() < most, "{x}: {} for {truth}", gelu(x));
        }
        assert_eq!(gelu(0.0), 0.0);
        assert!(gelu(-20.0).abs() < 2e-3 && (gelu(20.0) - 20.0).abs() < 2e-3);
    }

    #[test]
    fn codes_are_rounded_and_kept_inside_a_byte() {
        let code = |steps: f32, zero: f32| {
            let mut out = [0; LANES];
            encode(Portable, [steps; LANES], zero, &mut out);
            out[0]
        };
        assert_eq!([-500.0, -100.0, -0.4, 0.0, 0.6, 100.0, 1e9].map(|x| code(x, 100.0)), [0, 0, 100, 100, 101, 200, 255]);
        for i in -300..300 {
            assert_eq!(i32::from(code(i as f32 + 0.25, 7.0)), (i + 7).clamp(0, 255), "{i}");
        }
    }
}
