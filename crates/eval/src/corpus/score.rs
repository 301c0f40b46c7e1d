//! The program against the corpus.
//!
//! A gold event is found when a coded one has a trigger that overlaps its own. Spans are right when both ends are; "end to end" counts
//! the parties of events that were missed or made up, the rest is asked of found events only. Calibration is over coded events:
//! right is a found one of the right type. ECE: Guo et al., ICML 2017, ten bins of equal width.

use std::collections::BTreeMap;
use std::fmt;

use demarche_types::FrameRole as Role;
use serde::Serialize;

use super::{CharSpan, Event, Sentence};
use crate::records::overlaps;
use crate::report::{Row, Score, Table, json, percent};

/// An event that the program coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// Trigger.
    pub trigger: CharSpan,
    /// Event type.
    pub kind: String,
    /// Modes.
    pub mode: String,
    /// The act, when one was read.
    pub act: String,
    /// Status.
    pub status: String,
    /// Contexts.
    pub contexts: Vec<String>,
    /// Actors.
    pub actors: Vec<CharSpan>,
    /// Recipients.
    pub recipients: Vec<CharSpan>,
    /// Who says so.
    pub speakers: Vec<CharSpan>,
    /// 0 to 1.
    pub confidence: f64,
}

/// What the program made of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// Its events.
    pub events: Vec<Coded>,
    /// A gate held it back, so that it was not read.
    pub held: bool,
}

/// One bin of the reliability diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Events with a confidence in the bin.
    pub n: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share that was right.
    pub right: f64,
}

/// Scores on the corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CorpusReport {
    /// Trigger, type, mode, act, spans and the rest.
    pub scores: Vec<Row>,
    /// By event type; the trigger must be found and the type right.
    pub types: Vec<Row>,
    /// By status, of the events found.
    pub status: Vec<Row>,
    /// Right statuses, of the events found.
    pub status_accuracy: Score,
    /// Right speakers, of the events found that have one.
    pub speaker_accuracy: Score,
    /// Sentences without event that were kept empty.
    pub empty: Score,
    /// Sentences with an event that the gate let through.
    pub let_through: Score,
    /// Sentences with an event in which none was coded.
    pub silent: usize,
    /// Gold type, coded type ("-" for none), how often; the most frequent first.
    pub confusions: Vec<(String, String, usize)>,
    /// Expected calibration error.
    pub ece: f64,
    /// Ten bins of confidence.
    pub reliability: Vec<Bin>,
}

/// Scores sentences with what the program made of each. `label` gives an act's type and mode.
pub fn score<'a>(
    pairs: impl IntoIterator<Item = (&'a Sentence, &'a Made)>,
    label: impl Fn(&str) -> (String, String),
) -> CorpusReport {
    let mut t = Tally::default();
    for (sentence, made) in pairs {
        if !sentence.events.is_empty() {
            t.let_through.add(Score::new(1, 1, usize::from(!made.held)));
        }
        t.sentence(sentence, &made.events, &label);
    }
    t.report()
}

#[derive(Default)]
struct Tally {
    rows: BTreeMap<&'static str, Score>,
    types: BTreeMap<String, Score>,
    status: BTreeMap<String, Score>,
    status_accuracy: Score,
    speaker_accuracy: Score,
    empty: Score,
    let_through: Score,
    silent: usize,
    confusions: BTreeMap<(String, String), usize>,
    bins: [(usize, f64, usize); 10],
}

const ROWS: [&str; 10] = [
    "trigger",
    "trigger and type",
    "trigger, type and mode",
    "trigger and act",
    "actor span, of events found",
    "recipient span, of events found",
    "actor span, end to end",
    "recipient span, end to end",
    "speaker, of events found",
    "context, of events found",
];

impl Tally {
    fn sentence(&mut self, gold: &Sentence, coded: &[Coded], label: &impl Fn(&str) -> (String, String)) {
        if gold.events.is_empty() {
            self.empty.add(Score::new(1, 1, usize::from(coded.is_empty())));
        } else if coded.is_empty() {
            self.silent += 1;
        }
        let mut partner: Vec<Option<usize>> = vec![None; gold.events.len()];
        for (c, event) in coded.iter().enumerate() {
            let fits = |g: &usize| partner[*g].is_none() && overlaps(gold.events[*g].trigger, event.trigger);
            let free = (0..gold.events.len()).find(fits);
            let right = free.is_some_and(|g| label(&gold.events[g].act).0 == event.kind);
            if let Some(g) = free {
                partner[g] = Some(c);
            } else {
                self.confuse("-", &event.kind);
                self.made_up(event);
            }
            let bin = &mut self.bins[((event.confidence * 10.0) as usize).min(9)];
            *bin = (bin.0 + 1, bin.1 + event.confidence, bin.2 + usize::from(right));
        }
        for (event, partner) in gold.events.iter().zip(partner) {
            let (kind, mode) = label(&event.act);
            match partner {
                Some(c) => self.found(event, &kind, &mode, &coded[c]),
                None => {
                    self.confuse(&kind, "-");
                    self.missed(event, kind);
                }
            }
        }
    }

