//! Builds documents for tests from text files.
//!
//! A case file holds cases, each opened by a line `=== name`. Lines `key: value` may follow, then the
//! input, then a line `---`, then the expected lines. The input is one of two forms.
//!
//! Plain: a sentence a line, an empty line between blocks; tokens are split at white space and
//! punctuation, and there are no tags and no tree.
//!
//! Trees: a sentence begins with `# text = ...`; its tokens follow as ten tab-separated CoNLL-U columns
//! or, for writing by hand, as `id form lemma upos head deprel [feats]`. Comments add layers:
//! `# block = PullQuote` begins a block, `# mention = FIRST LAST HEAD person|organization [chain]` marks a
//! mention of the sentence, `# source = ...` adds the source line of a pull quote, `# actor = WORD CODE [media]` links every token of that form,
//! and `# frame = WORD ACT PROBABILITY STATUS [role=FIRST-LAST ...]` is what a model reads at a word.

use std::fmt::Write as _;
use std::path::Path;

use demarche_types::{
    Actor, ActorLink, Article, Block, BlockKind, ChainId, CountryCode, DateSource, Deprel, Document, EntityType, Feats, Frame,
    FrameRole, LinkBasis, Mention, Published, Sentence, Span, Status, Token, TokenId, Upos,
};

/// A case of a case file.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) input: String,
    pub(crate) expected: String,
}

impl Case {
    /// The value of a `key: value` line.
    pub(crate) fn field(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// Reads every case of every `.txt` file of `tests/cases/DIR`, in the order of file names.
pub(crate) fn cases(dir: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(dir);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| parse_cases(&std::fs::read_to_string(file).expect("a case file is readable"))).collect()
}

fn parse_cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for chunk in text.split("\n=== ").skip(usize::from(!text.starts_with("=== "))) {
        let chunk = chunk.strip_prefix("=== ").unwrap_or(chunk);
        let (name, rest) = chunk.split_once('\n').expect("a case has lines");
        let (head, expected) = rest.split_once("\n---").unwrap_or_else(|| panic!("case {name} has no ---"));
        let mut fields = Vec::new();
        let mut input = head;
        while let Some((line, after)) = input.split_once('\n') {
            let Some((key, value)) = line.split_once(": ").filter(|(k, _)| k.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            else {
                break;
            };
            fields.push((key.to_owned(), value.trim().to_owned()));
            input = after;
        }
        let (name, input) = (name.trim().to_owned(), input.trim_matches('\n').to_owned());
        cases.push(Case { name, fields, input, expected: expected.trim().to_owned() });
    }
    cases
}

/// Runs every case of a directory through `render` and reports all that differ at once.
pub(crate) fn check(dir: &str, least: usize, render: impl Fn(&Case) -> String) {
    let cases = cases(dir);
    assert!(cases.len() >= least, "{dir}: only {} cases", cases.len());
    let mut report = String::new();
    let mut failed = 0;
    for case in &cases {
        let got = render(case);
        if got.trim() != case.expected {
            failed += 1;
            let _ =
                write!(report, "\n=== {}\n{}\n--- expected\n{}\n--- got\n{}\n", case.name, case.input, case.expected, got.trim());
        }
    }
    assert!(failed == 0, "{failed} of {} cases in {dir} differ:{report}", cases.len());
}

/// A document's parts before they can be borrowed.
pub(crate) struct Parts {
    article: Article,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
    actors: Vec<ActorLink>,
    frames: Vec<Frame>,
}

impl Parts {
    /// Builds the parts from either input form.
    pub(crate) fn new(input: &str, published: Option<&str>) -> Self {
        let mut parts = Self {
            article: Article {
                published: published.map(|p| Published { date: p.parse().expect("a date"), source: DateSource::User }),
                ..Article::bare("0", "")
            },
            sentences: vec![],
            tokens: vec![],
            mentions: vec![],
            actors: vec![],
            frames: vec![],
        };
        if input.contains("# text = ") {
            parts.read_trees(input);
        } else {
            parts.read_plain(input);
        }
        parts
    }

