//! Mentions of entities: named mentions, typed mentions, bare spans.
//!
//! Gold is GUM's `Entity=` in the MISC column: nested brackets with a type, and a coreference
//! identifier. A mention is *named* when its syntactic head, the word whose own head lies outside the
//! mention, is a proper noun.
//!
//! Named mentions are scored twice: by exact span, and by head word, which forgives a clause or an
//! apposition too many or too few after a name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use demarche_types::{Document, EntityType};
use serde::Serialize;

use crate::conllu::Sentence;
use crate::report::{Row, Score, Table, json};
use crate::stripped::{Stripped, strip};

/// A mention, placed by characters (white space not counted) so that tokenisation does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Its stretches, half-open; more than one only for a discontinuous mention.
    pub parts: Vec<(usize, usize)>,
    /// Entity type ("person").
    pub kind: String,
    /// Whether its head is a proper noun.
    pub named: bool,
    /// Characters of its head.
    pub head: Option<(usize, usize)>,
    /// Coreference identifier; mentions of one entity share it.
    pub chain: Option<String>,
}

/// What is wrong with an `Entity=` annotation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sentence at line {line}: {kind}")]
pub struct EntityError {
    /// Line of the file on which the sentence starts.
    pub line: usize,
    /// What is wrong.
    pub kind: EntityErrorKind,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum EntityErrorKind {
    #[error("the mention `{0}` is closed but was not opened")]
    NotOpened(String),
    #[error("the mention `{0}` is opened but not closed in its sentence")]
    NotClosed(String),
    #[error("the mention `{0}` has no type")]
    NoType(String),
}

/// Mention scores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MentionReport {
    /// Outermost named persons, organizations and places by span, the same by head word; then all typed mentions; then bare spans.
    pub scores: Vec<Row>,
    /// All typed mentions by type, in alphabetical order.
    pub types: Vec<Row>,
    /// Outermost named mentions by type.
    pub named_types: Vec<Row>,
}

/// Reads the mentions of one document's sentences, ordered by start, longest first.
pub fn from_conllu(sentences: &[Sentence]) -> Result<Vec<Mention>, EntityError> {
    let mut mentions = Vec::new();
    let mut at = 0;
    for sentence in sentences {
        let spans = word_spans(sentence, &mut at);
        let found = sentence_mentions(sentence).map_err(|kind| EntityError { line: sentence.line, kind })?;
        for raw in found {
            let head = head_word(sentence, &raw.parts);
            mentions.push(Mention {
                parts: raw.parts.iter().map(|&(start, end)| (spans[start].0, spans[end - 1].1)).collect(),
                kind: raw.kind,
                named: head.is_some_and(|h| sentence.words[h].upos == "PROPN"),
                head: head.map(|h| spans[h]),
                chain: Some(raw.id),
            });
        }
    }
    sort(&mut mentions);
    Ok(mentions)
}

/// The mentions of a document. A mention without a chain keeps none.
pub fn from_document(document: &Document<'_>) -> Vec<Mention> {
    let map = Stripped::new(document.text());
    let mut mentions: Vec<Mention> = document
        .mentions
        .iter()
        .filter(|m| m.start < m.end)
        .map(|m| Mention {
            parts: vec![map.span(document.span_of(m.start, m.end))],
            kind: type_name(m.kind).to_owned(),
            named: m.named,
            head: Some(map.span(document.token(m.head).span)),
            chain: m.chain.map(|c| c.0.to_string()),
        })
        .collect();
    sort(&mut mentions);
    mentions
}

