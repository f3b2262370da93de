// The two days of "Narrow the search": native date fields. The component's value is
// { after, before }, each a date such as "2025-10-28", "" or "unfinished".

const [after, before] = element.querySelectorAll("input");

const read = field => (field.validity.badInput ? "unfinished" : field.value);
const update = () => {
  before.min = after.value;
  props.value = { after: read(after), before: read(before) };
};

for (const field of [after, before]) {
  field.addEventListener("input", update);
  field.addEventListener("blur", update);
}
const show = () => {
  for (const field of [after, before]) {
    const value = props.value?.[field.name] || "";
    if (read(field) === value) continue;
    field.type = "text"; // otherwise a half-typed date would stay
    field.value = value;
    field.type = "date";
  }
};

if (after.value || before.value) update(); // a day that was typed before this script ran
else show();
watch("value", show);