    /// The document.
    pub(crate) fn document(&self) -> Document<'_> {
        let mut doc = Document::new(&self.article);
        doc.sentences = self.sentences.clone();
        doc.tokens = self.tokens.clone();
        doc.mentions = self.mentions.clone();
        doc.actors = self.actors.clone();
        doc.frames = (!self.frames.is_empty()).then(|| self.frames.clone());
        doc
    }

    fn open_block(&mut self, kind: BlockKind) {
        if !self.article.text.is_empty() {
            self.article.text.push_str("\n\n");
        }
        let at = self.article.text.len();
        self.article.blocks.push(Block { kind, span: Span::new(at, at), source: None });
    }

    /// Appends a sentence's text; returns where it begins.
    fn open_sentence(&mut self, text: &str) -> usize {
        let block = self.article.blocks.len() - 1;
        let opens_block = self.article.blocks[block].span.is_empty();
        if !opens_block {
            self.article.text.push(' ');
        }
        let at = self.article.text.len();
        self.article.text.push_str(text);
        let end = self.article.text.len();
        self.article.blocks[block].span.end = end as u32;
        let first = self.tokens.len() as u32;
        let kind = self.article.blocks[block].kind;
        self.sentences.push(Sentence { span: Span::new(at, end), tokens: first..first, block: block as u32, kind, opens_block });
        at
    }

