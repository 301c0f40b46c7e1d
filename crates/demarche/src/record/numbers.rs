//! The records of numbers: those of an event, and facts.

use demarche_records::Number;
use demarche_types::{
    Comparison, DateBasis, DatePrecision, Direction, Fact, Figure, FigureKind, Hedge, Magnitude, NumberUnit, Quantity,
};
use jiff::civil::Date;
use serde::Serialize;

use super::{ArticleRecord, AttributionRecord, PartyRecord, Recorder};

/// Numbers told with an event: of each kind the best single number, and in `figures` every number as it is told.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are named after the kinds")]
pub struct MagnitudeRecord<'a> {
    pub dead: Option<Number>,
    pub injured: Option<Number>,
    pub size: Option<Number>,
    pub missing: Option<Number>,
    pub arrested: Option<Number>,
    pub kidnapped: Option<Number>,
    pub displaced: Option<Number>,
    pub troops: Option<Number>,
    pub money: Option<Number>,
    /// Currency of `money`.
    pub currency: Option<&'a str>,
    pub figures: Vec<FigureRecord<'a>>,
}

/// A number of an event.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Figure` and `Quantity`")]
pub struct FigureRecord<'a> {
    pub kind: FigureKind,
    pub value: Number,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub hedge: Option<Hedge>,
    pub unit: &'a str,
    /// One of several groups that are added.
    pub part: bool,
    pub source: Option<AttributionRecord<'a>>,
    pub text: &'a str,
    pub span: [u32; 2],
}

/// Something that the text states in a number.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Fact` and `Quantity`")]
pub struct FactRecord<'a> {
    pub id: String,
    pub article: ArticleRecord<'a>,
    pub subject: PartyRecord<'a>,
    /// What is measured or counted, in words.
    pub measure: &'a str,
    pub value: Number,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub hedge: Option<Hedge>,
    pub unit: &'a str,
    /// What it counts, of casualties that no coded event has.
    pub kind: Option<FigureKind>,
    pub comparison: Option<ComparisonRecord>,
    pub period: Option<PeriodRecord<'a>>,
    pub source: Option<AttributionRecord<'a>>,
    /// The words of the number.
    pub text: &'a str,
    pub span: [u32; 2],
    /// The sentence.
    pub sentence: [u32; 2],
    /// How the subject was found.
    pub rule: &'a str,
}

/// What a number has to do with an earlier one.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ComparisonRecord {
    /// Whether it grew or fell.
    pub direction: Direction,
    /// `by` where the number is the difference, `to` where it is the new level.
    pub told: &'static str,
    /// The earlier level.
    pub from: Option<Number>,
}

/// The time that a number holds for.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of an event's date")]
pub struct PeriodRecord<'a> {
    pub date: Option<Date>,
    pub enddate: Option<Date>,
    pub precision: Option<DatePrecision>,
    pub basis: DateBasis,
    pub text: Option<&'a str>,
}

