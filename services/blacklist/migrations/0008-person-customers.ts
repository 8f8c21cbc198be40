/** Whether a customer's file says that it is a natural person; unknown of what a ledger brought. */
export const up = 'ALTER TABLE present_customer ADD COLUMN person boolean';
