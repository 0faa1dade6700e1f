"""Municipalities where goods come in and go out, with their rough share of the declarations."""

HUBS: dict[str, float] = {
    "GM0599": 8.0,  # Rotterdam
    "GM0394": 5.5,  # Haarlemmermeer (Schiphol)
    "GM0363": 4.0,  # Amsterdam
    "GM0772": 2.0,  # Eindhoven
    "GM0518": 1.5,  # 's-Gravenhage
    "GM0344": 1.5,  # Utrecht
}
"""Far larger than most of the rest."""

LOGISTIC_TOWNS: tuple[str, ...] = (
    "GM0983",  # Venlo
    "GM1709",  # Moerdijk
    "GM0855",  # Tilburg
    "GM0867",  # Waalwijk
    "GM1674",  # Roosendaal
    "GM0758",  # Breda
    "GM0984",  # Venray
    "GM1783",  # Westland
    "GM0748",  # Bergen op Zoom
    "GM0505",  # Dordrecht
    "GM0034",  # Almere
    "GM0995",  # Lelystad
    "GM0479",  # Zaanstad
    "GM0828",  # Oss
    "GM0193",  # Zwolle
    "GM1948",  # Meierijstad
    "GM1955",  # Montferland
    "GM0164",  # Hengelo
    "GM0281",  # Tiel
    "GM1883",  # Sittard-Geleen
    "GM0114",  # Emmen
    "GM0597",  # Ridderkerk
    "GM1621",  # Lansingerland
    "GM0356",  # Nieuwegein
)
"""Distribution towns of about the same size."""
LOGISTIC_WEIGHT = 2.3

OTHER_TOWNS: tuple[str, ...] = (
    "GM0715",  # Terneuzen
    "GM0718",  # Vlissingen
    "GM0358",  # Aalsmeer
    "GM0917",  # Heerlen
    "GM0935",  # Maastricht
    "GM0794",  # Helmond
    "GM0796",  # 's-Hertogenbosch
    "GM0268",  # Nijmegen
    "GM0299",  # Zevenaar
    "GM0153",  # Enschede
    "GM0141",  # Almelo
    "GM0014",  # Groningen
    "GM1979",  # Eemsdelta
    "GM0489",  # Barendrecht
    "GM1892",  # Zuidplas
    "GM0606",  # Schiedam
    "GM0622",  # Vlaardingen
    "GM0453",  # Velsen
    "GM0200",  # Apeldoorn
)
OTHER_WEIGHT = 0.6
ELSEWHERE = 26.0
"""All other gemeenten together."""

PORTS: dict[str, float] = {
    "GM0599": 10.0,
    "GM0394": 6.0,
    "GM0363": 3.0,
    "GM0718": 2.0,
    "GM1709": 1.5,
    "GM0715": 1.0,
    "GM0772": 0.7,
    "GM1979": 0.6,
    "GM0453": 0.6,
    "GM0995": 0.4,
    "GM0505": 0.4,
}
"""Sea ports and airports, with weights for what customs and the Marechaussee find there."""

DECLARATION_WEIGHTS: dict[str, float] = {
    **HUBS,
    **dict.fromkeys(LOGISTIC_TOWNS, LOGISTIC_WEIGHT),
    **dict.fromkeys(OTHER_TOWNS, OTHER_WEIGHT),
}
