"""
IP address of a visitor, customer or subscriber. Told by the header.

Listed with the word for address, since that word alone is a postal address.
"""

from audit.categories.model import Category

__all__ = ["IP_ADDRESS"]

IP_ADDRESS = Category(
    key="ip_address",
    names={"fi": "IP-osoite", "sv": "IP-adress", "en": "IP address"},
    headers=(
        *("ip osoite", "ip", "ipv4", "ipv6", "ip numero", "ip nro", "ip osoitteet"),
        *("kirjautumis ip", "tilauksen ip"),
        *("ip adress", "ip nummer", "ip nr", "ip adresser"),
        *("ip address", "ip addr", "ip addresses", "ip number", "client ip", "remote addr"),
        *("remote address", "remote ip", "login ip", "last ip", "last login ip", "sign up ip"),
        *("registration ip", "opt in ip", "confirm ip", "order ip", "browser ip", "customer ip"),
        *("user ip", "x forwarded for"),
    ),
    dpv="pd:IPAddress",
    fideslang="user.device.ip_address",
)
