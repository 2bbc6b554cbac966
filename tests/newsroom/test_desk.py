"""The frame of the desk: who sees which part of it, the site's identity, people's accounts."""

import pytest
from django.contrib.auth.models import Group

from newsroom.models import SiteIdentity, User
from newsroom.roles import ROLES
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
IDENTITY = "/admin/newsroom/siteidentity/1/change/"
NO_LINKS = {"social_links-TOTAL_FORMS": "0", "social_links-INITIAL_FORMS": "0"}
SITE = {
    "name": "The Harbour Post",
    "tagline": "",
    "about": "",
    "contact_email": "",
    "language": "es",
    "languages": ["en", "es"],
    "comment_mode": "open",
    "comment_days": "0",
    "comment_edit_minutes": "10",
    "former_readers": "keep",
    **NO_LINKS,
}


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (
            "Reporter",
            {"Articles", "Photos", "Topics"},
            {"Comments", "Front pages", "Site identity", "Readers and staff"},
        ),
        ("Editor", {"Articles", "Front pages", "Comments"}, {"Site identity", "Readers and staff"}),
        ("Photo editor", {"Photos", "Live channels"}, {"Comments", "Front pages"}),
        ("Moderator", {"Comments", "Articles"}, {"Photos", "Sections", "Site identity"}),
        ("Administrator", {"Articles", "Comments", "Readers and staff", "Site identity"}, set()),
    ],
)
def test_people_see_only_what_they_may_do(client, role, seen, unseen):
    client.force_login(UserFactory(role=role))
    answer = client.get("/admin/")
    labels = {str(line["label"]) for line in answer.context["desk_navigation"]}

    assert answer.status_code == 200
    assert seen <= labels
    assert not unseen & labels


@pytest.mark.parametrize("role", ROLES)
def test_every_line_of_the_navigation_leads_somewhere(client, role):
    client.force_login(UserFactory(role=role))
    for line in client.get("/admin/").context["desk_navigation"]:
        assert client.get(line["url"], follow=True).status_code == 200, line["url"]


def test_every_tile_leads_to_its_list(client, publisher):
    client.force_login(publisher)
    tiles = client.get("/admin/").context["tiles"]

    assert [str(tile["label"]) for tile in tiles] == [
        "In review",
        "Comments waiting",
        "Comments reported",
        "Scheduled today",
        "My drafts",
    ]
    assert all(client.get(tile["url"]).status_code == 200 for tile in tiles)
    assert all(tile["sentence"] == "Nothing waiting" for tile in tiles)


def test_signing_in_leads_to_the_desk(client):
    person = UserFactory(role="Reporter")
    answer = client.get("/admin/", follow=True)
    login = answer.redirect_chain[-1][0]
    answer = client.post(login, {"login": person.username, "password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/admin/"


def test_signing_out_ends_on_a_page(client, reporter):
    client.force_login(reporter)
    assert client.post("/admin/logout/", follow=True).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_the_site_is_named_on_the_desk(client, administrator):
    client.force_login(administrator)
    answer = client.post(IDENTITY, SITE)
    site = SiteIdentity.objects.get()

    assert answer.status_code == 302
    assert (site.name, site.language, site.languages, site.comment_mode) == (
        "The Harbour Post",
        "es",
        ["en", "es"],
        "open",
    )
    assert "The Harbour Post" in client.get("/admin/").content.decode()


def test_the_list_of_identities_is_the_one_form(client, administrator):
    client.force_login(administrator)
    assert client.get("/admin/newsroom/siteidentity/").url == IDENTITY
    assert client.get("/admin/newsroom/siteidentity/add/").status_code == 403


@pytest.mark.parametrize("wrong", [{"languages": []}, {"languages": ["en"]}, {"languages": ["xx"]}, {"name": ""}])
def test_an_identity_that_cannot_be_is_refused(client, administrator, wrong):
    client.force_login(administrator)
    answer = client.post(IDENTITY, {**SITE, **wrong})

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()


def test_social_links_stand_in_their_order(client, administrator):
    client.force_login(administrator)
    client.get("/admin/newsroom/siteidentity/")
    links = {"social_links-TOTAL_FORMS": "2", "social_links-INITIAL_FORMS": "0"}
    for index, (label, position) in enumerate([("second", 2), ("first", 1)]):
        links |= {
            f"social_links-{index}-label": label,
            f"social_links-{index}-url": "https://example.org/",
            f"social_links-{index}-position": position,
            f"social_links-{index}-site": "1",
        }
    assert client.post(IDENTITY, {**SITE, **links}).status_code == 302
    assert [link.label for link in SiteIdentity.objects.get().social_links.all()] == ["first", "second"]


def test_an_administrator_makes_an_account_with_a_role(client, administrator):
    client.force_login(administrator)
    new = {"username": "nina", "email": "nina@example.org", "name": "Nina", "usable_password": "true"}
    answer = client.post("/admin/newsroom/user/add/", {**new, "password1": PASSWORD, "password2": PASSWORD})
    person = User.objects.get(username="nina")
    assert answer.status_code == 302

    group = Group.objects.get(name="Reporter")
    changed = {"username": "nina", "email": "nina@example.org", "name": "Nina", "is_active": "on", "is_staff": "on"}
    frame = {"section_rights-TOTAL_FORMS": 0, "section_rights-INITIAL_FORMS": 0}
    client.post(f"/admin/newsroom/user/{person.pk}/change/", {**changed, **frame, "groups": [group.pk]})
    assert list(User.objects.get(pk=person.pk).groups.all()) == [group]


def test_an_administrator_makes_no_superuser(client, administrator):
    client.force_login(administrator)
    root = UserFactory(is_superuser=True, is_staff=True)
    url = f"/admin/newsroom/user/{root.pk}/"
    assert client.get(f"{url}password/").status_code == 403
    client.post(f"{url}change/", {"username": "mine", "email": "mine@example.org", "name": "x", "is_active": "on"})
    client.post(
        f"/admin/newsroom/user/{administrator.pk}/change/",
        {"username": administrator.username, "email": administrator.email, "is_active": "on", "is_superuser": "on"},
    )

    assert User.objects.get(pk=root.pk).username == root.username
    assert not User.objects.get(pk=administrator.pk).is_superuser


def test_two_accounts_cannot_share_an_address(client, administrator):
    client.force_login(administrator)
    UserFactory(email="nina@example.org")
    new = {"username": "nina2", "email": "NINA@example.org", "name": "", "usable_password": "true"}
    answer = client.post("/admin/newsroom/user/add/", {**new, "password1": PASSWORD, "password2": PASSWORD})

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
