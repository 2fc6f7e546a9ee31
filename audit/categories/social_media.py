"""
Accounts and profiles in social media and messaging services. Told by the header.

In text by the address of a person's profile, or by a handle beside the name of its service. Pages
of companies, posts and videos are no profiles.

>>> [m.value for m in SOCIAL_MEDIA.find("ks. https://www.instagram.com/aino.esimerkki, snapchat: @onni_e")]
['aino.esimerkki', 'onni_e']
>>> list(SOCIAL_MEDIA.find("tuli Instagram-mainoksesta, linkedin.com/company/koe, facebook.com/groups/1"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match

__all__ = ["SOCIAL_MEDIA"]

_URL = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:[a-z]{1,3}\.)?(?:(?:facebook|fb|instagram|twitter|x|threads|snapchat|pinterest|vk)\.com/(?:add/|profile\.php\?id=)?"
    r"|linkedin\.com/in/|(?:tiktok|youtube)\.com/@|(?:t|wa|m)\.me/|bsky\.app/profile/)@?"
    r"([\w.%+-]{2,60})",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:p|pages?|groups?|events?|watch|reel|reels|sharer?|share|hashtag|explore|intent|stories|story|photo|posts?|status|search|login|help|about|privacy|policies|business|marketplace|home|i|tr|sharer\.php|dialog|plugins)\.?$",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![^\W_])(?:instagram|insta|ig|tiktok|snapchat|snap|telegram|twitter|discord|skype|threads|bluesky|facebook|fb|messenger|whatsapp)(?:i?(?:ssa|sta|in|n|lla|llä))?"
    r"(?:[- ]?(?:tili|tunnus|käyttäjä|nimi|konto|handle|user|account|id|name))?(?:\s(?:som|nimellä|nimimerkillä|as|är|on|is|under))?\s?[:=]?\s{0,2}(?:@([\w.]{3,30})|(?<=[:=] )([a-z][\w.]*[\d_.][\w.]*\w)|(?<=\s)([a-z]{4,}[\w.]*[\d_][\w.]*))",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _URL.finditer(text):
        if not _NOBODY.match(found[1]):
            yield Match(found.start(), found.end(), found[1].casefold(), "format")
    for found in _HANDLE.finditer(text):
        handle = found[1] or found[2] or found[3]
        yield Match(found.start(), found.end(), handle.casefold(), "context")


SOCIAL_MEDIA = Category(
    key="social_media",
    names={
        "fi": "sosiaalisen median tiedot",
        "sv": "uppgifter från sociala medier",
        "en": "social media",
    },
    headers=(
        *("sosiaalinen media", "some", "somekanava", "somekanavat", "some tili", "some tilit"),
        *("some tunnus", "somelinkki", "someprofiili", "facebook profiili", "facebook tunnus"),
        *("instagram tili", "instagram tunnus", "linkedin profiili", "pikaviestin", "seuraajat"),
        *("seuraajamäärä", "insta", "fb"),
        *("sociala medier", "socialmedia konto", "facebook profil", "facebook konto"),
        *("instagram konto", "linkedin profil", "snabbmeddelande", "antal följare"),
        *("social media", "social media profile", "social media account", "social media handle"),
        *("social profile", "social profiles", "social network", "social id", "facebook"),
        *("facebook id", "facebook name", "facebook url", "facebook page", "facebook profile"),
        *("instagram", "instagram handle", "instagram username", "twitter", "twitter handle"),
        *("twitter username", "twitter profile", "twitter bio", "linkedin", "linkedin url"),
        *("linkedin profile", "linkedin profile url", "linkedin bio", "linkedin connections"),
        *("tiktok", "youtube", "youtube channel", "whatsapp", "whatsapp number", "snapchat"),
        *("telegram", "skype", "skype id", "skype name", "pinterest", "messenger", "wechat"),
        *("bluesky", "mastodon", "follower count", "followers", "im address", "im 1 service"),
        *("im 1 value", "instant messaging"),
    ),
    dpv="pd:SocialMedia",
    fideslang="user.social",
    words=(
        *(
            " facebook",
            " fb.",
            " fb:",
            " fb ",
            " instagram",
            " insta:",
            " insta ",
            " insta@",
            " ig:",
        ),
        *(
            " ig ",
            " ig@",
            " twitter",
            " x.com",
            " threads",
            " snapchat",
            " snap:",
            " snap ",
            " vk.com",
        ),
        *(" linkedin.com/in/", " tiktok", " youtube.com/@", " t.me/", " wa.me/", " m.me/"),
        *(" bsky.app", " bluesky", " telegram", " discord", " skype", " messenger", " whatsapp"),
        *(" pinterest.com",),
    ),
    find=_find,
    # A handle alone: of a column that holds little else.
    tells=lambda text: re.fullmatch(r"@[A-Za-z][\w.]{2,29}", text) is not None,
)
