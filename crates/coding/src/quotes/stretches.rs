//! Puts words in quotation marks together with the cues around them.

use std::ops::Range;

use demarche_types::{AttributionKind, BlockKind, Document, EntityType, Span, TokenId, Upos};

use super::cues::CueKind;
use super::marks::{self, Stretch};
use super::reports::{Report, speaks};
use super::{RawQuote, Speaker};
use crate::tree;

/// Stretches of at most this many words are scare quotes or titles unless a cue governs them.
const SCARE: usize = 2;

/// Joins reports and stretches. Reports without content that no stretch fills are dropped.
pub(super) fn combine(doc: &Document<'_>, reports: Vec<Report>, stretches: &[Stretch]) -> Vec<RawQuote> {
    let mut raw: Vec<RawQuote> = Vec::new();
    let mut used: Vec<Option<usize>> = vec![None; stretches.len()];
    for report in &reports {
        let Some(content) = report.content.clone() else { continue };
        let quote = with_stretches(doc, report, content, stretches, &mut used, raw.len());
        let unquoted_act = report.kind == CueKind::Act && quote.kind == AttributionKind::Indirect;
        if unquoted_act {
            continue;
        }
        raw.push(quote);
    }
    // What one cue governs may go on in the next stretches; so they are filled in text order.
    let mut last: Option<(usize, usize)> = None;
    for (index, stretch) in stretches.iter().enumerate() {
        if let Some(quote) = used[index] {
            last = Some((index, quote));
            continue;
        }
        let (start, end) = tree::tokens_in(doc, stretch.inner);
        // Cues stand in the sentences of the words or in the one before; a verb inside other quoted words is none to these.
        let cues: Vec<&Report> = around_words(doc, &reports, start, end)
            .iter()
            .filter(|r| holder(stretches, r.cue).is_none_or(|other| other == index))
            .collect();
        if let Some(quote) = lone(doc, stretch, start.0..end.0, &cues, &raw, last.map(|(s, q)| (&stretches[s], q))) {
            last = Some((index, raw.len()));
            raw.push(quote);
        }
    }
    order(raw)
}

/// The reports whose cue stands in the sentences of some words or in the sentence before them. Reports are in text order.
fn around_words<'r>(doc: &Document<'_>, reports: &'r [Report], start: TokenId, end: TokenId) -> &'r [Report] {
    let sentence = |t: TokenId| doc.sentences.get(doc.sentence_of(t).index()).map(|s| s.tokens.clone());
    let first =
        sentence(start).map_or(start.0, |own| own.start.checked_sub(1).and_then(|t| sentence(TokenId(t))).map_or(0, |s| s.start));
    let past = end.0.checked_sub(1).and_then(|t| sentence(TokenId(t))).map_or(end.0, |s| s.end);
    let from = reports.partition_point(|r| r.cue_token.0 < first);
    let to = reports.partition_point(|r| r.cue_token.0 < past);
    &reports[from..to.max(from)]
}

/// The stretch that holds a span. Stretches are in text order and do not overlap.
fn holder(stretches: &[Stretch], span: Span) -> Option<usize> {
    let index = stretches.partition_point(|s| s.outer.start <= span.start).checked_sub(1)?;
    stretches[index].outer.contains(span).then_some(index)
}

fn order(raw: Vec<RawQuote>) -> Vec<RawQuote> {
    let mut indexed: Vec<(usize, RawQuote)> = raw.into_iter().enumerate().collect();
    indexed.sort_by_key(|(_, q)| (q.span.start, std::cmp::Reverse(q.span.end)));
    let mut place = vec![0; indexed.len()];
    for (new, (old, _)) in indexed.iter().enumerate() {
        place[*old] = new;
    }
    indexed
        .into_iter()
        .map(|(_, mut quote)| {
            quote.continues = quote.continues.map(|old| place[old]);
            quote
        })
        .collect()
}

