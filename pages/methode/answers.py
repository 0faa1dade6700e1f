"""Which methods give the answers that others published, and which test checks each of them."""

from typing import NamedTuple

from bilingual import Text
from pages.kit.words import Words
from pages.methode.table import Table, draw_finding_table


class Answer(NamedTuple):
    """A method held against a known answer.

    ``source`` is where the answer was published. ``tolerance`` is how far the outcome may differ
    from it, 0 where it must be the same. ``test`` is the file in tests/analysis and its function.
    """

    method: Text
    source: Text
    tolerance: float
    test: str


ANSWERS = (
    Answer(
        Text("Samengestelde score, stap voor stap", "Composite score, step by step"),
        Text("ASEM-index van 51 landen (COINr)", "ASEM index of 51 countries (COINr)"),
        0.005,
        "test_composite_steps.py::test_the_published_asem_index_is_reproduced",
    ),
    Answer(
        Text("Voorzichtig cijfer (empirisch Bayes)", "Careful figure (empirical Bayes)"),
        Text("Marshall 1991, North Carolina (PySAL)", "Marshall 1991, North Carolina (PySAL)"),
        1e-6,
        "test_empirical_bayes.py::test_the_published_rates",
    ),
    Answer(
        Text("Hotspots (Getis-Ord Gi en Gi*)", "Hot spots (Getis-Ord Gi and Gi*)"),
        Text("zes punten (PySAL)", "six points (PySAL)"),
        1e-6,
        "test_getis_ord.py::test_six_points_have_the_published_z",
    ),
    Answer(
        Text("Moran's I", "Moran's I"),
        Text("St. Louis en North Carolina (PySAL)", "St. Louis and North Carolina (PySAL)"),
        1e-9,
        "test_moran.py::test_the_published_i",
    ),
    Answer(
        Text("Groepen plaatsen (scan van Kulldorff)", "Groups of places (Kulldorff's scan)"),
        Text("SaTScan 9.6, staat New York", "SaTScan 9.6, New York State"),
        1e-6,
        "test_scan.py::test_most_likely_clusters_are_those_that_satscan_published",
    ),
    Answer(
        Text("Ontwikkeling van hotspots", "Emerging hot spots"),
        Text("168 buurten van Boston, tien jaar", "168 tracts of Boston, ten years"),
        1e-4,
        "test_emerging.py::test_all_168_published_trends_of_boston",
    ),
    Answer(
        Text("Trendtoets (Mann-Kendall)", "Trend test (Mann-Kendall)"),
        Text("pymannkendall", "pymannkendall"),
        1e-12,
        "test_trend.py::test_mann_kendall_agrees_with_pymannkendall_with_ties_and_gaps",
    ),
    Answer(
        Text("Helling van een trend (Theil-Sen)", "Slope of a trend (Theil-Sen)"),
        Text("Sen 1968, uitgewerkt voorbeeld", "Sen 1968, worked example"),
        1e-12,
        "test_trend.py::test_the_example_of_sen_has_slope_four",
    ),
    Answer(
        Text("Valse vondsten beperken", "Limiting false finds"),
        Text("Benjamini en Hochberg 1995, voorbeeld", "Benjamini and Hochberg 1995, example"),
        0,
        "test_discovery.py::test_the_example_of_benjamini_and_hochberg_has_four_finds",
    ),
    Answer(
        Text("Vroege waarschuwing (Farrington)", "Early warning (Farrington)"),
        Text("R-pakket surveillance", "R package surveillance"),
        1e-6,
        "test_early_warning.py::test_the_published_limit_and_score_are_found",
    ),
    Answer(
        Text("Dezelfde drempels, 200 plaatsen", "Same thresholds, 200 places"),
        Text("R-pakket surveillance, zelf gedraaid", "R package surveillance, run beside it"),
        1e-4,
        "test_against_surveillance.py::test_thresholds_and_alarms_are_those_of_farrington_flexible",
    ),
    Answer(
        Text("Nog niet geregistreerd (chain ladder)", "Not registered yet (chain ladder)"),
        Text(
            "Taylor en Ashe 1983; England en Verrall 2002 (18,7 miljoen in totaal)",
            "Taylor and Ashe 1983; England and Verrall 2002 (18.7 million in all)",
        ),
        0.51,
        "test_nowcast.py::test_the_chain_ladder_reserves_of_taylor_and_ashe",
    ),
    Answer(
        Text("Terugblik: PAI en PEI", "Hindcast: PAI and PEI"),
        Text("gepubliceerd voorbeeld van zes gebieden", "published example of six areas"),
        1e-6,
        "test_accuracy.py::test_pai_and_pei_of_the_published_example",
    ),
    Answer(
        Text("Terugblik op echte misdrijven", "Hindcast of real crimes"),
        Text("Chicago 2017-2019, 25.000 misdrijven", "Chicago 2017-2019, 25,000 crimes"),
        0.01,
        "test_accuracy.py::test_the_known_hindcast_of_chicago",
    ),
    Answer(
        Text("Wat de plek doet verschuiven (Sobol)", "What moves the rank (Sobol)"),
        Text("functie van Ishigami en Homma 1990", "function of Ishigami and Homma 1990"),
        0.01,
        "test_sensitivity.py::test_the_shares_of_ishigami_are_found",
    ),
    Answer(
        Text("Dezelfde Sobol-aandelen", "Same Sobol shares"),
        Text("SALib, op gelijke punten", "SALib, on equal points"),
        1e-10,
        "test_sensitivity.py::test_salib_finds_the_same_from_the_same_points",
    ),
    Answer(
        Text(
            "Verwacht bij deze branches (standaardiseren)",
            "Expected of these branches (standardising)",
        ),
        Text("PySAL", "PySAL"),
        1e-12,
        "test_standardise.py::test_rates_agree_with_pysal",
    ),
    Answer(
        Text("Herhaling in de buurt (Knox)", "Near repeats (Knox)"),
        Text("Knox 1964, 96 gevallen", "Knox 1964, 96 cases"),
        0.005,
        "test_near_repeat.py::test_expected_pairs_are_those_that_knox_published",
    ),
    Answer(
        Text("Interval van een samenhang", "Interval of a correlation"),
        Text(
            "formule van Bonett en Wright 2000, met de hand",
            "formula of Bonett and Wright 2000, by hand",
        ),
        1e-6,
        "test_association.py::test_the_interval_is_bonett_and_wrights",
    ),
)


