//! What each unit of a copied page is, from its words and its neighbours.

use demarche_types::{BlockKind, Furniture};

use super::units::{Unit, list_marker};
use crate::{
    captions,
    lines::{self, Line},
};

/// A subhead has at most so many words; a longer line without a full stop is a paragraph that lost it.
const SUBHEAD_WORDS: usize = 14;

/// A page's units with their kinds.
pub(super) struct Page {
    /// One a unit.
    pub(super) kinds: Vec<BlockKind>,
    /// Index of the headline.
    pub(super) title: Option<usize>,
    /// Section, from the breadcrumb or a kicker.
    pub(super) section: Option<String>,
}

/// Decides what every unit is.
pub(super) fn classify(units: &[Unit<'_>], known_title: Option<&str>) -> Page {
    let mut page = Sorter { units, kinds: vec![None; units.len()], title: None, section: None };
    let wanted = page.lines(known_title);
    page.regions();
    page.head(wanted.as_deref());
    page.body();
    let kinds = page.kinds.into_iter().map(|kind| kind.unwrap_or(BlockKind::Paragraph)).collect();
    Page { kinds, title: page.title, section: page.section }
}

/// A headline without the name of its field ("Title: ...").
pub(super) fn headline(text: &str) -> &str {
    for field in ["title:", "headline:"] {
        if let Some(rest) = text.get(..field.len()).filter(|name| name.eq_ignore_ascii_case(field)).map(|_| &text[field.len()..])
        {
            let rest = rest.trim_start();
            if !rest.is_empty() {
                return rest;
            }
        }
    }
    text
}

/// Letters and digits of `text` in lower case, words kept apart: equal for two printings of one headline.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '’' | '\'' | '‘') && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether two headlines say the same in other words: half of the shorter one's words of weight are shared.
pub(crate) fn alternate(a: &str, b: &str) -> bool {
    const LIGHT: &[&str] = &[
        "a", "an", "and", "as", "at", "after", "by", "for", "from", "in", "into", "is", "its", "of", "on", "over", "since",
        "the", "to", "with", "amid",
    ];
    let words = |text: &str| -> Vec<String> {
        let bare = text.replace("’s ", " ").replace("'s ", " ");
        let mut words: Vec<String> =
            fold(&bare).split(' ').filter(|word| !word.is_empty() && !LIGHT.contains(word)).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    shared >= 2 && shared * 2 >= a.len().min(b.len())
}

struct Sorter<'u, 'a> {
    units: &'u [Unit<'a>],
    kinds: Vec<Option<BlockKind>>,
    title: Option<usize>,
    section: Option<String>,
}

impl Sorter<'_, '_> {
    /// Lines recognised by their own words. Returns the headline in folded form, when something names it.
    fn lines(&mut self, known_title: Option<&str>) -> Option<String> {
        let mut wanted = known_title.map(fold).filter(|title| !title.is_empty());
        for (at, unit) in self.units.iter().enumerate() {
            if wanted.as_deref().is_some_and(|title| unit.text.len() < 400 && fold(unit.text) == title) {
                continue;
            }
            // A field that names the headline is page data when the headline itself follows.
            let named = headline(unit.text);
            if at < 8 && wanted.is_none() && named.len() < unit.text.len() && unit.text.len() < 400 {
                let title = fold(named);
                if self.units[at + 1..].iter().take(12).any(|other| other.text.len() < 400 && fold(other.text) == title) {
                    self.kinds[at] = Some(BlockKind::Furniture(Furniture::PageData));
                    wanted = Some(title);
                    continue;
                }
            }
            // "— Agency" under a quotation names its source; elsewhere it is a sign-off.
            if at > 0 && is_lone_quote(self.units[at - 1].text) && is_quote_source(unit.text) {
                continue;
            }
            let Some(line) = lines::recognise(unit.text) else { continue };
            // A menu or breadcrumb is one line; a joined one is prose that happens to hold a ">".
            if unit.lines > 1 && line == Line::Furniture(Furniture::Breadcrumb) {
                continue;
            }
            self.kinds[at] = Some(line.kind());
            if let Some(steps) = lines::breadcrumb(unit.text) {
                let mut steps: Vec<&str> = steps.into_iter().filter(|step| !lines::is_home(step)).collect();
                if let Some(last) = steps.last().filter(|step| step.split_whitespace().count() >= 4) {
                    wanted = wanted.or_else(|| Some(fold(last)));
                    steps.pop();
                }
                if self.section.is_none() {
                    self.section = steps.first().map(|step| (*step).to_owned());
                }
            }
        }
        wanted
    }

    /// Lists of other stories and readers' comments reach from their heading on.
    fn regions(&mut self) {
        let weight = |unit: &Unit<'_>| unit.text.split_whitespace().count();
        let running: Vec<usize> =
            self.units.iter().zip(&self.kinds).map(|(unit, kind)| if kind.is_none() { weight(unit) } else { 0 }).collect();
        let total: usize = running.iter().sum();
        let mut before = 0;
        let mut region: Option<Furniture> = None;
        for (at, unit) in self.units.iter().enumerate() {
            match lines::recognise(unit.text).filter(|_| self.kinds[at].is_some()) {
                // A link to the comments above the story opens nothing: most of the text is still to come.
                Some(Line::CommentHead) if before * 2 >= total => region = Some(Furniture::CommentForm),
                Some(Line::RelatedHead) if region != Some(Furniture::CommentForm) => region = Some(Furniture::RelatedPosts),
                Some(_) => {}
                None => match region {
                    Some(Furniture::CommentForm) => self.kinds[at] = Some(BlockKind::Furniture(Furniture::CommentForm)),
                    Some(Furniture::RelatedPosts) if is_prose(unit.text) => region = None,
                    Some(furniture) => self.kinds[at] = Some(BlockKind::Furniture(furniture)),
                    None => {}
                },
            }
            before += running[at];
        }
    }

    /// Everything above the first paragraph: kicker, headline, its repetitions, deck.
    fn head(&mut self, wanted: Option<&str>) {
        let open: Vec<usize> = (0..self.units.len()).filter(|at| self.kinds[*at].is_none()).collect();
        let is_wanted =
            |at: usize| wanted.is_some_and(|title| self.units[at].text.len() < 400 && fold(self.units[at].text) == title);
        let Some(first) = open.iter().position(|at| !lines::is_headline(self.units[*at].text) && !is_wanted(*at)) else {
            // No running text at all: a list of headlines, or a single line. Each stands for itself.
            if let Some(at) = open.iter().copied().find(|at| is_wanted(*at)) {
                self.name_title(at, &open, wanted);
            }
            return;
        };
        let mut heads: Vec<usize> = open[..first].to_vec();
        while heads.len() > 1 && lines::is_section(self.units[heads[0]].text) {
            let kicker = heads.remove(0);
            self.kinds[kicker] = Some(BlockKind::Furniture(Furniture::Breadcrumb));
            self.section.get_or_insert_with(|| self.units[kicker].text.trim_end_matches(':').to_owned());
        }
        // Captions above the story are no headlines.
        heads.retain(|at| !captions::is_caption(self.units[*at].text));
        let named = heads.iter().copied().find(|at| is_wanted(*at));
        let Some(title) = named.or_else(|| heads.first().copied()) else { return };
        self.name_title(title, &heads, wanted);
        for (place, &at) in heads.iter().enumerate().filter(|(_, at)| **at != title) {
            if self.kinds[at].is_some() {
                continue;
            }
            let text = self.units[at].text;
            let last = place + 1 == heads.len();
            let story_follows = open.get(first) == Some(&(at + 1));
            self.kinds[at] = Some(if alternate(self.units[title].text, text) {
                BlockKind::Furniture(Furniture::RepeatedTitle)
            } else if last && story_follows && title_case(text) {
                BlockKind::Subhead
            } else if text.split_whitespace().count() >= 4 {
                BlockKind::Deck
            } else {
                BlockKind::Subhead
            });
        }
        // A sentence between the headline and the byline or date is the deck, whatever it ends in.
        let deck = open[first];
        let short = self.units[deck].text.len() < 400 && self.units[deck].text.split_whitespace().count() <= 45;
        let above_data =
            matches!(self.kinds.get(deck + 1), Some(Some(BlockKind::Byline | BlockKind::Furniture(Furniture::PageData))));
        if deck > title && short && above_data && open.len() > first + 1 && !self.any_page_data(title, deck) {
            self.kinds[deck] = Some(BlockKind::Deck);
        }
    }

    /// Marks the headline and its exact repetitions among `heads`.
    fn name_title(&mut self, title: usize, heads: &[usize], wanted: Option<&str>) {
        self.kinds[title] = Some(BlockKind::Title);
        self.title = Some(title);
        let folded = fold(self.units[title].text);
        for &at in heads.iter().filter(|at| **at != title) {
            let text = fold(self.units[at].text);
            if text == folded || wanted == Some(&text) {
                self.kinds[at] = Some(BlockKind::Furniture(Furniture::RepeatedTitle));
            }
        }
    }

    fn any_page_data(&self, from: usize, to: usize) -> bool {
        self.kinds[from..to]
            .iter()
            .any(|kind| matches!(kind, Some(BlockKind::Byline | BlockKind::Furniture(Furniture::PageData))))
    }

    /// The story: captions, lists, quotations that stand alone, subheads, paragraphs.
    fn body(&mut self) {
        let open: Vec<usize> = (0..self.units.len()).filter(|at| self.kinds[*at].is_none()).collect();
        let headlines = open.iter().filter(|at| lines::is_headline(self.units[**at].text)).count();
        // A text most of whose lines lack a full stop was written without them.
        let unpunctuated = headlines * 2 > open.len();
        let title = self.title.map(|at| fold(self.units[at].text));
        let last_story = open.iter().rposition(|at| !lines::is_headline(self.units[*at].text));
        for (place, &at) in open.iter().enumerate() {
            if self.kinds[at].is_some() {
                continue;
            }
            let text = self.units[at].text;
            let next = open.get(place + 1).copied();
            let near = |other: Option<usize>| other.filter(|other| *other == at + 1).map(|other| self.units[other].text);
            if captions::is_caption(text) {
                self.kinds[at] = Some(BlockKind::Caption);
            } else if is_lone_quote(text) && near(next).is_some_and(is_quote_source) {
                self.kinds[at] = Some(BlockKind::PullQuote);
                self.kinds[at + 1] = Some(BlockKind::PullQuoteSource);
            } else if list_marker(text).is_some() && self.in_list(at) {
                self.kinds[at] = Some(BlockKind::ListItem);
            } else if lines::is_headline(text) && title.as_deref() == Some(fold(text).as_str()) {
                self.kinds[at] = Some(BlockKind::Furniture(Furniture::RepeatedTitle));
            } else if lines::is_headline(text) && !unpunctuated {
                self.kinds[at] = Some(self.headline_in_body(place, &open, last_story));
            } else {
                self.kinds[at] = Some(BlockKind::Paragraph);
            }
        }
    }

    /// A list has at least two items, or is announced by a colon.
    fn in_list(&self, at: usize) -> bool {
        let item = |at: usize| self.units.get(at).is_some_and(|unit| list_marker(unit.text).is_some());
        item(at + 1) || at > 0 && (item(at - 1) || self.units[at - 1].text.ends_with(':'))
    }

    /// A line without a full stop inside the story is a subhead when running text follows; what stands after
    /// the last paragraph, at `last_story` among the open units, is a sign-off or a list of other stories.
    fn headline_in_body(&self, place: usize, open: &[usize], last_story: Option<usize>) -> BlockKind {
        let text = self.units[open[place]].text;
        let words = text.split_whitespace().count();
        let story_follows = open[place + 1..].iter().take(2).any(|at| !lines::is_headline(self.units[*at].text));
        if story_follows {
            return if words <= SUBHEAD_WORDS && !text.starts_with(['“', '"']) {
                BlockKind::Subhead
            } else {
                BlockKind::Paragraph
            };
        }
        let story_goes_on = last_story.is_some_and(|last| last > place);
        let in_row = place + 1 < open.len() || place > 0 && lines::is_headline(self.units[open[place - 1]].text);
        match () {
            () if story_goes_on && words <= SUBHEAD_WORDS => BlockKind::Subhead,
            () if in_row && words >= 3 => BlockKind::Furniture(Furniture::RelatedPosts),
            () if words >= 8 => BlockKind::Paragraph,
            () => BlockKind::Furniture(Furniture::PageData),
        }
    }
}

/// Whether a unit is running text beyond doubt: it ends a sentence and is longer than a headline.
fn is_prose(text: &str) -> bool {
    lines::closes_sentence(text) && text.split_whitespace().take(12).count() >= 12
}

/// Whether most words of a line are capitalised.
fn title_case(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capital =
        words.iter().filter(|word| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())).count();
    words.len() >= 2 && capital * 5 >= words.len() * 4
}

