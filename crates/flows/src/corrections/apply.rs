//! Corrections put into records.

use std::collections::{BTreeMap, BTreeSet};

use demarche::types::{DateBasis, DatePrecision, EventId, LinkBasis, PlacePrecision};
use demarche_records::{Article, Event, Party, Place, Record, Reject};

use super::{Action, Changes, Correction, PartyAs, When, Where, legal};

/// The reason of a reject that a reviewer made.
pub(crate) const REASON: &str = "corrected";

/// The corrections of an event.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) event: String,
    pub(super) corrections: Vec<Correction>,
    pub(super) verdict: Verdict,
    /// Which of the article's records it is.
    pub(super) at: Option<usize>,
}

/// What the corrections of an event come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    rejected: Option<Correction>,
    pub(super) changes: Changes,
    /// Which correction decided a field.
    fields: BTreeMap<&'static str, String>,
    /// Those that decide something.
    pub(super) by: BTreeSet<String>,
}

impl Verdict {
    fn of(corrections: &[Correction]) -> Self {
        let mut verdict = Self::default();
        let mut accepted = None;
        for correction in corrections {
            (verdict.rejected, accepted) = match &correction.action {
                Action::Accept => (None, Some(&correction.id)),
                Action::Reject => (Some(correction.clone()), None),
                Action::Change(changes) => {
                    verdict.change(changes, &correction.id);
                    (None, None)
                }
            };
        }
        verdict.by = match &verdict.rejected {
            Some(rejected) => BTreeSet::from([rejected.id.clone()]),
            None => verdict.fields.values().chain(accepted).cloned().collect(),
        };
        verdict
    }

    /// A later change decides the fields that it names; a type has no modes but those that are named with it or after it.
    fn change(&mut self, changes: &Changes, id: &str) {
        let Self { changes: own, fields, .. } = self;
        if changes.event.is_some() {
            own.mode = None;
            fields.remove("mode");
        }
        take(&mut own.event, &changes.event, "event", id, fields);
        take(&mut own.mode, &changes.mode, "mode", id, fields);
        take(&mut own.status, &changes.status, "status", id, fields);
        take(&mut own.actor, &changes.actor, "actor", id, fields);
        take(&mut own.recipient, &changes.recipient, "recipient", id, fields);
        take(&mut own.date, &changes.date, "date", id, fields);
        take(&mut own.place, &changes.place, "place", id, fields);
    }
}

fn take<T: Clone>(
    own: &mut Option<T>,
    new: &Option<T>,
    field: &'static str,
    id: &str,
    fields: &mut BTreeMap<&'static str, String>,
) {
    if new.is_some() {
        own.clone_from(new);
        fields.insert(field, id.to_owned());
    }
}

/// The corrections of an article, event by event, with the records that they are about.
///
/// An event is known by its identifier. One that was coded anew has another where its type is another: then it is known by its trigger, if its type is
/// the one that was corrected or the one that it was corrected to.
pub(super) fn groups(records: &[Record], corrections: Vec<Correction>) -> Vec<Group> {
    let mut by_event: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
    for correction in corrections {
        by_event.entry(correction.event.clone()).or_default().push(correction);
    }
    let groups = by_event.into_iter().map(|(event, mut corrections)| {
        corrections.sort_by_key(|correction| correction.position);
        let verdict = Verdict::of(&corrections);
        let at = position(records, |record| record.id == event);
        Group { event, corrections, verdict, at }
    });
    let mut groups: Vec<Group> = groups.collect();
    let mut taken: BTreeSet<usize> = groups.iter().filter_map(|group| group.at).collect();
    for group in groups.iter_mut().filter(|group| group.at.is_none()) {
        let given = group.verdict.changes.event.as_deref();
        let found = group.corrections.iter().rev().find_map(|correction| {
            let base = &correction.base;
            records.iter().enumerate().position(|(n, record)| match record {
                Record::Event(event) => {
                    let kind = event.event.as_str();
                    !taken.contains(&n) && event.spans.trigger == base.trigger && (kind == base.event || Some(kind) == given)
                }
                _ => false,
            })
        });
        group.at = found;
        taken.extend(found);
    }
    groups
}

fn position(records: &[Record], is: impl Fn(&Event) -> bool) -> Option<usize> {
    records.iter().position(|record| matches!(record, Record::Event(event) if is(event)))
}

/// Which record is the event of that identifier, as coded or as it was corrected.
pub(super) fn known(records: &[Record], id: &str, groups: &[Group]) -> Option<usize> {
    match groups.iter().find(|group| group.event == id) {
        Some(group) => group.at,
        None => position(records, |event| event.id == id),
    }
}

