import type { App, ViewSubmitAction } from '@slack/bolt';
import { drawHome } from '../sending/draw-home.ts';
import { awayRefusal } from '../views/away-text.ts';
import { AWAY_MODAL, AWAY_UNTIL } from '../views/ids.ts';
import { noticeModal } from '../views/notice-modal.ts';
import { NOT_A_REP } from '../views/outcome-text.ts';
import { connectionOf, type ListenerParts } from './parts.ts';
import { within } from './patience.ts';

/** Until when somebody is away, from the form. A time that cannot be is said in it. */
export const awaySubmitted = (app: App, parts: ListenerParts): void =>
  app.view<ViewSubmitAction>(
    { callback_id: AWAY_MODAL, type: 'view_submission' },
    async ({ ack, body, view, context }) => {
      const connection = connectionOf(context);
      const seconds = view.state.values[AWAY_UNTIL]?.[AWAY_UNTIL]?.selected_date_time ?? null;
      if (seconds === null)
        return ack({ response_action: 'errors', errors: { [AWAY_UNTIL]: 'Choose a day and a time.' } });
      const rep = await parts.connections.repOf(connection, body.user.id);
      if (rep === null) return ack({ response_action: 'update', view: noticeModal(NOT_A_REP) });
      const switching = parts.useCases.setAway({
        tenantId: connection.tenantId,
        repId: rep.id,
        away: { until: seconds * 1000 },
      });
      const reply = await within(switching);
      if (reply !== 'over' && !reply.ok)
        return ack({ response_action: 'errors', errors: { [AWAY_UNTIL]: awayRefusal(reply) } });
      await ack();
      await switching;
      await drawHome(parts, connection, { repId: rep.id, slackUserId: body.user.id });
    },
  );
