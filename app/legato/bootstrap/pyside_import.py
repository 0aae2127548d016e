"""Takes back the import function that PySide6 puts in the place of Python's own.

PySide6's reads the whole source of each module after importing it, to look for `PySide6` in it, and
`linecache` keeps all of it: 7 MB, and 15 ms of a start. Only `from __feature__ import ...` needs that,
which Legato does without. Import this module after the first one of PySide6.
"""

from __future__ import annotations

import builtins

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
