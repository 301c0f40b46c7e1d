//! The table: an article with its events, quotes and relations, and how much was left out.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Effects, Style};
use demarche::coding::{Codebook, Label};
use demarche::types::{
    Attribution, AttributionKind, DateBasis, DatePrecision, Event, EventDate, Fact, Participant, Quad, Quote, Reject, Relation,
    Severity, Span, Status,
};
use demarche::{Pipeline, Reading, explain, record};

use super::marks::{self, Mark, Part};
use super::{Formatter, Kind, numbers, quotes};
use crate::error::{NOTHING_FOUND, source_words};
use crate::screen::{DIM, JOIN, NOTE, Run, STRONG, columns, count, one_line, pad, paint, shorten, wrap};

/// Columns between columns.
const GAP: usize = 2;
/// A pattern is cut after so many columns: its line in the file tells the rest.
const PATTERN: usize = 40;
/// A text of fewer words in which nothing was found is perhaps no news text.
const FEW_WORDS: usize = 60;
/// A party's name is cut after so many columns.
const NAME: usize = 34;

pub(super) fn article(formatter: &Formatter, pipeline: &Pipeline, reading: &Reading<'_>) -> String {
    let mut sheet = Sheet { out: String::new(), width: formatter.width, codebook: formatter.codebook, pipeline, reading };
    sheet.header();
    if formatter.emits(Kind::Events) {
        sheet.events();
    }
    if formatter.emits(Kind::Quotes) {
        sheet.quotes();
    }
    if formatter.emits(Kind::Relations) {
        sheet.relations();
    }
    if formatter.emits(Kind::Facts) {
        sheet.facts();
    }
    if formatter.emits(Kind::Rejects) {
        sheet.rejects();
    }
    sheet.left_out(formatter.emits(Kind::Rejects));
    sheet.out.push('\n');
    sheet.out
}

struct Sheet<'r> {
    out: String,
    width: usize,
    codebook: Codebook,
    pipeline: &'r Pipeline,
    reading: &'r Reading<'r>,
}