/// Whether a unit is one quotation and nothing else.
fn is_lone_quote(text: &str) -> bool {
    if text.len() > 1500 {
        return false;
    }
    let mut inner = text.trim_end_matches([',', '.']);
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’'), ('«', '»'), ('„', '“')] {
        if let Some(rest) = inner.strip_prefix(open)
            && let Some(quoted) = rest.strip_suffix(close)
        {
            inner = quoted;
            return !inner.is_empty() && !inner.contains(open);
        }
    }
    false
}

/// Whether a line names the source of the quotation above it: a dash and a name.
fn is_quote_source(text: &str) -> bool {
    let rest = text.trim_start_matches(['—', '–', '―', '-', '~']);
    let name = rest.trim_start();
    rest.len() < text.len()
        && name.split_whitespace().count() <= 16
        && name.chars().next().is_some_and(char::is_alphanumeric)
        && !lines::closes_sentence(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_that_say_the_same() {
        assert!(alternate("Envoys meet in Doha over prisoner swap", "Prisoner Swap: Envoys Gather in Doha"));
        assert!(!alternate("Envoys meet in Doha over prisoner swap", "Families wait for news"));
    }

    #[test]
    fn lone_quotes() {
        assert!(is_lone_quote("“We will not sign,”"));
        assert!(!is_lone_quote("“We will not sign,” he said."));
        assert!(!is_lone_quote("“We will not sign,” he said, “not now.”"));
        assert!(is_quote_source("— The minister"));
        assert!(!is_quote_source("The minister"));
    }
}
