"""What stands out on a map, with the list or the chosen place beside it, and the table."""

from collections.abc import Sequence
from dataclasses import replace

from access.verdicts import STANDING, Verdict
from exports import ExportRequest
from pages.kit.blocks import draw_sources
from pages.kit.choices import AREA, kept
from pages.kit.table import draw_table
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.map import MapRequest, draw_map
from pages.parts.outstanding import draw_outstanding
from pages.parts.picking import MAP_KEY
from pages.parts.place_words import place_name
from pages.parts.sight import choose_place
from pages.parts.verdict_panel import draw_place
from pages.parts.verdict_words import NO_PROOF, SURE_WORDS, verdict_table


def verdict_sentence(words: Words, found: Sequence[Verdict], level: str) -> str:
    """Return one sentence that says what the map shows."""
    count = {sure: sum(verdict.sure == sure for verdict in found) for sure in SURE_WORDS}
    parts = [
        f"{words.number(count[sure])} {words.text(said).lower()}"
        for sure, said in SURE_WORDS.items()
        if count[sure]
    ]
    places = words.places(len(found), level)
    return words.say(f"Van {places}: ", f"Of {places}: ") + words.listing(parts) + "."


def draw_verdict_map(view: PartnerView, found: Sequence[Verdict], request: MapRequest) -> None:
    """Draw the map of verdicts with its sources; the place of ``request`` where none is chosen."""
    sentence = verdict_sentence(view, found, request.level)
    what = view.say("Kaart: wat eruit steekt.", "Map: what stands out.")
    drawn = replace(request, title=f"{what} {sentence}", chosen=kept(AREA) or request.chosen)
    draw_map(view, drawn, f"{view.page}{MAP_KEY}sight")
    draw_sources(view)


def draw_beside_verdicts(
    view: PartnerView, found: Sequence[Verdict], request: MapRequest
) -> str | None:
    """Draw the chosen place or that of ``request``, or those that stand out; return its name."""
    choose_place(view, request.level, request.within)
    area = kept(AREA) or request.chosen
    chosen = next((verdict for verdict in found if verdict.area == area), None)
    if chosen is None:
        draw_outstanding(view, found, request.level)
        return None
    draw_place(view, chosen, request.level, request.period)
    return place_name(view, request.level, chosen.name)


def draw_verdict_table(view: PartnerView, found: Sequence[Verdict], request: MapRequest) -> None:
    """Draw the table of what the map draws; a row that is marked chooses its place."""
    places = view.levels(request.level)
    if request.only:
        found = [verdict for verdict in found if verdict.sure in STANDING]
    draw_table(
        view,
        lambda: verdict_table(view, request.level, found),
        len(found),
        view.say(f"wat eruit steekt, {places}", f"what stands out, {places}"),
        ExportRequest(
            "verdicts",
            request.theme or "",
            request.level,
            request.period,
            request.within or "",
        ),
        lambda: [verdict.area for verdict in found],
        part=request.only,
    )


def verdicts_finding(
    view: PartnerView, found: Sequence[Verdict], request: MapRequest
) -> tuple[str, str]:
    """Return the title and the sentence of a page about what a map of verdicts shows."""
    strong = sum(verdict.sure == "strong" for verdict in found)
    places = view.places(strong, request.level)
    title = view.say(
        f"Wat eruit steekt: {places} bij twee of meer partners",
        f"What stands out: {places} with two or more partners",
    )
    return title, f"{verdict_sentence(view, found, request.level)} {view.text(NO_PROOF)}"
