//! What the sieves ask about a mention, worked out once.

use std::collections::HashMap;

use demarche_types::{Deprel, Document, EntityType, MentionId, Number, TokenId, Upos};

use super::words::{self, Pronoun};

/// Gender as a set of bits: masculine, feminine, neuter.
pub(super) const MASC: u8 = 1;
pub(super) const FEM: u8 = 2;
pub(super) const NEUT: u8 = 4;
/// Number as a set of bits.
pub(super) const SING: u8 = 1;
pub(super) const PLUR: u8 = 2;

/// A word, lower-cased, as a small number.
pub(super) type Word = u32;

/// Numbers for words: equal words get equal numbers, in order of first sight.
#[derive(Default)]
pub(super) struct Interner {
    ids: HashMap<String, Word>,
    buffer: String,
}

impl Interner {
    /// The number of a word, whatever its case.
    pub(super) fn id(&mut self, word: &str) -> Word {
        self.buffer.clear();
        self.buffer.extend(word.chars().flat_map(char::to_lowercase));
        let next = self.ids.len() as Word;
        if let Some(&id) = self.ids.get(self.buffer.as_str()) {
            return id;
        }
        self.ids.insert(self.buffer.clone(), next);
        next
    }
}

/// What kind of phrase a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Pronoun(Pronoun),
    /// Headed by a proper noun.
    Named,
    /// Headed by a common noun, or by an adjective or numeral used as one.
    Nominal,
    /// Headed by a verb: a clause taken up later ("to leave ... it").
    Clause,
}

/// The determiner of a nominal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Det {
    None,
    The,
    /// this, that, these, those, such
    Demonstrative,
    /// a, an, another
    Indefinite,
    /// A possessor.
    Possessive,
    /// any, some, no, every, each, all, both, many
    Quantifier,
}

/// Grammatical role of the head, as far as salience cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    Oblique,
    Possessor,
    /// Inside another noun phrase.
    Modifier,
    Other,
}

/// What is known of one mention.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) id: MentionId,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) head: TokenId,
    pub(super) sentence: u32,
    pub(super) class: Class,
    pub(super) kind: EntityType,
    /// Lemma of the head.
    pub(super) lemma: Word,
    /// The mention's words without its determiner and without a closing "'s".
    pub(super) core: Word,
    /// Number of words of `core`.
    pub(super) length: u32,
    /// Lemmas of the content words, relative clauses left out, the head included; sorted.
    pub(super) words: Vec<Word>,
    /// Lemmas of the words that modify the head from the left, sorted.
    pub(super) modifiers: Vec<Word>,
    /// For named mentions: the words of the name proper, titles left out.
    pub(super) name: Vec<Word>,
    /// Lemmas of role nouns in front of a name ("spokesman", "minister").
    pub(super) roles: Vec<Word>,
    pub(super) det: Det,
    pub(super) role: Role,
    pub(super) gender: u8,
    pub(super) number: u8,
    /// "of ...", a relative clause or the like narrows the head from the right.
    pub(super) narrowed: bool,
    /// Two or more phrases joined by "and".
    pub(super) joined: bool,
    /// The shortest mention around this one.
    pub(super) parent: Option<u32>,
    /// Words before the head that shut out others of their group, each with its group.
    pub(super) rivals: Vec<(u8, Word)>,
    /// A numeral stands before the head.
    pub(super) counted: bool,
    /// Which quotation it stands in, if any.
    pub(super) quote: Option<u32>,
}

impl Facts {
    pub(super) fn pronoun(&self) -> Option<Pronoun> {
        match self.class {
            Class::Pronoun(p) => Some(p),
            _ => None,
        }
    }

    pub(super) fn contains(&self, other: &Facts) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(super) fn overlaps(&self, other: &Facts) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Children of every token, grouped: `of(t)` is a slice in text order.
pub(super) struct Children {
    starts: Vec<u32>,
    list: Vec<TokenId>,
}

impl Children {
    pub(super) fn new(doc: &Document<'_>) -> Self {
        let mut starts = vec![0u32; doc.tokens.len() + 1];
        for head in doc.tokens.iter().filter_map(|t| t.head) {
            starts[head.index() + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut list = vec![TokenId(0); starts.last().map_or(0, |&n| n as usize)];
        for (index, token) in doc.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                list[next[head.index()] as usize] = TokenId::from(index);
                next[head.index()] += 1;
            }
        }
        Self { starts, list }
    }

