//! How the fields of a found, missed or spurious event are judged.

use crate::records::{DateValue, EventRecord, Parties, Party};
use crate::report::Score;

/// Fields in the order of the arrays below.
pub(super) const FIELDS: [&str; 9] =
    ["mode", "actor", "actor with sector", "recipient", "recipient with sector", "status", "date", "place", "context"];

/// A field's counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Judged {
    pub(super) score: Score,
    /// Events in which the field was right as a whole.
    pub(super) right: usize,
    /// Found events in which it was judged.
    pub(super) judged: usize,
}

impl Judged {
    pub(super) fn add(&mut self, other: Judged) {
        self.score.add(other.score);
        self.right += other.right;
        self.judged += other.judged;
    }

    fn found(score: Score) -> Self {
        let right = score.gold == score.correct && score.system == score.correct;
        Self { score, right: usize::from(right), judged: 1 }
    }

    fn only(score: Score) -> Self {
        Self { score, ..Self::default() }
    }
}

/// A gold event and the system's event that was paired with it.
pub(super) fn judge(gold: &EventRecord, system: &EventRecord) -> [Judged; FIELDS.len()] {
    let modes = std::iter::once(&gold.modes).chain(&gold.also.modes).map(|set| common(set, &system.modes));
    let parties = best_parties(gold, system);
    let (actors, recipients) = (&system.parties.actors, &system.parties.recipients);
    let contexts = match (&gold.contexts, &system.contexts) {
        (Some(gold), Some(system)) => Judged::found(common(gold, system)),
        _ => Judged::default(),
    };
    [
        Judged::found(best(modes)),
        Judged::found(matched(&parties.actors, actors, false)),
        Judged::found(matched(&parties.actors, actors, true)),
        Judged::found(matched(&parties.recipients, recipients, false)),
        Judged::found(matched(&parties.recipients, recipients, true)),
        status(gold, system),
        date(gold, system),
        place(gold, system),
        contexts,
    ]
}

/// A gold event that was not found.
pub(super) fn missed(gold: &EventRecord) -> [Judged; FIELDS.len()] {
    let lost = |count: usize| Judged::only(Score::new(count, 0, 0));
    let (actors, recipients) = (gold.parties.actors.len(), gold.parties.recipients.len());
    [
        lost(gold.modes.len()),
        lost(actors),
        lost(actors),
        lost(recipients),
        lost(recipients),
        lost(usize::from(gold.status.is_some())),
        lost(usize::from(gold.date.is_some())),
        lost(usize::from(gold.place.is_some())),
        lost(gold.contexts.as_ref().map_or(0, Vec::len)),
    ]
}

/// A system's event that is in no gold.
pub(super) fn spurious(system: &EventRecord) -> [Judged; FIELDS.len()] {
    let extra = |count: usize| Judged::only(Score::new(0, count, 0));
    let (actors, recipients) = (system.parties.actors.len(), system.parties.recipients.len());
    [
        extra(system.modes.len()),
        extra(actors),
        extra(actors),
        extra(recipients),
        extra(recipients),
        extra(usize::from(system.status.is_some())),
        Judged::default(),
        Judged::default(),
        Judged::default(),
    ]
}

/// The reading of gold's parties that agrees best with the system's.
fn best_parties<'a>(gold: &'a EventRecord, system: &EventRecord) -> &'a Parties {
    let total = |parties: &Parties| {
        let mut score = matched(&parties.actors, &system.parties.actors, false);
        score.add(matched(&parties.recipients, &system.parties.recipients, false));
        score.f1()
    };
    let mut chosen = &gold.parties;
    for other in &gold.also.parties {
        if total(other) > total(chosen) {
            chosen = other;
        }
    }
    chosen
}

/// Pairs parties one to one.
fn matched(gold: &[Party], system: &[Party], sectors: bool) -> Score {
    let mut used = vec![false; system.len()];
    let mut correct = 0;
    for party in gold {
        let fits = |other: &Party| party.is_same(other) && (!sectors || party.accepts_sectors(other));
        if let Some(place) = (0..system.len()).find(|&i| !used[i] && fits(&system[i])) {
            used[place] = true;
            correct += 1;
        }
    }
    Score::new(gold.len(), system.len(), correct)
}

fn common(gold: &[String], system: &[String]) -> Score {
    Score::new(gold.len(), system.len(), gold.iter().filter(|item| system.contains(item)).count())
}

/// The alternative with the fewest disagreements; the first of equals.
fn best(scores: impl Iterator<Item = Score>) -> Score {
    scores.min_by_key(|s| s.gold + s.system - 2 * s.correct).unwrap_or_default()
}

fn status(gold: &EventRecord, system: &EventRecord) -> Judged {
    let Some(expected) = &gold.status else { return Judged::default() };
    let right = system.status.as_ref().is_some_and(|s| s == expected || gold.also.statuses.contains(s));
    Judged::found(Score::new(1, usize::from(system.status.is_some()), usize::from(right)))
}

/// An unknown date is an answer too: it is right where gold has none, and wrong where gold has one.
fn date(gold: &EventRecord, system: &EventRecord) -> Judged {
    let Some(expected) = &gold.date else { return Judged::default() };
    let unknown = DateValue::default();
    let found = system.date.as_ref().unwrap_or(&unknown);
    let last = |date: &DateValue| date.end.clone().or_else(|| date.start.clone());
    // The last day of a stretch is often left to the reader, so only its first day is judged.
    let open_end = gold.date_precision.as_deref() == Some("range");
    let same = found.start == expected.start && (open_end || last(found) == last(expected));
    let right = same || gold.also.dates.contains(&found.start);
    Judged::found(Score::new(1, 1, usize::from(right)))
}

fn place(gold: &EventRecord, system: &EventRecord) -> Judged {
    let Some(expected) = &gold.place else { return Judged::default() };
    let right = system.place.as_ref().is_some_and(|found| {
        let same_name = match (&expected.name, &found.name) {
            (None, _) => true,
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            (Some(_), None) => false,
        };
        same_name && expected.country == found.country
    });
    Judged::found(Score::new(1, usize::from(system.place.is_some()), usize::from(right)))
}
