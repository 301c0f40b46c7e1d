//! brat: annotations against the text beside them.

use std::collections::HashMap;

use super::{Fault, Faults};

/// Checks the annotations of a text: spans give the words that they claim, events have a trigger of their type, and nothing names what
/// is not there.
pub fn validate_brat(text: &str, annotations: &str) -> Vec<Fault> {
    let mut faults = Faults::default();
    let chars: Vec<char> = text.chars().collect();
    let mut kinds: HashMap<&str, &str> = HashMap::new();
    for (number, line) in (1..).zip(annotations.lines()) {
        let Some((id, rest)) = line.split_once('\t') else {
            faults.line(number, "has no tab after its identifier");
            continue;
        };
        let (body, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let kind = body.split(' ').next().unwrap_or_default();
        let known = match id.chars().next() {
            Some('T') => {
                span(&chars, &body[kind.len()..], words).unwrap_or_else(|message| faults.cell(number, id, body, message));
                Some(kind)
            }
            Some('E') => {
                let mut parts = body.split(' ').filter_map(|part| part.split_once(':'));
                match parts.next() {
                    Some((kind, trigger)) if kinds.get(trigger) == Some(&kind) => {
                        for (role, mark) in parts {
                            if !kinds.contains_key(mark) {
                                faults.cell(number, role, mark, "names no annotation before it");
                            }
                        }
                    }
                    _ => faults.cell(number, id, body, "has no trigger of its type"),
                }
                Some(kind)
            }
            Some('A' | '#') => {
                let target = body.split(' ').nth(1).unwrap_or_default();
                if !kinds.contains_key(target) {
                    faults.cell(number, id, target, "names no annotation before it");
                }
                Some(kind)
            }
            _ => None,
        };
        match known {
            Some(kind) if kinds.insert(id, kind).is_none() => {}
            Some(_) => faults.cell(number, id, "", "stands twice"),
            None => faults.cell(number, id, "", "is of no known kind"),
        }
    }
    faults.list
}

/// The words of " 0 5;6 9" are those told.
fn span(chars: &[char], places: &str, words: &str) -> Result<(), String> {
    let mut found: Vec<String> = Vec::new();
    for place in places.trim().split(';') {
        let (from, to) = place.split_once(' ').ok_or("has no start and end")?;
        let (from, to): (usize, usize) = from.parse().ok().zip(to.parse().ok()).ok_or("has places that are no numbers")?;
        let piece = chars.get(from..to).ok_or("lies outside the text")?;
        if piece.contains(&'\n') {
            return Err("runs over the end of a line".to_owned());
        }
        found.push(piece.iter().collect());
    }
    if found.join(" ") == words { Ok(()) } else { Err(format!("is of other words in the text: {:?}", found.join(" "))) }
}
