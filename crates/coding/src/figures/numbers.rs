//! The grammar of numbers: figures and words, scales, ranges, parts of a whole, hedges, currencies and units.

use std::ops::Range;
use std::sync::LazyLock;

use compact_str::{CompactString, format_compact};
use demarche_types::{Document, Hedge, Quantity, Sentence, TokenId};

use super::tables::{self, Class};
use super::words::Word;
use crate::dates::{cardinal, cardinals};

/// A number as it stands in the text. Indices are those of the words of its sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// Its words with hedge, currency and unit.
    pub(super) words: Range<usize>,
    /// The number alone.
    pub(super) core: Range<usize>,
    pub(super) quantity: Quantity,
    /// What stands beside it as unit, before a currency is chosen.
    pub(super) unit: Option<Unit>,
    /// A bare run of digits without separators, hedge, scale or unit: perhaps a name.
    pub(super) bare: bool,
    /// A hyphen joins it to the next word ("290-seat").
    pub(super) modifies: bool,
}

/// A unit beside a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A measure or a currency that is known.
    Known(CompactString),
    /// A currency of several countries, as the table has it.
    Money(&'static str),
}

/// Every number of a sentence, in order.
pub(super) fn scan(words: &[Word]) -> Vec<Number> {
    let (mut found, mut at) = (vec![], 0);
    while at < words.len() {
        match number(words, at) {
            Some(number) => {
                at = number.words.end.max(at + 1);
                found.push(number);
            }
            None => at += skipped(words, at),
        }
    }
    found
}

/// Words other than digits that can begin a number, in order.
static BEGIN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    const CLASSES: [Class; 5] = [Class::Plural, Class::Few, Class::Share, Class::Group, Class::Scale];
    let mut words: Vec<&str> = tables::first_words(&CLASSES).chain(cardinals()).collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// Whether a sentence can have a number at all. Most have none, and this is asked of all.
pub(super) fn may_have(doc: &Document<'_>, sentence: &Sentence) -> bool {
    let text = sentence.span.of(doc.text());
    text.bytes().any(|b| b.is_ascii_digit())
        || sentence.tokens.clone().map(TokenId).any(|token| {
            let form = doc.form(token).as_bytes();
            let order = |word: &str| word.bytes().cmp(form.iter().map(u8::to_ascii_lowercase));
            BEGIN.binary_search_by(|word| order(word)).is_ok()
        })
}

/// How many words to go on by where no number begins: a run of digits that are no number is passed over whole, so that no part of it is
/// taken for one ("2-1", "0800 555 0199").
fn skipped(words: &[Word], at: usize) -> usize {
    if !words[at].begins_with_digit() {
        return 1;
    }
    let joins = |n: usize| words[n].begins_with_digit() && (n == at || words[n - 1].begins_with_digit() || words[n].glued);
    let dash =
        |n: usize| words[n].is_dash() && words[n].glued && words.get(n + 1).is_some_and(|w| w.begins_with_digit() && w.glued);
    (at..words.len()).take_while(|&n| joins(n) || dash(n)).count().max(1)
}

fn number(words: &[Word], at: usize) -> Option<Number> {
    if words[at].is("between") {
        return between(words, at);
    }
    let hedge = tables::at(words, at, &[Class::Hedge]);
    let mut from = at + hedge.map_or(0, tables::Row::len);
    // "at least some 300"
    if let Some(second) = tables::at(words, from, &[Class::Hedge]).filter(|_| hedge.is_some()) {
        from += second.len();
    }
    let sign = tables::sign(words, from);
    let core = from + sign.map_or(0, |(len, _)| len);
    let first = amount(words, core, sign.is_some())?;
    let (quantity, end) = match range(words, &first, sign.is_some()) {
        Some(Some((low, high, end))) => (Quantity { value: low, low: Some(low), high: Some(high), hedge: None }, end),
        // Digits joined to lower ones are a score or a part of a name.
        Some(None) => return None,
        None => (first.quantity(), first.end),
    };
    let quantity = hedge.map_or(quantity, |row| hedged(quantity, row.value));
    finish(words, at, core, end, quantity, &first, sign.map(|(_, unit)| unit), hedge.is_some())
}

