"""The parent's side of the darkroom: a file goes in, cleaned copies or a refusal come out.

The parent looks at the first bytes alone. It hands the file to a child with an empty environment (`darkroom`), reads
one answer up to a size, stops waiting after a time, always ends and reaps the child, and believes nothing unchecked.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer

import orjson

import cotrace
from cotrace.files.imports.limits import DEFAULT_PICTURE_LIMITS, PictureLimits
from cotrace.files.rules.pictures import HEAD_BYTES, MediaType, media_type_of
from cotrace.files.sentences.pictures import PICTURES
from cotrace.foundation.errors import Invalid, Param

_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from cotrace.files.imports.darkroom import main; main()"
_SOURCE_ROOT = str(Path(cotrace.__path__[0]).parent)
_LINE_BYTES = 64 * 1024
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedFile:
    """What an original is, and what may be shown of it: JPEGs without metadata, one for each page drawn.

    `pages` is how many the original has; a photograph has one.
    """

    media_type: MediaType
    pages: int
    shown: tuple[bytes, ...]
    thumbnail: bytes


def clean_file(content: bytes, *, limits: PictureLimits = DEFAULT_PICTURE_LIMITS) -> CleanedFile:
    """Clean a photograph or draw a PDF in the cage. Raises Invalid with a code of `cotrace.files.sentences.pictures`."""
    if len(content) > limits.file_bytes:
        raise Invalid("file_too_large", limit_bytes=limits.file_bytes)
    media_type = media_type_of(content[:HEAD_BYTES])
    head, _, rest = _answer(content, media_type, limits).partition(b"\n")
    return _cleaned(media_type, head, rest)


def _answer(content: bytes, media_type: MediaType, limits: PictureLimits) -> bytes:
    """Return what the child says. It says nothing before it has read all, so neither waits for the other."""
    child = _started(media_type, limits)
    timer = Timer(limits.wait_s, child.kill)
    timer.start()
    try:
        answer = _told(child, content, limits)
    finally:
        timer.cancel()
        child.kill()
        child.wait()
    if child.returncode == 0 and len(answer) <= limits.output_bytes:
        return answer
    is_slow = child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}
    raise Invalid("picture_too_slow" if is_slow else "picture_reader_failed")


def _started(media_type: MediaType, limits: PictureLimits) -> subprocess.Popen[bytes]:
    given = [_SOURCE_ROOT, str(media_type), orjson.dumps(asdict(limits)).decode()]
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _CHILD, *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def _told(child: subprocess.Popen[bytes], content: bytes, limits: PictureLimits) -> bytes:
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 (narrows the types: both are pipes)
    with child.stdin, child.stdout:
        try:
            child.stdin.write(content)
            child.stdin.close()
        except BrokenPipeError:
            child.wait()
            return b""
        answer = child.stdout.read(limits.output_bytes + 1)
        if len(answer) <= limits.output_bytes:
            child.wait()
    return answer


def _cleaned(media_type: MediaType, head: bytes, rest: bytes) -> CleanedFile:
    """Return the copies that an answer holds. Raises the Invalid it tells, or picture_reader_failed."""
    try:
        told = orjson.loads(head)
        if "error" in told:
            raise _refused(str(told["error"]), dict(told["params"]))
        pages, sizes = int(told["pages"]), [int(each) for each in told["sizes"]]
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid("picture_reader_failed") from error
    *shown, thumbnail = _cut(rest, sizes)
    if not shown or pages < len(shown) or not all(each.startswith(_JPEG) for each in (*shown, thumbnail)):
        raise Invalid("picture_reader_failed")
    return CleanedFile(media_type=media_type, pages=pages, shown=tuple(shown), thumbnail=thumbnail)


def _refused(code: str, params: dict[str, Param]) -> Invalid:
    if code not in PICTURES:
        return Invalid("picture_reader_failed")
    refused = Invalid(code)
    refused.params = {name: each for name, each in params.items() if isinstance(each, str | int)}
    return refused


def _cut(rest: bytes, sizes: Sequence[int]) -> list[bytes]:
    if min(sizes, default=0) < 1 or sum(sizes) != len(rest):
        raise Invalid("picture_reader_failed")
    pieces, start = [], 0
    for size in sizes:
        pieces.append(rest[start : start + size])
        start += size
    return pieces
