//! What a reviewer decided about coded events: that one is right, that it is none, or what it is instead.
//!
//! Corrections are rows of the table `corrections`, which nothing removes: to take one back is a row too. They are applied as *layers*, runs
//! whose stamp is that of the run they lie upon with `+corrected.N` behind its version ([`layers`]). A layer has the whole coding of the articles that
//! were corrected: what was changed keeps its identifier and says so in its rule; what was rejected is a row of `rejects` with the reason `corrected`.
//! As of an article the last run counts, questions, series and exports see what was corrected without knowing of it.
//!
//! A correction and the layer that it leads to are one commit, made only if nobody else committed since the store was read. Layers are always made
//! anew of what the program coded and of all corrections that hold, so nothing hangs on the order in which articles were coded, recoded and corrected.

mod apply;
mod layers;
mod legal;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use demarche::types::{DatePrecision, PlacePrecision, Status};
use demarche_records::{Event, Record};
use demarche_store::{Addition, Store, StoreError, arrow, quoted};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rows::RecordError;
use crate::stored::Document;
use layers::{Of, Plan};

pub use layers::{LAYER, layer_of};
pub use legal::status;

pub(crate) use apply::{REASON, corrected};
pub(crate) use layers::{Layers, first_upon, lift};

/// What a reviewer decided about an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its identifier. It begins with its number.
    pub id: String,
    /// Its number: 1 and up, in the order in which corrections were made; none is used twice.
    pub position: u64,
    /// The event.
    pub event: String,
    /// Its article.
    pub article: String,
    /// The decision.
    #[serde(flatten)]
    pub action: Action,
    /// The reviewer's words.
    pub note: Option<String>,
    /// What it was decided on.
    pub base: Base,
}

/// The event as the program had coded it, as far as it is known by again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The run, without layers.
    pub run: String,
    /// The type.
    pub event: String,
    /// Where the trigger stands.
    pub trigger: [u32; 2],
    /// The sentence.
    pub text: String,
}

/// A decision about an event. In JSON `{"action":"accept"}`, `{"action":"reject"}` or `{"action":"change","changes":{...}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", content = "changes", rename_all = "lowercase")]
pub enum Action {
    /// It is right as it stands; no row changes, unless it had been rejected.
    Accept,
    /// It is no event, or none that counts.
    Reject,
    /// It is something else.
    Change(Box<Changes>),
}

impl Action {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Change(_) => "change",
        }
    }
}

/// Fields as they shall be. What is not named stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// Type of PLOVER 2.0. Without a mode beside it, another type has none. Quad class, scale and CAMEO code follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Modes of the type; an empty list for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Vec<String>>,
    /// Whether it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who did it; an empty list for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<Vec<PartyAs>>,
    /// To whom; an empty list for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Vec<PartyAs>>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Where>,
}

/// A party as it shall be. One that the event has already keeps its words and what else is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PartyAs {
    /// ISO 3166 alpha-3, or a code that is no country's; none where the country is not known.
    pub code: Option<String>,
    /// All its sectors, the main one first.
    pub sector: Vec<String>,
    /// Words of the article that name it. Without them, those of the party that it takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A date as it shall be; without a first day it is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// First day.
    pub date: Option<Date>,
    /// Last day; without it, the first.
    pub enddate: Option<Date>,
    /// How exact; without it, a day or a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<DatePrecision>,
}

/// A place as it shall be; without a name there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of a record's place")]
pub struct Where {
    pub name: Option<String>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<u32>,
    /// Without it, `city` where there is a point, else `admin1` or `country`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<PlacePrecision>,
}

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It decides something about its event.
    Holds,
    /// Later ones decide all that it decided.
    Overruled,
    /// The article was coded anew and has no such event. It waits until one comes back.
    Unmatched,
}

impl State {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Overruled => "overruled",
            Self::Unmatched => "unmatched",
        }
    }
}