/// "between 12 and 15", "between $3bn and $4bn".
fn between(words: &[Word], at: usize) -> Option<Number> {
    let sign = tables::sign(words, at + 1);
    let core = at + 1 + sign.map_or(0, |(len, _)| len);
    let first = amount(words, core, sign.is_some())?;
    // "between 20 percent and 25 percent"
    let unit = tables::at(words, first.end, &[Class::Unit, Class::Rate, Class::Money]).map_or(0, tables::Row::len);
    let and = first.end + unit;
    words.get(and).filter(|w| w.is("and"))?;
    let second_sign = tables::sign(words, and + 1).map_or(0, |(len, _)| len);
    let second = amount(words, and + 1 + second_sign, sign.is_some())?;
    let low = if second.scale > 0 && first.scale == 0 { first.scaled(second.scale) } else { first.value() };
    let high = second.value();
    if low >= high {
        return None;
    }
    let quantity = Quantity { value: low, low: Some(low), high: Some(high), hedge: None };
    finish(words, at, core, second.end, quantity, &second, sign.map(|(_, unit)| unit), true)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one number, taken together once")]
fn finish(
    words: &[Word],
    start: usize,
    core: usize,
    end: usize,
    quantity: Quantity,
    amount: &Amount,
    sign: Option<&'static str>,
    hedged_before: bool,
) -> Option<Number> {
    let mut out = Number { words: start..end, core: core..end, quantity, unit: None, bare: false, modifies: false };
    let word_glued = |n: usize| words.get(n).is_some_and(|w| w.glued && w.lower.starts_with(char::is_alphabetic));
    let dash = words.get(end).is_some_and(|w| w.is_dash() && w.glued) && word_glued(end + 1);
    // "millions of dollars"
    let of = amount.plural && words.get(end).is_some_and(|w| w.is("of"));
    let behind_dash = end + usize::from(dash || of);
    if amount.share {
        out.unit = Some(Unit::Known("percent".into()));
    } else if let Some(sign) = sign {
        out.unit = Some(money(sign));
        out.words.end = per_thing(words, end);
    } else if let Some(row) = tables::at(words, behind_dash, &[Class::Unit, Class::Rate, Class::Money]) {
        let after = behind_dash + row.len();
        out.words.end = after;
        out.unit = Some(match row.class {
            Class::Money => {
                out.words.end = per_thing(words, after);
                money(row.value)
            }
            Class::Rate => match rate(words, after) {
                Some((period, end)) => {
                    out.words.end = end;
                    Unit::Known(format_compact!("{}-a-{period}", row.value))
                }
                None => Unit::Known(row.value.into()),
            },
            _ => Unit::Known(row.value.into()),
        });
    } else if word_glued(end) && amount.digits && amount.scale == 0 {
        // "5th", "20mm": digits with letters that are no unit.
        return None;
    }
    out.modifies = dash;
    for n in out.words.end..(out.words.end + 3).min(words.len()) {
        if let Some(row) = tables::at(words, n, &[Class::Behind]) {
            out.quantity = hedged(out.quantity, row.value);
            out.words.end = if n == out.words.end { n + row.len() } else { out.words.end };
            break;
        }
        if !words[n].lower.starts_with(char::is_alphabetic) {
            break;
        }
    }
    out.bare = amount.digits && amount.scale == 0 && !amount.separated && !hedged_before && out.unit.is_none();
    Some(out)
}

fn money(value: &'static str) -> Unit {
    if value.contains(':') { Unit::Money(value) } else { Unit::Known(value.into()) }
}

/// "a barrel", "per tonne": what a price is for stays outside the unit, but belongs to the words.
fn per_thing(words: &[Word], at: usize) -> usize {
    let per = words.get(at).is_some_and(|w| w.is("a") || w.is("per") || w.is("an"));
    match tables::at(words, at + 1, &[Class::Unit, Class::Rate]).filter(|_| per) {
        Some(row) => at + 1 + row.len(),
        None => at,
    }
}

/// "a day", "per year", "daily" behind a unit, or behind "of oil" after it.
fn rate(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    const PERIODS: [(&str, &str); 7] = [
        ("second", "second"),
        ("minute", "minute"),
        ("hour", "hour"),
        ("day", "day"),
        ("week", "week"),
        ("month", "month"),
        ("year", "year"),
    ];
    const ADVERBS: [(&str, &str); 5] =
        [("daily", "day"), ("weekly", "week"), ("monthly", "month"), ("annually", "year"), ("yearly", "year")];
    let of = words.get(at).is_some_and(|w| w.is("of"));
    // What is measured takes three words at most ("of crude oil").
    for n in at..words.len().min(at + if of { 5 } else { 1 }) {
        if let Some((_, period)) = ADVERBS.iter().find(|(adverb, _)| words[n].is(adverb)) {
            return Some((period, n + 1));
        }
        let each = ["a", "an", "per", "each", "every"].iter().any(|w| words[n].is(w));
        let next = words.get(n + 1)?;
        if let Some((_, period)) = PERIODS.iter().find(|(word, _)| each && next.is(word)) {
            return Some((period, n + 2));
        }
    }
    None
}

/// What a hedge makes of a number.
fn hedged(quantity: Quantity, hedge: &str) -> Quantity {
    let value = quantity.value;
    let (low, high, hedge) = match hedge {
        "at-least" => (Some(value), None, Hedge::AtLeast),
        "more-than" => (Some(value), None, Hedge::MoreThan),
        "at-most" => (None, Some(quantity.high.unwrap_or(value)), Hedge::AtMost),
        "less-than" => (None, Some(value), Hedge::LessThan),
        "nearly" => (None, Some(value), Hedge::Nearly),
        _ => (None, None, Hedge::About),
    };
    // "some dozens", "about 12 to 15": what bounds it already stays.
    if quantity.hedge == Some(Hedge::Vague) || quantity.low != quantity.high && hedge == Hedge::About {
        return quantity;
    }
    Quantity { value, low, high, hedge: Some(hedge) }
}

/// The two ends of a range behind an amount, and where it ends. `Some(None)` where something is joined to it that makes it no number.
fn range(words: &[Word], first: &Amount, money: bool) -> Option<Option<(f64, f64, usize)>> {
    if first.share || first.plural {
        return None;
    }
    let joint = words.get(first.end)?;
    let dash = joint.is_dash() && joint.glued;
    if !(dash || joint.is("to") || joint.is("or")) {
        return None;
    }
    let sign = tables::sign(words, first.end + 1).filter(|_| money).map_or(0, |(len, _)| len);
    let next = words.get(first.end + 1)?;
    let second = amount(words, first.end + 1 + sign, money).filter(|a| !a.share && !a.plural && (!dash || next.glued))?;
    let low = if second.scale > 0 && first.scale == 0 { first.scaled(second.scale) } else { first.value() };
    let high = second.value();
    match (low < high, dash) {
        (true, _) => Some(Some((low, high, second.end))),
        (false, true) if first.digits => Some(None),
        (false, _) => None,
    }
}

/// One amount without hedge, currency and unit: a decimal, so that "1.1 million" is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Amount {
    digits_value: u64,
    /// Power of ten of the last digit.
    exponent: i32,
    /// Power of ten that words behind the number told.
    scale: i32,
    end: usize,
    /// Written in digits.
    digits: bool,
    /// With a separator of thousands or of decimals.
    separated: bool,
    /// A part of a whole, in hundredths of a percent.
    share: bool,
    /// A plural that tells no number.
    plural: bool,
}