impl Sheet<'_> {
    fn line(&mut self, runs: &[Run]) {
        self.out += &paint(runs);
        self.out.push('\n');
    }

    /// Lines that begin with `lead` and go on below one another.
    fn hanging(&mut self, lead: Vec<Run>, runs: &[Run]) {
        let indent: usize = lead.iter().map(|run| columns(&run.text)).sum();
        for (index, mut line) in wrap(runs, self.width.saturating_sub(indent)).into_iter().enumerate() {
            let mut whole = if index == 0 { lead.clone() } else { vec![Run::plain(" ".repeat(indent))] };
            whole.append(&mut line);
            self.line(&whole);
        }
    }

    fn text(&self, span: Span) -> String {
        one_line(span.of(self.reading.document.text()))
    }

    fn header(&mut self) {
        let article = self.reading.document.article;
        let title = article.title.as_deref().map(one_line).filter(|t| !t.is_empty());
        self.hanging(vec![], &[Run::new(STRONG, title.as_deref().unwrap_or("(no title)"))]);
        let mut facts: Vec<String> = article.site.as_deref().map(one_line).into_iter().collect();
        facts.push(match article.published {
            Some(published) => {
                let source = record::serde_name(&published.source).unwrap_or_default();
                format!("published {} (from {})", published.date, source_words(&source))
            }
            None => "date of publication unknown; give it with --published".to_owned(),
        });
        facts.push(article.origin.clone());
        self.hanging(vec![], &[Run::new(DIM, facts.join(" \u{b7} "))]);
        for diagnostic in article.diagnostics.iter().filter(|d| d.severity == Severity::Warning) {
            let hint = diagnostic.hint.as_deref().map_or_else(String::new, |hint| format!(" ({hint})"));
            let remark = format!("{}{hint}", one_line(&diagnostic.message));
            self.hanging(vec![Run::new(NOTE, "warning: ")], &[Run::plain(remark)]);
        }
        self.out.push('\n');
    }

    fn events(&mut self) {
        let reading = self.reading;
        let events = &reading.coded.events;
        if events.is_empty() {
            return;
        }
        let label = |event| self.pipeline.coder().label(event, self.codebook);
        let rows: Vec<Row> = events.iter().map(|event| Row::of(event, label(event))).collect();
        let widest = |cell: fn(&Row) -> &str| rows.iter().map(|row| columns(cell(row))).max().unwrap_or(0);
        let (date, status, kind) = (widest(|r| &r.date), widest(|r| r.status), widest(|r| &r.kind));
        for (event, row) in events.iter().zip(&rows) {
            let lead = vec![
                Run::plain("  "),
                Run::plain(pad(&row.date, date + GAP)),
                Run::new(status_style(event.status), pad(row.status, status + GAP)),
                Run::new(kind_style(event.kind.quad()), pad(&row.kind, kind + GAP)),
            ];
            self.hanging(lead, &self.who(event));
            // The evidence stands under the event, after the beginning of its identifier.
            let id: String = event.id.0.chars().take(8).collect();
            let lead = Run::new(DIM, pad(&id, 8 + GAP));
            let indent = 2 + columns(&lead.text);
            let evidence = self.evidence(event, self.width.saturating_sub(indent));
            self.line(&[&[Run::plain("  "), lead][..], &evidence].concat());
        }
        self.legend(&rows);
        self.out.push('\n');
    }

    /// Explains the marks of the dates, when there are any.
    fn legend(&mut self, rows: &[Row]) {
        let marks = [('*', "date of publication"), ('\u{b0}', "date from the dateline")];
        let used = marks.into_iter().filter(|(mark, _)| rows.iter().any(|row| row.date.ends_with(*mark)));
        let legend: Vec<String> = used.map(|(mark, words)| format!("{mark} {words}")).collect();
        if !legend.is_empty() {
            self.line(&[Run::new(DIM, format!("  {}", legend.join("   ")))]);
        }
    }

    fn who(&self, event: &Event) -> Vec<Run> {
        let mut runs = self.parties(&event.actors, part_style(Part::Actor));
        if !event.recipients.is_empty() {
            runs.push(Run::plain(" \u{2192} "));
            runs.extend(self.parties(&event.recipients, part_style(Part::Recipient)));
        }
        for (n, words) in numbers::of_event(event) {
            // A toll that somebody else tells than the event is told with its source.
            let told = event.magnitude.figures[n].source.as_ref().filter(|a| !event.attribution.contains(a));
            let by = told.and_then(|a| self.according_to(a)).map_or_else(String::new, |by| format!(" ({by})"));
            runs.push(Run::plain(format!(", {words}{by}")));
        }
        if let Some((place, _)) = &event.place {
            runs.push(Run::new(part_style(Part::Place), format!(", in {}", place.name)));
        }
        for attribution in &event.attribution {
            runs.extend(self.according_to(attribution).map(|words| Run::new(DIM.italic(), format!(", {words}"))));
        }
        runs
    }

    fn parties(&self, parties: &[Participant], style: Style) -> Vec<Run> {
        if parties.is_empty() {
            return vec![Run::new(DIM, "\u{2014}")];
        }
        let mut runs = vec![];
        for (index, party) in parties.iter().enumerate() {
            if index > 0 {
                runs.push(Run::plain(" + "));
            }
            runs.push(Run::new(style, self.name(party)));
            let codes = codes(party);
            if !codes.is_empty() {
                runs.push(Run::new(DIM, format!("{JOIN}{}", codes.replace(' ', &JOIN.to_string()))));
            }
        }
        runs
    }

    /// What a party is called: by the knowledge base, else by the document.
    fn name(&self, party: &Participant) -> String {
        let known = party.actor.identifier_text.as_deref().map(one_line);
        shorten(&known.unwrap_or_else(|| self.text(party.name.unwrap_or(party.span))), NAME)
    }

    fn according_to(&self, attribution: &Attribution) -> Option<String> {
        let speaker = attribution.speaker.as_ref().map(|p| format!("according to {}", self.name(p)));
        let via = attribution.via.as_ref().map(|p| format!("via {}", self.name(p)));
        let words: Vec<String> = speaker.into_iter().chain(via).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    fn evidence(&self, event: &Event, width: usize) -> Vec<Run> {
        let sentence = self.reading.document.sentences[event.sentence.index()].span;
        // Date and place have columns of their own; here the eye needs who and what.
        let marks: Vec<Mark<'_>> = marks::of_event(event).into_iter().filter(|m| m.part <= Part::Recipient).collect();
        let stretches = marks::snippet(self.reading.document.text(), sentence, &marks, event.trigger, width);
        stretches.into_iter().map(|(part, text)| Run::new(part.map_or(DIM, part_style), text)).collect()
    }

    fn quotes(&mut self) {
        let reading = self.reading;
        let listed = &reading.coded.quotes;
        let outer = quotes::outer(listed, |q| q.speaker.as_ref().map(|p| self.name(p)));
        let mut shown: Vec<String> = vec![];
        for (quote, outer) in listed.iter().zip(outer) {
            let speaker = self.speaker(quote);
            let used: usize = speaker.iter().map(|run| columns(&run.text)).sum();
            // Two lines are enough to recognise a quote by.
            let room = (2 * self.width).saturating_sub(used + 12).max(32);
            let words = shorten(&quotes::words(reading.document.text(), quote), room);
            shown.push(words.clone());
            // A fragment that can be read in its report is not told again; one that was cut off stands below it.
            let bare = self.text(quote.span);
            if outer.is_some_and(|outer| shown[outer].contains(&bare)) {
                continue;
            }
            let style = if quote.kind == AttributionKind::Indirect { Style::new() } else { Style::new().italic() };
            let runs = [&[Run::new(style, words)][..], &speaker].concat();
            self.hanging(vec![Run::plain(if outer.is_some() { "    " } else { "  " })], &runs);
        }
        if !reading.coded.quotes.is_empty() {
            self.out.push('\n');
        }
    }

    fn speaker(&self, quote: &Quote) -> Vec<Run> {
        let mut runs = vec![Run::plain(format!(" \u{2014}{JOIN}"))];
        match &quote.speaker {
            Some(speaker) => runs.extend(self.parties(std::slice::from_ref(speaker), part_style(Part::Actor))),
            None => runs.push(Run::new(DIM, "speaker not told")),
        }
        runs.extend(quote.via.as_ref().map(|via| Run::new(DIM, format!(" via {}", self.name(via)))));
        runs
    }

    fn relations(&mut self) {
        let reading = self.reading;
        for relation in &reading.coded.relations {
            let runs = self.relation(relation);
            self.hanging(vec![Run::plain("  ")], &runs);
        }
        if !reading.coded.relations.is_empty() {
            self.out.push('\n');
        }
    }

    fn relation(&self, relation: &Relation) -> Vec<Run> {
        let mut runs = self.parties(std::slice::from_ref(&relation.subject), part_style(Part::Actor));
        let kind = record::serde_name(&relation.kind).unwrap_or_default().replace('-', " ");
        runs.push(Run::new(STRONG, format!(" {kind} ")));
        runs.extend(self.parties(std::slice::from_ref(&relation.object), part_style(Part::Recipient)));
        if let Some(since) = relation.since.as_ref().filter(|date| date.start.is_some()) {
            runs.push(Run::plain(format!(", since {}", date(since))));
        }
        runs
    }

    fn facts(&mut self) {
        let reading = self.reading;
        for fact in &reading.coded.facts {
            let runs = self.fact(fact);
            self.hanging(vec![Run::plain("  ")], &runs);
        }
        if !reading.coded.facts.is_empty() {
            self.out.push('\n');
        }
    }

    /// "Japan: more than 90 % (its crude oil), 2024, according to EIA".
    fn fact(&self, fact: &Fact) -> Vec<Run> {
        let mut runs = self.parties(std::slice::from_ref(&fact.subject), part_style(Part::Actor));
        runs.push(Run::new(STRONG, format!(": {}", numbers::of_fact(fact))));
        if !fact.subject.span.overlaps(fact.measure) && !fact.span.contains(fact.measure) {
            runs.push(Run::plain(format!(" ({})", shorten(&self.text(fact.measure), NAME))));
        }
        if fact.period.start.or(fact.period.end).is_some() {
            runs.push(Run::plain(format!(", {}", date(&fact.period))));
        }
        let by = fact.source.as_ref().and_then(|a| self.according_to(a));
        runs.extend(by.map(|words| Run::new(DIM.italic(), format!(", {words}"))));
        runs
    }

    fn rejects(&mut self) {
        let reading = self.reading;
        for reject in &reading.coded.rejects {
            self.reject(reject);
        }
        if !reading.coded.rejects.is_empty() {
            self.out.push('\n');
        }
    }

    /// A reject: sentence, reason and rule, then the words around it with the word itself in brackets. Furniture has no
    /// sentences and takes one line.
    fn reject(&mut self, reject: &Reject) {
        let document = &self.reading.document;
        let (reason, detail) = record::reason(&reject.reason);
        let reason = reason.replace('-', " ");
        let reason = detail.map_or_else(|| reason.clone(), |detail| format!("{reason}: {detail}"));
        let Some(index) = document.sentences.iter().position(|s| s.span.contains(reject.span)) else {
            let words = shorten(&self.text(reject.span), self.width.saturating_sub(40));
            return self.line(&[
                Run::plain("  "),
                Run::new(NOTE, pad(&shorten(&reason, 34), 36)),
                Run::new(DIM, format!("\u{201c}{words}\u{201d}")),
            ]);
        };
        let sentence = document.sentences[index].span;
        let mark = [Mark { span: reject.span, part: Part::Trigger, event: None }];
        let indent = 4;
        let stretches = marks::snippet(document.text(), sentence, &mark, reject.span, self.width.saturating_sub(indent + 2));
        let words = stretches.into_iter().map(|(part, text)| match part {
            Some(part) => Run::new(part_style(part), format!("[{text}]")),
            None => Run::new(DIM, text),
        });
        let words: Vec<Run> = std::iter::once(Run::plain(" ".repeat(indent))).chain(words).collect();
        let rule = reject.rule.as_deref().map_or_else(String::new, |rule| self.rule(rule));
        let head = [Run::plain(format!("sentence {}  ", index + 1)), Run::new(NOTE, reason), Run::new(DIM, rule)];
        self.hanging(vec![Run::plain("  ")], &head);
        self.line(&words);
    }

    /// A rule with the place where it stands, to follow a reason.
    fn rule(&self, rule: &str) -> String {
        let pattern = rule.split_once(':').map_or(rule, |(_, pattern)| pattern);
        let place = self.pipeline.coder().lexicon().entry(rule).map_or_else(String::new, |e| explain::place_of(e) + " ");
        format!("  {place}{}", shorten(pattern, PATTERN))
    }

    /// The last line: counts, and why things were left out.
    fn left_out(&mut self, listed: bool) {
        let coded = &self.reading.coded;
        let mut line = format!("{}, {}", count(coded.events.len(), "event"), count(coded.quotes.len(), "quote"));
        if !coded.relations.is_empty() {
            line += &format!(", {}", count(coded.relations.len(), "relation"));
        }
        if !coded.facts.is_empty() {
            line += &format!(", {}", count(coded.facts.len(), "fact"));
        }
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for reject in &coded.rejects {
            *reasons.entry(record::reason(&reject.reason).0).or_default() += 1;
        }
        if !reasons.is_empty() {
            let words: Vec<String> = reasons.iter().map(|(reason, n)| format!("{n} {}", reason.replace('-', " "))).collect();
            line += &format!("; not coded: {}", words.join(", "));
            if !listed {
                line += " (--emit rejects lists them)";
            }
        }
        self.hanging(vec![Run::plain("  ")], &[Run::new(DIM, line)]);
        let article = self.reading.document.article;
        let is_odd = article.title.is_none() || article.text.split_whitespace().count() < FEW_WORDS;
        // A warning at the head of the article says better what is amiss.
        let is_warned = article.diagnostics.iter().any(|d| d.severity == Severity::Warning);
        if coded.events.is_empty() && coded.quotes.is_empty() && is_odd && !is_warned {
            self.hanging(vec![Run::plain("  ")], &[Run::new(NOTE, format!("no events: {NOTHING_FOUND}"))]);
        }
    }
}

