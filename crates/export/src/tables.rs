//! The tables of `data/` that exports need, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A country in other people's files.
pub(crate) struct Country {
    /// Name in plain files.
    pub(crate) name: &'static str,
    /// ISO 3166-1 numeric.
    pub(crate) number: &'static str,
    /// FIPS 10-4.
    pub(crate) fips: &'static str,
    /// CAMEO.
    pub(crate) cameo: &'static str,
    /// Name in ICEWS.
    pub(crate) icews: &'static str,
    /// ACLED's region.
    pub(crate) region: &'static str,
}

/// A sector in other people's files.
pub(crate) struct Sector {
    /// GDELT's type; may be empty, as may the rest.
    pub(crate) cameo: &'static str,
    /// ICEWS' sectors, parted by commas.
    pub(crate) icews: &'static str,
    /// What ICEWS calls an unnamed one.
    pub(crate) agent: &'static str,
    /// ACLED's kind of actor.
    pub(crate) inter: &'static str,
    /// An attack on them is one on civilians.
    pub(crate) civilian: bool,
}

/// Somebody who belongs to no state.
pub(crate) struct Body {
    /// GDELT's type.
    pub(crate) kind: &'static str,
    /// CAMEO's region; may be empty.
    pub(crate) region: &'static str,
    /// CAMEO's code of the body; may be empty.
    pub(crate) group: &'static str,
    /// ICEWS' sectors.
    pub(crate) icews: &'static str,
}

/// A CAMEO code.
pub(crate) struct Cameo {
    /// ICEWS' name.
    pub(crate) text: &'static str,
    /// Goldstein's score, as it is written.
    pub(crate) goldstein: &'static str,
    /// Type of PLOVER 2.0.
    pub(crate) kind: &'static str,
    /// Mode of PLOVER 2.0; may be empty.
    pub(crate) mode: &'static str,
}

/// A fine-grained act.
pub(crate) struct Act {
    /// Type of PLOVER 2.0.
    pub(crate) kind: &'static str,
    /// Mode; may be empty.
    pub(crate) mode: &'static str,
    /// Root of the 2016 edition.
    pub(crate) root: &'static str,
    /// CAMEO code.
    pub(crate) cameo: &'static str,
}

/// A row of the table for ACLED.
pub(crate) struct AcledRule {
    pub(crate) kind: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) cameo: &'static str,
    pub(crate) against: &'static str,
    pub(crate) disorder: &'static str,
    pub(crate) event: &'static str,
    pub(crate) sub: &'static str,
}

/// What stands in `data/ontology.toml` and is a list of names.
pub(crate) struct Ontology {
    pub(crate) modes: BTreeSet<&'static str>,
    /// Types with their modes.
    pub(crate) modes_of: BTreeSet<(&'static str, &'static str)>,
    pub(crate) contexts: BTreeSet<&'static str>,
    pub(crate) sectors: BTreeSet<&'static str>,
    /// Roots of the 2016 edition by the first two digits of a CAMEO code.
    pub(crate) roots: BTreeMap<&'static str, &'static str>,
}

macro_rules! table {
    ($path:literal) => {
        include_str!(concat!("../../../data/", $path))
    };
}

/// Countries by ISO 3166 alpha-3.
pub(crate) static COUNTRIES: LazyLock<BTreeMap<&str, Country>> = LazyLock::new(|| {
    rows(table!("export/countries.tsv"))
        .map(|r| {
            (r.at(0), Country { name: r.at(1), number: r.at(2), fips: r.at(3), cameo: r.at(4), icews: r.at(5), region: r.at(6) })
        })
        .collect()
});

/// Sectors by code.
pub(crate) static SECTORS: LazyLock<BTreeMap<&str, Sector>> = LazyLock::new(|| {
    rows(table!("export/sectors.tsv"))
        .map(|r| (r.at(0), Sector { cameo: r.at(1), icews: r.at(2), agent: r.at(3), inter: r.at(4), civilian: r.at(5) == "1" }))
        .collect()
});

/// Those that belong to no state, by code and by entry of the knowledge base.
pub(crate) static BODIES: LazyLock<BTreeMap<&str, Body>> = LazyLock::new(|| {
    rows(table!("export/bodies.tsv"))
        .map(|r| (r.at(0), Body { kind: r.at(1), region: r.at(2), group: r.at(3), icews: r.at(4) }))
        .collect()
});

/// CAMEO codes.
pub(crate) static CAMEO: LazyLock<BTreeMap<&str, Cameo>> = LazyLock::new(|| {
    let types: BTreeMap<&str, Row> = rows(table!("cameo.tsv")).map(|r| (r.at(0), r)).collect();
    rows(table!("export/cameo.tsv"))
        .map(|r| {
            let (kind, mode) = types.get(r.at(0)).map_or(("", ""), |t| (t.at(2), t.at(3)));
            (r.at(0), Cameo { text: r.at(1), goldstein: r.at(2), kind, mode })
        })
        .collect()
});

/// Acts by name.
pub(crate) static ACTS: LazyLock<BTreeMap<&str, Act>> = LazyLock::new(|| {
    rows(table!("acts.tsv")).map(|r| (r.at(0), Act { kind: r.at(1), mode: r.at(2), cameo: r.at(3), root: r.at(4) })).collect()
});

