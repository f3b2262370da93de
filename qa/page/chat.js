// What the buttons in replies and articles do. Runs once, when the article panel is mounted;
// Gradio provides `element`, `trigger` and `watch`. No text is ever parsed as HTML or code here.

const panes = document.getElementById("chat-panes");
const find = selector => document.querySelector(selector);
let lastCitation = null; // the button to which Escape returns the focus
let byKeyboard = false;
let following = false; // a permalink whose text is not shown yet

const scrollToMark = () => requestAnimationFrame(() => {
  const text = element.querySelector(".qa-text"), mark = text?.querySelector("mark");
  if (!text) return;
  text.scrollTop = mark ? mark.offsetTop - text.offsetTop - text.clientHeight / 3 : 0;
  if (byKeyboard) text.focus({ preventScroll: true });
});

const showTimeline = shown => panes.classList.toggle("qa-timeline-shown", shown);

// The page's address must not name a text that is no longer shown; browsers also tell nobody when
// the same permalink is followed again.
const forgetPermalink = () => {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
};

const close = () => {
  forgetPermalink();
  panes.classList.remove("qa-reading");
  showTimeline(false);
  byKeyboard = false;
  lastCitation?.focus();
};

const overTime = (button, event) => {
  lastCitation = button;
  byKeyboard = event.detail === 0;
  panes.classList.add("qa-reading");
  showTimeline(true);
  trigger("over_time", { turn: button.value });
};

const cite = (button, event) => {
  showTimeline(false);
  lastCitation = button;
  byKeyboard = event.detail === 0; // Enter or the space bar
  panes.classList.add("qa-reading");
  scrollToMark();
  trigger("cite", { place: button.value });
};

// Browsers offer the clipboard API on localhost and https only; elsewhere use execCommand.
const copy = async button => {
  const is = name => button.classList.contains(name);
  let text = button.value;
  if (is("qa-permalink")) text = location.origin + location.pathname + text.slice(1);
  if (is("qa-encoded")) text = decodeURIComponent(text);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  say(button.nextElementSibling);
};

const say = status => {
  status.setAttribute("role", "status"); // which Gradio's sanitizer drops
  status.textContent = status.title;
  setTimeout(() => { status.textContent = ""; }, 5000);
};

const judge = button => {
  const group = button.parentElement;
  for (const one of group.querySelectorAll(".qa-judge")) {
    one.classList.toggle("qa-chosen", one === button);
    one.setAttribute("aria-pressed", String(one === button));
  }
  trigger("judge", { verdict: button.value });
  say(group.querySelector(".qa-done"));
};

const bell = button => {
  const wanted = button.classList.toggle("qa-chosen");
  button.setAttribute("aria-pressed", String(wanted));
  trigger("bell", { turn: button.value, wanted });
  if (wanted) say(button.nextElementSibling);
};

const standing = (button, event) => {
  lastCitation = button;
  byKeyboard = event.detail === 0;
  showTimeline(false);
  panes.classList.add("qa-reading");
  trigger("standing");
};

const narrow = button => {
  close();
  find("#tabs [role=tab]").click(); // the chat: this button is also in the archive tab
  trigger("narrow", { article: button.value });
};

const narrowLanguage = button => trigger("narrow_language", { language: button.value });

const narrowArchive = button => trigger("narrow_archive", { archive: button.value });

// Names and days to narrow the search by: buttons beside the chat and in the archive tab.
const narrowNames = button => {
  close();
  find("#tabs [role=tab]").click();
  trigger("narrow_names", { query: button.value });
};

const facets = (button, event) => {
  showTimeline(false);
  lastCitation = button;
  byKeyboard = event.detail === 0;
  panes.classList.add("qa-reading");
  trigger("facets", { turn: button.value });
};

const toSource = () => {
  const text = element.querySelector(".qa-text");
  if (!text) return;
  byKeyboard = true;
  showTimeline(false);
  panes.classList.add("qa-reading");
  scrollToMark();
};

const ACTIONS = {
  "qa-cite": cite,
  "qa-copy": copy,
  "qa-over-time": overTime,
  "qa-narrow": narrow,
  "qa-narrow-names": narrowNames,
  "qa-facets-of": facets,
  "qa-language": narrowLanguage,
  "qa-one-archive": narrowArchive,
  "qa-ask": button => trigger("ask_example", { question: button.value }),
  "qa-judge": judge,
  "qa-bell": bell,
  "qa-standing": standing,
  "qa-forget": button => trigger("forget_standing", { question: button.value }),
  "qa-typed": () => trigger("ask_as_typed"),
  "qa-mend": () => trigger("edit_question"),
  "qa-to-source": toSource,
  "qa-to-question": () => find("#question textarea").focus(),
};

document.addEventListener("click", event => {
  const button = event.target.closest?.("button");
  if (!button) return;
  for (const [name, action] of Object.entries(ACTIONS)) {
    if (button.classList.contains(name)) action(button, event);
  }
  if (button.matches("#evidence .qa-close, #timeline .qa-close")) close();
});

// A menu in the page's heading: the server keeps the choice. The conversation starts anew.
document.addEventListener("change", event => {
  if (event.target.matches?.(".qa-language-menu")) location.search = `?lang=${event.target.value}`;
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  if (panes.classList.contains("qa-reading")) close();
});

// A permalink names the text to show: Python parses it.
const openPermalink = () => {
  if (!location.hash.startsWith("#/a/")) return;
  find("#tabs [role=tab]")?.click();
  panes.classList.add("qa-reading");
  showTimeline(false);
  following = true;
  trigger("open_permalink", { address: `/${location.hash.slice(0, 14000)}` });
};

window.addEventListener("hashchange", openPermalink);
openPermalink();

watch("value", () => {
  if (!following) forgetPermalink();
  following = false;
  showTimeline(false); // a new answer shows its article
  scrollToMark();
});
