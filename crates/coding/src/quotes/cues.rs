//! The cue lexicon: which words introduce what somebody says.

use std::sync::LazyLock;

use demarche_types::{Deprel, Document, TokenId, Upos};

use crate::tree;

/// What a cue says of the words it introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// Plain saying.
    Say,
    /// Saying that the writer does not vouch for.
    Claim,
    /// Saying that it is not so.
    Deny,
    /// Reporting, by an outlet or an office.
    Report,
    /// Writing.
    Write,
    /// A study, a poll or a picture shows it.
    Show,
    /// A belief or hope.
    Think,
    /// A question.
    Ask,
    /// Quoting somebody else.
    Quote,
    /// An act of its own that takes quoted words.
    Act,
}

/// Part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Verb,
    Noun,
    Preposition,
}

const SOURCE: &str = crate::data::CUES;

static CUES: LazyLock<Vec<(&'static str, Class, CueKind)>> = LazyLock::new(|| {
    let mut cues: Vec<_> = SOURCE.lines().filter_map(row).collect();
    cues.sort_unstable();
    cues
});

/// The kind of a cue, looked up by lemma.
pub(super) fn lookup(lemma: &str, class: Class) -> Option<CueKind> {
    let at = CUES.partition_point(|&(l, c, _)| (l, c) < (lemma, class));
    CUES.get(at).filter(|&&(l, c, _)| l == lemma && c == class).map(|&(_, _, kind)| kind)
}

/// The kind of a verb cue at a token; "point out" is looked up before "point".
pub(super) fn verb(doc: &Document<'_>, token: TokenId) -> Option<CueKind> {
    let word = doc.token(token);
    if word.upos != Upos::Verb || matches!(word.deprel, Deprel::Case | Deprel::Amod | Deprel::Compound) {
        return None;
    }
    let phrasal = doc
        .children(token)
        .find(|&c| doc.token(c).deprel == Deprel::CompoundPrt)
        .and_then(|particle| lookup(&format!("{} {}", word.lemma, doc.token(particle).lemma), Class::Verb));
    phrasal.or_else(|| lookup(&word.lemma, Class::Verb))
}

/// The kind of a noun cue at a token.
pub(super) fn noun(doc: &Document<'_>, token: TokenId) -> Option<CueKind> {
    let word = doc.token(token);
    if word.upos == Upos::Noun { lookup(&word.lemma, Class::Noun) } else { None }
}

/// Nouns that stand for what somebody said rather than for a speaker.
pub(super) fn is_utterance(lemma: &str) -> bool {
    matches!(
        lemma,
        "statement"
            | "communique"
            | "communiqué"
            | "declaration"
            | "letter"
            | "post"
            | "tweet"
            | "message"
            | "comment"
            | "remark"
            | "release"
            | "note"
            | "speech"
            | "memo"
            | "email"
            | "video"
            | "address"
            | "readout"
    )
}

/// Whether a token names a news outlet: by its actor link, or by what kind of thing it is.
pub(super) fn is_media(doc: &Document<'_>, token: TokenId) -> bool {
    if let Some(link) = doc.actor_at(token) {
        return link.is_media;
    }
    let named = |lemma: &str| {
        matches!(
            lemma,
            "newspaper"
                | "broadcaster"
                | "magazine"
                | "daily"
                | "tabloid"
                | "radio"
                | "television"
                | "tv"
                | "media"
                | "newswire"
                | "outlet"
                | "press"
        )
    };
    let token_lemma = doc.token(token).lemma.to_lowercase();
    let agency = token_lemma == "agency"
        && tree::child(doc, token, &[Deprel::Compound, Deprel::Amod])
            .is_some_and(|c| matches!(doc.token(c).lemma.as_str(), "news" | "press"));
    agency || named(&token_lemma)
}

fn row(line: &'static str) -> Option<(&'static str, Class, CueKind)> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let (lemma, class, kind) = (columns.next()?, columns.next()?, columns.next()?);
    let class = match class {
        "V" => Class::Verb,
        "N" => Class::Noun,
        "P" => Class::Preposition,
        _ => return None,
    };
    let kind = match kind {
        "say" => CueKind::Say,
        "claim" => CueKind::Claim,
        "deny" => CueKind::Deny,
        "report" => CueKind::Report,
        "write" => CueKind::Write,
        "show" => CueKind::Show,
        "think" => CueKind::Think,
        "ask" => CueKind::Ask,
        "quote" => CueKind::Quote,
        "act" => CueKind::Act,
        _ => return None,
    };
    Some((lemma, class, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lexicon_is_read() {
        let rows = SOURCE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count();
        assert_eq!(CUES.len(), rows);
        assert!(rows >= 150, "{rows} cues");
        assert_eq!(lookup("say", Class::Verb), Some(CueKind::Say));
        assert_eq!(lookup("condemn", Class::Verb), Some(CueKind::Act));
        assert_eq!(lookup("claim", Class::Noun), Some(CueKind::Claim));
        assert_eq!(lookup("walk", Class::Verb), None);
        assert!(CUES.windows(2).all(|w| (w[0].0, w[0].1) != (w[1].0, w[1].1)), "a cue is listed twice");
    }
}
