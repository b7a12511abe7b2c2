import { useCallback, useEffect, useRef, useState } from 'react';
import type { RecordCard } from '../record-card.ts';
import type { Answer, Trouble } from '../service/answer.ts';
import type { Deed, Service } from '../service/create-service.ts';
import { createRequestIds } from './request-ids.ts';

export type Busy = 'look' | Deed['kind'] | null;

interface State {
  /** The last card that was read; it stays while something is in trouble. */
  readonly card: RecordCard | null;
  readonly trouble: Trouble | null;
  /** What the service did not do, in its own words. */
  readonly refusal: string | null;
  readonly busy: Busy;
}

export interface RecordCardState extends State {
  readonly look: () => Promise<void>;
  /** Whether it was done. */
  readonly act: (deed: Deed) => Promise<boolean>;
}

const FIRST: State = { card: null, trouble: null, refusal: null, busy: 'look' };

/** The card of the open record, kept at its latest. */
export function useRecordCard(service: Service): RecordCardState {
  const [state, setState] = useState(FIRST);
  const asked = useRef(0);
  const requestIds = useRef(createRequestIds());

  /** Shows an answer, unless something newer was asked meanwhile. */
  const follow = useCallback(async (busy: Busy, answer: Promise<Answer>): Promise<Answer> => {
    const turn = ++asked.current;
    setState((before) => ({ ...before, busy }));
    const got = await answer;
    if (turn === asked.current) setState((before) => after(before, got, busy));
    return got;
  }, []);

  const look = useCallback(async () => {
    await follow('look', service.look());
  }, [follow, service]);

  const assignment = state.card?.standing?.assignment;
  const act = async (deed: Deed): Promise<boolean> => {
    if (assignment === undefined) return false;
    const requestId = requestIds.current.of(assignment, deed);
    const got = await follow(deed.kind, service.act(assignment, deed, requestId));
    if (got.kind !== 'trouble') requestIds.current.forget();
    return got.kind === 'card';
  };

  useEffect(() => {
    void look();
  }, [look]);

  return { ...state, look, act };
}

const after = (before: State, answer: Answer, busy: Busy): State => {
  switch (answer.kind) {
    case 'card':
      return { card: answer.card, trouble: null, refusal: null, busy: null };
    case 'refused':
      return { card: answer.card ?? before.card, trouble: null, refusal: answer.detail, busy: null };
    case 'trouble':
      // A look that failed in the background says nothing about what a person just did.
      return {
        ...before,
        trouble: answer.trouble,
        refusal: busy === 'look' ? before.refusal : null,
        busy: null,
      };
    default:
      return answer satisfies never;
  }
};
