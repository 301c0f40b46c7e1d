//! The inventory of fine-grained acts, from `data/acts.tsv`: one decision from which every codebook's label follows by table.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{EventType, Mode};

use crate::codebook::Root;
use crate::ontology::Ontology;

/// A fine-grained act ("concede-pardon").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its name, which is what the model was taught.
    pub name: CompactString,
    /// Event type of PLOVER 2.0.
    pub kind: EventType,
    /// Mode of PLOVER 2.0.
    pub mode: Option<Mode>,
    /// Deepest CAMEO code.
    pub cameo: CompactString,
    /// Root of the 2016 edition of PLOVER.
    pub root: Root,
    /// The act that it becomes where it is still to come: a future CONSULT, SUPPORT, COOPERATE or AID is AGREE (codebook, AGREE).
    promised: Option<CompactString>,
    /// What it covers, in the project's words.
    pub definition: String,
}

/// Why a table of acts cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct TableError {
    /// The table.
    pub file: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// All acts.
#[derive(Clone, Debug)]
pub struct Acts {
    rows: Vec<Act>,
    by_name: BTreeMap<CompactString, usize>,
}

const FILE: &str = "data/acts.tsv";
const COLUMNS: &str = "act\ttype\tmode\tcameo\troot\tpromised\tdefinition";

impl Acts {
    /// Reads the table and checks its types and modes against the ontology.
    pub fn read(text: &str, ontology: &Ontology) -> Result<Self, TableError> {
        let mut out = Self { rows: vec![], by_name: BTreeMap::new() };
        let mut lines_of = vec![];
        let lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        for (rank, (index, line)) in lines.enumerate() {
            let fault = |message: String| TableError { file: FILE, line: index + 1, message };
            if rank == 0 {
                if line != COLUMNS {
                    return Err(fault(format!("the columns are not `{}`", COLUMNS.replace('\t', " "))));
                }
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, kind, mode, cameo, root, promised, definition] = fields[..] else {
                return Err(fault(format!("{} columns instead of 7", fields.len())));
            };
            let kind = EventType::parse(kind).ok_or_else(|| fault(format!("`{kind}` is no event type")))?;
            let mode = (!mode.is_empty()).then(|| Mode(mode.into()));
            if let Some(unknown) = mode.as_ref().filter(|m| !ontology.has_mode(kind, m)) {
                return Err(fault(format!("{} has no mode `{}`", kind.as_str(), unknown.0)));
            }
            if out.by_name.insert(name.into(), out.rows.len()).is_some() {
                return Err(fault(format!("`{name}` is there twice")));
            }
            let root = Root::parse(root).ok_or_else(|| fault(format!("`{root}` is no root of the 2016 edition")))?;
            if !matches!(cameo.len(), 2..=4) || !cameo.bytes().all(|b| b.is_ascii_digit()) {
                return Err(fault(format!("`{cameo}` is no CAMEO code")));
            }
            let promised = (!promised.is_empty()).then(|| promised.into());
            let act = Act { name: name.into(), kind, mode, cameo: cameo.into(), root, promised, definition: definition.into() };
            out.rows.push(act);
            lines_of.push(index + 1);
        }
        for (act, line) in out.rows.iter().zip(lines_of) {
            if let Some(missing) = act.promised.as_ref().filter(|name| out.get(name).is_none_or(|a| a.kind != EventType::Agree)) {
                return Err(TableError { file: FILE, line, message: format!("`{missing}` is no act of the type AGREE") });
            }
        }
        Ok(out)
    }

    /// Every act, in the order of the table.
    pub fn rows(&self) -> &[Act] {
        &self.rows
    }

    /// The act of a name.
    pub fn get(&self, name: &str) -> Option<&Act> {
        self.by_name.get(name).map(|&i| &self.rows[i])
    }

    /// What an act becomes where it is still to come, if it becomes another.
    pub fn promised(&self, act: &Act) -> Option<&Act> {
        self.get(act.promised.as_ref()?)
    }
}
