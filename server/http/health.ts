import type { RequestHandler } from 'express';
import type { HttpParts } from './ports.ts';
import { problem } from './problem.ts';

const DATABASE_WITHIN_MS = 2_000;

/** The process runs. Says nothing of what it depends on, so that a database outage restarts nobody. */
export const healthz: RequestHandler = (_request, response) => {
  response.json({ status: 'up' });
};

/** The process takes work: it is not draining and its database answers. */
export const readyz = ({ readiness }: Pick<HttpParts, 'readiness'>): RequestHandler => {
  // Anybody may ask, as often as they like: all who ask at once share one look.
  let looking: Promise<void> | null = null;
  const look = (): Promise<void> => {
    looking ??= readiness.checkDatabase().finally(() => {
      looking = null;
    });
    return looking;
  };
  return async (_request, response) => {
    if (readiness.draining.aborted)
      throw problem('unavailable', 'The process is stopping: send requests to another.');
    try {
      await within(DATABASE_WITHIN_MS, look());
    } catch {
      throw problem('unavailable', 'The database does not answer: look at its health and at DATABASE_URL.');
    }
    response.json({ status: 'ready' });
  };
};

/** Numbers for Prometheus. */
export const metricsPage =
  ({ metrics }: HttpParts): RequestHandler =>
  async (_request, response) => {
    response.setHeader('content-type', metrics.contentType);
    response.end(await metrics.text());
  };

const within = async (ms: number, work: Promise<void>): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), ms);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
