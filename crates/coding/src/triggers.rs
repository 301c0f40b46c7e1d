//! Which words tell an event: the lexicon's rows matched on the tree, and the choice among them.

mod near;

use demarche_types::{Deprel, Document, SentenceId, TokenId, Upos};

use crate::lexicon::{Constraint, Entry, Filler, HeadPos, Lexicon, Place, Slot};
use crate::participants;
use crate::slots::{self, Slots};

pub use near::{FittingRow, Miss, NearRow, NearWord};
pub(crate) use near::{fitting, near_rows};

/// A head word with the lexicon row that fits it best.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) token: TokenId,
    /// Index into the lexicon's rows.
    pub(crate) entry: usize,
    pub(crate) slots: Slots,
    /// Words of the pattern besides the head: they can tell no event of their own.
    pub(crate) consumed: Vec<TokenId>,
}

/// Finds the triggers of a sentence, senses that are no event included. One a token, in text order.
pub(crate) fn find(doc: &Document<'_>, sentence: SentenceId, lexicon: &Lexicon) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = doc.sentence_tokens(sentence).filter_map(|t| match_token(doc, t, lexicon)).collect();
    // What a pattern consumed is not a trigger of its own, unless the consumer is the weaker reading.
    let consumed: Vec<(TokenId, TokenId)> = found.iter().flat_map(|t| t.consumed.iter().map(|&c| (c, t.token))).collect();
    found.retain(|t| {
        let by = consumed.iter().find(|(c, _)| *c == t.token);
        // "an attack was condemned": of two that name each other the verb wins.
        by.is_none_or(|(_, other)| t.consumed.contains(other) && doc.token(t.token).upos == Upos::Verb)
    });
    found
}

fn match_token(doc: &Document<'_>, token: TokenId, lexicon: &Lexicon) -> Option<Trigger> {
    let pos = head_pos(doc, token)?;
    if is_modifier(doc, token) {
        return None;
    }
    let lemma = doc.token(token).lemma.to_lowercase();
    lexicon.of(&lemma, pos).next()?;
    let slots = slots::of(doc, token);
    let found = best_row(doc, &slots, lexicon, &lemma, pos);
    // "Minister arrested": in a title the subject of a past form without an object is what it was done to.
    let on_object = |index: usize| lexicon.entries()[index].recipient.iter().flatten().any(|slot| *slot == Slot::Obj);
    if found.as_ref().is_none_or(|(entry, _)| on_object(*entry))
        && let Some(passive) = slots::passive_of_title(doc, token, &slots)
        && let Some((entry, consumed)) = best_row(doc, &passive, lexicon, &lemma, pos).filter(|(entry, _)| on_object(*entry))
    {
        return Some(Trigger { token, entry, slots: passive, consumed });
    }
    let (entry, consumed) = found?;
    Some(Trigger { token, entry, slots, consumed })
}

/// The most specific row of a head word that fits, the earlier of equals, with the words that its pattern took.
fn best_row(doc: &Document<'_>, slots: &Slots, lexicon: &Lexicon, lemma: &str, pos: HeadPos) -> Option<(usize, Vec<TokenId>)> {
    let mut best: Option<(u32, usize, Vec<TokenId>)> = None;
    for (index, entry) in lexicon.of(lemma, pos) {
        let Some(consumed) = fits(doc, slots, entry) else { continue };
        let weight = entry.weight();
        if best.as_ref().is_none_or(|(other, _, _)| weight > *other) {
            best = Some((weight, index, consumed));
        }
    }
    best.map(|(_, entry, consumed)| (entry, consumed))
}

/// The part of speech that the patterns of a word's rows have; `None` for words that head no pattern.
fn head_pos(doc: &Document<'_>, token: TokenId) -> Option<HeadPos> {
    match doc.token(token).upos {
        Upos::Verb => Some(HeadPos::Verb),
        Upos::Noun | Upos::Propn => Some(HeadPos::Noun),
        Upos::Adj => Some(HeadPos::Adjective),
        _ => None,
    }
}

/// A participle before its noun ("besieged city") tells nothing new; after it, it does.
fn is_modifier(doc: &Document<'_>, token: TokenId) -> bool {
    let t = doc.token(token);
    matches!(t.deprel, Deprel::Compound | Deprel::Flat | Deprel::CompoundPrt)
        || (t.deprel == Deprel::Amod && t.upos == Upos::Verb)
}

/// Head words whose rows fit but for some constraints: the nearest miss of each, for callers that know both parties
/// and ask only for the likeliest reading. Senses that are no event are left out.
pub(crate) fn near_misses(doc: &Document<'_>, sentence: SentenceId, lexicon: &Lexicon) -> Vec<Trigger> {
    let mut found = vec![];
    for token in doc.sentence_tokens(sentence) {
        let Some(pos) = head_pos(doc, token) else { continue };
        let lemma = doc.token(token).lemma.to_lowercase();
        let mut best: Option<(i32, usize)> = None;
        let slots = slots::of(doc, token);
        for (index, entry) in lexicon.of(&lemma, pos).filter(|(_, e)| e.kind.is_some()) {
            let met = entry.constraints.iter().filter(|c| holds(doc, &slots, c)).count() as i32;
            let score = 2 * met - 3 * (entry.constraints.len() as i32 - met);
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, index));
            }
        }
        if let Some((_, entry)) = best {
            found.push(Trigger { token, entry, slots, consumed: vec![] });
        }
    }
    found
}