/// A correction and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The correction.
    #[serde(flatten)]
    pub correction: Correction,
    /// What became of it.
    pub state: State,
    /// The event as the program coded it; none where it is unmatched.
    pub before: Option<Event>,
    /// The event as it stands now; none where it is rejected or unmatched.
    pub after: Option<Event>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// The correction that was made or taken back.
    pub correction: Correction,
    /// The event as the program coded it; none where an article coded anew does not have it.
    pub before: Option<Event>,
    /// The event as it stands now; none where it is rejected, or the article does not have it.
    pub after: Option<Event>,
    /// The layer that was written; none where no row changed.
    pub run: Option<String>,
    /// The last correction of the event says the same: nothing was written.
    pub known: bool,
}

/// What was applied again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// Corrections that were not taken back.
    pub corrections: u64,
    /// Articles for which a layer was written.
    pub articles: u64,
    /// Corrections whose article has no such event now.
    pub unmatched: Vec<Correction>,
}

/// Why something cannot be corrected.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum CorrectionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a record of article {article} cannot be read: {why}; `demarche store check` tells more")]
    Record { article: String, why: String },
    #[error("the store has no event {id:?}")]
    NoEvent { id: String },
    #[error("{id:?} begins the identifiers of several events; give more of it")]
    Ambiguous { id: String },
    #[error("there is no correction {id:?}; `demarche corrections` lists them")]
    NoCorrection { id: String },
    #[error("nothing is to be changed: name a field")]
    Nothing,
    #[error("{value:?} is no {field}")]
    Illegal { field: &'static str, value: String, next_step: String },
    #[error("other programs write to the store all the time; try again")]
    Busy,
}

impl CorrectionError {
    /// What can be done about it.
    pub fn next_step(&self) -> Option<String> {
        match self {
            Self::Illegal { next_step, .. } => Some(next_step.clone()),
            Self::NoEvent { .. } => Some("demarche query \"SELECT id, event, text FROM events\" lists them".to_owned()),
            _ => None,
        }
    }
}

impl From<RecordError> for CorrectionError {
    fn from(error: RecordError) -> Self {
        Self::Record { article: error.article().to_owned(), why: error.why() }
    }
}

/// Commits of others that are made way for.
const TRIES: usize = 50;
/// Articles whose records are read at a time.
const TOGETHER: usize = 256;

/// Corrections that were not taken back, in the order in which they were made.
pub fn all(store: &Store) -> Result<Vec<Correction>, CorrectionError> {
    Ok(table::read(store)?.in_force())
}

/// The corrections of an event, by its whole identifier.
pub fn of_event(store: &Store, event: &str) -> Result<Vec<Correction>, CorrectionError> {
    let mut found = all(store)?;
    found.retain(|correction| correction.event == event);
    Ok(found)
}

/// All corrections with what became of them, and the events before and after.
pub fn listed(store: &Store) -> Result<Vec<Listed>, CorrectionError> {
    let all = all(store)?;
    let mut found = BTreeMap::new();
    gathered(store, &all, &mut |of| {
        for group in &of.groups {
            let before = group.at.and_then(|at| event_at(&of.records, at)).cloned();
            let after = before.as_ref().and_then(|event| apply::event(event, group, &of.text));
            for correction in &group.corrections {
                let state = match group.at {
                    None => State::Unmatched,
                    Some(_) if group.verdict.by.contains(&correction.id) => State::Holds,
                    Some(_) => State::Overruled,
                };
                let (correction, before, after) = (correction.clone(), before.clone(), after.clone());
                found.insert(correction.position, Listed { correction, state, before, after });
            }
        }
    })?;
    Ok(found.into_values().collect())
}

/// The corrections as JSON Lines, each with its state and the event before and after; gives how many.
pub fn jsonl(store: &Store, out: &mut dyn Write) -> Result<u64, CorrectionError> {
    let mut count = 0;
    for listed in listed(store)? {
        let line = serde_json::to_string(&listed).map_err(|e| unreadable(&listed.correction.article, e))?;
        writeln!(out, "{line}").map_err(|source| StoreError::Output { source })?;
        count += 1;
    }
    Ok(count)
}

