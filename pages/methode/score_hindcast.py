"""Do places with a high score see more incidents a year later? The score beside plain counts."""

from pages.kit.view import PartnerView
from pages.kit.words import LEVEL_WORDS, Words
from pages.methode.predictions import SHARE, Answers, Cut, answers, figure, part_of
from pages.methode.table import Table, draw_finding_table
from store.evidence.of_score import ScoreHindcast

METHODS = ("score", "plain", "random")


def _finding(view: Words, found: Answers) -> str:
    """Return what the score found at the finest level, and whether counts alone found more."""
    levels = [level for level in LEVEL_WORDS if Cut(level, level, "area", SHARE) in found]
    if not levels:
        return ""
    by_area = found[Cut(levels[-1], levels[-1], "area", SHARE)]
    hits = [figure(by_area, "published", method, "hit_rate") for method in METHODS]
    score, plain, chance = (view.percent(hit) for hit in hits)
    sentence = view.say(
        f"In {view.percent(SHARE)} van de oppervlakte met de hoogste score ({view.levels(levels[-1])}) lag een jaar later "
        f"**{score}** van de incidenten; met de aantallen van een jaar eerder was het {plain}, op goed geluk {chance}.",
        f"The {view.percent(SHARE)} of the surface with the highest score ({view.levels(levels[-1])}) held **{score}** of "
        f"the incidents a year later; with the counts of a year before it was {plain}, at random {chance}.",
    )
    by_address = found.get(Cut(levels[-1], levels[-1], "addresses", SHARE), {})
    homes = figure(by_address, "published", "score", "hit_rate")
    if homes is not None:
        sentence += view.say(
            f" In {view.percent(SHARE)} van de adressen was het **{view.percent(homes)}**.",
            f" In {view.percent(SHARE)} of the addresses it was **{view.percent(homes)}**.",
        )
    if hits[0] is None or hits[1] is None:
        return sentence
    if hits[2] is not None and hits[0] < hits[2]:
        return sentence + view.say(
            " **Naar oppervlakte is dat minder dan op goed geluk.** De score vergelijkt cijfers per adres, bedrijf of inwoner en wijst dus "
            "niet naar plaatsen waar veel gebeurt omdat er veel is. Gebruik hem niet om incidenten te voorspellen.",
            " **By surface that is less than at random.** The score compares figures per address, firm or inhabitant, so it does not "
            "point at places where much happens because much is there. Do not use it to foretell incidents.",
        )
    if hits[0] < hits[1]:
        return sentence + view.say(
            " Wie alleen incidenten wil vinden, vindt er dus meer met aantallen: de score kijkt breder en is geen "
            "voorspelling.",
            " Who only wants to find incidents finds more with counts: the score looks wider and is no prediction.",
        )
    return sentence + view.say(
        " De score wijst dus niet slechter dan aantallen, en blijft toch geen voorspelling.",
        " The score points no worse than counts, and still is no prediction.",
    )


def draw_score_hindcast(view: PartnerView) -> None:
    """Draw the hindcast of the score; nothing when there is none for this viewer."""
    found = answers(view.gateway.evidence(ScoreHindcast))
    if not found:
        return
    rows = []
    for cut, results in found.items():
        hits = [figure(results, "published", method, "hit_rate") for method in METHODS]
        pai = [figure(results, "published", method, "pai") for method in METHODS[:2]]
        pei = [figure(results, "published", method, "pei") for method in METHODS[:2]]
        best = figure(results, "published", "score", "best_pai")
        rows.append(
            (
                view.levels(cut.level),
                part_of(view, cut),
                view.number(figure(results, "published", "score", "events")),
                *(view.percent(hit) for hit in hits),
                *(view.number(value, 1) for value in (*pai, best)),
                *(view.number(value, 2) for value in pei),
            )
        )
    score, plain = view.say("score", "score"), view.say("aantallen", "counts")
    heads = [
        view.say("Plaatsen", "Places"),
        view.say("Gekozen", "Chosen"),
        view.say("Incidenten", "Incidents"),
        *(view.say(f"Gevonden: {w}", f"Found: {w}") for w in (score, plain)),
        view.say("Gevonden: op goed geluk", "Found: at random"),
        *(f"PAI: {w}" for w in (score, plain, view.say("best mogelijk", "best possible"))),
        *(f"PEI: {w}" for w in (score, plain)),
    ]
    head = view.say("Ziet een hoge score een jaar later meer?", "Does a high score see more later?")
    draw_finding_table(view, head, _finding(view, found), Table(heads, rows, text=2))
