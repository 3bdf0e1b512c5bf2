"""What was written before: each assignment's committee, and its progress as a first note."""

from django.db import migrations


def carry_over(apps, schema_editor):
    Assignment = apps.get_model("assignments", "Assignment")
    ProgressNote = apps.get_model("assignments", "ProgressNote")
    for assignment in Assignment.objects.select_related("programme").iterator(chunk_size=2000):
        assignment.body_id = assignment.programme.body_id
        assignment.save(update_fields=["body"])
        if assignment.progress_note:
            ProgressNote.objects.create(
                assignment=assignment,
                written_at=assignment.first_filed_at or assignment.programme.published_at,
                text=assignment.progress_note,
            )


class Migration(migrations.Migration):
    dependencies = [("assignments", "0002_acts")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