    fn close_sentence(&mut self) {
        let end = self.tokens.len() as u32;
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.tokens.end = end;
        }
    }

    fn read_plain(&mut self, input: &str) {
        for paragraph in input.split("\n\n") {
            let (kind, body) = match paragraph.strip_prefix("# block = ").and_then(|p| p.split_once('\n')) {
                Some((kind, body)) => (block_kind(kind), body),
                None => (BlockKind::Paragraph, paragraph),
            };
            self.open_block(kind);
            for line in body.lines() {
                let base = self.open_sentence(line);
                let mut at = 0;
                while at < line.len() {
                    let rest = &line[at..];
                    let first = rest.chars().next().expect("the rest is not empty");
                    let len = if first.is_alphanumeric() {
                        rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
                    } else {
                        first.len_utf8()
                    };
                    if !first.is_whitespace() {
                        self.tokens.push(Token {
                            span: Span::new(base + at, base + at + len),
                            lemma: rest[..len].to_lowercase().into(),
                            upos: if first.is_alphanumeric() { Upos::X } else { Upos::Punct },
                            feats: Feats::default(),
                            head: None,
                            deprel: Deprel::Dep,
                        });
                    }
                    at += len;
                }
                self.close_sentence();
            }
        }
    }

    fn read_trees(&mut self, input: &str) {
        let (mut base, mut at, mut first) = (0, 0, 0);
        let mut sentence_text = String::new();
        for line in input.lines() {
            if let Some(kind) = line.strip_prefix("# block = ") {
                self.open_block(block_kind(kind));
            } else if let Some(text) = line.strip_prefix("# text = ") {
                if self.article.blocks.is_empty() {
                    self.open_block(BlockKind::Paragraph);
                }
                base = self.open_sentence(text);
                (at, first) = (0, self.tokens.len());
                text.clone_into(&mut sentence_text);
            } else if let Some(source) = line.strip_prefix("# source = ") {
                // The source line of a pull quote is a block without sentences.
                self.open_block(BlockKind::PullQuoteSource);
                self.article.text.push_str(source);
                let end = self.article.text.len() as u32;
                if let Some(block) = self.article.blocks.last_mut() {
                    block.span.end = end;
                }
            } else if let Some(mention) = line.strip_prefix("# mention = ") {
                self.mention(mention, first);
            } else if let Some(actor) = line.strip_prefix("# actor = ") {
                self.actor(actor);
            } else if let Some(frame) = line.strip_prefix("# frame = ") {
                self.frame(frame, first);
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                let columns: Vec<&str> =
                    if line.contains('\t') { line.split('\t').collect() } else { line.split_whitespace().collect() };
                if columns[0].contains(['-', '.']) {
                    // Ranges of multiword tokens and empty nodes are no syntactic words.
                    continue;
                }
                let full = columns.len() == 10;
                let feats = if full { columns[5] } else { columns.get(6).copied().unwrap_or("_") };
                let (head, deprel) = if full { (columns[6], columns[7]) } else { (columns[4], columns[5]) };
                let form = columns[1];
                let found = at + sentence_text[at..].find(form).unwrap_or_else(|| panic!("{form:?} is not in {sentence_text:?}"));
                at = found + form.len();
                let head: usize = head.parse().expect("a head");
                self.tokens.push(Token {
                    span: Span::new(base + found, base + at),
                    lemma: columns[2].into(),
                    upos: Upos::parse(columns[3]),
                    feats: Feats::parse(feats),
                    head: (head > 0).then(|| TokenId::from(first + head - 1)),
                    deprel: Deprel::parse(deprel),
                });
                self.close_sentence();
            }
        }
        self.mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        self.actors.sort_by_key(|a| a.head);
    }

    /// `FIRST LAST HEAD kind [chain]`, counted as the sentence's tokens are. Stands after its sentence's text line.
    fn mention(&mut self, line: &str, first: usize) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let id = |column: usize| TokenId::from(first + columns[column].parse::<usize>().expect("a token number") - 1);
        self.mentions.push(Mention {
            start: id(0),
            end: TokenId(id(1).0 + 1),
            head: id(2),
            kind: match columns[3] {
                "person" => EntityType::Person,
                "place" => EntityType::Place,
                "organization" => EntityType::Organization,
                _ => EntityType::Abstract,
            },
            named: true,
            score: 1.0,
            chain: columns.get(4).map(|c| ChainId(c.parse().expect("a chain number"))),
        });
    }

    /// `WORD ACT PROBABILITY STATUS [role=FIRST-LAST ...]`, words counted as the sentence's tokens are. Stands after the tokens.
    fn frame(&mut self, line: &str, first: usize) {
        const SURE: f32 = 4.0;
        let columns: Vec<&str> = line.split_whitespace().collect();
        let words = self.tokens.len() - first;
        let mut inside = vec![-SURE; FrameRole::ALL.len() * words];
        for (name, range) in columns[4..].iter().map(|c| c.split_once('=').expect("role=FIRST-LAST")) {
            let role = FrameRole::ALL.into_iter().find(|r| r.as_str() == name).expect("a role");
            let (from, to) = range.split_once('-').expect("FIRST-LAST");
            let number = |text: &str| text.parse::<usize>().expect("a token number");
            for word in number(from) - 1..number(to) {
                inside[role as usize * words + word] = SURE;
            }
        }
        self.frames.push(Frame {
            trigger: TokenId::from(first + columns[0].parse::<usize>().expect("a token number") - 1),
            first: TokenId::from(first),
            event: columns[2].parse().expect("a probability"),
            speech: 0.0,
            acts: vec![(columns[1].into(), 1.0)],
            status: Status::ALL.map(|s| if format!("{s:?}").to_lowercase() == columns[3] { 1.0 } else { 0.0 }),
            contexts: vec![],
            inside,
        });
    }

    /// `WORD CODE [media]`. Stands after the tokens it links.
    fn actor(&mut self, line: &str) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        for (index, token) in self.tokens.iter().enumerate() {
            let head = TokenId::from(index);
            if token.span.of(&self.article.text) == columns[0] && self.actors.iter().all(|a| a.head != head) {
                self.actors.push(ActorLink {
                    head,
                    span: token.span,
                    actor: Actor { code: Some(CountryCode(columns[1].into())), ..Actor::default() },
                    basis: LinkBasis::Alias,
                    is_media: columns.get(2) == Some(&"media"),
                    alternatives: vec![],
                    states: vec![],
                });
            }
        }
    }
}

fn block_kind(name: &str) -> BlockKind {
    match name.trim() {
        "Title" => BlockKind::Title,
        "Deck" => BlockKind::Deck,
        "Caption" => BlockKind::Caption,
        "PullQuote" => BlockKind::PullQuote,
        "PullQuoteSource" => BlockKind::PullQuoteSource,
        "Paragraph" => BlockKind::Paragraph,
        other => panic!("unknown block kind {other}"),
    }
}
