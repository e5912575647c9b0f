"""The editing actions: from the links and what a person wants to the change that does it.

Every action on links is a regrouping: some groups of sentences are wanted, what they leave
of the links that they touch stays as a link of its own, and the result is put into reading
order. Sentences without partner stand singly, those of the Chinese side first. So whatever
is done, every sentence stays once and in its order (`ReviewError` where that cannot be).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.errors import ReviewError
from aligner.messages import _
from aligner.review.values import Hunk, LinkStatus, ReviewChange, ReviewLink, Sentence

Group = tuple[tuple[Sentence, ...], tuple[Sentence, ...]]  # Chinese and English sentences


@dataclass(slots=True)
class Mint:
    """Numbers that were never given before."""

    link: int
    sentence: int
    key: int

    def new_link(self) -> int:
        """Return the id of a new link."""
        self.link += 1
        return self.link

    def new_sentence(self) -> int:
        """Return the id of a new sentence."""
        self.sentence += 1
        return self.sentence

    def new_key(self) -> int:
        """Return the key of a new version of a sentence."""
        self.key += 1
        return self.key


def regroup(  # noqa: PLR0913, PLR0917 - what a regrouping is made of
    kind: str,
    links: Sequence[ReviewLink],
    touched: Iterable[int],
    groups: Sequence[Group],
    mint: Mint,
    status: LinkStatus = "made",
) -> ReviewChange:
    """Return the change after which `groups` are links.

    Args:
        kind: The action's name.
        links: Of the whole document, in reading order.
        touched: Places in `links` of all links that hold a sentence of a group.
        groups: Sentences that are to be one link each; without a partner, one sentence each.
        mint: Gives new ids.
        status: Of the new links. A group that is a link already gets it too.

    Raises:
        ReviewError: The groups would cross, or leave out sentences between theirs.
    """
    places = sorted(set(touched))
    if not places:
        raise ReviewError(
            _("nothing to change"), hint=_("name links or sentences of this document")
        )
    first, last = places[0], places[-1]
    old = tuple(links[first : last + 1])
    taken = {s.key for group in groups for side in group for s in side}
    wanted = [(group, status) for whole in groups for group in single_nulls(whole)]
    for link in old:
        wanted += _rests(link, taken)
    order = in_reading_order(wanted, old)
    after = with_ids(old, order, mint)
    return ReviewChange(kind, (Hunk(first, old, after),))


def single_nulls(group: Group) -> Iterator[Group]:
    """Yield a group; one without partner sentence by sentence."""
    src, tgt = group
    if src and tgt:
        yield group
    else:
        yield from (((s,), ()) for s in src)
        yield from (((), (t,)) for t in tgt)


def _rests(link: ReviewLink, taken: set[int]) -> list[tuple[Group, LinkStatus]]:
    """Return what is left of a link; the link itself if nothing of it was taken."""
    src = tuple(s for s in link.src if s.key not in taken)
    tgt = tuple(s for s in link.tgt if s.key not in taken)
    whole = (len(src), len(tgt)) == (len(link.src), len(link.tgt))
    status: LinkStatus = link.status if whole else "auto"
    return [(group, status) for group in single_nulls((src, tgt))]


def in_reading_order(
    groups: Sequence[tuple[Group, LinkStatus]], old: Sequence[ReviewLink]
) -> list[tuple[Group, LinkStatus]]:
    """Return groups in the order in which both sides read them.

    Raises:
        ReviewError: There is none, or a group is no run of sentences.
    """
    waiting = [[s.key for s in side] for side in _sides(old)]
    owner = {s.key: n for n, (group, _other) in enumerate(groups) for side in group for s in side}
    size = sum(len(side) for group, _other in groups for side in group)
    if not len(owner) == size == sum(map(len, waiting)):
        raise ReviewError(_("a sentence is in two groups"), hint=_("name each sentence once"))
    queues = [list(reversed([owner[key] for key in keys])) for keys in waiting]
    order: list[tuple[Group, LinkStatus]] = []
    while queues[0] or queues[1]:
        number = _next(queues, groups)
        for side, queue in zip(groups[number][0], queues, strict=True):
            if queue[len(queue) - len(side) :] != [number] * len(side):
                raise ReviewError(
                    _("a link would hold sentences that do not follow each other"),
                    hint=_("move the sentences between them first"),
                )
            del queue[len(queue) - len(side) :]
        order.append(groups[number])
    return order


def _next(queues: list[list[int]], groups: Sequence[tuple[Group, LinkStatus]]) -> int:
    """Return the group that comes next: one that has all its sides in front."""
    for mine, queue in enumerate(queues):
        if queue:
            number = queue[-1]
            other = queues[1 - mine]
            if not groups[number][0][1 - mine] or (other and other[-1] == number):
                return number
    raise ReviewError(
        _("links would cross"),
        hint=_("take apart what stands between, or join all of it to one link"),
    )


def _sides(links: Sequence[ReviewLink]) -> list[list[Sentence]]:
    return [[s for link in links for s in link.src], [s for link in links for s in link.tgt]]


def with_ids(
    old: Sequence[ReviewLink],
    order: Sequence[tuple[Group, LinkStatus]],
    mint: Mint,
    known: Sequence[tuple[float, float]] | None = None,
) -> tuple[ReviewLink, ...]:
    """Return groups as links; each keeps id, bookmark and note of the one it has most of.

    Args:
        old: The links that they come from.
        order: The groups in reading order.
        mint: Gives new ids.
        known: Of each group `p` and `border`, if they are known.
    """
    owner = {s.key: link for link in old for s in link.sentences}
    by_id = {link.id: link for link in old}
    links: list[ReviewLink] = []
    used: set[int] = set()
    for n, (group, status) in enumerate(order):
        counts: dict[int, int] = {}
        for s in (*group[0], *group[1]):
            counts[owner[s.key].id] = counts.get(owner[s.key].id, 0) + 1
        free = [number for number in counts if number not in used]
        number = max(free, key=lambda n: counts[n]) if free else mint.new_link()
        parents = [by_id[one] for one in counts]
        used.add(number)
        links.append(_link(number, group, status, parents))
        if known is not None:
            links[-1] = replace(links[-1], p=known[n][0], border=known[n][1])
    kept = {link.id for link in links}
    return tuple(_with_lost_notes(links, [link for link in old if link.id not in kept]))


def _link(
    number: int, group: Group, status: LinkStatus, parents: Sequence[ReviewLink]
) -> ReviewLink:
    own = next((link for link in parents if link.id == number), None)
    same = own is not None and (own.src, own.tgt) == group
    p = own.p if own and same else None
    return ReviewLink(
        number,
        *group,
        1.0 if status != "auto" else p,
        status,
        own.bookmark if own else False,
        own.note if own else "",
    )


def _with_lost_notes(links: list[ReviewLink], gone: Sequence[ReviewLink]) -> Iterator[ReviewLink]:
    """Yield links with notes and bookmarks of links that are no more."""
    extra: dict[int, ReviewLink] = {}
    holder = {s.key: n for n, link in enumerate(links) for s in link.sentences}
    for link in gone:
        at = holder[link.sentences[0].key]
        base = extra.get(at, links[at])
        notes = "\n".join(filter(None, (base.note, link.note)))
        extra[at] = replace(base, note=notes, bookmark=base.bookmark or link.bookmark)
    for n, link in enumerate(links):
        yield extra.get(n, link)


def with_links(
    kind: str,
    links: Sequence[ReviewLink],
    places: Iterable[int],
    change: Callable[[ReviewLink], ReviewLink],
) -> ReviewChange:
    """Return the change that does something to each of some links."""
    hunks = [
        Hunk(at, (links[at],), (new,))
        for at in sorted(set(places))
        if (new := change(links[at])) != links[at]
    ]
    return ReviewChange(kind, tuple(hunks))
