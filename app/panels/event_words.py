"""The events of some strategies only, in words: noise, virtual loss, pruning, votes, scores. Pure functions; no Qt."""

from __future__ import annotations

from app.language import tr
from app.panels.texts import decimal
from app.plain_text import one_line
from app.words.verifier import SOURCE_WORDS, judge_title, question_of
from engine.events import (
    ROOT,
    NodeId,
    PriorsNoised,
    Pruned,
    Restored,
    Scored,
    Tally,
    VirtualLossChanged,
    Voted,
)
from engine.tree import Tree

LONGEST_STEP = 34
"""Characters of a step within a sentence."""
LONGEST_LINE = 200

Told = tuple[str, list[str]]
"""A sentence or two, and lines of numbers."""


def scored_words(event: Scored, tree: Tree) -> Told:
    if not event.scores:
        return tr("The verifiers were asked, but none of their replies is a verdict."), []
    names = list(dict.fromkeys(judge_title(score) for score in event.scores))
    questions = list(dict.fromkeys(filter(None, map(question_of, event.scores))))
    sources = ", ".join(dict.fromkeys(tr(SOURCE_WORDS[score.source]) for score in event.scores))
    several = len(names) > 1
    lines = [
        f"{decimal(score.value)}  {f'{judge_title(score)}  ' if several else ''}{step_words(tree, score.node)}"
        + (f"  ({cut(score.note, LONGEST_STEP)})" if score.note and score.source != "rule" else "")
        for score in event.scores
    ]
    if not tree.scale.is_unit:  # read from a file: what was asked there is not what our verifiers are asked
        worth = tr("what the steps are worth, from {low:g} to {high:g}.")
        asked = worth.format(low=tree.scale.low, high=tree.scale.high)
    elif len(questions) == 1 and not several:
        asked = questions[0]
    else:
        asked = tr("what each says of the new steps, from 0 to 1.")
    return f"{sources if several else ''.join(names)}: {asked}", lines


def noised_words(event: PriorsNoised, tree: Tree) -> Told:
    words = tr(
        "Noise was mixed into the priors after {step}, so that no step is forgotten: "
        "P = {kept:g}·P + {mixed:g}·noise, drawn from Dir({alpha:g})."
    ).format(step=quoted(tree, event.parent), kept=1 - event.fraction, mixed=event.fraction, alpha=event.alpha)
    rows = zip(event.children, event.priors, event.noise, strict=False)
    return words, [
        f"P {decimal(prior)}  {tr('noise')} {decimal(noise)}  {step_words(tree, child)}" for child, prior, noise in rows
    ]


def virtual_loss_words(event: VirtualLossChanged, tree: Tree) -> Told:
    leaf = quoted(tree, event.leaf)
    if event.change > 0:
        words = tr(
            "{step} went into flight: until its value is back, every step of its trace counts one visit "
            "of value 0 more, so that the next selection goes elsewhere."
        )
    else:
        words = tr("{step} came back: its virtual loss is taken off every step of its trace.")
    words = words.format(step=_upper(leaf))
    path = tree.path(event.leaf) if event.leaf in tree.nodes else []
    return words, [f"{tr('in flight')} {node.virtual:<2}  {step_words(tree, node.id)}" for node in path]


def pruned_words(event: Pruned, tree: Tree) -> Told:
    count = len(event.nodes)
    if event.by == "person":
        one = tr("You took one step out, with all below: nothing there is looked at again.")
        many = tr("You took {count} steps out, with all below: nothing there is looked at again.")
    else:
        one = tr("The search took one step out, with all below: nothing there is looked at again.")
        many = tr("The search took {count} steps out, with all below: nothing there is looked at again.")
    words = one if count == 1 else many.format(count=count)
    rows = zip(event.nodes, event.reasons, strict=False)
    return words, [f"{step_words(tree, node, LONGEST_STEP)}: {one_line(reason)}" for node, reason in rows]


def restored_words(event: Restored, tree: Tree) -> Told:
    count = len(event.nodes)
    if event.by == "person":
        one = tr("You took one step back in that had been pruned.")
        many = tr("You took {count} steps back in that had been pruned.")
    else:
        one = tr("The search took one step back in that had been pruned.")
        many = tr("The search took {count} steps back in that had been pruned.")
    return one if count == 1 else many.format(count=count), [step_words(tree, node) for node in event.nodes]


def voted_words(event: Voted) -> Told:
    """The count, a tie in words, and whether a stopping rule has had enough."""
    counted = sum(tally.votes for tally in event.tallies)
    words = [
        tr("Votes were counted, {rule}: {samples}.").format(
            rule=one_line(event.rule), samples=_of_samples(counted, event.samples)
        )
    ]
    if event.tied:
        words.append(tie_words(event.tallies[0].answer, event.tallies[1].answer))
    if event.confidence is not None and event.threshold is not None:
        enough = tr("Confidence {now}, at least {most:g}: enough.")
        more = tr("Confidence {now}, below {most:g}: another sample.")
        sentence = enough if event.confidence >= event.threshold else more
        words.append(sentence.format(now=decimal(event.confidence, 3), most=event.threshold))
    return " ".join(words), [tally_words(tally) for tally in event.tallies]


def tie_words(first: str, second: str) -> str:
    return tr("A tie: “{first}” and “{second}” weigh the same; the answer seen first stands first.").format(
        first=cut(first, LONGEST_STEP), second=cut(second, LONGEST_STEP)
    )


def tally_words(tally: Tally) -> str:
    weight = "" if tally.weight == tally.votes else "  " + tr("weight {weight}").format(weight=decimal(tally.weight))
    votes = tr("1 vote") if tally.votes == 1 else tr("{count} votes").format(count=tally.votes)
    return f"{votes}{weight}  {one_line(tally.answer)}"


def step_words(tree: Tree, node: NodeId, longest: int = LONGEST_LINE) -> str:
    """A step in one line; `root` for the root."""
    if node == ROOT:
        return tr("root")
    return cut(tree.nodes[node].step, longest) if node in tree.nodes else tr("node {node}").format(node=node)


def quoted(tree: Tree, node: NodeId) -> str:
    """A node within a sentence."""
    return tr("the problem") if node == ROOT else f"“{step_words(tree, node, LONGEST_STEP)}”"


def cut(text: str, longest: int) -> str:
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _of_samples(counted: int, samples: int) -> str:
    none = samples - counted
    words = tr("{samples} samples, {none} of them without an answer") if none > 0 else tr("{samples} samples")
    return words.format(samples=samples, none=none)


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
