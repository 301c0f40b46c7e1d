//! Sentence boundaries: every gap between two tokens is scored by a linear model over hashed features,
//! and a short list of rules for edited news has the last word.

use demarche_types::Span;

use super::chars::{Look, mix};
use super::model::{Model, word_hash};
use super::rules::Words;
use super::tokens::{Joint, Piece};

/// Most words a sentence may have; a longer stretch is cut at its best-scored gap.
pub const MAX_WORDS: usize = 250;
/// Closing quotes and brackets that a boundary may stand behind.
const MAX_CLOSERS: usize = 4;

/// Numbers of MD, VBD, VBP and VBZ among the classes of the lexicon, as `training/segment.py` orders them.
const FINITE_CLASSES: [u8; 4] = [10, 26, 29, 30];
/// Class of a symbol without a mark; the mark is added.
const SYMBOL_CLASS: u8 = 100;
/// How far back a repeated word is looked for.
const REPEAT: usize = 12;

/// What a token does at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Mark {
    /// A word, number or symbol.
    None = 0,
    /// A period of its own.
    Period = 1,
    /// Question and exclamation marks.
    Bang = 2,
    /// An ellipsis.
    Dots = 3,
    Colon = 4,
    Semicolon = 5,
    Comma = 6,
    Dash = 7,
    /// A quotation mark that closes.
    CloseQuote = 8,
    CloseBracket = 9,
    /// An opening quotation mark or bracket.
    Opener = 10,
    /// A straight quotation mark that stands free on both sides.
    Quote = 11,
    /// A word that ends in a period ("U.S.", "Mr.", "a.m.").
    Abbreviation = 12,
    /// Any other symbol.
    Symbol = 13,
}

impl Mark {
    /// Whether the mark ends sentences wherever it stands.
    pub(super) fn is_strong(self) -> bool {
        matches!(self, Self::Period | Self::Bang | Self::Dots)
    }

    /// Whether the mark is a closing quotation mark or bracket.
    pub(super) fn closes(self) -> bool {
        matches!(self, Self::CloseQuote | Self::CloseBracket)
    }
}

/// A surface token as the sentence stage sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    /// Hash of the folded text.
    pub(super) word: u64,
    /// Word class: from the lexicon, or guessed from the ending.
    pub(super) class: u8,
    pub(super) look: Look,
    pub(super) mark: Mark,
    pub(super) joint: Joint,
    /// Index of its first piece.
    pub(super) piece: u32,
    /// Whether the lexicon knows it as a finite verb form.
    finite: bool,
}

impl Item {
    /// Whether it is a quotation mark that closes.
    pub(super) fn is_quote(&self) -> bool {
        self.mark == Mark::CloseQuote
    }
}

const NO_ITEM: Item = Item {
    span: Span { start: 0, end: 0 },
    word: 1,
    class: 0,
    look: Look::None,
    mark: Mark::None,
    joint: Joint::Paragraph,
    piece: 0,
    finite: false,
};

/// Buffers of the sentence stage, kept between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct SentenceScratch {
    items: Vec<Item>,
    states: Vec<State>,
    scores: Vec<i32>,
    features: Vec<u32>,
}

/// What is known of the text before a gap, within the paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Tokens since the last strong mark, and to the next.
    since: u32,
    until: u32,
    /// Finite verbs since the last strong mark, and to the next.
    verbs_since: u32,
    verbs_until: u32,
    quoted: bool,
    depth: u8,
}

