import { clearExtension, type DescExtension, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { contract, type Contract, readContract } from '@recourse/kit/contract.ts';
import { createBodyReader } from './body.ts';
import { loadCodecs } from './codecs.ts';
import { createForwarder, isNamed, serverOf, shortName } from './forward.ts';
import { methodRoutes, publicMethods } from './methods.ts';
import { createRoutes } from './routes.ts';
import { gatewayVariables } from './settings.ts';

const everywhere = Object.fromEntries(
  contract().methods.map((method) => [shortName(method.service), 'localhost:1']),
);

async function routesOf(from: Contract, addresses: Record<string, string> = everywhere) {
  const forwarder = createForwarder(from, { addresses, deadlineMs: 1_000 });
  try {
    const readBody = createBodyReader(1000);
    return methodRoutes({ contract: from, codecs: await loadCodecs(from), forwarder, readBody });
  } finally {
    forwarder.stop();
  }
}

function option(name: string): DescExtension {
  const found = contract().registry.getExtension(name);
  if (found === undefined) throw new Error(`no option ${name}`);
  return found;
}

/** The contract with an option taken from one method. */
function without(name: string, service: string, method: string): Contract {
  const files = fromBinary(
    FileDescriptorSetSchema,
    toBinary(FileDescriptorSetSchema, contract().files),
  );
  for (const file of files.file) {
    const found = file.service
      .find((one) => one.name === service)
      ?.method.find((one) => one.name === method);
    if (found?.options !== undefined) clearExtension(found.options, option(name));
  }
  return readContract(toBinary(FileDescriptorSetSchema, files));
}

describe('the contract', () => {
  it('gives every public method a route of its own, with roles', async () => {
    const routes = await routesOf(contract());
    const table = createRoutes<string>();
    for (const route of routes) table.add(route.verb, route.template, route.template);
    expect(routes.map((route) => route.roles.length).filter((count) => count === 0)).toEqual([]);
    expect(routes).toHaveLength(publicMethods(contract()).length);
    expect(routes.map((route) => route.template)).not.toContain(undefined);
  });

  it('keeps internal methods off HTTP', () => {
    const names = publicMethods(contract()).map((method) => method.name);
    expect(names).toContain('ListCases');
    expect(names).not.toContain('GetPlacementBasis');
  });

  it('with a method that declares no roles does not start', async () => {
    const open = without('recourse.options.v1.access', 'CasesService', 'GetCase');
    await expect(routesOf(open)).rejects.toMatchObject({
      reason: 'contract_unfit',
      violations: [{ field: '/recourse.cases.v1.CasesService/GetCase', rule: 'access_missing' }],
    });
  });

  it('with a public method that has no route does not start', async () => {
    const hidden = without('google.api.http', 'CasesService', 'GetCase');
    await expect(routesOf(hidden)).rejects.toMatchObject({
      violations: [{ rule: 'route_missing' }],
    });
  });

  it('with a service whose address nobody told does not start', async () => {
    await expect(routesOf(contract(), { cases: 'localhost:1' })).rejects.toThrow('address_missing');
  });

  it('has a variable for the address of each of its services', () => {
    const own = contract().methods.filter((method) => !isNamed(method));
    const services = new Set(own.map((method) => serverOf(method.service)));
    for (const service of services) {
      expect(Object.keys(gatewayVariables)).toContain(`${service.toUpperCase()}_ADDRESS`);
    }
  });
});
