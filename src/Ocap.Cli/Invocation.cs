using ConsoleAppFramework;
using Ocap.Cli.CommandLine;
using Ocap.Cli.Output;
using Ocap.Cli.Verbs;
using Ocap.Daemon.Home;

namespace Ocap.Cli;

/// <summary>The one command line this process was started with, once the front door has let it in.</summary>
internal static class Invocation
{
    private static string? s_homeOption;

    /// <summary>The home it is about. Resolved when first asked for: not every command has one.</summary>
    /// <exception cref="DaemonException">There is none.</exception>
    internal static HomeDirectory Home => field ??= HomeDirectory.Resolve(s_homeOption, Environment.GetEnvironmentVariable);

    /// <summary>Runs it, and gives its exit code.</summary>
    internal static int Execute(Request.Run run)
    {
        s_homeOption = run.Home;
        ConsoleApp.LogError = static text =>
        {
            if (text.Length > 0)
                Terminal.Say(Failure.InWords(text, Environment.GetEnvironmentVariable("OCAP_TRACE") is not null));
        };
        Registrations().Run(run.Arguments);
        return OutputException.HasReaderLeft ? OutputException.ReaderLeft : Environment.ExitCode;
    }

    /// <summary>Prints a text that was asked for, and gives the exit code.</summary>
    internal static int Print(string text)
    {
        try
        {
            Terminal.Result(text);
            return 0;
        }
        catch (OutputException fault)
        {
            if (OutputException.HasReaderLeft)
                return OutputException.ReaderLeft;
            Terminal.Say(fault.Message);
            return 1;
        }
    }

    /// <summary>The verbs, as ConsoleAppFramework knows them. A test holds them against the command table.</summary>
    internal static ConsoleApp.ConsoleAppBuilder Registrations()
    {
        ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
        app.Add("bundle", BundleVerb.Run);
        app.Add("serve", ServeVerb.Run);
        app.Add("watch", WatchVerb.Run);
        app.Add("start", WatchAndServeVerb.Run);
        app.Add("daemon start", StartVerb.Run);
        app.Add("daemon stop", StopVerb.Run);
        app.Add("daemon restart", RestartVerb.Run);
        app.Add("daemon status", StatusVerb.Run);
        app.Add("daemon exec", ExecVerb.Run);
        app.Add("daemon queueMessage", QueueMessageVerb.Run);
        app.Add("daemon redeem-url", RedeemUrlVerb.Run);
        app.Add("daemon logs", LogsVerb.Run);
        app.Add("daemon run", RunVerb.Run);
        app.Add("daemon purge", PurgeVerb.Run);
        app.Add("completion", CompletionVerb.Run);
        app.Add("vat-host", VatHostVerb.Run);
        return app;
    }
}
