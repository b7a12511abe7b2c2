import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeletionView, WorkspaceView } from '../../../server/assignments/lifecycle/views.ts';
import { type ApiError, getJson, postJson, putJson } from './client.ts';

const KEY = ['workspace'];

type Retention = WorkspaceView['retention'];

/** How long data is kept, what was erased, and whether the workspace is to be deleted. */
export const useWorkspace = () =>
  useQuery<WorkspaceView, ApiError>({
    queryKey: KEY,
    queryFn: () => getJson<WorkspaceView>('/api/v1/workspace'),
  });

/** Something that changes what the workspace keeps, after which it is read anew. */
function useChange<Reply, Given>(change: (given: Given) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation<Reply, ApiError, Given>({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export const useSetRetention = () =>
  useChange((retention: Partial<Retention>) => putJson<Retention>('/api/v1/retention', retention));

/** How much is known of whoever has an e-mail address. */
export const useLook = () =>
  useMutation<{ readonly leads: number }, ApiError, string>({
    mutationFn: (email) => postJson('/api/v1/erasures/preview', { email }),
  });

export const useErase = () =>
  useChange((email: string) => postJson<{ readonly leads: number }>('/api/v1/erasures', { email }));

export const useDelete = () =>
  useChange((name: string) => postJson<DeletionView>('/api/v1/workspace/deletion', { name }));

export const useTakeBack = () =>
  useChange((_: undefined) => postJson<unknown>('/api/v1/workspace/deletion/undo', {}));
