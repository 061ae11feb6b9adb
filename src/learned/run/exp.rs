//! e to the power of x, the same on every machine.
//!
//! x = k · ln 2 + r with |r| ≤ ln 2 / 2, in two parts so that nothing of r is lost; e^r is its Taylor series up to the
//! thirteenth power (r¹⁴ / 14! < 5 · 10⁻¹⁸), by Horner's rule. Only sums, products and quotients are used, which IEEE 754
//! rounds alike everywhere; libm's `exp` takes three times the bytes. `tests/learned.rs` finds it within 2 units of the
//! last place.

const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1; // its last 20 bits are 0: k times it is exact
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

pub(crate) fn exp(x: f64) -> f64 {
    if x > 710.0 {
        return f64::INFINITY;
    }
    if x < -746.0 {
        return 0.0;
    }
    // Rounded to the nearest: above 0 cutting off rounds down.
    let k = (x * core::f64::consts::LOG2_E + 1077.5) as i32 - 1077;
    let r = (x - f64::from(k) * LN_2_HIGH) - f64::from(k) * LN_2_LOW;
    let mut sum = 1.0;
    let mut n = 13.0;
    while n > 0.0 {
        sum = 1.0 + r * sum / n;
        n -= 1.0;
    }
    // 2^k in two factors: beyond the normal numbers one alone would not do.
    sum * power_of_two(k >> 1) * power_of_two(k - (k >> 1))
}

fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((1023 + k) as u64) << 52)
}
