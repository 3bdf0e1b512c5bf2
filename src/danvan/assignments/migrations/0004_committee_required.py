import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_carried_over")]
    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments_given",
                to="organisations.unit",
            ),
        ),
        migrations.RemoveField(model_name="assignment", name="progress_note"),
    ]
