//! How many given mentions get an entity or a sector.

use std::fmt;

use serde::Serialize;

use super::Linked;
use crate::report::{Table, json, percent};

/// A given mention and what the program made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The words.
    pub words: String,
    /// Country or code of a body.
    pub code: Option<String>,
    /// Sectors, the main one first.
    pub sectors: Vec<String>,
    /// Entry of the knowledge base.
    pub entity: Option<String>,
}

impl Covered {
    /// A mention with its link, if it has one.
    pub fn new(words: String, link: Option<(&Linked, Option<String>)>) -> Self {
        match link {
            Some((link, entity)) => Self { words, code: link.code.clone(), sectors: link.sectors.clone(), entity },
            None => Self { words, code: None, sectors: vec![], entity: None },
        }
    }

    fn is_covered(&self) -> bool {
        self.code.is_some() || !self.sectors.is_empty() || self.entity.is_some()
    }
}

/// How many mentions are covered. The JSON lists every mention, the text those that are not covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All mentions.
    pub mentions: usize,
    /// With an entity, a code or a sector.
    pub covered: usize,
    /// With a country or the code of a body.
    pub coded: usize,
    /// With an entry of the knowledge base.
    pub entities: usize,
    /// What each was taken for.
    pub resolved: Vec<Covered>,
    /// Whether the text lists what is not covered.
    #[serde(skip)]
    pub lists: bool,
}

/// Counts what mentions got.
pub fn coverage(resolved: Vec<Covered>, lists: bool) -> Coverage {
    let count = |test: &dyn Fn(&Covered) -> bool| resolved.iter().filter(|c| test(c)).count();
    Coverage {
        mentions: resolved.len(),
        covered: count(&Covered::is_covered),
        coded: count(&|c| c.code.is_some()),
        entities: count(&|c| c.entity.is_some()),
        resolved,
        lists,
    }
}

impl Coverage {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&["mentions", "number", "share"]);
        let all = self.mentions.max(1) as f64;
        for (name, count) in
            [("all", self.mentions), ("entity, code or sector", self.covered), ("code", self.coded), ("entity", self.entities)]
        {
            table.row(vec![name.to_owned(), count.to_string(), percent(count as f64 / all)]);
        }
        write!(f, "{table}")?;
        if self.lists {
            for mention in self.resolved.iter().filter(|m| !m.is_covered()) {
                write!(f, "\n{}", mention.words)?;
            }
        }
        Ok(())
    }
}
