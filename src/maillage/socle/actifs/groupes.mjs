/* Composer des groupes : glisser une carte, la pousser d'une flèche, retrouver son doigt après.

   Rien ici n'invente de geste : tirer une carte ou appuyer sur une flèche revient à cliquer sur le
   bouton de la carte qui dit « Déplacer vers ». Sans JavaScript, ce bouton suffit. */

const carteDe = (cible) => cible.closest?.(".colonnes[data-colonnes] .carte:not([data-fixe])");
let tiree = null;

function deplacer(carte, colonne) {
  const geste = `vers:${carte.dataset.cle}:${colonne.dataset.rang}`;
  carte.querySelector(`button[value="${geste}"]`)?.click();
}

function armer() {
  for (const carte of document.querySelectorAll(".colonnes[data-colonnes] .carte:not([data-fixe])")) {
    carte.draggable = true;
  }
}

document.addEventListener("dragstart", (evenement) => {
  tiree = carteDe(evenement.target);
  if (!tiree) return;
  evenement.dataTransfer.effectAllowed = "move";
  evenement.dataTransfer.setData("text/plain", tiree.dataset.cle);
  tiree.classList.add("tiree");
});

document.addEventListener("dragover", (evenement) => {
  const colonne = tiree && evenement.target.closest(".colonne");
  for (const autre of document.querySelectorAll(".survolee")) autre.classList.remove("survolee");
  if (!colonne || colonne.contains(tiree)) return;
  evenement.preventDefault();
  colonne.classList.add("survolee");
});

document.addEventListener("drop", (evenement) => {
  const colonne = tiree && evenement.target.closest(".colonne");
  if (!colonne || colonne.contains(tiree)) return;
  evenement.preventDefault();
  deplacer(tiree, colonne);
});

document.addEventListener("dragend", () => {
  tiree?.classList.remove("tiree");
  for (const colonne of document.querySelectorAll(".survolee")) colonne.classList.remove("survolee");
  tiree = null;
});

/* Sur le nom d'une carte, les flèches la poussent dans la colonne voisine. */
document.addEventListener("keydown", (evenement) => {
  const pas = { ArrowLeft: -1, ArrowRight: 1 }[evenement.key];
  const carte = pas && evenement.target.matches?.("summary") && carteDe(evenement.target);
  if (!carte) return;
  const colonnes = [...document.querySelectorAll(".colonne")];
  const voisine = colonnes[colonnes.indexOf(carte.closest(".colonne")) + pas];
  if (!voisine) return;
  evenement.preventDefault();
  deplacer(carte, voisine);
});

/* Le plateau revient changé : la carte déplacée garde le focus. */
document.addEventListener("htmx:afterSettle", () => {
  armer();
  const plateau = document.querySelector("#plateau[data-focus]");
  if (!plateau) return;
  const carte = document.getElementById(`carte-${plateau.dataset.focus}`);
  delete plateau.dataset.focus;
  carte?.classList.add("arrivee");
  carte?.querySelector("summary")?.focus();
});

/* Un curseur dit en mots ce qu'il vaut. */
const MOTS = {
  double: ["mêler, beaucoup", "mêler", "mêler, un peu", "indifférent", "rapprocher, un peu", "rapprocher", "rapprocher, beaucoup"],
  simple: ["ne compte pas", "un peu", "compte", "beaucoup"],
};

function dire(curseur) {
  const mot = MOTS[curseur.dataset.curseur][curseur.value - curseur.min];
  curseur.setAttribute("aria-valuetext", mot);
  let dit = curseur.nextElementSibling;
  if (!dit?.matches(".curseur-dit")) {
    dit = document.createElement("span");
    dit.className = "curseur-dit";
    dit.ariaHidden = "true";
    curseur.after(dit);
  }
  dit.textContent = mot;
}

for (const curseur of document.querySelectorAll("input[data-curseur]")) dire(curseur);
document.addEventListener("input", (evenement) => {
  if (evenement.target.matches?.("input[data-curseur]")) dire(evenement.target);
});

armer();
