//! Events against a careful reader's: precision, recall and F1 field by field.
//!
//! Gold events of one `group` tell the same event, and finding any of them is enough. An event that
//! gold leaves open (`optional`, with no required event in its group) counts neither when it is missed
//! nor when it is found; how many such were found, and how many of these rightly, is told apart. Events that are missed count against the recall of every field, spurious
//! events against the precision of every field but date and place, for which they have no gold.

mod fields;
mod pairing;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

pub use crate::quotes::Unit;
use crate::records::{EventRecord, Records, overlaps};
use crate::report::{Row, Score, Table, json, percent};
use fields::{FIELDS, Judged, judge, missed, spurious};
use pairing::{accepts_type, joined, pair};

/// Event scores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventReport {
    /// "found" (whatever the type), "event type", then field by field.
    pub scores: Vec<Row>,
    /// Of the events that were found: how often a field was right as a whole.
    pub agreement: Vec<Agreement>,
    /// Event types, with found events of another type counted as missed and spurious.
    pub types: Vec<Row>,
    /// Required events that were not found.
    pub missed: Vec<Place>,
    /// System events that are in no gold.
    pub spurious: Vec<Place>,
    /// System events that gold leaves open.
    pub open: OpenEvents,
    /// System events inside page furniture.
    pub in_furniture: usize,
    /// System events with a news outlet as a party.
    pub outlets_as_parties: usize,
}

/// System events that stand where careful readers may disagree whether there is an event. They are in no score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OpenEvents {
    /// How many there are.
    pub found: usize,
    /// Those of the type that gold would accept.
    pub type_right: usize,
    /// Those whose actors, recipients and status gold would accept as well.
    pub all_right: usize,
}

/// How often a field was right as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Field.
    pub name: &'static str,
    /// Events in which it was right.
    pub right: usize,
    /// Events in which it was judged.
    pub judged: usize,
}

/// An event, told so that it can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Name of the unit.
    pub unit: String,
    /// Event type.
    pub event: String,
    /// Trigger, as offsets.
    pub trigger: Option<(usize, usize)>,
    /// Codes of actors and recipients.
    pub parties: String,
}

