"""The command line. Each command is a thin call of the packages below; nothing heavy is imported to start."""

from __future__ import annotations


def main() -> None:
    """Run `convgen` with the arguments of the process, and leave with its exit code.

    0: done; 1: diagnostics stopped something; 2: the command was misused.
    """
    import gc
    import sys

    # A short process that makes many objects and few cycles: collecting rarely saves a tenth of the time.
    gc.set_threshold(100_000, 20, 20)
    from convgen.cli.app import run

    sys.exit(run(sys.argv[1:]))
