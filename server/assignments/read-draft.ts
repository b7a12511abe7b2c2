import { AppError } from '../base/app-error.ts';
import type { PolicyProblem } from '../routing/policy/problems.ts';
import { type DocumentParts, type Draft, readDocument } from './publishing/read-document.ts';

/** A policy that could be published. `not`: what is not done when it is refused (AppError `invalid_policy`). */
export const readDraft = async (
  parts: DocumentParts,
  tenantId: string,
  document: unknown,
  not: string,
): Promise<Draft> => {
  const read = await readDocument(parts)(tenantId, document);
  if (!read.ok) throw invalid(read.problems, not);
  if (read.unknown.length > 0) throw invalid(read.unknown, not);
  return read;
};

const invalid = (problems: readonly PolicyProblem[], not: string): AppError =>
  new AppError('invalid_policy', `The policy was not ${not}. Correct what is named and send it again.`, {
    status: 422,
    problems: problems.map(({ field, message }) => ({ field, message })),
  });
