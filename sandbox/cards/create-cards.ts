import { type Response, Router } from 'express';
import { userWithEmail } from '../desk/salesforce/format.ts';
import type { DynamicsSandbox } from '../dynamics/create-dynamics.ts';
import { personOf } from '../dynamics/seed.ts';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import { createOutgoing, type Target } from '../hubspot/outgoing.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { createCallouts } from '../salesforce/flow/callout.ts';
import type { ZohoSandbox } from '../zoho/create-zoho.ts';
import { userNamed } from '../zoho/org.ts';
import { createApexController } from './apex-controller.ts';
import { type CardBundle, type CardKind, createCardBundles } from './card-bundles.ts';
import { dynamicsPanel, dynamicsPanelPath } from './dynamics-panel.ts';
import { hubspotCard, hubspotCardPath } from './hubspot-card.ts';
import { createHubSpotProxy } from './hubspot-proxy.ts';
import { salesforceCard, salesforceCardPath } from './salesforce-card.ts';
import { buildingPage, failedPage } from './waiting-page.ts';
import { zohoPanel, zohoPanelPath } from './zoho-panel.ts';

interface CardsDeps {
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  readonly dynamics: DynamicsSandbox;
  readonly zoho: ZohoSandbox;
  readonly target: Target;
  readonly now: () => number;
  /** Where this is mounted. */
  readonly path: string;
}

/** A record, and who looks at it. */
export interface CardRecord {
  readonly crm: CardKind | 'dynamics' | 'zoho';
  readonly objectType: string;
  readonly id: string;
  /** E-mail of the person who looks. */
  readonly as: string;
}

const HUBSPOT_TIMEOUTS = { connectMs: 3_000, responseMs: 15_000 };

/** The cards and panels as a browser shows them, with the vendor's part between them and Fairlead. */
export const createCards = ({ hubspot, salesforce, dynamics, zoho, target, now, path }: CardsDeps) => {
  const bundles = createCardBundles();
  const outgoing = createOutgoing(HUBSPOT_TIMEOUTS);
  const callouts = createCallouts();

  const show =
    (kind: CardKind) =>
    (res: Response, draw: (bundle: CardBundle) => string): void => {
      const found = bundles.of(kind);
      res.setHeader('Cache-Control', 'no-store');
      if (found.state === 'ready') res.send(draw(found.bundle));
      else if (found.state === 'building') res.status(202).send(buildingPage(`${path}/ready/${kind}`));
      else res.status(500).send(failedPage(found.why));
    };

  const router = Router();
  router.get('/ready/:kind', async (req, res) => {
    await bundles.settled(req.params.kind as CardKind);
    res.json({});
  });
  const proxy = createHubSpotProxy({ app: hubspot.app, target, outgoing, now });
  router.use('/hubspot', hubspotCard({ hubspot, proxy, show: show('hubspot') }));
  const controller = createApexController(callouts, target);
  router.use('/salesforce', salesforceCard({ salesforce, controller, show: show('salesforce') }));

  router.use('/dynamics', dynamicsPanel(dynamics, target));
  router.use('/zoho', zohoPanel(zoho, target));

  return {
    router,
    /** Where a record's card is shown for a person; null: the CRM does not know them. */
    urlOf: ({ crm, objectType, id, as }: CardRecord): string | null => {
      if (crm === 'dynamics') {
        const [environment] = dynamics.environments();
        const user = environment && personOf(environment, as);
        return user ? path + dynamicsPanelPath(user.id, id) : null;
      }
      if (crm === 'zoho') {
        const user = userNamed(zoho.org(), as);
        return user ? path + zohoPanelPath(user.id, id) : null;
      }
      if (crm === 'salesforce') {
        const user = userWithEmail(salesforce.org(), as);
        return user ? path + salesforceCardPath(user.Id, objectType, id) : null;
      }
      const owner = [...hubspot.portal().owners.values()].find((one) => one.email === as);
      return owner?.userId ? path + hubspotCardPath(owner.userId, objectType, id) : null;
    },
    close: async (): Promise<void> => {
      await Promise.all([bundles.close(), outgoing.close(), callouts.close()]);
    },
  };
};

export type Cards = ReturnType<typeof createCards>;
