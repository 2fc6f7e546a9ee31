"""Gender, and gender identity where a register asks for it. Told by the header."""

from audit.categories.model import Category

__all__ = ["GENDER"]

_VALUES = frozenset(
    "mies nainen muu man kvinna annan male female other m n f k non-binary muunsukupuolinen".split()
)


GENDER = Category(
    key="gender",
    names={"fi": "sukupuoli", "sv": "kön", "en": "gender"},
    headers=(
        *("sukupuoli", "sukup", "sukupuolikoodi", "sukupuoli identiteetti"),
        *("mies nainen", "mies tai nainen"),
        *("kön", "könsidentitet", "juridiskt kön", "man kvinna"),
        *("gender", "sex", "gender identity", "gender code", "male female", "gesch"),
        *("geschlecht",),
    ),
    dpv="pd:Gender",
    fideslang="user.demographic.gender",
    tells=lambda text: text.casefold() in _VALUES,
)
