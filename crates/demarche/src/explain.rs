//! How a sentence was read, and how an event came about: everything from the words to the record.

mod near;
mod tree;

use std::fmt;

use demarche_coding::Label;
use demarche_coding::lexicon::Entry;
use demarche_language::gate::Gate;
use demarche_types::{
    Actor, Attribution, AttributionKind, DateBasis, Event, EventDate, Feats, Frame, Number, Participant, Person, Reject,
    SentenceId, Span, Status, Tense, TokenId, Upos, VerbForm,
};

use crate::pipeline::{Pipeline, Reading};
use crate::record::{Recorder, amount_words, reason, serde_name};

/// A derivation in words, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The sections in order. Sections that would be empty are left out.
    pub sections: Vec<Section>,
}

/// A part of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Lines, already aligned.
    pub lines: Vec<String>,
}

/// Words that are less likely to tell an event than this are not shown.
const LEAST_SEEN: f32 = 0.05;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, section) in self.sections.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{}", section.title)?;
            for line in &section.lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

impl Explanation {
    /// Explains an event: its derivation first, then the sentence that it stands in.
    pub fn of_event(pipeline: &Pipeline, reading: &Reading<'_>, event: &Event) -> Self {
        let view = View::new(pipeline, reading);
        let mut explanation = Self::default();
        explanation.add("Sentence", view.sentence_text(event.sentence));
        explanation.add(view.event_title(event), view.event(event));
        explanation.add("Rule", view.rule(&event.rule));
        explanation.add("Derivation", view.steps(event));
        explanation.add_layers(&view, event.sentence);
        explanation.add("Other events of the sentence", view.others(event.sentence, Some(event)));
        explanation.add("Near rows", view.near_rows(event.sentence));
        explanation.add("Not coded in this sentence", view.rejects(event.sentence));
        explanation
    }

    /// Explains a sentence: its layers, then every event with its derivation.
    pub fn of_sentence(pipeline: &Pipeline, reading: &Reading<'_>, sentence: SentenceId) -> Self {
        let view = View::new(pipeline, reading);
        let mut explanation = Self::default();
        explanation.add("Sentence", view.sentence_text(sentence));
        if let Some(score) = reading.document.held(sentence) {
            let least = pipeline.gate().map_or(0, Gate::least);
            let held = format!(
                "taken together its words score {score}; sentences that may tell an event or a quote score {least} or more"
            );
            let all = "with --every-sentence it is read all the same".to_owned();
            explanation.add("Held back by the gate: only its words were read", vec![held, all]);
            explanation.add("Actors", view.actors(sentence));
            explanation.add("Places", view.places(sentence));
            explanation.add("Quotes", view.quotes(sentence));
            return explanation;
        }
        explanation.add_layers(&view, sentence);
        for event in reading.coded.events.iter().filter(|e| e.sentence == sentence) {
            let mut lines = view.event(event);
            lines.extend(view.rule(&event.rule));
            lines.extend(view.steps(event));
            explanation.add(view.event_title(event), lines);
        }
        explanation.add("What the model saw", view.frames(sentence));
        explanation.add("Near rows", view.near_rows(sentence));
        explanation.add("Not coded in this sentence", view.rejects(sentence));
        explanation
    }

    fn add(&mut self, title: impl Into<String>, lines: Vec<String>) {
        if !lines.is_empty() {
            self.sections.push(Section { title: title.into(), lines });
        }
    }

    fn add_layers(&mut self, view: &View<'_>, sentence: SentenceId) {
        self.add("Words", view.words(sentence));
        self.add("Tree", tree::draw(&view.reading.document, sentence, |token| view.role_of(token)));
        self.add("Mentions", view.mentions(sentence));
        self.add("Actors", view.actors(sentence));
        self.add("Places", view.places(sentence));
        self.add("Quotes", view.quotes(sentence));
    }
}

/// An actor in a few words: codes, then what it is known as.
pub fn actor_words(actor: &Actor) -> String {
    let codes = actor.code.iter().map(|c| c.0.as_str()).chain(actor.sectors.iter().map(|s| s.0.as_str()));
    let codes: Vec<&str> = codes.collect();
    let mut words = if codes.is_empty() { "no code".to_owned() } else { codes.join(" ") };
    for more in [actor.identifier_text.as_deref(), actor.office.as_deref()].into_iter().flatten() {
        words += ", ";
        words += more;
    }
    words
}

