import { createHolidayDates } from '../holidays/holiday-dates.ts';
import { type Finding, check as prove } from '../routing/check/check.ts';
import { SEVERITIES } from '../routing/check/finding.ts';
import { checkCaps } from './check-caps.ts';
import { type CheckOptions, checkOptions } from './check-options.ts';
import type { ExitCode } from './exit-code.ts';
import { findingsText } from './findings-text.ts';
import { githubAnnotation } from './github-annotation.ts';
import { type PolicyFile, readPolicyFile, readRepsFile } from './read-policy-file.ts';
import { createLineWriter, type Terminal } from './terminal.ts';

/** `check`: what can be proven of a policy. Ends with 1 where a finding is an error. Throws BadInput. */
export const check = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const options = checkOptions(args);
  const reps = options.reps === null ? undefined : await readRepsFile(options.reps);
  const file = await readPolicyFile(options.policy, reps);
  const findings = await findingsOf(file, options, terminal.now());
  const { line, flush } = createLineWriter(terminal.out);
  for (const text of shown(findings, file, options, terminal)) await line(text);
  await flush();
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
};

const findingsOf = async (
  file: PolicyFile,
  { volume, leads }: CheckOptions,
  now: number,
): Promise<readonly Finding[]> => {
  const holidays = createHolidayDates();
  const proven = prove({
    ...file,
    holidays,
    now,
    zones: process.versions.tz ?? 'unknown',
    ...(volume !== null && { volume }),
  });
  const caps = leads === null ? [] : await checkCaps(file, leads, holidays, now);
  const order = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return [...proven, ...caps].sort((a, b) => order(a) - order(b));
};

const shown = (
  findings: readonly Finding[],
  file: PolicyFile,
  { format, policy }: CheckOptions,
  terminal: Terminal,
): readonly string[] => {
  switch (format) {
    case 'json':
      return findings.map((finding) => JSON.stringify(finding));
    case 'github':
      return findings.map((finding) => githubAnnotation(finding, policy, file));
    case 'text':
      return findingsText(findings, file.compiled.policy, terminal.out.isTTY === true);
    default:
      return format satisfies never;
  }
};
