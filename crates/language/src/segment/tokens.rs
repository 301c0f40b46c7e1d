//! Chunks between spaces, taken apart into words by the conventions of UD English.
//!
//! Every place inside a chunk where a boundary is possible is scored by a linear model over hashed
//! features: no boundary, a boundary between tokens ("end" + "."), or one between the words of a
//! multiword token ("do" + "n't"). Work per place is bounded, so a chunk of any length costs linear time.

use demarche_types::Span;

use super::chars::{END, Look, START, fold, is_extender, is_letter, is_space, mix, shape};
use super::model::{Model, word_hash};
use super::rules::Words;
use super::shield;

/// Characters of a piece that a feature looks at.
const REACH: usize = 20;
/// Most words of one multiword token ("I'd've" has three).
const MOST_WORDS: usize = 5;
/// A score that no sum of weights outdoes.
const RULED: i32 = 1 << 20;
/// Padding on either side of a chunk, so that windows need no checks.
const PAD: usize = 4;

/// What stands between a piece and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// Nothing: both are words of one multiword token.
    Word,
    /// Nothing: a new token begins.
    Token,
    /// White space within a line, or a line break that only wraps the line.
    Space,
    /// A line break that somebody set on purpose.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// A word with what precedes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) joint: Joint,
}

/// A stretch of text without white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub(super) span: Span,
    pub(super) joint: Joint,
}

/// Buffers of the token stage, kept between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenScratch {
    chunks: Vec<Chunk>,
    line_ends: Vec<(u32, u32)>,
    folded: Vec<char>,
    shapes: Vec<char>,
    starts: Vec<u32>,
    suffixes: Vec<u64>,
    features: Vec<u32>,
    marks: Vec<Scored>,
}

/// A scored place of the chunk at hand.
#[derive(Clone, Copy, Debug)]
struct Scored {
    place: usize,
    token: i32,
    inner: i32,
}

/// Splits `text` into words, calling `on_place` for every scored place with its byte offset and features.
pub(super) fn tokenise(
    (model, words): (&Model, &Words),
    text: &str,
    scratch: &mut TokenScratch,
    pieces: &mut Vec<Piece>,
    mut on_place: impl FnMut(u32, &[u32]),
) {
    pieces.clear();
    let mut chunks = std::mem::take(&mut scratch.chunks);
    find_chunks(text, &mut chunks, &mut scratch.line_ends);
    for (index, &chunk) in chunks.iter().enumerate() {
        let word = chunk.span.of(text);
        if word.bytes().all(|b| b.is_ascii_alphabetic()) && (word.len() > 12 || model.split_of(word_hash(word)).is_none()) {
            pieces.push(Piece { span: chunk.span, joint: chunk.joint });
            continue;
        }
        let before = index.checked_sub(1).map(|at| chunks[at]);
        let around = Around::new(model, text, before, chunks.get(index + 1).copied(), chunk.joint == Joint::Paragraph);
        split_chunk((model, words), text, chunk, around, scratch, pieces, &mut on_place);
    }
    scratch.chunks = chunks;
}

/// What a chunk's neighbours tell about it.
#[derive(Clone, Copy)]
struct Around {
    previous: u64,
    next: u64,
    next_shape: u64,
    previous_look: Look,
    /// Look of the next chunk of the paragraph.
    next_look: Look,
    /// Word classes of the neighbours, as the lexicon has them.
    classes: [u64; 2],
}

impl Around {
    fn new(model: &Model, text: &str, before: Option<Chunk>, after: Option<Chunk>, at_paragraph: bool) -> Self {
        let after = after.filter(|chunk| chunk.joint < Joint::Paragraph).map(|chunk| chunk.span.of(text));
        let before = before.filter(|_| !at_paragraph);
        let previous = before.map_or(0, |chunk| word_hash(chunk.span.of(text)));
        let next = after.map_or(0, |word| word_hash(word.trim_end_matches(['.', ',', '!', '?', ':', ';'])));
        let class = |hash| model.class(hash).map_or(0, u64::from);
        Self {
            previous,
            next,
            previous_look: before.map_or(Look::None, |chunk| Look::of(chunk.span.of(text))),
            next_look: after.map_or(Look::None, Look::of),
            classes: [class(previous), class(next)],
            next_shape: after.and_then(|word| word.chars().next()).map_or(1, |c| u64::from(u32::from(shape(c)))),
        }
    }
}

