//! "The company", "the bloc", "the commission": a noun with its article that takes up a body named before.

use demarche_types::{Deprel, LinkBasis, Number, TokenId, Upos};

use super::{Linker, Made, Slot};
use crate::base::{AgentKind, Entry};

/// How many sentences back a noun takes a body up.
const REACH: u32 = 4;

/// Nouns that take up people told before.
const PEOPLE: &[&str] = &["man", "woman", "boy", "girl", "men", "women"];

/// What a body must be for a noun to take it up.
enum Kind {
    /// One of these codes.
    Codes(&'static [&'static str]),
    /// One of these first sectors.
    Sectors(&'static [&'static str]),
}

/// Nouns that take up bodies of a kind.
const NOUNS: &[(&[&str], Kind)] = &[
    (
        &["bloc", "union", "body", "organisation", "organization", "grouping", "alliance"],
        Kind::Codes(&["UNO", "EUR", "IGO", "NGO"]),
    ),
    (&["mission", "force", "agency"], Kind::Codes(&["UNO", "EUR", "IGO"])),
    (&["charity"], Kind::Codes(&["NGO"])),
    (
        &[
            "company",
            "firm",
            "carrier",
            "airline",
            "miner",
            "bank",
            "manufacturer",
            "operator",
            "carmaker",
            "giant",
            "lender",
            "shipper",
            "builder",
        ],
        Kind::Sectors(&["BUS"]),
    ),
    (&["party"], Kind::Sectors(&["PTY"])),
    (&["movement", "group", "militia", "band"], Kind::Sectors(&["REB", "PRM", "PTY", "OPP", "SOC"])),
    (&["newspaper", "paper", "broadcaster", "channel", "station"], Kind::Sectors(&["JRN"])),
];

impl Linker<'_, '_, '_> {
    /// Gives nouns with an article the body that they take up.
    pub(super) fn follow_definites(&mut self) {
        for index in 0..self.doc.tokens.len() {
            let token = TokenId::from(index);
            if self.doc.token(token).upos == Upos::Noun
                && self.slots[index].as_ref().is_none_or(|s| s.actor.code.is_none() && s.basis == LinkBasis::Agent)
                && self.is_bare_definite(token)
                && let Some(body) = self.body_taken_up(token).or_else(|| self.people_taken_up(token))
            {
                let span = self.doc.token(token).span;
                // Whose country the document has yet to tell stays an agent, so that it is asked.
                let basis = if body.actor.code.is_some() { LinkBasis::Coreference } else { LinkBasis::Agent };
                self.slots[index] = Some(Slot { basis, span, made: Made::Other, ..body });
            }
        }
    }

    /// Whether a noun has its article and nothing more that says which one is meant.
    fn is_bare_definite(&self, token: TokenId) -> bool {
        let doc = self.doc;
        let article = doc.children(token).any(|c| {
            doc.token(c).deprel == Deprel::Det && matches!(doc.form(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        });
        let told = doc.children(token).any(|c| {
            matches!(
                doc.token(c).deprel,
                Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Nmod
                    | Deprel::NmodPoss
                    | Deprel::Flat
                    | Deprel::Nummod
                    | Deprel::AclRelcl
                    | Deprel::Appos
            ) && doc.token(c).upos != Upos::Num
        });
        article && !told
    }

    /// "The men" after "two lorry drivers": plural people of the sentence before or of this one, by their trade or lot.
    fn people_taken_up(&self, token: TokenId) -> Option<Slot> {
        let doc = self.doc;
        if doc.token(token).feats.number != Number::Plur || !PEOPLE.contains(&doc.token(token).lemma.as_str()) {
            return None;
        }
        let sentence = doc.sentence_of(token).0;
        (0..token.0).rev().map(TokenId).take_while(|&t| doc.sentence_of(t).0 + 1 >= sentence).find_map(|t| {
            let slot = self.slot(t).filter(|s| s.made == Made::Agent && !self.silent[t.index()])?;
            let told = slot.actor.sectors.first().is_some_and(|s| s.0 != "CVL");
            let (_, agent) = self.phrase(t)?;
            (told && agent.kind == AgentKind::Group && doc.token(t).feats.number == Number::Plur).then(|| slot.clone())
        })
    }

    fn body_taken_up(&self, token: TokenId) -> Option<Slot> {
        let doc = self.doc;
        let lemma = doc.token(token).lemma.to_lowercase();
        let kind = NOUNS.iter().find(|(nouns, _)| nouns.contains(&lemma.as_str())).map(|(_, kind)| kind);
        let sentence = doc.sentence_of(token).0;
        (0..token.0).rev().map(TokenId).take_while(|&t| doc.sentence_of(t).0 + REACH >= sentence).find_map(|t| {
            let slot = self.slot(t).filter(|s| s.actor.code.is_some() && !self.silent[t.index()])?;
            let body = matches!(self.name_at(t), Some((Entry::Body { .. }, _)))
                || slot.basis == LinkBasis::Composed && slot.made == Made::Agent;
            // Its own head noun, or a noun of its kind: "the Election Commission", then "the commission".
            let named_so = lemma.len() > 3 && doc.token(t).lemma.eq_ignore_ascii_case(&lemma);
            let of_kind = || match kind? {
                Kind::Codes(codes) => slot.actor.code.as_ref().filter(|c| codes.contains(&c.0.as_str())).map(|_| ()),
                Kind::Sectors(sectors) => slot.actor.sectors.first().filter(|s| sectors.contains(&s.0.as_str())).map(|_| ()),
            };
            (body && (named_so || slot.made == Made::Body && of_kind().is_some())).then(|| slot.clone())
        })
    }
}
