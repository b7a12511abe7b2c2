import type { ServerResponse } from 'node:http';
import { until } from '../until.ts';

/**
 * Knows which requests have not come to their end yet: their callers may be gone, and the work goes on. A reply that had
 * begun breaks off with its reader, and is never ended.
 */
export const createUnderWay = () => {
  const open = new Set<ServerResponse>();
  return {
    watch: (response: ServerResponse): void => {
      open.add(response);
      const end = response.end.bind(response);
      response.end = ((...given: Parameters<typeof end>) => {
        open.delete(response);
        return end(...given);
      }) as typeof response.end;
    },
    settled: (): Promise<void> =>
      until(
        'every request has come to its end',
        () => {
          for (const response of open) if (response.destroyed && response.headersSent) open.delete(response);
          return open.size === 0;
        },
        60_000,
      ),
  };
};
