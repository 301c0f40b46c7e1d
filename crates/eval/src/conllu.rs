//! CoNLL-U: ten tab-separated columns a word, comments, multiword tokens, empty nodes.
//! Source: universaldependencies.org/format.html.

use demarche_types::Span;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treebank {
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence with its tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Line of the file on which it starts, counted from 1.
    pub line: usize,
    /// Value of `# sent_id`.
    pub id: Option<String>,
    /// A `# newdoc` stands above it: the document's identifier, empty when it has none.
    pub newdoc: Option<String>,
    /// A `# newpar` stands above it.
    pub newpar: bool,
    /// Comment lines without the `#`.
    pub comments: Vec<String>,
    /// Surface tokens; a multiword token covers several words.
    pub tokens: Vec<Token>,
    /// Syntactic words in order; word `i` has the ID `i + 1`.
    pub words: Vec<Word>,
    /// Empty nodes: the ID of the word they follow, and their form. They take no part in the text or the basic tree.
    pub empty: Vec<(usize, String)>,
}

/// A surface token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its characters.
    pub form: String,
    /// First word, as an index into [`Sentence::words`].
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Whether it was written as a multiword token (`3-4`).
    pub multiword: bool,
    /// No `SpaceAfter=No` in its MISC column.
    pub space_after: bool,
}

/// A syntactic word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the columns of CoNLL-U")]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    pub feats: String,
    /// ID of the head; 0 is the root.
    pub head: usize,
    pub deprel: String,
    pub misc: String,
}

/// A sentence's run within one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRange<'a> {
    /// Value of `# newdoc id`, empty when there is none.
    pub id: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
}

/// Raw text rebuilt from a treebank, with the spans of the gold tokens in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawText {
    /// The text.
    pub text: String,
    /// Paragraphs; only blank lines stand between them.
    pub paragraphs: Vec<Span>,
    /// For every sentence, the spans of its words. The words of a multiword token share out its
    /// characters and never overlap.
    pub words: Vec<Vec<Span>>,
    /// For every sentence, the index of its paragraph.
    pub paragraph_of: Vec<usize>,
}

/// What is wrong with a CoNLL-U file, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct ConlluError {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: ConlluErrorKind,
}

/// What can be wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ConlluErrorKind {
    #[error("expected 10 tab-separated columns, found {0}")]
    Columns(usize),
    #[error("the ID `{0}` is not the next word, a range or an empty node")]
    Id(String),
    #[error("the form is empty")]
    EmptyForm,
    #[error("the head `{0}` is not a word of the sentence")]
    Head(String),
    #[error("the sentence has {0} roots instead of one")]
    Roots(usize),
    #[error("the heads form a cycle through word {0}")]
    Cycle(usize),
    #[error("a multiword token covers words that the sentence lacks")]
    Range,
}

impl Treebank {
    /// Reads a file. Trees are checked: one root, heads inside the sentence, no cycle.
    pub fn parse(text: &str) -> Result<Self, ConlluError> {
        let mut sentences = Vec::new();
        let mut draft = Draft::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let line_number = index + 1;
            if line.trim().is_empty() {
                sentences.extend(draft.finish()?);
            } else {
                draft.line(line_number, line).map_err(|kind| ConlluError { line: line_number, kind })?;
            }
        }
        sentences.extend(draft.finish()?);
        Ok(Self { sentences })
    }

    /// The documents of the file, split before every `# newdoc`. A file without any is one document.
    pub fn documents(&self) -> Vec<DocumentRange<'_>> {
        let mut starts: Vec<usize> =
            self.sentences.iter().enumerate().filter(|(_, s)| s.newdoc.is_some()).map(|(i, _)| i).collect();
        if !self.sentences.is_empty() && starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([self.sentences.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| DocumentRange {
                id: self.sentences[start].newdoc.as_deref().unwrap_or(""),
                sentences: &self.sentences[start..end],
            })
            .collect()
    }
}

/// Rebuilds the raw text as the CoNLL 2018 shared task does: tokens joined by single spaces unless
/// `SpaceAfter=No`, and a blank line where a paragraph or document begins.
pub fn raw_text(sentences: &[Sentence]) -> RawText {
    let mut raw = RawText::default();
    let mut start = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        if index > 0 && (sentence.newpar || sentence.newdoc.is_some()) {
            let end = raw.text.trim_end().len();
            raw.paragraphs.push(Span::new(start, end));
            raw.text.truncate(end);
            raw.text.push_str("\n\n");
            start = raw.text.len();
        }
        raw.paragraph_of.push(raw.paragraphs.len());
        let mut spans = vec![Span::default(); sentence.words.len()];
        for token in &sentence.tokens {
            let at = raw.text.len();
            raw.text.push_str(&token.form);
            let words = &sentence.words[token.start..token.end];
            for (span, slot) in share_out(&token.form, words).into_iter().zip(&mut spans[token.start..token.end]) {
                *slot = Span::new(at + span.start as usize, at + span.end as usize);
            }
            if token.space_after {
                raw.text.push(' ');
            }
        }
        raw.words.push(spans);
    }
    let end = raw.text.trim_end().len();
    raw.text.truncate(end);
    if !sentences.is_empty() {
        raw.paragraphs.push(Span::new(start, end));
        raw.text.push('\n');
    }
    raw
}