def _within(view: Words, tolerance: float) -> str:
    """Return how closely an answer is met, in full digits."""
    if not tolerance:
        return view.say("gelijk", "the same")
    digits = f"{tolerance:.12f}".rstrip("0")
    return digits.replace(".", ",") if view.language == "nl" else digits


def draw_answers(view: Words) -> None:
    """Draw the known answers, each with its source, how closely it is met, and its test."""
    finding = view.say(
        f"Een rekenmethode is pas te vertrouwen als zij een bekend antwoord terugvindt. **{len(ANSWERS)} keer** is dat "
        "nagegaan, en bij elke wijziging van de code weer.",
        f"A method deserves trust when it finds a known answer. That was checked **{len(ANSWERS)} times**, and is again "
        "at every change of the code.",
    )
    cells = [
        (
            view.text(answer.method),
            view.text(answer.source),
            f"tests/analysis/{answer.test}",
            _within(view, answer.tolerance),
        )
        for answer in ANSWERS
    ]
    heads = [
        view.say("Methode", "Method"),
        view.say("Gepubliceerd door", "Published by"),
        view.say("Toets", "Test"),
        view.say("Verschil hoogstens", "Difference at most"),
    ]
    note = view.say(
        "Sommige toetsen hebben gegevens of pakketten nodig die niet worden meegeleverd; zonder die slaan zij over, met "
        "de reden erbij.",
        "Some tests need data or packages that do not come with this; without those they skip and say why.",
    )
    head = view.say(
        "Nagerekend tegen gepubliceerde antwoorden", "Checked against published answers"
    )
    draw_finding_table(view, head, finding, Table(heads, cells, text=3), note)
