import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0030_front_pages_by_version")]

    operations = [
        migrations.AlterModelOptions(
            name="frontpageversion",
            options={
                "default_permissions": (),
                "ordering": ["page", "-number"],
                "verbose_name": "version of a front page",
                "verbose_name_plural": "versions of front pages",
            },
        ),
        migrations.AlterField(
            model_name="frontpageversion",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="articles.frontpage"
            ),
        ),
        migrations.RemoveField(model_name="frontpageversion", name="language"),
        migrations.AddIndex(
            model_name="frontpageversion",
            index=models.Index(fields=["page", "-at", "-number"], name="front_page_in_force"),
        ),
        migrations.AddConstraint(
            model_name="frontpageversion",
            constraint=models.UniqueConstraint(fields=("page", "number"), name="front_page_version_number_once"),
        ),
        migrations.DeleteModel(name="FrontPageSlot"),
    ]
