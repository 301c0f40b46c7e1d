//! What edited news asks for beyond the learned weights: abbreviations, initials, clock times, quotes,
//! and line breaks. The words are data (`words.txt`).

use super::chars::Look;
use super::model::word_hash;
use super::sentences::{Item, Mark, stop_before};
use super::tokens::Joint;

/// Number of IN among the word classes of the lexicon.
const PREPOSITION: u8 = 6;

/// A group of words in `words.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Title,
    Number,
    Month,
    Joined,
    Time,
    Starter,
}

/// The words of `words.txt`, by hash.
#[derive(Clone, Debug)]
pub(super) struct Words {
    entries: Vec<(u64, Group)>,
}

impl Words {
    /// Reads the list that ships with the program.
    pub(super) fn embedded() -> Self {
        let mut entries = Vec::new();
        for line in super::WORDS.lines() {
            let Some((name, words)) = line.split_once(':').filter(|_| !line.starts_with('#')) else { continue };
            let group = match name {
                "title" => Group::Title,
                "number" => Group::Number,
                "month" => Group::Month,
                "joined" => Group::Joined,
                "time" => Group::Time,
                _ => Group::Starter,
            };
            entries.extend(words.split_whitespace().map(|word| (word_hash(word), group)));
        }
        entries.sort_unstable();
        Self { entries }
    }

    /// Whether a word, by its hash, belongs to a group.
    pub(super) fn has(&self, word: u64, group: Group) -> bool {
        self.entries.binary_search(&(word, group)).is_ok()
    }

    /// What the list says of a chunk's last period: `Some(true)` when it belongs to the word before it.
    /// `word` is that word, `next` the look of the next chunk in the paragraph.
    pub(super) fn owns_period(&self, word: &str, previous: Look, next: Look) -> Option<bool> {
        let hash = word_hash(word);
        let look = Look::of(word);
        if look == Look::Digit && next == Look::None && previous != Look::None {
            // The last period of a paragraph ends a sentence; alone, a number with a period opens a list.
            return word.ends_with(|c: char| c.is_ascii_digit()).then_some(false);
        }
        if next == Look::None {
            return None;
        }
        let owns = (self.has(hash, Group::Title) && next.is_capitalised())
            || (self.has(hash, Group::Number) && next == Look::Digit)
            || (self.has(hash, Group::Month) && look == Look::Capital)
            || self.has(hash, Group::Joined)
            || (look == Look::Initial && word.len() == 1 && previous.is_capitalised() && next.is_capitalised())
            || (word == "v" && previous.is_capitalised() && next.is_capitalised())
            || is_dotted(word);
        owns.then_some(true)
    }

    /// Decides a gap outright, or leaves it to the weights.
    pub(super) fn verdict(&self, text: &str, items: &[Item], gap: usize) -> Option<bool> {
        let (left, right) = (&items[gap], &items[gap + 1]);
        if left.mark == Mark::Opener || (right.joint == Joint::Token && right.mark.closes()) {
            return Some(false);
        }
        if is_dateline(items, gap) {
            // Treebanks keep a dateline with its sentence; a parser that has seen few takes the town for a subject or speaker.
            let opens = right.look.is_capitalised() || right.look == Look::Digit || right.mark == Mark::Opener;
            return Some(left.mark == Mark::Dash && opens);
        }
        let (stop, closers, _) = stop_before(items, gap);
        if right.joint == Joint::Line {
            return line_break(left, right, stop);
        }
        if closers > 0 && right.look == Look::Lower && items[gap + 1 - closers..=gap].iter().any(Item::is_quote) {
            return Some(false);
        }
        if left.mark == Mark::Abbreviation && right.joint == Joint::Space {
            return self.after_abbreviation(text, items, gap);
        }
        None
    }

