//! From a number to what it counts, and which numbers are none: names, ages, dates, scores.

use std::ops::Range;

use compact_str::{CompactString, format_compact};
use demarche_types::{Document, EntityType, NumberUnit, Sentence, Span, TokenId, Upos};

use super::facts;
use super::numbers::{Number, Unit};
use super::tables::{self, Class};
use super::words::Word;
use crate::events::Scene;
use crate::tree;

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    pub(super) number: Number,
    /// Where its sentence begins.
    pub(super) first: u32,
    /// The noun that is counted ("soldiers"), or the whole that a part is of ("voters").
    pub(super) noun: Option<TokenId>,
    /// `None` for a number without unit and noun, which others may lend one.
    pub(super) unit: Option<NumberUnit>,
    /// What the unit's words are, where a table has them.
    pub(super) class: Option<Class>,
}

impl Counted {
    /// The token of a word of its sentence.
    pub(super) fn token(&self, word: usize) -> TokenId {
        TokenId(self.first + word as u32)
    }

    /// The last token of the number alone.
    pub(super) fn core(&self) -> TokenId {
        self.token(self.number.core.end - 1)
    }

    /// The head of the phrase of number, unit and noun.
    pub(super) fn head(&self, doc: &Document<'_>) -> TokenId {
        let (start, end) = (self.token(self.number.words.start), self.token(self.number.words.end));
        let inside = tree::head_of(doc, start, end).unwrap_or(self.core());
        match self.noun {
            // The noun governs its number; of a part and its whole the part is the head.
            Some(noun) if !self.is_part() || tree::under(doc, inside, noun) => noun,
            _ => inside,
        }
    }

    /// Whether it is a part of a whole or an amount that an of-phrase tells of.
    pub(super) fn is_part(&self) -> bool {
        self.number.unit.is_some()
            || self.number.core.len() == 1 && self.number.quantity.low.is_some() && self.number.quantity.high.is_none()
    }

    pub(super) fn is_people(&self) -> bool {
        self.unit.as_ref().is_some_and(|u| u.0 == "person")
    }

    /// The words of the number with hedge, unit and noun.
    pub(super) fn span(&self, doc: &Document<'_>) -> Span {
        doc.span_of(self.token(self.number.words.start), self.token(self.number.words.end))
    }
}

/// Reads what a number counts; `None` for one that is no figure.
pub(super) fn read(scene: &Scene<'_>, sentence: &Sentence, words: &[Word], number: Number) -> Option<Counted> {
    let doc = scene.doc;
    if is_dated(scene, sentence, words, &number)
        || is_name(doc, sentence, words, &number)
        || is_age(words, &number)
        || is_of_one(doc, sentence, words, &number)
    {
        return None;
    }
    let first = sentence.tokens.start;
    let token = |word: usize| TokenId(first + word as u32);
    if let Some(unit) = number.unit.clone() {
        let unit = match unit {
            Unit::Known(unit) => unit,
            Unit::Money(value) => currency(scene, sentence, value),
        };
        let of = words.get(number.words.end).filter(|w| w.is("of"));
        let from = number.words.end + usize::from(of.is_some());
        // "one in five children" has its whole beside it.
        let share = number.core.len() > 2 && words[number.core.start + 1].lower.len() <= 3;
        let noun = (of.is_some() || share).then(|| noun(doc, words, first, from)).flatten().map(|(word, _)| token(word));
        return Some(Counted { number, first, noun, unit: Some(NumberUnit(unit)), class: Some(Class::Unit) });
    }
    if number.modifies {
        return None;
    }
    let found = noun(doc, words, first, of_whole(words, number.words.end));
    // Without tags only a plural and the tables' words are known to be nouns.
    let untagged = doc.held(doc.sentence_of(token(0))).is_some();
    let found = found.filter(|(word, class)| !untagged || class.is_some() || words[*word].lower.ends_with('s'));
    let Some((word, class)) = found.filter(|(word, _)| !is_time(scene, sentence, words, *word)) else {
        // A number of a noun of time is none; one without any noun may be lent a unit, but not the whole of "one islander in ten".
        let whole = number.words.start > 0 && words[number.words.start - 1].is("in");
        return (found.is_none() && !whole).then_some(Counted { number, first, noun: None, unit: None, class: None });
    };
    if class == Some(Class::None) {
        return None;
    }
    let noun = token(word);
    let t = doc.token(noun);
    let named = t.upos == Upos::Propn && doc.actor_at(noun).is_none() && !words[word].lower.ends_with('s');
    if named {
        return None;
    }
    let person = doc.mention_at(noun).is_some_and(|m| doc.mentions[m.index()].kind == EntityType::Person);
    let plural = words[word].lower.ends_with('s') || words[word].lower.ends_with("men");
    let unit = match class {
        Some(Class::Person | Class::Troop) => "person".into(),
        Some(Class::Count) => tables::at(words, word, &[Class::Count]).map_or(t.lemma.clone(), |row| row.value.into()),
        _ if person && plural
            || doc.actor_at(noun).is_some_and(|a| a.actor.code.is_some() && plural) && t.upos == Upos::Propn =>
        {
            "person".into()
        }
        _ if t.upos == Upos::X => singular(&words[word].lower),
        _ => t.lemma.chars().flat_map(char::to_lowercase).collect(),
    };
    let mut counted = Counted { number, first, noun: Some(noun), unit: Some(NumberUnit(unit)), class };
    // The words of a plain count run on to its noun.
    if word < counted.number.words.end + 5 {
        counted.number.words.end = word + 1;
    }
    Some(counted)
}

