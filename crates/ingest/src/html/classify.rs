//! What each piece of a web page is: from the part of the page it stands in, from what the extraction library
//! kept, and from its words.

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::{BlockKind, Furniture};
use ego_tree::NodeId;

use super::{
    body::Kept,
    meta::Meta,
    walk::{Piece, Region, Tag},
};
use crate::{
    captions,
    lines::{self, Line},
    text::{alternate, fold},
};

/// A part of the page that holds more than this share (in percent) of the kept text is no furniture, whatever
/// it is called.
const DOMINANT: usize = 40;

/// Kinds of all pieces.
pub(super) struct Sorted {
    /// One a piece.
    pub(super) kinds: Vec<BlockKind>,
    /// Index of the headline.
    pub(super) title: Option<usize>,
    /// Index of the last piece of the story.
    pub(super) last: usize,
    /// The library found no story; our own guess was used.
    pub(super) guessed: bool,
}

/// Decides what every piece is.
pub(super) fn classify(pieces: &[Piece], kept: Option<&Kept>, meta: &Meta) -> Sorted {
    let mut page = Page::new(pieces, kept);
    page.rescue();
    let title = page.find_title(meta);
    let kinds = page.kinds(title, meta);
    let last = page.last().unwrap_or(0);
    Sorted { kinds, title, last, guessed: page.guessed }
}

struct Page<'p> {
    pieces: &'p [Piece],
    /// The part of the page of each piece, misnamed parts put right.
    regions: Vec<Region>,
    /// Whether each piece is the story's.
    story: Vec<bool>,
    guessed: bool,
}

impl<'p> Page<'p> {
    fn new(pieces: &'p [Piece], kept: Option<&Kept>) -> Self {
        let mut story: Vec<bool> = pieces.iter().map(|piece| kept.is_some_and(|kept| kept.has(&piece.text))).collect();
        let total: usize = pieces.iter().zip(&story).filter(|(_, kept)| **kept).map(|(piece, _)| piece.text.len()).sum();
        let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (piece, _) in pieces.iter().zip(&story).filter(|(_, kept)| **kept) {
            if let Some(root) = piece.region_root {
                *held.entry(root).or_default() += piece.text.len();
            }
        }
        let misnamed = |piece: &Piece| {
            let held = piece.region_root.and_then(|root| held.get(&root)).copied().unwrap_or(0);
            held * 100 > total * DOMINANT
        };
        let regions: Vec<Region> = pieces.iter().map(|piece| if misnamed(piece) { Region::Open } else { piece.region }).collect();
        for (story, region) in story.iter_mut().zip(&regions) {
            *story &= !region.is_furniture();
        }
        let guessed = !story.contains(&true);
        if guessed {
            let sentence = |at: usize, region: Region| {
                let piece: &Piece = &pieces[at];
                region == Region::Open
                    && lines::closes_sentence(&piece.text)
                    && !piece.mostly_links()
                    && lines::recognise(&piece.text).is_none()
            };
            let article = (0..pieces.len()).any(|at| pieces[at].in_article && sentence(at, regions[at]));
            for (at, story) in story.iter_mut().enumerate() {
                *story = sentence(at, regions[at]) && (pieces[at].in_article || !article);
            }
        }
        Self { pieces, regions, story, guessed }
    }

    fn first(&self) -> Option<usize> {
        self.story.iter().position(|story| *story)
    }

    fn last(&self) -> Option<usize> {
        self.story.iter().rposition(|story| *story)
    }

    /// Paragraphs that the library dropped although they stand among kept ones are the story's.
    fn rescue(&mut self) {
        let mut siblings: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (piece, _) in self.pieces.iter().zip(&self.story).filter(|(_, story)| **story) {
            *siblings.entry(piece.parent).or_default() += 1;
        }
        let parents: BTreeSet<NodeId> = siblings.iter().filter(|(_, count)| **count >= 2).map(|(id, _)| *id).collect();
        // One kept sibling is enough for a paragraph of some length.
        let single = |piece: &Piece| {
            piece.tag == Tag::P && siblings.contains_key(&piece.parent) && piece.text.split_whitespace().take(12).count() >= 12
        };
        for (at, piece) in self.pieces.iter().enumerate() {
            let open = matches!(self.regions[at], Region::Open) && !matches!(piece.tag, Tag::H(_) | Tag::Cell);
            let words = piece.text.split_whitespace().take(5).count();
            if !self.story[at]
                && open
                && (parents.contains(&piece.parent) || single(piece))
                && !piece.mostly_links()
                && words >= 5
            {
                self.story[at] = lines::closes_sentence(&piece.text) && lines::recognise(&piece.text).is_none();
            }
        }
        // A subhead stands between paragraphs with the same parent.
        let (Some(first), Some(last)) = (self.first(), self.last()) else { return };
        for at in first..last {
            let piece = &self.pieces[at];
            let heading = matches!(piece.tag, Tag::H(2..)) && self.regions[at] == Region::Open;
            if !self.story[at] && heading && parents.contains(&piece.parent) && lines::recognise(&piece.text).is_none() {
                self.story[at] = true;
            }
        }
    }