/// A report with the stretches inside its content.
fn with_stretches(
    doc: &Document<'_>,
    report: &Report,
    content: Range<u32>,
    stretches: &[Stretch],
    used: &mut [Option<usize>],
    own: usize,
) -> RawQuote {
    let mut quote = from_report(doc, report, content.clone());
    let first = stretches.partition_point(|s| s.inner.end <= quote.span.start);
    let inside: Vec<usize> = (first..stretches.len()).take_while(|&i| stretches[i].inner.overlaps(quote.span)).collect();
    let whole = inside.iter().copied().find(|&i| covers(doc, &stretches[i], report, &content));
    if let Some(index) = whole {
        // A report inside somebody else's quotation is indirect speech there.
        let cue_inside = stretches[index].outer.contains(report.cue);
        if !cue_inside {
            quote.kind = AttributionKind::Direct;
            quote.span = stretches[index].inner;
            let (start, end) = tree::tokens_in(doc, quote.span);
            quote.tokens = start.0..end.0;
            quote.aside = None;
            used[index].get_or_insert(own);
        }
        return quote;
    }
    let parts: Vec<usize> = inside
        .into_iter()
        .filter(|&i| !stretches[i].outer.contains(report.cue) && quote_like(doc, &stretches[i], report.kind))
        .collect();
    if parts.is_empty() {
        return quote;
    }
    // "X," she said, "Y": all words of the clause are in marks, in two stretches.
    let all = (content.start..content.end).map(TokenId).all(|t| {
        let token = doc.token(t);
        token.upos == Upos::Punct
            || quote.aside.as_ref().is_some_and(|a| a.contains(&t.0))
            || parts.iter().any(|&i| stretches[i].outer.contains(token.span))
    });
    quote.kind = if all { AttributionKind::Direct } else { AttributionKind::Mixed };
    if let (Some(&first), Some(&last), true) = (parts.first(), parts.last(), all) {
        quote.span = stretches[first].inner.cover(stretches[last].inner);
        let (start, end) = tree::tokens_in(doc, quote.span);
        quote.tokens = start.0..end.0;
        quote.aside = between(doc, stretches, &parts);
    }
    if !all {
        // A mark that opens inside the clause closes there too.
        quote.span = parts.iter().fold(quote.span, |span, &i| span.cover(stretches[i].outer));
    }
    quote.quoted = parts.iter().map(|&i| stretches[i].inner).collect();
    for index in parts {
        used[index].get_or_insert(own);
    }
    quote
}

/// The tokens between the first two stretches of an interrupted quotation.
fn between(doc: &Document<'_>, stretches: &[Stretch], parts: &[usize]) -> Option<Range<u32>> {
    let (first, second) = (parts.first()?, parts.get(1)?);
    let (start, end) = (stretches[*first].outer.end, stretches[*second].outer.start);
    (start < end).then(|| {
        let (a, b) = tree::tokens_in(doc, Span { start, end });
        a.0..b.0
    })
}

/// Whether a stretch holds every word of a content, the reporting clause apart.
fn covers(doc: &Document<'_>, stretch: &Stretch, report: &Report, content: &Range<u32>) -> bool {
    content.clone().map(TokenId).all(|t| {
        let token = doc.token(t);
        token.upos == Upos::Punct || report.aside.as_ref().is_some_and(|a| a.contains(&t.0)) || stretch.outer.contains(token.span)
    })
}

/// Long enough for a quotation, and not a name in quotation marks.
fn quote_like(doc: &Document<'_>, stretch: &Stretch, kind: CueKind) -> bool {
    let count = marks::words(doc.text(), stretch.inner);
    count > SCARE && !is_title(doc, stretch) || (kind != CueKind::Act && count >= 1)
}

/// Every word begins with a capital: the name of a film, a ship or an operation.
fn is_title(doc: &Document<'_>, stretch: &Stretch) -> bool {
    let text = stretch.inner.of(doc.text());
    let mut words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic));
    let small = ["of", "the", "and", "in", "for", "to", "a", "on"];
    marks::words(doc.text(), stretch.inner) <= 6
        && !text.ends_with(['.', '!', '?', ','])
        && words.all(|w| small.contains(&w) || w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()))
}

fn from_report(doc: &Document<'_>, report: &Report, tokens: Range<u32>) -> RawQuote {
    let speaker = report.speaker.map(|head| Speaker { head: Some(head), said: Some(head), span: doc.token(head).span });
    RawQuote {
        kind: AttributionKind::Indirect,
        cue_kind: Some(report.kind),
        span: marks::trim(doc.text(), doc.span_of(TokenId(tokens.start), TokenId(tokens.end))),
        tokens,
        aside: report.aside.clone(),
        root: report.root,
        speaker,
        cue: Some(report.cue),
        cue_token: Some(report.cue_token),
        via: report.via,
        by_media: false,
        quoted: vec![],
        continues: None,
    }
}

