"""Runs a command; the exit code is 0 for done, 1 for a problem, 2 for wrong usage."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

from legato.cli.output import fail
from legato.domain.problems import BadData

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
"""Errors of printing, such as into a file on a full disk."""
INTERRUPTED = 130
"""What a shell reports for a program that the user ended with Ctrl+C."""


def run(words: Sequence[str]) -> int:
    """Run the command in `words` and return its exit code."""
    try:
        code = _run_command(words)
        sys.stdout.flush()
    except BadData as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return 1
    except OSError as error:
        # Commands turn errors of files, which have a name, into problems of their own.
        if error.filename is not None or error.errno not in _OUTPUT_ERRORS:
            raise
        _drop_output()
        return fail(f"the output cannot be written: {error.strerror or error}")
    else:
        return code


def _drop_output() -> None:
    """Keep Python from reporting at its exit again that the output cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run_command(words: Sequence[str]) -> int:
    if not words:
        # The usual start skips the parser, which would delay the window.
        from legato.bootstrap.stores import Options  # noqa: PLC0415
        from legato.cli.window import open_window  # noqa: PLC0415

        return open_window(Options())
    from legato.cli.parsing import parser_for  # noqa: PLC0415 - see above

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A path may hold characters that the terminal cannot show; escape them.
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = parser_for(words).parse_args(words)
    return int(arguments.run(arguments))