/// Finds the boundaries. `ends` receives, for every sentence, the index one past its last piece.
/// `on_gap` is told of every scored gap: the byte offset where the token before it ends, and features.
pub(super) fn split(
    (model, words): (&Model, &Words),
    text: &str,
    pieces: &[Piece],
    scratch: &mut SentenceScratch,
    ends: &mut Vec<u32>,
    mut on_gap: impl FnMut(u32, &[u32]),
) {
    ends.clear();
    let SentenceScratch { items, states, scores, features } = scratch;
    make_items(model, text, pieces, items);
    scores.clear();
    scores.resize(items.len(), 0);
    let mut begin = 0;
    while begin < items.len() {
        let length = items[begin + 1..].iter().take_while(|item| item.joint != Joint::Paragraph).count() + 1;
        let paragraph = &items[begin..begin + length];
        let style = survey(paragraph, states);
        let mut first = 0;
        for gap in 0..length {
            let last = gap + 1 == length;
            let mut ends_here = last;
            if !last {
                features.clear();
                gap_features(paragraph, states, style, gap, |hash| features.push(model.sentence_index(hash)));
                on_gap(paragraph[gap].span.end, features);
                let score = model.score_sentence(features);
                scores[begin + gap] = score;
                ends_here = words.verdict(text, paragraph, gap).unwrap_or(score > 0);
            }
            if ends_here {
                let end_piece = items.get(begin + gap + 1).map_or(pieces.len() as u32, |item| item.piece);
                cut_long(&items[begin + first..=begin + gap], &scores[begin + first..=begin + gap], end_piece, ends);
                ends.push(end_piece);
                first = gap + 1;
            }
        }
        begin += length;
    }
}

/// The mark that a gap stands behind, closing quotes and brackets passed over, how many those are, and
/// the index of the mark.
pub(super) fn stop_before(items: &[Item], gap: usize) -> (Mark, usize, usize) {
    let mut at = gap;
    let mut closers = 0;
    while closers < MAX_CLOSERS && at > 0 && items[at].mark.closes() {
        at -= 1;
        closers += 1;
    }
    (items[at].mark, closers, at)
}

/// Cuts a sentence that is too long at its best-scored gaps, so that no part exceeds [`MAX_WORDS`].
fn cut_long(items: &[Item], scores: &[i32], end_piece: u32, ends: &mut Vec<u32>) {
    let mut first = 0;
    loop {
        let from = items[first].piece;
        if (end_piece - from) as usize <= MAX_WORDS {
            return;
        }
        let mut best: Option<(i32, usize)> = None;
        for at in first + 1..items.len() {
            let words = (items[at].piece - from) as usize;
            if words > MAX_WORDS {
                break;
            }
            let score = scores[at - 1];
            if best.is_none_or(|(found, _)| score > found || words < MAX_WORDS / 2) {
                best = Some((score, at));
            }
        }
        let Some((_, at)) = best else { return };
        ends.push(items[at].piece);
        first = at;
    }
}

/// Groups pieces into surface tokens and looks each up.
fn make_items(model: &Model, text: &str, pieces: &[Piece], items: &mut Vec<Item>) {
    items.clear();
    let mut index = 0;
    while index < pieces.len() {
        let first = pieces[index];
        let mut end = first.span.end;
        let piece = index as u32;
        index += 1;
        while pieces.get(index).is_some_and(|next| next.joint == Joint::Word) {
            end = pieces[index].span.end;
            index += 1;
        }
        let span = Span { start: first.span.start, end };
        let word = span.of(text);
        let hash = word_hash(word);
        let mut look = Look::of(word);
        let next_joint = pieces.get(index).map_or(Joint::Paragraph, |next| next.joint);
        let mark = mark_of(word, look, first.joint, next_joint);
        if mark == Mark::Abbreviation && look == Look::Symbol {
            look = Look::Lower;
        }
        let known = if end == first.span.end { model.class(hash) } else { model.class(word_hash(first.span.of(text))) };
        let class = match known {
            Some(class) => class,
            None if look == Look::Symbol => SYMBOL_CLASS + mark as u8,
            None => guess_class(word, look),
        };
        let finite = known.is_some_and(|class| FINITE_CLASSES.contains(&class));
        items.push(Item { span, word: hash, class, look, mark, joint: first.joint, piece, finite });
    }
}

/// A class for a word that the lexicon does not hold, by its ending and case.
fn guess_class(word: &str, look: Look) -> u8 {
    const ENDINGS: [&str; 16] =
        ["ing", "ed", "ly", "tion", "ness", "ment", "ity", "ers", "ous", "ful", "able", "al", "er", "est", "s", "y"];
    let base = match look {
        Look::Digit => return 60,
        Look::Initial => return 61,
        Look::Upper => return 62,
        Look::Other => return 63,
        Look::Capital => 82,
        _ => 64,
    };
    base + ENDINGS.iter().position(|ending| word.ends_with(ending)).map_or(0, |at| at as u8 + 1)
}

