"""Which system calls are handed over, the filter that does it, and the replies: Linux on x86-64, without root."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import struct
import sys
from dataclasses import dataclass

AT_FDCWD = -100
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# number on x86-64: (kind, how its file is given: the argument with a descriptor, or those with a folder and a path)
CALLS = {
    1: ("write", "fd"), 18: ("write", "fd"), 20: ("write", "fd"), 296: ("write", "fd"), 328: ("write", "fd"),
    40: ("write", "fd"), 326: ("write", "fd third"),
    2: ("open", "path"), 85: ("open", "path"), 257: ("open", "at"), 437: ("open", "at"),
    77: ("truncate", "fd"), 76: ("truncate", "path"), 285: ("truncate", "fd"),
    74: ("sync", "fd"), 75: ("sync", "fd"),
    3: ("close", "fd"),
    82: ("rename", "path second"), 264: ("rename", "at third"), 316: ("rename", "at third"),
    86: ("link", "path second"), 265: ("link", "at third"), 88: ("link", "path second"), 266: ("link", "at second"),
    87: ("unlink", "path"), 263: ("unlink", "at"), 84: ("unlink", "path"),
    83: ("mkdir", "path"), 258: ("mkdir", "at"),
    90: ("chmod", "path"), 91: ("chmod", "fd"), 268: ("chmod", "at"),
}  # fmt: skip
FLAGS_AT = {2: 1, 257: 2}  # where open and openat have their flags: only opening for writing is handed over

KINDS = ("open", "write", "truncate", "sync", "close", "rename", "link", "mkdir", "chmod")
"""What fails unless a test says otherwise; where removing fails as well, nobody can tidy up."""

_X86_64, _SECCOMP, _NEW_LISTENER, _NOTIFY, _ALLOW, _CONTINUE = 0xC000003E, 317, 8, 0x7FC00000, 0x7FFF0000, 1
_RECEIVE, _SEND, _ADD_FD = 0xC0502100, 0xC0182101, 0x40182103


def usable() -> bool:
    """Whether this system has what the watch needs."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        return False
    try:
        with open("/proc/sys/kernel/seccomp/actions_avail", encoding="ascii") as file:
            return "user_notif" in file.read().split()
    except OSError:
        return False


def install() -> int:
    """Hand over the calls of this process, of this thread's later threads and of its children; returns the listener."""
    libc = ctypes.CDLL(None, use_errno=True)
    steps = _program()
    buffer = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(buffer)))
    if libc.prctl(38, 1, 0, 0, 0) != 0:  # PR_SET_NO_NEW_PRIVS
        raise OSError(ctypes.get_errno(), "prctl")
    listener = libc.syscall(_SECCOMP, 1, _NEW_LISTENER, program)
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return int(listener)


def _program() -> list[tuple[int, int, int, int]]:
    """The filter in classic BPF: (code, jump if true, jump if false, value)."""
    load, equal, any_bit, give = 0x20, 0x15, 0x45, 0x06
    notify, allow = (give, 0, 0, _NOTIFY), (give, 0, 0, _ALLOW)
    steps = [(load, 0, 0, 4), (equal, 1, 0, _X86_64), allow, (load, 0, 0, 0)]
    for number in CALLS:
        if number in FLAGS_AT:
            flags = (load, 0, 0, 16 + 8 * FLAGS_AT[number])
            steps += [(equal, 0, 4, number), flags, (any_bit, 0, 1, WRITING), notify, allow]
        else:
            steps += [(equal, 0, 1, number), notify]
    return [*steps, allow]


@dataclass(frozen=True)
class Request:
    """A call that waits for its reply."""

    identifier: int
    thread: int
    number: int
    arguments: tuple[int, ...]

    @property
    def kind(self) -> str:
        return CALLS[self.number][0]

    def paths(self) -> list[str]:
        """The files it is about, as absolute paths."""
        how, a = CALLS[self.number][1], self.arguments
        match how:
            case "fd":
                return [self._descriptor(a[0])]
            case "fd third":
                return [self._descriptor(a[2])]
            case "path":
                return [self._path(AT_FDCWD, a[0])]
            case "path second":
                return [self._path(AT_FDCWD, a[0]), self._path(AT_FDCWD, a[1])]
            case "at":
                return [self._path(a[0], a[1])]
            case "at second":
                return [self._path(a[1], a[2])]
            case _:
                return [self._path(a[0], a[1]), self._path(a[2], a[3])]

    def _descriptor(self, number: int) -> str:
        try:
            return os.readlink(f"/proc/{self.thread}/fd/{number & 0xFFFFFFFF}")
        except OSError:
            return ""

    def _path(self, folder: int, pointer: int) -> str:
        folder = ctypes.c_int32(folder & 0xFFFFFFFF).value
        try:
            text = os.fsdecode(self._text(pointer))
            base = f"/proc/{self.thread}/" + ("cwd" if folder == AT_FDCWD else f"fd/{folder}")
            return os.path.normpath(text if text.startswith("/") else os.path.join(os.readlink(base), text))
        except OSError:
            return ""

    def _text(self, pointer: int) -> bytes:
        parts = []
        with open(f"/proc/{self.thread}/mem", "rb", buffering=0) as memory:
            while True:
                memory.seek(pointer)
                part = memory.read(4096 - pointer % 4096)
                parts.append(part.split(b"\0", 1)[0])
                if b"\0" in part or not part:
                    return b"".join(parts)
                pointer += len(part)


def receive(listener: int) -> Request | None:
    """The next call, None when it ended while it waited."""
    data = bytearray(80)
    try:
        fcntl.ioctl(listener, _RECEIVE, data)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.EINTR):
            return None
        raise
    identifier, thread, _, number, _, _, *arguments = struct.unpack("QIIiIQ6Q", data)
    return Request(identifier, thread, number, tuple(arguments))


def reply(listener: int, request: Request, failure: int = 0) -> None:
    """Let the call go on, or fail with an errno. A close that fails has closed all the same, as on Linux."""
    if failure and request.kind == "close":
        nothing = os.open(os.devnull, os.O_RDWR)
        try:  # put in the descriptor's place, which closes what was there
            fcntl.ioctl(
                listener, _ADD_FD, struct.pack("QIIII", request.identifier, 1, nothing, request.arguments[0], 0)
            )
        except OSError:
            pass
        finally:
            os.close(nothing)
    answer = struct.pack("QqiI", request.identifier, 0, -failure, 0 if failure else _CONTINUE)
    try:
        fcntl.ioctl(listener, _SEND, bytearray(answer))
    except OSError as error:
        if error.errno != errno.ENOENT:  # the caller was killed
            raise