    /// The headline: a first-level heading, best one that the page's own statements confirm.
    fn find_title(&self, meta: &Meta) -> Option<usize> {
        let last = self.last().unwrap_or(self.pieces.len());
        let stated: Vec<&str> = [&meta.headline, &meta.page_title].into_iter().flatten().map(String::as_str).collect();
        let folded: Vec<String> = stated.iter().map(|title| fold(title)).collect();
        let candidate = |at: &usize| !self.regions[*at].is_furniture() && self.pieces[*at].text.len() < 400;
        let headings =
            |level: u8| (0..self.pieces.len()).filter(move |at| self.pieces[*at].tag == Tag::H(level)).filter(candidate);
        let same = |at: &usize| folded.contains(&fold(&self.pieces[*at].text));
        headings(1)
            .find(same)
            .or_else(|| headings(2).find(same))
            .or_else(|| headings(1).find(|at| stated.iter().any(|title| alternate(title, &self.pieces[*at].text))))
            .or_else(|| (0..last.min(self.pieces.len())).filter(candidate).find(same))
            .or_else(|| headings(1).find(|at| *at <= last && self.pieces[*at].text.split_whitespace().count() >= 3))
    }

    fn kinds(&self, title: Option<usize>, meta: &Meta) -> Vec<BlockKind> {
        let first = self.first().unwrap_or(self.pieces.len());
        let last = self.last().unwrap_or(0);
        let headline =
            title.map(|at| fold(&self.pieces[at].text)).or_else(|| meta.headline.as_deref().map(fold)).unwrap_or_default();
        let mut after_story = None;
        let mut kinds = Vec::with_capacity(self.pieces.len());
        for (at, piece) in self.pieces.iter().enumerate() {
            let recognised = lines::recognise(&piece.text);
            if at > last && !self.story[at] {
                match recognised {
                    Some(Line::CommentHead) => after_story = Some(Furniture::CommentForm),
                    Some(Line::RelatedHead) => after_story = Some(Furniture::RelatedPosts),
                    _ => {}
                }
            }
            let near_story = piece.in_article || (title.unwrap_or(first) <= at && at <= last + 1);
            let repeats = !headline.is_empty() && piece.text.len() < 400 && fold(&piece.text) == headline;
            kinds.push(match self.regions[at] {
                _ if title == Some(at) => BlockKind::Title,
                Region::Breadcrumb => BlockKind::Furniture(Furniture::Breadcrumb),
                _ if repeats => BlockKind::Furniture(Furniture::RepeatedTitle),
                region if region.is_furniture() => BlockKind::Furniture(furniture(region, recognised)),
                Region::Caption | Region::Figure if captions::is_credit(&piece.text) => BlockKind::Furniture(Furniture::PageData),
                Region::Caption | Region::Figure if near_story => recognised.map_or(BlockKind::Caption, Line::kind),
                Region::Quote if near_story && piece.text.starts_with(['—', '–', '―']) => BlockKind::PullQuoteSource,
                Region::Quote if near_story => BlockKind::PullQuote,
                Region::QuoteSource if near_story => BlockKind::PullQuoteSource,
                Region::Byline if !self.story[at] || recognised.is_some() => match recognised {
                    Some(Line::Furniture(kind)) => BlockKind::Furniture(kind),
                    _ if is_name_line(&piece.text) => BlockKind::Byline,
                    _ => BlockKind::Furniture(Furniture::PageData),
                },
                Region::DateLine if !self.story[at] => match recognised {
                    Some(Line::Byline) => BlockKind::Byline,
                    _ => BlockKind::Furniture(Furniture::PageData),
                },
                Region::Deck if near_story && recognised.is_none() => BlockKind::Deck,
                _ => match recognised {
                    Some(line) => line.kind(),
                    None if self.story[at] => self.story_kind(at, last),
                    None => self.other_kind(at, title, first, last, after_story),
                },
            });
        }
        self.find_deck(&mut kinds, title, first, meta);
        kinds
    }

