//! Dates of publication as pages, records and addresses write them.

use jiff::civil::Date;

/// A date found in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The day.
    pub(crate) date: Date,
    /// Bytes of the string that the date takes, its clock time not included.
    pub(crate) start: usize,
    /// One past the last of those bytes.
    pub(crate) end: usize,
    /// Day and month could be the other way round ("03/04/2025").
    pub(crate) ambiguous: bool,
}

/// The first full date (day, month and year) in `text`: ISO 8601, RFC 2822, "12 May 2024",
/// "May 12, 2024", "12.05.2024", "12/05/2024".
pub(crate) fn find_date(text: &str) -> Option<Found> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(text, &tokens[at..]))
}

/// A date field of a record or of a page's metadata: any form of [`find_date`], "20240512", or
/// seconds or milliseconds since 1970.
pub(crate) fn parse_field(text: &str) -> Option<Found> {
    let trimmed = text.trim();
    if !trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_digit()) {
        let date = match trimmed.len() {
            8 => date(number(&trimmed[..4])?, number(&trimmed[4..6])?, number(&trimmed[6..])?)?,
            14 => date(number(&trimmed[..4])?, number(&trimmed[4..6])?, number(&trimmed[6..8])?)?,
            9 | 10 => from_seconds(trimmed.parse().ok()?)?,
            12 | 13 => from_seconds(trimmed.parse::<i64>().ok()? / 1000)?,
            _ => return None,
        };
        return Some(Found { date, start: 0, end: text.len(), ambiguous: false });
    }
    find_date(text)
}

/// The date of publication in a line: the first that is not said to be the date of a change. Otherwise the
/// first of those, and `true`.
pub(crate) fn find_published(text: &str) -> Option<(Found, bool)> {
    let mut from = 0;
    let mut changed = None;
    // A line of a page names a few days; one that names more is no line of dates, and reading on takes long.
    for _ in 0..4 {
        let Some(mut found) = find_date(&text[from..]) else { break };
        let before = text[from..from + found.start].to_lowercase();
        found.start += from;
        found.end += from;
        from = found.end;
        if !["updated", "modified", "edited"].iter().any(|word| before.contains(word)) {
            return Some((found, false));
        }
        changed = changed.or(Some((found, true)));
    }
    changed
}

/// The date in an address: `/2024/05/12/`, `/2024-05-12-`, `/20240512/`, `/2024/may/12/`.
pub(crate) fn from_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/')?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).filter(|part| !part.is_empty()).collect();
    for (at, part) in parts.iter().enumerate() {
        if part.len() == 8
            && part.bytes().all(|b| b.is_ascii_digit())
            && let Some(found) = parse_field(part).filter(|found| plausible(found.date))
        {
            return Some(found.date);
        }
        let Some([year, month, day]) = parts.get(at..at + 3).and_then(|three| <[&str; 3]>::try_from(three).ok()) else {
            continue;
        };
        if year.len() != 4 || day.len() > 2 {
            continue;
        }
        let month = if month.len() <= 2 { number(month) } else { month_name(month) };
        if let (Some(year), Some(month), Some(day)) = (number(year), month, number(day))
            && let Some(date) = date(year, month, day).filter(|date| plausible(*date))
        {
            return Some(date);
        }
    }
    None
}

/// Whether `text`, dates taken out, holds nothing but clock times, weekdays, zones and the words around
/// them ("Published", "at", "GMT").
pub(crate) fn is_date_line(text: &str) -> bool {
    const AROUND: &[&str] = &[
        "published",
        "posted",
        "updated",
        "last",
        "modified",
        "date",
        "on",
        "at",
        "first",
        "publication",
        "issued",
        "created",
        "edited",
        "time",
        "local",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "gmt",
        "utc",
        "est",
        "edt",
        "cet",
        "cest",
        "bst",
        "pst",
        "pdt",
        "ist",
        "jst",
        "msk",
        "et",
        "pt",
        "ct",
        "z",
        "hrs",
        "ago",
        "and",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "min",
        "mins",
        "minute",
        "minutes",
        "read",
        "reading",
        "release",
        "dated",
    ];
    if text.len() > 160 {
        return false;
    }
    let mut rest = text.to_string();
    let mut seen = false;
    while let Some(found) = find_date(&rest) {
        rest.replace_range(found.start..found.end, " ");
        seen = true;
    }
    seen && tokens(&rest).iter().all(|token| {
        let word = &rest[token.start..token.end];
        token.digits || AROUND.contains(&word.to_ascii_lowercase().as_str()) || clock_zone(word)
    })
}

