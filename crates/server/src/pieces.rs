//! A text cut into pieces, so that spans that overlap can be shown without a script.

use serde::Serialize;
use utoipa::ToSchema;

/// A stretch of a text that says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Mark {
    /// First character.
    pub start: u32,
    /// Character after the last.
    pub end: u32,
    /// `actor`, `action`, `recipient`, `place`, `date`, `quote` or `cue`.
    pub kind: &'static str,
    /// Events and quotes that it belongs to.
    pub refs: Vec<String>,
    /// What it is in words.
    pub label: String,
}

/// A block of an article, cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Piece {
    /// Kind of the block.
    pub block: String,
    /// Whether it is no part of the story.
    pub furniture: bool,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// Words that the same marks cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Part {
    /// The words.
    pub text: String,
    /// Kinds of the marks.
    pub kinds: Vec<&'static str>,
    /// Events and quotes of the marks.
    pub refs: Vec<String>,
    /// What the marks are in words.
    pub titles: Vec<String>,
}

/// A block: kind, whether it is furniture, and bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: String,
    pub(crate) furniture: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The longest piece of a text that is shown whole.
const LONGEST: usize = 2_000_000;

/// Cuts a text at every beginning and end of a mark.
pub(crate) fn cut(text: &str, blocks: &[Block], marks: &[Mark]) -> Vec<Piece> {
    // Marks count characters, the text has bytes.
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).take(LONGEST).collect();
    places.push(text.len());
    let byte = |n: u32| places.get(n as usize).copied().unwrap_or(text.len());
    let mut spans: Vec<(usize, usize, &Mark)> = marks.iter().map(|mark| (byte(mark.start), byte(mark.end), mark)).collect();
    spans.retain(|(start, end, _)| start < end);
    spans.sort_by_key(|(start, end, mark)| (*start, std::cmp::Reverse(*end), mark.kind));
    let whole = [Block { kind: "paragraph".to_owned(), furniture: false, start: 0, end: text.len() }];
    let blocks = if blocks.is_empty() { &whole[..] } else { blocks };
    let pieces = blocks.iter().filter(|block| text.is_char_boundary(block.start) && text.is_char_boundary(block.end));
    pieces
        .filter(|block| block.start < block.end)
        .map(|block| {
            let within: Vec<&(usize, usize, &Mark)> =
                spans.iter().filter(|(start, end, _)| *start < block.end && *end > block.start).collect();
            let mut edges: Vec<usize> = within.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
            edges.retain(|edge| (block.start..block.end).contains(edge));
            edges.extend([block.start, block.end]);
            edges.sort_unstable();
            edges.dedup();
            let parts = edges.windows(2).map(|pair| {
                let over: Vec<&Mark> = within
                    .iter()
                    .filter(|(start, end, _)| *start <= pair[0] && *end >= pair[1])
                    .map(|(_, _, mark)| *mark)
                    .collect();
                let mut part = Part { text: text[pair[0]..pair[1]].to_owned(), kinds: vec![], refs: vec![], titles: vec![] };
                for mark in over {
                    if !part.kinds.contains(&mark.kind) {
                        part.kinds.push(mark.kind);
                    }
                    for id in &mark.refs {
                        if !part.refs.contains(id) {
                            part.refs.push(id.clone());
                        }
                    }
                    if !part.titles.contains(&mark.label) {
                        part.titles.push(mark.label.clone());
                    }
                }
                part
            });
            Piece { block: block.kind.clone(), furniture: block.furniture, parts: parts.collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_are_cut_at_their_edges_and_nothing_is_lost() {
        let text = "é hit b";
        let mark = |start, end, kind| Mark { start, end, kind, refs: vec![format!("{kind}1")], label: kind.to_owned() };
        let pieces = cut(text, &[], &[mark(0, 1, "actor"), mark(2, 5, "action"), mark(0, 7, "quote"), mark(6, 99, "recipient")]);
        let parts: Vec<(&str, &[&str])> =
            pieces[0].parts.iter().map(|part| (part.text.as_str(), part.kinds.as_slice())).collect();
        assert_eq!(
            parts,
            [
                ("é", &["quote", "actor"][..]),
                (" ", &["quote"]),
                ("hit", &["quote", "action"]),
                (" ", &["quote"]),
                ("b", &["quote", "recipient"])
            ]
        );
        assert_eq!(pieces[0].parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
    }
}
