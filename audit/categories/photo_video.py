"""
Photographs, video and camera surveillance. Told by the header.

In text by the address or the name of a picture file that says it is of a person. Pictures of
products are none.

*Image* and *Kuva* count alone only: elsewhere they are the pictures of products.

>>> [m.ground for m in PHOTO_VIDEO.find("https://cdn.koe.example/avatars/17.jpg")]
['format']
>>> [m.ground for m in PHOTO_VIDEO.find("kuva asiakkaasta: https://cdn.koe.example/p/17.jpg")]
['format']
>>> list(PHOTO_VIDEO.find("https://cdn.koe.example/tuotteet/pora.jpg"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories.model import Category, Match

__all__ = ["PHOTO_VIDEO"]

_FILE = re.compile(
    r"(?<![\w@])(?:https?://)?[\w./%+~-]{1,200}\.(?:jpe?g|png|heic|webp|gif|bmp|mp4|mov|avi)(?!\w)",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"avatar|profii?l|portrait|headshot|selfie|passikuva|passfoto|id[-_]?card|henkil|asiakaskuv|jäsenkuv|jasenkuv|potilas|kasvo|"
    r"(?<![a-zåäö])(?:faces?|users?|members?|customers?|people|persons?|personal|staff|kunder|medlemmar)[/_-]|valvontakamera|cctv|kamera[-_/]",
    re.IGNORECASE,
)
# What a link is said to show, whatever its address.
_SAID_TO_SHOW = re.compile(
    r"(?<![^\W_])(?:(?:valo)?kuva\w{0,3}\s(?:asiakka|henkil|jäsen|potila|lapse|tilaaja|vuokralaise)\w*"
    r"|(?:photo|picture|pic|image|video)s?\sof\s(?:the\s|our\s)?(?:customer|client|member|patient|tenant|child|guest|her|him)\w*"
    r"|(?:bild|foto|video)(?:er|en)?\s(?:på|av)\s(?:kunden|medlemmen|patienten|barnet|hyresgästen|honom|henne)"
    r"|(?:muoto|kasvo|passi|henkilö|profiili|asiakas|jäsen)kuva\w{0,3}|porträtt\w{0,3}|portrait|passfoto|profilbild|headshot|selfie)"
    r"[^\w/]{1,4}(?:[\w]{1,12}[^\w/]{1,4}){0,3}$",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:gravatar\.com/avatar/\w{8,}|googleusercontent\.com/a/[\w-]{8,}|platform-lookaside\.fbsbx\.com/\S{5,})",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _FILE.finditer(text):
        before = text[max(0, found.start() - 70) : found.start()]
        if _PERSON.search(found[0]) or _SAID_TO_SHOW.search(before):
            yield Match(found.start(), found.end(), found[0].casefold(), "format")
    for found in _SERVICE.finditer(text):
        yield Match(found.start(), found.end(), found[0].casefold(), "format")


PHOTO_VIDEO = Category(
    key="photo_video",
    names={"fi": "valokuvat ja videot", "sv": "foton och videor", "en": "photos and video"},
    headers=(
        *("kuva", "kuvat", "valokuva", "valokuvat", "profiilikuva", "henkilökuva", "asiakaskuva"),
        *("jäsenkuva", "kasvokuva", "passikuva", "kuvatiedosto", "kuvatiedostot", "kuvakansio"),
        *("kuvan osoite", "kuva url", "video", "videot"),
        *("videotallenne", "kameravalvonta", "kameratallenne"),
        *("valvontakamera", "tallenne kamerasta"),
        *("bild", "bilder", "foto", "foton", "fotografi", "profilbild", "bild url"),
        *("profilfoto", "porträtt"),
        *("passfoto", "bildmapp", "bildfil", "bildfiler", "videoinspelning", "kameraövervakning"),
        *("image", "photo", "photos", "photograph", "photo url", "image url", "picture url"),
        *("picture", "profile picture"),
        *("profile photo", "profile image", "avatar", "avatar url", "headshot", "portrait"),
        *("photo folder", "image folder", "photo file", "photo files", "video url"),
        *("video recording", "cctv", "cctv footage", "surveillance footage"),
    ),
    dpv="pd:Picture",
    fideslang="user.content.self_image",
    words=(
        *(".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".bmp", ".mp4", ".mov", ".avi"),
        *("gravatar.com/avatar/", "googleusercontent.com/a/", "platform-lookaside.fbsbx.com/"),
    ),
    find=_find,
)
