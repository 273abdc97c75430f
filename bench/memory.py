"""The peak memory of a process that writes many Word files: ``python -m bench.memory COUNT`` prints megabytes."""

from __future__ import annotations

import resource
import sys

from bench.ours import Warm


def main(count: int) -> None:
    """Print the peak after a tenth of the acts, then after all of them."""
    warm = Warm()
    for rank in range(1, count + 1):
        warm.docx()
        if rank in (max(count // 10, 1), count):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            # Kilobytes on Linux, bytes on macOS.
            print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    main(int(sys.argv[1]))
