/** What the HubSpot card draws, of everything in views.ts. */
const SHOWN = [
  'NamedRef',
  'DecisionBase',
  'CandidateView',
  'DecisionView',
  'RuleTrace',
  'ExplanationView',
  'PersonView',
  'StoryEntry',
  'RecordCard',
  'RecordStanding',
];
const USED = [
  'NamedRef',
  'CandidateView',
  'RuleTrace',
  'ExplanationView',
  'StoryEntry',
  'RecordCard',
  'RecordStanding',
];

const HEADER =
  '/** Written by `npm run docs` from server/assignments/views.ts: HubSpot uploads this folder alone. */\n';

/** The declarations of views.ts that the card needs, as a file of its own. */
export const cardTypes = (views: string): string => {
  const blocks = views.split(/\n\n(?=\/\*\*|export |interface |type )/);
  const shown = blocks.filter((block) => SHOWN.includes(nameOf(block)));
  return `${HEADER}${shown.map(withExportOnlyIfUsed).join('\n\n')}\n`;
};

const DECLARED = /^(?:export )?(?:interface|type) (\w+)/m;

const nameOf = (block: string): string => DECLARED.exec(block)?.[1] ?? '';

const withExportOnlyIfUsed = (block: string): string =>
  USED.includes(nameOf(block)) ? block.trimEnd() : block.trimEnd().replace(/^export /m, '');
