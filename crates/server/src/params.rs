//! Query strings: filters, order and page, and what pages say of them in words.

use demarche_index::filter::Chosen;
use demarche_index::pages::{Cursor, Order};
use demarche_index::table::Table;
use demarche_index::{Counted, Filter};
use serde::Serialize;
use url::form_urlencoded;

use crate::fault::Fault;
use crate::labels::Labels;

/// Fields of a filter, with what they are called.
pub(crate) type Fields = &'static [(&'static str, &'static str)];

/// The parameters of an address, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

/// Parameters that pages and lists know beside filters.
const PAGING: &[&str] = &["sort", "limit", "cursor", "format"];
/// Parameters of which the last one counts.
const SINGLE: &[&str] = &[
    "sort",
    "count",
    "limit",
    "columns",
    "from",
    "to",
    "by",
    "q",
    "rejects",
    "direction",
    "normalise",
    "bbox",
    "located",
    "zoom",
    "most",
    "published_from",
    "published_to",
    "min_confidence",
    "min_reports",
    "min_dead",
    "article",
    "cluster",
    "explain",
    "actor_query",
];
/// Rows of a page where nothing is said.
const LIMIT: usize = 50;
/// Rows of a page at most.
pub(crate) const MOST: usize = 1_000;

/// A filter that can be taken off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Chip {
    field: String,
    title: String,
    value: String,
    label: String,
    remove: String,
}

