//! Who takes part: from a slot's filler to an actor with its words.

use demarche_types::{Actor, ActorLink, Deprel, Document, EntityType, LinkBasis, Participant, Span, TokenId, Upos};

use crate::slots::preposition;

/// Whether a phrase names a political actor: a country, a body, an office or a group with a sector.
pub(crate) fn is_political(doc: &Document<'_>, head: TokenId) -> bool {
    link(doc, head).is_some_and(|(l, _)| is_coded(&l.actor) && !l.is_media)
}

/// Whether the codebook has a code for it.
pub(crate) fn is_coded(actor: &Actor) -> bool {
    actor.code.is_some() || actor.sectors.iter().any(|s| s.0 != "UNK")
}

/// The link of a phrase: its head's own, or that of the country or body that owns or qualifies the head
/// ("three Iranian nuclear facilities"). The flag says that it is the phrase's own.
pub(crate) fn link<'d>(doc: &'d Document<'_>, head: TokenId) -> Option<(&'d ActorLink, bool)> {
    let own = doc.actor_at(head);
    if let Some(own) = own.filter(|l| is_coded(&l.actor)) {
        return Some((own, true));
    }
    let qualifies = |c: TokenId| match doc.token(c).deprel {
        Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::NmodDesc | Deprel::Appos => true,
        Deprel::Nmod => preposition(doc, c).is_some_and(|p| {
            matches!(p.as_str(), "of" | "in" | "from" | "at" | "inside" | "near" | "by" | "to" | "for" | "against" | "with")
        }),
        _ => false,
    };
    // "her supporters" are not she, though "Iran's facilities" are Iran's.
    let person = doc.mention_at(head).is_some_and(|m| doc.mentions[m.index()].kind == EntityType::Person);
    let else_s = |c: TokenId, l: &ActorLink| person && doc.token(c).deprel == Deprel::NmodPoss && l.actor.office.is_some();
    let borrowed = doc
        .children(head)
        .filter(|&c| qualifies(c))
        .find_map(|c| doc.actor_at(c).filter(|l| is_coded(&l.actor) && !else_s(c, l)));
    borrowed.map(|l| (l, false)).or(own.map(|l| (l, true)))
}

/// Makes a participant of a filler. `None` for a phrase that cannot be one (a pronoun without antecedent, a clause).
pub(crate) fn participant(doc: &Document<'_>, head: TokenId) -> Option<Participant> {
    let token = doc.token(head);
    let (span, found) = (phrase(doc, head), link(doc, head));
    if let Some((link, false)) = found
        && matches!(doc.token(link.head).deprel, Deprel::Nmod | Deprel::Appos)
    {
        // "demands from protesters": the party is the inner phrase.
        return participant(doc, link.head);
    }
    if let Some((link, own)) = found {
        let mut actor = link.actor.clone();
        let basis = if own { link.basis.clone() } else { LinkBasis::Composed };
        // Of several states the first; those whose words stand in the phrase are parties of their own.
        actor.code = link.first_code().cloned();
        if !own {
            // A country's thing is the country: the name of the entry stays, an office does not carry over.
            actor.office = None;
        }
        let name = (own && basis == LinkBasis::Coreference && !span.overlaps(link.span)).then_some(link.span);
        return Some(Participant { span, head, actor, basis, name });
    }
    match token.upos {
        // "eleven of her supporters", "some of the rebels": who they are stands in the of-phrase.
        Upos::Num | Upos::Det | Upos::Pron | Upos::Adj => {
            let of = |c: &TokenId| doc.token(*c).deprel == Deprel::Nmod && preposition(doc, *c).is_some_and(|p| p == "of");
            let whole = doc.children(head).find(of).filter(|&c| matches!(doc.token(c).upos, Upos::Noun | Upos::Propn))?;
            participant(doc, whole).map(|p| Participant { span: span.cover(p.span), ..p })
        }
        Upos::Noun | Upos::Propn => {
            Some(Participant { span, head, actor: Actor::default(), basis: LinkBasis::Named, name: None })
        }
        _ => None,
    }
}

/// The words of a phrase around its head: modifiers before it, flat names and of-phrases after it, no clauses.
pub(crate) fn phrase(doc: &Document<'_>, head: TokenId) -> Span {
    let mut span = doc.token(head).span;
    for child in doc.children(head) {
        let joins = match doc.token(child).deprel {
            Deprel::Det
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::Nummod
            | Deprel::DetPredet
            | Deprel::NmodDesc => child < head,
            Deprel::Flat | Deprel::Goeswith => true,
            Deprel::Nmod => preposition(doc, child).is_some_and(|p| p == "of"),
            _ => false,
        };
        if joins {
            span = span.cover(deep(doc, child, 0));
        }
    }
    span
}

fn deep(doc: &Document<'_>, head: TokenId, depth: u8) -> Span {
    let mut span = doc.token(head).span;
    if depth < 8 {
        for child in doc.children(head) {
            if !matches!(doc.token(child).deprel, Deprel::Punct | Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis) {
                span = span.cover(deep(doc, child, depth + 1));
            }
        }
    }
    span
}

/// Whether two participants are the same party.
pub(crate) fn same_party(a: &Participant, b: &Participant) -> bool {
    if a.head == b.head {
        return true;
    }
    match (&a.actor.identifier_id, &b.actor.identifier_id) {
        (Some(x), Some(y)) => x == y && a.actor.sectors == b.actor.sectors,
        _ => false,
    }
}
