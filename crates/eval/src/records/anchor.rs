//! Words instead of offsets: gold on texts of this repository names the words, and this finds them.
//!
//! Offsets depend on how a page was turned into text; words do not. White space is not compared, and
//! typographic quotation marks, apostrophes and dashes equal plain ones.

use serde_json::{Map, Value, json};

use super::CharSpan;
use super::read::RecordErrorKind;

/// A text made ready for looking up words.
pub(super) struct Haystack {
    chars: Vec<char>,
    /// The characters other than white space, folded.
    folded: Vec<char>,
    /// Where each stands in `chars`.
    places: Vec<usize>,
}

impl Haystack {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let (places, folded) = chars.iter().enumerate().filter(|(_, c)| !c.is_whitespace()).map(|(i, &c)| (i, fold(c))).unzip();
        Self { chars, folded, places }
    }

    /// Finds words inside a range. `words#2` is the second place at which they stand.
    fn find(&self, words: &str, within: Option<CharSpan>) -> Option<CharSpan> {
        let numbered = words.rsplit_once('#').and_then(|(words, number)| Some((words, number.parse().ok()?)));
        let (words, nth) = numbered.unwrap_or((words, 1usize));
        let needle: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
        if needle.is_empty() || nth == 0 {
            return None;
        }
        let (low, high) = within.unwrap_or((0, self.chars.len()));
        let starts = self.folded.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle.as_slice());
        let spans = starts.map(|(i, _)| (self.places[i], self.places[i + needle.len() - 1] + 1));
        spans.filter(|&(start, end)| low <= start && end <= high && self.is_whole(start, end)).nth(nth - 1)
    }

    /// Whether a span cuts no word.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let word = |at: usize| self.chars.get(at).is_some_and(|c| c.is_alphanumeric());
        let cut_before = start > 0 && word(start - 1) && word(start);
        let cut_after = word(end - 1) && word(end);
        !cut_before && !cut_after
    }
}

/// Puts offsets in the place of words, in every field of a record that holds a span.
pub(super) fn anchor(object: &mut Map<String, Value>, text: &Haystack) -> Result<(), RecordErrorKind> {
    put(object, "sentence", text, None)?;
    let sentence = object.get("sentence").and_then(Value::as_array).map(|ends| {
        let end = |i: usize| ends.get(i).and_then(Value::as_u64).unwrap_or(0) as usize;
        (end(0), end(1))
    });
    put(object, "trigger", text, sentence)?;
    put(object, "span", text, sentence)?;
    parties(object, text, sentence)?;
    if let Some(Value::Object(also)) = object.get_mut("also") {
        if let Some(Value::Array(readings)) = also.get_mut("parties") {
            for reading in readings.iter_mut().filter_map(Value::as_object_mut) {
                parties(reading, text, sentence)?;
            }
        }
        if let Some(Value::Array(spans)) = also.get_mut("span") {
            for span in spans {
                replace(span, text, sentence)?;
            }
        }
    }
    Ok(())
}

fn parties(object: &mut Map<String, Value>, text: &Haystack, within: Option<CharSpan>) -> Result<(), RecordErrorKind> {
    for role in ["actor", "recipient"] {
        let list = object.get_mut(role).and_then(Value::as_array_mut);
        for party in list.into_iter().flatten().filter_map(Value::as_object_mut) {
            put(party, "span", text, within)?;
        }
    }
    Ok(())
}

fn put(object: &mut Map<String, Value>, name: &str, text: &Haystack, within: Option<CharSpan>) -> Result<(), RecordErrorKind> {
    object.get_mut(name).map_or(Ok(()), |value| replace(value, text, within))
}

fn replace(value: &mut Value, text: &Haystack, within: Option<CharSpan>) -> Result<(), RecordErrorKind> {
    let Value::String(words) = &*value else { return Ok(()) };
    let (start, end) = text.find(words, within).ok_or_else(|| RecordErrorKind::Words(words.clone()))?;
    *value = json!([start, end]);
    Ok(())
}

fn fold(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_counted() {
        let text = Haystack::new("Talks about\n talks: “no talk” – talks.");
        assert_eq!(text.find("about talks", None), Some((6, 18)));
        assert_eq!(text.find("talk", None), Some((24, 28)));
        assert_eq!(text.find("talks#2", None), Some((32, 37)));
        assert_eq!(text.find("\"no talk\" -", None), Some((20, 31)));
        assert_eq!(text.find("talks", Some((0, 12))), None);
    }

    #[test]
    fn every_span_of_a_record_is_found() {
        let line =
            r#"{"sentence":"B met C.","trigger":"met","actor":[{"span":"B"}],"also":{"parties":[{"recipient":[{"span":"C"}]}]}}"#;
        let mut object: Map<String, Value> = serde_json::from_str(line).expect("the line is well formed");
        anchor(&mut object, &Haystack::new("A met B. B met C.")).expect("the words are there");
        assert_eq!(object["trigger"], json!([11, 14]));
        assert_eq!(object["actor"][0]["span"], json!([9, 10]));
        assert_eq!(object["also"]["parties"][0]["recipient"][0]["span"], json!([15, 16]));
        let mut missing: Map<String, Value> = serde_json::from_str(line).expect("the line is well formed");
        let error = anchor(&mut missing, &Haystack::new("Nothing.")).expect_err("the words are missing");
        assert_eq!(error, RecordErrorKind::Words("B met C.".to_owned()));
    }
}
