//! Coreference: hand-written trees and mentions, expected chains.
//!
//! A case opens with `=== name`. A sentence is a line `# text = ...`, then a line a token:
//! `id form lemma upos head deprel feats`; `# block = Paragraph` opens a new paragraph. Mentions follow their
//! sentence: `# mention = FIRST LAST type`. After `---` stands a line a chain, in the order of the chains'
//! first mentions, its mentions joined by ` = `; a mention without a chain is not written.

use std::fmt::Write as _;
use std::path::Path;

use demarche_language::coref;
use demarche_types::{
    Article, Block, BlockKind, Deprel, Document, EntityType, Feats, Mention, Sentence, Span, Token, TokenId, Upos,
};

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/coref");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder is there").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let (mut count, mut failed) = (0, String::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a case file is readable");
        for case in text.split("=== ").skip(1) {
            let (name, body) = case.split_once('\n').expect("a case has lines");
            let (input, expected) = body.split_once("\n---").unwrap_or_else(|| panic!("case {name} has no ---"));
            let got = with_document(input, |doc| {
                coref::resolve(doc);
                render(doc)
            });
            count += 1;
            if got.trim() != expected.trim() {
                let _ = write!(failed, "\n=== {name}\n--- expected\n{}\n--- got\n{}\n", expected.trim(), got.trim());
            }
        }
    }
    assert!(count >= 25, "only {count} cases");
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn links_explain_every_chain() {
    let input = "# text = Rao said he won.\n1 Rao Rao PROPN 2 nsubj Number=Sing\n2 said say VERB 0 root _\n\
                 3 he he PRON 4 nsubj Gender=Masc|Number=Sing|Person=3\n4 won win VERB 2 ccomp _\n5 . . PUNCT 2 punct _\n\
                 # mention = 1 1 person\n# mention = 3 3 person";
    with_document(input, |doc| {
        let links = coref::links(doc);
        assert_eq!(links.iter().map(|l| (l.mention.0, l.antecedent.0, l.sieve)).collect::<Vec<_>>(), [(1, 0, "ranked")]);
        let choices = coref::choices(doc);
        assert!(choices.iter().any(|c| c.group == "he" && c.candidates.len() == 1));
    });
}

#[test]
fn broken_trees_and_empty_documents_do_no_harm() {
    with_document("# text = a b", |doc| {
        coref::resolve(doc);
        assert!(doc.mentions.is_empty());
    });
    // A cycle, a head outside the mention's sentence, and mentions over punctuation alone.
    let input = "# text = he is , he .\n1 he he PRON 2 nsubj _\n2 is be VERB 1 acl:relcl _\n3 , , PUNCT 3 punct _\n\
                 4 he he PRON 5 expl _\n5 . . PUNCT 4 conj _\n# mention = 1 5 person\n# mention = 1 1 person\n\
                 # mention = 3 3 event\n# mention = 4 4 person\n# mention = 5 5 abstract";
    with_document(input, |doc| {
        coref::resolve(doc);
        assert_eq!(doc.mentions.len(), 5);
    });
}

fn render(doc: &Document<'_>) -> String {
    let mut chains: Vec<Vec<&str>> = vec![];
    for mention in &doc.mentions {
        if let Some(chain) = mention.chain {
            chains.resize_with(chains.len().max(chain.index() + 1), Vec::new);
            chains[chain.index()].push(doc.span_of(mention.start, mention.end).of(doc.text()));
        }
    }
    assert!(chains.iter().all(|c| c.len() > 1), "a chain has one mention, or a number is left out");
    chains.iter().map(|c| c.join(" = ") + "\n").collect()
}

fn with_document<T>(input: &str, work: impl FnOnce(&mut Document<'_>) -> T) -> T {
    let mut article = Article::bare("0", "");
    let (mut sentences, mut tokens, mut mentions) =
        (Vec::<Sentence>::new(), Vec::<Token>::new(), Vec::<(usize, usize, &str)>::new());
    let (mut opens, mut at, mut first) = (true, 0, 0);
    for line in input.lines() {
        if line.starts_with("# block") {
            opens = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if !article.text.is_empty() {
                article.text.push_str(if opens { "\n\n" } else { " " });
            }
            at = article.text.len();
            first = tokens.len();
            article.text.push_str(text);
            let span = Span::new(at, article.text.len());
            if opens {
                article.blocks.push(Block { kind: BlockKind::Paragraph, span, source: None });
            }
            let block = article.blocks.len() - 1;
            article.blocks[block].span.end = span.end;
            let range = first as u32..first as u32;
            sentences.push(Sentence { span, tokens: range, block: block as u32, kind: BlockKind::Paragraph, opens_block: opens });
            opens = false;
        } else if let Some(mention) = line.strip_prefix("# mention = ") {
            let columns: Vec<&str> = mention.split_whitespace().collect();
            let place = |column: usize| columns[column].parse::<usize>().expect("a token number") + first;
            mentions.push((place(0) - 1, place(1), columns[2]));
        } else if !line.trim().is_empty() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let form = columns[1];
            let start = at + article.text[at..].find(form).unwrap_or_else(|| panic!("{form:?} is not in its sentence"));
            at = start + form.len();
            let head: usize = columns[4].parse().expect("a head");
            tokens.push(Token {
                span: Span::new(start, at),
                lemma: columns[2].into(),
                upos: Upos::parse(columns[3]),
                feats: Feats::parse(columns[6]),
                head: (head > 0).then(|| TokenId::from(first + head - 1)),
                deprel: Deprel::parse(columns[5]),
            });
            sentences.last_mut().expect("a sentence is open").tokens.end = tokens.len() as u32;
        }
    }
    mentions.sort_by_key(|m| (m.0, std::cmp::Reverse(m.1)));
    let mut doc = Document::new(&article);
    doc.sentences = sentences;
    doc.tokens = tokens;
    for (start, end, kind) in mentions {
        let (start, end) = (TokenId::from(start), TokenId::from(end));
        let top = |t: &TokenId| doc.token(*t).head.is_none_or(|h| h < start || h >= end);
        let head = (start.0..end.0).map(TokenId).find(top).unwrap_or(start);
        let named = doc.token(head).upos == Upos::Propn;
        doc.mentions.push(Mention { start, end, head, kind: entity(kind), named, score: 1.0, chain: None });
    }
    work(&mut doc)
}

fn entity(name: &str) -> EntityType {
    match name {
        "person" => EntityType::Person,
        "organization" => EntityType::Organization,
        "place" => EntityType::Place,
        "time" => EntityType::Time,
        "event" => EntityType::Event,
        "object" => EntityType::Object,
        "abstract" => EntityType::Abstract,
        other => panic!("unknown type {other}"),
    }
}
