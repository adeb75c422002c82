// A provider for Terraform that knows every argument, type and block of google provider 6.50.0 and nothing else: enough for
// `terraform validate`, and with `mock_provider` for `terraform test`, without an account and without the network.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPackageDefinition, Server, ServerCredentials } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const types = JSON.parse(readFileSync(join(import.meta.dirname, "types-google-6.50.0.json"), "utf8"));
const load = (file) => loadPackageDefinition(loadSync(join(import.meta.dirname, file), { keepCase: true, enums: String }));
const { tfplugin5 } = load("provider.proto");
const { plugin } = load("plugin.proto");

const block = ({ attributes, blocks }) => ({
  attributes: Object.entries(attributes).map(([name, [type, flags]]) => ({
    name,
    type: Buffer.from(JSON.stringify(type)),
    required: flags.includes("r"),
    optional: flags.includes("o"),
    computed: flags.includes("c"),
    // Terraform keeps those in no plan and no state, and lets ephemeral values into nothing else.
    write_only: name.endsWith("_wo"),
  })),
  block_types: Object.entries(blocks).map(([type_name, [nesting, flags, most, inner]]) => ({
    type_name,
    block: block(inner),
    nesting: nesting.toUpperCase(),
    min_items: flags.includes("r") && nesting !== "single" ? 1 : 0,
    max_items: nesting === "single" ? 0 : most,
  })),
});
const schema = (of) => ({ version: 0, block: block(of) });
const schemas = (of) => Object.fromEntries(Object.entries(of).map(([name, type]) => [name, schema(type)]));

const server = new Server();
server.addService(tfplugin5.Provider.service, {
  GetSchema: (_, answer) =>
    answer(null, { provider: schema(types.provider), resource_schemas: schemas(types.resources), data_source_schemas: schemas(types.data) }),
  PrepareProviderConfig: ({ request }, answer) => answer(null, { prepared_config: request.config }),
  ValidateResourceTypeConfig: (_, answer) => answer(null, {}),
  ValidateDataSourceConfig: (_, answer) => answer(null, {}),
  Stop: (_, answer) => answer(null, {}),
});
// Without an answer Terraform waits two seconds for the end of each of the many that it starts.
server.addService(plugin.GRPCController.service, {
  Shutdown: (_, answer) => {
    answer(null, {});
    setImmediate(() => process.exit(0));
  },
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (failure, port) => {
  if (failure) throw failure;
  // The line by which Terraform learns where its plugin listens: versions of both protocols, network, address, kind.
  console.log(`1|5|tcp|127.0.0.1:${port}|grpc|`);
});
