import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_newsletters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("draft", models.JSONField(editable=False, null=True)),
                ("draft_number", models.PositiveIntegerField(default=0, editable=False)),
                ("draft_at", models.DateTimeField(editable=False, null=True)),
                (
                    "draft_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="front",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "front page",
                "verbose_name_plural": "front pages",
                "ordering": ["language", "section", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("language", ""), _negated=True),
                        fields=("language",),
                        name="one_home_page_a_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("language", ""), _negated=True), ("section__isnull", True)),
                            models.Q(("language", ""), ("section__isnull", False)),
                            _connector="OR",
                        ),
                        name="front_page_is_a_home_or_a_section_s",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="frontpageversion",
            name="page",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="articles.frontpage",
            ),
        ),
        migrations.AddField(
            model_name="frontpageversion",
            name="made_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="frontpageversion",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, null=True, verbose_name="from"),
        ),
        migrations.AlterField(
            model_name="frontpageversion",
            name="language",
            field=models.CharField(blank=True, default="", max_length=12, verbose_name="language"),
        ),
        migrations.RemoveConstraint(model_name="frontpageversion", name="front_page_version_number_once"),
    ]
