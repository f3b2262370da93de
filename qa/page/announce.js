() => {
  // What screen readers are told: each answer once, when it is finished, and what its buttons do.
  // Runs once, when the page has been drawn. Gradio would read out every piece of a reply as it
  // streams in, names its own parts in English only, and its sanitizer drops names and roles.
  const find = selector => document.querySelector(selector);
  const conversation = find("#conversation");
  const spoken = document.createElement("p");
  spoken.className = "qa-unseen";
  spoken.setAttribute("role", "status");
  find("main").append(spoken);
  let finished = 0; // replies that were read out

  const words = (reply, selector) => {
    const found = reply.querySelector(selector)?.cloneNode(true);
    for (const button of found?.querySelectorAll("button") || []) button.remove();
    return found?.textContent.trim() || "";
  };

  const announce = reply => {
    const parts = [".qa-problem", ".qa-none", ".qa-answer", ".qa-undecided", ".qa-about-it > .qa-confidence"];
    spoken.lang = reply.lang;
    spoken.dir = reply.dir;
    spoken.textContent = parts.map(part => words(reply, part)).filter(Boolean).join(" — ");
  };

  const mend = () => {
    const log = conversation.querySelector("[role=log]");
    log?.setAttribute("aria-live", "off");
    const name = find(".qa-language-menu")?.dataset.conversation;
    if (name) log?.setAttribute("aria-label", name);
    find("#report")?.setAttribute("role", "status"); // what a rebuild did
    log?.querySelector("[role=complementary]")?.removeAttribute("role");
    const box = find("#question textarea");
    find("#question .submit-button")?.setAttribute("aria-label", box.placeholder);
    for (const button of conversation.querySelectorAll(".qa-cite[title]:not([aria-label])")) {
      button.setAttribute("aria-label", `${button.textContent.trim()} ${button.title}`);
    }
    const replies = conversation.querySelectorAll(".qa-reply");
    if (replies.length > finished) announce(replies[replies.length - 1]);
    if (!replies.length) spoken.textContent = "";
    finished = replies.length;
  };

  mend();
  const options = { childList: true, subtree: true };
  new MutationObserver(mend).observe(conversation, options);
  new MutationObserver(mend).observe(find("#head"), options); // its menu comes with the language
}
