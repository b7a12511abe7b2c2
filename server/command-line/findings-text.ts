import { styleText } from 'node:util';
import type { Finding } from '../routing/check/check.ts';
import { SEVERITIES } from '../routing/check/finding.ts';
import type { Policy } from '../routing/policy/schema.ts';
import { leftTable } from './text-table.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;
/** Findings of one code that are told one by one, at most. */
const TOLD = 20;

/** What was found, for people: a line each, aligned, then how many there are. `colour`: a terminal shows it. */
export const findingsText = (
  findings: readonly Finding[],
  { name }: Policy,
  colour: boolean,
): readonly string[] => {
  const told = findings.filter((one) => placeAmong(findings, one) < TOLD);
  const heads = leftTable(told.map(({ severity, code }) => [severity, code]));
  const lines = told.flatMap((finding, i) => [
    `${painted(finding.severity, heads[i]!, colour)}  ${finding.message}`,
    ...witnessText(finding).map((text) =>
      colour ? styleText('dim', text, { validateStream: false }) : text,
    ),
  ]);
  const left = findings.length - told.length;
  return [
    ...lines,
    ...(left > 0 ? [`and ${left.toLocaleString('en')} more; --json tells all`] : []),
    ...(findings.length > 0 ? [''] : []),
    `${name}: ${countText(findings)}`,
  ];
};

const placeAmong = (findings: readonly Finding[], finding: Finding): number =>
  findings.filter(({ code }) => code === finding.code).indexOf(finding);

const painted = (severity: Finding['severity'], text: string, colour: boolean): string =>
  colour ? styleText(COLOURS[severity], text, { validateStream: false }) : text;

const witnessText = ({ witness, at }: Finding): readonly string[] =>
  witness === null ? [] : [`    such as ${JSON.stringify(witness)} at ${at}`];

const countText = (findings: readonly Finding[]): string => {
  if (findings.length === 0) return 'nothing found';
  const counts = SEVERITIES.map((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return `${count.toLocaleString('en')} ${count === 1 || severity === 'info' ? severity : `${severity}s`}`;
  });
  return counts.join(', ');
};
