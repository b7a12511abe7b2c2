import { drawBlock } from './blocks.js';
import { drawHome } from './home.js';
import { drawModal } from './modal.js';
import { element, mrkdwn, people } from './mrkdwn.js';

const at = (id) => document.getElementById(id);
const HOME = 'home';
const asked = new URLSearchParams(location.search);
const chosen = { user: asked.get('user'), channel: asked.get('tab') === HOME ? HOME : null };
let openedHome = null;
let workspace = null;
let drawnModal = null;

const post = async (path, body) => {
  const response = await fetch(`/control/slack/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
};

const initials = (name) =>
  [...name.matchAll(/(?:^|\s)(\p{L})/gu)]
    .map((match) => match[1])
    .join('')
    .slice(0, 2)
    .toUpperCase();
const hue = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0) * 97) % 360, 7);
const TAB_NAMES = { home: 'Home', im: 'Messages' };
const avatar = (id, name, className = 'avatar') =>
  element('span', { class: className, style: `--hue:${hue(id)}`, 'aria-hidden': 'true' }, initials(name));
const badge = (count) =>
  count > 0 ? [element('span', { class: 'badge', 'aria-label': `${count} unread` }, String(count))] : [];

const remember = () => {
  const tab = chosen.channel === HOME ? '&tab=home' : '';
  history.replaceState(null, '', `?user=${encodeURIComponent(workspace?.user?.id ?? chosen.user)}${tab}`);
};

const choose = (user) => {
  chosen.user = user;
  if (chosen.channel !== HOME) chosen.channel = null;
  openedHome = null;
  remember();
  load();
};

const drawPeople = () => {
  const items = workspace.users.map((user) => {
    const here = user.id === workspace.user?.id;
    const made = element(
      'button',
      {
        type: 'button',
        class: here ? 'person here' : 'person',
        'data-user': user.id,
        'aria-pressed': String(here),
      },
      avatar(user.id, user.realName),
      element('span', { class: 'person-name' }, user.realName),
      ...badge(here ? 0 : user.unread),
    );
    made.addEventListener('click', () => choose(user.id));
    return made;
  });
  at('people').replaceChildren(...items);
};

const current = () => workspace.channels?.find((one) => one.id === chosen.channel) ?? workspace.channels?.[0];

const isHome = () => chosen.channel === HOME;

const open = (channel) => {
  chosen.channel = channel;
  openedHome = null;
  draw();
  remember();
};

const drawChannels = () => {
  const channels = workspace.channels ?? [];
  // A conversation that is not open yet has its tab all the same, as in Slack.
  const messages = channels.some((one) => one.kind === 'im') ? [] : [{ id: null, kind: 'im', unread: 0 }];
  const tabs = [{ id: HOME, kind: HOME, unread: 0 }, ...messages, ...channels].map((channel) => {
    const here = isHome() ? channel.id === HOME : channel.id === (current()?.id ?? null);
    const made = element(
      'button',
      { type: 'button', class: here ? 'tab here' : 'tab', 'aria-pressed': String(here) },
      TAB_NAMES[channel.kind] ?? `# ${channel.name}`,
      ...badge(here ? 0 : channel.unread),
    );
    made.addEventListener('click', () => open(channel.id));
    return made;
  });
  at('channels').replaceChildren(...tabs);
  const channel = isHome() ? undefined : current();
  at('title').textContent =
    channel === undefined || channel.kind === 'im' ? workspace.bot.name : `# ${channel.name}`;
};

const timeOf = (ts, zone) =>
  new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: zone }).format(Number(ts) * 1000);

const pressOn = (message) => async (actionId, pressed) => {
  pressed.disabled = true;
  const result = await post('press', {
    user: workspace.user.id,
    channel: message.channel,
    ts: message.ts,
    actionId,
  });
  pressed.disabled = false;
  const note = pressed.closest('.message').querySelector('.failed');
  note.textContent = result.shown ?? result.error ?? '';
};

const drawMessage = (message) => {
  const zone = workspace.user.tz;
  const body =
    message.blocks.length > 0
      ? message.blocks.map((block) => drawBlock(block, { zone, press: pressOn(message) }))
      : [element('div', { class: 'text', dir: 'auto' }, ...mrkdwn(message.text, zone))];
  const head = element(
    'header',
    {},
    element('strong', {}, workspace.bot.name),
    element('span', { class: 'app' }, 'APP'),
    element('time', {}, timeOf(message.ts, zone)),
    ...(message.edited ? [element('small', {}, '(edited)')] : []),
  );
  const only = message.ephemeralTo === null ? [] : [element('p', { class: 'only' }, 'Only visible to you')];
  return element(
    'article',
    {
      class: message.ephemeralTo === null ? 'message' : 'message ephemeral',
      'data-ts': message.ts,
      'data-channel': message.channel,
    },
    element('span', { class: 'avatar bot', 'aria-hidden': 'true' }, '⚓'),
    element(
      'div',
      { class: 'body' },
      ...only,
      head,
      ...body,
      element('p', { class: 'failed', role: 'alert' }),
    ),
  );
};

/** Opening the tab is what the app is told of, once each time. */
const tellOpened = (user) => {
  if (openedHome === user.id) return;
  openedHome = user.id;
  post('home', { user: user.id });
};

const showTab = () => {
  at('home').hidden = !isHome();
  at('messages').hidden = isHome();
  at('composer').hidden = isHome();
};

const drawMessages = () => {
  const place = at('messages');
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  const messages = current()?.messages ?? [];
  place.replaceChildren(
    ...(messages.length > 0
      ? messages.map(drawMessage)
      : [element('p', { class: 'empty' }, `Nothing from ${workspace.bot.name} yet.`)]),
  );
  if (atEnd) place.scrollTop = place.scrollHeight;
};

const drawOpenModal = () => {
  const { modal, user } = workspace;
  const key = modal === null ? null : JSON.stringify(modal);
  if (key === drawnModal) return;
  drawnModal = key;
  const dialog = at('modal');
  if (modal === null) return dialog.close();
  drawModal(dialog, modal.view, {
    zone: user.tz,
    send: (values) => post('submit', { user: user.id, values }),
    dismiss: () => post('close', { user: user.id }),
  });
};

const markRead = () => {
  if (isHome()) return;
  const channel = current();
  const last = channel?.messages.at(-1);
  if (channel?.unread > 0 && !document.hidden)
    post('read', { user: workspace.user.id, channel: channel.id, ts: last.ts });
};

const draw = () => {
  at('team').textContent = workspace.team.name;
  drawPeople();
  if (workspace.user === undefined) return;
  drawChannels();
  showTab();
  if (isHome()) {
    drawHome(at('home'), workspace, post);
    tellOpened(workspace.user);
  } else drawMessages();
  drawOpenModal();
  markRead();
};

const load = async () => {
  const response = await fetch(`/slack/workspace?user=${encodeURIComponent(chosen.user ?? '')}`);
  workspace = await response.json();
  for (const { id, realName } of workspace.users) people.set(id, realName);
  draw();
};

at('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const typed = at('typed');
  const command = typed.value.trim();
  if (!command.startsWith('/')) return;
  typed.value = '';
  await post('command', { user: workspace.user.id, channel: current()?.id, command });
});
at('modal').addEventListener('cancel', () => post('close', { user: workspace.user.id }));

let _waiting = null;
const soon = () => {
  _waiting ??= setTimeout(() => {
    _waiting = null;
    load();
  }, 60);
};
new EventSource('/slack/stream').addEventListener('changed', soon);
load();
