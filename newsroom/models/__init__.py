"""People and the identity of the site."""

from newsroom.models.audit_event import AuditEvent, Happening
from newsroom.models.notice import Notice, NoticeChoice
from newsroom.models.site import SiteIdentity, SocialLink
from newsroom.models.user import User

__all__ = ["AuditEvent", "Happening", "Notice", "NoticeChoice", "SiteIdentity", "SocialLink", "User"]