/// Finds the chunks and what stands before each. A line break counts as set on purpose when the next word
/// would have fitted on the line, judged by the longest line of the paragraph.
fn find_chunks(text: &str, chunks: &mut Vec<Chunk>, line_ends: &mut Vec<(u32, u32)>) {
    chunks.clear();
    line_ends.clear();
    let (mut start, mut newlines, mut spaced) = (None, 2usize, true);
    let (mut line_start, mut longest, mut paragraph) = (0usize, 0usize, 0usize);
    for (at, c) in text.char_indices() {
        if !is_space(c) {
            if start.is_none() {
                start = Some(at);
                if newlines > 1 {
                    mark_lines(chunks, line_ends, paragraph, longest);
                    (line_start, longest, paragraph) = (at, 0, chunks.len());
                } else if newlines == 1 {
                    let width = chunks.last().map_or(0, |last: &Chunk| (last.span.end as usize).saturating_sub(line_start));
                    line_ends.push((chunks.len() as u32, width as u32));
                    longest = longest.max(width);
                    line_start = at;
                }
            }
            spaced = false;
            continue;
        }
        if let Some(begin) = start.take() {
            chunks.push(Chunk { span: Span::new(begin, at), joint: joint_of(newlines) });
        }
        if !spaced {
            (newlines, spaced) = (0, true);
        }
        newlines += usize::from(matches!(c, '\n' | '\u{2028}')) + 2 * usize::from(c == '\u{2029}' || c == '\u{C}');
    }
    if let Some(begin) = start {
        chunks.push(Chunk { span: Span::new(begin, text.len()), joint: joint_of(newlines) });
    }
    let width = chunks.last().map_or(0, |last| (last.span.end as usize).saturating_sub(line_start));
    mark_lines(chunks, line_ends, paragraph, longest.max(width));
}

fn joint_of(newlines: usize) -> Joint {
    if newlines > 1 { Joint::Paragraph } else { Joint::Space }
}

/// Marks the line breaks of one paragraph that were set on purpose.
fn mark_lines(chunks: &mut [Chunk], line_ends: &mut Vec<(u32, u32)>, paragraph: usize, longest: usize) {
    for (index, width) in line_ends.drain(..) {
        let index = index as usize;
        if index > paragraph && index < chunks.len() && width as usize + 1 + chunks[index].span.len() <= longest {
            chunks[index].joint = Joint::Line;
        }
    }
}

/// Kind of character for runs: letters together, digits together, anything else on its own.
fn same_run(a: char, b: char) -> bool {
    (is_letter(a) && is_letter(b)) || (a == '0' && b == '0')
}

/// Takes one chunk apart.
fn split_chunk(
    (model, words): (&Model, &Words),
    text: &str,
    chunk: Chunk,
    around: Around,
    scratch: &mut TokenScratch,
    pieces: &mut Vec<Piece>,
    on_place: &mut impl FnMut(u32, &[u32]),
) {
    let word = chunk.span.of(text);
    let TokenScratch { folded, shapes, starts, suffixes, features, marks, .. } = scratch;
    for buffer in [&mut *folded, &mut *shapes] {
        buffer.clear();
        buffer.extend([START; PAD]);
    }
    starts.clear();
    for (at, c) in word.char_indices() {
        folded.push(fold(c));
        shapes.push(shape(c));
        starts.push(chunk.span.start + at as u32);
    }
    folded.extend([END; PAD]);
    shapes.extend([END; PAD]);
    let count = starts.len();
    let lexical = if count <= 12 { model.split_of(word_hash(word)) } else { None };
    let view = View::new(folded, shapes, suffixes, count, around);

    marks.clear();
    let shield = shield::of(&folded[PAD..PAD + count]);
    for place in 1..count {
        if !view.is_candidate(place, lexical) || (shield.start < place && place < shield.end) {
            continue;
        }
        if let Some(token) = view.ruled(place, words, word, starts) {
            marks.push(Scored { place, token: if token { RULED } else { -RULED }, inner: -RULED });
            continue;
        }
        features.clear();
        view.features(place, lexical == Some(place), |hash| features.push(model.token_index(hash)));
        on_place(starts[place], features);
        let [token, inner] = model.score_token(features);
        marks.push(Scored { place, token, inner });
    }
    view.agree(marks);

    let (mut begin, mut joint, mut inner) = (chunk.span.start, chunk.joint, 0);
    for mark in marks {
        if mark.token.max(mark.inner) > 0 {
            let offset = starts[mark.place];
            pieces.push(Piece { span: Span { start: begin, end: offset }, joint });
            inner = if mark.inner > mark.token && inner + 1 < MOST_WORDS { inner + 1 } else { 0 };
            (begin, joint) = (offset, if inner > 0 { Joint::Word } else { Joint::Token });
        }
    }
    pieces.push(Piece { span: Span { start: begin, end: chunk.span.end }, joint });
}

