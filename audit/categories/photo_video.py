"""
Photographs, video and camera surveillance. Told by the header.

*Image* and *Kuva* count alone only: elsewhere they are the pictures of products.
"""

from audit.categories.model import Category

__all__ = ["PHOTO_VIDEO"]

PHOTO_VIDEO = Category(
    key="photo_video",
    names={"fi": "valokuvat ja videot", "sv": "foton och videor", "en": "photos and video"},
    headers=(
        *("kuva", "kuvat", "valokuva", "valokuvat", "profiilikuva", "henkilökuva", "asiakaskuva"),
        *("jäsenkuva", "kasvokuva", "passikuva", "kuvatiedosto", "kuvan osoite", "video", "videot"),
        *("videotallenne", "kameravalvonta", "kameratallenne"),
        *("valvontakamera", "tallenne kamerasta"),
        *("bild", "bilder", "foto", "foton", "fotografi", "profilbild", "profilfoto", "porträtt"),
        *("passfoto", "videoinspelning", "kameraövervakning"),
        *("image", "photo", "photos", "photograph", "photo url", "picture", "profile picture"),
        *("profile photo", "profile image", "avatar", "avatar url", "headshot", "portrait"),
        *("video url", "video recording", "cctv", "cctv footage", "surveillance footage"),
    ),
    dpv="pd:Picture",
    fideslang="user.content.self_image",
)