/// Scores articles or texts.
pub fn score(units: &[Unit<'_>]) -> EventReport {
    let mut tally = Tally::default();
    for unit in units {
        tally.unit(unit);
    }
    let mut report = tally.report;
    let head = [Row::new("found", tally.found), Row::new("event type", tally.types)];
    let fields = FIELDS.iter().zip(tally.fields).map(|(name, field)| Row::new(*name, field.score));
    report.scores = head.into_iter().chain(fields).collect();
    let typed = Agreement { name: "event type", right: tally.types.correct, judged: tally.found.correct };
    let agreements = FIELDS.iter().zip(tally.fields).map(|(&name, f)| Agreement { name, right: f.right, judged: f.judged });
    report.agreement = std::iter::once(typed).chain(agreements).collect();
    report.types = tally.by_type.into_iter().map(|(name, score)| Row::new(name, score)).collect();
    report
}

impl EventReport {
    /// The score of a row ("found", "event type", "mode", "actor", ...).
    pub fn get(&self, name: &str) -> Option<Score> {
        self.scores.iter().find(|row| row.name == name).map(|row| row.score)
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for EventReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Table::of_scores("events", &self.scores))?;
        let mut table = Table::new(&["of the events found, right", "share", "n", "of"]);
        for Agreement { name, right, judged } in &self.agreement {
            let share = Score::new(*judged, *judged, *right).precision();
            table.row(vec![(*name).to_owned(), percent(share), right.to_string(), judged.to_string()]);
        }
        writeln!(f, "{table}")?;
        writeln!(f, "{}", Table::of_scores("event types", &self.types))?;
        let OpenEvents { found, type_right, all_right } = self.open;
        writeln!(f, "events that gold leaves open, in no score: {found} found, {type_right} with an accepted type,")?;
        writeln!(f, "    {all_right} of these with accepted parties and status too")?;
        writeln!(f, "events in page furniture: {}", self.in_furniture)?;
        writeln!(f, "events with a news outlet as a party: {}", self.outlets_as_parties)?;
        for (what, list) in [("missed", &self.missed), ("spurious", &self.spurious)] {
            for place in list {
                let at = place.trigger.map_or_else(String::new, |(start, end)| format!(" {start}..{end}"));
                writeln!(f, "{what}: {}{at} {} {}", place.unit, place.event, place.parties)?;
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Tally {
    report: EventReport,
    found: Score,
    types: Score,
    by_type: BTreeMap<String, Score>,
    fields: [Judged; FIELDS.len()],
}

impl Tally {
    fn unit(&mut self, unit: &Unit<'_>) {
        let gold = joined(&unit.gold.events);
        let system = joined(&unit.system.events);
        let pairs = pair(&gold, &system);
        let required = required_groups(&gold);
        for &(g, s) in pairs.iter().filter(|(g, _)| !required.iter().flatten().any(|other| other == g)) {
            self.open(&gold[g], &system[s]);
        }
        for group in required {
            let representative = representative(&group, &gold, &system, &pairs);
            match representative {
                Some((g, s)) => self.hit(&gold[g], &system[s]),
                None => {
                    // A required record speaks for its group.
                    let first = group.iter().copied().find(|&g| !gold[g].optional).unwrap_or(group[0]);
                    self.miss(unit.name, &gold[first]);
                }
            }
        }
        for (index, event) in system.iter().enumerate() {
            if pairs.iter().all(|&(_, s)| s != index) {
                self.surplus(unit.name, event);
            }
        }
        self.violations(unit.gold, &system);
    }

    fn hit(&mut self, gold: &EventRecord, system: &EventRecord) {
        let right = accepts_type(gold, system);
        self.found.add(Score::new(1, 1, 1));
        self.types.add(Score::new(1, 1, usize::from(right)));
        self.row(&gold.event).gold += 1;
        if right {
            // A type that gold accepts beside its own counts for gold's own type.
            self.row(&gold.event).add(Score::new(0, 1, 1));
        } else {
            self.row(&system.event).system += 1;
        }
        for (field, judged) in self.fields.iter_mut().zip(judge(gold, system)) {
            field.add(judged);
        }
    }

    fn open(&mut self, gold: &EventRecord, system: &EventRecord) {
        let open = &mut self.report.open;
        let right = accepts_type(gold, system);
        let core = FIELDS.iter().zip(judge(gold, system)).filter(|(name, _)| matches!(**name, "actor" | "recipient" | "status"));
        open.found += 1;
        open.type_right += usize::from(right);
        open.all_right += usize::from(right && core.into_iter().all(|(_, judged)| judged.right == judged.judged));
    }

    fn miss(&mut self, unit: &str, gold: &EventRecord) {
        self.found.gold += 1;
        self.types.gold += 1;
        self.row(&gold.event).gold += 1;
        for (field, judged) in self.fields.iter_mut().zip(missed(gold)) {
            field.add(judged);
        }
        self.report.missed.push(place(unit, gold));
    }

    fn surplus(&mut self, unit: &str, system: &EventRecord) {
        self.found.system += 1;
        self.types.system += 1;
        self.row(&system.event).system += 1;
        for (field, judged) in self.fields.iter_mut().zip(spurious(system)) {
            field.add(judged);
        }
        self.report.spurious.push(place(unit, system));
    }

    fn violations(&mut self, gold: &Records, system: &[EventRecord]) {
        for event in system {
            let at = event.trigger.or(event.sentence);
            let furnished = at.is_some_and(|span| gold.furniture.iter().any(|&f| overlaps(f, span)));
            self.report.in_furniture += usize::from(furnished);
            let spans = || event.parties.all().filter_map(|p| p.span);
            let outlet = spans().any(|span| gold.outlets.iter().any(|&o| overlaps(o, span)));
            self.report.outlets_as_parties += usize::from(outlet);
        }
    }

    fn row(&mut self, name: &str) -> &mut Score {
        self.by_type.entry(name.to_owned()).or_default()
    }
}

/// Groups that hold a required event, in text order; an event without a group is a group of its own.
fn required_groups(gold: &[EventRecord]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for (index, event) in gold.iter().enumerate() {
        let name = event.group.as_deref();
        match groups.iter_mut().find(|(other, _)| name.is_some() && *other == name) {
            Some((_, members)) => members.push(index),
            None => groups.push((name, vec![index])),
        }
    }
    groups.into_iter().map(|(_, members)| members).filter(|members| members.iter().any(|&g| !gold[g].optional)).collect()
}

/// The pair by which a group is judged: of the right type, then of a required record, then the first.
fn representative(
    group: &[usize],
    gold: &[EventRecord],
    system: &[EventRecord],
    pairs: &[(usize, usize)],
) -> Option<(usize, usize)> {
    let of_group = pairs.iter().copied().filter(|(g, _)| group.contains(g));
    of_group.min_by_key(|&(g, s)| (!accepts_type(&gold[g], &system[s]), gold[g].optional, g))
}

fn place(unit: &str, event: &EventRecord) -> Place {
    let codes = |parties: &[crate::records::Party]| {
        let names: Vec<&str> = parties.iter().map(|p| p.code.as_deref().or(p.text.as_deref()).unwrap_or("?")).collect();
        names.join("+")
    };
    let parties = format!("{} -> {}", codes(&event.parties.actors), codes(&event.parties.recipients));
    Place { unit: unit.to_owned(), event: event.event.clone(), trigger: event.trigger, parties }
}

#[cfg(test)]
mod tests;
