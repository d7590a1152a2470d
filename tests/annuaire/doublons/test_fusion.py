"""Réunir deux fiches et l'annuler : rien ne se perd, tout revient exactement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.annuaire.doublons.etapes import AnnulationImpossible
from maillage.annuaire.doublons.fusion import CHAMPS, annuler, devenue, preferer, reunir
from maillage.annuaire.doublons.liens import compter_les_liens, heurts, liens_vers
from maillage.annuaire.models import ChiffresAnnuels, Fusion, Organisation, PaireDeFiches
from maillage.confirmer.models import Participation
from maillage.identifier.models import Signal
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.models import ResumeDeMission
from maillage.socle.journal.models import Acte
from maillage.socle.models import Utilisateur
from tests.annuaire.conftest import Lieux
from tests.fabriques import agent, mission, organisation
from tests.piloter.fabriques import retenir
from tests.piloter.test_resume import verifier

TENUS = frozenset({"version", "modifie_le"})


def instantane() -> dict[str, Any]:
    """Toutes les lignes de toutes les tables du produit, sans ce que tient la machine."""
    etat = {}
    for modele in apps.get_models():
        etiquette = modele._meta.label_lower
        if "event" in etiquette or not etiquette.startswith(PIECES):
            continue
        for lu in serializers.serialize("python", modele._base_manager.all()):
            champs = {n: str(v) for n, v in lu["fields"].items() if n not in TENUS}
            etat[f"{etiquette}:{lu['pk']}"] = champs
    return etat


PIECES = (
    *("annuaire.", "accueillir.", "ingenieries.", "identifier.", "engager.", "confirmer."),
    *("finaliser.", "capitaliser.", "piloter.", "socle.document"),
)


@pytest.fixture
def deux(lieux: Lieux, doubs: Organisation) -> tuple[Organisation, Organisation]:
    """La même association, deux fois : deux fiches, chacune avec ce que l'autre n'a pas."""
    garde = organisation(
        nom="Les Jardins de la Loue", commune=lieux["25056"], operateur=doubs, rna="W251000001"
    )
    autre = organisation(
        nom="Jardins de la Loue (asso)",
        commune=lieux["25056"],
        operateur=doubs,
        courriel="bonjour@jardins.example",
        siren="552100554",
        territoires=[lieux["d25"]],
    )
    return garde, autre


def tous_les_liens(garde: Organisation, autre: Organisation, doubs: Organisation) -> None:
    """Des liens de toute sorte, dont deux qui se heurtent."""
    dossier, second = mission(doubs), mission(doubs)
    for fiche in (garde, autre):
        ChiffresAnnuels.objects.create(organisation=fiche, annee=2024, source=fiche.nom)
        Participation.objects.create(ingenierie=dossier, structure=fiche, motif=fiche.nom)
    ChiffresAnnuels.objects.create(organisation=autre, annee=2023)
    Participation.objects.create(ingenierie=second, structure=autre)
    Signal.objects.create(operateur=doubs, structure=autre, texte="Besoin", source="structures")
    Acte.objects.create(
        phrase="a ajouté la fiche", sujet_type="annuaire.organisation", sujet_id=autre.pk
    )
    organisation(nom="Antenne", rattachee_a=autre)
    agent(autre, "structure")


def test_tout_ce_qui_pointait_vers_l_une_pointe_vers_l_autre(
    deux: tuple[Organisation, Organisation], doubs: Organisation, charge: Utilisateur
) -> None:
    garde, autre = deux
    tous_les_liens(garde, autre, doubs)
    avant = Counter({lien.cle: n for lien, n in compter_les_liens(Organisation, garde.pk)})
    avant += Counter({lien.cle: n for lien, n in compter_les_liens(Organisation, autre.pk)})

    reunir(garde, autre, champs=preferer(garde, autre), lignes={}, par=charge)

    apres = Counter({lien.cle: n for lien, n in compter_les_liens(Organisation, garde.pk)})
    perdus = avant - apres
    assert perdus == {
        "annuaire.chiffresannuels.organisation": 1,
        "confirmer.participation.structure": 1,
    }
    assert not Organisation.objects.filter(pk=autre.pk).exists()
    assert compter_les_liens(Organisation, autre.pk) == []
    garde.refresh_from_db()
    assert (garde.rna, garde.siren) == ("W251000001", "552100554")
    assert garde.courriel == "bonjour@jardins.example"
    assert devenue(autre.pk, charge) == garde


def test_annuler_remet_exactement(
    deux: tuple[Organisation, Organisation], doubs: Organisation, charge: Utilisateur
) -> None:
    garde, autre = deux
    tous_les_liens(garde, autre, doubs)
    avant = instantane()

    fusion = reunir(garde, autre, champs=dict.fromkeys(CHAMPS, "absorbee"), lignes={}, par=charge)
    assert instantane() != avant
    annuler(fusion, par=charge)

    Fusion.objects.all().delete()
    assert instantane() == avant


def test_de_deux_lignes_qui_se_heurtent_on_garde_celle_que_l_on_choisit(
    deux: tuple[Organisation, Organisation], doubs: Organisation, charge: Utilisateur
) -> None:
    garde, autre = deux
    tous_les_liens(garde, autre, doubs)
    lus = heurts(Organisation, garde.pk, autre.pk)
    assert {h.lien.modele for h in lus} == {ChiffresAnnuels, Participation}

    fusion = reunir(garde, autre, champs={}, lignes={h.cle: "absorbee" for h in lus}, par=charge)

    assert ChiffresAnnuels.objects.get(annee=2024).source == autre.nom
    assert Participation.objects.filter(structure=garde, motif=autre.nom).exists()
    annuler(fusion, par=charge)
    assert ChiffresAnnuels.objects.get(organisation=garde, annee=2024).source == garde.nom


def test_annuler_refuse_ce_qui_a_change_depuis_et_dit_quoi(
    deux: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    garde, autre = deux
    fusion = reunir(garde, autre, champs=preferer(garde, autre), lignes={}, par=charge)
    Organisation.objects.filter(pk=garde.pk).update(courriel="autre@jardins.example")

    with pytest.raises(AnnulationImpossible, match="courriel"):
        annuler(fusion, par=charge)

    assert not Organisation.objects.filter(pk=autre.pk).exists()
    fusion.refresh_from_db()
    assert fusion.annulee_le is None


def test_une_fiche_service_de_l_autre_ne_devient_pas_son_propre_service(
    deux: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    garde, autre = deux
    garde.rattachee_a = autre
    garde.save()

    fusion = reunir(garde, autre, champs={}, lignes={}, par=charge)

    garde.refresh_from_db()
    assert garde.rattachee_a is None
    annuler(fusion, par=charge)
    garde.refresh_from_db()
    assert garde.rattachee_a == autre


def test_ce_que_l_on_avait_dit_de_l_absorbee_revient_avec_elle(
    deux: tuple[Organisation, Organisation], charge: Utilisateur
) -> None:
    garde, autre = deux
    tierce = organisation(nom="Jardins d’ailleurs")
    premiere, seconde = sorted((autre, tierce), key=lambda o: o.pk)
    PaireDeFiches.objects.create(
        premiere=premiere, seconde=seconde, probabilite=0.5, decision="distinctes"
    )

    fusion = reunir(garde, autre, champs={}, lignes={}, par=charge)
    assert not PaireDeFiches.objects.exists()
    annuler(fusion, par=charge)

    assert PaireDeFiches.objects.get().decision == "distinctes"


def test_chaque_lien_du_produit_est_suivi() -> None:
    """Une clé étrangère vers une organisation, cachée ou non, est dans la liste."""
    attendus = {
        f"{modele._meta.label_lower}.{champ.name}"
        for modele in apps.get_models(include_auto_created=True)
        if not (modele._meta.proxy or modele._meta.label_lower.endswith("event"))
        for champ in modele._meta.concrete_fields
        if champ.is_relation and champ.related_model is Organisation
    }
    suivis = {lien.cle for lien in liens_vers(Organisation)}
    assert attendus <= suivis
    assert {"socle.acte.sujet_id", "socle.document.sujet_id"} <= suivis


def test_les_resumes_que_tient_la_base_restent_justes(
    deux: tuple[Organisation, Organisation], doubs: Organisation, charge: Utilisateur
) -> None:
    garde, autre = deux
    ensemble, seule = mission(doubs), mission(doubs)
    for dossier, fiche in ((ensemble, garde), (ensemble, autre), (seule, autre)):
        retenir(dossier, structure=fiche)

    fusion = reunir(garde, autre, champs={}, lignes={}, par=charge)
    verifier(ensemble)
    verifier(seule)
    assert ResumeDeMission.objects.get(pk=seule.pk).structures == [garde.pk]

    annuler(fusion, par=charge)
    verifier(ensemble)
    verifier(seule)


LIENS: dict[str, Callable[[Organisation, Organisation], Any]] = {
    "chiffres": lambda fiche, dla: ChiffresAnnuels.objects.create(organisation=fiche, annee=2024),
    "besoin": lambda fiche, dla: Signal.objects.create(
        operateur=dla, structure=fiche, texte="Besoin", source="structures"
    ),
    "mission": lambda fiche, dla: Participation.objects.create(
        ingenierie=Ingenierie.objects.first() or mission(dla), structure=fiche
    ),
    "service": lambda fiche, dla: organisation(rattachee_a=fiche),
    "territoire": lambda fiche, dla: fiche.territoires.add(dla.territoires.get()),
}
PARTS = st.sets(st.sampled_from(sorted(LIENS)))
COTES = st.sampled_from(["gardee", "absorbee"])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(d_une=PARTS, de_l_autre=PARTS, champs=COTES, lignes=COTES)
def test_quoi_que_l_on_reunisse_annuler_remet_tout(
    deux: tuple[Organisation, Organisation],
    doubs: Organisation,
    d_une: set[str],
    de_l_autre: set[str],
    champs: str,
    lignes: str,
) -> None:
    with transaction.atomic():
        garde, autre = (Organisation.objects.get(pk=o.pk) for o in deux)
        for fiche, liens in ((garde, d_une), (autre, de_l_autre)):
            for nom in sorted(liens):
                LIENS[nom](fiche, doubs)
        avant = instantane()
        opposees = heurts(Organisation, garde.pk, autre.pk)

        choix = {h.cle: lignes for h in opposees}
        fusion = reunir(garde, autre, champs=dict.fromkeys(CHAMPS, champs), lignes=choix, par=None)
        assert compter_les_liens(Organisation, autre.pk) == []
        annuler(fusion, par=None)

        fusion.delete()
        assert instantane() == avant
        transaction.set_rollback(True)
