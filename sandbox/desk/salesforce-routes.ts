import type { Request, Response, Router } from 'express';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { SalesforceError } from '../salesforce/errors.ts';
import type { FlowRun } from '../salesforce/flow/create-flow.ts';
import { toId18 } from '../salesforce/ids.ts';
import { tableOf } from '../salesforce/org.ts';
import type { Row } from '../salesforce/types.ts';
import { type CardUrl, cardFrame } from './card-frame.ts';
import { html, type Markup } from './html.ts';
import { salesforceActivity } from './salesforce-activity.ts';
import { userWithEmail } from './salesforce-format.ts';
import { salesforceList } from './salesforce-list.ts';
import { EDITABLE_FIELDS, salesforcePage } from './salesforce-page.ts';

export interface SalesforceDeskDeps {
  readonly salesforce: SalesforceSandbox;
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  readonly cardUrl: CardUrl;
  readonly fairleadUrl: () => string;
  /** E-mail of the person who uses the desk. */
  readonly asOf: (req: Request) => string;
  readonly send: (
    req: Request,
    res: Response,
    page: { readonly title: string; readonly here: string; readonly live: string | null },
    body: Markup,
  ) => void;
  readonly notFound: (req: Request, res: Response) => void;
}

const MOST_NEW = 200;

const form = (req: Request): Readonly<Record<string, unknown>> => (req.body ?? {}) as Record<string, unknown>;

const listIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

const said = (run: FlowRun): string => {
  if (run.error !== null) return `The Flow failed: ${run.error}`;
  const failed = run.rows.filter((row) => row.error !== null).length;
  return `Fairlead decided ${run.rows.length - failed} of ${run.rows.length}.`;
};

/** The Salesforce org's leads in the desk. Must stand before the routes that take any type. */
export const salesforceRoutes = (router: Router, deps: SalesforceDeskDeps): void => {
  const { salesforce, arrive, cardUrl, fairleadUrl, asOf, send, notFound } = deps;

  /** As whom the person acts: the user with their e-mail, else the website. */
  const by = (req: Request): { readonly by?: string } => {
    const user = userWithEmail(salesforce.org(), asOf(req));
    return user ? { by: user.Id } : {};
  };

  const leadAt = (req: Request): Row | undefined =>
    tableOf(salesforce.org(), 'Lead').get(toId18(req.params.id) ?? '');

  const refusal = (req: Request, res: Response, id: string, error: unknown): void => {
    if (!(error instanceof SalesforceError)) throw error;
    res.status(400);
    const body = html`<div class="narrow"><p class="problem" role="alert">${error.message}</p><a class="button" href="/desk/salesforce/${id}">Back to the lead</a></div>`;
    send(req, res, { title: 'Not saved', here: 'salesforce', live: null }, body);
  };

  const change = (req: Request, res: Response, write: (lead: Row) => void): void => {
    const lead = leadAt(req);
    if (!lead) {
      notFound(req, res);
      return;
    }
    try {
      write(lead);
      res.redirect(303, `/desk/salesforce/${lead.Id}`);
    } catch (error) {
      refusal(req, res, lead.Id, error);
    }
  };

  const askAbout = async (
    req: Request,
    res: Response,
    ids: readonly string[],
    back: string,
  ): Promise<void> => {
    if (ids.length === 0) return res.redirect(303, `${back}?said=Choose+some+leads+first.`);
    const run = await salesforce.flow.ask({ ids, ...by(req) });
    res.redirect(303, `${back}?${new URLSearchParams({ said: said(run) })}`);
  };

  router.use('/salesforce', (req, res, next) =>
    salesforce.orgs().length === 0 ? notFound(req, res) : next(),
  );

  router.get('/salesforce', (req, res) => {
    const query = { q: String(req.query.q ?? ''), owner: String(req.query.owner ?? '') };
    const message = req.query.said === undefined ? null : String(req.query.said);
    const body = salesforceList(salesforce.org(), query, message);
    send(req, res, { title: 'Salesforce leads', here: 'salesforce', live: 'Lead' }, body);
  });

  router.post('/salesforce/ask', async (req, res) => {
    const back = form(req).back === undefined ? '' : `/${encodeURIComponent(String(form(req).back))}`;
    await askAbout(req, res, listIn(form(req).id).slice(0, MOST_NEW), `/desk/salesforce${back}`);
  });

  router.post('/salesforce/arrive', async (req, res) => {
    const count = Math.min(MOST_NEW, Math.max(1, Number(form(req).count) || 1));
    const ids = Array.from({ length: count }, () => arrive());
    if (form(req).then === 'ask') await askAbout(req, res, ids, '/desk/salesforce');
    else res.redirect(303, '/desk/salesforce');
  });

  router.get('/salesforce/:id', (req, res) => {
    const lead = leadAt(req);
    if (!lead) return notFound(req, res);
    if (lead.MasterRecordId) return res.redirect(302, `/desk/salesforce/${lead.MasterRecordId}`);
    const org = salesforce.org();
    const as = asOf(req);
    const body = salesforcePage(org, lead, {
      activity: salesforceActivity(
        org,
        lead,
        salesforce.journal.entries(lead.Id),
        salesforce.flow.runs(lead.Id),
      ),
      card: cardFrame(
        cardUrl({ crm: 'salesforce', objectType: 'Lead', id: lead.Id, as }),
        String(userWithEmail(org, as)?.Name ?? as),
      ),
      fairleadUrl: fairleadUrl(),
    });
    send(req, res, { title: String(lead.Name), here: 'salesforce', live: lead.Id }, body);
  });

  router.post('/salesforce/:id', (req, res) =>
    change(req, res, (lead) => {
      const named = Object.entries(form(req)).filter(([name]) => EDITABLE_FIELDS.some((one) => one === name));
      const values = Object.fromEntries(named.map(([name, value]) => [name, String(value).trim()]));
      salesforce.update({ id: lead.Id, values, ...by(req) });
    }),
  );

  router.post('/salesforce/:id/owner', (req, res) =>
    change(req, res, (lead) =>
      salesforce.changeOwner({ id: lead.Id, ownerId: String(form(req).ownerId ?? ''), ...by(req) }),
    ),
  );
};
