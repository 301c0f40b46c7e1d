//! What the model reads of events: words that may tell one, with scores for all that hangs on them.

use compact_str::CompactString;

use crate::{Status, TokenId};

/// What words can be to the trigger of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum FrameRole {
    Actor,
    Recipient,
    Place,
    Date,
    Speaker,
    Cue,
    Outlet,
}

impl FrameRole {
    /// Every role, in the order of the model's output.
    pub const ALL: [Self; 7] = [Self::Actor, Self::Recipient, Self::Place, Self::Date, Self::Speaker, Self::Cue, Self::Outlet];

    /// Its name in small letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Place => "place",
            Self::Date => "date",
            Self::Speaker => "speaker",
            Self::Cue => "cue",
            Self::Outlet => "outlet",
        }
    }
}

/// A word that may tell an event, or that is the cue of speech, as the model sees it. Labels are the model's own words;
/// what they mean is the coder's business.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The trigger.
    pub trigger: TokenId,
    /// First token of its sentence.
    pub first: TokenId,
    /// Probability that the word tells an event.
    pub event: f32,
    /// Probability that it is a cue of speech that tells none.
    pub speech: f32,
    /// The acts that it may tell with their probabilities given that it tells one, best first; the least likely are left out.
    pub acts: Vec<(CompactString, f32)>,
    /// Probability of every status, in the order of [`Status::ALL`].
    pub status: [f32; Status::ALL.len()],
    /// Contexts with their probabilities, in the order of the ontology; the least likely are left out.
    pub contexts: Vec<(CompactString, f32)>,
    /// For every role, in the order of [`FrameRole::ALL`], and every word of the sentence: the log odds that the word is inside a span of it.
    pub inside: Vec<f32>,
}

impl Frame {
    /// Log odds that a token of the sentence is inside a span of the role.
    pub fn inside(&self, role: FrameRole, token: TokenId) -> f32 {
        let words = self.inside.len() / FrameRole::ALL.len();
        let word = token.0.checked_sub(self.first.0).map(|w| w as usize).filter(|&w| w < words);
        word.map_or(f32::NEG_INFINITY, |w| self.inside[role as usize * words + w])
    }

    /// The spans of a role (half-open) in text order: the runs of words likelier inside than not.
    pub fn spans(&self, role: FrameRole) -> Vec<(TokenId, TokenId)> {
        let words = self.inside.len() / FrameRole::ALL.len();
        let odds = &self.inside[role as usize * words..(role as usize + 1) * words];
        let mut at = self.first.0;
        let mut out = vec![];
        for run in odds.chunk_by(|a, b| (*a > 0.0) == (*b > 0.0)) {
            let end = at + run.len() as u32;
            if run[0] > 0.0 {
                out.push((TokenId(at), TokenId(end)));
            }
            at = end;
        }
        out
    }

    /// The likeliest status and its probability.
    pub fn best_status(&self) -> (Status, f32) {
        let mut best = 0;
        for (index, p) in self.status.iter().enumerate() {
            if *p > self.status[best] {
                best = index;
            }
        }
        (Status::ALL[best], self.status[best])
    }
}
