// What buttons in replies and articles do. Runs once, when the panel of the article is there;
// gradio gives `element`, `trigger` and `watch`. Nothing here reads words as HTML or as code.

const desk = document.getElementById("desk");
const find = selector => document.querySelector(selector);
let cited = null; // the citation pressed last: where Escape goes back to
let byKeyboard = false;

const goToMark = () => requestAnimationFrame(() => {
  const text = element.querySelector(".qa-text"), mark = text?.querySelector("mark");
  if (!text) return;
  text.scrollTop = mark ? mark.offsetTop - text.offsetTop - text.clientHeight / 3 : 0;
  if (byKeyboard) text.focus({ preventScroll: true });
});

const close = () => {
  desk.classList.remove("qa-reading");
  byKeyboard = false;
  cited?.focus();
};

const cite = (button, event) => {
  cited = button;
  byKeyboard = event.detail === 0; // pressed by Enter or the space bar
  desk.classList.add("qa-reading");
  goToMark();
  trigger("cite", { place: button.value });
};

// The clipboard proper is for pages of this machine or with https; elsewhere the old way serves.
const copy = async button => {
  try {
    await navigator.clipboard.writeText(button.value);
  } catch {
    const field = document.createElement("textarea");
    field.value = button.value;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const said = button.querySelector(".qa-done");
  said.textContent = said.title;
  setTimeout(() => { said.textContent = ""; }, 2500);
};

const narrow = button => {
  close();
  find("#tabs [role=tab]").click(); // the chat: the article may have been read in the archive
  trigger("narrow", { article: button.value });
};

const toSource = () => {
  const text = element.querySelector(".qa-text");
  if (!text) return;
  byKeyboard = true;
  desk.classList.add("qa-reading");
  goToMark();
};

const ACTS = {
  "qa-cite": cite,
  "qa-copy": copy,
  "qa-narrow": narrow,
  "qa-ask": button => trigger("suggested", { question: button.value }),
  "qa-typed": () => trigger("typed"),
  "qa-mend": () => trigger("mend"),
  "qa-to-source": toSource,
  "qa-to-question": () => find("#question textarea").focus(),
};

document.addEventListener("click", event => {
  const button = event.target.closest?.("button");
  if (!button) return;
  for (const [name, act] of Object.entries(ACTS)) {
    if (button.classList.contains(name)) act(button, event);
  }
  if (button.matches("#evidence .qa-close")) close();
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  if (desk.classList.contains("qa-reading")) close();
});

watch("value", goToMark);
