//! Prints what is weighed for the country of each marked agent, for `training/home.py`.
//!
//! `home_gold FOLDER` reads marked articles (evals/README.md, *Who, where and when*). For each article a line `A NAME`; for each agent, a line `M GROUP GOLD NAMES...` (gold `-`
//! for none; the names speak for none) and a line `O CODE NAMES...` for each country.

use std::error::Error;
use std::io::Write;

use demarche::types::{Article, Block, BlockKind, DateSource, Document, Published, Span};
use demarche::{Pipeline, Worker};
use demarche_eval::annotated::{Gold, read};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: home_gold FOLDER")?;
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let mut files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    let mut out = std::io::stdout().lock();
    for file in files {
        let gold = read(&std::fs::read_to_string(&file)?)?;
        let whole = Span::new(0, gold.text.len());
        let article = Article {
            title: Some(gold.title.clone()),
            published: Some(Published { date: gold.published, source: DateSource::User }),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: whole, source: None }],
            ..Article::bare(file.to_string_lossy().as_ref(), gold.text.as_str())
        };
        let reading = pipeline.read(&article, &mut worker);
        let choices = pipeline.knowledge().home_choices(&reading.document, Some(gold.published));
        writeln!(out, "A {}", file.file_stem().unwrap_or_default().to_string_lossy().replace(' ', "-"))?;
        for choice in choices {
            let here = |span: &Span| span.contains(choice.span) && head(&reading.document, *span) == Some(choice.span);
            let found = gold.marks.iter().filter(|mark| here(&mark.span)).find_map(|mark| match &mark.gold {
                Gold::Actor(actor) => Some(actor),
                _ => None,
            });
            let Some(found) = found else { continue };
            writeln!(out, "M {} {} {}", choice.group, found.code.as_deref().unwrap_or("-"), choice.alone.join(" "))?;
            for (code, names) in &choice.options {
                writeln!(out, "O {} {}", code.0, names.join(" "))?;
            }
        }
    }
    Ok(())
}

/// The word of a phrase that hangs on a word outside.
fn head(document: &Document<'_>, phrase: Span) -> Option<Span> {
    let inside = |index: usize| phrase.contains(document.tokens[index].span);
    let first = document.tokens.partition_point(|t| t.span.start < phrase.start);
    let mut words = (first..document.tokens.len()).take_while(|&index| inside(index));
    words.find(|&index| document.tokens[index].head.is_none_or(|h| !inside(h.index()))).map(|index| document.tokens[index].span)
}
