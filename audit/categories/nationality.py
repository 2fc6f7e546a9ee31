"""
Nationality: citizenship, place of birth and right of residence. Told by the header.

Country and place of birth have no key of their own; this is the nearest, and naming them here stops
the word *country* from making them a postal address.
"""

from audit.categories.model import Category

__all__ = ["NATIONALITY"]

NATIONALITY = Category(
    key="nationality",
    names={"fi": "kansalaisuus", "sv": "medborgarskap", "en": "nationality"},
    headers=(
        *("kansalaisuus", "kansalaisuudet", "kansallisuus", "kansalaisuusmaa", "kansalaisuuskoodi"),
        *("syntymämaa", "oleskelulupa", "oleskeluoikeus", "kansal", "syntymäpaikka"),
        *("syntymäkunta", "syntymäkotikunta"),
        *("nationalitet", "medborgarskap", "medborgarskapsland", "födelseland"),
        *("uppehållstillstånd", "uppehållsrätt", "födelseort"),
        *("nationality", "citizenship", "country of citizenship", "country of birth"),
        *("birth country", "residence permit", "immigration status", "visa status", "natio"),
        *("place of birth", "birth place"),
        *("staatsangehörigkeit", "nationalität"),
    ),
    dpv="pd:Nationality",
    fideslang="user.demographic",
)
