//! Which rows are asked for: the parameters of pages, of the API and of the command line.

use std::collections::BTreeMap;

use demarche_types::{EventType, Status};
use jiff::civil::Date;

/// Which events are meant by a row of events: every report, or of each event of the world the first report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Each report.
    #[default]
    Reports,
    /// The first report of each event that was corroborated, and each report that stands alone.
    Events,
}

/// Values of a field that are wanted and not wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// One of these; empty for any.
    pub any: Vec<String>,
    /// None of these.
    pub none: Vec<String>,
}

/// Which rows. What is not said, is not asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Full text.
    pub text: Option<String>,
    /// Values by field.
    pub fields: BTreeMap<&'static str, Chosen>,
    /// Identifiers of articles and of events of the world.
    pub links: BTreeMap<&'static str, u64>,
    /// First and last day of the event, or of what the table is ordered by.
    pub from: Option<Date>,
    #[expect(missing_docs, reason = "told above")]
    pub to: Option<Date>,
    /// First and last day of publication.
    pub published_from: Option<Date>,
    #[expect(missing_docs, reason = "told above")]
    pub published_to: Option<Date>,
    /// The least that numbers may be, by column.
    pub least: BTreeMap<&'static str, f32>,
    /// West, south, east and north, in degrees. West may be greater than east: across the date line.
    pub bounds: Option<[f64; 4]>,
    /// Whether a place with coordinates is known.
    pub located: Option<bool>,
    /// What a row stands for.
    pub counted: Counted,
}

/// Fields of words that events are filtered by, with what they are called.
pub const EVENT_FIELDS: &[(&str, &str)] = &[
    ("event", "Event type"),
    ("mode", "Mode"),
    ("context", "Context"),
    ("quad", "Quad class"),
    ("status", "Status"),
    ("actor", "Actor"),
    ("actor_sector", "Actor's sector"),
    ("actor_name", "Actor by name"),
    ("recipient", "Recipient"),
    ("recipient_sector", "Recipient's sector"),
    ("recipient_name", "Recipient by name"),
    ("party", "Either side"),
    ("country", "Where"),
    ("place_precision", "Precision of place"),
    ("outlet", "Outlet"),
    ("language", "Language"),
    ("speaker", "Attributed to"),
    ("date_basis", "Basis of date"),
    ("date_precision", "Precision of date"),
];
/// The same of quotes.
pub const QUOTE_FIELDS: &[(&str, &str)] = &[
    ("speaker", "Speaker's country"),
    ("speaker_name", "Speaker"),
    ("cue", "Cue"),
    ("via", "Through"),
    ("kind", "Kind"),
    ("outlet", "Outlet"),
    ("language", "Language"),
];
/// The same of articles.
pub const ARTICLE_FIELDS: &[(&str, &str)] =
    &[("outlet", "Outlet"), ("language", "Language"), ("wire", "Agency"), ("copy", "Copies"), ("coded", "Coded")];

/// Parameters of events that are no fields of words.
const OTHERS: &[&str] = &[
    "q",
    "from",
    "to",
    "published_from",
    "published_to",
    "min_confidence",
    "min_reports",
    "min_dead",
    "bbox",
    "located",
    "count",
    "article",
    "cluster",
];

/// A parameter that says nothing that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterError {
    /// Its name.
    pub parameter: String,
    /// What is wrong, and what may stand there.
    pub message: String,
}

