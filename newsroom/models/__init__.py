"""People and the identity of the site."""

from newsroom.models.site import SiteIdentity, SocialLink
from newsroom.models.user import User

__all__ = ["SiteIdentity", "SocialLink", "User"]
