//! Single lines and blocks that are recognised by their words alone: page furniture, bylines, breadcrumbs.
//! Copied text and web pages share these rules; their word lists are in `lines.tsv`.

use std::sync::LazyLock;

use demarche_types::{BlockKind, Furniture};

use crate::{
    captions::{is_credit, is_sign_off},
    dates,
};

/// Blocks with more bytes or words than this are never lines of furniture; looking closer would only cost time.
const LONGEST: usize = 1200;
const MOST_WORDS: usize = 60;

/// What a line is, as far as its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Opens a list of links to other stories.
    RelatedHead,
    /// Opens the readers' comments.
    CommentHead,
    /// A writer's line.
    Byline,
    /// Anything else that is not news.
    Furniture(Furniture),
}

impl Line {
    /// The kind of block that such a line makes.
    pub(crate) fn kind(self) -> BlockKind {
        match self {
            Self::RelatedHead => BlockKind::Furniture(Furniture::RelatedPosts),
            Self::CommentHead => BlockKind::Furniture(Furniture::CommentForm),
            Self::Byline => BlockKind::Byline,
            Self::Furniture(kind) => BlockKind::Furniture(kind),
        }
    }
}

/// Recognises a line by its words. `None` says nothing about it: it may well be news.
pub(crate) fn recognise(text: &str) -> Option<Line> {
    if text.len() > LONGEST {
        return None;
    }
    let words = text.split_whitespace().count();
    if words == 0 || words > MOST_WORDS {
        return None;
    }
    if breadcrumb(text).is_some() {
        return Some(Line::Furniture(Furniture::Breadcrumb));
    }
    if byline(text).is_some() {
        return Some(Line::Byline);
    }
    let key = key(text);
    if let Some(rule) = RULES.iter().find(|rule| rule.fits(&key, words)) {
        return Some(rule.line);
    }
    if dates::is_date_line(text) {
        return Some(Line::Furniture(Furniture::PageData));
    }
    if only_networks(&key) || only_sections(&key) {
        return Some(Line::Furniture(Furniture::Navigation));
    }
    if is_address(text) || is_credit(text) || is_sign_off(text) {
        return Some(Line::Furniture(Furniture::PageData));
    }
    // A line without a letter or digit is an ornament.
    (!text.chars().any(char::is_alphanumeric)).then_some(Line::Furniture(Furniture::Navigation))
}

/// The steps of a breadcrumb ("Home » World » Talks resume").
pub(crate) fn breadcrumb(text: &str) -> Option<Vec<&str>> {
    if text.len() > 400 {
        return None;
    }
    let lower = text.to_lowercase();
    let rest = if lower.starts_with("you are here") && lower.len() == text.len() {
        text["you are here".len()..].trim_start_matches([':', ' '])
    } else {
        text
    };
    let split = |separators: &[char]| -> Vec<&str> {
        rest.split(|c| separators.contains(&c)).map(str::trim).filter(|step| !step.is_empty()).collect()
    };
    if closes_sentence(text) || text.contains('<') {
        // Prose, or markup that was copied along.
        return None;
    }
    let strong =
        split(if rest.contains(" > ") { &['»', '›', '→', '▸', '❯', '>'] } else { &['»', '›', '→', '▸', '❯'] });
    let short_steps = |steps: &[&str]| steps[..steps.len() - 1].iter().all(|step| step.split_whitespace().count() <= 4);
    if strong.len() >= 2 && !rest.starts_with(['>', '»', '→']) && short_steps(&strong) {
        let known = is_home(strong[0]) || is_section(strong[0]);
        if known || strong.len() >= 3 {
            return Some(strong);
        }
    }
    for separators in [&['/', '\\'][..], &['|'], &['•', '·']] {
        let spaced = separators.iter().any(|c| rest.contains(&format!(" {c} ")));
        let weak = split(separators);
        if spaced && weak.len() >= 2 && short_steps(&weak) {
            let sections = weak.iter().filter(|step| is_section(step)).count();
            if is_home(weak[0]) || sections >= 2 || (is_section(weak[0]) && weak.len() >= 3) {
                return Some(weak);
            }
        }
    }
    None
}

/// Whether a breadcrumb step is the start page.
pub(crate) fn is_home(step: &str) -> bool {
    matches!(step.to_lowercase().as_str(), "home" | "home page" | "homepage" | "start" | "front page" | "main")
}

