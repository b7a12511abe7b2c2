import type { SlaTask } from '../../assignments/ports.ts';
import type { DecisionView } from '../../assignments/views.ts';
import { momentText } from '../../routing/render/moment-text.ts';

/** What a task says. `mark`: what follows `Fairlead decision` in it, by which it is known again. */
export interface TaskWords {
  readonly subject: string;
  readonly text: string;
  readonly mark: string;
}

const ASKED: Readonly<Record<SlaTask['until'], string>> = {
  claimed: 'claim this lead',
  first_activity: 'call or write to this lead',
  condition: "bring this lead's record up to date",
};

/** A task that a lead is a rep's, or that an SLA of theirs runs out, or (for their manager) has. */
export const taskWords = (decision: DecisionView, sla: SlaTask | undefined): TaskWords =>
  sla === undefined
    ? { subject: 'Take this lead: it is yours', text: decision.reason, mark: decision.id }
    : {
        subject: sla.to === 'rep' ? `${sla.name}: ${ASKED[sla.until]}` : `${sla.name}: look after this lead`,
        text: `${sla.name}: ${ASKED[sla.until]}${dueText(sla, decision)}. ${decision.reason}`,
        mark: `for SLA ${sla.id}`,
      };

/** The CRM's own reader may be anywhere: the instant is told in UTC. */
const dueText = ({ dueAt }: SlaTask, { decidedAt }: DecisionView): string =>
  dueAt === null
    ? ''
    : `, by ${momentText(dueAt, Date.parse(decidedAt), { timezone: 'UTC', language: 'en' })}`;
