//! A walk over the page's tree: every visible piece of text becomes a piece with what surrounds it.

use ego_tree::{NodeId, iter::Edge};
use scraper::{Html, Node, node::Element};

use super::locate::is_invisible;

/// What the element that holds a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph.
    P,
    /// A heading with its level.
    H(u8),
    /// A list item.
    Li,
    /// A table cell.
    Cell,
    /// Anything else.
    Other,
}

/// The part of a page a piece stands in, from element names, classes and roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// No part with a name.
    Open,
    Breadcrumb,
    Navigation,
    Footer,
    Comments,
    Related,
    Advertisement,
    Notice,
    Hidden,
    Aside,
    Figure,
    Caption,
    Quote,
    QuoteSource,
    Byline,
    DateLine,
    Deck,
}

impl Region {
    /// Whether nothing inside is part of the story.
    pub(super) fn is_furniture(self) -> bool {
        matches!(
            self,
            Self::Breadcrumb
                | Self::Navigation
                | Self::Footer
                | Self::Comments
                | Self::Related
                | Self::Advertisement
                | Self::Notice
                | Self::Hidden
                | Self::Aside
        )
    }
}

/// A visible piece of text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its words, white space normalised.
    pub(super) text: String,
    /// The element that holds it.
    pub(super) tag: Tag,
    /// The part of the page.
    pub(super) region: Region,
    /// The element that opened that part.
    pub(super) region_root: Option<NodeId>,
    /// The element in which the holding element stands; siblings in one story share it.
    pub(super) parent: NodeId,
    /// Bytes of the text that are links.
    pub(super) linked: usize,
    /// Inside `article` or `main`.
    pub(super) in_article: bool,
}

impl Piece {
    /// Whether more than half of it is links.
    pub(super) fn mostly_links(&self) -> bool {
        self.linked * 2 > self.text.len()
    }
}

/// A `time` element.
#[derive(Clone, Debug)]
pub(super) struct TimeElement {
    /// Its `datetime`, or its text.
    pub(super) value: String,
    /// It says that it is the date of publication.
    pub(super) says_published: bool,
    /// It says that it is the date of a change.
    pub(super) says_updated: bool,
    /// Where it stands.
    pub(super) region: Region,
}

/// What the walk found.
pub(super) struct Walk {
    /// Pieces in document order.
    pub(super) pieces: Vec<Piece>,
    /// `time` elements in document order.
    pub(super) times: Vec<TimeElement>,
    /// Deepest nesting.
    pub(super) depth: usize,
}

/// Walks over the tree.
pub(super) fn walk(page: &Html) -> Walk {
    let root = page.tree.root();
    let bottom = Frame {
        id: root.id(),
        tag: Tag::Other,
        region: Region::Open,
        region_root: None,
        in_article: false,
        link: false,
        block: true,
        parent: root.id(),
    };
    let mut walker = Walker {
        frames: vec![bottom],
        buffer: Buffer::default(),
        found: Walk { pieces: Vec::new(), times: Vec::new(), depth: 0 },
    };
    let mut skipping: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => {
                if skipping.is_some() {
                    continue;
                }
                match node.value() {
                    Node::Text(text) => walker.buffer.push(&text.text, walker.top().link),
                    Node::Element(element) if is_skipped(element) => {
                        skipping = Some(node.id());
                        if is_block(element.name()) {
                            walker.flush();
                        }
                    }
                    Node::Element(element) => walker.open(node.id(), element),
                    _ => {}
                }
            }
            Edge::Close(node) => match skipping {
                Some(id) if id == node.id() => skipping = None,
                Some(_) => {}
                None => {
                    if let Node::Element(element) = node.value() {
                        walker.close(element.name());
                    }
                }
            },
        }
    }
    walker.flush();
    walker.found
}

struct Frame {
    id: NodeId,
    tag: Tag,
    region: Region,
    region_root: Option<NodeId>,
    in_article: bool,
    link: bool,
    block: bool,
    /// The container of the closest block.
    parent: NodeId,
}

#[derive(Default)]
struct Buffer {
    text: String,
    space: bool,
    linked: usize,
    breaks: usize,
    /// The last thing was the end of a link.
    after_link: bool,
}

impl Buffer {
    fn push(&mut self, text: &str, link: bool) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !is_invisible(c) {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.space = false;
                self.breaks = 0;
                self.after_link = false;
                self.text.push(c);
                if link {
                    self.linked += c.len_utf8();
                }
            }
        }
    }
}

