//! Reports of one real-world event become one event with many mentions.
//!
//! All events of the store are compared as [`demarche_corroborate`] does it, the user's decisions are held, and the tables `event_clusters` (which
//! report belongs to which event, and why) and `clusters` (what the reports of an event tell together) are written anew. The same events and
//! decisions give the same tables, in whatever order they came.

use std::collections::BTreeMap;

use demarche::record::serde_name;
use demarche::types::EventId;
use demarche_corroborate::{ClusterId, Corroborator, Known, Merged, Reason, Report, Weights};
use demarche_records::Event;
use demarche_store::{Rows, Store, StoreError, arrow};

use arrow::array::RecordBatch;

use crate::decisions::{self, Kept};
use crate::rows::{RecordError, Text, event_of};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corroborated {
    /// Reports: events of articles.
    pub reports: usize,
    /// Events of the world.
    pub clusters: usize,
    /// Of these, told by more than one report.
    pub shared: usize,
    /// Reports of the event told most often.
    pub largest: usize,
    /// Decisions of the user that hold.
    pub decisions: usize,
    /// The decision that was taken, or taken back.
    pub decided: Option<Kept>,
}

/// Why it cannot be done.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum CorroborateError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("the view of event {id} cannot be written: {source}; this is a fault of the program, please report it")]
    View { id: String, source: serde_json::Error },
    #[error("the store has no event {id:?}; `demarche query \"SELECT id, event, text FROM events\"` lists them")]
    NoEvent { id: String },
    #[error("{id} is alone in its cluster: there is nothing to split it from")]
    Alone { id: String },
    #[error("{id:?} begins the identifiers of several events; give more of it")]
    Ambiguous { id: String },
    #[error("{id} is one event: name two that are to be one")]
    Same { id: String },
    #[error("there is no decision {id:?}; `demarche decisions` lists them")]
    NoDecision { id: String },
    #[error("{place} is of no known form: {source}; `demarche store check` tells more")]
    Form { place: &'static str, source: arrow::error::ArrowError },
}

/// Compares all events and writes the clusters.
pub fn corroborate(store: &mut Store) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    all.write(store, None)
}

/// Holds that the events are one, with all that they were joined with, and writes the clusters.
pub fn merge(store: &mut Store, a: &str, b: &str, note: Option<&str>) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    let (a, b) = (all.event(a)?, all.event(b)?);
    if a == b {
        return Err(CorroborateError::Same { id: a.0.to_string() });
    }
    let decision = all.corroborator.merge(&a, &b).ok_or(CorroborateError::NoEvent { id: b.0.to_string() })?;
    let kept = decisions::keep(store, &decision, note)?;
    all.write(store, Some(kept))
}

/// Holds that the event is another than those of its cluster, and writes the clusters.
pub fn split(store: &mut Store, event: &str, note: Option<&str>) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    let event = all.event(event)?;
    let decision = all.corroborator.split(&event).ok_or(CorroborateError::Alone { id: event.0.to_string() })?;
    let kept = decisions::keep(store, &decision, note)?;
    all.write(store, Some(kept))
}

/// Takes a decision back, by the beginning of its identifier, and writes the clusters.
pub fn forget(store: &mut Store, decision: &str) -> Result<Corroborated, CorroborateError> {
    let forgotten = decisions::forget(store, decision)?;
    Gathered::of(store)?.write(store, Some(forgotten))
}

struct Gathered {
    corroborator: Corroborator,
    /// Article and run of every event.
    origins: BTreeMap<String, (String, String)>,
}

const EVENTS: &str = "SELECT e.article, e.run, e.record, a.wire, coalesce(a.near_duplicate_of, a.id) FROM events e \
                      JOIN articles a ON e.article = a.id ORDER BY e.article, e.id";

