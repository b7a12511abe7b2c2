import express, { type Router } from 'express';
import type { AppCredentials } from './methods/method.ts';
import type { SlackStore } from './store.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const form = (
  store: SlackStore,
  query: Readonly<Record<string, string>>,
): string => `<!doctype html><meta charset="utf-8">
<title>Install ${escapeHtml(store.state.bot.name)}</title>
<body style="font:16px system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1>${escapeHtml(store.state.bot.name)} asks to join ${escapeHtml(store.state.team.name)}</h1>
<ul>${(query.scope ?? '')
  .split(',')
  .map((scope) => `<li>${escapeHtml(scope)}</li>`)
  .join('')}</ul>
<form method="post">${['client_id', 'scope', 'redirect_uri', 'state'].map((name) => hidden(name, query[name] ?? '')).join('')}
<button style="font:inherit;padding:.6rem 1.2rem">Allow</button></form></body>`;

/** `/oauth/v2/authorize`: asks the person, then sends them back with a code to be exchanged once. */
export const createAuthorize = (store: SlackStore, credentials: AppCredentials): Router => {
  const router = express.Router();
  router.get('/', (req, res) => {
    const query = req.query as Record<string, string>;
    if (query.client_id !== credentials.clientId)
      return void res.status(400).send('Invalid client_id parameter');
    res.send(form(store, query));
  });
  router.post('/', express.urlencoded({ extended: false }), (req, res) => {
    const given = req.body as Record<string, string>;
    const code = store.nextId('code-');
    const scopes = (given.scope ?? '').split(',').filter((one) => one !== '');
    store.state.codes.push({
      code,
      scopes,
      redirectUri: given.redirect_uri ?? '',
      user: store.state.users[0]?.id ?? '',
    });
    const back = new URL(given.redirect_uri ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', given.state ?? '');
    res.redirect(302, back.href);
  });
  return router;
};
