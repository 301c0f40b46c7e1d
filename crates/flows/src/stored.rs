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

/// The events for which a condition in SQL holds, by article; all without one.
pub fn events(
    store: &Store,
    condition: Option<&str>,
) -> Result<impl Iterator<Item = Result<Event, StoredError>> + use<>, StoreError> {
    let wanted = condition.map_or_else(String::new, |sql| format!(" WHERE ({sql})"));
    let answer = store.query(&format!("SELECT article, record FROM events{wanted} ORDER BY article, id"), &[])?;
    Ok(Rows { answer, rows: vec![] }.map(|row| {
        let [article, record] = row?;
        serde_json::from_str(&record).map_err(|source| StoredError::Record { article, source })
    }))
}

/// Articles with their texts and events, in the order of articles; those without events too where no condition is given.
pub fn documents(
    store: &Store,
    condition: Option<&str>,
) -> Result<impl Iterator<Item = Result<(Article, String, Vec<Event>), StoredError>> + use<>, StoreError> {
    let mut rest = events(store, condition)?.peekable();
    let texts = store.query("SELECT id, text FROM articles ORDER BY id", &[])?;
    let mut texts = Rows { answer: texts, rows: vec![] };
    Ok(std::iter::from_fn(move || {
        loop {
            let [id, text] = match texts.next()? {
                Ok(row) => row,
                Err(error) => return Some(Err(error.into())),
            };
            let mut told = vec![];
            while let Some(event) =
                rest.next_if(|event| event.as_ref().is_ok_and(|event| event.article.id <= id) || event.is_err())
            {
                match event {
                    Ok(event) => told.push(event),
                    Err(error) => return Some(Err(error)),
                }
            }
            if let Some(first) = told.first() {
                return Some(Ok((first.article.clone(), text, told)));
            }
        }
    }))
}

/// Rows of two strings.
struct Rows {
    answer: Answer,
    rows: Vec<[String; 2]>,
}

impl Iterator for Rows {
    type Item = Result<[String; 2], StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows.is_empty() {
            let rows = match self.answer.next()? {
                Ok(rows) => rows,
                Err(error) => return Some(Err(error)),
            };
            let columns = [Text::of(&rows, 0), Text::of(&rows, 1)];
            let row = |n: usize| columns.each_ref().map(|column| column.at(n).unwrap_or_default().to_owned());
            self.rows = (0..rows.num_rows()).rev().map(row).collect();
        }
        self.rows.pop().map(Ok)
    }
}
