//! Agent phrases by longest match over forms and lemmas.

use std::collections::BTreeSet;

use demarche_types::{Deprel, Number, TokenId, Upos};

use super::context::last_word;
use super::{Linker, Phrase};
use crate::base::AgentKind;
use crate::index::Walk;
use crate::tree;

/// Titles that print shortened, with the word that the tables know.
const SHORTENED: &[(&str, &str)] = &[
    ("rep.", "congressman"),
    ("reps.", "congressman"),
    ("sen.", "senator"),
    ("sens.", "senator"),
    ("gov.", "governor"),
    ("lt. gov.", "lieutenant governor"),
    ("gen.", "general"),
    ("col.", "colonel"),
    ("maj.", "major"),
    ("capt.", "captain"),
    ("lt.", "lieutenant"),
    ("sgt.", "sergeant"),
    ("cpl.", "corporal"),
    ("adm.", "admiral"),
    ("cmdr.", "commander"),
    ("insp.", "inspector"),
    ("rev.", "reverend"),
    ("prof.", "professor"),
    ("dep.", "deputy"),
    ("pres.", "president"),
    ("brig.", "brigadier"),
];

/// Words that are a title of their own before a name, with the word that the tables know: "Justice Amara Sesay" is a judge.
const TITLES: &[(&str, &str)] = &[
    ("Justice", "judge"),
    ("Advocate", "lawyer"),
    ("Attorney", "lawyer"),
    ("Counsel", "lawyer"),
    ("Father", "priest"),
    ("Fr", "priest"),
    ("Sister", "nun"),
    ("PC", "constable"),
    ("Supt", "superintendent"),
    ("Insp", "inspector"),
    ("Sgt", "sergeant"),
    ("Cpl", "corporal"),
    ("Lt", "lieutenant"),
    ("Capt", "captain"),
    ("Maj", "major"),
    ("Col", "colonel"),
    ("Brig", "brigadier"),
    ("Gen", "general"),
    ("Rev", "reverend"),
    ("Prof", "professor"),
    ("Cllr", "councillor"),
    ("Sen", "senator"),
];

/// The most tokens of a phrase, marks between its words included. The longest phrase of the table has eight words.
const LONGEST: u32 = 16;

