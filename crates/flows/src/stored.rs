//! What a store holds, record by record.

use demarche_records::{Article, Event};
use demarche_store::{Answer, Store, StoreError};

use crate::rows::Text;

/// Why a stored event cannot be given.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum StoredError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an event of article {article} is no record: {source}; `demarche store check` tells more")]
    Record { article: String, source: serde_json::Error },
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
    /// Statuses, by their names; all if there is none.
    pub statuses: Vec<&'static str>,
    /// Whether the length of the articles is asked for, which reads all texts.
    pub lengths: bool,
}

impl Choice<'_> {
    fn sql(&self) -> String {
        let condition = self.condition.map(|sql| format!("({sql})"));
        let named: Vec<String> = self.statuses.iter().map(|name| format!("'{name}'")).collect();
        let statuses = (!named.is_empty()).then(|| format!("status IN ({})", named.join(", ")));
        let all: Vec<String> = condition.into_iter().chain(statuses).collect();
        if all.is_empty() { String::new() } else { format!(" WHERE {}", all.join(" AND ")) }
    }
}

/// Whether reports of one event were joined.
pub fn corroborated(store: &Store) -> Result<bool, StoreError> {
    Ok(store.rows("SELECT cluster FROM clusters LIMIT 1")?.iter().any(|rows| rows.num_rows() > 0))
}

/// The events that were chosen, in the order of articles.
pub fn events(store: &Store, choice: &Choice<'_>) -> Result<impl Iterator<Item = Result<Told, StoredError>> + use<>, StoreError> {
    let wanted = choice.sql();
    let length = if choice.lengths { "character_length(a.text)" } else { "NULL" };
    let texts = if choice.lengths { " JOIN articles a ON e.article = a.id" } else { "" };
    let text = |what: &str| format!("CAST({what} AS VARCHAR)");
    // Who leads is worked out on identifiers alone: records are large.
    let sql = if corroborated(store)? {
        format!(
            "SELECT e.article, e.record, {}, l.lead, {}, {}, {} FROM (SELECT id, article, record FROM events{wanted}) e \
             LEFT JOIN (SELECT c.event, c.cluster, first_value(c.event) OVER (PARTITION BY c.cluster ORDER BY i.published NULLS LAST, c.event) AS lead \
                        FROM (SELECT id, published FROM events{wanted}) i JOIN event_clusters c ON c.event = i.id) l ON l.event = e.id \
             LEFT JOIN clusters k ON k.cluster = l.cluster{texts} ORDER BY e.article, e.id",
            text(length),
            text("k.reports"),
            text("k.sources"),
            text("k.articles")
        )
    } else {
        format!(
            "SELECT e.article, e.record, {}, NULL, NULL, NULL, NULL FROM (SELECT id, article, record FROM events{wanted}) e{texts} ORDER BY e.article, e.id",
            text(length)
        )
    };
    let answer = store.query(&sql, &[])?;
    Ok(Rows::<7>::new(answer).map(|row| {
        let [article, record, length, lead, reports, sources, articles] = row?;
        let number = |cell: Option<String>| cell.and_then(|cell| cell.parse().ok());
        let event = record_of(&article.unwrap_or_default(), &record.unwrap_or_default())?;
        let cluster = lead.zip(number(reports)).map(|(lead, reports)| Place {
            lead,
            reports,
            sources: number(sources).unwrap_or(1),
            articles: number(articles).unwrap_or(1),
        });
        Ok(Told { event, length: number(length), cluster })
    }))
}

fn record_of(article: &str, record: &str) -> Result<Event, StoredError> {
    serde_json::from_str(record).map_err(|source| StoredError::Record { article: article.to_owned(), source })
}

/// Articles that have chosen events, with their texts and those events, in the order of articles.
pub fn documents(
    store: &Store,
    choice: &Choice<'_>,
) -> Result<impl Iterator<Item = Result<(Article, String, Vec<Event>), StoredError>> + use<>, StoreError> {
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

/// Rows of strings.
struct Rows<const N: usize> {
    answer: Answer,
    rows: Vec<[Option<String>; N]>,
}

impl<const N: usize> Rows<N> {
    fn new(answer: Answer) -> Self {
        Self { answer, rows: vec![] }
    }
}

impl<const N: usize> Iterator for Rows<N> {
    type Item = Result<[Option<String>; N], StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows.is_empty() {
            let rows = match self.answer.next()? {
                Ok(rows) => rows,
                Err(error) => return Some(Err(error)),
            };
            let columns: [Text; N] = std::array::from_fn(|column| Text::of(&rows, column));
            let row = |n: usize| columns.each_ref().map(|column| column.at(n).map(str::to_owned));
            self.rows = (0..rows.num_rows()).rev().map(row).collect();
        }
        self.rows.pop().map(Ok)
    }
}
