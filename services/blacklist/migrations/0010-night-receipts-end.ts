/**
 * Receipts of nights end (个人信息保护法 art. 19). The rule in force says when; whatever it says,
 * nobody can delete one of the last three years (art. 56).
 */
export const up = `
GRANT DELETE ON night_look TO {app};
CREATE POLICY ended ON night_look AS RESTRICTIVE FOR DELETE TO {app}
  USING (at < now() - interval '3 years')`;
