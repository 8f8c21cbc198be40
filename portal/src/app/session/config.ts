/** What the gateway tells the browser at `/config.json`. Nothing secret is in it. */
export type PortalConfig = { url: string; realm: string; clientId: string; version: string };

function textOf(json: object, name: string): string {
  const value: unknown = Reflect.get(json, name);
  if (typeof value !== 'string') throw new Error(`/config.json lacks the text "${name}"`);
  return value;
}

/** Reads the configuration; throws when the gateway is away or answers something else. */
export async function readPortalConfig(): Promise<PortalConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  const json: unknown = await response.json();
  if (typeof json !== 'object' || json === null) throw new Error('/config.json is not an object');
  return {
    url: textOf(json, 'url'),
    realm: textOf(json, 'realm'),
    clientId: textOf(json, 'clientId'),
    version: textOf(json, 'version'),
  };
}
