"""The language model: MiniLM-L6 with case features and light heads, one pass for every layer.

Inputs are ids [B,T], case [B,T], mask [B,T] and `words`, flat indices of the first word piece of every word, each
sentence led by its [CLS], which stands for the root. The output is the blocks named in `layout`, [N, size] each, one row a
word or root; what is cheaper per decoded arc or span than per pair (relation labels, entity types) is finished in
Rust from the `tail` weights.
"""

import torch
from torch import nn
from torch.nn import functional as F

ARC, REL, SPAN, KIND = 192, 160, 96, 96
ROLE = 96  # width in which a trigger and a word meet
# Dependents, heads, first and last words, each as the layer that compares them wants them.
PAIR = {"arc_dep": ARC, "arc_head": ARC, "rel_dep": REL, "rel_head": REL, "span_start": SPAN, "span_end": SPAN, "kind_start": KIND, "kind_end": KIND}


class Dropout(nn.Module):
    """Dropout whose masks are slices, begun at random, of one drawn pool: drawing every mask anew is an eighth of a step on a CPU."""

    POOL, LASTS = 1 << 23, 1024

    def __init__(self, p):
        super().__init__()
        self.p, self.pool, self.left = p, None, 0

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if x.is_cuda:
            # There drawing is cheap.
            return F.dropout(x, self.p)
        n = x.numel()
        if self.left == 0 or n > len(self.pool):
            self.pool = torch.empty(max(self.POOL, 2 * n), dtype=torch.bfloat16).bernoulli_(1 - self.p).div_(1 - self.p)
            self.left = self.LASTS
        self.left -= 1
        start = int(torch.randint(len(self.pool) - n + 1, ()))
        return x * self.pool[start : start + n].view(x.shape)


