"""Once added the references to others' tables; 0001 now makes the tables whole."""

from django.db import migrations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('petitions', '0001_initial'),
    ]

    operations = []
