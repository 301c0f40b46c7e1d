//! An event's type in the codebook that is asked for, whatever codebook its record was written in.

use demarche_records::Event;
use demarche_types::{EventType, Quad};
use serde::{Deserialize, Serialize};

use crate::ExportError;
use crate::tables::{ACTS, CAMEO, ONTOLOGY};

/// The codebook of the types, for formats that leave a choice (CSV, Parquet, GeoJSON, graphs, brat).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Codebook {
    /// PLOVER 2.0: types and modes.
    #[default]
    Plover2,
    /// The 2016 edition of PLOVER: roots, no modes.
    Plover2016,
    /// CAMEO codes, no modes.
    Cameo,
}

impl Codebook {
    /// Its name, as records give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plover2 => "PLOVER 2.0",
            Self::Plover2016 => PLOVER_2016,
            Self::Cameo => "CAMEO 1.1b3",
        }
    }
}

const PLOVER_2016: &str = "PLOVER 2016";

/// Type, modes and quad class of an event.
pub(crate) struct Label<'a> {
    pub(crate) event: &'a str,
    pub(crate) modes: Vec<&'a str>,
    pub(crate) quad: u8,
}

/// An event in PLOVER 2.0.
pub(crate) struct Plover<'a> {
    pub(crate) kind: EventType,
    pub(crate) modes: Vec<&'a str>,
}

/// An event in PLOVER 2.0: as its record has it, or, of a record in another codebook, by its act or CAMEO code.
pub(crate) fn plover(event: &Event) -> Result<Plover<'_>, ExportError> {
    let told = EventType::parse(&event.event).filter(|_| event.coder.ontology != PLOVER_2016);
    if let Some(kind) = told {
        return Ok(Plover { kind, modes: event.mode.iter().map(String::as_str).collect() });
    }
    let by_act = event.act.as_deref().and_then(|act| ACTS.get(act)).map(|act| (act.kind, act.mode));
    let found = by_act.or_else(|| CAMEO.get(event.cameo.as_str()).map(|code| (code.kind, code.mode)));
    let (kind, mode) = found.and_then(|(kind, mode)| EventType::parse(kind).map(|kind| (kind, mode))).ok_or_else(|| {
        let fault = format!("its type {}, act and CAMEO code {} are in no table", event.event, event.cameo);
        ExportError::Record { id: event.id.clone(), fault }
    })?;
    Ok(Plover { kind, modes: if mode.is_empty() { Vec::new() } else { vec![mode] } })
}

/// An event in a codebook.
pub(crate) fn label(event: &Event, codebook: Codebook) -> Result<Label<'_>, ExportError> {
    let plover = plover(event)?;
    let quad = plover.kind.quad() as u8;
    Ok(match codebook {
        Codebook::Plover2 => Label { event: plover.kind.as_str(), modes: plover.modes, quad },
        Codebook::Plover2016 | Codebook::Cameo => {
            let root = root(event, plover.kind);
            let name = if codebook == Codebook::Cameo { event.cameo.as_str() } else { root };
            Label { event: name, modes: Vec::new(), quad: quad_of_root(root).unwrap_or(quad) }
        }
    })
}

/// Quad class of a CAMEO code: 01-05 verbal cooperation, 06-08 material, 09-13 verbal conflict, 14-20 material. PLOVER's differs: it
/// has appeals among the conflicts and concessions among the words.
pub(crate) fn quad_of_cameo(code: &str) -> Option<u8> {
    match code.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

/// The quad class in words, as POLECAT has it.
pub(crate) fn quad_words(quad: Quad) -> &'static str {
    match quad {
        Quad::VerbalCooperation => "VERBAL COOPERATION",
        Quad::MaterialCooperation => "MATERIAL COOPERATION",
        Quad::VerbalConflict => "VERBAL CONFLICT",
        Quad::MaterialConflict => "MATERIAL CONFLICT",
    }
}

/// The root of the 2016 edition: that of the act, unless its words gave it another code; then that of the code.
fn root(event: &Event, kind: EventType) -> &str {
    if event.coder.ontology == PLOVER_2016 {
        return &event.event;
    }
    let act = event.act.as_deref().and_then(|act| ACTS.get(act)).filter(|act| act.cameo == event.cameo);
    let by_code = || event.cameo.get(..2).and_then(|root| ONTOLOGY.roots.get(root)).copied();
    act.map(|act| act.root).or_else(by_code).unwrap_or(match kind {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.as_str(),
    })
}

fn quad_of_root(root: &str) -> Option<u8> {
    if root == "YIELD" { Some(Quad::MaterialCooperation as u8) } else { EventType::parse(root).map(|kind| kind.quad() as u8) }
}
