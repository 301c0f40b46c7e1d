//! The program's own metrics.

use std::collections::{BTreeMap, BTreeSet};

use demarche::Worker;
use demarche_eval::annotated;
use demarche_eval::events::{self, Unit};
use demarche_eval::records::{self, Records, by_source, read_words};
use demarche_eval::relations::{read_tsv, score};
use demarche_measure::events::{Unmade, coded as events_of};
use demarche_measure::marked::{self, Marked};
use demarche_measure::{pairs, paragraph};
use pyo3::prelude::*;

use crate::coder::{Asked, Coder, day};
use crate::errors::{self, Kind, raise};

/// Fields of an event that gold need not tell.
const OPTIONAL: [&str; 6] = ["mode", "context", "date", "enddate", "date_precision", "event_loc"];

const FORM: &str = "evals/README.md describes the format";

fn faulty(error: impl std::error::Error) -> PyErr {
    raise(Kind::Input, &errors::causes(&error), Some(FORM))
}

/// Scores relations between two marked parties of a sentence against gold: tab-separated, with a header line. Gives the report in words and as JSON.
#[pyfunction]
pub(crate) fn eval_relations(py: Python<'_>, coder: &Coder, gold: &str) -> PyResult<(String, String)> {
    let examples = read_tsv(gold).map_err(faulty)?;
    py.detach(|| {
        let (pipeline, mut worker, mut asked) = (coder.ungated()?, Worker::default(), Asked::new());
        let mut predictions = vec![];
        for example in &examples {
            let guess = pairs::guess(&pipeline, &mut worker, example).map_err(|failure| errors::of_program(&failure))?;
            predictions.push(pairs::prediction(example, &guess));
            if asked.again().is_break() {
                asked.answer?;
                break;
            }
        }
        let report = score(&examples, &predictions).map_err(faulty)?;
        Ok((report.to_string(), report.to_json().to_string()))
    })
}

/// Scores events against gold: JSON Lines of events, each with its `text` and at least `event`, `actor`, `recipient` and `status`; `empty` are
/// texts that tell of no event; `published` has the day of publication of texts. Every text is coded by itself. Gives the report in words and as JSON.
#[pyfunction]
pub(crate) fn eval_events(
    py: Python<'_>,
    coder: &Coder,
    gold: &str,
    empty: Vec<String>,
    published: BTreeMap<String, String>,
) -> PyResult<(String, String)> {
    let named = records::articles(gold).map_err(faulty)?;
    if let Some(name) = named.first() {
        let next = "`demarche eval events FILE` reads gold about whole articles; here each record carries its own text";
        return Err(raise(Kind::Input, &format!("gold names the article {name}"), Some(next)));
    }
    let lines = read_words(gold, |_| None).map_err(faulty)?;
    let mut pairs: Vec<(String, Records, Records)> = vec![];
    for (source, gold) in by_source(lines) {
        let records::Source::Text(text) = source else {
            return Err(raise(Kind::Input, "a record of gold has no text", Some(FORM)));
        };
        pairs.push((text, gold, Records::default()));
    }
    pairs.extend(empty.into_iter().map(|text| (text, Records::default(), Records::default())));
    if pairs.is_empty() {
        return Err(raise(Kind::Input, "there is no gold", Some(FORM)));
    }
    // A field that no record of gold tells is not scored: nobody looked.
    let told: BTreeSet<String> = gold
        .lines()
        .filter_map(|line| serde_json::from_str::<BTreeMap<String, serde_json::Value>>(line).ok())
        .flat_map(BTreeMap::into_keys)
        .collect();
    py.detach(|| {
        let (mut worker, mut asked) = (Worker::default(), Asked::new());
        for (text, _, system) in &mut pairs {
            let published = published.get(text.as_str()).map(|text| day(text)).transpose()?;
            let article = paragraph("text", text, published);
            let made =
                events_of(&coder.pipeline, &mut worker, &article, &|field| told.contains(field) || !OPTIONAL.contains(&field));
            *system = made.map_err(|unmade| match unmade {
                Unmade::Failed(failure) => errors::of_program(&failure),
                Unmade::Unwritten(error) => faulty(error),
                Unmade::Unread(error) => faulty(error),
            })?;
            if asked.again().is_break() {
                asked.answer?;
                break;
            }
        }
        let units: Vec<Unit<'_>> =
            pairs.iter().map(|(text, gold, system)| Unit { name: text, text: Some(text), gold, system }).collect();
        let report = events::score(&units);
        Ok((report.to_string(), report.to_json().to_string()))
    })
}

/// Scores actors (`mentions`), `places` or `dates` against articles in which they are marked, each with a name. Gives the report in words and as JSON.
#[pyfunction]
pub(crate) fn eval_marked(
    py: Python<'_>,
    coder: &Coder,
    asked: &str,
    articles: Vec<(String, String)>,
) -> PyResult<(String, String)> {
    let metric = match asked {
        "mentions" => marked::Asked::Mentions,
        "places" => marked::Asked::Places,
        "dates" => marked::Asked::Dates,
        other => return Err(raise(Kind::Input, &format!("there is no metric {other}"), Some("mentions, places, dates"))),
    };
    if articles.is_empty() {
        return Err(raise(Kind::Input, "there is no gold", Some(FORM)));
    }
    py.detach(|| {
        let (pipeline, mut worker, mut asked) = (coder.ungated()?, Worker::default(), Asked::new());
        let mut read = vec![];
        for (name, text) in &articles {
            let gold = annotated::read(text)
                .map_err(|error| raise(Kind::Input, &format!("{name}: {}", errors::causes(&error)), Some(FORM)))?;
            let article = Marked::of(&pipeline, &mut worker, name, gold);
            read.push(article.map_err(|failure| errors::of_program(&failure))?);
            if asked.again().is_break() {
                asked.answer?;
                break;
            }
        }
        let report = marked::score(&read, metric);
        Ok((report.to_string(), report.to_json()))
    })
}
