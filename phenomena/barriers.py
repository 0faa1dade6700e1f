"""Barriers that several phenomena share. What only one has stands in its own file."""

from bilingual import Text
from phenomena.contract import Barrier

BANK_KNOWS_CLIENT = Barrier(
    Text(
        "Ken de klant, let op betalingen die niet bij die klant passen en meld ze bij de FIU.",
        "Know the client, look out for payments that do not fit and report them to the FIU.",
    ),
    "bank",
    "wwft_bank",
)
CASH_LIMIT = Barrier(
    Text(
        "Controleer dat handelaren in goederen geen contante betaling van 3.000 euro of meer aannemen.",
        "Check that traders in goods take no cash payment of 3,000 euros or more.",
    ),
    "bureau_toezicht_wwft",
    "cash_limit",
)
CASH_DECLARED = Barrier(
    Text(
        "Controleer of reizigers en zendingen 10.000 euro of meer aan contant geld, gouden munten of baren aangeven bij de grens van de EU.",
        "Check that travellers and shipments declare 10,000 euros or more in cash, gold coins or bars at the border of the EU.",
    ),
    "douane",
    "cash_declaration",
)
CUSTOMS_RISK = Barrier(
    Text(
        "Kies zendingen voor controle op prijs, goed, route en het verleden van het bedrijf.",
        "Choose shipments for a check by price, goods, route and the history of the firm.",
    ),
    "douane",
    "customs_check",
)
JOINT_CHECK = Barrier(
    Text(
        "Controleer samen: gemeente, Belastingdienst en politie kijken op één moment naar hetzelfde pand.",
        "Check together: municipality, tax administration and police look at the same premises at once.",
    ),
    "riec",
    "joint_check",
)
REGISTER_REFUSES = Barrier(
    Text(
        "Weiger een inschrijving waarvan niet blijkt dat zij klopt, en onderzoek adressen waar niemand werkt.",
        "Refuse a registration that is not shown to be right, and look into addresses where nobody works.",
    ),
    "kvk",
    "trade_register",
)
NOTARY_ASKS = Barrier(
    Text(
        "Vraag wie de koper of oprichter echt is en waar het geld vandaan komt; weiger of meld bij twijfel.",
        "Ask who the buyer or founder really is and where the money comes from; in doubt refuse or report.",
    ),
    "notaris",
    "wwft_notary",
)
TAX_LOOKS = Barrier(
    Text(
        "Vergelijk omzet, inkoop, lonen en uitgaven met wat in deze branche gewoon is.",
        "Compare turnover, purchases, wages and spending with what is usual in this branch.",
    ),
    "belastingdienst",
    "tax",
)
LANDLORD_ASKS = Barrier(
    Text(
        "Vraag een identiteitsbewijs, laat per bank betalen, leg bezoekrecht vast en kom langs.",
        "Ask for proof of identity, have rent paid by bank, put a right to visit in the lease, and visit.",
    ),
    "landlord",
    "lease",
)
DAMOCLES = Barrier(
    Text(
        "Sluit een pand waar handel in drugs of de voorbereiding van productie is gevonden.",
        "Close premises where trade in drugs or preparation of production was found.",
    ),
    "gemeente",
    "damocles",
)
PORT_ACCESS = Barrier(
    Text(
        "Geef toegang op naam, alleen zolang het werk dat vraagt, en kijk terug wie wanneer binnen was.",
        "Grant access by name, only as long as the work asks for it, and review who was in when.",
    ),
    "port",
    "access",
)
CONTAINER_RELEASE = Barrier(
    Text(
        "Geef het recht om een container op te halen alleen door aan bekende, aangewezen partijen (Vertrouwensketen).",
        "Pass on the right to collect a container only to known, named parties (Secure Chain).",
    ),
    "port",
    "container_release",
)
EMPLOYER_SCREENS = Barrier(
    Text(
        "Vraag een VOG (verklaring omtrent het gedrag) voor kwetsbare functies en herhaal het gesprek over druk van buiten.",
        "Ask for a certificate of conduct (VOG) in vulnerable jobs and keep talking about pressure from outside.",
    ),
    "employer",
    "screening",
)
SAFE_TO_REPORT = Barrier(
    Text(
        "Zorg dat medewerkers een benadering veilig en ook anoniem kunnen melden.",
        "Let staff report an approach safely, anonymously if they wish.",
    ),
    "employer",
    "reporting_point",
)
PLATFORM_REMOVES = Barrier(
    Text(
        "Verwijder berichten waarin mensen voor strafbare klussen worden gezocht, en bewaar ze op vordering.",
        "Remove messages that seek people for illegal jobs, and keep them where an order asks for it.",
    ),
    "platform",
    "notice_and_action",
)
SCHOOLS_INFORMED = Barrier(
    Text(
        "Vertel op scholen, in buurten en online wat er gebeurt met mensen die hun naam, rekening of handen uitlenen.",
        "Say at schools, in neighbourhoods and online what happens to people who lend their name, account or hands.",
    ),
    "gemeente",
    "information",
)
CONFISCATION = Barrier(
    Text(
        "Volg het geld vanaf het begin van een onderzoek en pak af wat uit misdrijven komt.",
        "Follow the money from the start of an investigation and confiscate what comes from crime.",
    ),
    "om",
    "seizure",
)