    /// A piece of the story, by its element and its end.
    fn story_kind(&self, at: usize, last: usize) -> BlockKind {
        let piece = &self.pieces[at];
        let closes = lines::closes_sentence(&piece.text);
        let words = piece.text.split_whitespace().count();
        let prose_follows =
            (at + 1..=last).filter(|at| self.story[*at]).take(2).any(|at| lines::closes_sentence(&self.pieces[at].text));
        match piece.tag {
            Tag::H(_) if prose_follows => BlockKind::Subhead,
            Tag::H(_) => BlockKind::Furniture(Furniture::RelatedPosts),
            _ if piece.mostly_links() && !closes => {
                BlockKind::Furniture(if words >= 3 { Furniture::RelatedPosts } else { Furniture::Navigation })
            }
            Tag::Li => BlockKind::ListItem,
            _ if captions::is_caption(&piece.text) => BlockKind::Caption,
            Tag::Cell if !closes => BlockKind::Furniture(Furniture::PageData),
            // A short line without a full stop between paragraphs is a subhead set in bold type.
            _ if prose_follows && words <= 12 && lines::is_headline(&piece.text) && !piece.text.starts_with(['“', '"']) => {
                BlockKind::Subhead
            }
            _ => BlockKind::Paragraph,
        }
    }

    /// A piece that is not the story's and that nothing names.
    fn other_kind(
        &self,
        at: usize,
        title: Option<usize>,
        first: usize,
        last: usize,
        after_story: Option<Furniture>,
    ) -> BlockKind {
        let piece = &self.pieces[at];
        let words = piece.text.split_whitespace().count();
        let between = title.is_some_and(|title| title < at && at < first);
        if between && piece.in_article && words >= 6 && !piece.mostly_links() && matches!(piece.tag, Tag::P | Tag::H(2..)) {
            return BlockKind::Deck;
        }
        if between && captions::is_caption(&piece.text) {
            return BlockKind::Caption;
        }
        // A section's name above the headline is what is left of a breadcrumb.
        if at < first && !between && lines::is_section(&piece.text) && title.is_some_and(|title| title == at + 1) {
            return BlockKind::Furniture(Furniture::Breadcrumb);
        }
        if let Some(kind) = after_story.filter(|_| at > last) {
            return BlockKind::Furniture(kind);
        }
        BlockKind::Furniture(match () {
            () if piece.mostly_links() && words >= 4 => Furniture::RelatedPosts,
            () if piece.mostly_links() || at < first => Furniture::Navigation,
            () if lines::is_headline(&piece.text) && words >= 4 => Furniture::RelatedPosts,
            () if words < 4 => Furniture::Navigation,
            () => Furniture::Notice,
        })
    }

    /// A first paragraph that stands above the byline or date, apart from the body, is the deck; so is one
    /// that repeats the page's description there.
    fn find_deck(&self, kinds: &mut [BlockKind], title: Option<usize>, first: usize, meta: &Meta) {
        let Some(title) = title.filter(|title| *title < first) else { return };
        if kinds.get(first) != Some(&BlockKind::Paragraph) || kinds[title..first].contains(&BlockKind::Deck) {
            return;
        }
        let piece = &self.pieces[first];
        let next = (first + 1..kinds.len()).find(|at| self.story[*at]);
        let apart = next.is_some_and(|next| self.pieces[next].parent != piece.parent);
        let data = |kind: &BlockKind| matches!(kind, BlockKind::Byline | BlockKind::Furniture(Furniture::PageData));
        let above_data = next.is_some_and(|next| kinds[first..next].iter().any(data)) && !kinds[title..first].iter().any(data);
        let described = meta.description.as_deref().is_some_and(|description| fold(description) == fold(&piece.text));
        if apart && (above_data || described) && piece.text.split_whitespace().count() <= 60 {
            kinds[first] = BlockKind::Deck;
        }
    }
}

/// A short line without a full stop, as names and offices are printed.
fn is_name_line(text: &str) -> bool {
    text.split_whitespace().count() <= 20 && !lines::closes_sentence(text)
}

/// The furniture of a part of the page; its words may be more telling than a side bar's or a footer's name.
fn furniture(region: Region, recognised: Option<Line>) -> Furniture {
    let by_words = match recognised.map(Line::kind) {
        Some(BlockKind::Furniture(kind)) => Some(kind),
        _ => None,
    };
    match region {
        Region::Breadcrumb => Furniture::Breadcrumb,
        Region::Comments => Furniture::CommentForm,
        Region::Related => Furniture::RelatedPosts,
        Region::Advertisement => Furniture::Advertisement,
        Region::Notice => Furniture::Notice,
        Region::Aside => by_words.unwrap_or(Furniture::RelatedPosts),
        Region::Footer => by_words.unwrap_or(Furniture::Notice),
        _ => by_words.unwrap_or(Furniture::Navigation),
    }
}