/// Spans of words within the form of their token. Words that are spelt out in order get their own
/// characters; otherwise the lengths of the words decide, and the last word takes what is left.
fn share_out(form: &str, words: &[Word]) -> Vec<Span> {
    let bounds: Vec<usize> = form.char_indices().map(|(at, _)| at).chain([form.len()]).collect();
    let chars = bounds.len() - 1;
    let mut spans = Vec::with_capacity(words.len());
    let mut at = 0;
    for (index, word) in words.iter().enumerate() {
        let rest = words.len() - index - 1;
        let length = word.form.chars().count();
        // Every later word keeps at least one character as long as there are enough.
        let latest = chars.saturating_sub(rest).max(at);
        let end = if rest == 0 { chars } else { (at + length).min(latest) };
        spans.push(Span::new(bounds[at], bounds[end]));
        at = end;
    }
    spans
}

/// A sentence being read.
#[derive(Default)]
struct Draft {
    sentence: Sentence,
    heads: Vec<(usize, String)>,
    /// End of the multiword token being read, as a word index.
    covered: usize,
    started: bool,
}

impl Draft {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ConlluErrorKind> {
        if !self.started {
            self.started = true;
            self.sentence.line = number;
        }
        if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment.trim());
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(ConlluErrorKind::Columns(columns.len()));
        }
        let (id, form, misc) = (columns[0], columns[1], columns[9]);
        let bad_id = || ConlluErrorKind::Id(id.to_owned());
        if form.is_empty() {
            return Err(ConlluErrorKind::EmptyForm);
        }
        let next = self.sentence.words.len() + 1;
        if let Some((after, _)) = id.split_once('.') {
            let after: usize = after.parse().map_err(|_| bad_id())?;
            self.sentence.empty.push((after, form.to_owned()));
            return Ok(());
        }
        if let Some((first, last)) = id.split_once('-') {
            let first: usize = first.parse().map_err(|_| bad_id())?;
            let last: usize = last.parse().map_err(|_| bad_id())?;
            if first != next || last < first || self.covered >= next {
                return Err(bad_id());
            }
            self.covered = last;
            self.token(form, first - 1, last, true, misc);
            return Ok(());
        }
        if id.parse() != Ok(next) {
            return Err(bad_id());
        }
        if self.covered < next {
            self.token(form, next - 1, next, false, misc);
        }
        self.heads.push((number, columns[6].to_owned()));
        self.sentence.words.push(Word {
            form: form.to_owned(),
            lemma: columns[2].to_owned(),
            upos: columns[3].to_owned(),
            xpos: columns[4].to_owned(),
            feats: columns[5].to_owned(),
            head: 0,
            deprel: columns[7].to_owned(),
            misc: misc.to_owned(),
        });
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once('=').map_or((comment, ""), |(k, v)| (k.trim(), v.trim()));
        match key {
            "sent_id" => self.sentence.id = Some(value.to_owned()),
            "newdoc" | "newdoc id" => self.sentence.newdoc = Some(value.to_owned()),
            "newpar" | "newpar id" => self.sentence.newpar = true,
            _ => {}
        }
        self.sentence.comments.push(comment.to_owned());
    }

    fn token(&mut self, form: &str, start: usize, end: usize, multiword: bool, misc: &str) {
        let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
        self.sentence.tokens.push(Token { form: form.to_owned(), start, end, multiword, space_after });
    }

    fn finish(&mut self) -> Result<Option<Sentence>, ConlluError> {
        let mut draft = std::mem::take(self);
        let count = draft.sentence.words.len();
        let line = draft.sentence.line;
        if count == 0 {
            // Comments before a blank line belong to no sentence.
            return Ok(None);
        }
        if draft.covered > count {
            return Err(ConlluError { line, kind: ConlluErrorKind::Range });
        }
        for (index, (line, head)) in draft.heads.iter().enumerate() {
            draft.sentence.words[index].head = head
                .parse()
                .ok()
                .filter(|&h: &usize| h <= count)
                .ok_or_else(|| ConlluError { line: *line, kind: ConlluErrorKind::Head(head.clone()) })?;
        }
        check_tree(&draft.sentence.words).map_err(|kind| ConlluError { line, kind })?;
        Ok(Some(draft.sentence))
    }
}

