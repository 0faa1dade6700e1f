"""The steps of the score and their settings, so that others can repeat or dispute them."""

from bilingual import Text
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.methode.table import Table, draw_finding_table
from store.evidence.of_score import ScoreStep

STEPS = {
    "coherence": (
        Text("Horen de indicatoren bij elkaar?", "Do indicators belong together?"),
        Text(
            "Samenhang (Pearson) en alfa van Cronbach; alleen gemeld",
            "Correlation (Pearson) and Cronbach's alpha; reported only",
        ),
    ),
    "missing data": (
        Text("Ontbrekende cijfers", "Missing figures"),
        Text(
            "De andere indicatoren van een plaats verdelen het gewicht",
            "The other indicators of a place share the weight",
        ),
    ),
    "outliers": (
        Text("Uitschieters", "Outliers"),
        Text("Geen afgekapt: een rang voelt ze niet", "Not cut: a rank does not feel them"),
    ),
    "normalisation": (
        Text("Vergelijkbaar maken", "Making comparable"),
        Text(
            "Rang in procenten ({1} tot {2}), per niveau en per {0} maanden",
            "Percentile rank ({1} to {2}), by level and {0} months",
        ),
    ),
    "weights": (
        Text("Gewichten", "Weights"),
        Text(
            "Die van de paspoorten, binnen vier aandachtsgebieden die even zwaar tellen",
            "Those of the passports, within four focus areas that count equally",
        ),
    ),
    "aggregation": (
        Text("Samenvoegen", "Putting together"),
        Text(
            "Gewogen gemiddelde; bijdragen tellen op tot de score",
            "Weighted arithmetic mean; contributions add up to the score",
        ),
    ),
    "robustness": (
        Text("Houdt de plek stand?", "Does the rank hold?"),
        Text(
            "{0} berekeningen, {1} als er {2} plaatsen of meer zijn; toevalsgetal {3}",
            "{0} runs, {1} where there are {2} places or more; seed {3}",
        ),
    ),
    "sensitivity": (
        Text("Wat doet de plek verschuiven?", "What moves the rank?"),
        Text(
            "Sobol-aandelen uit {0} punten, voor gemeenten",
            "Sobol indices from {0} points, for municipalities",
        ),
    ),
}
"""What each step of the build is called, and its setting with the numbers of the release."""


def step_words(view: Words, row: ScoreStep) -> tuple[str, str]:
    """Return the name and setting of a step in words."""
    name, setting = STEPS[row.name]
    return view.text(name), view.text(setting).format(*row.settings)


def draw_steps_of_score(view: PartnerView) -> None:
    """Draw the steps of the score with their settings; nothing when the release names none."""
    rows = sorted(view.gateway.evidence(ScoreStep), key=lambda row: row.step)
    if not rows:
        return
    finding = view.say(
        f"De score wordt in **{len(rows)} stappen** gemaakt en nagekeken, volgens het handboek van OESO en JRC (2008). Elke "
        "keuze staat hier, zodat een ander haar kan nadoen of aanvechten.",
        f"The score is made and checked in **{len(rows)} steps**, by the handbook of OECD and JRC (2008). Each choice "
        "stands here, so that somebody else can repeat or dispute it.",
    )
    heads = [
        view.say("Stap", "Step"),
        view.say("Wat", "What"),
        view.say("Zo ingesteld", "Setting"),
    ]
    cells = [(str(row.step), *step_words(view, row)) for row in rows]
    head = view.say("De score, stap voor stap", "The score, step by step")
    draw_finding_table(view, head, finding, Table(heads, cells, text=3))
