"""Landlock: what Linux lets a process of no privilege forbid itself. Used by the cage where the kernel has it.

A ruleset that handles every right and allows none: no path may be opened, changed, renamed or removed, no TCP port
dialled or bound, no process outside looked into (ptrace) or, from Linux 6.12, sent a signal. What is open stays open.
Authority: landlock(7); numbers of <linux/landlock.h>, alike on every architecture.
"""

import ctypes
import struct

_CREATE, _RESTRICT = 444, 446
_VERSION = 1
_NO_NEW_PRIVILEGES = 38
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Version of Landlock to the number of file rights it knows; later ones know as many as the last."""
_TCP_FROM, _SCOPE_FROM = 4, 6


def landlock_version() -> int:
    """Return which version of Landlock this kernel has; 0 for none."""
    found: int = _system().syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    return max(0, found)


def give_up_paths() -> bool:
    """Forbid this thread, and what it starts, every path and every port; tell whether the kernel can."""
    version = landlock_version()
    if not version:
        return False
    system, rights = _system(), _rights(version)
    handle = system.syscall(_CREATE, rights, ctypes.c_size_t(len(rights)), 0)
    if handle < 0 or system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.syscall(_RESTRICT, handle, 0) == 0)


def _rights(version: int) -> bytes:
    """Return the ruleset: every right of files, then of TCP, then of other processes, as far as the version knows them."""
    known = _FILE_RIGHTS[min(version, max(_FILE_RIGHTS))]
    words = [(1 << known) - 1]
    if version >= _TCP_FROM:
        words.append(0b11)
    if version >= _SCOPE_FROM:
        words.append(0b11)
    return struct.pack(f"={len(words)}Q", *words)


def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
