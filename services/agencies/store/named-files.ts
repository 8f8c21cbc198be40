/** Files that handover packs name as papers, as `id`. */
export const namedFiles = `SELECT file->>'fileId' AS id FROM pack_paper`;
