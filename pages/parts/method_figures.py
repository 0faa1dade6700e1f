"""From count to figure: when it stands out, how it is made, its patterns, and its protection."""

from bilingual import Text
from pages.parts.method_section import Section

STANDS_OUT = Section(
    Text("Wat 'steekt eruit' precies betekent", "What 'stands out' means exactly"),
    Text(
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
    Text("Van aantal naar cijfer", "From count to figure"),
    Text(
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

Some events are **registered months later**. How late earlier months came in shows what part of a recent
period is there already (chain ladder, Mack 1993). If only 80% has come in, the figure uses 80% of the
denominator too: it does not fall because something is still to come, and the interval becomes wider. The
count itself stays what is registered now. Where numerator and denominator count events that come equally
late, their ratio is right already and nothing is completed.

A place that is **made up otherwise** does not compare fairly: where much is built and delivered, more firms
are founded at any time. Where the passport says that this is corrected for, beside the count stands how many
times as much is expected from the mix, and figure and interval are divided by that (indirect standardisation,
Breslow and Day 1987).
""",
    ),
)

PATTERNS = Section(
    Text("Wat buren en geschiedenis zeggen", "What neighbours and history say"),
    Text(
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

PROTECTION = Section(
    Text("Hoe kleine aantallen worden beschermd", "How small counts are protected"),
    Text(
        """
Een klein aantal kan naar een persoon of bedrijf wijzen. Daarom krijgt elk aantal een kleine afwijking
voordat er verder mee wordt gerekend.

- Een aantal van **1 tot en met {last} wordt nooit getoond**: het wordt 0, of {k} of meer. Een getoonde 0
  betekent dus **geen of weinig**. Alleen een open cijfer zegt met een 0 dat er niets was.
- Een **zeshoek** staat er als er volgens open gegevens iemand woont of een adres is, wat er ook geteld is, en
  dan in elke periode van 12 maanden. Dat hij er is of ontbreekt, zegt dus niets over wat er geteld is. Wat
  daarbuiten ligt, telt mee in de gemeente en het land.
- De afwijking van een gemeente over 12 maanden is in 99% van de gevallen **hoogstens {usual}**, omhoog of
  omlaag, en gemiddeld nul. Onder de gemeente, bij RIEC's en bij het land is zij ruimer, omdat veel cijfers
  over dezelfde gegevens samen anders te veel zeggen.
- De afwijking hangt vast aan de gegevens zelf. Dezelfde gegevens geven overal dezelfde afwijking, en die van
  12 maanden is de som van die van vier kwartalen: nog een keer vragen leert niets nieuws.
- **Cijfers staan.** Een cijfer beweegt pas in een volgende uitgave als er in dat gebied een geheim aantal
  gegevens is veranderd, minstens {k}, en krijgt dan een nieuwe afwijking. Zo verraden twee uitgaven naast
  elkaar niet welk gegeven erbij kwam. Een cijfer kan daardoor enkele gegevens achterlopen, zelden meer dan
  vier keer {k}; de marges om cijfers en de trend zijn daarom ruimer naarmate er meer achterloopt. Een cijfer krijgt hoogstens drie tot zes keer een nieuwe afwijking.
- Een **stand**, zoals het aantal vestigingen, wordt eens per jaar opgemaakt: op 31 december.
- Waar te weinig is geteld, staat geen eigen cijfer maar dat van de grotere zeshoek of de gemeente eromheen.
  Maanden en kwartalen staan er alleen waar er gewoonlijk {k} of meer zijn.
- **Bedragen** worden verschoven met hoogstens 110% van het bedrag van de grootste aangever, overal
  vrijwel hetzelfde deel voor dezelfde aangever, en afgerond op 1.000 euro. Bij minder dan {k} aangevers staat er 0.
  Zij blijven weg als alle aangevers op de twee grootste na samen onder 10% van de grootste blijven.
- **Leveringen** staan op de pagina Bronnen met een afgerond aantal regels en met maanden in plaats van dagen.
- **Een bedrijf of koper telt als een**, ook met zeven vestigingen of aankopen. Zitten er minder dan {k}
  achter een aantal, dan telt elk een keer. Zijn het er meer, dan groeit de afwijking mee met het grootste
  aandeel van een: heeft een bedrijf er acht, dan is zij acht keer zo ruim en het getoonde aantal een veelvoud
  van acht. Een 0 kan dan ook betekenen dat bijna alles van een is. Het paspoort zegt wie een indicator zo
  beschermt, en wat juist wordt gezocht.
- Openbare cijfers, zoals inwoners, oppervlakte, geregistreerde misdrijven en faillissementen, veranderen
  niet: zij staan er zoals de bron ze publiceert.

Totalen kunnen daardoor iets verschillen van de som van hun delen. Met een aanval is nagerekend wat
iemand kan afleiden die alles buiten een gemeente precies kent: voor elk beschermd aantal blijven ten minste
{k} waarden mogelijk. Wie alles weet op een gegeven na, raadt dat laatste gegeven in ruim zes van de tien
gevallen goed; zonder deze cijfers in vijf van de tien.
""",
        """
A small count may point at a person or a firm. Each count therefore gets a small deviation before
anything else is worked out from it.

- A count from **1 to {last} is never shown**: it becomes 0, or {k} or more. A 0 that is shown therefore
  means **none or few**. Only an open figure says with a 0 that there was nothing.
- A **hexagon** is there where open data say that somebody lives or has an address, whatever was counted, and
  then in every period of 12 months. That it is there or not says nothing of what was counted. What lies
  elsewhere counts in the municipality and the country.
- The deviation of a municipality over 12 months is in 99% of cases **at most {usual}**, up or down, and zero on
  average. Below the municipality, for RIECs and for the country it is wider, as many figures about the same
  records together would give away too much otherwise.
- The deviation is tied to the data themselves. The same data give the same deviation wherever they are
  shown, and that of 12 months is the sum of that of four quarters: asking again teaches nothing new.
- **Figures stand.** A figure moves in a later release only once a secret number of records has changed in its
  area, {k} at least, and then gets a fresh deviation. So two releases side by side do not show which record
  was added. A figure may therefore be some records behind, seldom more than four times {k}; the
  intervals of figures and of trends are wider the more they are behind. A figure gets a
  fresh deviation three to six times at most.
- A **stock**, such as the number of establishments, is counted once a year: on 31 December.
- Where too little was counted there is no figure of its own, but that of the larger hexagon or the
  municipality around it. Months and quarters are there only where there usually are {k} or more.
- **Amounts** are shifted by at most 110% of the largest declarant's amount, nearly the same part wherever it
  is the largest, and rounded to 1,000 euro. With fewer than {k} declarants it says 0. They are left out when
  all but the two largest add up to less than 10% of the largest.
- **Deliveries** are on the page Sources with a rounded number of rows, and with months instead of days.
- **A firm or buyer counts as one**, also with seven establishments or purchases. Where fewer than {k} are
  behind a count, each counts once. Where there are more, the deviation grows with the largest part of one: if
  a firm has eight, it is eight times as wide and the count that is shown a multiple of eight. A 0 may then
  also mean that nearly all is one's. The passport says whom an indicator protects in this way, and what it
  looks for instead.
- Public figures, such as inhabitants, surface, registered offences and bankruptcies, do not change: they
  stand as their source publishes them.

Totals may therefore differ slightly from the sum of their parts. For each release it can be worked out what
somebody can derive who knows all outside a municipality exactly: at least {k} values remain possible for
every protected count. Who knows everything but one record guesses that last one rightly in a little over
six of ten cases; without these figures in five of ten.
""",
    ),
)
