"""Un vrai processus de travail, à tuer : python -m … <base> <dossier> <lot où mourir, 0 : jamais>.

Il meurt d'un kill -9 qu'il s'envoie au milieu d'un lot, une fois ses lignes écrites et avant que la
transaction soit validée. Les blocs sont petits, pour qu'il y ait beaucoup de lots.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django
from django.conf import settings

if __name__ == "__main__":
    base, dossier, mourir_au = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"
    settings.DATABASES["default"]["NAME"] = base
    settings.DOSSIER_REGISTRE = dossier
    django.setup()

    from procrastinate.contrib.django import app

    from maillage.annuaire.registre.importer import blocs
    from maillage.annuaire.registre.importer.versement import Versement

    blocs.TAILLE = 16 * 1024
    verser, lots = Versement.verser, 0

    def mourir(*arguments: Any) -> Any:
        global lots
        lots += 1
        compte = verser(*arguments)
        if lots == int(mourir_au):
            os.kill(os.getpid(), signal.SIGKILL)
        return compte

    Versement.verser = mourir  # type: ignore[method-assign]
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, listen_notify=False, fetch_job_polling_interval=0.2)
