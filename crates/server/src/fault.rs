//! What goes wrong, as the caller sees it: a status, a stable code, a kind and a message that says what to do.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use demarche_index::{FilterError, IndexError};
use demarche_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// An error as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Fault {
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) status: StatusCode,
    /// What is wrong, and what to do.
    pub message: String,
    /// Never changes: programs may hang on it.
    pub code: &'static str,
    /// `invalid_request`, `not_found`, `auth`, `limit` or `internal`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Where more is told.
    pub link: &'static str,
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), code, kind, link: "/api#errors" }
    }

    pub(crate) fn parameter(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_parameter", "invalid_request", message)
    }

    pub(crate) fn body(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_body", "invalid_request", message)
    }

    pub(crate) fn not_json(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "unreadable_body", "invalid_request", message)
    }

    pub(crate) fn missing(what: &str, id: &str) -> Self {
        let message = format!("there is no {what} {id:?}");
        Self::new(StatusCode::NOT_FOUND, "not_found", "not_found", message)
    }

    pub(crate) fn page() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_such_page", "not_found", "there is no such page")
    }

    pub(crate) fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "bad_method",
            "invalid_request",
            "this address takes other methods; /api lists them",
        )
    }

    pub(crate) fn token() -> Self {
        let message = "this needs a token: start with --token, and send `Authorization: Bearer TOKEN`";
        Self::new(StatusCode::UNAUTHORIZED, "token_needed", "auth", message)
    }

    pub(crate) fn wrong_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong_token",
            "auth",
            "that token is wrong: it is the one that the server was started with",
        )
    }

    pub(crate) fn read_only() -> Self {
        let message = "the server only reads: start it with --token to allow corrections, merges and splits";
        Self::new(StatusCode::FORBIDDEN, "read_only", "auth", message)
    }

    pub(crate) fn origin(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign_origin", "auth", message)
    }

    pub(crate) fn too_many(message: &str) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "limit", message)
    }

    pub(crate) fn slow() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too_slow",
            "limit",
            "this took too long and was given up; narrow the question, or try again",
        )
    }

    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, "invalid_request", message)
    }

    /// What a status says that no handler gave words to.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::page(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method(),
            StatusCode::PAYLOAD_TOO_LARGE => Self::not_json(status, "the body is too large: 4 MB at most"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::not_json(status, "the body is to be application/json, or a form"),
            status if status.is_client_error() => Self::not_json(status, "the request cannot be read"),
            status => Self { status, ..Self::failed() },
        }
    }

    /// The program itself failed.
    pub(crate) fn failed() -> Self {
        Self::internal("the program failed on this; please report it, with the address")
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "internal", message)
    }
}

impl From<FilterError> for Fault {
    fn from(error: FilterError) -> Self {
        Self::parameter(error.message)
    }
}

impl From<IndexError> for Fault {
    fn from(error: IndexError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::internal(error.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], Json(&self)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        // Pages show it in their own form.
        response.extensions_mut().insert(self);
        response
    }
}
