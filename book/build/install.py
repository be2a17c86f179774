"""How to get what of this package is missing: the command that installs an extra, or puts its files back."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
IS_CHECKOUT = (CHECKOUT / "pyproject.toml").exists()


def install(extra: str) -> str:
    """Give the command that adds an extra to this very package: from its checkout if it runs there, or by name."""
    what = f"--editable '{CHECKOUT}[{extra}]'" if IS_CHECKOUT else f"'book-builder[{extra}]'"
    return f"{sys.executable} -m pip install {what}"


def restore() -> str:
    """Give the command that puts lost files of this package back."""
    if IS_CHECKOUT:
        return f"git -C '{CHECKOUT}' checkout -- book styles"
    return f"{sys.executable} -m pip install --force-reinstall book-builder"
