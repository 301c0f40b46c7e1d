"""Stores from Python."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import demarche
import pytest
from conftest import DEMO, command, demo
from engines import digest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, coder: demarche.Coder) -> Path:
    place = tmp_path_factory.mktemp("store") / "demo.store"
    done = demarche.ingest(DEMO[:2], place, coder=coder)
    assert done.counts["coded"] > 50 and done.counts["failed"] == 0 and not done.failures
    return place


def test_it_is_the_store_of_the_command(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.store"
    command("ingest", *DEMO[:2], "--store", other, "--quiet")
    ours, theirs = demarche.open_store(made).check(), demarche.open_store(other).check()
    # When it was taken in is told in `ingests`.
    tables = [{name: told for name, told in check["tables"].items() if name != "ingests"} for check in (ours, theirs)]  # type: ignore[attr-defined]
    assert ours["sound"] and tables[0] == tables[1]
    assert len(demarche.open_store(made).query("SELECT * FROM ingests")) == 1


def test_the_same_again_is_known(made: Path, coder: demarche.Coder) -> None:
    again = demarche.open_store(made, write=True).ingest(DEMO[:2], coder=coder)
    assert again.counts["coded"] == 0 and again.counts["commits"] == 0


def test_events_are_chosen(made: Path) -> None:
    store = demarche.open_store(made)
    everything = store.events().to_pyarrow()
    chosen = store.events(event=["CONSULT", "AGREE"], status="actual", begin="2026-01-01", end="2026-02-28", columns=["event", "status", "date", "record"]).to_pyarrow()
    assert 0 < chosen.num_rows < everything.num_rows
    assert set(chosen["event"].to_pylist()) <= {"CONSULT", "AGREE"} and chosen.column_names == ["event", "status", "date", "record"]
    code = next(code for code in everything["actor1_code"].to_pylist() if code)
    acted = store.events(actor=code).to_pyarrow()
    assert acted.num_rows and all(code in [party["code"] for party in json.loads(record)["actor"]] for record in acted["record"].to_pylist())
    assert len(store.events(actor="IT'S NOBODY")) == 0
    slips: list[dict[str, typing.Any]] = [{"actor": "Turkey"}, {"event": "assault"}, {"status": "real"}, {"country": "tur"}, {"begin": "10/3/2026"}]
    for slip in slips:
        with pytest.raises(demarche.InputError) as caught:
            store.events(**slip)
        assert caught.value.next_step, slip
    assert len(store.articles()) > 50 and len(store.quotes()) > 0


def test_pandas_takes_every_answer(made: Path) -> None:
    pandas = pytest.importorskip("pandas")
    store = demarche.open_store(made)
    answers = [store.events(), store.events(event="RETREAT", status="negated"), store.quotes(), store.articles(), store.query("SELECT * FROM sources")]
    for answer in answers:
        frame = answer.to_pandas()
        assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == answer.column_names and len(frame) == len(answer)


def test_what_cannot_be_taken_in_is_told(made: Path, coder: demarche.Coder, tmp_path: Path) -> None:
    place = tmp_path / "new.store"
    with pytest.raises(demarche.InputError, match="nowhere: no such file"):
        demarche.ingest([DEMO[0], "nowhere"], place, coder=coder)
    with pytest.raises(demarche.InputError, match="is a table"):
        demarche.ingest(pyarrow.table({"text": ["a"]}), place, coder=coder)
    with pytest.raises(demarche.StoreError) as caught:
        demarche.open_store(tmp_path / "none.store")
    assert "demarche.ingest" in (caught.value.next_step or "")
    with pytest.raises(demarche.StoreError) as caught:
        demarche.open_store(made).series("NOR", joined=True)
    assert "corroborate()" in (caught.value.next_step or "")


def test_questions_are_asked(made: Path, coder: demarche.Coder) -> None:
    store = demarche.open_store(made)
    assert store.query("SELECT count(*) AS n FROM events").to_pyarrow()["n"][0].as_py() == len(store.events())
    found = store.query("SELECT code_events('Chile condemned Peru.')[1]['event'] AS event", coder=coder).to_pyarrow()
    assert found["event"].to_pylist() == ["ACCUSE"]
    with pytest.raises(demarche.QueryError, match="evnts"):
        store.query("SELECT * FROM evnts")
    with pytest.raises(demarche.QueryError):
        store.query("DROP TABLE events")


def test_series_are_those_of_the_command(made: Path) -> None:
    store = demarche.open_store(made)
    code = next(code for code in store.events().to_pyarrow()["actor1_code"].to_pylist() if code)
    table, undated, _ = store.series(code, by="week")
    lines = command("series", code, "--by", "week", "--store", made, "--format", "csv").splitlines()
    assert len(table) == len(lines) - 1 and undated >= 0
    assert sum(table.to_pyarrow()["events"].to_pylist()) > 0
    with pytest.raises(demarche.InputError, match="fortnight"):
        store.series(code, by=typing.cast(typing.Any, "fortnight"))


def test_what_is_wrong_is_told(tmp_path: Path, made: Path, coder: demarche.Coder) -> None:
    with pytest.raises(demarche.StoreError, match="there is no store"):
        demarche.open_store(tmp_path / "nowhere")
    with pytest.raises(demarche.StoreError, match="opened for reading"):
        demarche.open_store(made).ingest(DEMO[2], coder=coder)
    (tmp_path / "empty.jsonl").write_text('{"title": "no text"}\n')
    failed = demarche.ingest(tmp_path / "empty.jsonl", tmp_path / "new.store", coder=coder)
    assert failed.counts["failed"] == 1 and failed.failures[0].next_step


def test_what_workers_stage_is_taken_in_once(tmp_path: Path, coder: demarche.Coder) -> None:
    articles = demo(2)
    names = list(dict.fromkeys(name for article in articles for name in article))
    data = pyarrow.table({name: [article.get(name) for article in articles] for name in names})
    half = len(articles) // 2
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet", tmp_path / "b-again.parquet"]
    for file, part in zip(files, (data[:half], data[half:], data[half:])):
        counts = coder.stage(part, file)
        assert counts["articles"] == part.num_rows and counts["failed"] == 0
    store = demarche.Store(tmp_path / "staged.store", write=True)
    done = store.absorb(files[:2])
    assert done.counts["coded"] + done.counts["duplicate"] + done.counts["rejected"] == len(articles)
    first = store.check()
    # A file that comes again, and one that another attempt wrote, add nothing.
    assert store.absorb([*files, files[0]]).counts["coded"] == 0
    assert store.check()["hash"] == first["hash"] and first["sound"]
    whole = tmp_path / "whole.store"
    demarche.ingest(DEMO[:2], whole, coder=coder)
    ours, theirs = (place.events().to_pyarrow()["record"].to_pylist() for place in (store, demarche.open_store(whole)))
    assert digest(ours) == digest(theirs)
    pyarrow.parquet.write_table(pyarrow.table({"text": ["no staged file"]}), tmp_path / "other.parquet")
    with pytest.raises(demarche.InputError, match="was not staged"):
        store.absorb([tmp_path / "other.parquet"])
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(files[0].read_bytes()[:-100])
    with pytest.raises(demarche.InputError, match="damaged.parquet"):
        store.absorb([damaged])
