/** What the HubSpot card draws, of all that is declared there. */
const SHOWN = [
  'NamedRef',
  'DerivedView',
  'DecisionBase',
  'CandidateView',
  'DecisionView',
  'RuleTrace',
  'ExplanationView',
  'PersonView',
  'RecordView',
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
  '/** Written by `npm run docs` from the server’s views: HubSpot uploads this folder alone. */\n';

/** The declarations that the card needs, out of the files that hold them, as a file of its own. */
export const cardTypes = (sources: readonly string[]): string => {
  const blocks = sources.flatMap((source) => source.split(/\n\n(?=\/\*\*|export |interface |type )/));
  const shown = blocks.filter((block) => SHOWN.includes(nameOf(block)));
  return `${HEADER}${shown.map(withExportOnlyIfUsed).join('\n\n')}\n`;
};

const DECLARED = /^(?:export )?(?:interface|type) (\w+)/m;

const nameOf = (block: string): string => DECLARED.exec(block)?.[1] ?? '';

const withExportOnlyIfUsed = (block: string): string =>
  USED.includes(nameOf(block)) ? block.trimEnd() : block.trimEnd().replace(/^export /m, '');
