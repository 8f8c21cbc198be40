/**
 * What stands before the name of a ship and says what kind it is, not which: motor vessel, motor
 * tanker, steam ship … Source: usage in sanctions lists and ship registers, 2026-11-22.
 */
export const hullPrefixes = 'mv mt ms mts ss fv sv my rv tb';
