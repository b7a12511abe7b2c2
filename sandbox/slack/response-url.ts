import express, { type Response, type Router } from 'express';
import { ApiError } from './api-error.ts';
import { checkBlocks } from './block-kit/validate.ts';
import type { Json } from './model.ts';
import { showMessage } from './show-message.ts';
import type { SlackStore } from './store.ts';
import type { Handles } from './triggers.ts';

const refuse = (res: Response, status: number, error: string): void =>
  void res.status(status).json({ ok: false, error });

/** Carries out one answer to a response_url: delete, replace, or say something in the channel. */
const carryOut = (
  store: SlackStore,
  target: { user: string; channel: string; ts: string | null },
  body: Json,
): void => {
  const { user, channel, ts } = target;
  const blocks = checkBlocks(body.blocks);
  const text = typeof body.text === 'string' ? body.text : '';
  if (ts !== null && body.delete_original === true) store.remove(channel, ts);
  else if (text === '' && blocks.length === 0) throw new ApiError('no_text');
  else if (ts !== null && body.replace_original === true)
    store.replace(channel, ts, { text, blocks, edited: true });
  else showMessage(store, channel, text, blocks, body.response_type === 'in_channel' ? null : user);
};

/** `/response/:id`: where respond() posts; 30 minutes, five uses, then 404 as Slack answers. */
export const createResponseUrls = (store: SlackStore, handles: Handles): Router => {
  const router = express.Router();
  router.post('/:id', express.json(), (req, res) => {
    const target = handles.useResponseUrl(req.params.id);
    if (target === null) return refuse(res, 404, 'no_such_url');
    if (typeof target === 'string') return refuse(res, 404, target);
    try {
      carryOut(store, target, (req.body ?? {}) as Json);
      res.type('text/plain').send('ok');
    } catch (error) {
      if (error instanceof ApiError) return refuse(res, 400, error.error);
      throw error;
    }
  });
  return router;
};