/// What a token does, from its characters and from the spaces around it.
fn mark_of(word: &str, look: Look, before: Joint, after: Joint) -> Mark {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return Mark::None };
    if look != Look::Symbol {
        return if word.ends_with('.') { Mark::Abbreviation } else { Mark::None };
    }
    let single = chars.next().is_none();
    match first {
        '.' if single => Mark::Period,
        '.' if word.bytes().all(|b| b == b'.') => Mark::Dots,
        '\u{2026}' => Mark::Dots,
        '!' | '?' => Mark::Bang,
        '.' => Mark::Symbol,
        ':' if single => Mark::Colon,
        ';' if single => Mark::Semicolon,
        ',' if single => Mark::Comma,
        '-' | '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2012}' => Mark::Dash,
        ')' | ']' | '}' => Mark::CloseBracket,
        '(' | '[' | '{' => Mark::Opener,
        '\u{201D}' | '\u{2019}' | '\u{BB}' => Mark::CloseQuote,
        '\u{201C}' | '\u{2018}' | '\u{AB}' | '\u{201E}' => Mark::Opener,
        '"' | '\'' | '`' => match (before >= Joint::Space, after >= Joint::Space) {
            (false, true) => Mark::CloseQuote,
            (true, false) => Mark::Opener,
            (false, false) => Mark::CloseQuote,
            (true, true) => Mark::Quote,
        },
        _ => Mark::Symbol,
    }
}

/// Numbers grouped so that near ones differ and far ones do not.
fn bucket(value: u32) -> u64 {
    match value {
        0..=4 => u64::from(value),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        36..=60 => 10,
        _ => 11,
    }
}

