//! Coreference on gold mentions and gold trees: scores it, or writes what the last sieve weighs.
//!
//! ```sh
//! cargo run --release --example coref_gold -- FILE.conllu             MUC, B3, CEAFe, with and without singletons
//! cargo run --release --example coref_gold -- FILE.conllu choices     one line a mention and one a candidate, for fitting
//! cargo run --release --example coref_gold -- FILE.conllu noise       scores with some types mistaken, as a model mistakes them
//! ```
//!
//! For fitting, types are mistaken too: weights fitted to gold types would trust those of the model too much.
//! A mention's line is `M GROUP FIRST features...`, with FIRST 1 where the entity is new; a candidate's is
//! `C RIGHT features...`. `training/coref.py` reads them.
#![expect(clippy::print_stdout, reason = "the example writes to the standard output")]

use std::collections::{HashMap, HashSet};
use std::error::Error;

use demarche_eval::conllu::{Treebank, raw_text};
use demarche_eval::{Stripped, coref as score, document, mentions};
use demarche_language::coref;
use demarche_types::{Document, EntityType, Mention, TokenId, Upos};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: coref_gold FILE.conllu [choices|noise]")?;
    let mode = arguments.next().unwrap_or_default();
    let choices = mode == "choices";
    let bank = Treebank::parse(&std::fs::read_to_string(path)?)?;
    let mut scored = vec![];
    let mut rest = bank.sentences.as_slice();
    while !rest.is_empty() {
        let end = 1 + rest[1..].iter().position(|s| s.newdoc.is_some()).unwrap_or(rest.len() - 1);
        let (sentences, after) = rest.split_at(end);
        rest = after;
        let raw = raw_text(sentences);
        let article = document::article("gold", &raw);
        let mut doc = document::gold_document(&article, &raw, sentences);
        let gold = mentions::from_conllu(sentences)?;
        let chains = place(&mut doc, &gold);
        if !mode.is_empty() {
            for (index, mention) in doc.mentions.iter_mut().enumerate() {
                mention.kind = mistaken(mention.kind, index, mention.end.0 - mention.start.0 == 1);
            }
        }
        if choices {
            print_choices(&doc, &chains);
        } else {
            coref::resolve(&mut doc);
            let system = mentions::from_document(&doc);
            let kept: HashSet<_> = system.iter().map(|m| &m.parts).collect();
            let gold: Vec<_> = gold.into_iter().filter(|m| kept.contains(&m.parts)).collect();
            scored.push((score::chains(&gold), score::chains(&system)));
        }
    }
    if !choices {
        println!("{}\n{}", score::score(&scored, true), score::score(&scored, false));
    }
    Ok(())
}

/// Puts gold mentions into the document; returns the gold entity of each. Discontinuous ones are left out.
fn place(doc: &mut Document<'_>, gold: &[mentions::Mention]) -> Vec<String> {
    let map = Stripped::new(doc.text());
    let spans: Vec<(usize, usize)> = doc.tokens.iter().map(|t| map.span(t.span)).collect();
    let starts: HashMap<usize, usize> = spans.iter().enumerate().rev().map(|(i, s)| (s.0, i)).collect();
    let ends: HashMap<usize, usize> = spans.iter().enumerate().map(|(i, s)| (s.1, i + 1)).collect();
    let mut chains = vec![];
    for mention in gold {
        let [(start, end)] = mention.parts.as_slice() else { continue };
        let (Some(&start), Some(&end)) = (starts.get(start), ends.get(end)) else { continue };
        let (start, end) = (TokenId::from(start), TokenId::from(end));
        if start >= end || doc.mentions.last().is_some_and(|m| (m.start, m.end) == (start, end)) {
            continue;
        }
        let outside = |t: &TokenId| {
            let token = doc.token(*t);
            token.upos != Upos::Punct && token.head.is_none_or(|h| h < start || h >= end)
        };
        let head = (start.0..end.0).map(TokenId).find(outside).unwrap_or(start);
        let named = doc.token(head).upos == Upos::Propn;
        doc.mentions.push(Mention { start, end, head, kind: kind(&mention.kind), named, score: 1.0, chain: None });
        chains.push(mention.chain.clone().unwrap_or_default());
    }
    chains
}

fn print_choices(doc: &Document<'_>, chains: &[String]) {
    for choice in coref::choices(doc) {
        let own = choice.mention.index();
        let first = !chains[..own].contains(&chains[own]);
        println!("M {} {} {}", choice.group, u8::from(first), choice.alone.join(" "));
        for (antecedent, features) in &choice.candidates {
            println!("C {} {}", u8::from(chains[antecedent.index()] == chains[own]), features.join(" "));
        }
    }
}

/// Another type for every tenth mention, and every sixth of one word.
fn mistaken(kind: EntityType, index: usize, short: bool) -> EntityType {
    use EntityType::{Abstract, Event, Object, Organization, Person, Place, Time};
    let draw = (index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    if draw % 100 >= if short { 16 } else { 10 } {
        return kind;
    }
    match kind {
        Person => [Object, Organization, Organization][(draw % 3) as usize],
        Organization => [Person, Abstract][(draw % 2) as usize],
        Place => [Organization, Object][(draw % 2) as usize],
        Time | Event => Abstract,
        Object => [Abstract, Place][(draw % 2) as usize],
        Abstract => [Event, Object, Person][(draw % 3) as usize],
        _ => Object,
    }
}

fn kind(name: &str) -> EntityType {
    match name {
        "person" => EntityType::Person,
        "organization" => EntityType::Organization,
        "place" => EntityType::Place,
        "time" => EntityType::Time,
        "event" => EntityType::Event,
        "object" => EntityType::Object,
        "animal" => EntityType::Animal,
        "plant" => EntityType::Plant,
        "substance" => EntityType::Substance,
        _ => EntityType::Abstract,
    }
}
