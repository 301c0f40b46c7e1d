# %% [markdown]
# # Code your first article
#
# Ten minutes, for somebody who knows Python and has never coded events. You need the package `demarche` (`pip install .` in a clone of the
# repository) and nothing else. Run it as a script, or cell by cell in Jupyter or an editor that knows `# %%`.

# %%
import demarche

# %% [markdown]
# An article is a text. What you know about it beside the text helps: the day of publication turns "on Monday" into a day.

# %%
article = {
    "title": "Nairobi recalls envoy as border row deepens",
    "published": "2026-03-10",
    "source": "Lakeside Courier",
    "text": (
        "NAIROBI - Kenya recalled its ambassador from Ethiopia on Monday after gunmen killed four herders near Moyale.\n\n"
        "\"We expect an explanation from Addis Ababa,\" Kenya's foreign minister said. "
        "Ethiopia denied that its soldiers had crossed the border and offered to hold talks next week.\n\n"
        "About 300 people marched through Moyale on Sunday to demand protection."
    ),
}
coded = demarche.code(article)
coded

# %% [markdown]
# In a notebook the last line shows the article with its events marked. Here they are as a list: who did what to whom, and whether it
# happened at all. `status` is what most data sets lack: what was threatened, planned or denied did not happen. Offered talks are AGREE, an event of their own: the talks
# would be CONSULT. A title tells again what the text tells, so it counts again; `store.corroborate()` joins such reports. Where actor and recipient are one country,
# something happened within it: look at the sectors, as codes of countries alone read like a war with oneself.

# %%
for event in coded.events:
    actors = " + ".join(party["code"] or party["entity_text"] for party in event["actor"]) or "-"
    recipients = " + ".join(party["code"] or party["entity_text"] for party in event["recipient"]) or "-"
    mode = f"-{event['mode'][0]}" if event["mode"] else ""
    print(f"{event['date'] or '?':10}  {event['status']:12}  {event['event'] + mode:20}  {actors} -> {recipients}")

# %% [markdown]
# Every value can be followed to the words. Spans count characters of the article's own text.

# %%
for event in coded.events:
    begin, end = event["spans"]["trigger"]
    print(f"{event['event']:10} because of the word {coded.text[begin:end]!r} in: {event['text'][:60]}...")

# %% [markdown]
# Why was it coded so? `explain` tells the whole way: words, tree, who is known, the rule or the score, and what was nearly coded instead.

# %%
why = demarche.explain(article, event=coded.events[0]["id"])
print(why[:1200])

# %% [markdown]
# Numbers and quotes come with their sources.

# %%
for quote in coded.quotes:
    print(f"{quote['speaker'] or 'nobody named'}: {quote['text']}")
for event in coded.events:
    told = {name: value for name, value in event["magnitude"].items() if name in ("dead", "size") and value is not None}
    if told:
        print(event["event"], told)

# %% [markdown]
# What was *not* coded is told as well, with the reason. Nothing is dropped in silence.

# %%
for reject in coded.rejects[:5]:
    print(f"{reject['reason']}: {reject['text'][:70]}")

# %% [markdown]
# The records are the same bytes that the command writes, so a colleague without Python gets the same:
# `demarche code article.jsonl --format jsonl`.

# %%
print(coded.jsonl("events").splitlines()[0][:200])
assert coded.events, "an article with a recall and a protest has events"
