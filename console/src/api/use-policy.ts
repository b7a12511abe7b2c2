import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  DraftView,
  PolicyChange,
  PolicyOverview,
  VersionView,
} from '../../../server/assignments/publishing/publishing.ts';
import { type ApiError, getJson, postJson, putJson } from './client.ts';

const KEY = ['policy'];
const FRESH_MS = 10_000;

/** Versions and drafts, the newest first. */
export const usePolicyHistory = () =>
  useQuery<PolicyOverview, ApiError>({
    queryKey: [...KEY, 'history'],
    queryFn: () => getJson<PolicyOverview>('/api/v1/policy/history'),
    refetchInterval: FRESH_MS,
  });

/** One version, in words and as it was written. A version never changes. */
export const usePolicyVersion = (version: number | null) =>
  useQuery<VersionView, ApiError>({
    queryKey: [...KEY, 'version', version],
    queryFn: () => getJson<VersionView>(`/api/v1/policy/versions/${version}`),
    enabled: version !== null,
  });

/** What is different between two versions, in words. */
export const usePolicyDiff = (from: number, to: number, asked: boolean) =>
  useQuery<{ readonly changes: readonly PolicyChange[] }, ApiError>({
    queryKey: [...KEY, 'diff', from, to],
    queryFn: () => getJson(`/api/v1/policy/diff?from=${from}&to=${to}`),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A draft, what the check finds, and what it would change. */
export const useDraft = (id: string | null) =>
  useQuery<DraftView, ApiError>({
    queryKey: [...KEY, 'draft', id],
    queryFn: () => getJson<DraftView>(`/api/v1/policy/drafts/${id}`),
    enabled: id !== null,
  });

/** What can be done with drafts and versions; everything about the policy is read again after it. */
export type PolicyDeed =
  | { readonly do: 'save'; readonly id: string | null; readonly text: string; readonly note: string }
  | { readonly do: 'discard' | 'unschedule'; readonly id: string }
  | { readonly do: 'approve'; readonly id: string; readonly revision: number }
  /** `at`: ISO 8601; null: now. */
  | { readonly do: 'publish'; readonly id: string; readonly revision: number; readonly at: string | null }
  | { readonly do: 'rollback'; readonly version: number; readonly note: string };

export function usePolicyDeed() {
  const client = useQueryClient();
  return useMutation<DraftView | { readonly version: number }, ApiError, PolicyDeed>({
    mutationFn: perform,
    onSuccess: (done) => {
      if ('text' in done) client.setQueryData([...KEY, 'draft', done.id], done);
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

const perform = (deed: PolicyDeed): Promise<DraftView | { readonly version: number }> => {
  const drafts = '/api/v1/policy/drafts';
  switch (deed.do) {
    case 'save': {
      const body = { text: deed.text, note: deed.note || null };
      return deed.id === null ? postJson(drafts, body) : putJson(`${drafts}/${deed.id}`, body);
    }
    case 'publish':
      return postJson(`${drafts}/${deed.id}/publish`, { at: deed.at, revision: deed.revision });
    case 'approve':
      return postJson(`${drafts}/${deed.id}/approve`, { revision: deed.revision });
    case 'rollback':
      return postJson('/api/v1/policy/rollback', { version: deed.version, note: deed.note || null });
    default:
      return postJson(`${drafts}/${deed.id}/${deed.do}`);
  }
};