/// "of the", "of the 450": what stands between a number and the whole that it counts of.
fn of_whole(words: &[Word], at: usize) -> usize {
    if !words.get(at).is_some_and(|w| w.is("of")) {
        return at;
    }
    let det =
        usize::from(words.get(at + 1).is_some_and(|w| ["the", "its", "their", "these", "those", "our"].iter().any(|d| w.is(d))));
    let number = (at + 1 + det..words.len())
        .take_while(|&n| words[n].begins_with_digit() || tables::at(words, n, &[Class::Scale]).is_some());
    at + 1 + det + number.count()
}

/// Words that begin a phrase of their own behind a noun.
const BEGINS: &[&str] = &[
    "the", "a", "an", "among", "into", "across", "between", "per", "more", "than", "its", "their", "his", "her", "out", "off",
    "over",
];

/// How many words may stand before a counted noun.
const REACH: usize = 6;

/// The noun that begins or ends the run of nouns and adjectives at a word, with its class.
fn noun(doc: &Document<'_>, words: &[Word], first: u32, from: usize) -> Option<(usize, Option<Class>)> {
    const CLASSES: [Class; 4] = [Class::Person, Class::Troop, Class::Count, Class::None];
    let upos = |n: usize| doc.token(TokenId(first + n as u32)).upos;
    let skipped = words.get(from).filter(|w| ["the", "its", "their", "his", "her", "all", "a", "our"].iter().any(|d| w.is(d)));
    let from = from + usize::from(skipped.is_some());
    let tagged = (from..words.len().min(from + REACH)).any(|n| !matches!(upos(n), Upos::X | Upos::Punct | Upos::Sym));
    let mut best = None;
    for n in from..words.len().min(from + REACH) {
        let row = tables::at(words, n, &CLASSES);
        let runs = match upos(n) {
            _ if words[n].is_dash() && words[n].glued => true,
            Upos::Noun | Upos::Propn => true,
            Upos::Adj | Upos::Num if words[n].begins_with_digit() => false,
            Upos::Adj => true,
            Upos::Verb => {
                words[n].lower.ends_with("ed") && words.get(n + 1).is_some_and(|_| matches!(upos(n + 1), Upos::Noun | Upos::Adj))
            }
            Upos::Adv => words[n].lower.ends_with("ly"),
            Upos::X if !tagged => {
                words[n].lower.starts_with(char::is_alphabetic)
                    && !facts::closes(&words[n])
                    && !BEGINS.iter().any(|w| words[n].is(w))
            }
            Upos::Part => words[n].lower.starts_with(['\'', '\u{2019}']),
            _ => row.is_some(),
        };
        if !runs {
            break;
        }
        // What a genitive owns goes on: "the country's 46 million".
        let is_noun = matches!(upos(n), Upos::Noun | Upos::Propn) || row.is_some() || !tagged;
        if is_noun {
            best = Some((n + row.map_or(0, |r| r.len() - 1), row.map(|r| r.class)));
            let owns = words.get(n + 1).is_some_and(|w| w.glued && w.lower.starts_with(['\'', '\u{2019}']));
            // Behind a noun of the tables come words of the next phrase where the tags are wrong ("12 people dead").
            if row.is_some() && !owns && !words.get(n + 1).is_some_and(|_| matches!(upos(n + 1), Upos::Noun)) {
                break;
            }
        }
        if !tagged && row.is_none() && words[n].lower.ends_with('s') {
            return Some((n, None));
        }
    }
    best
}

