"""The colours of maps and charts: one hue from quiet to strong, safe for colour blindness.

What stands out also has a thick border and a mark in the table, so colour never speaks alone.
"""

CLASSES = ((226, 232, 238), (178, 203, 222), (120, 163, 199), (61, 112, 163), (18, 52, 99))
EMPTY = (247, 248, 249)
LAND = (247, 248, 249)
ELSEWHERE = (233, 236, 239)
BORDER = (138, 152, 166)
EDGE = (52, 68, 84)
STANDS_OUT = (214, 84, 0)
HOT = (120, 20, 90)
CHOSEN = (20, 20, 20)
TEXT = (38, 50, 62)
ABROAD = (206, 211, 215)
STREET = (92, 74, 40, 120)
ROAD, MINOR_ROAD, RAIL = (92, 74, 40, 150), (92, 74, 40, 110), (40, 44, 48, 140)
"""Of the ground: half transparent, so that the figures under it keep their colour."""
ROSE, FELL, SAME = (201, 92, 20), (38, 128, 122), (233, 232, 224)
"""Of a change that is clear, and of none."""

STRONG, POSSIBLE, QUIET, CONTEXT = (180, 62, 8), (250, 202, 152), (233, 232, 224), (211, 190, 222)
STRONG_BORDER, POSSIBLE_BORDER = (61, 20, 0), (150, 74, 20)
"""Of verdicts: strong is far darker than all others, and has the thick border."""

WORSE, NEW, COOLED = (214, 120, 50), POSSIBLE, (112, 176, 170)
"""Of verdicts that changed in a year; what was confirmed looks as what is strong."""

LINE_AREA, LINE_PEERS, LINE_REGION, LINE_COUNTRY = "#d65400", "#7a145a", "#3d70a3", "#66727e"
LINES = (LINE_PEERS, LINE_REGION, LINE_COUNTRY)
MANY_LINES = (LINE_AREA, "#154273", "#7a145a", "#1b7f5c", "#8a6d00", LINE_COUNTRY)
"""What a place is compared with, from near to far."""


def class_colour(number: int, classes: int) -> tuple[int, int, int]:
    """Return the colour of class ``number`` of ``classes``; -1 (no figure) is nearly white.

    The highest class is always the darkest, also when limits fell together; where there are more
    classes than colours, those in between are mixed.
    """
    if number < 0:
        return EMPTY
    if classes <= len(CLASSES):
        return CLASSES[number + len(CLASSES) - classes] if number else CLASSES[0]
    place = number / (classes - 1) * (len(CLASSES) - 1)
    below = min(int(place), len(CLASSES) - 2)
    red, green, blue = (
        round(low + (high - low) * (place - below))
        for low, high in zip(CLASSES[below], CLASSES[below + 1], strict=True)
    )
    return red, green, blue


def css(colour: tuple[int, int, int]) -> str:
    """Return a colour as CSS."""
    return f"rgb({colour[0]}, {colour[1]}, {colour[2]})"
