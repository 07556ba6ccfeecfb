"""Bearer tokens: JWT (RFC 7519) signed by a key of a JWKS (RFC 7517)."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import jwt
from jwt import PyJWKClient, PyJWKSet

log = logging.getLogger(__name__)

#: Signatures with a private key alone: a shared secret, or no signature, proves nothing here.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")

#: Seconds that keys are used before they are fetched again, at most and at least.
_KEEP, _KEEP_AT_LEAST = 300.0, 10.0

#: Seconds by which clocks may differ.
_LEEWAY = 10

_SCHEME = "bearer "


class TokenError(Exception):
    """A request without a valid token; the message never contains the token."""


class KeysAwayError(Exception):
    """The keys of tokens cannot be fetched, so no token can be checked."""


class Tokens:
    """Checks bearer tokens by the keys of an issuer."""

    def __init__(self, url: str, issuer: str, audience: str) -> None:
        self._client = PyJWKClient(url, timeout=5)
        self._issuer, self._audience = issuer, audience
        self._keys: dict[str, Any] = {}
        self._fetched_at = float("-inf")
        self._lock = asyncio.Lock()

    async def subject_of(self, authorization: str | None) -> str:
        """Returns the subject of a token.

        Raises TokenError when there is none or it is not valid, KeysAwayError when that cannot be checked.
        """
        if authorization is None or not authorization.lower().startswith(_SCHEME):
            raise TokenError("there is no bearer token: send the header Authorization: Bearer …")
        token = authorization[len(_SCHEME) :].strip()
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                raise TokenError(f"the token's algorithm is not one of {', '.join(ALGORITHMS)}")
            key = await self._key(header.get("kid"))
            claims = jwt.decode(
                token,
                key.key,
                # The key says which algorithm it is for, not the token.
                algorithms=[key.algorithm_name],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise TokenError(f"the token is not valid: {error}") from None
        return str(claims["sub"])

    async def _key(self, kid: Any) -> Any:
        age = time.monotonic() - self._fetched_at
        if age > _KEEP or (kid not in self._keys and age > _KEEP_AT_LEAST):
            async with self._lock:
                if time.monotonic() - self._fetched_at > _KEEP_AT_LEAST:
                    await self._fetch()
        if not self._keys:
            raise KeysAwayError
        if not kid or kid not in self._keys:
            raise TokenError("the token's key is not one of the issuer's")
        return self._keys[kid]

    async def _fetch(self) -> None:
        try:
            found = await asyncio.to_thread(self._client.fetch_data)
            keys = PyJWKSet.from_dict(found).keys
        except (jwt.PyJWTError, ValueError, OSError) as error:
            log.error("the keys of tokens cannot be fetched: %s", error)
            # Keys that are known stay good while their issuer is away.
        else:
            usable = [key for key in keys if key.algorithm_name in ALGORITHMS and key.public_key_use != "enc"]
            self._keys = {key.key_id or "": key for key in usable}
        self._fetched_at = time.monotonic()
