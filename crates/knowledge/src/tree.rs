//! Small questions about dependency trees. Trees come from a model and may be broken: nothing here
//! follows heads without a bound.

use std::ops::Range;

use demarche_types::{Deprel, Document, Span, TokenId, Upos};

/// The token of a run whose head lies outside it.
pub(crate) fn head_of(doc: &Document<'_>, run: Range<u32>) -> TokenId {
    let outer = |t: &TokenId| doc.token(*t).head.is_none_or(|h| !run.contains(&h.0));
    let mut heads = run.clone().map(TokenId).filter(outer);
    let first = heads.clone().next();
    heads
        .rfind(|&t| !matches!(doc.token(t).deprel, Deprel::Punct | Deprel::Case | Deprel::Det | Deprel::Cc))
        .or(first)
        .unwrap_or(TokenId(run.start))
}

/// Whether a token has a letter or a digit.
pub(crate) fn is_word(form: &str) -> bool {
    form.chars().any(char::is_alphanumeric)
}

/// Whether a token is what an apostrophe joins to the word before it.
pub(crate) fn is_clitic(form: &str) -> bool {
    matches!(form, "'s" | "’s" | "'S" | "’S" | "'" | "’")
}

/// The lower-cased word of the first `case` child.
pub(crate) fn case_word(doc: &Document<'_>, token: TokenId) -> Option<String> {
    doc.children(token).find(|&c| doc.token(c).deprel == Deprel::Case).map(|c| doc.form(c).to_lowercase())
}

/// Whether a word stands as a title before a name.
pub(crate) fn is_title(doc: &Document<'_>, token: TokenId) -> bool {
    matches!(doc.token(token).deprel, Deprel::NmodDesc | Deprel::Compound | Deprel::NmodUnmarked)
        || doc.children(token).any(|c| doc.token(c).deprel == Deprel::Flat && c > token)
}

/// The tokens of a name: its first token and what hangs on it as `flat`.
pub(crate) fn name_run(doc: &Document<'_>, token: TokenId) -> Vec<TokenId> {
    let head = match (doc.token(token).deprel, doc.token(token).head) {
        (Deprel::Flat, Some(head)) => head,
        _ => token,
    };
    let mut run = vec![head];
    run.extend(doc.children(head).filter(|&c| doc.token(c).deprel == Deprel::Flat && doc.token(c).upos != Upos::Punct));
    run.sort_unstable();
    run
}

/// The characters from the first to the last of some tokens.
pub(crate) fn cover(doc: &Document<'_>, tokens: impl IntoIterator<Item = TokenId>) -> Option<Span> {
    tokens.into_iter().map(|t| doc.token(t).span).reduce(Span::cover)
}

/// Nouns that count what their of-phrase names: "thousands of nurses" are nurses.
const QUANTITIES: &[&str] = &[
    "thousand", "hundred", "dozen", "score", "ten", "million", "number", "group", "majority", "minority", "handful", "crowd",
    "some", "many", "most", "several", "few", "half", "lot", "band", "all", "both", "one",
];

/// What a quantity counts, if the test holds there; else the token itself. "Two of the ministers": the ministers.
pub(crate) fn counted(doc: &Document<'_>, token: TokenId, holds: impl Fn(TokenId) -> bool) -> TokenId {
    let mut at = token;
    for _ in 0..3 {
        let word = doc.token(at);
        let lemma = word.lemma.to_lowercase();
        let singular = lemma.strip_suffix('s').unwrap_or(&lemma);
        if word.upos != Upos::Num && !QUANTITIES.contains(&lemma.as_str()) && !QUANTITIES.contains(&singular) {
            break;
        }
        let of = |c: &TokenId| doc.token(*c).deprel == Deprel::Nmod && case_word(doc, *c).is_some_and(|w| w == "of");
        let Some(inner) = doc.children(at).find(of) else { break };
        at = inner;
        if holds(at) {
            return at;
        }
    }
    token
}
