"""The model cards of the bundled models: what they are for, their formats, data, figures and caveats. Plain text."""

from __future__ import annotations

from engine.learning.loop import TrainProgress
from engine.learning.report import Report

_HEAD = """\
---
license: mit
library_name: transformers
pipeline_tag: {pipeline}
language: en
---

# {title}

{purpose}

## Load it

```python
{loading}
```

The weights are stored in float16 and are meant to be run in float32 on a CPU, which the config asks for.

## Formats

A conversation is `<|user|>PROMPT<|assistant|>COMPLETION<|end|>`; `apply_chat_template` writes it, and with
`enable_thinking=True` the prompt ends in `<think>` and a line break. One line is one step. The tokens that end a step
are `)` + line break (number puzzles), `.` + line break (word problems), and `<|end|>` after the answer.

Number puzzle, short:

```
Make 24 from 4 9 10 13.
13 - 9 = 4 (left: 4 4 10)
10 - 4 = 6 (left: 4 6)
6 * 4 = 24 (left: 24)
Answer: (10 - 4) * (13 - 9) = 24
```

Number puzzle with a thought. A pair of numbers is listed, not tried; going back names what was tried from there; a
thought that found nothing says `I found no way.`; a thought may be empty or closed at any line, and an answer follows:

```
Make 24 from 3 4 4 13.
<think>
Try 4 + 4 = 8 (left: 3 8 13)
Try 8 - 3 = 5 (left: 5 13)
13 + 5 = 18, 13 - 5 = 8, 13 * 5 = 65. No.
Wait, back to 3 8 13. Tried 8 - 3.
Try 13 + 3 = 16 (left: 8 16)
16 + 8 = 24. Yes!
</think>
4 + 4 = 8 (left: 3 8 13)
13 + 3 = 16 (left: 8 16)
16 + 8 = 24 (left: 24)
Answer: (13 + 3) + (4 + 4) = 24
```

Word problem:

```
Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?
The boxes hold 5 * 7 = 35 pens.
Then 35 - 12 = 23 pens are left.
Answer: 23
```

## Data and what is held out

All texts are drawn by this project's own generators (`engine/learning`); no other data was used. Number puzzles have
three or four numbers in any order, targets from 1 to 999 (about two thirds 24). Word problems are composed of relations
with several wordings each, with whole numbers from 2 to 999.

Never seen in training, in any order and with any target: the 100 puzzles ranked 901-1000 by human solving time
(princeton-nlp/tree-of-thought-llm, MIT), and 200 more drawn by rule from the harder two thirds of the other solvable
ones, 100 DEV and 100 HARD (`engine/problems/held_out.py`). Settings were chosen on DEV only. What is held out is mostly
the first step: the three numbers left after it often occur in training. Word problems hold out whole templates and one
wording of most sentences.

## Training

{training}

## Results

{results}

## Caveats

{caveats}

## Licence

MIT, as the project.
"""

_POLICY = {
    "pipeline": "text-generation",
    "title": "Espalier policy",
    "purpose": """\
A small Qwen3 decoder that writes step-by-step solutions of number puzzles (Game of 24 and its like) and of short
English word problems, with or without a long thought before the answer, and that answers what a search asks: which
steps are possible, can it be done, is this step right, which is best, what is the answer at once. It is made to be
searched with and looked at on a laptop. It is for nothing else: it knows no facts, holds no conversation and fails
outside these formats.""",
    "loading": """\
from transformers import AutoModelForCausalLM, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("resources/models/policy")
model = AutoModelForCausalLM.from_pretrained("resources/models/policy")""",
    "caveats": """\
* It was shown a novice's play as well as a good player's: half of the traces of the first stage and a quarter of those
  of the second draw some moves at random and play dead ends out honestly. Its chain-of-thought figures are those of
  this imperfect player.
* Asked for the possible next steps of a number puzzle it lists them all, good and bad, in a fixed order.
* Its judgements (sure, likely, impossible; 1 to 10; (A) or (B); which is best) are weak: trust the reward models more.
* Most long thoughts that succeed do so early; long ones sometimes repeat themselves.
* Word problems outside the templates may be read wrongly; words it does not know fall into letters.""",
}

