"""Main groups of branches, as CBS publishes establishments of neighbourhoods by them.

Standaard Bedrijfsindeling 2008, in the groups of *Kerncijfers wijken en buurten*.
"""

from dataclasses import dataclass

from bilingual import Text


@dataclass(frozen=True)
class BranchGroup:
    """Sections of the SBI that are counted together: their letters, and divisions (from, to)."""

    name: Text
    sections: str
    divisions: tuple[tuple[int, int], ...]


GROUPS: dict[str, BranchGroup] = {
    "agriculture": BranchGroup(Text("landbouw", "agriculture"), "A", ((1, 3),)),
    "industry": BranchGroup(Text("industrie en bouw", "industry and building"), "B-F", ((5, 43),)),
    "trade": BranchGroup(
        Text("handel en horeca", "trade and hospitality"), "G+I", ((45, 47), (55, 56))
    ),
    "transport": BranchGroup(
        Text("vervoer, informatie en communicatie", "transport, information and communication"),
        "H+J",
        ((49, 53), (58, 63)),
    ),
    "finance": BranchGroup(
        Text("financiën en vastgoed", "finance and property"), "K-L", ((64, 68),)
    ),
    "services": BranchGroup(Text("zakelijke diensten", "business services"), "M-N", ((69, 82),)),
    "public": BranchGroup(
        Text("overheid, onderwijs en zorg", "government, education and care"), "O-Q", ((84, 88),)
    ),
    "personal": BranchGroup(
        Text("cultuur, recreatie en overige diensten", "culture, recreation and other services"),
        "R-U",
        ((90, 99),),
    ),
}
"""Every two-digit branch is in one of them, or in none when the SBI does not know it."""


def group_sql(sbi: str = "sbi") -> str:
    """Return SQL for the group of a branch code (without dots), empty for an unknown one."""
    cases = " ".join(
        f"WHEN left({sbi}, 2)::INTEGER BETWEEN {first} AND {last} THEN '{name}'"
        for name, group in GROUPS.items()
        for first, last in group.divisions
    )
    return f"CASE {cases} ELSE '' END"
