//! Which mentions speak of the same person, body, place or thing.
//!
//! In the tradition of multi-pass sieves (Lee et al. 2013, Computational Linguistics 39:4): sure rules
//! come first, every later one sees the entities built so far, and what was joined is never cut.
//!
//! | sieve | joins |
//! |---|---|
//! | `name` | equal names, other names of a country, surnames and given names, acronyms |
//! | `construct` | appositions, predicates of "be", "it ... to do" |
//! | `speaker` | I, we and you of one speaker; a quoted "I" and its speaker |
//! | `reflexive` | "himself" and the subject of its clause |
//! | `ranked` | all other pronouns, nominals and names: the antecedent with the best sum of weights |
//! | `ahead` | a pronoun without antecedent and the subject that follows ("In her speech, Rao ...") |
//!
//! The conventions are those of GUM: possessives, appositions and predicates corefer, and mentions of
//! one entity need not agree in definiteness. The last sieve adds up whole numbers from a table, so that
//! results do not hang on the machine's arithmetic.

mod chains;
mod constructs;
mod facts;
mod features;
mod names;
mod quotes;
mod ranked;
mod words;

/// What the last sieve weighs, fitted by `training/coref.py`.
pub(crate) const WEIGHTS: &str = include_str!("weights.tsv");
/// Given names with their usual gender.
pub(crate) const NAMES: &str = include_str!("../../../../data/names/gender.tsv");

use demarche_types::{ChainId, Document, MentionId};

use chains::Chains;
use facts::{Children, Facts, Interner};
use features::{Feature, Group};

/// A decision: a mention, the earlier mention it was joined with, and the sieve that did so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The mention.
    pub mention: MentionId,
    /// What it was joined with.
    pub antecedent: MentionId,
    /// Name of the sieve.
    pub sieve: &'static str,
}

/// Fills [`demarche_types::Mention::chain`]. Chains are numbered by their first mention; a mention
/// that is the only one of its entity gets none.
pub fn resolve(doc: &mut Document<'_>) {
    let done = Resolver::new(doc).run();
    let chains = chains::numbers(&done.chains, &done.facts);
    for (mention, number) in doc.mentions.iter_mut().zip(chains) {
        mention.chain = number.map(ChainId);
    }
}

/// The decisions behind [`resolve`], in the order they were taken.
pub fn links(doc: &Document<'_>) -> Vec<Link> {
    Resolver::new(doc).run().links
}

/// What the last sieve weighed for one mention. Its table of weights is fitted to these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The mention.
    pub mention: MentionId,
    /// Column of the table of weights.
    pub group: &'static str,
    /// Names of what speaks for or against a new entity.
    pub alone: Vec<&'static str>,
    /// Antecedents, each with the names of what speaks for or against it.
    pub candidates: Vec<(MentionId, Vec<&'static str>)>,
}

/// Every choice of the last sieve, for fitting and for explaining.
pub fn choices(doc: &Document<'_>) -> Vec<Choice> {
    let mut found = vec![];
    let mut resolver = Resolver::new(doc);
    resolver.before_ranked();
    let ids: Vec<MentionId> = resolver.facts.iter().map(|f| f.id).collect();
    resolver.ranked(&mut |weighed| {
        let names = |list: &[Feature]| list.iter().map(|f| f.name()).collect();
        found.push(Choice {
            mention: ids[weighed.mention],
            group: Group::NAMES[weighed.group as usize],
            alone: names(weighed.alone),
            candidates: weighed.candidates.iter().map(|(m, list)| (ids[*m], names(list))).collect(),
        });
    });
    found
}

/// State of one document's resolution.
struct Resolver<'d, 'a> {
    doc: &'d Document<'a>,
    children: Children,
    interner: Interner,
    /// Mentions in the order in which the sieves take them.
    facts: Vec<Facts>,
    /// For each token, the longest mention it heads.
    headed: Vec<Option<u32>>,
    quotes: quotes::Quotes,
    chains: Chains,
    links: Vec<Link>,
}

impl<'d, 'a> Resolver<'d, 'a> {
    fn new(doc: &'d Document<'a>) -> Self {
        let children = Children::new(doc);
        let mut interner = Interner::default();
        let mut facts = facts::collect(doc, &children, &mut interner);
        let mut headed = vec![None; doc.tokens.len()];
        for (index, f) in facts.iter().enumerate().rev() {
            // Mentions are ordered longest first, so the last to write is the longest.
            headed[f.head.index()] = Some(index as u32);
        }
        let quotes = quotes::Quotes::find(doc, &children, &headed);
        for f in &mut facts {
            f.quote = quotes.around(f.head);
        }
        let chains = Chains::new(&facts);
        Self { doc, children, interner, facts, headed, quotes, chains, links: vec![] }
    }

    fn run(mut self) -> Self {
        self.before_ranked();
        self.ranked(&mut |_| {});
        self.ahead();
        self
    }

    fn before_ranked(&mut self) {
        self.names();
        self.constructs();
        self.speakers();
    }

    /// Joins the entities of two mentions, unless one of them lies around the other in one entity already.
    fn join(&mut self, mention: usize, antecedent: usize, sieve: &'static str) {
        if self.chains.join(mention, antecedent) {
            let (mention, antecedent) = (self.facts[mention].id, self.facts[antecedent].id);
            self.links.push(Link { mention, antecedent, sieve });
        }
    }

    /// Children of a token that lie in the mention it heads or anywhere else in the sentence.
    fn child(&self, token: demarche_types::TokenId, relations: &[demarche_types::Deprel]) -> Option<demarche_types::TokenId> {
        self.children.of(token).iter().copied().find(|&t| relations.contains(&self.doc.token(t).deprel))
    }
}