class Encoder(nn.Module):
    """BERT, written out; crates/language/src/encoder runs the same in 8-bit integers."""

    def __init__(self, vocab=30522, width=384, layers=6, heads=12, inner=1536, positions=512, cases=12):
        super().__init__()
        self.heads = heads
        self.word = nn.Embedding(vocab, width)
        self.position = nn.Embedding(positions, width)
        self.case = nn.Embedding(cases, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.dropout = Dropout(0.1)
        nn.init.zeros_(self.case.weight)

    def forward(self, ids, case, mask):
        positions = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        x = self.dropout(self.norm(self.word(ids) + self.position(positions) + self.case(case)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(0.1)

    def forward(self, x, bias):
        b, t, w = x.shape
        qkv = self.qkv(x).reshape(b, t, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        if x.is_cuda:
            mixed = F.scaled_dot_product_attention(q, k, v, bias.to(q.dtype), self.dropout.p if self.training else 0.0)
        else:
            scores = q @ k.transpose(-1, -2) * self.size**-0.5 + bias
            mixed = self.dropout(scores.softmax(-1)) @ v
        mixed = mixed.transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def load_pretrained(encoder, path):
    from safetensors.torch import load_file

    w = load_file(path)
    get = lambda name: w.get(name, w.get("bert." + name))
    encoder.word.weight.data = get("embeddings.word_embeddings.weight").clone()
    # The segment embedding is constant here, so it moves into the positions.
    encoder.position.weight.data = get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
    copy(encoder.norm, get, "embeddings.LayerNorm")
    for i, layer in enumerate(encoder.layers):
        p = f"encoder.layer.{i}."
        layer.qkv.weight.data = torch.cat([get(p + f"attention.self.{n}.weight") for n in ("query", "key", "value")])
        layer.qkv.bias.data = torch.cat([get(p + f"attention.self.{n}.bias") for n in ("query", "key", "value")])
        copy(layer.out, get, p + "attention.output.dense")
        copy(layer.norm1, get, p + "attention.output.LayerNorm")
        copy(layer.up, get, p + "intermediate.dense")
        copy(layer.down, get, p + "output.dense")
        copy(layer.norm2, get, p + "output.LayerNorm")


def copy(module, get, name):
    module.weight.data, module.bias.data = get(name + ".weight").clone(), get(name + ".bias").clone()


def answers(queries, words):
    """Log odds [triggers, roles, words] from `LanguageModel.queries` and rows of `role_word`, of all triggers or of each."""
    return queries[..., :-1] @ words.transpose(-1, -2) + queries[..., -1:]


class LanguageModel(nn.Module):
    def __init__(self, sizes, width=384):
        super().__init__()
        self.encoder = Encoder()
        self.upos = nn.Linear(width, sizes["upos"])
        self.feats = nn.Linear(width, sizes["feats"])
        self.lemma = nn.Linear(width, sizes["lemma_rules"])
        self.hidden = nn.Linear(width, width)
        self.pair = nn.Linear(width, sum(PAIR.values()))
        self.rel_out = nn.Linear(REL, sizes["rels"])
        self.kind_out = nn.Linear(KIND, sizes["entities"])
        self.arc_bias = nn.Linear(width, 1)
        self.span_bias = nn.Parameter(torch.tensor(-3.0))
        # Events: every word's act; a trigger's status, contexts, and the words that fill its roles.
        self.event = nn.Linear(width, width)
        self.act = nn.Linear(width, sizes["acts"])
        # An act's score is its own and its type's: types are learnt from all their acts together. Export adds the two up.
        self.family = nn.Linear(width, sizes["types"])
        # Filled in from the table of acts by whoever makes the model, and not part of its weights, of which averages are taken.
        self.register_buffer("type_of", torch.zeros(sizes["acts"], dtype=torch.long), persistent=False)
        # The acts of each type, filled up with act 0, and what takes the filling out of a sum of exponentials.
        self.register_buffer("acts_in", torch.zeros(sizes["types"], 1, dtype=torch.long), persistent=False)
        self.register_buffer("no_act", torch.zeros(sizes["types"], 1), persistent=False)
        self.role_word = nn.Linear(width, ROLE)
        self.role_trigger = nn.Linear(width, sizes["roles"] * ROLE)
        self.role_bias = nn.Linear(width, sizes["roles"])
        self.status = nn.Linear(width, sizes["status"])
        self.context = nn.Linear(width, sizes["contexts"])
        self.dropout = Dropout(0.2)

    def forward(self, ids, case, mask, words):
        h = self.encoder(ids, case, mask)
        h = h.reshape(-1, h.shape[-1]).index_select(0, words)
        h = self.dropout(h)
        z = self.dropout(F.gelu(self.hidden(h)))
        e = self.dropout(F.gelu(self.event(h)))
        out = {"upos": self.upos(h), "feats": self.feats(h), "lemma": self.lemma(h), "arc_bias": self.arc_bias(z)}
        out |= zip(PAIR, self.pair(z).float().split(list(PAIR.values()), -1))
        out |= {"event": e, "act": self.acts_of(e), "role_word": self.role_word(e)}
        return {name: block.float() for name, block in out.items()}

    def acts_of(self, e):
        """Scores of acts, the type's share included."""
        return self.act(e) + self.family(e).index_select(-1, self.type_of)

    def know_types(self, types):
        """Tells the model each act's type."""
        self.type_of.copy_(torch.as_tensor(types))
        members = [[a for a, t in enumerate(types) if t == kind] for kind in range(len(self.acts_in))]
        most = max(len(m) for m in members)
        at = self.type_of.device
        self.acts_in = torch.tensor([m + [0] * (most - len(m)) for m in members], device=at)
        self.no_act = torch.tensor([[0.0] * len(m) + [float("-inf")] * (most - len(m)) for m in members], device=at)

    def by_type(self, logits):
        """Log odds of types: each the log of the sum over its acts."""
        return (logits.index_select(-1, self.acts_in.view(-1)).view(*logits.shape[:-1], *self.acts_in.shape) + self.no_act).logsumexp(-1)

    def queries(self, e):
        """What each trigger asks of a word for each role [triggers, roles, ROLE + 1], the bias last."""
        return torch.cat([self.role_trigger(e).reshape(len(e), -1, ROLE) * ROLE**-0.5, self.role_bias(e).unsqueeze(-1)], -1).float()

    def roles_of(self, part, triggers, words):
        """Log odds [triggers, roles, words] that a word is inside a span of that role; `triggers` and `words` are rows."""
        return answers(self.queries(part["event"][triggers]), part["role_word"][words])

    def layout(self, sizes):
        names = [("upos", sizes["upos"]), ("feats", sizes["feats"]), ("lemma", sizes["lemma_rules"])]
        names += [*PAIR.items(), ("arc_bias", 1)]
        names += [("event", self.event.out_features), ("act", sizes["acts"]), ("role_word", ROLE)]
        offset, out = 0, {}
        for name, size in names:
            out[name] = (offset, size)
            offset += size
        return out
