//! The place of an event in GDELT's eight columns.

use demarche_records::Place;
use demarche_types::PlacePrecision;

use crate::formats::{Where, point};
use crate::tables::COUNTRIES;
use crate::text::{line, number};

/// Type, full name, country, first-order unit, second-order unit, degrees north and east, feature.
pub(super) fn cells(place: Option<&Place>) -> [String; 8] {
    let Some(place) = place else { return Default::default() };
    let in_usa = place.country.as_deref() == Some("USA");
    let kind = match (place.precision, in_usa) {
        (PlacePrecision::Country, _) => 1,
        (PlacePrecision::Admin1 | PlacePrecision::Admin2, true) => 2,
        (PlacePrecision::City | PlacePrecision::Point, true) => 3,
        (PlacePrecision::City | PlacePrecision::Point, false) => 4,
        (PlacePrecision::Admin1 | PlacePrecision::Admin2, false) => 5,
    };
    let country = place.country.as_deref().and_then(|code| COUNTRIES.get(code));
    let fips = fips(place).unwrap_or_default();
    let unit = if fips.is_empty() { String::new() } else { first_order(place, &fips) };
    let at = point(Some(place));
    // GDELT has text identifiers of units here, and numbers of GNS and GNIS of places, which GeoNames' are not.
    let feature = match kind {
        1 => fips.clone(),
        2 | 5 => unit.clone(),
        _ => String::new(),
    };
    [
        kind.to_string(),
        full_name(place, country.map(|country| country.name)),
        fips,
        unit,
        String::new(),
        at.map(|(lat, _)| number(lat)).unwrap_or_default(),
        at.map(|(_, lon)| number(lon)).unwrap_or_default(),
        feature,
    ]
}

/// Place, first-order unit, country; each once.
fn full_name(place: &Place, country: Option<&str>) -> String {
    let parts = Where::of(Some(place));
    let mut names: Vec<String> = Vec::new();
    for name in [parts.city.or(parts.district), parts.province, country].into_iter().flatten().map(line) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { line(&place.name) } else { names.join(", ") }
}

/// The country in FIPS 10-4, which has Gaza apart from the West Bank.
fn fips(place: &Place) -> Option<String> {
    let country = COUNTRIES.get(place.country.as_deref()?)?;
    let gaza =
        place.country.as_deref() == Some("PSE") && place.unit.as_deref().is_some_and(|unit| unit.split('.').nth(1) == Some("GZ"));
    Some(if gaza { "GZ".to_owned() } else { country.fips.to_owned() })
}

/// The first-order unit. GeoNames' codes are those of FIPS 10-4 where they are two digits, and states of the USA have their letters; of
/// the rest nothing but the country is told, which GDELT writes with 00.
fn first_order(place: &Place, fips: &str) -> String {
    if place.precision == PlacePrecision::Country {
        return fips.to_owned();
    }
    let code = place.unit.as_deref().and_then(|unit| unit.split('.').nth(1)).unwrap_or_default();
    let digits = code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit());
    let letters = fips == "US" && code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    format!("{fips}{}", if digits || letters { code } else { "00" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, unit: &str, precision: PlacePrecision) -> Place {
        Place {
            name: "Here".to_owned(),
            country: Some(country.to_owned()),
            admin1: None,
            lat: None,
            lon: None,
            geonames: None,
            precision,
            basis: "sentence".to_owned(),
            unit: Some(unit.to_owned()),
            chosen: None,
            alternatives: Vec::new(),
        }
    }

    #[test]
    fn units_are_those_of_fips_where_geonames_has_them() {
        for (country, unit, precision, expected) in [
            ("NGA", "NG.05", PlacePrecision::City, ["4", "NI", "NI05", ""]),
            ("USA", "US.TX.201", PlacePrecision::City, ["3", "US", "USTX", ""]),
            ("USA", "US.TX.201", PlacePrecision::Admin2, ["2", "US", "USTX", "USTX"]),
            ("CHE", "CH.ZH", PlacePrecision::City, ["4", "SZ", "SZ00", ""]),
            ("GBR", "GB.ENG", PlacePrecision::Admin1, ["5", "UK", "UK00", "UK00"]),
            ("PSE", "PS.GZ", PlacePrecision::City, ["4", "GZ", "GZ00", ""]),
            ("PSE", "PS.WE", PlacePrecision::City, ["4", "WE", "WE00", ""]),
            ("SRB", "RS.00", PlacePrecision::Country, ["1", "RI", "RI", "RI"]),
        ] {
            let [kind, _, fips, unit_code, _, _, _, feature] = cells(Some(&place(country, unit, precision)));
            assert_eq!([kind.as_str(), &fips, &unit_code, &feature], expected, "{country} {unit}");
        }
    }
}
