import { ApiError, refusalOf } from './client.ts';

interface LinesOptions {
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number) => void;
}

type Line<T> =
  | { readonly progress: { readonly done: number; readonly of: number } }
  | { readonly reply: T }
  | { readonly problem: { readonly status: number; readonly detail: string } };

/** Posts what takes long, and hears line by line how far it is; the reply comes last. Throws ApiError. */
export async function readLines<T>(
  path: string,
  body: unknown,
  { signal, progress }: LinesOptions,
): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    body: JSON.stringify(body),
    signal,
  }).catch(unreachable);
  if (!response.ok || response.body === null) throw await refusalOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ; ) {
    const { done, value } = await reader.read().catch(unreachable);
    if (done) throw unreachable();
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = JSON.parse(text) as Line<T>;
      if ('reply' in line) return line.reply;
      if ('problem' in line) throw new ApiError(line.problem.status, line.problem.detail);
      progress(line.progress.done, line.progress.of);
    }
  }
}

const unreachable = (): never => {
  throw new ApiError(0, 'The service cannot be reached.');
};
