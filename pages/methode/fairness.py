"""The fairness test: whether the score follows traits of people, which no indicator may read."""

from collections.abc import Sequence

from bilingual import Text
from pages.kit.view import PartnerView
from pages.kit.words import LEVEL_WORDS, Words
from pages.methode.table import Table, draw_finding_table
from store.evidence.of_score import Fairness

CHARACTERISTICS = {
    "share_low_income": Text("laag inkomen", "low income"),
    "share_origin_outside_nl": Text("herkomst buiten Nederland", "origin outside the Netherlands"),
    "share_age_15_to_24": Text("15 tot en met 24 jaar", "aged 15 to 24"),
    "share_single_parent_households": Text("eenoudergezinnen", "single-parent households"),
}
"""The traits that a score is tested against: percentages of inhabitants or households."""

STRONG = 0.5
"""A correlation whose whole interval lies beyond this, on either side, is flagged."""

TOTAL = Text("hele score", "whole score")


def _part(view: Words, part: str) -> str:
    return view.text(TOTAL) if part == "total" else view.focus(part)


def _finding(view: Words, rows: Sequence[Fairness]) -> str:
    flagged = [row for row in rows if row.flagged]
    limit = view.number(STRONG, 1)
    if not flagged:
        return view.say(
            f"Geen van de **{len(rows)}** samenhangen is zeker sterk: bij geen enkele ligt het hele 90%-interval boven "
            f"{limit} of onder −{limit}.",
            f"None of the **{len(rows)}** correlations is surely strong: of none the whole 90% interval lies above {limit} "
            f"or below −{limit}.",
        )
    said = "\n".join(
        f"- {_part(view, row.part)}, {view.levels(row.score)}: "
        f"{view.text(CHARACTERISTICS[row.characteristic])} ({view.number(row.rho, 2)})"
        for row in flagged
    )
    return view.say(
        f"**{len(flagged)} van {len(rows)}** samenhangen zijn zeker sterk (het hele 90%-interval ligt boven {limit} of "
        f"onder −{limit}). Zoek uit waardoor voordat u hierop handelt:\n\n{said}",
        f"**{len(flagged)} of {len(rows)}** correlations are surely strong (the whole 90% interval lies above {limit} or "
        f"below −{limit}). Find out why before you act on them:\n\n{said}",
    )


def draw_fairness(view: PartnerView) -> None:
    """Draw how strongly scores correlate with each trait; nothing when none was delivered."""
    levels = list(LEVEL_WORDS)
    rows = sorted(view.gateway.evidence(Fairness), key=lambda row: levels.index(row.score))
    if not rows:
        return
    flag = {
        True: view.say("ja: zoek uit waardoor", "yes: find out why"),
        False: view.say("nee", "no"),
    }
    cells = [
        (
            view.levels(row.score),
            _part(view, row.part),
            view.text(CHARACTERISTICS[row.characteristic]),
            flag[row.flagged],
            view.number(row.places),
            view.number(row.rho, 2),
            f"{view.number(row.low, 2)} {view.say('tot', 'to')} {view.number(row.high, 2)}",
        )
        for row in rows
    ]
    heads = [
        view.say("Plaatsen", "Places"),
        view.say("Deel van de score", "Part of the score"),
        view.say("Aandeel", "Share of"),
        view.say("Zeker sterk", "Surely strong"),
        view.say("Aantal", "Number"),
        view.say("Samenhang (−1 tot 1)", "Correlation (−1 to 1)"),
        view.say("90%-interval", "90% interval"),
    ]
    note = view.say(
        "Geen indicator leest deze kenmerken; ze dienen alleen voor deze toets. Een score kan toch samengaan met een "
        "kenmerk dat zij nooit zag, bijvoorbeeld doordat beide in de stad hoger zijn. Samenhang (Spearman) zegt niet "
        "waardoor, en gaat over gebieden, nooit over mensen.",
        "No indicator reads these characteristics; they serve this test alone. A score may still go with one it never saw, "
        "for example because both are higher in cities. A correlation (Spearman) does not say why, and is about areas, "
        "never about people.",
    )
    head = view.say(
        "Volgt de score een kenmerk van mensen?", "Does the score follow what people are?"
    )
    draw_finding_table(view, head, _finding(view, rows), Table(heads, cells, text=4), note)
