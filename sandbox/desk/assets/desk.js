/* The desk's only script: relative times, selects that submit, search as one types, and live changes. */
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relative = (date) => {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  return Math.abs(seconds) < 5 ? 'just now' : RELATIVE.format(seconds, 'second');
};

const refreshTimes = () => {
  for (const time of document.querySelectorAll('time')) time.textContent = relative(new Date(time.dateTime));
};

const main = document.querySelector('main');

/** A record page in its parts: what is framed on it stays as it is, since a frame that moves starts anew. */
const replaceParts = (fresh) => {
  const parts = [...main.querySelectorAll('[data-part]')];
  const freshOf = (part) => fresh.content.querySelector(`[data-part=${part.dataset.part}]`);
  if (parts.length === 0 || !parts.every(freshOf)) return false;
  const focused = document.activeElement?.id;
  for (const part of parts) if (!part.isEqualNode(freshOf(part))) part.replaceWith(freshOf(part));
  // What was replaced under somebody's hands is theirs again.
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  return true;
};

/** Puts newly fetched markup in, marks rows that were not there, and leaves what somebody is using alone. */
const replaceMain = (text) => {
  const known = new Set([...document.querySelectorAll('[data-rows] tr')].map((row) => row.id));
  const fresh = document.createElement('template');
  fresh.innerHTML = text;
  const rows = main.querySelector('[data-rows]');
  const freshRows = fresh.content.querySelector('[data-rows]');
  if (rows && freshRows) {
    for (const row of freshRows.children) if (!known.has(row.id)) row.classList.add('new');
    rows.replaceWith(freshRows);
    main.querySelector('.count')?.replaceWith(fresh.content.querySelector('.count'));
  } else if (!replaceParts(fresh)) {
    main.replaceChildren(fresh.content);
  }
  refreshTimes();
};

const isBusy = () => {
  const active = document.activeElement;
  const editing = main.contains(active) && active.matches('input, select, textarea');
  const chosen = main.querySelector('input[type=checkbox]:checked, details[open].edit');
  return (editing && !active.matches('[data-search]')) || chosen !== null;
};

let pending = false;
const reload = async () => {
  if (isBusy()) {
    pending = true;
    return;
  }
  pending = false;
  const url = new URL(location.href);
  url.searchParams.set('fragment', '1');
  const reply = await fetch(url);
  if (reply.ok && !isBusy()) replaceMain(await reply.text());
};

if (main.dataset.live) {
  const stream = new EventSource('/desk/stream');
  stream.addEventListener('change', (event) => {
    if (!JSON.parse(event.data).includes(main.dataset.live)) return;
    reload();
    for (const frame of main.querySelectorAll('[data-card]'))
      frame.contentWindow.postMessage({ fairlead: 'record-changed' }, location.origin);
  });
  document.addEventListener('focusout', () => pending && setTimeout(reload, 200));
}

/** Figures that change by themselves are looked at again and again, while somebody can see them. */
if (main.querySelector('[data-poll]')) setInterval(() => document.hidden || reload(), 2_000);

/** A switch is pressed without leaving the page; what came of it is said. */
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-stay]')) return;
  event.preventDefault();
  const reply = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form, event.submitter)),
  });
  const said = reply.ok
    ? new URL(reply.url).searchParams.get('said')
    : 'That did not work: load the page again.';
  main.querySelector('[data-status]').textContent = said;
  await reload();
});

/** The card in a frame tells when a press on it changed the record. */
window.addEventListener('message', ({ origin, data }) => {
  if (origin === location.origin && data?.fairlead === 'record-changed') reload();
});

/** A frame is as high as the card in it. */
const fitFrame = (frame) => {
  const page = frame.contentDocument?.documentElement;
  // Between one document and the next there is none; the frame's load brings us here again.
  if (!page) return;
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(page.getBoundingClientRect().height)}px`;
  }).observe(page);
};
document.addEventListener('load', ({ target }) => target.matches?.('[data-card]') && fitFrame(target), true);
for (const frame of main.querySelectorAll('[data-card]')) fitFrame(frame);

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-autosubmit]')) event.target.form.requestSubmit();
});

let typing;
document.addEventListener('input', (event) => {
  if (!event.target.matches('[data-search]')) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    const url = new URL(location.href);
    url.searchParams.set('q', event.target.value);
    history.replaceState(null, '', url);
    reload();
  }, 200);
});

document.addEventListener('keydown', (event) => {
  if (event.target.matches('input, select, textarea') || event.metaKey || event.ctrlKey || event.altKey)
    return;
  const search = document.querySelector('[data-search]');
  if (event.key === '/' && search) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === 'n') document.querySelector('[data-new]')?.click();
});

refreshTimes();
setInterval(refreshTimes, 5_000);
