//! Whether gold records fit the text that they were written about.

use demarche_types::EventType;

use super::{CharSpan, Mentioned, Records, overlaps};

/// Problems of gold records, in words; empty when there are none. Catches offsets that slipped: spans
/// that leave the text, cut a word, begin or end with white space, or lie outside their sentence.
pub fn check(records: &Records, text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut problems = Vec::new();
    let mut span = |what: &str, at: CharSpan| {
        if let Some(problem) = span_problem(&chars, at) {
            problems.push(format!("{what} {}..{} {problem}", at.0, at.1));
        }
    };
    for event in &records.events {
        if let Some(trigger) = event.trigger {
            span("trigger", trigger);
        }
        if let Some(sentence) = event.sentence {
            span("sentence", sentence);
        }
        for party in event.parties.all().filter_map(|p| p.span) {
            span("party", party);
        }
    }
    for quote in &records.quotes {
        for &at in &quote.spans {
            span("quote", at);
        }
        for mention in quote.speakers.iter().chain(&quote.outlets) {
            if let Mentioned::At(at) | Mentioned::Both(at, _) = mention {
                span("speaker", *at);
            }
        }
    }
    for &at in records.furniture.iter().chain(&records.outlets) {
        span("furniture", at);
    }
    for event in &records.events {
        let name = format!("{} at {:?}", event.event, event.trigger);
        let inside = |at: CharSpan| event.sentence.is_none_or(|s| s.0 <= at.0 && at.1 <= s.1);
        if event.trigger.is_some_and(|t| !inside(t)) {
            problems.push(format!("{name}: the trigger is outside its sentence"));
        }
        if event.parties.all().filter_map(|p| p.span).any(|p| !inside(p)) {
            problems.push(format!("{name}: a party is outside its sentence"));
        }
        if EventType::parse(&event.event).is_none() {
            problems.push(format!("{name}: no such event type"));
        }
        let statuses = ["actual", "historical", "future", "hypothetical", "negated"];
        if event.status.as_deref().is_none_or(|s| !statuses.contains(&s)) {
            problems.push(format!("{name}: no such status"));
        }
        if records.furniture.iter().any(|&f| event.trigger.is_some_and(|t| overlaps(f, t))) {
            problems.push(format!("{name}: the trigger lies in furniture"));
        }
    }
    problems
}

fn span_problem(chars: &[char], (start, end): CharSpan) -> Option<&'static str> {
    if start >= end || end > chars.len() {
        return Some("is empty or leaves the text");
    }
    let word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric());
    if (start > 0 && word(start - 1) && word(start)) || (word(end - 1) && word(end)) {
        return Some("cuts a word");
    }
    if chars[start].is_whitespace() || chars[end - 1].is_whitespace() {
        return Some("begins or ends with white space");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::read_jsonl;

    fn problems(line: &str) -> Vec<String> {
        check(&Records::of(read_jsonl(line).expect("the line is well formed")), "Norland blamed Südland.")
    }

    #[test]
    fn good_records_pass_and_slipped_offsets_do_not() {
        let event = |trigger: &str| {
            format!(
                r#"{{"kind":"event","event":"ACCUSE","status":"actual","sentence":[0,23],"trigger":{trigger},"actor":[{{"code":"X","span":[15,22]}}]}}"#
            )
        };
        assert_eq!(problems(&event("[8,14]")), Vec::<String>::new());
        assert_eq!(problems(&event("[9,14]")), ["trigger 9..14 cuts a word"]);
        assert_eq!(problems(&event("[7,14]")), ["trigger 7..14 begins or ends with white space"]);
        assert_eq!(problems(&event("[8,99]")).len(), 2);
    }
}
