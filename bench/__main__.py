"""`python -m bench`: all measurements, or those named: queries, body, library, weight, renditions, throughput, coverage, moderation, posting, threads."""

from __future__ import annotations

import sys

from bench import ground


def main(names: list[str]) -> int:
    """Prints every figure; 1 if one of them breaks a promise of the project."""
    ground.prepare()
    from bench import body, coverage, library, moderation, posting, queries, renditions, threads, throughput, weight
    from bench.archive import Archive

    known = {
        "queries": queries.report,
        "body": body.report,
        "library": library.report,
        "weight": weight.report,
        "renditions": renditions.report,
        "throughput": throughput.report,
        "coverage": coverage.report,
        "moderation": moderation.report,
        "posting": posting.report,
        "threads": threads.report,
    }
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"Known measurements: {', '.join(known)}.")
        return 2
    archive = Archive()
    kept = [report(archive) for name, report in known.items() if name in (names or known)]
    if not all(kept):
        print(
            "A promise is broken: queries must not grow with the archive, the article has 8 at most, its page 60,000 bytes,"
            " the pages of a live coverage ask without a query, 10,000 comments cost hardly more than 20, and a rendition takes less time and memory than plain Pillow."
        )
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
