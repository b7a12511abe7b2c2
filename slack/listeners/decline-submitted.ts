import type { App, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { DeclineReason } from '../../server/assignments/types.ts';
import type { DeclineReply } from '../../server/assignments/use-cases.ts';
import { declineNotice, isDeclineReason, NOTE_LENGTH } from '../views/decline-modal.ts';
import { DECLINE_INPUTS, DECLINE_MODAL } from '../views/ids.ts';
import { declineRefusal, NOT_A_REP } from '../views/outcome-text.ts';
import { clean, fitText } from '../views/text.ts';
import { assignmentIdOf, connectionOf, type ListenerParts } from './parts.ts';
import { within } from './patience.ts';

interface Answer {
  readonly reason: DeclineReason | null;
  readonly note: string | null;
}

const answerOf = (view: ViewOutput): Answer => {
  const reason = view.state.values[DECLINE_INPUTS.reason]?.[DECLINE_INPUTS.reason]?.selected_option?.value;
  const typed = view.state.values[DECLINE_INPUTS.note]?.[DECLINE_INPUTS.note]?.value ?? '';
  const note = fitText(clean(typed), NOTE_LENGTH);
  return { reason: isDeclineReason(reason) ? reason : null, note: note === '' ? null : note };
};

const remembered = z.object({ assignmentId: z.string(), channel: z.string().nullable() });

const rememberedBy = (view: ViewOutput): { assignmentId: string; channel: string | null } | null => {
  try {
    const about = remembered.parse(JSON.parse(view.private_metadata));
    return assignmentIdOf(about.assignmentId) === null ? null : about;
  } catch {
    return null;
  }
};

/**
 * The decline form. What it remembers is not signed, so the rep is found anew from who sent it, and the use case
 * checks that the lead is offered to them. A refusal is shown in the form, or, when it comes late, beside the card.
 */
export const declineSubmitted = (app: App, parts: ListenerParts): void =>
  app.view<ViewSubmitAction>(
    { callback_id: DECLINE_MODAL, type: 'view_submission' },
    async ({ ack, body, view, context }) => {
      const about = rememberedBy(view);
      const { reason, note } = answerOf(view);
      if (about === null) return ack();
      if (reason === null)
        return ack({ response_action: 'errors', errors: { [DECLINE_INPUTS.reason]: 'Choose a reason.' } });
      const connection = connectionOf(context);
      const rep = await parts.connections.repOf(connection, body.user.id);
      if (rep === null) return ack({ response_action: 'update', view: declineNotice(NOT_A_REP) });
      const command = {
        tenantId: connection.tenantId,
        assignmentId: about.assignmentId,
        repId: rep.id,
        reason,
        note,
      };
      const declining = parts.useCases.decline(command);
      const reply = await within(declining);
      if (reply !== 'over')
        return ack(
          reply.ok ? undefined : { response_action: 'update', view: declineNotice(declineRefusal(reply)) },
        );
      await ack();
      await tellLate(parts, connection.id, about.channel, body.user.id, await declining);
    },
  );

const tellLate = async (
  parts: ListenerParts,
  connectionId: string,
  channel: string | null,
  user: string,
  reply: DeclineReply,
): Promise<void> => {
  if (reply.ok || channel === null) return;
  const client = await parts.clients.of(connectionId);
  await client.chat.postEphemeral({ channel, user, text: declineRefusal(reply) });
};
