"""The prose of the method page that does not hang on a release: what the picture is, and is not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading and its text (Markdown), each in Dutch and English."""

    head: tuple[str, str]
    text: tuple[str, str]


STANDS_OUT = Section(
    (
        "Wat 'steekt eruit' precies betekent",
        "What 'stands out' means exactly",
    ),
    (
        """
Een plaats steekt eruit als over 12 maanden deze twee dingen allebei waar zijn:

1. Het cijfer hoort bij de **hoogste 3%** van de plaatsen van die soort. Bij weinig plaatsen, zoals de
   tien regio's, is dat alleen de hoogste.
2. Het hele **90%-interval ligt boven het landelijke cijfer**. De kans dat het ware cijfer daar toch
   onder ligt, is dan kleiner dan 5%.

'Sinds' noemt de eerste periode van een rij zonder onderbreking waarin dat zo was.

De kleur van de kaart telt hierbij niet mee. Er is altijd een hoogste 3%, ook in een land waar niets aan de hand is. Een plaats die eruit steekt is
dus een vraag: wat is hier anders? Het antwoord kan heel gewoon zijn. Daarom staan bij elke indicator
onschuldige verklaringen.
""",
        """
A place stands out when both of these hold over 12 months:

1. Its figure is among the **highest 3%** of the places of that kind. Where there are few places, such
   as the ten regions, that is the highest one only.
2. Its whole **90% interval lies above the country's figure**. The chance that the true figure is
   below it is then smaller than 5%.

'Since' names the first period of an unbroken run in which this held.

The colour of the map plays no part in this. There is always a highest 3%, also in a country where nothing is wrong. A place that stands out is
therefore a question: what is different here? The answer may be quite ordinary. That is why each
indicator comes with innocent explanations.
""",
    ),
)

RATES = Section(
    ("Van aantal naar cijfer", "From count to figure"),
    (
        """
Een cijfer is de teller gedeeld door de noemer: bijvoorbeeld aankopen zonder hypotheek per 100 aankopen.
Waar weinig is geteld, springt zo'n cijfer alle kanten op. Daarom schuift het een stukje naar het
gemiddelde van alle plaatsen van die soort: veel bij weinig gegevens, bijna niets bij veel gegevens
(empirisch Bayes, Marshall 1991). Het gemiddelde weegt daarbij even zwaar als 1 tot 8 gevallen.

Het **90%-interval** zegt hoe zeker het cijfer is: hoe breder, hoe onzekerder. Er wordt alleen gerekend
met beschermde aantallen, nooit met de echte. Cijfer en interval wegen daarom alle aantallen die achter het
getoonde aantal schuil kunnen gaan: een 5 waar zelden iets gebeurt, telt als de 1 die het waarschijnlijk is.

Sommige gebeurtenissen worden pas **maanden later geregistreerd**. Hoe laat eerdere maanden binnenkwamen, zegt
welk deel van een recente periode er al is (chain ladder, Mack 1993). Is nog maar 80% binnen, dan rekent het
cijfer ook met 80% van de noemer: het zakt niet omdat er nog iets moet komen, en het interval wordt breder. Het
aantal zelf blijft wat er nu geregistreerd is. Tellen teller en noemer gebeurtenissen die even laat komen, dan
klopt hun verhouding al en wordt er niets aangevuld.

Is een plaats **anders samengesteld**, dan vergelijkt haar cijfer niet eerlijk: waar veel gebouwd en bezorgd
wordt, worden altijd meer bedrijven opgericht. Waar het paspoort zegt dat daarvoor gecorrigeerd is, staat naast
het aantal hoeveel keer zoveel er door de mix te verwachten is, en zijn cijfer en interval daardoor gedeeld
(indirecte standaardisatie, Breslow en Day 1987).
""",
        """
A figure is the numerator divided by the denominator: for example purchases without a mortgage per 100
purchases. Where little was counted such a figure jumps about. It is therefore moved somewhat towards
the mean of all places of that kind: much where there are few data, almost not where there are many
(empirical Bayes, Marshall 1991). The mean weighs as much as 1 to 8 cases.

The **90% interval** says how sure the figure is: the wider, the less sure. Only protected counts are
used, never the real ones. Figure and interval therefore weigh every count that may lie behind the one
shown: a 5 where little ever happens counts as the 1 that it probably is.

Some events are **registered months later**. How late earlier months came in tells what part of a recent
period is there already (chain ladder, Mack 1993). If only 80% has come in, the figure uses 80% of the
denominator too: it does not fall because something is still to come, and the interval becomes wider. The
count itself stays what is registered now. Where numerator and denominator count events that come equally
late, their ratio is right already and nothing is completed.

A place that is **made up otherwise** does not compare fairly: where much is built and delivered, more firms
are founded at any time. Where the passport says that this is corrected for, beside the count stands how many
times as much the mix lets expect, and figure and interval are divided by that (indirect standardisation,
Breslow and Day 1987).
""",
    ),
)

