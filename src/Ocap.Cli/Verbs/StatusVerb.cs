using System.Globalization;
using System.Text;
using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon status</c>: asks a daemon how it is, and never starts one. Exit code 0 when it runs, 3 when it does not.</summary>
internal static class StatusVerb
{
    private const int NotRunning = 3;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    internal static int Run(bool json = false)
    {
        HomeDirectory home = Invocation.Home;
        using DaemonConnection? connection = DaemonConnection.TryOpen(home.Socket);
        if (connection is null)
            return SayWhyNot(home);
        RpcReply reply;
        try
        {
            reply = RpcReply.Parse(connection.Call(RpcRequest.Line("getDaemonInfo", default), AnswerLimit));
        }
        catch (NotServedException)
        {
            Terminal.Say("Daemon is stopping.");
            return NotRunning;
        }
        if (reply.Error is { } error)
        {
            Terminal.Say($"Error: {Terminal.Harmless(error.Message)} (code {error.Code})");
            return 1;
        }
        VersionNotice.Give(home);
        if (json)
            ExecVerb.Print(reply.Result.Span);
        else
            Terminal.Result(Describe(DaemonDescription.Parse(reply.Result.Span), home));
        return 0;
    }

    private static int SayWhyNot(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        if (!HomeGuard.Exists(home) || FileLock.OpenExisting(home.SpawnLock) is not { } spawn)
        {
            Terminal.Say("Daemon is not running.");
            return NotRunning;
        }
        using (spawn)
        {
            if (!spawn.TryTake())
            {
                Terminal.Say("Daemon is starting or stopping. Ask again in a moment.");
                return NotRunning;
            }
            using DaemonLock? held = DaemonLock.Look(home);
            if (held is not null && held.IsTaken())
            {
                Terminal.Say($"A daemon (process {held.Signature().Pid}) has {home.Path} but does not listen on {home.Socket}: it is stopping, or its socket was removed. Stop it with: ocap daemon stop");
                return 1;
            }
        }
        Terminal.Say("Daemon is not running.");
        return NotRunning;
    }

    private static string Describe(DaemonDescription daemon, HomeDirectory home)
    {
        StringBuilder text = new("Daemon is running.\n");
        Line("pid", daemon.Pid.ToString(CultureInfo.InvariantCulture));
        Line("version", daemon.Version);
        Line("socket", home.Tilde(daemon.Socket));
        Line("home", home.Tilde(daemon.Home));
        Line("uptime", Duration(TimeSpan.FromMilliseconds(daemon.UptimeMs)));
        Line("vats", $"{daemon.Running} running, {daemon.Starting} starting, {daemon.Failed.Count} failed");
        foreach (string failure in daemon.Failed)
            Line("", failure);
        for (int i = 0; i < daemon.Hosts.Count; i++)
            Line(i == 0 ? "hosts" : "", daemon.Hosts[i]);
        for (int i = 0; i < daemon.Usage.Count; i++)
            Line(i == 0 ? "usage" : "", daemon.Usage[i]);
        Line("log", home.Tilde(daemon.Log));
        return Terminal.Harmless(text.ToString().TrimEnd('\n'));

        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name,-8} {value}\n");
    }

    /// <summary>The two largest units that say something.</summary>
    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{time.Seconds} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}