impl Linker<'_, '_, '_> {
    /// Finds every agent phrase whose head is a noun, longest first from the left.
    pub(super) fn find_agents(&mut self) {
        for sentence in 0..self.doc.sentences.len() {
            let tokens = self.doc.sentences[sentence].tokens.clone();
            let mut at = tokens.start;
            while at < tokens.end {
                let Some((end, agent)) = self.longest_agent(at, tokens.end) else {
                    at += 1;
                    continue;
                };
                let head = tree::head_of(self.doc, at..end);
                if self.may_be_agent(at, end, head) && self.is_written_so(at..end, agent) {
                    self.phrases[head.index()] = Some(Phrase { tokens: at..end, agent });
                    at = end;
                } else {
                    at += 1;
                }
            }
        }
    }

    /// Whether a rank, an officer or a patrol is of the police or of the army: what the nearest other phrase of its sentence or the one before tells.
    pub(super) fn force_around(&self, head: TokenId) -> Option<&'static str> {
        let sentence = self.doc.sentence_of(head).index();
        let from = self.doc.sentences[sentence.saturating_sub(1)].tokens.start as usize;
        let to = (self.doc.sentences[sentence].tokens.end as usize).min(self.phrases.len());
        let tells = |index: usize| {
            let agent = &self.base.agent_entries[self.phrases[index].as_ref()?.agent as usize];
            let first = agent.sectors.first().filter(|_| !is_of_either_force(&agent.phrase))?;
            ["COP", "MIL"].into_iter().find(|sector| first.0 == *sector)
        };
        let told = (from..to).filter_map(|index| Some((index.abs_diff(head.index()), tells(index)?)));
        told.min_by_key(|(far, _)| *far).map(|(_, force)| force).or_else(|| {
            // Else the force that the whole document tells of, where it tells of one.
            let all: BTreeSet<&'static str> = (0..self.phrases.len()).filter_map(tells).collect();
            all.first().copied().filter(|_| all.len() == 1)
        })
    }

    /// A shared name counts with its capitals only, and not as the end of a longer name.
    fn is_written_so(&self, tokens: std::ops::Range<u32>, agent: u32) -> bool {
        let proper = self.base.agent_entries[agent as usize].proper;
        let head = tree::head_of(self.doc, tokens.clone());
        let form = self.doc.form(head);
        // "The Coastal Courier": the word ends a name of its kind.
        let ends_a_name = || {
            let before = |t: &u32| {
                self.doc.form(TokenId(*t)).starts_with(char::is_uppercase) && self.doc.token(TokenId(*t)).upos != Upos::Det
            };
            // Where the name goes on, its last word says what it is.
            let sentence = &self.doc.sentences[self.doc.sentence_of(head).index()].tokens;
            let next = TokenId(tokens.end);
            let goes_on = next.0 < sentence.end
                && self.doc.token(next).upos == Upos::Propn
                && self.doc.form(next).starts_with(char::is_uppercase);
            tokens.len() == 1
                && !goes_on
                && form.starts_with(char::is_uppercase)
                && tokens.start.checked_sub(1).filter(before).is_some()
        };
        (!proper || self.shared_in(tokens.clone()).is_some() || ends_a_name()) && !self.ends_a_longer_name(&tokens, head)
    }

    pub(super) fn longest_agent(&self, start: u32, end: u32) -> Option<(u32, u32)> {
        let mut best = None;
        if !tree::is_word(self.doc.form(TokenId(start))) {
            return None;
        }
        let walk = self.base.agents.walk();
        let end = end.min(start + LONGEST);
        self.extend(walk, start, end, self.doc.tokens[start as usize].span.start, &mut best);
        best
    }

    /// Goes on with a token in each of its shapes: as printed, its lemma, its likely singular.
    fn extend(&self, walk: Walk, token: u32, end: u32, from: u32, best: &mut Option<(u32, u32)>) {
        if token >= end {
            return;
        }
        let doc = self.doc;
        let id = TokenId(token);
        let Some(gap) = doc.text().get(from as usize..doc.token(id).span.start as usize) else { return };
        let Some(walk) = self.base.agents.read(walk, gap) else { return };
        let form = doc.form(id);
        let lemma = doc.token(id).lemma.as_str();
        let mut shapes: Vec<&str> =
            TITLES.iter().filter(|(t, _)| *t == form && self.precedes_a_name(id)).map(|(_, w)| *w).collect();
        shapes.push(form);
        if lemma != form {
            shapes.push(lemma);
        }
        if let Some((_, word)) = SHORTENED.iter().find(|(short, _)| form.ends_with('.') && form.eq_ignore_ascii_case(short)) {
            shapes.push(word);
        }
        // "Ex-president" in one word.
        if let Some(office) = form.strip_prefix("ex-").or_else(|| form.strip_prefix("Ex-")) {
            shapes.push(office);
        }
        let singular = singular(form);
        if let Some(word) = &singular
            && word != lemma
        {
            shapes.push(word);
        }
        let mut walks: Vec<Walk> = vec![];
        for shape in shapes {
            let Some(next) = self.base.agents.read(walk, shape) else { continue };
            // Shapes that read alike, as a mark and its lemma do, need no second walk: two a token would double with each.
            if walks.iter().any(|w| w.stands_with(&next)) {
                continue;
            }
            walks.push(next);
            let aliases = self.base.agents.matches(next);
            // "The House" with its capital is the chamber, in small letters it says nothing alone.
            let agent = |a: &crate::index::Alias| &self.base.agent_entries[a.entry as usize];
            let chamber = || {
                // "House and Senate": the tagger takes the first word of a sentence for a common noun.
                let word = |n: u32| doc.tokens.get((token + n) as usize).map_or("", |t| t.span.of(doc.text()));
                let joined = form.starts_with(char::is_uppercase) && word(1) == "and" && word(2) == "Senate";
                let name = (doc.token(id).upos == Upos::Propn || joined)
                    && aliases.first().is_some_and(|a| agent(a).kind == AgentKind::Role);
                aliases.iter().find(|a| name && agent(a).proper)
            };
            if let Some(alias) = chamber().or(aliases.first())
                && tree::is_word(form)
                && best.is_none_or(|(reach, _)| token + 1 > reach)
            {
                *best = Some((token + 1, alias.entry));
            }
            self.extend(next, token + 1, end, doc.token(id).span.end, best);
        }
    }

    /// "Baker said": a trade with a capital and nothing beside it is somebody's name.
    fn is_a_bare_surname(&self, tokens: std::ops::Range<u32>, head: TokenId) -> bool {
        let doc = self.doc;
        let word = doc.token(head);
        let trade = |a: &crate::index::Alias| {
            let agent = &self.base.agent_entries[a.entry as usize];
            agent.kind == AgentKind::Group
                && agent.sectors.first().is_some_and(|s| matches!(s.0.as_str(), "LAB" | "BUS" | "AGR" | "CVL"))
        };
        tokens.len() == 1
            && word.upos == Upos::Propn
            && word.feats.number != Number::Plur
            && !tree::is_title(doc, head)
            && doc.children(head).all(|c| doc.token(c).deprel != Deprel::Det)
            && self.base.agents.lookup(doc.form(head)).iter().any(trade)
    }

    /// "Justice Sesay", but neither "Justice Minister" nor "Justice, she said".
    fn precedes_a_name(&self, token: TokenId) -> bool {
        let next = TokenId(token.0 + 1);
        let sentence = &self.doc.sentences[self.doc.sentence_of(token).index()].tokens;
        next.0 < sentence.end
            && self.doc.token(next).upos == Upos::Propn
            && self.doc.form(next).starts_with(char::is_uppercase)
            && self.named[next.index()].is_none_or(|n| self.names[n].tokens.start == next.0)
            && !self.is_title_word(next)
    }

    fn may_be_agent(&self, start: u32, end: u32, head: TokenId) -> bool {
        let doc = self.doc;
        let token = doc.token(head);
        let noun = match token.upos {
            Upos::Noun | Upos::Propn => true,
            // "General Rojas": a title that the tagger takes for an adjective.
            Upos::Adj if token.deprel == Deprel::NmodDesc => true,
            // "the displaced", "the accused": an adjective that heads its own phrase.
            Upos::Adj => {
                matches!(token.deprel, Deprel::Nsubj | Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod)
                    // "the army's chief negotiator": a phrase doesn't end in a noun's own adjective.
                    || end - start > 1
                        && !(token.deprel == Deprel::Amod && token.head.is_some_and(|h| h.0 == end && doc.token(h).upos == Upos::Noun))
            }
            _ => false,
        };
        // A word of a name is no agent, unless the phrase goes beyond the name ("Kremlin critic").
        let inside = (start..end).any(|t| match self.named[t as usize] {
            Some(name) => {
                let name = &self.names[name].tokens;
                name.start < start || name.end > end || name.contains(&head.0) || name.len() as u32 == end - start
            }
            None => false,
        });
        // "Bishop" after "Julie Bishop" is she.
        let surname = end - start == 1 && token.upos == Upos::Propn && self.is_of_a_person(head) && !tree::is_title(doc, head);
        noun && !inside && !surname && !self.is_a_bare_surname(start..end, head)
    }
}

