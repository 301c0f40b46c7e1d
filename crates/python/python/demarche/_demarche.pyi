"""The module in Rust. Use the package: these names may change."""

from typing import Any, final

__version__: str

@final
class Coded:
    article: str
    text: str
    warnings: list[str]
    failure: list[str] | None
    def records(self, kind: str) -> list[str]: ...

@final
class Coder:
    threads: int
    stamp: list[tuple[str, str]]
    def __new__(cls, lexicon: str | None, knowledge: list[str], threads: int | None, every_sentence: bool) -> Coder: ...
    def code(self, records: list[str], published: str | None, origin: str, first: int) -> list[Coded]: ...
    def explain(self, record: str, published: str | None, event: str | None, sentence: int | None) -> list[tuple[str, str]]: ...

@final
class Table:
    failures: list[tuple[int, str, str]]
    warnings: list[tuple[int, str]]
    column_names: list[str]
    types: list[str]
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...

@final
class Store:
    location: str
    def __new__(cls, location: str, write: bool, storage: list[tuple[str, str]]) -> Store: ...
    def refresh(self) -> int: ...
    def query(self, sql: str, coder: Coder | None = None) -> Table: ...
    def series(
        self,
        actor: str,
        recipient: str | None,
        by: str,
        both_ways: bool,
        status: list[str],
        joined: bool,
        begin: str | None,
        end: str | None,
    ) -> tuple[Table, int, int]: ...
    def ingest(
        self,
        coder: Coder,
        sources: list[str],
        columns: list[tuple[str, str]],
        dates: str | None,
        published: str | None,
        links: bool,
    ) -> tuple[list[tuple[str, int]], list[tuple[str, str, str]], list[tuple[str, int]]]: ...
    def absorb(self, files: list[str]) -> tuple[list[tuple[str, int]], list[tuple[str, str, str]], list[tuple[str, int]]]: ...
    def corroborate(self) -> list[tuple[str, int]]: ...
    def check(self) -> tuple[list[tuple[str, int, str]], list[str], str]: ...

def event_types() -> list[str]: ...
def code_table(coder: Coder, data: Any, columns: list[tuple[str, str]], dates: str | None, kind: str) -> Table: ...
def stage(coder: Coder, data: Any, columns: list[tuple[str, str]], dates: str | None, path: str) -> list[tuple[str, int]]: ...
def eval_relations(coder: Coder, gold: str) -> tuple[str, str]: ...
def eval_events(coder: Coder, gold: str, empty: list[str], published: dict[str, str]) -> tuple[str, str]: ...
def eval_marked(coder: Coder, asked: str, articles: list[tuple[str, str]]) -> tuple[str, str]: ...
