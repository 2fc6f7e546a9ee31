"""What the cells of a role say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.categories.lexicon import lexicon
from audit.register.countries import read_country
from audit.register.kinds.model import kinds, schema
from audit.register.roles import BESIDE, SECOND, Role
from audit.register.words import UNREAD, read_flag, read_party, read_word, reader

WORDED = [role for role in Role if role.type == "word" and role not in SECOND.values()]


@pytest.mark.parametrize("role", WORDED)
def test_every_word_role_has_its_words(role: Role) -> None:
    assert lexicon(role.value)


@pytest.mark.parametrize(("first", "second"), SECOND.items())
def test_a_second_column_is_read_in_the_words_of_the_first(first: Role, second: Role) -> None:
    text = lexicon(first.value)[0][1][0].strip()
    assert reader(second)(text) == reader(first)(text) != (UNREAD,)


@pytest.mark.parametrize(
    ("role", "text", "word"),
    [
        ("request_kind", "Tarkastusoikeus", "access"),
        ("source", "Kontaktpersonen", "customer_report"),
        ("source", "Kiinteistönvälittäjä", "partner_site"),
        ("source", "Nettiajanvaraus", "customer_registration"),
        ("agreement_state", "ei koske henkilötietoja", "no_data"),
        ("request_kind", "Oikeus tulla unohdetuksi", "erasure"),
        ("request_kind", "Rätt till insyn", "access"),
        ("request_kind", "Suoramarkkinointikielto", "marketing_objection"),
        ("request_kind", "Objection to direct marketing", "marketing_objection"),
        ("request_kind", "Käsittelyn vastustaminen", "objection"),
        ("request_kind", "Rättelse", "rectification"),
        ("request_kind", "Begränsning av behandling", "restriction"),
        ("request_kind", "GDPR Delete", "erasure"),
        ("outcome", "hylätty", "refused"),
        ("outcome", "Odottaa allekirjoitusta", "form"),
        ("outcome", "Awaiting signed form", "form"),
        ("outcome", "Käsittelyssä", "pending"),
        ("outcome", "Pyytäjä perui", "withdrawn"),
        ("outcome", "Utförd", "granted"),
        ("refusal_reason", "Pyyntöä ei ole allekirjoitettu", "form"),
        ("refusal_reason", "Request not in writing", "form"),
        ("refusal_reason", "Begäran saknar underskrift", "form"),
        ("refusal_reason", "Kirjanpitolaki", "law"),
        ("refusal_reason", "The former customer still has a contract", "law"),
        ("refusal_reason", "-", "none"),
        ("outcome", "Osittain toteutettu", "partly"),
        ("invoice_state", "Osittain maksettu", "open"),
        ("invoice_state", "Maksettu", "paid"),
        ("collection_state", "Päättynyt", "closed"),
        ("subject_group", "Yksityinen elinkeinonharjoittaja", "sole_trader"),
        ("subject_group", "Yksityishenkilö", "private_person"),
        ("message_kind", "Tilausvahvistus", "service"),
        ("safeguard", "SCC 2021/914", "standard_contractual_clauses"),
        ("outcome", "Uppfylld", "granted"),
        ("outcome", "Täytetty", "granted"),
        ("outcome", "Complied with", "granted"),
        ("outcome", "Tillgodosedd", "granted"),
        ("outcome", "Ej uppfylld", "refused"),
        ("outcome", "Not fulfilled", "refused"),
        ("outcome", "Ei noudatettu", "refused"),
        ("hold_reason", "Voi tilata uudelleen", "convenience"),
        ("hold_reason", "Kan bli kund igen", "convenience"),
        ("hold_reason", "Could return", "convenience"),
        ("hold_reason", "Voi liittyä riitaan", "claim"),
        ("hold_reason", "Ei voi poistaa", "unread"),
        ("hold_reason", "Syy puuttuu", "none"),
        ("hold_reason", "Inga skäl", "none"),
        ("purpose", "Tilauksen toimitus", "transport"),
        ("purpose", "Tilausten toimittaminen", "transport"),
        ("purpose", "Toimituksia varten", "transport"),
        ("purpose", "Order delivery", "transport"),
        ("purpose", "Tilausten käsittely", "customer_relationship"),
    ],
)
def test_words(role: str, text: str, word: str) -> None:
    assert read_word(role, text) == word


@pytest.mark.parametrize(
    ("text", "code"),
    [("Sverige", "SE"), ("Ruotsi", "SE"), ("DEU", "DE"), ("Färöarna", "FO"), ("Mars", UNREAD)],
)
def test_countries(text: str, code: str) -> None:
    assert read_country(text) == code


@settings(deadline=None)  # the first text waits for the vocabularies
@given(st.text(max_size=40))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for role in Role:
        if role.type not in ("key", "date", "state", "amount", "text", "note"):
            assert len(reader(role)(text)) == 1 + len(BESIDE.get(role.type, ()))


def test_flags_and_firms() -> None:
    assert [read_flag(text) for text in ("on", "Ja", "unsubscribed", "hm")] == [
        True,
        True,
        False,
        None,
    ]
    assert read_party("Oy Firma Ab") == read_party("FIRMA oy")


def test_every_kind_has_a_schema_without_clashes() -> None:
    for kind in kinds():
        columns = schema(kind)
        assert {"row", "record_key", "customer"} <= columns.keys()
        assert ("email" in columns) is kinds()[kind].people