/// Whether a line is the name of a newspaper section.
pub(crate) fn is_section(step: &str) -> bool {
    const SECTIONS: &[&str] = &[
        "africa",
        "americas",
        "analysis",
        "arts",
        "asia",
        "asia pacific",
        "asia-pacific",
        "australia",
        "balkans",
        "breaking news",
        "business",
        "canada",
        "caucasus",
        "central asia",
        "china",
        "climate",
        "conflict",
        "conflicts",
        "courts",
        "crime",
        "culture",
        "defence",
        "defense",
        "diplomacy",
        "economy",
        "editorial",
        "energy",
        "entertainment",
        "environment",
        "europe",
        "explainer",
        "exclusive",
        "features",
        "finance",
        "football",
        "foreign affairs",
        "global",
        "health",
        "human rights",
        "india",
        "international",
        "latin america",
        "law",
        "lifestyle",
        "live",
        "local",
        "markets",
        "media",
        "mena",
        "middle east",
        "middle east & africa",
        "military",
        "money",
        "nation",
        "national",
        "news",
        "opinion",
        "pacific",
        "pakistan",
        "politics",
        "red sea",
        "regional",
        "russia",
        "sahel",
        "science",
        "security",
        "society",
        "south asia",
        "sport",
        "sports",
        "tech",
        "technology",
        "tennis",
        "trade",
        "travel",
        "u.s.",
        "u.s. news",
        "uk",
        "ukraine",
        "ukraine war",
        "un",
        "united nations",
        "us",
        "usa",
        "video",
        "videos",
        "war",
        "weather",
        "world",
        "world news",
    ];
    SECTIONS.contains(&step.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// The writers of a byline, without "By" and what follows the names.
pub(crate) fn byline(text: &str) -> Option<String> {
    const OPENERS: &[&str] = &[
        "by ",
        "by: ",
        "written by ",
        "words by ",
        "story by ",
        "reported by ",
        "reporting by ",
        "report by ",
        "from our correspondent",
    ];
    if text.len() > 200 {
        return None;
    }
    let plain = text.trim().trim_start_matches('(').trim_end_matches(')');
    let lower = plain.to_lowercase();
    let opener = OPENERS.iter().find(|opener| lower.starts_with(**opener))?;
    let rest = plain.get(opener.len()..)?.trim();
    let names = rest.split(['|', '•', '·', '–', '—', ';']).next().unwrap_or(rest);
    // A sentence that begins with "By" goes on in lower case and ends in a full stop.
    let ends_sentence = names.ends_with(['.', '!', '?', ':']) && !names.ends_with("Jr.") && !plain.ends_with(')');
    let head = names.split([',', '/']).next().unwrap_or(names);
    let head = head.split(" in ").next().unwrap_or(head);
    let mut count = 0;
    for word in head.split_whitespace() {
        count += 1;
        let name = word.chars().next().is_some_and(char::is_uppercase);
        let joint = matches!(
            word,
            "and"
                | "with"
                | "&"
                | "de"
                | "van"
                | "von"
                | "der"
                | "den"
                | "al"
                | "el"
                | "bin"
                | "da"
                | "di"
                | "la"
                | "le"
                | "the"
                | "our"
                | "staff"
                | "for"
                | "of"
                | "agencies"
                | "reporter"
                | "correspondent"
                | "writer"
        );
        if !name && !joint {
            return None;
        }
    }
    let first = head.split_whitespace().next().unwrap_or("");
    let starts_clause = dates::month_name(first).is_some()
        || matches!(
            first,
            "The" | "A" | "An" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
        );
    if ends_sentence || count == 0 || count > 12 || rest.split_whitespace().count() > 24 || starts_clause {
        return None;
    }
    Some(head.trim().trim_end_matches(['.', ',']).to_string())
}

/// Whether all words of `text` together can be a headline or subhead: it opens like one and does not
/// close like a sentence.
pub(crate) fn is_headline(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let words = text.split_whitespace().count();
    let opens = text.chars().next().is_some_and(|c| {
        c.is_uppercase() || c.is_numeric() || "“‘\"'«¿¡$€£".contains(c) || (c.is_alphabetic() && !c.is_lowercase())
    });
    (1..=25).contains(&words) && opens && !closes_sentence(text) && !text.ends_with([',', ';', ':', '-'])
}

/// Whether `text` ends as sentences end; closing quotes and brackets after the stop are passed over. A
/// question or exclamation mark alone does not count, headlines use them.
pub(crate) fn closes_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['”', '"', '’', '\'', '»', ')', ']']);
    if bare.ends_with("U.S.") || bare.ends_with("U.N.") || bare.ends_with("U.K.") {
        return false;
    }
    bare.ends_with(['.', '…', '。']) || (bare.ends_with(['?', '!']) && bare.contains(". "))
}

/// Lower case, single spaces, straight apostrophes, without what decorates a line at either end, counts
/// in brackets taken off, runs of digits as "#".
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | 'ʼ' => key.push('\''),
            '0'..='9' => {
                if !key.ends_with('#') {
                    key.push('#');
                }
            }
            c if c.is_whitespace() => {
                if !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c => key.extend(c.to_lowercase()),
        }
    }
    let decoration = |c: char| c.is_whitespace() || "•·-–—=_|>»›→←▶►▼▲…+×✕✖↓↑~*".contains(c);
    let mut bare = key.trim().trim_start_matches(decoration);
    loop {
        let shorter = bare.trim_end_matches(|c| decoration(c) && c != '*').trim_end_matches(['.', ':', '!', '?', '…']);
        let shorter = shorter.strip_suffix("(#)").unwrap_or(shorter);
        if shorter.len() == bare.len() {
            break;
        }
        bare = shorter;
    }
    bare.to_string()
}

