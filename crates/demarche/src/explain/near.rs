//! Rows of the lexicon that nearly fit, in words.

use demarche_coding::lexicon::{Constraint, Entry, Filler, HeadPos, Place, Slot};
use demarche_coding::{Miss, NearRow, NearWord};
use demarche_types::{Document, TokenId};

use super::{columns, one_line, place_of};

/// Of the words that a condition asks for, so many are named.
const WORDS: usize = 6;

/// The lines of a section: each word with its closest rows.
pub(super) fn lines(document: &Document<'_>, near: &[NearWord<'_>]) -> Vec<String> {
    let mut rows: Vec<[String; 3]> = vec![];
    for word in near {
        let form = format!("\u{201c}{}\u{201d}", one_line(document.form(word.token)));
        if word.rows.is_empty() {
            let lemma = document.token(word.token).lemma.to_lowercase();
            rows.push([form, format!("no row for {lemma}.v"), String::new()]);
            continue;
        }
        for (rank, row) in word.rows.iter().enumerate() {
            let word = if rank == 0 { form.clone() } else { String::new() };
            rows.push([word, place_of(row.entry), format!("{}: {}", head(row.entry), miss(document, row))]);
        }
    }
    columns(rows)
}

/// Head word and what the row would have made of it: "receive.v (CONSULT visit)".
fn head(entry: &Entry) -> String {
    let pos = match entry.pos {
        HeadPos::Verb => "v",
        HeadPos::Noun => "n",
        HeadPos::Adjective => "a",
    };
    let kind = entry.kind.map_or("no event", |kind| kind.as_str());
    let mode = entry.mode.as_ref().map_or_else(String::new, |mode| format!(" {}", mode.0));
    format!("{}.{pos} ({kind}{mode})", entry.lemma)
}

fn miss(document: &Document<'_>, row: &NearRow<'_>) -> String {
    let form = |token: &TokenId| format!("\u{201c}{}\u{201d}", one_line(document.form(*token)));
    match &row.miss {
        Miss::Modifier => "fits, but the word only qualifies a noun".to_owned(),
        Miss::Consumed(by) => format!("fits, but the word belongs to the pattern of {}", form(by)),
        Miss::Condition(constraint, found) => {
            let words = found.iter().map(form).collect::<Vec<_>>().join(", ");
            condition(constraint, &words)
        }
    }
}

/// A failed condition, with the words that stand in its place.
fn condition(constraint: &Constraint, found: &str) -> String {
    let place = place(&constraint.place);
    let wanted = wanted(&constraint.fillers);
    match (constraint.negated, found.is_empty(), wanted) {
        (true, _, _) => format!("{place} {found} rules the row out"),
        (false, true, None) => format!("there is no {place}"),
        (false, true, Some(wanted)) => format!("there is no {place}; it must be {wanted}"),
        (false, false, None) => format!("{place} {found} is not what the row asks for"),
        (false, false, Some(wanted)) if constraint.fillers.len() == 1 => format!("{place} {found} is not {wanted}"),
        (false, false, Some(wanted)) => format!("{place} {found} is none of {wanted}"),
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Particle => "particle".to_owned(),
        Place::Modifier => "modifier".to_owned(),
        Place::Complement => "complement".to_owned(),
        Place::Slot(slot) => slot_words(slot),
    }
}

fn slot_words(slot: &Slot) -> String {
    match slot {
        Slot::Subj => "subj".to_owned(),
        Slot::Obj => "obj".to_owned(),
        Slot::Iobj => "iobj".to_owned(),
        Slot::Prep(name) => format!("phrase with {name}"),
        Slot::Comp(inner) => format!("{} of the complement", slot_words(inner)),
        Slot::CompRecipient => "recipient of the complement".to_owned(),
    }
}

/// The words asked for; `None` when anything will do.
fn wanted(fillers: &[Filler]) -> Option<String> {
    if fillers.contains(&Filler::Any) {
        return None;
    }
    let word = |filler: &Filler| match filler {
        Filler::Any => "*".to_owned(),
        Filler::Actor => "a political actor".to_owned(),
        Filler::Lemma(lemma) => lemma.to_string(),
    };
    let mut words: Vec<String> = fillers.iter().take(WORDS).map(word).collect();
    words.extend((fillers.len() > WORDS).then(|| "\u{2026}".to_owned()));
    Some(words.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(place: Place, words: &[&str], negated: bool, found: &str) -> String {
        let fillers = words.iter().map(|w| match *w {
            "*" => Filler::Any,
            "@actor" => Filler::Actor,
            lemma => Filler::Lemma(lemma.into()),
        });
        condition(&Constraint { place, fillers: fillers.collect(), negated }, found)
    }

    #[test]
    fn conditions_are_told_in_words() {
        let obj = || Place::Slot(Slot::Obj);
        let many = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(
            told(obj(), &many, false, "\u{201c}Viktor\u{201d}"),
            "obj \u{201c}Viktor\u{201d} is none of a|b|c|d|e|f|\u{2026}"
        );
        assert_eq!(told(obj(), &["@actor"], false, "\u{201c}hat\u{201d}"), "obj \u{201c}hat\u{201d} is not a political actor");
        assert_eq!(told(obj(), &["talks"], true, "\u{201c}talks\u{201d}"), "obj \u{201c}talks\u{201d} rules the row out");
        assert_eq!(told(Place::Slot(Slot::Prep("to".into())), &["*"], false, ""), "there is no phrase with to");
        assert_eq!(told(Place::Particle, &["off"], false, ""), "there is no particle; it must be off");
    }
}
