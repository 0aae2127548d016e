"""Tells before the machine sleeps and after it woke, where logind announces it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from legato.devices.bus_address import system_address
from legato.domain.ports import NullSleepWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from legato.domain.ports import SleepWatch


def watch_sleep(before: Callable[[], None], after: Callable[[], None]) -> SleepWatch:
    """Begin to watch and return at once; where there is no logind nothing is ever told.

    Not every sleep is announced: whoever must know compares the two clocks of boot_clock as well.

    Args:
        before: Called in this thread when the machine is about to sleep, which it then does.
        after: Called in this thread when it woke.
    """
    address = system_address(os.environ)
    if address is None:
        return NullSleepWatch()
    from legato.devices.bus_link import BusLink  # noqa: PLC0415 - QtDBus
    from legato.devices.suspend_logind import LogindSleepWatch  # noqa: PLC0415 - QtDBus

    return LogindSleepWatch(before, after, BusLink(address, "legato-sleep"))
