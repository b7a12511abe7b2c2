import { useQuery } from '@tanstack/react-query';
import type { WhyNotView } from '../../../server/assignments/views.ts';
import { type ApiError, getJson } from './client.ts';

/** Why one rep was not whom a decision chose, once somebody asks. A decision never changes, so neither does this. */
export const useWhyNot = (decision: string, rep: string, asked: boolean) =>
  useQuery<WhyNotView, ApiError>({
    queryKey: ['why-not', decision, rep],
    queryFn: () =>
      getJson<WhyNotView>(`/api/v1/decisions/${decision}/explanation/${encodeURIComponent(rep)}`),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });
