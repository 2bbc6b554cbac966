"""What articles tells the rest of the house."""

from django.dispatch import Signal

# Sent with ``article_id`` after the commit of every act that may change what is public.
article_changed = Signal()

# Sent with ``act`` (an EditorialAct) and ``article`` (its locked row) inside the act's transaction: what a receiver
# writes is committed with the act or not at all. A receiver that raises undoes the act.
act_done = Signal()

# Sent with ``act`` (an AssignmentAct) and ``assignment`` (its locked row) inside the act's transaction, like act_done.
assignment_changed = Signal()
