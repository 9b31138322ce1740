"""Sets Espalier up in `.venv` and starts it. Standard library only; of the program it knows `app.start.system`.

    python3 run.py                   the window with a first search (without a display: the same search as text)
    python3 run.py FILE.espalier     the window with that session
    python3 run.py test [ARGS]       all tests; ARGS go to pytest
    python3 run.py build             the bundle in dist/, which needs no Python; see packaging/build.py
    python3 run.py WORD [ARGS]       any command of the command line, e.g. `run`, `show`, `doctor`, `help`

Environment: ESPALIER_TORCH=default takes the default PyTorch build (GPU owners); ESPALIER_TORCH_INDEX=URL names an
index that offers the CPU build; ESPALIER_NO_APT=1 forbids installing system packages.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file must parse on older Pythons (from 3.6), to say this
    sys.exit(f"Espalier needs Python 3.11 or newer; {sys.executable} is {sys.version_info[0]}.{sys.version_info[1]}.")

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from app.start.system import QT_LIBRARIES, apt_command, missing_packages, why_no_display, window_libraries

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / ".espalier.json"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

TORCH = "2.13.0"
TORCH_CPU = f"{TORCH}+cpu"
DISK_GB, DISK_GB_DEFAULT_TORCH = 3, 6
FIRST_SEARCH = ("run", "4 9 10 13", "--problem", "game24", "--search", "mcts", "--seed", "0")


def say(message: str) -> None:
    print(f"[espalier] {message}", flush=True)


class SetupError(Exception):
    """The set-up cannot go on; the message is for the user, `code` is the exit status."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


# --- the environment in .venv ----------------------------------------------------------------------------------------


def digest(environment: Mapping[str, str]) -> str:
    """Changes whenever what lies in .venv may be out of date, or when the folder was moved."""
    state = hashlib.sha256()
    for name in ("pyproject.toml", "run.py"):
        state.update((ROOT / name).read_bytes())
    choice = [environment.get(name, "") for name in ("ESPALIER_TORCH", "ESPALIER_TORCH_INDEX")]
    state.update(repr((str(ROOT), sys.version_info[:2], platform.machine(), choice)).encode())
    return state.hexdigest()


def is_fresh(wanted: str) -> bool:
    try:
        return PYTHON.exists() and json.loads(STAMP.read_text())["digest"] == wanted
    except (OSError, ValueError, KeyError, TypeError):
        return False


def set_up(environment: Mapping[str, str]) -> None:
    """Bring .venv up to date; returns at once if it is. A set-up that was killed goes on where it was."""
    wanted = digest(environment)
    if is_fresh(wanted):
        return
    with one_at_a_time():
        if is_fresh(wanted):  # another set-up finished while this one waited
            return
        start = time.monotonic()
        STAMP.unlink(missing_ok=True)
        create_venv()
        install_torch(environment)
        say("installing the other packages ...")
        pip("install", "--no-compile", "--editable", f"{ROOT}[test]")
        seconds = time.monotonic() - start
        # last, so that a stamp says that all went well
        STAMP.write_text(json.dumps({"digest": wanted, "seconds": round(seconds, 1)}))
        say(f"set-up done in {seconds:.0f} s.")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the set-up's lock; the operating system frees it whatever happens to this process.

    A pip under way inherits it: if only this process is killed, the next set-up waits until that pip has ended, too.
    """
    with (ROOT / ".venv.lock").open("a") as file:
        os.set_inheritable(file.fileno(), True)
        if not try_lock(file.fileno()):
            say("another set-up is running here; waiting for it ...")
            while not try_lock(file.fileno()):
                time.sleep(0.5)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def create_venv() -> None:
    if ask_python("import pip, sys; print(*sys.version_info[:2])") == "{} {}".format(*sys.version_info[:2]):
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off
        raise SetupError(
            "this Python cannot make a virtual environment. On Debian or Ubuntu:\n\n"
            "    sudo apt-get install -y python3-venv\n\nthen run the same command again.",
            code=3,
        )
    need_disk(DISK_GB)
    say(f"creating {VENV} with Python {platform.python_version()} ...")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def need_disk(gigabytes: float) -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < gigabytes:
        raise SetupError(f"only {free:.1f} GB are free in {ROOT}; the set-up needs about {gigabytes} GB.")


def install_torch(environment: Mapping[str, str]) -> None:
    """The CPU build on Linux x86-64, where the default build brings CUDA; elsewhere the default build is right."""
    have = ask_python("import importlib.metadata as m; print(m.version('torch'))")
    if environment.get("ESPALIER_TORCH") == "default":
        if have.endswith("+cpu"):
            pip("uninstall", "--yes", "torch")
        return
    if have == TORCH_CPU or (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return
    say(f"installing PyTorch {TORCH}, CPU build (about 190 MB) ...")
    installed = any(pip(*arguments, if_offered=True) for arguments in torch_attempts(environment))
    if installed or have.partition("+")[0] == TORCH:  # the default build is there already
        return
    say(
        "no CPU build is offered here; taking the default build, which may bring several GB of CUDA libraries (5 GB on "
        "disk instead of 1.2). To avoid that, set ESPALIER_TORCH_INDEX to an index that offers the CPU build."
    )
    need_disk(DISK_GB_DEFAULT_TORCH)


def torch_attempts(environment: Mapping[str, str]) -> Iterator[list[str]]:
    """Ways to the CPU build: the user's own pip configuration, then the index that the user names."""
    install = ["install", "--no-compile", f"torch=={TORCH_CPU}"]
    yield install
    index = environment.get("ESPALIER_TORCH_INDEX")
    if index:
        yield [*install, "--retries", "2", "--timeout", "20", "--extra-index-url", index]


