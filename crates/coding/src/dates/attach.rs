//! Which time expression dates an event.

use demarche_types::{DateBasis, DatePrecision, Deprel, Document, EventDate, TokenId, Upos, VerbForm};
use jiff::civil::Date;

use super::{Bound, DateKind, DateMention, Dateline};
use crate::tree;

/// What [`attach`] needs to know besides the document.
#[derive(Clone, Copy, Debug)]
pub struct AttachContext<'a> {
    /// The document's time expressions, from [`super::find`].
    pub mentions: &'a [DateMention],
    /// The day of publication.
    pub published: Option<Date>,
    /// The dateline, from [`super::dateline`].
    pub dateline: Option<&'a Dateline>,
    /// The event is told as news: without a date of its own it takes the dateline's or publication's.
    pub told_as_new: bool,
    /// Other event triggers: a date that hangs on one of them is theirs.
    pub triggers: &'a [TokenId],
}

/// The date of the event that `trigger` tells.
///
/// An expression in the trigger's own clause comes first, nearest in the tree; then, for news only,
/// the dateline and the publication date; else nothing.
pub fn attach(doc: &Document<'_>, trigger: TokenId, context: &AttachContext<'_>) -> EventDate {
    if trigger.index() < doc.tokens.len()
        && let Some(mention) = choose(doc, trigger, context)
    {
        return of_mention(mention);
    }
    let dated =
        |date: Date, basis, span| EventDate { start: Some(date), end: Some(date), precision: DatePrecision::Day, basis, span };
    if context.told_as_new {
        if let Some((line, date)) = context.dateline.and_then(|d| d.date.map(|date| (d, date))) {
            return dated(date, DateBasis::Dateline, line.date_span);
        }
        if let Some(date) = context.published {
            return dated(date, DateBasis::Publication, None);
        }
    }
    EventDate { start: None, end: None, precision: DatePrecision::Vague, basis: DateBasis::Unknown, span: None }
}

/// The date that a time expression gives.
pub(crate) fn of_mention(mention: &DateMention) -> EventDate {
    EventDate {
        start: mention.start,
        end: mention.end,
        precision: mention.precision,
        // "hours after the attack" is read, but gives no day.
        basis: if mention.start.is_some() || mention.end.is_some() { DateBasis::Expression } else { DateBasis::Unknown },
        span: Some(mention.span),
    }
}

fn choose<'a>(doc: &Document<'_>, trigger: TokenId, context: &AttachContext<'a>) -> Option<&'a DateMention> {
    let sentence = doc.sentence_of(trigger);
    let with_tree = tree::has_tree(doc, trigger);
    let candidates = context.mentions.iter().filter(|m| {
        m.sentence == sentence && m.kind != DateKind::Duration && !context.dateline.is_some_and(|d| d.span.contains(m.span))
    });
    let mut best: Option<(u32, &DateMention)> = None;
    for mention in candidates {
        let Some(head) = mention.head else { continue };
        let cost = if with_tree { by_tree(doc, trigger, mention, head, context) } else { by_distance(doc, trigger, head) };
        let Some(mut cost) = cost else { continue };
        // A plain date says more than a bound, and a known one more than an unknown.
        cost += u32::from(mention.bound != Bound::At) + u32::from(mention.start.is_none() && mention.end.is_none());
        if best.is_none_or(|(b, _)| cost < b) {
            best = Some((cost, mention));
        }
    }
    best.map(|(_, mention)| mention)
}

/// Verbs that only begin, end or manage what their complement tells, so that their time is its time.
const ASPECT: &[&str] = &[
    "begin", "start", "continue", "resume", "stop", "finish", "keep", "help", "manage", "try", "attempt", "fail", "be", "have",
    "get", "appear", "seem", "happen", "use", "go", "come",
];

/// Verbs that only carry the event of their noun.
const LIGHT: &[&str] = &[
    "hold", "carry", "launch", "conduct", "begin", "start", "take", "sign", "schedule", "plan", "stage", "wage", "happen",
    "occur", "set", "reach", "make", "mount", "broker", "conclude", "convene", "host",
];

/// Verbs with a content or a cause of another time: their date is not the date of what they speak of.
const ABOUT: &[&str] = &[
    "say",
    "tell",
    "state",
    "report",
    "announce",
    "declare",
    "add",
    "note",
    "claim",
    "write",
    "confirm",
    "condemn",
    "denounce",
    "criticize",
    "criticise",
    "accuse",
    "blame",
    "link",
    "tie",
    "connect",
    "praise",
    "welcome",
    "hail",
    "discuss",
    "mention",
    "oppose",
    "urge",
    "demand",
    "call",
    "warn",
    "threaten",
    "recall",
    "remember",
    "mark",
    "commemorate",
    "investigate",
    "protest",
    "mourn",
    "regret",
    "deny",
    "reject",
    "describe",
    "cite",
    "address",
    "review",
    "plan",
    "promise",
    "agree",
    "pledge",
    "vow",
    "propose",
    "offer",
    "request",
    "ask",
    "expect",
    "postpone",
    "schedule",
    "cancel",
    "suggest",
    "support",
    "back",
    "defend",
    "deplore",
    "decry",
    "slam",
    "blast",
    "applaud",
    "probe",
    "examine",
    "survive",
    "follow",
    "precede",
    "cause",
    "admit",
    "acknowledge",
    "lament",
    "avenge",
    "retaliate",
    "sentence",
    "convict",
    "charge",
    "arrest",
    "order",
    "authorize",
    "approve",
    "see",
    "watch",
    "know",
    "think",
    "believe",
    "want",
    "hope",
    "seek",
    "refuse",
    "consider",
];

