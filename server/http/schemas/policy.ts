import { z } from 'zod';
import type { FirstPolicy } from '../../assignments/first-steps/propose-first-policy.ts';
import type { PublishingRules } from '../../assignments/publishing/ports.ts';
import type {
  DraftSummary,
  DraftView,
  PolicyOverview,
  SimulationInShort,
  VersionSummary,
  VersionView,
} from '../../assignments/publishing/publishing.ts';
import type { PolicyChange } from '../../routing/diff/policy-diff.ts';
import { instant } from './common.ts';

/** How policies go live. */
export const publishingRules = z
  .strictObject({
    approvals: z
      .union([z.literal(0), z.literal(1)], 'must be 0 or 1')
      .describe('How many people besides its authors have to approve a draft.'),
    cleanCheck: z
      .boolean('must be true or false')
      .describe('Warnings of the check keep a policy from going live, as errors always do.'),
    simulation: z
      .boolean('must be true or false')
      .describe('A draft goes live only once its text was tried on the past.'),
  })
  .meta({ id: 'PublishingRules' }) satisfies z.ZodType<PublishingRules>;

const version = {
  version: z.int(),
  publishedAt: instant,
  by: z.string().describe('Who had it go live: `key:<name>` or `console`.'),
  approvedBy: z.string().nullable(),
  note: z.string().nullable(),
  restores: z.int().nullable().describe('The version it went back to.'),
};

const versionSummary: z.ZodType<VersionSummary> = z.object(version).meta({ id: 'PolicyVersion' });

const policyInWords = z
  .object({
    rules: z
      .array(z.object({ id: z.string(), name: z.string(), when: z.string(), then: z.string() }))
      .readonly(),
    fallback: z.string(),
    pools: z.array(z.object({ id: z.string(), name: z.string(), text: z.string() })).readonly(),
  })
  .meta({ id: 'PolicyInWords' });

export const versionView: z.ZodType<VersionView> = z
  .object({
    ...version,
    document: z.unknown(),
    text: z.string().describe('As it was written; what came as JSON is written as YAML.'),
    words: policyInWords,
  })
  .meta({ id: 'PolicyVersionInWords' });

const simulationInShort: z.ZodType<SimulationInShort> = z
  .object({
    by: z.string(),
    at: instant,
    days: z.int(),
    leads: z.int().describe('Leads that were tried.'),
    moved: z.int().nullable().describe('Of them those that go to somebody else; null: no policy was live.'),
    waited: z.int().describe('Leads that did not find anybody at once.'),
    unowned: z.int().describe('Leads without a rep at the end.'),
    worstLag: z.int().describe('The furthest anybody was from what they were owed: millionths of a lead.'),
  })
  .describe('What trying the draft’s text on the past said; null: it was not tried.')
  .meta({ id: 'DraftSimulation' });

const draft = {
  id: z.string().meta({ example: 'drf_01jd8x…' }),
  revision: z.int().describe('Raised by every change.'),
  state: z.enum(['open', 'scheduled', 'published', 'discarded']),
  note: z.string().nullable(),
  authors: z.array(z.string()).readonly(),
  approvedBy: z.string().nullable(),
  simulation: simulationInShort.nullable(),
  publishAt: instant.nullable(),
  version: z.int().nullable().describe('The version it became.'),
  refusal: z.string().nullable().describe('Why it did not go live when it was to.'),
  changedAt: instant,
};

const draftSummary: z.ZodType<DraftSummary> = z.object(draft).meta({ id: 'PolicyDraftSummary' });

export const policyChange: z.ZodType<PolicyChange> = z
  .object({
    kind: z.enum(['added', 'removed', 'moved', 'changed']),
    part: z.string().meta({ example: 'rules' }),
    id: z.string().nullable(),
    text: z.string().meta({ example: 'Rule Large companies: employees from at least 1000 to at least 500' }),
  })
  .meta({ id: 'PolicyChange' });

export const draftView: z.ZodType<DraftView> = z
  .object({
    ...draft,
    text: z.string(),
    findings: z
      .array(
        z.object({
          severity: z.enum(['error', 'warning', 'info']),
          code: z.string(),
          field: z.string().describe('JSON pointer into the document.'),
          line: z.int().describe('From 1.'),
          message: z.string(),
        }),
      )
      .readonly(),
    changes: z.array(policyChange).readonly().describe('What is different from the live version.'),
    needs: z
      .array(z.enum(['correction', 'clean_check', 'simulation', 'approval']))
      .readonly()
      .describe('What keeps it from going live.'),
  })
  .meta({ id: 'PolicyDraft' });

export const policyOverview: z.ZodType<PolicyOverview> = z
  .object({
    live: z.int().nullable(),
    rules: publishingRules,
    versions: z.array(versionSummary).readonly().describe('The newest first.'),
    drafts: z.array(draftSummary).readonly().describe('Those that are open or scheduled.'),
  })
  .meta({ id: 'PolicyHistory' });

/** What people write about a version. */
export const policyNote = z
  .string('must be text')
  .trim()
  .max(2000, 'must be at most 2,000 characters')
  .nullish()
  .describe('Why, for whoever reads the history.');

/** A policy that was proposed and is kept as a draft. */
export const firstPolicyView: z.ZodType<FirstPolicy> = z
  .object({
    draft: draftView,
    words: policyInWords,
    guesses: z.array(z.string()).readonly().describe('What in it was guessed, in sentences.'),
  })
  .meta({ id: 'FirstPolicy' });
