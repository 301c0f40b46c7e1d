//! Numbers: those of an event (the dead, the arrested, those taking part, money) and facts of their own.
//!
//! [`of_sentence`] is the spine: the numbers of a sentence by their grammar, what each counts, what the words beside it mean, and which
//! event it belongs to. What belongs to none is a fact, if the text says of whom or what. Words are in `data/lexicon/numbers.tsv`, `units.tsv`
//! and `tolls.tsv`.

mod counted;
mod events;
mod facts;
mod numbers;
mod tables;
mod tolls;
mod words;

use demarche_types::{Event, Fact, Figure, FigureKind, NumberUnit, SentenceId, TokenId};

use crate::events::{Scene, attribution};
use counted::Counted;
use tables::Class;

/// A number that is read, with what it means.
struct Read {
    counted: Counted,
    /// What it counts, and the word that says so.
    meaning: Option<(FigureKind, TokenId)>,
}

/// Gives the events of one sentence their numbers; what no event has becomes a fact.
pub(crate) fn of_sentence(scene: &Scene<'_>, sentence: SentenceId, events: &mut [Event], facts: &mut Vec<Fact>) {
    let doc = scene.doc;
    let bounds = &doc.sentences[sentence.index()];
    if !numbers::may_have(doc, bounds) {
        return;
    }
    let words = words::of_sentence(doc, sentence);
    let mut found: Vec<Counted> =
        numbers::scan(&words).into_iter().filter_map(|number| counted::read(scene, bounds, &words, number)).collect();
    if found.is_empty() {
        return;
    }
    found = without_wholes(&words, found);
    lend_units(&words, &mut found);
    let told = tolls::find(doc, bounds, &words);
    let mut reads = vec![];
    for mut counted in found {
        let meaning = tolls::meaning(doc, &told, &words, &counted);
        if meaning.is_some() {
            counted.unit = Some(NumberUnit("person".into()));
        }
        reads.push(Read { counted, meaning });
    }
    let mut left = vec![];
    for (at, read) in reads.iter().enumerate() {
        match events::home(doc, events, read) {
            Some((index, kind)) => {
                let figure = figure(scene, &reads, at, kind);
                events[index].magnitude.figures.extend(figure);
            }
            None => left.push(at),
        }
    }
    let before = facts::Scope::new(scene, sentence, &words, &reads);
    facts.extend(left.into_iter().filter_map(|at| before.fact(at)));
}

fn figure(scene: &Scene<'_>, reads: &[Read], at: usize, kind: FigureKind) -> Option<Figure> {
    let read = &reads[at];
    Some(Figure {
        kind,
        quantity: read.counted.number.quantity,
        unit: read.counted.unit.clone()?,
        part: events::is_part(scene.doc, reads, at),
        source: source(scene, &read.counted),
        span: read.counted.span(scene.doc),
    })
}

/// Who says a number: the innermost speaker.
fn source(scene: &Scene<'_>, counted: &Counted) -> Option<demarche_types::Attribution> {
    attribution(scene, counted.core()).pop()
}

/// "214 of the 450 seats": the whole stands for nothing of its own.
fn without_wholes(words: &[words::Word], found: Vec<Counted>) -> Vec<Counted> {
    let mut out: Vec<Counted> = vec![];
    for counted in found {
        let whole = out.last().is_some_and(|last| {
            let between = last.number.core.end..counted.number.core.start;
            last.noun.is_some()
                && last.noun == counted.noun
                && between.len() <= 2
                && words.get(between.start).is_some_and(|w| w.is("of"))
        });
        if !whole {
            out.push(counted);
        }
    }
    out
}

/// "by 287 votes to 114": a bare number behind a counted one counts the same.
fn lend_units(words: &[words::Word], found: &mut [Counted]) {
    for at in 1..found.len() {
        let (before, here) = found.split_at_mut(at);
        let (last, here) = (&before[at - 1], &mut here[0]);
        let joined = last.number.words.end + 1 == here.number.words.start
            && ["to", "against"].iter().any(|w| words[last.number.words.end].is(w));
        if joined && here.unit.is_none() && last.class == Some(Class::Count) {
            (here.unit, here.class) = (last.unit.clone(), last.class);
        }
    }
}

#[cfg(test)]
mod tests;