/// A chunk prepared for feature extraction. Index `PAD + i` of the padded arrays is character `i`.
struct View<'a> {
    folded: &'a [char],
    shapes: &'a [char],
    /// Hash of the characters from here to the end, for the last [`REACH`] of them.
    suffixes: &'a [u64],
    count: usize,
    whole: u64,
    /// Number of characters at the start and end that are neither letters nor digits.
    left_symbols: usize,
    right_symbols: usize,
    /// Address, at-sign, and how many of each separator the chunk has.
    flags: u64,
    around: Around,
}

impl<'a> View<'a> {
    fn new(folded: &'a [char], shapes: &'a [char], suffixes: &'a mut Vec<u64>, count: usize, around: Around) -> Self {
        suffixes.clear();
        suffixes.resize(count.min(REACH) + 1, 7);
        let mut hash = 7;
        for back in 0..count.min(REACH) {
            hash = mix(hash, code(folded[PAD + count - 1 - back]));
            suffixes[back + 1] = hash;
        }
        let inner = &shapes[PAD..PAD + count];
        let is_symbol = |&c: &char| !is_letter(c) && c != '0';
        let left_symbols = inner.iter().take_while(|c| is_symbol(c)).count();
        let right_symbols = inner.iter().rev().take_while(|c| is_symbol(c)).count();
        let seen = |c: char| inner.iter().filter(|&&found| found == c).count().min(3) as u64;
        let scheme = inner.windows(3).any(|w| w == [':', '/', '/']);
        let www = folded[PAD..].starts_with(&['w', 'w', 'w', '.']);
        let at_sign = inner.iter().skip(1).any(|&c| c == '@');
        let (dashes, dots, slashes) = (seen('-'), seen('.'), seen('/'));
        let flags = u64::from(scheme || www) | u64::from(at_sign) << 1 | dashes << 2 | dots << 4 | slashes << 6;
        Self { folded, shapes, suffixes, count, whole: hash, left_symbols, right_symbols, flags, around }
    }

    /// Whether a boundary may stand before character `place`.
    fn is_candidate(&self, place: usize, lexical: Option<usize>) -> bool {
        let (a, b) = (self.shapes[PAD + place - 1], self.shapes[PAD + place]);
        if is_letter(a) && is_letter(b) {
            let negation = self.folded[PAD + place..].starts_with(&['n', '\'', 't']);
            return negation || lexical == Some(place);
        }
        (a != '0' || b != '0') && !is_extender(b) && a != '\u{200D}'
    }

    /// What the rules say of a place: whether a token begins there, or nothing.
    fn ruled(&self, place: usize, words: &Words, word: &str, starts: &[u32]) -> Option<bool> {
        let (before, after) = (self.folded[PAD + place - 1], self.folded[PAD + place]);
        if before == '"' || after == '"' {
            return Some(true);
        }
        if place == 1 && before == '\'' && self.shapes[PAD + 1] == 'A' && self.count > 2 {
            return Some(true);
        }
        if after != '.' || before == '.' {
            return None;
        }
        let rest = &self.shapes[PAD + place + 1..PAD + self.count];
        let is_last = rest.is_empty();
        let compound = rest.first() == Some(&'-') && rest.get(1).is_some_and(|&c| is_letter(c));
        if !is_last && !compound {
            return None;
        }
        // The word begins after the opening punctuation of the chunk.
        let offset = |at: usize| (starts[at] - starts[0]) as usize;
        let owner = word.get(offset(self.left_symbols.min(place))..offset(place)).filter(|owner| !owner.is_empty())?;
        let next = if is_last { self.around.next_look } else { Look::Lower };
        words.owns_period(owner, self.around.previous_look, next).map(|owns| !owns)
    }

    /// Makes both sides of a hyphen or slash inside a word take the same decision ("long", "-", "term" or
    /// "e-mail", never "e-" and "mail").
    fn agree(&self, marks: &mut [Scored]) {
        for index in 1..marks.len() {
            let (before, after) = (marks[index - 1], marks[index]);
            let infix = self.folded[PAD + before.place];
            let is_word = |place: usize| {
                let found = self.shapes[PAD + place];
                is_letter(found) || found == '0'
            };
            if before.place + 1 == after.place
                && matches!(infix, '-' | '/' | '\u{2013}')
                && is_word(before.place - 1)
                && is_word(after.place)
                && before.inner.max(after.inner) <= 0
            {
                let sum = before.token + after.token;
                (marks[index - 1].token, marks[index].token) = (sum, sum);
            }
        }
    }