/// The month a word names.
pub(crate) fn month_name(word: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    if lower == "sept" {
        return Some(9);
    }
    let at = MONTHS.iter().position(|month| *month == lower || (lower.len() == 3 && month.starts_with(&lower)))?;
    Some(at as u16 + 1)
}

struct Token {
    start: usize,
    end: usize,
    digits: bool,
}

/// Runs of digits and runs of letters; everything else separates.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            continue;
        }
        let digits = c.is_ascii_digit();
        match tokens.last_mut() {
            Some(last) if last.end == at && last.digits == digits => last.end = at + c.len_utf8(),
            _ => tokens.push(Token { start: at, end: at + c.len_utf8(), digits }),
        }
    }
    tokens
}

fn date_at(text: &str, tokens: &[Token]) -> Option<Found> {
    let word = |at: usize| tokens.get(at).map(|token: &Token| &text[token.start..token.end]);
    let gap = |at: usize| Some(&text[tokens.get(at)?.end..tokens.get(at + 1)?.start]);
    let found =
        |date: Date, last: usize, ambiguous: bool| Some(Found { date, start: tokens[0].start, end: tokens[last].end, ambiguous });
    let first = word(0)?;
    if tokens[0].digits {
        // 2024-05-12, 2024/05/12, 2024.05.12
        if first.len() == 4 && matches!(gap(0)?, "-" | "/" | ".") && gap(1)? == gap(0)? && word(2)?.len() <= 2 {
            return found(date(number(first)?, number(word(1)?)?, number(word(2)?)?)?, 2, false);
        }
        if first.len() > 2 {
            return None;
        }
        // 12 May 2024, 12th May 2024, 12-May-2024, 12 de mayo is left alone.
        let ordinal = usize::from(matches!(word(1), Some("st" | "nd" | "rd" | "th")));
        if let Some(month) = word(1 + ordinal).and_then(month_name) {
            let of_gaps = (0..2 + ordinal).all(|at| gap(at).is_some_and(short_gap));
            let year = word(2 + ordinal).filter(|year| year.len() == 4);
            if let (true, Some(year)) = (of_gaps, year) {
                return found(date(number(year)?, month, number(first)?)?, 2 + ordinal, false);
            }
        }
        // 12/05/2024 or 12.05.2024: a dot puts the day first; a slash leaves it open unless one part is over 12.
        let separator = gap(0)?;
        if matches!(separator, "/" | "." | "-") && gap(1)? == separator && word(2)?.len() == 4 && word(1)?.len() <= 2 {
            let (a, b, year) = (number(first)?, number(word(1)?)?, number(word(2)?)?);
            let day_first = separator == "." || b <= 12;
            let (day, month) = if day_first { (a, b) } else { (b, a) };
            return found(date(year, month, day)?, 2, separator != "." && a <= 12 && b <= 12 && a != b);
        }
        return None;
    }
    // May 12, 2024; May 12th, 2024
    let month = month_name(first)?;
    let day = word(1).filter(|day| tokens[1].digits && day.len() <= 2)?;
    let ordinal = usize::from(matches!(word(2), Some("st" | "nd" | "rd" | "th")));
    let year = word(2 + ordinal).filter(|year| year.len() == 4)?;
    if !(0..2 + ordinal).all(|at| gap(at).is_some_and(short_gap)) {
        return None;
    }
    found(date(number(year)?, month, number(day)?)?, 2 + ordinal, false)
}

/// What may stand between the parts of one date.
fn short_gap(gap: &str) -> bool {
    gap.is_empty() || gap.len() <= 4 && gap.chars().all(|c| c == ' ' || ",.-/\u{a0}".contains(c))
}

