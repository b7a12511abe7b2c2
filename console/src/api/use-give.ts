import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, getJson, postJson } from './client.ts';

/** One rep of the directory, as far as they are told by name. */
interface RepEntry {
  readonly id: string;
  readonly name?: string;
}

const REPS = ['reps'];

/** Everybody who takes leads, once somebody asks. */
export const useReps = (asked: boolean) =>
  useQuery<readonly RepEntry[], ApiError>({
    queryKey: REPS,
    queryFn: () => getJson<readonly RepEntry[]>('/api/v1/reps'),
    enabled: asked,
  });

/** To whom a lead goes, and what is said with it. */
interface Gift {
  readonly rep: string;
  readonly note: string | null;
}

/** Gives a lead to another rep, past the policy. `already`: they had it before. */
export function useGive(assignment: string) {
  const client = useQueryClient();
  return useMutation<{ readonly already: boolean }, ApiError, Gift>({
    mutationFn: (gift) => postJson(`/api/v1/assignments/${assignment}/reassign`, gift),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['explanation'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
        // Who was refused takes no leads any more.
        client.invalidateQueries({ queryKey: REPS }),
      ]),
  });
}
