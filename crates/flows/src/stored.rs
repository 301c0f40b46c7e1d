//! What a store holds, record by record.

use demarche_records::{Article, Event, Party};
use demarche_store::{Store, StoreError};

use crate::rows::{RecordError, Rows, event_of};

/// Why a stored event cannot be given.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum StoredError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// An event with what else the store knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The record.
    pub event: Event,
    /// Characters of its article, where they were asked for.
    pub length: Option<u32>,
    /// Its place among the reports of one event, once the store was corroborated.
    pub cluster: Option<Place>,
}

/// The place of a report among the reports of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The report that stands for all: the first published of those that were chosen.
    pub lead: String,
    /// Reports.
    pub reports: u32,
    /// Independent sources.
    pub sources: u32,
    /// Articles.
    pub articles: u32,
}

/// Which events.
#[derive(Clone, Debug, Default)]
pub struct Choice<'a> {
    /// A condition in SQL on the table `events`.
    pub condition: Option<&'a str>,
    /// Statuses, by their names, of the reports that may stand for all of an event; any if there is none. Events of other statuses are given too.
    pub statuses: Vec<&'static str>,
    /// Whether they come by day of publication; else by article.
    pub by_day: bool,
    /// Whether the length of the articles is asked for, which reads all texts.
    pub lengths: bool,
}

impl Choice<'_> {
    fn wanted(&self) -> String {
        self.condition.map_or_else(String::new, |sql| format!(" WHERE ({sql})"))
    }

    /// The same, and of the statuses that may lead.
    fn leading(&self) -> String {
        if self.statuses.is_empty() {
            return self.wanted();
        }
        let named: Vec<String> = self.statuses.iter().map(|name| format!("'{name}'")).collect();
        let and = if self.condition.is_some() { " AND" } else { " WHERE" };
        format!("{}{and} status IN ({})", self.wanted(), named.join(", "))
    }
}

/// Asks for nothing, so that a fault of the condition is told with its place in the condition.
fn probe(store: &Store, choice: &Choice<'_>) -> Result<(), StoreError> {
    const BEFORE: &str = "SELECT 1 FROM events WHERE (";
    let Some(condition) = choice.condition else { return Ok(()) };
    store.rows(&format!("{BEFORE}{condition}) LIMIT 0")).map(drop).map_err(|error| match error {
        StoreError::Query(mut fault) => {
            if fault.line.is_none_or(|line| line == 1) {
                fault.column = fault.column.map(|column| column.saturating_sub(BEFORE.len() as u64));
            }
            StoreError::Query(fault)
        }
        other => other,
    })
}

/// Parties by their codes, or else by their words, joined by `+`.
pub fn names(parties: &[Party]) -> String {
    let names: Vec<&str> = parties.iter().map(|party| party.code.as_deref().unwrap_or(&party.entity_text)).collect();
    names.join("+")
}

/// An event in a line: type, parties, outlet and sentence. None where the store has no such event now.
pub fn line(store: &Store, id: &str) -> Result<Option<String>, StoreError> {
    let id = id.replace('\'', "''");
    let sql = format!("SELECT article, record FROM events WHERE id = '{id}' LIMIT 1");
    let row = Rows::<2>::new(store.query(&sql, &[])?).next().transpose()?;
    let event = row.and_then(|[article, record]| event_of(&article?, &record?).ok());
    Ok(event.map(|event| {
        let names = |parties: &[Party]| if parties.is_empty() { "-".to_owned() } else { names(parties) };
        let outlet = event.article.source.as_deref().unwrap_or("no outlet");
        let text: Vec<&str> = event.text.split_whitespace().collect();
        format!("{} {} -> {} ({outlet}): {}", event.event, names(&event.actor), names(&event.recipient), text.join(" "))
    }))
}

/// Events that came since reports were joined, or that were coded anew since: they are in no row of `event_clusters`.
pub fn not_joined(store: &Store) -> Result<u64, StoreError> {
    let sql =
        "SELECT CAST(count(*) AS VARCHAR) FROM events e LEFT ANTI JOIN event_clusters c ON c.event = e.id AND c.run = e.run";
    let count = Rows::<1>::new(store.query(sql, &[])?).next().transpose()?;
    Ok(count.and_then(|[count]| count?.parse().ok()).unwrap_or(0))
}

