"use strict";
// Asks at the box's own address, without cookies; whatever comes back is shown as text.
const main = document.querySelector("main");
const find = id => document.getElementById(id);
const token = location.hash.slice(1); // after "#": browsers never send it in an address

function add(parent, name, text, className) {
  const child = document.createElement(name);
  child.textContent = text;
  if (className) child.className = className;
  return parent.appendChild(child);
}

function showSource(source) {
  const item = add(find("sources"), "li", "");
  if (source.link?.startsWith("/#/")) {
    const link = add(item, "a", source.title);
    link.href = source.link;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    add(link, "span", ` (${main.dataset.tab})`, "unseen");
  } else add(item, "span", source.title);
  add(item, "p", [source.date, source.text].filter(Boolean).join(" · ")).lang = source.language;
}

function show(answer) {
  find("said").textContent = answer.said;
  find("text").textContent = answer.text;
  find("sure").textContent = answer.sure;
  const [before, text, after] = answer.sentence;
  find("sentence").replaceChildren(before);
  add(find("sentence"), "mark", text);
  find("sentence").append(after);
  find("sentence").lang = find("text").lang = answer.language;
  for (const id of ["text", "sentence", "sure"]) find(id).hidden = !answer.text;
  find("sources").replaceChildren();
  answer.sources.forEach(showSource);
  find("answer").hidden = !answer.sources.length;
}

async function ask(question) {
  const headers = {"Content-Type": "application/json"};
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(location.pathname, {
    method: "POST", credentials: "omit", headers, body: JSON.stringify({question}),
  });
  if (response.ok) return show(await response.json());
  const known = {401: "closed", 403: "closed", 404: "closed", 429: "busy"}[response.status];
  find("said").textContent = main.dataset[known ?? "failed"];
}

let asking = false;
document.querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  const question = find("question").value.trim();
  if (asking || !question) return;
  asking = true;
  find("answer").hidden = true;
  find("said").textContent = main.dataset.asking;
  try {
    await ask(question);
  } catch {
    find("said").textContent = main.dataset.failed;
  } finally {
    asking = false;
  }
});
