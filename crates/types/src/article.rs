//! What ingest produces: a page taken apart into blocks.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Span};

/// A content-derived article identifier: 16 hexadecimal digits of a hash of the article's text and URL,
/// or the identifier that the input itself carried.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub CompactString);

/// Where a publication date came from. An honest date names its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// The user gave it (`--published`).
    User,
    /// A field of the input record.
    Record,
    /// A `meta` element of the page.
    Meta,
    /// JSON-LD in the page.
    JsonLd,
    /// A `time` element.
    TimeElement,
    /// The page's URL.
    Url,
    /// A date written in the page's visible text (byline line).
    Text,
}

/// When an article was published, and how we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day, in the page's own time zone.
    pub date: Date,
    /// What said so.
    pub source: DateSource,
}

/// Why a block is furniture, not news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Furniture {
    /// A breadcrumb or section line.
    Breadcrumb,
    /// The title, printed again.
    RepeatedTitle,
    /// Links to other stories.
    RelatedPosts,
    /// A comment form or comment notice.
    CommentForm,
    /// A cookie, spam-filter, copyright or subscription notice.
    Notice,
    /// Menu, share buttons, other navigation.
    Navigation,
    /// An advertisement or a call to subscribe.
    Advertisement,
    /// A date or byline line that belongs to the page, not to the story.
    PageData,
}

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A deck or summary under the headline.
    Deck,
    /// A subhead inside the story.
    Subhead,
    /// Running text.
    Paragraph,
    /// An item of a list inside the story.
    ListItem,
    /// A picture's caption.
    Caption,
    /// A pull quote or block quotation.
    PullQuote,
    /// The line that names a pull quote's source.
    PullQuoteSource,
    /// A byline.
    Byline,
    /// Page furniture: kept, never coded.
    Furniture(Furniture),
}

impl BlockKind {
    /// Whether sentences of such a block are analysed and may be coded.
    pub fn is_coded(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::Caption | Self::PullQuote | Self::Title | Self::Deck)
    }
}

/// A block of the page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// Where it stands in the decoded source (bytes of the decoded text), when it could be found there.
    pub source: Option<Span>,
}

/// A page, taken apart. `text` holds every block, furniture included, so that every span of every
/// record, rejects too, points into one text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Identifier, stable for the same content.
    pub id: ArticleId,
    /// Where it was read from: a path, a line of a file (`news.jsonl:12`), or `-`.
    pub origin: String,
    /// Address, when known.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Writer, as printed.
    pub byline: Option<String>,
    /// Publishing site or outlet.
    pub site: Option<String>,
    /// Section, from breadcrumb or metadata ("World", "Sport").
    pub section: Option<String>,
    /// Publication date with its source.
    pub published: Option<Published>,
    /// BCP 47 language tag as the page declares it.
    pub language: Option<CompactString>,
    /// The article's own text. For copied plain text this is the decoded input itself.
    pub text: String,
    /// Blocks in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// What was noticed while reading.
    pub diagnostics: Vec<Diagnostic>,
}

impl Article {
    /// A text with nothing known about it and no blocks yet.
    pub fn bare(id: impl Into<CompactString>, text: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            origin: id.to_string(),
            id: ArticleId(id),
            url: None,
            title: None,
            byline: None,
            site: None,
            section: None,
            published: None,
            language: None,
            text: text.into(),
            blocks: vec![],
            diagnostics: vec![],
        }
    }

    /// A text of one paragraph, for sentences that stand alone.
    pub fn paragraph(id: impl Into<CompactString>, text: impl Into<String>) -> Self {
        let mut article = Self::bare(id, text);
        let span = Span::new(0, article.text.len());
        article.blocks.push(Block { kind: BlockKind::Paragraph, span, source: Some(span) });
        article
    }
}