/// Goes over a paragraph once in each direction. Returns its style: how it ends and how dense its marks are.
fn survey(items: &[Item], states: &mut Vec<State>) -> [u64; 2] {
    states.clear();
    let (mut since, mut verbs, mut quoted, mut depth) = (0u32, 0u32, false, 0u8);
    let (mut strong, mut capitals) = (0u32, 0u32);
    for item in items {
        since += 1;
        verbs += u32::from(item.finite);
        if item.mark.is_strong() {
            (since, verbs) = (0, 0);
            strong += 1;
        }
        capitals += u32::from(item.look.is_capitalised());
        match item.mark {
            Mark::Quote => quoted = !quoted,
            Mark::Opener => depth = depth.saturating_add(1),
            Mark::CloseQuote | Mark::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        states.push(State { since, verbs_since: verbs, quoted, depth, until: 0, verbs_until: 0 });
    }
    let (mut until, mut verbs_until) = (0u32, 0u32);
    for (item, state) in items.iter().zip(states.iter_mut()).rev() {
        (state.until, state.verbs_until) = (until, verbs_until);
        if item.mark.is_strong() {
            (until, verbs_until) = (0, 0);
        }
        until += 1;
        verbs_until += u32::from(item.finite);
    }
    let count = items.len() as u32;
    let ends_strong = stop_before(items, items.len() - 1).0.is_strong();
    let density = bucket(count / (strong + 1));
    let style = u64::from(ends_strong) | density << 1 | u64::from(capitals * 8 / count) << 8;
    [style, u64::from(ends_strong) | bucket(count) << 4]
}

/// Emits the features of a gap. The order and the numbers are part of the weights file's meaning.
fn gap_features(items: &[Item], states: &[State], style: [u64; 2], gap: usize, mut emit: impl FnMut(u64)) {
    let left = |back: usize| gap.checked_sub(back).map_or(&NO_ITEM, |at| &items[at]);
    let right = |ahead: usize| items.get(gap + ahead).unwrap_or(&NO_ITEM);
    let (l1, l2, l3) = (left(0), left(1), left(2));
    let (r1, r2, r3) = (right(1), right(2), right(3));
    let p = |item: &Item| u64::from(item.class);
    let s = |item: &Item| item.look as u64 | (item.mark as u64) << 4;
    let state = states[gap];
    let (stop, closers, at) = stop_before(items, gap);
    let stop = stop as u64 | (closers as u64) << 4;
    let before = at.checked_sub(1).map_or(&NO_ITEM, |at| &items[at]);
    let joint = u64::from(r1.joint >= Joint::Space);
    let edge = stop | joint << 8 | (r1.look as u64) << 9 | (r1.mark as u64) << 13;
    let (since, until) = (bucket(state.since), bucket(state.until));
    let inside = u64::from(state.quoted) | u64::from(state.depth.min(2)) << 1;
    let verbs = u64::from(state.verbs_since.min(2)) | u64::from(state.verbs_until.min(2)) << 2;
    let from_start = bucket(gap as u32 + 1);
    let to_end = bucket((items.len() - gap - 1) as u32);

    // A word that came shortly before often begins a line of a list again.
    let repeated = (0..REPEAT).position(|back| left(back).word == r1.word).map_or(0, |at| at as u64 + 1);
    let capitals_left = (0..4).take_while(|&back| left(back).look.is_capitalised()).count() as u64;
    let capitals_right = (1..5).take_while(|&ahead| right(ahead).look.is_capitalised()).count() as u64;
    let names = capitals_left << 3 | capitals_right;

    let mut template = 0u64;
    let mut put = |values: &[u64]| {
        template += 1;
        emit(values.iter().fold(mix(template, 0x5E_67), |hash, &value| mix(hash, value)));
    };
    put(&[edge]);
    put(&[edge, inside]);
    put(&[edge, style[0]]);
    put(&[edge, style[1]]);
    put(&[edge, verbs]);
    put(&[edge, since]);
    put(&[edge, until]);
    put(&[edge, since, until, verbs]);
    put(&[edge, from_start, to_end]);
    put(&[edge, before.word]);
    put(&[edge, p(before), before.look as u64]);
    put(&[edge, before.word, r1.word]);
    put(&[edge, p(r1), p(r2)]);
    put(&[edge, p(l1), p(r1)]);
    put(&[edge, r1.word]);
    put(&[edge, r1.word, inside]);
    put(&[edge, r1.word, verbs]);
    put(&[edge, r1.word, p(r2)]);
    put(&[l1.word, joint]);
    put(&[l1.word, r1.look as u64]);
    put(&[r1.word, s(r1)]);
    put(&[r1.word, s(r1), s(l1)]);
    put(&[l1.word, r1.word]);
    put(&[l2.word, l1.word]);
    put(&[l2.word, l1.word, r1.look as u64]);
    put(&[r1.word, r2.word]);
    put(&[r1.word, r2.word, s(r1), s(l1)]);
    put(&[p(l1), r1.word, s(r1)]);
    put(&[l1.word, p(r1), s(r1)]);
    put(&[p(l1), p(r1), s(l1), s(r1)]);
    put(&[p(l2), p(l1), p(r1), s(r1)]);
    put(&[p(l1), p(r1), p(r2), s(r1)]);
    put(&[p(l2), p(l1), p(r1), p(r2), s(r1)]);
    put(&[p(r1), p(r2), p(r3), s(r1)]);
    put(&[p(l3), p(l2), p(l1), s(r1)]);
    put(&[s(l2), s(l1), s(r1), s(r2)]);
    put(&[s(l3), s(l2), s(l1), s(r1), s(r2), s(r3)]);
    put(&[p(l1), s(l1), s(r1), style[0]]);
    put(&[s(l1), s(r1), s(r2), style[1], verbs]);
    put(&[p(l1), p(r1), verbs, s(r1)]);
    put(&[p(l1), p(r1), since, s(r1)]);
    put(&[s(l1), s(r1), from_start, style[0] & 0x1F]);
    put(&[l1.word, from_start, s(r1)]);
    put(&[r1.word, to_end, s(l1)]);
    put(&[repeated, s(l1), s(r1)]);
    put(&[names, s(l1), s(r1)]);
    put(&[names, p(l1), p(r1), joint]);
    put(&[names, since, stop, s(r1)]);
    put(&[p(r1), p(r2), p(r3), p(right(4)), s(l1)]);
    put(&[s(r1), r2.word, s(l1)]);
    put(&[l2.word, s(l1), r1.word]);
}
