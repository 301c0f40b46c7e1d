//! The last sieve: for each pronoun, nominal or name still without antecedent, the best one of its window.

use std::collections::HashMap;

use demarche_types::{Deprel, EntityType, Upos};

use super::Resolver;
use super::chains::{Chain, form_bit};
use super::constructs::alike;
use super::facts::{Class, Det, Facts, PLUR, Role, SING, Word};
use super::features::{self, Feature, Group};
use super::words::{self, Form};

/// Earlier mentions that a pronoun may look at, and how many sentences back.
const PRONOUN_WINDOW: usize = 60;
const PRONOUN_SENTENCES: u32 = 9;
/// Earlier mentions with the same head or words that a nominal may look at.
const HEAD_WINDOW: usize = 10;
/// Earlier mentions of any head that a definite nominal may look at.
const NEAR_WINDOW: usize = 14;
const NEAR_SENTENCES: u32 = 3;

/// A mention with its possible antecedents, as weighed.
pub(super) struct Weighed<'c> {
    pub(super) mention: usize,
    pub(super) group: Group,
    /// What speaks for a new entity.
    pub(super) alone: &'c [Feature],
    /// Antecedents with what speaks for each.
    pub(super) candidates: &'c [(usize, Vec<Feature>)],
}

/// Where the mentions seen so far are found again.
#[derive(Default)]
struct Index {
    by_lemma: HashMap<Word, Vec<u32>>,
    by_core: HashMap<Word, Vec<u32>>,
    by_name: HashMap<Word, Vec<u32>>,
}

