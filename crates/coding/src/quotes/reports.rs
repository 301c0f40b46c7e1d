//! Reported speech: cue verbs with a clause, cue nouns with a clause, "according to".

use std::ops::Range;

use demarche_types::{Deprel, Document, Span, Tense, TokenId, Upos, VerbForm};

use super::cues::{self, Class, CueKind};
use crate::tree;

/// A cue with what it introduces; `content` is `None` for cues that only quotation marks may fill.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) kind: CueKind,
    pub(super) cue: Span,
    pub(super) cue_token: TokenId,
    /// Head token of the speaker as it stands there.
    pub(super) speaker: Option<TokenId>,
    pub(super) via: Option<TokenId>,
    pub(super) root: Option<TokenId>,
    pub(super) content: Option<Range<u32>>,
    /// The cue's own clause, where it stands inside the content ("X, she said, Y").
    pub(super) aside: Option<Range<u32>>,
}

/// Every cue of a document in text order. Sentences without a tree have none.
pub(super) fn find(doc: &Document<'_>) -> Vec<Report> {
    let mut reports = Vec::new();
    for index in 0..doc.tokens.len() {
        let token = TokenId::from(index);
        // "the first reported trip": a participle before its noun reports nothing of its own.
        let modifier = doc.token(token).deprel == Deprel::Amod;
        if let Some(kind) = cues::verb(doc, token).filter(|_| !modifier) {
            reports.push(of_verb(doc, token, kind));
        } else if let Some(kind) = cues::noun(doc, token) {
            reports.extend(of_noun(doc, token, kind));
        } else if let Some(report) = of_preposition(doc, token) {
            reports.push(report);
        }
    }
    reports
}

fn of_verb(doc: &Document<'_>, verb: TokenId, kind: CueKind) -> Report {
    let (speaker, via) = parties(doc, verb);
    let (root, inside) = content_root(doc, verb, kind, speaker);
    let (content, aside) = match root {
        Some(root) if inside => around(doc, root, verb),
        Some(root) => (clause(doc, root, Some(verb)), None),
        None => (None, None),
    };
    let via = via.or_else(|| outlet(doc, verb, root, speaker)).filter(|&v| Some(v) != speaker);
    Report { kind, cue: cue_span(doc, verb), cue_token: verb, speaker, via, root, content, aside }
}

/// The content of a verb cue; the flag says that the cue stands as an aside inside it.
fn content_root(doc: &Document<'_>, verb: TokenId, kind: CueKind, speaker: Option<TokenId>) -> (Option<TokenId>, bool) {
    let passive = doc.token(verb).feats.passive;
    // "a chance to show that", "hard to believe that": nobody shows or believes it yet.
    let infinitive = doc.children(verb).any(|c| doc.token(c).deprel == Deprel::Mark && doc.token(c).lemma == "to");
    if infinitive && matches!(kind, CueKind::Show | CueKind::Think | CueKind::Ask) {
        return (None, false);
    }
    let clausal = doc.children(verb).find(|&c| match doc.token(c).deprel {
        Deprel::Ccomp => is_clause(doc, c),
        // "it was reported that"
        Deprel::Csubj | Deprel::CsubjPass => passive,
        _ => false,
    });
    if clausal.is_some() {
        return (clausal, false);
    }
    let token = doc.token(verb);
    // "X, she said" where the parser makes the cue the aside.
    if token.deprel == Deprel::Parataxis
        && let Some(root) = token.head
        && kind != CueKind::Act
        && has_subject(doc, verb)
    {
        return (Some(root), true);
    }
    let relation = match kind {
        CueKind::Act | CueKind::Quote => return (None, false),
        // "The ministry reported clashes"; other verbs of this kind have objects that nobody says.
        CueKind::Report if token.lemma == "report" => &[Deprel::Parataxis, Deprel::Obj][..],
        CueKind::Show => return (None, false),
        // "claimed to have won", "denied shelling"; "promised to leave" tells no event that was.
        CueKind::Claim => &[Deprel::Parataxis, Deprel::Xcomp][..],
        CueKind::Say | CueKind::Deny if matches!(token.lemma.as_str(), "deny" | "admit" | "confess" | "acknowledge") => {
            &[Deprel::Parataxis, Deprel::Xcomp][..]
        }
        _ => &[Deprel::Parataxis][..],
    };
    let found = doc.children(verb).find(|&c| {
        let child = doc.token(c);
        let long = child.deprel != Deprel::Parataxis || is_clause(doc, c);
        relation.contains(&child.deprel) && Some(c) != speaker && long && !is_quoted_party(doc, c)
    });
    (found, false)
}

