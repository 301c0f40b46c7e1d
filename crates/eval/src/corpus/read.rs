//! Marked sentences to text, events and spans.

use demarche_types::FrameRole as Role;

use super::CharSpan;

/// The role that a letter of a label stands for.
fn role(letter: char) -> Option<Role> {
    Some(match letter {
        'A' => Role::Actor,
        'R' => Role::Recipient,
        'P' => Role::Place,
        'D' => Role::Date,
        'S' => Role::Speaker,
        'C' => Role::Cue,
        'O' => Role::Outlet,
        _ => return None,
    })
}

/// An annotated event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The act.
    pub act: String,
    /// Status.
    pub status: String,
    /// Contexts.
    pub contexts: Vec<String>,
    /// The trigger.
    pub trigger: CharSpan,
    /// Spans in text order with their roles.
    pub spans: Vec<(Role, CharSpan)>,
}

impl Event {
    /// The spans of a role.
    pub fn of(&self, role: Role) -> Vec<CharSpan> {
        self.spans.iter().filter(|(r, _)| *r == role).map(|(_, span)| *span).collect()
    }
}

/// An annotated sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text without marks.
    pub text: String,
    /// Its events, in the order of their numbers.
    pub events: Vec<Event>,
    /// Why it has none ("sport"); empty where it has.
    pub kind: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// A record that does not keep to the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct CorpusError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a file of the corpus.
pub fn read(file: &str) -> Result<Vec<Sentence>, CorpusError> {
    let mut out = vec![];
    let mut block: Vec<(usize, &str)> = vec![];
    for (index, line) in file.lines().chain([""]).enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if !line.trim().is_empty() {
            block.push((index + 1, line.trim_end()));
        } else if !block.is_empty() {
            out.push(sentence(&block)?);
            block.clear();
        }
    }
    Ok(out)
}

fn sentence(block: &[(usize, &str)]) -> Result<Sentence, CorpusError> {
    let (line, marked) = block[0];
    let fault = |line: usize, message: String| CorpusError { line, message };
    let (text, triggers, spans) = unmark(marked).map_err(|message| fault(line, message))?;
    let mut out = Sentence { text, line, ..Sentence::default() };
    let mut numbers = vec![];
    for &(line, row) in &block[1..] {
        let fields: Vec<&str> = row.split(' ').collect();
        let ([number, act, status] | [number, act, status, _]) = fields[..] else {
            return Err(fault(line, format!("`{row}` is not `number act status contexts`")));
        };
        if number == "0" {
            out.kind = status.into();
            continue;
        }
        let named = number.chars().next().filter(|_| number.len() == 1);
        let number = named.ok_or_else(|| fault(line, format!("`{number}` is no number of an event")))?;
        let trigger = triggers.iter().find(|(n, _)| *n == number).map(|(_, span)| *span);
        let trigger = trigger.ok_or_else(|| fault(line, format!("event {number} has no trigger")))?;
        let contexts = fields.get(3).filter(|c| **c != "-").map(|c| c.split(',').map(String::from).collect());
        let event =
            Event { act: act.into(), status: status.into(), contexts: contexts.unwrap_or_default(), trigger, spans: vec![] };
        out.events.push(event);
        numbers.push(number);
    }
    if let Some((number, _)) = triggers.iter().find(|(n, _)| !numbers.contains(n)) {
        return Err(fault(line, format!("trigger {number} has no event line")));
    }
    for (label, span) in spans {
        let mut current = None;
        for c in label.chars() {
            match (role(c), current, numbers.iter().position(|n| *n == c)) {
                (Some(next), _, _) => current = Some(next),
                (None, Some(role), Some(event)) => out.events[event].spans.push((role, span)),
                (None, Some(_), None) if c == '0' => {}
                _ => return Err(fault(line, format!("label {label}: `{c}` is neither a role nor an event of the sentence"))),
            }
        }
    }
    if out.events.is_empty() == out.kind.is_empty() {
        return Err(fault(line, "a record has either event lines or one line `0 none KIND`".into()));
    }
    Ok(out)
}

type Unmarked = (String, Vec<(char, CharSpan)>, Vec<(String, CharSpan)>);

/// Takes the marks out; triggers with their number, spans with their label.
fn unmark(marked: &str) -> Result<Unmarked, String> {
    let (mut text, mut length) = (String::new(), 0usize);
    let (mut triggers, mut spans, mut open) = (vec![], vec![], vec![]);
    let mut rest = marked.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '[' => {
                let mut label = String::new();
                loop {
                    match rest.next() {
                        Some(':') => break,
                        Some(c) if c.is_ascii_alphanumeric() => label.push(c),
                        _ => return Err(format!("after `{c}` there is no label with a colon")),
                    }
                }
                open.push((c, label, length));
            }
            '}' | ']' => {
                let Some((opened, label, start)) = open.pop() else { return Err(format!("`{c}` closes nothing")) };
                if start == length {
                    return Err(format!("the span {label} is empty"));
                }
                match (opened, label.chars().next().filter(|_| label.len() == 1)) {
                    ('[', Some(number)) => triggers.push((number, (start, length))),
                    ('[', None) => return Err(format!("`{label}` is no number of a trigger")),
                    _ => spans.push((label, (start, length))),
                }
            }
            c => {
                text.push(c);
                length += 1;
            }
        }
    }
    match open.pop() {
        Some((_, label, _)) => Err(format!("the span {label} is not closed")),
        None => {
            spans.sort_by_key(|(_, span): &(String, CharSpan)| *span);
            Ok((text, triggers, spans))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_serve_several_events() {
        let file = "# a comment\n{A12:Mali} [1:freed] {R1:{P2:Chad}'s envoy} and [2:left].\n1 retreat-release actual -\n2 retreat-troops future military,territory\n";
        let sentences = read(file).expect("the file keeps to the format");
        assert_eq!(sentences.len(), 1);
        let s = &sentences[0];
        assert_eq!(s.text, "Mali freed Chad's envoy and left.");
        assert_eq!(s.events[0].spans, [(Role::Actor, (0, 4)), (Role::Recipient, (11, 23))]);
        assert_eq!(s.events[1].spans, [(Role::Actor, (0, 4)), (Role::Place, (11, 15))]);
        assert_eq!(s.events[1].contexts, ["military", "territory"]);
        assert_eq!((s.events[1].trigger, s.line), ((28, 32), 2));
    }

    #[test]
    fn faults_name_their_line() {
        for (file, line) in [
            ("A [1:b] c.\n1 x actual -\n\n{A1:Mali [1:freed] it.\n1 x actual -\n", 4),
            ("Mali [1:freed] it.\n2 x actual -\n", 2),
            ("Mali freed it.\n", 1),
            ("{A2:Mali} [1:freed] it.\n1 x actual -\n", 1),
        ] {
            assert_eq!(read(file).expect_err("the file is faulty").line, line, "{file}");
        }
    }
}
