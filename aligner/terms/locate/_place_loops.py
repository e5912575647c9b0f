"""The compiled loops over the spans of many places: counts, cosines, and which are best.

Cost: linear in the spans of all places.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled


@compiled()
def count_with_terms(first, order, unit, span_first, wording, fresh, out_first, seen, out, units):
    """Count for all spans of each place the units that have the place's term and the span.

    Args:
        first: Where in `order` each term begins. Shape (terms + 1,).
        order: The places, by terms and then by units. Shape (places,).
        unit: Of each place.
        span_first: First span of each unit. Shape (units + 1,).
        wording: Number of each span's wording.
        fresh: Whether it is the first of its unit with its wording.
        out_first: Where in `out` each place begins. Shape (places + 1,).
        seen: Zeros, and so again in the end. Shape (wordings,).
        out: Filled.
        units: Filled with the units that have the place's term. Shape (places,).
    """
    for t in range(len(first) - 1):
        places, count, last = order[first[t] : first[t + 1]], 0, -1
        for p in places:
            if unit[p] != last:
                last = unit[p]
                count += 1
                for s in range(span_first[last], span_first[last + 1]):
                    seen[wording[s]] += fresh[s]
        for p in places:
            units[p] = count
            at = out_first[p] - span_first[unit[p]]
            for s in range(span_first[unit[p]], span_first[unit[p] + 1]):
                out[at + s] = seen[wording[s]]
        for p in places:
            for s in range(span_first[unit[p]], span_first[unit[p] + 1]):
                seen[wording[s]] = 0


@compiled()
def compare_vectors(at, like, column, rest, rest_column, edges, begin, end, out):
    """Describe the spans of a place by cosines, see `VectorFeature`.

    Args:
        at: Row of each span in `like` and `rest`. Shape (spans,).
        like: Cosines of spans with Chinese stretches, the rivals first.
        column: The term's own among them.
        rest: Cosines of what is left of the two sentences.
        rest_column: The term's own.
        edges: First character and end of each rival. Shape (rivals, 2).
        begin: The term's first character.
        end: The character behind its last one.
        out: Filled. Shape (spans, 6).
    """
    best = best_rest = np.float32(-np.inf)
    for s in range(len(at)):
        best = max(best, like[at[s], column])
        best_rest = max(best_rest, rest[at[s], rest_column])
    for s in range(len(at)):
        mine, left = like[at[s], column], rest[at[s], rest_column]
        other = overlapping = np.float32(0.0)
        for r in range(len(edges)):
            a, b = edges[r, 0], edges[r, 1]
            if not (a < end and b > begin):
                other = max(other, like[at[s], r])
            elif a != begin or b != end:
                overlapping = max(overlapping, like[at[s], r])
        out[s, 0] = mine
        out[s, 1] = left
        out[s, 2] = mine - other
        out[s, 3] = mine - overlapping
        out[s, 4] = mine - best
        out[s, 5] = left - best_rest


def keep_best(first, span_first, scores, start, stop, size, beside, moved, kept):
    """Tell which spans of each place are kept: the best, and some beside the very best one.

    Equal ones count in their order.

    Args:
        first: First row of each place. Shape (places + 1,).
        span_first: First span of each place's unit. Shape (places,).
        scores: Of the rows. Shape (rows,).
        start: First word of all spans.
        stop: The word behind their last one.
        size: How many are kept,
        beside: and how many more that are the best one with one end moved,
        moved: by so many words at most.
        kept: Filled. Shape (rows,).
    """
    near = np.empty(np.diff(first).max(initial=0), dtype=np.bool_)
    _keep_best(first, span_first, scores, start, stop, size, beside, moved, near, kept)


@compiled()
def _keep_best(first, span_first, scores, start, stop, size, beside, moved, near, kept):
    """Do the work of `keep_best`. `near` is overwritten: one for each row of a place."""
    for p in range(len(span_first)):
        begin, count = first[p], first[p + 1] - first[p]
        for s in range(count):
            kept[begin + s] = count <= size
            near[s] = True
        if count <= size:
            continue
        top = -1
        for number in range(size + beside):
            if number == size:  # from here on only those beside the best
                for s in range(count):
                    left = abs(start[span_first[p] + s] - start[span_first[p] + top])
                    right = abs(stop[span_first[p] + s] - stop[span_first[p] + top])
                    near[s] = min(left, right) == 0 and max(left, right) <= moved
            best = -1
            for s in range(count):
                better = best < 0 or scores[begin + s] > scores[begin + best]
                if better and near[s] and not kept[begin + s]:
                    best = s
            if best < 0:
                break
            if number == 0:
                top = best
            kept[begin + best] = True


@compiled()
def find_margins(first, scores, out):
    """Fill the lead of each span's score over the best other one of its place.

    Args:
        first: First row of each place. Shape (places + 1,).
        scores: Of the rows. Shape (rows,).
        out: Filled.
    """
    for p in range(len(first) - 1):
        best = first[p]
        least = scores[best]
        for s in range(first[p], first[p + 1]):
            least = min(least, scores[s])
            if scores[s] > scores[best]:
                best = s
        other = least - 1.0
        for s in range(first[p], first[p + 1]):
            out[s] = scores[s] - scores[best]
            if s != best:
                other = max(other, scores[s])
        out[best] = scores[best] - other


@compiled()
def block_sum(parts):
    """Return the sum of 128 numbers at most: eight lanes, and then what is left."""
    n = len(parts)
    full = n - n % 8 if n >= 8 else 0
    total = 0.0
    if full:
        a, b, c, d = parts[0], parts[1], parts[2], parts[3]
        e, f, g, h = parts[4], parts[5], parts[6], parts[7]
        for at in range(8, full, 8):
            p = parts[at : at + 8]
            a, b, c, d = a + p[0], b + p[1], c + p[2], d + p[3]
            e, f, g, h = e + p[4], f + p[5], g + p[6], h + p[7]
        total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for k in range(full, n):
        total += parts[k]
    return total


@compiled()
def sum_of(parts):
    """Return the sum of some numbers in the order in which numpy adds up a row of an array."""
    n = len(parts)
    if n <= 128:
        return block_sum(parts)
    half = n // 2
    half -= half % 8
    return sum_of(parts[:half]) + sum_of(parts[half:])


def score_rows(rows, mean, scale, weights, bias, most, out):
    """Fill the score of each row: `Linear` without its copies of all rows.

    Args:
        rows: Shape (n, features).
        mean: Of each feature. Shape (features,).
        scale: The same.
        weights: The same.
        bias: Added to each score.
        most: What no standardised number exceeds, on either side.
        out: Filled. Shape (n,).
    """
    _score_rows(rows, mean, scale, weights, bias, most, np.empty(rows.shape[1]), out)


@compiled(error_model="numpy")  # a test for 0 at each division would keep it from vectors
def _score_rows(rows, mean, scale, weights, bias, most, parts, out):
    """Do the work of `score_rows`. `parts` is overwritten. Shape (features,)."""
    width, bounded = rows.shape[1], most < np.inf
    for r in range(len(rows)):
        row = rows[r]
        for k in range(width):
            parts[k] = (row[k] - mean[k]) / scale[k]
        if bounded:
            for k in range(width):
                parts[k] = min(max(parts[k], -most), most)
        for k in range(width):
            parts[k] *= weights[k]
        out[r] = sum_of(parts) + bias


def link_words(to_en, gloss, starts, stops, begin, end, out):
    """Fill how some English words are linked to a place, see `Evidence.links`.

    Args:
        to_en: P(English word comes from Chinese word). Shape (m, n).
        gloss: Share of a gloss that joins the two. Shape (m, n).
        starts: First character of each Chinese word. Shape (n,).
        stops: The character behind its last one.
        begin: The place's first character.
        end: The character behind its last one.
        out: Filled. Shape (m, 4).
    """
    _link_words(to_en, gloss, starts, stops, begin, end, np.empty((3, to_en.shape[1])), out)


@compiled()
def _link_words(to_en, gloss, starts, stops, begin, end, work, out):
    """Do the work of `link_words`. `work` is overwritten. Shape (3, n)."""
    m, n = to_en.shape
    share, mine, others = work[0], work[1], work[2]
    for i in range(n):
        inside = min(stops[i], end) - max(starts[i], begin)
        share[i] = max(inside, 0) / (stops[i] - starts[i])
    for j in range(m):
        out[j, 2] = out[j, 3] = 0.0
        for i in range(n):
            mine[i] = to_en[j, i] * share[i]
            others[i] = to_en[j, i] * (1 - share[i])
            column = 2 if share[i] > 0 else 3
            out[j, column] = max(out[j, column], gloss[j, i])
        out[j, 0], out[j, 1] = sum_of(mine), sum_of(others)
