//! Views of an event in other codebooks, by table from its act.

use demarche_types::{Event, EventType};

use crate::Coder;

/// A codebook in which events can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Codebook {
    /// PLOVER 2.0: types and modes.
    #[default]
    Plover2,
    /// The 2016 edition of PLOVER: roots (CONCEDE and RETREAT are YIELD), no modes.
    Plover2016,
    /// CAMEO codes, no modes.
    Cameo,
}

/// How a codebook tells an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// Type, root or code.
    pub event: &'a str,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// The codebook has PLOVER's modes.
    pub modes: bool,
}

impl Codebook {
    /// Its name, as records give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plover2 => "PLOVER 2.0",
            Self::Plover2016 => "PLOVER 2016",
            Self::Cameo => "CAMEO 1.1b3",
        }
    }
}

impl<'a> Label<'a> {
    /// An event in PLOVER 2.0.
    pub fn plover(event: &'a Event) -> Self {
        Self { event: event.kind.as_str(), quad: event.kind.quad() as u8, modes: true }
    }

    /// The label with the modes of its event, where the codebook has them: `before` the first, `between` all.
    pub fn with_modes(self, event: &Event, before: &str, between: &str) -> String {
        let modes: Vec<&str> = event.modes.iter().filter(|_| self.modes).map(|m| m.0.as_str()).collect();
        if modes.is_empty() { self.event.to_owned() } else { format!("{}{before}{}", self.event, modes.join(between)) }
    }
}

impl Coder {
    /// An event in a codebook.
    pub fn label<'a>(&'a self, event: &'a Event, codebook: Codebook) -> Label<'a> {
        if codebook == Codebook::Plover2 {
            return Label::plover(event);
        }
        let root = self.root_2016(event.act.as_deref(), &event.rule, &event.cameo, event.kind);
        Label { event: if codebook == Codebook::Cameo { &event.cameo } else { root }, quad: quad_2016(root), modes: false }
    }

    /// The 2016 root: that of the act, or that of the row, where it names one; else that of the CAMEO code, or of the type.
    pub(crate) fn root_2016(&self, act: Option<&str>, rule: &str, cameo: &str, kind: EventType) -> &str {
        let of_act = act.and_then(|name| self.acts.get(name)).map(|act| act.root.as_str());
        let of_row = || self.lexicon.entry(rule).and_then(|row| row.root.as_deref());
        of_act.or_else(of_row).or_else(|| self.ontology.root_2016(cameo)).unwrap_or(match kind {
            EventType::Concede | EventType::Retreat => "YIELD",
            other => other.as_str(),
        })
    }
}

/// Quad class of a root of the 2016 edition.
pub fn quad_2016(root: &str) -> u8 {
    match root {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}