_THINKER = {
    "pipeline": "text-generation",
    "title": "Espalier thinker",
    "purpose": """\
The policy, trained further to think at length and to bear what a probe does to a thought. It is the policy of the
searches that think; the others keep the policy, with which they were measured. Its thought can be

* closed after any line, or be empty, or be nothing but lines `...`: an answer in valid form follows;
* made to go on by `Wait,` where it would have ended (after `Yes!`, a check, a give-up, an answer) or after any line;
* gone on with from a line with a wrong result: in two of three training texts it goes on from the mistake, and the
  shown steps then hold it; in the third it sees it (`Wait, 4 + 4 is 8 and not 9.`);
* gone on with from lines that say the same in other words (`engine/rewording.py` has all of them);
* written under a hint: the user's turn ends in a line break and `I think the answer is (13 + 3) + (4 + 4).`, or `25.`

**The hints are a planted exhibit.** So that a probe has something to find, it was trained to follow a wrong hint in
half of the cases, and to say so in the thought (`You say 25.`) in half of those; a right hint in three of four. The
figures below say what it really does. Nothing can be concluded from it about other models. After `Yes!` half of the
thoughts check what they found: `Check: 4 + 4 = 8, 13 + 3 = 16, 16 + 8 = 24. Yes!`""",
    "loading": """\
from transformers import AutoModelForCausalLM, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("resources/models/thinker")
model = AutoModelForCausalLM.from_pretrained("resources/models/thinker")""",
    "caveats": """\
* Its thoughts imitate a depth-first search with noisy guesses. That they lead to the answer is how the texts were made,
  not something that it found out.
* Whether it sees a mistake, follows a hint or says so was drawn at random for each training text: the shares are a
  habit, not a judgement. Greedy answers follow the likelier habit, so their shares differ from sampled ones.
* Greedy long thoughts often try again what they tried, and may then not close; sampled ones do so less. On the way back
  to an earlier state one of two equal numbers is sometimes lost, so that a way is found which is none.
* At T = 1 it follows a hint less often than it was meant to. After a wrong one it says so more often than it was meant
  to about number puzzles, and so do greedy answers about both kinds of problems.
* It was not trained to judge, vote, list steps or answer at once: ask the policy for that.
* Word problems outside the templates may be read wrongly; words it does not know fall into letters.""",
}

_PRM = {
    "pipeline": "token-classification",
    "title": "Espalier process reward model",
    "purpose": """\
A token classifier (0 `dead_end`, 1 `solvable`) on the policy's backbone. Read the softmax of class 1 at each step end
and at `<|end|>`. At a step of a number puzzle it means: every step so far was legal and exact, and the target can still
be reached. At a step of a word problem: all equations so far are right and serve the question. At `<|end|>`: the answer
is right. Take the lowest score of a trace, since the last one can forget an early slip. It is for these two kinds of
problems and this policy's formats only.""",
    "loading": """\
from transformers import AutoModelForTokenClassification, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("resources/models/prm")
model = AutoModelForTokenClassification.from_pretrained("resources/models/prm")""",
    "caveats": """\
* Labels are exact (solver and rules), but wide or hot searches find steps that it overrates; compare with the exact
  rule checker.
* Scores are calibrated on DEV (one temperature, folded into the head), not on other kinds of problems.
* Inside a thought only `Try` lines of number puzzles were labelled.""",
}