    /// Hash and length of the run that ends before `place`, at most [`REACH`] characters of it.
    fn run_before(&self, place: usize) -> (u64, u64) {
        let (mut hash, mut length) = (11, 0);
        let mut at = PAD + place - 1;
        loop {
            hash = mix(hash, code(self.folded[at]));
            length += 1;
            if length == REACH as u64 || at == PAD || !same_run(self.shapes[at], self.shapes[at - 1]) {
                return (hash, length);
            }
            at -= 1;
        }
    }

    /// Hash and length of the run that begins at `place`.
    fn run_after(&self, place: usize) -> (u64, u64) {
        let (mut hash, mut length) = (13, 0);
        let mut at = PAD + place;
        loop {
            hash = mix(hash, code(self.folded[at]));
            length += 1;
            if length == REACH as u64 || at + 1 == PAD + self.count || !same_run(self.shapes[at], self.shapes[at + 1]) {
                return (hash, length);
            }
            at += 1;
        }
    }

    /// Emits the features of a place. The order and the numbers are part of the weights file's meaning.
    fn features(&self, place: usize, lexical: bool, mut emit: impl FnMut(u64)) {
        let at = PAD + place;
        let f = |step: usize| code(self.folded[at + step - 4]);
        let s = |step: usize| code(self.shapes[at + step - 4]);
        let (left, left_length) = self.run_before(place);
        let (right, right_length) = self.run_after(place);
        let prefix = if place <= REACH { self.folded[PAD..at].iter().fold(17, |hash, &c| mix(hash, code(c))) } else { 1 };
        let rest = self.count - place;
        let suffix = if rest <= REACH { self.suffixes[rest] } else { 1 };
        let middle = mix(f(3), f(4));
        let is_head = u64::from(place <= self.left_symbols);
        let is_tail = u64::from(rest <= self.right_symbols);
        let Around { previous, next, next_shape, classes, .. } = self.around;
        let last = u64::from(rest == 1);

        let mut template = 0u64;
        let mut put = |values: &[u64]| {
            template += 1;
            emit(values.iter().fold(mix(template, 0x70_6B), |hash, &value| mix(hash, value)));
        };
        put(&[middle]);
        put(&[f(2), f(3)]);
        put(&[f(4), f(5)]);
        put(&[f(2), middle]);
        put(&[middle, f(5)]);
        put(&[f(2), middle, f(5)]);
        put(&[f(1), f(2), middle]);
        put(&[middle, f(5), f(6)]);
        put(&[f(1), f(2), middle, f(5), f(6)]);
        put(&[s(3), s(4)]);
        put(&[s(2), s(3), s(4), s(5)]);
        put(&[s(1), s(2), s(3), s(4), s(5), s(6)]);
        put(&[s(0), s(1), s(2), s(3), s(4)]);
        put(&[s(3), s(4), s(5), s(6), s(7)]);
        put(&[left, f(4)]);
        put(&[right, f(3)]);
        put(&[left, f(4), right]);
        put(&[prefix, f(4)]);
        put(&[suffix, f(3)]);
        put(&[self.whole, prefix]);
        put(&[middle, is_head, is_tail, self.flags & 3]);
        put(&[s(3), s(4), is_head, is_tail, self.flags]);
        put(&[middle, left_length, right_length]);
        put(&[middle, last, next_shape, left_length.min(4), s(2)]);
        put(&[prefix, last, next_shape]);
        put(&[prefix, last, next]);
        put(&[left, f(4), right, previous]);
        put(&[middle, u64::from(place.min(6) as u32), u64::from(rest.min(6) as u32)]);
        put(&[u64::from(lexical), prefix, previous]);
        put(&[u64::from(lexical), prefix, next]);
        put(&[self.whole, u64::from(place as u32), classes[0]]);
        put(&[self.whole, u64::from(place as u32), classes[1]]);
        put(&[self.whole, u64::from(place as u32), classes[0], classes[1]]);
        put(&[prefix, last, classes[1], next_shape]);
        put(&[middle, last, left_length.min(4), s(2), classes[1], next_shape]);
    }
}

/// A character as a number.
#[inline]
fn code(c: char) -> u64 {
    u64::from(u32::from(c))
}
