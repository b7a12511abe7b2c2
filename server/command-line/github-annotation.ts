import type { Finding } from '../routing/check/check.ts';
import type { PolicyFile } from './read-policy-file.ts';

const LEVEL = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * A finding as a workflow command that GitHub Actions shows at the policy's line. Source: docs.github.com, "Workflow
 * commands for GitHub Actions".
 */
export const githubAnnotation = (finding: Finding, policy: string, file: PolicyFile): string => {
  const { severity, code, message, witness } = finding;
  const lead = witness === null ? '' : ` Lead: ${JSON.stringify(witness)}`;
  const properties = { file: policy, line: String(lineAbout(finding, file)), title: code };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  return `::${LEVEL[severity]} ${written.join(',')}::${escaped(`${message}${lead}`)}`;
};

/** The line of the rule, pool or test it is about; of the document where it is about all of it. */
const lineAbout = (
  { rules: [rule], pool }: Finding,
  { compiled: { policy }, lineOf }: PolicyFile,
): number => {
  if (pool !== undefined) return lineOf(['pools', policy.pools.findIndex(({ id }) => id === pool)]);
  return rule === undefined ? lineOf([]) : lineOf(['rules', policy.rules.findIndex(({ id }) => id === rule)]);
};

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
