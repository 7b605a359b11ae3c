"""What the documents show is what happens.

Each document's ```console and ```python blocks run for real, in order, in one temporary folder that holds a copy of
``examples/``. A console command must exit 0 (or as a line ``# exit 1`` before it says) and print the lines that the
block shows; a Python block runs as it stands, or, where it begins with ``>>>``, prints what is shown. In what is shown,
``…`` stands for anything, and a line of nothing else for any number of lines. What a command prints after the last line
that is shown is free.
"""

import contextlib
import doctest
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
RUNNING = ["README.md", "docs/tutorial.md", "docs/python.md", "docs/stories.md", "docs/deciding.md", "docs/media.md"]
WRITTEN = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "examples/README.md"]
)

# Commands that a document may show but that are not run here, and why.
LEFT_OUT = {
    "git": "it would fetch the project from elsewhere",
    "make": "make demo and make test have checks of their own, and make test runs this very file",
    "pip": "it would install packages from elsewhere",
}


# Printed after each command: on stdout around its exit code, on stderr alone.
END = "\x1e"
MARK_END = r"printf '\036%d\036' $?; printf '\036' >&2"


class Block(NamedTuple):
    kind: str
    line: int  # of its first line within the document, from 1
    body: str


class Command(NamedTuple):
    line: int
    words: str
    exit: int
    shown: list[str]


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a document that are to run."""
    found = []
    fences = re.finditer(r"^```(\w*)[^\n]*\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    for fence in fences:
        if fence[1] in ("console", "python"):
            found.append(Block(fence[1], document.count("\n", 0, fence.start(2)) + 1, fence[2]))
    return found


def commands(block: Block) -> list[Command]:
    """The commands of a console block, each with the lines that it is shown to print."""
    found: list[Command] = []
    expected_exit = 0
    for number, line in enumerate(block.body.splitlines(), block.line):
        if line.startswith("$ "):
            found.append(Command(number, line[2:], expected_exit, []))
            expected_exit = 0
        elif note := re.fullmatch(r"# exit (\d)", line):
            expected_exit = int(note[1])
        elif found and found[-1].words.endswith("\\") and not found[-1].shown:
            found[-1] = found[-1]._replace(words=f"{found[-1].words[:-1]}{line.strip()}")
        elif line.strip():
            assert found, f"line {number}: a console block begins with a command"
            found[-1].shown.append(line.rstrip())
    return found


def difference(shown: list[str], printed: str) -> str | None:
    """The first shown line that was not printed where it should be; None where all agree."""
    lines = [line.rstrip() for line in printed.splitlines() if line.strip()]
    at, anywhere = 0, False
    for line in shown:
        if line.strip() == "…":
            anywhere = True
            continue
        pattern = re.compile(".*".join(map(re.escape, line.strip().split("…"))))
        fits = [index for index in range(at, len(lines)) if pattern.fullmatch(lines[index].strip())]
        if not fits or (not anywhere and fits[0] != at):
            return line
        at, anywhere = fits[0] + 1, False
    return None


def run_console(block: Block, where: Path, environ: dict[str, str]) -> None:
    """Run the commands in one shell, so that what one sets the next can use. What is exported the next block has, too,
    as in the reader's own terminal."""
    to_run = [command for command in commands(block) if command.words.split()[0] not in LEFT_OUT]
    exported = where.with_name(f"{where.name}-exported")
    script = "".join(f"{command.words}\n{MARK_END}\n" for command in to_run)
    script = f"[ ! -e '{exported}' ] || . '{exported}'\n{script}export -p > '{exported}'\n"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=where,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    printed, codes = done.stdout.split(END)[0::2], done.stdout.split(END)[1::2]
    assert len(codes) == len(to_run), f"line {block.line}: the shell ended early\n{done.stderr}"
    for command, out, code, err in zip(to_run, printed, codes, done.stderr.split(END), strict=False):
        said = f"line {command.line}: {command.words}\n--- stdout\n{out}\n--- stderr\n{err}"
        assert int(code) == command.exit, f"exit {code}, expected {command.exit}; {said}"
        missing = difference(command.shown, out if out.strip() else err)
        assert missing is None, f"not printed: {missing!r}; {said}"


def run_python(block: Block, names: dict[str, Any]) -> None:
    if not block.body.startswith(">>>"):
        exec(compile(block.body, f"line {block.line}", "exec"), names)
        return
    for example in doctest.DocTestParser().get_examples(block.body):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, f"line {block.line + example.lineno}", "single"), names)
        missing = difference(example.want.splitlines(), printed.getvalue())
        assert missing is None, f"{example.source}not printed: {missing!r}\n--- printed\n{printed.getvalue()}"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder with nothing but the examples in it, and the environment of somebody new to Sayso."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("SAYSO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.mark.parametrize("document", RUNNING)
def test_what_is_shown_is_what_happens(document, folder):
    names: dict[str, Any] = {"__name__": "__main__"}
    found = blocks((ROOT / document).read_text("utf-8"))
    assert found, f"{document} shows nothing that runs"
    for block in found:
        if block.kind == "console":
            run_console(block, folder, dict(os.environ))
        else:
            run_python(block, names)


def test_readme_shows_what_the_demo_prints():
    page = runpy.run_path(str(ROOT / "docs" / "make_readme.py"))["page"]

    assert (ROOT / "README.md").read_text("utf-8") == page(), "write it again with: make docs"


@pytest.mark.parametrize("document", WRITTEN)
def test_links_lead_somewhere(document):
    text = (ROOT / document).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            path = ROOT / Path(document).parent / target.partition("#")[0]
            assert path.exists(), f"{document} links to {target}, which is not there"


def test_every_decision_is_listed():
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"\]\(([^)]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("0*.md"))


@pytest.mark.parametrize(
    ("shown", "printed", "missing"),
    [
        (["one", "two"], "one\n\ntwo\nthree\n", None),
        (["one", "three"], "one\ntwo\nthree\n", "three"),
        (["one", "…", "three"], "one\ntwo\nthree\n", None),
        (["read … articles"], "read 18 articles\n", None),
        (["read … articles"], "read 18 reports\n", "read … articles"),
        (["one"], "", "one"),
    ],
)
def test_the_comparison_can_fail(shown, printed, missing):
    assert difference(shown, printed) == missing


def test_commands_are_taken_apart():
    block = Block("console", 10, "$ sayso read a \\\n    --json\n{…}\n\n# exit 1\n$ sayso read b\n")
    assert commands(block) == [
        Command(10, "sayso read a --json", 0, ["{…}"]),
        Command(15, "sayso read b", 1, []),
    ]
