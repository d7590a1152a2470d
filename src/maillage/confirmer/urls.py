"""Adresses de l'étape « confirmer », et pages du prestataire."""

from django.urls import URLPattern, include, path

from maillage.confirmer import editions
from maillage.confirmer.views import cahier, consultation, mobilisation, prestataire
from maillage.ingenieries.edition import Edition, routes

app_name = "confirmer"


def _sans_ajout(edition: Edition) -> list[URLPattern]:
    """Une structure ou un prestataire s'ajoute depuis le registre, plusieurs d'un coup."""
    return [r for r in routes(edition) if r.name != f"{edition.code}_ajouter"]


urlpatterns = [
    path("", include("maillage.confirmer.suites.urls")),
    path(
        "missions/<uuid:ingenierie>/mobilisation/", include("maillage.confirmer.mobilisation.urls")
    ),
    path("", include("maillage.confirmer.groupes.urls")),
    path("missions/<uuid:ingenierie>/structures/", mobilisation.structures, name="structures"),
    path(
        "missions/<uuid:ingenierie>/structures/ajouter/",
        mobilisation.inviter_des_structures,
        name="inviter",
    ),
    path("missions/<uuid:ingenierie>/structures/palier/", mobilisation.changer, name="palier"),
    path(
        "missions/<uuid:ingenierie>/structures/prevenir/",
        mobilisation.prevenir_les_structures,
        name="prevenir",
    ),
    *_sans_ajout(editions.PARTICIPATION),
    *routes(
        editions.VOIE,
        editions.MESSAGE,
        editions.CRENEAU,
        editions.EFFECTIF,
        editions.CONCURRENCE,
        editions.GROUPE,
        editions.EXIGENCE,
        editions.SOUHAIT,
        editions.PROJET,
        editions.CAHIER,
        editions.CONSULTATION,
    ),
    path("missions/<uuid:ingenierie>/cahier/", cahier.cahier, name="cahier"),
    path("missions/<uuid:ingenierie>/cahier/word/", cahier.cahier_word, name="cahier_word"),
    path("missions/<uuid:ingenierie>/cahier/pdf/", cahier.cahier_pdf, name="cahier_pdf"),
    path("missions/<uuid:ingenierie>/cahier/emis/", cahier.emis, name="cahier_emis"),
    path("missions/<uuid:ingenierie>/cahier/emis/word/", cahier.emis_word, name="cahier_emis_word"),
    path("missions/<uuid:ingenierie>/cahier/emis/pdf/", cahier.emis_pdf, name="cahier_emis_pdf"),
    path(
        "missions/<uuid:ingenierie>/cahier/<slug:verbe>/geste/",
        consultation.cahier,
        name="cahier_etat",
    ),
    path(
        "missions/<uuid:ingenierie>/consultation/<slug:verbe>/geste/",
        consultation.consultation,
        name="consultation_etat",
    ),
    path(
        "missions/<uuid:ingenierie>/prestataires/",
        consultation.inscrire_des_prestataires,
        name="consulter",
    ),
    path("missions/<uuid:ingenierie>/offres/", consultation.offres, name="offres"),
    path(
        "missions/<uuid:ingenierie>/offres/informer/",
        consultation.informer_les_prestataires,
        name="informer",
    ),
    path(
        "missions/<uuid:ingenierie>/offres/<uuid:offre>/noter/",
        consultation.noter_une_offre,
        name="noter",
    ),
    *_sans_ajout(editions.OFFRE),
    path("consultations/", prestataire.mes_consultations, name="mes_consultations"),
    path("consultations/<uuid:offre>/", prestataire.mon_offre, name="mon_offre"),
    path("consultations/<uuid:offre>/word/", prestataire.mon_cahier_word, name="mon_cahier_word"),
    path("consultations/<uuid:offre>/pdf/", prestataire.mon_cahier_pdf, name="mon_cahier_pdf"),
    path("consultations/<uuid:offre>/decliner/", prestataire.je_decline, name="decliner"),
]
