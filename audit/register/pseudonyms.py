"""
Keyed hashes in place of identities: HMAC-SHA-256 under a key that stands in the environment alone.

A plain or salted hash of a phone number can be undone by trying them all; a keyed one cannot,
without the key. It is still personal data (GDPR Art. 4(5)), and is shown nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass

__all__ = ["KEY_VARIABLE", "Key", "key_of_environment"]

KEY_VARIABLE = "REGISTER_AUDIT_KEY"
_BLOCK = 64  # bytes of a block of SHA-256
_FINGERPRINT = b"register-audit key fingerprint"


@dataclass(frozen=True, kw_only=True)
class Key:
    """The key of an audit."""

    secret: bytes
    given: bool
    """Whether the environment gave it; else it is of this run, and other runs have another."""

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r}, given={self.given})"

    @property
    def fingerprint(self) -> str:
        """What tells two keys apart and neither away."""
        return hmac.new(self.secret, _FINGERPRINT, hashlib.sha256).hexdigest()[:16]

    def pseudonym(self, prefix: str, identity: str) -> str:
        """
        The hash of an identity in its one spelling: ``email``, ``phone`` or ``id`` before it.

        >>> Key(secret=b"an example", given=True).pseudonym("email", "aino@koe.example")[:16]
        '5ab3e80d430d7ac8'
        """
        text = f"{prefix}:{identity}".encode()
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()

    def sql(self, prefix: str, column: str) -> str:
        """SQL of ``pseudonym`` for a column: HMAC written out, since DuckDB has only SHA-256."""
        inner, outer = self._pads()
        text = f"encode('{prefix}:' || {column})"
        return f"sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || {text})))"

    def spark_sql(self, prefix: str, column: str) -> str:
        """The same for Spark."""
        inner, outer = self._pads()
        text = f"encode(concat('{prefix}:', {column}), 'UTF-8')"
        digest = f"unhex(sha2(concat(unhex('{inner}'), {text}), 256))"
        return f"sha2(concat(unhex('{outer}'), {digest}), 256)"

    def _pads(self) -> tuple[str, str]:
        """The secret as HMAC puts it before the text, and before the digest of that; hexadecimal."""
        secret = self.secret
        if len(secret) > _BLOCK:
            secret = hashlib.sha256(secret).digest()
        padded = secret.ljust(_BLOCK, b"\0")
        return bytes(b ^ 0x36 for b in padded).hex(), bytes(b ^ 0x5C for b in padded).hex()


def key_of_environment() -> Key:
    """The key that ``REGISTER_AUDIT_KEY`` holds, or one for this run alone."""
    given = os.environ.get(KEY_VARIABLE, "")
    secret = given.encode() if given else secrets.token_bytes(32)
    return Key(secret=secret, given=bool(given))