impl Amount {
    fn value(&self) -> f64 {
        self.scaled(0)
    }

    /// The value with a scale that stands behind a later number.
    fn scaled(&self, more: i32) -> f64 {
        let exponent = self.exponent + more;
        let power = 10u64.checked_pow(exponent.unsigned_abs()).unwrap_or(u64::MAX) as f64;
        let value = self.digits_value as f64;
        if exponent < 0 { value / power } else { value * power }
    }

    fn quantity(&self) -> Quantity {
        let value = self.value();
        if self.plural {
            Quantity { value, low: Some(value), high: None, hedge: Some(Hedge::Vague) }
        } else {
            Quantity { value, low: Some(value), high: Some(value), hedge: None }
        }
    }

    fn small(value: u64, end: usize) -> Self {
        Self { digits_value: value, exponent: 0, scale: 0, end, digits: false, separated: false, share: false, plural: false }
    }

    /// `parts` of `whole` in percent, to two decimals.
    fn share(parts: u64, whole: u64, end: usize) -> Self {
        let hundredths = (parts * 10_000 + whole / 2) / whole;
        Self { exponent: -2, share: true, ..Self::small(hundredths, end) }
    }
}

fn amount(words: &[Word], at: usize, money: bool) -> Option<Amount> {
    let word = words.get(at)?;
    if let Some(row) = tables::at(words, at, &[Class::Plural]) {
        return plural(words, at, row.value.parse().ok()?);
    }
    if let Some(row) = tables::at(words, at, &[Class::Few]) {
        let next = at + row.len();
        let scale = tables::at(words, next, &[Class::Scale, Class::Group])?;
        let unit = if scale.class == Class::Scale { power(scale.value)? } else { scale.value.parse().ok()? };
        let more = tables::at(words, next + 1, &[Class::Scale]).filter(|_| unit < 1000);
        let unit = unit * more.and_then(|row| power(row.value)).unwrap_or(1);
        let end = next + 1 + usize::from(more.is_some());
        return Some(Amount { plural: true, ..Amount::small(2 * unit, end) });
    }
    let article = word.is("a") || word.is("an");
    if article || word.is("one") {
        // "a dozen", "a hundred", "a quarter of"
        if let Some(row) = tables::at(words, at + 1, &[Class::Group]) {
            return scale(words, Amount::small(row.value.parse().ok()?, at + 2), money);
        }
        if let Some(found) = share(words, at + 1, 1) {
            return Some(found);
        }
        if article && tables::at(words, at + 1, &[Class::Scale]).is_some_and(|row| row.first_is_word()) {
            return scale(words, Amount::small(1, at + 1), money);
        }
    }
    if word.is("half") {
        // "half a million" is half of a scale.
        if words.get(at + 1).is_some_and(|w| w.is("a"))
            && let Some(row) = tables::at(words, at + 2, &[Class::Scale, Class::Group])
        {
            let unit = if row.class == Class::Scale { power(row.value)? } else { row.value.parse().ok()? };
            return Some(Amount::small(unit / 2, at + 3));
        }
        // "half a percent"
        if words.get(at + 1).is_some_and(|w| w.is("a")) && tables::at(words, at + 2, &[Class::Unit, Class::Rate]).is_some() {
            return Some(Amount { exponent: -1, ..Amount::small(5, at + 2) });
        }
        return share(words, at, 1);
    }
    if word.begins_with_digit() {
        let mut found = digits(&word.lower, at + 1)?;
        // A phone number is a run of digits that stand apart.
        let next = words.get(at + 1).is_some_and(|w| w.begins_with_digit() && !w.glued);
        let before = at > 0 && (words[at - 1].begins_with_digit() || words[at - 1].lower.starts_with('+'));
        if next || before && !words[at - 1].is_dash() {
            return None;
        }
        if let Some(part) = one_in(words, at + 1, found.digits_value).filter(|_| !found.separated) {
            return Some(part);
        }
        found.end = at + 1;
        return scale(words, found, money);
    }
    let (mut value, mut end) = (u64::from(cardinal(&word.lower)?), at + 1);
    // "twenty-five", in one word or three.
    let joint = usize::from(words.get(end).is_some_and(Word::is_dash));
    if (20..100).contains(&value)
        && let Some(ones) = words.get(end + joint).and_then(|w| cardinal(&w.lower)).filter(|n| (1..10).contains(n))
    {
        value += u64::from(ones);
        end += joint + 1;
    }
    if let Some(part) = one_in(words, end, value) {
        return Some(part);
    }
    let joint = usize::from(words.get(end).is_some_and(Word::is_dash));
    if let Some(part) = share(words, end + joint, value) {
        return Some(part);
    }
    if let Some(row) = tables::at(words, end, &[Class::Group]) {
        return Some(Amount::small(value * row.value.parse::<u64>().ok()?, end + 1));
    }
    let found = scale(words, Amount::small(value, end), money)?;
    // "One" alone is a pronoun or an article more often than a number.
    (value != 1 || found.scale > 0 || money).then_some(found)
}