/// Whether a constraint holds of a head word's slots.
pub(crate) fn holds(doc: &Document<'_>, slots: &Slots, constraint: &Constraint) -> bool {
    satisfied(doc, slots, constraint).is_some() != constraint.negated
}

/// The pattern words that satisfied the constraints, or `None` when one is not satisfied.
fn fits(doc: &Document<'_>, slots: &Slots, entry: &Entry) -> Option<Vec<TokenId>> {
    let mut consumed = vec![];
    for constraint in &entry.constraints {
        let hit = satisfied(doc, slots, constraint);
        if hit.is_some() == constraint.negated {
            return None;
        }
        if let Some((token, true)) = hit.filter(|_| !constraint.negated) {
            consumed.push(token);
        }
    }
    Some(consumed)
}

/// The filler that satisfies a constraint, and whether it did so by its own word.
fn satisfied(doc: &Document<'_>, slots: &Slots, constraint: &Constraint) -> Option<(TokenId, bool)> {
    let candidates = match &constraint.place {
        Place::Particle => slots.particles.clone(),
        Place::Modifier => slots.modifiers.clone(),
        Place::Complement => slots.comps.clone(),
        Place::Slot(slot) => fillers(doc, slots, slot),
    };
    let mut candidates = candidates;
    // "pulled out of the city": the particle may be parsed as a case mark.
    if constraint.place == Place::Particle {
        candidates
            .extend(slots.preps.iter().flat_map(|&(_, t)| doc.children(t).filter(|&c| doc.token(c).deprel == Deprel::Case)));
    }
    for filler in &constraint.fillers {
        let hit = candidates.iter().copied().find(|&token| match filler {
            Filler::Any => true,
            Filler::Actor => participants::is_political(doc, token),
            Filler::Lemma(lemma) => is_word(doc, token, lemma),
        });
        if let Some(token) = hit {
            let nominal = !matches!(constraint.place, Place::Particle | Place::Modifier);
            return Some((token, nominal && matches!(filler, Filler::Lemma(_))));
        }
    }
    None
}

fn is_word(doc: &Document<'_>, token: TokenId, lemma: &str) -> bool {
    let t = doc.token(token);
    same_word(&t.lemma, lemma) || hyphenated(doc, token, lemma) || (t.upos == Upos::Propn && has_title(doc, token, lemma))
}

fn same_word(a: &str, b: &str) -> bool {
    a == b || (a.len() == b.len() && a.eq_ignore_ascii_case(b))
}

/// "Prime Minister Viktor Orban", "Ana Quispe, the minister": a name is what its title or apposition says.
fn has_title(doc: &Document<'_>, name: TokenId, lemma: &str) -> bool {
    doc.children(name).any(|c| {
        let t = doc.token(c);
        matches!(t.deprel, Deprel::Compound | Deprel::NmodDesc | Deprel::Flat | Deprel::Appos)
            && matches!(t.upos, Upos::Noun | Upos::Propn)
            && same_word(&t.lemma, lemma)
    })
}

/// "cease-fire" is three words in UD: the last, with its glued modifiers, must spell the lemma.
fn hyphenated(doc: &Document<'_>, token: TokenId, lemma: &str) -> bool {
    let Some((_, last)) = lemma.rsplit_once('-') else { return false };
    let t = doc.token(token);
    if !t.lemma.eq_ignore_ascii_case(last) {
        return false;
    }
    let begin = (t.span.start as usize).checked_sub(lemma.len() - last.len());
    begin
        .and_then(|b| doc.text().get(b..t.span.start as usize))
        .is_some_and(|p| p.eq_ignore_ascii_case(&lemma[..lemma.len() - last.len()]))
}

/// The fillers of a slot; complement slots look through to the complement's own.
pub(crate) fn fillers(doc: &Document<'_>, slots: &Slots, slot: &Slot) -> Vec<TokenId> {
    match slot {
        Slot::Subj => slots.subj.clone(),
        Slot::Obj => slots.obj.clone(),
        Slot::Iobj => slots.iobj.clone(),
        Slot::Prep(name) if name == "poss" => slots.subj.clone(),
        Slot::Prep(name) => {
            let same = |p: &str| p == name || (name == "toward" && p == "towards") || (name == "on" && p == "upon");
            slots.preps.iter().filter(|(p, _)| same(p)).map(|&(_, t)| t).collect()
        }
        Slot::Comp(inner) => slots.comps.iter().flat_map(|&c| fillers(doc, &slots::of(doc, c), inner)).collect(),
        Slot::CompRecipient => slots
            .comps
            .iter()
            .flat_map(|&c| {
                let inner = slots::of(doc, c);
                let objects: Vec<TokenId> = inner.obj.iter().chain(&inner.iobj).copied().collect();
                let political = objects.iter().any(|&t| participants::is_political(doc, t));
                let phrases =
                    inner.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "on" | "against" | "with" | "from" | "for"));
                if political { objects } else { objects.into_iter().chain(phrases.map(|&(_, t)| t)).collect() }
            })
            .collect(),
    }
}
