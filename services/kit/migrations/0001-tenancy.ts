/** The organisation of the running transaction; without one, null, and null equals nothing. */
export const up = `
CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.org_id', true), '')::uuid $$;
GRANT EXECUTE ON FUNCTION app_org() TO {app}, {system};
`;