/// The short cells of an event.
struct Row {
    date: String,
    status: &'static str,
    kind: String,
}

impl Row {
    fn of(event: &Event, label: Label<'_>) -> Self {
        Self { date: date(&event.date), status: event.status.name(), kind: label.with_modes(event, "-", "+") }
    }
}

/// A date as exactly as it is known, with a mark when the text itself does not tell it.
pub(super) fn date(date: &EventDate) -> String {
    let mark = match date.basis {
        DateBasis::Publication => "*",
        DateBasis::Dateline => "\u{b0}",
        DateBasis::Expression | DateBasis::Unknown => "",
    };
    let days = match (date.start, date.end) {
        (None, None) => return "\u{2014}".to_owned(),
        (None, Some(end)) => format!("\u{2026}{end}"),
        (Some(start), None) => format!("{start}\u{2026}"),
        (Some(start), Some(end)) => match date.precision {
            DatePrecision::Year if start.year() == end.year() => format!("{:04}", start.year()),
            DatePrecision::Month if start.year() == end.year() && start.month() == end.month() => {
                format!("{:04}-{:02}", start.year(), start.month())
            }
            _ if start == end => start.to_string(),
            _ if start.year() == end.year() && start.month() == end.month() => format!("{start}\u{2025}{:02}", end.day()),
            _ if start.year() == end.year() => format!("{start}\u{2025}{:02}-{:02}", end.month(), end.day()),
            _ => format!("{:04}\u{2025}{:04}", start.year(), end.year()),
        },
    };
    days + mark
}

