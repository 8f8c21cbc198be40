/** What the layout of a file is told as, before a person confirms it. */
export type LayoutFact = {
  kind:
    | 'group_rows'
    | 'carried_down'
    | 'document_lines'
    | 'mixed_dates'
    | 'few_other_order'
    | 'swapped_dates'
    | 'cut_dates'
    | 'side_unsigned'
    | 'side_signed'
    | 'side_mixed'
    | 'side_left'
    | 'credit_amounts'
    | 'running_balance'
    | 'all_settled'
    | 'ageing_summary';
  column: string;
  rows: number;
  sample: string;
};
