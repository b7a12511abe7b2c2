import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { drawHome } from '../sending/draw-home.ts';
import { awayModal } from '../views/away-modal.ts';
import { ACTIONS } from '../views/ids.ts';
import { connectionOf, type ListenerParts } from './parts.ts';

const pressed = (actionId: string) => ({ action_id: actionId, type: 'block_actions' as const });

/** The switch on the Home: away until switched back, away until a time asked for in a form, and back. */
export const awaySwitch = (app: App, parts: ListenerParts): void => {
  const switchTo = (actionId: string, away: { readonly until: null } | null): void =>
    app.action<BlockAction<ButtonAction>>(pressed(actionId), async ({ ack, body, context }) => {
      await ack();
      const connection = connectionOf(context);
      const rep = await parts.connections.repOf(connection, body.user.id);
      if (rep !== null) await parts.useCases.setAway({ tenantId: connection.tenantId, repId: rep.id, away });
      await drawHome(parts, connection, { repId: rep?.id ?? null, slackUserId: body.user.id });
    });
  switchTo(ACTIONS.away, { until: null });
  switchTo(ACTIONS.back, null);
  app.action<BlockAction<ButtonAction>>(pressed(ACTIONS.awayUntil), async ({ ack, body, context }) => {
    await ack();
    const client = await parts.clients.of(connectionOf(context).id);
    await client.views.open({ trigger_id: body.trigger_id, view: awayModal(parts.clock.now()) });
  });
};
