import { createRequire } from 'node:module';
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import type {
  handleBidiStreamingCall,
  MethodDefinition,
  Server,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { ReflectionService } from '@grpc/reflection';
import type { Contract } from './contract.ts';
import { fault } from './fault.ts';

type Answering = { definition: MethodDefinition<unknown, unknown>; handler: UntypedHandleCall };

/** Both published versions of gRPC's reflection, which say the same. */
const paths = ['v1', 'v1alpha'].map(
  (version) => `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
);

type Library = { ReflectionService: typeof ReflectionService };

/** What the library would lay upon a server, by method path. */
function build(from: Contract, services: string[]): Map<string, Answering> {
  const library = createRequire(import.meta.url)('@grpc/reflection') as Library;
  const fileDescriptorProtos = from.files.file.map((file) =>
    Buffer.from(toBinary(FileDescriptorProtoSchema, file)),
  );
  // The reflection service takes what proto-loader makes, of which it only reads the files.
  const format = 'Protocol Buffer 3 EnumDescriptorProto' as const;
  const loaded = { contract: { format, type: {}, fileDescriptorProtos } };
  const answering = new Map<string, Answering>();
  new library.ReflectionService(loaded, { services }).addToServer({
    addService: (definitions, handlers) => {
      for (const [name, definition] of Object.entries(definitions)) {
        const handler = handlers[name];
        if (handler !== undefined) answering.set(definition.path, { definition, handler });
      }
    },
  });
  return answering;
}

/**
 * Lets tools such as grpcurl read the contract from the running server. Its index of every symbol
 * is made when somebody asks first: it takes as long as the rest of a service's start.
 */
export function addReflection(server: Server, from: Contract, services: string[]): void {
  let built: Map<string, Answering> | undefined;
  const at = (path: string): Answering => {
    built ??= build(from, services);
    const found = built.get(path);
    if (found === undefined) throw fault('internal', 'reflection_version_missing', { path });
    return found;
  };
  for (const path of paths) {
    const definition: MethodDefinition<unknown, unknown> = {
      path,
      requestStream: true,
      responseStream: true,
      requestSerialize: (request) => at(path).definition.requestSerialize(request),
      requestDeserialize: (bytes) => at(path).definition.requestDeserialize(bytes),
      responseSerialize: (response) => at(path).definition.responseSerialize(response),
      responseDeserialize: (bytes) => at(path).definition.responseDeserialize(bytes),
    };
    const handler: handleBidiStreamingCall<unknown, unknown> = (stream) => {
      Reflect.apply(at(path).handler, undefined, [stream]);
    };
    server.addService({ ServerReflectionInfo: definition }, { ServerReflectionInfo: handler });
  }
}
