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

/// A root of the 2016 edition of PLOVER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the edition's roots")]
pub enum Root {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Yield,
    Accuse,
    Request,
    Reject,
    Threaten,
    Protest,
    Mobilize,
    Sanction,
    Coerce,
    Assault,
}

impl Root {
    /// Every root with its name and its quad class: verbal cooperation 1, material 2, verbal conflict 3, material 4.
    const ALL: [(Self, &'static str, u8); 15] = [
        (Self::Agree, "AGREE", 1),
        (Self::Consult, "CONSULT", 1),
        (Self::Support, "SUPPORT", 1),
        (Self::Cooperate, "COOPERATE", 2),
        (Self::Aid, "AID", 2),
        (Self::Yield, "YIELD", 2),
        (Self::Accuse, "ACCUSE", 3),
        (Self::Request, "REQUEST", 3),
        (Self::Reject, "REJECT", 3),
        (Self::Threaten, "THREATEN", 3),
        (Self::Protest, "PROTEST", 4),
        (Self::Mobilize, "MOBILIZE", 4),
        (Self::Sanction, "SANCTION", 4),
        (Self::Coerce, "COERCE", 4),
        (Self::Assault, "ASSAULT", 4),
    ];

    /// The root of a name in capitals.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n, _)| *n == name).map(|(root, _, _)| *root)
    }

    /// Its name in capitals.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Its quad class, 1 to 4.
    pub fn quad(self) -> u8 {
        Self::ALL[self as usize].2
    }

    /// The root that a type of PLOVER 2.0 has where nothing more exact is known.
    fn of_type(kind: EventType) -> Self {
        match kind {
            EventType::Concede | EventType::Retreat => Self::Yield,
            other => Self::parse(other.as_str()).expect("every other type is a root as well"),
        }
    }
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
    pub fn label<'a>(&self, event: &'a Event, codebook: Codebook) -> Label<'a> {
        if codebook == Codebook::Plover2 {
            return Label::plover(event);
        }
        let quad = Root::parse(&event.root).map_or(event.kind.quad() as u8, Root::quad);
        Label { event: if codebook == Codebook::Cameo { &event.cameo } else { &event.root }, quad, modes: false }
    }

    /// The 2016 root of what the lexicon coded: that of the row, where it names one; else that of the CAMEO code, or of the type.
    pub(crate) fn root_2016(&self, rule: &str, cameo: &str, kind: EventType) -> Root {
        let of_row = self.lexicon.entry(rule).and_then(|row| row.root);
        of_row.or_else(|| self.ontology.root_2016(cameo)).unwrap_or_else(|| Root::of_type(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_lead_to_their_roots() {
        for (rank, (root, name, quad)) in Root::ALL.into_iter().enumerate() {
            assert_eq!((root as usize, Root::parse(name), root.as_str(), root.quad()), (rank, Some(root), name, quad));
        }
        for kind in EventType::ALL {
            assert_eq!(Root::of_type(kind).quad() > 2, kind.quad() as u8 > 2, "{}", kind.as_str());
        }
    }
}
