"""Cookies and usage: cookie ids, visits, pages, clicks and openings. Told by the header."""

from audit.categories.model import Category

__all__ = ["COOKIES_USAGE"]

COOKIES_USAGE = Category(
    key="cookies_usage",
    names={
        "fi": "evästeet ja käyttötiedot",
        "sv": "kakor och användningsdata",
        "en": "cookies and usage data",
    },
    headers=(
        *("eväste", "evästeet", "evästetunniste", "evästetunnus", "evästesuostumus"),
        *("evästeen tunniste", "kävijätunnus", "kävijätunniste", "sivulataukset", "sivunkatselut"),
        *("katsotut sivut", "vieraillut sivut", "vieraillut sivulla", "sivustokäynnit"),
        *("sivuvierailut", "vierailut sivustolla", "vierailut verkkosivulla", "selaushistoria"),
        *("hakuhistoria", "hakusanat", "käyttöloki", "lokitiedot", "lokimerkinnät", "käyttötiedot"),
        *("verkkokäyttäytyminen", "klikkaukset", "klikatut linkit", "avaukset", "avausprosentti"),
        *("avatut viestit", "istunto", "istunnon kesto", "istuntotunnus", "viittaava sivu"),
        *("viittaava sivusto", "saapumissivu", "liikenteen lähde"),
        *("kirjautumiset", "kirjautumiskerrat"),
        *("kaka", "kakor", "cookie id", "kak id", "besökar id", "besökta sidor", "sidvisningar"),
        *("besök på webbplatsen", "sökhistorik", "webbhistorik", "användningsdata", "användarlogg"),
        *("loggdata", "klick", "klickade länkar", "öppningar", "öppningsgrad"),
        *("hänvisande sida", "trafikkälla"),
        *("cookie", "cookies", "cookie consent", "visitor id", "page view", "page views"),
        *("number of pageviews", "average pageviews", "pages viewed", "visited pages"),
        *("first page seen", "last page seen", "landing page", "landing site", "exit page"),
        *("page url", "number of sessions", "session", "sessions", "session id"),
        *("session duration", "time of first visit", "time of last visit", "time on site"),
        *("web activity", "browsing history", "search history", "search terms", "search term"),
        *("usage data", "usage log", "activity log", "access log", "log data", "clicks"),
        *("clicked links", "link clicks", "last click date", "email clicks", "email opens"),
        *("emails opened", "emails clicked", "emails delivered", "emails bounced"),
        *("marketing emails opened", "marketing emails clicked", "marketing emails delivered"),
        *("marketing emails bounced", "last marketing email open date"),
        *("last marketing email click date", "open rate", "click rate"),
        *("wc order attribution source type", "wc order attribution referrer"),
        *("wc order attribution utm source", "wc order attribution utm medium"),
        *("wc order attribution utm campaign", "wc order attribution session entry"),
        *("wc order attribution session pages", "wc order attribution session count"),
        *("wc order attribution session start time",),
        *("referrer", "referer", "referring site", "first referring site", "last referring site"),
        *("referrer url", "traffic source", "original source", "original traffic source"),
        *("hs analytics source", "analytics source"),
        *("latest traffic source", "utm source", "utm medium", "utm campaign", "utm content"),
        *("utm term", "gclid", "fbclid", "ga client id", "analytics id"),
        *("login count", "number of logins"),
    ),
    dpv="pd:BrowsingBehavior",
    fideslang="user.behavior.browsing_history",
)
