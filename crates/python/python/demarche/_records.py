"""Shapes of records, as `demarche code --format jsonl` writes them: every field is there, and None where the text tells nothing. Offsets count
characters of the article's own text. A test compares these shapes with what is coded."""

from __future__ import annotations

from typing import TypedDict

__all__ = [
    "Article",
    "Attribution",
    "CodedBy",
    "Comparison",
    "Event",
    "Evidence",
    "Fact",
    "Figure",
    "Magnitude",
    "Namesake",
    "Party",
    "Period",
    "Place",
    "Quote",
    "Reject",
    "Relation",
    "Spans",
]

Span = list[int]
"""Begin and end, in characters: `text[begin:end]` is the quoted words."""


class Article(TypedDict):
    """What is known about an article."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    source: str | None
    """Publishing site or outlet."""
    language: str | None
    published_basis: str | None
    """What said when it was published."""
    origin: str
    """Where it was read from; a text of yours is called `text`, a row of a table `table`."""


class Party(TypedDict):
    """Who acts, or to whom it is done."""

    code: str | None
    """Country or non-state code."""
    sector: list[str]
    """Sectors, the main one first."""
    entity_text: str
    """The words of the mention."""
    identifier_id: str | None
    """Entry of the knowledge base."""
    identifier_text: str | None
    office: str | None
    span: Span
    basis: str
    """How the words came to the actor."""


class Namesake(TypedDict):
    """A place that the words may mean as well."""

    name: str
    country: str | None
    admin1: str | None
    geonames: int | None
    precision: str


class Place(TypedDict):
    """Where an event was."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    precision: str
    """`point`, `city`, `admin2`, `admin1` or `country`."""
    basis: str
    unit: str | None
    chosen: str | None
    alternatives: list[Namesake]


class Attribution(TypedDict):
    """Who says so."""

    speaker: str | None
    speaker_code: str | None
    cue: str | None
    via: str | None
    kind: str


class Figure(TypedDict):
    """A number of an event."""

    kind: str
    value: float
    low: float | None
    high: float | None
    hedge: str | None
    unit: str
    part: bool
    source: Attribution | None
    text: str
    span: Span


class Magnitude(TypedDict):
    """Of each kind the best single number, and in `figures` every number as it is told."""

    dead: float | None
    injured: float | None
    size: float | None
    missing: float | None
    arrested: float | None
    kidnapped: float | None
    displaced: float | None
    troops: float | None
    money: float | None
    currency: str | None
    figures: list[Figure]


class Spans(TypedDict):
    """Where the evidence stands."""

    sentence: Span
    trigger: Span
    date: Span | None
    place: Span | None


class CodedBy(TypedDict):
    """What coded an event: version, hashes, and the rule that fired."""

    version: str
    model: str
    ontology: str
    lexicon: str
    knowledge: str
    rule: str


class Event(TypedDict):
    """Who did what to whom, when, where, and according to whom."""

    id: str
    article: Article
    event: str
    """Type of PLOVER 2.0."""
    mode: list[str]
    context: list[str]
    quad_code: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    event_scale: float
    """From -10, the most hostile, to 10."""
    act: str | None
    cameo: str
    actor: list[Party]
    recipient: list[Party]
    status: str
    """`actual`, `historical`, `future`, `hypothetical` or `negated`."""
    date: str | None
    enddate: str | None
    date_precision: str | None
    date_basis: str
    date_text: str | None
    event_loc: Place | None
    attribution: list[Attribution]
    magnitude: Magnitude
    text: str
    """The sentence."""
    spans: Spans
    confidence: float
    """From 0 to 1."""
    coder: CodedBy


class Quote(TypedDict):
    """Words of a speaker."""

    id: str
    article: Article
    speaker: str | None
    speaker_code: str | None
    via: str | None
    cue: str | None
    denied: bool
    kind: str
    text: str
    span: Span
    events: list[str]


class Evidence(TypedDict):
    """Words that tell something, with their place."""

    text: str
    span: Span


class Relation(TypedDict):
    """Who belongs to what, or holds which office."""

    article: Article
    subject: Party
    relation: str
    object: Party
    since: str | None
    until: str | None
    evidence: Evidence


# With the earlier level under `from`, a name that Python keeps for itself.
Comparison = TypedDict("Comparison", {"direction": str, "told": str, "from": "float | None"})


class Period(TypedDict):
    """The time that a number holds for."""

    date: str | None
    enddate: str | None
    precision: str | None
    basis: str
    text: str | None


class Fact(TypedDict):
    """A number that the text tells of something."""

    id: str
    article: Article
    subject: Party
    measure: str
    value: float
    low: float | None
    high: float | None
    hedge: str | None
    unit: str
    kind: str | None
    comparison: Comparison | None
    period: Period | None
    source: Attribution | None
    text: str
    span: Span
    sentence: Span
    rule: str


class Reject(TypedDict):
    """A candidate that was not coded."""

    id: str
    article: Article
    span: Span
    text: str
    reason: str
    detail: str | None
    rule: str | None
