//! One event: its record, its article, the other reports of it, what was decided about it, why it is there.

use demarche::{Explanation, Worker};
use demarche_flows::{corrections, decisions, recode};
use demarche_index::{ArticleRow, EventRow, Sort};
use demarche_store::quoted;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::fault::Fault;
use crate::state::{App, View};

/// A report among those of an event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Mention {
    #[serde(flatten)]
    pub row: EventRow,
    /// Why it counts as a report of this event.
    pub reason: Option<String>,
    /// How sure that is.
    pub score: Option<f64>,
}

/// An event of the world with its reports.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Cluster {
    /// Its identifier.
    pub id: String,
    /// What its reports tell together, and in what they differ.
    #[schema(value_type = Object)]
    pub view: Value,
    /// The reports, the first published first.
    pub mentions: Vec<Mention>,
    /// Reports that are not listed.
    pub hidden: usize,
}

/// What a user decided about reports.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Decision {
    /// Its identifier.
    pub id: String,
    /// `merge` or `split`.
    pub kind: &'static str,
    /// Events that it names.
    pub events: Vec<String>,
    /// The user's words.
    pub note: Option<String>,
}

/// An event with all that the store knows of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EventPage)]
pub(crate) struct Whole {
    /// As in lists.
    pub row: EventRow,
    /// The record, as `demarche code --format jsonl` writes it.
    #[schema(value_type = Object)]
    pub record: Value,
    /// Its article.
    pub article: Option<ArticleRow>,
    /// The event of the world that it is a report of.
    pub cluster: Option<Cluster>,
    /// Decisions about its reports.
    pub decisions: Vec<Decision>,
    /// Corrections of it, in the order in which they were made.
    #[schema(value_type = Vec<Object>)]
    pub corrections: Vec<Value>,
}

/// A derivation in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Derivation {
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part of a derivation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Section {
    /// Heading.
    pub title: String,
    /// Lines, aligned for a font of fixed width.
    pub lines: Vec<String>,
}

/// Reports of an event that are listed.
const MENTIONS: usize = 200;

/// Whether a text can be an identifier at all.
pub(crate) fn sound(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

/// An event.
pub(crate) fn event(app: &App, view: &View, id: &str) -> Result<Whole, Fault> {
    let at = Some(id).filter(|id| sound(id)).and_then(|id| view.index.row_of(Sort::Event, id));
    let at = at.ok_or_else(|| Fault::missing("event", id))?;
    let row: EventRow = view.index.shown(Sort::Event, at)?;
    // Files are sorted by parties and day, so that naming these leaves few to be read.
    let narrow = |column: &str, value: Option<String>| {
        value.map_or_else(|| format!("{column} IS NULL"), |value| format!("{column} = {value}"))
    };
    let code = |parties: &[demarche_index::PartyRow]| parties.first().and_then(|party| party.code.as_deref().map(quoted));
    let sql = format!(
        "SELECT record FROM events WHERE id = {} AND {} AND {} AND {}",
        quoted(id),
        narrow("actor1_code", code(&row.actors)),
        narrow("recipient1_code", code(&row.recipients)),
        narrow("date", row.date.map(|day| format!("DATE '{day}'")))
    );
    let record = view.store.strings::<1>(&sql)?.into_iter().next().and_then(|[record]| record);
    let record = record.ok_or_else(|| Fault::missing("event", id))?;
    let record = serde_json::from_str(&record).map_err(|error| Fault::internal(error.to_string()))?;
    let article = view.index.row_of(Sort::Article, &row.article).map(|row| view.index.shown(Sort::Article, row)).transpose()?;
    let cluster = match &row.cluster {
        Some(cluster) => Some(self::cluster(app, view, cluster)?),
        None => None,
    };
    let named: Vec<&str> = match &cluster {
        Some(cluster) => cluster.mentions.iter().map(|mention| mention.row.id.as_str()).collect(),
        None => vec![id],
    };
    let all = decisions::all(&view.store).map_err(|error| Fault::internal(error.to_string()))?;
    let decisions =
        all.into_iter().map(|kept| Decision { kind: kept.kind(), events: kept.events(), id: kept.id, note: kept.note });
    let decisions = decisions.filter(|decision| decision.events.iter().any(|event| named.contains(&event.as_str())));
    let corrections = corrections::of_event(&view.store, id).map_err(|error| Fault::internal(error.to_string()))?;
    let corrections = corrections.iter().filter_map(|correction| serde_json::to_value(correction).ok());
    Ok(Whole { decisions: decisions.collect(), corrections: corrections.collect(), row, record, article, cluster })
}

/// An event of the world with its reports.
pub(crate) fn cluster(_: &App, view: &View, id: &str) -> Result<Cluster, Fault> {
    let none = || Fault::missing("event of the world", id);
    let id = Some(id).filter(|id| sound(id)).ok_or_else(none)?;
    let sql = format!("SELECT record FROM clusters WHERE cluster_id = {}", quoted(id));
    let record = view.store.strings::<1>(&sql)?.into_iter().next().and_then(|[record]| record).ok_or_else(none)?;
    let sql = format!("SELECT event, reason, CAST(score AS VARCHAR) FROM event_clusters WHERE cluster_id = {}", quoted(id));
    let mut mentions = vec![];
    for [event, reason, score] in view.store.strings::<3>(&sql)? {
        let Some(row) = event.and_then(|event| view.index.row_of(Sort::Event, &event)) else { continue };
        let row: EventRow = view.index.shown(Sort::Event, row)?;
        mentions.push(Mention { row, reason, score: score.and_then(|score| score.parse().ok()) });
    }
    mentions.sort_by(|a, b| {
        let key = |mention: &Mention| (mention.row.published.is_none(), mention.row.published);
        key(a).cmp(&key(b)).then_with(|| a.row.id.cmp(&b.row.id))
    });
    let hidden = mentions.len().saturating_sub(MENTIONS);
    mentions.truncate(MENTIONS);
    let view = serde_json::from_str(&record).map_err(|error| Fault::internal(error.to_string()))?;
    Ok(Cluster { id: id.to_owned(), view, mentions, hidden })
}

/// Why an event is coded as it is: its article is read again.
pub(crate) fn explain(app: &App, view: &View, id: &str) -> Result<Derivation, Fault> {
    let none = || Fault::missing("event", id);
    let id = Some(id).filter(|id| sound(id) && view.index.row_of(Sort::Event, id).is_some()).ok_or_else(none)?;
    let articles = recode::articles_of(&view.store, id)?;
    let article = articles.into_iter().next().ok_or_else(none)?;
    let article = article.map_err(|[id, why]| Fault::internal(format!("article {id}: {why}")))?;
    let explained = app.pipeline.try_read(&article, &mut Worker::default(), |reading| {
        let event = reading.coded.events.iter().find(|event| event.id.0 == id)?;
        Some(Explanation::of_event(&app.pipeline, &reading, event))
    });
    let explained = explained.map_err(|failure| Fault::internal(failure.to_string()))?;
    let other = || {
        let message = "this program codes the article in another way than the run that the event is of, so it cannot tell how it came about; recode the store";
        Fault::conflict("coded_otherwise", message)
    };
    Ok(derivation(explained.ok_or_else(other)?))
}

pub(crate) fn derivation(explained: Explanation) -> Derivation {
    let section = |section: demarche::explain::Section| Section { title: section.title, lines: section.lines };
    Derivation { sections: explained.sections.into_iter().map(section).collect() }
}
