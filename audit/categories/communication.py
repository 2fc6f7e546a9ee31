"""
Communication: messages, calls, feedback, complaints and tickets. Told by the header.

Columns for notes (*Lisätiedot*, *Muistio*, *Comments*) are free text and are no category.
"""

from audit.categories.model import Category

__all__ = ["COMMUNICATION"]

COMMUNICATION = Category(
    key="communication",
    names={"fi": "viestintä ja palaute", "sv": "kommunikation och respons", "en": "communication"},
    headers=(
        *("nästa steg", "nästa åtgärd", "seuraava toimenpide", "seuraava askel", "next step"),
        *("next action",),
        *("viestintä", "viesti", "viestit", "viestihistoria", "viestin sisältö"),
        *("sähköpostiviesti", "palaute", "palautteet", "asiakaspalaute", "palautteen sisältö"),
        *("reklamaatio", "reklamaatiot", "valitus", "valitukset", "yhteydenotto", "yhteydenotot"),
        *("yhteydenottopyyntö", "viimeisin yhteydenotto", "viimeisin yhteydenottopäivä"),
        *("yhteydenpito", "tiketti", "tiketit", "tikettinumero", "tikettitunnus", "tukipyyntö"),
        *("tukipyynnöt", "palvelupyyntö", "puhelut", "puhelu", "puhelutallenne"),
        *("puhelun tallenne", "puhelutallenteet", "soittohistoria", "keskustelu", "keskustelut"),
        *("keskusteluhistoria", "chat", "chat historia", "chat keskustelu", "arvostelu"),
        *("arvostelut", "asiakastyytyväisyys", "tyytyväisyyskysely", "kyselyvastaus"),
        *("kyselyvastaukset", "kirjeenvaihto", "äänitallenne"),
        *("kommunikation", "meddelande", "meddelanden", "återkoppling", "kundfeedback", "respons"),
        *("kundrespons", "klagomål", "reklamation", "reklamationer", "ärende", "ärenden"),
        *("ärendenummer", "ärendenr", "supportärende", "kontaktförfrågan", "senaste kontakt"),
        *("samtal", "samtalsinspelning", "samtalshistorik", "chatthistorik", "chatt", "recension"),
        *("recensioner", "kundnöjdhet", "enkätsvar", "korrespondens", "ljudinspelning"),
        *("kontaktad", "senast kontaktad"),
        *("communication", "communications", "communication history", "message", "messages"),
        *("message body", "email body", "email content", "feedback", "customer feedback"),
        *("complaint", "complaints", "claim", "claims", "ticket", "tickets", "ticket id"),
        *("ticket number", "ticket status", "ticket subject", "support ticket", "support request"),
        *("case number", "enquiry", "enquiries", "inquiry", "conversation", "conversations"),
        *("chat log", "chat history", "chat transcript", "call log", "call history"),
        *("call recording", "calls", "last contacted", "last contact", "last contact date"),
        *("review", "reviews", "review text", "survey response", "survey answer", "survey answers"),
        *("satisfaction", "satisfaction score", "nps", "nps score", "csat", "correspondence"),
        *("voice recording", "contacted"),
    ),
    dpv="pd:Communication",
    fideslang="user.content",
)