/// The singular of a regular plural.
fn singular(lower: &str) -> CompactString {
    match lower.strip_suffix("ies") {
        Some(stem) => format_compact!("{stem}y"),
        None => lower.strip_suffix('s').unwrap_or(lower).into(),
    }
}

/// How many of a document's actors are asked for the country of a currency: a report names its country early.
const FIRST: usize = 100;

/// The currency of a word that several countries use: of the one that the sentence names, or else the document, or else the first
/// where the row names one before all.
fn currency(scene: &Scene<'_>, sentence: &Sentence, value: &'static str) -> CompactString {
    let doc = scene.doc;
    let pairs = || value.split(' ').filter_map(|pair| pair.split_once(':'));
    let of = |code: &str| pairs().find(|(_, country)| *country == code).map(|(iso, _)| iso);
    let actors = |range: Range<usize>| doc.actors[range].iter().filter_map(|a| of(&a.actor.code.as_ref()?.0));
    let places = |range: Range<usize>| doc.places[range].iter().filter_map(|p| of(&p.place.country.0));
    let in_sentence = || {
        let actor = |token: u32| doc.actors.partition_point(|a| a.head.0 < token);
        let place = |token: u32| doc.places.partition_point(|p| p.head.0 < token);
        let tokens = &sentence.tokens;
        actors(actor(tokens.start)..actor(tokens.end)).chain(places(place(tokens.start)..place(tokens.end)))
    };
    let found = in_sentence().next().or_else(|| actors(0..doc.actors.len().min(FIRST)).next());
    let leading = value.split([' ', ':']).next().unwrap_or(value);
    found.unwrap_or(leading).into()
}

/// Whether a word is part of an expression of time.
fn is_time(scene: &Scene<'_>, sentence: &Sentence, words: &[Word], word: usize) -> bool {
    dates_of(scene, sentence).any(|span| span.overlaps(words[word].span))
}

fn is_dated(scene: &Scene<'_>, sentence: &Sentence, words: &[Word], number: &Number) -> bool {
    let core = words[number.core.start].span.cover(words[number.core.end - 1].span);
    let year = number.bare && words[number.core.start].lower.len() == 4 && (1800.0..2100.0).contains(&number.quantity.value);
    // "1,978 ships" have a separator; "2018 attack" is a year also where nothing else was read as a date.
    let people = tables::at(words, number.core.end, &[Class::Person, Class::Troop, Class::Count]).is_some();
    let clock =
        words.get(number.core.end).is_some_and(|w| ["a.m.", "p.m.", "am", "pm", "gmt", "o'clock"].iter().any(|c| w.is(c)));
    clock || year && !people || dates_of(scene, sentence).any(|span| span.overlaps(core)) && number.unit.is_none()
}

/// The expressions of time of a sentence. Those of a document stand in the order of the text.
pub(super) fn dates_of<'a>(scene: &Scene<'a>, sentence: &Sentence) -> impl Iterator<Item = Span> + use<'a> {
    let from = scene.dates.partition_point(|d| d.span.end <= sentence.span.start);
    let to = scene.dates.partition_point(|d| d.span.start < sentence.span.end);
    scene.dates[from..to.max(from)].iter().map(|d| d.span)
}

