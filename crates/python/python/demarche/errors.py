"""What goes wrong. Each exception says what, and where it can, what to do next."""

from __future__ import annotations

__all__ = ["CodingError", "DemarcheError", "InputError", "MissingPackageError", "QueryError", "StoreError", "TableError"]


class DemarcheError(Exception):
    """Any failure of Demarche. `message` says what is wrong, `next_step` what to do, if anything can be done."""

    def __init__(self, message: str, next_step: str | None = None) -> None:
        super().__init__(message, next_step)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}\nnext: {self.next_step}" if self.next_step else self.message


class InputError(DemarcheError, ValueError):
    """An article, a table or a parameter cannot be read."""


class TableError(DemarcheError, ValueError):
    """Own rows of the lexicon, or own tables of actors and places, are faulty."""


class StoreError(DemarcheError, OSError):
    """A store cannot be opened, read or written."""

    # OSError would print its two arguments as number and message.
    __str__ = DemarcheError.__str__


class QueryError(StoreError):
    """A question in SQL is none."""


class MissingPackageError(DemarcheError, ImportError):
    """A package that only some of the functions need is not installed."""

    # ImportError would print its first argument alone.
    __str__ = DemarcheError.__str__


class CodingError(DemarcheError, RuntimeError):
    """The program failed on an article: a fault of the program, worth a report."""
