// The source of an article in a panel: its buttons, and the frame of a PDF, which has no origin and
// can ask nobody but this page. Runs with the panel's own script; Gradio provides `element`, `trigger`.

{
  const KINDS = ["cMapUrl", "standardFontDataUrl", "wasmUrl"]; // that pdf.js asks for

  const isDark = () => document.body.classList.contains("dark");

  const load = async address => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(await response.text());
    return response.arrayBuffer();
  };

  const pass = (frame, message) => frame.contentWindow?.postMessage(
    message, "*", message.bytes ? [message.bytes] : [], // to an origin that has no name
  );

  const show = async frame => {
    const given = JSON.parse(decodeURIComponent(frame.dataset.show));
    try {
      const bytes = await load(frame.dataset.file);
      const language = frame.closest("[lang]").lang;
      const { direction } = getComputedStyle(frame);
      pass(frame, { ...given, bytes, dark: isDark(), language, direction });
    } catch (error) {
      pass(frame, { failed: error.message });
    }
  };

  const answer = async (frame, kind, filename) => {
    const asked = `${kind} ${filename}`;
    try {
      if (!KINDS.includes(kind) || !/^[\w-]+\.\w+$/.test(filename)) throw new Error("no such file");
      pass(frame, { asked, bytes: await load(`source/data/${kind}/${filename}`) });
    } catch {
      pass(frame, { asked });
    }
  };

  window.addEventListener("message", ({ source, data }) => {
    const frame = element.querySelector("iframe.qa-frame");
    if (!frame || source !== frame.contentWindow) return;
    if (data.ready) show(frame);
    else if (data.ask) answer(frame, data.ask, data.filename);
    else if (data.escape) {
      element.querySelector(".qa-back").focus();
      frame.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }
  });

  new MutationObserver(() => {
    const frame = element.querySelector("iframe.qa-frame");
    if (frame) pass(frame, { dark: isDark() });
  }).observe(document.body, { attributeFilter: ["class"] });

  element.addEventListener("click", event => {
    const button = event.target.closest?.("button");
    if (button?.matches(".qa-open-source")) trigger("open_source", { key: button.value });
    else if (button?.matches(".qa-back")) trigger("back_to_article", { address: button.value });
  });
}
