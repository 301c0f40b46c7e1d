//! Lasting relations that the text tells: membership, founding, hosting, office.

use demarche_types::{DateBasis, Deprel, Document, EventDate, Participant, Relation, RelationKind, Span, TokenId, Upos};

use crate::events::Scene;
use crate::participants::{is_coded, participant};
use crate::slots;
use crate::{dates, tree};

/// Finds the relations of a document, in text order.
pub(crate) fn find(scene: &Scene<'_>) -> Vec<Relation> {
    let doc = scene.doc;
    let mut out = vec![];
    for token in (0..doc.tokens.len()).map(TokenId::from) {
        let t = doc.token(token);
        match (t.upos, t.lemma.as_str()) {
            (Upos::Verb, "found" | "establish" | "create" | "form") => founded(scene, token, &mut out),
            (Upos::Verb, "host") => simple(scene, token, RelationKind::Hosts, &mut out),
            (Upos::Verb, "join") => simple(scene, token, RelationKind::MemberOf, &mut out),
            (Upos::Noun, "member") => member(scene, token, &mut out),
            (Upos::Propn, _) => office(scene, token, &mut out),
            _ => {}
        }
    }
    out
}

fn known(doc: &Document<'_>, token: TokenId) -> Option<Participant> {
    participant(doc, token).filter(|p| is_coded(&p.actor) && p.actor.identifier_id.is_some())
}

fn is_body(p: &Participant) -> bool {
    let code = p.actor.code.as_ref().map_or("", |c| c.0.as_str());
    matches!(code, "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG")
        || p.actor.identifier_id.as_ref().is_some_and(|i| i.starts_with("org."))
}

fn since(scene: &Scene<'_>, token: TokenId) -> Option<EventDate> {
    let context = dates::AttachContext {
        mentions: scene.dates,
        published: scene.published,
        dateline: None,
        told_as_new: false,
        triggers: &[],
    };
    Some(dates::attach(scene.doc, token, &context)).filter(|d| d.basis == DateBasis::Expression)
}

fn clause(doc: &Document<'_>, token: TokenId) -> Span {
    tree::subtree(doc, token).into_iter().map(|t| doc.token(t).span).reduce(Span::cover).unwrap_or(doc.token(token).span)
}

/// "Established in 2001 by China and Russia, the SCO ...": founders of a body, since the date.
fn founded(scene: &Scene<'_>, verb: TokenId, out: &mut Vec<Relation>) {
    let doc = scene.doc;
    let slots = slots::of(doc, verb);
    let Some(object) = slots.obj.iter().find_map(|&o| known(doc, o)).filter(is_body) else { return };
    for subject in slots.subj.iter().filter_map(|&s| known(doc, s)) {
        out.push(Relation {
            subject,
            kind: RelationKind::Founded,
            object: object.clone(),
            since: since(scene, verb),
            evidence: clause(doc, verb),
        });
    }
}

fn simple(scene: &Scene<'_>, verb: TokenId, kind: RelationKind, out: &mut Vec<Relation>) {
    let doc = scene.doc;
    let slots = slots::of(doc, verb);
    let Some(object) = slots.obj.iter().find_map(|&o| known(doc, o)).filter(is_body) else { return };
    for subject in slots.subj.iter().filter_map(|&s| known(doc, s)) {
        out.push(Relation { subject, kind, object: object.clone(), since: since(scene, verb), evidence: clause(doc, verb) });
    }
}

/// "SCO members China and Russia", "Turkey, a member of NATO".
fn member(scene: &Scene<'_>, noun: TokenId, out: &mut Vec<Relation>) {
    let doc = scene.doc;
    let owner = doc.children(noun).find_map(|c| {
        let body = matches!(doc.token(c).deprel, Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod);
        known(doc, c).filter(|p| body && is_body(p))
    });
    let Some(object) = owner else { return };
    let mut subjects: Vec<TokenId> =
        doc.children(noun).filter(|&c| matches!(doc.token(c).deprel, Deprel::Appos | Deprel::Nsubj)).collect();
    subjects.extend(doc.token(noun).head.filter(|_| doc.token(noun).deprel == Deprel::Appos));
    for subject in subjects.into_iter().flat_map(|s| slots::conjuncts(doc, s)).filter_map(|s| known(doc, s)) {
        if subject.actor.identifier_id != object.actor.identifier_id {
            out.push(Relation {
                subject,
                kind: RelationKind::MemberOf,
                object: object.clone(),
                since: None,
                evidence: clause(doc, noun),
            });
        }
    }
}

/// A person with an office told beside the name: "Meena Rao, India's trade minister".
fn office(scene: &Scene<'_>, name: TokenId, out: &mut Vec<Relation>) {
    let doc = scene.doc;
    let Some(title) = tree::child(doc, name, &[Deprel::Appos]).filter(|&a| doc.actor_at(a).is_some()) else { return };
    let (Some(subject), Some(object)) = (participant(doc, name), country_of(doc, title)) else { return };
    if subject.actor.sectors.is_empty() || object.actor.identifier_id == subject.actor.identifier_id {
        return;
    }
    out.push(Relation {
        evidence: subject.span.cover(clause(doc, title)),
        subject,
        kind: RelationKind::OfficeHolder,
        object,
        since: None,
    });
}

fn country_of(doc: &Document<'_>, title: TokenId) -> Option<Participant> {
    let owns = |c: &TokenId| matches!(doc.token(*c).deprel, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    doc.children(title).filter(owns).find_map(|c| known(doc, c))
}