/// The records of an article that was coded anew, corrected; none if they are as they were coded.
pub(crate) fn corrected(records: &[Record], corrections: Vec<Correction>, text: &str) -> Option<Vec<Record>> {
    let with = coding(records, &groups(records, corrections), text);
    (with != records).then_some(with)
}

/// The records with the corrections put in.
pub(super) fn coding(records: &[Record], groups: &[Group], text: &str) -> Vec<Record> {
    let of: BTreeMap<usize, &Group> = groups.iter().filter_map(|group| Some((group.at?, group))).collect();
    // What quotes call the events, and what they are called now.
    let mut names: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut out = Vec::with_capacity(records.len());
    for (n, record) in records.iter().enumerate() {
        let (Record::Event(before), Some(group)) = (record, of.get(&n)) else {
            out.push(record.clone());
            continue;
        };
        match event(before, group, text) {
            Some(after) => {
                names.insert(&before.id, Some(&group.event));
                out.push(Record::Event(Box::new(after)));
            }
            None => {
                names.insert(&before.id, None);
                out.push(Record::Reject(Box::new(reject(before, group, text))));
            }
        }
    }
    for record in &mut out {
        if let Record::Quote(quote) = record {
            let name = |id: &EventId| names.get(id.0.as_str()).map_or(Some(id.clone()), |now| now.map(|now| EventId(now.into())));
            quote.events = quote.events.iter().filter_map(name).collect();
        }
    }
    out
}

/// The article of a record.
pub(super) fn article(record: &Record) -> &Article {
    match record {
        Record::Event(event) => &event.article,
        Record::Quote(quote) => &quote.article,
        Record::Relation(relation) => &relation.article,
        Record::Fact(fact) => &fact.article,
        Record::Reject(reject) => &reject.article,
    }
}

/// The event with its corrections; none if it is rejected.
pub(super) fn event(before: &Event, group: &Group, text: &str) -> Option<Event> {
    let Verdict { rejected, changes, fields, .. } = &group.verdict;
    if rejected.is_some() {
        return None;
    }
    let mut event = before.clone();
    event.id.clone_from(&group.event);
    let kind = changes.event.as_ref().unwrap_or(&before.event);
    let same = *kind == before.event;
    let modes = changes.mode.clone().unwrap_or_else(|| if same { before.mode.clone() } else { vec![] });
    if !same || modes != before.mode {
        event.quad_code = legal::quad(kind);
        event.event_scale = legal::scale(kind, &modes);
        legal::cameo(kind, &modes).clone_into(&mut event.cameo);
        event.act = None;
        event.event.clone_from(kind);
        event.mode = modes;
    }
    if !same {
        // Somebody has read it: the model's doubt is of another type.
        event.confidence = 1.0;
    }
    event.status = changes.status.unwrap_or(before.status);
    if let Some(given) = &changes.actor {
        event.actor = parties(given, before, [&before.actor, &before.recipient], text);
    }
    if let Some(given) = &changes.recipient {
        event.recipient = parties(given, before, [&before.recipient, &before.actor], text);
    }
    if let Some(when) = &changes.date {
        date(&mut event, when);
    }
    if let Some(place) = &changes.place {
        locate(&mut event, place, text);
    }
    let differs = [
        ("event", event.event != before.event),
        ("mode", event.mode != before.mode),
        ("status", event.status != before.status),
        ("actor", event.actor != before.actor),
        ("recipient", event.recipient != before.recipient),
        ("date", (event.date, event.enddate, event.date_precision) != (before.date, before.enddate, before.date_precision)),
        ("place", event.event_loc != before.event_loc),
    ];
    let differ: Vec<&str> = differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    // A mode may go because of the type.
    let by: BTreeSet<&str> = differ.iter().filter_map(|name| fields.get(name)).map(String::as_str).collect();
    if !differ.is_empty() {
        let by: Vec<&str> = by.into_iter().collect();
        event.coder.rule = format!("corrected {} by {}; was {}", differ.join(","), by.join(","), before.coder.rule);
    }
    Some(event)
}

/// What becomes of an event that is rejected: it keeps its identifier, and tells who rejected it and what it was.
fn reject(event: &Event, group: &Group, text: &str) -> Reject {
    let rejected = group.verdict.rejected.as_ref();
    let id = rejected.map_or("", |correction| correction.id.as_str());
    let note = rejected.and_then(|correction| correction.note.as_deref()).map(|note| format!(": {note}")).unwrap_or_default();
    Reject {
        id: group.event.clone(),
        article: event.article.clone(),
        span: event.spans.sentence,
        text: words(text, event.spans.sentence),
        reason: REASON.to_owned(),
        detail: Some(format!("{} by {id}{note}", event.event)),
        rule: Some(event.coder.rule.clone()),
    }
}

