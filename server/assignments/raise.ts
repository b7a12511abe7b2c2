import type { LaneSession } from './lane-session.ts';
import type { AlertKind } from './lane-store.ts';

/**
 * Tells people that something needs them: one alert per kind and subject while it is open, and a message where a
 * Slack workspace is connected. `text` says what to do and names no lead.
 */
export const raise = (
  session: LaneSession,
  kind: AlertKind,
  subject: string,
  detail: Readonly<Record<string, unknown>> & { readonly text: string },
): void => {
  const { alerts } = session.changes;
  if (alerts.some((alert) => alert.kind === kind && alert.subject === subject)) return;
  alerts.push({
    id: session.newId('alr'),
    kind,
    subject,
    detail,
    message:
      session.memory.roster.slackConnection === null
        ? null
        : { deliveryId: session.newId('dlv'), connectionId: session.memory.roster.slackConnection },
  });
};