/// "in five", "out of ten" behind a small number.
fn one_in(words: &[Word], at: usize, parts: u64) -> Option<Amount> {
    let out_of = words.get(at).is_some_and(|w| w.is("out")) && words.get(at + 1).is_some_and(|w| w.is("of"));
    let next = if out_of {
        at + 2
    } else if words.get(at).is_some_and(|w| w.is("in") || w.is("of")) && (parts < 10) {
        at + 1
    } else {
        return None;
    };
    let word = words.get(next)?;
    let every = words.get(at).is_some_and(|w| w.is("in"));
    let whole = cardinal(&word.lower).map(u64::from).or_else(|| word.lower.parse().ok())?;
    // "one of two" is a count, "one in two" a share; the number of a year or a day is neither.
    let noun = words.get(next + 1).is_some_and(|w| w.lower.starts_with(char::is_alphabetic) && !w.glued);
    let period = words
        .get(next + 1)
        .is_some_and(|w| ["day", "week", "month", "year", "hour", "decade"].iter().any(|p| w.lower.starts_with(p)));
    (parts > 0 && parts < whole && whole <= 100 && (every || out_of) && noun && !period)
        .then(|| Amount::share(parts, whole, next + 1))
}

/// "half of", "thirds of", "quarter of": a part of a whole that the text goes on to name.
fn share(words: &[Word], at: usize, parts: u64) -> Option<Amount> {
    let row = tables::at(words, at, &[Class::Share])?;
    let whole: u64 = row.value.parse().ok()?;
    let names = words.get(at + 1).is_some_and(|w| w.is("of"))
        || whole == 2 && !(at > 0 && words[at - 1].is("at")) && words.get(at + 1).is_some_and(|w| ["the", "its", "their", "all", "his", "her"].iter().any(|d| w.is(d)))
        // "fell by a quarter in January", "fell by a third"
        || at >= 2 && words[at - 2].is("by")
        || at >= 2 && words[at - 1].is_dash() && at >= 3 && words[at - 3].is("by");
    (names && parts <= whole).then(|| Amount::share(parts, whole, at + 1))
}

