"""What the package promises about itself."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import demarche
import pytest
from conftest import ROOT, program


def test_every_public_name_is_there_and_documented() -> None:
    missing = [name for name in demarche.__all__ if not hasattr(demarche, name)]
    assert not missing
    for name in demarche.__all__:
        value = getattr(demarche, name)
        if callable(value) and value.__module__.startswith("demarche"):
            assert value.__doc__, name


def test_the_stubs_know_every_name_of_the_module() -> None:
    from demarche import _demarche

    stubs = (Path(demarche.__file__).parent / "_demarche.pyi").read_text()
    for name in dir(_demarche):
        if not name.startswith("__"):
            assert f"class {name}:" in stubs or f"def {name}(" in stubs, name
            for method in dir(getattr(_demarche, name)):
                if not method.startswith("__") and isinstance(getattr(_demarche, name), type):
                    assert f"def {method}(" in stubs or f"    {method}: " in stubs, f"{name}.{method}"


@pytest.mark.parametrize("command", [["-m", "mypy"], ["-m", "pyright", "--pythonpath", sys.executable]])
def test_types_hold(command: list[str]) -> None:
    if importlib.util.find_spec(command[1]) is None:
        pytest.skip(f"{command[1]} is not installed")
    told = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("script", sorted((ROOT / "docs/tutorials").glob("*.py")), ids=lambda script: script.stem)
def test_tutorials_run(script: Path) -> None:
    pytest.importorskip("pyarrow")
    told = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0 and told.stdout, told.stderr


def test_examples_of_the_guide_run(tmp_path: Path) -> None:
    """The blocks that need nothing but the package."""
    guide = (ROOT / "docs/python.md").read_text()
    blocks = [block.split("```")[0] for block in guide.split("```python\n")[1:]]
    runnable = "\n".join([blocks[0], blocks[-1]])
    assert "demarche.code(" in runnable and "eval_events" in runnable
    told = subprocess.run([sys.executable, "-c", runnable], cwd=tmp_path, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_the_vignette_for_r_runs(tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    told = subprocess.run(
        ["Rscript", ROOT / "docs/r/vignette.R", tmp_path / "demo.store", tmp_path],
        capture_output=True, text=True, env={**os.environ, "DEMARCHE_BIN": str(program())},
    )
    if "there is no package called" in told.stderr:
        pytest.skip("R lacks ggplot2 or jsonlite")
    assert told.returncode == 0, told.stderr
    assert {file.name for file in tmp_path.glob("*.png")} == {"series.png", "shares.png", "map.png"}


def test_failures_are_of_one_family() -> None:
    for name in ("InputError", "TableError", "StoreError", "QueryError", "CodingError"):
        error = getattr(demarche, name)("what is wrong", "what to do")
        assert isinstance(error, demarche.DemarcheError)
        assert str(error) == "what is wrong\nnext: what to do"
