"""Tables in, tables out, over Arrow."""

from __future__ import annotations

import datetime
import json
import typing

import demarche
import pytest
from conftest import demo

pyarrow = pytest.importorskip("pyarrow")


def columns(articles: list[dict[str, object]]) -> dict[str, list[object]]:
    names = list(dict.fromkeys(name for article in articles for name in article))
    return {name: [article.get(name) for article in articles] for name in names}


def test_every_kind_of_frame_gives_the_same(coder: demarche.Coder) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    data = columns(demo(1))
    whole = pyarrow.table(coder.code_table(pyarrow.table(data)))
    assert whole.num_rows > 30
    for other in (pandas.DataFrame(data), polars.DataFrame(data), pyarrow.table(data).to_reader(max_chunksize=7), pyarrow.table(data).to_batches()[0]):
        assert pyarrow.table(coder.code_table(other)).equals(whole), type(other)
    assert polars.DataFrame(coder.code_table(polars.DataFrame(data))).height == whole.num_rows
    assert len(coder.code_table(pandas.DataFrame(data)).to_pandas()) == whole.num_rows


def test_records_are_those_of_code(coder: demarche.Coder) -> None:
    articles = demo(1)
    table = pyarrow.table(coder.code_table(pyarrow.table(columns(articles))))
    one_by_one = [(row, event) for row, article in enumerate(coder.code(articles)) for event in article.events]
    records = [json.loads(record) for record in table["record"].to_pylist()]
    for _, event in one_by_one:
        # A table does not say which of its rows a record is: that would hang on how it is cut.
        event["article"]["origin"] = "table"
    assert list(zip(table["row"].to_pylist(), records)) == one_by_one
    for kind in ("quotes", "facts", "relations", "rejects", "event_actors"):
        rows = coder.code_table(pyarrow.table(columns(articles)), kind=kind)
        assert rows.column_names[0] == "row" and (kind == "relations" or len(rows) > 0), kind


def test_columns_are_named_and_typed(coder: demarche.Coder) -> None:
    data = pyarrow.table({"body": ["Chile condemned Peru on Monday."], "day": [datetime.date(2026, 3, 10)], "tags": [["a"]]})
    table = coder.code_table(data, columns={"text": "body", "published": "day"}).to_pyarrow()
    assert table["date"].to_pylist() == [datetime.date(2026, 3, 9)]
    assert json.loads(table["record"][0].as_py())["article"]["published"] == "2026-03-10"
    # "body" is a name that texts go by; "words" is none.
    assert len(coder.code_table(data)) == 1
    with pytest.raises(demarche.InputError) as caught:
        coder.code_table(data.rename_columns(["words", "day", "tags"]))
    assert "words" in caught.value.message and caught.value.next_step
    with pytest.raises(demarche.InputError, match="nothing"):
        coder.code_table(data, columns={"text": "nothing"})
    either = data.set_column(1, "day", pyarrow.array(["03/11/2026"]))
    named = {"text": "body", "published": "day"}
    orders: list[tuple[typing.Any, typing.Any]] = [(None, None), ("dmy", datetime.date(2026, 11, 2)), ("mdy", datetime.date(2026, 3, 9))]
    for order, date in orders:
        assert coder.code_table(either, columns=named, dates=order).to_pyarrow()["date"].to_pylist() == [date], order
    assert [(warning.row, "03/11/2026" in warning.message) for warning in coder.code_table(either, columns=named).warnings] == [(0, True)]
    with pytest.raises(demarche.InputError, match="ydm"):
        coder.code_table(either, columns=named, dates=typing.cast(typing.Any, "ydm"))
    with pytest.raises(demarche.InputError, match="there are no verbs"):
        coder.code_table(data, columns={"text": "body"}, kind=typing.cast(typing.Any, "verbs"))


def test_bad_rows_are_told_and_the_others_coded(coder: demarche.Coder) -> None:
    table = coder.code_table(pyarrow.table({"text": ["Chile condemned Peru.", None, "", "Peru thanked Chile."]}))
    assert table.to_pyarrow()["row"].to_pylist() == [0, 3]
    assert [failure.row for failure in table.failures] == [1, 2]
    assert all(failure.message and failure.next_step for failure in table.failures)
    assert "2 failed" in repr(table)


def test_nothing_gives_nothing(coder: demarche.Coder) -> None:
    table = coder.code_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}))
    assert len(table) == 0 and "event" in table.column_names


def test_a_reader_that_fails_is_told(coder: demarche.Coder) -> None:
    def batches() -> object:
        yield pyarrow.record_batch({"text": ["Chile condemned Peru."]})
        raise OSError("the disk is gone")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("text", pyarrow.string())]), batches())
    with pytest.raises(demarche.InputError, match="the disk is gone"):
        coder.code_table(reader)
