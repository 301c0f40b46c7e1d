//! Parameters as the description tells them. They are read by [`crate::params`]; here only their names, kinds and words stand.
#![expect(dead_code, reason = "read by `params`, which must know them in any number and order")]

use utoipa::IntoParams;

/// Filters of events. A field may be given several times: one of the values must hold. A value with `-` in front must not hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventQuery {
    /// Words of the sentence or title: all must occur; "a phrase", -word, OR, title:word, outlet:word
    q: Option<String>,
    /// Event type of PLOVER (AGREE ... ASSAULT)
    event: Option<Vec<String>>,
    /// Mode
    mode: Option<Vec<String>>,
    /// Context
    context: Option<Vec<String>>,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    quad: Option<Vec<String>>,
    /// Status: actual, historical, future, hypothetical, negated
    status: Option<Vec<String>>,
    /// Code of an actor
    actor: Option<Vec<String>>,
    /// Sector of an actor
    actor_sector: Option<Vec<String>>,
    /// Name of an actor
    actor_name: Option<Vec<String>>,
    /// Code of a recipient
    recipient: Option<Vec<String>>,
    /// Sector of a recipient
    recipient_sector: Option<Vec<String>>,
    /// Name of a recipient
    recipient_name: Option<Vec<String>>,
    /// Code of either
    party: Option<Vec<String>>,
    /// Country where it was
    country: Option<Vec<String>>,
    /// How exact the place is
    place_precision: Option<Vec<String>>,
    /// Outlet
    outlet: Option<Vec<String>>,
    /// Language of the article
    language: Option<Vec<String>>,
    /// Code of who says so
    speaker: Option<Vec<String>>,
    /// What the date hangs on
    date_basis: Option<Vec<String>>,
    /// How exact the date is
    date_precision: Option<Vec<String>>,
    /// First day of the event
    #[param(format = Date)]
    from: Option<String>,
    /// Last day of the event
    #[param(format = Date)]
    to: Option<String>,
    /// First day of publication
    #[param(format = Date)]
    published_from: Option<String>,
    /// Last day of publication
    #[param(format = Date)]
    published_to: Option<String>,
    /// The least confidence
    #[param(minimum = 0.0, maximum = 1.0)]
    min_confidence: Option<f64>,
    /// The least number of reports of the same event
    #[param(minimum = 0, maximum = 1000000000)]
    min_reports: Option<u32>,
    /// The least number of dead
    #[param(minimum = 0, maximum = 1000000000)]
    min_dead: Option<u32>,
    /// West, south, east, north in degrees
    #[param(pattern = r"^-?[0-9]+(\.[0-9]+)?(,-?[0-9]+(\.[0-9]+)?){3}$")]
    bbox: Option<String>,
    /// Whether a place with coordinates is known
    #[param(pattern = "^(yes|no)$")]
    located: Option<String>,
    /// Each report, or of each event of the world the first report
    #[param(pattern = "^(reports|events)$")]
    count: Option<String>,
    /// Identifier of an article
    #[param(pattern = "^[0-9a-f]{16}$")]
    article: Option<String>,
    /// Identifier of an event of the world
    #[param(pattern = "^[0-9a-f]{16}$")]
    cluster: Option<String>,
}

/// Filters of articles
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleQuery {
    /// Words of the text or title
    q: Option<String>,
    /// Outlet
    outlet: Option<Vec<String>>,
    /// Language
    language: Option<Vec<String>>,
    /// Agency that it was taken from
    wire: Option<Vec<String>>,
    /// `copy` for those that nearly repeat another, `first` for the others
    copy: Option<Vec<String>>,
    /// `coded` or `not coded`
    coded: Option<Vec<String>>,
    /// First day of publication
    #[param(format = Date)]
    from: Option<String>,
    /// Last day of publication
    #[param(format = Date)]
    to: Option<String>,
}

/// Filters of quotes
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuoteQuery {
    /// Words of the quote or of the speaker's name
    q: Option<String>,
    /// Code of the speaker
    speaker: Option<Vec<String>>,
    /// Name of the speaker
    speaker_name: Option<Vec<String>>,
    /// Word of saying
    cue: Option<Vec<String>>,
    /// Outlet through which it came
    via: Option<Vec<String>>,
    /// direct, indirect or mixed
    kind: Option<Vec<String>>,
    /// Outlet
    outlet: Option<Vec<String>>,
    /// Language
    language: Option<Vec<String>>,
    /// Identifier of an article
    #[param(pattern = "^[0-9a-f]{16}$")]
    article: Option<String>,
    /// First day of publication
    #[param(format = Date)]
    from: Option<String>,
    /// Last day of publication
    #[param(format = Date)]
    to: Option<String>,
}

/// Order and page
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// Column, with - in front for the greatest first; the latest first where nothing is said
    #[param(pattern = "^-?(date|published|scale|confidence|reports|dead|events|words)$")]
    sort: Option<String>,
    /// Rows of a page
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// `next` of the page before
    #[param(pattern = "^[0-9a-f]{32}$")]
    cursor: Option<String>,
    /// json, csv, jsonl or arrow; all but the first give all rows unless there is a limit
    #[param(pattern = "^(json|csv|jsonl|arrow)$")]
    format: Option<String>,
}

/// Facets
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FacetQuery {
    /// Fields, with commas between; all where nothing is said
    fields: Option<String>,
    /// Values of each
    #[param(minimum = 1, maximum = 1000)]
    values: Option<u32>,
}

/// Steps
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StepQuery {
    /// Length of a step; `auto` for one that fits on a screen
    #[param(pattern = "^(auto|day|week|month|year)$")]
    by: Option<String>,
    /// json, csv, jsonl or arrow
    #[param(pattern = "^(json|csv|jsonl|arrow)$")]
    format: Option<String>,
}

/// Direction of a series. With `actor` and `recipient` it is of these two.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DirectionQuery {
    /// `from` for what the actor does (where nothing is said), `to` for what is done to it, `both`
    #[param(pattern = "^(from|to|both)$")]
    direction: Option<String>,
}

/// Map
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ZoomQuery {
    /// 0 for the world, each step twice as fine
    #[param(minimum = 0, maximum = 10)]
    zoom: Option<u8>,
    /// json, csv, jsonl or arrow
    #[param(pattern = "^(json|csv|jsonl|arrow)$")]
    format: Option<String>,
}

/// Network
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MostQuery {
    /// Actors that are shown
    #[param(minimum = 1, maximum = 400)]
    most: Option<u32>,
    /// json, csv, jsonl or arrow
    #[param(pattern = "^(json|csv|jsonl|arrow)$")]
    format: Option<String>,
}

/// Page of actors
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OffsetQuery {
    /// Rows of a page
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// `next` of the page before
    #[param(pattern = "^[0-9]{1,7}$")]
    cursor: Option<String>,
    /// Actors that are left out at the beginning
    #[param(minimum = 0, maximum = 1000000)]
    offset: Option<u32>,
    /// json, csv, jsonl or arrow
    #[param(pattern = "^(json|csv|jsonl|arrow)$")]
    format: Option<String>,
}

/// Rejects
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RejectQuery {
    /// Kind of reason
    reason: Option<String>,
    /// Identifier of an article
    article: Option<String>,
    /// Rows of a page
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// `next` of the page before
    #[param(pattern = "^[a-z-]+~[0-9A-Za-z._:-]+~[0-9A-Za-z._:-]+$")]
    cursor: Option<String>,
}

/// Runs that are compared
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DiffQuery {
    /// The earlier run
    a: String,
    /// The later run
    b: String,
}

/// Search
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Words
    q: Option<String>,
    /// Rows of each kind
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}
