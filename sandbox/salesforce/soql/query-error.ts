import { SalesforceError } from '../errors.ts';

/** An error in a query's text, told the way Salesforce does: the text, a caret, row and column. */
export const queryError = (code: string, soql: string, at: number, message: string): SalesforceError => {
  const start = Math.max(0, at - 60);
  const shown = soql.slice(start, at + 60).replaceAll('\n', ' ');
  const caret = `${' '.repeat(Math.max(0, at - start))}^`;
  return new SalesforceError(code, `\n${shown}\n${caret}\nERROR at Row:1:Column:${at + 1}\n${message}`);
};

export const unexpectedToken = (soql: string, at: number, text: string): SalesforceError =>
  queryError('MALFORMED_QUERY', soql, at, `unexpected token: '${text}'`);

export const noSuchColumn = (soql: string, at: number, name: string, entity: string): SalesforceError =>
  queryError(
    'INVALID_FIELD',
    soql,
    at,
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchRelationship = (soql: string, at: number, name: string): SalesforceError =>
  queryError(
    'INVALID_FIELD',
    soql,
    at,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchObject = (soql: string, at: number, name: string): SalesforceError =>
  queryError(
    'INVALID_TYPE',
    soql,
    at,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
