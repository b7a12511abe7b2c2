import { useQuery } from '@tanstack/react-query';
import { type ApiError, getJson } from './client.ts';

/** Whom one can sign in with here. */
export interface SignInWay {
  readonly id: string;
  readonly name: string;
}

/** `newWorkspaces`: whether whom no workspace knows may begin one. */
interface Ways {
  readonly ways: readonly SignInWay[];
  readonly newWorkspaces: boolean;
}

export const useWays = () =>
  useQuery<Ways, ApiError>({ queryKey: ['sign-in-ways'], queryFn: () => getJson('/oauth/sign-in') });

/**
 * The address that a button leads to. `path`: where to come back to. `link`: adds a way in to who is signed in; `again`:
 * has them prove anew who they are; `begin`: begins a workspace for whom none knows.
 */
export const signInAddress = (id: string, path: string, more?: 'link' | 'again' | 'begin'): string =>
  `/oauth/${id}/sign-in?${new URLSearchParams({ return: path, ...(more && { [more]: '1' }) })}`;
