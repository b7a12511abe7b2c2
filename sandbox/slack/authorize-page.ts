import express, { type Router } from 'express';
import { loginPage, scopeList } from '../consent-page.ts';
import { html } from '../desk/html.ts';
import { sendBack } from '../send-back.ts';
import type { AppCredentials } from './methods/method.ts';
import type { SlackStore } from './store.ts';

const form = ({ state: { bot, team } }: SlackStore, query: Readonly<Record<string, string>>): string =>
  loginPage(
    `${bot.name} asks to join ${team.name}`,
    html`${scopeList((query.scope ?? '').split(','))}
<form method="post">${['client_id', 'scope', 'redirect_uri', 'state'].map(
      (name) => html`<input type="hidden" name="${name}" value="${query[name]}">`,
    )}
<button>Allow</button></form>`,
    '#611f69',
  );

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
    sendBack(res, given.redirect_uri ?? '', { code, state: given.state ?? '' });
  });
  return router;
};
