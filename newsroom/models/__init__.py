"""People and the identity of the site."""

from newsroom.models.audit_event import AuditEvent, Happening
from newsroom.models.endpoint import Delivery, DeliveryState, Endpoint, EndpointKind, Event
from newsroom.models.notice import Notice, NoticeChoice
from newsroom.models.site import SiteIdentity, SocialLink
from newsroom.models.user import User

__all__ = [
    "AuditEvent",
    "Delivery",
    "DeliveryState",
    "Endpoint",
    "EndpointKind",
    "Event",
    "Happening",
    "Notice",
    "NoticeChoice",
    "SiteIdentity",
    "SocialLink",
    "User",
]
