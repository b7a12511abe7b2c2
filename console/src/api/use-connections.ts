import { useQuery } from '@tanstack/react-query';
import { type ApiError, getJson } from './client.ts';

const FRESH_MS = 15_000;

/** How much of a vendor's limit on calls is used. */
export interface LimitUsage {
  readonly limit: string;
  readonly used: number;
  readonly of: number;
  readonly resetsAt: string | null;
}

interface ConnectionUsage {
  readonly id: string;
  readonly usage: LimitUsage | null;
}

/** How much of each connection's limit is used, by connection. */
export function useConnectionUsage(): ReadonlyMap<string, LimitUsage> {
  const { data } = useQuery<readonly ConnectionUsage[], ApiError>({
    queryKey: ['connections'],
    queryFn: () => getJson<readonly ConnectionUsage[]>('/api/v1/connections'),
    refetchInterval: FRESH_MS,
  });
  return new Map((data ?? []).flatMap(({ id, usage }) => (usage ? [[id, usage] as const] : [])));
}
