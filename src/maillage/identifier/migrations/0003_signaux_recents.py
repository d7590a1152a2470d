from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identifier", "0002_structures_consultees"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(fields=["-date", "-cree_le", "-id"], name="signal_recents"),
        ),
    ]
