import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { slackCode } from '../sending/delivery-result.ts';
import { declineModal } from '../views/decline-modal.ts';
import { ACTIONS } from '../views/ids.ts';
import { TOO_SLOW } from '../views/outcome-text.ts';
import { answerTo, TRIGGER_ERRORS } from './answer-to.ts';
import { assignmentIdOf, connectionOf, type ListenerParts } from './parts.ts';

/** Decline: the form is opened before anything else, because Slack lets it be opened for three seconds only. */
export const openDecline = (app: App, parts: ListenerParts): void =>
  app.action<BlockAction<ButtonAction>>(
    { action_id: ACTIONS.decline, type: 'block_actions' },
    async ({ ack, action, body, context, respond }) => {
      await ack();
      const assignmentId = assignmentIdOf(action.value);
      if (assignmentId === null) return;
      try {
        const client = await parts.clients.of(connectionOf(context).id);
        await client.views.open({
          trigger_id: body.trigger_id,
          view: declineModal({ assignmentId, channel: body.channel?.id ?? null }),
        });
      } catch (error) {
        if (!TRIGGER_ERRORS.has(slackCode(error) ?? '')) throw error;
        await answerTo(parts, connectionOf(context), body, respond)(TOO_SLOW);
      }
    },
  );