struct Walker {
    frames: Vec<Frame>,
    buffer: Buffer,
    found: Walk,
}

impl Walker {
    fn top(&self) -> &Frame {
        // The bottom frame is never popped.
        &self.frames[self.frames.len() - 1]
    }

    fn open(&mut self, id: NodeId, element: &Element) {
        let name = element.name();
        if name == "br" {
            self.buffer.space = true;
            self.buffer.breaks += 1;
            if self.buffer.breaks > 1 {
                self.flush();
            }
        }
        if name == "a" && self.buffer.after_link {
            // Links that touch are a menu or a list, whatever joins them.
            if self.top().region == Region::Related {
                self.flush();
            }
            self.buffer.space = true;
        }
        let top = self.top();
        let named = region(name, element, top.region);
        // Outside paragraphs an inline element with a part of its own ("byline", a date) stands for itself.
        let stands_alone = top.tag == Tag::Other && (name == "time" || named.is_some_and(|region| region != Region::Deck))
            || name == "cite" && top.region == Region::Quote;
        let block = is_block(name) || stands_alone;
        if block {
            self.flush();
        }
        let top = self.top();
        let (region, region_root) = match named {
            Some(region) => (region, Some(id)),
            None if name == "time" && block && top.region == Region::Open => (Region::DateLine, Some(id)),
            None => (top.region, top.region_root),
        };
        let tag = match name {
            "p" => Tag::P,
            "h1" => Tag::H(1),
            "h2" => Tag::H(2),
            "h3" => Tag::H(3),
            "h4" | "h5" | "h6" => Tag::H(4),
            "li" | "dd" | "dt" => Tag::Li,
            "td" | "th" => Tag::Cell,
            _ if block && top.tag == Tag::Li => Tag::Li,
            _ if block => Tag::Other,
            _ => top.tag,
        };
        let parent = match name {
            // Items of a list count as siblings of the paragraphs around the list.
            "li" | "dd" | "dt" => top.parent,
            _ if block => top.id,
            _ => top.parent,
        };
        let frame = Frame {
            id: if block { id } else { top.id },
            tag,
            region,
            region_root,
            in_article: top.in_article || matches!(name, "article" | "main"),
            link: top.link || name == "a",
            block,
            parent,
        };
        if name == "time" {
            let words = format!("{} {}", hints(element), element.attr("pubdate").map_or("", |_| "pubdate"));
            self.found.times.push(TimeElement {
                value: element.attr("datetime").unwrap_or("").to_owned(),
                says_published: ["publish", "pubdate", "posted"].iter().any(|word| words.contains(word)),
                says_updated: ["updated", "modified"].iter().any(|word| words.contains(word)),
                region,
            });
        }
        self.frames.push(frame);
        self.found.depth = self.found.depth.max(self.frames.len());
    }

    fn close(&mut self, name: &str) {
        self.buffer.after_link |= name == "a";
        if self.top().block {
            self.flush();
        }
        if self.frames.len() > 1 {
            self.frames.pop();
        }
    }

    fn flush(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        if buffer.text.is_empty() {
            return;
        }
        // The text belongs to the innermost block; inline frames above it may carry a region of their own.
        let top = self.top();
        self.found.pieces.push(Piece {
            text: buffer.text,
            tag: top.tag,
            region: top.region,
            region_root: top.region_root,
            parent: top.parent,
            linked: buffer.linked,
            in_article: top.in_article,
        });
    }
}

