"""Des écritures qui se croisent : au même moment, ou dans un ordre que le test choisit."""

import threading
from collections.abc import Callable

from django.db import connections, transaction


def ensemble(*gestes: Callable[[], object]) -> None:
    """Fait ces gestes au même moment, chacun sur sa connexion."""
    depart = threading.Barrier(len(gestes))

    def faire(geste: Callable[[], object]) -> None:
        depart.wait()
        try:
            geste()
        finally:
            connections.close_all()

    fils = [threading.Thread(target=faire, args=[geste]) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()


def l_un_attend_l_autre(premier: Callable[[], object], second: Callable[[], object]) -> None:
    """`premier` a écrit sans avoir fini quand `second` commence ; il finit un peu après."""
    ecrit, lache = threading.Event(), threading.Event()

    def autre() -> None:
        try:
            with transaction.atomic():
                premier()
                ecrit.set()
                lache.wait(5)
        finally:
            connections.close_all()

    fil = threading.Thread(target=autre)
    fil.start()
    assert ecrit.wait(5)
    threading.Timer(0.3, lache.set).start()
    second()
    fil.join()
