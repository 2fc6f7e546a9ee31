"""Gender, and gender identity where a register asks for it. Told by the header."""

from audit.categories.model import Category

__all__ = ["GENDER"]

GENDER = Category(
    key="gender",
    names={"fi": "sukupuoli", "sv": "kön", "en": "gender"},
    headers=(
        *("sukupuoli", "sukup", "sukupuolikoodi", "sukupuoli identiteetti"),
        *("mies nainen", "mies tai nainen"),
        *("kön", "könsidentitet", "juridiskt kön", "man kvinna"),
        *("gender", "sex", "gender identity", "gender code", "male female", "gesch"),
    ),
    dpv="pd:Gender",
    fideslang="user.demographic.gender",
)