/// The number of steps between the trigger and the expression, `None` where they belong apart.
fn by_tree(
    doc: &Document<'_>,
    trigger: TokenId,
    mention: &DateMention,
    head: TokenId,
    context: &AttachContext<'_>,
) -> Option<u32> {
    let inside = |t: TokenId| mention.tokens.contains(&t.0);
    if inside(trigger) {
        return None;
    }
    // "in 2012, when jets bombed a camp": the clause tells what happened then.
    if let Some(clause) = when_clause(doc, trigger)
        && (doc.token(clause).head.is_some_and(inside) || mention.tokens.end <= clause.0 && clause.0 - mention.tokens.end <= WHEN)
    {
        return (!tree::under(doc, head, clause)).then_some(1);
    }
    let governor = temporal_governor(doc, head)?;
    // What stands behind the content of an accusation dates the content alone.
    if past_content(doc, governor, head, context.triggers) {
        return None;
    }
    if governor == trigger {
        return Some(0);
    }
    // "wounded 23 people and abducted two on Sunday": the day behind the last verb holds for those before it.
    let joined = |t: TokenId| doc.token(t).deprel == Deprel::Conj && doc.token(t).head == Some(trigger);
    let alone =
        |t: TokenId| doc.children(t).all(|c| !matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux));
    if !mention.historical && doc.token(trigger).upos == Upos::Verb && joined(governor) && alone(governor) && governor < head {
        return Some(4);
    }
    // "A court on Wednesday sentenced": between subject and verb stands the time of the verb.
    let subject =
        matches!(doc.token(governor).deprel, Deprel::Nsubj | Deprel::NsubjPass) && doc.token(governor).head == Some(trigger);
    if subject && governor < head && head < trigger && !context.triggers.contains(&governor) {
        return Some(1);
    }
    // Below the trigger: "held talks on Monday", "the attack on Monday killed five".
    if let Some(steps) = below(doc, trigger, governor) {
        let before_noun = matches!(
            doc.token(head).deprel,
            Deprel::Compound | Deprel::NmodPoss | Deprel::Nummod | Deprel::Amod | Deprel::NmodDesc
        );
        let event_of_its_own = context.triggers.contains(&governor) && doc.token(trigger).upos != Upos::Verb;
        let own = before_noun || mention.historical || event_of_its_own;
        let about = ABOUT.contains(&doc.token(trigger).lemma.as_str());
        return (!own && !about).then_some(2 * steps);
    }
    // Above it: the date hangs on a verb that the trigger shares its time with.
    let mut here = trigger;
    for (cost, next) in (1..).zip(tree::ancestors(doc, trigger).skip(1)) {
        if !shares_time(doc, here, next, context.triggers) {
            return None;
        }
        if next == governor {
            return Some(cost + 1);
        }
        here = next;
    }
    None
}

/// How many words may stand between a date and the clause that tells what happened then.
const WHEN: u32 = 6;

/// The head of the clause with "when" that a word stands in.
fn when_clause(doc: &Document<'_>, word: TokenId) -> Option<TokenId> {
    tree::ancestors(doc, word)
        .take_while(|&t| !matches!(doc.token(t).deprel, Deprel::Root))
        .find(|&t| doc.token(t).upos == Upos::Verb && doc.children(t).any(|c| doc.form(c).eq_ignore_ascii_case("when") && c < t))
}

/// "accused the army of bombing a hospital last week", "blamed them for a strike on Sunday": whether a content with an event
/// of its own stands between the verb and the date.
fn past_content(doc: &Document<'_>, trigger: TokenId, date: TokenId, triggers: &[TokenId]) -> bool {
    let content = |c: &TokenId| {
        matches!(doc.token(*c).deprel, Deprel::Advcl | Deprel::Obl | Deprel::Xcomp | Deprel::Acl | Deprel::Nmod)
            && (doc.token(*c).upos == Upos::Verb || triggers.contains(c))
            && doc.children(*c).any(|g| matches!(doc.token(g).lemma.as_str(), "of" | "for" | "over" | "to" | "in"))
    };
    // A parser may hang the content on the accused, and the date on a verb before.
    let verbs =
        std::iter::once(trigger).chain(doc.children(trigger).filter(|&c| doc.token(c).deprel == Deprel::Conj && c < date));
    verbs.filter(|&v| ABOUT.contains(&doc.token(v).lemma.as_str())).any(|verb| {
        let objects = doc.children(verb).filter(|&c| doc.token(c).deprel == Deprel::Obj).flat_map(|o| doc.children(o));
        doc.children(verb).chain(objects).filter(content).any(|c| verb < c && c < date)
    })
}

