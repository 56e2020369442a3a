"""Accounts and tokens: people who sign in, service accounts that sign, what each may do."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

SHEETS: Final = "https://www.googleapis.com/auth/spreadsheets"
DRIVE: Final = "https://www.googleapis.com/auth/drive"
JWT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
HOUR: Final = 3599
AUDIENCE: Final = (
    "https://oauth2.googleapis.com/token"  # google-auth signs for it, whatever the URL
)


@dataclass
class Account:
    """Somebody who may ask: a person, or a service account, which owns no files."""

    email: str
    service: bool = False
    refresh_token: str = ""
    scopes: frozenset[str] = frozenset({SHEETS, DRIVE})
    refused: str = ""


@dataclass
class Token:
    """An access token: whose it is, what it allows, until when (seconds since 1970)."""

    account: Account
    scopes: frozenset[str]
    until: float


class TokenError(Exception):
    """What the token endpoint refuses: a word and a sentence."""

    def __init__(self, word: str, sentence: str) -> None:
        self.word, self.sentence = word, sentence
        super().__init__(sentence)

    def body(self) -> dict[str, str]:
        """Return the answer's body."""
        return {"error": self.word, "error_description": self.sentence}


@cache
def _key() -> rsa.RSAPrivateKey:
    """Return a key that is thrown away with the process; one for all accounts saves a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Accounts:
    """All accounts, the tokens that are out, and codes of people who just consented."""

    clock: Callable[[], float] = time.time
    known: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: dict[str, tuple[Account, frozenset[str], str]] = field(default_factory=dict)
    consenting: str = "mara@firm.example"

    def person(self, email: str, **options: Any) -> Account:
        """Return a person's account, made when it is not there."""
        if email not in self.known:
            made = Account(email, refresh_token=f"refresh-{secrets.token_hex(8)}", **options)
            self.known[email] = made
        return self.known[email]

    def machine(self, email: str) -> Account:
        """Return a service account, made when it is not there."""
        return self.known.setdefault(email, Account(email, service=True))

    def token(self, account: Account, scopes: frozenset[str] | None = None) -> str:
        """Give out an access token."""
        word = f"ya29.{secrets.token_urlsafe(24)}"
        granted = account.scopes if scopes is None else scopes
        self.tokens[word] = Token(account, granted, self.clock() + HOUR)
        return word

    def holder(self, word: str) -> Token | None:
        """Return who holds a token; None when it is unknown or too old."""
        found = self.tokens.get(word)
        return found if found and found.until > self.clock() else None

    def revoke(self) -> None:
        """Let all access tokens be too old; refresh tokens stay."""
        self.tokens.clear()

    def expire(self, email: str) -> None:
        """Let a refresh token be dead, as after seven days in "Testing"."""
        self.known[email].refused = "Token has been expired or revoked."

    def granted(self, form: Mapping[str, str], url: str) -> dict[str, Any]:
        """Answer the token endpoint; raises `TokenError`."""
        kind = form.get("grant_type", "")
        if kind == "refresh_token":
            return self._refreshed(form)
        if kind == JWT:
            return self._signed(form.get("assertion", ""), url)
        if kind == "authorization_code":
            return self._consented(form)
        raise TokenError("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def _answer(self, account: Account, scopes: frozenset[str]) -> dict[str, Any]:
        return {
            "access_token": self.token(account, scopes),
            "expires_in": HOUR,
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }

    def _refreshed(self, form: Mapping[str, str]) -> dict[str, Any]:
        word = form.get("refresh_token", "")
        account = next((a for a in self.known.values() if a.refresh_token == word), None)
        if not word or account is None or account.refused:
            sentence = account.refused if account else "Bad Request"
            raise TokenError("invalid_grant", sentence)
        if not form.get("client_id"):
            raise TokenError("invalid_client", "The OAuth client was not found.")
        return self._answer(account, account.scopes)

    def _signed(self, assertion: str, url: str) -> dict[str, Any]:
        try:
            head, body, signature = assertion.split(".")
            claims = json.loads(_decoded(body))
            _key().public_key().verify(
                _decoded(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except (ValueError, InvalidSignature) as error:
            raise TokenError("invalid_grant", "Invalid JWT Signature.") from error
        account = self.known.get(claims.get("iss", ""))
        if account is None or not account.service:
            raise TokenError("invalid_grant", "Invalid grant: account not found")
        if account.refused:
            raise TokenError("invalid_grant", account.refused)
        if claims.get("aud") not in (url, AUDIENCE):
            raise TokenError("invalid_grant", "Invalid JWT: Failed audience check.")
        now = self.clock()
        if not now - 3700 < claims.get("iat", 0) < now + 300 or claims.get("exp", 0) < now:
            raise TokenError(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim.",
            )
        scopes = frozenset(claims.get("scope", "").split())
        if not scopes:
            raise TokenError("invalid_scope", "Empty or missing scope not allowed.")
        return self._answer(account, scopes)

    def consent(self, scopes: str, challenge: str) -> str:
        """Let the person in front of the screen agree; return the code for it."""
        code = f"4/{secrets.token_urlsafe(16)}"
        self.codes[code] = self.person(self.consenting), frozenset(scopes.split()), challenge
        return code

    def _consented(self, form: Mapping[str, str]) -> dict[str, Any]:
        account, scopes, challenge = self.codes.pop(form.get("code", ""), (None, frozenset(), ""))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        verified = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if account is None or (challenge and challenge != verified):
            raise TokenError("invalid_grant", "Malformed auth code.")
        return {**self._answer(account, scopes), "refresh_token": account.refresh_token}


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def service_key(account: Account, token_url: str) -> dict[str, str]:
    """Return the JSON key file of a service account."""
    pem = _key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": "made-up-firm",
        "private_key_id": "0" * 40,
        "private_key": pem.decode(),
        "client_email": account.email,
        "client_id": "1",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_url,
    }


def person_key(account: Account, token_url: str) -> dict[str, str]:
    """Return the file that is kept of a person who signed in."""
    return {
        "type": "authorized_user",
        "client_id": "made-up.apps.googleusercontent.com",
        "client_secret": "made-up",
        "refresh_token": account.refresh_token,
        "token_uri": token_url,
    }


def client_key(root: str) -> dict[str, dict[str, Any]]:
    """Return the file of an OAuth client, with which people sign in on their own machine."""
    return {
        "installed": {
            "client_id": "made-up.apps.googleusercontent.com",
            "client_secret": "made-up",
            "auth_uri": f"{root}/o/oauth2/auth",
            "token_uri": f"{root}/token",
            "redirect_uris": ["http://localhost"],
        }
    }
