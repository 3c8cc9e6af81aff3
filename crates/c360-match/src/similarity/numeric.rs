//! Distance of numbers, absolute and relative.

/// 1 − |left − right| / `tolerance`: 1 for equal numbers, falling to 0 at `tolerance` and beyond. With a tolerance of 0 or less only equal
/// numbers are similar. NaN is similar to nothing.
#[must_use]
pub fn absolute(left: f64, right: f64, tolerance: f64) -> f64 {
    falling(left == right, (left - right).abs() / tolerance)
}

/// 1 − |left − right| / the larger absolute value: 1 for equal numbers, 0.9 for 90 and 100, 0 where the signs differ. NaN is similar to nothing.
#[must_use]
pub fn relative(left: f64, right: f64) -> f64 {
    falling(left == right, (left - right).abs() / left.abs().max(right.abs()))
}

/// 1 − `distance`, which is a share; not below 0.
pub(super) fn falling(equal: bool, distance: f64) -> f64 {
    match equal {
        true => 1.0,
        // Also false for NaN, and negative where a tolerance is.
        false if (0.0..1.0).contains(&distance) => 1.0 - distance,
        false => 0.0,
    }
}
