import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import { drawHome } from '../sending/draw-home.ts';
import { ACTIONS } from '../views/ids.ts';
import { offerCard } from '../views/offer-card.ts';
import { claimRefusal, NOT_A_REP } from '../views/outcome-text.ts';
import { answerTo, isOnHome } from './answer-to.ts';
import { assignmentIdOf, connectionOf, type ListenerParts } from './parts.ts';

interface Press {
  readonly connection: ConnectionInfo;
  readonly repId: string;
  readonly assignmentId: string;
  readonly ts: string | undefined;
}

/** A copy of the card that delivery does not know (posted, but its mark was lost) is drawn through the press itself. */
const redrawUnknownCopy = async (parts: ListenerParts, press: Press, respond: RespondFn): Promise<void> => {
  const key = { tenantId: press.connection.tenantId, assignmentId: press.assignmentId, repId: press.repId };
  const stored = await parts.messages.find(key);
  // A reminder goes away by itself, once its offer is over.
  if (stored?.ts === press.ts || stored?.reminderTs === press.ts) return;
  const card = await parts.queries.offerCard(key.tenantId, key.assignmentId, key.repId);
  if (card === null) return;
  const { text, blocks } = offerCard(card, press.repId);
  await respond({ replace_original: true, text, blocks });
};

/**
 * Claim: acknowledged at once, decided in the lane. Every card is redrawn by the delivery queued with the claim; the
 * one who came too late is told beside theirs right away. A second press by the winner changes nothing.
 */
export const claimLead = (app: App, parts: ListenerParts): void =>
  app.action<BlockAction<ButtonAction>>(
    { action_id: ACTIONS.claim, type: 'block_actions' },
    async ({ ack, action, body, context, respond }) => {
      await ack();
      const connection = connectionOf(context);
      const answer = answerTo(parts, connection, body, respond);
      const [assignmentId, rep] = [
        assignmentIdOf(action.value),
        await parts.connections.repOf(connection, body.user.id),
      ];
      if (assignmentId === null) return;
      if (rep === null) return void (await answer(NOT_A_REP));
      const reply = await parts.useCases.claim({
        tenantId: connection.tenantId,
        assignmentId,
        repId: rep.id,
      });
      if (!reply.ok) await answer(claimRefusal(reply));
      if (isOnHome(body)) return drawHome(parts, connection, { repId: rep.id, slackUserId: body.user.id });
      await redrawUnknownCopy(
        parts,
        { connection, repId: rep.id, assignmentId, ts: body.message?.ts },
        respond,
      );
    },
  );
