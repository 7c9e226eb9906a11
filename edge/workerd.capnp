# How plain workerd runs the bundle: the Worker, its two kinds of Durable Object with SQLite on local disk, and the
# static pages from a folder. `cargo xtask` fills the places in double braces and writes the result beside the bundle.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .anju),
    (name = "data", disk = (path = "{{data}}", writable = true)),
    # Read only: whether a case's file is there (see `stored` in src/worker_shell.rs).
    (name = "case-files", disk = (path = "{{data}}")),
    # Read only: a file `full` in it says that no new letter is taken (see `is_full` there).
    (name = "state", disk = (path = "{{state}}")),
    # Dot files for /.well-known alone: src/site.rs lets nothing else through.
    (name = "site", disk = (path = "{{dist}}", allowDotfiles = true)),
  ],
  sockets = [ (name = "http", address = "{{address}}", http = (), service = "main") ],
);

const anju :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "edge_bg.wasm", wasm = embed "edge_bg.wasm"),
  ],
  compatibilityDate = "2026-04-01",
  bindings = [
    (name = "CASE", durableObjectNamespace = "Case"),
    (name = "OFFICE", durableObjectNamespace = "Office"),
    (name = "CASE_FILES", service = "case-files"),
    (name = "STATE", service = "state"),
    (name = "ASSETS", service = "site"),
    (name = "OFFICES", json = embed "offices.json"),
    (name = "PROOF_BITS", text = "{{proof_bits}}"),
    (name = "DAILY_CAP", text = "{{daily_cap}}"),
    (name = "DAILY_PAPERS_MIB", text = "{{daily_papers_mib}}"),
    (name = "RETENTION_DAYS", text = "{{retention_days}}"),
    (name = "ALLOWED_ORIGINS", text = "{{allowed_origins}}"),
  ],
  durableObjectNamespaces = [
    (className = "Case", uniqueKey = "anju-case", enableSql = true),
    (className = "Office", uniqueKey = "anju-office", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
);
