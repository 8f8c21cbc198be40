/** Files that letters, their deliveries and imports name, as `id`; of imports those still open. */
export const namedFiles = `
  SELECT copy->>'fileId' AS id FROM letter WHERE copy IS NOT NULL
  UNION SELECT proof->>'fileId' FROM letter_delivery WHERE proof IS NOT NULL
  UNION SELECT rejected_file->>'fileId' FROM import WHERE rejected_file IS NOT NULL
  UNION SELECT upload_id::text FROM import WHERE finished_at IS NULL`;
