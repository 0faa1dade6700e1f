"""Who is looking, and within which grants: partners read figures, keepers look after the rest."""

import re
from dataclasses import dataclass, field
from typing import Literal

from errors import WeerbeeldError

Recipient = Literal["nsoc", "riec", "gemeente"]
"""Roles that read figures."""

Role = Literal["nsoc", "riec", "gemeente", "gegevensbeheerder", "auditor"]

PARTNERS: tuple[Recipient, ...] = ("nsoc", "riec", "gemeente")
"""All of the roles that read figures."""

FORMS: dict[Role, str] = {
    "nsoc": "",
    "riec": r"[a-z]+(-[a-z]+)*",
    "gemeente": r"GM\d{4}",
    "gegevensbeheerder": "",
    "auditor": "",
}
"""How the area of each role is written; empty for a role that has none."""


@dataclass(frozen=True)
class Viewer:
    """A viewer and the areas of its grants; without any grant it may see nothing.

    A gegevensbeheerder sees deliveries and grants, an auditor the audit log; neither sees a
    figure, unless it is also one of the recipients.
    """

    nsoc: bool = False
    riecs: frozenset[str] = field(default_factory=frozenset)
    gemeenten: frozenset[str] = field(default_factory=frozenset)
    gegevensbeheerder: bool = False
    auditor: bool = False

    @property
    def receives(self) -> frozenset[Recipient]:
        """Kinds of recipient that this viewer is: empty when it may see no figure at all."""
        held: tuple[tuple[Recipient, bool], ...] = (
            ("nsoc", self.nsoc),
            ("riec", bool(self.riecs)),
            ("gemeente", bool(self.gemeenten)),
        )
        return frozenset(role for role, granted in held if granted)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles that this viewer holds, those without figures too."""
        keepers: tuple[tuple[Role, bool], ...] = (
            ("gegevensbeheerder", self.gegevensbeheerder),
            ("auditor", self.auditor),
        )
        return self.receives | {role for role, granted in keepers if granted}

    @property
    def knows_release(self) -> bool:
        """Whether this viewer may know what is true of a release: an auditor alone may not."""
        return bool(self.receives) or self.gegevensbeheerder

    @property
    def label(self) -> str:
        """How this viewer is written on the command line, e.g. ``riec:limburg``."""
        parts = ["nsoc"] if self.nsoc else []
        parts += [f"riec:{code}" for code in sorted(self.riecs)]
        parts += [f"gemeente:{code}" for code in sorted(self.gemeenten)]
        parts += ["gegevensbeheerder"] if self.gegevensbeheerder else []
        parts += ["auditor"] if self.auditor else []
        return "+".join(parts)

    def only_as(self, recipients: frozenset[str]) -> "Viewer":
        """Return this viewer with no more than its grants as one of ``recipients``."""
        return Viewer(
            self.nsoc and "nsoc" in recipients,
            self.riecs if "riec" in recipients else frozenset(),
            self.gemeenten if "gemeente" in recipients else frozenset(),
        )


def role_named(text: str) -> tuple[Role, str]:
    """Return role and area of one grant written as ``nsoc`` or ``riec:limburg``.

    Raises WeerbeeldError for any other form; whether the area exists is not looked at.
    """
    for role, area in FORMS.items():
        found = re.fullmatch(f"{role}:({area})" if area else f"{role}()", text, re.ASCII)
        if found:
            return role, found.group(1)
    raise WeerbeeldError(
        f"'{text[:60]}' is not a role. Write nsoc, riec:limburg, gemeente:GM0599, "
        "gegevensbeheerder or auditor."
    )


def viewer_holding(grants: list[tuple[Role, str]]) -> Viewer:
    """Return the viewer that holds these grants of a role and an area."""
    roles = {role for role, _ in grants}
    return Viewer(
        nsoc="nsoc" in roles,
        riecs=frozenset(area for role, area in grants if role == "riec"),
        gemeenten=frozenset(area for role, area in grants if role == "gemeente"),
        gegevensbeheerder="gegevensbeheerder" in roles,
        auditor="auditor" in roles,
    )


def viewer_named(text: str) -> Viewer:
    """Return the viewer written as one or more roles with their areas, joined by ``+``.

    Raises WeerbeeldError for any other form.
    """
    try:
        return viewer_holding([role_named(part) for part in text.strip().split("+")])
    except WeerbeeldError:
        raise WeerbeeldError(
            f"'{text[:60]}' is not a viewer. Write nsoc, riec:limburg, gemeente:GM0599, "
            "gegevensbeheerder or auditor; join several with +."
        ) from None
