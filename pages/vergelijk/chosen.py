"""Several choices under one name of the URL, with commas between them: GM0983,GM0917."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.kit.choices import keep, kept, set_widget, take, widget_key
from pages.kit.view import PartnerView

MOST = 6


def decide_several(
    name: str, options: Sequence[str], default: Sequence[str], most: int
) -> list[str]:
    """Return up to ``most`` choices that are among ``options``; ``default`` where there is none."""
    value = kept(name)
    if value is None:
        return list(default)
    wanted = [code for code in dict.fromkeys(value.split(",")) if code in options][:most]
    keep(name, ",".join(wanted) or None)
    return wanted or list(default)


def choose_several(
    view: PartnerView,
    name: str,
    label: str,
    options: Sequence[str],
    wording: Callable[[str], str],
    default: Sequence[str],
    most: int = MOST,
) -> list[str]:
    """Draw the choice of up to ``most`` of ``options``; return those that are chosen."""
    value = decide_several(name, options, default, most)
    key = widget_key(view, name)
    set_widget(key, value)

    def change() -> None:
        take(name, ",".join(st.session_state[key]) or None)

    st.multiselect(
        label,
        options,
        format_func=wording,
        key=key,
        max_selections=most,
        placeholder=view.say(f"Kies er tot {most}", f"Choose up to {most}"),
        on_change=change,
    )
    return value
