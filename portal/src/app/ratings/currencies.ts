/** Currencies that forms of credit offer; an answer may name others. */
export const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'CAD', 'JPY'];
