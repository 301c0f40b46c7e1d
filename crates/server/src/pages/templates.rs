//! Templates: Jinja2 as `minijinja` has it, escaped for HTML.

use std::path::PathBuf;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value as Shown};
use minijinja::{Environment, UndefinedBehavior};
use serde_json::Value;

use crate::assets;
use crate::fault::Fault;
use crate::labels::Labels;
use crate::params;

/// The templates that ship, or those of a folder, which are read anew for each page.
pub(crate) struct Templates {
    folder: Option<PathBuf>,
    labels: Arc<Labels>,
    ready: Environment<'static>,
}

impl Templates {
    pub(crate) fn new(folder: Option<PathBuf>, labels: &Arc<Labels>) -> Self {
        Self { ready: environment(folder.clone(), Arc::clone(labels)), labels: Arc::clone(labels), folder }
    }

    pub(crate) fn render(&self, name: &str, context: &Value) -> Result<String, Fault> {
        let fresh = self.folder.is_some().then(|| environment(self.folder.clone(), Arc::clone(&self.labels)));
        let environment = fresh.as_ref().unwrap_or(&self.ready);
        let failed = |error: minijinja::Error| Fault::internal(format!("the page {name} cannot be made: {error:#}"));
        environment
            .get_template(&format!("{name}.html"))
            .and_then(|template| template.render(Shown::from(Serde(context))))
            .map_err(failed)
    }
}

fn environment(folder: Option<PathBuf>, labels: Arc<Labels>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_loader(move |name| {
        let bytes = assets::file(folder.as_ref(), &format!("templates/{name}"));
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    });
    environment.add_filter("label", move |value: &Shown, field: Option<String>| {
        labels.label(field.as_deref().unwrap_or("code"), &text_of(value))
    });
    environment.add_filter("visible", |value: &Shown| visible(&text_of(value)));
    environment.add_filter("thousands", |value: &Shown| thousands(value));
    environment.add_filter("day", |value: &Shown| day(&text_of(value)));
    environment.add_function("url_with", |query: &str, name: &str, value: &Shown| params::with(query, name, &text_of(value)));
    environment.add_function("url_set", |query: &str, name: &str, value: &Shown| params::set(query, name, &text_of(value)));
    environment.add_function("url_without", |query: &str, name: &str, value: Option<&Shown>| {
        params::without(query, name, &value.map_or_else(String::new, text_of))
    });
    environment
}

fn text_of(value: &Shown) -> String {
    if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() }
}

/// Characters that change the direction of text, or are not seen, shown as marks.
fn visible(text: &str) -> String {
    let mark = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' => {
            Some(format!("[U+{:04X}]", u32::from(c)))
        }
        '\n' | '\t' => None,
        c if c.is_control()
            || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}') =>
        {
            Some(format!("[U+{:04X}]", u32::from(c)))
        }
        _ => None,
    };
    if !text.chars().any(|c| mark(c).is_some()) {
        return text.to_owned();
    }
    text.chars().map(|c| mark(c).unwrap_or_else(|| c.to_string())).collect()
}

fn thousands(value: &Shown) -> String {
    let text = text_of(value);
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.filter(|rest| rest.bytes().any(|byte| byte != b'0')).map_or_else(String::new, |rest| format!(".{rest}"));
    format!("{sign}{grouped}{rest}")
}

/// 2025-06-25 as 25 June 2025.
fn day(text: &str) -> String {
    text.get(..10)
        .and_then(|day| day.parse::<jiff::civil::Date>().ok())
        .map_or_else(|| text.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_marked() {
        assert_eq!(visible("a\u{202e}b\u{0007}\n"), "a[U+202E]b[U+0007]\n");
    }

    #[test]
    fn numbers_and_days_are_written_for_people() {
        assert_eq!(thousands(&Shown::from(1_234_567)), "1,234,567");
        assert_eq!(thousands(&Shown::from(-12.5)), "-12.5");
        assert_eq!(thousands(&Shown::from(1000.0)), "1,000");
        assert_eq!(day("2025-06-05"), "5 June 2025");
        assert_eq!(day("soon"), "soon");
    }
}
