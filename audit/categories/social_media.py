"""Accounts and profiles in social media and messaging services. Told by the header."""

from audit.categories.model import Category

__all__ = ["SOCIAL_MEDIA"]

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
    fideslang="user.contact.social_url",
)
