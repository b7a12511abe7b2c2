import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ComparisonView,
  FirstPolicy,
  FoundPeople,
  Steps,
} from '../../../server/assignments/first-steps/first-steps.ts';
import { type ApiError, getJson, postJson, putJson } from './client.ts';

const FRESH_MS = 2_000;
const KEY = ['first-steps'];

/** How far the workspace is, looked at again every two seconds: people arrive while one looks. */
export const useSteps = () =>
  useQuery<Steps, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<Steps>('/api/v1/first-steps'),
    refetchInterval: FRESH_MS,
  });

/** Who was found in the CRMs. */
export const usePeople = () =>
  useQuery<FoundPeople, ApiError>({
    queryKey: [...KEY, 'people'],
    queryFn: () => getJson<FoundPeople>('/api/v1/found-people'),
    refetchInterval: FRESH_MS,
  });

/** What the policy would have done beside what was done. */
export const useComparison = () =>
  useQuery<ComparisonView, ApiError>({
    queryKey: ['comparison'],
    queryFn: () => getJson<ComparisonView>('/api/v1/comparison'),
    refetchInterval: FRESH_MS,
  });

const useDeed = <Told, Answer>(perform: (told: Told) => Promise<Answer>) => {
  const client = useQueryClient();
  return useMutation<Answer, ApiError, Told>({
    mutationFn: perform,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['overview'] }),
        client.invalidateQueries({ queryKey: ['comparison'] }),
        client.invalidateQueries({ queryKey: ['policy'] }),
      ]),
  });
};

/** Says who of those found takes leads. E-mail addresses. */
export const useConfirmPeople = () =>
  useDeed((told: { readonly reps: readonly string[]; readonly noReps: readonly string[] }) =>
    postJson<{ readonly added: number }>('/api/v1/found-people', told),
  );

/** Has a first policy written for these teams. */
export const useProposePolicy = () =>
  useDeed((teams: readonly string[]) => postJson<FirstPolicy>('/api/v1/first-steps/policy', { teams }));

/** Publishes a draft for the log only. */
export const usePublishForLog = () =>
  useDeed(async ({ id, revision }: { readonly id: string; readonly revision: number }) => {
    await putJson('/api/v1/settings', { mode: 'log_only' });
    return postJson(`/api/v1/policy/drafts/${id}/publish`, { revision });
  });

/** Leads are given in earnest from now on. `pools`: by these; null: by all. */
export const useGoLive = () =>
  useDeed((pools: readonly string[] | null) =>
    postJson<{ readonly version: number }>('/api/v1/go-live', { pools }),
  );

/** How a test went. */
export interface TestTold {
  readonly ok: boolean;
  readonly said: string;
}

/** Tests a connection. `messageTo`: whom to write in Slack; null: nobody. */
export const useTestConnection = () =>
  useMutation<TestTold, ApiError, { readonly id: string; readonly messageTo: string | null }>({
    mutationFn: ({ id, messageTo }) => postJson(`/api/v1/connections/${id}/test`, { messageTo }),
  });

/** Imports a connection's people again. */
export const useImportPeople = () =>
  useDeed((connections: readonly string[]) =>
    Promise.all(connections.map((id) => postJson(`/api/v1/connections/${id}/sync`))),
  );
