"""Group statements by what they say, and lay groups out over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from .comparing import Relation, compare
from .statement import Statement


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that say the same, as positions in a list, the surest first."""

    members: tuple[int, ...]
    relation: Relation  # to the first statement of all


def group(statements: Sequence[Statement], *, over_time: bool = False) -> list[Group]:
    """Group statements, the surest first; the group of the first comes first.

    >>> sentences = [f"The storm killed {n} people." for n in (14, 19, 14)]
    >>> from datetime import date
    >>> day = date(2026, 11, 28)
    >>> said = [Statement("How many people died?", text, 17, 19, day) for text in sentences]
    >>> [(g.members, g.relation) for g in group(said)]
    [((0, 2), 'same'), ((1,), 'differs')]
    """
    members: list[list[int]] = []
    for number, statement in enumerate(statements):
        for found in members:
            if compare(statements[found[0]], statement, over_time=over_time) == "same":
                found.append(number)
                break
        else:
            members.append([number])
    relations: list[Relation] = ["same"]
    for found in members[1:]:
        relations.append(compare(statements[0], statements[found[0]], over_time=over_time))
    return [Group(tuple(m), relation) for m, relation in zip(members, relations, strict=False)]
