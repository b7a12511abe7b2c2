/** What is told of an SLA: its name, and instants and durations as the reader says them. */
export interface SlaTold {
  readonly sla: string | null;
  readonly rep: string | null;
  readonly due: string | null;
  readonly met: string | null;
  readonly late: string | null;
  readonly retry: string | null;
}

const name = ({ sla }: Pick<SlaTold, 'sla'>): string => sla ?? 'An SLA';

/** `First touch was due Tue 10:05, met Tue 10:03.` */
export const metText = (told: Omit<SlaTold, 'rep' | 'retry'>): string => {
  const due = told.due === null ? `${name(told)} was` : `${name(told)} was due ${told.due},`;
  return `${due} met ${told.met ?? 'since'}${told.late === null ? '.' : `: ${told.late} late.`}`;
};

export const missedText = (told: Pick<SlaTold, 'sla' | 'due'>): string =>
  `${name(told)} was due ${told.due ?? 'by now'} and is missed.`;

export const keptText = (told: Pick<SlaTold, 'sla' | 'rep' | 'retry'>): string =>
  `${name(told)} was missed, and nobody else can take it now: it stays with ${told.rep ?? 'those asked'}.${told.retry === null ? '' : ` Looked at again ${told.retry}.`}`;

/** Of a clock that runs. */
export const runningText = (told: Pick<SlaTold, 'sla' | 'due'>): string =>
  told.due === null
    ? `${name(told)} stands still: nobody knows when its rep works again.`
    : `${name(told)} is due ${told.due}.`;
