//! From JSON to records.

use serde_json::{Map, Value};

use super::anchor::{Haystack, anchor};
use super::*;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct RecordError {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: RecordErrorKind,
}

/// What can be wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum RecordErrorKind {
    #[error("not JSON: {0}")]
    Json(String),
    #[error("not a JSON object")]
    NotObject,
    #[error("`{0}` is not a list of two offsets, the first not above the second")]
    Span(String),
    #[error("the words \"{0}\" are not in the article (or not in the sentence)")]
    Words(String),
    #[error("the article `{0}` is not at hand")]
    Article(String),
    #[error("the field `{0}` is missing")]
    Missing(&'static str),
    #[error("the field `{0}` has a value of the wrong kind")]
    Kind(&'static str),
}

/// Reads JSON Lines. Objects that are neither event, quote, furniture nor outlet are passed over, so
/// that a program's whole output can be read.
pub fn read_jsonl(text: &str) -> Result<Vec<Line>, RecordError> {
    read_objects(text, |_| Ok(true))
}

/// Reads gold whose spans are words instead of offsets: they are looked up in the article's text, which
/// `text_of` gives for the name in `article`. Furniture and optional records that are not in the text are
/// passed over, for nothing can be coded there and nothing is missing.
pub fn read_words<'t>(text: &str, text_of: impl Fn(&str) -> Option<&'t str>) -> Result<Vec<Line>, RecordError> {
    let mut last: Option<(String, Haystack)> = None;
    read_objects(text, |object| {
        let Some(article) = string(object, "article") else { return Ok(true) };
        if last.as_ref().is_none_or(|(name, _)| *name != article) {
            let text = text_of(&article).ok_or_else(|| RecordErrorKind::Article(article.clone()))?;
            last = Some((article, Haystack::new(text)));
        }
        let Some((_, haystack)) = &last else { return Ok(true) };
        match anchor(object, haystack) {
            Err(RecordErrorKind::Words(_)) if is_dispensable(object) => Ok(false),
            other => other.map(|()| true),
        }
    })
}

/// The articles that a gold file names, in order of first appearance.
pub fn articles(text: &str) -> Result<Vec<String>, RecordError> {
    let mut names: Vec<String> = Vec::new();
    read_objects(text, |object| {
        names.extend(string(object, "article").filter(|name| !names.contains(name)));
        Ok(false)
    })?;
    Ok(names)
}

/// Reads every object that `prepare` lets through.
fn read_objects(text: &str, mut prepare: impl FnMut(&mut Object) -> Result<bool>) -> Result<Vec<Line>, RecordError> {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1;
        let fail = |kind| RecordError { line: number, kind };
        let value: Value = serde_json::from_str(line).map_err(|e| fail(RecordErrorKind::Json(e.to_string())))?;
        let Value::Object(mut object) = value else { return Err(fail(RecordErrorKind::NotObject)) };
        if !prepare(&mut object).map_err(fail)? {
            continue;
        }
        let Some(record) = record(&object).map_err(fail)? else { continue };
        lines.push(Line { number, article: string(&object, "article"), text: string(&object, "text"), record });
    }
    Ok(lines)
}

fn is_dispensable(object: &Object) -> bool {
    object.get("kind").is_some_and(|kind| kind == "furniture") || object.get("optional").is_some_and(|o| o == true)
}

type Object = Map<String, Value>;
type Result<T, E = RecordErrorKind> = std::result::Result<T, E>;

fn record(object: &Object) -> Result<Option<Record>> {
    let required = |name| span_field(object, name)?.ok_or(RecordErrorKind::Missing(name));
    // A quote's own `kind` says whether it is direct, so only these four words name a record's kind.
    Ok(match object.get("kind").and_then(Value::as_str) {
        Some("furniture") => Some(Record::Furniture(required("span")?)),
        Some("outlet") => Some(Record::Outlet(required("span")?)),
        Some("quote") => Some(Record::Quote(Box::new(quote(object)?))),
        Some("event") => Some(Record::Event(Box::new(event(object)?))),
        _ if object.get("event").is_some_and(Value::is_string) => Some(Record::Event(Box::new(event(object)?))),
        _ if object.contains_key("speaker") => Some(Record::Quote(Box::new(quote(object)?))),
        _ => None,
    })
}

