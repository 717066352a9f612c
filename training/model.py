"""The network: one encoder, heads on every word, and a reader that looks again once for every trigger.

The encoder's lower layers are shared. Its upper layers feed the word heads (syntax, mentions, triggers). The reader
is a second copy of the upper layers: it takes the lower layers' output with one trigger marked and says, word by
word, what the rest of the text is to that trigger: who does it, to whom, where, who says so, which other words tell
of the same act or of one it answers. Marking the trigger and attending again reads roles better than scoring
pairs of words does (EXPERIMENTS.md).
"""
import json
import math
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

import data as D


def quick():
    """Returns the context to compute in: bfloat16, where the processor has it; elsewhere it would be many times slower."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())


class Layer(nn.Module):
    """A transformer layer, normalised after each half (Devlin et al. 2019)."""

    def __init__(self, width, heads, inner, eps):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if torch.onnx.is_in_onnx_export():
            a = (q * (1 / math.sqrt(q.shape[-1]))) @ k.transpose(-1, -2) + bias
            a = a.softmax(-1) @ v
        else:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=0.1 * self.training)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Base:
    """Base weights: where they lie, how big they are, and what their special pieces are called."""

    def __init__(self, folder, layers=None):
        self.folder = pathlib.Path(folder)
        config = json.loads((self.folder / "config.json").read_text())
        self.mpnet = config["model_type"] == "mpnet"
        self.width, self.heads = config["hidden_size"], config["num_attention_heads"]
        self.inner, self.eps = config["intermediate_size"], config["layer_norm_eps"]
        self.layers = layers or config["num_hidden_layers"]   # the lowest of them
        self.vocabulary = (self.folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        first, last, pad = (("<s>", "</s>", "<pad>") if self.mpnet else ("[CLS]", "[SEP]", "[PAD]"))
        self.ends = [self.vocabulary.index(piece) for piece in (first, last)]
        self.pad = self.vocabulary.index(pad)

    def state(self, shared):
        """Returns the weights under this module's names; layers from `shared` on also for the reader."""
        w = {k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in load_file(self.folder / "model.safetensors").items()}
        e, out = "embeddings.", {}
        position = w[e + "position_embeddings.weight"]
        out["word.weight"] = w[e + "word_embeddings.weight"]
        out["position.weight"] = position[2:] if self.mpnet else position
        if not self.mpnet:   # the only token type in use is folded into the positions
            out["position.weight"] = position + w[e + "token_type_embeddings.weight"][0]
        for k in ("weight", "bias"):
            out[f"norm.{k}"] = w[f"{e}LayerNorm.{k}"]
            for i in range(self.layers):
                p = f"encoder.layer.{i}."
                names = ("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm") if self.mpnet else \
                    ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")
                q = {"qkv": None, "out": f"attention.{names[3]}", "norm1": f"attention.{names[4]}",
                     "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
                for mine, theirs in q.items():
                    value = torch.cat([w[f"{p}attention.{n}.{k}"] for n in names[:3]]) if theirs is None else w[f"{p}{theirs}.{k}"]
                    if i < shared:
                        out[f"lower.{i}.{mine}.{k}"] = value
                    else:
                        out[f"upper.{i - shared}.{mine}.{k}"] = value
                        out[f"reader.{i - shared}.{mine}.{k}"] = value
        if self.mpnet:
            out["relative.weight"] = w["encoder.relative_attention_bias.weight"]
        return out


def buckets(n, device):
    """Returns MPNet's 32 relative position buckets (Raffel et al. 2020, table of T5)."""
    at = torch.arange(n, device=device)
    far = -(at[None] - at[:, None])
    side = (far < 0).long() * 16
    far = far.abs()
    log = 8 + (torch.log(far.float().clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return side + torch.where(far < 8, far, log.clamp(max=15))


class Network(nn.Module):
    """Encoder, word heads and reader."""

    def __init__(self, base, shared):
        super().__init__()
        self.base, d = base, base.width
        self.word = nn.Embedding(len(base.vocabulary), d)
        self.position = nn.Embedding(512, d)
        self.norm = nn.LayerNorm(d, base.eps)
        self.drop = nn.Dropout(0.1)
        # whose habits of annotating are meant, nothing at first: for the encoder and for the reader
        self.annotator, self.annotates = nn.Embedding(len(D.ANNOTATORS), d), nn.Embedding(len(D.ANNOTATORS), d)
        nn.init.zeros_(self.annotator.weight)
        nn.init.zeros_(self.annotates.weight)

        def stack(n):
            return nn.ModuleList(Layer(d, base.heads, base.inner, base.eps) for _ in range(n))
        self.lower, self.upper, self.reader = stack(shared), stack(base.layers - shared), stack(base.layers - shared)
        if base.mpnet:
            self.relative = nn.Embedding(32, base.heads)
        missing = self.load_state_dict(base.state(shared), strict=False)
        assert not missing.unexpected_keys, missing
        # word heads
        self.types = nn.Linear(d, len(D.TYPES) + 1)
        self.mentions = nn.Linear(d, len(D.MENTIONS))
        self.sectors = nn.Linear(d, len(D.SECTORS))
        self.pos = nn.Linear(d, len(D.POS))
        self.relations = nn.Linear(d, len(D.RELATIONS))
        self.starts = nn.Linear(d, 1)
        self.below = nn.Linear(d, d)   # what the lower layers tell of syntax, nothing at first
        nn.init.zeros_(self.below.weight)
        nn.init.zeros_(self.below.bias)
        self.dependent, self.governor = nn.Linear(d, 128), nn.Linear(d, 128)
        self.arc = nn.Parameter(torch.randn(128, 128) * 0.02)
        self.governs = nn.Linear(128, 1)
        # reader
        self.mark = nn.Parameter(torch.randn(d) * 0.02)
        self.others = nn.Linear(len(D.TYPES), d, bias=False)   # where acts of each type seem to be told
        self.above = nn.Linear(d, d)   # what the upper layers saw, nothing at first
        nn.init.normal_(self.others.weight, std=0.02)
        nn.init.zeros_(self.above.weight)
        nn.init.zeros_(self.above.bias)
        self.roles = nn.Linear(d, len(D.ROLES))
        nn.init.constant_(self.roles.bias, -4.0)
        self.modes = nn.Linear(d, len(D.MODES))
        nn.init.constant_(self.modes.bias, -4.0)
        self.status = nn.Linear(d, len(D.STATUSES))
        self.stance = nn.Linear(d, len(D.STANCES))
        self.when = nn.Linear(d, len(D.WHENS))
        self.kind = nn.Linear(d, len(D.TYPES) + 1)
        self.certain = nn.Linear(d, 1)   # learnt beside the rest, never asked (train.py --factuality)

    @classmethod
    def trained(cls, base, run):
        """Returns the network of a run, ready to use, and the run's settings."""
        settings = json.loads((pathlib.Path(run) / "args.json").read_text())
        base.layers = settings.get("layers") or base.layers
        net = cls(base, settings["shared"])
        net.begin_with(torch.load(pathlib.Path(run) / "final.pt"))
        return net.eval(), settings

    def begin_with(self, weights):
        """Takes over trained weights; older ones know of no annotators and read syntax off the upper layers alone."""
        missing = self.load_state_dict(weights, strict=False)
        younger = ("annotat", "below", "certain")
        assert not missing.unexpected_keys and all(k.startswith(younger) for k in missing.missing_keys), missing

    def bias(self, mask):
        """Returns what is added to attention scores: padding shut out, and MPNet's distances."""
        out = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        if self.base.mpnet:
            out = out + self.relative(buckets(mask.shape[1], mask.device)).permute(2, 0, 1)[None].float()
        return out

    def encode(self, ids, mask, annotators=None):
        """Returns the output of the lower and of the upper layers, as each text's annotator (the gold's) would read it."""
        bias = self.bias(mask)
        x = self.word(ids) + self.position(torch.arange(ids.shape[1], device=ids.device))[None]
        x = x + (self.annotator.weight[0] if annotators is None else self.annotator(annotators)[:, None])
        x = self.drop(self.norm(x))
        for layer in self.lower:
            x = layer(x, bias)
        low = x
        for layer in self.upper:
            x = layer(x, bias)
        return low, x

    def syntax(self, low, high):
        """Returns what the syntax heads read."""
        return high + self.below(low)

    def ground(self, low, high):
        """Returns what the reader reads: the lower layers' output, what the upper ones made of it, and where else
        acts seem to be told (the type head's own word, so that training sees what use will see)."""
        types = self.types(high).float().softmax(-1)[..., 1:].detach()
        return low + self.above(high) + self.others(types.to(low.dtype))

    def read(self, low, marked, mask, annotators=None):
        """Returns the reader's view of its ground: `marked` is 1 on the pieces of the trigger."""
        bias = self.bias(mask)
        habit = self.annotates.weight[0] if annotators is None else self.annotates(annotators)[:, None]
        x = low + marked[..., None].to(low.dtype) * (self.mark + habit).to(low.dtype)
        for layer in self.reader:
            x = layer(x, bias)
        return x

    def arcs(self, words):
        """Returns the score of every word (columns) as the head of every word (rows)."""
        dependent, governor = F.gelu(self.dependent(words)), F.gelu(self.governor(words))
        return dependent @ self.arc @ governor.transpose(1, 2) + self.governs(governor).transpose(1, 2)