/// The letters inside and after an ISO time stamp: the "T" and the zone.
fn clock_zone(word: &str) -> bool {
    matches!(word, "T" | "t" | "Z" | "h")
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// News sites have existed since the nineties; a number that reads as an earlier or a far later year is none.
fn plausible(date: Date) -> bool {
    (1990..=2100).contains(&date.year())
}

/// The UTC day of a Unix time.
fn from_seconds(seconds: i64) -> Option<Date> {
    let epoch = Date::new(1970, 1, 1).ok()?;
    let days = seconds.div_euclid(86_400);
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The same figures, day and month the other way round; the same day where there is no such one.
pub(crate) fn swapped(date: Date) -> Date {
    Date::new(date.year(), date.day(), date.month()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<String> {
        find_date(text).map(|found| found.date.to_string())
    }

    #[test]
    fn finds_common_forms() {
        for (text, expected) in [
            ("2025-03-04T10:11:12+02:00", "2025-03-04"),
            ("Published 12 May 2024", "2024-05-12"),
            ("Updated: May 12th, 2024 at 6.30pm", "2024-05-12"),
            ("Tue, 04 Mar 2025 08:00:00 GMT", "2025-03-04"),
            ("13/05/2024", "2024-05-13"),
            ("05/13/2024", "2024-05-13"),
            ("04.03.2025 10:12", "2025-03-04"),
            ("Sept. 3, 2025", "2025-09-03"),
            ("3-Sep-2025", "2025-09-03"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "May 2024", "2025-13-40", "12 apples 2024", "in March", "31/02/2025"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn prefers_publication_to_change() {
        let day = |text: &str| find_published(text).map(|(found, changed)| (text[found.start..found.end].to_owned(), changed));
        assert_eq!(day("Updated 4 June 2025 | Published 3 June 2025"), Some(("3 June 2025".into(), false)));
        assert_eq!(day("3 June 2025, updated 4 June 2025"), Some(("3 June 2025".into(), false)));
        assert_eq!(day("Last modified: 2025-06-04"), Some(("2025-06-04".into(), true)));
        assert_eq!(day("Published in June"), None);
    }

    #[test]
    fn says_when_day_and_month_may_be_swapped() {
        assert!(find_date("03/04/2025").is_some_and(|found| found.ambiguous));
        assert!(find_date("03/03/2025").is_some_and(|found| !found.ambiguous));
        assert!(find_date("23/04/2025").is_some_and(|found| !found.ambiguous));
    }

    #[test]
    fn reads_addresses() {
        let day = |url: &str| from_url(url).map(|date| date.to_string());
        assert_eq!(day("https://news.example/world/2025/03/04/talks").as_deref(), Some("2025-03-04"));
        assert_eq!(day("https://news.example/2025/mar/04/talks").as_deref(), Some("2025-03-04"));
        assert_eq!(day("https://news.example/talks-2025-03-04.html").as_deref(), Some("2025-03-04"));
        assert_eq!(day("https://news.example/a/20250304/b").as_deref(), Some("2025-03-04"));
        assert_eq!(day("https://news.example/article/12345678"), None);
        assert_eq!(day("https://news.example"), None);
    }

    #[test]
    fn reads_fields() {
        let day = |text: &str| parse_field(text).map(|found| found.date.to_string());
        assert_eq!(day("1741046400").as_deref(), Some("2025-03-04"));
        assert_eq!(day("1741046400000").as_deref(), Some("2025-03-04"));
        assert_eq!(day("20250304").as_deref(), Some("2025-03-04"));
        assert_eq!(day("yesterday"), None);
        assert_eq!(day("99999999999999999999"), None);
    }

    #[test]
    fn tells_date_lines_from_sentences() {
        for text in [
            "12 May 2024",
            "Published: 12 May 2024, 10:45 GMT",
            "Updated 2024-05-12T10:00:00Z",
            "Sunday, May 12, 2024 9:15 a.m. EDT",
        ] {
            assert!(is_date_line(text), "{text}");
        }
        for text in ["The treaty was signed on 12 May 2024", "May", "12 killed"] {
            assert!(!is_date_line(text), "{text}");
        }
    }
}