fn event(object: &Object) -> Result<EventRecord> {
    let spans = object.get("spans").and_then(Value::as_object);
    let place = |name| match span_field(object, name)? {
        Some(span) => Ok(Some(span)),
        None => spans.map_or(Ok(None), |spans| span_field(spans, name)),
    };
    let also = object.get("also").and_then(Value::as_object);
    Ok(EventRecord {
        trigger: place("trigger")?,
        sentence: place("sentence")?,
        event: string(object, "event").ok_or(RecordErrorKind::Missing("event"))?.to_uppercase(),
        modes: modes(object.get("mode")),
        parties: parties(object)?,
        status: string(object, "status").map(|s| s.to_lowercase()),
        date: object.contains_key("date").then(|| DateValue { start: string(object, "date"), end: string(object, "enddate") }),
        date_precision: string(object, "date_precision"),
        place: object
            .get("event_loc")
            .or(object.get("place"))
            .and_then(Value::as_object)
            .map(|place| PlaceValue { name: string(place, "name"), country: string(place, "country") }),
        contexts: object.get("contexts").or(object.get("context")).map(|v| sorted(strings(v))),
        optional: object.get("optional").and_then(Value::as_bool).unwrap_or(false),
        group: string(object, "group"),
        also: also.map(read_also).transpose()?.unwrap_or_default(),
    })
}

fn read_also(also: &Object) -> Result<Also> {
    let list = |name| also.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(Also {
        events: list("event").iter().flat_map(strings).collect(),
        modes: list("mode").iter().map(|v| modes(Some(v))).collect(),
        parties: list("parties")
            .iter()
            .map(|v| parties(v.as_object().ok_or(RecordErrorKind::Kind("parties"))?))
            .collect::<Result<_>>()?,
        statuses: list("status").iter().flat_map(strings).collect(),
        dates: list("date").iter().map(|v| v.as_str().map(str::to_owned)).collect(),
    })
}

fn parties(object: &Object) -> Result<Parties> {
    Ok(Parties { actors: party_list(object, "actor")?, recipients: party_list(object, "recipient")? })
}

fn party_list(object: &Object, name: &'static str) -> Result<Vec<Party>> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(vec![]),
        Some(Value::Array(items)) => items.iter().map(|item| party(item, name)).collect(),
        Some(item) => Ok(vec![party(item, name)?]),
    }
}

fn party(value: &Value, name: &'static str) -> Result<Party> {
    match value {
        Value::String(code) => Ok(Party { code: Some(code.clone()), ..Party::default() }),
        Value::Object(object) => Ok(Party {
            code: string(object, "code").filter(|code| !code.is_empty()),
            sectors: object.get("sector").map(|v| sorted(strings(v))),
            also_sectors: object
                .get("also_sector")
                .and_then(Value::as_array)
                .map(|sets| sets.iter().map(|v| sorted(strings(v))).collect())
                .unwrap_or_default(),
            span: span_field(object, "span")?,
            text: string(object, "entity_text").or_else(|| string(object, "identifier_text")),
        }),
        _ => Err(RecordErrorKind::Kind(name)),
    }
}

fn quote(object: &Object) -> Result<QuoteRecord> {
    let also = object.get("also").and_then(Value::as_object);
    let also_list = |name| {
        let list = also.and_then(|a| a.get(name)).and_then(Value::as_array);
        list.map(Vec::as_slice).unwrap_or_default()
    };
    let span = match span_field(object, "span")? {
        Some(span) => Some(span),
        None => object.get("spans").and_then(Value::as_object).map_or(Ok(None), |s| span_field(s, "quote"))?,
    };
    let mut spans: Vec<CharSpan> = span.into_iter().collect();
    for other in also_list("span") {
        spans.push(span_value(other).ok_or_else(|| RecordErrorKind::Span("also.span".to_owned()))?);
    }
    let mentions = |name: &'static str, more: &'static str| -> Result<(Vec<Mentioned>, bool)> {
        let names = object.get(more).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let main = object.get(name).unwrap_or(&Value::Null);
        let mut found = Vec::new();
        let mut may_lack = false;
        for value in std::iter::once(main).chain(names).chain(also_list(name)) {
            match mentioned(value, name)? {
                Some(mention) => found.push(mention),
                None => may_lack = true,
            }
        }
        Ok((found, may_lack))
    };
    let (speakers, may_lack_speaker) = mentions("speaker", "speaker_names")?;
    let (outlets, may_lack_outlet) = mentions("via", "via_names")?;
    let kind = ["direct", "attribution_kind", "kind"]
        .iter()
        .find_map(|name| string(object, name).filter(|k| matches!(k.as_str(), "direct" | "indirect" | "mixed")));
    Ok(QuoteRecord {
        spans,
        text: string(object, "text"),
        speakers,
        may_lack_speaker,
        speaker_code: string(object, "speaker_code"),
        outlets,
        may_lack_outlet,
        kinds: kind.into_iter().chain(also_list("direct").iter().flat_map(strings)).collect(),
        optional: object.get("optional").and_then(Value::as_bool).unwrap_or(false),
    })
}

