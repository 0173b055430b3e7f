"""Hatch's hook: a wheel carries the compiled translations, which git does not."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))


class MessagesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile every catalog before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Write the .mo files beside their .po files."""
        from messages import compile_all

        compile_all(Path(self.root) / "src" / "cotrace")
