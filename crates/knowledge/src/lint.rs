//! Checks on tables that reading them does not make.

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::CountryCode;

use crate::base::parse_date;
use crate::rows::read;
use crate::table::Tables;

/// The sectors of PLOVER 2.0.
pub(crate) const SECTORS: &[&str] = &[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "NGO",
];

/// What is wrong with some tables, a line each; nothing when all is well. Looks for rows without a source,
/// rows that stand twice, identifiers used twice, codes and sectors that don't exist, and dates that are
/// out of order.
pub fn lint(tables: &Tables<'_>) -> Vec<String> {
    let mut lint = Lint::default();
    let mut codes = BTreeSet::new();
    for text in &tables.countries {
        let result = read("countries", text, ["code", "kind"], |_, [code, kind]| {
            if kind == "name" {
                codes.insert(code.to_owned());
            }
            Ok(())
        });
        lint.note(result);
    }
    for text in &tables.countries {
        let columns = ["code", "alias", "sectors", "since", "until", "source"];
        let result = read("countries", text, columns, |line, [code, alias, sectors, since, until, source]| {
            let at = format!("countries:{line} {alias}");
            lint.code(&codes, &at, code);
            lint.row(&at, sectors, since, until, source);
            lint.once("country name", &format!("{code} {alias}"), &at);
            Ok(())
        });
        lint.note(result);
    }
    for (table, texts) in [("bodies", &tables.bodies), ("media", &tables.media)] {
        for text in texts {
            let result =
                read(table, text, ["id", "code", "sectors", "name", "source"], |line, [id, code, sectors, name, source]| {
                    let at = format!("{table}:{line} {name}");
                    lint.code(&codes, &at, code);
                    lint.row(&at, sectors, "", "", source);
                    lint.once("identifier", id, &at);
                    lint.filled(&at, "name", name);
                    Ok(())
                });
            lint.note(result);
        }
    }
    for text in &tables.terms {
        let columns = ["id", "code", "sectors", "since", "until", "source"];
        let result = read("terms", text, columns, |line, [id, code, sectors, since, until, source]| {
            let at = format!("terms:{line} {id}");
            lint.code(&codes, &at, code);
            lint.row(&at, sectors, since, until, source);
            lint.known(&at, id);
            lint.once("time", &format!("{id} {since}"), &at);
            Ok(())
        });
        lint.note(result);
    }
    for text in &tables.members {
        let columns = ["organisation", "country", "since", "until", "source"];
        let result = read("members", text, columns, |line, [organisation, country, since, until, source]| {
            let at = format!("members:{line} {organisation} {country}");
            lint.code(&codes, &at, country);
            lint.row(&at, "", since, until, source);
            lint.known(&at, organisation);
            lint.once("membership", &format!("{organisation} {country} {since}"), &at);
            Ok(())
        });
        lint.note(result);
    }
    for text in &tables.roles {
        let columns = ["name", "nationality", "office", "code", "sectors", "since", "until", "precision", "source"];
        let result =
            read("roles", text, columns, |line, [name, nationality, office, code, sectors, since, until, precision, source]| {
                let at = format!("roles:{line} {name}");
                lint.code(&codes, &at, nationality);
                if !code.is_empty() {
                    lint.code(&codes, &at, code);
                }
                lint.row(&at, sectors, since, until, source);
                lint.filled(&at, "office", office);
                lint.once("role", &format!("{name} {nationality} {office} {since}"), &at);
                if !matches!(precision, "" | "day" | "month" | "year") {
                    lint.found.push(format!("{at}: precision {precision:?} does not exist"));
                }
                Ok(())
            });
        lint.note(result);
    }
    for text in &tables.agents {
        let result = read("agents", text, ["phrase", "sectors", "kind", "source"], |line, [phrase, sectors, kind, source]| {
            let at = format!("agents:{line} {phrase}");
            lint.row(&at, sectors, "", "", source);
            // A word may end names and be an agent, or a portfolio, too.
            let other = matches!(kind, "portfolio" | "name");
            lint.once("agent", &format!("{phrase} {}", if other { kind } else { "" }), &at);
            if phrase.chars().any(char::is_uppercase) {
                lint.found.push(format!("{at}: a phrase is lower case"));
            }
            Ok(())
        });
        lint.note(result);
    }
    for text in &tables.places {
        let columns = ["name", "country", "lat", "lon", "geonames", "source"];
        let result = read("places", text, columns, |line, [name, country, lat, lon, geonames, source]| {
            let at = format!("places:{line} {name}");
            lint.code(&codes, &at, country);
            lint.row(&at, "", "", "", source);
            let within = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|v| v.abs() <= most);
            if !within(lat, 90.0) || !within(lon, 180.0) {
                lint.found.push(format!("{at}: {lat}, {lon} is nowhere on earth"));
            }
            if !geonames.is_empty() {
                lint.once("GeoNames identifier", geonames, &at);
            }
            Ok(())
        });
        lint.note(result);
    }
    for text in &tables.units {
        let result = read("units", text, ["name", "country", "code", "source"], |line, [name, country, code, source]| {
            let at = format!("units:{line} {name}");
            lint.code(&codes, &at, country);
            lint.row(&at, "", "", "", source);
            lint.once("unit", code, &at);
            Ok(())
        });
        lint.note(result);
    }
    lint.found
}

#[derive(Default)]
struct Lint {
    found: Vec<String>,
    seen: BTreeMap<(&'static str, String), String>,
}

impl Lint {
    fn note(&mut self, result: Result<(), crate::KnowledgeError>) {
        if let Err(error) = result {
            self.found.push(error.to_string());
        }
    }

    fn code(&mut self, codes: &BTreeSet<String>, at: &str, code: &str) {
        if !codes.contains(code) && !CountryCode::NON_STATE.contains(&code) {
            self.found.push(format!("{at}: code {code:?} does not exist"));
        }
    }

    fn row(&mut self, at: &str, sectors: &str, since: &str, until: &str, source: &str) {
        self.filled(at, "source", source);
        for sector in sectors.split_whitespace().filter(|s| !SECTORS.contains(s)) {
            self.found.push(format!("{at}: sector {sector:?} does not exist"));
        }
        let day = |text: &str, last| (!text.is_empty()).then(|| parse_date(text, last));
        let (first, last) = (day(since, false), day(until, true));
        if first == Some(None) || last == Some(None) {
            self.found.push(format!("{at}: a date cannot be read"));
        } else if let (Some(Some(first)), Some(Some(last))) = (first, last)
            && last < first
        {
            self.found.push(format!("{at}: ends on {last}, before it begins on {first}"));
        }
    }

    fn filled(&mut self, at: &str, what: &str, cell: &str) {
        if cell.trim().is_empty() {
            self.found.push(format!("{at}: no {what}"));
        }
    }

    fn once(&mut self, what: &'static str, key: &str, at: &str) {
        if let Some(other) = self.seen.insert((what, key.to_owned()), at.to_owned()) {
            self.found.push(format!("{at}: {what} {key:?} stands at {other} too"));
        }
    }

    fn known(&mut self, at: &str, id: &str) {
        if !self.seen.contains_key(&("identifier", id.to_owned())) {
            self.found.push(format!("{at}: there is no {id}"));
        }
    }
}
