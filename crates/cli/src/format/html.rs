//! One page for a browser: the text with its evidence marked, the events with their provenance. It loads nothing from
//! anywhere, works without its script, and all text is escaped.

use std::fmt::Write as _;
use std::rc::Rc;

use demarche::coding::Codebook;
use demarche::types::{
    Article, Attribution, AttributionKind, BlockKind, DateBasis, Event, EventId, Fact, Participant, Quote, Reject, Relation,
    Severity, Span,
};
use demarche::{Pipeline, Reading, Recorder, explain, record};

use super::marks::{self, Mark, Part};
use super::table::{codes, date};
use super::{Content, Formatter, Kind, numbers, quotes};
use crate::error::source_words;
use crate::screen::{count, one_line, shorten};

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/link.js");

/// The beginning of the page: title, colours, and a list of contents when there are several articles.
pub(super) fn head(contents: &[Content]) -> String {
    let title = match contents {
        [] => "No articles".to_owned(),
        [one] => escape(&one.title),
        many => count(many.len(), "article"),
    };
    let key: String = [Part::Trigger, Part::Actor, Part::Recipient, Part::Date, Part::Place, Part::Cue, Part::Quote]
        .map(|part| format!("<li><span class=\"m {0}\">{0}</span></li>", part.name()))
        .concat();
    // The policy keeps the page from loading anything, whatever the articles hold.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} \u{b7} coded events</title>\n\
         <style>\n{STYLE}</style>\n<body>\n<header><h1>Coded events</h1>\n<ul class=\"key\" aria-label=\"Colours\">{key}</ul>{}</header>\n<main>\n",
        list(contents)
    )
}

/// The list of contents; none for a single article.
fn list(contents: &[Content]) -> String {
    if contents.len() < 2 {
        return String::new();
    }
    let item = |content: &Content| {
        let (id, title, events) = (escape(&content.id), escape(&content.title), count(content.events, "event"));
        format!("<li><a href=\"#a-{id}\">{title}</a> <span class=\"small\">{events}</span></li>\n")
    };
    format!(
        "\n<nav aria-label=\"Contents\"><ol class=\"contents\">\n{}</ol></nav>",
        contents.iter().map(item).collect::<String>()
    )
}

