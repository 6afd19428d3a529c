"""Compose an e-mail (RFC 5322) from a row of the outbox."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from engine.civil_time import ROME

if TYPE_CHECKING:
    from desk.mail.outbox import Attachment
    from desk.model import Mail

NAME = "Sportello per l’innovazione"
CALENDAR = "text/calendar"


def compose(mail: Mail, files: tuple[Attachment, ...], sender: str) -> EmailMessage:
    """Make the message; made again from the same row it is the same message, with the same Message-ID.

    Raises:
        ValueError: a header cannot hold what it is given.

    """
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(mail, sender).items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for each in files:
        if each.media_type.startswith(CALENDAR):
            message.add_alternative(each.content.decode(), subtype="calendar", params=_parameters(each.media_type))
    for each in files:
        _attach(message, each)
    return message


def _headers(mail: Mail, sender: str) -> dict[str, str | Address]:
    headers: dict[str, str | Address] = {
        "From": Address(NAME, addr_spec=sender),
        "To": Address(addr_spec=mail.recipient),
        "Subject": mail.subject,
        "Date": format_datetime(mail.created_at.astimezone(ROME)),
        "Message-ID": f"<{mail.id}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "it",
    }
    return headers | ({"Reply-To": Address(addr_spec=mail.reply_to)} if mail.reply_to else {})


def _attach(message: EmailMessage, file: Attachment) -> None:
    maintype, _, subtype = file.media_type.partition(";")[0].strip().partition("/")
    parameters = _parameters(file.media_type)
    message.add_attachment(file.content, maintype, subtype, filename=file.name, params=parameters)


def _parameters(media_type: str) -> dict[str, str]:
    """Read ``method=REQUEST`` out of ``text/calendar; method=REQUEST``."""
    pairs = (each.strip().partition("=") for each in media_type.split(";")[1:])
    return {name: value for name, _, value in pairs if value}