fn check_tree(words: &[Word]) -> Result<(), ConlluErrorKind> {
    let roots = words.iter().filter(|w| w.head == 0).count();
    if roots != 1 {
        return Err(ConlluErrorKind::Roots(roots));
    }
    for start in 1..=words.len() {
        let mut at = start;
        // A path to the root is never longer than the sentence.
        for _ in 0..words.len() {
            if at == 0 {
                break;
            }
            at = words[at - 1].head;
        }
        if at != 0 {
            return Err(ConlluErrorKind::Cycle(start));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One word a line, columns that do not matter left out: `ID FORM HEAD MISC`.
    fn short(lines: &str) -> String {
        lines
            .lines()
            .map(|line| {
                let c: Vec<&str> = line.split(' ').collect();
                match c.as_slice() {
                    [id, form, head, misc] if !id.starts_with('#') => {
                        format!("{id}\t{form}\t_\tX\t_\t_\t{head}\tdep\t_\t{misc}\n")
                    }
                    _ => format!("{line}\n"),
                }
            })
            .collect()
    }

    const TWO: &str = "# newdoc id = d1\n# newpar\n# sent_id = s1\n1-2 Don't _ _\n1 Do 3 _\n2 n't 3 _\n2.1 empty _ _\n\
                       3 go 0 SpaceAfter=No\n4 . 3 _\n\n# newpar\n1 Yes 0 SpaceAfter=No\n2 ! 1 _\n\n# newdoc id = d2\n1 End 0 _\n";

    #[test]
    fn reads_tokens_words_and_comments() {
        let bank = Treebank::parse(&short(TWO)).expect("the file is well formed");
        let first = &bank.sentences[0];
        assert_eq!(first.id.as_deref(), Some("s1"));
        assert_eq!(first.words.len(), 4);
        assert_eq!(first.tokens.len(), 3);
        assert!(first.tokens[0].multiword);
        assert_eq!(first.empty, [(2, "empty".to_owned())]);
        let ids: Vec<(&str, usize)> = bank.documents().iter().map(|d| (d.id, d.sentences.len())).collect();
        assert_eq!(ids, [("d1", 2), ("d2", 1)]);
    }

    #[test]
    fn raw_text_has_blank_lines_between_paragraphs() {
        let bank = Treebank::parse(&short(TWO)).expect("the file is well formed");
        let raw = raw_text(&bank.sentences);
        assert_eq!(raw.text, "Don't go.\n\nYes!\n\nEnd\n");
        let words: Vec<&str> = raw.words[0].iter().map(|s| s.of(&raw.text)).collect();
        assert_eq!(words, ["Do", "n't", "go", "."]);
        let paragraphs: Vec<&str> = raw.paragraphs.iter().map(|s| s.of(&raw.text)).collect();
        assert_eq!(paragraphs, ["Don't go.", "Yes!", "End"]);
        assert_eq!(raw.paragraph_of, [0, 1, 2]);
    }

    #[test]
    fn unspelt_words_still_share_the_token() {
        let word = |form: &str| Word { form: form.to_owned(), ..Word::default() };
        let spans = share_out("der", &[word("de"), word("le"), word("r")]);
        assert_eq!(spans, [Span::new(0, 1), Span::new(1, 2), Span::new(2, 3)]);
        assert_eq!(share_out("x", &[word("ab"), word("c")]), [Span::new(0, 0), Span::new(0, 1)]);
    }

    #[test]
    fn errors_name_their_line() {
        let of = |lines: &str| Treebank::parse(&short(lines)).expect_err("the file is broken");
        assert_eq!(of("1 a 0 _\n\n1 b 7 _").to_string(), "line 3: the head `7` is not a word of the sentence");
        assert_eq!(of("1 a 0 _\n3 b 1 _").kind, ConlluErrorKind::Id("3".to_owned()));
        assert_eq!(of("1 a 2 _\n2 b 1 _").kind, ConlluErrorKind::Roots(0));
        assert_eq!(of("1 a 0 _\n2 b 3 _\n3 c 2 _").kind, ConlluErrorKind::Cycle(2));
        assert_eq!(of("1-3 ab _ _\n1 a 0 _\n2 b 1 _").kind, ConlluErrorKind::Range);
        assert_eq!(of("1\ta\t_").kind, ConlluErrorKind::Columns(3));
    }
}