def install_build_tools() -> None:
    """What only a build needs, in versions that pyproject.toml allows; at once if it is there."""
    code = (
        "from importlib.metadata import requires, version; from pip._vendor.packaging.requirements import Requirement;"
        "needs = [need for need in map(Requirement, requires('espalier')) if 'build' in str(need.marker)];"
        "print(all(version(need.name) in need.specifier for need in needs))"
    )
    with one_at_a_time():
        if ask_python(code) != "True":
            say("installing what a build needs ...")
            pip("install", "--no-compile", "--editable", f"{ROOT}[build]")


def pip(*arguments: str, if_offered: bool = False) -> bool:
    """Run pip quietly; what it has to say is shown only if it fails. Whether it did it: with `if_offered` what is to be
    installed may be something that no index offers.
    """
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", close_fds=False
    )
    if done.returncode and not (if_offered and "No matching distribution found" in done.stdout):
        print(*without_noise(done.stdout.splitlines()), sep="\n", file=sys.stderr)
        raise SetupError("pip failed (see above). Run the same command again to go on; what is installed is kept.")
    return done.returncode == 0


def without_noise(lines: Iterable[str]) -> list[str]:
    """Leave out what pip says about local entries in its own configuration; --quiet does not."""
    return [line for line in lines if not (line.startswith("WARNING: Location") and "is ignored" in line)]


def ask_python(code: str) -> str:
    """What `code` prints in .venv; empty if it fails or there is no .venv yet."""
    if not PYTHON.exists():
        return ""
    return subprocess.run([str(PYTHON), "-P", "-c", code], capture_output=True, text=True).stdout.strip()


# --- system libraries ------------------------------------------------------------------------------------------------


def need_libraries(table: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """Qt aborts without its libraries, so look before it starts: install them as root, else say how."""
    packages = missing_packages(table)
    command = apt_command(packages)
    if packages and shutil.which("apt-get") and os.geteuid() == 0 and not environment.get("ESPALIER_NO_APT"):
        say("Qt needs system libraries; running as root, so: " + " ".join(command))
        apt = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=apt)
        subprocess.run(command, env=apt, stdout=subprocess.DEVNULL)
        packages = missing_packages(table)
    if packages:
        raise SetupError(
            f"Qt needs system libraries that are not here. On Debian or Ubuntu:\n\n    sudo {' '.join(command)}\n\n"
            "then run the same command again.",
            code=3,
        )


# --- the commands ----------------------------------------------------------------------------------------------------


def without_display(words: Sequence[str]) -> list[str]:
    """The words that do as text what the window would have done: show the file, or run the first search."""
    if words:
        return ["show", *words]
    base = output_folder() / "first-search"
    return [*FIRST_SEARCH, "--out", f"{base}.espalier", "--picture", f"{base}.png"]


def output_folder() -> Path:
    """`out` in the current folder; where that cannot be written in the home folder; else a new temporary folder."""
    places = (Path.cwd(), Path(os.environ.get("USERPROFILE" if WINDOWS else "HOME", "")))
    usable = [place / "out" for place in places if os.access(place, os.W_OK)]
    folder = usable[0] if usable else Path(tempfile.mkdtemp(prefix="espalier-"))
    folder.mkdir(exist_ok=True)
    return folder


def program(words: list[str], environment: Mapping[str, str]) -> list[str]:
    """The arguments of .venv's Python for `words`, once the libraries that they need are there."""
    if words[:1] == ["test"]:
        need_libraries(QT_LIBRARIES, environment)
        os.chdir(ROOT)  # pytest looks for its configuration here
        return ["-m", "pytest", *words[1:]]
    if words[:1] == ["build"]:
        install_build_tools()
        return [str(ROOT / "packaging" / "build.py"), *words[1:]]
    if not words or (len(words) == 1 and words[0].endswith(".espalier")):  # other words are the command line's
        why = why_no_display(environment)
        if not why:
            need_libraries(window_libraries(environment), environment)
            why = why_no_display(environment)  # libxcb may have come just now
        if why:
            say(f"no display here ({why}): going on as text. For the window use a desktop session, or `ssh -X`.")
            words = without_display(words)
    if any(word.startswith("--picture") for word in words):
        need_libraries(QT_LIBRARIES, environment)
    return ["-P", "-m", "app", *words]  # -P: an `app` folder in the current folder is not ours


def main(words: list[str]) -> int:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # set in many containers; every start would compile torch again
    set_up(environment)
    command = [str(PYTHON), *program(words, environment)]
    if not WINDOWS:  # there, exec would end this process before the program does
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        print(f"\n[espalier] {error}", file=sys.stderr)
        sys.exit(error.code)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"\n[espalier] the set-up failed: {error}")
    except KeyboardInterrupt:
        print("\n[espalier] stopped; run the same command again to go on.", file=sys.stderr)
        sys.exit(130)
