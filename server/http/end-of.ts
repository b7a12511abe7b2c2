import type { Response } from 'express';

/** Aborted when whoever waits for the reply is gone, or the process drains. */
export const endOf = (response: Response, draining: AbortSignal): AbortSignal => {
  const left = new AbortController();
  response.on('close', () => left.abort());
  return AbortSignal.any([left.signal, draining]);
};
