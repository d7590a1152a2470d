"""Les panneaux : ce qu'ils disent, ce qu'ils constatent, et leur coût."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Nature
from maillage.confirmer import taches as sujet
from maillage.confirmer.models import (
    CahierDesCharges,
    Consultation,
    EffectifDeclare,
    Groupe,
    Offre,
    Participation,
    ProjetDIntervention,
)
from maillage.engager.models import Avis
from maillage.engager.models.accords import Mode
from maillage.ingenieries.droits import regard
from maillage.ingenieries.panneaux import panneaux_de
from maillage.socle.quantites import Quantite
from tests.fabriques import organisation
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db
DEMARCHES = ["confirmer.mobiliser", "confirmer.etablir", "confirmer.regler"]


def panneaux(dossier, agente, demarche):
    return {p.code: p for p in panneaux_de(demarche, dossier, regard(agente, dossier))}


@pytest.mark.parametrize("demarche", DEMARCHES)
@pytest.mark.parametrize("nombre", [1, 200])
def test_une_demarche_coute_cinq_requetes_au_plus(
    dossier, agente, mobilisees, demarche, nombre
) -> None:
    participations = mobilisees(nombre, "retenue")
    groupe = Groupe.objects.create(ingenierie=dossier, nom="Tous")
    groupe.participations.set(participations)
    ProjetDIntervention.objects.create(ingenierie=dossier)
    CahierDesCharges.objects.create(ingenierie=dossier)
    Consultation.objects.create(ingenierie=dossier)
    for _ in range(min(nombre, 20)):
        Offre.objects.create(ingenierie=dossier, prestataire=organisation(Nature.PRESTATAIRE))
    vue = regard(agente, dossier)
    dossier.refresh_from_db()
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        panneaux_de(demarche, dossier, vue)
    assert len(requetes) <= 5, [r["sql"][:120] for r in requetes]


@pytest.mark.parametrize("nombre", [10, 200])
def test_les_pages_tiennent_leur_budget(page, dossier, mobilisees, nombre) -> None:
    mobilisees(nombre, "retenue")
    for adresse in (
        reverse("confirmer:structures", args=[dossier.pk]),
        reverse("confirmer:inviter", args=[dossier.pk]),
        reverse("confirmer:cocher_le_collectif", args=[dossier.pk]),
        reverse("confirmer:offres", args=[dossier.pk]),
        reverse("confirmer:cahier", args=[dossier.pk]),
        *(reverse("ingenieries:demarche", args=[dossier.pk, d]) for d in DEMARCHES),
    ):
        with CaptureQueriesContext(connection) as requetes:
            reponse = page.get(adresse)
        assert reponse.status_code == 200
        assert len(requetes) <= 12, adresse
        assert len(reponse.content) <= 80_000, adresse


def test_la_mobilisation_dit_ce_qui_manque(dossier, agente, mobilisees) -> None:
    muette, ecartee = mobilisees(2, "contactee")
    muette.contactee_le = timezone.localdate() - timedelta(days=20)
    muette.save()
    Participation.objects.filter(pk=ecartee.pk).update(palier="non_retenue")
    panneau = panneaux(dossier, agente, "confirmer.mobiliser")["mobilisation"]
    assert panneau.phrase == "2 repérées, 2 contactées."
    assert len(panneau.manques) == 3
    assert "structures_contactees" in panneau.faits


@pytest.mark.parametrize(("champ", "dite"), [("raison", "complet"), ("motif", "Deux places")])
def test_une_raison_choisie_ou_ecrite_est_une_raison(
    dossier, agente, mobilisees, champ: str, dite: str
) -> None:
    (ecartee,) = mobilisees(1, "non_retenue")
    sans_raison = "1\u00a0structure non retenue sans raison notée."
    mobilisation = panneaux(dossier, agente, "confirmer.mobiliser")["mobilisation"]
    assert sans_raison in mobilisation.manques
    Participation.objects.filter(pk=ecartee.pk).update(**{champ: dite})
    mobilisation = panneaux(dossier, agente, "confirmer.mobiliser")["mobilisation"]
    assert sans_raison not in mobilisation.manques


def test_doubs_entre_sans_se_tordre(dossier, agente, mobilisees) -> None:
    """27 associations sensibilisées que personne ne nomme, 10 retenues."""
    dix = mobilisees(10, "retenue")
    declare = EffectifDeclare(ingenierie=dossier, palier="contactee", precision="sensibilisées")
    declare.nombre = Quantite(27)  # type: ignore[arg-type]
    declare.save()
    dits = panneaux(dossier, agente, "confirmer.mobiliser")
    assert dits["mobilisation"].phrase == "27 contactées, 10 intéressées, 10 retenues."
    assert not dits["groupe"].faits
    groupe = Groupe.objects.create(ingenierie=dossier, nom="Les dix")
    groupe.participations.set(dix)
    assert "groupes_constitues" in panneaux(dossier, agente, "confirmer.mobiliser")["groupe"].faits


def test_l_avis_absent_se_dit_jusqu_a_ce_qu_il_soit_rendu_ou_explique(dossier, agente) -> None:
    CahierDesCharges.objects.create(ingenierie=dossier)

    def dit() -> bool:
        manques = panneaux(dossier, agente, "confirmer.regler")["cahier"].manques
        return any("rien n’est bloqué" in manque for manque in manques)

    assert dit()
    avis = Avis.objects.create(ingenierie=dossier, operateur=dossier.operateur)
    assert dit()
    avis.mode, avis.raison_de_l_absence = Mode.ABSENT, "Comité en renouvellement"
    avis.save()
    assert not dit()


def test_le_chiffre_d_en_tete_est_celui_de_l_entonnoir(page, dossier, mobilisees) -> None:
    adresse = reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"])

    def retenues() -> str:
        chiffres = page.get(adresse).context["chiffres"]
        return next(c["valeur"] for c in chiffres if c["libelle"] == "Structures retenues")

    assert retenues() == ""
    mobilisees(3, "retenue")
    assert retenues() == "3"
    declare = EffectifDeclare(ingenierie=dossier, palier="retenue")
    declare.nombre = Quantite(12)  # type: ignore[arg-type]
    declare.save()
    assert retenues() == "12"


def test_un_projet_redige_constate_son_point(dossier, agente) -> None:
    projet = ProjetDIntervention.objects.create(
        ingenierie=dossier, type_ingenierie="solution_avec", jours_valeur=5, jours_precision="exact"
    )
    panneau = panneaux(dossier, agente, "confirmer.etablir")["projet"]
    assert panneau.phrase == "Solution produite avec les structures, 5\u00a0jours."
    assert not panneau.faits
    assert "les résultats attendus" in panneau.manques[0]
    projet.resultats_qualitatifs = "Un contact durable"
    projet.save()
    dossier.refresh_from_db()
    assert panneaux(dossier, agente, "confirmer.etablir")["projet"].faits


def test_les_taches_disent_quoi_faire_et_ou(dossier, agente, mobilisees) -> None:
    aujourdhui = timezone.localdate()
    muette, ecartee = mobilisees(2, "contactee")
    Participation.objects.filter(pk=muette.pk).update(contactee_le=aujourdhui - timedelta(days=20))
    Participation.objects.filter(pk=ecartee.pk).update(palier="non_retenue")
    consultation = Consultation.objects.create(
        ingenierie=dossier, etat="ouverte", limite_le=timezone.now() - timedelta(hours=2)
    )
    with CaptureQueriesContext(connection) as requetes:
        gestes = [t.geste for t in taches(agente, aujourdhui)]
    assert gestes == ["Relancer", "Prévenir", "Clore"]
    assert len(requetes) <= 3
    consultation.etat = "close"
    consultation.save()
    assert "Noter" in [t.geste for t in taches(agente, aujourdhui)]
    dossier.etat = "suspendue"
    dossier.save()
    assert taches(agente, aujourdhui) == []
