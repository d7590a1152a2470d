"""Lire un diagnostic : la décision et le filtre SQL donnent partout la même réponse."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from maillage import methode
from maillage.accueillir.autorisations.droits import peut_lire_diagnostic, regard
from maillage.accueillir.autorisations.tenue import Auteur, Tenue
from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    EtatDiagnostic,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.confirmer.models import Offre, Participation
from maillage.engager.models import Partenariat
from maillage.socle.models import Utilisateur
from tests.fabriques import commune, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db

CATEGORIES = [d.code for d in methode.diagnostic().destinataires]
PAGE = {"voie": VoieDAutorisation.PAGE, "par": "Ada"}
ROLES = {
    Nature.OPERATEUR: (Role.CHARGE_ACCOMPAGNEMENT, Role.RESPONSABLE, Role.MEMBRE_COMITE),
    Nature.DLA_REGIONAL: (Role.DLA_REGIONAL, Role.MEMBRE_COMITE),
    Nature.CENTRE_RESSOURCES: (Role.CENTRE_RESSOURCES,),
    Nature.FINANCEUR: (Role.PARTENAIRE, Role.MEMBRE_COMITE),
    Nature.PRESTATAIRE: (Role.PRESTATAIRE,),
    Nature.STRUCTURE: (Role.STRUCTURE,),
    Nature.NATIONAL: (Role.NATIONAL,),
}


class Tirage:
    """Un petit monde tiré au sort : deux départements, des structures, des gens, des choix."""

    def __init__(self, graine: int) -> None:
        self.sort = random.Random(graine)  # noqa: S311 (un tirage rejouable)
        lieux = [departement("25", "Doubs"), departement("33", "Gironde")]
        villes = [commune("25056", dans=lieux[0]), commune("33063", "Bordeaux", dans=lieux[1])]
        self.operateurs = [operateur(f"DLA {lieu.nom}", lieu) for lieu in lieux]
        self.autres = [
            organisation(nature, territoires=[self.sort.choice(lieux)], secteur=self._secteur())
            for nature in ROLES
            if nature not in (Nature.OPERATEUR, Nature.STRUCTURE)
            for _ in range(2)
        ]
        self.structures = [
            organisation(commune=self.sort.choice(villes), secteur=self._secteur())
            for _ in range(4)
        ]
        for structure in self.structures:
            self._choix(structure)
        for _ in range(3):
            self._mission()
        self.personnes = [self._personne() for _ in range(14)]

    def _secteur(self) -> str:
        return self.sort.choice(["culture", "sport"])

    def _choix(self, structure: Organisation) -> None:
        diagnostics = [self._diagnostic(structure) for _ in range(3)]
        for categorie in CATEGORIES:
            if self.sort.random() < 0.75:
                Autorisation.objects.create(
                    structure=structure,
                    categorie=categorie,
                    accordee=self.sort.random() < 0.75,
                    **PAGE,
                )
        for _ in range(self.sort.randrange(3)):
            ExceptionDAutorisation.objects.get_or_create(
                structure=structure, **self._soustrait(diagnostics), defaults=PAGE
            )

    def _diagnostic(self, structure: Organisation) -> Diagnostic:
        etat = self.sort.choice([*EtatDiagnostic, EtatDiagnostic.VALIDE, EtatDiagnostic.VALIDE])
        passe = timezone.now() - timedelta(days=1)
        return Diagnostic.objects.create(
            structure=structure,
            operateur=self.sort.choice(self.operateurs),
            etat=etat,
            soumis_le=None if etat == EtatDiagnostic.EN_COURS else passe,
            valide_le=passe if etat == EtatDiagnostic.VALIDE else None,
        )

    def _soustrait(self, diagnostics: list[Diagnostic]) -> dict[str, Any]:
        ici = {"diagnostic": self.sort.choice(diagnostics)}
        lui = {"organisation": self.sort.choice([*self.autres, *self.operateurs])}
        return self.sort.choice(
            [ici, lui, ici | lui, ici | {"categorie": self.sort.choice(CATEGORIES)}]
        )

    def _mission(self) -> None:
        dossier = mission(
            self.sort.choice(self.operateurs),
            etat=self.sort.choice(["en_cours", "en_cours", "abandonnee"]),
            motif_de_fin="Faute de temps",
        )
        for structure in self.sort.sample(self.structures, 2):
            palier = self.sort.choice(["retenue", "retenue", "reperee"])
            Participation.objects.create(
                ingenierie=dossier, structure=structure, palier=palier, atteint=palier
            )
        for autre in self.autres:
            if Nature.FINANCEUR in autre.natures:
                etat = self.sort.choice(["engage", "engage", "sollicite"])
                Partenariat.objects.create(
                    ingenierie=dossier, organisation=autre, famille="financeurs", etat=etat
                )
            if Nature.PRESTATAIRE in autre.natures:
                decision = self.sort.choice(["retenue", "non_retenue", ""])
                Offre.objects.create(ingenierie=dossier, prestataire=autre, decision=decision)

    def _personne(self) -> Utilisateur:
        rang = Utilisateur.objects.count()
        compte = Utilisateur.objects.create_user(f"p{rang}@exemple.fr", "un-mot-de-passe-long")
        personne = Personne.objects.create(nom=f"Nom{rang}", compte=compte)
        chez = self.sort.sample([*self.autres, *self.operateurs, *self.structures], 2)
        for organisation_ in chez[: self.sort.choice([1, 1, 2])]:
            role = self.sort.choice(ROLES[Nature(organisation_.natures[0])])
            Rattachement.objects.create(
                personne=personne,
                organisation=organisation_,
                role=role,
                revoque_le=self.sort.choice([None, None, None, timezone.now()]),
            )
        return compte


@pytest.mark.parametrize("graine", range(8))
def test_la_decision_et_le_filtre_disent_la_meme_chose(graine: int) -> None:
    monde = Tirage(graine)
    diagnostics = list(Diagnostic.objects.select_related("operateur"))
    for personne in monde.personnes:
        lus = {d.pk for d in diagnostics if peut_lire_diagnostic(personne, d)}
        connus = {d.pk for d in diagnostics if regard(personne, d).existe}
        assert lus == set(_cles(Diagnostic.objects.lisibles_par(personne)))
        assert connus == set(_cles(Diagnostic.objects.existants_pour(personne)))
        assert lus <= connus


def test_le_tirage_fait_lire_et_refuse_a_chaque_titre() -> None:
    """Sans quoi le test ci-dessus n'éprouverait rien : chaque catégorie ouvre, et se ferme."""
    ouverts, fermes = set(), 0
    for graine in range(8):
        with transaction.atomic():
            monde = Tirage(graine)
            for personne in monde.personnes:
                for diagnostic in Diagnostic.objects.select_related("operateur"):
                    vu = regard(personne, diagnostic)
                    ouverts |= {t.categorie for t in vu.titres}
                    fermes += vu.existe and not vu.lire
            transaction.set_rollback(True)
    assert ouverts == set(CATEGORIES)
    assert fermes > 20


def test_tout_destinataire_a_portee_se_propose_a_soustraire() -> None:
    """Sauf le DLA qui mène, dont le comité se ferme par sa catégorie."""
    monde = Tirage(3)
    vus = 0
    for diagnostic in Diagnostic.objects.select_related("operateur", "structure"):
        auteur = Auteur("Ada", VoieDAutorisation.PAGE)
        tenue = Tenue(diagnostic.structure, Diagnostic.objects.all(), auteur)
        proposees = {o.pk for o in tenue.possibles()}
        for personne in monde.personnes:
            for titre in regard(personne, diagnostic).titres:
                if titre.categorie != "comite":
                    assert titre.exercice.organisation in proposees
                    vus += 1
    assert vus


def _cles(objets: Any) -> Any:
    return objets.order_by().values_list("pk", flat=True)
