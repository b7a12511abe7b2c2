import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Retention } from '../../../server/assignments/lifecycle/ports.ts';
import type { DeletionView, WorkspaceView } from '../../../server/assignments/lifecycle/views.ts';
import { type ApiError, getJson, postJson, putJson } from './client.ts';

const KEY = ['workspace'];

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

/** Whose data, by e-mail address; `preview`: only how many leads that is. */
export const useErase = () =>
  useChange((asked: { readonly email: string; readonly preview?: boolean }) =>
    postJson<{ readonly leads: number }>('/api/v1/erasures', asked),
  );

export const useDelete = () =>
  useChange((name: string) => postJson<DeletionView>('/api/v1/workspace/deletion', { name }));

export const useTakeBack = () =>
  useChange((_: undefined) => postJson<unknown>('/api/v1/workspace/deletion/undo', {}));
