import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, getJson, postJson } from './client.ts';

/** A write that a CRM or Slack refused for good. */
export interface RefusedWrite {
  readonly id: string;
  readonly kind: string;
  readonly connection: { readonly id: string; readonly vendor: string; readonly name: string };
  readonly record: { readonly objectType: string; readonly recordId: string } | null;
  readonly decision: string | null;
  readonly code: string;
  readonly remedy: string;
  readonly attempts: number;
  readonly refusedAt: string;
}

const KEY = ['refused'];
const FRESH_MS = 5_000;

/** The refused writes, newest first, while somebody looks at them. */
export const useRefused = (open: boolean) =>
  useQuery<readonly RefusedWrite[], ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<readonly RefusedWrite[]>('/api/v1/deliveries/refused'),
    enabled: open,
    refetchInterval: FRESH_MS,
  });

/** Tries one again; it leaves the list, and is back should it be refused anew. */
export function useRetry() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, string>({
    mutationFn: (id) => postJson(`/api/v1/deliveries/${id}/retry`),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  });
}
