"""
Keys and tokens of programs: whoever reads one may act as whose it is.

Most issuers begin theirs with a sign of their own, so that they are found wherever they leak; such a
beginning proves it. Others count behind a word for a key, where they have letters and digits.

>>> [m.ground for m in tokens("seen: ghp_" + "a1B2" * 9 + ", api key: 9f8e7d6c5b4a39281706")]
['format', 'context']
>>> list(tokens("token lost, api key for the portal, sk_live_on"))
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.categories.model import Match

__all__ = ["CANDIDATE", "WORDS", "tokens"]

# Google's key in an address is that of a page's map, which every browser is shown.
_ISSUED = re.compile(
    r"(?<![\w-])(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,64}"
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{24,80}|xox[abeoprs]-[A-Za-z0-9-]{10,255}"
    r"|xapp-[A-Za-z0-9-]{20,255}|(?:AKIA|ASIA)[A-Z2-7]{16}|(?<!key=)AIza[\w-]{35}|ya29\.[\w-]{20,255}|SG\.[\w-]{16,32}\.[\w-]{16,64}"
    r"|sk-(?:proj-|ant-)?[\w-]{20,255}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,255}|hf_[A-Za-z]{30,40}|shp(?:at|ca|pa|ss)_[0-9a-f]{32}"
    r"|eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000})(?![\w-])"
)
_NAMED = (
    r"(?:(?:api|rajapinta|rajapinnan|access|auth|refresh|bearer|secret|client|käyttö|session|istunto)[-_ ]?"
    r"(?:key|avain|nyckeln?|token(?:i|in)?|secret|tunniste)|token(?:i|in)?|bearer)"
)
# A reset link's token is in an address; an order's number is not as long, or has no letters.
_CALLED = re.compile(
    rf"(?<![\w?&/]){_NAMED}(?:\s(?:on|is|är))?[\s:=\"']{{1,3}}(?:bearer\s)?"
    r"(?=[^\s,;]*[0-9])(?=[^\s,;]*[A-Za-z])([\w.+/=~-]{16,500})(?![\w])",
    re.IGNORECASE,
)

#: An issuer's sign that is the beginning of a common word (*asiakas*) is looked for with what follows.
CANDIDATE = "A[KS]IA[2-7A-Z]{16}"
#: By which the scan finds them; see ``Category.words``.
WORDS = (
    *(" ghp_", " gho_", " ghs_", " ghu_", " ghr_", " github_pat_", " glpat-", " sk_live_", " sk_test_"),
    *(" rk_live_", " rk_test_", " whsec_", " xoxa-", " xoxb-", " xoxe-", " xoxo-", " xoxp-", " xoxr-"),
    *(" xoxs-", " xapp-", " aiza", " ya29", " sk-", " npm_", " pypi-", " hf_"),
    *(" shpat_", " shpca_", " shppa_", " shpss_", " eyj", " token", " bearer ", " api key", " apikey"),
    *(" api_key", " api-avain", " api avain", " apiavain", " api nyckel", " apinyckel", " rajapinta-avain"),
    *(" rajapinta avain", " rajapinnan avain", " rajapinta-tunniste", " access_token", " access token"),
    *(" auth_token", " auth token", " refresh_token", " refresh token", " secret_key", " secret key"),
    *(" client_secret", " client secret", " api_secret", " api secret", " session_token"),
    *(" session token", " istuntotunniste", " käyttöavain"),
)  # fmt: skip


def tokens(text: str) -> Iterator[Match]:
    """The keys and tokens in a text."""
    for found in _ISSUED.finditer(text):
        yield Match(found.start(), found.end(), found[0], "format")
    for found in _CALLED.finditer(text):
        yield Match(*found.span(1), found[1], "context")
