namespace Ocap.Bundler.Resolution;

/// <summary>The modules that are part of Node, which vats do not have.</summary>
internal static class NodeModules
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events",
        "fs", "http", "http2", "https", "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream",
        "string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
    };

    /// <summary>A sentence when <paramref name="specifier"/> is one of Node's; null otherwise. Packages of the same names exist, and come first.</summary>
    public static string? Refusal(string specifier)
    {
        bool hasScheme = specifier.StartsWith("node:", StringComparison.Ordinal);
        return hasScheme || Names.Contains(specifier.Split('/')[0])
            ? $"\"{specifier}\" is a module of Node; vats have none of those."
            : null;
    }
}