/// Scores documents: for each, gold and system mentions.
pub fn score(documents: &[(Vec<Mention>, Vec<Mention>)]) -> MentionReport {
    let mut named = Score::default();
    let mut by_head = Score::default();
    let mut typed = Score::default();
    let mut untyped = Score::default();
    let mut types = BTreeMap::new();
    let mut named_types = BTreeMap::new();
    for (gold, system) in documents {
        let all = |mentions: &[Mention]| mentions.iter().map(key).collect::<BTreeSet<_>>();
        let outer = |mentions: &[Mention]| outermost_named(mentions).into_iter().map(key).collect::<BTreeSet<_>>();
        named.add(compare(&outer(gold), &outer(system)));
        let heads = |mentions: &[Mention]| {
            outermost_named(mentions).into_iter().map(|m| (m.head, m.kind.clone())).collect::<BTreeSet<_>>()
        };
        by_head.add(compare(&heads(gold), &heads(system)));
        typed.add(compare(&all(gold), &all(system)));
        let spans = |mentions: &[Mention]| mentions.iter().map(|m| m.parts.clone()).collect::<BTreeSet<_>>();
        untyped.add(compare(&spans(gold), &spans(system)));
        by_type(&mut types, &all(gold), &all(system));
        by_type(&mut named_types, &outer(gold), &outer(system));
    }
    let rows = |table: BTreeMap<String, Score>| table.into_iter().map(|(name, score)| Row::new(name, score)).collect();
    MentionReport {
        scores: vec![
            Row::new("named (outermost)", named),
            Row::new("named, by head word", by_head),
            Row::new("typed", typed),
            Row::new("untyped", untyped),
        ],
        types: rows(types),
        named_types: rows(named_types),
    }
}

impl MentionReport {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for MentionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Table::of_scores("mentions", &self.scores))?;
        writeln!(f, "{}", Table::of_scores("named, by type", &self.named_types))?;
        Table::of_scores("all, by type", &self.types).fmt(f)
    }
}

/// Named persons, organizations and places that lie in no other such mention.
fn outermost_named(mentions: &[Mention]) -> Vec<&Mention> {
    let named: Vec<&Mention> =
        mentions.iter().filter(|m| m.named && matches!(m.kind.as_str(), "person" | "organization" | "place")).collect();
    let cover = |m: &Mention| (m.parts.first().map_or(0, |p| p.0), m.parts.last().map_or(0, |p| p.1));
    let mut kept: Vec<&Mention> = Vec::new();
    // Sorted by start, longest first: whatever contains a mention stands before it.
    let mut reach = 0;
    for &mention in &named {
        let (_, end) = cover(mention);
        let same = kept.last().is_some_and(|last| cover(last) == cover(mention));
        if end > reach || same {
            kept.push(mention);
            reach = reach.max(end);
        }
    }
    kept
}

fn key(mention: &Mention) -> (Vec<(usize, usize)>, String) {
    (mention.parts.clone(), mention.kind.clone())
}

fn compare<T: Ord>(gold: &BTreeSet<T>, system: &BTreeSet<T>) -> Score {
    Score::new(gold.len(), system.len(), gold.intersection(system).count())
}

type Keys = BTreeSet<(Vec<(usize, usize)>, String)>;

fn by_type(table: &mut BTreeMap<String, Score>, gold: &Keys, system: &Keys) {
    for (_, kind) in gold {
        table.entry(kind.clone()).or_default().gold += 1;
    }
    for (_, kind) in system {
        table.entry(kind.clone()).or_default().system += 1;
    }
    for (_, kind) in gold.intersection(system) {
        table.entry(kind.clone()).or_default().correct += 1;
    }
}

fn sort(mentions: &mut [Mention]) {
    let ends = |m: &Mention| (m.parts.first().map_or(0, |p| p.0), m.parts.last().map_or(0, |p| p.1));
    mentions.sort_by(|a, b| {
        let ((a_start, a_end), (b_start, b_end)) = (ends(a), ends(b));
        a_start.cmp(&b_start).then(b_end.cmp(&a_end)).then_with(|| a.cmp(b))
    });
}

fn type_name(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Organization => "organization",
        EntityType::Place => "place",
        EntityType::Time => "time",
        EntityType::Event => "event",
        EntityType::Object => "object",
        EntityType::Abstract => "abstract",
        EntityType::Animal => "animal",
        EntityType::Plant => "plant",
        EntityType::Substance => "substance",
    }
}