/// Elements without visible text, or whose text is no part of the page.
fn is_skipped(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "canvas"
            | "select"
            | "datalist"
            | "textarea"
            | "head"
            | "audio"
            | "video"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "label"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Class, id, role and item property in lower case.
fn hints(element: &Element) -> String {
    let mut hints = String::new();
    for name in ["class", "id", "role", "itemprop", "data-component", "aria-label"] {
        if let Some(value) = element.attr(name).filter(|value| value.len() < 400) {
            hints.push_str(&value.to_lowercase());
            hints.push(' ');
        }
    }
    hints
}

/// The part of the page that an element opens.
fn region(name: &str, element: &Element, outer: Region) -> Option<Region> {
    if matches!(name, "html" | "body" | "main" | "article") {
        return None;
    }
    let hints = hints(element);
    let hidden = element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"));
    if hidden && outer != Region::Hidden {
        return Some(Region::Hidden);
    }
    let by_class = class_region(&hints);
    if outer.is_furniture() {
        // Only a breadcrumb is more telling than the menu around it.
        return (outer == Region::Navigation && by_class == Some(Region::Breadcrumb)).then_some(Region::Breadcrumb);
    }
    let inside_quote = outer == Region::Quote;
    let by_name = match name {
        "cite" | "footer" if inside_quote => Some(Region::QuoteSource),
        "figcaption" => Some(Region::Caption),
        "figure" if by_class == Some(Region::Quote) => Some(Region::Quote),
        "figure" => Some(Region::Figure),
        "blockquote" => Some(Region::Quote),
        "nav" if by_class == Some(Region::Breadcrumb) => Some(Region::Breadcrumb),
        "nav" | "menu" | "button" | "dialog" => {
            Some(by_class.filter(|region| region.is_furniture()).unwrap_or(Region::Navigation))
        }
        "footer" => Some(by_class.filter(|region| region.is_furniture()).unwrap_or(Region::Footer)),
        // A form is no part by itself: some sites put the whole page into one.
        "fieldset" | "label" => Some(by_class.filter(|region| region.is_furniture()).unwrap_or(Region::Navigation)),
        "aside" if by_class == Some(Region::Quote) => Some(Region::Quote),
        "aside" => Some(by_class.filter(|region| region.is_furniture()).unwrap_or(Region::Aside)),
        _ => None,
    };
    if by_name.is_some() {
        return by_name;
    }
    let by_class = by_class?;
    match outer {
        Region::Quote => matches!(by_class, Region::Byline | Region::Caption).then_some(Region::QuoteSource),
        Region::Figure | Region::Caption => (by_class == Region::Caption).then_some(Region::Caption),
        Region::Byline => (by_class == Region::DateLine || by_class.is_furniture()).then_some(by_class),
        _ => Some(by_class),
    }
}

/// The part of the page that classes, ids and roles name.
fn class_region(hints: &str) -> Option<Region> {
    let words: Vec<&str> = hints.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let both = |a: &str, b: &str| words.contains(&a) && words.contains(&b);
    let region = match () {
        () if has(&["breadcrumb", "breadcrumbs", "crumbs"]) => Region::Breadcrumb,
        () if has(&["pullquote", "blockquote"]) || both("pull", "quote") => Region::Quote,
        () if has(&["cookie", "cookies", "consent", "gdpr", "onetrust", "cookiebar"]) => Region::Notice,
        () if has(&["comments", "comment", "disqus", "respond", "commentform", "commentlist"]) => Region::Comments,
        () if has(&[
            "related",
            "recommended",
            "recommendations",
            "recirc",
            "trending",
            "popular",
            "mostread",
            "outbrain",
            "taboola",
            "readmore",
        ]) || both("more", "stories")
            || both("read", "next")
            || both("most", "read")
            || both("read", "more")
            || both("also", "like") =>
        {
            Region::Related
        }
        () if has(&["ad", "ads", "advert", "adverts", "advertisement", "sponsor", "sponsored", "adslot", "promo"]) => {
            Region::Advertisement
        }
        () if has(&["newsletter", "newsletters", "subscribe", "subscription", "signup", "paywall"]) => Region::Advertisement,
        () if has(&[
            "share",
            "sharing",
            "social",
            "sharedaddy",
            "addtoany",
            "nav",
            "navbar",
            "navigation",
            "menu",
            "tags",
            "topics",
            "keywords",
            "toolbar",
        ]) =>
        {
            Region::Navigation
        }
        () if has(&["footer", "colophon", "contentinfo"]) => Region::Footer,
        () if has(&["sidebar"]) => Region::Aside,
        () if has(&["caption", "figcaption"]) => Region::Caption,
        () if has(&["dek", "deck", "standfirst", "subtitle", "strapline", "subheadline", "teaser"]) => Region::Deck,
        () if has(&["byline", "author", "authors", "bylines"]) => Region::Byline,
        () if has(&["published", "timestamp", "dateline", "pubdate", "datepublished", "datetime", "date"]) => Region::DateLine,
        () if both("sr", "only") || both("visually", "hidden") || both("screen", "reader") => Region::Hidden,
        () => return None,
    };
    Some(region)
}
