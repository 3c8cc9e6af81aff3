//! Distance of places on the Earth.

use super::numeric::falling;

/// The mean radius of the Earth in metres (IUGG, R1). The sphere is at most 0.6 % wrong.
const RADIUS: f64 = 6_371_008.8;

/// A place: degrees north and east (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    latitude: f64,
    longitude: f64,
}

impl Place {
    /// A place by its degrees; none where they are not numbers, the latitude is not in −90..=90 or the longitude not in −180..=180.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Place> {
        let valid = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        valid.then_some(Place { latitude, longitude })
    }
}

/// Metres along the great circle: the haversine formula (Sinnott, "Virtues of the haversine", 1984).
#[must_use]
pub fn metres_between(left: Place, right: Place) -> f64 {
    let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = left.latitude.to_radians().cos() * right.latitude.to_radians().cos();
    let haversine = half_sine(left.latitude, right.latitude) + cosines * half_sine(left.longitude, right.longitude);
    // Rounding can lift the haversine of antipodes above 1.
    2.0 * RADIUS * haversine.min(1.0).sqrt().asin()
}

/// 1 − metres / `tolerance`: 1 for the same place, falling to 0 at `tolerance` metres and beyond.
#[must_use]
pub fn geo(left: Place, right: Place, tolerance: f64) -> f64 {
    let metres = metres_between(left, right);
    falling(metres == 0.0, metres / tolerance)
}