PATTERNS = Section(
    ("Wat buren en geschiedenis zeggen", "What neighbours and history say"),
    (
        """
Een plaats staat niet alleen. Deze toetsen kijken naar haar buren en naar haar verleden, ook hier alleen met
beschermde cijfers:

- **Hotspot** (dunne rand): is een plaats samen met haar buren hoger dan toeval verklaart? (Gi*; Ord en Getis
  1995). Een coldspot is samen lager.
- **Hoog tussen hoge buren**, of juist tussen lage: lijkt een plaats op haar buren, of is zij de uitzondering?
  (lokale Moran; Anselin 1995).
- **Groepen plaatsen die samen opvallen**: welke cirkel van buurgemeenten, tot 5% van het land en in de
  laatste een, twee of drie jaar, is het vreemdst? En welke cirkel, tot 1%, van buurten, wijken of zeshoeken van
  4,4 km²: de eerste van die drie waar genoeg wordt geteld. Een groep telt als hoogstens 5% van 999 (kleiner: 199)
  landen iets zo vreemds heeft, waarin plaatsen van gelijke grootte met hun hele verleden van plek wisselen
  (scan; Kulldorff 1997 en 2001). Het wisselen stopt zodra tien landen even vreemd zijn (Besag en Clifford 1991).
- **Stijgt of daalt**: gaat het door de jaren vaker omhoog dan omlaag (Mann 1945, Kendall 1975), en hoeveel per
  jaar (Theil 1950, Sen 1968)? Perioden van 12 maanden overlappen; daarom is de toets strenger (Hamed en Rao
  1998).
- **Nieuwe, blijvende of vroegere hotspot**: hoe vaak, hoe recent en hoe gestaag was een plaats een hotspot?
  Volgens de definities van Esri.
- **De laatste maand**: ligt die boven wat dezelfde maanden van eerdere jaren deden verwachten? (Farrington
  1996, Noufaily 2013). Alleen voor gemeenten.

Wie veel plaatsen toetst, vindt er altijd een paar bij toeval. Van wat een hotspot heet, is naar verwachting
hoogstens 5% vals (Benjamini en Hochberg 1995). Ook een echte hotspot kan een gewone reden hebben: kijk naar de
onschuldige verklaringen.
""",
        """
A place does not stand alone. These tests look at its neighbours and at its past, here too with protected
figures only:

- **Hot spot** (thin border): is a place together with its neighbours higher than chance explains? (Gi*; Ord
  and Getis 1995). A cold spot is lower together.
- **High among high neighbours**, or among low ones: is a place like its neighbours, or is it the exception?
  (local Moran; Anselin 1995).
- **Groups of places that together stand out**: which circle of neighbouring municipalities, up to 5% of the
  country and in the last one, two or three years, is the oddest? And which circle, up to 1%, of neighbourhoods,
  districts or hexagons of 4.4 km²: the first of those where enough is counted. A group counts when at most 5% of 999
  (smaller: 199) countries hold anything so odd, in which places of the same size change places with their whole past
  (scan; Kulldorff 1997 and 2001). Changing ends once ten countries are as odd (Besag and Clifford 1991).
- **Rises or falls**: does it go up more often than down over the years (Mann 1945, Kendall 1975), and by how
  much a year (Theil 1950, Sen 1968)? Periods of 12 months overlap; the test is stricter for it (Hamed and Rao
  1998).
- **New, persistent or historical hot spot**: how often, how lately and how steadily was a place a hot spot?
  By the definitions of Esri.
- **The last month**: does it lie above what the same months of earlier years led to expect? (Farrington 1996,
  Noufaily 2013). For municipalities only.

Who tests many places always finds a few by chance. Of what is called a hot spot at most 5% is expected to be
false (Benjamini and Hochberg 1995). A true hot spot may have an ordinary reason too: look at the innocent
explanations.
""",
    ),
)

