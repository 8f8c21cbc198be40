export const up = [
  // The last day on which what was open of it was sold: until then it was late, and nobody paid it.
  'ALTER TABLE receivable_fact ADD COLUMN sold_date date',
];