impl Resolver<'_, '_> {
    pub(super) fn ranked(&mut self, watch: &mut dyn FnMut(&Weighed<'_>)) {
        let mut index = Index::default();
        let mut candidates: Vec<(usize, Vec<Feature>)> = vec![];
        let mut alone: Vec<Feature> = vec![];
        for mention in 0..self.facts.len() {
            let open = self.chains.of(mention).members.first().is_none_or(|&m| m as usize == mention);
            if open
                && let Some(group) = self.group(mention)
                && !self.reflexive(mention)
            {
                candidates.clear();
                self.candidates(mention, group, &index, &mut candidates);
                alone.clear();
                self.describe_alone(mention, &index, &mut alone);
                watch(&Weighed { mention, group, alone: &alone, candidates: &candidates });
                let mut best = (features::score(group, &alone), None);
                for (antecedent, evidence) in &candidates {
                    let score = features::score(group, evidence);
                    if score > best.0 {
                        best = (score, Some(*antecedent));
                    }
                }
                if let Some(antecedent) = best.1 {
                    self.join(mention, antecedent, "ranked");
                }
            }
            let f = &self.facts[mention];
            if f.pronoun().is_none() {
                index.by_lemma.entry(f.lemma).or_default().push(mention as u32);
                index.by_core.entry(f.core).or_default().push(mention as u32);
                for &word in &f.name {
                    index.by_name.entry(word).or_default().push(mention as u32);
                }
            }
        }
    }

    fn group(&self, mention: usize) -> Option<Group> {
        match self.facts[mention].class {
            Class::Pronoun(p) => match p.form {
                Form::He => Some(Group::He),
                Form::It => Some(Group::It),
                Form::They => Some(Group::They),
                Form::This | Form::These | Form::Here => Some(Group::This),
                Form::I | Form::We | Form::You | Form::Other => None,
            },
            Class::Nominal => Some(Group::Noun),
            Class::Named => Some(Group::Name),
            Class::Clause => None,
        }
    }

    /// "himself" is the subject of its clause.
    fn reflexive(&mut self, mention: usize) -> bool {
        let f = &self.facts[mention];
        let Some(p) = f.pronoun().filter(|p| p.reflexive) else { return false };
        let Some(subject) = self.clause_subject(f.head) else { return false };
        let chain = self.chains.of(subject);
        if subject == mention || chain.gender & p.gender == 0 || chain.number & p.number == 0 {
            return false;
        }
        self.join(mention, subject, "reflexive");
        true
    }

    fn candidates(&self, mention: usize, group: Group, index: &Index, out: &mut Vec<(usize, Vec<Feature>)>) {
        let f = &self.facts[mention];
        let mut picks: Vec<usize> = vec![];
        let sentences = |m: usize| f.sentence - self.facts[m].sentence;
        if f.pronoun().is_some() {
            let near = (mention.saturating_sub(PRONOUN_WINDOW)..mention).rev();
            picks.extend(near.take_while(|&m| sentences(m) <= PRONOUN_SENTENCES).filter(|&m| self.pronoun_may(mention, m)));
        } else {
            let last = |list: Option<&Vec<u32>>, n: usize| -> Vec<usize> {
                list.into_iter().flat_map(|l| l.iter().rev().take(n).map(|&m| m as usize)).collect()
            };
            picks.extend(last(index.by_lemma.get(&f.lemma), HEAD_WINDOW));
            picks.extend(last(index.by_core.get(&f.core), 3));
            for word in [f.name.first(), f.name.last()].into_iter().flatten() {
                picks.extend(last(index.by_name.get(word), 4));
            }
            if matches!(f.det, Det::The | Det::Demonstrative | Det::Possessive) && f.class == Class::Nominal {
                let near = (mention.saturating_sub(NEAR_WINDOW)..mention).rev();
                picks.extend(near.take_while(|&m| sentences(m) <= NEAR_SENTENCES));
            }
            picks.sort_unstable_by(|a, b| b.cmp(a));
            picks.dedup();
            picks.retain(|&m| self.nominal_may(mention, m));
        }
        let mut chains: Vec<usize> = vec![];
        let mut alike_chains: Vec<usize> = vec![];
        for m in picks {
            let root = self.chains.root(m);
            let rank = chains.iter().position(|&c| c == root).unwrap_or_else(|| {
                chains.push(root);
                chains.len() - 1
            });
            let mut evidence = Vec::with_capacity(32);
            if self.facts[m].kind == f.kind {
                let rank = alike_chains.iter().position(|&c| c == root).unwrap_or_else(|| {
                    alike_chains.push(root);
                    alike_chains.len() - 1
                });
                evidence.extend([Feature::NearestKind, Feature::SecondKind, Feature::ThirdKind].get(rank));
            }
            self.describe_pair(mention, m, rank, group, &mut evidence);
            out.push((m, evidence));
        }
    }

    /// Whether one mention stands inside the other in a way that bars their being one.
    fn nested(&self, a: &Facts, b: &Facts) -> bool {
        if !a.overlaps(b) {
            return false;
        }
        let (outer, inner) = if a.contains(b) { (a, b) } else { (b, a) };
        // A relative clause speaks of its head: "the man who lost his job".
        let mut at = inner.head;
        for _ in 0..24 {
            let token = self.doc.token(at);
            if matches!(token.deprel, Deprel::AclRelcl | Deprel::Acl) && at > outer.head {
                return inner.pronoun().is_none();
            }
            match token.head {
                Some(head) if head != outer.head => at = head,
                _ => return true,
            }
        }
        true
    }

    fn pronoun_may(&self, mention: usize, m: usize) -> bool {
        let (f, a) = (&self.facts[mention], &self.facts[m]);
        let Some(p) = f.pronoun() else { return false };
        let chain = self.chains.of(m);
        if chain.gender & p.gender == 0 || chain.number & p.number == 0 || chain.spoken || self.nested(a, f) {
            return false;
        }
        if a.pronoun().is_some_and(|q| q.person < 3) {
            return false;
        }
        p.possessive || p.reflexive || !self.bound(f, chain)
    }

    /// "The envoy met him": not the envoy, whatever else the envoy is called before.
    fn bound(&self, f: &Facts, chain: &Chain) -> bool {
        let fact = |&m: &u32| &self.facts[m as usize];
        let end = chain.members.partition_point(|m| fact(m).sentence <= f.sentence);
        let mut own = chain.members[..end].iter().rev().map(fact).take_while(|a| a.sentence == f.sentence);
        own.any(|a| self.co_arguments(f, a))
    }

    fn co_arguments(&self, f: &Facts, a: &Facts) -> bool {
        let (x, y) = (self.doc.token(f.head), self.doc.token(a.head));
        let argument = |r: Role| matches!(r, Role::Subject | Role::Object | Role::Oblique);
        x.head.is_some() && x.head == y.head && argument(f.role) && argument(a.role)
    }

    fn nominal_may(&self, mention: usize, m: usize) -> bool {
        let (f, a) = (&self.facts[mention], &self.facts[m]);
        if a.pronoun().is_some_and(|p| p.person < 3) || self.nested(a, f) {
            return false;
        }
        let chain = self.chains.of(m);
        if f.class == Class::Named && a.class == Class::Named && f.lemma != a.lemma && f.core != a.core {
            let shares = f.name.iter().any(|w| a.name.contains(w));
            if !shares {
                return false;
            }
        }
        let rival = |x: &(u8, Word)| a.rivals.iter().any(|y| x.0 == y.0 && x.1 != y.1);
        if f.lemma == a.lemma && f.rivals.iter().any(rival) {
            return false;
        }
        let agree = chain.gender & f.gender != 0 && chain.number & f.number != 0;
        agree || (f.core == a.core && f.number & a.number != 0)
    }

    fn main_subject(&self, a: &Facts) -> bool {
        a.role == Role::Subject && self.doc.token(a.head).head.is_some_and(|h| self.doc.token(h).deprel == Deprel::Root)
    }

    fn describe_pair(&self, mention: usize, m: usize, rank: usize, group: Group, out: &mut Vec<Feature>) {
        use Feature as F;
        let (f, a) = (&self.facts[mention], &self.facts[m]);
        let chain = self.chains.of(m);
        let distance = f.sentence - a.sentence;
        out.push(match distance {
            0 => F::Same,
            1 => F::One,
            2 => F::Two,
            3 => F::Three,
            4..=5 => F::Five,
            6..=9 => F::Nine,
            _ => F::Far,
        });
        out.push(match rank {
            0 => F::Nearest,
            1 => F::Second,
            2 => F::Third,
            3..=5 => F::Sixth,
            _ => F::Later,
        });
        out.push(match (distance, a.role) {
            (0, Role::Subject) => F::SameSubject,
            (0, Role::Object) => F::SameObject,
            (0, Role::Oblique) => F::SameOblique,
            (0, Role::Possessor) => F::SamePossessor,
            (0, Role::Modifier) => F::SameModifier,
            (0, Role::Other) => F::SameOther,
            (_, Role::Subject) => F::Subject,
            (_, Role::Object) => F::Object,
            (_, Role::Oblique) => F::Oblique,
            (_, Role::Possessor) => F::Possessor,
            (_, Role::Modifier) => F::Modifier,
            (_, Role::Other) => F::Other,
        });
        let mut when = |yes: bool, feature: Feature| {
            if yes {
                out.push(feature);
            }
        };
        let main = self.main_subject(a);
        when(main && distance == 0, F::MainSubject);
        when(main && distance == 1, F::LastMainSubject);
        when(f.role == a.role, F::SameRole);
        when(f.role == Role::Subject && a.role == Role::Subject && distance <= 1, F::SubjectAgain);
        when(f.role == Role::Object && a.role == Role::Object && distance <= 1, F::ObjectAgain);
        when(main && a.kind == EntityType::Person, F::PersonMain);
        when(a.parent.is_some(), F::Inner);
        when(distance == 0 && self.co_arguments(f, a), F::OneClause);
        when(a.contains(f), F::Around);
        let form = f.pronoun().map(|p| p.form);
        match a.class {
            Class::Pronoun(p) if Some(p.form) == form => {
                when(true, F::SamePronoun);
                when(distance <= 1, F::PronounNear);
            }
            Class::Pronoun(p) if p.form == Form::Other => when(true, F::OtherPronoun),
            Class::Pronoun(_) => when(true, F::Pronoun),
            Class::Named => when(true, F::Named),
            Class::Clause => when(true, F::Clause),
            Class::Nominal => when(
                true,
                match a.det {
                    Det::None => F::NominalBare,
                    Det::The => F::NominalThe,
                    Det::Demonstrative => F::NominalDemonstrative,
                    Det::Indefinite => F::NominalIndefinite,
                    Det::Possessive => F::NominalPossessive,
                    Det::Quantifier => F::NominalQuantifier,
                },
            ),
        }
        when(chain.spoken, F::SpokenPronoun);
        when(a.joined, F::Joined);
        when(a.narrowed, F::Narrowed);
        when(
            true,
            match chain.members.partition_point(|&x| (x as usize) < mention) {
                0 | 1 => F::SizeOne,
                2 => F::SizeTwo,
                3..=4 => F::SizeFour,
                _ => F::SizeMany,
            },
        );
        when(chain.members.first().is_some_and(|&x| self.facts[x as usize].sentence < 2), F::Topic);
        when(form.is_some_and(|form| chain.forms & form_bit(form) != 0), F::HasForm);
        when(
            true,
            if f.kind == a.kind {
                F::KindEqual
            } else if alike(f.kind, a.kind) {
                F::KindAlike
            } else if f.kind == EntityType::Person || a.kind == EntityType::Person {
                F::KindPerson
            } else {
                F::KindOther
            },
        );
        when(f.gender == chain.gender, F::GenderEqual);
        when(
            true,
            match (f.number, chain.number) {
                (x, y) if x == y => F::NumberEqual,
                (PLUR, both) if both == SING | PLUR => F::NumberGroup,
                _ => F::NumberOpen,
            },
        );
        when(f.quote == a.quote, F::QuoteSame);
        when(f.quote != a.quote, F::QuoteOther);
        if let Some(p) = f.pronoun() {
            let clause = distance == 0 && self.clause_subject(f.head) == Some(m);
            when(clause, F::ClauseSubject);
            when(p.possessive && clause, F::OwnSameClause);
            when(p.possessive && distance == 0, F::OwnSame);
            when(p.possessive && distance > 0, F::OwnBefore);
            when(p.reflexive, F::Reflexive);
        } else {
            self.describe_words(f, a, m, group, distance, out);
        }
    }

    /// The entity that owns a mention ("his" in "his wife").
    fn possessor(&self, f: &Facts) -> Option<usize> {
        let owner = self.child(f.head, &[Deprel::NmodPoss])?;
        Some(self.chains.root(self.mention_headed(owner)?))
    }

    /// A pronoun still alone may look ahead to the main subject of its sentence.
    pub(super) fn ahead(&mut self) {
        for mention in 0..self.facts.len() {
            let f = &self.facts[mention];
            let Some(p) = f.pronoun().filter(|p| matches!(p.form, Form::He | Form::It | Form::They)) else { continue };
            let alone = self.chains.of(mention).members.len() == 1;
            if !alone || self.doc.token(f.head).deprel == Deprel::Expl || f.role == Role::Other {
                continue;
            }
            let near = mention + 1..(mention + 9).min(self.facts.len());
            let found = near.take_while(|&m| self.facts[m].sentence == f.sentence).find(|&m| {
                let (a, chain) = (&self.facts[m], self.chains.of(m));
                let agrees = chain.gender & p.gender != 0 && chain.number & p.number != 0 && a.kind == f.kind && !chain.spoken;
                agrees && self.main_subject(a) && a.pronoun().is_none() && !a.overlaps(f)
            });
            if let Some(found) = found {
                self.join(mention, found, "ahead");
            }
        }
    }

    fn describe_words(&self, f: &Facts, a: &Facts, m: usize, group: Group, distance: u32, out: &mut Vec<Feature>) {
        use Feature as F;
        let chain = self.chains.of(m);
        let mut when = |yes: bool, feature: Feature| {
            if yes {
                out.push(feature);
            }
        };
        let core = f.core == a.core;
        let head = f.lemma == a.lemma;
        if let (true, Some(x), Some(y)) = (core || head, self.possessor(f), self.possessor(a)) {
            when(x == y, F::PossessorSame);
            when(x != y, F::PossessorOther);
        }
        when((core || head) && f.counted != a.counted, F::Counted);
        when((core || head) && f.counted && a.counted, F::CountedBoth);
        if core {
            when(f.det == Det::The && a.det == Det::The, F::CoreTheFromThe);
            when(f.det == Det::None && a.det == Det::None, F::CoreBareFromBare);
            when(f.det != a.det, F::CoreMixed);
            when(f.narrowed, F::CoreNarrowed);
            when(f.kind != a.kind, F::CoreKindOther);
            when(true, F::CoreEqual);
            when(
                true,
                match f.det {
                    Det::The => F::CoreThe,
                    Det::Demonstrative => F::CoreDemonstrative,
                    Det::Indefinite => F::CoreIndefinite,
                    Det::Possessive => F::CorePossessive,
                    Det::Quantifier => F::CoreQuantifier,
                    Det::None if f.number == PLUR => F::CoreBarePlural,
                    Det::None => F::CoreBare,
                },
            );
            when(f.length > 1, F::CoreLong);
            when(distance <= 1, F::CoreOne);
            when(distance > 9, F::CoreFar);
        } else if head {
            when(
                true,
                match f.det {
                    Det::The => F::HeadThe,
                    Det::Demonstrative => F::HeadDemonstrative,
                    Det::Indefinite => F::HeadIndefinite,
                    Det::Possessive => F::HeadPossessive,
                    Det::Quantifier => F::HeadQuantifier,
                    Det::None => F::HeadBare,
                },
            );
            when(a.class == Class::Named, F::HeadNamed);
            when(f.det == Det::The && a.det == Det::The, F::HeadTheFromThe);
            when(f.det == Det::The && a.det == Det::Indefinite, F::HeadTheFromIndefinite);
            when(f.det == Det::The && a.det == Det::None, F::HeadTheFromBare);
            when(f.number != a.number, F::HeadNumber);
            when(f.kind != a.kind, F::HeadKindOther);
            let missing = f.words.iter().filter(|w| chain.words.binary_search(w).is_err()).count();
            when(f.det == Det::The && missing == 0, F::HeadTheInside);
            when(f.det == Det::The && missing > 0, F::HeadTheMissing);
            when(f.det == Det::Possessive && missing == 0, F::HeadInsidePossessive);
            when(matches!(f.det, Det::The | Det::Demonstrative) && f.words.len() == 1 && distance <= 2, F::HeadBareHeadNear);
            when(distance > 9, F::HeadFar);
        } else {
            when(
                true,
                match f.det {
                    Det::The => F::NoHeadThe,
                    Det::Demonstrative => F::NoHeadDemonstrative,
                    Det::Indefinite => F::NoHeadIndefinite,
                    Det::Possessive => F::NoHeadPossessive,
                    Det::Quantifier => F::NoHeadQuantifier,
                    Det::None => F::NoHeadBare,
                },
            );
            when(a.class == Class::Named, F::NoHeadNamed);
            when(f.role == Role::Subject && a.role == Role::Subject, F::NoHeadSubject);
            when(distance <= 1 && f.words.len() == 1, F::NoHeadNear);
            let head = self.doc.token(f.head).lemma.as_str();
            when(words::is_hypernym(head, a.kind, a.class == Class::Named), F::HypernymEqual);
            when(f.det == Det::Demonstrative && distance <= 1, F::DemonstrativeNear);
        }
        when(chain.roles.contains(&f.lemma), F::RoleEqual);
        when(!head && chain.words.binary_search(&f.lemma).is_ok(), F::LemmaInChain);
        if head && !core {
            let missing = f.words.iter().filter(|w| chain.words.binary_search(w).is_err()).count();
            when(missing == 0 && f.words.len() > 1, F::WordsInside);
            when(missing == 0, F::WordsAllInside);
            when(missing == 1, F::WordsMissing);
            when(missing > 1, F::WordsTwoMissing);
            let clash = !f.modifiers.is_empty() && !a.modifiers.is_empty() && f.modifiers != a.modifiers;
            when(f.modifiers == a.modifiers && !f.modifiers.is_empty(), F::ModifiersEqual);
            when(clash, F::ModifiersClash);
            when(f.words.len() == 1, F::BareHead);
            when(
                true,
                match (a.narrowed, f.narrowed) {
                    (true, false) => F::OnlyEarlierNarrowed,
                    (false, true) => F::OnlyLaterNarrowed,
                    (true, true) => F::BothNarrowed,
                    (false, false) => F::NoneNarrowed,
                },
            );
        }
        if group == Group::Name {
            when(f.name.iter().any(|w| a.name.contains(w)), F::NameShares);
            when(!f.name.is_empty() && f.name.iter().all(|w| a.name.contains(w)), F::NameInside);
        }
        when(core && self.doc.token(f.head).upos == Upos::Num, F::EqualNumeral);
    }

    fn describe_alone(&self, mention: usize, index: &Index, out: &mut Vec<Feature>) {
        use Feature as F;
        let f = &self.facts[mention];
        let token = self.doc.token(f.head);
        let mut when = |yes: bool, feature: Feature| {
            if yes {
                out.push(feature);
            }
        };
        when(true, F::New);
        when(
            true,
            match f.det {
                Det::The => F::NewThe,
                Det::Demonstrative => F::NewDemonstrative,
                Det::Indefinite => F::NewIndefinite,
                Det::Possessive => F::NewPossessive,
                Det::Quantifier => F::NewQuantifier,
                Det::None if f.number == PLUR => F::NewBarePlural,
                Det::None => F::NewBare,
            },
        );
        when(f.class == Class::Named, F::NewNamed);
        when(f.narrowed, F::NewNarrowed);
        when(index.by_lemma.contains_key(&f.lemma), F::NewSeenHead);
        when(index.by_core.contains_key(&f.core), F::NewSeenCore);
        when(f.joined, F::NewJoined);
        when(f.role == Role::Subject, F::NewSubject);
        when(f.role == Role::Modifier, F::NewModifier);
        when(!f.modifiers.is_empty(), F::NewModified);
        when(
            true,
            match f.kind {
                EntityType::Person => F::NewPerson,
                EntityType::Organization => F::NewOrganization,
                EntityType::Place => F::NewPlace,
                EntityType::Time => F::NewTime,
                EntityType::Event => F::NewEvent,
                EntityType::Object => F::NewObject,
                EntityType::Abstract => F::NewAbstract,
                _ => F::NewOtherKind,
            },
        );
        when(token.deprel == Deprel::Expl, F::NewExpletive);
        when(f.length == 1, F::NewShort);
        when(token.upos == Upos::Num, F::NewNumeral);
        when(f.class == Class::Clause, F::NewClause);
        if let Some(p) = f.pronoun() {
            when(p.form == Form::Here, F::NewHere);
            when(p.form == Form::This, F::NewThis);
            when(p.form == Form::These, F::NewThese);
        }
    }
}
