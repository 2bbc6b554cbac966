"""What articles tells the rest of the house."""

from django.dispatch import Signal

# Sent with ``article_id`` after the commit of every act that may change what is public.
article_changed = Signal()
