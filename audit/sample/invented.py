"""What stands in braces in ``planted.toml`` and ``innocent.toml``: values invented for one row."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from audit.sample.numbers import (
    business_id,
    creditor_reference,
    ean,
    iban,
    identity_code,
    luhn,
    reference,
)

__all__ = ["CONTROLLERS_EMAIL", "CONTROLLERS_IBAN", "CONTROLLERS_PHONE", "Invented", "spaced"]

CONTROLLERS_EMAIL = "ossi@puusepanverstas-hoylaniemi.example"
CONTROLLERS_PHONE = "040 000 0127"

#: Numbers that card schemes publish for testing.
_CARDS = (
    *("4111 1111 1111 1111", "4012888888881881", "5555-5555-5555-4444", "5105105105105100"),
    *("3782 822463 10005", "371449635398431", "30569309025904", "6011 1111 1111 1117"),
)
_NEW_SIGNS = {1: "YXWVU", 2: "BCDEF"}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")  # full-width digits


def spaced(compact: str) -> str:
    """
    An account number in groups of four.

    >>> spaced("FI2112345600000785")
    'FI21 1234 5600 0007 85'
    """
    return " ".join(compact[n : n + 4] for n in range(0, len(compact), 4))


CONTROLLERS_IBAN = spaced(iban("99900000000127"))


class Invented:
    """
    Gives each name in braces its value: ``template.format_map(Invented(…))``.

    A row's own e-mail and phone are read from it; where they are missing and another person's are
    asked for, the row is given its own first, so that the two can be told apart.
    """

    def __init__(self, random: Random, own: dict[str, str]) -> None:
        self._random = random
        self._own = own

    def __getitem__(self, name: str) -> str:
        value = getattr(self, f"_{name}")()
        assert isinstance(value, str)
        return value

    # --- accounts, cards and dates ---

    def _iban_compact(self) -> str:
        return iban(f"999{self._random.randrange(10**6, 10**11):011d}")

    def _iban(self) -> str:
        return spaced(self._iban_compact())

    def _card(self) -> str:
        return self._random.choice(_CARDS)

    def _birthday(self) -> date:
        return date(1940, 1, 1) + timedelta(days=self._random.randrange(24_000))

    def _born(self) -> str:
        day = self._birthday()
        return self._random.choice((f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}"))

    def _long_ago(self) -> str:
        day = date(2006, 1, 1) + timedelta(days=self._random.randrange(3970))
        return f"{day.day}.{day.month}.{day.year}"

    # --- identity codes, as people write and hide them ---

    def _identity_code(self) -> str:
        return identity_code(self._birthday(), self._random.randrange(900, 1000))

    def _identity_code_lower(self) -> str:
        while (code := self._identity_code().lower()) == code.upper():
            pass
        return code

    def _identity_code_of_digits(self) -> str:
        while (code := self._identity_code())[-1].isalpha():
            pass
        return code

    def _identity_code_2023(self) -> str:
        born = self._birthday()
        sign = self._random.choice(_NEW_SIGNS[born.year // 1000])
        return identity_code(born, self._random.randrange(900, 1000), sign)

    def _with_hyphen(self) -> str:
        while "-" not in (code := self._identity_code()):
            pass
        return code

    def _identity_code_minus(self) -> str:
        return self._with_hyphen().replace("-", "\u2212")

    def _identity_code_dash(self) -> str:
        return self._with_hyphen().replace("-", "\u2013")

    def _identity_code_hidden(self) -> str:
        code = self._identity_code()
        return f"{code[:4]}\u200b{code[4:]}"

    def _identity_code_wide(self) -> str:
        return self._identity_code().translate(_WIDE)

    def _order_like_code(self) -> str:
        code = self._with_hyphen()
        wrong = self._random.choice([c for c in "0123456789" if c != code[-1]])
        return f"{code[:-1]}{wrong}"

    # --- e-mail and phone: somebody else's, the row's own, the controller's ---

    def _unknown_email(self) -> str:
        return f"naapuri{self._random.randrange(1000)}@postilaatikko.example"

    def _unknown_phone(self) -> str:
        return f"050 000 {self._random.randrange(10_000):04d}"

    def _other_email(self) -> str:
        self._own_email()
        return self._unknown_email()

    def _other_phone(self) -> str:
        self._own_phone()
        return self._unknown_phone()

    def _other_phone_international(self) -> str:
        return f"+358 {self._other_phone()[1:]}"

    def _own_email(self) -> str:
        if not self._own["Sähköposti"].strip():
            self._own["Sähköposti"] = f"toimisto{self._random.randrange(1000)}@yritys.example"
        return self._own["Sähköposti"]

    def _own_email_upper(self) -> str:
        return self._own_email().upper()

    def _own_phone(self) -> str:
        if not self._own["Puhelin"].strip():
            self._own["Puhelin"] = f"041 000 {self._random.randrange(10_000):04d}"
        return self._own["Puhelin"]

    def _own_phone_compact(self) -> str:
        digits = "".join(filter(str.isdigit, self._own_phone()))
        return f"+{digits}" if digits.startswith(("358", "46")) else digits

    def _own_phone_international(self) -> str:
        compact = self._own_phone_compact()
        return compact if compact.startswith("+") else f"+358 (0){compact[1:3]} {compact[3:]}"

    def _controllers_iban(self) -> str:
        return CONTROLLERS_IBAN

    def _controllers_phone(self) -> str:
        return CONTROLLERS_PHONE

    def _controllers_email(self) -> str:
        return CONTROLLERS_EMAIL

    # --- numbers that are something else ---

    def _business_id(self) -> str:
        while (found := business_id(self._random.randrange(9_000_000, 10_000_000))) is None:
            pass
        return found

    def _ean(self) -> str:
        return ean(200_000_000_000 + self._random.randrange(10**9))

    def _reference(self) -> str:
        return reference(self._random.randrange(10**6, 10**8))

    def _creditor_reference(self) -> str:
        return creditor_reference(self._random.randrange(10**6, 10**14))

    def _long_reference(self) -> str:
        return reference(self._random.randrange(10**18, 10**19))

    def _reference_of_card_length(self) -> str:
        while luhn(
            text := reference(self._random.randrange(4 * 10**14, 5 * 10**14)).replace(" ", "")
        ):
            pass
        return text
