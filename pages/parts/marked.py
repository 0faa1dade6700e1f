"""What is context: it may stand out, and is no signal."""

from access.figures import Figure
from pages.kit.view import PartnerView


def context_of(view: PartnerView, marked: list[Figure]) -> list[Figure]:
    """Return the figures that are context, in none of the four focus areas."""
    passports = view.gateway.passports()
    return [figure for figure in marked if not passports[figure.indicator].scored]


def only_context(view: PartnerView) -> bool:
    """Return whether no signal can stand out here: all that there is to see is context."""
    return not any(passport.scored for passport in view.gateway.passports().values())


def context_finding(
    view: PartnerView, marked: list[Figure], region: str = "", own: str = ""
) -> tuple[str, str]:
    """Return the title and the sentence of a page on which ``only_context`` holds.

    ``region`` names what the page is about where that is no country, ``own`` the one gemeente.
    """
    passports = view.gateway.passports()
    codes = sorted({figure.indicator for figure in marked})
    names = view.listing([view.name(passports[code]).lower() for code in codes])
    count = len({figure.area for figure in marked})
    none = view.say("nog geen signalen van partners", "no signals of partners yet")
    who = own or view.say(
        f"{view.number(count)} {'gemeente' if count == 1 else 'gemeenten'}",
        f"{view.number(count)} {'municipality' if count == 1 else 'municipalities'}",
    )
    stand = view.say(
        f"{who} {'valt' if count == 1 else 'vallen'} op door {names}",
        f"{who} {'stands' if count == 1 else 'stand'} out by {names}",
    )
    listed = view.listing([view.name(passport).lower() for passport in passports.values()])
    quiet = view.say(f"niets valt op door {listed}", f"nothing stands out by {listed}")
    title = f"{stand if names else f'{own}: {quiet}' if own else quiet}; {none}"
    title = f"{region}: {title}" if region else title
    lead = view.say(
        f"Wat er is, zijn open cijfers: {listed}. Dat is context en telt in geen score mee.",
        f"What there is are open figures: {listed}. They are context and count in no score.",
    )
    return title[:1].upper() + title[1:], lead


def context_words(view: PartnerView, context: list[Figure]) -> str:
    """Return what is remarkable beside the signals, by indicator; empty when nothing is."""
    passports = view.gateway.passports()
    codes = sorted({figure.indicator for figure in context})
    names = [view.name(passports[code]).lower() for code in codes]
    if not names:
        return ""
    return view.say(
        f" Niet meegeteld, want context: {view.listing(names)}.",
        f" Not counted, as it is context: {view.listing(names)}.",
    )