impl<'a> Recorder<'a> {
    /// A fact.
    pub fn fact(&self, fact: &'a Fact) -> FactRecord<'a> {
        let (period, quantity) = (&fact.period, &fact.quantity);
        let known = period.start.or(period.end).is_some() || period.span.is_some();
        FactRecord {
            id: self.id("fact", &[fact.span]),
            article: self.article(),
            subject: self.party(&fact.subject),
            measure: self.words(fact.measure),
            value: Number(quantity.value),
            low: quantity.low.map(Number),
            high: quantity.high.map(Number),
            hedge: quantity.hedge,
            unit: &fact.unit.0,
            kind: fact.kind,
            comparison: fact.comparison.map(|c| ComparisonRecord {
                direction: c.direction,
                told: if c.by { "by" } else { "to" },
                from: c.from.map(Number),
            }),
            period: known.then(|| PeriodRecord {
                date: period.start,
                enddate: period.end,
                precision: period.start.or(period.end).map(|_| period.precision),
                basis: period.basis,
                text: period.span.map(|span| self.words(span)),
            }),
            source: fact.source.as_ref().map(|a| self.attribution(a)),
            text: self.words(fact.span),
            span: self.span(fact.span),
            sentence: self.span(self.document.sentences[fact.sentence.index()].span),
            rule: fact.rule,
        }
    }

    pub(super) fn magnitude(&self, magnitude: &'a Magnitude) -> MagnitudeRecord<'a> {
        let best = |kind| magnitude.best(kind).map(Number);
        MagnitudeRecord {
            dead: best(FigureKind::Dead),
            injured: best(FigureKind::Injured),
            size: best(FigureKind::Size),
            missing: best(FigureKind::Missing),
            arrested: best(FigureKind::Arrested),
            kidnapped: best(FigureKind::Kidnapped),
            displaced: best(FigureKind::Displaced),
            troops: best(FigureKind::Troops),
            money: best(FigureKind::Money),
            currency: magnitude.of(FigureKind::Money).next().map(|f| f.unit.0.as_str()),
            figures: magnitude.figures.iter().map(|f| self.figure(f)).collect(),
        }
    }

    fn figure(&self, figure: &'a Figure) -> FigureRecord<'a> {
        FigureRecord {
            kind: figure.kind,
            value: Number(figure.quantity.value),
            low: figure.quantity.low.map(Number),
            high: figure.quantity.high.map(Number),
            hedge: figure.quantity.hedge,
            unit: &figure.unit.0,
            part: figure.part,
            source: figure.source.as_ref().map(|a| self.attribution(a)),
            text: self.words(figure.span),
            span: self.span(figure.span),
        }
    }
}

/// A number with its bounds and unit in words: "at least 12", "12 to 15", "2,500,000 EUR". Persons are counted without a unit.
pub fn amount_words(quantity: &Quantity, unit: &NumberUnit) -> String {
    let value = digits(quantity.value);
    let number = match (quantity.hedge, quantity.low, quantity.high) {
        (Some(Hedge::AtLeast), ..) => format!("at least {value}"),
        (Some(Hedge::MoreThan), ..) => format!("more than {value}"),
        (Some(Hedge::AtMost), ..) => format!("up to {value}"),
        (Some(Hedge::LessThan), ..) => format!("fewer than {value}"),
        (Some(Hedge::Nearly), ..) => format!("nearly {value}"),
        (Some(Hedge::About), ..) => format!("about {value}"),
        (Some(Hedge::Vague), ..) => format!("{value} or more"),
        (None, Some(low), Some(high)) if low < high => format!("{} to {}", digits(low), digits(high)),
        (None, ..) => value,
    };
    match unit.0.as_str() {
        "person" => number,
        "percent" => format!("{number} %"),
        unit => format!("{number} {unit}"),
    }
}

/// A comparison in words: "up by", "down to", with the earlier level where told.
pub fn change_words(comparison: &Comparison) -> String {
    let direction = match comparison.direction {
        Direction::Rise => "up",
        Direction::Fall => "down",
    };
    let from = comparison.from.map_or_else(String::new, |from| format!(" from {}", digits(from)));
    format!("{direction}{from} {}", if comparison.by { "by" } else { "to" })
}

/// A number with separators of thousands.
fn digits(value: f64) -> String {
    let plain = value.to_string();
    let (whole, decimals) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, decimals)| (whole, Some(decimals)));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    decimals.map_or(out.clone(), |decimals| format!("{out}.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_with_their_bounds() {
        let words =
            |value, low, high, hedge, unit: &str| amount_words(&Quantity { value, low, high, hedge }, &NumberUnit(unit.into()));
        assert_eq!(words(1200.0, Some(1200.0), Some(1200.0), None, "person"), "1,200");
        assert_eq!(words(12.0, Some(12.0), None, Some(Hedge::AtLeast), "person"), "at least 12");
        assert_eq!(words(12.0, Some(12.0), Some(15.5), None, "percent"), "12 to 15.5 %");
        assert_eq!(words(2_500_000.0, Some(2_500_000.0), Some(2_500_000.0), None, "EUR"), "2,500,000 EUR");
    }
}
