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
from pathlib import Path
from typing import NoReturn

# Import names where they differ from the names of the packages; "" for what is never imported.
_IMPORTS = {"markdown-it-py": "markdown_it", "pyyaml": "yaml", "pytest-xdist": "xdist", "types-PyYAML": ""}
_STAMP = "deckpress-stamp"
_AGAIN = "DECKPRESS_STARTED_AGAIN"
_NO_NETWORK = ("new connection", "name resolution", "unreachable", "timed out", "dns error", "tcp connect", "ProxyError")
_MAC_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib")

DEBIAN_PRINT = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
_LIBRARIES = {
    "linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libpango-1.0.dylib", "libpangoft2-1.0.dylib"),
    "win32": ("libpango-1.0-0.dll", "libpangoft2-1.0-0.dll"),
}


def prepare(script: str) -> None:
    """Sees to the environment of the command in `sys.argv`; may not return but run the command in another Python."""
    if sys.version_info < (3, 11):  # noqa: UP036 - build.py is started by whatever Python is there
        _stop(f"deckpress needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    root = Path(script).resolve().parent
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    for_tests = words[:1] == ["test"]
    if not _all_there(_wanted(root, for_tests)):
        _into_venv(root, for_tests)
    if for_tests or (
        not {"-h", "--help", "--version"} & set(sys.argv) and words[:1] not in (["check"], ["facts"], ["explain"], ["doctor"])
    ):
        _see_to_print()
    _find_homebrew()


# --- Python packages ---------------------------------------------------------------------------------------------


def _wanted(root: Path, for_tests: bool) -> list[str]:
    """The requirements of the program, with those of its tests where they are asked for."""
    import tomllib  # not there before 3.11, which is told first

    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return [*project["project"]["dependencies"], *(project["dependency-groups"]["dev"] if for_tests else [])]


def _import_names(wanted: list[str]) -> list[str]:
    names = []
    for requirement in wanted:
        name = requirement
        for sign in "<>=!~[; ":
            name = name.split(sign)[0]
        names.append(_IMPORTS.get(name, name.replace("-", "_")))
    return [name for name in names if name]


def _all_there(wanted: list[str]) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in _import_names(wanted))


def _into_venv(root: Path, for_tests: bool) -> NoReturn:
    """Makes or brings up to date `.venv` and runs the command there. A `.venv` that is not ours is used, never changed."""
    venv = root / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if os.environ.get(_AGAIN) == str(python):
        _stop("the packages in .venv are not complete. Delete the folder .venv and run the same command again.")
    stamp_file = venv / _STAMP
    if venv.exists() and not stamp_file.exists() and python.exists():
        if not _has(python, _wanted(root, for_tests)):
            _stop(
                "there is a .venv here that deckpress did not make, and it lacks packages. Move it away, or install them into it."
            )
    else:
        stamp = _stamp(root, for_tests)
        known = stamp_file.read_text("utf-8").split() if stamp_file.exists() and python.exists() else []
        if stamp not in known:
            print("deckpress: making ready (once) …", file=sys.stderr, flush=True)
            if not known:
                _make(venv)
            _install(root, venv, python, _wanted(root, for_tests), fresh=not known)
            stamp_file.write_text(" ".join([*known, stamp]) + "\n", "utf-8")
    environment = os.environ | {_AGAIN: str(python)}
    command = [str(python), *sys.argv]
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    sys.stdout.flush()
    os.execve(python, command, environment)


def _stamp(root: Path, for_tests: bool) -> str:
    """Tells what was installed from: the two lists, and the Python."""
    told = (root / "pyproject.toml").read_bytes() + (root / "constraints.txt").read_bytes() + sys.version.encode()
    return ("test-" if for_tests else "run-") + hashlib.sha256(told).hexdigest()[:16]


def _has(python: Path, wanted: list[str]) -> bool:
    program = "import importlib.util as u, sys; sys.exit(any(u.find_spec(n) is None for n in sys.argv[1:]))"
    return subprocess.run([python, "-c", program, *_import_names(wanted)], check=False).returncode == 0


def _make(venv: Path) -> None:
    """An empty environment, with uv where it is there."""
    if shutil.which("uv"):
        done = _quietly(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(venv)])
        if done.returncode == 0:
            return
    if importlib.util.find_spec("ensurepip") is None:
        _ensure_venv_module()
    done = _quietly([sys.executable, "-m", "venv", "--clear", str(venv)])
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        _stop(f"Python could not make .venv here ({_last(done)}). {_venv_advice()}")


