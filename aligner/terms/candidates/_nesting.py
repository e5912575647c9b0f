"""The compiled loop that compares each place with those that hold, cross or fill it.

Cost: a constant number of steps a place, since no run is longer than `LONGEST`.
"""

from __future__ import annotations

from aligner.compiled import compiled

NOTHING = -1e9  # in place of a score


@compiled()
def around(start, stop, run, score, table, longest, holder, best):  # type: ignore[no-untyped-def]
    """Find the best run that holds, crosses and lies in each place.

    Args:
        start: Of each place, in the flat text. Shape (places,).
        stop: The same.
        run: The run of each place.
        score: Of each run; larger is better.
        table: Run at each place and length, -1 for none. Shape (characters, longest + 1).
        longest: Characters of a run at most.
        holder: Filled with the run that holds the place, -1 for none. Shape (places,).
        best: Filled with the scores: of the holder, of the best crossing run, of the best
            run inside. Shape (places, 3).
    """
    for p in range(len(start)):
        a, b = start[p], stop[p]
        for k in range(3):
            best[p, k] = NOTHING
        holder[p] = -1
        for s in range(max(0, b - longest), b):
            for size in range(2, longest + 1):
                e = s + size
                if e <= a:
                    continue
                if e > len(table):
                    break
                r = table[s, size]
                if r < 0 or r == run[p]:
                    continue
                if s <= a and e >= b:
                    if score[r] > best[p, 0]:
                        best[p, 0], holder[p] = score[r], r
                elif s >= a and e <= b:
                    best[p, 2] = max(best[p, 2], score[r])
                else:
                    best[p, 1] = max(best[p, 1], score[r])
