import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  OffboardingPlan,
  OffboardingView,
} from '../../../server/assignments/offboarding/offboarding.ts';
import { type ApiError, getJson, postJson } from './client.ts';

const pathOf = (rep: string): string => `/api/v1/reps/${encodeURIComponent(rep)}/offboarding`;

/** Where a rep's leads would go. Asked for once: what is confirmed is what was seen. */
export const useOffboardingPlan = (rep: string) =>
  useQuery<OffboardingPlan, ApiError>({
    queryKey: ['offboarding', rep],
    queryFn: () => getJson<OffboardingPlan>(`${pathOf(rep)}/plan`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** Moves a leaving rep's leads as a plan says, or takes it back. */
export function useOffboard(rep: string) {
  const client = useQueryClient();
  const settled = () => client.invalidateQueries({ queryKey: ['overview'] });
  const confirm = useMutation<OffboardingView, ApiError, OffboardingPlan>({
    mutationFn: ({ moves }) =>
      postJson(pathOf(rep), {
        moves: moves.map(({ assignment, to }) => ({ assignment, to: to?.id ?? null })),
      }),
    onSettled: settled,
  });
  const undo = useMutation<OffboardingView, ApiError, string>({
    mutationFn: (id) => postJson(`/api/v1/offboardings/${id}/undo`),
    onSettled: settled,
  });
  return { confirm, undo };
}
