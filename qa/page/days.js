// The two days of "Narrow the search": native date fields, whose value is { after, before }.

const [after, before] = element.querySelectorAll("input");

const given = field => (field.validity.badInput ? "unfinished" : field.value);
const tell = () => {
  before.min = after.value;
  props.value = { after: given(after), before: given(before) };
};

for (const field of [after, before]) {
  field.addEventListener("input", tell);
  field.addEventListener("blur", tell);
}

watch("value", () => {
  for (const field of [after, before]) {
    const value = props.value?.[field.name] || "";
    if (given(field) === value) continue;
    field.type = "text"; // else a day that was begun stays
    field.value = value;
    field.type = "date";
  }
});
