/* L'espace devant « : » ou dans les guillemets ne se coupe pas, même dans ce qu'une personne a
   écrit : la page est corrigée à l'écran, jamais le texte gardé ni un champ de saisie. */
const COUPABLE = / (?=[;:!?»€%])|(?<=«) /g;
const INTOUCHES = "script, style, textarea, input, select, code, pre";

function lier(racine) {
  const textes = document.createTreeWalker(racine, NodeFilter.SHOW_TEXT);
  while (textes.nextNode()) {
    const texte = textes.currentNode;
    const lie = texte.data.replace(COUPABLE, "\u00a0");
    if (lie !== texte.data && !texte.parentElement.closest(INTOUCHES)) texte.data = lie;
  }
}

document.addEventListener("htmx:load", ({ target }) => lier(target));
