"""What the tests share: the command to compare with, and articles written for the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import demarche
import pytest

ROOT = Path(__file__).resolve().parents[3]
# What the scripts of size and speed share is used by the tests too.
sys.path.insert(0, str(ROOT / "crates/python/benches"))
DEMO = sorted((ROOT / "examples/demo").glob("*.jsonl"))


def program() -> Path:
    """The command: `DEMARCHE_BIN`, or what was built last."""
    named = [Path(os.environ["DEMARCHE_BIN"])] if "DEMARCHE_BIN" in os.environ else [ROOT / "target" / kind / "demarche" for kind in ("release", "debug")]
    built = next((path for path in named if path.is_file()), None)
    if built is None:
        pytest.skip("the command is not built; `cargo build --release` builds it")
    return built


def command(*arguments: str | Path) -> str:
    """What the command writes."""
    return subprocess.run([program(), *arguments], capture_output=True, text=True, check=True).stdout


def demo(files: int = 1) -> list[dict[str, Any]]:
    """Articles of the demonstration, as records."""
    return [json.loads(line) for path in DEMO[:files] for line in path.read_text().splitlines()]


@pytest.fixture(scope="session")
def coder() -> demarche.Coder:
    return demarche.Coder(threads=2)
