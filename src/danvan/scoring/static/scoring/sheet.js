// The total while typing, and the reason's box when a claim differs from the system's value.
// Comfort only: the server counts the same on saving.
const number = (text) => {
  const plain = (text ?? "").replace(/\s/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
};

const written = (value) =>
  value.toLocaleString("vi-VN", { maximumFractionDigits: 2, useGrouping: false });

// In hundredths: sums of 0,1 and 0,2 must not show 0,30000000000000004.
const cents = (value) => Math.round(value * 100);

function claimOf(line) {
  const box = line.querySelector("input[name^=claimed_]");
  const absent = line.querySelector("input[name^=na_]");
  const arises = absent ? !absent.checked : !("notArising" in line.dataset);
  const maximum = Number(line.dataset.max);
  if (!arises) {
    const full = line.dataset.policy === "full";
    return { arises, points: full ? maximum : 0, maximum: full ? maximum : 0 };
  }
  const points = box ? number(box.value) : number(line.dataset.held);
  return { arises, points: points ?? 0, typed: points, maximum };
}

function total(lines) {
  const sum = { criterion: 0, bonus: 0, deduction: 0, maximum: 0 };
  for (const line of lines) {
    const claim = claimOf(line);
    sum[line.dataset.kind] += cents(claim.points);
    if (line.dataset.kind === "criterion") sum.maximum += cents(claim.maximum);
  }
  return sum;
}

function show(lines) {
  const sum = total(lines);
  const points = Math.max(0, sum.criterion + sum.bonus - sum.deduction);
  const rate = sum.maximum
    ? `${written(Math.min(100, Math.round((10000 * points) / sum.maximum) / 100))}\u00a0%`
    : "–";
  const said = {
    sum: written(points / 100),
    maximum: written(sum.maximum / 100),
    rate,
    said:
      `100 × (${written(sum.criterion / 100)} + ${written(sum.bonus / 100)} − ` +
      `${written(sum.deduction / 100)}) ÷ ${written(sum.maximum / 100)} = ${rate}`,
  };
  for (const place of document.querySelectorAll("[data-total]")) {
    const text = said[place.dataset.total];
    if (place.textContent !== text) place.textContent = text;
  }
}

function askReason(line) {
  const claim = claimOf(line);
  const computed = number(line.dataset.computed);
  const differs = claim.arises
    ? computed !== null && claim.typed !== null && cents(computed) !== cents(claim.typed)
    : true;
  const reason = line.querySelector("details[data-reason]");
  if (differs && reason) reason.open = true;
}

const form = document.querySelector(".claim-form");
if (form) {
  const lines = [...form.querySelectorAll("[data-claim]")];
  form.addEventListener("input", (event) => {
    show(lines);
    const line = event.target.closest("[data-claim]");
    if (line && /^(claimed|na)_/.test(event.target.name)) askReason(line);
  });
  // The browser may have put typed values back before this script started.
  show(lines);
  lines.forEach(askReason);
}
