"""Errors as Google answers them: a status, and a body of the Sheets or of the Drive kind."""

from collections.abc import Mapping
from typing import Any, Final

STATUS: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
MESSAGES: Final = {
    400: "Request contains an invalid argument.",
    401: "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
    "cookie or other valid authentication credential.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    408: "The request took too long.",
    409: "The operation was aborted.",
    429: "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per "
    "user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
    500: "Internal error encountered.",
    502: "Bad gateway.",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
REASONS: Final = {
    401: "authError",
    403: "insufficientFilePermissions",
    404: "notFound",
    429: "rateLimitExceeded",
    500: "internalError",
    503: "backendError",
}


class ApiError(Exception):
    """A request that is refused.

    ``reason`` is the word by which programs tell kinds of a status apart; ``headers`` go with the
    answer.
    """

    def __init__(
        self,
        code: int,
        message: str = "",
        reason: str = "",
        *,
        domain: str = "global",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.code, self.reason, self.domain = code, reason, domain
        self.message = message or MESSAGES.get(code, "Error.")
        self.headers = dict(headers or {})
        super().__init__(self.message)

    def body(self, service: str) -> dict[str, Any]:
        """Return the answer's body, as the service words its errors."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if service == "drive":
            reason = self.reason or REASONS.get(self.code, "badRequest")
            one = {"message": self.message, "domain": self.domain, "reason": reason}
            return {"error": {**error, "errors": [one]}}
        error["status"] = STATUS.get(self.code, "UNKNOWN")
        if self.reason:
            error["details"] = [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": self.reason,
                    "domain": "googleapis.com",
                }
            ]
        return {"error": error}


def storage_full() -> ApiError:
    """Return what a service account hears that would own a file."""
    return ApiError(
        403,
        "Service Accounts do not have storage quota. Leverage shared drives, or use OAuth "
        "delegation instead.",
        "storageQuotaExceeded",
        domain="usageLimits",
    )


def scope_missing() -> ApiError:
    """Return what a token without the scope of a method hears."""
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'},
    )


def api_disabled(service: str) -> ApiError:
    """Return what a project hears that has not switched the API on."""
    name = "Google Sheets API" if service == "sheets" else "Google Drive API"
    return ApiError(
        403,
        f"{name} has not been used in project 1 before or it is disabled. Enable it by visiting "
        "https://console.developers.google.com/apis/api/"
        f"{service}.googleapis.com/overview?project=1 then retry.",
        "SERVICE_DISABLED" if service == "sheets" else "accessNotConfigured",
        domain="usageLimits",
    )


def domain_policy() -> ApiError:
    """Return what a person hears whose administrator closed the API."""
    return ApiError(
        403,
        "The domain administrators have disabled Drive apps.",
        "domainPolicy",
    )


def too_many(retry_after: int | None = None) -> ApiError:
    """Return what is heard above the quota; Google sends Retry-After at times only."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return ApiError(429, reason="RATE_LIMIT_EXCEEDED", headers=headers)


def user_rate() -> ApiError:
    """Return Drive's own word for too many requests, which it says with 403."""
    return ApiError(403, "User Rate Limit Exceeded", "userRateLimitExceeded", domain="usageLimits")