PEERS = Section(
    ("Vergelijkbare gemeenten", "Similar municipalities"),
    (
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

PROTECTION = Section(
    ("Hoe kleine aantallen worden beschermd", "How small counts are protected"),
    (
        """
Een klein aantal kan naar een persoon of bedrijf wijzen. Daarom krijgt elk aantal een kleine afwijking
voordat er verder mee wordt gerekend.

- Een aantal van **1 tot en met {last} wordt nooit getoond**: het wordt 0, of {k} of meer. Een getoonde 0
  betekent dus: 0 tot en met {last}, en een enkele keer iets meer. Een echte nul blijft nul.
- Van {k} af is de afwijking klein: in 99% van de gevallen **hoogstens {usual}**, omhoog of omlaag, en
  gemiddeld nul. Bij RIEC's en het land is zij ruimer, omdat drie totalen samen anders te veel zeggen.
- De afwijking hangt vast aan de gegevens zelf. Dezelfde gegevens geven overal dezelfde afwijking, dus
  nog een keer vragen leert niets nieuws.
- Waar te weinig is geteld, staat geen eigen cijfer maar dat van de grotere zeshoek of de gemeente eromheen.
  Maanden en kwartalen staan er alleen waar er gewoonlijk {k} of meer zijn.
- **Bedragen** worden verschoven met 30 tot 70% van het bedrag van de grootste aangever (het dubbele bij een
  RIEC, het drievoudige bij het land) en afgerond op 1.000 euro. Zij blijven weg bij minder dan {k} aangevers,
  of als alle aangevers op de twee grootste na samen onder 10% van de grootste blijven.
- Openbare cijfers, zoals inwoners, oppervlakte, geregistreerde misdrijven en faillissementen, veranderen
  niet: zij staan er zoals de bron ze publiceert.

Totalen kunnen daardoor iets verschillen van de som van hun delen. Met een aanval is nagerekend wat
iemand kan afleiden die alles buiten een gemeente precies kent: voor elk beschermd aantal blijven ten minste
{k} waarden mogelijk.
""",
        """
A small count may point at a person or a firm. Each count therefore gets a small deviation before
anything else is worked out from it.

- A count from **1 to {last} is never shown**: it becomes 0, or {k} or more. A 0 that is shown therefore
  means 0 to {last}, and now and then a little more. A real zero stays zero.
- From {k} on the deviation is small: in 99% of cases **at most {usual}**, up or down, and zero on
  average. For RIECs and the country it is wider, as three totals together would tell too much otherwise.
- The deviation is tied to the data themselves. The same data give the same deviation wherever they are
  shown, so asking again teaches nothing new.
- Where too little was counted there is no figure of its own, but that of the larger hexagon or the
  municipality around it. Months and quarters are there only where there usually are {k} or more.
- **Amounts** are shifted by 30 to 70% of the largest declarant's amount (twice that for a RIEC, three times
  for the country) and rounded to 1,000 euro. They are left out with fewer than {k} declarants, or when all
  but the two largest add up to less than 10% of the largest.
- Public figures, such as inhabitants, surface, registered offences and bankruptcies, do not change: they
  stand as their source publishes them.

Totals may therefore differ slightly from the sum of their parts. For each release it can be worked out what
somebody can derive who knows all outside a municipality exactly: at least {k} values remain possible for
every protected count.
""",
    ),
)

SCORE = Section(
    ("Hoe de score ontstaat", "How the score is made"),
    (
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
    ("Hoe vast een plek in de score is", "How firm a rank in the score is"),
    (
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

CLASSES = Section(
    ("Kleuren en perioden op de kaart", "Colours and periods on the map"),
    (
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

CANNOT_SAY = Section(
    ("Wat dit beeld niet kan zeggen", "What this picture cannot say"),
    (
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
    ("Wat niet wordt gebruikt", "What is not used"),
    (
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
    ("Zoeken waar al gezocht wordt", "Searching where is searched already"),
    (
        """
Wie vaker controleert, vindt meer. Stuurt deze kaart controles, dan kan zij zichzelf gelijk geven. Daarom
staat bij elke melding en controle hoe zij is ontdekt: eigen initiatief, tip, steekproef, of een controle
die door deze kaart is gekozen. In 'Bronnen die elkaar bevestigen' tellen die laatste niet mee. Registers
zoals het Handelsregister en het Kadaster hebben dit probleem niet: daarin staat iedereen.
""",
        """
Who checks more, finds more. If this map steers checks, it may prove itself right. Each report and each
check therefore says how it came about: own initiative, a tip, a random check, or a check chosen because
of this map. In 'Independent sources that agree' the last kind does not count. Registers such as the trade
register and the land registry do not have this problem: everybody is in them.
""",
    ),
)

PRIVACY = Section(
    ("Privacy en toegang", "Privacy and access"),
    (
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
    ("Bekende grenzen", "Known limits"),
    (
        """
- De meegeleverde gemeentegrenzen liggen meestal binnen 60 meter van de officiële grens en bijna overal
  binnen 250 meter. Op de kaart zijn ze nog eens 150 tot 300 meter vereenvoudigd. Een adres vlak bij een
  grens kan dus in de verkeerde gemeente vallen.
- Oudenhoorn telt bij Nissewaard in plaats van Voorne aan Zee; de Belgische enclaves tellen bij
  Baarle-Nassau.
- Een zeshoek hoort bij de gemeente waar zijn midden ligt, en heet naar de dichtstbijzijnde plaats.
- Wie een plaats door veel perioden van een bestand dat nauwelijks verandert volgt, ziet meer dan één
  afwijking, en leert daarvan iets meer dan van één cijfer.
""",
        """
- The municipal borders that come with this lie mostly within 60 metres of the official border and almost
  everywhere within 250 metres. On the map they are simplified by another 150 to 300 metres. An address
  close to a border may therefore fall in the wrong municipality.
- Oudenhoorn is counted in Nissewaard in place of Voorne aan Zee; the Belgian enclaves are counted in
  Baarle-Nassau.
- A hexagon belongs to the municipality that holds its middle, and is named after the nearest place.
- Who follows one place through many periods of a register that hardly changes sees more than one
  deviation, and learns somewhat more from them than from one figure.
""",
    ),
)