/// "dozens", "tens of thousands".
fn plural(words: &[Word], at: usize, least: u64) -> Option<Amount> {
    let of = words.get(at + 1).is_some_and(|w| w.is("of"));
    let more = tables::at(words, at + 2, &[Class::Plural]).filter(|_| of).and_then(|row| row.value.parse::<u64>().ok());
    let found = match more.filter(|more| *more >= 2000) {
        Some(more) => Amount::small(least.checked_mul(more / 2)?, at + 3),
        None => Amount::small(least, at + 1),
    };
    Some(Amount { plural: true, ..found })
}

/// The scales behind a number: "hundred and fifty", "hundred thousand", "million".
fn scale(words: &[Word], mut found: Amount, money: bool) -> Option<Amount> {
    while let Some(row) = tables::at(words, found.end, &[Class::Scale]) {
        let exponent: i32 = row.value.parse().ok()?;
        let short = row.len() == 1 && words[found.end].lower.len() == 1;
        // "300 m" is a distance, "300m" behind a currency is not.
        let measured = || tables::at(words, found.end + 1, &[Class::Unit, Class::Rate, Class::Person]).is_some();
        if short && !(words[found.end].glued && (money || measured())) || found.scale + exponent > 15 {
            break;
        }
        (found.exponent, found.scale, found.end) = (found.exponent + exponent, found.scale + exponent, found.end + 1);
        if exponent == 2 && found.exponent == 2 {
            let and = usize::from(words.get(found.end).is_some_and(|w| w.is("and")));
            if let Some(rest) = small(words, found.end + and) {
                found = Amount { digits_value: found.digits_value * 100 + rest.0, exponent: 0, end: rest.1, ..found };
            }
        }
    }
    Some(found)
}

/// A number below a hundred in words.
fn small(words: &[Word], at: usize) -> Option<(u64, usize)> {
    let value = u64::from(cardinal(&words.get(at)?.lower)?);
    let joint = usize::from(words.get(at + 1).is_some_and(Word::is_dash));
    let ones = words.get(at + 1 + joint).and_then(|w| cardinal(&w.lower)).filter(|n| (1..10).contains(n) && value >= 20);
    Some(ones.map_or((value, at + 1), |ones| (value + u64::from(ones), at + 2 + joint)))
}

/// Digits with separators: "1,234.5". A leading zero before another digit begins a code, not a number.
fn digits(form: &str, end: usize) -> Option<Amount> {
    let (whole, decimals) = form.split_once('.').unwrap_or((form, ""));
    let plain: String = whole.chars().filter(|c| *c != ',').chain(decimals.chars()).collect();
    let groups_fit = whole.split(',').skip(1).all(|group| group.len() == 2 || group.len() == 3);
    let coded = whole.len() > 1 && whole.starts_with('0');
    if plain.len() > 15 || coded || !groups_fit || form.ends_with(['.', ',']) || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = plain.parse().ok()?;
    let separated = form.contains([',', '.']);
    Some(Amount { exponent: -(decimals.len() as i32), digits: true, separated, ..Amount::small(value, end) })
}

fn power(exponent: &str) -> Option<u64> {
    10u64.checked_pow(exponent.parse().ok()?)
}
