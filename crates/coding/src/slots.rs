//! Logical slots of a head word: who acts, on what, with which prepositions.
//!
//! Passive and active, participles, relative clauses, control and raising, conjunction, nominalisations and
//! their support verbs all end in the same slots, so that a lexicon row is written once for every construction.

use compact_str::CompactString;
use demarche_types::{BlockKind, Deprel, Document, Tense, TokenId, Upos, VerbForm};

use crate::tree;

/// The slots of one head word. Fillers are head tokens of phrases, coordinated ones expanded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    pub(crate) subj: Vec<TokenId>,
    pub(crate) obj: Vec<TokenId>,
    pub(crate) iobj: Vec<TokenId>,
    pub(crate) preps: Vec<(CompactString, TokenId)>,
    pub(crate) comps: Vec<TokenId>,
    pub(crate) modifiers: Vec<TokenId>,
    pub(crate) particles: Vec<TokenId>,
    /// The verb whose light object the head noun is.
    pub(crate) support: Option<TokenId>,
}

/// Verbs that carry a noun's event without telling one of their own ("launched an attack").
const SUPPORT: &[&str] = &[
    "launch",
    "carry",
    "stage",
    "hold",
    "make",
    "conduct",
    "mount",
    "begin",
    "start",
    "open",
    "resume",
    "continue",
    "commit",
    "give",
    "issue",
    "impose",
    "announce",
    "declare",
    "call",
    "fight",
    "organise",
    "organize",
    "lodge",
    "cause",
    "spread",
    "claim",
    "go",
    "pay",
    "have",
    "take",
    "perform",
    "execute",
    "undertake",
    "unleash",
    "wage",
    "lead",
    "stage",
    "deliver",
    "suffer",
    "face",
    "hit",
    "order",
    "express",
    "voice",
    "offer",
    "provide",
    "send",
    "extend",
    "sign",
    "reach",
    "conclude",
    "suspend",
    "end",
    "file",
    "bring",
    "do",
    "pursue",
    "escalate",
    "intensify",
    "renew",
    "plan",
    "prepare",
    "threaten",
    "initiate",
    "join",
    "host",
    "complete",
    "be",
    "say",
];

/// Verbs whose infinitive is done by their subject even when they have an object ("promised the rebels to stop").
const SUBJECT_CONTROL: &[&str] =
    &["promise", "pledge", "vow", "threaten", "swear", "use", "take", "make", "have", "sign", "launch", "hold", "send", "deploy"];

/// Subordinators of clauses that tell time, cause or condition.
const ADVERBIAL: &[&str] = &[
    "as", "after", "when", "before", "while", "because", "since", "although", "though", "if", "unless", "until", "once",
    "whereas",
];

/// How deep control, conjunction and relative clauses are followed.
const DEPTH: u8 = 6;

pub(crate) fn of(doc: &Document<'_>, head: TokenId) -> Slots {
    let mut slots = Slots::default();
    match doc.token(head).upos {
        Upos::Verb | Upos::Aux => verb(doc, head, &mut slots),
        _ => noun(doc, head, &mut slots),
    }
    nested(doc, &mut slots);
    if slots.subj.is_empty() && doc.token(head).upos == Upos::Noun {
        slots.subj = slots.preps.iter().filter(|(p, _)| p == "by").map(|&(_, t)| t).collect();
    }
    slots
}

/// The slots of a verb of a title as a passive without its auxiliary ("Minister arrested over fraud"); `None` where it cannot be
/// one. Titles tell the active in the present tense.
pub(crate) fn passive_of_title(doc: &Document<'_>, verb: TokenId, slots: &Slots) -> Option<Slots> {
    let token = doc.token(verb);
    let kind = doc.sentences.get(doc.sentence_of(verb).index())?.kind;
    let bare =
        tree::child(doc, verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::NsubjPass, Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]);
    let past = token.upos == Upos::Verb && token.feats.tense == Tense::Past;
    if kind != BlockKind::Title || !past || bare.is_some() || slots.subj.is_empty() || !slots.obj.is_empty() {
        return None;
    }
    let by = slots.preps.iter().filter(|(p, _)| p == "by").map(|&(_, t)| t).collect();
    Some(Slots { obj: slots.subj.clone(), subj: by, ..slots.clone() })
}

