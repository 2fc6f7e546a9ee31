"""Device and browser: hardware addresses, device ids, operating system, screen. Told by the header."""

import re

from audit.categories.model import Category

__all__ = ["DEVICE_BROWSER"]

# As browsers name themselves (RFC 9110, 10.1.5).
_BROWSER = re.compile(r"(?:Mozilla|Opera)/[0-9.]{1,8} \(\S")

DEVICE_BROWSER = Category(
    key="device_browser",
    names={
        "fi": "laite- ja selaintiedot",
        "sv": "enhets- och webbläsaruppgifter",
        "en": "device and browser data",
    },
    headers=(
        *("laite", "laitteet", "laitetiedot", "laitetunnus", "laitetunniste", "laitteen tunnus"),
        *("laitteen malli", "laitetyyppi", "selain", "selaimen versio", "selaintiedot"),
        *("selainversio", "selaintyyppi", "käyttöjärjestelmä", "päätelaite"),
        *("päätelaitteen tyyppi", "mac osoite", "imei koodi", "imei numero", "näytön tarkkuus"),
        *("näytön koko", "mainostunniste"),
        *("enhets id", "enhetstyp", "enhetsuppgifter", "webbläsare", "webbläsarversion"),
        *("operativsystem", "mac adress", "skärmupplösning", "annons id"),
        *("device", "devices", "device id", "device identifier", "device type", "device model"),
        *("device name", "device token", "device os", "device fingerprint", "browser"),
        *("browser name", "browser version", "browser fingerprint", "browser language"),
        *("user agent", "operating system", "os version", "os name", "mac address", "mac", "imei"),
        *("imsi", "advertising id", "idfa", "gaid", "aaid", "screen resolution", "screen size"),
        *("push token", "platform os", "mobile device id"),
    ),
    dpv="pd:DeviceBased",
    fideslang="user.device",
    tells=lambda text: _BROWSER.match(text) is not None,
)
