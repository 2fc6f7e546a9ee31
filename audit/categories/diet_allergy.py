"""
Allergies and special diets, which reveal health and often belief (GDPR Art. 9(1)).

Told by the header, and in text by words.

>>> [m.ground for m in DIET_ALLERGY.find("Vaimo on allerginen pähkinöille")]
['statement']
>>> list(DIET_ALLERGY.find("allergiasuodatin 2 kpl, ei allergioita"))
[]
"""

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Group

__all__ = ["DIET_ALLERGY"]

_WORDS = lexicon("diet_allergy")

DIET_ALLERGY = Category(
    key="diet_allergy",
    names={
        "fi": "allergiat ja erityisruokavaliot",
        "sv": "allergier och specialkost",
        "en": "allergies and special diets",
    },
    headers=(
        *("kostönskemål", "kundens kostönskemål", "ruokavaliotoiveet", "diet preferences"),
        *("allergia", "allergiat", "ruoka allergia", "ruoka allergiat", "ruoka aine allergiat"),
        *("lääkeallergiat", "eläinallergiat", "allergiat ja erityisruokavaliot"),
        *("allergiat ja ruokavaliot", "allergiatiedot", "yliherkkyys", "yliherkkyydet"),
        *("erityisruokavalio", "erityisruokavaliot", "erityisruok", "ruokavalio", "ruokavaliot"),
        *("ruokarajoite", "ruokarajoitteet", "ruokatoive", "ruokatoiveet", "dieetti", "laktoosi"),
        *("laktoositon", "laktoosi intoleranssi", "gluteeni", "gluteeniton", "keliakia", "vegaani"),
        *("vegaaninen", "kasvissyöjä", "kasvisruoka", "halal", "kosher", "allergian lisätiedot"),
        *("allergi", "allergier", "matallergi", "matallergier", "födoämnesallergi"),
        *("födoämnesallergier", "läkemedelsallergi", "överkänslighet", "intolerans", "specialkost"),
        *("special diet", "kost", "kosthållning", "kostpreferenser", "kostrestriktioner"),
        *("matpreferenser", "laktosfri", "laktosintolerans", "glutenfri", "celiaki"),
        *("vegetarian", "vegan"),
        *("allergy", "allergies", "allergy information", "food allergies", "food allergy"),
        *("allergies and diets", "food intolerance", "intolerance", "intolerances", "diet"),
        *("diets", "special diets", "dietary", "dietary requirements", "dietary restrictions"),
        *("dietary needs", "dietary preferences", "dietary preference", "meal preference"),
        *("meal preferences", "food preferences", "lactose intolerant", "lactose free"),
        *("gluten free", "coeliac", "celiac", "allergy notes"),
        *("mitä et syö", "vad äter du inte", "what can t you eat", "what don t you eat"),
        *("erityisruokavaliosi", "allergiasi", "dina allergier", "your allergies"),
    ),
    group=Group.SPECIAL,
    dpv="pd:Health",
    fideslang="user.health_and_medical",
    words=_WORDS.words,
    find=_WORDS.find,
    tells=_WORDS.tells,
)
