"""Steps: models that are not part of the bundle: a folder of the user's own, and all the architectures there are."""

from __future__ import annotations

import json
import shutil

from smoke.command_line import PUZZLE
from smoke.program import Home
from smoke.project import perform_script
from smoke.steps import Scene, Step, check


def foreign_folder(scene: Scene) -> str:
    """A Hugging Face folder of the user's own: the bundled policy under another name, elsewhere."""
    folder = scene.scratch / "my models" / "ünrelated"
    shutil.copytree(scene.bundle / "_internal" / "resources" / "models" / "policy", folder)
    file = scene.folder / "run.espalier"
    words = ("run", PUZZLE, "--policy", str(folder), "--set", "simulations=16", "--out", str(file), "--json")
    result = json.loads(Home(scene).run(*words)[0])
    check(result["cost"]["generated"] > 0, "the foreign model generated nothing")
    shown, _ = Home(scene, "reader").run("show", str(file))
    check(folder.name in shown, "the session does not name the foreign model")
    return f"{result['cost']['generated']} tokens generated"


def families(scene: Scene) -> str:
    """Tiny models of many architectures, searched with by the bundle and from source; the logs must be equal."""
    status, lines = perform_script(scene, "tiny_families.py", str(scene.bundle))
    wrong = [line.strip() for line in lines if "WRONG" in line]
    check(status == 0, "; ".join(wrong[:3]) or " / ".join(lines[-3:]))
    return lines[-1]


STEPS = (
    Step("foreign-folder", "a model folder that is not bundled", foreign_folder, quick=True),
    Step("families", "models of many architectures", families),
)
