"""What stands before the dashboard for who is not let in: signing in, or whom to ask for access."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from bilingual import Text
from pages.kit.chrome import draw_language_switch
from pages.kit.words import Words

ASK = Text("de gegevensbeheerder van uw organisatie", "your organisation's gegevensbeheerder")


@dataclass(frozen=True)
class Entrance(Words):
    """Writes what stands before the dashboard, in the language of the reader.

    ``contact`` is whom to ask for access, '' when that is not set. ``act`` is the one button.
    """

    contact: str
    act: Callable[[], None]

    @property
    def whom(self) -> str:
        """Whom to ask for access, in words."""
        return self.contact or self.text(ASK)


def draw_sign_in(entrance: Entrance, why: str, idle_minutes: float) -> None:
    """Draw the page on which to sign in; ``why`` says how an earlier sign-in ended, if it did."""
    say = entrance.say
    minutes = f"{idle_minutes:g}"
    reasons = {
        "expired": say("Uw sessie is verlopen.", "Your session has ended."),
        "idle": say(
            f"U deed {minutes} minuten niets en bent daarom afgemeld.",
            f"You did nothing for {minutes} minutes and were signed out.",
        ),
        "signed out": say("U bent afgemeld.", "You are signed out."),
        "ended": say(
            "Een beheerder heeft uw sessie beëindigd.", "An administrator ended your session."
        ),
        "weak": say(
            "U bent niet aangemeld op het niveau dat hier nodig is, zoals met een tweede factor.",
            "You did not sign in at the level that is needed here, such as with a second factor.",
        ),
    }
    back = say(
        "Na het aanmelden komt u op dezelfde pagina terug.",
        "After signing in you return to the same page.",
    )
    _draw(
        entrance,
        title=say("Meld u aan om Weerbeeld te openen", "Sign in to open Weerbeeld"),
        note=f"{reasons[why]} {back}" if why in reasons else "",
        lines=[
            say(
                "Weerbeeld laat per plaats zien waar signalen van ondermijning opvallen. U ziet "
                "alleen wat bij uw functie en uw gebied hoort.",
                "Weerbeeld shows where signals of undermining crime stand out. You see only what "
                "belongs to your role and your area.",
            )
        ],
        button=say("Aanmelden", "Sign in"),
        small=say(
            f"U gebruikt het account van uw organisatie. Lukt het niet? Vraag {entrance.whom}.",
            f"You use your organisation's account. Does it fail? Ask {entrance.whom}.",
        ),
    )


def draw_no_access(entrance: Entrance, person: str) -> None:
    """Draw the page for who signed in but was granted nothing, with what to ask and whom."""
    say = entrance.say
    _draw(
        entrance,
        title=say("U hebt geen toegang tot Weerbeeld", "You have no access to Weerbeeld"),
        note="",
        lines=[
            say(
                "U bent aangemeld, maar aan uw account is nu geen functie of gebied toegekend.",
                "You are signed in, but your account now holds no role or area.",
            ),
            say(
                f"Vraag toegang aan {entrance.whom}. Noem daarbij deze code:",
                f"Ask {entrance.whom} for access. Give this code:",
            ),
        ],
        button=say("Afmelden", "Sign out"),
        small=say(
            "De code is het nummer van uw account. Hebt u net toegang gekregen? Laad de pagina "
            "opnieuw.",
            "The code is the number of your account. Were you just given access? Reload the page.",
        ),
        code=person,
    )


def draw_no_service(entrance: Entrance) -> None:
    """Draw the page for when nothing can be shown to anybody; the reason is the server's."""
    say = entrance.say
    _draw(
        entrance,
        title=say("Weerbeeld kan nu niets laten zien", "Weerbeeld cannot show anything now"),
        note="",
        lines=[
            say(
                "De gegevens of het logboek zijn even niet bereikbaar. De beheerder ziet waarom.",
                "The data or the log cannot be reached just now. The administrator sees why.",
            )
        ],
        button=say("Opnieuw proberen", "Try again"),
        small=say(
            f"Blijft het zo? Meld het aan {entrance.whom}.",
            f"Does it stay so? Tell {entrance.whom}.",
        ),
    )


def _draw(
    entrance: Entrance,
    *,
    title: str,
    note: str,
    lines: list[str],
    button: str,
    small: str,
    code: str = "",
) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        draw_language_switch(entrance.language)
    st.title(title, anchor=False)
    if note:
        st.html(f'<div class="wb-invented" role="status">{escape(note)}</div>')
    st.html("".join(f'<p class="wb-lead">{escape(line)}</p>' for line in lines))
    if code:
        st.html(f'<p class="wb-code">{escape(code)}</p>')
    st.button(button, type="primary", key="entrance-act", on_click=entrance.act)
    st.html(f'<p class="wb-source wb-end">{escape(small)}</p>')
