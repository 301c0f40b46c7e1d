//! What codes are called.

use std::collections::HashMap;

use demarche::knowledge::{Catalog, Tables};
use serde::Deserialize;

const ONTOLOGY: &str = include_str!("../../../data/ontology.toml");

/// Names of codes, by field.
pub(crate) struct Labels {
    catalog: Option<Catalog>,
    /// What sectors are.
    sectors: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Ontology {
    sector: Vec<Sector>,
}

#[derive(Deserialize)]
struct Sector {
    code: String,
    gloss: String,
}

/// Codes of no country.
const NON_STATE: &[(&str, &str)] = &[
    ("UNO", "United Nations"),
    ("EUR", "European Union"),
    ("IGO", "International organisations"),
    ("NGO", "Non-governmental organisations"),
    ("ISM", "Transnational movements"),
    ("IMG", "Transnational armed groups"),
    ("MNC", "Multinational companies"),
];
const QUADS: [&str; 4] = ["Verbal cooperation", "Material cooperation", "Verbal conflict", "Material conflict"];

impl Labels {
    /// Names from the tables that ship.
    pub(crate) fn embedded() -> Self {
        let ontology = toml::from_str::<Ontology>(ONTOLOGY).ok();
        let sectors = ontology.into_iter().flat_map(|ontology| ontology.sector).map(|sector| (sector.code, sector.gloss));
        Self { catalog: Catalog::of(&Tables::embedded()).ok(), sectors: sectors.collect() }
    }

    /// A value of a field in words.
    pub(crate) fn label(&self, field: &str, value: &str) -> String {
        match field {
            "actor" | "recipient" | "party" | "country" | "speaker" | "code" => {
                let group = NON_STATE.iter().find(|(code, _)| *code == value).map(|(_, name)| *name);
                group.or_else(|| self.catalog.as_ref()?.country_name(value)).unwrap_or(value).to_owned()
            }
            "quad" | "quad_code" => {
                let class = value.parse::<usize>().ok().and_then(|class| QUADS.get(class.wrapping_sub(1)));
                class.map_or_else(|| value.to_owned(), |name| (*name).to_owned())
            }
            "sector" | "actor_sector" | "recipient_sector" => {
                match self.sectors.get(value).map(|gloss| gloss.trim_end_matches('.')) {
                    Some(gloss) if !gloss.is_empty() => format!("{value}: {}", gloss.to_lowercase()),
                    _ => value.to_owned(),
                }
            }
            "mode" | "context" | "status" | "place_precision" | "date_basis" | "date_precision" | "kind" => {
                capital(&value.replace(['_', '-'], " "))
            }
            "language" => {
                if value == "en" {
                    "English".to_owned()
                } else {
                    value.to_owned()
                }
            }
            _ => value.to_owned(),
        }
    }

    /// The code of a country or group by its name.
    pub(crate) fn code_of(&self, name: &str) -> Option<String> {
        let group = NON_STATE.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(code, _)| *code);
        group.or_else(|| self.catalog.as_ref()?.code_of(name)).map(str::to_owned)
    }

    /// Whether a code is of a country.
    pub(crate) fn is_country(&self, code: &str) -> bool {
        self.catalog.as_ref().is_some_and(|catalog| catalog.country_name(code).is_some())
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
