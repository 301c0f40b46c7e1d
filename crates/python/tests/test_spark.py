"""Spark and Sail, where they are installed: the same events as without, and a store that takes nothing twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import demarche
import pytest
from conftest import DEMO, demo

pytest.importorskip("pyspark")

from demarche import spark as on_spark  # noqa: E402
from engines import digest, sail, spark, write  # noqa: E402


@pytest.fixture(scope="module", params=["spark", "sail"])
def session(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    if request.param == "sail":
        pytest.importorskip("pysail")
    with spark() if request.param == "spark" else sail() as running:
        yield running


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(demo(3), tmp_path_factory.mktemp("articles"))[1]


def test_events_are_the_same(session: Any, table: Path, coder: demarche.Coder) -> None:
    import pyarrow.parquet

    here = demarche.Table.to_pyarrow(coder.code_table(pyarrow.parquet.read_table(table)))
    rows = on_spark.code_events(session.read.parquet(str(table))).select("record", "date", "mode").collect()
    assert len(rows) == here.num_rows > 50
    assert digest(row["record"] for row in rows) == digest(here["record"].to_pylist())
    assert {row["date"] for row in rows} == set(here["date"].to_pylist())


def test_a_store_is_filled_once(session: Any, table: Path, tmp_path: Path, coder: demarche.Coder) -> None:
    store, whole, staging = tmp_path / "spark.store", tmp_path / "whole.store", tmp_path / "staging"
    frame = session.read.parquet(str(table))
    done = on_spark.ingest(frame, store, staging=staging, txn="first")
    assert done.counts["coded"] > 50 and not (staging / "first").exists()
    demarche.ingest(DEMO[:3], whole, coder=coder)
    ours, theirs = (demarche.open_store(place).events().to_pyarrow()["record"].to_pylist() for place in (store, whole))
    assert digest(ours) == digest(theirs)
    # The same job under another name, and staged files of a job that was cut off.
    assert on_spark.ingest(frame, store, staging=staging, txn="second").counts["coded"] == 0
    files = on_spark.stage(frame, staging, txn="third")
    assert on_spark.stage(frame, staging, txn="third") == files
    assert on_spark.commit(store, files).counts["coded"] == 0
    # Another job does not take what this one staged; and what is named and gone is staged anew.
    with pytest.raises(demarche.InputError, match="another job"):
        on_spark.stage(frame, staging, txn="third", dates="dmy")
    files[0].unlink()
    again = on_spark.stage(frame, staging, txn="third")
    assert all(file.exists() for file in again) and files[0] not in again
    assert demarche.open_store(store).check()["sound"]


def test_options_are_checked(session: Any, table: Path, tmp_path: Path) -> None:
    frame = session.read.parquet(str(table))
    with pytest.raises(demarche.InputError, match="no options speed"):
        on_spark.code_events(frame, coder={"speed": 9})
    with pytest.raises(demarche.InputError, match="txn="):
        on_spark.stage(frame, tmp_path, txn="../elsewhere")
    with pytest.raises(demarche.InputError, match="no column body"):
        on_spark.code_events(frame, columns={"text": "body"})
    with pytest.raises(demarche.InputError, match="s3://"):
        on_spark.stage(frame, "s3://bucket/staging", txn="job")


def test_own_tables_are_used_by_workers(session: Any, table: Path, tmp_path: Path) -> None:
    mine = tmp_path / "actors.csv"
    mine.write_text("name,kind,code,sectors\nCordillera Press Club,body,PRY,CVL\n")
    frame = session.createDataFrame([("The Cordillera Press Club condemned Bolivia on Monday.",)], "text string")
    rows = on_spark.code_events(frame, coder={"knowledge": mine}).select("actor1_code", "actor1_sector").collect()
    assert [tuple(row) for row in rows] == [("PRY", "CVL")]
    # A worker that lives on does not code with what the table held before.
    mine.write_text("name,kind,code,sectors\nCordillera Press Club,body,CHL,CVL\n")
    rows = on_spark.code_events(frame, coder={"knowledge": mine}).select("actor1_code").collect()
    assert [row[0] for row in rows] == ["CHL"]
