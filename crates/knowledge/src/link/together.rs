//! States that are told together, and states that are neighbours.

use demarche_types::{CountryCode, Deprel, Number, TokenId};

use super::compose::FROM;
use super::{Linker, Made, Slot};

/// States that are neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) enum Neighbour {
    /// Of the one that a word names.
    Of(TokenId),
    /// More than one.
    Several,
}

impl Linker<'_, '_, '_> {
    /// Whether a neighbour is a state: "its northern neighbour", "Chad's neighbour", "both neighbours"; but not "his neighbour".
    pub(super) fn neighbour(&self, head: TokenId) -> Option<Neighbour> {
        let doc = self.doc;
        self.phrase(head).filter(|(_, agent)| matches!(agent.phrase.as_str(), "neighbour" | "neighbor"))?;
        let plural = doc.token(head).feats.number == Number::Plur;
        let owner = doc.children(head).find(|&c| doc.token(c).deprel == Deprel::NmodPoss);
        let told = |words: &[&str]| doc.children(head).any(|c| words.contains(&doc.form(c).to_lowercase().as_str()));
        match owner {
            Some(owner) => {
                let state = self.slot(owner).is_some_and(|s| matches!(s.made, Made::Country(_)));
                // "Its" is seldom a person's; "their" may be a family's, and of one neighbour the chain will tell.
                let form = doc.form(owner);
                let its = form.eq_ignore_ascii_case("its");
                let of = || if plural { Neighbour::Several } else { Neighbour::Of(owner) };
                (state || its || !plural && form.eq_ignore_ascii_case("their")).then(of)
            }
            None => (plural && told(&["two", "both"]) || told(&["either", "neither"])).then_some(Neighbour::Several),
        }
    }

    /// "The Russian and Chinese defence ministers", "the presidents of Iran and Iraq": one head, several states. Their codes in order, none
    /// where there is but one.
    pub(super) fn states_joined(&self, candidates: &[(u32, TokenId)], owner: &Slot) -> Vec<CountryCode> {
        let Some(first) = owner.actor.code.clone() else { return vec![] };
        // "Russian troops in Syria and Libya" are Russian: what is joined to whose they are counts, not what is joined to where they are.
        let is_owner = |&&(strength, token): &&(u32, TokenId)| strength <= FROM && self.code(token) == Some(&first);
        let Some(&(_, of)) = candidates.iter().find(is_owner) else { return vec![] };
        let mut states = vec![first];
        for joined in self.doc.children(of).filter(|&c| self.doc.token(c).deprel == Deprel::Conj) {
            let other = self.slot(joined).filter(|s| matches!(s.made, Made::Country(_)));
            states.extend(other.and_then(|s| s.actor.code.clone()).filter(|code| !states.contains(code)));
        }
        if states.len() > 1 { states } else { vec![] }
    }
}