/// Characters of every word; words of a multiword token share it out as [`crate::conllu::raw_text`] does.
fn word_spans(sentence: &Sentence, at: &mut usize) -> Vec<(usize, usize)> {
    let raw = crate::conllu::raw_text(std::slice::from_ref(sentence));
    let map = Stripped::new(&raw.text);
    let start = *at;
    *at += strip(&raw.text).count();
    raw.words.into_iter().flatten().map(|span| map.span(span)).map(|(s, e)| (start + s, start + e)).collect()
}

/// A mention by word indices.
struct RawMention {
    id: String,
    kind: String,
    parts: Vec<(usize, usize)>,
}

fn sentence_mentions(sentence: &Sentence) -> Result<Vec<RawMention>, EntityErrorKind> {
    let mut open: Vec<(RawMention, usize, bool)> = Vec::new();
    let mut done: Vec<RawMention> = Vec::new();
    for (index, word) in sentence.words.iter().enumerate() {
        let Some(entity) = word.misc.split('|').find_map(|item| item.strip_prefix("Entity=")) else { continue };
        for bracket in brackets(entity) {
            if bracket.opens {
                let mut fields = bracket.body.split('-');
                let (id, part) = without_part(fields.next().unwrap_or_default());
                let kind = fields.next().map(|k| without_part(k).0).filter(|k| !k.is_empty());
                let kind = kind.ok_or_else(|| EntityErrorKind::NoType(id.clone()))?;
                open.push((RawMention { id, kind, parts: vec![] }, index, part > 1));
            }
            if bracket.closes {
                let id = without_part(bracket.body.split('-').next().unwrap_or_default()).0;
                let place = open.iter().rposition(|(m, _, _)| m.id == id);
                let Some(place) = place else { return Err(EntityErrorKind::NotOpened(id)) };
                let (mut mention, start, continues) = open.remove(place);
                let part = (start, index + 1);
                let earlier = if continues { done.iter_mut().rev().find(|m| m.id == mention.id) } else { None };
                match earlier {
                    Some(first) => first.parts.push(part),
                    None => {
                        mention.parts.push(part);
                        done.push(mention);
                    }
                }
            }
        }
    }
    match open.pop() {
        Some((mention, _, _)) => Err(EntityErrorKind::NotClosed(mention.id)),
        None => Ok(done),
    }
}

/// `(body`, `(body)` or `body)`.
struct Bracket<'a> {
    body: &'a str,
    opens: bool,
    closes: bool,
}

fn brackets(entity: &str) -> Vec<Bracket<'_>> {
    let mut found = Vec::new();
    let mut rest = entity;
    while !rest.is_empty() {
        let (opens, body) = rest.strip_prefix('(').map_or((false, rest), |body| (true, body));
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let closes = body[end..].starts_with(')');
        if end > 0 || opens {
            found.push(Bracket { body: &body[..end], opens, closes });
        }
        rest = &body[end + usize::from(closes)..];
    }
    found
}

/// Splits `e7[2/3]` into `e7` and 2; without a part number the part is 1.
fn without_part(id: &str) -> (String, usize) {
    let Some((id, part)) = id.split_once('[') else { return (id.to_owned(), 1) };
    let part = part.split('/').next().and_then(|p| p.parse().ok()).unwrap_or(1);
    (id.to_owned(), part)
}

