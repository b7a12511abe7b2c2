import type { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordCardAsked } from '../../assignments/queries.ts';
import type { RequestKey } from '../../assignments/use-cases.ts';
import type { RecordCard } from '../../assignments/views.ts';
import type { HttpParts } from '../ports.ts';
import type { PRESSES, PressKind, PressReply } from '../schemas/card.ts';
import { type PressRefusal, refusalText } from './refusal-text.ts';

/** A button on a card, with what it sends. */
export type Press = {
  [Kind in PressKind]: { readonly kind: Kind } & z.infer<(typeof PRESSES)[Kind]>;
}[PressKind];

/** Who looks at or presses which card. */
export interface CardCaller extends RecordCardAsked {
  readonly connection: ConnectionInfo;
}

/** What a card shows to who looks at it. Throws `too_many_requests`. */
export const readCardFor = async (caller: CardCaller, parts: HttpParts): Promise<RecordCard> => {
  await parts.limits.ofTenant(caller.connection.tenantId, 'reads');
  return readCard(caller, parts);
};

const readCard = ({ connection, ...asked }: CardCaller, { queries }: HttpParts): Promise<RecordCard> =>
  queries.recordCard(connection.tenantId, asked);

/** Does what a button says, once per request, and answers with the card as it stands then. Throws `too_many_requests`. */
export const press = async (
  pressed: Press,
  caller: CardCaller,
  request: RequestKey,
  parts: HttpParts,
): Promise<PressReply> => {
  await parts.limits.ofTenant(caller.connection.tenantId, 'changes');
  const before = await readCard(caller, parts);
  const assignmentId = before.standing?.assignment;
  const refusal =
    assignmentId === undefined
      ? refused('not_found')
      : await act(pressed, assignmentId, caller, request, parts);
  const card = await readCard(caller, parts);
  return refusal === null ? { ok: true, card } : { ok: false, error: refusal, card };
};

const refused = (code: PressRefusal) => ({ code, detail: refusalText(code) });

type Refused = { readonly code: string; readonly detail: string } | null;

const act = async (
  pressed: Press,
  assignmentId: string,
  { connection, looker }: CardCaller,
  request: RequestKey,
  { useCases }: HttpParts,
): Promise<Refused> => {
  const about = { tenantId: connection.tenantId, assignmentId, request };
  const { repId } = looker;
  if (pressed.kind === 'reassign') {
    const note = pressed.note ?? null;
    return refusalOf(await useCases.reassign({ ...about, repId: pressed.rep, by: looker, note }));
  }
  if (repId === null) return refused('not_a_rep');
  if (pressed.kind === 'claim') return refusalOf(await useCases.claim({ ...about, repId }));
  const { reason, note = null } = pressed;
  return refusalOf(await useCases.decline({ ...about, repId, reason, note }));
};

type Reply =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'claimed_by_other'; readonly winner: { readonly name: string } }
  | { readonly ok: false; readonly code: PressRefusal };

const refusalOf = (reply: Reply): Refused => {
  if (reply.ok) return null;
  if (reply.code === 'claimed_by_other')
    return { code: reply.code, detail: `${reply.winner.name} was faster: the lead is theirs.` };
  return refused(reply.code);
};