/// Who may be of the police or of the army: ranks, and "officers", "a patrol" that say no more.
pub(super) fn is_of_either_force(phrase: &str) -> bool {
    is_rank(phrase) || matches!(phrase, "officer" | "patrol" | "commando")
}

/// Ranks that both police and army have.
fn is_rank(phrase: &str) -> bool {
    let last = last_word(phrase);
    matches!(last, "sergeant" | "captain" | "colonel" | "major" | "lieutenant" | "commander" | "corporal" | "superintendent")
}

/// The singular of a regular English plural, or of the few irregular ones that agents have.
fn singular(form: &str) -> Option<String> {
    let lower = form.to_lowercase();
    let stem = lower.strip_suffix('s');
    match lower.as_str() {
        _ if lower.ends_with("men") && lower.len() > 4 => Some(format!("{}man", &lower[..lower.len() - 3])),
        _ if lower.ends_with("ss") || lower.ends_with("us") => None,
        _ if lower.ends_with("ies") && lower.len() > 4 => Some(format!("{}y", &lower[..lower.len() - 3])),
        _ if lower.ends_with("ches") || lower.ends_with("shes") || lower.ends_with("sses") => {
            Some(lower[..lower.len() - 2].to_owned())
        }
        // The "’" of a possessive "’s" would match as nothing at all.
        _ => stem.filter(|s| s.len() > 2 && tree::is_word(s)).map(str::to_owned),
    }
}
