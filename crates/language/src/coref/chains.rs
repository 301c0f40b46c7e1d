//! Entities under construction: disjoint sets of mentions, each with what its members say together.

use super::facts::{Class, Facts, Word};
use super::words::Form;

/// What is known of an entity.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Mentions in text order.
    pub(super) members: Vec<u32>,
    /// Genders that every member allows.
    pub(super) gender: u8,
    /// Numbers that every member allows.
    pub(super) number: u8,
    /// Content words of its members.
    pub(super) words: Vec<Word>,
    /// Role nouns in front of its names.
    pub(super) roles: Vec<Word>,
    /// The longest name among its members.
    pub(super) name: Option<u32>,
    /// A member is "I", "we" or "you".
    pub(super) spoken: bool,
    /// Bits of the pronoun forms among its members.
    pub(super) forms: u16,
}

/// A union-find over mentions.
pub(super) struct Chains {
    up: Vec<u32>,
    chains: Vec<Chain>,
}

pub(super) fn form_bit(form: Form) -> u16 {
    1 << form as u16
}

impl Chains {
    pub(super) fn new(facts: &[Facts]) -> Self {
        let chain = |(index, f): (usize, &Facts)| Chain {
            members: vec![index as u32],
            gender: f.gender,
            number: f.number,
            words: f.words.clone(),
            roles: f.roles.clone(),
            name: (f.class == Class::Named).then_some(index as u32),
            spoken: f.pronoun().is_some_and(|p| p.person < 3),
            forms: f.pronoun().map_or(0, |p| form_bit(p.form)),
        };
        Self { up: (0..facts.len() as u32).collect(), chains: facts.iter().enumerate().map(chain).collect() }
    }

    pub(super) fn root(&self, mention: usize) -> usize {
        let mut at = mention;
        while self.up[at] as usize != at {
            at = self.up[at] as usize;
        }
        at
    }

    pub(super) fn of(&self, mention: usize) -> &Chain {
        &self.chains[self.root(mention)]
    }

    /// Joins two entities; `false` when they were one.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return false;
        }
        let (big, small) = if self.chains[a].members.len() >= self.chains[b].members.len() { (a, b) } else { (b, a) };
        self.up[small] = big as u32;
        let gone = std::mem::replace(
            &mut self.chains[small],
            Chain { members: vec![], gender: 0, number: 0, words: vec![], roles: vec![], name: None, spoken: false, forms: 0 },
        );
        let kept = &mut self.chains[big];
        // Where members disagree, the later decision must not bar both readings.
        kept.gender = both(kept.gender, gone.gender);
        kept.number = both(kept.number, gone.number);
        merge(&mut kept.words, gone.words);
        merge(&mut kept.roles, gone.roles);
        merge(&mut kept.members, gone.members);
        kept.name = kept.name.or(gone.name);
        kept.spoken |= gone.spoken;
        kept.forms |= gone.forms;
        true
    }

    /// Notes that a mention's entity is called by this longer name.
    pub(super) fn set_name(&mut self, mention: usize, name: usize) {
        let root = self.root(mention);
        self.chains[root].name = Some(name as u32);
    }
}

/// For every mention of the document, the number of its entity, counted by first mention; `None` for
/// entities mentioned once.
pub(super) fn numbers(chains: &Chains, facts: &[Facts]) -> Vec<Option<u32>> {
    let mut root_of = vec![0; facts.len()];
    for (at, f) in facts.iter().enumerate() {
        root_of[f.id.index()] = chains.root(at);
    }
    let mut given = vec![None; facts.len()];
    let mut next = 0;
    let number = |root: usize| {
        if chains.chains[root].members.len() < 2 {
            return None;
        }
        Some(*given[root].get_or_insert_with(|| {
            next += 1;
            next - 1
        }))
    };
    root_of.into_iter().map(number).collect()
}

fn both(a: u8, b: u8) -> u8 {
    if a & b != 0 { a & b } else { a | b }
}

fn merge(into: &mut Vec<u32>, from: Vec<u32>) {
    if from.is_empty() {
        return;
    }
    into.extend(from);
    into.sort_unstable();
    into.dedup();
}
