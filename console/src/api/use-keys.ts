import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiKeyView } from '../../../server/assignments/key-ports.ts';
import { type ApiError, getJson, postJson } from './client.ts';

interface KeysReply {
  readonly keys: readonly ApiKeyView[];
  /** What whoever is signed in may do, and so may give to a key. */
  readonly givable: readonly { readonly scope: string; readonly words: string }[];
}

const KEY = ['keys'];

export const useKeys = () =>
  useQuery<KeysReply, ApiError>({ queryKey: KEY, queryFn: () => getJson<KeysReply>('/api/v1/keys') });

/** What is done about a key. `overlapHours`: how long the secret before serves on. */
export type KeyDeed =
  | {
      readonly do: 'make';
      readonly name: string;
      readonly scopes: readonly string[];
      readonly expiresAt: string | null;
    }
  | { readonly do: 'rotate'; readonly id: string; readonly overlapHours: number }
  | { readonly do: 'revoke'; readonly id: string };

const send = async (deed: KeyDeed): Promise<string | null> => {
  switch (deed.do) {
    case 'make': {
      const { name, scopes, expiresAt } = deed;
      return (await postJson<{ readonly key: string }>('/api/v1/keys', { name, scopes, expiresAt })).key;
    }
    case 'rotate': {
      const { id, overlapHours } = deed;
      return (await postJson<{ readonly key: string }>(`/api/v1/keys/${id}/rotate`, { overlapHours })).key;
    }
    case 'revoke':
      await postJson(`/api/v1/keys/${deed.id}/revoke`);
      return null;
    default:
      return deed satisfies never;
  }
};

/** Gives back the secret that was made, which is shown this once; null: none was. */
export function useKeyDeed() {
  const client = useQueryClient();
  return useMutation<string | null, ApiError, KeyDeed>({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['audit-log'] }),
      ]),
    // It must not stay in the memory of the page.
    gcTime: 0,
  });
}
