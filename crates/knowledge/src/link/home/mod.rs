//! The country of agents that name none: "police", "the farmers", "the finance ministry".
//!
//! Every country that the document speaks of is weighed for the agent where it stands: places and names in its sentence and around it, the
//! dateline, the title, agents before it, and how much of the document is about the country. Having none of them is weighed as well. The weights
//! are fitted to marked articles (`training/home.py`): a log-linear choice among the countries and none, one set of weights a group of agents.

mod features;

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::{CountryCode, Deprel, LinkBasis, Number, PlacePrecision, Span, TokenId, Upos};

use super::compose::works_abroad;
use super::context::crosses_borders;
use super::{Linker, Made};
use crate::base::Entry;
use crate::tree;
use features::{Feature, Group, score, sector};

/// By how much a country must lead none and every other country, in hundredths of a log-odd.
const LEAD: i32 = 0;

/// Words that say that an agent is not of the country spoken of, or of several.
const FOREIGN: &[&str] = &[
    "foreign",
    "international",
    "western",
    "regional",
    "european",
    "african",
    "arab",
    "asian",
    "neighbouring",
    "neighboring",
    "global",
    "overseas",
    "outside",
    "multinational",
    "rival",
    "various",
    "allied",
    "nordic",
    "baltic",
    "donor",
    "pacific",
    "gulf",
    "caribbean",
    "balkan",
];

/// Words of the longest country's name that is looked for in a title.
const LONGEST: usize = 4;

/// What the document tells of countries.
#[derive(Default)]
pub(super) struct Scene {
    /// Where things happen, sentence by sentence.
    located: Vec<BTreeSet<CountryCode>>,
    /// What is named otherwise, with the word that names it.
    named: Vec<Vec<(TokenId, CountryCode)>>,
    /// How often each country is named.
    counts: BTreeMap<CountryCode, u32>,
    /// Countries that are named otherwise than as somebody's attribute.
    by_themselves: BTreeSet<CountryCode>,
    /// Countries that any sentence names.
    ever: BTreeSet<CountryCode>,
    /// How many places lie in each country.
    places: BTreeMap<CountryCode, u32>,
    dateline: Option<CountryCode>,
    /// The sum of these counts.
    total: u32,
    /// Countries of the title, in order.
    title: Vec<CountryCode>,
    /// The first sentence that tells something: a dateline is a sentence of its own.
    lead: Option<usize>,
}

/// One choice: an agent, and for every country, and for none, what speaks for it.
pub(super) struct Weighed {
    group: Group,
    alone: Vec<Feature>,
    options: Vec<(CountryCode, Vec<Feature>)>,
}

/// A choice by names, for fitting the weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeChoice {
    /// The agent's head word, in bytes of the text.
    pub span: Span,
    /// Column of the table of weights.
    pub group: &'static str,
    /// Names of what speaks for or against none.
    pub alone: Vec<&'static str>,
    /// Countries, each with the names of what speaks for or against it.
    pub options: Vec<(CountryCode, Vec<&'static str>)>,
}

impl Weighed {
    /// The country that leads, if one does.
    fn decide(&self) -> Option<CountryCode> {
        let none = score(self.group, &self.alone);
        let mut ranked: Vec<(i32, &CountryCode)> =
            self.options.iter().map(|(code, features)| (score(self.group, features), code)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let (best, code) = *ranked.first()?;
        let next = ranked.get(1).map_or(none, |(score, _)| none.max(*score));
        (best >= next + LEAD).then(|| code.clone())
    }

    fn by_name(&self, span: Span) -> HomeChoice {
        let names = |list: &[Feature]| list.iter().map(|f| f.name()).collect();
        HomeChoice {
            span,
            group: Group::NAMES[self.group as usize],
            alone: names(&self.alone),
            options: self.options.iter().map(|(code, list)| (code.clone(), names(list))).collect(),
        }
    }
}

impl Linker<'_, '_, '_> {
    /// What the document tells of countries.
    pub(super) fn scene(&self) -> Scene {
        let sentences = self.doc.sentences.len();
        let mut scene = Scene { located: vec![BTreeSet::new(); sentences], named: vec![vec![]; sentences], ..Scene::default() };
        for index in 0..self.doc.tokens.len() {
            let token = TokenId::from(index);
            if self.in_dateline[index] {
                continue;
            }
            let at = self.doc.sentence_of(token).index();
            if let Some(place) = self.place(token).filter(|p| p.place.precision != PlacePrecision::Country) {
                *scene.places.entry(place.place.country.clone()).or_insert(0) += 1;
            }
            if let Some(place) = self.place(token) {
                if self.is_location(token) {
                    scene.located[at].insert(place.place.country.clone());
                } else {
                    scene.named[at].push((token, place.place.country.clone()));
                }
            } else if let Some(code) = self.slot(token).filter(|s| is_certain(s)).and_then(|s| s.actor.code.clone()) {
                if !self.is_attribute(token) {
                    scene.by_themselves.insert(code.clone());
                }
                scene.named[at].push((token, code));
            }
        }
        scene.ever = scene.named.iter().flatten().map(|(_, code)| code.clone()).collect();
        scene.counts = self.spoken_of();
        scene.total = scene.counts.values().sum();
        scene.dateline = self.dateline_countries.first().cloned();
        scene.title = self.title_countries();
        scene.lead = self.doc.sentences.iter().position(|s| !s.tokens.clone().all(|t| self.in_dateline[t as usize]));
        scene
    }

