import { expect, test } from 'vitest';
import { mapColumns } from './columns.ts';

const typesOf = (columns: string[]) =>
  Object.fromEntries(mapColumns(['id', ...columns], {}).fields.map(({ key, type }) => [key, type]));

test('columns that identify are known by the words in their names', () => {
  expect(
    typesOf([
      'Email',
      'E-mail 2',
      'workEmail',
      'mobile_phone',
      'Telephone',
      'LinkedIn URL',
      'linkedin',
      'Website',
      'Notes',
    ]),
  ).toEqual({
    Email: 'email',
    'E-mail 2': 'email',
    workEmail: 'email',
    mobile_phone: 'phone',
    Telephone: 'phone',
    'LinkedIn URL': 'linkedin',
    linkedin: 'linkedin',
    Website: 'url',
    Notes: 'text',
  });
});

test('a word inside another does not identify', () => {
  expect(typesOf(['Emailed on', 'Hotel', 'Headphones', 'Curly'])).toEqual({
    'Emailed on': 'text',
    Hotel: 'text',
    Headphones: 'text',
    Curly: 'text',
  });
});

test('the id and title columns are found by usual names, whatever their spelling', () => {
  expect(mapColumns(['Record ID', 'Full Name'], {})).toMatchObject({
    idColumn: 'Record ID',
    titleColumns: ['Full Name'],
  });
  expect(mapColumns(['recordId', 'first_name', 'lastName'], {})).toMatchObject({
    idColumn: 'recordId',
    titleColumns: ['first_name', 'lastName'],
  });
});

test('a chosen column that does not exist is told with those that do', () => {
  expect(() => mapColumns(['a', 'b'], {})).toThrow('There are: a, b.');
  expect(() => mapColumns(['id', 'b'], { titleColumn: 'x' })).toThrow('No column x for --title-column');
});
