import express, { type Response, type Router } from 'express';
import { command } from './commands.ts';
import type { Events } from './events.ts';
import type { SlackFault, SlackFaults } from './faults.ts';
import { type Given, type InteractionParts, press, pressHome, submit } from './interactions.ts';
import { revokeAll } from './methods/access.ts';
import type { SlackMessage, SlackUser } from './model.ts';
import { openTab } from './open-tab.ts';
import type { RequestLog } from './request-log.ts';
import type { SlackStore } from './store.ts';
import { workspaceFor } from './workspace-view.ts';

export interface ControlParts extends InteractionParts {
  readonly faults: SlackFaults;
  readonly log: RequestLog;
  readonly events: Events;
}

const notFound = (res: Response, what: string): void =>
  void res.status(404).json({ error: `There is no such ${what}.` });

const findMessage = (
  store: SlackStore,
  user: SlackUser,
  body: { channel?: string; ts?: string },
): SlackMessage | undefined =>
  store.state.messages.find(
    (one) => one.channel === body.channel && one.ts === body.ts && (one.ephemeralTo ?? user.id) === user.id,
  );

const presses = (router: Router, parts: ControlParts): void => {
  const { store } = parts;
  router.post('/press', async (req, res) => {
    const user = store.user(req.body.user);
    const message = user && findMessage(store, user, req.body);
    if (user === undefined || message === undefined) return notFound(res, 'user or message');
    const result = await press(parts, user, message, String(req.body.actionId));
    if (result === null) return notFound(res, 'button');
    res.json(result);
  });
  /** Opens the app's Home tab, or its Messages tab (`tab`), as a click on it does. */
  router.post('/home', async (req, res) => {
    const user = store.user(req.body.user);
    if (user === undefined) return notFound(res, 'user');
    res.json({ ok: await openTab(parts, user, req.body.tab === 'messages' ? 'messages' : 'home') });
  });
  router.post('/press-home', async (req, res) => {
    const user = store.user(req.body.user);
    const { blockId, actionId } = req.body as Record<string, unknown>;
    const result = user && (await pressHome(parts, user, String(blockId), String(actionId)));
    if (!result) return notFound(res, 'user or button on their Home');
    res.json(result);
  });
  router.post('/submit', async (req, res) => {
    const view = store.state.views.find((one) => one.user === req.body.user && one.type === 'modal');
    if (view === undefined) return notFound(res, 'open modal');
    res.json(await submit(parts, view, (req.body.values ?? {}) as Given));
  });
  router.post('/close', (req, res) => {
    store.state.views = store.state.views.filter((one) => one.user !== req.body.user || one.type !== 'modal');
    store.changed();
    res.json({ ok: true });
  });
  router.post('/command', async (req, res) => {
    const user = store.user(req.body.user);
    if (user === undefined) return notFound(res, 'user');
    const channel = req.body.channel === undefined ? store.openDm(user) : store.channel(req.body.channel);
    if (channel === undefined) return notFound(res, 'channel');
    res.json(await command(parts, user, channel, String(req.body.command)));
  });
};

const workspace = (router: Router, { store, events }: ControlParts): void => {
  /** Replaces or adds people by id. */
  router.post('/users', (req, res) => {
    const given = (req.body.users ?? []) as SlackUser[];
    const ids = new Set(given.map((one) => one.id));
    store.state.users = [...store.state.users.filter((one) => !ids.has(one.id)), ...given];
    store.changed();
    res.json({ ok: true, users: store.state.users.length });
  });
  /** Takes messages away or locks them against edits, as people and workspace policies do. */
  router.post('/messages', (req, res) => {
    const { channel, ts, locked, deleted } = req.body as {
      channel: string;
      ts: string;
      locked?: boolean;
      deleted?: boolean;
    };
    if (store.message(channel, ts) === undefined) return notFound(res, 'message');
    if (deleted === true) store.remove(channel, ts);
    else store.replace(channel, ts, { locked: locked === true });
    res.json({ ok: true });
  });
  router.post('/read', (req, res) => {
    const { user, channel, ts } = req.body as Record<string, string>;
    store.state.read[`${user}/${channel}`] = ts ?? store.nextTs();
    store.changed();
    res.json({ ok: true });
  });
  router.post('/events', async (req, res) => void res.json({ ok: await events.send(req.body) }));
  router.post('/uninstall', (_req, res) => {
    revokeAll({ store, sendEvent: (event) => void events.send(event) });
    res.json({ ok: true });
  });
};

/** `/control/slack/…`: what tests, the start script and the page do in the workspace. */
export const createControl = (parts: ControlParts): Router => {
  const { store, faults, log } = parts;
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  presses(router, parts);
  workspace(router, parts);
  router.get('/messages', (req, res) => {
    const user = store.user(String(req.query.user));
    if (user === undefined) return notFound(res, 'user');
    res.json(workspaceFor(store, user));
  });
  router.get('/requests', (_req, res) => void res.json({ calls: log.calls() }));
  router.post('/faults', (req, res) => {
    const fault = req.body as SlackFault & { clear?: boolean };
    if (fault.clear === true) faults.clear();
    else faults.add(fault);
    res.json({ ok: true });
  });
  return router;
};
