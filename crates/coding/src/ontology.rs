//! The ontology as data: types, modes, contexts and the 2016 roots, from `data/ontology.toml`.

use std::collections::BTreeMap;

use demarche_types::{EventType, Mode};
use serde::Deserialize;

use crate::codebook::Root;

/// Why the ontology file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// Not TOML of the expected shape.
    #[error("the ontology file cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A type is missing or unknown.
    #[error("the ontology file: {0}")]
    Types(String),
}

/// The codebook's tables.
#[derive(Clone, Debug)]
pub struct Ontology {
    /// "PLOVER 2.0".
    pub name: String,
    scores: BTreeMap<EventType, f32>,
    recipient_required: BTreeMap<EventType, bool>,
    modes: BTreeMap<(EventType, String), f32>,
    contexts: Vec<String>,
    roots: BTreeMap<String, Root>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    version: String,
    #[serde(rename = "type")]
    types: Vec<TypeRow>,
    mode: Vec<ModeRow>,
    context: Vec<ContextRow>,
    root2016: Vec<RootRow>,
}

#[derive(Deserialize)]
struct TypeRow {
    name: String,
    score: f32,
    recipient: String,
}

#[derive(Deserialize)]
struct ModeRow {
    r#type: String,
    name: String,
    score: Option<f32>,
}

#[derive(Deserialize)]
struct ContextRow {
    name: String,
}

#[derive(Deserialize)]
struct RootRow {
    cameo: String,
    root: String,
}

impl Ontology {
    /// Reads the file and checks that every type of the program is there, once.
    pub fn read(text: &str) -> Result<Self, OntologyError> {
        let file: File = toml::from_str(text)?;
        let kind = |name: &str| EventType::parse(name).ok_or_else(|| OntologyError::Types(format!("`{name}` is no event type")));
        let (mut scores, mut recipient_required) = (BTreeMap::new(), BTreeMap::new());
        for row in &file.types {
            scores.insert(kind(&row.name)?, row.score);
            recipient_required.insert(kind(&row.name)?, row.recipient == "required");
        }
        if let Some(missing) = EventType::ALL.into_iter().find(|t| !scores.contains_key(t)) {
            return Err(OntologyError::Types(format!("{} is missing", missing.as_str())));
        }
        let mut modes = BTreeMap::new();
        for row in file.mode {
            let owner = kind(&row.r#type)?;
            modes.insert((owner, row.name), row.score.unwrap_or(scores[&owner]));
        }
        let mut roots = BTreeMap::new();
        for row in file.root2016.into_iter().filter(|row| row.root != "NONE") {
            let root =
                Root::parse(&row.root).ok_or_else(|| OntologyError::Types(format!("`{}` is no root of 2016", row.root)))?;
            roots.insert(row.cameo, root);
        }
        Ok(Self {
            name: format!("{} {}", file.name, file.version),
            scores,
            recipient_required,
            modes,
            contexts: file.context.into_iter().map(|c| c.name).collect(),
            roots,
        })
    }

    /// The score of a mode, or of the type where the mode has none of its own.
    pub fn score(&self, kind: EventType, mode: Option<&Mode>) -> f32 {
        let of_mode = mode.and_then(|m| self.modes.get(&(kind, m.0.to_string())));
        of_mode.copied().unwrap_or_else(|| self.scores.get(&kind).copied().unwrap_or(0.0))
    }

    /// Whether the codebook has this mode for the type.
    pub fn has_mode(&self, kind: EventType, mode: &Mode) -> bool {
        self.modes.contains_key(&(kind, mode.0.to_string()))
    }

    /// The modes of a type, in alphabetical order.
    pub fn modes(&self, kind: EventType) -> impl Iterator<Item = &str> {
        self.modes.keys().filter(move |(owner, _)| *owner == kind).map(|(_, name)| name.as_str())
    }

    /// Whether the codebook has this context.
    pub fn has_context(&self, name: &str) -> bool {
        self.contexts.iter().any(|c| c == name)
    }

    /// Whether an event of this type must have a recipient.
    pub fn needs_recipient(&self, kind: EventType) -> bool {
        self.recipient_required.get(&kind).copied().unwrap_or(false)
    }

    /// The root of the 2016 edition that a CAMEO code belongs to.
    pub fn root_2016(&self, cameo: &str) -> Option<Root> {
        self.roots.get(cameo.get(..2)?).copied()
    }
}
