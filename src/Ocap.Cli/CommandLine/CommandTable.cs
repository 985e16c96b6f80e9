using Ocap.Daemon.Methods;

namespace Ocap.Cli.CommandLine;

/// <summary>Every command there is.</summary>
internal static class CommandTable
{
    internal static Option Home { get; } = new("home", "dir", "OCAP home directory for this invocation (overrides $OCAP_HOME). Use distinct values to run independent daemons side by side") { IsGlobal = true };

    internal static Option Version { get; } = new("version", null, "Show version number") { IsGlobal = true };

    internal static Option Help { get; } = new("help", null, "Show help") { Short = 'h', IsGlobal = true };

    private static readonly Option s_timeout = new("timeout", "seconds", "How long to wait for the answer (default: as long as it takes)");

    internal static Option[] Global { get; } = [Home, Version, Help];

    private static Option Port { get; } = new("port", "number", "The port to listen on; 0 takes any that is free (default: 3000)") { Short = 'p' };

    private static Option Host { get; } = new("host", "address", "The address to listen on, to be reached from other machines (default: this machine alone)");

    internal static Command Root { get; } = new("", "Object-capability kernel, daemon and command line")
    {
        Commands =
        [
            new("bundle", "Bundle user code to be used in a vat")
            {
                Arguments = [new("targets", "The files, or directories of .js, .mjs and .ts files, to bundle") { IsRequired = true, IsRepeated = true }],
                Options =
                [
                    new("out-dir", "dir", "Write the bundles there instead of beside their sources") { Short = 'o' },
                    new("minify", null, "Leave out white space that means nothing"),
                    new("stdout", null, "Print the bundle of one module instead of writing it"),
                    new("json", null, "Print what was made, or why not, as JSON: an object for each module"),
                ],
                Examples =
                [
                    new("ocap bundle vats", "Write vats/<name>.bundle for each module in vats"),
                    new("ocap bundle vats/a.js vats/b.ts -o dist", "Write dist/a.bundle and dist/b.bundle"),
                ],
            },
            new("serve", "Serve bundled user code by filename")
            {
                Arguments = [new("dir", "A directory containing bundle files to serve") { IsRequired = true }],
                Options = [Port, Host],
            },
            new("watch", "Bundle all .js files in a directory and rebundle on change")
            {
                Arguments = [new("dir", "The directory to watch, with those within it") { IsRequired = true }],
            },
            new("start", "Watch a directory and serve its bundles on the given port")
            {
                Arguments = [new("dir", "A directory containing source files to bundle and serve") { IsRequired = true }],
                Options = [Port, Host],
            },
            new("daemon", "Manage the OCAP daemon process")
            {
                Default = "start",
                Commands =
                [
                    new("daemon start", "Start the daemon (or confirm it is running)"),
                    new("daemon stop", "Stop the daemon and wait until it is gone"),
                    new("daemon restart", "Stop the daemon if it is running, and start it"),
                    new("daemon status", "Say whether the daemon is running, and how it is (exit code 0 or 3)")
                    {
                        Options = [new("json", null, "Print the daemon's own description as JSON")],
                    },
                    new("daemon exec", "Send an RPC method call to the daemon")
                    {
                        Arguments =
                        [
                            new("method", "RPC method name (defaults to getStatus)") { Choices = MethodNames.All },
                            new("params-json", "JSON-encoded method parameters; - reads them from standard input, @file from a file"),
                        ],
                        Options = [s_timeout],
                        Examples =
                        [
                            new("ocap daemon exec", "Get daemon status"),
                            new("ocap daemon exec getStatus", "Get daemon status (explicit)"),
                            new("""ocap daemon exec pingVat '{"id":"v1"}'""", "Ping a vat"),
                            new("""ocap daemon exec executeDBQuery '{"sql":"SELECT * FROM kv LIMIT 5"}'""", "Run a SQL query"),
                            new("""ocap daemon exec terminateVat '{"id":"v1"}'""", "Terminate a vat"),
                            new("ocap daemon exec launchSubcluster @cluster.json", "Read the parameters from a file"),
                        ],
                    },
                    new("daemon queueMessage", "Send a message to a kernel object and decode the CapData result")
                    {
                        Arguments =
                        [
                            new("target", "KRef of the target object") { IsRequired = true },
                            new("method", "Method name to invoke") { IsRequired = true },
                            new("args-json", "JSON-encoded array of arguments (default: []); - reads it from standard input, @file from a file"),
                        ],
                        Options =
                        [
                            new("raw", null, "Output raw CapData instead of decoded result"),
                            s_timeout,
                        ],
                        Examples =
                        [
                            new("ocap daemon queueMessage ko4 getBalance", "Call getBalance with no arguments"),
                            new("""ocap daemon queueMessage ko4 greet '["world"]'""", "Call greet with one"),
                            new("ocap daemon queueMessage ko4 getBalance --raw", "Get the CapData as it is"),
                        ],
                    },
                    new("daemon redeem-url", "Redeem an OCAP URL and print the resulting kref")
                    {
                        Arguments = [new("url", "The OCAP URL; - reads it from standard input") { IsRequired = true }],
                        Options = [s_timeout],
                    },
                    new("daemon logs", "Print the daemon's log")
                    {
                        Options = [new("follow", null, "Go on printing as the log grows") { Short = 'f' }],
                    },
                    new("daemon run", "Run the daemon in the foreground, for systemd, launchd and containers")
                    {
                        Options = [new("detached", null, "How ocap itself starts it") { IsHidden = true }],
                    },
                    new("daemon purge", "Stop the daemon and delete all state")
                    {
                        Aliases = ["begone"],
                        Options = [new("force", null, "Confirm state deletion") { IsRequired = true }],
                    },
                ],
            },
            new("completion", "Print a script that completes commands and options in a shell")
            {
                Arguments = [new("shell", "bash, zsh, fish or pwsh") { IsRequired = true, Choices = CompletionScript.Shells }],
                Examples =
                [
                    new("source <(ocap completion bash)", "In ~/.bashrc"),
                    new("source <(ocap completion zsh)", "In ~/.zshrc, after compinit"),
                    new("ocap completion fish | source", "In ~/.config/fish/config.fish"),
                    new("ocap completion pwsh | Out-String | Invoke-Expression", "In $PROFILE"),
                ],
            },
            new("vat-host", "Run vats for the daemon that started this process") { IsHidden = true },
        ],
    };

    /// <summary>All commands that do something, in the order of the help.</summary>
    internal static IEnumerable<Command> Leaves(Command from) => from.IsGroup ? from.Commands.SelectMany(Leaves) : [from];
}
