"""Imports miniaudio without the HTTP client that it names for radio streams, which takes 4 MB."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

UNUSED = ("urllib.request", "html")
"""What miniaudio imports for radio streams alone; `urllib.request` imports `ssl`, `http`, `email`."""

_lock = Lock()


def import_miniaudio() -> Any:  # noqa: ANN401 - the binding has no types
    """Import miniaudio and return it; what only its radio needs is imported if something uses it.

    Raises:
        ImportError: It is not installed.
        OSError: Its library cannot be loaded.
    """
    with _lock:
        if "miniaudio" not in sys.modules:
            for name in UNUSED:
                if name not in sys.modules:
                    import_when_used(name)
        return import_module("miniaudio")


def import_when_used(name: str) -> None:
    """Put a placeholder into `sys.modules`, which imports the module when a name of it is used."""
    placeholder = ModuleType(name)

    def find(attribute: str) -> Any:  # noqa: ANN401 - whatever the module holds
        # Python looks at __file__ and its like of every module; packages are asked for __path__.
        if attribute.startswith("__") and attribute != "__path__":
            raise AttributeError(attribute)
        if sys.modules.get(name) is placeholder:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    placeholder.__getattr__ = find  # type: ignore[method-assign]
    package, _, last = name.rpartition(".")
    if package:
        setattr(import_module(package), last, placeholder)
    sys.modules[name] = placeholder
