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
  /** false: others are told by name alone. */
  readonly whole: boolean;
  readonly people: readonly PersonEntry[];
  /** Who else can sign in, where that is all there is to see. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
  /** Who cannot sign in any more. */
  readonly removed: readonly { readonly id: string; readonly name: string }[];
  readonly invitations: readonly Invitation[];
  readonly admits: 'rep' | 'auditor' | null;
}

export interface SessionEntry {
  readonly id: string;
  readonly agent: string | null;
  readonly openedAt: string;
  readonly seenAt: string;
  /** This browser’s. */
  readonly here: boolean;
}

const KEY = ['people'];

export const usePeople = () =>
  useQuery<PeopleReply, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<PeopleReply>('/api/v1/people'),
  });

/** How the service tells of a person. */
const PERSON = 'person:';

/** Everybody there is or was, by what they are told as where they did something. */
function useEverybody(): readonly (readonly [who: string, name: string])[] {
  const { data } = usePeople();
  if (data === undefined) return [];
  return [...data.people, ...data.others, ...data.removed].map(({ id, name }) => [PERSON + id, name]);
}

/** Who is no person, and what they are called. */
const KEY_PREFIX = 'key:';
const OTHERS: readonly (readonly [who: string, name: string])[] = [
  ['console', 'This machine'],
  ['service', 'Fairlead'],
];

/** What to call whoever did something, who is told as `person:<id>`, `key:<name>`, `console` or `service`. */
export function useNameOf(): (who: string) => string {
  const names = new Map([...useEverybody(), ...OTHERS]);
  return (who) =>
    names.get(who) ?? (who.startsWith(KEY_PREFIX) ? `API key ${who.slice(KEY_PREFIX.length)}` : who);
}

/** The way back: whom a name means. What is nobody's name is left as it is. */
export function useWhoIs(): (name: string) => string {
  const everybody = [...useEverybody(), ...OTHERS];
  return (asked) => {
    const wanted = asked.toLowerCase();
    const known = everybody.find(([, name]) => name.toLowerCase() === wanted)?.[0];
    return known ?? asked.replace(/^API key /i, KEY_PREFIX);
  };
}

/** What an owner does about somebody, or an admin who signs them out. */
export type PeopleDeed =
  | { readonly do: 'invite'; readonly email: string; readonly role: Role }
  | { readonly do: 'uninvite'; readonly id: string }
  | { readonly do: 'role'; readonly id: string; readonly role: Role }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'sign-out'; readonly id: string }
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
    case 'sign-out':
      return postJson(`/api/v1/people/${deed.id}/sign-out`);
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

const MINE = ['my-sessions'];

/** Ends a session of one’s own by its id; null: all but this one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, string | null>({
    mutationFn: (id) =>
      postJson(id === null ? '/api/v1/me/sessions/end-others' : `/api/v1/me/sessions/${id}/end`),
    onSettled: () => client.invalidateQueries({ queryKey: MINE }),
  });
}

export const useMySessions = () =>
  useQuery<readonly SessionEntry[], ApiError>({
    queryKey: MINE,
    queryFn: () => getJson<readonly SessionEntry[]>('/api/v1/me/sessions'),
  });
