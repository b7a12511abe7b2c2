import express, { type Response, type Router } from 'express';
import type { SlackStore } from './store.ts';
import { sidebar, workspaceFor } from './workspace-view.ts';

const ASSETS = new URL('./page/', import.meta.url).pathname;
const HEARTBEAT_MS = 20_000;

const openStream = (res: Response): void => {
  res.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  res.write('event: changed\ndata: {}\n\n');
};

/** The page at /slack: files as they are, the workspace as JSON, and a stream that says when it changed. */
export const createPage = (
  store: SlackStore,
  watchers: Set<() => void>,
): { router: Router; close: () => void } => {
  const router = express.Router();
  const open = new Set<Response>();
  router.get('/workspace', (req, res) => {
    const user = store.user(String(req.query.user ?? '')) ?? store.state.users[0];
    const { team, bot } = store.state;
    res.json({ team, bot, users: sidebar(store), ...(user === undefined ? {} : workspaceFor(store, user)) });
  });
  router.get('/stream', (req, res) => {
    openStream(res);
    open.add(res);
    const tell = (): void => void res.write('event: changed\ndata: {}\n\n');
    const heartbeat = setInterval(() => res.write(':\n\n'), HEARTBEAT_MS);
    watchers.add(tell);
    req.on('close', () => {
      clearInterval(heartbeat);
      watchers.delete(tell);
      open.delete(res);
    });
  });
  router.get('/', (_req, res) => res.sendFile('index.html', { root: ASSETS }));
  router.use(express.static(ASSETS, { index: false }));
  return { router, close: () => [...open].forEach((res) => void res.end()) };
};
