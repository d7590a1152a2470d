"""Un vrai processus de travail, à tuer : python -m tests.socle.ouvrier <base> <rester|finir>."""

import os
import sys
from pathlib import Path
from time import sleep

import django
from django.conf import settings

if __name__ == "__main__":
    base, mode = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"
    settings.DATABASES["default"]["NAME"] = base
    django.setup()

    from procrastinate.contrib.django import app

    from maillage.socle.travaux.registre import Progression, tache

    @tache("essai.lente")
    def lente(progression: Progression, *, dossier: str) -> str:
        """Laisse une trace, avance jusqu'à 3 sur 10, puis attend le feu vert."""
        with (Path(dossier) / "traces").open("a") as traces:
            traces.write("début\n")
        progression.avancer(3, 10, "à mi-chemin")
        while not (Path(dossier) / "feu-vert").exists():
            sleep(0.05)
        return "Tout est chargé."

    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=mode == "rester", listen_notify=False, fetch_job_polling_interval=0.2)
