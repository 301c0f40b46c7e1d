//! Things worth telling that are not errors: bad text never stops a batch.

use serde::{Deserialize, Serialize};

use crate::Span;

/// How serious a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the result is whole.
    Note,
    /// Something was repaired or left out; the result may be poorer.
    Warning,
}

/// One remark about an input, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How serious it is.
    pub severity: Severity,
    /// What happened, in a sentence.
    pub message: String,
    /// Where in the source, when known (bytes).
    pub span: Option<Span>,
    /// What the user can do, when there is something.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, message: message.into(), span: None, hint: None }
    }

    /// A note without a place.
    pub fn note(message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, message: message.into(), span: None, hint: None }
    }

    /// The same diagnostic, with its place.
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same diagnostic, with a next step.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
