import { Router } from 'express';
import type { StandIn } from '../../stand-in.ts';
import type { DeskPages } from '../desk-pages.ts';
import { fieldsOf } from '../form.ts';
import { choiceGroups, switchesPage } from './switches-page.ts';

/** Carries out what was pressed; what to tell the person, or null where there is no such switch. */
const press = (standIn: StandIn, name: string, value: string): string | null => {
  const { switches } = standIn;
  const choices = choiceGroups(standIn).flatMap((group) => group.choices);
  if (name === 'reset') {
    switches.resetCounters();
    switches.pushes?.resetCounts();
    return 'Counting from zero.';
  }
  if (name === 'calm') {
    for (const { options, current, choose } of choices) {
      const [first] = options[0] ?? [];
      if (first !== undefined && first !== current) choose(first);
    }
    return 'Everything is switched off.';
  }
  const once = switches.oneTimes.find((one) => `once-${one.name}` === name);
  if (once) {
    once.run();
    return `Done: ${once.label}.`;
  }
  const choice = choices.find((one) => one.name === name);
  const option = choice?.options.find(([one]) => one === value);
  if (!choice || !option) return null;
  choice.choose(value);
  return `${choice.label}: ${option[1]}.`;
};

/** The page of a stand-in's switches, to be mounted at /desk/<slug>/switches. */
export const switchesRoutes = (standIn: StandIn, pages: DeskPages): Router => {
  const router = Router();
  const { slug, name, desk } = standIn;
  const path = `/desk/${slug}/switches`;
  router.use((req, res, next) => ((desk?.present() ?? true) ? next() : pages.notFound(req, res)));
  router.get('/', (req, res) => {
    const said = req.query.said === undefined ? null : String(req.query.said);
    const page = { title: `${name} switches`, here: slug, tab: path, live: null };
    pages.send(req, res, page, switchesPage(standIn, said));
  });
  router.post('/', (req, res) => {
    const { name: pressed = '', value = '' } = fieldsOf(req);
    const said = press(standIn, pressed, value);
    if (said === null) pages.notFound(req, res);
    else res.redirect(303, `${path}?${new URLSearchParams({ said })}`);
  });
  return router;
};
