import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, getJson, postJson } from './client.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Lead {
  readonly assignmentId: string;
  readonly person: {
    readonly name: string | null;
    readonly company: string | null;
    readonly url: string | null;
  } | null;
  readonly crm: string | null;
}

interface Counted<T> {
  readonly total: number;
  readonly shown: readonly T[];
}

export type MyOffer = Lead & {
  readonly expiresAt: string | null;
  readonly offerees: number;
  readonly pool: Named | null;
};
export type MyLead = Lead & {
  readonly since: string;
  readonly written: 'none' | 'pending' | 'done' | 'refused';
};

/** What a rep sees of themselves. */
export interface MyHome {
  readonly rep: Named;
  readonly logOnly: boolean;
  readonly away: { readonly since: string; readonly until: string | null } | null;
  readonly availability: { readonly code: string; readonly backAt: string | null };
  readonly offers: Counted<MyOffer>;
  readonly leads: Counted<MyLead>;
  readonly pools: readonly (Named & { readonly lag: number; readonly received: number })[];
}

const KEY = ['my-home'];
const FRESH_MS = 5_000;

export const useMyHome = () =>
  useQuery<MyHome, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<MyHome>('/api/v1/me/home'),
    refetchInterval: FRESH_MS,
  });

/** What a rep does about an offer or their time. */
export type MyDeed =
  | { readonly do: 'claim'; readonly assignment: string; readonly rep: string }
  | { readonly do: 'decline'; readonly assignment: string; readonly rep: string; readonly reason: string }
  | { readonly do: 'away'; readonly until: string | null }
  | { readonly do: 'back' };

const send = (deed: MyDeed): Promise<unknown> => {
  switch (deed.do) {
    case 'claim':
      return postJson(`/api/v1/assignments/${deed.assignment}/claim`, { rep: deed.rep });
    case 'decline':
      return postJson(`/api/v1/assignments/${deed.assignment}/decline`, {
        rep: deed.rep,
        reason: deed.reason,
      });
    case 'away':
      return postJson('/api/v1/me/away', { away: true, until: deed.until });
    case 'back':
      return postJson('/api/v1/me/away', { away: false });
    default:
      return deed satisfies never;
  }
};

export function useMyDeed() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, MyDeed>({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
