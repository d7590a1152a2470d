"""Les deux grands livres : ce que la mission coûte, et qui la paie."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from maillage.engager import choix
from maillage.engager.calculs.budget import cout_des_jours
from maillage.ingenieries.models import ElementDeDossier
from maillage.socle.modeles import historise
from maillage.socle.quantites import Quantite, QuantiteField, contrainte_quantite


class Nature(models.TextChoices):
    """Ce que paie une ligne ; les deux premières seules relèvent des crédits du DLA (règle 4)."""

    CONSEIL = "conseil", "jours de conseil"
    INFORMATION = "information", "information par un prestataire"
    PARTENAIRE = "partenaire", "information par un partenaire"
    ANIMATION = "animation", "conception, animation, suivi par le DLA"
    LOGISTIQUE = "logistique", "logistique et communication"
    VALORISATION = "valorisation", "temps valorisé"
    AUTRE = "autre", "autre dépense"


@historise()
class LigneDeBudget(ElementDeDossier):
    """Une dépense : des jours et leur prix, ou un montant ; l'inconnu reste inconnu."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="lignes_de_budget"
    )
    nature = models.CharField("nature", max_length=14, choices=Nature.choices)
    libelle = models.CharField("libellé", max_length=200)
    jours = QuantiteField("jours", unite="jour")
    cout_jour = QuantiteField("coût d’un jour", unite="€")
    montant = QuantiteField("montant", unite="€")
    source = models.CharField("source du chiffre", max_length=200, blank=True)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ["cree_le"]
        constraints = [
            *(contrainte_quantite(nom, "ligne") for nom in ("jours", "cout_jour", "montant")),
            models.CheckConstraint(
                condition=Q(montant_valeur__isnull=True)
                | Q(jours_valeur__isnull=True)
                | Q(cout_jour_valeur__isnull=True),
                name="ligne_un_seul_compte",
                violation_error_message=(
                    "Les jours et leur prix donnent déjà le montant : effacez l’un des trois."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def cout(self) -> Quantite:
        """Jours × prix s'ils sont connus tous deux, sinon le montant écrit."""
        calcule = cout_des_jours(self.jours, self.cout_jour)
        return calcule if calcule.connue else self.montant


class EtatFinancement(models.TextChoices):
    """Où en est une demande de financement."""

    PRESSENTI = "pressenti", "pressenti"
    DEMANDE = "demande", "demandé"
    ACCORDE = "accorde", "accordé"
    REFUSE = "refuse", "refusé"
    VERSE = "verse", "versé"

    @classmethod
    def dits(cls) -> frozenset[EtatFinancement]:
        """Ce que l'on montre : qui n'est que pressenti ne le sait peut-être pas encore."""
        return frozenset({cls.DEMANDE, cls.ACCORDE, cls.VERSE})


class FinancementQuerySet(models.QuerySet["Financement"]):
    """Vocabulaire des listes de financements."""

    def sans_reponse(self, aujourdhui: date) -> FinancementQuerySet:
        """Demandés, et le jour de la réponse attendue est passé."""
        return self.filter(etat=EtatFinancement.DEMANDE, reponse_attendue_le__lt=aujourdhui)


@historise()
class Financement(ElementDeDossier):
    """Un apport : un montant, ou une part du coût ; une part d'un total inconnu reste une part."""

    ingenierie = models.ForeignKey(
        "ingenieries.Ingenierie", on_delete=models.CASCADE, related_name="financements"
    )
    financeur = models.ForeignKey(
        "annuaire.Organisation",
        verbose_name="financeur",
        on_delete=models.PROTECT,
        related_name="financements",
    )
    credits_dla = models.BooleanField("crédits d’ingénierie du DLA", default=False)
    famille = models.CharField(
        "famille de financement", max_length=80, blank=True, choices=choix.familles_de_financement
    )
    montant = QuantiteField("montant", unite="€")
    part = QuantiteField("part du coût", unite="%")
    etat = models.CharField(
        "réponse",
        max_length=10,
        choices=EtatFinancement.choices,
        default=EtatFinancement.PRESSENTI,
    )
    demande_le = models.DateField("demandé le", null=True, blank=True)
    reponse_attendue_le = models.DateField("réponse attendue le", null=True, blank=True)

    objects = FinancementQuerySet.as_manager()

    class Meta:
        verbose_name = "financement"
        ordering = ["cree_le"]
        constraints = [
            *(contrainte_quantite(nom, "financement") for nom in ("montant", "part")),
            models.CheckConstraint(
                condition=Q(montant_valeur__isnull=True) | Q(part_valeur__isnull=True),
                name="financement_montant_ou_part",
                violation_error_message="Donnez un montant ou une part, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(part_valeur__isnull=True) | Q(part_valeur__lte=100),
                name="financement_part_de_100",
                violation_error_message="Une part du coût ne dépasse pas cent pour cent.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reponse_attendue_le"],
                condition=Q(etat="demande"),
                name="financement_en_attente",
            )
        ]

    def __str__(self) -> str:
        return str(self.financeur)

    @property
    def interne(self) -> bool:  # type: ignore[override] # selon l'état, et non pour toujours
        """Seulement pressenti, ou refusé, un financement ne se nomme pas hors du DLA."""
        return self.etat not in EtatFinancement.dits()