/// The word of the mention whose head lies outside it.
fn head_word(sentence: &Sentence, parts: &[(usize, usize)]) -> Option<usize> {
    let inside = |word: usize| parts.iter().any(|&(start, end)| start <= word && word < end);
    let mut words = parts.iter().flat_map(|&(start, end)| start..end);
    words.find(|&w| sentence.words[w].head.checked_sub(1).is_none_or(|head| !inside(head)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Treebank;

    /// `form UPOS head Entity` a line.
    fn sentence(lines: &str) -> Vec<Sentence> {
        let mut file = String::new();
        for (index, line) in lines.lines().enumerate() {
            let c: Vec<&str> = line.split_whitespace().collect();
            let misc = c.get(3).map_or("_".to_owned(), |e| format!("Discourse=x|Entity={e}"));
            file += &format!("{}\t{}\t_\t{}\t_\t_\t{}\tdep\t_\t{misc}\n", index + 1, c[0], c[1], c[2]);
        }
        Treebank::parse(&file).expect("the sentence is well formed").sentences
    }

    const NESTED: &str = "The DET 2 (1-person-new-x\nminister NOUN 6\nof ADP 5\nthe DET 5 (2-place-new-x\n\
                          Netherlands PROPN 2 2)1)\nmet VERB 0\nAnna PROPN 6 (3-person-new-x\nof ADP 9\nRome PROPN 7 (4-place-new-x)3)";

    #[test]
    fn nested_mentions_are_read() {
        let mentions = from_conllu(&sentence(NESTED)).expect("brackets agree");
        let seen: Vec<_> = mentions.iter().map(|m| (m.parts[0], m.kind.as_str(), m.named)).collect();
        assert_eq!(
            seen,
            [((0, 27), "person", false), ((13, 27), "place", true), ((30, 40), "person", true), ((36, 40), "place", true)]
        );
    }

    #[test]
    fn outermost_named_leaves_out_what_lies_inside() {
        let mentions = from_conllu(&sentence(NESTED)).expect("brackets agree");
        let outer: Vec<_> = outermost_named(&mentions).iter().map(|m| m.parts[0]).collect();
        assert_eq!(outer, [(13, 27), (30, 40)]);
    }

    #[test]
    fn scores_by_hand() {
        let gold = from_conllu(&sentence(NESTED)).expect("brackets agree");
        // One mention missed, one of the wrong type, one too many.
        let mut system = gold.clone();
        system.remove(0);
        system[0].kind = "organization".to_owned();
        system.push(Mention { parts: vec![(0, 3)], kind: "object".to_owned(), named: false, head: Some((0, 3)), chain: None });
        let report = score(&[(gold, system)]);
        let counts: Vec<_> = report.scores.iter().map(|r| (r.score.gold, r.score.system, r.score.correct)).collect();
        assert_eq!(counts, [(2, 2, 1), (2, 2, 1), (4, 4, 2), (4, 4, 3)]);
        let person = report.types.iter().find(|r| r.name == "person").expect("persons are in gold");
        assert_eq!((person.score.gold, person.score.system, person.score.correct), (2, 1, 1));
    }

    #[test]
    fn a_span_too_long_counts_by_its_head() {
        let gold = from_conllu(&sentence("Anna PROPN 2 (1-person-new-x)\nmet VERB 0\nBo PROPN 2 (2-person-new-x)\ntoday NOUN 2"));
        let system =
            from_conllu(&sentence("Anna PROPN 2 (1-person-new-x)\nmet VERB 0\nBo PROPN 2 (2-person-new-x\ntoday NOUN 3 2)"));
        let report = score(&[(gold.expect("brackets agree"), system.expect("brackets agree"))]);
        let correct: Vec<_> = report.scores.iter().map(|r| (r.name.as_str(), r.score.correct)).collect();
        assert_eq!(correct[..2], [("named (outermost)", 1), ("named, by head word", 2)]);
    }

    #[test]
    fn parts_of_a_discontinuous_mention_are_joined() {
        let lines = "a X 0 (7[1/2]-object-new)\nb X 1\nc X 1 (7[2/2]-object-new)(8-time-giv)";
        let mentions = from_conllu(&sentence(lines)).expect("brackets agree");
        assert_eq!(mentions[0].parts, [(0, 1), (2, 3)]);
        assert_eq!(mentions.len(), 2);
    }

    #[test]
    fn errors_name_the_sentence() {
        let error = from_conllu(&sentence("a X 0 (1-person")).expect_err("it stays open");
        assert_eq!(error.to_string(), "sentence at line 1: the mention `1` is opened but not closed in its sentence");
        assert!(from_conllu(&sentence("a X 0 1)")).is_err());
        assert!(from_conllu(&sentence("a X 0 (1)")).is_err());
    }
}