/// The word that an expression dates, past prepositions and other words of time: "a day earlier",
/// "early on Monday".
fn temporal_governor(doc: &Document<'_>, head: TokenId) -> Option<TokenId> {
    let governor = doc.token(head).head?;
    let token = doc.token(governor);
    let passing = matches!(
        token.lemma.as_str(),
        "early"
            | "earlier"
            | "late"
            | "later"
            | "shortly"
            | "just"
            | "only"
            | "night"
            | "morning"
            | "evening"
            | "afternoon"
            | "dawn"
            | "noon"
            | "midnight"
            | "a.m."
            | "p.m."
    );
    match token.head {
        Some(next) if passing && next != head => Some(next),
        _ => Some(governor),
    }
}

/// Steps from the trigger down to `governor` through nominals that share its time.
fn below(doc: &Document<'_>, trigger: TokenId, governor: TokenId) -> Option<u32> {
    for (steps, here) in (0..).zip(tree::ancestors(doc, governor)) {
        if here == trigger {
            return Some(steps);
        }
        let token = doc.token(here);
        let nominal = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv | Upos::Num);
        // "talks held on Monday", "an accord signed in May"
        let carries = token.deprel == Deprel::Acl && steps == 0 && LIGHT.contains(&token.lemma.as_str());
        let shared = matches!(
            token.deprel,
            Deprel::Obj
                | Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Obl
                | Deprel::OblUnmarked
                | Deprel::Compound
                | Deprel::CompoundPrt
        ) || (token.deprel == Deprel::Xcomp && here != governor)
            || (token.deprel == Deprel::Xcomp && ASPECT.contains(&token.head.map_or("", |h| doc.token(h).lemma.as_str())))
            || (token.deprel == Deprel::Nmod && steps == 0)
            || carries;
        if marks_another_time(doc, here) {
            return None;
        }
        if !shared || !(nominal || carries || token.deprel == Deprel::Xcomp) || steps >= 2 {
            return None;
        }
    }
    None
}

/// "since an attack", "after the talks" tell another time.
fn marks_another_time(doc: &Document<'_>, phrase: TokenId) -> bool {
    let event = !matches!(doc.token(phrase).upos, Upos::Num | Upos::Sym);
    event
        && doc.children(phrase).any(|c| {
            matches!(doc.token(c).deprel, Deprel::Case | Deprel::Mark)
                && matches!(
                    doc.token(c).lemma.as_str(),
                    "after"
                        | "before"
                        | "since"
                        | "following"
                        | "follow"
                        | "until"
                        | "ahead"
                        | "despite"
                        | "over"
                        | "about"
                        | "against"
                        | "for"
                )
        })
}

/// Whether the time of `above` is the time of its dependent `here`.
fn shares_time(doc: &Document<'_>, here: TokenId, above: TokenId, triggers: &[TokenId]) -> bool {
    let token = doc.token(here);
    let governor = doc.token(above);
    let lemma = governor.lemma.as_str();
    let about = ABOUT.contains(&lemma) || (triggers.contains(&above) && governor.upos == Upos::Verb);
    match token.deprel {
        Deprel::Conj => {
            // A conjunct with a subject of its own is a clause of its own.
            let own = doc.children(here).any(|c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass));
            // "walked out on Monday and have threatened": with auxiliaries of its own it has a time of its own.
            let timed = doc.children(here).any(|c| doc.token(c).deprel == Deprel::Aux)
                && doc.children(above).all(|c| doc.token(c).deprel != Deprel::Aux);
            !(own || timed) || governor.upos != Upos::Verb
        }
        Deprel::Obj
        | Deprel::Nsubj
        | Deprel::NsubjPass
        | Deprel::Obl
        | Deprel::OblAgent
        | Deprel::Nmod
        | Deprel::Compound
        | Deprel::NmodPoss => {
            let apart = marks_another_time(doc, here);
            !apart && (!about || governor.upos != Upos::Verb)
        }
        Deprel::Xcomp => ASPECT.contains(&lemma),
        Deprel::Advcl | Deprel::Acl => {
            // Participles run along with their verb; finite clauses and "to" clauses do not.
            let marked = doc.children(here).any(|c| doc.token(c).deprel == Deprel::Mark);
            let participle = matches!(token.feats.verb_form, VerbForm::Part | VerbForm::Ger);
            participle && !marked && !about
        }
        _ => false,
    }
}

/// Without a tree: the nearest expression of the sentence, not across a semicolon or a quotation mark.
fn by_distance(doc: &Document<'_>, trigger: TokenId, head: TokenId) -> Option<u32> {
    let (from, to) = if trigger < head { (trigger, head) } else { (head, trigger) };
    let between = doc.text().get(doc.token(from).span.end as usize..doc.token(to).span.start as usize)?;
    if between.contains([';', '"', '“', '”']) {
        return None;
    }
    let commas = between.matches(", ").count() as u32;
    let steps = to.0 - from.0 + 4 * commas;
    (steps <= 24).then_some(steps)
}
