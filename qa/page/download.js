text => {
  // save text as a file; Python replaces EXTENSION
  const page = location.origin + location.pathname; // permalinks in a file need a whole address
  text = text.replaceAll("](/#/a/", `](${page}#/a/`);
  const link = document.createElement("a");
  const day = new Date().toISOString().slice(0, 10);
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `archive-qa-${day}.EXTENSION`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
