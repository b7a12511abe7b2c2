import { type Request, type Response, Router } from 'express';
import type { DeskCrm, DeskRecord } from '../desk-crm.ts';
import type { DeskPages } from '../desk-pages.ts';
import { fieldsOf, filled, formOf, textsIn } from '../form.ts';
import { html } from '../html.ts';
import { crmList } from './crm-list.ts';
import { crmNew } from './crm-new.ts';
import { crmRecord } from './crm-record.ts';

/** At most this many records are made or acted on at once: what the Salesforce endpoint takes. */
const MOST = 200;

const saidIn = (req: Request): string | null =>
  req.query.said === undefined ? null : String(req.query.said);

/** The pages of one CRM, to be mounted at /desk/<slug>. */
export const crmRoutes = (crm: DeskCrm, pages: DeskPages): Router => {
  const router = Router();
  const home = `/desk/${crm.slug}`;
  const page = (title: string, live: string | null) => ({ title, here: crm.slug, tab: home, live });

  /** The vendor's words for what it refused; a mistake of ours goes on. */
  const refusal = (res: Response, error: unknown): string => {
    const problem = crm.problemOf(error);
    if (problem === null) throw error;
    res.status(400);
    return problem;
  };

  const recordAt = (req: Request, res: Response, id: string): DeskRecord | null => {
    const record = crm.record(id, pages.asOf(req));
    if (record === null) pages.notFound(req, res);
    else if ('movedTo' in record) res.redirect(302, `${home}/${record.movedTo}`);
    else return record;
    return null;
  };

  const change = (req: Request, res: Response, write: (id: string, by: string) => void): void => {
    const record = recordAt(req, res, String(req.params.id));
    if (!record) return;
    try {
      write(record.id, pages.asOf(req));
      res.redirect(303, `${home}/${record.id}`);
    } catch (error) {
      const body = html`<div class="narrow"><p class="problem" role="alert">${refusal(res, error)}</p><a class="button" href="${home}/${record.id}">Back to the ${crm.noun}</a></div>`;
      pages.send(req, res, page('Not saved', null), body);
    }
  };

  /** Carries an action out and goes back to where the button was, or to the list where that record is gone. */
  const act = async (req: Request, res: Response, action: string, ids: readonly string[]): Promise<void> => {
    const by = pages.asOf(req);
    const back = formOf(req).back === undefined ? null : String(formOf(req).back);
    const go = (said: string | null): void => {
      const path = back !== null && crm.record(back, by) ? `/${encodeURIComponent(back)}` : '';
      res.redirect(303, `${home}${path}${said === null ? '' : `?${new URLSearchParams({ said })}`}`);
    };
    if (ids.length === 0) return go(`Choose some ${crm.noun}s first.`);
    try {
      go(await crm.act(action, ids, by));
    } catch (error) {
      const problem = crm.problemOf(error);
      if (problem === null) throw error;
      go(`Refused: ${problem}`);
    }
  };

  router.use((req, res, next) => (crm.present() ? next() : pages.notFound(req, res)));

  router.get('/', (req, res) => {
    const query = { q: String(req.query.q ?? ''), owner: String(req.query.owner ?? '') };
    pages.send(req, res, page(crm.title, crm.slug), crmList(crm, query, saidIn(req)));
  });

  router.get('/new', (req, res) =>
    pages.send(req, res, page(`New ${crm.noun}`, null), crmNew(crm, {}, null)),
  );

  router.post('/new', (req, res) => {
    const values = fieldsOf(req);
    try {
      res.redirect(303, `${home}/${crm.create(filled(values), pages.asOf(req))}`);
    } catch (error) {
      const body = crmNew(crm, values, refusal(res, error));
      pages.send(req, res, page(`New ${crm.noun}`, null), body);
    }
  });

  router.post('/act', async (req, res) => {
    const { id, action } = formOf(req);
    await act(req, res, String(action), textsIn(id).slice(0, MOST));
  });

  router.post('/arrive', async (req, res) => {
    const { arrive } = crm;
    if (!arrive) return pages.notFound(req, res);
    const { count, then } = fieldsOf(req);
    const ids = Array.from({ length: Math.min(MOST, Math.max(1, Number(count) || 1)) }, () => arrive());
    if (then) await act(req, res, then, ids);
    else res.redirect(303, home);
  });

  router.get('/:id', (req, res) => {
    const record = recordAt(req, res, req.params.id);
    if (!record) return;
    const as = pages.asOf(req);
    const seenBy = crm.personNamed(as) ?? as;
    const body = crmRecord(crm, record, { seenBy, said: saidIn(req), fairleadUrl: pages.fairleadUrl() });
    pages.send(req, res, page(record.name, `${crm.slug}/${record.id}`), body);
  });

  router.post('/:id', (req, res) => change(req, res, (id, by) => crm.update(id, fieldsOf(req), by)));
  router.post('/:id/owner', (req, res) =>
    change(req, res, (id, by) => crm.changeOwner(id, fieldsOf(req).ownerId ?? '', by)),
  );
  return router;
};