impl Filter {
    /// Takes a parameter. False where it is none of a filter of these fields.
    pub fn take(&mut self, fields: &[(&'static str, &str)], name: &str, value: &str) -> Result<bool, FilterError> {
        let value = value.trim();
        if let Some((field, _)) = fields.iter().find(|(field, _)| *field == name) {
            if value.is_empty() || value == "-" {
                return Ok(true);
            }
            let bare = value.strip_prefix('-').unwrap_or(value);
            if let Some((_, list)) = closed().find(|(closed, list)| closed == field && !list.contains(&bare)) {
                let message = format!("{name}={value}: there are {}", list.join(", "));
                return Err(FilterError { parameter: name.to_owned(), message });
            }
            let chosen = self.fields.entry(field).or_default();
            let (list, value) = value.strip_prefix('-').map_or((&mut chosen.any, value), |value| (&mut chosen.none, value));
            if !list.iter().any(|known| known == value) {
                list.push(value.to_owned());
            }
            return Ok(true);
        }
        if !OTHERS.contains(&name) {
            return Ok(false);
        }
        if value.is_empty() {
            return Ok(true);
        }
        let fault = |message: String| FilterError { parameter: name.to_owned(), message: format!("{name}={value}: {message}") };
        let day = || value.parse::<Date>().map_err(|_| fault("a day is written 2026-01-31".to_owned()));
        let number = |low: f32, high: f32| {
            let parsed = value.parse::<f32>().ok().filter(|number| (low..=high).contains(number));
            parsed.ok_or_else(|| fault(format!("a number from {low} to {high} is wanted")))
        };
        let id = || {
            let number = u64::from_str_radix(value, 16).ok().filter(|_| value.len() == 16);
            number.ok_or_else(|| fault("an identifier has 16 hexadecimal digits".to_owned()))
        };
        match name {
            "q" => self.text = Some(value.to_owned()),
            "from" => self.from = Some(day()?),
            "to" => self.to = Some(day()?),
            "published_from" => self.published_from = Some(day()?),
            "published_to" => self.published_to = Some(day()?),
            "min_confidence" => drop(self.least.insert("confidence", number(0.0, 1.0)?)),
            "min_reports" => drop(self.least.insert("reports", number(0.0, 1e9)?)),
            "min_dead" => drop(self.least.insert("dead", number(0.0, 1e9)?)),
            "bbox" => {
                self.bounds = Some(bounds(value).ok_or_else(|| fault("west,south,east,north in degrees is wanted".to_owned()))?)
            }
            "located" => {
                self.located = Some(match value {
                    "yes" => true,
                    "no" => false,
                    _ => return Err(fault("yes or no is wanted".to_owned())),
                });
            }
            "count" => {
                self.counted = match value {
                    "reports" => Counted::Reports,
                    "events" => Counted::Events,
                    _ => return Err(fault("reports or events is wanted".to_owned())),
                };
            }
            "article" => drop(self.links.insert("article", id()?)),
            _ => drop(self.links.insert("cluster", id()?)),
        }
        Ok(true)
    }
}

/// Fields whose values are all known.
fn closed() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let types = EventType::ALL.iter().map(|kind| kind.as_str()).collect();
    let statuses = Status::ALL.iter().map(|status| status.name()).collect();
    [("event", types), ("status", statuses), ("quad", vec!["1", "2", "3", "4"])].into_iter()
}

/// Names of all parameters that `take` knows with these fields.
pub fn parameters(fields: &[(&'static str, &'static str)]) -> impl Iterator<Item = &'static str> {
    fields.iter().map(|(name, _)| *name).chain(OTHERS.iter().copied())
}

fn bounds(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = <[f64; 4]>::try_from(numbers).ok()?;
    let sound = [west, east].iter().all(|lon| lon.abs() <= 180.0) && [south, north].iter().all(|lat| lat.abs() <= 90.0);
    (sound && south <= north).then_some([west, south, east, north])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_taken_and_faults_name_themselves() {
        let mut filter = Filter::default();
        for (name, value) in [("event", "AID"), ("event", "-ASSAULT"), ("from", "2026-01-01"), ("bbox", "170,-10,-170,10")] {
            assert_eq!(filter.take(EVENT_FIELDS, name, value), Ok(true), "{name}={value}");
        }
        assert_eq!(filter.fields["event"], Chosen { any: vec!["AID".to_owned()], none: vec!["ASSAULT".to_owned()] });
        assert_eq!(filter.take(EVENT_FIELDS, "colour", "red"), Ok(false));
        for (name, value) in [
            ("from", "yesterday"),
            ("event", "ASSALT"),
            ("status", "-acutal"),
            ("bbox", "1,2,3"),
            ("min_confidence", "7"),
            ("count", "all"),
            ("article", "xyz"),
        ] {
            let fault = filter.take(EVENT_FIELDS, name, value).expect_err(name);
            assert_eq!(fault.parameter, name);
        }
    }
}