/// A stretch that no reported clause holds.
fn lone(
    doc: &Document<'_>,
    stretch: &Stretch,
    tokens: Range<u32>,
    reports: &[&Report],
    raw: &[RawQuote],
    last: Option<(&Stretch, usize)>,
) -> Option<RawQuote> {
    if tokens.is_empty() && !stretch.pulled {
        return None;
    }
    let bare = RawQuote {
        kind: AttributionKind::Direct,
        cue_kind: None,
        span: stretch.inner,
        root: (!tokens.is_empty()).then(|| tree::head_of(doc, TokenId(tokens.start), TokenId(tokens.end))).flatten(),
        tokens: tokens.clone(),
        aside: None,
        speaker: None,
        cue: None,
        cue_token: None,
        via: None,
        by_media: false,
        quoted: vec![],
        continues: None,
    };
    if stretch.pulled {
        return Some(RawQuote { speaker: source_line(doc, stretch.block), ..bare });
    }
    let (first, past) = (TokenId(tokens.start), TokenId(tokens.end));
    let count = marks::words(doc.text(), stretch.inner);
    let root = bare.root?;
    let sentence = &doc.sentences.get(doc.sentence_of(first).index())?;
    let last_sentence = &doc.sentences.get(doc.sentence_of(TokenId(past.0 - 1)).index())?;
    let near = sentence.tokens.start..last_sentence.tokens.end;
    let outside = |t: TokenId| near.contains(&t.0) && !(first <= t && t < past);

    // The nearest cue above the words in the tree, else next to them.
    let governing = tree::ancestors(doc, root)
        .enumerate()
        .filter(|&(_, a)| outside(a))
        .find_map(|(steps, a)| reports.iter().copied().find(|r| r.cue_token == a).map(|r| (steps, r)));
    let beside = || {
        reports
            .iter()
            .copied()
            .filter(|r| outside(r.cue_token) && speaks(doc, r.cue_token) && r.kind != CueKind::Think)
            .filter(|r| r.kind != CueKind::Act)
            .map(|r| {
                let gap = if r.cue_token < first { first.0 - r.cue_token.0 } else { r.cue_token.0 + 1 - past.0 };
                (gap, r)
            })
            .filter(|&(gap, _)| gap <= 12)
            .min_by_key(|&(gap, _)| gap)
    };
    let full = is_full(doc, stretch, sentence.span);
    if let Some((steps, report)) = governing {
        let scare = (count <= SCARE && report.kind == CueKind::Act && steps > 1) || (is_title(doc, stretch) && count > 1);
        // A word or two need somebody who says them.
        let said = report.speaker.is_some_and(|s| count > SCARE || is_speaker_like(doc, s));
        if scare || (report.kind == CueKind::Act || count <= SCARE) && !said {
            return None;
        }
        let kind = if full { AttributionKind::Direct } else { AttributionKind::Mixed };
        return Some(attach(doc, RawQuote { kind, ..bare }, report));
    }
    if count <= SCARE || is_title(doc, stretch) {
        return None;
    }
    if let Some((_, report)) = beside() {
        let kind = if full || ends_sentence(doc, stretch) { AttributionKind::Direct } else { AttributionKind::Mixed };
        return Some(attach(doc, RawQuote { kind, ..bare }, report));
    }
    // Sentences of their own go on from the quotation before them, or from a sentence that ends in a colon.
    if full {
        if let Some((before, index)) = last
            && let Some(source) = raw.get(index)
            && goes_on(doc, before, stretch)
        {
            return Some(RawQuote {
                continues: Some(index),
                speaker: source.speaker,
                via: source.via,
                cue_kind: source.cue_kind,
                ..bare
            });
        }
        let colon = doc.text().get(..stretch.outer.start as usize).is_some_and(|t| t.trim_end().ends_with(':'));
        let previous = sentence.tokens.start.checked_sub(1).map(|t| doc.sentence_of(TokenId(t)));
        if let (true, Some(previous)) = (colon, previous) {
            let range = doc.sentences.get(previous.index())?.tokens.clone();
            if let Some(report) = reports.iter().copied().rfind(|r| range.contains(&r.cue_token.0)) {
                return Some(attach(doc, bare, report));
            }
        }
        return Some(bare);
    }
    // Words in marks inside a sentence that no cue governs: the subject of their verb speaks them.
    let subject = tree::ancestors(doc, root)
        .filter(|&a| outside(a) && doc.token(a).upos == Upos::Verb)
        .find_map(|a| tree::child(doc, a, &[demarche_types::Deprel::Nsubj]))
        .filter(|&s| is_speaker_like(doc, s))?;
    let speaker = Speaker { head: Some(subject), said: Some(subject), span: doc.token(subject).span };
    Some(RawQuote { kind: AttributionKind::Mixed, speaker: Some(speaker), ..bare })
}

