//! Which event a number belongs to.

use demarche_types::{Deprel, Document, Event, EventType, FigureKind, TokenId, Upos};

use super::Read;
use super::tables::Class;
use crate::{slots, tree};

/// The event that a number belongs to, and as what.
pub(super) fn home(doc: &Document<'_>, events: &[Event], read: &Read) -> Option<(usize, FigureKind)> {
    let counted = &read.counted;
    if events.is_empty() {
        return None;
    }
    if let Some((kind, word)) = read.meaning
        && (kind != FigureKind::Troops || counted.class == Some(Class::Troop))
    {
        let fits = |event: &Event| types(kind).contains(&event.kind);
        if let Some(index) = events.iter().position(|e| fits(e) && e.trigger_token == word) {
            return Some((index, kind));
        }
        let same = |e: &Event| same_act(doc, told_by(doc, e.trigger_token), word);
        if let Some(index) = events.iter().position(|e| fits(e) && same(e)) {
            return Some((index, kind));
        }
        // What an attack did may be told at any distance in its sentence; who marches or is sent, only in its clause.
        let harm = !matches!(kind, FigureKind::Size | FigureKind::Troops);
        let nearest =
            events.iter().enumerate().filter(|(_, e)| harm && fits(e)).min_by_key(|(_, e)| e.trigger_token.0.abs_diff(word.0));
        if let Some((index, _)) = nearest {
            return Some((index, kind));
        }
    }
    if read.meaning.is_none_or(|(kind, _)| kind == FigureKind::Size) && (counted.is_people() || counted.class.is_none()) {
        // A number that protests are about is not the number of those who protest.
        let size = events.iter().position(|e| e.kind == EventType::Protest && takes_part(doc, e.trigger_token, read));
        if let Some(index) = size {
            return Some((index, FigureKind::Size));
        }
    }
    let money = counted.unit.as_ref().is_some_and(|u| is_currency(&u.0));
    if money {
        let head = counted.head(doc);
        let gives = |e: &Event| types(FigureKind::Money).contains(&e.kind) && given(doc, e.trigger_token, head);
        return events.iter().position(gives).map(|index| (index, FigureKind::Money));
    }
    None
}

/// Whether a unit is a currency: the codes of ISO 4217 alone are in capitals.
pub(super) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// The types of event that a number of a kind can belong to.
fn types(kind: FigureKind) -> &'static [EventType] {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Cooperate, Mobilize, Protest, Reject, Request, Retreat, Sanction, Threaten,
    };
    match kind {
        FigureKind::Dead | FigureKind::Injured | FigureKind::Missing => &[Assault],
        FigureKind::Arrested => &[Coerce, Sanction],
        FigureKind::Kidnapped => &[Assault, Coerce],
        FigureKind::Displaced => &[Assault, Coerce],
        FigureKind::Troops => &[Mobilize, Aid, Agree, Retreat, Threaten, Cooperate],
        FigureKind::Size => &[Protest],
        FigureKind::Money => &[Aid, Agree, Cooperate, Sanction, Concede, Request, Reject, Coerce],
    }
}

/// Whether a number tells of those who take part in a protest.
fn takes_part(doc: &Document<'_>, trigger: TokenId, read: &Read) -> bool {
    let counted = &read.counted;
    let subjects = slots::of(doc, trigger).subj;
    let own = |t: TokenId| {
        Some(t) == counted.noun || (counted.number.words.start..counted.number.words.end).any(|n| counted.token(n) == t)
    };
    subjects.iter().any(|&t| own(t))
        // Without a tree, those who are told first.
        || !tree::has_tree(doc, trigger)
            && counted.token(counted.number.words.end) <= trigger
            && counted.number.words.start <= 2 && counted.is_people()
}

/// Whether an amount is what an event gives: below its trigger, or below the verb that carries its noun, and in no clause of its own.
fn given(doc: &Document<'_>, trigger: TokenId, head: TokenId) -> bool {
    let anchor = told_by(doc, trigger);
    let path: Vec<TokenId> = tree::ancestors(doc, head).take_while(|&t| t != anchor && t != trigger).collect();
    let reaches = path.last().and_then(|&t| doc.token(t).head).is_some_and(|t| t == anchor || t == trigger);
    let apart = |&&t: &&TokenId| {
        matches!(doc.token(t).deprel, Deprel::AclRelcl | Deprel::Advcl | Deprel::Parataxis)
            || doc.token(t).deprel == Deprel::Conj && doc.token(t).upos == Upos::Verb
    };
    reaches && !path.iter().any(|t| apart(&t)) && !path.iter().any(|&t| matches!(doc.token(t).deprel, Deprel::Nsubj))
}

/// Whether a number counts one of several groups of one word, told side by side.
pub(super) fn is_part(doc: &Document<'_>, reads: &[Read], at: usize) -> bool {
    let Some((_, word)) = reads[at].meaning else { return false };
    let own = reads[at].counted.head(doc);
    let joined = |other: &Read| {
        let head = other.counted.head(doc);
        let conj = |a: TokenId, b: TokenId| doc.token(a).deprel == Deprel::Conj && doc.token(a).head == Some(b);
        other.meaning.is_some_and(|(_, w)| w == word) && (conj(own, head) || conj(head, own))
    };
    reads.iter().enumerate().any(|(n, other)| n != at && joined(other))
}

/// The verb whose clause tells an event that a noun names, or the word itself.
fn told_by(doc: &Document<'_>, trigger: TokenId) -> TokenId {
    let verb = |t: &TokenId| doc.token(*t).upos == Upos::Verb;
    let nominal = |t: TokenId| {
        matches!(doc.token(t).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent)
    };
    if verb(&trigger) || !nominal(trigger) { trigger } else { doc.token(trigger).head.filter(verb).unwrap_or(trigger) }
}

/// Whether a word stands in the clause of another, without a coordinated clause that has a subject of its own in between.
fn same_act(doc: &Document<'_>, a: TokenId, b: TokenId) -> bool {
    let climbs = |from: TokenId, to: TokenId| {
        let apart = |&t: &TokenId| {
            matches!(doc.token(t).deprel, Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp)
                && doc.children(t).any(|c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass))
        };
        tree::under(doc, from, to) && !tree::ancestors(doc, from).take_while(|&t| t != to).any(|t| apart(&t))
    };
    climbs(a, b) || climbs(b, a)
}