impl Gathered {
    fn of(store: &Store) -> Result<Self, CorroborateError> {
        let mut all = Self { corroborator: Corroborator::default(), origins: BTreeMap::new() };
        for rows in store.query(EVENTS, &[])? {
            let rows = rows?;
            let columns = [0, 1, 2, 3, 4].map(|column| Text::of(&rows, column));
            let [article, run, record, wire, group] = &columns;
            for row in 0..rows.num_rows() {
                let name = article.at(row).unwrap_or_default();
                let event = event_of(name, record.at(row).unwrap_or_default())?;
                let known = Known { wire: wire.at(row), group: group.at(row) };
                all.corroborator.add([Report { event: &event, known }]);
                all.origins.insert(event.id.to_string(), (name.to_owned(), run.at(row).unwrap_or_default().to_owned()));
            }
        }
        for kept in decisions::all(store)? {
            all.corroborator.decide(kept.decision);
        }
        Ok(all)
    }

    /// The event whose identifier begins so.
    fn event(&self, id: &str) -> Result<EventId, CorroborateError> {
        let mut found = self.origins.range(id.to_owned()..).map(|(known, _)| known).take_while(|known| known.starts_with(id));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(EventId(one.as_str().into())),
            (Some(one), Some(_)) if one == id => Ok(EventId(id.into())),
            (Some(_), Some(_)) => Err(CorroborateError::Ambiguous { id: id.to_owned() }),
            (None, _) => Err(CorroborateError::NoEvent { id: id.to_owned() }),
        }
    }

    fn write(&mut self, store: &mut Store, decided: Option<Kept>) -> Result<Corroborated, CorroborateError> {
        let weights = Weights::default();
        let clusters = self.corroborator.clusters();
        let mut found = Corroborated {
            reports: self.corroborator.len(),
            clusters: clusters.len(),
            decisions: self.corroborator.decisions().len(),
            decided,
            ..Corroborated::default()
        };
        let mut rows = Rows::of("event_clusters")?;
        for cluster in &clusters {
            found.shared += usize::from(cluster.members.len() > 1);
            found.largest = found.largest.max(cluster.members.len());
            for member in &cluster.members {
                let id = member.event.0.as_str();
                let (article, run) = self.origins.get(id).cloned().unwrap_or_default();
                let score = match &member.reason {
                    Reason::Alike { compared, .. } => Some(f64::from(compared.score) / 100.0),
                    Reason::First | Reason::Decided { .. } => None,
                };
                rows.push([
                    ("cluster_id", cluster.id.0.as_str().into()),
                    ("event", id.into()),
                    ("article", article.into()),
                    ("run", run.into()),
                    ("reason", member.reason.words(&weights).into()),
                    ("score", score.into()),
                ]);
            }
        }
        let reports = rows.finish()?;
        let views = views(store, &reports)?;
        store.replace_all(&[("event_clusters", &[reports]), ("clusters", &[views])])?;
        Ok(found)
    }
}

const REPORTS: &str = "SELECT c.cluster_id, e.record, a.wire, coalesce(a.near_duplicate_of, a.id), e.article FROM new_clusters c \
                       JOIN events e ON c.event = e.id AND c.run = e.run JOIN articles a ON e.article = a.id ORDER BY c.cluster_id, e.id";

/// What the reports of each cluster tell together. `reports` are the rows of `event_clusters` that are not written yet.
fn views(store: &Store, reports: &RecordBatch) -> Result<RecordBatch, CorroborateError> {
    let mut all = Rows::of("clusters")?;
    let mut open: Option<Reports> = None;
    for batch in store.query_beside(REPORTS, &[], &[("new_clusters", reports)])? {
        let batch = batch?;
        let columns = [0, 1, 2, 3, 4].map(|column| Text::of(&batch, column));
        let [cluster, record, wire, group, article] = &columns;
        for row in 0..batch.num_rows() {
            let id = cluster.at(row).unwrap_or_default();
            if open.as_ref().is_none_or(|reports| reports.cluster.0 != id)
                && let Some(reports) = open.replace(Reports { cluster: ClusterId(id.into()), told: vec![] })
            {
                reports.write(&mut all)?;
            }
            let event = event_of(article.at(row).unwrap_or_default(), record.at(row).unwrap_or_default())?;
            if let Some(reports) = &mut open {
                reports.told.push((event, wire.at(row).map(str::to_owned), group.at(row).map(str::to_owned)));
            }
        }
    }
    if let Some(reports) = open {
        reports.write(&mut all)?;
    }
    Ok(all.finish()?)
}