/// The end of the page.
pub(super) fn tail(pipeline: &Pipeline) -> String {
    let stamp = pipeline.stamp();
    let coder = format!(
        "Coded by demarche {}, model {}, ontology {}, lexicon {}, knowledge {}.",
        stamp.version,
        stamp.model,
        escape(&stamp.ontology),
        stamp.lexicon,
        stamp.knowledge
    );
    format!("</main>\n<footer class=\"small\">{coder}</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// An article.
pub(super) fn article(formatter: &Formatter, pipeline: &Pipeline, reading: &Reading<'_>) -> String {
    let recorder = Recorder::new(&reading.document, pipeline.stamp());
    let mut page = Page {
        out: String::new(),
        reading,
        recorder,
        pipeline,
        codebook: formatter.codebook,
        marks: marks::of_article(&reading.coded).into(),
        anchored: vec![],
    };
    let article = reading.document.article;
    let _ = writeln!(page.out, "<section class=\"article\" id=\"a-{}\">", escape(&article.id.0));
    page.header(article);
    page.body(article);
    if formatter.emits(Kind::Events) {
        page.events();
    }
    if formatter.emits(Kind::Quotes) {
        page.quotes();
    }
    if formatter.emits(Kind::Relations) {
        page.relations();
    }
    if formatter.emits(Kind::Facts) {
        page.facts();
    }
    page.rejects(formatter.emits(Kind::Rejects));
    page.out += "</section>\n";
    page.out
}

struct Page<'r> {
    out: String,
    reading: &'r Reading<'r>,
    recorder: Recorder<'r>,
    pipeline: &'r Pipeline,
    codebook: Codebook,
    marks: Rc<[Mark<'r>]>,
    /// Events that something links to already.
    anchored: Vec<EventId>,
}

// Writing to a string cannot fail, so the results of `write!` are let go.
impl Page<'_> {
    fn text(&self, span: Span) -> String {
        escape(&one_line(span.of(self.reading.document.text())))
    }

    /// Title and facts. A headline that stands in the text is shown here, with its marks, and not a second time below.
    fn header(&mut self, article: &Article) {
        self.out += "<h2>";
        match article.blocks.iter().find(|block| block.kind == BlockKind::Title) {
            Some(block) => self.marked_text(block.span),
            None => {
                let title = article.title.as_deref().map(one_line).filter(|t| !t.is_empty());
                self.out += &escape(title.as_deref().unwrap_or("(no title)"));
            }
        }
        self.out += "</h2>\n";
        let mut facts: Vec<String> =
            [&article.site, &article.byline, &article.section].into_iter().flatten().map(|t| escape(&one_line(t))).collect();
        facts.push(match article.published {
            Some(published) => {
                let source = record::serde_name(&published.source).unwrap_or_default();
                format!("published <time>{}</time> (from {})", published.date, escape(source_words(&source)))
            }
            None => "date of publication unknown; give it with --published".to_owned(),
        });
        // Only web addresses become links: others could hold a script.
        facts.extend(article.url.as_deref().map(|url| {
            let is_web = url.starts_with("https://") || url.starts_with("http://");
            let url = escape(url);
            if is_web { format!("<a href=\"{url}\" rel=\"noreferrer\">{url}</a>") } else { url }
        }));
        facts.push(escape(&article.origin));
        let _ = writeln!(self.out, "<p class=\"facts\">{}</p>", facts.join(" \u{b7} "));
        for diagnostic in article.diagnostics.iter().filter(|d| d.severity == Severity::Warning) {
            let _ = writeln!(self.out, "<p class=\"warning\">{}</p>", escape(&diagnostic.message));
        }
    }

    fn body(&mut self, article: &Article) {
        self.out += "<div class=\"text\">\n";
        let headline = article.blocks.iter().position(|block| block.kind == BlockKind::Title);
        for (index, block) in article.blocks.iter().enumerate().filter(|&(index, _)| Some(index) != headline) {
            let (class, why) = match block.kind {
                BlockKind::Furniture(kind) => ("furniture".to_owned(), record::serde_name(&kind)),
                kind => (record::serde_name(&kind).unwrap_or_default(), None),
            };
            let why =
                why.map_or_else(String::new, |why| format!("<span class=\"why\">{}</span>", escape(&why.replace('-', " "))));
            let _ = write!(self.out, "<div class=\"row\"><p class=\"{class}\">{why}");
            self.marked_text(block.span);
            self.out += "</p>";
            self.margin(index);
            self.out += "</div>\n";
        }
        self.out += "</div>\n";
    }

    /// The events of a block, beside it.
    fn margin(&mut self, block: usize) {
        let reading = self.reading;
        let in_block = |e: &&Event| reading.document.sentences[e.sentence.index()].block as usize == block;
        let mut notes = String::new();
        for event in reading.coded.events.iter().filter(in_block) {
            let list = |parties: &[Participant]| {
                parties.iter().map(|p| escape(&shorten(&self.name(p), 28))).collect::<Vec<_>>().join(" + ")
            };
            let whom = if event.recipients.is_empty() { String::new() } else { format!(" \u{2192} {}", list(&event.recipients)) };
            let (id, quad) = (escape(&event.id.0), event.kind.quad() as u8);
            let status = event.status.name();
            let told =
                if status == "actual" { String::new() } else { format!(" <span class=\"status {status}\">{status}</span>") };
            let _ = write!(
                notes,
                "<li data-e=\"{id}\"><span class=\"kind q{quad}\"><a href=\"#e-{id}\">{}</a></span>{told}<br>{}{whom}</li>",
                escape(&self.label(event)),
                list(&event.actors)
            );
        }
        if !notes.is_empty() {
            let _ = write!(self.out, "<ul class=\"notes\">{notes}</ul>");
        }
    }

    /// Text with its marks.
    fn marked_text(&mut self, span: Span) {
        let reading = self.reading;
        let marks = Rc::clone(&self.marks);
        for piece in marks::pieces(span, &marks) {
            let words = escape(piece.span.of(reading.document.text()));
            if piece.marks.is_empty() {
                self.out += &words;
            } else {
                self.marked(&piece.marks, &words);
            }
        }
    }

    /// Marked words: a link to their event when they are a trigger, otherwise a span.
    fn marked(&mut self, marks: &[&Mark<'_>], words: &str) {
        let mut classes: Vec<&str> = marks.iter().map(|m| m.part.name()).collect();
        classes.dedup();
        let mut ids: Vec<&str> = marks.iter().filter_map(|m| m.event).map(|id| id.0.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let title: Vec<String> = marks.iter().filter_map(|m| self.part_title(m)).collect();
        let trigger = marks.iter().find(|m| m.part == Part::Trigger).and_then(|m| m.event);
        // The first words of a trigger are where its event links to.
        let anchor = trigger.filter(|id| !self.anchored.contains(id)).cloned();
        self.anchored.extend(anchor.clone());
        let tag = if trigger.is_some() { "a" } else { "span" };
        let _ = write!(self.out, "<{tag} class=\"m {}\"", classes.join(" "));
        if let Some(id) = trigger {
            let _ = write!(self.out, " href=\"#e-{}\"", escape(&id.0));
        }
        if let Some(id) = &anchor {
            let _ = write!(self.out, " id=\"t-{}\"", escape(&id.0));
        }
        if !ids.is_empty() {
            let _ = write!(self.out, " data-e=\"{}\"", escape(&ids.join(" ")));
        }
        if !title.is_empty() {
            let _ = write!(self.out, " title=\"{}\"", escape(&title.join("; ")));
        }
        let _ = write!(self.out, ">{words}</{tag}>");
    }

    fn part_title(&self, mark: &Mark<'_>) -> Option<String> {
        let event = self.reading.coded.events.iter().find(|e| Some(&e.id) == mark.event)?;
        Some(format!("{} of {}", mark.part.name(), self.label(event)))
    }

    fn events(&mut self) {
        let reading = self.reading;
        let events = &reading.coded.events;
        let _ = writeln!(self.out, "<h3>{}</h3>", count(events.len(), "event"));
        if events.is_empty() {
            return;
        }
        self.out += "<div class=\"scroll\"><table>\n<thead><tr><th>Date<th>Status<th>Event<th>Who \u{2192} whom<th class=\"evidence\">Evidence</tr></thead>\n<tbody>\n";
        for event in events {
            self.event(event);
        }
        self.out += "</tbody></table></div>\n";
    }

    fn event(&mut self, event: &Event) {
        let id = escape(&event.id.0);
        let basis = match event.date.basis {
            DateBasis::Expression => {
                event.date.span.map_or_else(String::new, |span| format!("\u{201c}{}\u{201d}", self.text(span)))
            }
            DateBasis::Dateline => "dateline".to_owned(),
            DateBasis::Publication => "day of publication".to_owned(),
            DateBasis::Unknown => "not told".to_owned(),
        };
        let status = event.status.name();
        let mut who = self.parties(&event.actors, "a");
        if !event.recipients.is_empty() {
            let _ = write!(who, " \u{2192} {}", self.parties(&event.recipients, "r"));
        }
        for attribution in &event.attribution {
            let _ = write!(who, "<div class=\"small\">{}</div>", self.attribution(attribution));
        }
        let _ = writeln!(
            self.out,
            "<tr id=\"e-{id}\" data-e=\"{id}\"><td class=\"date\">{}<br><span class=\"basis\">{basis}</span><td class=\"status {status}\">{status}\
             <td class=\"kind q{}\"><a href=\"#t-{id}\">{}</a><td>{who}<td>{}</tr>",
            escape(date(&event.date).trim_end_matches(['*', '\u{b0}'])),
            event.kind.quad() as u8,
            escape(&self.label(event)),
            self.provenance(event)
        );
    }

    fn parties(&self, parties: &[Participant], class: &str) -> String {
        if parties.is_empty() {
            return "<span class=\"small\">nobody named</span>".to_owned();
        }
        let party = |p: &Participant| {
            let (name, codes) = (escape(&self.name(p)), escape(&codes(p)));
            format!("<span class=\"party {class}\">{name}</span> <span class=\"code\">{codes}</span>")
        };
        parties.iter().map(party).collect::<Vec<_>>().join(" + ")
    }

    /// What a party is called: by the knowledge base, else by the document. Not yet escaped.
    fn label(&self, event: &Event) -> String {
        self.pipeline.coder().label(event, self.codebook).with_modes(event, " ", " + ")
    }

    fn name(&self, party: &Participant) -> String {
        let words = party.name.unwrap_or(party.span).of(self.reading.document.text());
        one_line(party.actor.identifier_text.as_deref().unwrap_or(words))
    }

    fn attribution(&self, attribution: &Attribution) -> String {
        let speaker =
            attribution.speaker.as_ref().map(|p| format!("according to {}", self.parties(std::slice::from_ref(p), "s")));
        let via = attribution.via.as_ref().map(|p| format!("via {}", self.parties(std::slice::from_ref(p), "s")));
        speaker.into_iter().chain(via).collect::<Vec<_>>().join(" ")
    }

    /// The evidence, and folded away behind it how the event came about.
    fn provenance(&self, event: &Event) -> String {
        let mut out = format!(
            "<details><summary>\u{201c}{}\u{201d} \u{b7} {:.2}</summary><dl>",
            self.text(event.trigger),
            event.confidence
        );
        let mut row = |what: &str, value: String| {
            let _ = write!(out, "<dt>{what}</dt><dd>{value}</dd>");
        };
        row("id", format!("<code>{}</code>", escape(&event.id.0)));
        let entry = self.pipeline.coder().lexicon().entry(&event.rule);
        let pattern = event.rule.split_once(':').map_or(event.rule.as_str(), |(_, pattern)| pattern);
        let place = entry.map_or_else(String::new, |entry| format!("{} ", explain::place_of(entry)));
        row("rule", format!("{}<code>{}</code>", escape(&place), escape(pattern)));
        if let Some(entry) = entry {
            row("its example", escape(&entry.example));
        }
        for (what, why) in explain::steps(self.pipeline, self.reading, event) {
            row(&escape(what), escape(&why));
        }
        row("date", escape(&explain::date_words(&event.date)));
        if let Some((place, span)) = &event.place {
            let parts = [Some(place.name.as_str()), place.admin1.as_deref(), Some(place.country.0.as_str())];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            row("place", format!("{} (\u{201c}{}\u{201d})", escape(&parts.join(", ")), self.text(*span)));
        }
        for (n, words) in numbers::of_event(event) {
            let figure = &event.magnitude.figures[n];
            let by = figure.source.as_ref().map_or_else(String::new, |a| format!(", {}", self.attribution(a)));
            row("number", format!("{} (\u{201c}{}\u{201d}{by})", escape(&words), self.text(figure.span)));
        }
        let contexts: Vec<&str> = event.contexts.iter().map(|c| c.0.as_str()).collect();
        if !contexts.is_empty() {
            row("context", escape(&contexts.join(", ")));
        }
        row("CAMEO", format!("{}, scale {:+}", escape(&event.cameo), event.scale));
        let [start, end] = self.recorder.span(event.trigger);
        row("characters", format!("{start}\u{2013}{end}"));
        out + "</dl></details>"
    }

    fn quotes(&mut self) {
        let reading = self.reading;
        let quotes = &reading.coded.quotes;
        if quotes.is_empty() {
            return;
        }
        // All words are shown, so a fragment of a report can be read in it and is not told again.
        let outer = quotes::outer(quotes, |q| q.speaker.as_ref().map(|p| self.name(p)));
        let items: String = quotes.iter().zip(&outer).filter(|(_, outer)| outer.is_none()).map(|(q, _)| self.quote(q)).collect();
        let within = match outer.iter().flatten().count() {
            0 => String::new(),
            n => format!(", {n} of them inside another"),
        };
        let _ = writeln!(self.out, "<h3>{}{within}</h3>\n<ul class=\"quotes\">{items}</ul>", count(quotes.len(), "quote"));
    }

    fn quote(&self, quote: &Quote) -> String {
        let speaker = quote.speaker.as_ref().map(|p| self.parties(std::slice::from_ref(p), "a"));
        let speaker = speaker.unwrap_or_else(|| "<span class=\"small\">speaker not told</span>".to_owned());
        let via = quote.via.as_ref().map_or_else(String::new, |p| format!(" via {}", self.parties(std::slice::from_ref(p), "s")));
        let kind = match quote.kind {
            AttributionKind::Direct => "",
            AttributionKind::Indirect => " (reported)",
            AttributionKind::Mixed => " (in part)",
        };
        let words = escape(&quotes::words(self.reading.document.text(), quote));
        format!("<li>{words}{kind} \u{2014} {speaker}{via}</li>\n")
    }

    fn relations(&mut self) {
        let reading = self.reading;
        let relations = &reading.coded.relations;
        if relations.is_empty() {
            return;
        }
        let item = |relation: &Relation| {
            let kind = record::serde_name(&relation.kind).unwrap_or_default().replace('-', " ");
            let [subject, object] = [(&relation.subject, "a"), (&relation.object, "r")]
                .map(|(p, class)| self.parties(std::slice::from_ref(p), class));
            format!("<li>{subject} {kind} {object}<br><span class=\"small\">{}</span></li>\n", self.text(relation.evidence))
        };
        let items: String = relations.iter().map(item).collect();
        let _ = writeln!(self.out, "<h3>{}</h3>\n<ul class=\"quotes\">{items}</ul>", count(relations.len(), "relation"));
    }

    fn facts(&mut self) {
        let facts = &self.reading.coded.facts;
        if facts.is_empty() {
            return;
        }
        let item = |fact: &Fact| {
            let subject = self.parties(std::slice::from_ref(&fact.subject), "a");
            let by = fact.source.as_ref().map_or_else(String::new, |a| format!(", {}", self.attribution(a)));
            let known = fact.period.start.or(fact.period.end).is_some();
            let period = if known { format!(", {}", escape(&date(&fact.period))) } else { String::new() };
            let sentence = self.reading.document.sentences[fact.sentence.index()].span;
            format!(
                "<li>{subject}: {}{period}{by}<br><span class=\"small\">{}</span></li>\n",
                escape(&numbers::of_fact(fact)),
                self.text(sentence)
            )
        };
        let items: String = facts.iter().map(item).collect();
        let _ = writeln!(self.out, "<h3>{}</h3>\n<ul class=\"quotes\">{items}</ul>", count(facts.len(), "fact"));
    }

    /// What was not coded: folded away unless it was asked for. Furniture is shown in the text itself.
    fn rejects(&mut self, open: bool) {
        let rejects: Vec<&Reject> = self
            .reading
            .coded
            .rejects
            .iter()
            .filter(|r| !matches!(r.reason, demarche::types::RejectReason::Furniture(_)))
            .collect();
        if rejects.is_empty() {
            return;
        }
        let item = |reject: &&Reject| {
            let (reason, detail) = record::reason(&reject.reason);
            let detail = detail.map_or_else(String::new, |detail| format!(": {}", escape(&detail)));
            let entry = reject.rule.as_deref().and_then(|rule| self.pipeline.coder().lexicon().entry(rule));
            let place = entry.map_or_else(String::new, |entry| format!(" \u{b7} {}", escape(&explain::place_of(entry))));
            format!(
                "<li>\u{201c}{}\u{201d} <span class=\"small\">{}{detail}{place}</span></li>\n",
                self.text(reject.span),
                reason.replace('-', " ")
            )
        };
        let items: String = rejects.iter().map(item).collect();
        let open = if open { " open" } else { "" };
        let _ = writeln!(
            self.out,
            "<details{open}><summary>Not coded: {}</summary><ul class=\"quotes\">{items}</ul></details>",
            count(rejects.len(), "candidate")
        );
    }
}

/// Text for element content and quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c if c.is_control() && !c.is_whitespace() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_escapes_from_text() {
        assert_eq!(
            escape("<script>\"a\" & 'b'\u{0}</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\u{fffd}&lt;/script&gt;"
        );
    }
}
