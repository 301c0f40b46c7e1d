//! What the user decided about reports: which are of one event, and which are not.

use std::sync::Arc;

use demarche::types::EventId;
use demarche_corroborate::Decision;
use demarche_store::{Rows, Store, arrow};

use arrow::array::{Array as _, AsArray as _};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field};
use xxhash_rust::xxh3::xxh3_64;

use crate::corroborate::CorroborateError;
use crate::rows::Text;

/// A decision as the store has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its identifier. It begins with its number, so that decisions stay in the order in which they were taken.
    pub id: String,
    /// The decision.
    pub decision: Decision,
    /// The user's words.
    pub note: Option<String>,
}

impl Kept {
    /// What kind of decision it is.
    pub fn kind(&self) -> &'static str {
        match self.decision {
            Decision::Merge { .. } => "merge",
            Decision::Split { .. } => "split",
        }
    }

    /// The events that it names; of a split the one that was split off comes first.
    pub fn events(&self) -> Vec<String> {
        let all: Vec<&EventId> = match &self.decision {
            Decision::Merge { events } => events.iter().collect(),
            Decision::Split { event, from } => std::iter::once(event).chain(from).collect(),
        };
        all.into_iter().map(|event| event.0.to_string()).collect()
    }
}

/// The decisions, in the order in which they were taken.
pub fn all(store: &Store) -> Result<Vec<Kept>, CorroborateError> {
    let mut found = vec![];
    for rows in store.rows("SELECT id, kind, note, events FROM decisions ORDER BY id")? {
        let [id, kind, note] = [0, 1, 2].map(|column| Text::of(&rows, column));
        let lists = cast(rows.column(3), &DataType::List(Arc::new(Field::new("element", DataType::Utf8, true))))
            .map_err(|source| CorroborateError::Form { place: "the table decisions", source })?;
        let lists = lists.as_list::<i32>();
        for row in (0..rows.num_rows()).filter(|row| !lists.is_null(*row)) {
            let list = lists.value(row);
            let events: Vec<EventId> = list.as_string::<i32>().iter().flatten().map(|id| EventId(id.into())).collect();
            let decision = match (kind.at(row), events.split_first()) {
                (Some("merge"), Some(_)) => Decision::Merge { events },
                (Some("split"), Some((event, from))) => Decision::Split { event: event.clone(), from: from.to_vec() },
                _ => continue,
            };
            let own = |column: &Text| column.at(row).map(str::to_owned);
            found.push(Kept { id: own(&id).unwrap_or_default(), decision, note: own(&note) });
        }
    }
    Ok(found)
}

/// Writes a decision down.
pub(crate) fn keep(store: &mut Store, decision: &Decision, note: Option<&str>) -> Result<Kept, CorroborateError> {
    let number = |kept: &Kept| kept.id.split('-').next().and_then(|number| number.parse().ok()).unwrap_or(0_u64);
    let place = all(store)?.last().map_or(0, number) + 1;
    let mut kept = Kept { id: String::new(), decision: once(decision), note: note.map(str::to_owned) };
    kept.id = format!("{place:08}-{:016x}", xxh3_64(kept.events().join(" ").as_bytes()));
    let mut rows = Rows::of("decisions")?;
    push(&mut rows, &kept);
    store.append("decisions", &rows.finish()?)?;
    Ok(kept)
}

/// Takes a decision out, by the beginning of its identifier.
pub(crate) fn forget(store: &mut Store, id: &str) -> Result<Kept, CorroborateError> {
    let (mut named, others): (Vec<Kept>, Vec<Kept>) = all(store)?.into_iter().partition(|kept| kept.id.starts_with(id));
    let Some(forgotten) = named.pop().filter(|_| named.is_empty()) else {
        return Err(CorroborateError::NoDecision { id: id.to_owned() });
    };
    let mut rows = Rows::of("decisions")?;
    for kept in &others {
        push(&mut rows, kept);
    }
    store.replace("decisions", &[rows.finish()?])?;
    Ok(forgotten)
}

fn push(rows: &mut Rows, kept: &Kept) {
    let (id, events, note) = (&kept.id, &kept.events(), &kept.note);
    rows.push([("id", id.into()), ("kind", kept.kind().into()), ("events", events.into()), ("note", note.into())]);
}

/// The decision with each event named once.
fn once(decision: &Decision) -> Decision {
    let mut decision = decision.clone();
    if let Decision::Merge { events } = &mut decision {
        let mut seen = std::collections::BTreeSet::new();
        events.retain(|event| seen.insert(event.clone()));
    }
    decision
}