    fn found(&mut self, gold: &Event, kind: &str, mode: &str, coded: &Coded) {
        let same = kind == coded.kind;
        let right = |yes: bool| Score::new(1, 1, usize::from(yes));
        self.add("trigger", right(true));
        self.add("trigger and type", right(same));
        self.add("trigger, type and mode", right(same && mode == coded.mode));
        self.add("trigger and act", right(gold.act == coded.act));
        self.types.entry(kind.into()).or_default().add(Score::new(1, 0, usize::from(same)));
        self.types.entry(coded.kind.clone()).or_default().add(Score::new(0, 1, 0));
        if !same {
            self.confuse(kind, &coded.kind);
        }
        self.status_accuracy.add(right(gold.status == coded.status));
        self.status.entry(gold.status.clone()).or_default().add(Score::new(1, 0, usize::from(gold.status == coded.status)));
        self.status.entry(coded.status.clone()).or_default().add(Score::new(0, 1, 0));
        let (actors, recipients, speakers) = (gold.of(Role::Actor), gold.of(Role::Recipient), gold.of(Role::Speaker));
        for (names, gold, coded) in [
            (["actor span, of events found", "actor span, end to end"], &actors, &coded.actors),
            (["recipient span, of events found", "recipient span, end to end"], &recipients, &coded.recipients),
        ] {
            let score = Score::new(gold.len(), coded.len(), gold.iter().filter(|g| coded.contains(g)).count());
            for name in names {
                self.add(name, score);
            }
        }
        // A speaker is a party to no span measure: which words name it is judged, not where they end.
        let said = speakers.iter().any(|g| coded.speakers.iter().any(|c| overlaps(*g, *c)));
        let score = Score::new(usize::from(!speakers.is_empty()), usize::from(!coded.speakers.is_empty()), usize::from(said));
        self.add("speaker, of events found", score);
        if !speakers.is_empty() {
            self.speaker_accuracy.add(right(said));
        }
        let common = gold.contexts.iter().filter(|c| coded.contexts.contains(c)).count();
        self.add("context, of events found", Score::new(gold.contexts.len(), coded.contexts.len(), common));
    }

    fn missed(&mut self, gold: &Event, kind: String) {
        for name in ["trigger", "trigger and type", "trigger, type and mode", "trigger and act"] {
            self.add(name, Score::new(1, 0, 0));
        }
        self.types.entry(kind).or_default().add(Score::new(1, 0, 0));
        self.add("actor span, end to end", Score::new(gold.of(Role::Actor).len(), 0, 0));
        self.add("recipient span, end to end", Score::new(gold.of(Role::Recipient).len(), 0, 0));
    }

    fn made_up(&mut self, coded: &Coded) {
        for name in ["trigger", "trigger and type", "trigger, type and mode", "trigger and act"] {
            self.add(name, Score::new(0, 1, 0));
        }
        self.types.entry(coded.kind.clone()).or_default().add(Score::new(0, 1, 0));
        self.add("actor span, end to end", Score::new(0, coded.actors.len(), 0));
        self.add("recipient span, end to end", Score::new(0, coded.recipients.len(), 0));
    }

    fn add(&mut self, name: &'static str, score: Score) {
        self.rows.entry(name).or_default().add(score);
    }

    fn confuse(&mut self, gold: &str, coded: &str) {
        *self.confusions.entry((gold.into(), coded.into())).or_default() += 1;
    }