    /// Countries that the article's title names.
    fn title_countries(&self) -> Vec<CountryCode> {
        let mut found: Vec<CountryCode> = vec![];
        let title = self.doc.article.title.as_deref().unwrap_or_default();
        let words: Vec<&str> = title
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'))
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
            .map(|w| w.strip_suffix("'s").or(w.strip_suffix("’s")).unwrap_or(w))
            .filter(|w| !w.is_empty())
            .collect();
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
                let name = words[at..at + n].join(" ");
                let code =
                    self.base.names.lookup(&name).iter().find_map(|alias| match &self.base.entries[alias.entry as usize] {
                        Entry::Country { code, .. } if name.starts_with(char::is_uppercase) => Some(code.clone()),
                        _ => None,
                    })?;
                Some((n, code))
            });
            at += longest.as_ref().map_or(1, |(n, _)| *n);
            if let Some((_, code)) = longest.filter(|(_, code)| !found.contains(code)) {
                found.push(code);
            }
        }
        // A town of the title that the text places.
        for place in self.places.iter().filter(|p| !p.place.country.0.is_empty()) {
            let name = place.span.of(self.doc.text());
            let stands = |at: usize| {
                let end = at + name.len();
                let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                apart(title[..at].chars().next_back()) && apart(title[end..].chars().next())
            };
            if title.match_indices(name).any(|(at, _)| stands(at)) && !found.contains(&place.place.country) {
                found.push(place.place.country.clone());
            }
        }
        found
    }

    /// The country that an agent is of, as far as the document tells.
    pub(super) fn home(&self, scene: &Scene, token: TokenId) -> Option<CountryCode> {
        let phrase = self.kind_of(token).map(|(_, agent)| agent.phrase.as_str()).unwrap_or_default();
        let office = self.slot(token).and_then(|s| s.actor.office.as_deref()).unwrap_or_default();
        if works_abroad(phrase) || works_abroad(office) {
            return None;
        }
        let weighed = self.weigh(scene, token);
        if let Some(choices) = &self.choices {
            choices.borrow_mut().push(weighed.by_name(self.doc.token(token).span));
        }
        weighed.decide()
    }

    /// The country that the document tells of beside another one, whichever leads.
    pub(super) fn home_beside(&self, scene: &Scene, token: TokenId, other: &CountryCode) -> Option<CountryCode> {
        let mut weighed = self.weigh(scene, token);
        weighed.options.retain(|(code, _)| code != other && code.is_state());
        let ranked = weighed.options.iter().map(|(code, features)| (score(weighed.group, features), code));
        ranked.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, code)| code.clone())
    }

    /// "Michael Jordan": a word of the name is a country's.
    pub(super) fn bears_a_country(&self, token: TokenId) -> bool {
        tree::name_run(self.doc, token).into_iter().any(|t| {
            let country = |entry: u32| matches!(self.base.entries[entry as usize], Entry::Country { .. });
            self.base.names.lookup(self.doc.form(t)).iter().any(|alias| country(alias.entry))
        })
    }

    fn weigh(&self, scene: &Scene, token: TokenId) -> Weighed {
        let own = self.slot(token).and_then(|s| s.actor.sectors.first()).map(|s| s.0.as_str());
        let mut codes: BTreeSet<&CountryCode> = scene.counts.keys().collect();
        codes.extend(&scene.title);
        codes.extend(scene.located.iter().flatten());
        codes.extend(&scene.dateline);
        // Bodies of many states have people and seats; those of nobody (charities, movements) have no citizens.
        codes.retain(|code| code.is_state() || matches!(code.0.as_str(), "EUR" | "UNO"));
        let agents = self.agents_before(token, own);
        let options: Vec<_> =
            codes.into_iter().map(|code| (code.clone(), self.speaks_for(scene, &agents, token, code))).collect();
        Weighed { group: Group::of(own), alone: self.speaks_for_none(scene, token, own, options.len()), options }
    }

    fn speaks_for(&self, scene: &Scene, agents: &Agents, token: TokenId, code: &CountryCode) -> Vec<Feature> {
        use Feature as F;
        let mut out = vec![];
        let mut when = |holds: bool, feature: Feature| {
            if holds {
                out.push(feature);
            }
        };
        let count = scene.counts.get(code).copied().unwrap_or(0);
        let share = f64::from(count) / f64::from(scene.total.max(1));
        when(
            true,
            match share {
                s if s >= 1.0 => F::ShareAll,
                s if s >= 0.6 => F::ShareMost,
                s if s >= 0.4 => F::ShareHalf,
                s if s >= 0.25 => F::ShareThird,
                s if s >= 0.12 => F::ShareSome,
                _ => F::ShareLittle,
            },
        );
        let others = scene.counts.iter().filter(|(c, _)| *c != code).map(|(_, n)| *n).max().unwrap_or(0);
        when(count > others, F::Top);
        when(count > 0 && count == others, F::TopTied);
        when(count == 1, F::Once);
        when(count == 2, F::Twice);
        when(count > 4, F::Often);

        let here = self.doc.sentence_of(token).index();
        let located = |at: usize| scene.located[at].contains(code);
        let named = |at: usize| scene.named[at].iter().any(|(_, c)| c == code);
        let before = |back: usize, told: &dyn Fn(usize) -> bool| here.checked_sub(back).is_some_and(told);
        when(located(here), F::LocatedHere);
        when(before(1, &located), F::LocatedBefore);
        when(before(2, &located), F::LocatedTwoBefore);
        when((0..here.saturating_sub(2)).any(located), F::LocatedEarlier);
        when((here + 1..scene.located.len()).any(located), F::LocatedLater);
        when(scene.named[here].iter().any(|(t, c)| c == code && *t < token), F::NamedHereBefore);
        when(scene.named[here].iter().any(|(t, c)| c == code && *t > token), F::NamedHereAfter);
        when(before(1, &named), F::NamedBefore);
        when(before(2, &named), F::NamedTwoBefore);
        when((0..here.saturating_sub(2)).any(named), F::NamedEarlier);
        when((here + 1..scene.named.len()).any(named), F::NamedLater);
        let last = scene.named[..=here].iter().flatten().rfind(|(t, _)| *t < token);
        when(last.is_some_and(|(_, c)| c == code), F::Last);
        when(last.is_some_and(|(t, c)| c == code && self.is_attribute(*t)), F::LastAttribute);
        when(
            scene.ever.contains(code) && !scene.by_themselves.contains(code) && !scene.places.contains_key(code),
            F::AttributeOnly,
        );
        let places = scene.places.get(code).copied().unwrap_or(0);
        when(places > 0 && scene.places.iter().all(|(c, n)| c == code || *n < places), F::PlaceTop);
        when(scene.named[here].iter().find(|(t, _)| *t > token).is_some_and(|(_, c)| c == code), F::Next);
        let mut of_sentence = scene.named[here].iter().map(|(_, c)| c).chain(&scene.located[here]);
        when((named(here) || located(here)) && of_sentence.all(|c| c == code), F::OnlyHere);
        when((0..scene.located.len()).any(located) && !scene.ever.contains(code), F::OnlyLocated);

        let dateline = scene.dateline.as_ref();
        when(dateline == Some(code), F::Dateline);
        when(dateline == Some(code) && count >= others, F::DatelineTop);
        when(dateline.is_some_and(|c| c != code), F::DatelineOther);
        let title = scene.title.contains(code);
        when(title, F::Title);
        when(scene.title.first() == Some(code), F::TitleFirst);
        when(title && scene.title.len() == 1, F::TitleSole);
        when(!title && !scene.title.is_empty(), F::TitleOther);
        let lead = scene.lead;
        when(lead.is_some_and(|at| named(at) || located(at)), F::Lead);
        when(lead.is_some_and(|at| scene.named[at].first().is_some_and(|(_, c)| c == code)), F::LeadFirst);

        when(agents.last.as_ref() == Some(code), F::LastAgent);
        when(agents.last_of_sector.as_ref() == Some(code), F::LastOfSector);
        when(agents.of_sector.contains(code), F::SomeOfSector);
        when(!agents.of_sector.is_empty() && !agents.of_sector.contains(code), F::OthersOfSector);
        let beside = |t: TokenId| scene.named[here].iter().any(|(other, c)| c == code && *other == t);
        let word = self.doc.token(token);
        let is_argument = |d: &Deprel| {
            matches!(d, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent)
        };
        if let Some(verb) = word.head.filter(|_| is_argument(&word.deprel)) {
            let party = |t: TokenId| t != token && is_argument(&self.doc.token(t).deprel) && beside(t) && !self.is_location(t);
            when(self.doc.children(verb).any(party), F::Opposed);
        }
        let head = word.head.filter(|_| word.deprel == Deprel::Conj);
        when(
            head.is_some_and(beside) || self.doc.children(token).any(|c| self.doc.token(c).deprel == Deprel::Conj && beside(c)),
            F::Joined,
        );
        when(!code.is_state(), F::NotAState);
        out
    }

    fn speaks_for_none(&self, scene: &Scene, token: TokenId, own: Option<&str>, options: usize) -> Vec<Feature> {
        use Feature as F;
        let doc = self.doc;
        let word = doc.token(token);
        let phrase = self.kind_of(token).map(|(_, agent)| agent.phrase.as_str()).unwrap_or_default();
        let child = |holds: &dyn Fn(TokenId) -> bool| doc.children(token).any(holds);
        let det = |word: &str| child(&|c| doc.token(c).deprel == Deprel::Det && doc.form(c).eq_ignore_ascii_case(word));
        let mut out = vec![F::Alone];
        let mut when = |holds: bool, feature: Feature| {
            if holds {
                out.push(feature);
            }
        };
        when(options == 1, F::AloneSole);
        when(options == 2, F::AloneTwo);
        when(options > 4, F::AloneMany);
        when(det("the"), F::AloneThe);
        when(det("a") || det("an"), F::AloneIndefinite);
        when(word.feats.number == Number::Plur, F::AlonePlural);
        when(child(&|c| doc.token(c).deprel == Deprel::Nummod), F::AloneCounted);
        when(child(&|c| matches!(doc.token(c).deprel, Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl)), F::AloneModified);
        when(child(&|c| doc.token(c).deprel == Deprel::NmodPoss), F::AloneOwned);
        let foreign = |c: TokenId| {
            matches!(doc.token(c).deprel, Deprel::Amod | Deprel::Compound)
                && FOREIGN.contains(&doc.form(c).to_lowercase().as_str())
        };
        when(child(&foreign), F::AloneForeign);
        when(crosses_borders(phrase) || child(&|c| crosses_borders(doc.form(c))), F::AloneCrossing);
        when(self.is_of_a_people(token), F::AloneOfAPeople);
        let speaks = |verb: TokenId| matches!(doc.token(verb).lemma.as_str(), "say" | "tell" | "add" | "warn" | "note");
        when(word.deprel == Deprel::Nsubj && word.head.is_some_and(speaks), F::AloneSpeaker);
        when(child(&|c| tree::is_title(doc, c)) || word.upos == Upos::Propn, F::AloneTitle);
        when(scene.dateline.is_none(), F::AloneNoDateline);
        out.extend(own.and_then(sector));
        out
    }

    /// Agents before this one whose country the words around them tell.
    fn agents_before(&self, token: TokenId, own: Option<&str>) -> Agents {
        let mut agents = Agents::default();
        for index in 0..token.index() {
            let Some(slot) = self.slots[index].as_ref().filter(|s| !matches!(s.made, Made::Country(_)) && !s.is_media) else {
                continue;
            };
            let Some(code) = slot.actor.code.as_ref().filter(|_| slot.basis != LinkBasis::Document) else { continue };
            agents.last = Some(code.clone());
            if own.is_some() && slot.actor.sectors.first().map(|s| s.0.as_str()) == own {
                agents.last_of_sector = Some(code.clone());
                agents.of_sector.insert(code.clone());
            }
        }
        agents
    }

    /// "Ruritanian" of "a Ruritanian firm": it says whose somebody is.
    fn is_attribute(&self, token: TokenId) -> bool {
        matches!(self.doc.token(token).deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked | Deprel::NmodDesc)
    }

    /// "In Nairobi", "near Goma".
    fn is_location(&self, token: TokenId) -> bool {
        matches!(self.doc.token(token).deprel, Deprel::Obl | Deprel::Nmod)
            && tree::case_word(self.doc, token).is_some_and(|w| {
                matches!(w.as_str(), "in" | "at" | "near" | "across" | "outside" | "around" | "on" | "inside" | "from")
            })
    }
}

/// Countries of agents before one.
#[derive(Default)]
struct Agents {
    last: Option<CountryCode>,
    last_of_sector: Option<CountryCode>,
    of_sector: BTreeSet<CountryCode>,
}

/// A name that tells a country: not what the document has given it.
fn is_certain(slot: &super::Slot) -> bool {
    !slot.is_media && slot.basis == LinkBasis::Alias && slot.made != Made::Person || matches!(slot.made, Made::Country(_))
}
