import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';
import type { ApiError } from './client.ts';
import { readLines } from './read-lines.ts';

/** How a draft is tried: over how many days, and beside what (null: the live policy). */
export interface PastTry {
  readonly draft: string;
  readonly days: number;
  readonly against: string | null;
}

/** Where a try stands. */
export type PastState =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly done: number; readonly of: number | null }
  | { readonly at: 'failed'; readonly error: ApiError }
  | { readonly at: 'told'; readonly tried: PastTry; readonly said: PastSimulation };

/** Tries a draft on the past, tells how far it is, and can be called off; leaving the page calls it off, too. */
export function useTryOnPast() {
  const client = useQueryClient();
  const [state, setState] = useState<PastState>({ at: 'idle' });
  const running = useRef<AbortController | null>(null);
  const callOff = () => running.current?.abort();
  useEffect(() => () => running.current?.abort(), []);
  const start = async (tried: PastTry): Promise<void> => {
    callOff();
    const mine = new AbortController();
    running.current = mine;
    setState({ at: 'running', done: 0, of: null });
    try {
      const said = await readLines<PastSimulation>(
        `/api/v1/policy/drafts/${tried.draft}/simulate`,
        { days: tried.days, against: tried.against },
        { signal: mine.signal, progress: (done, of) => setState({ at: 'running', done, of }) },
      );
      setState({ at: 'told', tried, said });
      await client.invalidateQueries({ queryKey: ['policy'] });
    } catch (error) {
      if (mine.signal.aborted) setState({ at: 'idle' });
      else setState({ at: 'failed', error: error as ApiError });
    }
  };
  return { state, start, callOff };
}
