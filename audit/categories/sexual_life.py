"""Sex life and sexual orientation (GDPR Art. 9(1)). Told by the header; gender is ``gender``."""

from audit.categories.model import Category, Group

__all__ = ["SEXUAL_LIFE"]

SEXUAL_LIFE = Category(
    key="sexual_life",
    names={
        "fi": "seksuaalinen suuntautuminen",
        "sv": "sexuell läggning",
        "en": "sex life or sexual orientation",
    },
    headers=(
        *("seksuaalinen suuntautuminen", "sukupuolinen suuntautuminen", "seksuaalisuus"),
        *("seksuaalinen suunt", "sukupuolielämä", "seksuaalikäyttäytyminen", "seksuaaliterveys"),
        *("sexuell läggning", "sexualitet", "sexualliv"),
        *("sexuell identitet", "sexuell orientering"),
        *("sexual orientation", "sexual preference", "sexual preferences", "sexuality", "sex life"),
        *("sexual life", "sexual identity", "lgbt", "lgbtq"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Sexual",
    fideslang="user.demographic.sexual_orientation",
)
