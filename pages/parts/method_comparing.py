"""How places are compared: the score and its ranks, similar municipalities, colours of a map."""

from bilingual import Text
from pages.parts.method_section import Section

SCORE = Section(
    Text("Hoe de score ontstaat", "How the score is made"),
    Text(
        """
De score loopt van 0 tot 100 en wordt in deze volgorde gemaakt, per niveau en per 12 maanden:

1. Elke plaats krijgt per indicator een **plek onder haar soortgenoten**: 0 is de laagste, 100 de
   hoogste, 50 het midden.
2. Per aandachtsgebied is de score het **gemiddelde van die plekken**, gewogen met de gewichten hieronder.
3. De aandachtsgebieden tellen **even zwaar**. Hun gemiddelde is de hele score.
4. Mist een plaats een cijfer, dan verdelen de andere indicatoren dat gewicht.

De bijdragen van de indicatoren tellen precies op tot de score. Een hoge score betekent: vaak hoog in de
rij. Het betekent niet: veel misdaad.
""",
        """
The score runs from 0 to 100 and is made in this order, for each level and each 12 months:

1. For each indicator a place gets its **position among its kind**: 0 is the lowest, 100 the highest, 50
   the middle.
2. The score of a focus area is the **mean of those positions**, weighted with the weights below.
3. Focus areas count **equally**. Their mean is the whole score.
4. Where a place lacks a figure, the other indicators share its weight.

The contributions of the indicators add up to the score exactly. A high score means: often high in the
row. It does not mean: much crime.
""",
    ),
)

RANKS = Section(
    Text("Hoe vast een plek in de score is", "How firm a rank in the score is"),
    Text(
        """
De score wordt 1.000 keer opnieuw gemaakt (200 keer bij 2.000 plaatsen of meer), steeds met keuzes die ook
hadden gekund: gewichten tot een kwart hoger of lager, een andere manier om cijfers vergelijkbaar te maken of
samen te voegen, een indicator minder, en cijfers binnen hun onzekerheid (OESO en JRC 2008; Saisana e.a. 2005).
Het **interval van de plek** zegt waar een plaats in 90% van die berekeningen uitkomt, van 0 (laagste) tot 100
(hoogste).

- **Stabiel**: in ten minste 80% van de berekeningen dezelfde klasse, en een interval smaller dan 20 punten.
- **Onzeker**: in minder dan 50% dezelfde klasse, of een interval breder dan 40 punten.
- **Bewegend**: alles daartussen.

De klassen liggen hier vast, bij de 50, 75, 90 en 97% van de plaatsen, wat de kleuren van een kaart ook zijn.
Al deze grenzen zijn een eigen keuze. Een hoge plek die niet stabiel is, steekt er niet zeker uit; op de kaart van
de score heeft zij een zachte kleur.
""",
        """
The score is made again 1,000 times (200 times with 2,000 places or more), each time with choices that could
have been made as well: weights up to a quarter higher or lower, another way to make figures comparable or to
put them together, an indicator less, and figures within their uncertainty (OECD and JRC 2008; Saisana et al.
2005). The **interval of the rank** says where a place ends up in 90% of those runs, from 0 (lowest) to 100
(highest).

- **Stable**: the same class in at least 80% of the runs, and an interval narrower than 20 points.
- **Unsure**: the same class in less than 50%, or an interval wider than 40 points.
- **Moving**: anything between.

The classes are fixed here, at 50, 75, 90 and 97% of the places, whatever the colours of a map. All these
limits are a choice of our own. A high rank that is not stable does not surely stand out; on the map of
the score it has a soft colour.
""",
    ),
)

PEERS = Section(
    Text("Vergelijkbare gemeenten", "Similar municipalities"),
    Text(
        """
Een gemeente wordt ook vergeleken met de 10 gemeenten die het meest op haar lijken: in inwoners, dichtheid,
soorten bedrijven, afstand tot de landgrens, tot een zeehaven en een luchthaven, en in vakantieparken. Wat er is
gesignaleerd telt daarin nooit mee, en kenmerken van bewoners ook niet. Waar niemand bedrijven levert, komen de
soorten bedrijven uit de open cijfers van het CBS, en ontbreken vakantieparken. Vergelijkbaar is niet gelijk: kies zelf
of de vergelijking hier past.
""",
        """
A municipality is also compared with the 10 municipalities most like it: in inhabitants, density, kinds of
firms, distance to the land border, to a seaport and to an airport, and in holiday parks. What was signalled
never counts in that, and neither do traits of residents. Where nobody delivers firms, the kinds of firms come
from the open figures of CBS, without holiday parks. Similar is not the same: judge for yourself whether
the comparison fits here.
""",
    ),
)

CLASSES = Section(
    Text("Kleuren en perioden op de kaart", "Colours and periods on the map"),
    Text(
        """
De grenzen van de klassen op een kaart liggen bij de {limits}% van de plaatsen, gemeten in de laatste
periode en afgerond zoals cijfers worden getoond; grenzen die dan gelijk zijn, vallen samen. Ze zijn voor alle perioden gelijk, zodat u kaarten kunt
vergelijken. Donkerder is hoger; wat eruit steekt heeft ook een dikke rand, zodat kleur nooit alleen
spreekt. Een dunne rand is een hotspot. Een zachte kleur is niet zeker: het 90%-interval sluit niet uit dat
de plaats gelijk is aan het land. Een bleke kleur is geleend van het grotere gebied eromheen.

Voor het land, de regio's en de gemeenten zijn er maanden, kwartalen en perioden van 12 maanden. Voor
wijken, buurten en zeshoeken zijn er alleen perioden van 12 maanden, elk kwartaal een: korter zou er te
weinig te tellen zijn. Een uitgave gaat hoogstens 60 maanden terug.
""",
        """
The limits of a map's classes lie at {limits}% of the places, measured in the latest period and rounded as
figures are shown; limits that are then equal fall together. They are the same for all periods, so that maps can be compared. Darker is
higher; what stands out also has a thick border, so that colour never speaks alone. A thin border is a
hot spot. A soft colour is not sure: the 90% interval does not rule out that the place is like the country.
A pale colour is lent by the larger area around it.

For the country, the regions and the municipalities there are months, quarters and periods of 12 months.
For districts, neighbourhoods and hexagons there are only periods of 12 months, one each quarter: with
less there would be too little to count. A release goes back 60 months at most.
""",
    ),
)
