"""Columns that any Arrow library takes without a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import _demarche
from .errors import MissingPackageError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Failure", "RowWarning", "Table"]


class Failure(NamedTuple):
    """A row that could not be coded."""

    row: int
    """Row of the input, from 0."""
    message: str
    """What is wrong with it."""
    next_step: str
    """What can be done."""


class RowWarning(NamedTuple):
    """What is odd about a row that was coded."""

    row: int
    """Row of the input, from 0."""
    message: str
    """What is odd."""


class Table:
    """Rows in columns, as Arrow has them.

    Hand it to any library that knows Arrow's PyCapsule interface: `polars.DataFrame(table)`, `pyarrow.table(table)`,
    `duckdb.sql("SELECT ... FROM table")` after `table = table.to_pyarrow()`. None of these need be installed for the rest to work.
    """

    __slots__ = ("_inner",)

    def __init__(self, inner: _demarche.Table) -> None:
        self._inner = inner

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._inner.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._inner)

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        return f"<demarche.Table: {len(self)} rows{failed}; {', '.join(self.column_names)}>"

    @property
    def column_names(self) -> list[str]:
        """Names of the columns."""
        return self._inner.column_names

    @property
    def failures(self) -> list[Failure]:
        """Rows of the input that could not be coded; the others were."""
        return [Failure(*failure) for failure in self._inner.failures]

    @property
    def warnings(self) -> list[RowWarning]:
        """Rows of the input with which something is odd: another language, a date that could not be read. They were coded."""
        return [RowWarning(*warning) for warning in self._inner.warnings]

    def to_pyarrow(self) -> pyarrow.Table:
        """As a table of pyarrow, without a copy."""
        try:
            import pyarrow
        except ImportError as error:
            raise MissingPackageError("pyarrow is not installed", "pip install '.[arrow]' in the clone, or pip install pyarrow") from error
        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """As a frame of polars, without a copy."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """As a frame of pandas. Needs pyarrow; days become `datetime.date`, lists arrays."""
        frame: pandas.DataFrame = self.to_pyarrow().to_pandas()
        return frame
