"""Articles in, records out."""

from __future__ import annotations

import datetime
import json
import pickle
import signal
import threading
import time
import typing
from pathlib import Path

import demarche
import pytest
from conftest import DEMO, ROOT, command, demo

MET = "Norway's foreign minister met her Chilean counterpart in Oslo on Monday, officials said."


def test_a_text_becomes_events() -> None:
    coded = demarche.code(MET, published="2026-03-10")
    assert [event["event"] for event in coded.events] == ["CONSULT"]
    event = coded.events[0]
    # Who meets, meets: both are actors.
    assert ([party["code"] for party in event["actor"]], event["date"]) == (["NOR", "CHL"], "2026-03-09")
    begin, end = event["spans"]["trigger"]
    assert coded.text[begin:end] == "met"


def test_the_bytes_are_those_of_the_command(coder: demarche.Coder) -> None:
    whole = command("code", DEMO[0], "--format", "jsonl", "--emit", ",".join(demarche.KINDS))
    coded = coder.code(demo(1), origin=str(DEMO[0]))
    assert "".join(article.jsonl(*demarche.KINDS) for article in coded) == whole
    assert len(whole.splitlines()) > 100


def test_any_number_of_threads_gives_the_same() -> None:
    articles = demo(2)
    one, three = (demarche.Coder(threads=n).code(articles) for n in (1, 3))
    assert [article.jsonl(*demarche.KINDS) for article in one] == [article.jsonl(*demarche.KINDS) for article in three]


def test_one_bad_article_stops_nothing(coder: demarche.Coder) -> None:
    good, empty, last = coder.code([MET, {"title": "no text at all"}, {"text": MET, "published": datetime.date(2026, 3, 10)}])
    assert good.events and last.events[0]["date"] == "2026-03-09"
    assert empty.error is not None and "articles:2" in empty.error.message and empty.error.next_step
    assert empty.events == [] and repr(empty).startswith("<demarche.Coded: not coded")
    with pytest.raises(demarche.InputError) as caught:
        coder.code({"title": "no text at all"})
    assert isinstance(caught.value, ValueError) and "next:" in str(caught.value)


def test_what_is_no_article_is_told() -> None:
    (one,) = demarche.code([1])  # type: ignore[list-item]
    assert one.error is not None and one.error.message == "articles:1: int is no article"
    with pytest.raises(demarche.InputError, match="'yesterday' is no day"):
        demarche.code(MET, published="yesterday")
    with pytest.raises(demarche.InputError, match="threads=0"):
        demarche.Coder(threads=0)


def test_missing_values_of_frames_are_missing() -> None:
    coded = demarche.code({"text": MET, "title": None, "published": float("nan")})
    assert coded.article.get("published") is None and coded.error is None


def test_articles_come_as_they_go(coder: demarche.Coder) -> None:
    taken = []

    def articles() -> object:
        for n in range(10):
            taken.append(n)
            yield MET

    some = coder.code_each(articles(), ahead=3)  # type: ignore[arg-type]
    first = next(some)
    assert taken == [0, 1, 2]
    rest = list(some)
    assert len(rest) == 9
    # Whatever the number of those that are coded ahead.
    assert [coded.article for coded in (first, *rest)] == [coded.article for coded in coder.code([MET] * 10)]


def test_columns_of_frames_are_lists(coder: demarche.Coder) -> None:
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    whole = coder.code([MET, MET])[1].jsonl()
    for column in (pandas.Series([MET, MET]), polars.Series([MET, MET]), pyarrow.array([MET, MET]), pyarrow.chunked_array([[MET, MET]])):
        assert coder.code(column)[1].jsonl() == whole, type(column)
    with pytest.raises(demarche.InputError, match="code_table"):
        coder.code(pandas.DataFrame({"text": [MET]}))
    missing = coder.code({"text": MET, "title": pandas.NA, "url": float("nan"), "published": pandas.NaT})
    assert missing.article["title"] is None and missing.article["published"] is None
    assert coder.code({"text": MET, "published": pandas.Timestamp("2026-03-10")}).events[0]["date"] == "2026-03-09"