/// The articles that were corrected, with their texts and the events that they have now, in the order of articles.
pub fn documents(store: &Store) -> Result<Vec<Document>, CorrectionError> {
    let mut found: Vec<Document> = vec![];
    gathered(store, &all(store)?, &mut |of| {
        let records = apply::coding(&of.records, &of.groups, &of.text);
        // What was rejected is there as a reject, so there is a record where there was an event.
        let Some(article) = records.first().map(apply::article).cloned() else { return };
        let events = records.into_iter().filter_map(|record| if let Record::Event(event) = record { Some(*event) } else { None });
        found.push((article, of.text, events.collect()));
    })?;
    found.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    Ok(found)
}

/// Corrects an event, by its identifier or the beginning of it; one that was rejected can be named too. The same as the last correction of the event
/// says is not written twice.
pub fn correct(store: &mut Store, event: &str, action: Action, note: Option<&str>) -> Result<Corrected, CorrectionError> {
    if action == Action::Change(Box::default()) {
        return Err(CorrectionError::Nothing);
    }
    for _ in 0..TRIES {
        store.refresh()?;
        let seen = store.last_commit();
        let kept = table::read(store)?;
        let (id, article) = layers::find(store, event)?;
        let mut of_article: Vec<Correction> = kept.in_force();
        of_article.retain(|correction| correction.article == article);
        let mut of = Of::one(store, &article, &of_article)?;
        let at = apply::known(&of.records, &id, &of.groups).ok_or_else(|| CorrectionError::NoEvent { id: id.clone() })?;
        let before = event_at(&of.records, at).cloned().ok_or_else(|| CorrectionError::NoEvent { id: id.clone() })?;
        // An event that was coded anew goes by the name under which it was corrected.
        let id = of.groups.iter().find(|group| group.at == Some(at)).map_or(id, |group| group.event.clone());
        let last = of.groups.iter().find(|group| group.event == id).and_then(|group| group.corrections.last());
        if let Some(last) = last.filter(|last| last.action == action && last.note.as_deref() == note) {
            let after = of.groups.iter().find(|group| group.event == id).and_then(|group| apply::event(&before, group, &of.text));
            return Ok(Corrected { correction: last.clone(), before: Some(before), after, run: None, known: true });
        }
        let base =
            Base { run: of.base.clone(), event: before.event.clone(), trigger: before.spans.trigger, text: before.text.clone() };
        let correction = table::new(kept.next, &id, &article, action.clone(), note, base);
        of_article.push(correction.clone());
        of.groups = apply::groups(&of.records, of_article);
        let group =
            of.groups.iter().find(|group| group.event == id).ok_or_else(|| CorrectionError::NoEvent { id: id.clone() })?;
        legal::check(&group.verdict.changes, &before, &of.text)?;
        let after = apply::event(&before, group, &of.text);
        let row = table::row(&correction)?;
        if let Some(run) = commit(store, seen, of, row)? {
            return Ok(Corrected { correction, before: Some(before), after, run, known: false });
        }
    }
    Err(CorrectionError::Busy)
}

/// Takes a correction back, by its identifier or the beginning of it. What it decided is as it was coded, or as earlier corrections have it.
pub fn forget(store: &mut Store, id: &str) -> Result<Corrected, CorrectionError> {
    for _ in 0..TRIES {
        store.refresh()?;
        let seen = store.last_commit();
        let kept = table::read(store)?;
        let (named, mut others): (Vec<Correction>, Vec<Correction>) =
            kept.in_force().into_iter().partition(|correction| correction.id.starts_with(id));
        let [correction] = named.as_slice() else { return Err(CorrectionError::NoCorrection { id: id.to_owned() }) };
        others.retain(|other| other.article == correction.article);
        let of = Of::one(store, &correction.article, &others)?;
        let with = apply::groups(&of.records, others.into_iter().chain([correction.clone()]).collect());
        let at = with.iter().find(|group| group.event == correction.event).and_then(|group| group.at);
        let before = at.and_then(|at| event_at(&of.records, at)).cloned();
        let group = of.groups.iter().find(|group| group.event == correction.event);
        let after = before.as_ref().and_then(|event| match group {
            Some(group) => apply::event(event, group, &of.text),
            None => Some(event.clone()),
        });
        let row = table::taken_back(kept.next, correction)?;
        if let Some(run) = commit(store, seen, of, row)? {
            return Ok(Corrected { correction: correction.clone(), before, after, run, known: false });
        }
    }
    Err(CorrectionError::Busy)
}