/// "IRN GOV MIL", as far as known.
pub(super) fn codes(party: &Participant) -> String {
    let sectors = party.actor.sectors.iter().map(|s| s.0.as_str());
    let codes: Vec<&str> = party.actor.code.iter().map(|c| c.0.as_str()).chain(sectors).collect();
    codes.join(" ")
}

fn status_style(status: Status) -> Style {
    match status {
        Status::Actual => DIM,
        Status::Historical => AnsiColor::Blue.on_default(),
        Status::Future => AnsiColor::Cyan.on_default(),
        Status::Hypothetical => AnsiColor::Yellow.on_default(),
        Status::Negated => AnsiColor::Red.on_default(),
    }
}

fn kind_style(quad: Quad) -> Style {
    let color = match quad {
        Quad::VerbalCooperation => AnsiColor::Cyan,
        Quad::MaterialCooperation => AnsiColor::Green,
        Quad::VerbalConflict => AnsiColor::Yellow,
        Quad::MaterialConflict => AnsiColor::Red,
    };
    color.on_default().bold()
}

fn part_style(part: Part) -> Style {
    match part {
        Part::Trigger => Style::new().effects(Effects::BOLD.insert(Effects::UNDERLINE)),
        Part::Actor => AnsiColor::Blue.on_default(),
        Part::Recipient => AnsiColor::Magenta.on_default(),
        Part::Place => AnsiColor::Green.on_default(),
        Part::Date | Part::Cue | Part::Quote => Style::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().expect("the test's date is well formed"))
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let show = |start, end, precision, basis| date(&EventDate { start, end, precision, basis, span: None });
        let told = DateBasis::Expression;
        assert_eq!(show(day("2025-06-25"), day("2025-06-25"), DatePrecision::Day, told), "2025-06-25");
        assert_eq!(show(day("2025-06-25"), day("2025-06-25"), DatePrecision::Day, DateBasis::Publication), "2025-06-25*");
        assert_eq!(show(day("2025-06-25"), day("2025-06-26"), DatePrecision::Range, told), "2025-06-25\u{2025}26");
        assert_eq!(show(day("2025-06-30"), day("2025-07-06"), DatePrecision::Range, told), "2025-06-30\u{2025}07-06");
        assert_eq!(show(day("2020-01-01"), day("2020-12-31"), DatePrecision::Year, told), "2020");
        assert_eq!(show(day("2025-06-01"), day("2025-06-30"), DatePrecision::Month, told), "2025-06");
        assert_eq!(show(day("2020-03-01"), day("2025-06-30"), DatePrecision::Vague, told), "2020\u{2025}2025");
        assert_eq!(show(None, None, DatePrecision::Vague, DateBasis::Unknown), "\u{2014}");
    }
}