    fn report(self) -> CorpusReport {
        let rows = |map: BTreeMap<String, Score>| map.into_iter().map(|(name, score)| Row::new(name, score)).collect();
        let mut confusions: Vec<_> = self.confusions.into_iter().map(|((gold, coded), n)| (gold, coded, n)).collect();
        confusions.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
        let total: usize = self.bins.iter().map(|b| b.0).sum();
        let mean = |sum: f64, n: usize| if n == 0 { 0.0 } else { sum / n as f64 };
        let reliability: Vec<Bin> =
            self.bins.iter().map(|&(n, sum, right)| Bin { n, confidence: mean(sum, n), right: mean(right as f64, n) }).collect();
        let ece = reliability.iter().map(|b| mean(b.n as f64 * (b.confidence - b.right).abs(), total)).sum();
        CorpusReport {
            scores: ROWS.iter().map(|&name| Row::new(name, self.rows.get(name).copied().unwrap_or_default())).collect(),
            types: rows(self.types),
            status: rows(self.status),
            status_accuracy: self.status_accuracy,
            speaker_accuracy: self.speaker_accuracy,
            empty: self.empty,
            let_through: self.let_through,
            silent: self.silent,
            confusions,
            ece,
            reliability,
        }
    }
}

impl CorpusReport {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

/// Pairs of types that a report lists.
const CONFUSIONS: usize = 24;

impl fmt::Display for CorpusReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Table::of_scores("events", &self.scores))?;
        writeln!(f, "{}", Table::of_scores("event types", &self.types))?;
        writeln!(f, "{}", Table::of_scores("status, of events found", &self.status))?;
        let mut table = Table::new(&["accuracy", "share", "n", "of"]);
        for (name, s) in [
            ("status, of events found", self.status_accuracy),
            ("speaker, of events found that have one", self.speaker_accuracy),
            ("sentences without event kept empty", self.empty),
            ("sentences with an event let through by the gate", self.let_through),
        ] {
            table.row(vec![name.into(), percent(s.precision()), s.correct.to_string(), s.gold.to_string()]);
        }
        writeln!(f, "{table}")?;
        writeln!(f, "sentences with an event in which none was coded: {}", self.silent)?;
        let named = |(gold, coded, n): &(String, String, usize)| format!("{gold} as {coded} {n}");
        let list: Vec<String> = self.confusions.iter().take(CONFUSIONS).map(named).collect();
        writeln!(f, "confusions (\"-\" is no event): {}", list.join(", "))?;
        writeln!(f)?;
        let mut table = Table::new(&["confidence", "events", "mean confidence", "right"]);
        for (index, bin) in self.reliability.iter().enumerate().filter(|(_, b)| b.n > 0) {
            let range = format!("{:.1} to {:.1}", index as f64 / 10.0, (index + 1) as f64 / 10.0);
            table.row(vec![range, bin.n.to_string(), percent(bin.confidence), percent(bin.right)]);
        }
        writeln!(f, "{table}")?;
        writeln!(f, "expected calibration error: {:.4}", self.ece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_missed_and_made_up_events_are_told_apart() {
        let gold = super::super::read(
            "{A1:Mali} [1:freed] {R1:an envoy}, {S1:aides} {C1:said}.\n1 retreat-release actual -\n\nIt [1:left] as they [2:met].\n1 retreat-troops actual -\n2 consult-general negated -\n\nThe game was lost.\n0 none sport\n",
        )
        .expect("the file keeps to the format");
        let label = |act: &str| (act.split('-').next().unwrap_or_default().to_uppercase(), String::new());
        let coded = |trigger, kind: &str, status: &str| Coded {
            trigger,
            kind: kind.into(),
            status: status.into(),
            confidence: 0.95,
            ..Coded::default()
        };
        let first = Coded {
            actors: vec![(0, 4)],
            recipients: vec![(11, 16)],
            speakers: vec![(21, 26)],
            ..coded((5, 10), "RETREAT", "actual")
        };
        let made = [vec![first], vec![coded((16, 19), "CONSULT", "actual"), coded((0, 2), "AID", "actual")], vec![]];
        let made = made.map(|events| Made { held: events.is_empty(), events });
        let report = score(gold.iter().zip(&made), label);
        let get =
            |name: &str| report.scores.iter().find(|r| r.name == name).map(|r| (r.score.gold, r.score.system, r.score.correct));
        assert_eq!(get("trigger"), Some((3, 3, 2)));
        assert_eq!(get("trigger and type"), Some((3, 3, 2)));
        assert_eq!(get("actor span, of events found"), Some((1, 1, 1)));
        assert_eq!(get("recipient span, end to end"), Some((1, 1, 0)));
        assert_eq!((report.speaker_accuracy.correct, report.status_accuracy.correct, report.empty.correct), (1, 1, 1));
        assert_eq!((report.let_through.correct, report.let_through.gold), (2, 2), "the sentence held back has no event");
        assert_eq!(report.confusions[0].2, 1);
        assert!((report.ece - (0.95 - 2.0 / 3.0)).abs() < 1e-9, "{}", report.ece);
    }
}
