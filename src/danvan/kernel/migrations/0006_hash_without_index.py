"""The hash of a line covers its number: no index of its own is needed to keep it single."""

from django.db import migrations, models

from danvan.kernel import guards


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection)


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_viewings")]
    operations = [
        # SQLite makes the table anew, which would drop the guards unseen.
        migrations.RunPython(remove, install),
        migrations.AlterField("entry", "hash", models.CharField(max_length=64)),
        migrations.RunPython(install, remove),
    ]