/// Whether reports of one event were joined.
pub fn corroborated(store: &Store) -> Result<bool, StoreError> {
    Ok(store.rows("SELECT cluster_id FROM clusters LIMIT 1")?.iter().any(|rows| rows.num_rows() > 0))
}

/// The events that were chosen, in the order of articles.
pub fn events(store: &Store, choice: &Choice<'_>) -> Result<impl Iterator<Item = Result<Told, StoredError>> + use<>, StoreError> {
    probe(store, choice)?;
    let (wanted, leading) = (choice.wanted(), choice.leading());
    let order = if choice.by_day { "e.published NULLS LAST, e.id" } else { "e.article, e.id" };
    let length = if choice.lengths { "character_length(a.text)" } else { "NULL" };
    let texts = if choice.lengths { " JOIN articles a ON e.article = a.id" } else { "" };
    let text = |what: &str| format!("CAST({what} AS VARCHAR)");
    // Who leads is worked out on identifiers alone: records are large.
    let sql = if corroborated(store)? {
        format!(
            "SELECT e.article, e.record, {} AS length, l.lead, {} AS a, {} AS b, {} AS c FROM (SELECT id, article, published, record FROM events{wanted}) e \
             LEFT JOIN (SELECT c.event, c.cluster_id, first_value(c.event) OVER (PARTITION BY c.cluster_id ORDER BY i.published NULLS LAST, c.event) AS lead \
                        FROM (SELECT id, published FROM events{leading}) i JOIN event_clusters c ON c.event = i.id) l ON l.event = e.id \
             LEFT JOIN clusters k ON k.cluster_id = l.cluster_id{texts} ORDER BY {order}",
            text(length),
            text("k.reports"),
            text("k.sources"),
            text("k.articles")
        )
    } else {
        format!(
            "SELECT e.article, e.record, {} AS length, NULL AS a, NULL AS b, NULL AS c, NULL AS d FROM (SELECT id, article, published, record FROM events{wanted}) e{texts} ORDER BY {order}",
            text(length)
        )
    };
    let answer = store.query(&sql, &[])?;
    Ok(Rows::<7>::new(answer).map(|row| {
        let [article, record, length, lead, reports, sources, articles] = row?;
        let number = |cell: Option<String>| cell.and_then(|cell| cell.parse().ok());
        let event = event_of(&article.unwrap_or_default(), &record.unwrap_or_default())?;
        let cluster = lead.zip(number(reports)).map(|(lead, reports)| Place {
            lead,
            reports,
            sources: number(sources).unwrap_or(1),
            articles: number(articles).unwrap_or(1),
        });
        Ok(Told { event, length: number(length), cluster })
    }))
}

/// An article with its text and its events.
pub type Document = (Article, String, Vec<Event>);

/// Articles that have chosen events, with their texts and those events, in the order of articles.
pub fn documents(
    store: &Store,
    choice: &Choice<'_>,
) -> Result<impl Iterator<Item = Result<Document, StoredError>> + use<>, StoreError> {
    let mut rest = events(store, choice)?.peekable();
    let texts = store.query("SELECT id, text FROM articles ORDER BY id", &[])?;
    let mut texts = Rows::<2>::new(texts);
    Ok(std::iter::from_fn(move || {
        loop {
            let [id, text] = match texts.next()? {
                Ok(row) => row.map(Option::unwrap_or_default),
                Err(error) => return Some(Err(error.into())),
            };
            let mut told = vec![];
            while let Some(event) =
                rest.next_if(|event| event.as_ref().is_ok_and(|told| told.event.article.id <= id) || event.is_err())
            {
                match event {
                    Ok(one) => told.push(one.event),
                    Err(error) => return Some(Err(error)),
                }
            }
            if let Some(first) = told.first() {
                return Some(Ok((first.article.clone(), text, told)));
            }
        }
    }))
}