    pub(super) fn of(&self, token: TokenId) -> &[TokenId] {
        &self.list[self.starts[token.index()] as usize..self.starts[token.index() + 1] as usize]
    }
}

/// Works out the facts of every mention, in the order of their heads: "his" stands before "his wife",
/// so that whose wife she is can be known first. Of mentions with one head the longest comes first.
pub(super) fn collect(doc: &Document<'_>, children: &Children, interner: &mut Interner) -> Vec<Facts> {
    let mut facts: Vec<Facts> = Vec::with_capacity(doc.mentions.len());
    let mut open: Vec<usize> = vec![];
    let mut sentence = 0usize;
    for (index, mention) in doc.mentions.iter().enumerate() {
        while sentence + 1 < doc.sentences.len() && doc.sentences[sentence].tokens.end <= mention.start.0 {
            sentence += 1;
        }
        while open.last().is_some_and(|&o| facts[o].end <= mention.start.0) {
            open.pop();
        }
        let mut one = describe(doc, children, interner, index);
        one.sentence = sentence as u32;
        one.parent = open.iter().rev().find(|&&o| facts[o].end >= one.end).map(|&o| o as u32);
        open.push(index);
        facts.push(one);
    }
    let mut order: Vec<u32> = (0..facts.len() as u32).collect();
    order.sort_by_key(|&i| (facts[i as usize].head, i));
    let mut place = vec![0u32; order.len()];
    for (at, &i) in order.iter().enumerate() {
        place[i as usize] = at as u32;
    }
    for f in &mut facts {
        f.parent = f.parent.map(|p| place[p as usize]);
    }
    facts.sort_by_key(|f| place[f.id.index()]);
    facts
}

fn describe(doc: &Document<'_>, children: &Children, interner: &mut Interner, index: usize) -> Facts {
    let mention = &doc.mentions[index];
    let (start, end, head) = (mention.start.0, mention.end.0, mention.head);
    let token = doc.token(head);
    let inside = |t: TokenId| start <= t.0 && t.0 < end;
    let own = || children.of(head).iter().copied().filter(|&t| inside(t));
    let single = end - start == 1;
    let pronoun = if single { words::pronoun(doc.form(head), token) } else { None };
    let class = match (pronoun, token.upos) {
        (Some(p), _) => Class::Pronoun(p),
        (None, Upos::Propn) => Class::Named,
        (None, Upos::Verb | Upos::Aux) => Class::Clause,
        _ => Class::Nominal,
    };
    let det = determiner(doc, own());
    let joined = own().any(|t| doc.token(t).deprel == Deprel::Conj);
    let narrowed = own().any(|t| {
        t > head
            && matches!(
                doc.token(t).deprel,
                Deprel::Nmod
                    | Deprel::Acl
                    | Deprel::AclRelcl
                    | Deprel::NmodUnmarked
                    | Deprel::Advcl
                    | Deprel::Ccomp
                    | Deprel::Nummod
            )
    });
    // A relative clause says more about the entity; its words do not name it.
    let stop = own().find(|&t| matches!(doc.token(t).deprel, Deprel::AclRelcl | Deprel::Appos) && t > head).map_or(end, |t| {
        let left = (head.0 + 1..t.0).find(|&w| descends(doc, TokenId(w), t));
        left.unwrap_or(t.0)
    });
    let mut content: Vec<Word> = (start..stop.max(head.0 + 1))
        .map(TokenId)
        .filter(|&t| is_content(doc.token(t).upos))
        .map(|t| interner.id(&doc.token(t).lemma))
        .collect();
    content.sort_unstable();
    content.dedup();
    let mut modifiers: Vec<Word> = own()
        .filter(|&t| t < head && is_content(doc.token(t).upos) && doc.token(t).deprel != Deprel::NmodPoss)
        .map(|t| interner.id(&doc.token(t).lemma))
        .collect();
    modifiers.sort_unstable();
    let rivals = own()
        .filter(|&t| t < head)
        .filter_map(|t| {
            let token = doc.token(t);
            // Two different numbers tell two things apart as well.
            let group = if token.deprel == Deprel::Nummod { Some(u8::MAX) } else { words::rivals(&token.lemma) };
            group.map(|g| (g, interner.id(&token.lemma)))
        })
        .collect();
    let (core, length) = core_words(doc, interner, start, end);
    let (mut name, mut name_start, mut roles) = (vec![], start, vec![]);
    if class == Class::Named {
        (name_start, name) = words::proper_name(doc, interner, start, end, head);
        roles = (start..name_start)
            .map(TokenId)
            .filter(|&t| words::is_role(&doc.token(t).lemma) || words::is_role(doc.form(t)))
            .map(|t| interner.id(&doc.token(t).lemma))
            .collect();
    }
    let lemma = interner.id(&token.lemma);
    let (gender, number) = agreement(doc, mention.kind, class, start, end, head, name_start, joined);
    Facts {
        id: MentionId::from(index),
        start,
        end,
        head,
        sentence: 0,
        class,
        kind: mention.kind,
        lemma,
        core,
        length,
        words: content,
        modifiers,
        name,
        roles,
        det,
        role: role(doc, head),
        gender,
        number,
        narrowed,
        joined,
        rivals,
        counted: own().any(|t| t < head && doc.token(t).deprel == Deprel::Nummod),
        parent: None,
        quote: None,
    }
}

fn is_content(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb | Upos::Adv | Upos::X)
}