impl Params {
    /// Reads a query string.
    pub(crate) fn read(query: Option<&str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().trim_start_matches('?').as_bytes()).into_owned().collect())
    }

    /// The last value of a parameter that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// All parameters.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Without those of a name.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(known, _)| known != name).cloned().collect())
    }

    /// With one more.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With those of these names that `others` have.
    pub(crate) fn also(self, others: &Self, names: &[&str]) -> Self {
        let found = names.iter().filter_map(|name| Some((*name, others.get(name)?)));
        found.fold(self, |params, (name, value)| params.and(name, value))
    }

    /// As a query string, without empty ones.
    pub(crate) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }

    /// The filter. `more` are the names that the address knows beside it; any other one is a fault.
    pub(crate) fn filter(&self, fields: Fields, more: &[&str]) -> Result<Filter, Fault> {
        let mut filter = Filter::default();
        for (name, value) in &self.0 {
            if !filter.take(fields, name, value)? && !more.contains(&name.as_str()) && !PAGING.contains(&name.as_str()) {
                let mut known: Vec<&str> = demarche_index::filter::parameters(fields).collect();
                known.extend(more);
                return Err(Fault::parameter(format!("there is no parameter {name:?}; there are {}", known.join(", "))));
            }
        }
        Ok(filter)
    }

    /// Refuses what is not one of these.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Fault> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(Fault::parameter(format!("there is no parameter {name:?}; there are {}", known.join(", ")))),
            None => Ok(()),
        }
    }

    /// The same, without what the filter does not know.
    pub(crate) fn filter_only(&self, fields: Fields) -> Self {
        let known = |name: &str| demarche_index::filter::parameters(fields).any(|known| known == name);
        Self(self.0.iter().filter(|(name, _)| known(name)).cloned().collect())
    }

    /// A whole number within bounds.
    pub(crate) fn number(&self, name: &str, default: usize, low: usize, high: usize) -> Result<usize, Fault> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let number = text.parse().ok().filter(|number| (low..=high).contains(number));
        number.ok_or_else(|| Fault::parameter(format!("{name}={text}: a whole number from {low} to {high} is wanted")))
    }

    /// How many rows a page has.
    pub(crate) fn limit(&self) -> Result<usize, Fault> {
        self.number("limit", LIMIT, 1, MOST)
    }

    /// What rows are ordered by; the latest first where nothing is said.
    pub(crate) fn order(&self, table: &Table) -> Result<Order, Fault> {
        let Some(text) = self.get("sort") else { return Ok(Order::default()) };
        Order::read(text, table).ok_or_else(|| {
            let names = Order::names(table);
            Fault::parameter(format!("sort={text}: {} are known, with - in front for the greatest first", names.join(", ")))
        })
    }

    /// Where the page begins.
    pub(crate) fn cursor(&self) -> Result<Option<Cursor>, Fault> {
        let Some(text) = self.get("cursor") else { return Ok(None) };
        Cursor::read(text).map(Some).ok_or_else(|| Fault::parameter("cursor: take it as it stands in `next` of the page before"))
    }

    /// The step of a histogram or series; none for one that fits.
    pub(crate) fn step(&self) -> Result<Option<demarche_store::Step>, Fault> {
        match self.get("by") {
            None | Some("auto") => Ok(None),
            Some(name) => demarche_index::time::step(name)
                .map(Some)
                .ok_or_else(|| Fault::parameter(format!("by={name}: auto, day, week, month or year is wanted"))),
        }
    }

    /// Filters that can be taken off, each by an address.
    pub(crate) fn chips(&self, labels: &Labels, fields: &[(&'static str, &str)]) -> Vec<Chip> {
        let others = [
            ("q", "Words"),
            ("from", "From"),
            ("to", "Until"),
            ("published_from", "Published from"),
            ("published_to", "Published until"),
            ("min_confidence", "Confidence at least"),
            ("min_reports", "Reports at least"),
            ("min_dead", "Dead at least"),
            ("bbox", "Within"),
            ("located", "Place known"),
            ("article", "Article"),
            ("cluster", "Event"),
        ];
        let mut chips = vec![];
        for (name, value) in self.0.iter().filter(|(_, value)| !value.is_empty()) {
            let title = fields.iter().find(|(field, _)| field == name).map(|(_, title)| *title);
            let Some(title) = title.or_else(|| others.iter().find(|(other, _)| other == name).map(|(_, title)| *title)) else {
                continue;
            };
            let (not, bare) = value.strip_prefix('-').map_or(("", value.as_str()), |bare| ("not ", bare));
            chips.push(Chip {
                field: name.clone(),
                title: title.to_owned(),
                value: value.clone(),
                label: format!("{not}{}", labels.label(name, bare)),
                remove: without(&self.query(), name, value),
            });
        }
        chips
    }
}

/// A query string with one more value; where only one can hold, it takes the place of the other.
pub(crate) fn with(query: &str, name: &str, value: &str) -> String {
    if SINGLE.contains(&name) {
        return set(query, name, value);
    }
    let params = Params::read(Some(query)).without("cursor");
    let there = params.0.iter().any(|(known, held)| known == name && held == value);
    format!("?{}", if there { params } else { params.and(name, value) }.query())
}

/// A query string with this value instead of any other.
pub(crate) fn set(query: &str, name: &str, value: &str) -> String {
    format!("?{}", Params::read(Some(query)).without("cursor").without(name).and(name, value).query())
}

/// A query string without that value; with an empty one, without all of that name.
pub(crate) fn without(query: &str, name: &str, value: &str) -> String {
    let params = Params::read(Some(query)).without("cursor");
    let kept = params.0.into_iter().filter(|(known, held)| known != name || !value.is_empty() && held != value);
    format!("?{}", Params(kept.collect()).query())
}

/// A filter of events in words.
pub(crate) fn words(filter: &Filter, labels: &Labels) -> String {
    let chosen = |name: &str| filter.fields.get(name);
    let list = |name: &str, values: &[String]| -> String {
        let values: Vec<String> = values.iter().map(|value| labels.label(name, value)).collect();
        match values.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => values.join(""),
        }
    };
    let part = |name: &str, before: &str, not: &str| -> String {
        let Some(Chosen { any, none }) = chosen(name) else { return String::new() };
        let mut text = String::new();
        if !any.is_empty() {
            text += &format!(" {before} {}", list(name, any));
        }
        if !none.is_empty() {
            text += &format!(" {not} {}", list(name, none));
        }
        text
    };
    let noun = match filter.counted {
        Counted::Reports => "reports",
        Counted::Events => "events",
    };
    let status = chosen("status").filter(|chosen| !chosen.any.is_empty()).map(|chosen| list("status", &chosen.any));
    let mut text = status.map_or_else(|| format!("All {noun}"), |status| format!("{status} {noun}"));
    let unwanted = chosen("status").filter(|chosen| !chosen.none.is_empty()).map(|chosen| list("status", &chosen.none));
    text += &unwanted.map_or_else(String::new, |unwanted| format!(" not {unwanted}"));
    for (name, before, not) in [
        ("event", "of", "but not of"),
        ("mode", "by way of", "but not by way of"),
        ("quad", "of", "but not of"),
        ("context", "about", "but not about"),
        ("actor", "by", "not by"),
        ("actor_sector", "by actors of sector", "not by actors of sector"),
        ("actor_name", "by", "not by"),
        ("recipient", "towards", "not towards"),
        ("recipient_sector", "towards recipients of sector", "not towards recipients of sector"),
        ("recipient_name", "towards", "not towards"),
        ("party", "with", "without"),
        ("country", "in", "not in"),
        ("place_precision", "with places exact to", "with places not exact to"),
        ("outlet", "told by", "not told by"),
        ("language", "in the language", "not in the language"),
        ("speaker", "attributed to", "not attributed to"),
        ("date_basis", "dated by", "not dated by"),
        ("date_precision", "dated to the", "not dated to the"),
    ] {
        text += &part(name, before, not);
    }
    let day = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
    for (from, to, what) in [(filter.from, filter.to, ""), (filter.published_from, filter.published_to, "published ")] {
        match (from, to) {
            (Some(from), Some(to)) if from == to => text += &format!(", {what}on {}", day(from)),
            (Some(from), Some(to)) => text += &format!(", {what}from {} to {}", day(from), day(to)),
            (Some(from), None) => text += &format!(", {what}since {}", day(from)),
            (None, Some(to)) => text += &format!(", {what}until {}", day(to)),
            (None, None) => {}
        }
    }
    for (name, least) in &filter.least {
        text += &match *name {
            "dead" => format!(", with at least {least} dead"),
            "reports" => format!(", of events with at least {least} reports"),
            _ => format!(", with a confidence of at least {least}"),
        };
    }
    if let Some([west, south, east, north]) = filter.bounds {
        text += &format!(", between {south}° and {north}° north, {west}° and {east}° east");
    }
    match filter.located {
        Some(true) => text += ", with a place on the map",
        Some(false) => text += ", without a place on the map",
        None => {}
    }
    if filter.links.contains_key("article") {
        text += ", of one article";
    }
    if filter.links.contains_key("cluster") {
        text += ", of one event of the world";
    }
    if let Some(words) = &filter.text {
        text += &format!(", that mention “{words}”");
    }
    text
}
