"""``weerbeeld key rotate``: a new key, without a new home."""

from typing import Annotated

import typer

from commands import choices


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="The keys of this installation.")
    group.callback()(lambda: None)
    group.command("rotate")(rotate)
    app.add_typer(group, name="key")


def rotate(
    name: Annotated[str, typer.Argument(help="pseudonyms, noise or seals")],
) -> None:
    """Take a new key: of the pseudonyms, of the noise, or of the seals.

    Where the environment holds the key, set it to the new one first; of the pseudonyms, to the
    keys so far and the new one behind them, with commas between.
    """
    from errors import WeerbeeldError
    from intake.rotating import rotate_pseudonym_key
    from operations.seals import rotate_seal_key
    from store.console import log_change
    from store.noise_key import rotate_noise_key
    from store.publication import publication_lock, seal_lock

    known = {"pseudonyms": rotate_pseudonym_key, "noise": rotate_noise_key}
    home = choices().folders
    if name == "seals":
        with seal_lock(home):
            log_change(home, "key rotate", name)
            mark = rotate_seal_key(home)
    elif name in known:
        with publication_lock(home):
            log_change(home, "key rotate", name)
            mark = known[name](home)
    else:
        raise WeerbeeldError(f"'{name[:40]}' is not a key. Choose pseudonyms, noise or seals.")
    typer.echo(f"The new key of the {name} has mark {mark}. Keep it apart from the backups.")
