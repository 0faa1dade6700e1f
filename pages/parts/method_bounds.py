"""Where the picture ends: what it cannot say, does not use, keeps private, and gets wrong."""

from bilingual import Text
from pages.parts.method_section import Section

CANNOT_SAY = Section(
    Text("Wat dit beeld niet kan zeggen", "What this picture cannot say"),
    Text(
        """
- Het zegt niets over een persoon, een bedrijf of een adres.
- Het zegt niet dat ergens misdaad is. Het zegt dat een getal hoger is dan elders.
- Het zegt niet waardoor dat komt.
- Het ziet alleen wat partners registreren. Waar niemand kijkt, blijft het stil.
- De laatste maanden zijn vaak nog niet compleet: sommige meldingen komen pas later binnen.
- Indicatoren zijn onderling niet te vergelijken: elk heeft een eigen teller en noemer.
- Er volgt geen besluit uit. Een mens weegt elk signaal en mag het ermee oneens zijn.
""",
        """
- It says nothing about a person, a firm or an address.
- It does not say that there is crime somewhere. It says that a number is higher than elsewhere.
- It does not say why.
- It sees only what partners register. Where nobody looks, it stays quiet.
- The latest months are often incomplete: some reports come in later.
- Indicators cannot be compared with one another: each has its own numerator and denominator.
- No decision follows from it. A person weighs each signal and may disagree.
""",
    ),
)

NOT_USED = Section(
    Text("Wat niet wordt gebruikt", "What is not used"),
    Text(
        """
Geen enkele indicator leest nationaliteit, herkomst, geloof, gezondheid, soort huishouden, uitkering,
inkomen, vermogen, leeftijd of geslacht, en ook geen vervanger daarvan. Dat wordt bij het laden van elke
indicator nagekeken: leest er een toch zoiets, dan stopt de bouw. Een land betekent altijd: het land waar
een rechtspersoon staat ingeschreven.
""",
        """
No indicator reads nationality, origin, religion, health, kind of household, benefit, income, wealth, age
or sex, nor any stand-in for them. This is checked when each indicator is loaded: if one reads such a
thing after all, the build stops. A country always means: the country where a legal entity is registered.
""",
    ),
)

LOOPS = Section(
    Text("Zoeken waar al gezocht wordt", "Searching where is searched already"),
    Text(
        """
Wie vaker controleert, vindt meer. Stuurt deze kaart controles, dan kan zij zichzelf gelijk geven. Daarom
staat bij elke melding en controle hoe zij is ontdekt: eigen initiatief, tip, steekproef, of een controle
die door deze kaart is gekozen. In 'Bronnen die elkaar bevestigen' en 'Aanslagen met explosieven' tellen die laatste niet mee. Registers
zoals het Handelsregister en het Kadaster hebben dit probleem niet: daarin staat iedereen.
""",
        """
Who checks more, finds more. If this map steers checks, it may prove itself right. Each report and each
check therefore says how it came about: own initiative, a tip, a random check, or a check chosen because
of this map. In 'Independent sources that agree' and 'Attacks with explosives' the last kind does not count. Registers such as the trade
register and the land registry do not have this problem: everybody is in them.
""",
    ),
)

PRIVACY = Section(
    Text("Privacy en toegang", "Privacy and access"),
    Text(
        """
- Nummers van personen, bedrijven, woningen en dossiers worden bij binnenkomst vervangen door een code
  met een geheime sleutel. Het echte nummer wordt niet bewaard.
- Deze pagina's lezen alleen de uitgave met beschermde cijfers. De gegevens zelf kunnen zij niet openen.
- Iedereen vergelijkt gemeenten en regio's. Fijner kijkt NSOC tot zeshoeken van het middelste formaat; een
  RIEC en een gemeente kijken tot de kleinste zeshoeken, maar alleen in het eigen gebied.
- Niets verlaat de machine waarop dit draait.
""",
        """
- Numbers of persons, firms, homes and files are replaced by a code with a secret key when they come in.
  The real number is not kept.
- These pages read only the release with protected figures. They cannot open the data themselves.
- Everybody compares municipalities and regions. Below that NSOC looks down to the middle hexagons; a RIEC
  and a municipality look down to the smallest hexagons, but only in their own area.
- Nothing leaves the machine that this runs on.
""",
    ),
)

LIMITS = Section(
    Text("Bekende grenzen", "Known limits"),
    Text(
        """
- De meegeleverde gemeentegrenzen liggen meestal binnen 60 meter van de officiële grens en bijna overal
  binnen 250 meter. Op de kaart zijn ze nog eens 150 tot 300 meter vereenvoudigd. Een adres vlak bij een
  grens kan dus in de verkeerde gemeente vallen.
- Oudenhoorn telt bij Nissewaard in plaats van Voorne aan Zee; de Belgische enclaves tellen bij
  Baarle-Nassau.
- Een zeshoek hoort bij de gemeente waar zijn midden ligt, en heet naar de dichtstbijzijnde plaats.
- Een cijfer kan enkele gegevens achterlopen op wat is geleverd: het beweegt pas als er genoeg is veranderd.
""",
        """
- The municipal borders that come with this lie mostly within 60 metres of the official border and almost
  everywhere within 250 metres. On the map they are simplified by another 150 to 300 metres. An address
  close to a border may therefore fall in the wrong municipality.
- Oudenhoorn is counted in Nissewaard in place of Voorne aan Zee; the Belgian enclaves are counted in
  Baarle-Nassau.
- A hexagon belongs to the municipality that holds its middle, and is named after the nearest place.
- A figure may be some records behind what was delivered: it moves only once enough has changed.
""",
    ),
)
