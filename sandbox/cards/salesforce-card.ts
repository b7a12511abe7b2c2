import express, { type Response, Router } from 'express';
import { cardPage } from '../../salesforce-lwc-bridge/preview/card-page.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { tableOf } from '../salesforce/org.ts';
import type { createApexController } from './apex-controller.ts';
import type { CardBundle } from './card-bundles.ts';

interface SalesforceCardDeps {
  readonly salesforce: SalesforceSandbox;
  readonly controller: ReturnType<typeof createApexController>;
  /** Answers with the page, or with the one that waits for the bundle. */
  readonly show: (res: Response, draw: (bundle: CardBundle) => string) => void;
}

/** The address of a record's card as a user of the org sees it, below where the cards are mounted. */
export const salesforceCardPath = (userId: string, objectType: string, id: string): string =>
  `/salesforce/${userId}?${new URLSearchParams({ objectType, record: id })}`;

/** The Lightning card in a page of its own, and its Apex controller. */
export const salesforceCard = ({ salesforce, controller, show }: SalesforceCardDeps): Router => {
  const router = Router();
  const userOf = (id: string | undefined) => tableOf(salesforce.org(), 'User').get(id ?? '');

  router.get('/:userId', (req, res) => {
    const user = userOf(req.params.userId);
    if (!user) return void res.status(404).send('There is no such user.');
    show(res, (bundle) =>
      cardPage(bundle, {
        source: `${req.baseUrl}/${user.Id}/apex`,
        locale: String(user.LocaleSidKey ?? 'en_US').replace('_', '-'),
        timeZone: String(user.TimeZoneSidKey),
      }),
    );
  });

  router.post('/:userId/apex/:method', express.json(), async (req, res) => {
    const user = userOf(req.params.userId);
    const answer = user && (await controller(salesforce.org(), user, req.params.method ?? '', req.body));
    if (!answer) return void res.status(404).json({ message: 'There is no such user or method.' });
    res.json(answer);
  });
  return router;
};