/// Rules for ACLED, in order.
pub(crate) static ACLED: LazyLock<Vec<AcledRule>> = LazyLock::new(|| {
    rows(table!("export/acled.tsv"))
        .map(|r| AcledRule {
            kind: r.at(0),
            mode: r.at(1),
            cameo: r.at(2),
            against: r.at(3),
            disorder: r.at(4),
            event: r.at(5),
            sub: r.at(6),
        })
        .collect()
});

/// Numbers of states in the Correlates of War.
pub(crate) static COW: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| rows(table!("actors/state-numbers.tsv")).map(|r| (r.at(0), r.at(1))).collect());

/// The lists of the ontology.
pub(crate) static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
    let mut ontology = Ontology {
        modes: BTreeSet::new(),
        contexts: BTreeSet::new(),
        sectors: BTreeSet::new(),
        modes_of: BTreeSet::new(),
        roots: BTreeMap::new(),
    };
    let mut list = "";
    for line in table!("ontology.toml").lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some((before, "[")) = line.split_once(" = ") {
            list = before;
        } else if let Some(entry) = line.strip_prefix('{') {
            let field = |key: &str| inline_field(entry, key);
            match list {
                "mode" => {
                    let mode = field("name").unwrap_or_default();
                    ontology.modes.insert(mode);
                    ontology.modes_of.insert((field("type").unwrap_or_default(), mode));
                }
                "context" => {
                    ontology.contexts.insert(field("name").unwrap_or_default());
                }
                "sector" => {
                    ontology.sectors.insert(field("code").unwrap_or_default());
                }
                "root2016" => {
                    ontology.roots.insert(field("cameo").unwrap_or_default(), field("root").unwrap_or_default());
                }
                _ => {}
            }
        }
    }
    ontology
});

/// Texts of the column lists.
pub(crate) mod columns {
    pub(crate) const POLECAT: &str = table!("export/polecat.tsv");
    pub(crate) const GDELT_EVENTS: &str = table!("export/gdelt-events.tsv");
    pub(crate) const GDELT_MENTIONS: &str = table!("export/gdelt-mentions.tsv");
    pub(crate) const ICEWS: &str = table!("export/icews.tsv");
    pub(crate) const ACLED_LIKE: &str = table!("export/acled-like.tsv");
    pub(crate) const FLAT: &str = table!("export/flat.tsv");
}

/// A row of a table.
pub(crate) struct Row(Vec<&'static str>);

impl Row {
    /// A cell; one that is left off at the end is empty.
    pub(crate) fn at(&self, column: usize) -> &'static str {
        self.0.get(column).copied().unwrap_or_default()
    }
}

/// The rows of a table, comments and header left out.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(|line| Row(line.split('\t').collect()))
}

/// A value of `{ key = "value", other = 1.0 }`.
fn inline_field(entry: &'static str, key: &str) -> Option<&'static str> {
    let mut from = 0;
    loop {
        let found = from + entry[from..].find(key)?;
        let starts = found == 0 || entry[..found].ends_with([' ', '{', ',']);
        match entry[found + key.len()..].strip_prefix(" = ") {
            Some(rest) if starts => {
                return Some(match rest.strip_prefix('"') {
                    Some(quoted) => &quoted[..quoted.find('"')?],
                    None => rest[..rest.find([',', '}'])?].trim(),
                });
            }
            _ => from = found + key.len(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "in a test the panic is the message")]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_coder_is_in_the_tables() {
        assert!(COUNTRIES.len() >= 199, "{}", COUNTRIES.len());
        for row in rows(table!("cameo.tsv")) {
            assert!(CAMEO.contains_key(row.at(0)), "{}", row.at(0));
        }
        for (name, act) in ACTS.iter() {
            assert!(CAMEO.contains_key(act.cameo) && demarche_types::EventType::parse(act.kind).is_some(), "{name}");
        }
        for sector in &ONTOLOGY.sectors {
            assert!(SECTORS.contains_key(sector), "{sector}");
        }
        for (code, cameo) in CAMEO.iter() {
            let score: f64 = cameo.goldstein.parse().unwrap();
            assert!((-10.0..=10.0).contains(&score) && !cameo.text.is_empty() && !cameo.kind.is_empty(), "{code}");
            assert!(ONTOLOGY.roots.contains_key(&code[..2]), "{code}");
        }
    }

    #[test]
    fn every_country_has_all_its_codes() {
        for (code, country) in COUNTRIES.iter() {
            assert!(country.fips.len() == 2 && country.cameo.len() == 3 && !country.icews.is_empty(), "{code}");
            assert!(country.number.parse::<u16>().is_ok() && !country.region.is_empty() && !country.name.is_empty(), "{code}");
        }
        for code in demarche_types::CountryCode::NON_STATE {
            assert!(BODIES.contains_key(code), "{code}");
        }
        for code in COW.keys() {
            assert!(COUNTRIES.contains_key(code), "{code}");
        }
    }

    #[test]
    fn the_ontology_is_read() {
        assert!(ONTOLOGY.modes_of.contains(&("CONSULT", "visit")) && !ONTOLOGY.modes_of.contains(&("CONSULT", "riot")));
        assert_eq!(ONTOLOGY.roots["08"], "YIELD");
        assert_eq!((ONTOLOGY.contexts.len(), ONTOLOGY.sectors.len()), (37, 25));
        assert!(ONTOLOGY.modes.contains("third-party") && ONTOLOGY.modes.contains("vandalize"));
    }
}
