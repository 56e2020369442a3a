"""Requests to Google: sent through gspread's client, repeated within bounds, never for ever.

Waits are drawn at random up to 1, 2, 4 … 32 seconds (full jitter), or as long as Google asks; six
tries and two minutes at the most. A batch is never repeated blindly: who sends it looks first
whether it took effect.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final, NoReturn

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.http_client import HTTPClient

from sheetrecord.model.trace import tell
from sheetrecord.workbooks.google import messages
from sheetrecord.workbooks.google.messages import Refusal, refusal_of
from sheetrecord.workbooks.google.values import Json

TRIES: Final = 6
LONGEST: Final = 120.0
"""Seconds that a request and all its repetitions may take."""
_LONGEST_WAIT: Final = 32.0
_TIMEOUT: Final = (10.0, 180.0)
"""Seconds to connect, and between two bytes of an answer; Google itself gives up after 180."""
LARGEST_ANSWER: Final = 40_000_000
"""Bytes of an answer, uncompressed, that are read at once; a firm's year is about six million."""
_SLOWEST: Final = 600.0
"""Seconds in which an answer that has begun has to be there."""
_PIECE: Final = 1 << 18
_A_MINUTE: Final = 50
"""Requests a minute, reads and writes each: Google allows 60 a user."""


class GoogleRefused(Exception):
    """An answer that waiting does not mend."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class AnswerLost(Exception):
    """No answer, or one that asks to wait; the request may have taken effect.

    ``wait`` is for how many seconds Google asks, ``busy`` whether it answered at all.
    """

    def __init__(self, why: str, wait: float = 0, *, busy: bool = False) -> None:
        super().__init__(why)
        self.wait, self.busy = wait, busy


class AnswerTooLarge(Exception):
    """An answer is larger than is read at once; what was asked for took effect."""


@dataclass
class WaitingClock:
    """The time, and how one waits; tests have their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[float, float], float] = random.uniform


CLOCK = WaitingClock()


@dataclass
class RequestBudget:
    """Requests that may be sent now; it fills at fifty a minute."""

    left: float = _A_MINUTE
    seen: float = field(default_factory=lambda: CLOCK.now())  # noqa: PLW0108 - tests have another

    def take(self) -> None:
        """Wait until a request may be sent."""
        now = CLOCK.now()
        self.left = min(_A_MINUTE, self.left + (now - self.seen) * _A_MINUTE / 60)
        self.seen = now
        self.left -= 1
        if self.left < 0:
            CLOCK.sleep(-self.left * 60 / _A_MINUTE)


class GoogleClient(HTTPClient):
    """gspread's client, whose requests say what came of them and go where the firm wants them."""

    bases: Mapping[str, str] = {}
    """What stands instead of each of Google's addresses."""
    budgets: Mapping[str, RequestBudget] = {}

    def request(  # noqa: PLR0913, PLR0917 - as the one that it stands for
        self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None,
        files: Any = None, headers: Any = None,
    ) -> requests.Response:  # fmt: skip
        """Send one request once. Raises `GoogleRefused`, `AnswerLost` and `AnswerTooLarge`."""
        for theirs, ours in self.bases.items():
            if endpoint.startswith(theirs):
                endpoint = ours + endpoint.removeprefix(theirs)
        if bucket := self.budgets.get(method.lower()):
            bucket.take()
        tell("google", f"{method.upper()} {endpoint.partition('?')[0]}")
        try:
            response = self.session.request(
                method=method, url=endpoint, params=params, data=data, json=json, files=files,
                headers=headers, timeout=_TIMEOUT, stream=True,
            )  # fmt: skip
            response._content = _body(response)  # noqa: SLF001 - requests bounds no answer itself
        except RefreshError as error:
            _ended(error)
        except (requests.RequestException, TransportError, GoogleAuthError) as error:
            raise AnswerLost(type(error).__name__) from error
        return _good(response)


def _ended(error: RefreshError) -> NoReturn:
    """Say what came of a new token not being given."""
    if getattr(error, "retryable", False):
        raise AnswerLost("the token server has trouble", busy=True) from error
    raise GoogleRefused(Refusal(401, frozenset(), str(error))) from error


def _body(response: requests.Response) -> bytes:
    """Return all of an answer; with ``stream`` it is not read yet. Raises `AnswerTooLarge`."""
    begun, size, pieces = CLOCK.now(), 0, []
    with response:
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            pieces.append(piece)
            if size > LARGEST_ANSWER:
                raise AnswerTooLarge
            if CLOCK.now() - begun > _SLOWEST:
                raise AnswerLost("the answer does not come to an end")
    return b"".join(pieces)


def _good(response: requests.Response) -> requests.Response:
    """Return an answer that is one: a JSON object. Raises `GoogleRefused` and `AnswerLost`."""
    answer = _read(response)
    if response.ok and isinstance(answer, dict):
        STREAK.reset()
        return response
    if response.ok:
        raise AnswerLost("what answers is cut, or does not speak as Google does")
    refusal = refusal_of(response.status_code, answer)
    if refusal.waits:
        raise AnswerLost(f"HTTP {refusal.status}", _asked(response), busy=True)
    raise GoogleRefused(refusal)


def _read(response: requests.Response) -> object:
    """Return what an answer says; None for what is no JSON. A delete is answered with nothing."""
    if response.status_code == requests.codes.no_content:
        return {}
    try:
        return response.json()
    except ValueError:
        return None


def _asked(response: requests.Response) -> float:
    """Return for how many seconds an answer asks to wait (RFC 9110, 10.2.3); 0 when it does not."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0
    now = time.time()
    return max(0.0, moment.timestamp() - now)


@dataclass
class Streak:
    """Answers that failed one after the other, of all that this process asks."""

    failed: int = 0
    begun: float = 0
    last: float = 0

    def reset(self) -> None:
        """Forget them: Google has answered."""
        self.failed = 0

    def fail(self, now: float) -> None:
        """Count one more; those of a while ago are of another trouble."""
        if self.failed and now - self.last > LONGEST:
            self.failed = 0
        if not self.failed:
            self.begun = now
        self.failed, self.last = self.failed + 1, now


STREAK = Streak()
"""So that a command with several requests does not wait two minutes for each of them."""


class Patience:
    """How long one still waits for Google: six tries and two minutes at the most.

    It keeps a count of its own beside that of the process: where writes fail and the reads
    between them are answered, that one begins anew each time.
    """

    def __init__(self, address: str) -> None:
        self.address, self._own = address, Streak()

    def wait(self, lost: AnswerLost) -> None:
        """Wait before the next try. Raises Locked or Unreachable when there is none."""
        now = CLOCK.now()
        STREAK.fail(now)
        self._own.fail(now)
        failed = max(STREAK.failed, self._own.failed)
        begun = min(STREAK.begun, self._own.begun)
        drawn = CLOCK.draw(0, min(2.0 ** (failed - 1), _LONGEST_WAIT))
        wait = max(lost.wait, drawn)
        over = now - begun + wait > LONGEST
        if failed >= TRIES or over:
            if lost.busy:
                raise messages.asks_to_wait(self.address) from lost
            raise messages.no_answer(self.address, str(lost)) from lost
        CLOCK.sleep(wait)


def patiently(address: str, send: Callable[[], requests.Response], who: str) -> Json:
    """Return the answer to a request that changes nothing. Raises a SheetRecordError."""
    patience = Patience(address)
    while True:
        try:
            answer: Json = send().json()
        except AnswerLost as lost:
            patience.wait(lost)
        except GoogleRefused as refused:
            raise messages.cannot(address, refused.refusal, who) from refused
        else:
            return answer
