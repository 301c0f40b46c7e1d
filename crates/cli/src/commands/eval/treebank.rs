//! Gold in CoNLL-U: trees, mentions, coreference.

use demarche::language::{Engine, Scratch};
use demarche::types::Span;
use demarche_eval::conllu::{RawText, Sentence, Treebank as Bank, raw_text};
use demarche_eval::{coref, document, mentions, parse};

use super::Treebank;
use crate::error::UserError;
use crate::input;
use crate::output::Output;

pub(super) fn parse(args: &Treebank, output: &mut Output) -> Result<(), UserError> {
    let bank = read(args)?;
    let (engine, mut scratch) = engine()?;
    let mut gold = parse::Analysis::default();
    let (mut on_words, mut on_text) = (parse::Analysis::default(), parse::Analysis::default());
    for part in bank.documents() {
        let raw = raw_text(part.sentences);
        gold.append(parse::Analysis::from_conllu(part.sentences));
        let analysed = with_gold_words(&engine, &mut scratch, part.sentences, &raw);
        on_words.append(parse::Analysis::from_conllu(&analysed));
        let article = document::article(part.id, &raw);
        let document = engine.analyze(&article, None, &mut scratch);
        on_text.append(parse::Analysis::from_document(&document));
    }
    let score = |system: &parse::Analysis| {
        parse::score(&gold, system)
            .map_err(|error| UserError::content(&args.file, &error, "see whether the forms of the file spell its text"))
    };
    let (words, text) = (score(&on_words)?, score(&on_text)?);
    let reports = [("gold words", words.to_string(), words.to_json()), ("raw text", text.to_string(), text.to_json())];
    args.report.print(output, &reports)
}

pub(super) fn mentions(args: &Treebank, output: &mut Output) -> Result<(), UserError> {
    let report = mentions::score(&all_mentions(args)?);
    args.report.print(output, &[("mentions, from raw text", report.to_string(), report.to_json())])
}

pub(super) fn coref(args: &Treebank, output: &mut Output) -> Result<(), UserError> {
    let documents = all_mentions(args)?;
    let chains: Vec<_> = documents.iter().map(|(gold, system)| (coref::chains(gold), coref::chains(system))).collect();
    let (with, without) = (coref::score(&chains, true), coref::score(&chains, false));
    let reports = [
        ("with singletons, from raw text", with.to_string(), with.to_json()),
        ("without singletons, from raw text", without.to_string(), without.to_json()),
    ];
    args.report.print(output, &reports)
}

type Mentions = Vec<mentions::Mention>;

/// Gold and system mentions of every document.
fn all_mentions(args: &Treebank) -> Result<Vec<(Mentions, Mentions)>, UserError> {
    let bank = read(args)?;
    let (engine, mut scratch) = engine()?;
    let mut out = vec![];
    for part in bank.documents() {
        let hint = "mentions are read from `Entity=` in the last column, as GUM writes it";
        let gold = mentions::from_conllu(part.sentences).map_err(|error| UserError::content(&args.file, &error, hint))?;
        let article = document::article(part.id, &raw_text(part.sentences));
        let document = engine.analyze(&article, None, &mut scratch);
        out.push((gold, mentions::from_document(&document)));
    }
    if out.iter().all(|(gold, _)| gold.is_empty()) {
        let message = format!("{}: no mentions in this file", args.file.display());
        return Err(UserError::input(message).hint("choose a treebank with `Entity=` annotation, such as GUM"));
    }
    Ok(out)
}

fn read(args: &Treebank) -> Result<Bank, UserError> {
    let text = input::text(&args.file)?;
    let hint = "the file must be CoNLL-U: ten columns separated by tabs, a blank line after every sentence";
    let bank = Bank::parse(&text).map_err(|error| UserError::content(&args.file, &error, hint))?;
    if bank.sentences.is_empty() {
        return Err(UserError::input(format!("{}: no sentences in this file", args.file.display())).hint(hint));
    }
    Ok(bank)
}

fn engine() -> Result<(Engine, Scratch), UserError> {
    let engine = Engine::embedded().map_err(demarche::PipelineError::from)?;
    Ok((engine, Scratch::default()))
}

/// The gold sentences with the engine's layers in place of their own.
fn with_gold_words(engine: &Engine, scratch: &mut Scratch, sentences: &[Sentence], raw: &RawText) -> Vec<Sentence> {
    let words: Vec<&[Span]> = raw.words.iter().map(Vec::as_slice).collect();
    let analyses = engine.analyze_words(&raw.text, &words, scratch);
    let mut out = sentences.to_vec();
    for (sentence, analysis) in out.iter_mut().zip(analyses) {
        for (word, found) in sentence.words.iter_mut().zip(analysis.words) {
            word.lemma = found.lemma.to_string();
            word.upos = found.upos.as_str().to_owned();
            word.feats = found.feats_text.to_string();
            word.head = found.head.map_or(0, |head| head as usize + 1);
            word.deprel = found.deprel.as_str().to_owned();
        }
    }
    out
}
