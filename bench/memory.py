"""The peak memory of a process that writes many Word files: ``python -m bench.memory COUNT`` prints megabytes."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from bench.ours import Warm

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The peak memory of this process. What getrusage says counts the process that started it, on Linux."""
    if _STATUS.is_file():
        line = next(one for one in _STATUS.read_text("ascii").splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    # bytes on macOS
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(count: int) -> None:
    """Print the peak after a tenth of the acts, then after all of them."""
    warm = Warm()
    for rank in range(1, count + 1):
        warm.docx()
        if rank in (max(count // 10, 1), count):
            print(peak_megabytes())


if __name__ == "__main__":
    main(int(sys.argv[1]))
