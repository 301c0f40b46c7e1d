//! Names: equal ones, parts of longer ones, acronyms.

use std::collections::HashMap;

use demarche_types::{EntityType, TokenId};

use super::Resolver;
use super::constructs::alike;
use super::facts::{Class, Det, PLUR, Word};
use super::words;

/// How many earlier bearers of a word are looked at.
const WINDOW: usize = 12;

impl Resolver<'_, '_> {
    pub(super) fn names(&mut self) {
        let mut by_core: HashMap<Word, Vec<u32>> = HashMap::new();
        let mut by_word: HashMap<Word, Vec<u32>> = HashMap::new();
        let mut seen: Vec<u32> = vec![];
        for index in 0..self.facts.len() {
            if self.facts[index].class != Class::Named {
                continue;
            }
            let core = self.alias_of(index);
            let exact = by_core
                .get(&core)
                .and_then(|list| list.iter().rev().take(WINDOW).map(|&m| m as usize).find(|&m| self.same_name(m, index)));
            let found = exact
                .or_else(|| self.partial(index, &by_word))
                .or_else(|| seen.iter().rev().take(60).map(|&m| m as usize).find(|&m| self.acronym(m, index)));
            if let Some(antecedent) = found {
                self.join(index, antecedent, "name");
                let longest = self.chains.of(index).name.map(|m| m as usize);
                let best = longest.into_iter().chain([index, antecedent]).max_by_key(|&m| self.facts[m].name.len());
                if let Some(best) = best {
                    self.chains.set_name(index, best);
                }
            }
            by_core.entry(core).or_default().push(index as u32);
            for &word in &self.facts[index].name {
                by_word.entry(word).or_default().push(index as u32);
            }
            seen.push(index as u32);
        }
    }

    fn alias_of(&mut self, index: usize) -> Word {
        let f = &self.facts[index];
        if f.length > 4 {
            return f.core;
        }
        let skip = u32::from(f.end - f.start > f.length && self.doc.form(TokenId(f.start)).eq_ignore_ascii_case("the"));
        let mut text = String::new();
        for t in f.start + skip..f.start + skip + f.length {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.doc.form(TokenId(t)));
        }
        match words::alias(&text.to_lowercase()) {
            Some(alias) => self.interner.id(&format!("{alias} ")),
            None => f.core,
        }
    }

    fn same_name(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.facts[a], &self.facts[b]);
        kinds_fit(a.kind, b.kind) && !a.overlaps(b)
    }

    /// An earlier mention whose name this name shortens or lengthens.
    fn partial(&self, index: usize, by_word: &HashMap<Word, Vec<u32>>) -> Option<usize> {
        let f = &self.facts[index];
        // "most Thais", "a Moreau", "300 Democrats" and "the President" are not known by name alone.
        let office = f.name.len() == 1 && words::is_role(self.doc.form(f.head));
        let picked = matches!(f.det, Det::Indefinite | Det::Quantifier | Det::Demonstrative) || f.counted;
        if f.name.is_empty() || f.joined || office || picked {
            return None;
        }
        let candidates = |word: &Word| by_word.get(word).into_iter().flat_map(|list| list.iter().rev().take(WINDOW));
        let mut best: Option<usize> = None;
        for &m in [f.name.first(), f.name.last()].into_iter().flatten().flat_map(candidates) {
            let m = m as usize;
            if best.is_none_or(|b| m > b) && self.name_fits(m, index) {
                best = Some(m);
            }
        }
        best
    }

    /// Whether two names may be one entity's, judged by the longest name of the earlier entity too.
    fn name_fits(&self, earlier: usize, index: usize) -> bool {
        let (a, b) = (&self.facts[earlier], &self.facts[index]);
        let picked = matches!(a.det, Det::Indefinite | Det::Quantifier) || a.counted;
        let people = a.number == PLUR && (a.modifiers != b.modifiers || a.narrowed || b.narrowed);
        if a.overlaps(b) || a.joined || !kinds_fit(a.kind, b.kind) || picked || people || a.number & b.number == 0 {
            return false;
        }
        let person = a.kind == EntityType::Person || b.kind == EntityType::Person;
        match b.kind {
            _ if person => {
                let full = self.chains.of(earlier).name.map_or(earlier, |m| m as usize);
                let gender = b.kind != EntityType::Person || self.chains.of(earlier).gender & b.gender != 0;
                gender && person_names_fit(&a.name, &b.name) && person_names_fit(&self.facts[full].name, &b.name)
            }
            EntityType::Time => false,
            _ if a.kind != b.kind => false,
            _ => {
                a.name == b.name && !a.narrowed && !b.narrowed && a.number & b.number != 0 && a.modifiers == b.modifiers
                    || (b.kind == EntityType::Organization && b.name.len() < a.name.len() && a.name.starts_with(&b.name))
            }
        }
    }

    /// Whether one of two mentions is made of the initials of the other ("SCO").
    pub(super) fn acronym(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.facts[a], &self.facts[b]);
        if x.overlaps(y) && !x.contains(y) || !alike(x.kind, y.kind) || x.kind == EntityType::Person {
            return false;
        }
        if x.contains(y) && self.doc.token(y.head).deprel != demarche_types::Deprel::Appos {
            return false;
        }
        self.initials_spell(a, b) || self.initials_spell(b, a)
    }

    fn initials_spell(&self, long: usize, short: usize) -> bool {
        let (l, s) = (&self.facts[long], &self.facts[short]);
        if s.length != 1 || l.length < 2 || s.name.len() != 1 {
            return false;
        }
        let letters: Vec<char> = self.doc.form(s.head).chars().filter(|c| *c != '.').collect();
        if letters.len() < 2 || letters.len() > 7 || !letters.iter().all(char::is_ascii_uppercase) {
            return false;
        }
        // The brackets that hold the acronym stand inside the long mention.
        let end = if l.contains(s) { s.start } else { l.end };
        let capital = |t: u32| self.doc.form(TokenId(t)).chars().next().filter(char::is_ascii_uppercase);
        let any =
            |t: u32| self.doc.form(TokenId(t)).chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let small: Vec<char> = (l.start..end).filter_map(any).collect();
        let spelt: Vec<char> = (l.start..end).filter_map(capital).collect();
        let skipped: Vec<char> = (l.start + 1..end).filter_map(capital).collect();
        spelt == letters || skipped == letters || letters.len() > 2 && small == letters
    }
}

/// Whether two names may be one entity's by their types. The model often mistakes the type of a lone
/// surname, but seldom takes a person for a place or a body that it knows.
fn kinds_fit(a: EntityType, b: EntityType) -> bool {
    use EntityType::{Organization, Person, Place, Time};
    let sure = |kind| matches!(kind, Person | Place | Organization | Time);
    let person = (a == Person) != (b == Person);
    !(person && sure(a) && sure(b))
}

/// "Rao" and "Meena Rao", "Meena K. Rao" and "Meena Rao"; not "Meena Rao" and "Vikram Rao".
fn person_names_fit(a: &[Word], b: &[Word]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (Some(first), Some(last)) = (short.first(), short.last()) else { return false };
    if short.len() == 1 {
        return long.first() == Some(first) || long.last() == Some(last);
    }
    let turned = short.len() == 2 && long.len() == 2 && long[0] == short[1] && long[1] == short[0];
    turned || long.last() == Some(last) && long.first() == Some(first) || long.starts_with(short) || long.ends_with(short)
}
