# %% [markdown]
# # Add your own actors and event types
#
# The program knows some two hundred states, thousands of offices and bodies, and 220,000 places. It does not know the militia that your
# dissertation is about. This adds it, and a kind of event that matters to you, without touching the program.

# %%
import tempfile
from pathlib import Path

import demarche

text = (
    "Fighters of the Tin Front attacked a police post near Potosi on Monday, killing two officers. "
    "The miners' council of Uncia downed tools in sympathy, and the government sent soldiers to the town."
)
before = demarche.code(text, published="2026-03-10")
for event in before.events:
    print(event["event"], [(party["code"], party["sector"], party["entity_text"]) for party in event["actor"]])

# %% [markdown]
# ## Actors
#
# A folder with a table `actors.csv` is enough; `docs/knowledge.md` has all columns (since when, until when, which sectors in which years, places, outlets).
# Your rows win over those that ship.

# %%
mine = Path(tempfile.mkdtemp())
(mine / "actors.csv").write_text(
    "id,name,aliases,kind,code,sectors\n"
    "grp.tin-front,Tin Front,Frente del Estano|FE,body,BOL,REB\n"
)
coder = demarche.Coder(knowledge=mine)
after = coder.code(text, published="2026-03-10")
for event in after.events:
    print(event["event"], [(party["code"], party["sector"], party["identifier_text"]) for party in event["actor"]])

# %% [markdown]
# A slip is told with its place, and nothing is coded with half of your tables:

# %%
(mine / "actors.csv").write_text("id,name,aliases,kind,code,sectors\ngrp.tin-front,Tin Front,,body,BOLIVIA,REB\n")
try:
    demarche.Coder(knowledge=mine)
except demarche.TableError as error:
    print(error)
(mine / "actors.csv").write_text("id,name,aliases,kind,code,sectors\ngrp.tin-front,Tin Front,,body,BOL,REB\n")

# %% [markdown]
# ## Event types
#
# The model reads what is common in news. For what is rare, or coded otherwise in your codebook, write a row of the lexicon: a pattern, who fills which
# part, the type, the mode. "Down tools" is a strike, and strikes are protests.

# %%
own = Path(tempfile.mkdtemp()) / "labour.tsv"
own.write_text(
    "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n"
    "down.v obj:tool\tactor=subj\tPROTEST\tstrike\t143\t\t\t{A:Dockers} [downed] tools in Antofagasta on Friday.\n"
)
coder = demarche.Coder(knowledge=mine, lexicon=own)
coded = coder.code(text, published="2026-03-10")
for event in coded.events:
    print(f"{event['event']:10} {event['mode']} by the rule {event['coder']['rule']}")
strikes = [event for event in coded.events if event["coder"]["rule"].startswith("labour:")]

# %% [markdown]
# The stamp says that other tables coded this: whoever compares two data sets sees that they are not of the same coder.

# %%
print({name: (value, demarche.Coder().stamp[name]) for name, value in coder.stamp.items() if name in ("run", "lexicon", "knowledge")})
assert coder.stamp["run"] != demarche.Coder().stamp["run"]
assert strikes, "the row fires"
assert any(party["identifier_text"] == "Tin Front" for event in coded.events for party in event["actor"])
