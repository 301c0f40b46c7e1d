//! Views of an event in other codebooks, by table from its act.

use demarche_types::Event;

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

impl Coder {
    /// An event in a codebook. The 2016 root is that of the act; without an act, that of the CAMEO code.
    pub fn label<'a>(&'a self, event: &'a Event, codebook: Codebook) -> Label<'a> {
        let of_act = event.act.as_ref().and_then(|name| self.acts.get(name)).map(|act| act.root.as_str());
        let root = of_act.or_else(|| self.ontology.root_2016(&event.cameo)).unwrap_or(event.kind.as_str());
        match codebook {
            Codebook::Plover2 => Label { event: event.kind.as_str(), quad: event.kind.quad() as u8, modes: true },
            Codebook::Plover2016 => Label { event: root, quad: quad_2016(root), modes: false },
            Codebook::Cameo => Label { event: &event.cameo, quad: quad_2016(root), modes: false },
        }
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
