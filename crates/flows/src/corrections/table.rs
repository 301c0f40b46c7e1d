//! The table `corrections`: what was decided, and what was taken back.

use std::collections::BTreeSet;

use demarche_store::{Rows, Store, arrow};
use xxhash_rust::xxh3::xxh3_64;

use super::{Action, Base, Correction, CorrectionError, unreadable};

use arrow::array::RecordBatch;

/// The action of a row that takes a correction back.
const FORGET: &str = "forget";

/// All rows.
pub(super) struct Kept {
    corrections: Vec<Correction>,
    /// Those that were taken back.
    forgotten: BTreeSet<String>,
    /// Number of the next row.
    pub(super) next: u64,
}

impl Kept {
    /// Those that were not taken back, in their order.
    pub(super) fn in_force(&self) -> Vec<Correction> {
        self.corrections.iter().filter(|correction| !self.forgotten.contains(&correction.id)).cloned().collect()
    }

    /// Articles of which an event was ever corrected.
    pub(super) fn articles(&self) -> BTreeSet<String> {
        self.corrections.iter().map(|correction| correction.article.clone()).collect()
    }
}

/// Reads the table.
pub(super) fn read(store: &Store) -> Result<Kept, CorrectionError> {
    let sql = "SELECT id, position, action, event, article, changes, note, forgets, base_run, base_event, trigger_start, trigger_end, text \
               FROM corrections ORDER BY position";
    let mut kept = Kept { corrections: vec![], forgotten: BTreeSet::new(), next: 1 };
    for row in store.strings::<13>(sql)? {
        let [id, position, action, event, article, changes, note, forgets, run, kind, start, end, text] = row;
        let (id, article) = (id.unwrap_or_default(), article.unwrap_or_default());
        let number = |cell: Option<String>| cell.and_then(|cell| cell.parse().ok()).unwrap_or(0);
        let position: u64 = number(position);
        kept.next = kept.next.max(position + 1);
        let action = match action.as_deref().unwrap_or_default() {
            FORGET => {
                kept.forgotten.extend(forgets);
                continue;
            }
            "accept" => Action::Accept,
            "reject" => Action::Reject,
            _ => Action::Change(serde_json::from_str(&changes.unwrap_or_default()).map_err(|e| unreadable(&article, e))?),
        };
        let base = Base {
            run: run.unwrap_or_default(),
            event: kind.unwrap_or_default(),
            trigger: [start, end].map(|cell| number(cell) as u32),
            text: text.unwrap_or_default(),
        };
        kept.corrections.push(Correction { id, position, event: event.unwrap_or_default(), article, action, note, base });
    }
    Ok(kept)
}

/// A correction under that number.
pub(super) fn new(position: u64, event: &str, article: &str, action: Action, note: Option<&str>, base: Base) -> Correction {
    let said = serde_json::to_string(&action).unwrap_or_default();
    let id = identifier(position, &format!("{event} {said}"));
    let (event, article, note) = (event.to_owned(), article.to_owned(), note.map(str::to_owned));
    Correction { id, position, event, article, action, note, base }
}

fn identifier(position: u64, said: &str) -> String {
    format!("{position:08}-{:016x}", xxh3_64(said.as_bytes()))
}

/// The row of a correction.
pub(super) fn row(correction: &Correction) -> Result<RecordBatch, CorrectionError> {
    let changes = match &correction.action {
        Action::Change(changes) => Some(serde_json::to_string(changes).map_err(|e| unreadable(&correction.article, e))?),
        Action::Accept | Action::Reject => None,
    };
    rows(correction, &correction.id, correction.position, correction.action.name(), changes, None)
}

/// The row that takes a correction back.
pub(super) fn taken_back(position: u64, correction: &Correction) -> Result<RecordBatch, CorrectionError> {
    let id = identifier(position, &format!("{FORGET} {}", correction.id));
    rows(correction, &id, position, FORGET, None, Some(correction.id.clone()))
}

fn rows(
    correction: &Correction,
    id: &str,
    position: u64,
    action: &str,
    changes: Option<String>,
    forgets: Option<String>,
) -> Result<RecordBatch, CorrectionError> {
    let Correction { event, article, note, base, .. } = correction;
    let note = if forgets.is_some() { &None } else { note };
    let mut rows = Rows::of("corrections")?;
    rows.push([
        ("id", id.into()),
        ("position", (position as usize).into()),
        ("action", action.into()),
        ("event", event.into()),
        ("article", article.into()),
        ("changes", changes.into()),
        ("note", note.into()),
        ("forgets", forgets.into()),
        ("base_run", (&base.run).into()),
        ("base_event", (&base.event).into()),
        ("trigger_start", base.trigger[0].into()),
        ("trigger_end", base.trigger[1].into()),
        ("text", (&base.text).into()),
    ]);
    Ok(rows.finish()?)
}
