import type { Response } from 'express';

/** Aborted when whoever waits for the reply is gone; at once where they left before anybody asked. */
export const goneFrom = (response: Response): AbortSignal => {
  const left = new AbortController();
  if (response.destroyed) left.abort();
  else response.on('close', () => left.abort());
  return left.signal;
};

/** Aborted when whoever waits for the reply is gone, or the process drains. */
export const endOf = (response: Response, draining: AbortSignal): AbortSignal =>
  AbortSignal.any([goneFrom(response), draining]);
