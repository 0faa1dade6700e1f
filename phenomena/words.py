"""The fixed words of phenomena: stages, services, holders of barriers and their instruments."""

from collections.abc import Mapping

from bilingual import Text
from phenomena.contract import Stage
from records.partners import PARTNERS

STAGES: Mapping[Stage, Text] = {
    "front": Text("legale voorkant", "legal front"),
    "location": Text("locatie", "location"),
    "staff": Text("mensen", "staff"),
    "transport": Text("vervoer", "transport"),
    "communication": Text("communicatie", "communication"),
    "money": Text("geld", "money"),
}
"""In the order in which the business runs."""

SERVICES: Mapping[str, Text] = {
    "accountant": Text("boekhouder of accountant", "bookkeeper or accountant"),
    "adviser": Text("juridisch of fiscaal adviseur", "legal or tax adviser"),
    "bank": Text("bank", "bank"),
    "car_rental": Text("autoverhuur", "car rental"),
    "chemicals": Text("handel in chemicaliën en apparatuur", "trade in chemicals and equipment"),
    "company_registration": Text("inschrijving van bedrijven", "company registration"),
    "crypto_service": Text("cryptodienst", "crypto service"),
    "customs_agent": Text("douane-expediteur", "customs agent"),
    "domicile": Text("domicilieverlener", "domicile provider"),
    "employer": Text("werkgever in een kwetsbare keten", "employer in a vulnerable chain"),
    "estate_agent": Text("makelaar", "estate agent"),
    "exchange_office": Text("wissel- of geldtransactiekantoor", "exchange or transfer office"),
    "forwarder": Text("expediteur", "forwarder"),
    "gold_trader": Text("goudhandel, juwelier of smelter", "gold trader, jeweller or refiner"),
    "haulier": Text("wegvervoerder", "haulier"),
    "landlord": Text("verhuurder van woningen of bedrijfsruimte", "landlord"),
    "lender": Text("kredietverstrekker", "lender"),
    "messaging": Text("berichtendienst", "messaging service"),
    "notary": Text("notaris", "notary"),
    "parcel_service": Text("pakketdienst", "parcel service"),
    "passenger_flight": Text("luchtvaart", "aviation"),
    "payment_service": Text("betaaldienst", "payment service"),
    "shipping_line": Text("rederij", "shipping line"),
    "social_media": Text("sociale media", "social media"),
    "storage": Text("opslag en loodsen", "storage and sheds"),
    "terminal": Text("terminal", "terminal"),
    "trust_office": Text("trustkantoor", "trust office"),
    "wholesaler": Text("groothandel", "wholesaler"),
}
"""Legitimate services that are misused."""

_PARTNERS = (
    *("belastingdienst", "douane", "fiod", "fiu", "gemeente", "kadaster"),
    *("kmar", "kvk", "om", "politie", "riec"),
)

HOLDERS: Mapping[str, Text] = {
    **{code: PARTNERS[code].name for code in _PARTNERS},
    "airport": Text("luchthaven", "airport"),
    "bank": Text("bank", "bank"),
    "bft": Text("Bureau Financieel Toezicht", "Financial Supervision Office (BFT)"),
    "bureau_toezicht_wwft": Text("Bureau Toezicht Wwft", "Wwft Supervision Office"),
    "dnb": Text("De Nederlandsche Bank", "De Nederlandsche Bank"),
    "employer": Text("werkgever", "employer"),
    "forwarder": Text("expediteur of vervoerder", "forwarder or haulier"),
    "housing_association": Text("woningcorporatie", "housing association"),
    "landlord": Text("verhuurder", "landlord"),
    "niwo": Text("NIWO", "NIWO"),
    "notaris": Text("notaris", "notary"),
    "platform": Text("online platform", "online platform"),
    "port": Text("haven en terminals", "port and terminals"),
    "provincie": Text("provincie", "province"),
    "service_provider": Text("dienstverlener", "service provider"),
    "trader": Text("handelaar", "trader"),
}
"""Who can raise a barrier; partners under the codes with which they deliver."""

INSTRUMENTS: Mapping[str, Text] = {
    "access": Text("toegang tot terreinen en systemen", "access to sites and systems"),
    "aftercare": Text("nazorg en hulp", "aftercare and help"),
    "bibob": Text("Wet Bibob", "Bibob Act"),
    "cash_declaration": Text("aangifte van contant geld en goud", "declaration of cash and gold"),
    "cash_limit": Text("verbod op grote contante betalingen", "ban on large cash payments"),
    "clean_up": Text("opruimregeling", "clean-up scheme"),
    "closure": Text("sluiting (174a Gemeentewet)", "closure (174a Municipalities Act)"),
    "container_release": Text("vrijgave van containers", "release of containers"),
    "customs_check": Text("douanecontrole", "customs check"),
    "damocles": Text("Damocles (13b Opiumwet)", "Damocles (13b Opium Act)"),
    "director_ban": Text("bestuursverbod", "ban on directors"),
    "haulage_licence": Text("vergunning wegvervoer", "haulage licence"),
    "information": Text("voorlichting", "information"),
    "integrity_policy": Text("integriteitsbeleid", "integrity policy"),
    "joint_check": Text("gezamenlijke controle", "joint check"),
    "land_register": Text("kadaster", "land register"),
    "lease": Text("huurovereenkomst", "lease"),
    "licence_dnb": Text("vergunning en toezicht van DNB", "licence and supervision of DNB"),
    "notice_and_action": Text("melden en verwijderen van berichten", "notice and action"),
    "permit": Text("vergunning", "permit"),
    "precursors": Text("toezicht op grondstoffen", "supervision of precursors"),
    "prosecution": Text("opsporing en vervolging", "investigation and prosecution"),
    "purchase_register": Text("opkopersregister", "register of purchases"),
    "reporting_point": Text("meldpunt", "reporting point"),
    "screening": Text("screening", "screening"),
    "seizure": Text("afpakken", "confiscation"),
    "tax": Text("belasting", "tax"),
    "trade_register": Text("Handelsregister", "trade register"),
    "wwft_bank": Text("Wwft-plicht van de bank", "bank's duties (Wwft)"),
    "wwft_notary": Text("Wwft-plicht van de notaris", "notary's duties (Wwft)"),
    "wwft_services": Text("Wwft-plicht van dienstverleners", "service providers' duties (Wwft)"),
    "wwft_supervision": Text("toezicht op de Wwft", "supervision of the Wwft"),
    "zoning": Text("omgevingsplan", "zoning plan"),
}
"""With which instrument; Wwft is the Dutch act against money laundering."""
