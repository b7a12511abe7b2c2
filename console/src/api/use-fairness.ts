import { useQuery } from '@tanstack/react-query';
import type { PoolFairness, PoolLags } from '../../../server/assignments/pool-fairness.ts';
import { type ApiError, getJson } from './client.ts';

const FRESH_MS = 30_000;

/** A pool's statement, added up from its ledger. */
export const useFairness = (pool: string) =>
  useQuery<PoolFairness, ApiError>({
    queryKey: ['fairness', pool],
    queryFn: () => getJson<PoolFairness>(`/api/v1/pools/${pool}/fairness`),
    refetchInterval: FRESH_MS,
  });

/** How its lags went over time. */
export const useLags = (pool: string) =>
  useQuery<PoolLags, ApiError>({
    queryKey: ['lags', pool],
    queryFn: () => getJson<PoolLags>(`/api/v1/pools/${pool}/lags`),
    refetchInterval: FRESH_MS,
  });
