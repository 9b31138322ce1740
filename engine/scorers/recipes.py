"""Recipes of scorers as data: how a model is given a trace, and where its numbers are read. Knows no model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*")
Family = Literal["token_head", "next_token", "generative", "implicit", "scalar_orm"]
Form = Literal["own", "plain", "pieces", "chat", "turns"]
At = Literal["tag", "separator", "step", "end"]
Read = Literal["classes", "sigmoid", "labels", "log-ratio"]
Critique = Literal["", "think-prm", "gen-prm", "critic"]
Rule = Literal["last", "min", "product", "mean", "geometric mean", "sum", "max"]
MAX_TEXT = 20_000
"""Characters of a text in a recipe: prompts of critics are long."""

MOST_SAMPLES = 100
MOST_TOKENS = 100_000
HOTTEST = 5.0
"""The highest temperature."""


class RecipeError(ValueError):
    """A recipe cannot be used; the message is a sentence for the user."""


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one kind of model is used as a scorer."""

    name: str
    title: str
    family: Family
    models: tuple[str, ...] = ()
    """Parts of names of folders that hold such a model, in lower case."""
    architectures: tuple[str, ...] = ()
    """Names in `architectures` of config.json by which such a model is known."""

    # How the trace is made a text. `{question}` stands for the problem, `{step}` and `{number}` (from 1) for a step.
    form: Form = "own"
    """own: what Espalier's own models read: the model's chat template, then the steps as they are.
    plain: question and steps as one text. pieces: the same, but the question, each step and each separator are made
    tokens by themselves. chat: question and steps are a user's and an assistant's turn in the model's chat template.
    turns: each step is a user's turn, which the assistant answers with the first label."""
    system: str = ""
    """The system's turn of a chat; empty: there is none."""
    question: str = "{question}"
    step: str = "{step}"
    tag: str = ""
    """What stands behind every step, for the model to be read there."""
    separator: str = ""
    """What stands between two steps, behind the tag; behind the last step too where it is read there."""
    strip: bool = True
    """Whether blanks around a step are taken away: a step of a trace keeps its own line end, the separator has it."""
    start: bool | None = None
    """Whether the text begins with the token that begins texts, exactly once and if the model has one; absent: a chat
    as its template has it, any other form with it."""

    # Where and how the numbers are read.
    at: At = "step"
    """The last token of what: of the tag, of the separator, of the step itself, or of the whole text."""
    read: Read = "classes"
    """classes: softmax over the classes of the head. sigmoid: of the head's only number. labels: softmax over the two
    label tokens as the next one. log-ratio: of the probabilities of the tokens by the model and by another one."""
    head: tuple[str, ...] = ()
    """Names of the layers of a head that transformers does not know, without `.weight`; ReLU stands between them.
    Empty: the model's own."""
    labels: tuple[str, ...] = ()
    """Label tokens, the good one first."""
    classes: tuple[str, ...] = ()
    """Names of the classes in the model's order; empty: those of config.json."""
    channels: dict[str, tuple[str, ...]] = {}
    """More channels: sums of the probabilities of classes."""
    value: str = ""
    """The class or channel that is the score; empty: the class whose name means good."""
    coefficient: float = 1.0
    """What a log-ratio is multiplied by."""
    reference: str = ""
    """The folder of the other model of a log-ratio."""

    # How a critique is written, by the family generative, whose recipes need nothing of the above.
    critique: Critique = ""
    """think-prm: one chain for a whole trace. gen-prm: step by step, with code. critic: the prompt of ProcessBench."""
    samples: int = 1
    """Critiques that are written, each by itself; their verdicts vote, or are averaged."""
    tokens: int = 4_096
    """Most of one critique."""
    temperature: float = 0.0
    """0 is greedy: all samples are the same."""
    top_p: float = 1.0
    thinking: bool = False
    """Whether the critique is written inside the model's thought, or after one."""
    execute: bool = True
    """Whether code that a critique holds is run, in the sandbox."""

    aggregate: Rule = "min"
    """How its authors make one number of a trace's scores."""
    citation: str = ""
    notes: str = ""
    """What a user should know: sentences."""

    @property
    def source(self) -> Literal["prm", "orm"]:
        """What its scores are called in events."""
        return "orm" if self.family == "scalar_orm" else "prm"


