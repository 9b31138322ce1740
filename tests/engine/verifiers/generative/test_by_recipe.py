"""Critics by name: which policy writes, what a recipe and its values change, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.policies import ModelError, Policy
from engine.scorers import table
from engine.scorers.recipes import RecipeError, overridden
from engine.verifiers import Verifier
from engine.verifiers.generative.critic import Critic
from engine.verifiers.generative.gen_prm import GenPrm
from engine.verifiers.generative.think_prm import ThinkPrm
from engine.verifiers.registry import asks_policy, make_verifier
from tests.helpers.writing_policy import Weighing


@pytest.fixture(autouse=True)
def _no_recipes_of_a_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))


def make(name: str, places: list[str] | None = None) -> Any:
    def policy(place: str) -> Policy:
        if places is not None:
            places.append(place)
        return Weighing("", name=f"policy at {place}")

    return make_verifier(name, {}, policy)


@pytest.mark.parametrize(
    ("name", "place", "kind", "called", "source"),
    [
        ("critic", "", Critic, "critic", "self-evaluation"),
        ("critic#genprm", "", GenPrm, "critic#genprm", "prm"),
        ("critic:/models/one", "/models/one", Critic, "one", "prm"),
        ("prm:/models/one#thinkprm", "/models/one", ThinkPrm, "one#thinkprm", "prm"),
        ("prm:/models/one#genprm", "/models/one", GenPrm, "one#genprm", "prm"),
        ("critic:http://h:1/v1", "http://h:1/v1", Critic, "http://h:1/v1", "prm"),
        ("critic:http://h:1/v1#qwen3", "http://h:1/v1#qwen3", Critic, "http://h:1/v1#qwen3", "prm"),
        ("prm:http://h:1/v1#m#thinkprm", "http://h:1/v1#m", ThinkPrm, "http://h:1/v1#m#thinkprm", "prm"),
        ("prm:http://h:1/v1#genprm", "http://h:1/v1", GenPrm, "http://h:1/v1#genprm", "prm"),
    ],
)
def test_a_name_says_who_writes_and_how(name: str, place: str, kind: type, called: str, source: str) -> None:
    places: list[str] = []
    verifier: Verifier = make(name, places)
    assert isinstance(verifier, kind)
    assert (verifier.name, verifier.source, places) == (called, source, [place])
    assert asks_policy(name) == (place == "")


def test_values_change_the_recipe() -> None:
    gen = make("prm:x#genprm;execute=false;samples=4;tokens=100;temperature=1;top_p=0.5;thinking=true")
    assert (gen.execute, gen.samples, gen.max_tokens) == (False, 4, 100)
    assert (gen.how.temperature, gen.how.top_p, gen.how.thinking) == (1.0, 0.5, True)
    critic = make("critic#critic;samples=8;temperature=0.7;thinking=true")
    assert (critic.samples, critic.temperature, critic.thinking) == (8, 0.7, True)
    assert critic.name == "critic#critic;samples=8;temperature=0.7;thinking=true"
    think = make("prm:x#thinkprm;tokens=10;thinking=false")
    assert (think.max_tokens, think.thinking) == (10, False)


def test_the_recipes_are_those_of_the_papers() -> None:
    think, gen, critic = make("prm:x#thinkprm"), make("prm:x#genprm"), make("critic")
    assert (think.max_tokens, think.thinking) == (4096, True)
    assert (gen.max_tokens, gen.samples, gen.execute, gen.how.thinking) == (2048, 1, True, False)
    assert (gen.how.temperature, gen.how.top_p) == (0.6, 0.95)
    assert (critic.samples, critic.temperature, critic.thinking) == (1, 0.0, False)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"samples": "0"}, "samples must be from 1 to 100"),
        ({"samples": "4"}, "several samples need a temperature above 0"),
        ({"tokens": "0"}, "tokens must be from 1 to 100,000"),
        ({"temperature": "9"}, "temperature must be from 0 to 5"),
        ({"temperature": "nan"}, "temperature must be from 0 to 5"),
        ({"top_p": "0"}, "top_p above 0"),
        ({"critique": ""}, "critique says how one is written"),
        ({"critique": "poem"}, "The value of critique cannot be"),
        ({"execute": "perhaps"}, "The value of execute cannot be"),
    ],
)
def test_values_that_make_no_sense_are_refused(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence):
        overridden(table.named("critic"), values)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("prm#thinkprm", "needs a model that writes: name its folder, .* with critic#thinkprm"),
        ("prm:http://h:1/v1", "a server can write a critique, with #thinkprm, #genprm or #critic"),
        ("prm:http://h:1/v1#math-shepherd", "reads numbers inside a model"),
        ("critic#math-shepherd", "math-shepherd is for prm:FOLDER"),
        ("critic#nonsense", "There is no recipe called"),
        ("critic:", "There is no verifier called 'critic:'"),
    ],
)
def test_what_cannot_be_is_a_sentence(name: str, sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        make(name)


def test_a_folder_whose_name_tells_it_needs_no_recipe(tmp_path: Path) -> None:
    for called, kind in (("ThinkPRM-1.5B", ThinkPrm), ("GenPRM-7B", GenPrm)):
        folder = tmp_path / called
        folder.mkdir()
        (folder / "config.json").write_text('{"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2"}')
        verifier = make(f"prm:{folder}")
        assert isinstance(verifier, kind)
        assert verifier.name == called