/// A date in a few words: the days as exactly as they are known.
pub fn date_words(date: &EventDate) -> String {
    match (date.start, date.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => "unknown".to_owned(),
    }
}

/// Where a row of the lexicon stands: file and line ("assault.tsv:91").
pub fn place_of(entry: &Entry) -> String {
    let file = entry.id.split_once(':').map_or(entry.id.as_str(), |(file, _)| file);
    format!("{file}.tsv:{}", entry.line)
}

/// The steps of an event's derivation: what was decided, and why. Rows that lost to the rule are told with their weight,
/// and a status that nothing in the text speaks against is told too.
pub fn steps(pipeline: &Pipeline, reading: &Reading<'_>, event: &Event) -> Vec<(&'static str, String)> {
    let mut steps: Vec<(&'static str, String)> = vec![];
    let rows = pipeline.coder().fitting_rows(&reading.document, event.trigger_token);
    let own = rows.iter().find(|row| row.entry.id == event.rule);
    for step in &event.steps {
        steps.push((step.what, one_line(&step.why)));
        if let Some(own) = own.filter(|_| step.what == "trigger") {
            let others = rows.iter().filter(|row| row.entry.id != event.rule);
            steps.extend(others.map(|row| {
                let (place, weight) = (place_of(row.entry), row.weight);
                ("alternative", format!("{place} fits too, weight {weight} against {}", own.weight))
            }));
        }
    }
    if event.status == Status::Actual && !steps.iter().any(|(what, _)| *what == "status") {
        let parties = steps.iter().rposition(|(what, _)| matches!(*what, "trigger" | "alternative" | "actor" | "recipient"));
        steps.insert(parties.map_or(0, |at| at + 1), ("status", "actual: no cue of another".to_owned()));
    }
    steps
}

struct View<'r> {
    pipeline: &'r Pipeline,
    reading: &'r Reading<'r>,
    recorder: Recorder<'r>,
}

impl<'r> View<'r> {
    fn new(pipeline: &'r Pipeline, reading: &'r Reading<'_>) -> Self {
        Self { pipeline, reading, recorder: Recorder::new(&reading.document, pipeline.stamp()) }
    }

    fn text(&self, span: Span) -> String {
        one_line(span.of(self.reading.document.text()))
    }

    fn at(&self, span: Span) -> String {
        let [start, end] = self.recorder.span(span);
        format!("{start}..{end}")
    }

    fn sentence_text(&self, id: SentenceId) -> Vec<String> {
        let sentence = &self.reading.document.sentences[id.index()];
        let kind = serde_name(&sentence.kind).unwrap_or_default();
        let place = format!("sentence {} ({kind}), characters {}", id.0 + 1, self.at(sentence.span));
        vec![self.text(sentence.span), place]
    }

    fn words(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        let first = document.sentences[id.index()].tokens.start;
        let rows = document.sentence_tokens(id).map(|t| {
            let token = document.token(t);
            let head = token.head.map_or_else(|| "0".to_owned(), |h| (h.0 + 1).saturating_sub(first).to_string());
            [
                (t.0 - first + 1).to_string(),
                one_line(document.form(t)),
                token.lemma.to_string(),
                token.upos.as_str().to_owned(),
                head,
                token.deprel.as_str().to_owned(),
                feats(&token.feats),
            ]
        });
        let header = ["", "word", "lemma", "tag", "head", "relation", "features"].map(str::to_owned);
        columns(std::iter::once(header).chain(rows).collect())
    }

