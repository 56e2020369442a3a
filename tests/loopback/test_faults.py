"""What goes wrong is planned exactly: before or after its effect, cut off, slow; and people act."""

import pytest
import requests

from loopback.conftest import Firm
from loopback.test_requests import box, fence, write
from sheets_server import Fault
from sheets_server.faults import MOMENTS, REFUSALS, STATUSES


def sent(firm: Firm, *several: object) -> int:
    """Send a batch without any client's retries; return the status, 0 for none."""
    path = f"/v4/spreadsheets/{firm.key}:batchUpdate"
    try:
        return firm.plain("POST", path, json={"requests": list(several)}).status_code
    except requests.ConnectionError:
        return 0


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("when", MOMENTS)
def test_a_fault_happens_once_before_or_after_the_effect(
    firm: Firm, when: str, status: int
) -> None:
    firm.server.google.faults.append(Fault(when, status, "updateCells"))  # type: ignore[arg-type]
    firm.server.google.slow_seconds = 0
    expected = {"slow": 200, "cut before": 0, "cut after": 0}.get(when, status)
    assert sent(firm, write(0, 0, "x")) == expected
    assert bool(firm.values()) == (when in ("after", "cut after", "slow"))
    assert sent(firm, write(0, 0, "y")) == 200


def test_a_fault_waits_for_its_request(firm: Firm) -> None:
    firm.server.google.faults.append(Fault("before", 503, "addNamedRange", skip=1, times=2))
    assert [sent(firm, write(0, 0, "x")) for _ in range(2)] == [200, 200]
    assert [sent(firm, fence(number)) for number in range(4)] == [200, 503, 503, 200]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_each_refusal_has_its_reason(firm: Firm, refusal: str) -> None:
    firm.server.google.faults.append(Fault("before", refusal=refusal))
    answer = firm.plain("GET", f"/drive/v3/files/{firm.key}")
    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0]["reason"]


def test_a_quota_is_a_minute_long_and_says_when_to_come_back(firm: Firm) -> None:
    google = firm.server.google
    google.quota, now = 2, [0.0]
    google.clock = lambda: now[0]
    path = f"/v4/spreadsheets/{firm.key}"
    assert [firm.plain("GET", path).status_code for _ in range(3)] == [200, 200, 429]
    now[0] = 61
    assert firm.plain("GET", path).status_code == 200
    google.faults.append(Fault("before", 429, retry_after=7))
    assert firm.plain("GET", path).headers["Retry-After"] == "7"


def test_people_act_between_two_requests(firm: Firm) -> None:
    google = firm.server.google

    def types(moment: str, name: str) -> None:
        if moment == "before" and "addNamedRange" in name:
            google.hooks.clear()
            google.act(firm.key, [write(0, 0, "typed")])

    google.hooks.append(types)
    firm.batch(write(0, 1, "ours"))
    firm.batch(fence(1))
    assert firm.values() == [["typed", "ours"]]


def test_a_server_may_be_otherwise_than_assumed(firm: Firm) -> None:
    rules = firm.server.google.rules
    firm.put("Sheet1!A1", [["id"], ["a"], ["b"]])
    hide = {"filterCriteria": {"hiddenValues": ["a"]}, "columnIndex": 0}
    firm.batch({"setBasicFilter": {"filter": {"range": box(0, 3, 0, 1), "filterSpecs": [hide]}}})
    image = {"copyPaste": {"source": box(0, 3, 0, 1), "destination": box(0, 3, 2, 3)}}
    rules.pastes_skip_filtered = True
    firm.batch(image)
    assert firm.values("Sheet1!C1:C3") == [["id"], [], ["b"]]
    rules.pastes_close_up = True
    firm.batch(image)
    assert firm.values("Sheet1!C1:C3") == [["id"], ["b"], ["b"]]
    rules.fence_ignored = True
    assert [sent(firm, fence(1)) for _ in range(2)] == [200, 200]
    rules.partial_batches = True
    assert sent(firm, write(0, 0, "half"), {"deleteSheet": {"sheetId": 99}}) == 400
    assert firm.values("Sheet1!A1") == [["half"]]
    rules.values_lost = True
    firm.batch(write(0, 0, "never"))
    assert firm.values("Sheet1!A1") == [["half"]]
