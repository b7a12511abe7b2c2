import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, getJson, postJson, putJson } from './client.ts';
import type { Role } from './use-me.ts';

export interface PersonEntry {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** null: waits to be let in. */
  readonly role: Role | null;
  readonly signedInAt: string | null;
  readonly providers: readonly string[];
  readonly sessions: number;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: string;
}

interface PeopleReply {
  readonly people: readonly PersonEntry[];
  readonly invitations: readonly Invitation[];
  readonly admits: 'rep' | 'auditor' | null;
}

export interface SessionEntry {
  readonly id: string;
  readonly agent: string | null;
  readonly openedAt: string;
  readonly seenAt: string;
}

const KEY = ['people'];

export const usePeople = () =>
  useQuery<PeopleReply, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<PeopleReply>('/api/v1/people'),
  });

/** What an owner does about somebody. */
export type PeopleDeed =
  | { readonly do: 'invite'; readonly email: string; readonly role: Role }
  | { readonly do: 'uninvite'; readonly id: string }
  | { readonly do: 'role'; readonly id: string; readonly role: Role }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'admit'; readonly role: 'rep' | 'auditor' | null };

const send = (deed: PeopleDeed): Promise<unknown> => {
  switch (deed.do) {
    case 'invite':
      return postJson('/api/v1/people/invitations', { email: deed.email, role: deed.role });
    case 'uninvite':
      return postJson(`/api/v1/people/invitations/${deed.id}/revoke`);
    case 'role':
      return postJson(`/api/v1/people/${deed.id}/role`, { role: deed.role });
    case 'remove':
      return postJson(`/api/v1/people/${deed.id}/remove`);
    case 'admit':
      return putJson('/api/v1/people/admission', { role: deed.role });
    default:
      return deed satisfies never;
  }
};

export function usePeopleDeed() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, PeopleDeed>({
    mutationFn: send,
    // One's own role may be another now.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}

export const useMySessions = () =>
  useQuery<readonly SessionEntry[], ApiError>({
    queryKey: ['my-sessions'],
    queryFn: () => getJson<readonly SessionEntry[]>('/api/v1/me/sessions'),
  });
