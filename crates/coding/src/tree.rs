//! Small questions about dependency trees that several coders ask.
//!
//! Trees come from a model: heads may be missing, point outside the sentence or form a cycle. Every
//! climb here is bounded, so no input can hang or panic.

use demarche_types::{Deprel, Document, Span, TokenId, Upos, VerbForm};

/// The longest climb that is followed. Sentences of news seldom nest deeper than twelve.
const DEPTH: usize = 40;

/// The token itself, its head, the head's head ... up to the root of the sentence.
pub(crate) fn ancestors<'d>(doc: &'d Document<'_>, token: TokenId) -> impl Iterator<Item = TokenId> + 'd {
    let mut next = Some(token).filter(|t| t.index() < doc.tokens.len());
    (0..DEPTH).map_while(move |_| {
        let here = next?;
        next = doc.token(here).head.filter(|h| *h != here && h.index() < doc.tokens.len());
        Some(here)
    })
}

/// Whether `token` is `root` or stands below it.
pub(crate) fn under(doc: &Document<'_>, token: TokenId, root: TokenId) -> bool {
    ancestors(doc, token).any(|a| a == root)
}

/// The tokens of the subtree of `root` in text order, itself included.
pub(crate) fn subtree(doc: &Document<'_>, root: TokenId) -> Vec<TokenId> {
    doc.sentence_tokens(doc.sentence_of(root)).filter(|&t| under(doc, t, root)).collect()
}

/// The first child with one of the relations.
pub(crate) fn child(doc: &Document<'_>, of: TokenId, relations: &[Deprel]) -> Option<TokenId> {
    doc.children(of).find(|&c| relations.contains(&doc.token(c).deprel))
}

/// Whether a verb was joined to one that it cannot be joined to: a finite verb without a subject to an infinitive or to a
/// participle with its auxiliary ("would not sign and expelled", "had used force and blamed"). It belongs to the clause outside.
pub(crate) fn strange_conjunct(doc: &Document<'_>, verb: TokenId) -> bool {
    let token = doc.token(verb);
    let Some(head) = token.head.filter(|_| token.deprel == Deprel::Conj) else { return false };
    let child = |of: TokenId, relations: &[Deprel]| child(doc, of, relations).is_some();
    let is_verb = |t: TokenId| doc.token(t).upos == Upos::Verb;
    is_verb(verb)
        && is_verb(head)
        && token.feats.verb_form == VerbForm::Fin
        && doc.token(head).feats.verb_form != VerbForm::Fin
        && child(head, &[Deprel::Aux, Deprel::AuxPass, Deprel::Mark])
        && !child(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass])
}

/// The subject of a verb. A parser may take the town of a dateline for one ("LIMA - Peru expelled"): a place that is nobody
/// stands back where there is another.
pub(crate) fn overt_subject(doc: &Document<'_>, verb: TokenId, relations: &[Deprel]) -> Option<TokenId> {
    let subjects = || doc.children(verb).filter(|&c| relations.contains(&doc.token(c).deprel));
    let nobody = |&c: &TokenId| doc.place_at(c).is_some() && doc.actor_at(c).is_none();
    subjects().find(|c| !nobody(c)).or_else(|| subjects().next())
}

/// Whether a sentence has a tree at all: a token whose head is another token.
pub(crate) fn has_tree(doc: &Document<'_>, token: TokenId) -> bool {
    doc.sentence_tokens(doc.sentence_of(token)).any(|t| doc.token(t).head.is_some())
}

/// The tokens that a span touches, half-open.
pub(crate) fn tokens_in(doc: &Document<'_>, span: Span) -> (TokenId, TokenId) {
    let start = doc.tokens.partition_point(|t| t.span.end <= span.start);
    let end = doc.tokens.partition_point(|t| t.span.start < span.end);
    (TokenId::from(start), TokenId::from(end.max(start)))
}

/// The token of a run whose head lies outside it: the run's syntactic head.
pub(crate) fn head_of(doc: &Document<'_>, start: TokenId, end: TokenId) -> Option<TokenId> {
    let run = (start.0..end.0).map(TokenId);
    let inside = |t: TokenId| start <= t && t < end;
    let outer = |t: &TokenId| doc.token(*t).head.is_none_or(|h| !inside(h));
    run.clone()
        .filter(outer)
        .find(|&t| !matches!(doc.token(t).deprel, Deprel::Punct | Deprel::Case | Deprel::Det))
        .or_else(|| run.clone().next())
}

/// Verbs of plain saying: their present tense tells what was said, and their date is not the date of
/// what they report.
pub(crate) fn is_speech_lemma(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "state"
            | "report"
            | "announce"
            | "declare"
            | "add"
            | "note"
            | "claim"
            | "write"
            | "confirm"
            | "suggest"
            | "show"
            | "explain"
            | "insist"
            | "argue"
            | "reveal"
            | "comment"
            | "reply"
            | "deny"
            | "allege"
            | "predict"
            | "estimate"
    )
}