def overridden(recipe: Recipe, values: Mapping[str, str]) -> Recipe:
    """The recipe with other values in the fields named. Raises RecipeError."""
    known = {field.name: field for field in msgspec.structs.fields(Recipe)}
    changed: dict[str, Any] = {}
    for key, text in values.items():
        if key not in known or key in ("name", "title", "family"):
            raise RecipeError(f"The recipe {recipe.name} has no value called “{key}”.")
        try:
            changed[key] = msgspec.convert(text, known[key].type, strict=False)
        except msgspec.ValidationError as error:
            raise RecipeError(f"The value of {key} cannot be “{text}”: {str(error).replace('`', '')}.") from error
    other = msgspec.structs.replace(recipe, **changed)
    if wrong := check(other):
        raise RecipeError(f"The recipe {recipe.name} cannot be used with these values: {wrong}.")
    return other


def check(recipe: Recipe) -> str:
    """What is wrong with a recipe, in words without a full stop; empty if nothing is."""
    if not _NAME.fullmatch(recipe.name) or not recipe.title.strip():
        return "name must be made of letters, digits, dots, dashes and underscores, and title must not be empty"
    texts = {key: value for key, value in msgspec.structs.asdict(recipe).items() if isinstance(value, str)}
    for key, text in texts.items():
        if len(text) > MAX_TEXT:
            return f"{key} has {len(text):,} characters; at most {MAX_TEXT:,} are allowed"
    if any(part != part.lower() or not part for part in recipe.models):
        return "a name in models is empty or not in lower case"
    if (recipe.family == "generative") != bool(recipe.critique):
        return "critique says how one is written: for the family generative, and for no other"
    return _miswritten(recipe) if recipe.critique else _misread(recipe)


def _miswritten(recipe: Recipe) -> str:
    """What is wrong with how a critique is written."""
    if not 1 <= recipe.samples <= MOST_SAMPLES:
        return f"samples must be from 1 to {MOST_SAMPLES}"
    if not 1 <= recipe.tokens <= MOST_TOKENS:
        return f"tokens must be from 1 to {MOST_TOKENS:,}"
    if not 0 <= recipe.temperature <= HOTTEST or not 0 < recipe.top_p <= 1:
        return f"temperature must be from 0 to {HOTTEST:g}, and top_p above 0 and at most 1"
    if recipe.samples > 1 and (not recipe.temperature or recipe.critique == "think-prm"):
        return "several samples need a temperature above 0, and one greedy chain is all that think-prm writes"
    return ""


def _misread(recipe: Recipe) -> str:
    """What is wrong with the places where it is read, and with what is read there."""
    if recipe.step.count("{step}") != 1:
        return "step must hold {step}, once"
    if recipe.form == "own" and (recipe.head or recipe.read != "classes" or recipe.family != "token_head"):
        return "the form own is that of a token classifier with a head of its own"
    if recipe.at in ("tag", "separator") and not getattr(recipe, recipe.at):
        return f"it is read at the {recipe.at}, but there is none"
    if (recipe.read == "labels") != (len(recipe.labels) == 2) or (recipe.form == "turns" and recipe.read != "labels"):
        return "labels must be two where label tokens are read, and none elsewhere"
    if (recipe.read == "log-ratio") != (recipe.family == "implicit"):
        return "a log-ratio is what the family implicit reads, and it alone"
    if unknown := {name for names in recipe.channels.values() for name in names} - set(recipe.classes):
        return f"channels names a class {min(unknown)}, which classes does not have"
    if recipe.value and recipe.value not in (*recipe.classes, *recipe.channels):
        return f"value is {recipe.value}, which is neither in classes nor in channels"
    if recipe.classes and not recipe.value:
        return "value does not say which of the classes is the score"
    return ""
