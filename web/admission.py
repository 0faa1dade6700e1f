"""Admits a reader at every run of the dashboard: who signed in, or an example viewer."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import streamlit as st

from access.facts import ReleaseFacts
from access.gateways import Gateways
from access.session import WEB, facts_before_entering, grounds
from bilingual import Language, Text
from errors import WeerbeeldError
from exports import ExportRequest
from pages.entrance import Entrance, draw_no_access, draw_no_service, draw_sign_in
from pages.kit.blocks import draw_warning
from pages.kit.choices import forget_all, keep, kept
from pages.kit.view import MapSource
from pages.start import draw_start
from store.logs import LogFailedError
from web.desk import desk
from web.links import Reader
from web.maps import map_source
from web.sign_ins import SignInEndedError

log = logging.getLogger(__name__)

Offer = Callable[[Callable[[str], None]], None]
"""Draws something at every address; it gets the requested path."""

WATCHED_SECONDS = 60
"""An untouched page checks at least this often whether its sign-in still holds."""


@dataclass(frozen=True)
class Admitted:
    """An admitted reader, and the gateways that the reader's grants of this moment open."""

    reader: Reader
    gateways: Gateways


def browser() -> str:
    """Return the number in this browser's cookie; '' when it takes no cookies."""
    return desk().browsers.number(st.context.cookies)


def origin() -> str:
    """Return the origin of a reader, for the audit log."""
    return f"{WEB} {st.context.ip_address or '127.0.0.1'}"


def admit(language: Language, offer: Offer) -> Admitted | None:
    """Return the reader and its gateways; when there is none, draw the way in through ``offer``."""
    return _admit_person(language, offer) if desk().signs_in else _admit_example(language, offer)


def leave(reader: Reader) -> tuple[Text, Callable[[], None]]:
    """Return the text of the button to leave by, and what it does."""
    if desk().signs_in:
        return Text("Afmelden", "Sign out"), partial(_sign_out, reader.sign_in)
    return Text("Andere rol", "Other role"), forget_all


def export_link(reader: Reader) -> Callable[[ExportRequest], str] | None:
    """Return the function that makes a reader's links to exports; None without cookies."""
    carried = desk().browsers.carried(st.context.cookies)
    return partial(desk().links.make, reader, carried) if carried else None


def maps_of(reader: Reader) -> MapSource | None:
    """Return where a reader's maps come from; None without cookies."""
    return map_source(desk(), reader, desk().browsers.carried(st.context.cookies))


def _admit_example(language: Language, offer: Offer) -> Admitted | None:
    label = kept("kijker")
    if label is not None:
        reader = Reader(example=label)
        try:
            gateways = desk().gateways(reader, origin())
        except LogFailedError as error:
            log.error("nobody can be let in: %s", error)
            offer(lambda _: draw_no_service(_entrance(language, _again)))
            return None
        except WeerbeeldError as error:
            keep("kijker", None)
            draw_warning(str(error))
        else:
            keep("kijker", label)
            return Admitted(reader, gateways)
    facts: ReleaseFacts | None = None
    with suppress(WeerbeeldError):
        facts = facts_before_entering(desk().served)
    offer(lambda _: draw_start(language, facts))
    return None


def _admit_person(language: Language, offer: Offer) -> Admitted | None:
    held = desk()
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        _offer_sign_in(language, offer, "")
        return None
    try:
        visit = held.sign_ins.visit(claims)
        held.browsers.bind(browser(), visit.key)
        if visit.first and not held.why_ended(visit.key):
            ground = grounds(held.served, visit.person) or "no grant in force"
            held.log(visit.person, origin())("sign in", f"by OpenID Connect: {ground}", "ok")
            held.sign_ins.welcome(visit.key)
        _refuse_example(visit.person)
        reader = Reader(sign_in=visit.key)
        gateways = held.gateways(reader, origin())
    except SignInEndedError as ended:
        if ended.unnoted:
            held.log(ended.unnoted, origin())("sign in", "not at the level asked for", "refused")
        _offer_sign_in(language, offer, ended.why)
        return None
    except WeerbeeldError as error:
        log.error("nobody can be let in: %s", error)
        offer(lambda _: draw_no_service(_entrance(language, _again)))
        return None
    watched = min(WATCHED_SECONDS, held.settings.idle_minutes * 60 / 4)
    st.fragment(_watch, run_every=watched)(visit.key)
    if not gateways.viewer.roles:
        act = partial(_sign_out, visit.key)
        offer(lambda _: draw_no_access(_entrance(language, act), visit.person))
        return None
    return Admitted(reader, gateways)


def _refuse_example(person: str) -> None:
    """Note that somebody who signed in asks to look as another: grants decide, no link does."""
    label = kept("kijker")
    if label is not None:
        keep("kijker", None)
        desk().log(person, origin())("enter", f"as example viewer {label}", "refused")


def _entrance(language: Language, act: Callable[[], None]) -> Entrance:
    return Entrance(language, desk().settings.contact, act)


def _offer_sign_in(language: Language, offer: Offer, why: str) -> None:
    minutes = desk().settings.idle_minutes
    offer(lambda p: draw_sign_in(_entrance(language, partial(_sign_in, p)), why, minutes))


def _sign_in(path: str) -> None:
    """Keep the requested page, and go to the sign-in service."""
    desk().deep_links.keep(browser(), path, st.query_params.to_dict())
    st.login()


def _sign_out(key: str) -> None:
    """End the sign-in here and at the sign-in service."""
    held = desk()
    with suppress(SignInEndedError):
        person = held.sign_ins.person(key)
        held.sign_ins.end(key)
        held.log(person, origin())("sign out", "by the reader", "ok")
    st.logout()


def _again() -> None:
    """Do nothing: the click alone runs the page again."""


def _watch(key: str) -> None:
    """Clear the screen when the sign-in ends while nobody touches the page."""
    if desk().why_ended(key):
        st.rerun(scope="app")