def _ensure_venv_module() -> None:
    """Debian ships Python without ensurepip: root may install it, everyone else is told what to run."""
    if not _is_debian_root():
        _stop(f"this Python cannot make virtual environments. {_venv_advice()}")
    print("deckpress: installing python3-venv …", file=sys.stderr, flush=True)
    if not _apt(["python3-venv"]):
        _stop("python3-venv could not be installed. Is there a network? Then run: apt-get update && apt-get install python3-venv")


def _venv_advice() -> str:
    if shutil.which("apt-get"):
        return "Run: sudo apt-get install python3-venv (or install uv), then the same command again."
    return "Install Python with its venv module (or install uv), then run the same command again."


def _install(root: Path, venv: Path, python: Path, wanted: list[str], fresh: bool) -> None:
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(python)]
    else:
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
        command += ["--retries", "2"]
    done = _quietly([*command, "--constraint", str(root / "constraints.txt"), *wanted])
    if done.returncode:
        if fresh:
            shutil.rmtree(venv, ignore_errors=True)
        if any(sign in done.stderr for sign in _NO_NETWORK):
            _stop("the packages that pyproject.toml lists could not be installed: no network. Connect, then run it again.")
        _stop(f"the packages that pyproject.toml lists could not be installed ({_last(done)}). Run the same command again.")


def _quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    """The last line that says something, addresses left out."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    told = [line for line in lines if not line.lower().startswith(("warning", "hint", "[notice]"))]
    return " ".join(word for word in told[-1].split() if "://" not in word)[:160] if told else "no reason was given"


# --- print libraries ---------------------------------------------------------------------------------------------


def _see_to_print() -> None:
    """Installs Pango where that can be done without asking; on a terminal asks; else the build says what to run."""
    if not print_libraries_missing() or sys.platform != "linux" or shutil.which("apt-get") is None:
        return
    if os.environ.get("DECKPRESS_NO_INSTALL"):
        return
    if _is_debian_root():
        print(f"deckpress: installing the print libraries ({' '.join(DEBIAN_PRINT)}) …", file=sys.stderr, flush=True)
        if not _apt(list(DEBIAN_PRINT)):
            print("deckpress: the print libraries could not be installed. Is there a network?", file=sys.stderr)
    elif sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and shutil.which("sudo"):
        command = ["sudo", "apt-get", "install", "--yes", *DEBIAN_PRINT]
        print(f"PDFs need three small libraries:\n    {' '.join(command)}\nRun it now? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in ("y", "yes"):
            subprocess.run(command, check=False)


def print_libraries_missing() -> list[str]:
    """Native libraries that printing needs and that cannot be loaded; probed by name, in milliseconds."""
    import ctypes
    import ctypes.util

    missing = []
    for name in _LIBRARIES.get(sys.platform, _LIBRARIES["linux"]):
        folders = _MAC_FOLDERS if sys.platform == "darwin" else os.environ.get("WEASYPRINT_DLL_DIRECTORIES", "").split(";")
        if sys.platform == "win32":
            folders = (*folders, "C:\\msys64\\mingw64\\bin", "C:\\msys64\\ucrt64\\bin", *os.environ.get("PATH", "").split(";"))
        if sys.platform != "linux" and any(folder and (Path(folder) / name).exists() for folder in folders):
            continue
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def _find_homebrew() -> None:
    """Python from python.org or uv does not look where Homebrew puts Pango: start once more with the folder named."""
    variable = "DYLD_FALLBACK_LIBRARY_PATH"
    folder = next((folder for folder in _MAC_FOLDERS if (Path(folder) / "libpango-1.0.dylib").exists()), "")
    if sys.platform == "darwin" and folder and folder not in os.environ.get(variable, "").split(":"):
        paths = [folder, *filter(None, os.environ.get(variable, "").split(":"))]
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {variable: ":".join(paths)})


def print_advice(missing: list[str], where: str = "dist/") -> str:
    """What to tell where PDFs could not be made."""
    if sys.platform == "darwin":
        how = "brew install pango"
    elif sys.platform == "win32":
        how = "pacman -S mingw-w64-x86_64-pango in the shell of MSYS2"
    elif shutil.which("apt-get"):
        how = f"{'' if _is_debian_root() else 'sudo '}apt-get install {' '.join(DEBIAN_PRINT)}"
    else:
        how = "your system's package manager to install Pango"
    return (
        f"deckpress: the PDFs were NOT made: print libraries are missing ({', '.join(missing)}).\n"
        f"The deck is there, and the sheets are in {where} as HTML: open them in a browser and print. For PDFs run: {how}"
    )


def _is_debian_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: list[str]) -> bool:
    """Installs Debian packages; a fresh machine has no list of them yet, so that is fetched where the first try fails."""
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
