# The Worker beside this file, run as edge/workerd.capnp runs the portal's.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .bare),
    (name = "data", disk = (path = "{{data}}", writable = true)),
  ],
  sockets = [ (name = "http", address = "{{address}}", http = (), service = "main") ],
);

const bare :Workerd.Worker = (
  modules = [ (name = "worker.mjs", esModule = embed "worker.mjs") ],
  compatibilityDate = "2026-04-01",
  bindings = [ (name = "ROWS", durableObjectNamespace = "Rows") ],
  durableObjectNamespaces = [ (className = "Rows", uniqueKey = "rows", enableSql = true) ],
  durableObjectStorage = (localDisk = "data"),
);