/// Whether `token` stands below `above` in its tree.
pub(super) fn descends(doc: &Document<'_>, token: TokenId, above: TokenId) -> bool {
    let mut at = token;
    // A tree is no deeper than its sentence is long; the bound only guards against broken input.
    for _ in 0..64 {
        if at == above {
            return true;
        }
        match doc.token(at).head {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

fn determiner(doc: &Document<'_>, own: impl Iterator<Item = TokenId>) -> Det {
    let mut found = Det::None;
    for t in own {
        let token = doc.token(t);
        match token.deprel {
            Deprel::Det | Deprel::DetPredet => {
                found = match token.lemma.as_str() {
                    "the" => Det::The,
                    "this" | "that" | "these" | "those" | "such" => Det::Demonstrative,
                    "a" | "an" | "another" => Det::Indefinite,
                    _ => Det::Quantifier,
                }
            }
            Deprel::NmodPoss => return Det::Possessive,
            Deprel::Amod if token.lemma == "such" => return Det::Demonstrative,
            _ => {}
        }
        if found != Det::None {
            return found;
        }
    }
    found
}

fn core_words(doc: &Document<'_>, interner: &mut Interner, start: u32, end: u32) -> (Word, u32) {
    let article = |t: u32| {
        let token = doc.token(TokenId(t));
        token.upos == Upos::Det && matches!(token.lemma.as_str(), "the" | "a" | "an" | "this" | "that" | "these" | "those")
    };
    let first = if start + 1 < end && article(start) { start + 1 } else { start };
    let mut last = end;
    while last > first + 1 && matches!(doc.token(TokenId(last - 1)).upos, Upos::Part | Upos::Punct) {
        last -= 1;
    }
    let mut text = String::new();
    for t in first..last {
        text.push_str(doc.form(TokenId(t)));
        text.push(' ');
    }
    (interner.id(&text), last - first)
}

fn role(doc: &Document<'_>, head: TokenId) -> Role {
    let mut at = head;
    // A member of a coordination plays the role of its first member.
    for _ in 0..8 {
        match (doc.token(at).deprel, doc.token(at).head) {
            (Deprel::Conj, Some(first)) if doc.token(first).upos != Upos::Verb => at = first,
            _ => break,
        }
    }
    match doc.token(at).deprel {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => Role::Subject,
        Deprel::Obj | Deprel::Iobj => Role::Object,
        Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => Role::Oblique,
        Deprel::NmodPoss => Role::Possessor,
        Deprel::Nmod | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Compound | Deprel::Amod | Deprel::Flat => Role::Modifier,
        _ => Role::Other,
    }
}

#[expect(clippy::too_many_arguments, reason = "one caller, which has them all at hand")]
fn agreement(
    doc: &Document<'_>,
    kind: EntityType,
    class: Class,
    start: u32,
    end: u32,
    head: TokenId,
    name_start: u32,
    joined: bool,
) -> (u8, u8) {
    if let Class::Pronoun(p) = class {
        return (p.gender, p.number);
    }
    let token = doc.token(head);
    let number = match (joined, token.feats.number) {
        (true, _) | (_, Number::Plur) => PLUR,
        (_, Number::Ptan) => SING | PLUR,
        // A body takes "it" and "they" alike.
        _ if kind == EntityType::Organization => SING | PLUR,
        _ if words::is_group(&token.lemma) => SING | PLUR,
        (_, Number::Sing) => SING,
        _ if class == Class::Named => SING,
        _ => SING | PLUR,
    };
    // The type is a guess of the model; a given name or an office tells of a person whatever the type.
    let person = match class {
        Class::Named => end - name_start > 1 && words::gender_of_name(doc.form(TokenId(name_start))) != MASC | FEM,
        Class::Nominal => words::is_role(&token.lemma) || words::gender_of_noun(&token.lemma) != 0,
        _ => false,
    };
    let person = person && !matches!(kind, EntityType::Place | EntityType::Time);
    let gender = match kind {
        _ if kind == EntityType::Person || person => {
            let mut gender = MASC | FEM;
            if class == Class::Named {
                let before = (start..name_start).rev().map(|t| words::gender_of_noun(doc.form(TokenId(t))));
                let title = before.into_iter().find(|&g| g != 0);
                gender = title.unwrap_or_else(|| words::gender_of_name(doc.form(TokenId(name_start))));
            } else if let g @ 1.. = words::gender_of_noun(&token.lemma) {
                gender = g;
            } else {
                let mark = (start..end).take_while(|&t| t < head.0).map(|t| words::gender_of_noun(doc.form(TokenId(t))));
                gender = mark.into_iter().find(|&g| g != 0).unwrap_or(gender);
            }
            let thing = kind != EntityType::Person || words::is_group(&token.lemma);
            if thing { gender | NEUT } else { gender }
        }
        EntityType::Animal => MASC | FEM | NEUT,
        _ => NEUT,
    };
    (gender, number)
}
