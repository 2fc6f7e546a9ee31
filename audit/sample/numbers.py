"""
Numbers with the right check digits, in ranges that nobody has been given.

Identity codes have individual numbers 900–999, business ids begin with 9, accounts stand in a bank
999 that is none, and article numbers begin with 20, which is left to shops. The audit's own
recognisers are not used: what the sample holds must not follow from what they find.
"""

from __future__ import annotations

from datetime import date

__all__ = [
    "business_id",
    "creditor_reference",
    "ean",
    "iban",
    "identity_code",
    "luhn",
    "reference",
]

_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
#: The weights 7, 3, 1 of three digits, read from the right: they repeat every three digits.
_WEIGHTED = [7 * (n % 10) + 3 * (n // 10 % 10) + n // 100 for n in range(1000)]


def identity_code(born: date, individual: int, sign: str | None = None) -> str:
    """
    A personal identity code.

    >>> identity_code(date(1990, 1, 1), 999), identity_code(date(1990, 1, 1), 999, "Y")
    ('010190-999W', '010190Y999W')
    """
    sign = sign or ("-" if born.year < 2000 else "A")  # the century
    digits = f"{born:%d%m%y}{individual:03d}"
    return f"{digits[:6]}{sign}{digits[6:]}{_CHECK_CHARACTERS[int(digits) % 31]}"


def business_id(number: int) -> str | None:
    """
    A Finnish business id; None where the number has no check digit.

    >>> business_id(2077474)
    '2077474-0'
    """
    digits = f"{number:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return None if rest == 1 else f"{digits}-{(11 - rest) % 11}"


def iban(account: str) -> str:
    """
    A Finnish account number, compact.

    >>> iban("12345600000785")
    'FI2112345600000785'
    """
    return f"FI{98 - int(account + '151800') % 97:02d}{account}"


def reference(number: int) -> str:
    """
    A Finnish reference number, in groups of five from the right.

    >>> reference(123456)
    '12 34561'
    """
    if number < 10**9:  # the common case, at most two groups
        total = _WEIGHTED[number % 1000] + _WEIGHTED[number // 1000 % 1000]
        check = -(total + _WEIGHTED[number // 10**6]) % 10
        return f"{number // 10000} {number % 10000:04d}{check}"
    rest, total = number, 0
    while rest:
        rest, three = divmod(rest, 1000)
        total += _WEIGHTED[three]
    text = f"{number}{-total % 10}"
    groups = [text[max(0, end - 5) : end] for end in range(len(text), 0, -5)]
    return " ".join(reversed(groups))


def creditor_reference(number: int) -> str:
    """
    The same as an international reference (ISO 11649).

    >>> creditor_reference(123456)
    'RF34 1234 561'
    """
    compact = reference(number).replace(" ", "")
    text = f"RF{98 - int(compact + '271500') % 97:02d}{compact}"
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def ean(number: int) -> str:
    """
    An article number of thirteen digits.

    >>> ean(200000000001)
    '2000000000015'
    """
    digits = f"{number:012d}"
    total = sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits))
    return f"{digits}{-total % 10}"


def luhn(digits: str) -> bool:
    """
    Whether digits have the check digit of a payment card.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
