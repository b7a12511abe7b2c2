import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Overview } from '../../../server/assignments/queries.ts';
import { type ApiError, getJson, putJson } from './client.ts';

const FRESH_MS = 2_000;

/** The page's numbers, renewed every two seconds; the last ones stay while the service is away. */
export const useOverview = () =>
  useQuery<Overview, ApiError>({
    queryKey: ['overview'],
    queryFn: () => getJson<Overview>('/api/v1/overview'),
    refetchInterval: ({ state }) => Math.min(FRESH_MS * 2 ** state.fetchFailureCount, 15_000),
  });

export interface SettingsChange {
  readonly mode?: 'live' | 'log_only';
  readonly paused?: boolean;
}

/** Changes the tenant's mode or pause switch. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, SettingsChange>({
    mutationFn: (change) => putJson('/api/v1/settings', change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['overview'] }),
  });
}
