"""Figures on one scale added up to an index along a tree of weights."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mean = Callable[[Floats, Floats], Floats]


def arithmetic(values: Floats, weights: Floats) -> Floats:
    """Return the weighted mean of each place, shape (places,).

    sum(w x)/sum(w) over the known figures of ``values`` (places, items) with ``weights`` (items,);
    NaN without a known figure of any weight. A low figure is made up for by a high one. ValueError
    for a negative weight or shapes that do not fit. Source: OECD/JRC (2008),
    Handbook on Constructing Composite Indicators, step 6.

    >>> figures, weights = np.array([[10.0, 90.0], [50.0, np.nan]]), np.array([1.0, 3.0])
    >>> arithmetic(figures, weights).tolist()
    [70.0, 50.0]
    """
    known = np.isfinite(values)
    share = known * _checked(weights, values)
    total = share.sum(axis=1)
    added = (share * np.where(known, values, 0.0)).sum(axis=1)
    mean = np.divide(added, total, out=np.full(len(values), np.nan), where=total > 0)
    return np.asarray(mean)


def geometric(values: Floats, weights: Floats) -> Floats:
    """Return the weighted geometric mean of each place, shape (places,).

    exp(sum(w ln x)/sum(w)) over the known figures, as `arithmetic`; a low figure is only partly
    made up for by a high one. ValueError for a known figure that is not above 0 as well. Source:
    OECD/JRC (2008), step 6.

    >>> geometric(np.array([[10.0, 90.0], [50.0, 50.0]]), np.ones(2)).round(6).tolist()
    [30.0, 50.0]
    """
    known = np.isfinite(values)
    if (values[known] <= 0).any():
        raise ValueError("a geometric mean needs figures above 0")
    logarithms = np.log(np.where(known, values, 1.0))
    return np.asarray(np.exp(arithmetic(np.where(known, logarithms, np.nan), weights)))


def aggregate(
    values: Floats, parents: NDArray[np.int64], weights: Floats, mean: Mean = arithmetic
) -> Floats:
    """Return the figure of every node of a tree, shape (places, nodes).

    ``values`` (places, leaves) are those of the first nodes, ``parents`` (nodes,) number each
    node's parent, -1 at the top, and ``weights`` (nodes,) count among the children of one parent.
    A node is the ``mean`` of its children that have a figure, NaN without any. ValueError when a
    leaf is a parent, a parent does not exist, the tree goes round or shapes do not fit. Source:
    OECD/JRC (2008), step 6.

    Three leaves; nodes 3 and 4 are groups, node 5 is the top: (10 + 30)/2 = 20, and (20 + 80)/2.

    >>> parents = np.array([3, 3, 4, 5, 5, -1])
    >>> aggregate(np.array([[10.0, 30.0, 80.0]]), parents, np.ones(6)).tolist()
    [[10.0, 30.0, 80.0, 20.0, 80.0, 50.0]]
    """
    leaves, nodes = values.shape[1], len(parents)
    if nodes < leaves or weights.shape != parents.shape:
        raise ValueError("parents and weights must number every node, leaves first")
    if ((parents < -1) | (parents >= nodes)).any() or ((parents >= 0) & (parents < leaves)).any():
        raise ValueError("a parent must be a node above the leaves, or -1")
    filled = np.full((len(values), nodes), np.nan)
    filled[:, :leaves] = values
    for node in _children_first(parents):
        children = np.flatnonzero(parents == node)
        if node >= leaves and children.size:
            filled[:, node] = mean(filled[:, children], weights[children])
    return filled


def _children_first(parents: NDArray[np.int64]) -> NDArray[np.intp]:
    depth, above = np.zeros(len(parents), int), parents
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, parents[above], -1)
        if depth.max() > len(parents):
            raise ValueError("the tree goes round")
    return np.argsort(-depth, kind="stable")


def _checked(weights: Floats, values: Floats) -> Floats:
    if values.ndim != 2 or weights.shape != values.shape[1:]:
        raise ValueError(f"weights {weights.shape} do not fit values {values.shape}")
    if not (weights >= 0).all():
        raise ValueError("weights must be 0 or more")
    return weights
