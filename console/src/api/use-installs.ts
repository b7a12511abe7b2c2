import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, deleteJson, getJson, postJson } from './client.ts';

/** How an account of a vendor is connected. `asks`: what the vendor's page must be told first. */
export interface InstallWay {
  readonly vendor: string;
  readonly name: string;
  readonly asks: readonly {
    readonly name: string;
    readonly label: string;
    readonly example: string;
    readonly required: boolean;
  }[];
}

interface Installs {
  readonly ways: readonly InstallWay[];
  /** An account this browser brought from a marketplace. */
  readonly parked: { readonly vendor: string; readonly name: string } | null;
}

export interface ConnectionEntry {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  readonly externalId: string;
  readonly status: 'active' | 'needs_reconnecting' | 'uninstalled' | 'disconnected';
  readonly settings: Readonly<Record<string, unknown>>;
  /** Scopes the account did not grant. */
  readonly missing: readonly { readonly scope: string; readonly without: string }[];
  /** Of a disconnected account: what is still to be done at its vendor. */
  readonly left: readonly { readonly step: string; readonly trying: boolean; readonly byHand: string }[];
}

const KEY = ['installs'];

export const useInstalls = (open: boolean) =>
  useQuery<Installs, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<Installs>('/api/v1/installs'),
    enabled: open,
  });

export const useConnectionList = (open: boolean) =>
  useQuery<readonly ConnectionEntry[], ApiError>({
    queryKey: ['connections'],
    queryFn: () => getJson<readonly ConnectionEntry[]>('/api/v1/connections'),
    enabled: open,
  });

/** Disconnects an account; for one that is, its vendor is told again. */
export function useDisconnect() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError, string>({
    mutationFn: (id) => deleteJson(`/api/v1/connections/${id}`),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['connections'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  });
}

/** Connects the account from the marketplace. */
export function useClaimInstall() {
  const client = useQueryClient();
  return useMutation<unknown, ApiError>({
    mutationFn: () => postJson('/api/v1/installs/claim'),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['connections'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  });
}
