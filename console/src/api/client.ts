/** What went wrong, in the service's own words where it had any. `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

const problemText = async (response: Response): Promise<string> => {
  const problem: unknown = await response.json().catch(() => null);
  const detail = problem && typeof problem === 'object' && 'detail' in problem ? problem.detail : null;
  return typeof detail === 'string' ? detail : `The service answered ${response.status}.`;
};

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(10_000) }).catch(() => {
    throw new ApiError(0, 'The service cannot be reached.');
  });
  if (!response.ok) throw new ApiError(response.status, await problemText(response));
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export const getJson = <T>(path: string): Promise<T> => call<T>(path);

export const putJson = <T>(path: string, body: unknown): Promise<T> =>
  call<T>(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const postJson = <T>(path: string, body?: unknown): Promise<T> =>
  call<T>(path, {
    method: 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });

export const deleteJson = <T>(path: string): Promise<T> => call<T>(path, { method: 'DELETE' });
