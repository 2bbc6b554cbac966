"""What articles tells the rest of the house."""

from django.dispatch import Signal

# Sent with ``article_id`` after the commit of every act that may change what is public.
article_changed = Signal()

# Sent with ``act`` (an EditorialAct) and ``article`` (its locked row) inside the act's transaction: what a receiver
# writes is committed with the act or not at all. A receiver that raises undoes the act.
act_done = Signal()

# Sent with ``coverage`` inside the transaction of every act on a post that readers see or saw.
posts_changed = Signal()

# Sent with ``section`` and the ids of the sections, it and those beneath, that readers see from now on (``shown``) or no
# longer (``hidden``), inside the transaction that saves it.
sections_turned = Signal()

# Sent with ``act`` (an AssignmentAct) and ``assignment`` (its locked row) inside the act's transaction, like act_done.
assignment_changed = Signal()