fn words(text: &str, [start, end]: [u32; 2]) -> String {
    text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect()
}

/// Where the words stand: in the sentence, or else anywhere.
fn span_of(text: &str, wanted: &str, sentence: [u32; 2]) -> Option<[u32; 2]> {
    let within = |part: &str, from: u32| {
        let at = part.find(wanted)?;
        let start = from + part[..at].chars().count() as u32;
        Some([start, start + wanted.chars().count() as u32])
    };
    within(&words(text, sentence), sentence[0]).or_else(|| within(text, 0))
}

/// Parties as they shall be, made of those that the event has.
fn parties(given: &[PartyAs], event: &Event, [own, other]: [&[Party]; 2], text: &str) -> Vec<Party> {
    let is = |party: &Party, given: &PartyAs| party.code == given.code && party.sector == given.sector;
    let mut used = BTreeSet::new();
    // Those that stay are found first, so that no other takes their words.
    let mut found: Vec<Option<Party>> = given
        .iter()
        .map(|given| {
            let at = own.iter().enumerate().position(|(n, party)| is(party, given) && !used.contains(&n))?;
            used.insert(at);
            own.get(at).cloned()
        })
        .collect();
    let same_code = |party: &Party, given: &PartyAs| party.code.is_some() && party.code == given.code;
    for (given, found) in given.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        if let Some(at) = own.iter().enumerate().position(|(n, party)| same_code(party, given) && !used.contains(&n)) {
            used.insert(at);
            *found = own.get(at).map(|party| Party { sector: given.sector.clone(), ..party.clone() });
        } else if let Some(party) =
            other.iter().find(|party| is(party, given)).or_else(|| other.iter().find(|p| same_code(p, given)))
        {
            *found = Some(Party { sector: given.sector.clone(), ..party.clone() });
        }
    }
    let mut left = own.iter().enumerate().filter(|(n, _)| !used.contains(n)).map(|(_, party)| party);
    let made = given.iter().zip(found).map(|(given, found)| {
        let named =
            given.text.as_deref().and_then(|wanted| Some((wanted.to_owned(), span_of(text, wanted, event.spans.sentence)?)));
        let keeps = |party: &Party| named.as_ref().is_none_or(|(_, span)| *span == party.span);
        if let Some(party) = found.filter(keeps) {
            return party;
        }
        let name = || given.code.iter().chain(&given.sector).cloned().collect::<Vec<_>>().join(" ");
        let (entity_text, span) = named
            .or_else(|| left.next().map(|party| (party.entity_text.clone(), party.span)))
            .unwrap_or_else(|| (name(), event.spans.trigger));
        Party {
            code: given.code.clone(),
            sector: given.sector.clone(),
            entity_text,
            identifier_id: None,
            identifier_text: None,
            office: None,
            span,
            basis: LinkBasis::Named,
        }
    });
    made.collect()
}

fn date(event: &mut Event, when: &When) {
    let end = when.date.and(when.enddate.or(when.date));
    let by_length = if end == when.date { DatePrecision::Day } else { DatePrecision::Range };
    let precision = when.date.map(|_| when.precision.unwrap_or(by_length));
    if (event.date, event.enddate, event.date_precision) == (when.date, end, precision) {
        return;
    }
    (event.date, event.enddate, event.date_precision) = (when.date, end, precision);
    event.date_basis = if when.date.is_some() { DateBasis::Expression } else { DateBasis::Unknown };
    (event.date_text, event.spans.date) = (None, None);
}

fn locate(event: &mut Event, place: &Where, text: &str) {
    let Some(name) = &place.name else {
        (event.event_loc, event.spans.place) = (None, None);
        return;
    };
    let span = span_of(text, name, event.spans.sentence);
    let inside = span.is_some_and(|[start, end]| event.spans.sentence[0] <= start && end <= event.spans.sentence[1]);
    let by_fields = match (place.lat, &place.admin1) {
        (Some(_), _) => PlacePrecision::City,
        (None, Some(_)) => PlacePrecision::Admin1,
        (None, None) => PlacePrecision::Country,
    };
    event.spans.place = span;
    event.event_loc = Some(Place {
        name: name.clone(),
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        lat: place.lat,
        lon: place.lon,
        geonames: place.geonames,
        precision: place.precision.unwrap_or(by_fields),
        basis: if inside { "sentence" } else { "document" }.to_owned(),
        unit: None,
        chosen: None,
        alternatives: vec![],
    });
}
