"""Misuse of persons: money mules and straw owners, seen from facts in records only.

No record says who is vulnerable, and nothing here looks for it (P1): what counts is what happens with
firms, addresses and accounts. The person whose name is used is often a victim.
"""

from bilingual import Text
from phenomena.barriers import (
    BANK_KNOWS_CLIENT,
    PLATFORM_REMOVES,
    REGISTER_REFUSES,
    SCHOOLS_INFORMED,
)
from phenomena.contract import Barrier, Phenomenon, Source, Step
from phenomena.sources import CONCEALED_OWNERS, RISK_ASSESSMENT, SOCTA

PHENOMENON = Phenomenon(
    code="misused_persons",
    name=Text("Misbruik van personen", "Misuse of persons"),
    meaning=Text(
        "Iemand leent zijn naam of rekening uit: als geldezel, stroman of eigenaar op papier. Vaak is die persoon zelf slachtoffer en blijft die met de schuld zitten.",
        "Somebody lends a name or an account: as money mule, straw owner or owner on paper. Often that person is a victim and is left with the debt.",
    ),
    focus_areas=("financial_services",),
    steps=(
        Step(
            name=Text("Eigenaar op papier", "Owner on paper"),
            meaning=Text(
                "Een bedrijf staat op naam van iemand die er niet over beslist.",
                "A firm is in the name of somebody who does not decide about it.",
            ),
            stage="front",
            indicators=("BD03", "BD04"),
            misused=("company_registration", "notary"),
            barriers=(
                REGISTER_REFUSES,
                Barrier(
                    Text(
                        "Spreek de oprichter zonder anderen erbij, en weiger wie niet weet wat er getekend wordt.",
                        "Speak with the founder alone, and refuse when the founder does not know what is signed.",
                    ),
                    "notaris",
                    "wwft_notary",
                ),
            ),
        ),
        Step(
            name=Text("Een adres van een ander", "Another's address"),
            meaning=Text(
                "Bedrijven, voertuigen of abonnementen staan op een adres waar de eigenaar niet woont.",
                "Firms, vehicles or subscriptions are at an address where the owner does not live.",
            ),
            stage="location",
            indicators=(),
            misused=("landlord", "domicile"),
            barriers=(
                Barrier(
                    Text(
                        "Ga bij twijfel over een inschrijving langs op het adres en bied meteen hulp aan.",
                        "In doubt about a registration visit the address, and offer help at once.",
                    ),
                    "gemeente",
                    "aftercare",
                ),
            ),
        ),
        Step(
            name=Text("Werven en vasthouden", "Recruiting and holding"),
            meaning=Text(
                "Iemand wordt verleid met snel geld of klem gezet met een schuld. Stoppen is dan moeilijk.",
                "Somebody is tempted with quick money or cornered with a debt. Stopping is hard then.",
            ),
            stage="staff",
            indicators=(),
            misused=("social_media",),
            barriers=(
                SCHOOLS_INFORMED,
                Barrier(
                    Text(
                        "Behandel wie gedwongen werd als slachtoffer, en zoek wie dwong.",
                        "Treat a person who was forced as a victim, and look for the one who did the forcing.",
                    ),
                    "politie",
                    "aftercare",
                ),
            ),
        ),
        Step(
            name=Text("Berichten met een aanbod", "Messages with an offer"),
            meaning=Text(
                "Aanbiedingen voor snel geld verschijnen op sociale media en in groepsgesprekken.",
                "Offers of quick money appear on social media and in group chats.",
            ),
            stage="communication",
            indicators=(),
            misused=("social_media", "messaging"),
            barriers=(PLATFORM_REMOVES,),
        ),
        Step(
            name=Text("De geleende rekening", "The lent account"),
            meaning=Text(
                "Geld van slachtoffers van oplichting komt op de rekening en wordt meteen opgenomen of doorgestuurd.",
                "Money of victims of fraud comes into the account and is at once withdrawn or sent on.",
            ),
            stage="money",
            indicators=("FI01",),
            misused=("bank", "payment_service", "crypto_service"),
            barriers=(
                BANK_KNOWS_CLIENT,
                Barrier(
                    Text(
                        "Houd een ongewoon snelle doorboeking tegen en waarschuw de rekeninghouder.",
                        "Hold a transfer that goes on unusually fast, and warn the holder of the account.",
                    ),
                    "bank",
                    "information",
                ),
            ),
        ),
        Step(
            name=Text("De schuld blijft", "The debt remains"),
            meaning=Text(
                "Het bedrijf valt om. Belasting, boetes en rekeningen komen bij de eigenaar op papier.",
                "The firm collapses. Tax, fines and bills come to the owner on paper.",
            ),
            stage="money",
            indicators=("BD06",),
            misused=("company_registration",),
            barriers=(
                Barrier(
                    Text(
                        "Zoek bij belastingschuld wie het bedrijf werkelijk leidde, en stel die aansprakelijk.",
                        "With a tax debt find who really led the firm, and hold that person liable.",
                    ),
                    "belastingdienst",
                    "tax",
                ),
            ),
        ),
    ),
    earning_model=Text(
        "De opdrachtgever blijft buiten beeld voor weinig geld. De pakkans en de schuld zijn voor de ander.",
        "The principal stays out of sight for little money. The risk and the debt are for the other person.",
    ),
    constructions=Text(
        "Reeksen van rekeningen en bedrijven op telkens andere namen, elk kort in gebruik.",
        "Series of accounts and firms in ever other names, each in use for a short time.",
    ),
    communicating=Text(
        "Sociale media, groepsgesprekken en bekenden in de buurt of op school.",
        "Social media, group chats, and acquaintances in the neighbourhood or at school.",
    ),
    transport=Text(
        "Geld gaat giraal verder, wordt opgenomen bij automaten of omgezet in goederen en crypto.",
        "Money goes on through accounts, is withdrawn at machines, or becomes goods and crypto.",
    ),
    sources=(
        Source(
            "Wat is een money mule of geldezel?",
            "Politie",
            None,
            "https://www.politie.nl/informatie/wat-is-een-money-mule.html",
        ),
        CONCEALED_OWNERS,
        RISK_ASSESSMENT,
        SOCTA,
        Source(
            "Stijging aantal 'money mules' politie start campagne",
            "Politie",
            2021,
            "https://www.politie.nl/nieuws/2021/september/20/stijging-aantal-money-mules-politie-start-campagne.html",
        ),
    ),
)