struct Rule {
    line: Line,
    how: How,
    max: usize,
    phrase: &'static str,
    #[cfg(test)]
    example: &'static str,
}

#[derive(PartialEq)]
enum How {
    Is,
    Starts,
    Has,
    Ends,
}

impl Rule {
    fn fits(&self, key: &str, words: usize) -> bool {
        if self.how == How::Is {
            return key == self.phrase;
        }
        words <= self.max
            && match self.how {
                How::Starts => key
                    .strip_prefix(self.phrase)
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || self.phrase == "©"),
                How::Ends => key
                    .strip_suffix(self.phrase)
                    .is_some_and(|rest| rest.trim_end_matches([' ', '-', '+', ',', '.']).ends_with('#')),
                _ => key.contains(self.phrase),
            }
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| include_str!("lines.tsv").lines().filter_map(rule).collect());

fn rule(line: &'static str) -> Option<Rule> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let (kind, how, max, phrase) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    Some(Rule {
        line: match kind {
            "comment-head" => Line::CommentHead,
            "comment" => Line::Furniture(Furniture::CommentForm),
            "related-head" => Line::RelatedHead,
            "related" => Line::Furniture(Furniture::RelatedPosts),
            "notice" => Line::Furniture(Furniture::Notice),
            "advertisement" => Line::Furniture(Furniture::Advertisement),
            "navigation" => Line::Furniture(Furniture::Navigation),
            "page-data" => Line::Furniture(Furniture::PageData),
            _ => return None,
        },
        how: match how {
            "is" => How::Is,
            "starts" => How::Starts,
            "has" => How::Has,
            "ends" => How::Ends,
            _ => return None,
        },
        max: max.parse().unwrap_or(0),
        phrase,
        #[cfg(test)]
        example: columns.next().unwrap_or(""),
    })
}

/// A row of share buttons: names of networks and nothing else.
fn only_networks(key: &str) -> bool {
    const NETWORKS: &[&str] = &[
        "facebook",
        "twitter",
        "x",
        "linkedin",
        "whatsapp",
        "telegram",
        "pinterest",
        "reddit",
        "tumblr",
        "email",
        "e-mail",
        "mail",
        "instagram",
        "youtube",
        "tiktok",
        "messenger",
        "viber",
        "flipboard",
        "pocket",
        "threads",
        "bluesky",
        "mastodon",
        "vk",
        "share",
        "tweet",
        "pin",
        "print",
        "copy",
        "link",
        "rss",
        "line",
        "sms",
        "url",
        "on",
        "via",
        "more",
    ];
    let mut words = key.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| NETWORKS.contains(&word)) && key != "on" && key != "line" && key != "x"
}

/// A menu: names of sections and nothing else, at least three of them.
fn only_sections(key: &str) -> bool {
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.len() >= 3
        && words
            .iter()
            .all(|word| is_section(word) || is_home(word) || matches!(*word, "middle" | "east" | "asia" | "more" | "and"))
}

/// An address alone on its line.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("URL:").or_else(|| text.strip_prefix("Link:")).unwrap_or(text).trim();
    (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www."))
        && !rest.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_recognises_its_example() {
        for rule in RULES.iter() {
            let example = if rule.how == How::Is { rule.phrase.replace('#', "12") } else { rule.example.to_string() };
            assert!(!example.is_empty(), "the rule for {:?} has no example", rule.phrase);
            assert_eq!(recognise(&example), Some(rule.line), "{example:?}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_a_rule() {
        let rows = include_str!("lines.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert_eq!(rows.count(), RULES.len());
    }

    #[test]
    fn sentences_are_not_furniture() {
        for text in [
            "By Tuesday the army had withdrawn from the town.",
            "Share prices fell after the announcement.",
            "The ministry said it would comment on Monday.",
            "Related charges were dropped in May.",
            "Home Secretary visits the border town",
            "Reuters reported that the minister had resigned.",
            "Next week the two sides will meet in Geneva.",
            "Views differ on the accord.",
            "Police arrested 12 people in Lagos on 3 May 2025.",
            "Russia > Ukraine in artillery, the analyst said.",
            "<b>Kenya</b> sent <b>two ships</b> to the gulf",
            "The envoy called it “a step > a leap > a flight.”",
            "By the time the aid reached the camp, hundreds had left",
        ] {
            assert_eq!(recognise(text), None, "{text:?}");
        }
    }

    #[test]
    fn bylines_give_names() {
        for (text, expected) in [
            ("By Jane Doe", "Jane Doe"),
            ("By Jane Doe and Omar al Said in Beirut", "Jane Doe and Omar al Said"),
            ("BY JANE DOE | 12 May 2024", "JANE DOE"),
            ("(Reporting by Jane Doe; Editing by Ann Roe)", "Jane Doe"),
            ("By Our Correspondent, Nairobi", "Our Correspondent"),
        ] {
            assert_eq!(byline(text).as_deref(), Some(expected), "{text}");
        }
    }
}
