"""What the C library holds for the program; each looked at in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc alone has these settings")

HEAPS = """
import ctypes, threading
from legato.devices import heap
libc = ctypes.CDLL(None)
{first}
threads = [threading.Thread(target=lambda: bytearray(5000)) for _ in range(3)]
for thread in threads:
    thread.start()
    thread.join()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""

FREED = """
from pathlib import Path
from legato.devices import heap

def held_mb():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024

pieces = [bytearray(5000) for _ in range(10_000)]
last = bytearray(5000)  # keeps the end of the heap
pieces.clear()
before = held_mb()
heap.return_free_memory()
print(before - held_mb())
"""


def printed(program: str) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize(("first", "heaps"), [("", 2), ("heap.share_one_heap()", 1)])
def test_threads_have_no_heap_of_their_own(first: str, heaps: int) -> None:
    """By default a thread gets one, which stays; told to share, it uses the main one."""
    told = printed(HEAPS.format(first=first))
    if "<malloc" not in told:
        pytest.skip("not glibc")
    assert told.count("<heap nr=") == heaps


def test_free_memory_goes_back_to_the_system() -> None:
    """Fifty megabytes that were used once are no longer held."""
    assert float(printed(FREED)) > 30