    /// What a token heads, for the tree.
    fn role_of(&self, token: TokenId) -> Option<String> {
        let document = &self.reading.document;
        let trigger =
            self.reading.coded.events.iter().find(|e| e.trigger_token == token).map(|e| format!("trigger of {}", name(e)));
        let actor = document.actor_at(token).map(|link| actor_words(&link.actor));
        let place = document.place_at(token).map(|link| format!("place: {}", link.place.name));
        let notes: Vec<String> = [trigger, actor, place].into_iter().flatten().collect();
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    fn mentions(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        let inside = document.sentences[id.index()].tokens.clone();
        let rows = document.mentions.iter().filter(|m| inside.contains(&m.start.0)).map(|m| {
            let chain = m.chain.and_then(|chain| {
                let others = document.mentions.iter().filter(|o| o.chain == Some(chain) && (o.start, o.end) != (m.start, m.end));
                // The longest name says best who is meant.
                let best = others.max_by_key(|o| (o.named, o.end.0 - o.start.0, std::cmp::Reverse(o.start.0)))?;
                // A pronoun takes its actor from the chain; when the chain knows none, events lose a party here.
                let lost = document.token(m.head).upos == Upos::Pron && document.actor_at(m.head).is_none();
                let lost = if lost { "; no actor known there" } else { "" };
                let name = self.text(document.span_of(best.start, best.end));
                Some(format!("chain {}, as \u{201c}{name}\u{201d}{lost}", chain.0))
            });
            let named = if m.named { "named" } else { "" };
            let kind = serde_name(&m.kind).unwrap_or_default();
            [
                self.text(document.span_of(m.start, m.end)),
                kind,
                named.to_owned(),
                format!("{:.2}", m.score),
                chain.unwrap_or_default(),
            ]
        });
        columns(rows.collect())
    }

    fn actors(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        let inside = document.sentences[id.index()].tokens.clone();
        let rows = document.actors.iter().filter(|a| inside.contains(&a.head.0)).map(|link| {
            let media = if link.is_media { ", news outlet" } else { "" };
            let basis = serde_name(&link.basis).unwrap_or_default();
            let id = link.actor.identifier_id.as_deref().unwrap_or_default();
            let others =
                if link.alternatives.is_empty() { String::new() } else { format!(" (or {})", link.alternatives.join(", ")) };
            let together: Vec<&str> = link.states.iter().map(|c| c.0.as_str()).collect();
            let together = if together.is_empty() { String::new() } else { format!("{}: ", together.join(" and ")) };
            [
                self.text(link.span),
                format!("{together}{}{media}", actor_words(&link.actor)),
                format!("by {basis}"),
                format!("{id}{others}"),
            ]
        });
        columns(rows.collect())
    }

    fn places(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        let inside = document.sentences[id.index()].tokens.clone();
        let rows = document.places.iter().filter(|p| inside.contains(&p.head.0)).map(|link| {
            let place = &link.place;
            let geonames = place
                .geonames
                .map(|id| format!("GeoNames {id}"))
                .or_else(|| place.unit.as_ref().map(|code| format!("unit {code}")));
            let chosen = serde_name(&link.basis).unwrap_or_default();
            let others: Vec<String> = link.alternatives.iter().map(place_words).collect();
            let others = if others.is_empty() { String::new() } else { format!(" (or {})", others.join("; ")) };
            [self.text(link.span), place_words(place), geonames.unwrap_or_default(), format!("{chosen}{others}")]
        });
        columns(rows.collect())
    }

    fn quotes(&self, id: SentenceId) -> Vec<String> {
        let sentence = self.reading.document.sentences[id.index()].span;
        let quotes = self.reading.coded.quotes.iter().filter(|q| q.span.overlaps(sentence));
        let line = |quote: &demarche_types::Quote| {
            let speaker = quote.speaker.as_ref().map_or("speaker unknown".to_owned(), |p| self.participant(p));
            let via = quote.via.as_ref().map_or_else(String::new, |p| format!(", via {}", self.recorder.name(p)));
            let words = self.text(quote.span);
            // Reported speech is nobody's literal words and gets no quotation marks.
            match quote.kind {
                AttributionKind::Indirect => format!("reported, {words}: {speaker}{via}"),
                AttributionKind::Direct | AttributionKind::Mixed => format!("\u{201c}{words}\u{201d}: {speaker}{via}"),
            }
        };
        quotes.map(line).collect()
    }

    fn event_title(&self, event: &Event) -> String {
        format!("Event {}: {}", event.id.0, name(event))
    }

    fn event(&self, event: &Event) -> Vec<String> {
        let list = |parties: &[Participant]| match parties {
            [] => "none".to_owned(),
            some => some.iter().map(|p| self.participant(p)).collect::<Vec<_>>().join("; "),
        };
        let contexts: Vec<&str> = event.contexts.iter().map(|c| c.0.as_str()).collect();
        let mut rows = vec![
            ["trigger", &format!("\u{201c}{}\u{201d} at {}", self.text(event.trigger), self.at(event.trigger))]
                .map(str::to_owned),
            ["actor", &list(&event.actors)].map(str::to_owned),
            ["recipient", &list(&event.recipients)].map(str::to_owned),
            ["status", &serde_name(&event.status).unwrap_or_default()].map(str::to_owned),
            ["date", &self.date(&event.date)].map(str::to_owned),
        ];
        let mut row = |what: &str, value: String| rows.push([what.to_owned(), value]);
        if let Some((place, span)) = &event.place {
            row("place", format!("{}, {} (\u{201c}{}\u{201d})", place.name, place.country.0, self.text(*span)));
        }
        for attribution in &event.attribution {
            row("according to", self.attribution(attribution));
        }
        for figure in &event.magnitude.figures {
            let by = figure.source.as_ref().map_or_else(String::new, |a| format!(", according to {}", self.attribution(a)));
            row(
                figure.kind.as_str(),
                format!("{} (\u{201c}{}\u{201d}{by})", amount_words(&figure.quantity, &figure.unit), self.text(figure.span)),
            );
        }
        if !contexts.is_empty() {
            row("context", contexts.join(", "));
        }
        if let Some(act) = &event.act {
            let definition = self.pipeline.coder().acts().get(act).map_or("", |a| a.definition.as_str());
            row("act", format!("{act}: {definition}"));
            row("types", types(event));
            row("would change", self.turning_point(event));
        }
        row("CAMEO", event.cameo.to_string());
        row("scale", format!("{:+}", event.scale));
        row("confidence", format!("{:.3}", event.confidence));
        columns(rows)
    }

    /// What would have changed the code: how far the next type is, and how to overrule.
    fn turning_point(&self, event: &Event) -> String {
        let token = self.reading.document.token(event.trigger_token);
        let row = format!("a row for \u{201c}{}\u{201d} in a file given with --lexicon", token.lemma);
        match event.types[..] {
            [(_, first), (next, second), ..] if second > 0.0 => {
                format!("evidence {:.1} times as strong for {} as was seen, or {row}", first / second, next.as_str())
            }
            _ => format!("no other type was near; {row}"),
        }
    }

    fn date(&self, date: &EventDate) -> String {
        let basis = match date.basis {
            DateBasis::Expression => "expression",
            DateBasis::Dateline => "dateline",
            DateBasis::Publication => "day of publication",
            DateBasis::Unknown => return date_words(date),
        };
        let words = date.span.map_or_else(String::new, |span| format!(" \u{201c}{}\u{201d}", self.text(span)));
        if date.start.is_none() && date.end.is_none() {
            let read = if words.is_empty() { format!("the {basis}") } else { words.trim_start().to_owned() };
            return format!("unknown ({read} was read, but gives no day)");
        }
        let precision = serde_name(&date.precision).unwrap_or_default();
        format!("{}, to the {precision}, from {basis}{words}", date_words(date))
    }

    fn participant(&self, participant: &Participant) -> String {
        let named = participant.name.map_or_else(String::new, |span| format!(" = {}", self.text(span)));
        let basis = serde_name(&participant.basis).unwrap_or_default();
        format!("\u{201c}{}\u{201d}{named} [{}] by {basis}", self.text(participant.span), actor_words(&participant.actor))
    }

    fn attribution(&self, attribution: &Attribution) -> String {
        let speaker = attribution.speaker.as_ref().map_or("somebody not named".to_owned(), |p| self.participant(p));
        let via = attribution.via.as_ref().map_or_else(String::new, |p| format!(", via {}", self.recorder.name(p)));
        let cue = attribution.cue.map_or_else(String::new, |span| format!(", cue \u{201c}{}\u{201d}", self.text(span)));
        format!("{speaker}{via}{cue}, {}", serde_name(&attribution.kind).unwrap_or_default())
    }

    fn rule(&self, rule: &str) -> Vec<String> {
        let mut lines = vec![match rule.strip_prefix("act:") {
            Some(act) => format!("the model read the act {act}; no row of the lexicon agrees"),
            None => format!("rule {rule}"),
        }];
        if let Some(entry) = self.pipeline.coder().lexicon().entry(rule) {
            let mut kind = entry.kind.map_or("NONE", |k| k.as_str()).to_owned();
            if let Some(mode) = &entry.mode {
                kind = format!("{kind} {}", mode.0);
            }
            lines.push(format!("{}: {kind}, CAMEO {}", place_of(entry), entry.cameo));
            if !entry.example.is_empty() {
                lines.push(format!("its example: {}", entry.example));
            }
        }
        lines
    }

    fn steps(&self, event: &Event) -> Vec<String> {
        let steps = steps(self.pipeline, self.reading, event);
        columns(steps.into_iter().map(|(what, why)| [what.to_owned(), why]).collect())
    }

    fn others(&self, sentence: SentenceId, except: Option<&Event>) -> Vec<String> {
        let others = self.reading.coded.events.iter().filter(|e| e.sentence == sentence && except.is_none_or(|x| x.id != e.id));
        columns(others.map(|e| [e.id.0.to_string(), name(e), format!("\u{201c}{}\u{201d}", self.text(e.trigger))]).collect())
    }

    /// Words that may tell an event, the likeliest first: how likely, as what, and in which status.
    fn frames(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        let mut frames: Vec<_> = document.frames_of(id).iter().filter(|f| f.event >= LEAST_SEEN).collect();
        frames.sort_by(|a, b| b.event.total_cmp(&a.event).then(a.trigger.cmp(&b.trigger)));
        let row = |frame: &&Frame| {
            let acts =
                frame.acts.iter().take(3).map(|(act, p)| format!("{act} {:.0} %", 100.0 * p)).collect::<Vec<_>>().join(", ");
            let (status, p) = frame.best_status();
            let status = format!("{} {:.0} %", serde_name(&status).unwrap_or_default(), 100.0 * p);
            [
                format!("\u{201c}{}\u{201d}", document.form(frame.trigger)),
                format!("event {:.0} %", 100.0 * frame.event),
                acts,
                status,
            ]
        };
        columns(frames.iter().map(row).collect())
    }

    /// Content words that told no event, with the rows that came closest.
    fn near_rows(&self, id: SentenceId) -> Vec<String> {
        let document = &self.reading.document;
        near::lines(document, &self.pipeline.coder().near_rows(document, id))
    }

    fn rejects(&self, id: SentenceId) -> Vec<String> {
        let sentence = self.reading.document.sentences[id.index()].span;
        let rejects = self.reading.coded.rejects.iter().filter(|r| sentence.overlaps(r.span));
        let row = |reject: &Reject| {
            let (kind, detail) = reason(&reject.reason);
            let detail = detail.map_or_else(String::new, |d| format!(": {d}"));
            let rule = reject.rule.as_deref().map_or_else(String::new, |r| format!("rule {r}"));
            [format!("\u{201c}{}\u{201d}", self.text(reject.span)), format!("{kind}{detail}"), rule]
        };
        columns(rejects.map(row).collect())
    }
}

/// The types that the model weighed.
fn types(event: &Event) -> String {
    let likely = event.types.iter().filter(|(_, p)| *p >= 0.005);
    likely.map(|(kind, p)| format!("{} {:.1} %", kind.as_str(), 100.0 * p)).collect::<Vec<_>>().join(", ")
}

fn name(event: &Event) -> String {
    Label::plover(event).with_modes(event, " ", "+")
}

fn feats(feats: &Feats) -> String {
    let mut words: Vec<&str> = vec![];
    words.extend((feats.verb_form != VerbForm::None).then(|| feats.verb_form.as_str()));
    words.extend((feats.tense != Tense::None).then(|| feats.tense.as_str()));
    words.extend((feats.number != Number::None).then(|| feats.number.as_str()));
    words.extend((feats.person != Person::None).then(|| feats.person.as_str()));
    words.extend(feats.passive.then_some("Pass"));
    words.extend(feats.possessive.then_some("Poss"));
    words.join(" ")
}

/// White space, line feeds too, as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows as lines with aligned columns; the last column is left ragged.
fn columns<const N: usize>(rows: Vec<[String; N]>) -> Vec<String> {
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            // One cell that is very long must not push the others off the screen.
            *width = (*width).max(cell.chars().count()).min(36);
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A place with what it lies in.
fn place_words(place: &demarche_types::Place) -> String {
    let parts = [Some(place.name.as_str()), place.admin1.as_deref(), Some(place.country.0.as_str())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_long_cells_do_not_widen_them() {
        let rows = vec![["a".to_owned(), "b".to_owned()], ["x".repeat(40), "c".to_owned()], ["long".to_owned(), String::new()]];
        let lines = columns(rows);
        assert_eq!(lines[0], format!("a{}  b", " ".repeat(35)));
        assert_eq!(lines[1], format!("{}  c", "x".repeat(40)));
        assert_eq!(lines[2], "long");
    }
}