/// Phrases inside the fillers count after the head's own: in "the execution of a cleric by the king" a parser may hang
/// the by-phrase on the cleric.
fn nested(doc: &Document<'_>, slots: &mut Slots) {
    let outer: Vec<TokenId> = slots.preps.iter().map(|&(_, t)| t).chain(slots.obj.iter().copied()).collect();
    for token in outer {
        if !matches!(doc.token(token).upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        for child in doc.children(token).filter(|&c| doc.token(c).deprel == Deprel::Nmod) {
            let inner = preposition(doc, child)
                .filter(|p| matches!(p.as_str(), "by" | "against" | "to" | "from" | "with" | "between" | "on"));
            if let Some(preposition) = inner
                && !slots.preps.iter().any(|(_, t)| *t == child)
            {
                slots.preps.extend(conjuncts(doc, child).into_iter().map(|c| (preposition.clone(), c)));
            }
        }
    }
}

/// The phrase heads coordinated with `first`, itself included.
pub(crate) fn conjuncts(doc: &Document<'_>, first: TokenId) -> Vec<TokenId> {
    let mut out = vec![first];
    out.extend(doc.children(first).filter(|&c| doc.token(c).deprel == Deprel::Conj && is_nominal(doc, c)));
    out
}

fn is_nominal(doc: &Document<'_>, token: TokenId) -> bool {
    matches!(
        doc.token(token).upos,
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::Sym | Upos::X
    )
}

fn verb(doc: &Document<'_>, head: TokenId, slots: &mut Slots) {
    slots.subj = subject(doc, head, 0);
    slots.obj = object(doc, head, 0);
    let mut heads = vec![head];
    // "seized and burned the ship in May": what follows the last verb is shared with the first only by the parser's choice.
    if doc.token(head).deprel == Deprel::Conj {
        heads.extend(doc.token(head).head.filter(|&h| doc.token(h).upos == Upos::Verb && h < head));
    }
    for child in doc.children(head) {
        dependent(doc, child, slots);
    }
    // "urged Iran to stop": the only object, however the parser calls it.
    if slots.obj.is_empty() {
        slots.obj = slots.iobj.clone();
    }
    // A light object's own prepositional phrases count as the verb's ("impose sanctions on Iran").
    let objects: Vec<TokenId> = slots.obj.iter().copied().filter(|&o| doc.token(o).upos == Upos::Noun).collect();
    for object in objects {
        for child in doc.children(object) {
            if matches!(doc.token(child).deprel, Deprel::Nmod | Deprel::Acl | Deprel::Obl) {
                prepositional(doc, child, slots);
            }
        }
    }
    // "A convoy carrying flour entered the town": it entered with flour.
    for subject in slots.subj.clone() {
        let carries = |c: &TokenId| {
            matches!(doc.token(*c).deprel, Deprel::Acl | Deprel::AclRelcl)
                && matches!(doc.token(*c).lemma.as_str(), "carry" | "bring" | "transport")
        };
        let load = doc.children(subject).find(carries).and_then(|c| tree::child(doc, c, &[Deprel::Obj]));
        slots.preps.extend(load.map(|l| conjuncts(doc, l)).into_iter().flatten().map(|l| (CompactString::from("with"), l)));
    }
    // A subject noun's phrases too: "A truce between X and Y took effect".
    for subject in slots.subj.clone() {
        if doc.token(subject).upos == Upos::Noun {
            for child in doc.children(subject) {
                if doc.token(child).deprel == Deprel::Nmod
                    && preposition(doc, child).is_some_and(|p| p == "between" || p == "with")
                {
                    prepositional(doc, child, slots);
                }
            }
        }
    }
}

fn dependent(doc: &Document<'_>, child: TokenId, slots: &mut Slots) {
    match doc.token(child).deprel {
        Deprel::Iobj => slots.iobj.extend(conjuncts(doc, child)),
        Deprel::CompoundPrt => slots.particles.push(child),
        Deprel::Xcomp | Deprel::Ccomp => {
            slots.comps.push(child);
            prepositional(doc, child, slots);
        }
        Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => {
            prepositional(doc, child, slots);
            // "as rebels advanced", "when talks failed" say when, not what.
            // "refused to sign, saying it was unfair" gives a reason.
            let adverbial = preposition(doc, child).is_some_and(|p| ADVERBIAL.contains(&p.as_str()))
                || doc.token(child).deprel == Deprel::Advcl && tree::is_speech_lemma(&doc.token(child).lemma);
            if doc.token(child).upos == Upos::Verb && matches!(doc.token(child).deprel, Deprel::Advcl | Deprel::Acl) && !adverbial
            {
                slots.comps.push(child);
            }
        }
        Deprel::Advmod => slots.particles.push(child),
        _ => {}
    }
}

/// Adds a phrase under its preposition, with its coordinated heads.
fn prepositional(doc: &Document<'_>, phrase: TokenId, slots: &mut Slots) {
    if let Some(preposition) = preposition(doc, phrase) {
        for filler in conjuncts(doc, phrase) {
            slots.preps.push((preposition.clone(), filler));
        }
    }
}

/// The preposition (or subordinator) that marks a phrase, lower-cased.
pub(crate) fn preposition(doc: &Document<'_>, phrase: TokenId) -> Option<CompactString> {
    let marks = |c: &TokenId| matches!(doc.token(*c).deprel, Deprel::Case | Deprel::Mark);
    let lower = |c: TokenId| CompactString::from(doc.form(c).to_lowercase());
    let found = doc.children(phrase).filter(marks).map(lower).find(|form| form != "'s" && form != "’s");
    // "out of Kosovo", "ahead of the summit": the last word of a run of case marks governs.
    let last = doc.children(phrase).filter(marks).map(lower).next_back();
    match (found, last) {
        (Some(first), Some(last)) if first == "out" && last == "of" => Some(last),
        (found, _) => found,
    }
}

fn is_passive(doc: &Document<'_>, verb: TokenId, depth: u8) -> bool {
    let child = |relations: &[Deprel]| tree::child(doc, verb, relations).is_some();
    if child(&[Deprel::NsubjPass, Deprel::AuxPass, Deprel::CsubjPass, Deprel::OblAgent]) {
        return true;
    }
    if child(&[Deprel::Nsubj, Deprel::Obj, Deprel::Aux]) {
        return false;
    }
    let token = doc.token(verb);
    let past_participle = token.feats.verb_form == VerbForm::Part && token.feats.tense == Tense::Past;
    match (token.deprel, token.head) {
        (Deprel::Acl | Deprel::Advcl | Deprel::Amod | Deprel::Xcomp, _) => past_participle,
        (Deprel::Conj, Some(head)) if depth < DEPTH => past_participle && is_passive(doc, head, depth + 1),
        _ => false,
    }
}

/// The logical subject of a verb.
pub(crate) fn subject(doc: &Document<'_>, verb: TokenId, depth: u8) -> Vec<TokenId> {
    if is_passive(doc, verb, 0) {
        let agent = doc.children(verb).find(|&c| {
            doc.token(c).deprel == Deprel::OblAgent
                || (doc.token(c).deprel == Deprel::Obl && preposition(doc, c).is_some_and(|p| p == "by"))
        });
        return agent.map(|a| conjuncts(doc, a)).unwrap_or_default();
    }
    surface_subject(doc, verb, depth)
}

/// The logical object of a verb.
pub(crate) fn object(doc: &Document<'_>, verb: TokenId, depth: u8) -> Vec<TokenId> {
    if is_passive(doc, verb, 0) {
        let mut out = surface_subject(doc, verb, depth);
        if let Some(second) = tree::child(doc, verb, &[Deprel::Obj]) {
            out.extend(conjuncts(doc, second));
        }
        return out;
    }
    if let Some(object) = tree::child(doc, verb, &[Deprel::Obj]) {
        return relative(doc, verb, object);
    }
    let token = doc.token(verb);
    match (token.deprel, token.head) {
        // "the tanker Iran seized": the gap is filled by the noun.
        (Deprel::AclRelcl, Some(noun)) if tree::child(doc, verb, &[Deprel::Nsubj]).is_some() => {
            let relative_subject = tree::child(doc, verb, &[Deprel::Nsubj]).is_some_and(|s| is_relative(doc, s));
            if relative_subject { vec![] } else { vec![noun] }
        }
        // "arrested and deported the men": the object follows the last verb.
        (_, _) if depth < DEPTH => doc
            .children(verb)
            .filter(|&c| doc.token(c).deprel == Deprel::Conj && doc.token(c).upos == Upos::Verb)
            .find(|&c| !doc.children(c).any(|g| matches!(doc.token(g).deprel, Deprel::Nsubj | Deprel::NsubjPass)))
            .filter(|&c| tree::child(doc, verb, &[Deprel::Obl, Deprel::Xcomp, Deprel::Ccomp]).is_none() && !is_passive(doc, c, 0))
            .and_then(|c| tree::child(doc, c, &[Deprel::Obj]))
            .map(|o| conjuncts(doc, o))
            .unwrap_or_default(),
        _ => vec![],
    }
}

fn is_relative(doc: &Document<'_>, token: TokenId) -> bool {
    matches!(doc.token(token).lemma.as_str(), "who" | "which" | "that" | "whom" | "whose")
        && matches!(doc.token(token).upos, Upos::Pron | Upos::Sconj | Upos::Det)
}

/// A relative pronoun stands for the noun that its clause modifies.
fn relative(doc: &Document<'_>, verb: TokenId, filler: TokenId) -> Vec<TokenId> {
    if is_relative(doc, filler) {
        let mut at = verb;
        for _ in 0..DEPTH {
            match (doc.token(at).deprel, doc.token(at).head) {
                (Deprel::AclRelcl | Deprel::Acl, Some(noun)) => return vec![noun],
                (Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp, Some(head)) => at = head,
                _ => return vec![],
            }
        }
        return vec![];
    }
    conjuncts(doc, filler)
}

/// The surface subject, overt or understood.
fn surface_subject(doc: &Document<'_>, verb: TokenId, depth: u8) -> Vec<TokenId> {
    let overt = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
    if let Some(subject) = tree::overt_subject(doc, verb, &overt) {
        let token = doc.token(verb);
        // "X and Y met, and both pledged": the whole that "both" counts is the subject of the verb before.
        let whole = matches!(doc.token(subject).lemma.as_str(), "both" | "each" | "all")
            && doc.children(subject).all(|c| doc.token(c).deprel != Deprel::Nmod);
        if let Some(head) = token.head.filter(|_| whole && token.deprel == Deprel::Conj && depth < DEPTH) {
            return surface_subject_of(doc, head, depth + 1);
        }
        return relative(doc, verb, subject);
    }
    if depth >= DEPTH {
        return vec![];
    }
    let token = doc.token(verb);
    let Some(head) = token.head else { return vec![] };
    let head_token = doc.token(head);
    match token.deprel {
        // "denied that officers had used force and blamed": a finite verb is not joined to a participle, so it is the outer verb's.
        Deprel::Conj if tree::strange_conjunct(doc, verb) && matches!(head_token.deprel, Deprel::Ccomp | Deprel::Xcomp) => {
            head_token.head.map(|outer| surface_subject_of(doc, outer, depth + 1)).unwrap_or_default()
        }
        Deprel::Conj => surface_subject_of(doc, head, depth + 1),
        Deprel::Xcomp => {
            let control = SUBJECT_CONTROL.contains(&head_token.lemma.as_str());
            let object = if control { vec![] } else { object_or_recipient(doc, head, depth + 1) };
            if object.is_empty() { surface_subject_of(doc, head, depth + 1) } else { object }
        }
        Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis if !is_finite(doc, verb) => {
            // "accused Iran of arming", "urged the rebels to": the infinitive after a request is done by whom it is put to.
            let of = preposition(doc, verb).is_some_and(|p| matches!(p.as_str(), "of" | "from" | "for" | "into"));
            let object = if of { object(doc, head, depth + 1) } else { vec![] };
            if object.is_empty() { surface_subject_of(doc, head, depth + 1) } else { object }
        }
        Deprel::Acl if matches!(head_token.upos, Upos::Noun | Upos::Propn | Upos::Pron) => {
            if token.feats.verb_form == VerbForm::Inf || preposition(doc, verb).is_some() {
                // "a plan to attack", "its decision to withdraw": whose plan it is, or else who tells of it.
                let owner = noun_subject(doc, head, depth + 1);
                match head_token.head.filter(|_| owner.is_empty() && head_token.deprel == Deprel::Obj) {
                    Some(verb) => surface_subject_of(doc, verb, depth + 1),
                    None => owner,
                }
            } else {
                vec![head]
            }
        }
        Deprel::AclRelcl => vec![head],
        Deprel::Amod => vec![head],
        _ => vec![],
    }
}

fn object_or_recipient(doc: &Document<'_>, verb: TokenId, depth: u8) -> Vec<TokenId> {
    let object = object(doc, verb, depth);
    if !object.is_empty() {
        return object;
    }
    if let Some(second) = tree::child(doc, verb, &[Deprel::Iobj]) {
        return conjuncts(doc, second);
    }
    // "called on Iran to release": the one called upon acts.
    doc.children(verb)
        .find(|&c| {
            doc.token(c).deprel == Deprel::Obl
                && preposition(doc, c).is_some_and(|p| matches!(p.as_str(), "on" | "upon" | "for" | "to" | "with"))
        })
        .filter(|_| matches!(doc.token(verb).lemma.as_str(), "call" | "appeal" | "plead" | "wait" | "prevail"))
        .map(|c| conjuncts(doc, c))
        .unwrap_or_default()
}

fn surface_subject_of(doc: &Document<'_>, head: TokenId, depth: u8) -> Vec<TokenId> {
    match doc.token(head).upos {
        Upos::Verb | Upos::Aux | Upos::Adj => surface_subject(doc, head, depth),
        _ => match tree::child(doc, head, &[Deprel::Nsubj, Deprel::NsubjPass]) {
            Some(subject) => conjuncts(doc, subject),
            None => noun_subject(doc, head, depth),
        },
    }
}

fn is_finite(doc: &Document<'_>, verb: TokenId) -> bool {
    doc.token(verb).feats.verb_form == VerbForm::Fin
        || doc.children(verb).any(|c| doc.token(c).deprel == Deprel::Aux && doc.token(c).feats.verb_form == VerbForm::Fin)
}

/// Whose event a noun tells: possessor, country modifier, by-phrase, or the subject of its support verb.
fn noun_subject(doc: &Document<'_>, noun: TokenId, depth: u8) -> Vec<TokenId> {
    let mut found: Vec<TokenId> = vec![];
    for child in doc.children(noun) {
        let linked = || doc.actor_at(child).is_some_and(|a| a.actor.code.is_some() || !a.actor.sectors.is_empty());
        let take = match doc.token(child).deprel {
            Deprel::NmodPoss => true,
            Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod => {
                let by = preposition(doc, child);
                match by {
                    Some(p) => p == "by",
                    None => linked(),
                }
            }
            Deprel::OblAgent => true,
            Deprel::Obl => preposition(doc, child).is_some_and(|p| p == "by"),
            _ => false,
        };
        if take {
            found.extend(conjuncts(doc, child));
        }
    }
    // "an appeal from Sudan": only where nothing else owns the event ("Kenya's withdrawal from the court").
    if found.is_empty() {
        let from = |c: &TokenId| doc.token(*c).deprel == Deprel::Nmod && preposition(doc, *c).is_some_and(|p| p == "from");
        found = doc.children(noun).find(from).map(|c| conjuncts(doc, c)).unwrap_or_default();
    }
    // "repeated his threat": a pronoun that nothing resolves is taken for the verb's subject.
    let unresolved = |t: &TokenId| doc.token(*t).upos == Upos::Pron && doc.actor_at(*t).is_none();
    if !found.is_empty() && found.iter().all(unresolved) && depth < DEPTH {
        let verb = tree::ancestors(doc, noun).skip(1).find(|&a| doc.token(a).upos == Upos::Verb);
        let subject = verb.map(|v| surface_subject(doc, v, depth + 1)).unwrap_or_default();
        if !subject.is_empty() && !subject.contains(&noun) {
            return subject;
        }
    }
    if found.is_empty() && depth < DEPTH {
        if let Some(verb) = support_verb(doc, noun) {
            found = if is_passive(doc, verb, 0) { subject(doc, verb, depth + 1) } else { surface_subject(doc, verb, depth + 1) };
            found.retain(|&t| t != noun);
        } else if doc.token(noun).deprel == Deprel::Conj
            && let Some(first) = doc.token(noun).head
        {
            found = noun_subject(doc, first, depth + 1);
        }
    }
    found
}

/// The verb whose object (or passive subject) a noun is, when it merely carries the noun's event.
fn support_verb(doc: &Document<'_>, noun: TokenId) -> Option<TokenId> {
    let token = doc.token(noun);
    let head = token.head?;
    let carried = matches!(token.deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Xcomp);
    let verb = doc.token(head);
    let light = verb.upos == Upos::Verb && SUPPORT.contains(&verb.lemma.as_str());
    let modified =
        token.deprel == Deprel::Obl && preposition(doc, noun).is_some_and(|p| !matches!(p.as_str(), "with" | "on" | "in" | "to"));
    // "engaging in joint drills", "took part in talks".
    let engaged = token.deprel == Deprel::Obl
        && matches!(verb.lemma.as_str(), "engage" | "participate" | "take" | "involve" | "join" | "cooperate")
        && preposition(doc, noun).is_some_and(|p| p == "in");
    // "flew to Riyadh for talks with": who travels for talks has them.
    let travels = token.deprel == Deprel::Obl
        && matches!(verb.lemma.as_str(), "fly" | "travel" | "go" | "arrive" | "come" | "head" | "return" | "leave" | "visit")
        && preposition(doc, noun).is_some_and(|p| p == "for");
    (engaged || travels || carried && light && !modified).then_some(head)
}

fn noun(doc: &Document<'_>, head: TokenId, slots: &mut Slots) {
    slots.subj = if doc.token(head).upos == Upos::Adj {
        tree::child(doc, head, &[Deprel::Nsubj]).map(|s| relative(doc, head, s)).unwrap_or_else(|| surface_subject(doc, head, 0))
    } else {
        let mut found = noun_subject(doc, head, 0);
        // A copula's subject: "Iran was the target".
        if found.is_empty() && tree::child(doc, head, &[Deprel::Cop]).is_some() {
            found = tree::child(doc, head, &[Deprel::Nsubj]).map(|s| conjuncts(doc, s)).unwrap_or_default();
        }
        found
    };
    for child in doc.children(head) {
        match doc.token(child).deprel {
            Deprel::Amod
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Nummod
            | Deprel::Det => {
                slots.modifiers.push(child);
                // "air and artillery strikes", "long-range missile test": modifiers of modifiers count too.
                slots.modifiers.extend(doc.children(child).filter(|&g| {
                    matches!(doc.token(g).deprel, Deprel::Conj | Deprel::Compound | Deprel::Amod)
                        && doc.token(g).upos != Upos::Punct
                }));
            }
            _ => dependent(doc, child, slots),
        }
    }
    slots.obj = slots.preps.iter().filter(|(p, _)| p == "of").map(|&(_, t)| t).collect();
    slots.support = support_verb(doc, head);
    if let Some(verb) = slots.support {
        for child in doc.children(verb) {
            if matches!(doc.token(child).deprel, Deprel::Obl) && child != head {
                prepositional(doc, child, slots);
            }
        }
    }
}
