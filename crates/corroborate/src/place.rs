//! Where it happened.

use demarche_types::PlacePrecision;

use crate::traits::Spot;

/// The names of the levels.
pub(crate) const LEVELS: &[&str] = &[
    "neither",
    "one",
    "same",
    "near",
    "inside",
    "same-region",
    "same-country",
    "inside-country",
    "other-country",
    "other-unsure",
];

/// The level of two places.
pub(crate) fn compare(a: Option<&Spot>, b: Option<&Spot>) -> u8 {
    match (a, b) {
        (Some(a), Some(b)) => match both(a, b) {
            5 | 6 | 8 if !a.sure || !b.sure => 9,
            level => level,
        },
        (None, None) => 0,
        _ => 1,
    }
}

/// The level of two places that are told.
fn both(a: &Spot, b: &Spot) -> u8 {
    if a.country != b.country && a.country != 0 && b.country != 0 {
        return 8;
    }
    if a.geonames != 0 && a.geonames == b.geonames {
        return 2;
    }
    let (coarse, fine) = if a.precision >= b.precision { (a, b) } else { (b, a) };
    if coarse.precision == PlacePrecision::Country {
        return if fine.precision == PlacePrecision::Country { 2 } else { 7 };
    }
    if let (Some(x), Some(y)) = (a.point, b.point) {
        let km = distance(x, y);
        return if km <= 5.0 {
            2
        } else if km <= 30.0 {
            3
        } else if a.admin1 == b.admin1 && a.admin1 != 0 {
            5
        } else {
            6
        };
    }
    if coarse.unit != 0 && coarse.unit == fine.unit {
        return if coarse.precision == fine.precision { 2 } else { 4 };
    }
    match (a.admin1 == b.admin1 && a.admin1 != 0, coarse.precision) {
        (true, PlacePrecision::Admin1) => 4,
        (true, _) => 5,
        _ => 6,
    }
}

/// Kilometres between two points; near enough for towns of one region.
fn distance(a: (f32, f32), b: (f32, f32)) -> f64 {
    const DEGREE: f64 = 111.2;
    let north = f64::from(a.0 - b.0);
    let east = f64::from(a.1 - b.1).abs();
    let east = east.min(360.0 - east) * libm::cos(f64::from(a.0 + b.0).to_radians() / 2.0);
    libm::sqrt(north * north + east * east) * DEGREE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        // Vienna to Bratislava is about 55 km, Suva to Apia about 1,150 across the line of dates.
        assert!((distance((48.21, 16.37), (48.15, 17.11)) - 55.0).abs() < 2.0);
        assert!((distance((-18.14, 178.44), (-13.83, -171.77)) - 1150.0).abs() < 40.0);
    }
}
