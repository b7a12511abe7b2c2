import { fileURLToPath } from 'node:url';
import express, { type Request, type Response, Router } from 'express';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import { HubSpotError } from '../hubspot/errors.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { type CardUrl, cardFrame } from './card-frame.ts';
import { createDeskEvents } from './desk-events.ts';
import { ownerName, recordName } from './format.ts';
import { html, type Markup } from './html.ts';
import { type Frame, layout } from './layout.ts';
import { newLeadPage } from './new-lead-page.ts';
import { DESK_TYPES, type DeskType, recordList } from './record-list.ts';
import { recordPage } from './record-page.ts';
import { salesforceRoutes } from './salesforce-routes.ts';

interface DeskDeps {
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  /** A visitor becomes a lead in the Salesforce org; its id. */
  readonly arriveInSalesforce: () => string;
  /** Where a record's card is shown from. */
  readonly cardUrl: CardUrl;
  /** Where people open Fairlead. */
  readonly fairleadUrl: () => string;
}

const COOKIE = 'desk_as';
const YEAR_MS = 365 * 24 * 3_600_000;

const cookieOf = (req: Request): string | undefined =>
  new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(req.headers.cookie ?? '')?.[1];

/** Form fields as trimmed texts. */
const fieldsOf = (req: Request): Record<string, string> =>
  Object.fromEntries(
    Object.entries((req.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      String(value).trim(),
    ]),
  );

const filled = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

const isDeskType = (text: unknown): text is DeskType => DESK_TYPES.some((type) => type === text);

/** What the first property problem says, for people. */
const problemText = (error: unknown): string => {
  if (!(error instanceof HubSpotError)) throw error;
  const first = (error.body.errors as readonly { message: string }[] | undefined)?.[0];
  return first?.message ?? String(error.body.message);
};

/** The CRM as its people see it: lists, records, a form for new leads; live. Mounted at /desk. */
export const createDesk = (deps: DeskDeps) => {
  const { hubspot, salesforce, cardUrl, fairleadUrl } = deps;
  const router = Router();
  const events = createDeskEvents(hubspot, salesforce);

  const frameOf = (req: Request): Frame => {
    const portal = hubspot.portal();
    const chosen = decodeURIComponent(cookieOf(req) ?? '');
    const people = [...portal.owners.values()].filter((owner) => owner.userId !== null);
    const as = people.find((owner) => owner.email === chosen)?.email ?? people[0]?.email ?? '';
    return { portal, as, fairleadUrl: fairleadUrl(), salesforce: salesforce.orgs().length > 0 };
  };

  /** The page, or for the page's own script only what stands inside `main`. */
  const send = (req: Request, res: Response, page: Parameters<typeof layout>[1], body: Markup): void => {
    res.setHeader('Cache-Control', 'no-store');
    res.send(req.query.fragment === undefined ? layout(frameOf(req), page, body) : body.text);
  };

  const notFound = (req: Request, res: Response): void => {
    res.status(404);
    const body = html`<div class="empty"><p><strong>There is no such record.</strong></p><p>It may have been deleted or merged.</p><a class="button" href="/desk/contacts">All contacts</a></div>`;
    send(req, res, { title: 'Not found', here: '', live: null }, body);
  };

  router.use('/assets', express.static(fileURLToPath(new URL('assets', import.meta.url)), { maxAge: '1m' }));
  router.use(express.urlencoded({ extended: false }));
  router.get('/stream', events.stream);
  router.get('/', (_req, res) => res.redirect(302, '/desk/contacts'));

  router.post('/as', (req, res) => {
    res.cookie(COOKIE, fieldsOf(req).as, { maxAge: YEAR_MS, sameSite: 'lax', httpOnly: true, path: '/desk' });
    res.redirect(303, req.headers.referer ?? '/desk/contacts');
  });

  router.get('/new', (req, res) => {
    const body = newLeadPage(hubspot.portal(), { values: {}, problem: null });
    send(req, res, { title: 'New lead', here: '', live: null }, body);
  });

  router.post('/new', (req, res) => {
    const { numberofemployees, ...fields } = fieldsOf(req);
    const values = filled(fields);
    try {
      const company = values.company
        ? hubspot.create({
            objectType: 'companies',
            properties: filled({
              name: values.company,
              domain: values.email?.split('@')[1] ?? '',
              country: values.country ?? '',
              numberofemployees: numberofemployees ?? '',
            }),
          })
        : null;
      const associations = company ? [{ objectType: 'companies', id: company.id }] : [];
      const made = hubspot.create({ objectType: 'contacts', properties: values, associations });
      res.redirect(303, `/desk/contacts/${made.id}`);
    } catch (error) {
      res.status(400);
      const all = { ...fields, numberofemployees: numberofemployees ?? '' };
      const body = newLeadPage(hubspot.portal(), { values: all, problem: problemText(error) });
      send(req, res, { title: 'New lead', here: '', live: null }, body);
    }
  });

  salesforceRoutes(router, {
    salesforce,
    arrive: deps.arriveInSalesforce,
    cardUrl,
    fairleadUrl,
    asOf: (req) => frameOf(req).as,
    send,
    notFound,
  });

  router.get('/:type', (req, res) => {
    const { type } = req.params;
    if (!isDeskType(type)) return notFound(req, res);
    const query = { q: String(req.query.q ?? ''), owner: String(req.query.owner ?? '') };
    const body = recordList(hubspot.portal(), type, query);
    send(req, res, { title: type[0]?.toUpperCase() + type.slice(1), here: type, live: type }, body);
  });

  router.get('/:type/:id', (req, res) => {
    const { type, id } = req.params;
    const portal = hubspot.portal();
    const record = isDeskType(type) ? portal.records[type].get(id) : undefined;
    if (!isDeskType(type) || !record) return notFound(req, res);
    if (record.mergedInto !== null) return res.redirect(302, `/desk/${type}/${record.mergedInto}`);
    const runs = hubspot.workflows.history(portal.id, id);
    const { as } = frameOf(req);
    const seenBy = [...portal.owners.values()].find((owner) => owner.email === as);
    const card = cardFrame(
      cardUrl({ crm: 'hubspot', objectType: type, id, as }),
      seenBy ? ownerName(seenBy) : as,
    );
    const body = recordPage(portal, type, record, { runs, card, fairleadUrl: fairleadUrl() });
    send(req, res, { title: recordName(type, record), here: type, live: id }, body);
  });

  const change = (req: Request, res: Response, properties: Record<string, string>): void => {
    const { type, id } = req.params as { type: string; id: string };
    if (!isDeskType(type) || !hubspot.portal().records[type].has(id)) {
      notFound(req, res);
      return;
    }
    try {
      hubspot.update({ objectType: type, id, properties, by: frameOf(req).as });
      res.redirect(303, `/desk/${type}/${id}`);
    } catch (error) {
      res.status(400);
      const body = html`<div class="narrow"><p class="problem" role="alert">${problemText(error)}</p><a class="button" href="/desk/${type}/${id}">Back to the record</a></div>`;
      send(req, res, { title: 'Not saved', here: type, live: null }, body);
    }
  };

  router.post('/:type/:id', (req, res) => change(req, res, fieldsOf(req)));
  router.post('/:type/:id/owner', (req, res) =>
    change(req, res, { hubspot_owner_id: fieldsOf(req).ownerId ?? '' }),
  );

  return { router, close: events.close };
};