    fn after_abbreviation(&self, text: &str, items: &[Item], gap: usize) -> Option<bool> {
        let (left, right) = (&items[gap], &items[gap + 1]);
        let word = left.span.of(text).trim_end_matches('.');
        let hash = word_hash(word);
        let starter = right.look.is_capitalised() && self.has(right.word, Group::Starter);
        if right.look == Look::Lower || right.mark == Mark::Comma {
            return Some(false);
        }
        if (self.has(hash, Group::Title) && right.look.is_capitalised())
            || (right.look == Look::Digit && (self.has(hash, Group::Number) || self.has(hash, Group::Month)))
        {
            return Some(false);
        }
        let clock = word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m");
        if clock && right.look.is_capitalised() {
            let right_word = word_hash(right.span.of(text).trim_end_matches('.'));
            return Some(!self.has(right_word, Group::Time) && !opens_with_time(items, gap));
        }
        if starter {
            // An initial before a capital "A" may be a name's ("J. A. Moll"), so that one is left open.
            return (right.look != Look::Initial || right.span.len() > 1 || !is_single_letter(word)).then_some(true);
        }
        if right.look.is_capitalised() && (is_dotted(word) || is_initial_of_name(items, gap, word)) {
            return Some(false);
        }
        None
    }
}

/// A line break that was set on purpose ends a sentence unless the line plainly goes on.
fn line_break(left: &Item, right: &Item, stop: Mark) -> Option<bool> {
    if stop.is_strong() && right.look != Look::Lower {
        return Some(true);
    }
    let goes_on = matches!(left.mark, Mark::Comma | Mark::Dash | Mark::Semicolon) || right.look == Look::Lower;
    // Determiners, prepositions, conjunctions, "to" and possessives: CC, DT, IN, PRP$ and TO of the lexicon.
    let dangling = left.look == Look::Lower && matches!(left.class, 1 | 3 | 6 | 18 | 23);
    if goes_on || dangling { None } else { Some(true) }
}

/// "BEIRUT, Lebanon (AP) -": capitals first, and a dash or colon soon after, without a stop between.
fn is_dateline(items: &[Item], gap: usize) -> bool {
    const REACH: usize = 14;
    gap < REACH
        && matches!(items[gap].mark, Mark::Dash | Mark::Colon)
        && items[0].look == Look::Upper
        && items[0].span.len() > 2
        && !items[..gap].iter().any(|item| item.mark.is_strong())
        && items[gap + 1].joint == Joint::Space
}

/// Whether the sentence before the gap would be no more than "At 6 p.m.".
fn opens_with_time(items: &[Item], gap: usize) -> bool {
    const SHORT: usize = 5;
    let first = (0..=gap).rev().take(SHORT + 1).find(|&at| at == 0 || items[at - 1].mark.is_strong());
    first.is_some_and(|first| items[first].class == PREPOSITION)
}

/// "U.S", "a.m", "W.H.S": single letters with periods between them.
fn is_dotted(word: &str) -> bool {
    word.len() > 2
        && word.len() < 16
        && word.bytes().enumerate().all(|(at, b)| if at % 2 == 0 { b.is_ascii_alphabetic() } else { b == b'.' })
        && word.len() % 2 == 1
}

fn is_single_letter(word: &str) -> bool {
    word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase()
}

/// Whether "J." stands inside or before a name.
fn is_initial_of_name(items: &[Item], gap: usize, word: &str) -> bool {
    let before = gap.checked_sub(1).map(|at| &items[at]);
    is_single_letter(word) && before.is_none_or(|item| item.look.is_capitalised() || item.mark != Mark::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_words() {
        for word in ["U.S", "a.m", "W.H.S"] {
            assert!(is_dotted(word), "{word}");
        }
        for word in ["U", "U.", "U.S.", "Mr", "3.5"] {
            assert!(!is_dotted(word), "{word}");
        }
    }

    #[test]
    fn words_are_grouped() {
        let words = Words::embedded();
        assert!(words.has(word_hash("Gen"), Group::Title));
        assert!(words.has(word_hash("monday"), Group::Time));
        assert!(!words.has(word_hash("monday"), Group::Title));
    }
}
