"""
What a check may ask a column for, and how the scan types it.

A role's headers are data: those of ``vocabulary/roles.toml`` hold in every table, those that
``vocabulary/tables.toml`` gives under a kind hold in tables of that kind and go first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

__all__ = ["BESIDE", "SECOND", "SIGNS_OF_LIFE", "Role", "RoleType"]

RoleType = Literal[
    "key", "date", "state", "flag", "word", "country", "amount", "party", "person", "account",
    "category", "cookie", "host", "url", "days", "text", "note",
]  # fmt: skip
"""
``key`` and ``text`` are text, trimmed; ``date`` a day, with ``<role>_given`` beside it; ``flag`` is
true, false or blank; ``word`` one of the words of ``vocabulary/words.toml``, or ``unread``;
``country`` an ISO 3166 code, or ``unread``; ``amount`` a decimal number; ``party`` a firm's name
without its form; ``person`` a name, its words in order; ``account`` a user id in one spelling;
``category`` the data category that the cell names; ``cookie`` and ``host`` a name of the web's;
``url`` what a web address tells of its visitor; ``days`` a length of time. ``state`` becomes
``ended`` and ``on_hold``; ``note`` is free text, which no check reads. Some have further columns
beside them: see ``BESIDE``.
"""

#: What is known of the cells of a type besides what they say, as columns ``<role>_<name>``.
BESIDE: dict[RoleType, tuple[str, ...]] = {
    "party": ("kind",),
    "person": ("kind",),
    "account": ("kind", "name"),
    "cookie": ("service", "purpose"),
    "host": ("service",),
}


class Role(StrEnum):
    """What a check may ask a column for. The events carry the names that notices use."""

    type: RoleType

    def __new__(cls, value: str, kind: RoleType = "text") -> Self:
        """A role is its name; its type says how cells become values."""
        role = str.__new__(cls, value)
        role._value_ = value
        role.type = kind
        return role

    # Every table
    RECORD_KEY = "record_key", "key"
    CUSTOMER_REFERENCE = "customer_reference", "key"
    FREE_TEXT = "free_text", "note"
    STATUS = "status", "state"
    ACTIVE = "active", "state"
    INACTIVE = "inactive", "state"
    HOLD = "hold", "state"
    # Events that a retention period may start from
    RELATIONSHIP_START = "relationship_start", "date"
    CUSTOMER_RELATIONSHIP_END = "customer_relationship_end", "date"
    LAST_ORDER = "last_order", "date"
    LAST_INVOICE = "last_invoice", "date"
    LAST_CONTACT = "last_contact", "date"
    COLLECTION = "collection", "date"
    VISIT = "visit", "date"
    CONTRACT_END = "contract_end", "date"
    MEMBERSHIP_END = "membership_end", "date"
    EMPLOYMENT_END = "employment_end", "date"
    CONSENT_WITHDRAWAL = "consent_withdrawal", "date"
    FISCAL_YEAR_END = "fiscal_year_end", "date"
    # Holds
    HOLD_REASON = "hold_reason", "word"
    HOLD_STARTED_ON = "hold_started_on", "date"
    HOLD_UNTIL = "hold_until", "date"
    # Customers and contact persons
    LEFT_ON = "left_on", "date"
    SUBJECT_GROUP = "subject_group", "word"
    BIRTH_DATE = "birth_date", "date"
    PROTECTED = "protected", "flag"
    EMAIL_BOUNCED = "email_bounced", "flag"
    POST_RETURNED = "post_returned", "flag"
    DISSOLVED = "dissolved", "flag"
    MARKETING_BAN = "marketing_ban", "flag"
    EMAIL_BAN = "email_ban", "flag"
    POST_BAN = "post_ban", "flag"
    POST_ALLOWED = "post_allowed", "flag"
    MARKETING_BANNED_ON = "marketing_banned_on", "date"
    PUBLICATION_BAN = "publication_ban", "date"
    MARKETING_CONSENT = "marketing_consent", "flag"
    TEXT_MESSAGE_CONSENT = "text_message_consent", "flag"
    TEXT_MESSAGE_CONSENTED_ON = "text_message_consented_on", "date"
    SOURCE = "source", "word"
    # Orders, invoices, collection
    ORDERED_ON = "ordered_on", "date"
    INVOICED_ON = "invoiced_on", "date"
    DUE_ON = "due_on", "date"
    PAID_ON = "paid_on", "date"
    AMOUNT = "amount", "amount"
    AMOUNT_OPEN = "amount_open", "amount"
    AMOUNT_PAID = "amount_paid", "amount"
    INVOICE_STATE = "invoice_state", "word"
    OPENED_ON = "opened_on", "date"
    CLOSED_ON = "closed_on", "date"
    COLLECTION_STATE = "collection_state", "word"
    # Requests of data subjects, erasures, restrictions
    REQUEST_KIND = "request_kind", "word"
    RECEIVED_ON = "received_on", "date"
    ANSWERED_ON = "answered_on", "date"
    EXTENSION_TOLD_ON = "extension_told_on", "date"
    EXTENSION_REASON = "extension_reason", "text"
    OUTCOME = "outcome", "word"
    REQUEST_STATE = "request_state", "word"
    REFUSAL_REASON = "refusal_reason", "word"
    REMARK = "remark", "word"
    REMEDIES_TOLD = "remedies_told", "flag"
    COURT_TOLD = "court_told", "flag"
    EXECUTED_ON = "executed_on", "date"
    RECIPIENTS_TOLD_ON = "recipients_told_on", "date"
    IDENTITY_ASKED_ON = "identity_asked_on", "date"
    IDENTITY_RECEIVED_ON = "identity_received_on", "date"
    CHANNEL = "channel", "word"
    OLD_VALUE = "old_value", "text"
    NEW_VALUE = "new_value", "note"
    ERASED_ON = "erased_on", "date"
    PSEUDONYM = "pseudonym", "key"
    RESTRICTED_FROM = "restricted_from", "date"
    RESTRICTED_UNTIL = "restricted_until", "date"
    RESTRICTED = "restricted", "flag"
    CHANGED_ON = "changed_on", "date"
    # Objections, consents, marketing, publication
    OBJECTED_ON = "objected_on", "date"
    OBJECTION_PURPOSE = "objection_purpose", "word"
    OBJECTION_SCOPE = "objection_scope", "word"
    CONSENTED_ON = "consented_on", "date"
    CONSENT_PURPOSE = "consent_purpose", "word"
    PERMISSION = "permission", "word"
    SUBSCRIBED = "subscribed", "flag"
    SUBSCRIBED_ON = "subscribed_on", "date"
    SENT_ON = "sent_on", "date"
    MESSAGE_KIND = "message_kind", "word"
    SUBJECT_LINE = "subject_line", "word"
    DELIVERY = "delivery", "word"
    PUBLISHED_ON = "published_on", "date"
    PUBLICATION_CONSENT = "publication_consent", "flag"
    WEB_CONSENT = "web_consent", "flag"
    SOCIAL_MEDIA_CONSENT = "social_media_consent", "flag"
    PRINT_CONSENT = "print_consent", "flag"
    PUBLISHED_IN = "published_in", "word"
    # Disclosures, processors, sources
    DISCLOSED_ON = "disclosed_on", "date"
    RECIPIENT = "recipient", "party"
    RECIPIENT_CLASS = "recipient_class", "party"
    PURPOSE = "purpose", "word"
    LEGAL_GROUND = "legal_ground", "word"
    COUNTRY = "country", "country"
    SAFEGUARD = "safeguard", "word"
    CERTIFIED = "certified", "flag"
    SERVICE = "service", "word"
    AGREEMENT_ON = "agreement_on", "date"
    AGREEMENT_STATE = "agreement_state", "word"
    ACTS_AS = "acts_as", "word"
    FIELD = "field", "category"
    OBTAINED_ON = "obtained_on", "date"
    INFORMED_ON = "informed_on", "date"
    # Access
    USER_ID = "user_id", "account"
    USER_NAME = "user_name", "person"
    EMPLOYER = "employer", "party"
    ACCOUNT_KIND = "account_kind", "word"
    ACCOUNT_OWNER = "account_owner", "person"
    DESIGNATED = "designated", "flag"
    ACCESS_FROM = "access_from", "date"
    ACCESS_UNTIL = "access_until", "date"
    UNDERTAKING_ON = "undertaking_on", "date"
    EMPLOYED_UNTIL = "employed_until", "date"
    LAST_LOGIN_ON = "last_login_on", "date"
    EVENT_ON = "event_on", "date"
    EVENT_KIND = "event_kind", "word"
    EVENT_OUTCOME = "event_outcome", "word"
    # The web
    COOKIE_NAME = "cookie_name", "cookie"
    HOST = "host", "host"
    PATH = "path", "url"
    QUERY = "query", "url"
    REFERER = "referer", "url"
    FIRST_PARTY = "first_party", "flag"
    LIFETIME = "lifetime", "days"
    RECORDING = "recording", "word"
    ESSENTIAL = "essential", "flag"
    BEFORE_CONSENT = "before_consent", "flag"
    HELD_BACK = "held_back", "flag"


ENDS = frozenset({Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END, Role.MEMBERSHIP_END})
"""The days on which what a customer has with the controller ends, whatever it is."""

CONSENTS = frozenset(
    {
        Role.MARKETING_CONSENT,
        Role.TEXT_MESSAGE_CONSENT,
        Role.PUBLICATION_CONSENT,
        Role.WEB_CONSENT,
        Role.SOCIAL_MEDIA_CONSENT,
        Role.PRINT_CONSENT,
    }
)
"""The marks of people's records, each of one thing that they agreed to or did not."""

SIGNS_OF_LIFE = (Role.LAST_ORDER, Role.LAST_INVOICE, Role.LAST_CONTACT, Role.VISIT)
"""The days on which a customer was last heard of."""

SECOND = {Role.OUTCOME: Role.REQUEST_STATE, Role.MESSAGE_KIND: Role.SUBJECT_LINE}
"""
What a second column may say in the words of the first: how a request stands beside what was decided,
the subject of a message beside the campaign.
"""
