/** Files that listings name as evidence, notice or words of a dispute, as `id`. */
export const namedFiles = `
  SELECT jsonb_path_query(file, '$.**{2 to last}.fileId') #>> '{}' AS id FROM listing`;
