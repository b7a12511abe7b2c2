import { useQuery } from '@tanstack/react-query';
import type { AdjustmentView } from '../../../server/assignments/queries.ts';
import { type ApiError, getJson } from './client.ts';

const FRESH_MS = 10_000;

/** What people changed in a pool's ledger, newest first, while somebody looks at it. */
export const useAdjustments = (pool: string, open: boolean) =>
  useQuery<readonly AdjustmentView[], ApiError>({
    queryKey: ['adjustments', pool],
    queryFn: () =>
      getJson<readonly AdjustmentView[]>(`/api/v1/pools/${encodeURIComponent(pool)}/adjustments`),
    enabled: open,
    refetchInterval: FRESH_MS,
  });