/// A person, an organisation or a name: something that can speak.
fn is_speaker_like(doc: &Document<'_>, token: TokenId) -> bool {
    let kind = doc.mention_at(token).map(|m| doc.mentions[m.index()].kind);
    doc.token(token).upos == Upos::Propn
        || doc.actor_at(token).is_some()
        || matches!(kind, Some(EntityType::Person | EntityType::Organization))
        || matches!(doc.token(token).lemma.as_str(), "he" | "she" | "they")
}

fn attach(doc: &Document<'_>, bare: RawQuote, report: &Report) -> RawQuote {
    let speaker = report.speaker.map(|head| Speaker { head: Some(head), said: Some(head), span: doc.token(head).span });
    RawQuote {
        cue_kind: Some(report.kind),
        speaker,
        cue: Some(report.cue),
        cue_token: Some(report.cue_token),
        via: report.via,
        ..bare
    }
}

/// Whether a stretch begins as a sentence does and ends as one does.
fn is_full(doc: &Document<'_>, stretch: &Stretch, sentence: Span) -> bool {
    let text = stretch.inner.of(doc.text());
    let capital = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '[' || c == '‘');
    let starts = stretch.outer.start <= sentence.start
        || doc.text().get(..stretch.outer.start as usize).is_some_and(|t| t.trim_end().ends_with([',', ':']));
    capital && (ends_sentence(doc, stretch) || stretch.open || text.ends_with(',')) && (starts || text.ends_with(['.', '!', '?']))
}

fn ends_sentence(doc: &Document<'_>, stretch: &Stretch) -> bool {
    stretch.inner.of(doc.text()).ends_with(['.', '!', '?', '…'])
}

/// Whether a quotation goes on from another: next to it in the block, or a paragraph that opens marks
/// which the paragraph before never closed, or that follows on it with nothing but a quotation.
fn goes_on(doc: &Document<'_>, before: &Stretch, stretch: &Stretch) -> bool {
    let Some(gap) = doc.text().get(before.outer.end as usize..stretch.outer.start as usize) else { return false };
    if before.block == stretch.block {
        // The sentence of the cue may end in between ("X," she said. "Y.").
        return !gap.contains("\n\n") && gap.matches(['.', '!', '?']).count() <= 1 && gap.len() < 200;
    }
    stretch.block == before.block + 1 && (before.open || gap.trim().is_empty())
}

/// The source line under a pull quote. Such lines are not analysed, so its words are looked for
/// elsewhere in the text.
fn source_line(doc: &Document<'_>, block: u32) -> Option<Speaker> {
    let line = doc.article.blocks.get(block as usize + 1).filter(|b| b.kind == BlockKind::PullQuoteSource)?;
    let text = line.span.of(doc.text());
    let name = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | '―' | ',' | '.' | '"' | '“' | '”'));
    if name.is_empty() {
        return None;
    }
    let at = text.find(name)? + line.span.start as usize;
    let person = name.split(',').next().unwrap_or(name).trim();
    let same = |span: Span| span.of(doc.text()) == person;
    let head = doc
        .actors
        .iter()
        .find(|a| same(a.span))
        .map(|a| a.head)
        .or_else(|| doc.tokens.iter().position(|t| same(t.span)).map(TokenId::from));
    Some(Speaker { head, said: head, span: Span::new(at, at + name.len()) })
}
