import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, getJson, postJson } from './client.ts';

export type Permission = 'read' | 'route' | 'answer' | 'manage' | 'administer' | 'own';
export type Role = 'owner' | 'admin' | 'manager' | 'rep' | 'auditor';

/** Who is signed in. */
export interface Me {
  readonly name: string;
  /** null: this browser is on the service's own machine. */
  readonly person: { readonly id: string; readonly email: string | null } | null;
  readonly role: Role;
  readonly may: readonly Permission[];
  readonly rep: { readonly id: string; readonly name: string } | null;
  readonly workspace: string;
}

const FRESH_MS = 60_000;

const askMe = async (): Promise<Me | null> => {
  try {
    return await getJson<Me>('/api/v1/me');
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
};

/** Who is signed in; null: nobody. */
export const useMe = () =>
  useQuery<Me | null, ApiError>({
    queryKey: ['me'],
    queryFn: askMe,
    refetchInterval: FRESH_MS,
  });

/** Whether who is signed in may do something: what they may not is not shown. */
export const useMay = (permission: Permission): boolean => useMe().data?.may.includes(permission) ?? false;

/** Ends this browser's session, or all of them, and goes to the sign-in page. */
export function useSignOut() {
  const client = useQueryClient();
  return async (everywhere: boolean): Promise<void> => {
    await postJson(`/api/v1/me/${everywhere ? 'sign-out-everywhere' : 'sign-out'}`);
    client.clear();
    location.assign('/sign-in');
  };
}
