"""What an article's comments look like to one reader: what is theirs, recommended, reported, hidden.

Pages are the same bytes for everyone; a script lays this over them.
"""

from __future__ import annotations

import json

from django.http import HttpRequest

from comments import answering, muting, own
from comments.models import Comment, CommentReport, Recommendation
from newsroom.choices import CommentMode
from newsroom.frame import for_request
from newsroom.models import User

MOST = 300  # of each kind


def marks(request: HttpRequest, reader: User, article_id: int) -> str:
    """``{own: [[id, may edit]], recommended: [id], reported: [id], muted: [id], answers}`` as JSON. Seven queries at
    most.

    ``answers``: the reader answers questions here.
    """
    site = for_request(request).site
    mine = Comment.objects.published().filter(author=reader, article=article_id).order_by("-created_at", "-pk")
    recommended = Recommendation.objects.filter(reader=reader, comment__article=article_id)
    reported = CommentReport.objects.filter(reporter=reader, comment__article=article_id, handled_at__isnull=True)
    is_asked = Comment.objects.filter(article=article_id, article__comment_mode=CommentMode.QUESTIONS)
    return json.dumps(
        {
            "own": [[row.pk, own.may_edit(row, site)] for row in mine.only("created_at", "status")[:MOST]],
            "recommended": list(recommended.values_list("comment", flat=True)[:MOST]),
            "reported": list(reported.values_list("comment", flat=True)[:MOST]),
            "muted": muting.hidden(reader=reader, article_id=article_id),
            "answers": reader.is_staff and is_asked.exists() and answering.may_answer(reader, article_id),
        }
    )