/// The reports of a cluster, with the agency of each and the article that it copies.
struct Reports {
    cluster: ClusterId,
    told: Vec<(Event, Option<String>, Option<String>)>,
}

impl Reports {
    fn write(self, rows: &mut Rows) -> Result<(), CorroborateError> {
        let known = |wire, group| Known { wire, group };
        let reports: Vec<Report<'_>> = self
            .told
            .iter()
            .map(|(event, wire, group)| Report { event, known: known(wire.as_deref(), group.as_deref()) })
            .collect();
        let Some(view) = Merged::of(self.cluster, &reports) else { return Ok(()) };
        let kind = view.event.first().map_or("", |told| told.value.as_str());
        let published = |event: &Event| (event.article.published.is_none(), event.article.published);
        let first = |of: &dyn Fn(&Event) -> bool| {
            reports.iter().map(|report| report.event).filter(|event| of(event)).min_by_key(|event| (published(event), &event.id))
        };
        // Class and scale hang on the type, so they are those of a report that gives it.
        let (Some(lead), Some(typed)) = (first(&|_| true), first(&|event| event.event == kind)) else { return Ok(()) };
        let date = view.date.first().map(|told| told.value);
        let place = view.place.first().map(|told| &told.value);
        let names = |parties: &[demarche_corroborate::MergedParty]| -> Vec<String> {
            parties.iter().map(|party| party.code.clone().unwrap_or_else(|| party.name.clone())).collect()
        };
        let (actors, recipients) = (names(&view.actor), names(&view.recipient));
        let words =
            |told: &[demarche_corroborate::Told<String>]| -> Vec<String> { told.iter().map(|told| told.value.clone()).collect() };
        let toll = |kind| view.magnitude.get(kind);
        let (dead, injured, size) = (toll("dead"), toll("injured"), toll("size"));
        let source = |source| CorroborateError::View { id: lead.id.clone(), source };
        rows.push([
            ("cluster_id", view.id.0.as_str().into()),
            ("lead", (&lead.id).into()),
            ("event", kind.into()),
            ("mode", (&words(&view.mode)).into()),
            ("context", (&words(&view.context)).into()),
            ("quad_code", i64::from(typed.quad_code).into()),
            ("event_scale", typed.event_scale.into()),
            ("status", view.status.first().map_or("", |told| told.value.name()).into()),
            ("date", date.map(|date| date.date).into()),
            ("enddate", date.map(|date| date.enddate).into()),
            ("date_precision", date.and_then(|date| serde_name(&date.precision)).into()),
            ("date_told", date.map(|date| date.told).into()),
            ("actor", actors.first().cloned().into()),
            ("actors", (&actors).into()),
            ("recipient", recipients.first().cloned().into()),
            ("recipients", (&recipients).into()),
            ("place_name", place.map(|place| place.name.clone()).into()),
            ("place_country", place.and_then(|place| place.country.clone()).into()),
            ("lat", place.and_then(|place| place.lat).into()),
            ("lon", place.and_then(|place| place.lon).into()),
            ("dead_low", dead.map(|toll| toll.low).into()),
            ("dead_high", dead.map(|toll| toll.high).into()),
            ("dead_latest", dead.map(|toll| toll.latest).into()),
            ("injured_low", injured.map(|toll| toll.low).into()),
            ("injured_high", injured.map(|toll| toll.high).into()),
            ("injured_latest", injured.map(|toll| toll.latest).into()),
            ("size_low", size.map(|toll| toll.low).into()),
            ("size_high", size.map(|toll| toll.high).into()),
            ("reports", view.reports.into()),
            ("articles", view.articles.into()),
            ("sources", view.sources.into()),
            ("outlets", (&view.outlets).into()),
            ("first_published", view.first_published.into()),
            ("last_published", view.last_published.into()),
            ("confidence", view.confidence.into()),
            ("record", serde_json::to_string(&view).map_err(source)?.into()),
        ]);
        Ok(())
    }
}
