# %% [markdown]
# # Build a dyad series from your own corpus, and check its error rate
#
# A series of what one country did to another is the bread of conflict research. This builds one from a folder of articles, normalises
# it by what was published at all, and then asks the question that most papers leave out: how often is a coded event wrong?
#
# You need `demarche` and pyarrow (`pip install '.[arrow]'`). The corpus is the half-year of invented news that ships in `examples/demo` of the repository, where
# this runs as it stands; put your own folder, crawl or table in its place.

# %%
import json
import random
import sys
import tempfile
from pathlib import Path

import demarche

repository = next((folder for folder in Path.cwd().resolve().joinpath("x").parents if (folder / "examples/demo").is_dir()), Path())
corpus = sorted((repository / "examples/demo").glob("*.jsonl"))          # or ["my-crawl/"], ["articles.parquet"]
assert corpus, "there is no examples/demo here: run this in a clone of the repository, or name your own corpus in the line above"
place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "my.store"

# %% [markdown]
# Taking in is safe to repeat: each page is taken once, whatever stopped you. Copies of one report are found on the way.

# %%
done = demarche.ingest(corpus, place)
print(done.counts)
assert not done.failures

# %% [markdown]
# Which pairs have most to do with each other?

# %%
store = demarche.open_store(place)
pairs = store.query("""
    SELECT actor, recipient, count(*) AS events FROM dyads
    WHERE recipient IS NOT NULL AND actor <> recipient AND status = 'actual'
    GROUP BY actor, recipient ORDER BY events DESC, actor, recipient LIMIT 5
""").to_pyarrow()
for row in pairs.to_pylist():
    print(f"{row['actor']} -> {row['recipient']}: {row['events']}")
actor, recipient = pairs["actor"][0].as_py(), pairs["recipient"][0].as_py()

# %% [markdown]
# The series by month, both ways. Only what actually happened counts; say `status=[...]` for what was threatened or planned. `all_articles` is
# what was published in that month by anybody on anything: divide by it, or a growing press looks like a growing conflict.

# %%
series = store.series(actor, recipient, by="month", both_ways=True)
print(f"{actor} and {recipient}; without a day: {series.undated}, too coarse for a month: {series.coarse}")
for step in series.table.to_pyarrow().to_pylist():
    conflict = step["verbal_conflict"] + step["material_conflict"]
    rate = 100 * step["events"] / step["all_articles"] if step["all_articles"] else 0
    print(f"{step['begin']:%Y-%m}  {step['events']:3} events  {conflict:3} of conflict  intensity {step['intensity']:7.1f}  {rate:5.1f} per 100 articles")

# %% [markdown]
# Several outlets report the same event. `corroborate` joins the reports, and `joined=True` counts each event of the world once.

# %%
print(demarche.open_store(place, write=True).corroborate())
store.refresh()
once = store.series(actor, recipient, by="month", both_ways=True, joined=True)
reports = sum(series.table.to_pyarrow()["events"].to_pylist())
print(f"{reports} reports, {sum(once.table.to_pyarrow()['events'].to_pylist())} events")

# %% [markdown]
# ## The error rate
#
# Draw a sample **by chance**, print each event with its sentence, and read. Two hundred take an afternoon and give the precision of *your* corpus to
# within some five points. Here are five.

# %%
events = store.events(status="actual", columns=["id", "record"]).to_pyarrow()["record"].to_pylist()
sample = random.Random(1).sample(events, 5)
for record in map(json.loads, sample):
    parties = " -> ".join(" + ".join(p["entity_text"] for p in record[role]) or "-" for role in ("actor", "recipient"))
    print(f"{record['event']:10} {parties}\n           {record['text'][:110]}")

# %% [markdown]
# Write down what a careful reader would have coded, one record an event; sentences without any event count as well, for they catch false
# positives. `eval_events` scores every field. (These five sentences were written for the tutorial: yours are your sample.)

# %%
gold = [
    {"text": "Bolivian police arrested two Peruvian journalists in La Paz on Friday.", "event": "COERCE", "actor": [{"code": "BOL"}], "recipient": [{"code": "PER"}], "status": "actual"},
    {"text": "Paraguay will not send troops to the border, its defence minister said.", "event": "MOBILIZE", "actor": [{"code": "PRY"}], "recipient": [], "status": "negated"},
    {"text": "Chile and Argentina signed a treaty on water on Tuesday.", "event": "AGREE", "actor": [{"code": "CHL"}, {"code": "ARG"}], "recipient": [], "status": "actual"},
    {"text": "Thousands of students marched through Lima to protest against fees.", "event": "PROTEST", "actor": [{"code": "PER"}], "recipient": [], "status": "actual"},
    {"text": "Bolivia accused Paraguay of diverting the river.", "event": "ACCUSE", "actor": [{"code": "BOL"}], "recipient": [{"code": "PRY"}], "status": "actual"},
    {"text": "The national side beat Uruguay in Montevideo."},          # no event
]
scores = demarche.eval_events(gold)
print(scores)

# %% [markdown]
# With `n` events read and `w` of them wrong, the error rate is `w / n`; say how sure you are of it.

# %%
def interval(wrong: int, read: int) -> tuple[float, float]:
    """Wilson's interval of 95 %."""
    z, share = 1.96, wrong / read
    middle = (share + z * z / (2 * read)) / (1 + z * z / read)
    half = z / (1 + z * z / read) * ((share * (1 - share) / read + z * z / (4 * read * read)) ** 0.5)
    return middle - half, middle + half


low, high = interval(wrong=24, read=200)
print(f"24 wrong of 200: an error rate of 12 %, between {low:.0%} and {high:.0%}")
assert reports > 0
