"""Hands over to the command line; also what `python -m legato` and the `legato` script run."""

from __future__ import annotations

import sys


def main() -> int:
    """Run Legato with the arguments of this process; return its exit code."""
    from legato.cli.main import run  # noqa: PLC0415 - importing this module stays free

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
