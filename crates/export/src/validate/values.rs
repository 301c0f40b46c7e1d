//! The values that a column may have, as the lists of columns tell them.

use std::collections::BTreeSet;

use crate::tables::{ACLED, ACTS, BODIES, CAMEO, COUNTRIES, COW, ONTOLOGY, SECTORS};

/// A rule of the column `values`.
pub(super) struct Rule {
    check: Check,
    /// What joins several values.
    separator: Option<&'static str>,
}

enum Check {
    Anything,
    Range(f64, f64),
    Words(Vec<&'static str>),
    Named(&'static str),
}

impl Rule {
    /// Reads a rule.
    pub(super) fn read(text: &'static str) -> Self {
        let (separator, text) = match text.split_once(' ') {
            Some(("list", rest)) => (Some("; "), rest),
            Some(("joined", rest)) => (Some(";"), rest),
            Some(("commas", rest)) => (Some(","), rest),
            _ => (None, text),
        };
        let check = match text.split_once("..") {
            _ if text.is_empty() => Check::Anything,
            Some((low, high)) => Check::Range(low.parse().unwrap_or(f64::NEG_INFINITY), high.parse().unwrap_or(f64::INFINITY)),
            None => match text.strip_prefix('@') {
                Some(name) => Check::Named(name),
                None => Check::Words(text.split('|').collect()),
            },
        };
        Self { check, separator }
    }

    /// Checks a cell that is not missing.
    pub(super) fn check(&self, cell: &str) -> Result<(), String> {
        match self.separator {
            Some(separator) => cell.split(separator).try_for_each(|value| self.check_one(value)),
            None => self.check_one(cell),
        }
    }

    fn check_one(&self, value: &str) -> Result<(), String> {
        match &self.check {
            Check::Anything => Ok(()),
            Check::Range(low, high) => match value.parse::<f64>() {
                Ok(number) if number >= *low && number <= *high => Ok(()),
                _ => Err(format!("is not between {low} and {high}")),
            },
            Check::Words(words) if words.contains(&value) => Ok(()),
            Check::Words(words) => Err(format!("is none of {}", words.join(", "))),
            Check::Named(name) => {
                // In our own lists of parties a value that is not known is empty and keeps its place.
                let (name, may_be_empty) = name.strip_suffix('?').map_or((*name, false), |name| (name, true));
                if (may_be_empty && value.is_empty()) || is_one(name, value) {
                    Ok(())
                } else {
                    Err(format!("is none of the {name} that the format knows"))
                }
            }
        }
    }
}

/// Whether a value is one of a table of values. A name that no table has allows nothing.
fn is_one(name: &str, value: &str) -> bool {
    let sector = |of: fn(&crate::tables::Sector) -> &'static str| SECTORS.values().any(|sector| of(sector) == value);
    match name {
        "types" => is_type(value),
        "modes" => ONTOLOGY.modes.contains(value),
        "contexts" => ONTOLOGY.contexts.contains(value),
        "quads" => matches!(value, "VERBAL COOPERATION" | "MATERIAL COOPERATION" | "VERBAL CONFLICT" | "MATERIAL CONFLICT"),
        "codes" => COUNTRIES.contains_key(value) || (value.len() == 3 && BODIES.contains_key(value)),
        "states" => COUNTRIES.contains_key(value),
        "cow" => COW.values().any(|number| *number == value),
        "sectors" => ONTOLOGY.sectors.contains(value),
        "sectorruns" => value.split(' ').all(|sector| ONTOLOGY.sectors.contains(sector)),
        "event" => is_type(value) || CAMEO.contains_key(value) || ONTOLOGY.roots.values().any(|root| *root == value),
        "acts" => ACTS.contains_key(value),
        "cameo" => CAMEO.contains_key(value),
        "base" => value.len() == 3 && CAMEO.keys().any(|code| code.starts_with(value)),
        "root" => value.len() == 2 && ONTOLOGY.roots.contains_key(value),
        "fips" => is_fips(value),
        "adm1" => is_adm1(value),
        "cameocountry" => is_cameo_country(value),
        "groups" => !value.is_empty() && BODIES.values().any(|body| body.group == value),
        "actortype" => is_actor_type(value),
        "actorcode" => {
            let known = |part: &str| is_cameo_country(part) || is_actor_type(part) || is_one("groups", part);
            value.is_ascii() && value.len().is_multiple_of(3) && (0..value.len()).step_by(3).all(|at| known(&value[at..at + 3]))
        }
        "icewssectors" => icews_sectors().contains(value),
        "icewscountry" => COUNTRIES.values().any(|country| country.icews == value),
        "icewsplace" => value == "NA" || is_one("icewscountry", value),
        "eventtext" => CAMEO.values().any(|code| code.text == value),
        "disorder" => ACLED.iter().any(|rule| rule.disorder == value),
        "acledevent" => ACLED.iter().any(|rule| rule.event == value),
        "acledsub" => ACLED.iter().any(|rule| rule.sub == value),
        "inter" => is_inter(value) || sector(|sector| sector.inter),
        "interaction" => match value.strip_suffix(" only") {
            Some(kind) => is_one("inter", kind),
            None => value.split_once('-').is_some_and(|(one, other)| is_one("inter", one) && is_one("inter", other)),
        },
        "regions" => COUNTRIES.values().any(|country| country.region == value),
        "names" => COUNTRIES.values().any(|country| country.name == value),
        _ => false,
    }
}

fn is_type(value: &str) -> bool {
    demarche_types::EventType::parse(value).is_some()
}

/// Kinds of actors that no sector stands for.
fn is_inter(value: &str) -> bool {
    matches!(value, "Rioters" | "Protesters" | "External/Other forces")
}

fn is_fips(value: &str) -> bool {
    value == "GZ" || COUNTRIES.values().any(|country| country.fips == value)
}

fn is_adm1(value: &str) -> bool {
    value.is_ascii()
        && matches!(value.len(), 2 | 4)
        && is_fips(&value[..2])
        && value[2..].bytes().all(|b| b.is_ascii_digit() || (value.starts_with("US") && b.is_ascii_uppercase()))
}

fn is_cameo_country(value: &str) -> bool {
    COUNTRIES.values().any(|country| country.cameo == value)
        || (!value.is_empty() && BODIES.values().any(|body| body.region == value))
}

fn is_actor_type(value: &str) -> bool {
    !value.is_empty() && (SECTORS.values().any(|sector| sector.cameo == value) || BODIES.values().any(|body| body.kind == value))
}

fn icews_sectors() -> BTreeSet<&'static str> {
    let names = SECTORS.values().map(|sector| sector.icews).chain(BODIES.values().map(|body| body.icews));
    names.flat_map(|names| names.split(',')).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_lists_names_a_table() {
        use crate::tables::{columns, rows};
        let known = [
            ("types", "ASSAULT"),
            ("modes", "visit"),
            ("contexts", "military"),
            ("quads", "VERBAL CONFLICT"),
            ("codes", "UNO"),
            ("states", "XKX"),
            ("cow", "652"),
            ("sectors", "GOV"),
            ("sectorruns", "REB PRM"),
            ("event", "YIELD"),
            ("acts", "consult-visit"),
            ("cameo", "0874"),
            ("base", "087"),
            ("root", "08"),
            ("fips", "GZ"),
            ("adm1", "USWA"),
            ("cameocountry", "WST"),
            ("groups", "NAT"),
            ("actortype", "IGO"),
            ("actorcode", "IGOWSTNATMIL"),
            ("icewssectors", "Military"),
            ("icewscountry", "Russian Federation"),
            ("icewsplace", "NA"),
            ("eventtext", "Consult"),
            ("disorder", "Demonstrations"),
            ("acledevent", "Riots"),
            ("acledsub", "Arrests"),
            ("inter", "State forces"),
            ("interaction", "Protesters only"),
            ("regions", "Middle East"),
            ("names", "United States"),
        ];
        for (name, value) in known {
            assert!(is_one(name, value), "{name} {value}");
            assert!(!is_one(name, "no such value"), "{name}");
        }
        for list in
            [columns::POLECAT, columns::GDELT_EVENTS, columns::GDELT_MENTIONS, columns::ICEWS, columns::ACLED_LIKE, columns::FLAT]
        {
            for row in rows(list) {
                if let Check::Named(name) = Rule::read(row.at(4)).check {
                    assert!(known.iter().any(|(known, _)| *known == name.trim_end_matches('?')), "{name}");
                }
            }
        }
    }

    #[test]
    fn ranges_and_words() {
        let range = Rule::read("-10..10");
        assert!(range.check("-10").is_ok() && range.check("10.5").is_err() && range.check("x").is_err());
        assert!(Rule::read("0..").check("7000").is_ok() && Rule::read("0..").check("-1").is_err());
        let words = Rule::read("joined direct|indirect|mixed");
        assert!(words.check("direct;mixed").is_ok() && words.check("direct;loud").is_err());
        assert!(Rule::read("joined @codes?").check(";IRN").is_ok() && Rule::read("list @codes").check("; IRN").is_err());
    }
}
