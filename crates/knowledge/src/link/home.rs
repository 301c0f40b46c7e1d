//! The country of agents that name none: "police", "the farmers", "the finance ministry".
//!
//! Every country that the document speaks of is weighed for the agent where it stands: places in its sentence and the ones before, the
//! dateline, and how much of the document is about the country. One that is well ahead of the others is taken.

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::{CountryCode, Deprel, TokenId};

use super::compose::works_abroad;
use super::context::crosses_borders;
use super::{Linker, Made};
use crate::tree;

/// Sectors of the state's own: they meet abroad, so a place in the sentence tells less of them than the document does.
const OF_STATE: &[&str] = &["GOV", "LEG", "JUD", "PTY"];

/// Sectors of people whom a reader can't place by where they act: gunmen, smugglers, those who have fled.
const OF_NOWHERE: &[&str] = &["UAF", "CRM", "REF"];

/// What a country must reach, and by how much it must lead the next.
const ENOUGH: f64 = 2.8;
const LEAD: f64 = 1.0;

/// What each sentence tells of countries.
#[derive(Default)]
pub(super) struct Scene {
    /// Where things happen.
    located: Vec<BTreeSet<CountryCode>>,
    /// What is named otherwise.
    named: Vec<BTreeSet<CountryCode>>,
    /// The share of each country in all that is certain.
    shares: BTreeMap<CountryCode, f64>,
    dateline: Option<CountryCode>,
}

impl Linker<'_, '_, '_> {
    /// What the document tells of countries.
    pub(super) fn scene(&self) -> Scene {
        let sentences = self.doc.sentences.len();
        let mut scene =
            Scene { located: vec![BTreeSet::new(); sentences], named: vec![BTreeSet::new(); sentences], ..Scene::default() };
        for index in 0..self.doc.tokens.len() {
            let token = TokenId::from(index);
            if self.in_dateline[index] {
                continue;
            }
            let at = self.doc.sentence_of(token).index();
            if let Some(place) = self.place(token) {
                let lists = if self.is_location(token) { &mut scene.located } else { &mut scene.named };
                lists[at].insert(place.place.country.clone());
            } else if let Some(code) =
                self.slot(token).filter(|s| matches!(s.made, Made::Country(_))).and_then(|s| s.actor.code.clone())
            {
                scene.named[at].insert(code);
            }
        }
        let counts = self.spoken_of();
        let all: u32 = counts.iter().filter(|(code, _)| code.is_state()).map(|(_, n)| n).sum();
        scene.shares = counts
            .into_iter()
            .filter(|(code, _)| code.is_state())
            .map(|(code, n)| (code, f64::from(n) / f64::from(all.max(1))))
            .collect();
        scene.dateline = self.dateline_countries.first().cloned();
        scene
    }

    /// The country that an agent is of, as far as the document tells.
    pub(super) fn home(&self, scene: &Scene, token: TokenId) -> Option<CountryCode> {
        let phrase = self.kind_of(token).map(|(_, agent)| agent.phrase.as_str()).unwrap_or_default();
        let office = self.slot(token).and_then(|s| s.actor.office.as_deref()).unwrap_or_default();
        let abroad = works_abroad(phrase) || works_abroad(office);
        if self.is_of(token, OF_NOWHERE) && !self.is_of_a_people(token) || abroad || crosses_borders(phrase) {
            return None;
        }
        let of_state = self.is_of(token, OF_STATE);
        let sentence = self.doc.sentence_of(token).index();
        let mut scores: BTreeMap<&CountryCode, f64> = scene
            .shares
            .iter()
            // Where only one country is spoken of, once is little.
            .map(|(code, share)| (code, if of_state { 3.5 } else { 3.0 } * share))
            .collect();
        let mut add = |codes: &'_ BTreeSet<CountryCode>, weight: f64| {
            for (code, score) in &mut scores {
                if codes.contains(*code) {
                    *score += weight;
                }
            }
        };
        add(&scene.located[sentence], if of_state { 0.8 } else { 2.5 });
        add(&scene.named[sentence], 0.6);
        for (back, located, named) in [(1, 1.2, 0.6), (2, 0.6, 0.3)] {
            if let Some(before) = sentence.checked_sub(back) {
                add(&scene.located[before], if of_state { located / 2.0 } else { located });
                add(&scene.named[before], named);
            }
        }
        if let Some(code) = &scene.dateline {
            // Talks are held abroad: where the report is more about another country, its dateline says less.
            let share = scene.shares.get(code).copied().unwrap_or(0.0);
            let led = scene.shares.values().any(|other| *other > share);
            *scores.entry(code).or_insert(0.0) += if led { 1.0 } else { 2.0 };
        }
        let mut ranked: Vec<(f64, &CountryCode)> = scores.into_iter().map(|(code, score)| (score, code)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let (score, code) = *ranked.first()?;
        let next = ranked.get(1).map_or(0.0, |(score, _)| *score);
        (score >= ENOUGH && score - next >= LEAD).then(|| code.clone())
    }

    /// "In Nairobi", "near Goma".
    fn is_location(&self, token: TokenId) -> bool {
        matches!(self.doc.token(token).deprel, Deprel::Obl | Deprel::Nmod)
            && tree::case_word(self.doc, token).is_some_and(|w| {
                matches!(w.as_str(), "in" | "at" | "near" | "across" | "outside" | "around" | "on" | "inside" | "from")
            })
    }
}
