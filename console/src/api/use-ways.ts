import { useQuery } from '@tanstack/react-query';
import { type ApiError, getJson } from './client.ts';

/** Whom one can sign in with here. */
export interface SignInWay {
  readonly id: string;
  readonly name: string;
}

export const useWays = () =>
  useQuery<readonly SignInWay[], ApiError>({
    queryKey: ['sign-in-ways'],
    queryFn: async () => (await getJson<{ readonly ways: readonly SignInWay[] }>('/oauth/sign-in')).ways,
  });

/**
 * The address that a button leads to. `path`: where to come back to. `link`: adds a way in to who is signed in; `again`:
 * has them prove anew who they are.
 */
export const signInAddress = (id: string, path: string, more?: 'link' | 'again'): string =>
  `/oauth/${id}/sign-in?${new URLSearchParams({ return: path, ...(more && { [more]: '1' }) })}`;
