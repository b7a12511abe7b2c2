import { useQuery } from '@tanstack/react-query';
import type { ExplanationView } from '../../../server/assignments/views.ts';
import { type ApiError, getJson } from './client.ts';

/** One decision's whole story; looked at again while its lead may still move. */
export const useExplanation = (id: string | null) =>
  useQuery<ExplanationView, ApiError>({
    queryKey: ['explanation', id],
    queryFn: () => getJson<ExplanationView>(`/api/v1/decisions/${id}/explanation`),
    enabled: id !== null,
    refetchInterval: 3_000,
  });
