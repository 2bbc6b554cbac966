"""What comments tell the rest of the house."""

from django.dispatch import Signal

# Sent with ``article_id`` after the commit of everything that changes which comments an article shows.
comments_changed = Signal()
