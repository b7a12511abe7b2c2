import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import type { Queries } from '../../server/assignments/queries.ts';
import type { SlackClients } from '../clients.ts';
import { contactOf } from '../views/home/contact.ts';
import { homeView } from '../views/home/home-view.ts';
import { welcome } from '../views/home/welcome.ts';

export interface HomeParts {
  readonly clients: SlackClients;
  readonly queries: Pick<Queries, 'repHome'>;
}

/** Draws somebody's Home as it stands now; `repId` null: they are no rep. */
export const drawHome = async (
  { clients, queries }: HomeParts,
  connection: ConnectionInfo,
  who: { readonly repId: string | null; readonly slackUserId: string },
): Promise<void> => {
  const contact = contactOf(connection.settings);
  const home = who.repId === null ? null : await queries.repHome(connection.tenantId, who.repId);
  const client = await clients.of(connection.id);
  await client.views.publish({
    user_id: who.slackUserId,
    view: home === null ? welcome(contact) : homeView(home, contact),
  });
};
