"""A fresh machine -> a Python that has what is needed. Standard library only; imports nothing of ours.

`prepare` returns when everything that pyproject.toml lists can be imported by the Python that runs; else it makes `.venv`,
installs into it, and starts the same command again there. What cannot be done ends in one sentence that says what to run.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NoReturn

# Import names where they differ from the names of the packages.
_IMPORTS = {"markdown-it-py": "markdown_it", "mdit-py-plugins": "mdit_py_plugins", "pyyaml": "yaml", "pytest-xdist": "xdist", "types-PyYAML": ""}
_STAMP = "deckpress-stamp"
_AGAIN = "DECKPRESS_STARTED_AGAIN"
DEBIAN_PRINT = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def prepare(script: str) -> None:
    """Sees to the environment of the command in `sys.argv`; may not return but run the command in another Python."""
    if sys.version_info < (3, 11):
        _stop(f"deckpress needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    root = Path(script).resolve().parent
    for_tests = sys.argv[1:2] == ["test"]
    wanted = _wanted(root, for_tests)
    if not _all_there(wanted):
        _into_venv(root, for_tests)
    elif not for_tests and sys.argv[1:2] in ([], ["build"], ["watch"]):
        _see_to_print()
    elif for_tests:
        _see_to_print()


def _wanted(root: Path, for_tests: bool) -> list[str]:
    """The requirements of the program, with those of its tests where they are asked for."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    listed = list(project["project"]["dependencies"])
    return listed + (project["dependency-groups"]["dev"] if for_tests else [])


def _name(requirement: str) -> str:
    for sign in "<>=!~[; ":
        requirement = requirement.split(sign)[0]
    return requirement.strip()


def _all_there(wanted: list[str]) -> bool:
    names = (_IMPORTS.get(_name(each), _name(each).replace("-", "_")) for each in wanted)
    return all(importlib.util.find_spec(name) is not None for name in names if name)


def _into_venv(root: Path, for_tests: bool) -> NoReturn:
    """Makes or brings up to date `.venv` and runs the command there. A `.venv` that is not ours is used, never changed."""
    venv = root / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if os.environ.get(_AGAIN) == str(python):
        _stop(f"{python} still lacks what pyproject.toml lists. Delete .venv and run the command again.")
    ours = not venv.exists() or (venv / _STAMP).exists() or not python.exists()
    stamp = _stamp(root, for_tests)
    if not ours and not _runs(python, _wanted(root, for_tests)):
        _stop("There is a .venv here that deckpress did not make, and it lacks packages. Delete it, or install into it what pyproject.toml lists.")
    told = (venv / _STAMP).read_text("utf-8").split() if (venv / _STAMP).exists() else []
    if ours and (stamp not in told or not python.exists()):
        print("deckpress: making ready (once) …", file=sys.stderr, flush=True)
        _make(root, venv, python)
        _install(root, venv, python, for_tests)
        (venv / _STAMP).write_text(" ".join([*told, stamp]) + "\n", "utf-8")
    environment = os.environ | {_AGAIN: str(python)}
    command = [str(python), *sys.argv]
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    sys.stdout.flush()
    os.execve(python, command, environment)


def _stamp(root: Path, for_tests: bool) -> str:
    told = (root / "pyproject.toml").read_bytes() + (root / "constraints.txt").read_bytes() + sys.version.encode()
    return ("test-" if for_tests else "run-") + hashlib.sha256(told).hexdigest()[:16]


def _runs(python: Path, wanted: list[str]) -> bool:
    names = [_IMPORTS.get(_name(each), _name(each).replace("-", "_")) for each in wanted]
    program = "import importlib.util as u, sys; sys.exit(any(u.find_spec(n) is None for n in sys.argv[1:] if n))"
    return python.exists() and subprocess.run([python, "-c", program, *names], check=False).returncode == 0


def _make(root: Path, venv: Path, python: Path) -> None:
    if python.exists() and (venv / _STAMP).exists():
        return
    if shutil.which("uv"):
        done = subprocess.run(["uv", "venv", "--quiet", "--allow-existing", str(venv)], cwd=root, check=False)
        if done.returncode == 0:
            (venv / _STAMP).touch()
            return
    if importlib.util.find_spec("ensurepip") is None:
        _ensure_venv_module()
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        _stop(f"Python could not make .venv ({_last(done.stderr or done.stdout)}). {_venv_advice()}")
    (venv / _STAMP).touch()


def _ensure_venv_module() -> None:
    """Debian ships Python without ensurepip; root may install it, everyone else is told what to run."""
    if _is_debian_root():
        print("deckpress: installing python3-venv …", file=sys.stderr, flush=True)
        if _apt(["python3-venv"]):
            return
        _stop("python3-venv could not be installed. Is there a network? Run: apt-get update && apt-get install python3-venv")
    _stop(f"This Python cannot make virtual environments. {_venv_advice()}")


def _venv_advice() -> str:
    return "Run: sudo apt-get install python3-venv (or install uv), then the same command again."


def _install(root: Path, venv: Path, python: Path, for_tests: bool) -> None:
    wanted = _wanted(root, for_tests)
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(python), "--constraint", "constraints.txt", *wanted]
    else:
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--constraint", "constraints.txt", *wanted]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        if not (venv / _STAMP).read_text("utf-8"):
            shutil.rmtree(venv, ignore_errors=True)
        _stop(f"The packages in pyproject.toml could not be installed ({_last(done.stderr)}). Is there a network? Then run the same command again.")


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lower().startswith("warning")]
    return lines[-1][:160] if lines else "no reason was given"


def _see_to_print() -> None:
    """Installs Pango where that can be done without asking; on a terminal asks; else says nothing here: the build says it."""
    missing = print_libraries_missing()
    if not missing or sys.platform != "linux" or shutil.which("apt-get") is None or os.environ.get("DECKPRESS_NO_INSTALL"):
        return
    if _is_debian_root():
        print(f"deckpress: installing the print libraries ({' '.join(DEBIAN_PRINT)}) …", file=sys.stderr, flush=True)
        if not _apt(list(DEBIAN_PRINT)):
            print("deckpress: they could not be installed.", file=sys.stderr)
    elif sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and shutil.which("sudo"):
        line = f"sudo apt-get install --yes {' '.join(DEBIAN_PRINT)}"
        print(f"PDFs need three small libraries. deckpress can install them with\n    {line}\nRun it now? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in ("y", "yes"):
            subprocess.run(line.split(), check=False)


def print_libraries_missing() -> list[str]:
    """Native libraries that printing needs and that cannot be loaded; probed by name, in milliseconds."""
    import ctypes  # noqa: PLC0415

    missing = []
    if sys.platform == "linux":
        for name in _LIBRARIES:
            try:
                ctypes.CDLL(name)
            except OSError:
                missing.append(name)
    return missing


def print_advice(missing: list[str]) -> str:
    """What to tell where PDFs could not be made."""
    if sys.platform == "linux" and shutil.which("apt-get"):
        how = f"sudo apt-get install {' '.join(DEBIAN_PRINT)}"
    elif sys.platform == "darwin":
        how = "brew install pango"
    elif os.name == "nt":
        how = "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango"
    else:
        how = "install Pango with your system's package manager"
    return (
        f"No PDF was made: print libraries are missing ({', '.join(missing)}).\n"
        f"The sheets are in dist/ as HTML; open them in a browser and print. For PDFs run: {how}"
    )


def _is_debian_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update", "--quiet"], install):
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if command is install and done.returncode == 0:
            return True
    return False


def _stop(sentence: str) -> NoReturn:
    print(f"deckpress: {sentence}", file=sys.stderr)
    sys.exit(1)
