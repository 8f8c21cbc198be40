/** Files that credit files name as documents, as `id`. */
export const namedFiles = `
  SELECT jsonb_path_query(content, '$.documents[*].fileId') #>> '{}' AS id FROM credit_file`;