def test_own_rows_win_and_faulty_ones_are_told(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("pattern\tframe\ttype\n")
    with pytest.raises(demarche.TableError) as caught:
        demarche.Coder(lexicon=own)
    assert "own.tsv" in caught.value.message and caught.value.next_step
    with pytest.raises(demarche.InputError, match="nowhere.tsv"):
        demarche.Coder(lexicon=tmp_path / "nowhere.tsv")
    empty = tmp_path / "tables"
    empty.mkdir()
    with pytest.raises(demarche.TableError, match="no tables in this folder"):
        demarche.Coder(knowledge=empty)


def test_an_event_is_explained(coder: demarche.Coder) -> None:
    event = coder.code(MET).events[0]
    told = coder.explain(MET, event=event["id"][:8])
    assert "Derivation" in told and "met" in told
    assert "Tree" in coder.explain(MET, sentence=1)
    with pytest.raises(demarche.InputError, match="no event"):
        coder.explain(MET, event="ffff")
    with pytest.raises(demarche.InputError, match="no sentence 9"):
        coder.explain(MET, sentence=9)


def test_a_coded_article_shows_itself(coder: demarche.Coder) -> None:
    hostile = coder.code(MET + " <script>alert(1)</script>")
    page = hostile._repr_html_()
    assert "<mark" in page and "CONSULT" in page and "<script>" not in page and "&lt;script&gt;" in page
    spans = hostile.displacy()
    assert {span["label"] for span in spans["spans"]} >= {"CONSULT"}
    for span in spans["spans"]:
        words = spans["tokens"][span["start_token"] : span["end_token"]]
        assert spans["text"][span["start"] : span["end"]].startswith(words[0])


def test_a_coder_travels(coder: demarche.Coder) -> None:
    assert pickle.loads(pickle.dumps(coder)).stamp == coder.stamp
    assert coder.stamp["version"] == demarche.__version__


def test_other_threads_run_meanwhile() -> None:
    coder, articles, counted = demarche.Coder(threads=1), demo(2), [0]
    ended = threading.Event()

    def count() -> None:
        while not ended.is_set():
            counted[0] += 1
            time.sleep(0.001)

    beside = threading.Thread(target=count)
    beside.start()
    begun = time.monotonic()
    coder.code(articles)
    took = time.monotonic() - begun
    ended.set()
    beside.join()
    assert counted[0] > took * 1000 / 10, f"{counted[0]} steps in {took:.1f} s: the lock was held"


def test_control_c_stops_the_work() -> None:
    coder, articles = demarche.Coder(threads=1), demo(6) * 50
    # Whoever starts the tests in the background has Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.5, lambda: signal.raise_signal(signal.SIGINT)).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        coder.code(articles)
    assert time.monotonic() - begun < 10


def test_gold_is_scored(coder: demarche.Coder) -> None:
    gold = [
        {"text": MET, "event": "CONSULT", "actor": [{"code": "NOR"}, {"code": "CHL"}], "recipient": [], "status": "actual"},
        {"text": "Chile condemned the raid on its embassy.", "event": "ACCUSE", "actor": [{"code": "CHL"}], "recipient": [], "status": "actual"},
    ]
    report = demarche.eval_events(gold, coder=coder)
    assert "ACCUSE" in str(report) or "type" in str(report), report
    # What is coded in a text that tells of no event is wrong.
    worse = demarche.eval_events([*gold, {"text": "Kenya recalled its ambassador from Ethiopia on Monday."}], coder=coder)
    assert str(worse) != str(report) and worse.scores != report.scores
    with pytest.raises(demarche.InputError, match="no gold"):
        demarche.eval_events([], coder=coder)
    with pytest.raises(demarche.InputError):
        demarche.eval_relations("no table", coder=coder)


def test_relations_are_scored_as_by_the_command(coder: demarche.Coder, tmp_path: Path) -> None:
    header = "id\tsentence\tmarked_sentence\troot\tquad\n"
    told = [("Chile", "thanked", "Peru", "SUPPORT", "1"), ("Kenya", "accused", "Ethiopia", "ACCUSE", "3"), ("Mali", "watched", "Niger", "CONSULT", "1")]
    rows = [f"{n}\t{a} {verb} {b} on Monday.\t<S>{a}</S> {verb} <T>{b}</T> on Monday.\t{root}\t{quad}\n" for n, (a, verb, b, root, quad) in enumerate(told)]
    gold = tmp_path / "pairs.tsv"
    gold.write_text(header + "".join(rows))
    assert demarche.eval_relations(gold.read_text(), coder=coder).scores == json.loads(command("eval", "relations", gold, "--json"))


def test_marked_articles_are_scored_as_by_the_command(coder: demarche.Coder, tmp_path: Path) -> None:
    marked = (
        "published: 2026-03-10\ntitle: Talks in Oslo\n\n"
        "[Norway's [foreign minister|A NOR GOV]|A NOR GOV] met [the [Chilean|A CHL -] ambassador|A CHL GOV] in [Oslo|P city 3143244 NOR 59.913,10.739] on [Monday|T 2026-03-08].\n"
    )
    (tmp_path / "talks.txt").write_text(marked)
    for metric in ("mentions", "places", "dates"):
        ours = getattr(demarche, f"eval_{metric}")({"talks": marked}, coder=coder)
        assert ours.scores == json.loads(command("eval", metric, tmp_path, "--errors", "--json")), metric
    # Monday was the 9th.
    assert "talks" in str(demarche.eval_dates({"talks": marked}, coder=coder)) and "Monday" in str(demarche.eval_dates(marked, coder=coder))
    with pytest.raises(demarche.InputError, match="article 1"):
        demarche.eval_places(["no marks"], coder=coder)


def test_many_articles_keep_their_places_whatever_is_among_them(coder: demarche.Coder) -> None:
    nothing: list[typing.Any] = [MET, None, "", 5, float("nan"), {"title": "no text"}, MET]
    for coded in (coder.code(nothing), list(coder.code_each(nothing, ahead=2))):
        assert [one.error is None for one in coded] == [True, False, False, False, False, False, True]
        assert [one.error.message.split(":")[1] for one in coded if one.error] == ["2", "3", "4", "5", "6"]
        assert all(one.error.next_step for one in coded if one.error)
        assert coded[0].events == coded[6].events or coded[0].events[0]["event"] == coded[6].events[0]["event"]


def test_slips_of_the_caller_are_told(coder: demarche.Coder) -> None:
    wrong: typing.Any
    for wrong in ("article.html", Path("article.html"), b"bytes", 5, None):
        with pytest.raises(demarche.InputError) as caught:
            coder.code(wrong)
        assert caught.value.next_step, wrong
    day: typing.Any
    for day in (20260310, [2026], "10/3/2026", "yesterday"):
        with pytest.raises(demarche.InputError, match="no day"):
            coder.code(MET, published=day)
    assert coder.code(MET, published="2026-03-10T04:00:00Z").events == coder.code(MET, published="2026-03-10").events
    for table in ([{"text": MET}], {"text": [MET]}, "articles.csv"):
        with pytest.raises(demarche.InputError, match="no table"):
            coder.code_table(table)


def test_a_coded_article_explains_itself(coder: demarche.Coder) -> None:
    coded = coder.code({"text": MET, "title": "Talks"}, published="2026-03-10")
    event = coded.events[0]
    assert coded.explain(event) == coded.explain(event["id"][:6]) == coder.explain(coded, event=event) and "2026-03-09" in coded.explain(event)
    assert coder.code([MET])[0].explain(sentence=1) == coder.explain(MET, sentence=1)
    assert event["spans"] and "<mark" in coded.html() or "<span" in coded.html()
    with pytest.raises(demarche.InputError, match="no sentence 9"):
        coded.explain(sentence=9)


def test_a_text_that_ends_in_a_link_is_a_text(coder: demarche.Coder) -> None:
    for text in (f"{MET} https://x.example/a.html", "https://x.example/a.html"):
        assert coder.code(text).text == text


def test_gold_is_read_with_care(coder: demarche.Coder) -> None:
    gold: dict[str, typing.Any] = {"text": MET, "event": "CONSULT", "actor": [{"code": "NOR"}, {"code": "CHL"}], "recipient": [], "status": "actual", "date": "2026-03-09"}
    dates = [
        next(row for row in demarche.eval_events([{**gold, **told}], coder=coder).scores["scores"] if row["name"] == "date")["correct"]
        for told in ({}, {"published": "2026-03-10", "mode": float("nan")})
    ]
    assert dates == [0, 1]
    for slip in ({"event": "FIGHT"}, {"status": "real"}, {"actor": None}, {"recipient": "CHL"}, {"text": ""}):
        with pytest.raises(demarche.InputError, match="record 1 of gold") as caught:
            demarche.eval_events([{**gold, **slip}], coder=coder)
        assert caught.value.next_step
    with pytest.raises(demarche.InputError, match="two days"):
        demarche.eval_events([{**gold, "published": day} for day in ("2026-03-10", "2026-03-11")], coder=coder)
    # What gold never tells is not scored.
    silent = {key: value for key, value in gold.items() if key != "date"}
    rows = {row["name"]: row for row in demarche.eval_events([silent], coder=coder).scores["scores"]}
    assert rows["mode"]["system"] == rows["date"]["system"] == rows["context"]["system"] == 0 and rows["found"]["correct"] == 1


def fits(value: object, shape: object) -> bool:
    """Whether a value has the shape of an annotation."""
    origin, parts = typing.get_origin(shape), typing.get_args(shape)
    if typing.is_typeddict(shape):
        fields = typing.get_type_hints(shape)
        return isinstance(value, dict) and value.keys() == fields.keys() and all(fits(value[name], fields[name]) for name in fields)
    if origin is list:
        return isinstance(value, list) and all(fits(one, parts[0]) for one in value)
    if parts:
        return any(fits(value, part) for part in parts)
    if shape is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, shape) and (shape is bool or not isinstance(value, bool))  # type: ignore[arg-type]


def test_records_have_the_shapes_that_are_told(coder: demarche.Coder) -> None:
    shapes = {"events": demarche.Event, "quotes": demarche.Quote, "relations": demarche.Relation, "facts": demarche.Fact, "rejects": demarche.Reject}
    counts = dict.fromkeys(shapes, 0)
    texts = ["Iraq, a member of OPEC, pumps 4.2 million barrels a day, up from 4 million in May, the agency said."]
    for coded in [*coder.code(demo(2)), *coder.code(texts)]:
        for kind, shape in shapes.items():
            for record in getattr(coded, kind):
                counts[kind] += 1
                assert fits(record, shape), f"{shape.__name__}: {record}"
    assert all(counts.values()), counts


def test_readme_example_is_coded() -> None:
    text = (ROOT / "examples/aid-convoy.txt").read_text()
    whole = command("code", ROOT / "examples/aid-convoy.txt", "--format", "jsonl")
    kinds = [json.loads(line)["event"] for line in whole.splitlines()]
    assert [event["event"] for event in demarche.code(text).events] == kinds
