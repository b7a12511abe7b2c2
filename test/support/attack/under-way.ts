import type { ServerResponse } from 'node:http';
import { until } from '../until.ts';

/** Knows which requests have not come to their end yet: their callers may be gone, and the work goes on. */
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
    settled: (): Promise<void> => until('every request has come to its end', () => open.size === 0, 60_000),
  };
};
