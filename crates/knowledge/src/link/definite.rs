//! "The company", "the bloc", "the commission": a noun with its article that takes up a body named before; "a spokesman for the bloc",
//! "his colleague": who is what somebody told before is.

use demarche_types::{Deprel, LinkBasis, Number, TokenId, Upos};

use super::compose::OWNS;
use super::{Linker, Made, Slot};
use crate::base::{AgentKind, Entry};

/// How many sentences back a noun takes a body up.
const REACH: u32 = 4;

/// Words that say that another one is meant.
const ANOTHER: &[&str] = &[
    "other",
    "another",
    "new",
    "rival",
    "second",
    "third",
    "first",
    "last",
    "next",
    "same",
    "largest",
    "biggest",
    "main",
    "former",
    "local",
    "foreign",
    "only",
    "opposition",
    "ruling",
];

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
    (&["charity", "group", "watchdog"], Kind::Codes(&["NGO"])),
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
    (&["group"], Kind::Sectors(&["BUS"])),
    (&["chamber"], Kind::Sectors(&["LEG"])),
    (&["newspaper", "paper", "broadcaster", "channel", "station"], Kind::Sectors(&["JRN"])),
];

impl Linker<'_, '_, '_> {
    /// "A spokesman for the coalition": what a chain has told of the coalition makes the spokesman what he is.
    pub(super) fn recompose(&mut self, head: TokenId) -> bool {
        let Some((_, agent)) = self.phrase(head).filter(|(_, a)| a.kind == AgentKind::Role) else { return false };
        let told = |t: TokenId| {
            self.slot(t).filter(|s| s.basis == LinkBasis::Coreference && s.made != Made::Person && s.actor.code.is_some())
        };
        let owner = self.candidates(head).into_iter().filter(|&(s, _)| s <= OWNS).find_map(|(_, t)| told(t)).cloned();
        let Some(owner) = owner else { return false };
        let body = owner.actor.identifier_id.is_some();
        let owner = Slot { made: if body { Made::Body } else { Made::Agent }, ..owner };
        let actor = self.combine(agent, &owner, self.is_former(head));
        if let Some(slot) = &mut self.slots[head.index()] {
            slot.span = slot.span.cover(owner.span);
            slot.actor = actor;
            slot.basis = LinkBasis::Composed;
        }
        true
    }

    /// "The minister and his French colleague": what the one is, the other is elsewhere.
    pub(super) fn follow_colleagues(&mut self) {
        for index in 0..self.phrases.len() {
            let head = TokenId::from(index);
            if !self
                .phrase(head)
                .is_some_and(|(_, a)| matches!(a.phrase.as_str(), "colleague" | "counterpart" | "opposite number"))
            {
                continue;
            }
            let whose = self.doc.children(head).find(|&c| self.doc.token(c).deprel == Deprel::NmodPoss);
            let sectors = whose.and_then(|t| self.slot(t)).map(|s| s.actor.sectors.clone()).filter(|s| !s.is_empty());
            let abroad = self.slot(head).is_some_and(|s| {
                s.basis == LinkBasis::Composed && matches!(s.made, Made::Agent) && s.actor.identifier_id.is_none()
            });
            if let (Some(sectors), Some(slot)) = (sectors.filter(|_| abroad), &mut self.slots[index]) {
                slot.actor.sectors = sectors;
            }
        }
    }

    /// Gives nouns with an article the body that they take up.
    pub(super) fn follow_definites(&mut self) {
        for index in 0..self.doc.tokens.len() {
            let token = TokenId::from(index);
            if self.doc.token(token).upos == Upos::Noun
                && self.slots[index].as_ref().is_none_or(|s| s.actor.code.is_none() && s.basis == LinkBasis::Agent)
                && let Some(bare) = self.definite(token)
                && let Some(body) = self.body_taken_up(token, bare).or_else(|| self.people_taken_up(token).filter(|_| bare))
            {
                let span = self.doc.token(token).span;
                // Whose country the document has yet to tell stays an agent, so that it is asked.
                let basis = if body.actor.code.is_some() { LinkBasis::Coreference } else { LinkBasis::Agent };
                self.slots[index] = Some(Slot { basis, span, made: Made::Other, ..body });
            }
        }
    }

    /// Whether a noun has its article and nothing more that says which one is meant, or a common word that says of what kind it is
    /// ("the mining company", "the Caribbean bloc"); none where more is told.
    fn definite(&self, token: TokenId) -> Option<bool> {
        let doc = self.doc;
        let article = doc.children(token).any(|c| {
            doc.token(c).deprel == Deprel::Det
                && matches!(doc.form(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        });
        let kind = |c: TokenId| {
            matches!(doc.token(c).deprel, Deprel::Amod | Deprel::Compound)
                && self.named[c.index()].is_none()
                && self.place(c).is_none()
                && !ANOTHER.contains(&doc.form(c).to_lowercase().as_str())
        };
        let told: Vec<TokenId> = doc
            .children(token)
            .filter(|&c| {
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
            })
            .collect();
        (article && told.iter().all(|&c| kind(c))).then_some(told.is_empty())
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

    fn body_taken_up(&self, token: TokenId, bare: bool) -> Option<Slot> {
        let doc = self.doc;
        let lemma = doc.token(token).lemma.to_lowercase();
        let kinds: Vec<&Kind> = NOUNS.iter().filter(|(nouns, _)| nouns.contains(&lemma.as_str())).map(|(_, kind)| kind).collect();
        // "The unions" are no body of that kind, and "the central bank" is what its own words say.
        let one = doc.token(token).feats.number != Number::Plur;
        let sectors = self.slot(token).filter(|_| !bare).map_or(&[][..], |s| s.actor.sectors.as_slice());
        let sentence = doc.sentence_of(token).0;
        (0..token.0).rev().map(TokenId).take_while(|&t| doc.sentence_of(t).0 + REACH >= sentence).find_map(|t| {
            let slot = self.slot(t).filter(|s| s.actor.code.is_some() && !self.silent[t.index()])?;
            let body = matches!(self.name_at(t), Some((Entry::Body { .. }, _)))
                || slot.basis == LinkBasis::Composed && slot.made == Made::Agent;
            // Its own head noun, or a noun of its kind: "the Election Commission", then "the commission".
            let named_so = lemma.len() > 3 && doc.token(t).lemma.eq_ignore_ascii_case(&lemma);
            // A body that is called so: the Arab League is no alliance, a union is the European or the African one.
            let called = || {
                let name = slot.actor.identifier_text.as_deref().unwrap_or_default().to_lowercase();
                !matches!(lemma.as_str(), "union" | "alliance")
                    || name.contains(lemma.as_str())
                    || lemma == "alliance" && name.contains("treaty")
            };
            let fits = sectors.is_empty() || sectors.iter().any(|s| slot.actor.sectors.contains(s));
            let of_kind = one
                && fits
                && called()
                && kinds.iter().any(|kind| match kind {
                    Kind::Codes(codes) => slot.actor.code.as_ref().is_some_and(|c| codes.contains(&c.0.as_str())),
                    Kind::Sectors(sectors) => slot.actor.sectors.first().is_some_and(|s| sectors.contains(&s.0.as_str())),
                });
            let institution = slot.made == Made::Body || self.phrase(t).is_some_and(|(_, a)| a.kind == AgentKind::Institution);
            let meant = if bare { named_so || institution && of_kind } else { slot.made == Made::Body && of_kind };
            (body && meant).then(|| slot.clone())
        })
    }
}