/// "Boeing 737", "Resolution 1701", "Group of 20", "MiG-29", "45 Rue de la Paix".
fn is_name(doc: &Document<'_>, sentence: &Sentence, words: &[Word], number: &Number) -> bool {
    let (start, end) = (number.words.start, number.words.end);
    let before = |back: usize| start.checked_sub(back).map(|n| &words[n]);
    let upos = |word: usize| doc.token(TokenId(sentence.tokens.start + word as u32)).upos;
    // Joined to a word before it: "MiG-29", "Covid-19".
    if before(1).is_some_and(|w| w.is_dash() && w.glued) && words[start].glued && start >= 2 {
        return true;
    }
    let plain = number.unit.is_none() && number.quantity.hedge.is_none() && number.quantity.low == number.quantity.high;
    if !plain {
        return false;
    }
    let next_capital = words.get(end).is_some_and(|w| w.capital && upos(end) == Upos::Propn && !w.lower.ends_with('s'));
    let ends_there =
        words.get(end + 1).is_none_or(|w| w.capital || !w.lower.starts_with(char::is_alphabetic) || upos(end + 1) == Upos::Adp);
    // "221 Baker Street": names behind it, and no noun in small letters.
    let names = (end..words.len()).take_while(|&n| words[n].capital && upos(n) == Upos::Propn).count();
    let street = names >= 2 && (end..end + names).all(|n| doc.actor_at(TokenId(sentence.tokens.start + n as u32)).is_none());
    let untagged = upos(end.min(words.len() - 1)) == Upos::X && (0..2).all(|n| words.get(end + n).is_some_and(|w| w.capital));
    if number.bare && (next_capital && ends_there || street || untagged) {
        return true;
    }
    let label = |word: &Word, at: usize| {
        let noun = matches!(upos(at), Upos::Propn) && word.capital && at > 0
            || word.capital && tables::at(words, at, &[Class::Label]).is_some();
        noun || tables::at(words, at, &[Class::Label]).is_some_and(|_| number.bare)
    };
    let counts = words.get(end).is_some_and(|w| !w.capital && matches!(upos(end), Upos::Noun | Upos::Adj));
    if let Some(word) = before(1) {
        if label(word, start - 1)
            && number.core.len() == 1
            && !(counts && tables::at(words, start - 1, &[Class::Label]).is_none())
        {
            return number.bare || word.capital;
        }
        if word.is("of") && before(2).is_some_and(|w| w.capital) && start > 2 && (number.bare || !counts) {
            return true;
        }
        if matches!(word.lower.as_str(), "#" | "+" | "\u{2116}") {
            return true;
        }
    }
    false
}

/// "a soldier of 19", "a mother of three": the age of one person, or the number of their children; but not "a crowd of 300".
fn is_of_one(doc: &Document<'_>, sentence: &Sentence, words: &[Word], number: &Number) -> bool {
    let (start, end) = (number.words.start, number.words.end);
    let plain = number.unit.is_none() && number.quantity.hedge.is_none() && number.quantity.value < 120.0;
    if !plain || start < 3 || !words[start - 1].is("of") {
        return false;
    }
    let token = |word: usize| TokenId(sentence.tokens.start + word as u32);
    // What is counted may stand behind it: "a leader of 40 rebels".
    if words.get(end).is_some_and(|_| matches!(doc.token(token(end)).upos, Upos::Noun | Upos::Propn | Upos::Adj)) {
        return false;
    }
    let (noun, person) = (&words[start - 2], token(start - 2));
    let one = (start.saturating_sub(6)..start - 2).any(|n| ["a", "an", "one", "another"].iter().any(|w| words[n].is(w)));
    let many = noun.lower.ends_with('s') || noun.lower.ends_with("men") || noun.is("people") || noun.is("personnel");
    let is = |classes: &[Class]| tables::at(words, start - 2, classes).is_some();
    let named = || doc.mention_at(person).is_some_and(|m| doc.mentions[m.index()].kind == EntityType::Person);
    // A staff is a crowd, though its number counts people.
    one && !many && !is(&[Class::Crowd]) && (is(&[Class::Person, Class::Troop]) || named())
}

/// ", 58,", "aged 19 and 24", "at 34".
fn is_age(words: &[Word], number: &Number) -> bool {
    let (start, end) = (number.words.start, number.words.end);
    let is = |at: Option<usize>, text: &[&str]| at.and_then(|n| words.get(n)).is_some_and(|w| text.iter().any(|t| w.is(t)));
    let aged = |at: usize| is(at.checked_sub(1), &["aged", "age", "ages"]);
    let apposed = is(start.checked_sub(1), &[",", "("]) && is(Some(end), &[",", ")", ".", ";"]);
    let small = number.quantity.value < 120.0 && number.unit.is_none();
    // Digits between commas are no age where they go on a list of numbers ("12, 15, and 18").
    let listed = start >= 2 && words[start - 2].begins_with_digit();
    small
        && (aged(start) || apposed && !listed || is(start.checked_sub(1), &["and", "or", "to"]) && start >= 3 && aged(start - 2))
}
