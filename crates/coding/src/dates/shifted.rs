//! The part of the grammar that reads a unit, a name or a season behind "last", "this", "next" and their like.

use super::calendar::{self, Unit};
use super::expr::{Expr, Part, Shift};
use super::grammar::Grammar;
use super::stretches::season;

type Parsed = Option<(Expr, usize)>;

/// Words before "last" that make it a verb.
const VERBAL: &[&str] = &["will", "would", "to", "can", "could", "should", "may", "might", "must", "not", "ll", "shall"];

impl Grammar<'_, '_> {
    /// "last week", "this June", "the past two days", "the next day", "that night".
    pub(super) fn shifted(&self, at: usize, part: Part) -> Parsed {
        let from = self.skip(at, "the");
        let mut shift = match self.words.get(from)?.lower.as_str() {
            "last" | "past" => Shift::Last,
            "this" | "current" => Shift::This,
            "next" | "coming" | "upcoming" => Shift::Next,
            "previous" | "preceding" => Shift::Previous,
            "following" => Shift::Following,
            "same" => Shift::Same,
            "that" => Shift::Same,
            _ => return None,
        };
        let mut next = from + 1;
        if shift == Shift::Same || shift == Shift::This {
            next = self.skip(next, "same");
        }
        // "this past week" ends today, "this coming week" is the next one.
        let ended = shift == Shift::This && self.is(next, "past");
        if ended {
            next += 1;
            shift = Shift::Last;
        } else if shift == Shift::This && self.is(next, "coming") {
            next += 1;
            shift = Shift::Next;
        }
        // "stocks will last three weeks"
        let verb = self.is(from, "last") && from == at && self.any(at.wrapping_sub(1), VERBAL);
        if verb && self.counted_units(next).is_some() {
            return None;
        }
        let anaphoric = matches!(shift, Shift::Previous | Shift::Following | Shift::Same);
        let word = self.words.get(next)?;
        if self.any(next, &["morning", "afternoon", "evening", "night"]) && !(shift == Shift::Last && self.is(next + 1, "of")) {
            let expr = match shift {
                Shift::Last => Expr::Offset(-1),
                Shift::This => Expr::Offset(0),
                Shift::Next | Shift::Following => step(1, Unit::Day, true),
                Shift::Previous => step(1, Unit::Day, false),
                Shift::Same => step(0, Unit::Day, true),
            };
            return Some((expr, next + 1));
        }
        if word.is("weekend") {
            return Some((Expr::Weekend(Some(shift)), next + 1));
        }
        if self.nth_weekday(from).is_some() {
            return None;
        }
        if let Some(found) = self.weekday(next, Some(shift)) {
            return Some(found);
        }
        if let Some((month, false)) = calendar::month(&word.lower)
            && word.is_capitalised()
        {
            return Some((Expr::Month { month, year: None, shift: Some(shift), part }, next + 1));
        }
        if let Some((Expr::Holiday { day, .. }, end)) = self.holiday(next) {
            return Some((Expr::Holiday { day, year: None, shift: Some(shift) }, end));
        }
        if let Some((month, count)) = season(&word.lower).filter(|_| !self.words[next].is_capitalised()) {
            return Some((Expr::Stretch { month, count, year: None, shift: Some(shift) }, next + 1));
        }
        if let Some((n, unit, end)) = self.counted_units(next) {
            // "the last six months of 2023", "the last two weeks of April" are counted within those.
            let month = self.words.get(end + 1).is_some_and(|w| w.is_capitalised() && calendar::month(&w.lower).is_some());
            let feast = self.is(end, "of") && self.is(end + 1, "ramadan");
            if self.is(end, "of") && (month || feast || self.plausible_year(end + 1).is_some() || self.of_unit(end).is_some()) {
                return None;
            }
            // "this years" and a bare "last years" are slips for something else.
            if shift == Shift::This && !ended || n.is_none() && (shift == Shift::This || (shift == Shift::Last && from == at)) {
                return None;
            }
            return Some(match shift {
                Shift::Last | Shift::This => (Expr::Window { n, unit, future: false }, end),
                Shift::Next => (Expr::Window { n, unit, future: true }, end),
                _ => (Expr::Duration { n, unit }, end),
            });
        }
        if word.is("quarter") && !self.any(next + 1, &["of", "century", "final", "finals"]) && !self.dash(next + 1) {
            return Some((Expr::Quarter(shift), next + 1));
        }
        let (unit, false) = self.unit(next)? else { return None };
        if word.is("fortnight") && matches!(shift, Shift::Last | Shift::Next) {
            return Some((Expr::Window { n: Some(2), unit, future: shift == Shift::Next }, next + 1));
        }
        if matches!(unit, Unit::Minute | Unit::Hour) || (self.is(next + 1, "of") && !anaphoric) {
            // "the last day of the talks" counts within something that is no date.
            return None;
        }
        // "within the next month", "over the last year" count from the report.
        let whole = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
        let counts = whole && from > at && matches!(self.before(at), "in" | "over" | "within" | "during" | "for");
        let expr = match (shift, unit) {
            // "in the coming week" is the next one.
            (Shift::Last | Shift::Next, _)
                if counts
                    && !(unit == Unit::Week && self.is(from, "coming"))
                    && self.any(from, &["last", "past", "next", "coming"]) =>
            {
                Expr::Window { n: Some(1), unit, future: shift == Shift::Next }
            }
            (Shift::Next, Unit::Day) | (Shift::Following, _) => step(1, unit, true),
            (Shift::Last, Unit::Day) => return None,
            (Shift::Last, _) if ended || self.is(from, "past") => Expr::Window { n: Some(1), unit, future: false },
            (Shift::Previous, _) => step(1, unit, false),
            (Shift::Same, _) => step(0, unit, true),
            // "this year so far"
            (Shift::This, _) if self.is(next + 1, "so") && self.is(next + 2, "far") => {
                return Some((Expr::Unit { unit, shift, part: Part::SoFar }, next + 3));
            }
            _ => Expr::Unit { unit, shift, part },
        };
        Some((expr, next + 1))
    }
}

fn step(n: u32, unit: Unit, later: bool) -> Expr {
    Expr::Anaphor { n: Some(n), unit, later, open: false, counted: false }
}
