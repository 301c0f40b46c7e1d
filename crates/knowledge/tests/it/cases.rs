//! Parsed sentences in, links out: every case of `tests/cases/*.txt`.
//!
//! A case is opened by `=== name`. Lines `key: value` may follow (`date`), then trees, then a line `---`,
//! then the expected links. A sentence begins with `# text = ...`; its tokens follow as
//! `id form lemma upos head deprel [feats]`. `# block` begins a new block, `# mention = FIRST LAST HEAD kind [chain]`
//! marks a mention, `named` unless the kind is followed by `nominal`.
//!
//! Expected: `HEAD | words | code | sectors | basis | identifier | office`, for places
//! `@ HEAD | name | country | precision`; `UPDATE_CASES=1 cargo test` writes what is found instead: look at every changed line. Only the heads listed under `only:` are printed, when it is given.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use demarche_knowledge::Knowledge;
use demarche_types::{
    Article, Block, BlockKind, ChainId, Deprel, Document, EntityType, Feats, Mention, Sentence, Span, Token, TokenId, Upos,
};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::embedded().expect("the embedded tables are sound"));

#[test]
fn cases_link_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("the cases are there").map(|e| e.expect("an entry").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let (mut count, mut report) = (0, String::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a case file is readable");
        let mut updated = text.split("=== ").next().unwrap_or_default().to_owned();
        for chunk in text.split("=== ").skip(1) {
            let (name, rest) = chunk.split_once('\n').expect("a case has lines");
            let (input, expected) = rest.split_once("\n---").unwrap_or_else(|| panic!("case {name} has no ---"));
            let got = render(input);
            count += 1;
            let _ = write!(updated, "=== {name}\n{input}\n---\n{}\n\n", got.trim());
            if got.trim() != expected.trim() {
                let _ = write!(report, "\n=== {name}\n--- expected\n{}\n--- got\n{}\n", expected.trim(), got.trim());
            }
        }
        if update {
            std::fs::write(&file, updated.trim_end().to_owned() + "\n").expect("a case file is writable");
        }
    }
    if update {
        return;
    }
    assert!(count >= 30, "only {count} cases");
    assert!(report.is_empty(), "cases differ:{report}");
}

fn render(input: &str) -> String {
    let mut date = None;
    let mut only: Option<Vec<String>> = None;
    for line in input.lines() {
        if let Some(value) = line.strip_prefix("date: ") {
            date = Some(value.trim().parse().expect("a date"));
        } else if let Some(value) = line.strip_prefix("only: ") {
            only = Some(value.split_whitespace().map(str::to_owned).collect());
        }
    }
    let parts = Parts::read(input);
    let mut doc = Document::new(&parts.article);
    doc.sentences.clone_from(&parts.sentences);
    doc.tokens.clone_from(&parts.tokens);
    doc.mentions.clone_from(&parts.mentions);
    KNOWLEDGE.annotate(&mut doc, date);
    assert!(doc.actors.windows(2).all(|w| w[0].head < w[1].head), "actors are ordered, one a head");
    assert!(doc.places.windows(2).all(|w| w[0].head < w[1].head), "places are ordered, one a head");
    let wanted = |head: TokenId| only.as_ref().is_none_or(|o| o.iter().any(|w| w == doc.form(head)));
    let mut out = String::new();
    for link in doc.actors.iter().filter(|l| wanted(l.head)) {
        let sectors: Vec<&str> = link.actor.sectors.iter().map(|s| s.0.as_str()).collect();
        let basis = format!("{:?}{}", link.basis, if link.is_media { " media" } else { "" });
        let cells = [
            doc.form(link.head),
            link.span.of(doc.text()),
            link.actor.code.as_ref().map_or("-", |c| c.0.as_str()),
            &sectors.join(" "),
            &basis,
            link.actor.identifier_id.as_deref().unwrap_or("-"),
            link.actor.office.as_deref().unwrap_or("-"),
        ];
        let _ = writeln!(out, "{}", cells.join(" | "));
    }
    for link in doc.places.iter().filter(|l| wanted(l.head)) {
        let place = &link.place;
        let _ = writeln!(out, "@ {} | {} | {} | {:?}", doc.form(link.head), place.name, place.country.0, place.precision);
    }
    out
}

struct Parts {
    article: Article,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
}

impl Parts {
    fn read(input: &str) -> Self {
        let article = Article::bare("0", "");
        let mut parts = Self { article, sentences: vec![], tokens: vec![], mentions: vec![] };
        let (mut base, mut at, mut first, mut new_block) = (0, 0, 0, true);
        let mut text = "";
        for line in input.lines() {
            if line == "# block" {
                new_block = true;
            } else if let Some(found) = line.strip_prefix("# text = ") {
                parts.close();
                base = parts.open(found, new_block);
                (text, at, first, new_block) = (found, 0, parts.tokens.len(), false);
            } else if let Some(mention) = line.strip_prefix("# mention = ") {
                parts.mention(mention, first);
            } else if line.starts_with(|c: char| c.is_ascii_digit()) {
                let columns: Vec<&str> = line.split_whitespace().collect();
                let form = columns[1];
                let found = at + text[at..].find(form).unwrap_or_else(|| panic!("{form:?} is not in {text:?}"));
                at = found + form.len();
                let head: usize = columns[4].parse().expect("a head");
                parts.tokens.push(Token {
                    span: Span::new(base + found, base + at),
                    lemma: columns[2].into(),
                    upos: Upos::parse(columns[3]),
                    feats: Feats::parse(columns.get(6).copied().unwrap_or("_")),
                    head: (head > 0).then(|| TokenId::from(first + head - 1)),
                    deprel: Deprel::parse(columns[5]),
                });
            }
        }
        parts.close();
        parts.mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        parts
    }

    fn open(&mut self, text: &str, new_block: bool) -> usize {
        if !self.article.text.is_empty() {
            self.article.text.push_str(if new_block { "\n\n" } else { " " });
        }
        let at = self.article.text.len();
        self.article.text.push_str(text);
        let span = Span::new(at, self.article.text.len());
        if new_block {
            self.article.blocks.push(Block { kind: BlockKind::Paragraph, span, source: None });
        }
        let (block, tokens) = (self.article.blocks.len() as u32 - 1, self.tokens.len() as u32);
        self.sentences.push(Sentence { span, tokens: tokens..tokens, block, kind: BlockKind::Paragraph, opens_block: new_block });
        at
    }

    fn close(&mut self) {
        let end = self.tokens.len() as u32;
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.tokens.end = end;
        }
    }

    fn mention(&mut self, line: &str, first: usize) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let id = |column: usize| TokenId::from(first + columns[column].parse::<usize>().expect("a token number") - 1);
        let kind = match columns[3] {
            "person" => EntityType::Person,
            "place" => EntityType::Place,
            "organization" => EntityType::Organization,
            _ => EntityType::Abstract,
        };
        self.mentions.push(Mention {
            start: id(0),
            end: TokenId(id(1).0 + 1),
            head: id(2),
            kind,
            named: !columns.contains(&"nominal"),
            score: 1.0,
            chain: columns.iter().skip(4).find_map(|c| c.parse().ok()).map(ChainId),
        });
    }
}
