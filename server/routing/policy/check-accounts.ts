import type { ConditionDocument } from '../conditions/condition-document.ts';
import type { Report } from '../conditions/report.ts';
import { ACCOUNT_STATES, type AccountListDocument } from './accounts.ts';
import type { Path } from './problems.ts';
import { shown } from './refusal.ts';
import { reportTwice, reportUnknown } from './report-names.ts';
import type { PolicyDocument, Step } from './schema.ts';

/** Checks that accounts are given once, that lists name a field of text, and that what asks about accounts can be answered. */
export const checkAccounts = (document: PolicyDocument, report: Report): void => {
  const { accounts = [], fields = {} } = document;
  reportTwice(['accounts'], accounts, report);
  accounts.forEach((list, i) => {
    reportTwice(['accounts', i, 'entries'], list.entries, report);
    checkCompany(list, fields, ['accounts', i, 'company'], report);
  });
  const known = new Set([...ACCOUNT_STATES, ...accounts.map(({ id }) => id)]);
  eachCondition(document, (condition, path) => {
    if (accounts.length === 0) report(path, 'there are no accounts to ask about; list them under accounts');
    else reportUnknown(condition.is, 'account', known, path, report);
  });
  eachStep(document, (step, path) => {
    if (step.kind !== 'owner') return;
    if (step.of === 'account' && accounts.length === 0)
      report([...path, 'owner'], 'there are no accounts to have owners; list them under accounts');
    if (step.of === 'field') checkField(step.field, fields, [...path, 'owner', 'field'], report);
  });
};

type Declared = NonNullable<PolicyDocument['fields']>;

const checkCompany = (
  { company, entries }: AccountListDocument,
  fields: Declared,
  path: Path,
  report: Report,
): void => {
  if (company === undefined) {
    const byName = entries.find(({ domains }) => domains.length === 0);
    if (byName !== undefined && fields.company?.type !== 'text')
      report(
        path,
        `is missing, but ${shown(byName.name)} has no domains; name the field with a lead's company`,
      );
    return;
  }
  reportUnknown(company, 'field', new Set(Object.keys(fields)), path, report);
  const type = fields[company]?.type;
  if (type !== undefined && type !== 'text') report(path, `${company} is ${type}; a company's name is text`);
};

const checkField = (field: string, fields: Declared, path: Path, report: Report): void => {
  reportUnknown(field, 'field', new Set(Object.keys(fields)), path, report);
  const type = fields[field]?.type;
  if (type !== undefined && type !== 'text' && type !== 'email' && type !== 'choice')
    report(path, `${field} is ${type}; an owner is named by a text, choice or e-mail field`);
};

const eachStep = (
  { rules = [], fallback = [] }: PolicyDocument,
  look: (step: Step, path: Path) => void,
): void => {
  rules.forEach((rule, i) => {
    rule.then.forEach((step, j) => {
      look(step, ['rules', i, 'then', j]);
    });
  });
  fallback.forEach((step, i) => {
    look(step, ['fallback', i]);
  });
};

type Asks = (condition: ConditionDocument & { readonly kind: 'account' }, path: Path) => void;

const eachCondition = ({ rules = [], intake, openWork }: PolicyDocument, look: Asks): void => {
  rules.forEach((rule, i) => {
    walk(rule.when, ['rules', i, 'when'], look);
  });
  if (intake?.when !== undefined) walk(intake.when, ['intake', 'when'], look);
  if (openWork !== undefined) walk(openWork, ['openWork'], look);
};

const walk = (condition: ConditionDocument, path: Path, look: Asks): void => {
  if (condition.kind === 'account') look(condition, [...path, 'account']);
  else if (condition.kind === 'not') walk(condition.of, [...path, 'not'], look);
  else if (condition.kind === 'all' || condition.kind === 'any')
    condition.of.forEach((part, i) => {
      walk(part, [...path, condition.kind, i], look);
    });
};