/// Applies all corrections to what the articles were coded as since. The same again does nothing.
pub fn reapply(store: &mut Store) -> Result<Applied, CorrectionError> {
    renew(store, None)
}

/// The same, for the layers of that run, which may not be the one that counts.
pub(crate) fn renew(store: &mut Store, base: Option<&str>) -> Result<Applied, CorrectionError> {
    let mut done = Applied::default();
    store.refresh()?;
    let kept = table::read(store)?;
    let ever: Vec<String> = kept.articles().into_iter().collect();
    done.corrections = kept.in_force().len() as u64;
    for some in ever.chunks(TOGETHER) {
        let some: BTreeSet<String> = some.iter().cloned().collect();
        let mut tries = 0..TRIES;
        loop {
            tries.next().ok_or(CorrectionError::Busy)?;
            store.refresh()?;
            let seen = store.last_commit();
            let mut all = table::read(store)?.in_force();
            all.retain(|correction| some.contains(&correction.article));
            let layers = Layers::read(store)?;
            let articles = Of::many(store, &layers, &some, &all, base)?;
            let plan = Plan::of(store, &layers, &articles)?;
            let written = plan.articles();
            if written == 0 || store.add_after(seen, plan.addition(vec![])?)?.is_some() {
                done.articles += written as u64;
                let unmatched = articles.iter().flat_map(|of| &of.groups).filter(|group| group.at.is_none());
                done.unmatched.extend(unmatched.flat_map(|group| group.corrections.clone()));
                break;
            }
        }
    }
    tidy(store)?;
    done.unmatched.sort_by_key(|correction| correction.position);
    Ok(done)
}

/// Writes a row and the layer of its article, if nobody has committed since; gives the layer's run.
fn commit(
    store: &mut Store,
    seen: u64,
    of: Of,
    row: arrow::array::RecordBatch,
) -> Result<Option<Option<String>>, CorrectionError> {
    let layers = Layers::read(store)?;
    let plan = Plan::of(store, &layers, std::slice::from_ref(&of))?;
    let run = plan.runs().next().map(|run| run.id());
    let addition: Addition = plan.addition(vec![("corrections", row)])?;
    if store.add_after(seen, addition)?.is_none() {
        return Ok(None);
    }
    tidy(store)?;
    Ok(Some(run))
}

fn tidy(store: &mut Store) -> Result<(), StoreError> {
    match store.tidy() {
        // Another program is at it: the files are merged by whoever comes next.
        Ok(_) | Err(StoreError::Contended { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The corrected articles as they were coded, one after the other; some are read at a time.
fn gathered(store: &Store, all: &[Correction], each: &mut dyn FnMut(Of)) -> Result<(), CorrectionError> {
    let layers = Layers::read(store)?;
    let articles: BTreeSet<String> = all.iter().map(|correction| correction.article.clone()).collect();
    let articles: Vec<String> = articles.into_iter().collect();
    for some in articles.chunks(TOGETHER) {
        let some: BTreeSet<String> = some.iter().cloned().collect();
        let of_some: Vec<Correction> = all.iter().filter(|correction| some.contains(&correction.article)).cloned().collect();
        Of::many(store, &layers, &some, &of_some, None)?.into_iter().for_each(&mut *each);
    }
    Ok(())
}

fn event_at(records: &[Record], at: usize) -> Option<&Event> {
    match records.get(at) {
        Some(Record::Event(event)) => Some(event),
        _ => None,
    }
}

fn unreadable(article: &str, error: impl std::fmt::Display) -> CorrectionError {
    CorrectionError::Record { article: article.to_owned(), why: error.to_string() }
}

/// Strings in SQL.
fn list(items: &BTreeSet<String>) -> String {
    items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")
}
