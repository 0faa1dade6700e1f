"""What a map is about, figures of an indicator, the score or verdicts: how each looks and is told."""

from access.partner_figures import SCORE
from access.verdicts import VERDICTS
from pages.kit import palette
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.legend import legend_texts
from pages.parts.map_words import place_texts
from pages.parts.scale import scale_of
from pages.parts.verdict_legend import verdict_legend, verdict_texts


def subject_of(view: PartnerView, code: str, theme: str | None, level: str) -> dict[str, object]:
    """Return what the browser must know of a subject at a level: classes, legend and words.

    ``theme`` is the focus area of verdicts, None for all together; other subjects have none.
    """
    theme = theme if code == VERDICTS else None
    about = {"code": code, "theme": theme, "name": subject_name(view, code, theme)}
    if code == VERDICTS:
        return about | {
            "classes": [],
            "changes": True,
            "legend": verdict_legend(view, theme),
            "words": verdict_texts(view, level),
        }
    scale = scale_of(view, code, level)
    return about | {
        "classes": [palette.class_colour(n, scale.classes) for n in range(scale.classes)],
        "changes": scale.passport is not None,
        "legend": legend_texts(view, scale),
        "words": place_texts(view, level, scale),
    }


def subject_name(view: PartnerView, code: str, theme: str | None = None) -> str:
    """Return what a subject is called: an indicator by its name."""
    if code == SCORE:
        return view.say("Alle signalen samen (score)", "All signals together (score)")
    if code == VERDICTS:
        return verdicts_name(view, theme)
    return view.name(view.gateway.passport(code))


def verdicts_name(words: Words, theme: str | None) -> str:
    """Return what verdicts are called, of one focus area or of all together."""
    about = words.say("Wat eruit steekt", "What stands out")
    return f"{about}: {words.focus(theme)}" if theme else about


def besides(view: PartnerView, code: str, level: str) -> list[str]:
    """Return what can stand beside a subject at a level: verdicts, the score, then indicators."""
    others = [VERDICTS, SCORE, *view.gateway.passports()]
    return [other for other in others if other != code and levels_of(view, other, (level,))]


def levels_of(view: PartnerView, code: str, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of ``levels`` at which a subject can be drawn for this viewer."""
    passports = view.gateway.passports()
    if code == SCORE:
        return tuple(level for level in levels if view.gateway.scored(level))
    if code == VERDICTS:
        there = {level for passport in passports.values() for level in passport.levels}
    else:
        there = set(passports[code].levels) if code in passports else set()
    return tuple(level for level in levels if level in there)