/// "reported him missing" has a person as its object, not a report.
fn is_quoted_party(doc: &Document<'_>, token: TokenId) -> bool {
    doc.token(token).upos == Upos::Pron
}

fn is_clause(doc: &Document<'_>, token: TokenId) -> bool {
    matches!(doc.token(token).upos, Upos::Verb | Upos::Aux)
        || doc.children(token).any(|c| {
            matches!(
                doc.token(c).deprel,
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop | Deprel::Csubj | Deprel::Expl | Deprel::Mark
            )
        })
}

fn has_subject(doc: &Document<'_>, verb: TokenId) -> bool {
    tree::child(doc, verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some()
}

/// Speaker and outlet of a cue verb.
fn parties(doc: &Document<'_>, verb: TokenId) -> (Option<TokenId>, Option<TokenId>) {
    let token = doc.token(verb);
    let subject = |v| tree::overt_subject(doc, v, &[Deprel::Nsubj, Deprel::NsubjOuter]);
    let agent = |v: TokenId| {
        tree::child(doc, v, &[Deprel::OblAgent]).or_else(|| {
            doc.children(v)
                .find(|&c| doc.token(c).deprel == Deprel::Obl && doc.children(c).any(|p| doc.form(p).eq_ignore_ascii_case("by")))
        })
    };
    let passive = tree::child(doc, verb, &[Deprel::NsubjPass]);
    let quoting = |v: TokenId| cues::lookup(&doc.token(v).lemma, Class::Verb) == Some(CueKind::Quote);
    if quoting(verb) {
        return match passive {
            Some(quoted) => (Some(quoted), agent(verb)),
            None => (tree::child(doc, verb, &[Deprel::Obj]), subject(verb)),
        };
    }
    // "was quoted by X as saying" and "quoted her as saying".
    if let Some(governor) = token.head.filter(|&h| quoting(h))
        && subject(verb).is_none()
    {
        return parties(doc, governor);
    }
    if let Some(found) = subject(verb) {
        return (Some(antecedent(doc, verb, found)), None);
    }
    if passive.is_some() || token.feats.passive {
        return (agent(verb), None);
    }
    // "met him and said", "visited, saying", "went on to say", "by saying": the governor's subject.
    let mut here = verb;
    for next in tree::ancestors(doc, verb).skip(1) {
        let relation = doc.token(here).deprel;
        if matches!(relation, Deprel::Acl) {
            return (Some(owner(doc, next)), None);
        }
        if relation == Deprel::AclRelcl {
            return (Some(next), None);
        }
        if !matches!(relation, Deprel::Conj | Deprel::Advcl | Deprel::Xcomp | Deprel::Parataxis | Deprel::Ccomp) {
            break;
        }
        // An object controls "asked him to say", the subject everything else.
        let object = if relation == Deprel::Xcomp { tree::child(doc, next, &[Deprel::Obj, Deprel::Iobj]) } else { None };
        if let Some(found) = object.or_else(|| subject(next)) {
            return (Some(antecedent(doc, next, found)), None);
        }
        if let Some(found) = tree::child(doc, next, &[Deprel::NsubjPass]) {
            return (Some(found), None);
        }
        here = next;
    }
    (None, None)
}

/// The noun that a relative pronoun stands for, and the owner of a statement.
fn antecedent(doc: &Document<'_>, verb: TokenId, subject: TokenId) -> TokenId {
    let relative = matches!(doc.token(subject).lemma.as_str(), "who" | "which" | "that");
    let token = doc.token(verb);
    match token.head {
        Some(noun) if relative && token.deprel == Deprel::AclRelcl => owner(doc, noun),
        _ => owner(doc, subject),
    }
}

/// "the ministry's statement", "a statement by the ministry": whose it is. A named outlet before its kind.
pub(super) fn owner(doc: &Document<'_>, noun: TokenId) -> TokenId {
    let token = doc.token(noun);
    if cues::is_utterance(&token.lemma) || (token.upos == Upos::Noun && cues::noun(doc, noun).is_some()) {
        let whose = tree::child(doc, noun, &[Deprel::NmodPoss]).or_else(|| {
            doc.children(noun).find(|&c| {
                doc.token(c).deprel == Deprel::Nmod
                    && doc.children(c).any(|p| {
                        doc.token(p).deprel == Deprel::Case && matches!(doc.token(p).lemma.as_str(), "by" | "from" | "of")
                    })
            })
        });
        if let Some(whose) = whose {
            return whose;
        }
    }
    let names = [Deprel::Appos, Deprel::Flat, Deprel::NmodDesc, Deprel::Compound];
    let outlet =
        doc.children(noun).find(|&c| names.contains(&doc.token(c).deprel) && doc.actor_at(c).is_some_and(|a| a.is_media));
    match outlet {
        Some(outlet) if cues::is_media(doc, noun) && doc.actor_at(noun).is_none() => outlet,
        _ => noun,
    }
}

/// The outlet that a speaker spoke to: "told CNN", "said in an interview with the BBC".
fn outlet(doc: &Document<'_>, verb: TokenId, root: Option<TokenId>, speaker: Option<TokenId>) -> Option<TokenId> {
    // A cue that is an aside governs none of the content, but its head's dependents are not its own.
    doc.sentence_tokens(doc.sentence_of(verb)).find(|&t| {
        t != verb
            && cues::is_media(doc, t)
            && Some(t) != speaker
            && tree::under(doc, t, verb)
            && !root.is_some_and(|r| r != verb && tree::under(doc, t, r) && !tree::under(doc, verb, r))
            && !speaker.is_some_and(|s| tree::under(doc, t, s))
            && tree::ancestors(doc, t).take_while(|&a| a != verb).all(|a| {
                !matches!(doc.token(a).deprel, Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Conj | Deprel::NmodPoss)
            })
    })
}

/// "claims that ...", "their warning that ...".
fn of_noun(doc: &Document<'_>, noun: TokenId, kind: CueKind) -> Option<Report> {
    let root = doc.children(noun).find(|&c| {
        matches!(doc.token(c).deprel, Deprel::Acl | Deprel::Ccomp)
            && doc.children(c).any(|m| doc.token(m).deprel == Deprel::Mark && doc.token(m).lemma == "that")
    })?;
    let whose = owner(doc, noun);
    let speaker = (whose != noun).then_some(whose);
    let content = clause(doc, root, None);
    Some(Report { kind, cue: doc.token(noun).span, cue_token: noun, speaker, via: None, root: Some(root), content, aside: None })
}

/// "according to the ministry", "in the words of the minister".
fn of_preposition(doc: &Document<'_>, token: TokenId) -> Option<Report> {
    let next = TokenId(token.0 + 1);
    let sentence = doc.sentence_of(token);
    let range = doc.sentences.get(sentence.index())?.tokens.clone();
    let form = doc.form(token).to_lowercase();
    let last = match form.as_str() {
        "according" if range.contains(&next.0) && doc.form(next).eq_ignore_ascii_case("to") => next,
        "words" if token.0 > range.start + 1 && range.contains(&next.0) && doc.form(next).eq_ignore_ascii_case("of") => next,
        _ => return None,
    };
    // The speaker is what "according to" marks: its own head, or in older trees its dependent.
    let marked = doc
        .token(token)
        .head
        .filter(|&h| h > last && matches!(doc.token(token).deprel, Deprel::Case | Deprel::Advmod | Deprel::Mark | Deprel::Fixed));
    let source = marked
        .or_else(|| {
            doc.children(token).find(|&c| c > last && matches!(doc.token(c).deprel, Deprel::Obl | Deprel::Nmod | Deprel::Obj))
        })
        .or_else(|| {
            (last.0 + 1..range.end).map(TokenId).find(|&t| matches!(doc.token(t).upos, Upos::Noun | Upos::Propn | Upos::Pron))
        })?;
    // The phrase as a whole hangs on the clause it vouches for.
    let top = if marked.is_some() { source } else { token };
    let root = tree::ancestors(doc, top).skip(1).find(|&a| !tree::under(doc, a, top) && is_clause(doc, a));
    let phrase = tree::subtree(doc, top);
    let content = match root {
        Some(root) => without(doc, root, &phrase),
        None => None,
    };
    let (content, aside) = content.map_or((None, None), |(c, a)| (Some(c), a));
    let cue = doc.token(token).span.cover(doc.token(last).span);
    Some(Report { kind: CueKind::Say, cue, cue_token: token, speaker: Some(owner(doc, source)), via: None, root, content, aside })
}

/// The tokens of a clause without its mark and the punctuation at its ends, and without the cue.
fn clause(doc: &Document<'_>, root: TokenId, cue: Option<TokenId>) -> Option<Range<u32>> {
    // "said it would not sign and expelled": what the speaker did is not among the words, though the parser joins it to them.
    let strange = doc.children(root).find(|&c| root < c && tree::strange_conjunct(doc, c));
    let words = |&t: &TokenId| cue.is_none_or(|c| t != c) && strange.is_none_or(|s| t < s || !tree::under(doc, t, s));
    let tokens: Vec<TokenId> = tree::subtree(doc, root).into_iter().filter(words).collect();
    trimmed(doc, tokens.first()?.0, tokens.last()?.0 + 1, root)
}

/// Leaves out "that" and punctuation at the ends, quotation marks apart from none.
fn trimmed(doc: &Document<'_>, mut start: u32, mut end: u32, root: TokenId) -> Option<Range<u32>> {
    let drop = |t: u32, front: bool| {
        let token = doc.token(TokenId(t));
        token.upos == Upos::Punct
            || (front
                && token.deprel == Deprel::Mark
                && token.head == Some(root)
                && matches!(token.lemma.as_str(), "that" | "as"))
            || token.deprel == Deprel::Cc
    };
    while start < end && drop(start, true) {
        start += 1;
    }
    while start < end && drop(end - 1, false) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// The clause around a cue that is an aside in it.
fn around(doc: &Document<'_>, root: TokenId, verb: TokenId) -> (Option<Range<u32>>, Option<Range<u32>>) {
    let own = tree::subtree(doc, verb);
    match without(doc, root, &own) {
        Some((content, aside)) => (Some(content), aside),
        None => (None, None),
    }
}

/// The subtree of `root` less a phrase: cut off at an end, or kept apart in the middle.
fn without(doc: &Document<'_>, root: TokenId, phrase: &[TokenId]) -> Option<(Range<u32>, Option<Range<u32>>)> {
    let rest: Vec<TokenId> = tree::subtree(doc, root).into_iter().filter(|t| !phrase.contains(t)).collect();
    let words: Vec<u32> = rest.iter().filter(|&&t| doc.token(t).upos != Upos::Punct).map(|t| t.0).collect();
    let content = trimmed(doc, *words.first()?, words.last()? + 1, root)?;
    let inside: Vec<u32> = phrase.iter().map(|t| t.0).filter(|t| content.contains(t)).collect();
    let aside = inside.first().zip(inside.last()).map(|(&a, &b)| a..b + 1);
    Some((content, aside))
}

/// The verb with its particle and, for "was quoted as saying", its own word only.
fn cue_span(doc: &Document<'_>, verb: TokenId) -> Span {
    let span = doc.token(verb).span;
    match tree::child(doc, verb, &[Deprel::CompoundPrt]) {
        Some(particle) if particle.0 == verb.0 + 1 => span.cover(doc.token(particle).span),
        _ => span,
    }
}

/// Whether a verb is finite or stands in for a finite one: "saying", "told" with an auxiliary.
pub(super) fn speaks(doc: &Document<'_>, verb: TokenId) -> bool {
    let feats = doc.token(verb).feats;
    feats.verb_form != VerbForm::None || feats.tense != Tense::None || doc.token(verb).upos == Upos::Verb
}
