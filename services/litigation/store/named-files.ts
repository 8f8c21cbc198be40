/** Files that evidence, documents and limitation events name, as `id`. */
export const namedFiles = `
  SELECT content->'file'->>'fileId' AS id FROM evidence WHERE content ? 'file'
  UNION SELECT content->'file'->>'fileId' FROM document WHERE content ? 'file'
  UNION SELECT evidence->>'fileId' FROM limitation_event WHERE evidence IS NOT NULL`;