/// A mention written as offsets, as words, or as an object that holds either.
fn mentioned(value: &Value, name: &'static str) -> Result<Option<Mentioned>> {
    match value {
        Value::Null => Ok(None),
        Value::String(words) => Ok(Some(Mentioned::Words(words.clone()))),
        Value::Array(_) => {
            let span = span_value(value).ok_or_else(|| RecordErrorKind::Span(name.to_owned()))?;
            Ok(Some(Mentioned::At(span)))
        }
        Value::Object(object) => {
            let span = span_field(object, "span")?;
            let words = ["name", "entity_text", "text", "identifier_text"].iter().find_map(|key| string(object, key));
            Ok(match (span, words) {
                (Some(span), Some(words)) => Some(Mentioned::Both(span, words)),
                (Some(span), None) => Some(Mentioned::At(span)),
                (None, Some(words)) => Some(Mentioned::Words(words)),
                (None, None) => None,
            })
        }
        _ => Err(RecordErrorKind::Kind(name)),
    }
}

fn span_field(object: &Object, name: &str) -> Result<Option<CharSpan>> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => span_value(value).map(Some).ok_or_else(|| RecordErrorKind::Span(name.to_owned())),
    }
}

fn span_value(value: &Value) -> Option<CharSpan> {
    let [start, end] = value.as_array()?.as_slice() else { return None };
    let (start, end) = (start.as_u64()? as usize, end.as_u64()? as usize);
    (start <= end).then_some((start, end))
}

fn string(object: &Object, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// A string, or a list of strings.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}

fn modes(value: Option<&Value>) -> Vec<String> {
    let found = value.map(strings).unwrap_or_default();
    sorted(found.into_iter().filter(|m| !m.is_empty()).map(|m| m.to_lowercase().replace('_', "-")).collect())
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_and_system_records_are_read_alike() {
        let gold = r#"{"kind":"event","trigger":[5,9],"sentence":[0,20],"event":"ACCUSE","mode":["disapprove"],"actor":[{"span":[0,4],"code":"CHN","sector":["MIL","GOV"]}],"recipient":[],"status":"actual","date":null,"also":{"date":["2025-06-26"]}}"#;
        let system = r#"{"id":"x","text":"A blames.","event":"accuse","mode":"disapprove","actor":{"code":"CHN","sector":["GOV","MIL"],"span":[0,4]},"recipient":null,"status":"actual","date":null,"spans":{"trigger":[5,9],"sentence":[0,20]}}"#;
        let read = |text: &str| Records::of(read_jsonl(text).expect("the line is well formed")).events.remove(0);
        let (gold, system) = (read(gold), read(system));
        assert_eq!(gold.trigger, system.trigger);
        assert_eq!((&gold.event, &gold.modes, &gold.parties), (&system.event, &system.modes, &system.parties));
        assert_eq!(gold.also.dates, [Some("2025-06-26".to_owned())]);
    }

    #[test]
    fn records_without_article_stand_for_their_text() {
        let file = "{\"text\":\"A.\",\"event\":\"AID\",\"actor\":\"USA\",\"spans\":{\"trigger\":[900,901]}}\n\
                    {\"text\":\"B.\",\"event\":\"AID\"}\n{\"text\":\"A.\",\"event\":\"AGREE\"}\n{\"reason\":\"x\"}\n";
        let groups = by_source(read_jsonl(file).expect("the file is well formed"));
        let sizes: Vec<_> = groups.iter().map(|(s, r)| (s.clone(), r.events.len())).collect();
        assert_eq!(sizes, [(Source::Text("A.".to_owned()), 2), (Source::Text("B.".to_owned()), 1)]);
        assert_eq!(groups[0].1.events[0].trigger, None);
    }

    #[test]
    fn errors_name_their_line() {
        let of = |text: &str| read_jsonl(text).expect_err("the file is broken").to_string();
        assert!(of("{}\n{").starts_with("line 2: not JSON"));
        assert_eq!(
            of(r#"{"kind":"furniture","span":[3,1]}"#),
            "line 1: `span` is not a list of two offsets, the first not above the second"
        );
        assert_eq!(of(r#"{"kind":"event"}"#), "line 1: the field `event` is missing");
        assert_eq!(of("[]"), "line 1: not a JSON object");
    }
}