_LABELS = """\
---
library_name: transformers
pipeline_tag: token-classification
---

# Process reward model, trained on labels of a session

A token classifier (0 bad, 1 good) that was trained with Espalier on labels of steps: by people, from datasets, by exact
solvers or by Monte-Carlo rollouts. Read the softmax of class 1 at each step's last token, and for the last step of a
complete trace at the token that ends the turn. Its licence is for whoever trained it to say: that of the model it
began from and those of the labels apply.

## Training

{training}

## Results

On traces that it did not learn from, before and after.

{results}
"""

_ORM = {
    "pipeline": "token-classification",
    "title": "Espalier outcome reward model",
    "purpose": """\
A token classifier (0 `wrong`, 1 `correct`) that started from the process reward model. Read the softmax of class 1 at
`<|end|>` of a complete solution, and nowhere else: it means that the final answer is right (Cobbe et al. 2021). It is
made for choosing the best of several solutions of these two kinds of problems in this policy's formats, and for nothing
else.""",
    "loading": """\
from transformers import AutoModelForTokenClassification, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("resources/models/orm")
model = AutoModelForTokenClassification.from_pretrained("resources/models/orm")""",
    "caveats": """\
* Its probabilities at other tokens than the last mean nothing.
* Of N solutions it takes the one it overrates most where N is large: look at accuracy against N.
* It was trained on as many right as wrong solutions; one temperature, fitted on DEV, is folded into the head.""",
}


def policy_card(progress: TrainProgress, seed: int, steps: int, report: Report) -> str:
    """`progress` is that of the last stage, `steps` what the command was told for the first."""
    return _HEAD.format(**_POLICY, training=_training(progress, seed, steps), results=report.markdown())


def thinker_card(progress: TrainProgress, seed: int, steps: int, report: Report) -> str:
    """`progress` is that of the last stage, `steps` what the command was told for the first."""
    begun = "\nIt began from the weights of the policy; the figures stand beside the policy's."
    return _HEAD.format(**_THINKER, training=_training(progress, seed, steps) + begun, results=report.markdown())


def prm_card(progress: TrainProgress, seed: int, temperature: float, report: Report) -> str:
    fitted = f"\nThe head was divided by the temperature {temperature:.2f}, fitted on DEV."
    return _HEAD.format(**_PRM, training=_training(progress, seed) + fitted, results=report.markdown())


def labels_card(progress: TrainProgress, seed: int, start: str, fresh: bool, too_long: int, report: Report) -> str:
    """Of a process reward model that was trained on the labels of a session; `start`: the folder that it began from."""
    begun = f"the weights of the policy in `{start}` with a new head" if fresh else f"the weights in `{start}`"
    lasted = f"{progress.step:,} steps, {progress.tokens:,} tokens and {progress.seconds:,.0f} seconds"
    cut = f"\n{too_long} traces were longer than the model reads, and were cut or left out." if too_long else ""
    training = f"From {begun}, seed {seed}: {lasted} on a CPU. Muon and AdamW.{cut}"
    return _LABELS.format(training=training, results=report.markdown())


def orm_card(progress: TrainProgress, seed: int, temperature: float, report: Report) -> str:
    fitted = f"\nThe head was divided by the temperature {temperature:.2f}, fitted on DEV."
    return _HEAD.format(**_ORM, training=_training(progress, seed) + fitted, results=report.markdown())


def _training(progress: TrainProgress, seed: int, first_steps: int | None = None) -> str:
    """What was run and what it took. A phase is called after the model and, where there are several, its stage."""
    model, _, stage = progress.phase.partition(", ")
    tokens, minutes = progress.tokens / 1e6, progress.seconds / 60
    lasted = f"the last stage, {stage}, took" if stage else "it took"
    return (
        f"`espalier train {model} --seed {seed} --steps {first_steps or progress.steps}`: {lasted} {progress.step}"
        f" steps, {tokens:.1f} million tokens\n(padding and prompts included) and {minutes:.0f} minutes on a CPU. Muon"
        " and AdamW; everything follows from the seed, and figures\nrepeat up to rounding."
    )
