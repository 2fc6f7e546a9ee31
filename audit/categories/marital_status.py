"""Marital status. Told by the header; a spouse's name is ``family``."""

from audit.categories.model import Category

__all__ = ["MARITAL_STATUS"]

_VALUES = frozenset(
    "naimaton naimisissa avioliitossa avoliitossa eronnut leski avoliitto avioliitto sinkku "
    "gift ogift sambo skild frånskild änka änkling single married divorced widowed cohabiting "
    "unmarried separated rekisteröity".split()
)


MARITAL_STATUS = Category(
    key="marital_status",
    names={"fi": "siviilisääty", "sv": "civilstånd", "en": "marital status"},
    headers=(
        *("siviilisääty", "siviilis", "siv sääty", "parisuhde", "parisuhdestatus"),
        *("parisuhteen tila", "avioliitto", "naimisissa", "rekisteröity parisuhde"),
        *("civilstånd", "civil status", "äktenskap"),
        *("marital status", "relationship status", "married", "famst"),
    ),
    dpv="pd:MaritalStatus",
    fideslang="user.demographic.marital_status",
    tells=lambda text: text.casefold() in _VALUES,
)
